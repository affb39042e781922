//! What differs between two texts that are matched: facts, each with the lines that it touches. Nothing here asks why; where
//! a question only makes sense of what is not explained yet, the lines or pages that are left are handed in.

pub(super) mod edges;
pub(super) mod elongations;
pub(super) mod fonts;
pub(super) mod furniture;
pub(super) mod labels;
pub(super) mod line_breaks;
pub(super) mod marks;
pub(super) mod note_pages;
pub(super) mod one_sided;
pub(super) mod order;
pub(super) mod page_breaks;
mod rows;
pub(super) mod shifts;
pub(super) mod spacing;
pub(super) mod words;

use super::change::Change;

/// A difference, with the lines of the reference and of the other side that it touches.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) change: Change,
    pub(super) reference: Vec<usize>,
    pub(super) actual: Vec<usize>,
}

impl Found {
    /// A difference of lines, each of the reference with that of the other side.
    fn of_lines(change: Change, lines: &[(usize, usize)]) -> Self {
        let (reference, actual) = lines.iter().copied().unzip();
        Self {
            change,
            reference,
            actual,
        }
    }
}
