//! The last look at an edition before it is written: whether what is printed can be read.
//!
//! Readers may get every letter out of a file on which nobody can see one: its font has no outlines, figures of a table are
//! printed over each other, a word runs off the page, text has the colour of its ground. So every glyph is asked for the box
//! of its ink, and what the boxes leave open is asked of the outlines. `docs/verify.md` tells the measures.

mod find;
mod grounds;
mod inks;
mod page;
mod words;

use std::ops::Range;

use rayon::prelude::*;

use super::Edition;
use super::names::Names;
use crate::ink::Colour;
use crate::layout::Name;
use crate::locale::Language;
use crate::page::Origin;
use inks::Inks;
use page::{Hit, Wrong};

pub use words::diagnostics;

/// Something that cannot be read as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintFault {
    /// What is wrong.
    pub what: Unreadable,
    /// The page where it is seen first, from 1.
    pub page: usize,
    /// The word where it is seen first.
    pub text: String,
    /// The passage of the word; `None` for what is the template's own.
    pub passage: Option<Name>,
    /// Where the word comes from.
    pub place: PrintPlace,
}

/// Why print cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum Unreadable {
    /// A font has no outlines for letters.
    NoOutline {
        /// The family of the font.
        family: String,
        /// The letters, each once, in the order of the pages.
        letters: Vec<String>,
    },
    /// A word is wider than the column that it stands in. The columns of a table share its width: of those that are too
    /// narrow one is told.
    TooNarrow {
        /// What it stands in.
        column: PrintColumn,
        /// How much wider, in points.
        by: f64,
        /// What comes of it.
        outcome: Outcome,
    },
    /// A word runs off the page.
    OffPage {
        /// How far, in points.
        by: f64,
    },
    /// A word is printed over another one.
    Over {
        /// The other word.
        other: String,
    },
    /// The colour of a word does not differ enough from what is behind it.
    Faint {
        /// Its colour.
        colour: Colour,
        /// The colour behind it.
        ground: Colour,
    },
    /// Something is drawn over a word.
    Covered,
    /// The letters are too small.
    TooSmall {
        /// Their size, in points.
        size: f64,
    },
}

/// A column that a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrintColumn {
    /// The column of a language.
    Language,
    /// The column of a language, at the foot of the page.
    Notes,
    /// A column of a table, from 1.
    Table(usize),
}

/// What comes of a word that is wider than its column.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It runs out of its column, and can be read.
    OutOfColumn,
    /// It runs off the page.
    OffPage,
    /// It is printed over another word.
    Over(String),
}

/// Where a word that is printed comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintPlace {
    /// The text of a language.
    Text {
        /// The language.
        language: Language,
        /// The bytes of the piece of running text that holds it.
        span: Range<usize>,
        /// How many times the word stands in these bytes before.
        occurrence: usize,
    },
    /// A line that is made of the facts of the document, as the masthead.
    Facts,
    /// The template's own.
    Template,
}

impl PrintFault {
    /// Whether it keeps the edition from being written: what cannot be read does, what is only hard to read does not.
    pub fn is_error(&self) -> bool {
        match &self.what {
            Unreadable::TooNarrow { outcome, .. } => *outcome != Outcome::OutOfColumn,
            Unreadable::Faint { colour, ground } => colour.contrast(*ground) < crate::ink::UNSEEN,
            _ => true,
        }
    }
}

impl Edition<'_> {
    /// What cannot be read on its pages: one fault for each cause, in the order of the pages.
    pub fn print_faults(&self) -> Vec<PrintFault> {
        let inks = Inks::of(self);
        let pages = self.pages.par_iter().enumerate();
        let hits: Vec<Vec<Hit>> = pages.map(|(at, page)| page::hits(self, page, at, &inks)).collect();
        let mut causes: Vec<(Cause, Hit)> = Vec::new();
        for hit in hits.into_iter().flatten() {
            let cause = Cause::of(self, &hit);
            match causes.iter_mut().find(|(other, _)| *other == cause) {
                Some((_, first)) => first.take_in(hit),
                None => causes.push((cause, hit)),
            }
        }
        if causes.is_empty() {
            return Vec::new();
        }
        let names = Names::of(self);
        causes.into_iter().map(|(_, hit)| self.told(hit, &names)).collect()
    }

    /// The cell of a row; of a table that stands row by row that of its first one.
    fn first_row(&self, origin: Origin) -> Origin {
        let Origin::Row { row, column } = origin else {
            return origin;
        };
        let rows = &self.composed.setting.rows;
        let of_table = |at: &usize| rows[*at].table_row.is_some() && rows[*at].role == rows[row].role;
        let row = (0..=row).rev().take_while(of_table).last().unwrap_or(row);
        Origin::Row { row, column }
    }

    fn told(&self, hit: Hit, names: &Names) -> PrintFault {
        let passage = hit.source.as_ref().and_then(|source| {
            let line = self.cell(source.origin).lines.get(source.line)?;
            Some(names.line(self, source.origin, line))
        });
        let place = match &hit.source {
            Some(source) => find::place(self, source, &hit.text),
            None => PrintPlace::Template,
        };
        let what = match hit.wrong {
            Wrong::NoOutline { family, letters } => Unreadable::NoOutline { family, letters },
            Wrong::TooNarrow {
                column, by, outcome, ..
            } => Unreadable::TooNarrow { column, by, outcome },
            Wrong::OffPage { by } => Unreadable::OffPage { by },
            Wrong::Over { other, .. } => Unreadable::Over { other },
            Wrong::Faint { colour, ground } => Unreadable::Faint { colour, ground },
            Wrong::Covered => Unreadable::Covered,
            Wrong::TooSmall { size } => Unreadable::TooSmall { size },
        };
        PrintFault {
            what,
            page: hit.page + 1,
            text: hit.text,
            passage,
            place,
        }
    }
}

/// What hits of one cause have in common: they are told once.
#[derive(Debug, PartialEq)]
enum Cause {
    Font(String),
    Narrow(Option<Origin>),
    OffPage(Option<Origin>),
    Over(Option<Origin>, Option<usize>, Option<Origin>, Option<usize>),
    Colour(String),
    Covered(Option<Origin>),
    Small(String),
}

impl Cause {
    /// The cause of a hit. A table is one cell to it, though each of its rows is one: its rows share the widths of its columns.
    fn of(edition: &Edition<'_>, hit: &Hit) -> Self {
        let origin = hit.source.as_ref().map(|source| edition.first_row(source.origin));
        let column = hit.source.as_ref().and_then(|source| source.table_column);
        match &hit.wrong {
            Wrong::NoOutline { family, .. } => Self::Font(family.clone()),
            Wrong::TooNarrow { .. } => Self::Narrow(origin),
            Wrong::OffPage { .. } => Self::OffPage(origin),
            Wrong::Over {
                origin: other,
                table_column,
                ..
            } => Self::Over(
                origin,
                column,
                other.map(|other| edition.first_row(other)),
                *table_column,
            ),
            Wrong::Faint { colour, ground } => Self::Colour(format!("{colour} {ground}")),
            Wrong::Covered => Self::Covered(origin),
            Wrong::TooSmall { size } => Self::Small(format!("{size:.2}")),
        }
    }
}
