//! A work in reading order, piece by piece: each with its one name, its words as they are printed, and its place in the
//! source. What asks what an edition holds, or tells of a place in it, goes by these.

use std::fmt;
use std::ops::Range;

use super::generated::{GeneratedLine, generated_lines, title_prefix};
use super::names::{block_names, cell_name};
use super::{Block, Expression, Inline, Labelled, Note, Work, extent};
use crate::kind::LinePlace;
use crate::layout::Name;
use crate::locale::{self, Language, Usage};

/// Where a passage stands in its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line that nobody wrote and that is made of the facts.
    Generated(GeneratedLine),
    /// The title, with its number.
    Title,
    /// The paragraph at this place among the blocks, or what stands below the picture there.
    Paragraph(usize),
    /// The heading at this place among the blocks.
    Heading(usize),
    /// A cell of the table at the place `block` among the blocks.
    Cell {
        /// The place of the table.
        block: usize,
        /// The row; 0 is the head.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// A paragraph of a note.
    Note {
        /// The place of the note.
        note: usize,
        /// Which paragraph of it, from 0.
        paragraph: usize,
    },
}

impl Place {
    /// The place among the blocks, of what is of one.
    pub fn block(self) -> Option<usize> {
        match self {
            Self::Paragraph(block) | Self::Heading(block) | Self::Cell { block, .. } => Some(block),
            Self::Generated(_) | Self::Title | Self::Note { .. } => None,
        }
    }
}

/// A passage of a work: what a reader should get as one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is called. The paragraphs of a note share its name; [`Passage::called`] tells them apart.
    pub name: Name,
    /// Where it stands in the work.
    pub place: Place,
    /// Its language.
    pub language: Language,
    /// The label before its text, as `١ -`, or the mark of a note; empty when it has none.
    pub label: String,
    /// Its text without the label, the marks of notes in their places.
    pub body: String,
    /// Where it stands in the file of its language, in bytes; `None` for a line that is made of the facts.
    pub span: Option<Range<usize>>,
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

    /// Whether it is of a note.
    pub fn is_note(&self) -> bool {
        matches!(self.place, Place::Note { .. })
    }

    /// What messages call it: its name, of a further paragraph of a note with its number, `note 5 paragraph 2`.
    pub fn called(&self) -> String {
        match self.place {
            Place::Note { paragraph, .. } if paragraph > 0 => format!("{} paragraph {}", self.name, paragraph + 1),
            _ => self.name.to_string(),
        }
    }
}

impl fmt::Display for Passage {
    /// What it is called with its language before it: `ar preambular 3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.language.code(), self.called())
    }
}

/// The passages of a work in a language, in reading order: the lines before the title, the title, the text, the lines after
/// it, the notes.
pub fn passages(work: &Work, language: Language) -> Vec<Passage> {
    let Some(expression) = work.expression(language) else {
        return Vec::new();
    };
    let usage = work.facts.usage(language);
    let mut walk = Walk {
        usage,
        passages: Vec::new(),
    };
    let mut lines = generated_lines(&work.facts, language);
    walk.generated(&mut lines, |place| place.is_front());
    let title = title_prefix(&work.facts, language) + &text(&expression.title, usage, &expression.notes);
    if !title.trim().is_empty() {
        let span = extent(&expression.title);
        walk.push(Place::Title, Name::Paragraph("title".to_owned()), "", title, span);
    }
    walk.generated(&mut lines, |place| place == LinePlace::BelowTitle);
    let labelled = Labelled::of(work.facts.kind, &expression.blocks);
    let names = block_names(work.facts.kind, &expression.blocks);
    let end = annexes(&labelled, &expression.blocks);
    walk.blocks(expression, &labelled, &names, 0..end);
    walk.generated(&mut lines, LinePlace::is_closing);
    walk.blocks(expression, &labelled, &names, end..expression.blocks.len());
    walk.generated(&mut lines, |_| true);
    for index in expression.notes_as_marked() {
        walk.note(index, &expression.notes[index]);
    }
    walk.passages
}

/// The place of the first block of the annexes, before which the closing lines stand.
pub fn annexes(labelled: &Labelled, blocks: &[Block]) -> usize {
    (0..blocks.len())
        .find(|at| labelled.is_annexed(*at))
        .unwrap_or(blocks.len())
}

struct Walk {
    usage: Usage,
    passages: Vec<Passage>,
}

impl Walk {
    fn push(&mut self, place: Place, name: Name, label: &str, body: String, span: Range<usize>) {
        self.passages.push(Passage {
            name,
            place,
            language: self.usage.language,
            label: label.to_owned(),
            body,
            span: Some(span),
        });
    }

    /// The lines that stand at some places, in their order.
    fn generated(&mut self, lines: &mut Vec<(GeneratedLine, String)>, stands: impl Fn(LinePlace) -> bool) {
        let language = self.usage.language;
        let here = lines.extract_if(.., |(line, _)| stands(line.place()));
        self.passages.extend(here.map(|(line, body)| Passage {
            name: line.name(),
            place: Place::Generated(line),
            language,
            label: String::new(),
            body,
            span: None,
        }));
    }

    fn blocks(&mut self, expression: &Expression, labelled: &Labelled, names: &[Name], range: Range<usize>) {
        let usage = self.usage;
        let notes = &expression.notes;
        for index in range {
            let (block, name) = (&expression.blocks[index], names[index].clone());
            match block {
                Block::Paragraph(p) => {
                    let label = labelled.label(usage, index).unwrap_or_default();
                    let body = text(&p.content, usage, notes);
                    self.push(Place::Paragraph(index), name, &label, body, p.span.clone());
                }
                Block::Heading(h) => {
                    let label = labelled.heading(usage, index).map(|label| label.text);
                    let words = text(&h.content, usage, notes);
                    let body = [label.unwrap_or_default(), words];
                    let body = body
                        .iter()
                        .filter(|part| !part.is_empty())
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(" ");
                    self.push(Place::Heading(index), name, "", body, h.span.clone());
                }
                Block::Figure(f) if f.caption.is_empty() => {}
                Block::Figure(f) => {
                    let body = text(&f.caption, usage, notes);
                    self.push(Place::Paragraph(index), name, "", body, extent(&f.caption));
                }
                Block::Table(t) => {
                    for (row, cells) in std::iter::once(&t.head).chain(&t.rows).enumerate() {
                        for (column, cell) in cells.iter().enumerate() {
                            let place = Place::Cell {
                                block: index,
                                row,
                                column,
                            };
                            let name = cell_name(&name, row, column);
                            self.push(place, name, "", text(cell, usage, notes), extent(cell));
                        }
                    }
                }
            }
        }
    }

    fn note(&mut self, index: usize, note: &Note) {
        for (paragraph, content) in note.content.iter().enumerate() {
            let mark = match paragraph {
                0 => note.mark.printed(self.usage),
                _ => String::new(),
            };
            let place = Place::Note { note: index, paragraph };
            let body = text(content, self.usage, &[]);
            self.push(place, note.mark.name(), &mark, body, extent(content));
        }
    }
}

/// Running text with the marks of notes as they are printed.
fn text(inlines: &[Inline], usage: Usage, notes: &[Note]) -> String {
    let piece = |inline: &Inline| match inline {
        Inline::Text { text, .. } | Inline::Address { text, .. } => text.clone(),
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Span { content: inner, .. }
        | Inline::Link { content: inner, .. } => text(inner, usage, notes),
        Inline::Mark { note, joins, .. } => {
            let between = if *joins {
                locale::between_note_marks(usage.language)
            } else {
                ""
            };
            let mark = notes.get(*note).map(|note| note.mark.printed(usage));
            format!("{between}{}", mark.unwrap_or_default())
        }
        Inline::Break => " ".to_owned(),
    };
    inlines.iter().map(piece).collect()
}
