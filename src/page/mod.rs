//! Pages: finished lines are broken into pages, rows of columns share their tops, and every note stands at the foot of the
//! page of its mark, under its own column.

mod breaker;
mod flow;
mod foot;
mod place;

use typst::layout::{Abs, Frame, FrameItem, Point};

pub use flow::{Flow, FlowCell, FlowRow, Unit};

use crate::typeset::Sheet;

/// Where a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// A cell of a row.
    Row {
        /// The place of the row in the flow.
        row: usize,
        /// The column.
        column: usize,
    },
    /// A note.
    Note {
        /// The column.
        column: usize,
        /// The place of the note: its number less one.
        note: usize,
    },
}

/// A line on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedLine {
    /// Where it comes from.
    pub origin: Origin,
    /// Its place in its cell.
    pub line: usize,
    /// The left edge of its cell and its baseline, from the top left corner of the page.
    pub at: Point,
}

/// An image on a page.
#[derive(Debug, Clone)]
pub struct PlacedPicture {
    /// The cell that it comes from.
    pub origin: Origin,
    /// Its left and top edge, from the top left corner of the page.
    pub at: Point,
    /// The image.
    pub item: FrameItem,
}

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// The place of its opening, from 0. Where no columns face each other, every page is an opening of its own.
    pub opening: usize,
    /// Its place in the opening, in reading order.
    pub side: usize,
    /// The lines: the text in reading order, then the notes.
    pub lines: Vec<PlacedLine>,
    /// Lines that stood on a page before and are printed once more: the head of a table that goes on here.
    pub repeated: Vec<PlacedLine>,
    /// Rules, and pictures of the template's own.
    pub ornaments: Vec<(Point, FrameItem)>,
    /// The images that stand in cells.
    pub pictures: Vec<PlacedPicture>,
    /// What stands round the body.
    pub furniture: Option<Frame>,
}

impl Page {
    /// Moves all that stands on it to the right.
    pub fn shift(&mut self, by: Abs) {
        let by = Point::with_x(by);
        let lines = self.lines.iter_mut().chain(&mut self.repeated);
        lines.for_each(|line| line.at += by);
        self.ornaments.iter_mut().for_each(|(at, _)| *at += by);
        self.pictures.iter_mut().for_each(|picture| picture.at += by);
    }

    /// All that is drawn beside text, in the order in which it is drawn.
    pub fn drawn(&self) -> impl Iterator<Item = (Point, &FrameItem)> {
        let ornaments = self.ornaments.iter().map(|(at, item)| (*at, item));
        let pictures = self.pictures.iter().map(|picture| (picture.at, &picture.item));
        ornaments.chain(pictures)
    }
}

/// Breaks a flow into pages. There is one page at the least.
pub fn paginate(sheet: &Sheet, flow: &Flow) -> Vec<Page> {
    let breaks = breaker::best_breaks(sheet, flow);
    place::place(sheet, flow, &breaks)
}
