//! What a reader should get: the passages of a work in a language, in reading order.

use std::ops::Range;

use serde::Serialize;

use super::judge::visible;
use super::standing::What;
use crate::locale::{self, Language, Usage};
use crate::model::{Block, Expression, Inline, Note, Work, extent};

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
    /// A paragraph of a note; the first with the mark of the note.
    Note,
    /// A line that stands in every edition and is made of the facts.
    #[serde(untagged)]
    Standing(What),
}

/// A passage of the source: what a reader should get as one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// Its number among those of its kind, from 1; of a paragraph of a note that of the note.
    pub number: usize,
    /// Which paragraph of its note it is, from 1; `None` for what is no note, or a note of one paragraph.
    pub paragraph: Option<usize>,
    /// Its language.
    pub language: Language,
    /// The label before its text, as `١ -`; empty when it has none.
    pub label: String,
    /// Its text without the label, the marks of notes in their places.
    pub body: String,
    /// Where it stands in the file of its language, in bytes.
    pub span: Range<usize>,
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
        usage: work.facts.usage(language),
        passages: Vec::new(),
    };
    let prefix = locale::title_prefix(list.usage, work.facts.number());
    let title = prefix + &list.text(&expression.title);
    list.push(Kind::Title, String::new(), title, extent(&expression.title));
    list.blocks(expression);
    for (index, note) in expression.notes.iter().enumerate() {
        list.note(index, note);
    }
    list.passages
}

struct List {
    usage: Usage,
    passages: Vec<Passage>,
}

impl List {
    /// Adds a passage, unless nothing of it can be seen, as of a paragraph that is one no-break space.
    fn push(&mut self, kind: Kind, label: String, body: String, span: Range<usize>) {
        if label.is_empty() && visible(&body).is_empty() {
            return;
        }
        let number = self.passages.iter().filter(|p| p.kind == kind).count() + 1;
        self.passages.push(Passage {
            kind,
            number,
            paragraph: None,
            language: self.usage.language,
            label,
            body,
            span,
        });
    }

    fn blocks(&mut self, expression: &Expression) {
        for block in &expression.blocks {
            match block {
                Block::Paragraph(p) => {
                    let label = p.label.map(|l| locale::operative_label(self.usage, l.depth, l.ordinal));
                    let text = self.text(&p.content);
                    self.push(Kind::Paragraph, label.unwrap_or_default(), text, p.span.clone());
                }
                Block::Heading(h) => self.push(Kind::Heading, String::new(), self.text(&h.content), h.span.clone()),
                Block::Table(t) => {
                    for cell in std::iter::once(&t.head).chain(&t.rows).flatten() {
                        self.push(Kind::Cell, String::new(), self.text(cell), extent(cell));
                    }
                }
            }
        }
    }

    /// The paragraphs of a note, each a passage.
    fn note(&mut self, index: usize, note: &Note) {
        for (at, paragraph) in note.content.iter().enumerate() {
            let mark = if at == 0 {
                locale::note_mark(self.usage, index as u32 + 1)
            } else {
                String::new()
            };
            let body = self.text(paragraph);
            if mark.is_empty() && visible(&body).is_empty() {
                continue;
            }
            self.passages.push(Passage {
                kind: Kind::Note,
                number: index + 1,
                paragraph: (note.content.len() > 1).then_some(at + 1),
                language: self.usage.language,
                label: mark,
                body,
                span: extent(paragraph),
            });
        }
    }

    /// Running text with the marks of notes as they are printed.
    fn text(&self, inlines: &[Inline]) -> String {
        let piece = |inline: &Inline| match inline {
            Inline::Text { text, .. } | Inline::Address { text, .. } => text.clone(),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Span { content: inner, .. } => self.text(inner),
            Inline::Mark { note, joins, .. } => {
                let between = if *joins {
                    locale::between_note_marks(self.usage.language)
                } else {
                    ""
                };
                format!("{between}{}", locale::note_mark(self.usage, *note as u32 + 1))
            }
            Inline::Break => " ".to_owned(),
        };
        inlines.iter().map(piece).collect()
    }
}
