//! Sets paragraphs again whose lines cannot be filled within bounds, with fewer bonds between their words, until they fit or
//! no bond is left that may be loosed.

use typst::layout::Abs;

use super::{EditionError, Plan, gather};
use crate::ink::OVERHANG;
use crate::line::{self, Cell};
use crate::locale::Language;
use crate::model::Work;
use crate::page::{Flow, FlowCell, FlowRow};
use crate::typeset::{self, Composed, Cuts, Forced, Manuscript, Part, RowRole, Slot, Stage};

/// A cell with lines that reach out of their columns.
struct Wide {
    column: usize,
    slot: Slot,
    key: (Language, Part),
    /// How far, in points.
    out: usize,
}

/// What an edition is set from.
pub(super) struct Source<'a> {
    pub(super) work: &'a Work,
    pub(super) plan: &'a Plan,
    pub(super) forced: Option<&'a Forced>,
    pub(super) stage: &'a Stage<'a>,
}

impl Source<'_> {
    /// Sets the tables and headings of the flow again whose addresses and symbols reach out of their columns, cut.
    pub(super) fn cut_wide(&self, flow: &mut Flow, composed: &mut Composed) -> Result<(), EditionError> {
        let mut cuts = Cuts::default();
        let mut wide = wide_cells(flow, composed);
        if wide.is_empty() {
            return Ok(());
        }
        let places = |wide: &[Wide]| wide.iter().map(|cell| (cell.column, cell.slot)).collect::<Vec<_>>();
        for cell in &wide {
            cuts.set(cell.key.0, cell.key.1, true);
        }
        self.reset(flow, composed, &cuts, &places(&wide))?;
        // What was cut in vain is whole again.
        wide.retain(|cell| out_at(flow, cell.column, cell.slot) >= cell.out);
        for cell in &wide {
            cuts.set(cell.key.0, cell.key.1, false);
        }
        if !wide.is_empty() {
            self.reset(flow, composed, &cuts, &places(&wide))?;
        }
        Ok(())
    }

    fn reset(
        &self,
        flow: &mut Flow,
        composed: &mut Composed,
        cuts: &Cuts,
        cells: &[(usize, Slot)],
    ) -> Result<(), EditionError> {
        let text = Manuscript {
            work: self.work,
            plan: self.plan,
            forced: self.forced,
            cuts,
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

/// The cells of blocks that reach out of their columns. The lines of paragraphs and notes are broken where they fit.
fn wide_cells(flow: &Flow, composed: &Composed) -> Vec<Wide> {
    let columns = &composed.setting.sheet.columns;
    let mut found = Vec::new();
    for (at, row) in composed.setting.rows.iter().enumerate() {
        let (RowRole::Block(block), false) = (row.role, row.across) else {
            continue;
        };
        for (column, of) in columns.iter().enumerate() {
            let slot = Slot::Row(at);
            let out = out_at(flow, column, slot);
            if out > 0 {
                found.push(Wide {
                    column,
                    slot,
                    key: (of.language, Part::Block(block)),
                    out,
                });
            }
        }
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
