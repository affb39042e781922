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
use crate::text::LinePart;

/// A difference, with what it touches of the reference and of the other side.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) change: Change,
    pub(super) reference: Vec<Touched>,
    pub(super) actual: Vec<Touched>,
}

/// What a difference touches.
#[derive(Debug, Clone, Copy)]
pub(super) enum Touched {
    /// A line, by its index.
    Line(usize),
    /// Some characters of a line, or the place between two of them.
    Part(LinePart),
}

impl Touched {
    /// The index of the line.
    pub(super) fn line(self) -> usize {
        match self {
            Touched::Line(line) => line,
            Touched::Part(part) => part.line,
        }
    }
}

impl Found {
    /// A difference of whole lines.
    pub(super) fn new(change: Change, reference: Vec<usize>, actual: Vec<usize>) -> Self {
        let touched = |lines: Vec<usize>| lines.into_iter().map(Touched::Line).collect();
        Self {
            change,
            reference: touched(reference),
            actual: touched(actual),
        }
    }

    /// A difference of lines, each of the reference with that of the other side.
    fn of_lines(change: Change, lines: &[(usize, usize)]) -> Self {
        let (reference, actual) = lines.iter().copied().unzip();
        Self::new(change, reference, actual)
    }

    /// A difference of parts of lines.
    pub(super) fn of_parts(change: Change, reference: Vec<LinePart>, actual: Vec<LinePart>) -> Self {
        let touched = |parts: Vec<LinePart>| parts.into_iter().map(Touched::Part).collect();
        Self {
            change,
            reference: touched(reference),
            actual: touched(actual),
        }
    }
}
