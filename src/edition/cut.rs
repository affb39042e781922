//! Sets paragraphs again whose lines cannot be filled within bounds, with fewer bonds between their words, until they fit or
//! no bond is left that may be loosed.

use std::ops::Range;

use typst::layout::Abs;

use super::{EditionError, Plan, gather, tables};
use crate::ink::OVERHANG;
use crate::line::{self, Cell};
use crate::locale::Language;
use crate::model::Work;
use crate::page::{Flow, FlowCell};
use crate::typeset::{self, CellPlace, Composed, Cuts, Forced, Manuscript, Part, Slot, Stage};

/// A block with lines that reach out of their columns: a heading, or a table, which may stand in several rows. These share
/// the widths of their columns, so that all are set again.
struct Wide {
    column: usize,
    rows: Range<usize>,
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
        let mut wide = wide_blocks(flow, composed);
        if wide.is_empty() {
            return Ok(());
        }
        let places = |wide: &[Wide]| -> Vec<CellPlace> {
            let rows = wide
                .iter()
                .flat_map(|wide| wide.rows.clone().map(|row| (wide.column, Slot::Row(row))));
            rows.collect()
        };
        for cell in &wide {
            cuts.set(cell.key.0, cell.key.1, true);
        }
        self.reset(flow, composed, &cuts, &places(&wide))?;
        // What was cut in vain is whole again.
        wide.retain(|block| out_at(flow, block.column, &block.rows) >= block.out);
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
        cells: &[CellPlace],
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
                    let Some(Some(old)) = flow.rows[at].cells.get(column) else {
                        continue;
                    };
                    refill(&mut cell, space(old));
                    tables::tell_row(&mut cell, &composed.setting.rows[at]);
                    flow.rows[at].replace(column, cell);
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

/// The blocks that reach out of their columns. The lines of paragraphs and notes are broken where they fit.
fn wide_blocks(flow: &Flow, composed: &Composed) -> Vec<Wide> {
    let columns = &composed.setting.sheet.columns;
    let rows = &composed.setting.rows;
    let mut found = Vec::new();
    let mut start = 0;
    for of_block in rows.chunk_by(|row, next| row.block().is_some() && row.block() == next.block()) {
        let at = start..start + of_block.len();
        start = at.end;
        let (Some(block), false) = (of_block[0].block(), of_block[0].across) else {
            continue;
        };
        for (column, of) in columns.iter().enumerate() {
            let out = out_at(flow, column, &at);
            if out > 0 {
                found.push(Wide {
                    column,
                    rows: at.clone(),
                    key: (of.language, Part::Block(block)),
                    out,
                });
            }
        }
    }
    found
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

/// How far those of some rows do in a column.
fn out_at(flow: &Flow, column: usize, rows: &Range<usize>) -> usize {
    let cells = flow.rows[rows.clone()]
        .iter()
        .filter_map(|row| row.cells.get(column)?.as_ref());
    cells.map(|cell| points_out(&cell.cell)).sum::<f64>().ceil() as usize
}
