//! Notes and what marks them.

use std::ops::Range;

use super::Inline;
use crate::layout::Name;
use crate::locale::{self, Usage};

/// What marks a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteMark {
    /// So many asterisks: a note apart from those that are counted.
    Asterisks(u8),
    /// Its number among those that are counted, from 1.
    Number(u32),
}

impl NoteMark {
    /// The mark as it is printed: `(١)`, `1`, `*`.
    pub fn printed(self, usage: Usage) -> String {
        match self {
            Self::Number(number) => locale::note_mark(usage, number),
            Self::Asterisks(count) => "*".repeat(usize::from(count)),
        }
    }

    /// What the note is called in messages and layouts.
    pub fn name(self) -> Name {
        match self {
            Self::Number(number) => Name::Note(number as usize),
            Self::Asterisks(count) => Name::asterisks(usize::from(count)),
        }
    }

    /// What the note is called in a language, as the name of a link to it.
    pub fn called(self, usage: Usage) -> String {
        match self {
            Self::Number(number) => locale::note_name(usage, number),
            Self::Asterisks(_) => locale::marked_note_name(usage.language, &self.printed(usage)),
        }
    }

    /// What a link from the note to its mark is called.
    pub fn way_back(self, usage: Usage) -> String {
        locale::way_back(usage.language, &self.called(usage))
    }
}

/// A note.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The name of the note in the source (`1` of `[^1]`).
    pub name: String,
    /// What marks it.
    pub mark: NoteMark,
    /// Its text, a paragraph each.
    pub content: Vec<Vec<Inline>>,
    /// Where it stands in the source, in bytes.
    pub span: Range<usize>,
}
