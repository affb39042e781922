//! What is to be set of a text: all of it, or some cells of it again, and which of its addresses and symbols are cut.

use rustc_hash::FxHashSet;

use super::forced::Forced;
use super::sheet::Setting;
use crate::locale::Language;
use crate::model::{Plan, Work};

/// A part of the text that is set for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The block of the document at this place.
    Block(usize),
    /// The note at this place.
    Note(usize),
}

/// The parts whose addresses and symbols are cut.
#[derive(Debug, Clone, Default)]
pub struct Cuts {
    parts: FxHashSet<(Language, Part)>,
}

impl Cuts {
    /// Whether the addresses and symbols of a part are cut.
    pub fn holds(&self, language: Language, part: Part) -> bool {
        self.parts.contains(&(language, part))
    }

    /// Says whether those of a part are cut.
    pub fn set(&mut self, language: Language, part: Part, cut: bool) {
        if cut {
            self.parts.insert((language, part));
        } else {
            self.parts.remove(&(language, part));
        }
    }
}

/// A text, and how it is to be set.
#[derive(Debug, Clone, Copy)]
pub struct Manuscript<'a> {
    /// The work.
    pub work: &'a Work,
    /// How the edition is laid out.
    pub plan: &'a Plan,
    /// Line breaks of an official edition.
    pub forced: Option<&'a Forced>,
    /// The parts whose addresses and symbols are cut.
    pub cuts: &'a Cuts,
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
    pub(super) fn of(cells: &[CellPlace], setting: &Setting) -> Self {
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
pub(super) fn block_of(setting: &Setting, row: usize) -> Option<usize> {
    setting.rows.get(row)?.block()
}
