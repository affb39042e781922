//! Sets paragraphs again whose lines cannot be filled within bounds, with fewer bonds between their words, until they fit or
//! no bond is left that may be loosed.

use typst::layout::Abs;

use super::{EditionError, Plan, gather};
use crate::ink::OVERHANG;
use crate::line::{self, Cell};
use crate::locale::Language;
use crate::model::Work;
use crate::page::{Flow, FlowCell, FlowRow};
use crate::typeset::{self, Bonds, Composed, Forced, Loosened, Part, RowRole, Slot, Stage};

/// A cell with lines that are left short.
struct Short {
    column: usize,
    slot: Slot,
    key: (Language, Part),
    /// The bonds that left the fewest lines short, and how many.
    best: (Bonds, usize),
}

/// What an edition is set from.
pub(super) struct Source<'a> {
    pub(super) work: &'a Work,
    pub(super) plan: &'a Plan,
    pub(super) forced: Option<&'a Forced>,
    pub(super) stage: &'a Stage<'a>,
}

impl Source<'_> {
    /// Sets the cells of the flow again that have lines which are left short.
    pub(super) fn refit(&self, flow: &mut Flow, composed: &mut Composed) -> Result<(), EditionError> {
        let mut loosened = Loosened::default();
        self.cut(flow, composed, &mut loosened)?;
        let mut short = short_cells(flow, composed);
        for cell in &mut short {
            cell.best.0 = loosened.bonds(cell.key.0, cell.key.1);
        }
        loop {
            let mut again = Vec::new();
            for cell in short.iter().filter(|cell| cell.best.1 > 0) {
                let (language, part) = cell.key;
                if let Some(bonds) = loosened.bonds(language, part).looser() {
                    loosened.set(language, part, bonds);
                    again.push((cell.column, cell.slot));
                }
            }
            if again.is_empty() {
                break;
            }
            self.reset(flow, composed, &loosened, &again)?;
            for cell in &mut short {
                let left = lines_left_short(flow, cell.column, cell.slot);
                if left < cell.best.1 {
                    cell.best = (loosened.bonds(cell.key.0, cell.key.1), left);
                }
            }
        }
        // Bonds that were loosed in vain hold again.
        let mut again = Vec::new();
        for cell in &short {
            let (language, part) = cell.key;
            if loosened.bonds(language, part) != cell.best.0 {
                loosened.set(language, part, cell.best.0);
                again.push((cell.column, cell.slot));
            }
        }
        if !again.is_empty() {
            self.reset(flow, composed, &loosened, &again)?;
        }
        Ok(())
    }

    /// Lets addresses and symbols be cut where one is wider than its column.
    fn cut(&self, flow: &mut Flow, composed: &mut Composed, loosened: &mut Loosened) -> Result<(), EditionError> {
        let mut wide = cells(flow, composed, |cell| points_out(cell).ceil() as usize);
        if wide.is_empty() {
            return Ok(());
        }
        let places = |wide: &[Short]| wide.iter().map(|cell| (cell.column, cell.slot)).collect::<Vec<_>>();
        for cell in &wide {
            loosened.set(cell.key.0, cell.key.1, Bonds::Cut);
        }
        self.reset(flow, composed, loosened, &places(&wide))?;
        // What was cut in vain is whole again.
        wide.retain(|cell| out_at(flow, cell.column, cell.slot) >= cell.best.1);
        for cell in &wide {
            loosened.set(cell.key.0, cell.key.1, Bonds::All);
        }
        if !wide.is_empty() {
            self.reset(flow, composed, loosened, &places(&wide))?;
        }
        Ok(())
    }

    fn reset(
        &self,
        flow: &mut Flow,
        composed: &mut Composed,
        loosened: &Loosened,
        cells: &[(usize, Slot)],
    ) -> Result<(), EditionError> {
        let text = typeset::Loose {
            work: self.work,
            plan: self.plan,
            forced: self.forced,
            loosened,
        };
        let made = typeset::reset(composed, &text, cells, self.stage, gather)?;
        let most = composed.setting.sheet.least_room();
        for ((column, slot), mut cell) in made {
            let space = |old: &FlowCell| old.cell.space.unwrap_or(1.0);
            match slot {
                Slot::Row(at) => {
                    let row = &mut flow.rows[at];
                    let Some(old) = row.cells[column].take() else {
                        continue;
                    };
                    refill(&mut cell, space(&old));
                    row.cells[column] = Some(FlowCell::new(cell, composed.setting.rows[at].whole, most));
                    let cells = std::mem::take(&mut row.cells);
                    *row = FlowRow::new(row.above, row.keep, row.across, cells);
                }
                Slot::Note(at) => {
                    let old = &mut flow.notes[column][at];
                    refill(&mut cell, space(old));
                    *old = FlowCell::new(cell, false, most);
                }
            }
        }
        Ok(())
    }
}

fn refill(cell: &mut Cell, space: f64) {
    cell.assume_space(space);
    cell.settle_spaces();
    line::elongate(cell);
}

fn short_cells(flow: &Flow, composed: &Composed) -> Vec<Short> {
    cells(flow, composed, |cell| {
        cell.lines.iter().filter(|line| line.short).count()
    })
}

/// The cells of blocks and notes of which `count` counts something.
fn cells(flow: &Flow, composed: &Composed, count: impl Fn(&Cell) -> usize) -> Vec<Short> {
    let columns = &composed.setting.sheet.columns;
    let mut found = Vec::new();
    let mut add = |column: usize, slot: Slot, part: Part| {
        let lines = cell_at(flow, column, slot).map_or(0, &count);
        if let (true, Some(column_of)) = (lines > 0, columns.get(column)) {
            found.push(Short {
                column,
                slot,
                key: (column_of.language, part),
                best: (Bonds::All, lines),
            });
        }
    };
    for (at, row) in composed.setting.rows.iter().enumerate() {
        if let (RowRole::Block(block), false) = (row.role, row.across) {
            (0..columns.len()).for_each(|column| add(column, Slot::Row(at), Part::Block(block)));
        }
    }
    for (column, notes) in flow.notes.iter().enumerate() {
        (0..notes.len()).for_each(|at| add(column, Slot::Note(at), Part::Note(at)));
    }
    found
}

fn cell_at(flow: &Flow, column: usize, slot: Slot) -> Option<&Cell> {
    let cell = match slot {
        Slot::Row(at) => flow.rows.get(at).and_then(|row| row.cells.get(column)?.as_ref()),
        Slot::Note(at) => flow.notes.get(column).and_then(|notes| notes.get(at)),
    };
    cell.map(|cell| &cell.cell)
}

/// How far the lines of a cell that hold something to cut reach out of their columns, in points.
fn points_out(cell: &Cell) -> f64 {
    let out = |line: &line::Line| {
        let (from, to) = line.bounds.unwrap_or((Abs::zero(), cell.width));
        let (first, last) = (line.runs.first()?, line.runs.last()?);
        let out = (from - first.left()).max(last.right() - to);
        let may_be_cut = line.text.contains(['/', '-', '.']);
        (may_be_cut && out > first.size * OVERHANG).then(|| out.to_pt())
    };
    cell.lines.iter().filter_map(out).sum()
}

fn out_at(flow: &Flow, column: usize, slot: Slot) -> usize {
    cell_at(flow, column, slot).map_or(0, |cell| points_out(cell).ceil() as usize)
}

/// How many lines of a cell are left short.
fn lines_left_short(flow: &Flow, column: usize, slot: Slot) -> usize {
    cell_at(flow, column, slot).map_or(0, |cell| cell.lines.iter().filter(|line| line.short).count())
}
