//! Finds the best page breaks of a whole flow, as TeX finds the best line breaks of a paragraph: for every place where a
//! page may end, the best way to get there is kept, and the way to the last place is the answer. One pass over the lines;
//! each looks ahead over the lines of one page. `docs/pages.md` tells the rules and the costs.

use typst::layout::Abs;

use super::flow::{Flow, FlowRow};
use super::foot::Foot;
use crate::typeset::{Body, Sheet};

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
    /// Where it ends; where it starts on a page of notes alone.
    pub(super) to: Position,
    /// The notes at its foot.
    pub(super) foot: Foot,
}

/// The price of one line of a paragraph, or one row of a table, alone at the foot or the head of a page.
const LONELY_LINE: f64 = 120.0;
/// The price of a page that ends with a hyphen.
const HYPHEN: f64 = 30.0;
/// The price of a page that ends inside a row.
const INSIDE_ROW: f64 = 2.0;
/// The price of a page that ends between a heading and what it is over.
const AFTER_KEEP: f64 = 5_000.0;
/// The price of a last page with no more on it than [`SHORT_PAGE`].
const SHORT_LAST_PAGE: f64 = 150.0;
/// Some two lines.
const SHORT_PAGE: Abs = Abs::raw(54.0);
/// The price of notes that go on on the next page: more than any page left half empty costs.
const SPLIT_NOTES: f64 = 20_000.0;
/// The price of a note that does not start on the page of its mark.
const LATE_NOTE: f64 = 200_000.0;
/// The price of a line that is higher than a page.
const OVERFULL: f64 = 1_000_000.0;
/// Left-over space of this height, in points, costs one; the cost grows with its square.
const SLACK: f64 = 9.0;
/// What a sum of lengths may be off by.
pub(super) const ROUNDING: Abs = Abs::raw(0.01);

/// The best way to a position.
#[derive(Debug, Clone)]
struct Way {
    cost: f64,
    /// The position in the list where the last page starts.
    from: usize,
    /// What is left of the notes of the last page for the next one.
    rest: Foot,
}

/// The pages of the flow.
pub(super) fn best_breaks(sheet: &Sheet, flow: &Flow) -> Vec<PageBreak> {
    let positions = positions(flow);
    let forced = forced(flow, &positions);
    // A page may end at a position in as many ways as there are lines on a page; what it costs to end there is one.
    let costs: Vec<f64> = positions.iter().map(|end| break_cost(flow, *end)).collect();
    let places = Places {
        positions: &positions,
        costs: &costs,
    };
    let mut ways: Vec<Option<Way>> = vec![None; positions.len()];
    ways[0] = Some(Way {
        cost: 0.0,
        from: 0,
        rest: Foot::default(),
    });
    for from in 0..positions.len() - 1 {
        // Every position behind a forced break that no page reaches stays without a way.
        if let Some(way) = ways[from].take() {
            Filling::new(sheet, flow, places, from, &way).extend(&forced, &mut ways);
            ways[from] = Some(way);
        }
    }
    walk_back(sheet, flow, places, &ways)
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

/// Whether a page must end at each position.
fn forced(flow: &Flow, positions: &[Position]) -> Vec<bool> {
    let mut forced = vec![false; positions.len()];
    for (row, content) in flow.rows.iter().enumerate() {
        for &cut in &content.page_starts {
            let at = positions.partition_point(|p| (p.row, p.cut) <= (row, cut));
            // A cut of 0 is the end of what stands before the row.
            forced[at.saturating_sub(1)] = true;
        }
    }
    forced
}

/// Where pages may end, and what that costs whatever stands on the page.
#[derive(Clone, Copy)]
struct Places<'a> {
    positions: &'a [Position],
    costs: &'a [f64],
}

/// A page that is being filled from one position on.
struct Filling<'a> {
    sheet: &'a Sheet,
    flow: &'a Flow,
    positions: &'a [Position],
    costs: &'a [f64],
    from: usize,
    cost: f64,
    room: Abs,
    /// The row and the cut in it where the part that is not yet in `above` starts.
    row: usize,
    cut: usize,
    /// The height of the rows that are on the page to their end, the head of a table that goes on with them.
    above: Abs,
    foot: Foot,
    /// The pages of notes alone that come before.
    note_pages: Vec<Foot>,
}

impl<'a> Filling<'a> {
    fn new(sheet: &'a Sheet, flow: &'a Flow, places: Places<'a>, from: usize, way: &Way) -> Self {
        let Places { positions, costs } = places;
        let body = if from == 0 { sheet.first } else { sheet.other };
        let start = positions[from];
        let mut this = Self {
            sheet,
            flow,
            positions,
            costs,
            from,
            cost: way.cost,
            room: height_of(body),
            row: start.row,
            cut: start.cut,
            above: flow.height_over(start.row, start.cut),
            foot: way.rest.clone(),
            note_pages: Vec::new(),
        };
        this.set_notes_apart();
        this
    }

    /// Notes that wait stand before all others, and to their end, so that the notes that are marked on this page can
    /// start on it. Those that leave no room for a line of text and its notes get pages of their own first.
    fn set_notes_apart(&mut self) {
        if self.foot.is_empty() {
            return;
        }
        let first = self.height(self.from + 1);
        let mut new = Foot::default();
        self.each_note(self.from + 1, |column, note| new.add(self.flow, column, note));
        let needed = first + new.least_height(self.flow, &self.sheet.notes);
        while !self.foot.is_empty() && needed + self.foot.height(&self.sheet.notes) > self.room + ROUNDING {
            let (head, rest) = self.foot.split_whatever(self.flow, &self.sheet.notes, self.room);
            self.note_pages.push(head);
            self.foot = rest;
        }
    }

    /// Tries every end of the page that fits, and the first one even when it does not.
    fn extend(mut self, forced: &[bool], ways: &mut [Option<Way>]) {
        for (to, forced) in forced.iter().enumerate().skip(self.from + 1) {
            let first = to == self.from + 1;
            let text = self.step(to);
            let area = &self.sheet.notes;
            if text + self.foot.height(area) <= self.room + ROUNDING {
                self.offer(ways, to, text, None);
            } else if text > self.room + ROUNDING && !first {
                return;
            } else {
                let split = self.foot.split(self.flow, area, self.room - text);
                if !split.late || first {
                    self.offer(ways, to, text, Some(split));
                }
                // More text leaves less room for the notes: from here on they start late.
                if text > self.room || self.foot.least_height(self.flow, area) + text > self.room {
                    return;
                }
            }
            if *forced {
                return;
            }
        }
    }

    /// Goes on to the next position and returns how high the text is up to it.
    fn step(&mut self, to: usize) -> Abs {
        let end = self.positions[to];
        if end.row != self.row {
            self.above = self.closed();
            (self.row, self.cut) = (end.row, 0);
        }
        let mut foot = std::mem::take(&mut self.foot);
        self.each_note(to, |column, note| foot.add(self.flow, column, note));
        self.foot = foot;
        self.height(to)
    }

    /// The height of the text up to a position of the row that is being filled, or of the next one.
    fn height(&self, to: usize) -> Abs {
        let end = self.positions[to];
        let (above, cut) = if end.row == self.row {
            (self.above, self.cut)
        } else {
            (self.closed(), 0)
        };
        let row = &self.flow.rows[end.row];
        let space = if above > Abs::zero() { row.above } else { Abs::zero() };
        above + space + row.height(cut, end.cut)
    }

    /// The height of the text up to the end of the row that is being filled.
    fn closed(&self) -> Abs {
        let content = &self.flow.rows[self.row];
        let last = content.cuts.len() - 1;
        if self.cut >= last {
            return self.above;
        }
        let space = if self.above > Abs::zero() {
            content.above
        } else {
            Abs::zero()
        };
        self.above + space + content.height(self.cut, last)
    }

    /// Tells the notes of the units between the position before and this one.
    fn each_note(&self, to: usize, mut tell: impl FnMut(usize, usize)) {
        let (before, end) = (self.positions[to - 1], self.positions[to]);
        let from = if before.row == end.row { before.cut } else { 0 };
        let row = &self.flow.rows[end.row];
        for (column, cell) in row.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            for unit in &cell.units[row.cuts[from][column]..row.cuts[end.cut][column]] {
                unit.notes.iter().for_each(|note| tell(column, *note));
            }
        }
    }

    fn offer(&self, ways: &mut [Option<Way>], to: usize, text: Abs, split: Option<super::foot::Split>) {
        let area = &self.sheet.notes;
        let last = to + 1 == self.positions.len();
        let mut cost = self.cost + if last { 0.0 } else { self.costs[to] };
        let (foot, rest) = match split {
            None => (self.foot.height(area), Foot::default()),
            Some(split) => {
                cost += SPLIT_NOTES + split.rest.height(area).to_pt();
                cost += if split.late { LATE_NOTE } else { 0.0 };
                (split.head.height(area), split.rest)
            }
        };
        let used = text + foot;
        if used > self.room + ROUNDING {
            cost += OVERFULL;
        } else if !last {
            cost += ((self.room - used).to_pt() / SLACK).powi(2);
        } else if self.from > 0 && used < SHORT_PAGE {
            cost += SHORT_LAST_PAGE;
        }
        if ways[to].as_ref().is_none_or(|way| cost < way.cost) {
            ways[to] = Some(Way {
                cost,
                from: self.from,
                rest,
            });
        }
    }

    /// The page as it is when it ends at a position: its foot.
    fn foot_at(mut self, to: usize, rest: &Foot) -> (Vec<Foot>, Foot) {
        let mut text = Abs::zero();
        for next in self.from + 1..=to {
            text = self.step(next);
        }
        let foot = if rest.is_empty() {
            self.foot
        } else {
            self.foot.split(self.flow, &self.sheet.notes, self.room - text).head
        };
        (self.note_pages, foot)
    }
}

/// The price of a page that ends at a position, which is not the last.
fn break_cost(flow: &Flow, end: Position) -> f64 {
    let Some(row) = flow.rows.get(end.row) else { return 0.0 };
    if end.cut + 1 == row.cuts.len() {
        let lonely = if row.lonely { LONELY_LINE } else { 0.0 };
        return if row.keep { AFTER_KEEP } else { lonely };
    }
    inside_cost(row, end.cut)
}

/// The price of a page that ends at a cut inside a row.
fn inside_cost(row: &FlowRow, cut: usize) -> f64 {
    let mut cost = INSIDE_ROW;
    for (column, cell) in row.cells.iter().enumerate() {
        let Some(cell) = cell else { continue };
        let (done, all) = (row.cuts[cut][column], cell.units.len());
        if done == 0 || done == all {
            // A column of a heading that ends here would part from what it is over.
            cost += if row.keep && done > 0 { AFTER_KEEP } else { 0.0 };
            continue;
        }
        cost += if done == 1 { LONELY_LINE } else { 0.0 };
        cost += if all - done == 1 { LONELY_LINE } else { 0.0 };
        let ends_with_hyphen = |line: usize| {
            let line = &cell.cell.lines[line];
            line.is_divided() || line.text.trim_end().ends_with(['-', '\u{2010}'])
        };
        cost += if cell.units[done - 1].lines.iter().any(|line| ends_with_hyphen(*line)) {
            HYPHEN
        } else {
            0.0
        };
    }
    cost
}

fn height_of(body: Body) -> Abs {
    body.bottom - body.top
}

fn walk_back(sheet: &Sheet, flow: &Flow, places: Places<'_>, ways: &[Option<Way>]) -> Vec<PageBreak> {
    let positions = places.positions;
    let mut pages = Vec::new();
    let mut at = positions.len() - 1;
    let mut rest = ways[at].as_ref().map(|way| way.rest.clone()).unwrap_or_default();
    while at > 0 {
        // Every end of a best page has a way: the first end after a start is always offered.
        let Some((way, before)) = ways[at].as_ref().and_then(|way| Some((way, ways[way.from].as_ref()?))) else {
            break;
        };
        let filling = Filling::new(sheet, flow, places, way.from, before);
        let (note_pages, foot) = filling.foot_at(at, &way.rest);
        let from = positions[way.from];
        pages.push(PageBreak {
            from,
            to: positions[at],
            foot,
        });
        pages.extend(
            note_pages
                .into_iter()
                .rev()
                .map(|foot| PageBreak { from, to: from, foot }),
        );
        at = way.from;
    }
    pages.reverse();
    if pages.is_empty() {
        let start = positions[0];
        pages.push(PageBreak {
            from: start,
            to: start,
            foot: Foot::default(),
        });
    }
    let end = pages.last().map_or(positions[0], |page| page.to);
    while !rest.is_empty() {
        let (foot, left) = rest.split_whatever(flow, &sheet.notes, height_of(sheet.other));
        pages.push(PageBreak {
            from: end,
            to: end,
            foot,
        });
        rest = left;
    }
    pages
}
