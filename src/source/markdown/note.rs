//! Notes: where they are marked, where they are written, and whether the two fit.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::TextReader;
use crate::diagnostic::Diagnostic;
use crate::model::{Inline, Note, NoteMark};
use crate::source::About;

/// The notes of a file, by their keys.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The place of each note that is marked, in the order of the first marks.
    numbers: BTreeMap<String, usize>,
    /// Where marks and notes start.
    starts: BTreeSet<usize>,
    /// The notes that are written.
    written: BTreeMap<String, Note>,
    /// Those that are written without the colon, of which a fault was told.
    without_colon: BTreeSet<String>,
}

/// Whether a character stands where the colon of a note should, or before it.
fn is_stop(c: char) -> bool {
    matches!(c, ' ' | '.' | '،' | ',' | ';' | '؛' | '-' | '–' | '：')
}

/// How many names of notes are compared with one another to find a slip.
const MOST_COMPARED: usize = 50;
/// The longest name that is compared, in bytes.
const LONGEST_COMPARED: usize = 40;

/// Markdown does not tell capitals from small letters in the names of notes.
fn key(name: &str) -> String {
    name.to_lowercase()
}

/// How many asterisks the key of a note is, where it is nothing else.
fn asterisks(key: &str) -> Option<usize> {
    /// The most that mark a note.
    const MOST: usize = 4;
    ((1..=MOST).contains(&key.len()) && key.chars().all(|c| c == '*')).then_some(key.len())
}

/// Gives the marks of notes other places.
fn replace(content: &mut [Inline], places: &[usize]) {
    for inline in content {
        match inline {
            Inline::Mark { note, .. } => *note = places.get(*note).copied().unwrap_or(*note),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Span { content: inner, .. }
            | Inline::Link { content: inner, .. } => replace(inner, places),
            Inline::Text { .. } | Inline::Address { .. } | Inline::Break => {}
        }
    }
}

impl Notes {
    /// Records a mark and returns the place of its note.
    pub(super) fn mark(&mut self, name: &str, span: &Range<usize>) -> usize {
        self.starts.insert(span.start);
        let next = self.numbers.len();
        *self.numbers.entry(key(name)).or_insert(next)
    }
}

impl<'a> TextReader<'a> {
    /// Reads a note whose start was taken.
    pub(super) fn note(&mut self, name: &str, span: Range<usize>) {
        self.in_note = true;
        let mut content: Vec<Vec<Inline>> = Vec::new();
        while let Some((event, span)) = self.events.next() {
            match event {
                Event::End(TagEnd::FootnoteDefinition) => break,
                Event::Start(Tag::Paragraph) => {
                    let running = self.running();
                    self.end(TagEnd::Paragraph);
                    if running.id.is_some() {
                        let fault = Diagnostic::error("a paragraph of a note takes no name").rule("name-misplaced");
                        self.fault(
                            fault.hint("take `{#…}` away: the note has its own name"),
                            running.span.clone(),
                        );
                    }
                    if running.has_words() {
                        content.push(running.content);
                    } else if !running.content.is_empty() && !content.is_empty() {
                        self.without_words(&running);
                    }
                }
                Event::Start(Tag::List(_)) => {
                    self.skip();
                    let fault = Diagnostic::error("a list inside a note").rule("note-list");
                    self.fault(fault.hint("write its items as paragraphs"), span);
                }
                Event::Start(tag) => self.other_block(tag, span),
                Event::Rule => self.rule(span),
                _ => {}
            }
        }
        self.in_note = false;
        let label = self.label(&span);
        if content.is_empty() {
            let fault = Diagnostic::error(format!("note `{name}` has no text")).rule("note-empty");
            self.fault(fault.hint("write its text after the colon"), label.clone());
        }
        let key = key(name);
        self.notes.starts.insert(span.start);
        if let Some(first) = self.notes.written.get(&key) {
            let fault = Diagnostic::error(format!("note `{name}` is written twice"))
                .rule("note-twice")
                .at(self.file, label);
            let fault = fault.other(self.file, first.span.clone(), "the first time");
            let hint =
                "give one of them another name; a note that is referred to again is marked again, not written again";
            self.diagnostics.push(fault.hint(hint));
            return;
        }
        let note = Note {
            name: name.to_owned(),
            mark: NoteMark::Number(0),
            content,
            span,
        };
        self.notes.written.insert(key, note);
    }

    /// The `[^name]` that a note starts with.
    fn label(&self, span: &Range<usize>) -> Range<usize> {
        let end = self.source(span).find("]:").map_or(span.end, |at| span.start + at + 1);
        span.start..end
    }

    /// Takes a paragraph for the note that it is meant to be: one that starts with the mark of a note that is not written,
    /// as `[^report] A/81/215`. `false` where it is none.
    pub(super) fn note_without_colon(&mut self, span: &Range<usize>) -> bool {
        let source = self.source(span);
        let Some((name, after)) = source.strip_prefix("[^").and_then(|rest| rest.split_once(']')) else {
            return false;
        };
        let is_note = self.notes.starts.contains(&span.start) || name.contains(['[', '\n']);
        if is_note || name.is_empty() || after.trim_start_matches(is_stop).is_empty() {
            return false;
        }
        let text = after.trim_start_matches(|c: char| is_stop(c) || c.is_whitespace());
        let words: Vec<&str> = text.split_whitespace().take(3).collect();
        let start = span.start..span.start + name.len() + 3;
        let fault = Diagnostic::error(format!("note `{name}` has no colon after its mark")).rule("note-colon");
        let mark = (
            span.start..span.start + source.len() - text.len(),
            format!("[^{name}]: "),
        );
        let fault = fault.fix_at(self.file, [mark]);
        self.fault(fault.hint(format!("write `[^{name}]: {}`", words.join(" "))), start);
        self.doubts.refused.insert(self.blocks.len());
        self.notes.without_colon.insert(key(name));
        true
    }

    /// Tells of marks that have no note and of notes that have no mark.
    ///
    /// A mark without a note is plain text to Markdown, so they are looked for in the source.
    pub(super) fn missing_notes(&mut self) {
        let numbers = &self.notes.numbers;
        let unused = self.notes.written.iter().filter(|(key, _)| !numbers.contains_key(*key));
        let unused: Vec<(String, Range<usize>)> = unused
            .map(|(_, note)| (note.name.clone(), self.label(&note.span)))
            .collect();
        let mut meant: Vec<String> = Vec::new();
        for (count, (name, span)) in self.unwritten().into_iter().enumerate() {
            let mut fault =
                Diagnostic::error(format!("note `{name}` is marked, but not written")).rule("note-not-written");
            // Where there are this many, the names tell nothing, and each would be compared with each.
            let compared = if count < MOST_COMPARED {
                &unused[..unused.len().min(MOST_COMPARED)]
            } else {
                &[]
            };
            let hint = match compared
                .iter()
                .filter(|(other, _)| other.len() <= LONGEST_COMPARED)
                .find(|(other, _)| strsim::damerau_levenshtein(other, &name) == 1)
            {
                Some((other, _)) => {
                    meant.push(other.clone());
                    fault = fault.fix(format!("[^{other}]"));
                    format!("`[^{other}]` is written, but not marked: is it this one?")
                }
                None => format!("write it after the text, with an empty line before it: `[^{name}]: …`"),
            };
            self.fault(fault.hint(hint), span);
        }
        for (name, span) in unused.into_iter().filter(|(name, _)| !meant.contains(name)) {
            let fault = Diagnostic::error(format!("note `{name}` is written, but not marked")).rule("note-not-marked");
            let hint = format!("put `[^{name}]` where the note belongs, or take the note away");
            self.suspect(About::Unmarked(key(&name)), fault.hint(hint), span);
        }
    }

    /// The first mark of each note that is not written.
    fn unwritten(&self) -> Vec<(String, Range<usize>)> {
        /// The longest name that is taken for one.
        const LONGEST: usize = 200;
        let text = self.file.text();
        let mut unread = self.unread.clone();
        unread.sort_by_key(|span| span.start);
        let is_unread = |at: usize| {
            let before = unread.partition_point(|span| span.start <= at);
            before.checked_sub(1).is_some_and(|last| unread[last].contains(&at))
        };
        let mut told = BTreeSet::new();
        let mut unwritten = Vec::new();
        for (at, _) in text.match_indices("[^") {
            let mut rest = text[at + 2..].char_indices().take(LONGEST);
            let Some((length, ']')) = rest.find(|(_, c)| matches!(c, ']' | '\n')) else {
                continue;
            };
            let name = &text[at + 2..at + 2 + length];
            let known = self.notes.starts.contains(&at) || self.notes.written.contains_key(&key(name));
            let known = known || self.notes.without_colon.contains(&key(name));
            if name.is_empty() || text[..at].ends_with('\\') || known || is_unread(at) || !told.insert(name) {
                continue;
            }
            unwritten.push((name.to_owned(), at..at + length + 3));
        }
        unwritten
    }

    /// The notes: those with asterisks, then the others in the order of their first marks. The marks in the text are told their
    /// places.
    pub(super) fn take_notes(&mut self) -> Vec<Note> {
        let mut written = std::mem::take(&mut self.notes.written);
        let numbers = std::mem::take(&mut self.notes.numbers);
        let mut marked: Vec<(Option<usize>, usize, String)> = numbers
            .into_iter()
            .map(|(key, first)| (asterisks(&key), first, key))
            .collect();
        // Those without asterisks come last.
        marked.sort_by_key(|(asterisks, first, _)| (asterisks.is_none(), *asterisks, *first));
        if marked.iter().any(|(asterisks, ..)| asterisks.is_some()) {
            let mut places = vec![0; marked.len()];
            for (place, (_, first, _)) in marked.iter().enumerate() {
                places[*first] = place;
            }
            self.place_marks(&places);
        }
        let mut number = 0;
        let mut notes = Vec::with_capacity(marked.len());
        for (asterisks, _, key) in marked {
            let mark = match asterisks {
                Some(count) => NoteMark::Asterisks(count as u8),
                None => {
                    number += 1;
                    NoteMark::Number(number)
                }
            };
            notes.extend(written.remove(&key).map(|note| Note { mark, ..note }));
        }
        self.asterisks_in_order(&notes);
        notes
    }

    /// Tells the marks in the title and the blocks the places of their notes, by the order of the first marks.
    fn place_marks(&mut self, places: &[usize]) {
        let title = self.title.iter_mut().map(|title| &mut title.content);
        let mut contents: Vec<&mut Vec<Inline>> = title.collect();
        for block in &mut self.blocks {
            contents.extend(block.contents_mut());
        }
        contents.into_iter().for_each(|content| replace(content, places));
    }

    /// Tells of notes with more asterisks than there are notes with fewer.
    fn asterisks_in_order(&mut self, notes: &[Note]) {
        for (note, expected) in notes.iter().zip(1_u8..) {
            let NoteMark::Asterisks(count) = note.mark else { return };
            if count != expected {
                let name = "*".repeat(usize::from(expected));
                let message = format!("note `{}` has no note `{name}` before it", note.name);
                let fault = Diagnostic::error(message).rule("note-asterisks");
                let span = self.label(&note.span);
                self.fault(fault.hint(format!("mark it `[^{name}]`")), span);
                return;
            }
        }
    }
}
