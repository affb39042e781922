//! Finds the best page breaks of a whole flow, as TeX finds the best line breaks of a paragraph: for every place where a
//! page may end, the best way to get there is kept, and the way to the last place is the answer. One pass over the lines;
//! each looks back over the lines of one page.

use typst::layout::Abs;

use super::flow::{Flow, FlowRow};
use super::foot::Foot;
use crate::typeset::Sheet;

/// A place in the flow: a row and a cut of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    /// The row.
    pub(super) row: usize,
    /// The cut in it.
    pub(super) cut: usize,
}

/// What stands on a page.
#[derive(Debug, Clone)]
pub(super) struct PageBreak {
    /// Where the page starts.
    pub(super) from: Position,
    /// Where it ends.
    pub(super) to: Position,
    /// The notes at its foot.
    pub(super) foot: Foot,
}

/// The price of one line alone at the foot or the head of a page.
const LONELY_LINE: f64 = 120.0;
/// The price of a page that ends inside a row.
const INSIDE_ROW: f64 = 2.0;
/// The price of a page that ends between a heading and what it is over.
const AFTER_KEEP: f64 = 5_000.0;
/// The price of a note that is split.
const SPLIT_NOTE: f64 = 20_000.0;
/// The price of a page that holds more than fits, where nothing less is possible.
const OVERFULL: f64 = 1_000_000.0;
/// Left-over space of this height costs one.
const SLACK: f64 = 9.0;

/// The best way to a position.
#[derive(Debug, Clone)]
struct Way {
    cost: f64,
    /// The position in the list where the last page starts.
    from: usize,
    /// The foot of the last page.
    foot: Foot,
    /// What is left of the notes for the next page.
    rest: Foot,
}

/// The pages of the flow.
pub(super) fn best_breaks(sheet: &Sheet, flow: &Flow) -> Vec<PageBreak> {
    let positions = positions(flow);
    let mut ways: Vec<Option<Way>> = vec![None; positions.len()];
    let start = Way {
        cost: 0.0,
        from: 0,
        foot: Foot::default(),
        rest: Foot::default(),
    };
    if let Some(first) = ways.first_mut() {
        *first = Some(start);
    }
    for from in 0..positions.len().saturating_sub(1) {
        if let Some(way) = ways[from].clone() {
            Filling::new(sheet, flow, &positions, from, &way).extend(&mut ways);
        }
    }
    walk_back(sheet, flow, &positions, &ways)
}

/// Every place where a page may end, the start of the flow first.
fn positions(flow: &Flow) -> Vec<Position> {
    let mut positions = vec![Position { row: 0, cut: 0 }];
    for (row, content) in flow.rows.iter().enumerate() {
        // A row without a line ends where it starts.
        let cuts = content.cuts.len();
        positions.extend((1..cuts).map(|cut| Position { row, cut }));
    }
    positions
}

/// A page that is being filled from one position on.
struct Filling<'a> {
    sheet: &'a Sheet,
    flow: &'a Flow,
    positions: &'a [Position],
    from: usize,
    cost: f64,
    room: Abs,
    /// The height of the rows that are on the page whole.
    above: Abs,
    foot: Foot,
    rest: &'a Foot,
}

impl<'a> Filling<'a> {
    fn new(sheet: &'a Sheet, flow: &'a Flow, positions: &'a [Position], from: usize, way: &'a Way) -> Self {
        let body = sheet.body(from);
        Self {
            sheet,
            flow,
            positions,
            from,
            cost: way.cost,
            room: body.bottom - body.top,
            above: Abs::zero(),
            foot: way.rest.clone(),
            rest: &way.rest,
        }
    }

    /// Tries every end of the page that fits, and the first one even when it does not.
    fn extend(mut self, ways: &mut [Option<Way>]) {
        let start = self.positions[self.from];
        let mut row = start.row;
        let mut cut = start.cut;
        for to in self.from + 1..self.positions.len() {
            let end = self.positions[to];
            if end.row != row {
                self.close_row(row, cut);
                row = end.row;
                cut = 0;
            }
            self.add_notes(to);
            let space = if self.above > Abs::zero() {
                self.flow.rows[row].above
            } else {
                Abs::zero()
            };
            let text = self.above + space + self.flow.rows[row].height(cut, end.cut);
            let fits = text + self.foot.height(self.flow, &self.sheet.notes) <= self.room + Abs::pt(0.01);
            if fits {
                self.offer(ways, to, text, None);
                continue;
            }
            let first = to == self.from + 1;
            if let Some(split) = self.foot.split(self.flow, &self.sheet.notes, self.room - text) {
                self.offer(ways, to, text, Some(split));
            } else if first {
                self.offer(ways, to, text, Some((Foot::default(), self.foot.clone())));
            }
            if text > self.room || self.foot.height(self.flow, &self.sheet.notes) > self.room * 4.0 {
                return;
            }
            // A page whose notes do not fit is the last resort: nothing longer can be better.
            if ways[to].is_some() {
                return;
            }
        }
    }

    /// The row before is on the page to its end.
    fn close_row(&mut self, row: usize, cut: usize) {
        let content: &FlowRow = &self.flow.rows[row];
        let last = content.cuts.len() - 1;
        if cut < last {
            let space = if self.above > Abs::zero() {
                content.above
            } else {
                Abs::zero()
            };
            self.above += space + content.height(cut, last);
        }
    }

    /// Adds the notes of the units between the position before and this one.
    fn add_notes(&mut self, to: usize) {
        let (before, end) = (self.positions[to - 1], self.positions[to]);
        let from = if before.row == end.row { before.cut } else { 0 };
        let row = &self.flow.rows[end.row];
        for (column, cell) in row.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            for unit in &cell.units[row.cuts[from][column]..row.cuts[end.cut][column]] {
                for note in &unit.notes {
                    self.foot.add(self.flow, column, *note);
                }
            }
        }
    }

    fn offer(&self, ways: &mut [Option<Way>], to: usize, text: Abs, split: Option<(Foot, Foot)>) {
        let last = to + 1 == self.positions.len();
        let mut cost = self.cost + self.break_cost(to);
        let (foot, rest) = match split {
            None => (self.foot.clone(), Foot::default()),
            Some((head, tail)) => {
                cost += SPLIT_NOTE + if head.is_empty() { OVERFULL } else { 0.0 };
                (head, tail)
            }
        };
        let used = text + foot.height(self.flow, &self.sheet.notes);
        if used > self.room + Abs::pt(0.01) {
            cost += OVERFULL;
        } else if !last {
            cost += ((self.room - used).to_pt() / SLACK).powi(2);
        }
        // Notes that wait since an earlier page come first of all.
        if !self.rest.is_empty() && !rest.is_empty() {
            cost += SPLIT_NOTE;
        }
        if ways[to].as_ref().is_none_or(|way| cost < way.cost) {
            ways[to] = Some(Way {
                cost,
                from: self.from,
                foot,
                rest,
            });
        }
    }

    fn break_cost(&self, to: usize) -> f64 {
        if to + 1 == self.positions.len() {
            return 0.0;
        }
        let end = self.positions[to];
        let row = &self.flow.rows[end.row];
        let last = row.cuts.len() - 1;
        if end.cut == last {
            return if row.keep { AFTER_KEEP } else { 0.0 };
        }
        let mut cost = INSIDE_ROW;
        for (column, cell) in row.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let (done, all) = (row.cuts[end.cut][column], cell.units.len());
            if done > 0 && done < all {
                cost += if done == 1 { LONELY_LINE } else { 0.0 };
                cost += if all - done == 1 { LONELY_LINE } else { 0.0 };
            }
        }
        cost
    }
}

fn walk_back(sheet: &Sheet, flow: &Flow, positions: &[Position], ways: &[Option<Way>]) -> Vec<PageBreak> {
    let mut pages = Vec::new();
    let mut at = positions.len() - 1;
    let mut rest = ways[at].as_ref().map(|way| way.rest.clone()).unwrap_or_default();
    while at > 0 {
        // Every position can be reached: the first end after a start is always offered.
        let Some(way) = &ways[at] else { break };
        pages.push(PageBreak {
            from: positions[way.from],
            to: positions[at],
            foot: way.foot.clone(),
        });
        at = way.from;
    }
    pages.reverse();
    if pages.is_empty() {
        let start = Position { row: 0, cut: 0 };
        pages.push(PageBreak {
            from: start,
            to: start,
            foot: Foot::default(),
        });
    }
    let end = pages.last().map_or(Position { row: 0, cut: 0 }, |page| page.to);
    while !rest.is_empty() {
        let body = sheet.other;
        let (head, tail) = rest
            .split(flow, &sheet.notes, body.bottom - body.top)
            .unwrap_or_else(|| (rest.clone(), Foot::default()));
        pages.push(PageBreak {
            from: end,
            to: end,
            foot: head,
        });
        rest = tail;
    }
    pages
}
