//! Sets paragraphs again whose lines cannot be filled within bounds, with fewer bonds between their words, until they fit or
//! no bond is left that may be loosed.

use super::{EditionError, Plan, gather};
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
        let mut short = short_cells(flow, composed);
        let mut loosened = Loosened::default();
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
    cell.hold_labels();
    line::elongate(cell);
}

fn short_cells(flow: &Flow, composed: &Composed) -> Vec<Short> {
    let columns = &composed.setting.sheet.columns;
    let mut short = Vec::new();
    let mut add = |column: usize, slot: Slot, part: Part| {
        let lines = lines_left_short(flow, column, slot);
        if let (true, Some(column_of)) = (lines > 0, columns.get(column)) {
            short.push(Short {
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
    short
}

/// How many lines of a cell are left short.
fn lines_left_short(flow: &Flow, column: usize, slot: Slot) -> usize {
    let cell = match slot {
        Slot::Row(at) => flow.rows.get(at).and_then(|row| row.cells.get(column)?.as_ref()),
        Slot::Note(at) => flow.notes.get(column).and_then(|notes| notes.get(at)),
    };
    cell.map_or(0, |cell| cell.cell.lines.iter().filter(|line| line.short).count())
}
