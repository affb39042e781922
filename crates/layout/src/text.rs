//! The text of a layout as a comparison reads it: paragraphs of words, each word with the line that it starts in.

use rustc_hash::FxHashMap;

use super::name::Name;
use super::snapshot::{Layout, Line};
use super::spelling::{Spelling, spelled};

/// A layout as paragraphs.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) layout: &'a Layout,
    /// How its words are spelled.
    pub(super) spelling: Spelling,
    /// The paragraphs in the order of their first lines.
    pub(super) paragraphs: Vec<Paragraph>,
    /// The lines in the order of the pages.
    pub(super) lines: Vec<TextLine<'a>>,
    /// The opening of each page.
    openings: Vec<usize>,
}

/// A line of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextLine<'a> {
    pub(super) line: &'a Line,
    /// The index of its page.
    pub(super) page: usize,
    /// The index of its paragraph.
    pub(super) paragraph: usize,
}

/// Where a paragraph belongs: those of one zone and language follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Zone {
    /// The text, with what stands before and after it.
    Body,
    /// The notes.
    Notes,
    /// What stands round the body of a page.
    Furniture,
}

/// A paragraph.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) name: Name,
    pub(super) language: String,
    pub(super) zone: Zone,
    /// Its label, when it has one.
    pub(super) label: String,
    pub(super) words: Vec<Word>,
    /// The indices of its lines.
    pub(super) lines: Vec<usize>,
    /// For each of its lines, the index of the word that it starts with, or that goes on in it.
    pub(super) starts: Vec<usize>,
    /// The marks of notes: how many words stand before, and the number of the note.
    pub(super) marks: Vec<(usize, usize)>,
    /// Equal for equal words.
    pub(super) fingerprint: u64,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Word {
    pub(super) text: String,
    /// Whether a line breaks inside of it.
    pub(super) broken: bool,
}

impl Paragraph {
    /// The number of a note.
    pub(super) fn note(&self) -> Option<usize> {
        self.name.note()
    }

    /// The name of the row of a cell of a table, and the number of its column.
    pub(super) fn cell(&self) -> Option<(&str, usize)> {
        self.name.cell()
    }

    /// The name of the paragraph before this one, which has an index in the text.
    pub(super) fn before_in(&self, text: &Text<'_>, index: usize) -> Option<String> {
        let like = |p: &&Paragraph| p.zone == self.zone && p.language == self.language;
        text.paragraphs[..index]
            .iter()
            .rev()
            .find(like)
            .map(|p| p.name.to_string())
    }

    /// The word that stands before an index, for telling where something is.
    pub(super) fn before(&self, index: usize) -> Option<&str> {
        Some(self.words.get(index.checked_sub(1)?)?.text.as_str())
    }
}

impl<'a> Text<'a> {
    /// Reads the two layouts of a comparison: against a PDF that tells no unseen character those of the other side do not
    /// count.
    pub(super) fn both(reference: &'a Layout, actual: &'a Layout) -> (Self, Self) {
        let spelling = Spelling::of(reference).min(Spelling::of(actual));
        (Self::spelled(reference, spelling), Self::spelled(actual, spelling))
    }

    /// Reads a layout in a spelling.
    pub(super) fn spelled(layout: &'a Layout, spelling: Spelling) -> Self {
        let mut text = Text {
            layout,
            spelling,
            paragraphs: Vec::new(),
            lines: Vec::new(),
            openings: Vec::new(),
        };
        let mut open: FxHashMap<(&str, &str, usize), usize> = FxHashMap::default();
        let mut ends_joined: Vec<bool> = Vec::new();
        for (page, line) in layout.lines() {
            let name = Name::of(&line.paragraph);
            let zone = zone(&name);
            // Heads and feet are those of a page, and lines that belong to no paragraph too.
            let own_page = if zone == Zone::Furniture { page + 1 } else { 0 };
            let key = (line.paragraph.as_str(), line.language.as_str(), own_page);
            let number = *open.entry(key).or_insert_with(|| {
                text.paragraphs.push(Paragraph {
                    name,
                    language: line.language.clone(),
                    zone,
                    label: line.label.clone(),
                    words: Vec::new(),
                    lines: Vec::new(),
                    starts: Vec::new(),
                    marks: Vec::new(),
                    fingerprint: 0,
                });
                ends_joined.push(false);
                text.paragraphs.len() - 1
            });
            let paragraph = &mut text.paragraphs[number];
            paragraph.lines.push(text.lines.len());
            text.lines.push(TextLine {
                line,
                page,
                paragraph: number,
            });
            add_words(
                paragraph,
                line,
                std::mem::replace(&mut ends_joined[number], line.joined),
            );
        }
        for paragraph in &mut text.paragraphs {
            for word in &mut paragraph.words {
                word.text = spelled(&word.text, spelling);
            }
            paragraph.fingerprint = fingerprint(&paragraph.words);
        }
        text.openings = openings(&text);
        text
    }

    /// The opening that a page belongs to: its own, or that of the page which it faces.
    pub(super) fn opening(&self, page: usize) -> usize {
        self.openings.get(page).copied().unwrap_or(self.openings.len())
    }

    /// The page that a paragraph starts on.
    pub(super) fn first_page(&self, paragraph: usize) -> usize {
        self.paragraphs[paragraph]
            .lines
            .first()
            .map_or(0, |line| self.lines[*line].page)
    }

    /// The page that a paragraph ends on.
    pub(super) fn last_page(&self, paragraph: usize) -> usize {
        self.paragraphs[paragraph]
            .lines
            .last()
            .map_or(0, |line| self.lines[*line].page)
    }
}

/// The opening of each page. Where languages face each other, the page of those that the first page has not belongs to
/// the page before it.
fn openings(text: &Text<'_>) -> Vec<usize> {
    let pages = text.layout.pages.len();
    let mut languages: Vec<Vec<&str>> = vec![Vec::new(); pages];
    for line in &text.lines {
        let paragraph = &text.paragraphs[line.paragraph];
        let of = &mut languages[line.page];
        if paragraph.zone != Zone::Furniture && !of.contains(&paragraph.language.as_str()) {
            of.push(&paragraph.language);
        }
    }
    let leading = languages.iter().find(|of| !of.is_empty()).cloned().unwrap_or_default();
    let mut openings = Vec::with_capacity(pages);
    let (mut opening, mut has_second) = (0, true);
    for (page, of) in languages.iter().enumerate() {
        let faces = !of.is_empty() && !of.iter().any(|language| leading.contains(language));
        let joins = faces && !has_second;
        if page > 0 && !joins {
            opening += 1;
        }
        has_second = joins;
        openings.push(opening);
    }
    openings
}

fn zone(name: &Name) -> Zone {
    match name {
        Name::Note(_) => Zone::Notes,
        Name::Unknown | Name::Page(_) => Zone::Furniture,
        Name::Front(_) | Name::Paragraph(_) | Name::Cell { .. } => Zone::Body,
    }
}

/// Adds the words of a line, without its label and without the marks of notes.
fn add_words(paragraph: &mut Paragraph, line: &Line, mut joined: bool) {
    let mut text = String::with_capacity(line.text.len());
    // Where a mark stood, a character that no text has tells so.
    const MARK: char = '\u{fffc}';
    let mut skip = line.label.chars().count();
    let mut marks = line.marks.iter().peekable();
    for (at, c) in line.text.chars().enumerate() {
        if let Some(mark) = marks.peek().filter(|mark| mark.at == at) {
            text.push(MARK);
            skip = skip.max(mark.text.chars().count());
            marks.next();
        }
        if skip > 0 {
            skip -= 1;
        } else {
            text.push(if c == '\u{a0}' { ' ' } else { c });
        }
    }
    text.extend(marks.map(|_| MARK));
    paragraph
        .starts
        .push(paragraph.words.len() - usize::from(joined && !paragraph.words.is_empty()));
    let mut numbers = line.marks.iter().map(|mark| mark.note);
    for piece in text.split_whitespace() {
        let marked = piece.chars().filter(|c| *c == MARK).count();
        let plain: String = if marked > 0 {
            piece.chars().filter(|c| *c != MARK).collect()
        } else {
            piece.to_owned()
        };
        if !plain.is_empty() {
            match paragraph.words.last_mut() {
                Some(last) if joined => {
                    last.text.push_str(&plain);
                    last.broken = true;
                }
                _ => paragraph.words.push(Word {
                    text: plain,
                    broken: false,
                }),
            }
        }
        joined = false;
        paragraph
            .marks
            .extend(numbers.by_ref().take(marked).map(|note| (paragraph.words.len(), note)));
    }
}

fn fingerprint(words: &[Word]) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    for word in words {
        word.text.hash(&mut hasher);
    }
    hasher.finish()
}
