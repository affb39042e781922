//! What a reader should get: the passages of a work in a language, in reading order.

use serde::Serialize;

use crate::locale::{self, Language};
use crate::model::{Block, Expression, Inline, Work, plain};

/// What a passage is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The title with its number.
    Title,
    /// A paragraph with its label.
    Paragraph,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// A note with its mark.
    Note,
}

/// A passage of the source: what a reader should get as one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// Its number among those of its kind, from 1.
    pub number: usize,
    /// Its language.
    pub language: Language,
    /// The label before its text, as `١ -`; empty when it has none.
    pub label: String,
    /// Its text without the label, the marks of notes in their places.
    pub body: String,
}

impl Passage {
    /// The label and the text.
    pub fn text(&self) -> String {
        if self.label.is_empty() {
            self.body.clone()
        } else {
            format!("{} {}", self.label, self.body)
        }
    }
}

/// The passages of a work in a language: the title, the text in reading order, then the notes.
pub fn passages(work: &Work, language: Language) -> Vec<Passage> {
    let Some(expression) = work.expression(language) else {
        return Vec::new();
    };
    let mut list = List {
        language,
        passages: Vec::new(),
    };
    let title = format!(
        "{}{}",
        locale::title_prefix(language, work.facts.number()),
        plain(&expression.title)
    );
    list.push(Kind::Title, String::new(), title);
    list.blocks(expression);
    for (index, note) in expression.notes.iter().enumerate() {
        let paragraphs: Vec<String> = note.content.iter().map(|p| list.text(p)).collect();
        list.push(
            Kind::Note,
            locale::note_mark(language, index as u32 + 1),
            paragraphs.join(" "),
        );
    }
    list.passages
}

struct List {
    language: Language,
    passages: Vec<Passage>,
}

impl List {
    fn push(&mut self, kind: Kind, label: String, body: String) {
        let number = self.passages.iter().filter(|p| p.kind == kind).count() + 1;
        self.passages.push(Passage {
            kind,
            number,
            language: self.language,
            label,
            body,
        });
    }

    fn blocks(&mut self, expression: &Expression) {
        for block in &expression.blocks {
            match block {
                Block::Paragraph(p) => {
                    let label = p
                        .label
                        .map(|l| locale::operative_label(self.language, l.depth, l.ordinal));
                    self.push(Kind::Paragraph, label.unwrap_or_default(), self.text(&p.content));
                }
                Block::Heading(h) => self.push(Kind::Heading, String::new(), self.text(&h.content)),
                Block::Table(t) => {
                    for cell in std::iter::once(&t.head).chain(&t.rows).flatten() {
                        let text = self.text(cell);
                        if !text.trim().is_empty() {
                            self.push(Kind::Cell, String::new(), text);
                        }
                    }
                }
            }
        }
    }

    /// Running text with the marks of notes as they are printed.
    fn text(&self, inlines: &[Inline]) -> String {
        let piece = |inline: &Inline| match inline {
            Inline::Text { text, .. } => text.clone(),
            Inline::Emphasis(inner) | Inline::Strong(inner) => self.text(inner),
            Inline::Mark { note, .. } => locale::note_mark(self.language, *note as u32 + 1),
            Inline::Break => " ".to_owned(),
        };
        inlines.iter().map(piece).collect()
    }
}
