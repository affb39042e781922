//! Setting paragraphs again whose lines cannot be filled: in a narrow column a date that is kept whole may leave the line
//! before it so short that its spaces would gape. Such a part of the text is set anew with fewer bonds between its words.

use rustc_hash::FxHashMap;
use typst::foundations::{Content, Value};
use typst::layout::Frame;

use super::compose::{Composed, Reader};
use super::data;
use super::forced::Forced;
use super::nobreak::Bonds;
use super::sheet::{Column, RowRole, Setting};
use super::template::{Answer, Stage, TemplateError, optional_content};
use crate::line::Passages;
use crate::locale::Language;
use crate::model::Plan;
use crate::model::Work;

/// A part of the text that is set for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The block of the document at this place.
    Block(usize),
    /// The note at this place.
    Note(usize),
}

/// The parts that are set with fewer bonds than all.
#[derive(Debug, Clone, Default)]
pub struct Loosened {
    parts: FxHashMap<(Language, Part), Bonds>,
}

impl Loosened {
    /// The bonds of a part.
    pub fn bonds(&self, language: Language, part: Part) -> Bonds {
        self.parts.get(&(language, part)).copied().unwrap_or_default()
    }

    /// Says what holds a part together.
    pub fn set(&mut self, language: Language, part: Part, bonds: Bonds) {
        self.parts.insert((language, part), bonds);
    }
}

/// A text with its bonds, and how it is to be set.
#[derive(Debug, Clone, Copy)]
pub struct Loose<'a> {
    /// The work.
    pub work: &'a Work,
    /// How the edition is laid out.
    pub plan: &'a Plan,
    /// Line breaks of an official edition.
    pub forced: Option<&'a Forced>,
    /// The bonds.
    pub loosened: &'a Loosened,
}

/// Where a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// In the row at this place.
    Row(usize),
    /// In the notes of its column, at this place.
    Note(usize),
}

/// Where a cell stands: its column and its slot there.
pub type CellPlace = (usize, Slot);

/// Some parts of a text, by their places, which are in order.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) blocks: Vec<usize>,
    pub(super) notes: Vec<usize>,
}

impl Choice {
    fn of(cells: &[CellPlace], setting: &Setting) -> Self {
        let (mut blocks, mut notes) = (Vec::new(), Vec::new());
        for (_, slot) in cells {
            match slot {
                Slot::Row(row) => blocks.extend(block_of(setting, *row)),
                Slot::Note(note) => notes.push(*note),
            }
        }
        let in_order = |mut places: Vec<usize>| {
            places.sort_unstable();
            places.dedup();
            places
        };
        Self {
            blocks: in_order(blocks),
            notes: in_order(notes),
        }
    }
}

/// The block that a row sets.
fn block_of(setting: &Setting, row: usize) -> Option<usize> {
    match setting.rows.get(row)?.role {
        RowRole::Block(block) => Some(block),
        RowRole::Title | RowRole::Line => None,
    }
}

/// Sets cells again, each told by its column and its slot, with the bonds that `text` says, and gives `make` what it set
/// of each. The template is given the parts of these cells alone, so that a long document takes no longer for them than a
/// short one; a cell that it returns nothing for is left out. The passages of the new cells come after all others.
///
/// # Errors
/// As [`super::compose`].
pub fn reset<T: Send>(
    composed: &mut Composed,
    text: &Loose<'_>,
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

/// What the template returned when it was asked for some parts again.
struct Again<'a> {
    reader: Reader<'a>,
    choice: Choice,
    composed: &'a Composed,
    work: &'a Work,
}

impl Again<'_> {
    /// The cells of the rows, by the block that each sets.
    fn rows(&self) -> Result<FxHashMap<usize, Vec<Option<Content>>>, TemplateError> {
        let mut rows = FxHashMap::default();
        for (at, value) in self.reader.answer.array("rows")?.iter().enumerate() {
            let (row, cells) = self.reader.row(value, at, &self.composed.setting.sheet, self.work)?;
            if let RowRole::Block(place) = row.role
                && let Some(block) = self.choice.blocks.get(place)
            {
                rows.insert(*block, cells);
            }
        }
        Ok(rows)
    }

    fn cell(&self, rows: &FxHashMap<usize, Vec<Option<Content>>>, row: usize, column: usize) -> Option<Content> {
        let block = block_of(&self.composed.setting, row)?;
        rows.get(&block)?.get(column)?.clone()
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
