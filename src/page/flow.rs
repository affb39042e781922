//! The flow: gathered cells in rows, cut into the units that a page cannot break.

use typst::layout::{Abs, FrameItem};

use crate::line::{Cell, Line};

/// What a page cannot break: a line, or what stands beside each other in a table or a masthead.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The top edge, from the top of the cell.
    pub top: Abs,
    /// The bottom edge, from the top of the cell.
    pub bottom: Abs,
    /// The lines of the cell in it.
    pub lines: Vec<usize>,
    /// The ornaments of the cell in it.
    pub ornaments: Vec<usize>,
    /// The notes that are marked in it for the first time in this column.
    pub notes: Vec<usize>,
}

/// A cell with its units.
#[derive(Debug)]
pub struct FlowCell {
    /// The lines.
    pub cell: Cell,
    /// The units, from top to bottom.
    pub units: Vec<Unit>,
    whole: bool,
    most: Abs,
}

/// A row of the flow.
#[derive(Debug)]
pub struct FlowRow {
    /// The space above, unless at the top of a page.
    pub above: Abs,
    /// Whether the next row must start on the page where this one ends.
    pub keep: bool,
    /// Whether the one cell runs across all columns.
    pub across: bool,
    /// The cells.
    pub cells: Vec<Option<FlowCell>>,
    /// Where the row may be cut: how many units of each cell stand before the cut. The first is all zeros, the last is
    /// the whole row.
    pub cuts: Vec<Vec<usize>>,
    /// The cuts behind which a page must start; 0 is the start of the row.
    pub page_starts: Vec<usize>,
    /// The row that is printed again over it where a page starts with it: the head of its table.
    pub head: Option<usize>,
    /// Whether a page that ends with it leaves the first or the last row of a table alone.
    pub lonely: bool,
}

/// An edition as rows and notes that are ready for pages.
#[derive(Debug)]
pub struct Flow {
    /// The rows.
    pub rows: Vec<FlowRow>,
    /// The notes of each column.
    pub notes: Vec<Vec<FlowCell>>,
}

impl FlowCell {
    /// Cuts a cell into units; one unit where it must stay whole. No unit is higher than `most`, the room of a page, as
    /// far as lines can be told apart: what cannot stay on one page goes on on the next.
    pub fn new(cell: Cell, whole: bool, most: Abs) -> Self {
        let units = Self::units(&cell, whole, most);
        Self {
            cell,
            units,
            whole,
            most,
        }
    }

    /// Gives lines the room that their signs need ([`Cell::part_lines`]), and says whether any has moved.
    pub fn part_lines(&mut self) -> bool {
        let moved = self.cell.part_lines();
        if moved {
            self.units = Self::units(&self.cell, self.whole, self.most);
        }
        moved
    }

    /// Gives the first line the room that it needs under the last one of a cell that stands `between` higher.
    pub fn part_from(&mut self, above: &Self, between: Abs) {
        let baseline = |line: Option<&Line>| line.map_or(Abs::zero(), |line| line.baseline);
        let distance = above.cell.height - baseline(above.cell.lines.last()) + between;
        let distance = distance + baseline(self.cell.lines.first());
        let lacks = self.cell.lacks_below(&above.cell, distance);
        if lacks > Abs::zero() {
            self.cell.lower(lacks);
            self.units = Self::units(&self.cell, self.whole, self.most);
        }
    }

    /// Makes it higher: what stands at its bottom edge, as a rule, goes down; with `lines` all but what stands at its top does.
    fn heighten(&mut self, height: Abs, lines: bool) {
        const EDGE: Abs = Abs::raw(0.5);
        let by = height - self.cell.height;
        if by <= Abs::zero() || self.cell.ornaments.is_empty() {
            return;
        }
        let from = if lines { EDGE } else { self.cell.height - EDGE };
        for (at, _) in self.cell.ornaments.iter_mut().filter(|(at, _)| at.y >= from) {
            at.y += by;
        }
        if lines {
            self.cell.lines.iter_mut().for_each(|line| line.baseline += by);
        }
        self.cell.height = height;
        self.units = Self::units(&self.cell, self.whole, self.most);
    }

    /// How high it is from the top of its first unit to the bottom of the last.
    fn height(&self) -> Abs {
        let ends = self.units.first().zip(self.units.last());
        ends.map_or(Abs::zero(), |(first, last)| last.bottom - first.top)
    }

    fn limit(&mut self, most: Abs) {
        self.most = most;
        self.units = Self::units(&self.cell, self.whole, most);
    }

    fn units(cell: &Cell, whole: bool, most: Abs) -> Vec<Unit> {
        let mut units = units(cell, most);
        let fits = units
            .first()
            .zip(units.last())
            .is_some_and(|(first, last)| last.bottom - first.top <= most);
        if whole && fits && units.len() > 1 {
            let all = units.drain(..).reduce(join);
            units.extend(all);
        }
        units
    }
}

impl FlowRow {
    /// A row of cells, whose notes are told by [`Flow::assign_notes`].
    pub fn new(above: Abs, keep: bool, across: bool, cells: Vec<Option<FlowCell>>) -> Self {
        let cuts = cuts(&cells);
        Self {
            above,
            keep,
            across,
            cells,
            cuts,
            page_starts: Vec::new(),
            head: None,
            lonely: false,
        }
    }

    /// Sets another cell in the place of the one of a column.
    pub fn replace(&mut self, column: usize, cell: Cell) {
        if let Some(old) = self.cells.get_mut(column).and_then(Option::as_mut) {
            *old = FlowCell::new(cell, old.whole, old.most);
            self.cuts = cuts(&self.cells);
        }
    }

    /// Puts the rules under its cells level, if the row stays whole; with `lines` the lines over them too.
    pub fn level(&mut self, lines: bool) {
        let cells = || self.cells.iter().flatten();
        let height = cells().map(|cell| cell.cell.height).fold(Abs::zero(), Abs::max);
        if cells().all(|cell| cell.whole && height <= cell.most) && cells().any(|cell| !cell.cell.ornaments.is_empty())
        {
            let cells = self.cells.iter_mut().flatten();
            cells.for_each(|cell| cell.heighten(height, lines));
            self.cuts = cuts(&self.cells);
        }
    }

    /// Gives its cells no more room on a page than `most`.
    pub fn limit(&mut self, most: Abs) {
        let mut limited = false;
        for cell in self.cells.iter_mut().flatten().filter(|cell| cell.height() > most) {
            cell.limit(most);
            limited = true;
        }
        if limited {
            self.cuts = cuts(&self.cells);
        }
    }

    /// Gives the lines of its cells the room that their signs need.
    pub fn part_lines(&mut self) {
        let cells = self.cells.iter_mut().flatten();
        if cells.map(FlowCell::part_lines).filter(|moved| *moved).count() > 0 {
            self.cuts = cuts(&self.cells);
        }
    }

    /// How much more room the first lines of a row want under the last lines of this one, in the column that lacks most.
    pub fn lacks_below(&self, below: &Self) -> Abs {
        let pairs = self.cells.iter().zip(&below.cells);
        let cells = pairs.filter_map(|(above, below)| Some((&above.as_ref()?.cell, &below.as_ref()?.cell)));
        let height = |cell: &Cell| cell.lines.last().map_or(Abs::zero(), |line| line.baseline);
        let bottom = self.height(0, self.cuts.len() - 1);
        let lacks = cells.map(|(above, cell)| {
            let first = cell.lines.first().map_or(Abs::zero(), |line| line.baseline);
            cell.lacks_below(above, bottom - height(above) + below.above + first)
        });
        lacks.fold(Abs::zero(), Abs::max)
    }

    /// The height of the part between two cuts, both of its own list. A column that goes on after a cut starts at the
    /// top, so the heights of parts do not add up to that of the whole.
    pub fn height(&self, from: usize, to: usize) -> Abs {
        let mut height = Abs::zero();
        for (column, cell) in self.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let (first, end) = (self.cuts[from][column], self.cuts[to][column]);
            if first < end {
                height.set_max(cell.units[end - 1].bottom - cell.units[first].top);
            }
        }
        height
    }
}

impl Flow {
    /// Tells every unit which notes are marked in it for the first time in its column.
    pub fn assign_notes(&mut self) {
        let marked: Vec<Vec<Vec<usize>>> = self
            .notes
            .iter()
            .map(|notes| notes.iter().map(|note| marks_of(&note.cell)).collect())
            .collect();
        let mut seen: Vec<Vec<bool>> = self.notes.iter().map(|notes| vec![false; notes.len()]).collect();
        for row in &mut self.rows {
            for (column, cell) in row.cells.iter_mut().enumerate() {
                let (Some(cell), Some(seen)) = (cell, seen.get_mut(column)) else {
                    continue;
                };
                for unit in &mut cell.units {
                    for &line in &unit.lines {
                        for (note, _) in cell.cell.lines[line].marks() {
                            see(note, seen, &marked[column], &mut unit.notes);
                        }
                    }
                }
            }
        }
        self.assign_the_others(&seen);
    }

    /// A note that nothing marks, which a checked source has not, stands on the last page rather than nowhere.
    fn assign_the_others(&mut self, seen: &[Vec<bool>]) {
        for (column, seen) in seen.iter().enumerate() {
            let last = self
                .rows
                .iter_mut()
                .rev()
                .filter_map(|row| row.cells.get_mut(column)?.as_mut());
            let Some(unit) = last.filter_map(|cell| cell.units.last_mut()).next() else {
                continue;
            };
            unit.notes.extend((0..seen.len()).filter(|note| !seen[*note]));
        }
    }

    /// The head of a table that is printed again over a page that starts behind a cut of a row.
    pub(super) fn head_over(&self, row: usize, cut: usize) -> Option<usize> {
        // A page that starts at the end of a row starts with the next one that has a line.
        let has_more = |(at, content): &(usize, &FlowRow)| content.cuts.len() > 1 + if *at == row { cut } else { 0 };
        let (at, content) = self.rows.iter().enumerate().skip(row).find(has_more)?;
        content.head.filter(|head| *head < at)
    }

    /// How high the rows are that are printed again over such a page.
    pub(super) fn height_over(&self, row: usize, cut: usize) -> Abs {
        let head = self.head_over(row, cut).map(|head| &self.rows[head]);
        head.map_or(Abs::zero(), |head| head.height(0, head.cuts.len() - 1))
    }

    /// Makes a page start in a row, before the unit of a column that has so many others before it.
    pub fn start_page(&mut self, row: usize, column: usize, units: usize) {
        let Some(row) = self.rows.get_mut(row) else { return };
        let done = |cut: &Vec<usize>| cut.get(column).is_some_and(|count| *count <= units);
        // A row that the column has no cell in starts the page too.
        let cut = if units == 0 {
            0
        } else {
            row.cuts.iter().rposition(done).unwrap_or(0)
        };
        row.page_starts.push(cut);
    }
}

/// The notes that are marked in a cell, in the order of its lines.
fn marks_of(cell: &Cell) -> Vec<usize> {
    cell.lines
        .iter()
        .flat_map(|line| line.marks())
        .map(|(note, _)| note)
        .collect()
}

/// A note is marked: it is told once, and after it the notes that its own text marks.
fn see(note: usize, seen: &mut [bool], marked: &[Vec<usize>], told: &mut Vec<usize>) {
    let mut open = vec![note];
    while let Some(note) = open.pop() {
        if seen.get(note) == Some(&false) {
            seen[note] = true;
            told.push(note);
            open.extend(marked[note].iter().rev());
        }
    }
}

/// Lines and ornaments that overlap from top to bottom belong together.
fn units(cell: &Cell, most: Abs) -> Vec<Unit> {
    let lines = cell.lines.iter().enumerate().map(|(index, line)| Unit {
        top: line.baseline - line.ascent,
        bottom: line.baseline + line.descent,
        lines: vec![index],
        ornaments: Vec::new(),
        notes: Vec::new(),
    });
    let ornaments = cell.ornaments.iter().enumerate().map(|(index, (at, item))| {
        let height = ornament_height(item);
        Unit {
            top: at.y,
            bottom: at.y + height,
            lines: Vec::new(),
            ornaments: vec![index],
            notes: Vec::new(),
        }
    });
    let mut all: Vec<Unit> = lines.chain(ornaments).collect();
    all.sort_by(|a, b| a.top.to_raw().total_cmp(&b.top.to_raw()));
    let mut units: Vec<Unit> = Vec::new();
    for unit in all {
        match units.pop() {
            // Text edges of neighbouring lines may touch; a rule goes with what stands over it, but for the first.
            Some(last)
                if unit.bottom.max(last.bottom) - last.top <= most
                    && (unit.top + Abs::pt(0.5) < last.bottom || unit.lines.is_empty() || last.lines.is_empty()) =>
            {
                units.push(join(last, unit));
            }
            Some(last) => units.extend([last, unit]),
            None => units.push(unit),
        }
    }
    units
}

fn join(a: Unit, b: Unit) -> Unit {
    Unit {
        top: a.top.min(b.top),
        bottom: a.bottom.max(b.bottom),
        lines: [a.lines, b.lines].concat(),
        ornaments: [a.ornaments, b.ornaments].concat(),
        notes: [a.notes, b.notes].concat(),
    }
}

fn ornament_height(item: &FrameItem) -> Abs {
    match item {
        FrameItem::Group(group) => group.frame.height(),
        FrameItem::Shape(shape, _) => shape.bbox(false).size().y,
        FrameItem::Image(_, size, _) => size.y,
        FrameItem::Text(text) => text.size,
        FrameItem::Link(..) | FrameItem::Tag(_) => Abs::zero(),
    }
}

fn cuts(cells: &[Option<FlowCell>]) -> Vec<Vec<usize>> {
    // What stays whole does so in all columns together.
    if cells.iter().flatten().all(|cell| cell.whole && cell.units.len() <= 1) {
        let units = |cell: &Option<FlowCell>| cell.as_ref().map_or(0, |cell| cell.units.len());
        let mut cuts = vec![vec![0; cells.len()], cells.iter().map(units).collect()];
        cuts.dedup();
        return cuts;
    }
    let mut bottoms: Vec<Abs> = cells
        .iter()
        .flatten()
        .flat_map(|cell| cell.units.iter().map(|unit| unit.bottom))
        .collect();
    bottoms.sort_by(|a, b| a.to_raw().total_cmp(&b.to_raw()));
    let count = |limit: Abs| {
        let below = |cell: &FlowCell| cell.units.partition_point(|unit| unit.bottom <= limit + Abs::pt(0.01));
        cells
            .iter()
            .map(|cell| cell.as_ref().map_or(0, below))
            .collect::<Vec<usize>>()
    };
    let mut cuts = vec![vec![0; cells.len()]];
    for bottom in bottoms {
        let cut = count(bottom);
        if cuts.last() != Some(&cut) {
            cuts.push(cut);
        }
    }
    cuts
}
