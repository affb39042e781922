//! The text of a document in one language.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Figure, Label, LinkTarget, Note};
use crate::locale::Language;

/// The text of a document in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// The language.
    pub language: Language,
    /// The title, without the number, which comes from the symbol.
    pub title: Vec<Inline>,
    /// The text in reading order. Nested lists stand flat: a sub-paragraph follows its paragraph.
    pub blocks: Vec<Block>,
    /// The notes: those with asterisks, then the others in the order of their first marks.
    pub notes: Vec<Note>,
}

/// A block of text. Two expressions of one work have the same kinds of blocks at the same places.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// The heading of an annex or of a part of one.
    Heading(Heading),
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
}

/// What a paragraph does in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The words that name the body that acts: the first paragraph, all of it a lead phrase (`*The General Assembly*,`).
    Opening,
    /// A paragraph of the preamble.
    Preambular,
    /// A numbered paragraph, a lettered sub-paragraph, or one deeper.
    Operative,
    /// A further paragraph of an item of a list, without a label of its own.
    Continuation,
    /// A paragraph of a text that is free of such roles: of an annex, of an article.
    Body,
    /// A paragraph of a quotation that stands apart from the text.
    Quotation,
    /// A term that is defined.
    Term,
    /// What a term means.
    Definition,
    /// A paragraph after the text and before the annexes: `In witness whereof …`.
    Closing,
    /// A line of verse.
    Verse,
}

/// Where a line of verse stands, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verse {
    /// The number of the verse among those of the text, from 1.
    pub ordinal: u32,
    /// The number of the line in it, from 1.
    pub line: u32,
    /// Whether a stanza starts with it.
    pub opens: bool,
    /// By how many spaces it is indented in the source.
    pub indent: u8,
    /// The piece of its text that the second of its two hemistichs starts with.
    pub second: Option<usize>,
}

/// What a paragraph stands in beside the lists that its label tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Within {
    /// The quotation that it is of, by its number among those of the text, from 1.
    pub quotation: Option<u32>,
    /// The item of a list that its quotation is of; of a paragraph that is in no quotation, the item that it belongs to without
    /// being its first paragraph.
    pub item: Option<Label>,
    /// The item of a list inside its quotation that it belongs to without being its first paragraph.
    pub quoted_item: Option<Label>,
    /// Of a line of verse, where it stands in it.
    pub verse: Option<Verse>,
}

impl Within {
    /// The item that a paragraph further belongs to, inside its quotation where it is in one.
    pub fn further_of(&self) -> Option<Label> {
        match self.quotation {
            Some(_) => self.quoted_item,
            None => self.item,
        }
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// What it does in the document.
    pub role: Role,
    /// Its number or its bullet, when it has one.
    pub label: Option<Label>,
    /// What else it stands in.
    pub within: Within,
    /// Its name, given by `{#name}` at its end.
    pub id: Option<String>,
    /// Its text.
    pub content: Vec<Inline>,
    /// Where it stands in the source, in bytes.
    pub span: Range<usize>,
}

/// The heading of a division, as an annex or an article, or of a part without a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 2 for `## `, up to 6.
    pub level: u8,
    /// The division that it starts, by its place among those of the kind; `None` for a mere heading.
    pub division: Option<usize>,
    /// The number that the author gave it, `2 bis`, in place of the one that it would have.
    pub number: Option<String>,
    /// Whether its words start with its label, which is then not printed a second time.
    pub says_label: bool,
    /// Its name, given by `{#name}` at its end.
    pub id: Option<String>,
    /// Its text.
    pub content: Vec<Inline>,
    /// Where it stands in the source, in bytes.
    pub span: Range<usize>,
}

/// How a column of a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// At the side where the language starts.
    Start,
    /// In the middle.
    Center,
    /// At the side where the language ends.
    End,
}

/// A row of a table: the content of its cells.
pub type Row = Vec<Vec<Inline>>;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// How each column stands.
    pub columns: Vec<Alignment>,
    /// The head row.
    pub head: Row,
    /// The rows of the body, each with as many cells as there are columns.
    pub rows: Vec<Row>,
    /// The cells that are one with the cell before them, by row, of which 0 is the head, and by column. They have no text.
    pub joined: BTreeSet<(usize, usize)>,
    /// Where it stands in the source, in bytes.
    pub span: Range<usize>,
}

impl Table {
    /// Whether its head says anything; without it the table has no head.
    pub fn has_head(&self) -> bool {
        let is_seen = |stretch: &Stretch<'_>| !stretch.text.trim().is_empty();
        let mut head = self.head.iter();
        head.any(|cell| stretches(cell).iter().any(is_seen) || !marks(cell).is_empty())
    }

    /// Over how many columns a cell stands, by its row, of which 0 is the head, and its column; 0 for one that is joined to
    /// the cell before it.
    pub fn span(&self, row: usize, column: usize) -> usize {
        if self.joined.contains(&(row, column)) {
            return 0;
        }
        let joined = |at: &usize| self.joined.contains(&(row, *at));
        1 + (column + 1..self.columns.len()).take_while(joined).count()
    }
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain text, white space folded to single spaces.
    Text {
        /// The text.
        text: String,
        /// Where it stands in the source, in bytes.
        span: Range<usize>,
    },
    /// A lead phrase, or a title in italics.
    Emphasis(Vec<Inline>),
    /// Strongly emphasised text.
    Strong(Vec<Inline>),
    /// The mark of a note.
    Mark {
        /// The place of the note in [`Expression::notes`].
        note: usize,
        /// Whether another mark stands right before it, so that a comma parts the two.
        joins: bool,
        /// Where the mark stands in the source, in bytes.
        span: Range<usize>,
    },
    /// A line break that the author asked for.
    Break,
    /// A stretch in a language that the author names, `[C++]{.en}`: it keeps its own direction and marks, whatever stands
    /// round it (an isolate of UAX #9). No mark of a note and no other such stretch is in it.
    Span {
        /// The language.
        language: Language,
        /// Its text.
        content: Vec<Inline>,
        /// Where it stands in the source, in bytes.
        span: Range<usize>,
    },
    /// A link: words that lead to a page of the web or to a block of the document. No mark of a note and no other link is in it.
    Link {
        /// Where it leads.
        target: LinkTarget,
        /// Its words. Those of a cross-reference that the author leaves out are filled in by the check.
        content: Vec<Inline>,
        /// Where it stands in the source, in bytes.
        span: Range<usize>,
    },
    /// The address of a page or of a mailbox: one unit from left to right.
    Address {
        /// The address.
        text: String,
        /// Where it stands in the source, in bytes.
        span: Range<usize>,
    },
}

impl Block {
    /// Its running texts: one, or one a cell of a table in reading order.
    pub fn contents(&self) -> Vec<&[Inline]> {
        match self {
            Self::Paragraph(paragraph) => vec![&paragraph.content],
            Self::Heading(heading) => vec![&heading.content],
            Self::Figure(figure) => vec![&figure.caption],
            Self::Table(table) => std::iter::once(&table.head)
                .chain(&table.rows)
                .flatten()
                .map(Vec::as_slice)
                .collect(),
        }
    }

    /// Its running texts, to change them.
    pub(crate) fn contents_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        match self {
            Self::Paragraph(paragraph) => vec![&mut paragraph.content],
            Self::Heading(heading) => vec![&mut heading.content],
            Self::Figure(figure) => vec![&mut figure.caption],
            Self::Table(table) => std::iter::once(&mut table.head)
                .chain(&mut table.rows)
                .flatten()
                .collect(),
        }
    }

    /// Its name, given by `{#name}`.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Paragraph(paragraph) => paragraph.id.as_deref(),
            Self::Heading(heading) => heading.id.as_deref(),
            Self::Figure(figure) => figure.id.as_deref(),
            Self::Table(_) => None,
        }
    }

    /// What it stands in beside the lists that its label tells of.
    pub fn within(&self) -> Within {
        match self {
            Self::Paragraph(paragraph) => paragraph.within,
            Self::Figure(figure) => figure.within,
            Self::Heading(_) | Self::Table(_) => Within::default(),
        }
    }

    /// Where it stands in the source, in bytes.
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Paragraph(paragraph) => paragraph.span.clone(),
            Self::Heading(heading) => heading.span.clone(),
            Self::Figure(figure) => figure.span.clone(),
            Self::Table(table) => table.span.clone(),
        }
    }
}

impl Expression {
    /// The places of the notes in the order of their first marks, in which they are read.
    pub fn notes_as_marked(&self) -> Vec<usize> {
        let mut is_there = vec![false; self.notes.len()];
        let mut order = Vec::with_capacity(self.notes.len());
        let blocks = self.blocks.iter().flat_map(Block::contents);
        let contents = std::iter::once(self.title.as_slice()).chain(blocks);
        for (note, _) in contents.flat_map(marks) {
            if is_there.get(note) == Some(&false) {
                is_there[note] = true;
                order.push(note);
            }
        }
        order.extend((0..self.notes.len()).filter(|note| !is_there[*note]));
        order
    }

    /// All running texts: the title, the blocks, the notes.
    pub fn contents(&self) -> Vec<&[Inline]> {
        let blocks = self.blocks.iter().flat_map(Block::contents);
        let notes = self.notes.iter().flat_map(|note| &note.content).map(Vec::as_slice);
        std::iter::once(self.title.as_slice())
            .chain(blocks)
            .chain(notes)
            .collect()
    }
}

/// The pieces of plain text of running text, with their places in the source: what is written in the language of the
/// paragraph. [`stretches`] has all text.
pub fn pieces(content: &[Inline]) -> Vec<(&str, &Range<usize>)> {
    let own = stretches(content).into_iter();
    own.filter(|stretch| stretch.language.is_none() && !stretch.address)
        .map(|stretch| (stretch.text, stretch.span))
        .collect()
}

/// A stretch of plain text, which is of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it stands in the source, in bytes.
    pub span: &'a Range<usize>,
    /// The language that the author names for it; `None` for that of the paragraph.
    pub language: Option<Language>,
    /// Whether it is an address.
    pub address: bool,
}

/// All plain text of running text, in its order.
pub fn stretches(content: &[Inline]) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    collect(content, None, &mut found);
    found
}

fn collect<'a>(content: &'a [Inline], language: Option<Language>, found: &mut Vec<Stretch<'a>>) {
    for inline in content {
        match inline {
            Inline::Text { text, span } | Inline::Address { text, span } => found.push(Stretch {
                text,
                span,
                language,
                address: matches!(inline, Inline::Address { .. }),
            }),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { content: inner, .. } => {
                collect(inner, language, found);
            }
            Inline::Span {
                language: own, content, ..
            } => collect(content, Some(*own), found),
            Inline::Mark { .. } | Inline::Break => {}
        }
    }
}

/// The bytes of running text from its first piece or mark to its last; an empty range where it has none.
pub fn extent(content: &[Inline]) -> Range<usize> {
    let marks = marks(content).into_iter().map(|(_, span)| span);
    let spans = stretches(content)
        .into_iter()
        .map(|stretch| stretch.span.clone())
        .chain(marks);
    let whole = spans.reduce(|whole, span| whole.start.min(span.start)..whole.end.max(span.end));
    whole.unwrap_or_default()
}

/// The marks of notes in running text: the places of the notes, and those of the marks in the source.
pub fn marks(content: &[Inline]) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    for inline in content {
        match inline {
            Inline::Mark { note, span, .. } => found.push((*note, span.clone())),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Span { content: inner, .. }
            | Inline::Link { content: inner, .. } => {
                found.extend(marks(inner));
            }
            Inline::Text { .. } | Inline::Address { .. } | Inline::Break => {}
        }
    }
    found
}
