//! Setting tables and headings again that hold an address or a symbol wider than its column: it is cut then. Typst, which
//! breaks their lines, cannot be told that a place is to be taken only where nothing else is left.

use rustc_hash::FxHashMap;
use typst::foundations::{Content, Value};
use typst::layout::Frame;

use super::compose::{Composed, Reader};
use super::data;
use super::manuscript::{CellPlace, Choice, Manuscript, Slot, block_of};
use super::sheet::{Column, RowRole};
use super::template::{Answer, Stage, TemplateError, optional_content};
use crate::line::Passages;
use crate::model::Work;

/// Sets cells again, each told by its column and its slot, as `text` says, and gives `make` what it set
/// of each. The template is given the parts of these cells alone, so that a long document takes no longer for them than a
/// short one; a cell that it returns nothing for is left out. The passages of the new cells come after all others.
///
/// # Errors
/// As [`super::compose`].
pub fn reset<T: Send>(
    composed: &mut Composed,
    text: &Manuscript<'_>,
    cells: &[CellPlace],
    stage: &Stage<'_>,
    make: impl Fn(&Frame, &Passages, &Column) -> T + Sync,
) -> Result<Vec<(CellPlace, T)>, TemplateError> {
    let choice = Choice::of(cells, &composed.setting);
    let (data, words) = data::document(text, Some(&choice), stage, &mut composed.passages)?;
    let value = stage.call("edition", [Value::Dict(data), Value::Dict(words)])?;
    let answer = Answer::of(&value, format!("{}: the answer of `edition`", stage.name()))?;
    let again = Again {
        reader: Reader { stage, answer },
        choice,
        composed,
        work: text.work,
    };
    let rows = again.rows()?;
    let notes = again.reader.answer.array("notes")?;
    let columns = &composed.setting.sheet.columns;
    let mut contents = Vec::with_capacity(cells.len());
    let mut places = Vec::with_capacity(cells.len());
    for place @ (column, slot) in cells {
        let content = match slot {
            Slot::Row(row) => again.cell(&rows, *row, *column),
            Slot::Note(note) => again.note(notes, *note, *column)?,
        };
        if let Some(content) = content {
            contents.push((content, columns[*column].width));
            places.push(*place);
        }
    }
    let passages = &composed.passages;
    let make = |at: usize, frame: Frame| make(&frame, passages, &columns[places[at].0]);
    let made = stage.layout(&contents, make)?;
    Ok(places.into_iter().zip(made).collect())
}

/// The block that a row sets, and which row of it where it is a table that stands row by row.
type RowKey = (usize, Option<usize>);

/// What the template returned when it was asked for some parts again.
struct Again<'a> {
    reader: Reader<'a>,
    choice: Choice,
    composed: &'a Composed,
    work: &'a Work,
}

impl Again<'_> {
    /// The cells of the rows, by the block that each sets, and by the row of a table.
    fn rows(&self) -> Result<FxHashMap<RowKey, Vec<Option<Content>>>, TemplateError> {
        let mut rows = FxHashMap::default();
        for (at, value) in self.reader.answer.array("rows")?.iter().enumerate() {
            let (row, cells) = self.reader.row(
                value,
                at,
                &self.composed.setting.sheet,
                self.work,
                Some(&self.choice.blocks),
            )?;
            if let RowRole::Block(place) = row.role
                && let Some(block) = self.choice.blocks.get(place)
            {
                rows.insert((*block, row.table_row), cells);
            }
        }
        Ok(rows)
    }

    fn cell(&self, rows: &FxHashMap<RowKey, Vec<Option<Content>>>, row: usize, column: usize) -> Option<Content> {
        let block = block_of(&self.composed.setting, row)?;
        let key = (block, self.composed.setting.rows[row].table_row);
        rows.get(&key)?.get(column)?.clone()
    }

    fn note(&self, notes: &[Value], note: usize, column: usize) -> Result<Option<Content>, TemplateError> {
        let place = self.choice.notes.binary_search(&note).ok();
        match (notes.get(column), place) {
            (Some(Value::Array(notes)), Some(place)) => match notes.as_slice().get(place) {
                Some(note) => optional_content(note, "a note"),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }
}
