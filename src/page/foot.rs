//! The foot of a page: notes in the order of their numbers, those of one number beside each other under their columns.

use std::collections::BTreeMap;

use typst::layout::Abs;

use super::breaker::ROUNDING;
use super::flow::{Flow, FlowCell};
use crate::typeset::NoteArea;

/// The part of a note that stands, or is left to stand, on a page: its units from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotePart {
    /// The first unit.
    pub(super) from: usize,
    /// The unit after the last.
    pub(super) to: usize,
}

/// The notes of one number: the part in each column.
#[derive(Debug, Clone, PartialEq)]
struct NoteRow {
    parts: Vec<Option<NotePart>>,
    /// The height of the highest part.
    height: Abs,
}

/// The notes of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Foot {
    /// By the place of the note.
    rows: BTreeMap<usize, NoteRow>,
    /// The heights of the rows together.
    height: Abs,
}

/// A foot that is divided between a page and the next one.
#[derive(Debug, Clone)]
pub(super) struct Split {
    /// What stands on the page.
    pub(super) head: Foot,
    /// What goes to the next one.
    pub(super) rest: Foot,
    /// Whether a note starts on the next page.
    pub(super) late: bool,
}

impl Foot {
    /// Whether there is no note.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The notes by their places: the parts by column, and the height of the highest.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &[Option<NotePart>], Abs)> {
        self.rows
            .iter()
            .map(|(note, row)| (*note, row.parts.as_slice(), row.height))
    }

    /// Whether a note of the column stands in it.
    pub(super) fn has_column(&self, column: usize) -> bool {
        self.rows
            .values()
            .any(|row| row.parts.get(column).is_some_and(Option::is_some))
    }

    /// Adds a whole note of a column.
    pub(super) fn add(&mut self, flow: &Flow, column: usize, note: usize) {
        let Some(cell) = cell(flow, column, note) else { return };
        let part = NotePart {
            from: 0,
            to: cell.units.len(),
        };
        let empty = || NoteRow {
            parts: vec![None; flow.notes.len()],
            height: Abs::zero(),
        };
        let row = self.rows.entry(note).or_insert_with(empty);
        row.parts[column] = Some(part);
        let height = row.height.max(part_height(cell, part));
        self.height += height - row.height;
        row.height = height;
    }

    fn push(&mut self, flow: &Flow, note: usize, parts: Vec<Option<NotePart>>) {
        if parts.iter().any(Option::is_some) {
            let height = row_height(flow, note, &parts);
            self.height += height;
            self.rows.insert(note, NoteRow { parts, height });
        }
    }

    /// The height of the foot, its rule and the space above it included.
    pub(super) fn height(&self, area: &NoteArea) -> Abs {
        if self.is_empty() {
            Abs::zero()
        } else {
            frame_height(self.rows.len(), area) + self.height
        }
    }

    /// The least height of a page's foot: with the first line of every note.
    pub(super) fn least_height(&self, flow: &Flow, area: &NoteArea) -> Abs {
        if self.is_empty() {
            return Abs::zero();
        }
        let lines = self.rows.iter().map(|(note, row)| first_line(flow, *note, &row.parts));
        frame_height(self.rows.len(), area) + lines.sum::<Abs>()
    }

    /// Splits the foot so that the first part is not higher than `room`. As far as there is room, every note has its
    /// first line in it.
    pub(super) fn split(&self, flow: &Flow, area: &NoteArea, room: Abs) -> Split {
        // The room that the first lines of the notes still to come take.
        let mut kept = Vec::with_capacity(self.rows.len());
        let mut sum = Abs::zero();
        for (note, row) in self.rows.iter().rev() {
            kept.push(sum);
            sum += first_line(flow, *note, &row.parts) + area.between;
        }
        let all_start = self.least_height(flow, area) <= room + ROUNDING;
        let mut left = room - overhead(area);
        let mut split = Split {
            head: Foot::default(),
            rest: Foot::default(),
            late: false,
        };
        for ((note, row), kept) in self.rows.iter().zip(kept.into_iter().rev()) {
            let gap = if split.head.is_empty() {
                Abs::zero()
            } else {
                area.between
            };
            let kept = if all_start { kept } else { Abs::zero() };
            let (fits, rests) = if all_start || split.rest.is_empty() {
                split_row(flow, *note, &row.parts, left - gap - kept)
            } else {
                (vec![None; row.parts.len()], row.parts.clone())
            };
            let starts = |parts: &[Option<NotePart>]| parts.iter().flatten().any(|part| part.from == 0);
            split.late |= starts(&rests);
            let before = split.head.height;
            split.head.push(flow, *note, fits);
            let taken = split.head.height - before;
            left -= if taken > Abs::zero() { gap + taken } else { Abs::zero() };
            split.rest.push(flow, *note, rests);
        }
        split
    }

    /// Splits the foot for a page of notes alone, with a line on it at the least, even one that is higher than the page.
    pub(super) fn split_whatever(&self, flow: &Flow, area: &NoteArea, room: Abs) -> (Foot, Foot) {
        let split = self.split(flow, area, room);
        if !split.head.is_empty() {
            return (split.head, split.rest);
        }
        let (mut head, mut rest) = (Foot::default(), Foot::default());
        for (index, (note, row)) in self.rows.iter().enumerate() {
            if index > 0 {
                rest.push(flow, *note, row.parts.clone());
                continue;
            }
            let first = |part: &NotePart| NotePart {
                from: part.from,
                to: (part.from + 1).min(part.to),
            };
            let after = |part: NotePart| {
                (part.from + 1 < part.to).then_some(NotePart {
                    from: part.from + 1,
                    to: part.to,
                })
            };
            head.push(
                flow,
                *note,
                row.parts.iter().map(|part| part.as_ref().map(first)).collect(),
            );
            rest.push(flow, *note, row.parts.iter().map(|part| part.and_then(after)).collect());
        }
        (head, rest)
    }
}

/// What the rule and the spaces round it take.
fn overhead(area: &NoteArea) -> Abs {
    area.above + area.below_rule
}

/// What stands round `count` notes, which is at least one, and between them.
fn frame_height(count: usize, area: &NoteArea) -> Abs {
    overhead(area) + area.between * (count - 1) as f64
}

fn cell(flow: &Flow, column: usize, note: usize) -> Option<&FlowCell> {
    flow.notes.get(column)?.get(note)
}

fn part_height(cell: &FlowCell, part: NotePart) -> Abs {
    if part.from < part.to {
        cell.units[part.to - 1].bottom - cell.units[part.from].top
    } else {
        Abs::zero()
    }
}

fn row_height(flow: &Flow, note: usize, parts: &[Option<NotePart>]) -> Abs {
    let heights = parts.iter().enumerate().filter_map(|(column, part)| {
        let cell = cell(flow, column, note)?;
        part.map(|part| part_height(cell, part))
    });
    heights.fold(Abs::zero(), Abs::max)
}

/// The height of the first lines of the parts.
fn first_line(flow: &Flow, note: usize, parts: &[Option<NotePart>]) -> Abs {
    let first = |part: &NotePart| NotePart {
        from: part.from,
        to: (part.from + 1).min(part.to),
    };
    row_height(
        flow,
        note,
        &parts.iter().map(|part| part.as_ref().map(first)).collect::<Vec<_>>(),
    )
}

type Parts = Vec<Option<NotePart>>;

/// What fits of the notes of one number, and what does not.
fn split_row(flow: &Flow, note: usize, parts: &[Option<NotePart>], room: Abs) -> (Parts, Parts) {
    let mut fits = vec![None; parts.len()];
    let mut rests = vec![None; parts.len()];
    for (column, part) in parts.iter().enumerate() {
        let (Some(part), Some(cell)) = (part, cell(flow, column, note)) else {
            continue;
        };
        let fitting = cell.units[part.from..part.to]
            .partition_point(|unit| unit.bottom - cell.units[part.from].top <= room + ROUNDING);
        let end = part.from + fitting;
        // A note of no line fits everywhere.
        if fitting > 0 || part.from == part.to {
            fits[column] = Some(NotePart {
                from: part.from,
                to: end,
            });
        }
        if end < part.to {
            rests[column] = Some(NotePart { from: end, to: part.to });
        }
    }
    (fits, rests)
}
