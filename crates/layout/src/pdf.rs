//! Reads the layout of a PDF by any producer: its lines, their places and fonts. What a paragraph is called such a file
//! does not say; that is recognized from what it is compared with.

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::labels::{is_bracket, number};
use super::snapshot::{Font, Layout, Line, Mark, Page, rounded};
use super::spelling::LOST;
use super::tagged::{Exact, Group, Names};
use qarar_pdf::{Known, Piece, ReadError, TextLine};
use qarar_text::Direction;

/// Letters of less than this part of the size of their line are raised marks.
const SMALL: f64 = 0.85;

/// Reads the layout of a PDF.
///
/// # Errors
/// When the bytes are no PDF that can be read.
pub fn read_pdf(bytes: Vec<u8>) -> Result<Layout, ReadError> {
    let document = qarar_pdf::read(bytes)?;
    let names = Names::of(&document);
    let mut languages: Vec<String> = Vec::new();
    let mut fonts: Vec<Font> = Vec::new();
    let mut pages = Vec::with_capacity(document.pages.len());
    let mut ends = Ends::default();
    let mut heads = Heads::default();
    for (index, page) in document.pages.iter().enumerate() {
        let mut lines: Vec<Line> = Vec::new();
        let (found, groups): (Vec<TextLine>, Vec<Option<usize>>) = (names.lines(index, page).into_iter())
            .filter(|(line, _)| line.angle == 0)
            .unzip();
        heads.start_page(groups.iter().flatten().map(|group| &names.groups[*group]));
        for (line, group) in found.iter().zip(groups) {
            let mark = |glyph| names.mark(index, page, glyph);
            let mut read = read_line(page, line, direction(line, &found), mark);
            if read.text.is_empty() || line.artifact && group.is_none() && heads.has(&read.text) {
                continue;
            }
            let exact = names.exact((index, page), (line, group), &read.text);
            // Who tells the exact text tells the marks too.
            let tells_marks = exact.is_some() || names.tells_marks();
            ends.add(group, (index, lines.len()), exact.as_ref());
            if let Some(group) = group.map(|group| &names.groups[group]) {
                let exact = exact.as_ref().map_or("", |exact| exact.text.as_str());
                heads.add(group, [&read.text, exact]);
            }
            if let Some(exact) = exact {
                take_exact(&mut read, &exact);
            }
            if let Some(group) = group.map(|group| &names.groups[group]) {
                (read.paragraph, read.language) = (group.name.to_string(), group.language.clone());
                if !tells_marks {
                    super::labels::find_marks(&mut read);
                }
                if !group.language.is_empty() && !languages.contains(&group.language) {
                    languages.push(group.language.clone());
                }
            } else if !names.is_empty() && line.artifact {
                let in_head = line.baseline < page.height / 2.0;
                read.paragraph = if in_head { "page head" } else { "page foot" }.to_owned();
            }
            for (name, _) in &read.fonts {
                if !fonts.iter().any(|font| font.name == *name) {
                    fonts.push(Font {
                        name: name.clone(),
                        version: None,
                        checksum: None,
                    });
                }
            }
            lines.push(read);
        }
        let size = (rounded(page.width), rounded(page.height));
        pages.push(Page {
            number: index + 1,
            size: Some(size),
            image: None,
            lines,
        });
    }
    ends.join(&mut pages);
    fonts.sort_by(|a, b| a.name.cmp(&b.name));
    super::by_look::find_labels(&mut pages);
    Ok(Layout {
        from_pdf: true,
        languages,
        fonts,
        pages,
        ..Layout::default()
    })
}

/// The direction of the column that a line stands in: a line of Western symbols in an Arabic note is still one of an
/// Arabic paragraph.
fn direction(line: &TextLine, lines: &[TextLine]) -> Direction {
    let (mut left, mut right) = (0, 0);
    for other in lines {
        let shared = line.right.min(other.right) - line.left.max(other.left);
        if shared > (line.right - line.left).min(other.right - other.left) * 0.5 {
            match other.direction {
                Some(Direction::RightToLeft) => right += other.pieces.len(),
                Some(Direction::LeftToRight) => left += other.pieces.len(),
                None => {}
            }
        }
    }
    if right > left {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    }
}

/// The heads of tables, which are printed again where their tables go on: what is no text to the file, and says what such a head
/// says, is it once more.
#[derive(Default)]
struct Heads {
    /// The words of the head of each table, by its language and its number.
    words: FxHashMap<(String, String), FxHashSet<String>>,
    /// Those of the tables on the page at hand that started on one before.
    again: FxHashSet<String>,
}

impl Heads {
    fn of(group: &Group) -> Option<(String, String)> {
        Some((group.language.clone(), group.name.table()?.to_owned()))
    }

    fn start_page<'a>(&mut self, groups: impl Iterator<Item = &'a Group>) {
        let tables: FxHashSet<(String, String)> = groups.filter_map(Self::of).collect();
        let words = tables.iter().filter_map(|table| self.words.get(table));
        self.again = words.flatten().cloned().collect();
    }

    fn add(&mut self, group: &Group, texts: [&str; 2]) {
        let is_head = group.name.cell().is_some_and(|(row, _)| row.ends_with(" head"));
        if let Some(table) = Self::of(group).filter(|_| is_head) {
            let words = texts.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned);
            self.words.entry(table).or_default().extend(words);
        }
    }

    fn has(&self, text: &str) -> bool {
        !self.again.is_empty() && text.split_whitespace().all(|word| self.again.contains(word))
    }
}

/// How the lines of groups end: the exact text of a line ends in a space, unless its last word goes on.
#[derive(Default)]
struct Ends {
    /// The group of a line, its page and its place there, and whether no space ends it; `None` where its text is not told.
    of: Vec<(usize, (usize, usize), Option<bool>)>,
}

impl Ends {
    fn add(&mut self, group: Option<usize>, place: (usize, usize), exact: Option<&Exact>) {
        let is_open = exact.map(|exact| !exact.text.ends_with(char::is_whitespace));
        self.of.extend(group.map(|group| (group, place, is_open)));
    }

    fn join(&self, pages: &mut [Page]) {
        // Not every file has spaces there.
        if !self.of.iter().any(|(.., is_open)| *is_open == Some(false)) {
            return;
        }
        let mut next: FxHashSet<usize> = FxHashSet::default();
        for (group, (page, line), is_open) in self.of.iter().rev() {
            if !next.insert(*group) && *is_open == Some(true) {
                pages[*page].lines[*line].joined = true;
            }
        }
    }
}

/// Gives a line the text that the file tells in its place, and its marks their places there.
fn take_exact(line: &mut Line, exact: &Exact) {
    let drawn: Vec<char> = line.text.chars().collect();
    line.text = exact.text.trim().to_owned();
    line.label.clone_from(&exact.label);
    let text: Vec<char> = line.text.chars().collect();
    let solid = |letters: &[char]| letters.iter().filter(|c| !c.is_whitespace()).count();
    let label = line.label.chars().count();
    // What is drawn may have been read in another order.
    let mut taken = vec![false; text.len()];
    line.marks.retain_mut(|mark| {
        // The brackets of a mark may be drawn on any side of it.
        let figures: Vec<char> = mark.text.chars().filter(|c| !is_bracket(*c)).collect();
        let before = solid(&drawn[..mark.at]);
        let is_bracketed = figures.len() < mark.text.chars().count();
        let opens = |at: usize| is_bracketed && at > label && is_bracket(text[at - 1]);
        let is_free =
            |at: &usize| text[*at..].starts_with(&figures) && !taken[*at..*at + figures.len()].contains(&true);
        let places = (label..text.len()).filter(is_free);
        let far = |at: &usize| (opens(*at) != is_bracketed, solid(&text[..*at]).abs_diff(before));
        let Some(at) = places.min_by_key(far) else {
            return false;
        };
        let start = at - usize::from(opens(at));
        let end = at + figures.len();
        let end = end + usize::from(start < at && text.get(end).copied().is_some_and(is_bracket));
        taken[start..end].fill(true);
        (mark.at, mark.text) = (start, text[start..end].iter().collect());
        true
    });
    line.marks.sort_by_key(|mark| mark.at);
}

fn read_line(
    page: &qarar_pdf::Page,
    line: &TextLine,
    base: Direction,
    mark_of: impl Fn(usize) -> Option<usize>,
) -> Line {
    // A letter that the file does not tell takes part in the order like one of the page.
    let lost = if base == Direction::RightToLeft {
        "\u{10d00}"
    } else {
        "\u{fffd}"
    };
    let is_lost = |piece: &Piece| {
        let mut glyphs = piece.glyphs.iter().map(|glyph| &page.glyphs[*glyph]);
        piece.text.is_empty() && glyphs.any(|glyph| glyph.known == Known::Unknown && glyph.painted)
    };
    let told = |piece: &'_ Piece| if is_lost(piece) { None } else { Some(piece.text.clone()) };
    let seen: Vec<EcoString> = line
        .pieces
        .iter()
        .map(|piece| told(piece).unwrap_or(lost.into()))
        .collect();
    let seen: Vec<&str> = seen.iter().map(EcoString::as_str).collect();
    let mut text = String::new();
    let mut small: Vec<(usize, String, Option<usize>)> = Vec::new();
    for (piece, letters) in qarar_pdf::logical_order(&seen, base, line.mirroring) {
        let letters = plain(&letters);
        let glyphs = &line.pieces[piece].glyphs;
        let is_small = glyphs.iter().any(|glyph| page.glyphs[*glyph].size < line.size * SMALL);
        let mark = glyphs.iter().find_map(|glyph| mark_of(*glyph));
        let at = text.chars().count();
        // A sign that stands over nothing may have come to stand over the mark.
        let over = letters.chars().take_while(|c| is_combining_mark(*c)).count();
        let figures: String = letters.chars().filter(|c| !is_combining_mark(*c)).collect();
        let is_of_mark = |c: char| c.is_numeric() || is_bracket(c) || mark.is_some() && c == '*';
        let is_figure = !figures.is_empty() && figures.chars().all(is_of_mark);
        if (is_small || mark.is_some()) && is_figure {
            let at = at + over;
            match small.last_mut() {
                Some((start, before, of)) if *start + before.chars().count() == at && *of == mark => {
                    before.push_str(&figures);
                }
                _ => small.push((at, figures, mark)),
            }
        }
        text.push_str(&letters);
    }
    let before = text.len() - text.trim_start().len();
    let cut = text[..before].chars().count();
    // Small figures at the start of a line are the label of a note, unless a link says that they are a mark.
    let mark = |(at, text, link): (usize, String, Option<usize>)| {
        let at = at.checked_sub(cut).filter(|at| *at > 0 || link.is_some())?;
        let note = number(&text)?;
        Some(Mark { note, at, text })
    };
    let marks = small.into_iter().filter_map(mark).collect();
    Line {
        paragraph: String::new(),
        text: text.trim().to_owned(),
        marks,
        baseline: Some(rounded(line.baseline)),
        left: Some(rounded(line.left)),
        right: Some(rounded(line.right)),
        fonts: vec![(font_name(&page.fonts[line.font].name), rounded(line.size))],
        ..Line::default()
    }
}

/// Letters as a text has them: forms of presentation become letters, elongations go.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\u{a0}' | '\u{202f}' => out.push(' '),
            '\u{10d00}' => out.push(LOST),
            '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => out.extend(std::iter::once(c).nfkc()),
            c => out.push(c),
        }
    }
    out
}

/// The name of a font as snapshots have it: `Amiri Bold Italic` of `Amiri-BoldItalic`.
fn font_name(written: &str) -> String {
    let (family, style) = written.split_once(['-', ',']).unwrap_or((written, ""));
    let mut name = family.to_owned();
    for known in ["Bold", "Italic", "Oblique"] {
        if style.contains(known) {
            name.push_str(&format!(" {known}"));
        }
    }
    name
}
