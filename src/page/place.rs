//! Places the lines of broken pages: one page a break, or the two of an opening where columns face each other.

use typst::layout::{Abs, FrameItem, Point};

use super::breaker::{PageBreak, Position};
use super::flow::{Flow, FlowCell, FlowRow};
use super::foot::{Foot, NotePart};
use super::{Origin, Page, PlacedLine, PlacedPicture};
use crate::typeset::Sheet;

/// Places the lines of every page.
pub(super) fn place(sheet: &Sheet, flow: &Flow, breaks: &[PageBreak]) -> Vec<Page> {
    let openings = breaks.iter().enumerate();
    let pages =
        openings.flat_map(|(opening, content)| (0..sheet.pages_of_opening()).map(move |side| (opening, side, content)));
    pages
        .map(|(opening, side, content)| {
            let page = Page {
                opening,
                side,
                ..Page::default()
            };
            Placer { sheet, flow, page }.run(content)
        })
        .collect()
}

struct Placer<'a> {
    sheet: &'a Sheet,
    flow: &'a Flow,
    page: Page,
}

impl Placer<'_> {
    fn run(mut self, content: &PageBreak) -> Page {
        let body = self.sheet.body(self.page.opening);
        self.text(content.from, content.to, body.top);
        self.foot(&content.foot, body.bottom);
        self.page
    }

    /// Whether a column stands on this page of the opening.
    fn has(&self, column: usize) -> bool {
        self.sheet.columns[column].page == self.page.side
    }

    fn text(&mut self, from: Position, to: Position, top: Abs) {
        if from == to {
            return;
        }
        let mut y = top;
        if let Some(head) = self.flow.head_over(from.row, from.cut) {
            y += self.again(head, top);
        }
        for index in from.row..=to.row {
            let row = &self.flow.rows[index];
            let first = if index == from.row { from.cut } else { 0 };
            let last = if index == to.row { to.cut } else { row.cuts.len() - 1 };
            if first >= last {
                continue;
            }
            if y > top {
                y += row.above;
            }
            self.row(index, row, first, last, y);
            y += row.height(first, last);
        }
    }

    /// Places a row that stood on a page before once more, and returns how high it is.
    fn again(&mut self, index: usize, y: Abs) -> Abs {
        let row = &self.flow.rows[index];
        let last = row.cuts.len() - 1;
        let lines = self.page.lines.len();
        self.row(index, row, 0, last, y);
        self.page.repeated = self.page.lines.split_off(lines);
        row.height(0, last)
    }

    fn row(&mut self, index: usize, row: &FlowRow, first: usize, last: usize, y: Abs) {
        for (column, cell) in row.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            if !self.has(column) {
                continue;
            }
            let x = if row.across {
                self.sheet.measure().0
            } else {
                self.sheet.columns[column].x
            };
            let part = NotePart {
                from: row.cuts[first][column],
                to: row.cuts[last][column],
            };
            self.part(cell, part, Point::new(x, y), Origin::Row { row: index, column });
        }
    }

    /// Places units of a cell with the first one's top at `at`.
    fn part(&mut self, cell: &FlowCell, part: NotePart, at: Point, origin: Origin) {
        let Some(first) = cell.units.get(part.from) else {
            return;
        };
        let shift = at - Point::with_y(first.top);
        for unit in &cell.units[part.from..part.to] {
            for &line in &unit.lines {
                let baseline = cell.cell.lines[line].baseline;
                let at = shift + Point::with_y(baseline);
                self.page.lines.push(PlacedLine { origin, line, at });
            }
            for &ornament in &unit.ornaments {
                let (place, item) = &cell.cell.ornaments[ornament];
                let (at, item) = (shift + *place, item.clone());
                match item {
                    FrameItem::Image(..) => self.page.pictures.push(PlacedPicture { origin, at, item }),
                    item => self.page.ornaments.push((at, item)),
                }
            }
        }
    }

    /// Places the notes so that the last one ends at `bottom`, under a rule in every column that has one here.
    fn foot(&mut self, foot: &Foot, bottom: Abs) {
        let area = &self.sheet.notes;
        let mut y = bottom - foot.height(area) + area.above;
        for (index, (column, rule)) in self.sheet.columns.iter().zip(&area.rules).enumerate() {
            let Some(rule) = rule.as_ref().filter(|_| self.has(index) && foot.has_column(index)) else {
                continue;
            };
            for (place, item) in rule.items() {
                if !matches!(item, FrameItem::Tag(_)) {
                    let at = Point::new(column.x, y) + *place;
                    self.page.ornaments.push((at, item.clone()));
                }
            }
        }
        y += area.below_rule;
        for (note, parts, height) in foot.rows() {
            for (column, part) in parts.iter().enumerate() {
                let Some(part) = part.filter(|_| self.has(column)) else {
                    continue;
                };
                let cell = &self.flow.notes[column][note];
                let at = Point::new(self.sheet.columns[column].x, y);
                self.part(cell, part, at, Origin::Note { column, note });
            }
            y += height + area.between;
        }
    }
}
