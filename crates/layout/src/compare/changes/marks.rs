//! Marks of notes that are not what or where they were.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::change::{Change, MarkFate, Presence};
use super::super::matched::Matched;
use super::super::options::Side;
use crate::text::{LinePart, Paragraph, Text, Zone};

/// A mark that is not what or where it was.
#[derive(Debug)]
pub(in super::super) struct MarkChange {
    pub(in super::super) change: Change,
    /// The pair of its paragraph, and that of the paragraph that it came from.
    pub(in super::super) pairs: Vec<usize>,
    /// The note that came or went and took it along, with its language.
    pub(in super::super) with_note: Option<(String, usize)>,
    /// The mark in the reference, or the place where it would stand.
    pub(in super::super) reference: Vec<LinePart>,
    /// The mark on the other side, or the place where it would stand.
    pub(in super::super) actual: Vec<LinePart>,
}

/// What differs in the marks.
#[derive(Debug, Default)]
pub(in super::super) struct Marks {
    pub(in super::super) changes: Vec<MarkChange>,
    /// The pairs that have marks of other numbers, whatever the reason.
    pub(in super::super) renumbered: Vec<usize>,
}

/// What is known of notes and paragraphs before marks are looked at.
#[derive(Debug, Default)]
pub(in super::super) struct Structure {
    /// Whether paragraphs or notes came, went or moved.
    pub(in super::super) is_changed: bool,
    /// The notes that one side has alone, with their languages.
    pub(in super::super) one_sided: FxHashSet<(String, usize)>,
}

/// A mark that only one side has: the pair of its paragraph, the word of the other layout that it stands behind or would
/// stand behind, the number of its note there, and the mark itself on the side that has it.
#[derive(Debug, Clone, Copy)]
struct MarkPlace {
    pair: usize,
    at: usize,
    note: usize,
    part: LinePart,
}

/// Finds marks that are not what or where they were.
pub(in super::super) fn find(matched: &Matched<'_>, structure: &Structure) -> Marks {
    if is_blind(matched.reference) || is_blind(matched.actual) {
        return Marks::default();
    }
    let (same, kept) = same_notes(matched);
    let mut finder = Finder {
        matched,
        structure,
        same,
        kept,
        marks: Marks::default(),
        lost: Vec::new(),
        found: Vec::new(),
    };
    matched.pairs().for_each(|pair| finder.with_notes(pair));
    matched.pairs().for_each(|pair| finder.in_pair(pair));
    finder.between_pairs();
    finder.marks
}

/// Whether a layout does not tell the marks that it may have: a PDF with notes and without any mark that was known, or a
/// part of a layout.
fn is_blind(text: &Text<'_>) -> bool {
    let has_marks = text.paragraphs.iter().any(|p| !p.marks.is_empty());
    let has_notes = || text.paragraphs.iter().any(|p| p.zone == Zone::Notes);
    !has_marks && (text.layout.partial || text.layout.from_pdf && has_notes())
}

/// A note, by its language and its number.
type Note = (String, usize);

/// The number on the other side of each note of the reference that both have, and those notes of the other side.
fn same_notes(matched: &Matched<'_>) -> (FxHashMap<Note, usize>, FxHashSet<Note>) {
    let note = |pair| {
        let (a, b) = matched.both(pair);
        let (old, new) = (a.note()?, b.note()?);
        Some((((a.language.clone(), old), new), (a.language.clone(), new)))
    };
    matched.pairs().filter_map(note).unzip()
}

struct Finder<'a> {
    matched: &'a Matched<'a>,
    structure: &'a Structure,
    same: FxHashMap<Note, usize>,
    kept: FxHashSet<Note>,
    marks: Marks,
    lost: Vec<MarkPlace>,
    found: Vec<MarkPlace>,
}

impl Finder<'_> {
    fn is_kept(&self, language: &str, note: usize) -> bool {
        self.kept.contains(&(language.to_owned(), note))
    }

    /// Marks that came or went with their notes.
    fn with_notes(&mut self, pair: usize) {
        let (a, b) = self.matched.both(pair);
        let numbers = |p: &'_ Paragraph| p.marks.iter().map(|(_, note)| *note).collect::<Vec<_>>();
        if numbers(a) == numbers(b) {
            return;
        }
        self.marks.renumbered.push(pair);
        let language = a.language.clone();
        let changes = &self.matched.alignment.pairs[pair];
        let mut found = Vec::new();
        for (at, note, part) in a.marks_in_lines() {
            if !self.same.contains_key(&(language.clone(), note)) {
                let place = changes.boundary(at).and_then(|at| b.place_behind(at));
                found.push((note, Presence::Removed, Some(part), place));
            }
        }
        for (at, note, part) in b.marks_in_lines() {
            if !self.is_kept(&language, note) {
                let place = changes.boundary_back(at).and_then(|at| a.place_behind(at));
                found.push((note, Presence::Added, place, Some(part)));
            }
        }
        for (note, presence, reference, actual) in found {
            let change = Change::Mark {
                paragraph: self.matched.subject_of(pair),
                note,
                fate: MarkFate::WithNote(presence),
                after: None,
            };
            self.marks.changes.push(MarkChange {
                change,
                pairs: vec![pair],
                with_note: Some((language.clone(), note)),
                reference: Vec::from_iter(reference),
                actual: Vec::from_iter(actual),
            });
        }
    }

    /// Marks that stand elsewhere in their paragraph; those that only one side of it has are kept for later.
    fn in_pair(&mut self, pair: usize) {
        let (a, b) = self.matched.both(pair);
        let language = a.language.as_str();
        let mut come: Vec<MarkPlace> = (b.marks_in_lines())
            .filter(|(_, note, _)| self.is_kept(language, *note))
            .map(|(at, note, part)| MarkPlace { pair, at, note, part })
            .collect();
        let mut gone: Vec<MarkPlace> = Vec::new();
        for (at, note, part) in a.marks_in_lines() {
            let is = self.same.get(&(language.to_owned(), note));
            let (Some(at), Some(is)) = (self.matched.alignment.pairs[pair].boundary(at), is) else {
                continue;
            };
            // Where notes are counted anew, a mark may have kept its number.
            let is_same = |place: &MarkPlace| place.note == *is || self.structure.is_changed && place.note == note;
            match come.iter().position(|place| place.at == at && is_same(place)) {
                Some(there) => {
                    come.remove(there);
                }
                None => gone.push(MarkPlace {
                    pair,
                    at,
                    note: *is,
                    part,
                }),
            }
        }
        for place in gone {
            self.one_gone(place, b, &mut come);
        }
        self.found.extend(come);
    }

    /// What became of a mark that a paragraph of the reference has and the same one on the other side has not there.
    fn one_gone(&mut self, place: MarkPlace, b: &Paragraph, come: &mut Vec<MarkPlace>) {
        // Where the mark of a note that only one side has stands in its place, that note is why.
        let is_alone = |note: usize| self.structure.one_sided.contains(&(b.language.clone(), note));
        let in_its_place = (b.marks_in_lines())
            .find(|(there, note, _)| *there == place.at && !self.is_kept(&b.language, *note) && is_alone(*note));
        if let Some((_, new, part)) = in_its_place {
            let with_note = Some((b.language.clone(), new));
            let fate = MarkFate::ReplacedBy(new);
            return self.add(place, (Some(place), Some(MarkPlace { part, ..place })), fate, with_note);
        }
        let of_note = come.iter().position(|other| other.note == place.note);
        let there = come.iter().position(|other| other.at == place.at);
        if let Some(other) = of_note.map(|other| come.remove(other)) {
            self.add(other, (Some(place), Some(other)), MarkFate::Shifted, None);
        } else if let Some(other) = there.map(|there| come.remove(there)) {
            let fate = MarkFate::Became(other.note);
            self.add(place, (Some(place), Some(other)), fate, None);
        } else {
            self.lost.push(place);
        }
    }

    /// What is gone in one paragraph and has come in another one was moved.
    fn between_pairs(&mut self) {
        for gone in std::mem::take(&mut self.lost) {
            let language = |place: &MarkPlace| self.matched.both(place.pair).1.language.as_str();
            let is_same = |come: &MarkPlace| come.note == gone.note && language(come) == language(&gone);
            match self.found.iter().position(is_same) {
                Some(at) => {
                    let come = self.found.remove(at);
                    let from = self.matched.subject_of(gone.pair);
                    self.add(come, (Some(gone), Some(come)), MarkFate::MovedFrom(from), None);
                }
                None => self.add(gone, (Some(gone), None), MarkFate::Lone(Presence::Removed), None),
            }
        }
        for come in std::mem::take(&mut self.found) {
            self.add(come, (None, Some(come)), MarkFate::Lone(Presence::Added), None);
        }
    }

    /// Adds what became of a mark that is told at a place. Where a side has none, the place is meant where it would stand.
    fn add(
        &mut self,
        place: MarkPlace,
        (gone, come): (Option<MarkPlace>, Option<MarkPlace>),
        fate: MarkFate,
        with_note: Option<(String, usize)>,
    ) {
        let paragraph = self.matched.of_pair(Side::Actual, place.pair);
        let (a, b) = self.matched.both(place.pair);
        let in_reference = || {
            let behind = self.matched.alignment.pairs[place.pair].boundary_back(place.at);
            behind.and_then(|at| a.place_behind(at))
        };
        let reference = gone.map(|gone| gone.part).or_else(in_reference);
        let actual = come.map(|come| come.part).or_else(|| b.place_behind(place.at));
        let mut pairs: Vec<usize> = gone.iter().chain(&come).map(|place| place.pair).collect();
        pairs.dedup();
        let before = self.matched.actual.paragraphs[paragraph].before(place.at);
        self.marks.changes.push(MarkChange {
            change: Change::Mark {
                paragraph: self.matched.subject(Side::Actual, paragraph),
                note: place.note,
                fate,
                after: before.map(str::to_owned),
            },
            pairs,
            with_note,
            reference: Vec::from_iter(reference),
            actual: Vec::from_iter(actual),
        });
    }
}
