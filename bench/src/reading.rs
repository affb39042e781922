//! From a PDF to its lines of text, with what was done to fill them.

use qarar_pdf::{Document, Kid, Page, Piece, TextLine};
use qarar_text::Direction;
use rustc_hash::FxHashMap;

use crate::elongation::Finder;
use crate::natural::{Fonts, Spaces};

/// A gap of so many em is one between words.
const GAP: f64 = 0.15;

/// A line of text.
#[derive(Debug, Clone)]
pub(crate) struct SetLine {
    /// Its page, from 0.
    pub(crate) page: usize,
    pub(crate) direction: Direction,
    /// The size of its letters, in points.
    pub(crate) size: f64,
    /// The ends of its letters and its baseline, in points from the top left corner of the page.
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) baseline: f64,
    /// The paragraph that the tags of the file tell.
    pub(crate) tagged: Option<usize>,
    /// Its spaces from left to right, by the width that the font has for one; each with whether letters stand on its start side.
    pub(crate) spaces: Vec<(f64, bool)>,
    /// Its elongations, in em.
    pub(crate) elongations: Vec<f64>,
    /// Whether it ends in a letter and a hyphen.
    pub(crate) hyphen: bool,
    /// Its text in logical order.
    pub(crate) text: String,
}

impl SetLine {
    /// Where the line starts, and where it ends, each growing in the direction of the text.
    pub(crate) fn start(&self) -> f64 {
        match self.direction {
            Direction::LeftToRight => self.left,
            Direction::RightToLeft => -self.right,
        }
    }

    pub(crate) fn end(&self) -> f64 {
        match self.direction {
            Direction::LeftToRight => self.right,
            Direction::RightToLeft => -self.left,
        }
    }
}

/// The lines of a document that are upright and a part of the text, in the order of pages and baselines.
pub(crate) fn lines(document: &Document, fonts: &Fonts) -> Vec<SetLine> {
    let spaces = Spaces::of(document, fonts);
    let paragraphs = paragraphs(document);
    let mut finder = Finder::default();
    let mut found = Vec::new();
    for (number, page) in document.pages.iter().enumerate() {
        let lines = qarar_pdf::lines(page);
        for line in lines.iter().filter(|line| line.angle == 0 && !line.artifact) {
            let tagged = paragraph_of((number, page), line, &paragraphs);
            found.extend(read(number, page, line, tagged, &spaces, &mut finder));
        }
    }
    found
}

fn read(
    number: usize,
    page: &Page,
    line: &TextLine,
    tagged: Option<usize>,
    spaces: &Spaces,
    finder: &mut Finder,
) -> Option<SetLine> {
    let solid: Vec<&Piece> = line.pieces.iter().filter(|piece| !is_blank(piece)).collect();
    let left = solid.iter().map(|piece| piece.left).fold(f64::INFINITY, f64::min);
    let right = solid.iter().map(|piece| piece.right).fold(f64::NEG_INFINITY, f64::max);
    let direction = line.direction.unwrap_or(Direction::LeftToRight);
    let space = spaces.get(&page.fonts[line.font].name) * line.size;
    let text = line.logical_in(direction);
    let mut ending = text.trim_end().chars().rev();
    let hyphen =
        matches!(ending.next(), Some('-' | '\u{2010}' | '\u{ad}')) && ending.next().is_some_and(char::is_alphabetic);
    (left < right && space > 0.0).then(|| SetLine {
        page: number,
        direction,
        size: line.size,
        left,
        right,
        baseline: line.baseline,
        tagged,
        spaces: gaps(line, space, direction),
        elongations: finder.of_line(page, line),
        hyphen,
        text,
    })
}

/// Whether a piece draws nothing: spaces, and marks of direction. A glyph whose letters are not known is none.
fn is_blank(piece: &Piece) -> bool {
    let is_blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    (piece.glyphs.is_empty() || !piece.text.is_empty()) && piece.text.chars().all(is_blank)
}

/// The white between words from left to right. That beside a vowel sign is left out: qarar gives it to the letter there, for a reader.
fn gaps(line: &TextLine, space: f64, direction: Direction) -> Vec<(f64, bool)> {
    let has_letters = |pieces: &[Piece]| pieces.iter().any(|piece| piece.text.chars().any(char::is_alphabetic));
    let mut gaps = Vec::new();
    let mut before: Option<&Piece> = None;
    let mut white = false;
    for (place, piece) in line.pieces.iter().enumerate() {
        if is_blank(piece) {
            white = true;
            continue;
        }
        // Between glyphs whose letters are not known nobody puts a space in.
        let apart = before.is_some_and(|before| piece.left - before.right > GAP * line.size);
        if let (Some(before), true) = (before, white || apart) {
            let marked = |piece: &Piece| piece.text.chars().next_back().is_some_and(is_mark);
            let lettered = match direction {
                Direction::LeftToRight => has_letters(&line.pieces[..place]),
                Direction::RightToLeft => has_letters(&line.pieces[place..]),
            };
            if !marked(before) && !marked(piece) {
                gaps.push(((piece.left - before.right) / space, lettered));
            }
        }
        before = Some(piece);
        white = false;
    }
    gaps
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

/// The paragraph that most glyphs of a line belong to by the tags.
fn paragraph_of(
    (number, page): (usize, &Page),
    line: &TextLine,
    paragraphs: &FxHashMap<qarar_pdf::ContentItem, usize>,
) -> Option<usize> {
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    for glyph in line.pieces.iter().flat_map(|piece| &piece.glyphs) {
        let item = page.item_of(page.glyphs[*glyph].marked);
        let paragraph = item.and_then(|(form, mcid)| paragraphs.get(&(number, form, mcid)));
        if let Some(paragraph) = paragraph {
            *counts.entry(*paragraph).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(paragraph, count)| (*count, *paragraph));
    most.map(|(paragraph, _)| paragraph)
}

/// The elements within a paragraph (ISO 32000-1 14.8.4.4).
const INLINE: [&str; 10] = [
    "Span",
    "Link",
    "Reference",
    "Quote",
    "Em",
    "Strong",
    "Lbl",
    "Annot",
    "BibEntry",
    "Code",
];

/// The paragraph of every content item: the innermost element around it that is no part of a line.
fn paragraphs(document: &Document) -> FxHashMap<qarar_pdf::ContentItem, usize> {
    let mut found = FxHashMap::default();
    let mut count = 0;
    let kids = document.structure.as_ref().map_or(&[][..], |structure| &structure.kids);
    walk(kids, 0, &mut count, &mut found);
    found
}

fn walk(kids: &[Kid], paragraph: usize, count: &mut usize, found: &mut FxHashMap<qarar_pdf::ContentItem, usize>) {
    for kid in kids {
        match kid {
            Kid::Element(element) => {
                let inside = if INLINE.contains(&element.role.as_str()) {
                    paragraph
                } else {
                    *count += 1;
                    *count
                };
                walk(&element.kids, inside, count, found);
            }
            Kid::Content { page, form, mcid } => {
                found.insert((*page, *form, *mcid), paragraph);
            }
            _ => {}
        }
    }
}
