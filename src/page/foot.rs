//! The foot of a page: notes in the order of their numbers, those of one number beside each other under their columns.

use std::collections::BTreeMap;

use typst::layout::Abs;

use super::flow::{Flow, FlowCell};
use crate::typeset::NoteArea;

/// The part of a note that stands, or is left to stand, on a page: its units from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// The first unit.
    pub(super) from: usize,
    /// The unit after the last.
    pub(super) to: usize,
}

/// The notes of a page: for each number, the part in each column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Foot {
    /// By the place of the note, then by column.
    pub(super) notes: BTreeMap<usize, Vec<Option<Part>>>,
}

impl Foot {
    /// Whether there is no note.
    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// Adds a whole note of a column.
    pub(super) fn add(&mut self, flow: &Flow, column: usize, note: usize) {
        let Some(cell) = flow.notes.get(column).and_then(|notes| notes.get(note)) else {
            return;
        };
        let parts = self.notes.entry(note).or_insert_with(|| vec![None; flow.notes.len()]);
        parts[column] = Some(Part {
            from: 0,
            to: cell.units.len(),
        });
    }

    /// The height of the notes alone.
    fn notes_height(&self, flow: &Flow, area: &NoteArea) -> Abs {
        let mut height = Abs::zero();
        for (note, parts) in &self.notes {
            height += row_height(flow, *note, parts);
        }
        height + area.between * self.notes.len().saturating_sub(1) as f64
    }

    /// The height of the whole foot, its rule and the space above it included.
    pub(super) fn height(&self, flow: &Flow, area: &NoteArea) -> Abs {
        if self.is_empty() {
            Abs::zero()
        } else {
            overhead(area) + self.notes_height(flow, area)
        }
    }

    /// Splits the foot so that the first part is not higher than `room`; the second part goes to the next page. Returns
    /// `None` when not even a line of the first note fits.
    pub(super) fn split(&self, flow: &Flow, area: &NoteArea, room: Abs) -> Option<(Foot, Foot)> {
        let mut left = room - overhead(area);
        let mut head = Foot::default();
        let mut tail = Foot::default();
        for (note, parts) in &self.notes {
            let gap = if head.is_empty() { Abs::zero() } else { area.between };
            let (fits, rests) = if tail.is_empty() {
                split_row(flow, *note, parts, left - gap)
            } else {
                (Vec::new(), parts.clone())
            };
            if fits.iter().any(Option::is_some) {
                left -= gap + row_height(flow, *note, &fits);
                head.notes.insert(*note, fits);
            }
            if rests.iter().any(Option::is_some) {
                tail.notes.insert(*note, rests);
            }
        }
        (!head.is_empty()).then_some((head, tail))
    }

    /// Joins the rest of an earlier page before the notes of this one.
    pub(super) fn after(&self, rest: &Foot) -> Foot {
        let mut all = rest.clone();
        for (note, parts) in &self.notes {
            let slot = all.notes.entry(*note).or_insert_with(|| vec![None; parts.len()]);
            for (mine, theirs) in slot.iter_mut().zip(parts) {
                *mine = mine.or(*theirs);
            }
        }
        all
    }
}

/// What the rule and the spaces round it take.
fn overhead(area: &NoteArea) -> Abs {
    area.above + area.below_rule
}

fn cell(flow: &Flow, column: usize, note: usize) -> Option<&FlowCell> {
    flow.notes.get(column)?.get(note)
}

fn part_height(cell: &FlowCell, part: Part) -> Abs {
    if part.from < part.to {
        cell.units[part.to - 1].bottom - cell.units[part.from].top
    } else {
        Abs::zero()
    }
}

/// The height of the notes of one number: that of the highest.
pub(super) fn row_height(flow: &Flow, note: usize, parts: &[Option<Part>]) -> Abs {
    let mut height = Abs::zero();
    for (column, part) in parts.iter().enumerate() {
        if let (Some(part), Some(cell)) = (part, cell(flow, column, note)) {
            height.set_max(part_height(cell, *part));
        }
    }
    height
}

type Parts = Vec<Option<Part>>;

fn split_row(flow: &Flow, note: usize, parts: &[Option<Part>], room: Abs) -> (Parts, Parts) {
    let mut fits = vec![None; parts.len()];
    let mut rests = vec![None; parts.len()];
    for (column, part) in parts.iter().enumerate() {
        let (Some(part), Some(cell)) = (part, cell(flow, column, note)) else {
            continue;
        };
        let fitting = (part.from..=part.to)
            .rev()
            .find(|&to| part_height(cell, Part { from: part.from, to }) <= room)
            .unwrap_or(part.from);
        if fitting > part.from && room > Abs::zero() {
            fits[column] = Some(Part {
                from: part.from,
                to: fitting,
            });
        }
        if fitting < part.to || room <= Abs::zero() {
            let from = if room > Abs::zero() { fitting } else { part.from };
            rests[column] = Some(Part { from, to: part.to });
        }
    }
    (fits, rests)
}
