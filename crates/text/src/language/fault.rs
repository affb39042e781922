//! What is wrong with a language file.

use std::ops::Range;

/// A fault of a language file, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageFault {
    /// What kind of fault it is.
    pub kind: FaultKind,
    /// The bytes of the file; `None` for the file as a whole.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// What to write in place of the bytes, where one thing is meant.
    pub fix: Option<String>,
}

/// A kind of faults of language files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The file is no TOML.
    Notation,
    /// A key that there is not.
    UnknownKey,
    /// A key that must be there is not.
    MissingKey,
    /// A value of another type.
    Type,
    /// A text that is empty.
    Empty,
    /// A word that is none of those that may stand there.
    UnknownWord,
    /// A value that says nothing, or what cannot be.
    Value,
}
