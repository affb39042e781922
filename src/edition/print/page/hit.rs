//! What cannot be read on a page, and where it comes from.

use crate::ink::Colour;
use crate::page::Origin;

use super::super::{Outcome, PrintColumn};

/// Something on a page that cannot be read.
#[derive(Debug)]
pub(in super::super) struct Hit {
    /// The page, from 0.
    pub(in super::super) page: usize,
    /// The word.
    pub(in super::super) text: String,
    /// Where it comes from; `None` for text of the template's own.
    pub(in super::super) source: Option<Source>,
    /// What is wrong with it.
    pub(in super::super) wrong: Wrong,
}

/// Where a word of a line comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Source {
    /// The cell.
    pub(in super::super) origin: Origin,
    /// The line in its cell.
    pub(in super::super) line: usize,
    /// The letters of the line before the word, in the order of the text.
    pub(in super::super) before: usize,
    /// The column of a table.
    pub(in super::super) table_column: Option<usize>,
}

/// What is wrong with a word.
#[derive(Debug)]
pub(in super::super) enum Wrong {
    NoOutline {
        family: String,
        letters: Vec<String>,
    },
    TooNarrow {
        column: PrintColumn,
        by: f64,
        outcome: Outcome,
    },
    OffPage {
        by: f64,
    },
    Over {
        other: String,
        origin: Option<Origin>,
        table_column: Option<usize>,
    },
    Faint {
        colour: Colour,
        ground: Colour,
    },
    Covered,
    TooSmall {
        size: f64,
    },
}

impl Hit {
    /// Takes in what was found later of the same cause.
    pub(in super::super) fn take_in(&mut self, later: Self) {
        match (&mut self.wrong, later.wrong) {
            (Wrong::NoOutline { letters, .. }, Wrong::NoOutline { letters: more, .. }) => {
                let more: Vec<String> = more.into_iter().filter(|letter| !letters.contains(letter)).collect();
                letters.extend(more);
            }
            (Wrong::OffPage { by }, Wrong::OffPage { by: more }) => *by = by.max(more),
            (Wrong::TooNarrow { by, outcome, .. }, wrong @ Wrong::TooNarrow { .. }) => {
                let Wrong::TooNarrow {
                    by: more,
                    outcome: worse,
                    ..
                } = &wrong
                else {
                    return;
                };
                // What is lost counts more than how much is missing.
                let rank = |outcome: &Outcome| match outcome {
                    Outcome::OutOfColumn => 0,
                    Outcome::OffPage => 1,
                    Outcome::Over(_) => 2,
                };
                let (now, then) = (rank(outcome), rank(worse));
                if then > now || (then == now && *more > *by + 1.0) {
                    (self.page, self.text, self.source) = (later.page, later.text, later.source);
                    self.wrong = wrong;
                }
            }
            _ => {}
        }
    }
}
