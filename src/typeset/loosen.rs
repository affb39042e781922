//! Setting paragraphs again whose lines cannot be filled: in a narrow column a date that is kept whole may leave the line
//! before it so short that its spaces would gape. Such a part of the text is set anew with fewer bonds between its words.

use rustc_hash::FxHashMap;
use typst::foundations::Value;
use typst::layout::Frame;

use super::compose::{Composed, Reader};
use super::data;
use super::fonts::Fonts;
use super::forced::Forced;
use super::nobreak::Bonds;
use super::passage::Passages;
use super::template::{Answer, Stage, TemplateError, optional_content};
use super::world::{Template, TemplateWorld};
use crate::edition::Plan;
use crate::locale::Language;
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

/// A cell that was set again.
#[derive(Debug)]
pub struct Reset {
    /// The place of its column.
    pub column: usize,
    /// The place of its row, or of its note in the column.
    pub slot: Slot,
    /// What was set.
    pub frame: Frame,
}

/// Where a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// In the row at this place.
    Row(usize),
    /// In the notes of its column, at this place.
    Note(usize),
}

/// Sets cells again, each told by its column and its slot, with the bonds that `text` says. The passages become those of the new text; other cells keep their
/// places in them, since text that is set as before has the same passages.
///
/// # Errors
/// As [`super::compose`].
pub fn reset(
    composed: &mut Composed,
    text: &Loose,
    cells: &[(usize, Slot)],
    template: &Template,
    fonts: &Fonts,
) -> Result<Vec<Reset>, TemplateError> {
    let world = TemplateWorld::new(fonts, template);
    let stage = Stage::new(&world, template)?;
    let mut passages = Passages::default();
    let (data, words) = data::document(text.work, text.plan, text.forced, text.loosened, &stage, &mut passages)?;
    let value = stage.call("edition", [Value::Dict(data), Value::Dict(words)])?;
    let answer = Answer::of(&value, format!("{}: the answer of `edition`", stage.name()))?;
    let reader = Reader { stage: &stage, answer };
    let sheet = &composed.setting.sheet;
    let rows = reader.answer.array("rows")?;
    let notes = reader.answer.array("notes")?;
    let mut contents = Vec::with_capacity(cells.len());
    let mut places = Vec::with_capacity(cells.len());
    for (column, slot) in cells {
        let content = match slot {
            Slot::Row(at) => match rows.get(*at) {
                Some(row) => reader
                    .row(row, *at, sheet, text.work)?
                    .1
                    .into_iter()
                    .nth(*column)
                    .flatten(),
                None => None,
            },
            Slot::Note(at) => match notes.get(*column) {
                Some(Value::Array(notes)) => match notes.iter().nth(*at) {
                    Some(note) => optional_content(note, "a note")?,
                    None => None,
                },
                _ => None,
            },
        };
        // A template that answers other rows than before keeps what it had.
        if let Some(content) = content {
            contents.push((content, sheet.columns[*column].width));
            places.push((*column, *slot));
        }
    }
    let frames = stage.layout(&contents)?;
    composed.passages = passages;
    let reset = |((column, slot), frame)| Reset { column, slot, frame };
    Ok(places.into_iter().zip(frames).map(reset).collect())
}
