//! Where a line, or a part of it, stands in a layout.

use serde::Serialize;

/// A line of a layout, or some of its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Spot {
    /// The number of the page, from 1.
    pub page: usize,
    /// The place of the line on it, from 1.
    pub line: usize,
    /// The characters of the line; `None` where the whole line is meant.
    #[serde(flatten)]
    pub letters: Option<Letters>,
}

/// Characters of the text of a line. Where they are none, the place is meant where the other side has some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Letters {
    /// How many characters of the text stand before the first one.
    pub from: usize,
    /// How many characters of the text stand before the end of the last one.
    pub to: usize,
}

impl Spot {
    /// A whole line.
    pub fn line(page: usize, line: usize) -> Self {
        Self {
            page,
            line,
            letters: None,
        }
    }
}
