//! Paragraphs that are counted otherwise, and labels that are written otherwise.

use super::super::change::Change;
use super::super::matched::Matched;
use super::super::options::Side;
use super::Found;
use crate::text::{LinePart, Zone};
use qarar_text::zero_of;

/// Pairs with another name on the other side that stand where they stood, by zone and language; only those that are `open`.
pub(in super::super) fn renamed(
    matched: &Matched<'_>,
    open: impl Fn(usize) -> bool,
) -> Vec<(Zone, String, Vec<usize>)> {
    let mut groups: Vec<(Zone, String, Vec<usize>)> = Vec::new();
    for pair in matched.pairs() {
        let (a, b) = matched.both(pair);
        if a.name == b.name || matched.alignment.pairs[pair].moved || !open(pair) {
            continue;
        }
        match groups
            .iter_mut()
            .find(|(zone, language, _)| (*zone, language) == (a.zone, &a.language))
        {
            Some((.., list)) => list.push(pair),
            None => groups.push((a.zone, a.language.clone(), vec![pair])),
        }
    }
    groups.sort();
    groups
}

/// That pairs are counted otherwise.
pub(in super::super) fn counted_otherwise(matched: &Matched<'_>, pairs: &[usize]) -> Change {
    let mut names: Vec<(String, String)> = (pairs.iter())
        .map(|pair| matched.both(*pair))
        .map(|(a, b)| (a.name.row(), b.name.row()))
        .collect();
    names.dedup();
    let (old, new) = names.into_iter().unzip();
    Change::Renamed { old, new }
}

/// Finds labels that are written otherwise. Those that changed in one way are one difference.
pub(in super::super) fn labels(matched: &Matched<'_>) -> Vec<Found> {
    let mut ways: Vec<((Zone, String, String), Vec<usize>)> = Vec::new();
    for pair in matched.pairs() {
        let (a, b) = matched.both(pair);
        // What was read from a PDF has no label where none was known.
        let known = !a.label.is_empty() && !b.label.is_empty();
        // Another number comes of a paragraph before it, and is told of its name.
        let is_same_number = a.name == b.name || form(&a.label) != form(&b.label);
        if !known || a.label == b.label || !is_same_number {
            continue;
        }
        let way = (a.zone, pattern(&a.label), pattern(&b.label));
        let is_style = way.1 != way.2;
        match ways.iter_mut().find(|(other, _)| is_style && *other == way) {
            Some((_, list)) => list.push(pair),
            None => ways.push((way, vec![pair])),
        }
    }
    ways.iter()
        .map(|(_, pairs)| written_otherwise(matched, pairs))
        .collect()
}

fn written_otherwise(matched: &Matched<'_>, pairs: &[usize]) -> Found {
    let (a, b) = matched.both(pairs[0]);
    let firsts = |side| {
        let label = |pair: &usize| {
            let paragraph = &matched.text(side).paragraphs[matched.of_pair(side, *pair)];
            Some(LinePart {
                line: *paragraph.lines.first()?,
                from: 0,
                to: paragraph.label.chars().count(),
            })
        };
        pairs.iter().filter_map(label).collect()
    };
    let change = Change::Labels {
        paragraphs: pairs.iter().map(|pair| matched.subject_of(*pair)).collect(),
        old: a.label.clone(),
        new: b.label.clone(),
    };
    Found::of_parts(change, firsts(Side::Reference), firsts(Side::Actual))
}

/// How a label is written, whatever its number or letter.
fn form(label: &str) -> String {
    let mut form = String::new();
    for c in pattern(label).chars() {
        let c = match c {
            c if c.is_lowercase() => 'a',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'ا',
            c => c,
        };
        if !(c.is_alphabetic() && form.ends_with(c)) {
            form.push(c);
        }
    }
    form
}

/// How a label is written, whatever its number: digits of a script are one.
fn pattern(label: &str) -> String {
    let mut pattern = String::new();
    for c in label.chars() {
        let c = match c {
            '\u{a0}' => ' ',
            c => zero_of(c).unwrap_or(c),
        };
        if !(c.is_numeric() && pattern.ends_with(c)) {
            pattern.push(c);
        }
    }
    pattern
}
