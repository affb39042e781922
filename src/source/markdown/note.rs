//! Notes: where they are marked, where they are written, and whether the two fit.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Reader;
use crate::diagnostic::Diagnostic;
use crate::model::{Inline, Note};

/// The notes of a file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The notes in the order of their first marks: the key, and the place of the first mark.
    marked: Vec<String>,
    /// Where all marks stand.
    marks: Vec<Range<usize>>,
    /// The notes in the order in which they are written.
    written: Vec<Written>,
}

#[derive(Debug)]
struct Written {
    key: String,
    note: Note,
}

/// Markdown does not tell capitals from small letters in the names of notes.
fn key(name: &str) -> String {
    name.to_lowercase()
}

impl Notes {
    /// Notes a mark and answers the place of its note.
    pub(super) fn mark(&mut self, name: &str, span: &Range<usize>) -> usize {
        self.marks.push(span.clone());
        let key = key(name);
        self.marked.iter().position(|marked| *marked == key).unwrap_or_else(|| {
            self.marked.push(key);
            self.marked.len() - 1
        })
    }
}

impl<'a> Reader<'a> {
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
                        let fault = Diagnostic::error("a paragraph of a note takes no name");
                        self.fault(fault.hint("take `{#…}` away: the note has its own name"), running.span);
                    }
                    if !running.content.is_empty() {
                        content.push(running.content);
                    }
                }
                Event::Start(Tag::List(Some(_))) => {
                    self.skip();
                    let fault = Diagnostic::error("a list inside a note");
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
            let fault = Diagnostic::error(format!("note `{name}` has no text"));
            self.fault(fault.hint("write its text after the colon"), label.clone());
        }
        let key = key(name);
        if let Some(first) = self.notes.written.iter().find(|written| written.key == key) {
            let fault = Diagnostic::error(format!("note `{name}` is written twice")).at(self.file, label);
            let fault = fault.other(self.file, first.note.span.clone(), "the first time");
            let hint =
                "give one of them another name; a note that is referred to again is marked again, not written again";
            self.diagnostics.push(fault.hint(hint));
            return;
        }
        self.notes.written.push(Written {
            key,
            note: Note {
                name: name.to_owned(),
                content,
                span,
            },
        });
    }

    /// The `[^name]` that a note starts with.
    fn label(&self, span: &Range<usize>) -> Range<usize> {
        let end = self.source(span).find("]:").map_or(span.end, |at| span.start + at + 1);
        span.start..end
    }

    /// Tells of marks that have no note and of notes that have no mark.
    ///
    /// A mark without a note is plain text to Markdown, so they are looked for in the source.
    pub(super) fn missing_notes(&mut self) {
        let text = self.file.text();
        let known = |at: usize| {
            self.notes.marks.iter().any(|mark| mark.start == at)
                || self.notes.written.iter().any(|written| written.note.span.start == at)
                || self.unread.iter().any(|span| span.contains(&at))
        };
        let mut missing: Vec<(String, Range<usize>)> = Vec::new();
        for (at, _) in text.match_indices("[^") {
            let Some(length) = text[at..]
                .find([']', '\n'])
                .filter(|length| text[at + length..].starts_with(']'))
            else {
                continue;
            };
            let name = &text[at + 2..at + length];
            let escaped = text[..at].ends_with('\\');
            let doubled = self.notes.written.iter().any(|written| written.key == key(name));
            if !(name.is_empty() || escaped || known(at) || doubled) {
                missing.push((name.to_owned(), at..at + length + 1));
            }
        }
        let unused: Vec<(String, Range<usize>)> = self
            .notes
            .written
            .iter()
            .filter(|written| !self.notes.marked.contains(&written.key))
            .map(|written| (written.note.name.clone(), self.label(&written.note.span)))
            .collect();
        let mut told: Vec<String> = Vec::new();
        for (name, span) in missing {
            if told.contains(&name) {
                continue;
            }
            let fault = Diagnostic::error(format!("note `{name}` is marked, but not written"));
            let hint = match unused
                .iter()
                .find(|(other, _)| strsim::damerau_levenshtein(other, &name) == 1)
            {
                Some((other, _)) => format!("`[^{other}]` is written, but not marked: is it this one?"),
                None => format!("write it after the text, with an empty line before it: `[^{name}]: …`"),
            };
            self.fault(fault.hint(hint), span);
            told.push(name);
        }
        for (name, span) in unused {
            let fault = Diagnostic::error(format!("note `{name}` is written, but not marked"));
            self.fault(
                fault.hint(format!("put `[^{name}]` where the note belongs, or take the note away")),
                span,
            );
        }
    }

    /// The notes in the order of their first marks.
    pub(super) fn take_notes(&mut self) -> Vec<Note> {
        let mut written = std::mem::take(&mut self.notes.written);
        let note = |key: &String| {
            let at = written.iter().position(|written| written.key == *key)?;
            Some(written.swap_remove(at).note)
        };
        self.notes.marked.iter().filter_map(note).collect()
    }
}
