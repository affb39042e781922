//! Paragraphs, notes, words, labels and marks.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::change::{Change, MarkFate};
use super::super::changes::marks::{self, MarkChange, Marks, Structure};
use super::super::changes::{Found, labels, one_sided, order, words};
use super::super::options::Side;
use super::explanation::{Event, Explanation, Number, Structural};
use crate::text::Paragraph;

/// Explains what differs in the text.
pub(super) fn explain(explanation: &mut Explanation<'_>) {
    let structure = structure(explanation);
    for (pair, found) in words::find(explanation.matched) {
        let finding = explanation.add(found);
        explanation.touch(finding, &[pair]);
    }
    names(explanation, structure.is_changed);
    for found in labels::labels(explanation.matched) {
        explanation.add(found);
    }
    let Marks { changes, renumbered } = marks::find(explanation.matched, &structure);
    marks(explanation, changes, &renumbered);
    tables(explanation);
}

/// The columns of a table are as wide as its words ask for: where some of these changed, the other cells may stand elsewhere.
fn tables(explanation: &mut Explanation<'_>) {
    let matched = explanation.matched;
    let key = |paragraph: &Paragraph| Some((paragraph.name.table()?.to_owned(), paragraph.language.clone()));
    let mut changed: FxHashMap<(String, String), Option<Number>> = FxHashMap::default();
    for pair in 0..matched.pairs().len() {
        if let (Some(table), Some(cause)) = (key(matched.both(pair).0), explanation.of_pair(pair)) {
            changed.entry(table).or_insert(Some(cause));
        }
    }
    // Rows that came or went.
    for side in Side::BOTH {
        let alone = matched.alone(side).iter();
        let tables = alone.filter_map(|paragraph| key(&matched.text(side).paragraphs[*paragraph]));
        tables.for_each(|table| {
            changed.entry(table).or_insert(None);
        });
    }
    for pair in 0..matched.pairs().len() {
        let a = matched.both(pair).0;
        let Some(cause) = key(a).and_then(|table| changed.get(&table)) else {
            continue;
        };
        if let Some(cause) = cause.or_else(|| explanation.counting_cause(a.zone, &a.language, pair)) {
            explanation.explain(cause, pair);
        }
    }
}

/// Paragraphs and notes that moved, came or went: they are causes.
fn structure(explanation: &mut Explanation<'_>) -> Structure {
    let matched = explanation.matched;
    let mut structure = Structure::default();
    for order in order::find(matched) {
        let (reference, actual) = matched.lines_of(&order.pairs);
        let found = Found::new(order.change, reference, actual);
        let structural = Structural {
            zone: order.zone,
            language: order.language,
            notes: order.notes,
        };
        let finding = explanation.add_structural(found, structural);
        order.pairs.iter().for_each(|pair| explanation.touch(finding, &[*pair]));
        structure.is_changed = true;
    }
    for run in one_sided::find(matched) {
        let notes: FxHashSet<(String, usize)> = run.notes.iter().map(|note| (run.language.clone(), *note)).collect();
        structure.one_sided.extend(notes);
        structure.is_changed = true;
        one_side(explanation, run);
    }
    // Pairs that moved without being told count as well.
    structure.is_changed |= matched.alignment.pairs.iter().any(|pair| pair.moved);
    structure
}

fn one_side(explanation: &mut Explanation<'_>, run: one_sided::OneSided) {
    let (reference, actual) = run.side.in_order(run.lines, Vec::new());
    let found = Found::new(run.change, reference, actual);
    let structural = Structural {
        zone: run.zone,
        language: run.language,
        notes: run.notes,
    };
    let finding = explanation.add_structural(found, structural);
    explanation.events.push(Event {
        finding,
        reference: run.reference,
        actual: run.actual,
        takes_room: true,
    });
    if !run.notes_too.is_empty() {
        let consequence = Change::NotesToo {
            presence: run.side.presence(),
            notes: run.notes_too,
        };
        explanation.follow(finding, consequence);
    }
}

/// Paragraphs that are counted otherwise, since one before them came, went or moved.
fn names(explanation: &mut Explanation<'_>, is_changed: bool) {
    let matched = explanation.matched;
    let renamed = labels::renamed(matched, |pair| explanation.of_pair(pair).is_none());
    for (zone, language, pairs) in renamed {
        let change = labels::counted_otherwise(matched, &pairs);
        let cause = is_changed
            .then(|| explanation.counting_cause(zone, &language, pairs[0]))
            .flatten();
        match cause {
            // Another label is of another width, so that lines may break elsewhere.
            Some(cause) => {
                explanation.follow(cause, change);
                explanation.touch(cause, &pairs);
            }
            None => {
                let (reference, actual) = matched.lines_of(&pairs);
                explanation.add(Found::new(change, reference, actual));
            }
        }
    }
}

/// Marks follow their notes. A paragraph that got or lost one, or has one of another number, has other lines.
fn marks(explanation: &mut Explanation<'_>, changes: Vec<MarkChange>, renumbered: &[usize]) {
    let is_with_note = |change: &MarkChange| {
        matches!(
            change.change,
            Change::Mark {
                fate: MarkFate::WithNote(_),
                ..
            }
        )
    };
    let (with_notes, others): (Vec<MarkChange>, Vec<MarkChange>) = changes.into_iter().partition(is_with_note);
    with_notes.into_iter().for_each(|change| mark(explanation, change));
    for pair in renumbered {
        let language = &explanation.matched.both(*pair).0.language;
        if let Some(cause) = explanation.note_cause(language, None) {
            explanation.touch(cause, &[*pair]);
        }
    }
    others.into_iter().for_each(|change| mark(explanation, change));
}

fn mark(explanation: &mut Explanation<'_>, change: MarkChange) {
    let note = change.with_note.as_ref();
    let cause = note.and_then(|(language, note)| explanation.note_cause(language, Some(*note)));
    if let Some(cause) = cause {
        explanation.follow(cause, change.change);
        return explanation.touch(cause, &change.pairs);
    }
    let finding = explanation.add(Found::of_parts(change.change, change.reference, change.actual));
    change
        .pairs
        .iter()
        .for_each(|pair| explanation.touch(finding, &[*pair]));
}
