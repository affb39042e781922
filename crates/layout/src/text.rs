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
    /// Its index on the page.
    pub(super) on_page: usize,
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
    /// Where the words stand in the lines, each by its index: one that a line breaks inside of stands in two.
    pub(super) word_parts: Vec<(usize, LinePart)>,
    /// Where each mark stands.
    pub(super) mark_parts: Vec<LinePart>,
    /// Equal for equal words.
    pub(super) fingerprint: u64,
}

/// A part of a line: characters of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LinePart {
    /// The index of the line.
    pub(super) line: usize,
    /// How many characters stand before the first one.
    pub(super) from: usize,
    /// How many characters stand before the end of the last one.
    pub(super) to: usize,
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

    /// The text of words from one to another.
    pub(super) fn texts(&self, (from, to): (usize, usize)) -> Vec<String> {
        self.words[from..to].iter().map(|word| word.text.clone()).collect()
    }

    /// The text of all its words.
    pub(super) fn all_texts(&self) -> Vec<String> {
        self.texts((0, self.words.len()))
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

    /// The marks of notes: how many words stand before each, the number of its note, and where it stands.
    pub(super) fn marks_in_lines(&self) -> impl Iterator<Item = (usize, usize, LinePart)> + '_ {
        let marks = self.marks.iter().zip(&self.mark_parts);
        marks.map(|((at, note), part)| (*at, *note, *part))
    }

    /// The parts of lines that words from one to another stand in, one a line. Where there are no words, the place between
    /// two of them, before the first or after the last.
    pub(super) fn parts(&self, (from, to): (usize, usize)) -> Vec<LinePart> {
        let mut parts: Vec<LinePart> = Vec::new();
        let held = self.word_parts.iter().filter(|(word, _)| (from..to).contains(word));
        for (_, part) in held {
            match parts.last_mut().filter(|last| last.line == part.line) {
                Some(last) => last.to = part.to,
                None => parts.push(*part),
            }
        }
        if parts.is_empty() {
            let next = self.word_parts.iter().find(|(word, _)| *word >= to);
            let before = next.map(|(_, part)| LinePart { to: part.from, ..*part });
            let after = || {
                self.word_parts
                    .last()
                    .map(|(_, part)| LinePart { from: part.to, ..*part })
            };
            parts.extend(before.or_else(after));
        }
        parts
    }

    /// The place behind a word where the mark of a note stands or would stand; `words` stand before it.
    pub(super) fn place_behind(&self, words: usize) -> Option<LinePart> {
        let last = self.word_parts.iter().rev().find(|(word, _)| *word < words);
        match last {
            Some((_, part)) => Some(LinePart { from: part.to, ..*part }),
            None => self
                .word_parts
                .first()
                .map(|(_, part)| LinePart { to: part.from, ..*part }),
        }
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
                    word_parts: Vec::new(),
                    mark_parts: Vec::new(),
                    fingerprint: 0,
                });
                ends_joined.push(false);
                text.paragraphs.len() - 1
            });
            let paragraph = &mut text.paragraphs[number];
            paragraph.lines.push(text.lines.len());
            let on_page = match text.lines.last() {
                Some(last) if last.page == page => last.on_page + 1,
                _ => 0,
            };
            text.lines.push(TextLine {
                line,
                page,
                on_page,
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
    // The characters with their places; where a mark stood, a character that no text has tells so.
    const MARK: char = '\u{fffc}';
    let mut text: Vec<(usize, char)> = Vec::with_capacity(line.text.len());
    let mut skip = line.label.chars().count();
    let mut marks = line.marks.iter().peekable();
    let mut end = 0;
    for (at, c) in line.text.chars().enumerate() {
        if let Some(mark) = marks.peek().filter(|mark| mark.at == at) {
            text.push((at, MARK));
            skip = skip.max(mark.text.chars().count());
            marks.next();
        }
        if skip > 0 {
            skip -= 1;
        } else {
            text.push((at, if c == '\u{a0}' { ' ' } else { c }));
        }
        end = at + 1;
    }
    text.extend(marks.map(|_| (end, MARK)));
    paragraph
        .starts
        .push(paragraph.words.len() - usize::from(joined && !paragraph.words.is_empty()));
    // The line was added before its words are.
    let number = paragraph.lines.last().copied().unwrap_or_default();
    let part = |from: usize, to: usize| LinePart { line: number, from, to };
    let mut marks = line.marks.iter();
    let pieces = text.split(|(_, c)| c.is_whitespace());
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let letters: Vec<(usize, char)> = piece.iter().copied().filter(|(_, c)| *c != MARK).collect();
        if let (Some((first, _)), Some((last, _))) = (letters.first(), letters.last()) {
            let plain = letters.iter().map(|(_, c)| *c);
            match paragraph.words.last_mut() {
                Some(word) if joined => {
                    word.text.extend(plain);
                    word.broken = true;
                }
                _ => paragraph.words.push(Word {
                    text: plain.collect(),
                    broken: false,
                }),
            }
            let word = paragraph.words.len() - 1;
            paragraph.word_parts.push((word, part(*first, last + 1)));
        }
        joined = false;
        for mark in marks.by_ref().take(piece.len() - letters.len()) {
            paragraph.marks.push((paragraph.words.len(), mark.note));
            let length = mark.text.chars().count();
            paragraph
                .mark_parts
                .push(part(mark.at.min(end), (mark.at + length).min(end)));
        }
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
