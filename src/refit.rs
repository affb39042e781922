//! Sets paragraphs again whose lines cannot be filled within bounds, with fewer bonds between their words, until they fit or
//! no bond is left that may be loosed.

use crate::edition::{EditionError, Plan};
use crate::line::{self, Cell};
use crate::locale::Language;
use crate::model::Work;
use crate::page::{Flow, FlowCell, FlowRow};
use crate::typeset::{self, Bonds, Composed, Fonts, Forced, Loosened, Part, RowRole, Slot, Template};

/// A cell with lines that are left short.
struct Short {
    column: usize,
    slot: Slot,
    key: (Language, Part),
    /// The bonds that left the fewest lines short, and how many.
    best: (Bonds, usize),
}

/// What an edition is set from.
pub(crate) struct Source<'a> {
    pub(crate) work: &'a Work,
    pub(crate) plan: &'a Plan,
    pub(crate) forced: Option<&'a Forced>,
    pub(crate) template: &'a Template,
    pub(crate) fonts: &'a Fonts,
}

impl Source<'_> {
    /// Sets the cells of the flow again that have lines which are left short.
    pub(crate) fn refit(&self, flow: &mut Flow, composed: &mut Composed) -> Result<(), EditionError> {
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
        let Self {
            work,
            plan,
            forced,
            template,
            fonts,
        } = self;
        let text = typeset::Loose {
            work,
            plan,
            forced: *forced,
            loosened,
        };
        let frames = typeset::reset(composed, &text, cells, template, fonts)?;
        let most = composed.setting.sheet.least_room();
        for reset in frames {
            let language = composed.setting.sheet.columns[reset.column].language;
            let mut cell = line::gather(&reset.frame, &composed.passages, language);
            let space = |old: &FlowCell| old.cell.space.unwrap_or(1.0);
            match reset.slot {
                Slot::Row(at) => {
                    let row = &mut flow.rows[at];
                    let Some(old) = row.cells[reset.column].take() else {
                        continue;
                    };
                    refill(&mut cell, space(&old));
                    row.cells[reset.column] = Some(FlowCell::new(cell, composed.setting.rows[at].whole, most));
                    let cells = std::mem::take(&mut row.cells);
                    *row = FlowRow::new(row.above, row.keep, row.across, cells);
                }
                Slot::Note(at) => {
                    let old = &mut flow.notes[reset.column][at];
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
            (0..row.cells.len()).for_each(|column| add(column, Slot::Row(at), Part::Block(block)));
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
