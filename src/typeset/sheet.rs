//! What a template says of an edition: the sheet, the columns, and the rows of content, not yet on pages.

use typst::layout::{Abs, Frame};

use crate::locale::Language;

/// The room for text between the heads and feet of a page, all in points from the top edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Body {
    /// Where the text starts.
    pub top: Abs,
    /// Where the notes end.
    pub bottom: Abs,
}

/// A column of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The language that is set in it.
    pub language: Language,
    /// Its left edge from the left edge of the sheet.
    pub x: Abs,
    /// Its measure.
    pub width: Abs,
    /// The page of an opening that it stands on, in reading order: 0 but for columns that face each other.
    pub page: usize,
}

/// How notes stand at the foot of a page.
#[derive(Debug, Clone)]
pub struct NoteArea {
    /// The least space between the text and the rule.
    pub above: Abs,
    /// The space between the rule and the first note.
    pub below_rule: Abs,
    /// The space between notes.
    pub between: Abs,
    /// The rule over the notes of each column.
    pub rules: Vec<Option<Frame>>,
}

/// The sheet of an edition.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The width of the paper.
    pub width: Abs,
    /// The height of the paper.
    pub height: Abs,
    /// The body of the first page.
    pub first: Body,
    /// The body of every other page.
    pub other: Body,
    /// The columns, in the order of the template, in which they are drawn too. PDFium joins the lines of columns that are not
    /// drawn from left to right.
    pub columns: Vec<Column>,
    /// The places of the columns in the order in which they are read: that of the leading language first.
    pub reading: Vec<usize>,
    /// How notes stand.
    pub notes: NoteArea,
    /// Whether lines are filled by elongation where the language has it.
    pub kashida: bool,
    /// How much further to the right the columns stand on every second page: where the margins of the two sides of a leaf are
    /// not alike.
    pub turn: Abs,
}

impl Sheet {
    /// How far to the right of their places columns stand on a page, which is counted from 0.
    pub fn turn_of(&self, page: usize) -> Abs {
        match self.pages_of_opening() {
            1 if page % 2 == 1 => self.turn,
            _ => Abs::zero(),
        }
    }

    /// The left edge and the width of all columns together.
    pub fn measure(&self) -> (Abs, Abs) {
        let left = self.columns.iter().map(|c| c.x).fold(self.width, Abs::min);
        let right = self.columns.iter().map(|c| c.x + c.width).fold(Abs::zero(), Abs::max);
        (left, right - left)
    }

    /// The body of the pages of an opening, which is counted from 0.
    pub fn body(&self, opening: usize) -> Body {
        if opening == 0 { self.first } else { self.other }
    }

    /// The height that every page has room for.
    pub fn least_room(&self) -> Abs {
        let room = |body: Body| body.bottom - body.top;
        room(self.first).min(room(self.other))
    }

    /// How many pages an opening has: 2 where columns face each other, else 1.
    pub fn pages_of_opening(&self) -> usize {
        self.columns.iter().map(|column| column.page + 1).max().unwrap_or(1)
    }
}

/// What a row is in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    /// The block of the document at this place.
    Block(usize),
    /// The title.
    Title,
    /// The logo of the house.
    Logo,
    /// A line of front or closing matter: masthead, adoption, report, notice, meeting, date.
    Line,
}

/// A row of content: a cell a column, or one cell across all of them.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is in the document.
    pub role: RowRole,
    /// The row of a table that it sets, where its block is one that stands row by row: 0 is the head.
    pub table_row: Option<usize>,
    /// The space above it, which falls away at the top of a page.
    pub above: Abs,
    /// Whether the row must stand on one page with the start of the next one.
    pub keep: bool,
    /// Whether the lines of the row stay on one page.
    pub whole: bool,
    /// Whether its one cell runs across all columns.
    pub across: bool,
    /// Whether the template allows elongation in it.
    pub kashida: bool,
}

impl Row {
    /// The block of the document that it sets, or a part of.
    pub fn block(&self) -> Option<usize> {
        match self.role {
            RowRole::Block(block) => Some(block),
            RowRole::Title | RowRole::Line | RowRole::Logo => None,
        }
    }
}

/// An edition as the template sets it: the sheet, and what its rows are. What is in them comes as [`Cells`].
#[derive(Debug)]
pub struct Setting {
    /// The sheet.
    pub sheet: Sheet,
    /// The rows, in reading order.
    pub rows: Vec<Row>,
}

/// What was made of the frames of an edition.
#[derive(Debug)]
pub struct Cells<T> {
    /// For every row its cells: one a column, `None` where a language has nothing there, or one across all columns.
    pub rows: Vec<Vec<Option<T>>>,
    /// The notes of each column, in the order of their numbers.
    pub notes: Vec<Vec<T>>,
}
