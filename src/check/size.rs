//! Whether a text stays within the limits of `docs/limits.md`: what is larger could not be set in bounded time, or not
//! printed at all, as a word that no line holds.

use std::ops::Range;

use crate::bounded::size;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits::{
    ADDRESS_LETTERS, BLOCKS, CELL_BYTES, HEADING_LETTERS, MARKS, NAME_LETTERS, NOTES, PARAGRAPH_BYTES, TABLE_COLUMNS,
    TABLE_ROWS, WORD_LETTERS, grouped,
};
use crate::model::{Block, Inline, extent, stretches};
use crate::source::ParsedText;

/// Tells of all of a text that is too large.
pub(super) fn check(text: &ParsedText, diagnostics: &mut Diagnostics) {
    let mut found = Found { text, diagnostics };
    let expression = &text.expression;
    found.heading("the title", &expression.title);
    for block in &expression.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                found.paragraph("the paragraph", PARAGRAPH_BYTES, &paragraph.content, &paragraph.span);
            }
            Block::Heading(heading) => found.heading("the heading", &heading.content),
            Block::Figure(figure) => {
                found.heading("what stands below the picture", &figure.caption);
                let letters = figure.alt.chars().count();
                if letters > HEADING_LETTERS {
                    let (letters, most) = (grouped(letters), grouped(HEADING_LETTERS));
                    let message =
                        format!("the alternative text has {letters} letters, {most} are the most that a PDF can hold");
                    found.fault(message, "tell the rest in a paragraph", &figure.span);
                }
            }
            Block::Table(table) => {
                found.count("columns", table.columns.len(), TABLE_COLUMNS, "the table", &table.span);
                found.count("rows", table.rows.len(), TABLE_ROWS, "the table", &table.span);
                let cells = std::iter::once(&table.head).chain(&table.rows).flatten();
                cells.for_each(|cell| found.paragraph("the cell", CELL_BYTES, cell, &extent(cell)));
            }
        }
        if let Some(name) = block.id() {
            found.name(name, &block.span());
        }
    }
    for note in &expression.notes {
        found.name(&note.name, &note.span);
        let paragraphs = note.content.iter();
        paragraphs.for_each(|content| found.paragraph("the note", PARAGRAPH_BYTES, content, &extent(content)));
    }
    let end = |at: Option<Range<usize>>| at.unwrap_or_default();
    let last = end(expression.blocks.get(BLOCKS).map(Block::span));
    found.count("paragraphs", expression.blocks.len(), BLOCKS, "the text", &last);
    let last = end(expression.notes.get(NOTES).map(|note| note.span.clone()));
    found.count("notes", expression.notes.len(), NOTES, "the text", &last);
    expression
        .contents()
        .into_iter()
        .for_each(|content| found.words(content));
}

/// The texts of which something is found, and where it is told.
struct Found<'a, 'd> {
    text: &'a ParsedText,
    diagnostics: &'d mut Diagnostics,
}

impl Found<'_, '_> {
    fn fault(&mut self, message: String, hint: &str, span: &Range<usize>) {
        let fault = Diagnostic::error(message)
            .rule("too-much")
            .at(&self.text.file, span.clone());
        self.diagnostics.push(fault.hint(hint));
    }

    fn count(&mut self, what: &str, count: usize, most: usize, whose: &str, span: &Range<usize>) {
        if count > most {
            let message = format!(
                "{whose} has {} {what}, {} are the most that can be set",
                grouped(count),
                grouped(most)
            );
            self.fault(message, "divide it", span);
        }
    }

    fn heading(&mut self, what: &str, content: &[Inline]) {
        let letters: usize = stretches(content)
            .iter()
            .map(|stretch| stretch.text.chars().count())
            .sum();
        if letters > HEADING_LETTERS {
            let span = extent(content);
            let (letters, most) = (grouped(letters), grouped(HEADING_LETTERS));
            let message = format!("{what} has {letters} letters, {most} are the most that a PDF can hold");
            self.fault(message, "put most of it into a paragraph", &span);
        }
    }

    fn paragraph(&mut self, what: &str, most: usize, content: &[Inline], span: &Range<usize>) {
        let bytes: usize = stretches(content).iter().map(|stretch| stretch.text.len()).sum();
        if bytes > most {
            let message = format!(
                "{what} has {} bytes, {} are the most that can be set",
                grouped(bytes),
                size(most)
            );
            self.fault(message, "divide it by an empty line", span);
        }
    }

    fn name(&mut self, name: &str, span: &Range<usize>) {
        let letters = name.chars().count();
        if letters > NAME_LETTERS {
            let message = format!(
                "the name `{}…` has {} characters, {NAME_LETTERS} are the most that a name has",
                name.chars().take(20).collect::<String>(),
                grouped(letters)
            );
            self.fault(message, "give it a short name, as `decision` or `1`", span);
        }
    }

    /// An address may be divided, but is a text string of the PDF as well.
    fn address(&mut self, text: &str, span: &Range<usize>) {
        let letters = text.chars().count();
        if letters > ADDRESS_LETTERS {
            let (letters, most) = (grouped(letters), grouped(ADDRESS_LETTERS));
            let message = format!("an address of {letters} letters, {most} are the most that can be set");
            self.fault(message, "give a shorter one that leads there", span);
        }
    }

    /// Looks for words that no line can hold and for letters under a heap of marks.
    fn words(&mut self, content: &[Inline]) {
        let mut word = Run::default();
        let mut marks = Run::default();
        let mut too_long: Vec<(Run, Run)> = Vec::new();
        for stretch in stretches(content) {
            let (text, span) = (stretch.text, stretch.span);
            if stretch.address {
                self.address(text, span);
                continue;
            }
            let verbatim = self.text.file.slice(span.clone()) == text;
            let (mut before, mut breaks) = (' ', true);
            for (at, c) in text.char_indices() {
                let place = if verbatim { span.start + at } else { span.start };
                if c == ' ' && before != ' ' {
                    breaks = !is_opening(before) && !is_closing(after_spaces(text, at));
                }
                before = c;
                let ended = word.next(c != ' ' || !breaks, place, WORD_LETTERS);
                let of_marks = marks.next(is_mark(c), place, MARKS);
                if ended.is_some() || of_marks.is_some() {
                    too_long.push((ended.unwrap_or_default(), of_marks.unwrap_or_default()));
                }
            }
        }
        too_long.push((word.end(WORD_LETTERS), marks.end(MARKS)));
        for (word, marks) in too_long {
            if word.length > 0 {
                let letters = grouped(word.length);
                let message =
                    format!("a word of {letters} letters, {WORD_LETTERS} are the most that can stand on a line");
                let hint = "put spaces between its words; no line breaks after `( ` nor before ` )`";
                self.fault(message, hint, &(word.start..word.start));
            }
            if marks.length > 0 {
                let count = grouped(marks.length);
                let message = format!("{count} marks on one letter, {MARKS} are the most that can be set");
                self.fault(
                    message,
                    "take those away that are too many",
                    &(marks.start..marks.start),
                );
            }
        }
    }
}

/// Characters of one kind after one another.
#[derive(Debug, Default, Clone)]
struct Run {
    start: usize,
    length: usize,
}

impl Run {
    /// Goes on by a character and returns the run that ends before it, when it is longer than `most`.
    fn next(&mut self, belongs: bool, place: usize, most: usize) -> Option<Self> {
        if !belongs {
            let ended = std::mem::take(self);
            return (ended.length > most).then_some(ended);
        }
        if self.length == 0 {
            self.start = place;
        }
        self.length += 1;
        None
    }

    /// The run at the end of the text, empty where it is short enough.
    fn end(self, most: usize) -> Self {
        if self.length > most { self } else { Self::default() }
    }
}

/// Whether no line breaks after a character, not even after a space that follows it (LB14 of UAX #14).
fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{')
}

/// Whether no line breaks before a character, not even after a space before it (LB13 of UAX #14, as icu_segmenter has it).
fn is_closing(c: Option<char>) -> bool {
    matches!(c, Some(')' | ']' | '}' | '!'))
}

/// The character behind the spaces that stand at a place.
fn after_spaces(text: &str, at: usize) -> Option<char> {
    text[at..].chars().find(|c| *c != ' ')
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}
