//! Words that differ in a paragraph of both sides.

use super::super::change::{Beside, Change};
use super::super::matched::Matched;
use super::Found;
use crate::align;
use crate::text::Zone;

/// More changes than this in one paragraph are told as one.
const REWRITTEN: usize = 6;

/// Finds words that differ, each with its pair.
pub(in super::super) fn find(matched: &Matched<'_>) -> Vec<(usize, Found)> {
    let in_text = |pair: &usize| matched.both(*pair).0.zone != Zone::Furniture;
    let of_pair = |pair| in_pair(matched, pair).into_iter().map(move |found| (pair, found));
    matched.pairs().filter(in_text).flat_map(of_pair).collect()
}

fn in_pair(matched: &Matched<'_>, pair: usize) -> Vec<Found> {
    let changes = &matched.alignment.pairs[pair].changes;
    let (a, b) = matched.both(pair);
    if changes.len() > REWRITTEN {
        let change = Change::Rewritten {
            paragraph: matched.subject_of(pair),
            places: changes.len(),
            removed: changes.iter().map(|c| c.reference.1 - c.reference.0).sum(),
            added: changes.iter().map(|c| c.actual.1 - c.actual.0).sum(),
        };
        return vec![Found::new(change, a.lines.clone(), b.lines.clone())];
    }
    let found = |change: &align::Change| {
        let told = words(matched, pair, change);
        Found::of_parts(told, a.parts(change.reference), b.parts(change.actual))
    };
    changes.iter().map(found).collect()
}

fn words(matched: &Matched<'_>, pair: usize, change: &align::Change) -> Change {
    let (a, b) = matched.both(pair);
    Change::Words {
        paragraph: matched.subject_of(pair),
        removed: a.texts(change.reference),
        added: b.texts(change.actual),
        beside: match (b.before(change.actual.0), b.words.get(change.actual.1)) {
            (Some(before), _) => Beside::After(before.to_owned()),
            (None, Some(after)) => Beside::Before(after.text.clone()),
            (None, None) => Beside::Alone,
        },
    }
}
