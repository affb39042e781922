//! Paragraphs that are counted otherwise, and other labels.

use crate::text::zero_of;
use rustc_hash::FxHashMap;

use super::align::Pair;
use super::case::Case;
use super::difference::{Kind, Level};
use super::text::{Text, Zone};

/// Finds paragraphs of other numbers and other labels; `structural` where paragraphs were added, removed or moved.
pub(super) fn find(case: &mut Case<'_>, structural: bool) {
    let mut renamed: FxHashMap<(Zone, String), Vec<usize>> = FxHashMap::default();
    for (number, pair) in case.alignment.pairs.iter().enumerate() {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        if a.name != b.name && !pair.moved && case.explained[number].is_none() {
            renamed.entry((a.zone, a.language.clone())).or_default().push(number);
        }
    }
    let mut groups: Vec<_> = renamed.into_iter().collect();
    groups.sort();
    for ((zone, language), list) in groups {
        let told = |text: &Text<'_>, of: fn(&Pair) -> usize| {
            range(
                &list
                    .iter()
                    .map(|n| text.paragraphs[of(&case.alignment.pairs[*n])].name.as_str())
                    .collect::<Vec<_>>(),
            )
        };
        let (old, new) = (told(case.reference, |p| p.reference), told(case.actual, |p| p.actual));
        let verb = if list.len() == 1 { "is" } else { "are" };
        let message = format!("{old} {verb} {new}");
        let first = list[0];
        let cause = structural
            .then(|| structural_cause(case, zone, &language, first))
            .flatten();
        match cause {
            // Another label is of another width, so that lines may break elsewhere.
            Some(cause) => {
                case.follow(cause, message);
                case.touch_pairs(cause, &list);
            }
            None => {
                let lines = |text: &Text<'_>, of: fn(&Pair) -> usize| -> Vec<usize> {
                    list.iter()
                        .flat_map(|n| text.paragraphs[of(&case.alignment.pairs[*n])].lines.clone())
                        .collect()
                };
                let (a, b) = (lines(case.reference, |p| p.reference), lines(case.actual, |p| p.actual));
                case.add(Level::Text, Kind::Label, format!("{message} here"), &a, &b);
            }
        }
    }
    labels(case);
}

/// The last paragraph that was added, removed or moved before a pair in its zone.
fn structural_cause(case: &Case<'_>, zone: Zone, language: &str, number: usize) -> Option<usize> {
    let pair = &case.alignment.pairs[number];
    let page = case.actual.first_page(pair.actual);
    let candidates = case.events.iter().filter(|event| event.language == language);
    let of_zone = |finding: usize| {
        let is_note = zone == Zone::Notes;
        case.message(finding).starts_with("note") == is_note
    };
    let mut best = None;
    for event in candidates {
        if of_zone(event.finding) && (best.is_none() || event.actual.0 <= page) {
            best = Some(event.finding);
        }
    }
    best.or_else(|| case.events.first().map(|event| event.finding))
}

/// Names from the first to the last: `operative 7 to 19`, `notes 4 to 7`.
pub(super) fn range(all: &[&str]) -> String {
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return String::new();
    };
    if all.len() == 1 {
        return (*first).to_owned();
    }
    match (first.rsplit_once(' '), last.rsplit_once(' ')) {
        (Some(("note", a)), Some(("note", b))) => {
            let joint = if all.len() == 2 { "and" } else { "to" };
            format!("notes {a} {joint} {b}")
        }
        (Some((kind, a)), Some((other, b))) if kind == other => format!("{kind} {a} to {b}"),
        _ => format!("{first} to {last}"),
    }
}

fn labels(case: &mut Case<'_>) {
    // Labels that are written otherwise in one way are told together.
    let mut ways: Vec<((Zone, String, String), Vec<usize>)> = Vec::new();
    for (number, pair) in case.alignment.pairs.iter().enumerate() {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        // Who reads a PDF does not always know what a label is.
        let known = !a.label.is_empty() && !b.label.is_empty();
        // Another number comes of a paragraph before it, and is told of its name.
        let is_same_number = a.name == b.name || pattern(&a.label) != pattern(&b.label);
        if !known || a.label == b.label || !is_same_number {
            continue;
        }
        let way = (a.zone, pattern(&a.label), pattern(&b.label));
        let is_style = way.1 != way.2;
        match ways.iter_mut().find(|(other, _)| is_style && *other == way) {
            Some((_, list)) => list.push(number),
            None => ways.push((way, vec![number])),
        }
    }
    for (_, list) in ways {
        let pairs: Vec<&Pair> = list.iter().map(|n| &case.alignment.pairs[*n]).collect();
        let (a, b) = (
            &case.reference.paragraphs[pairs[0].reference],
            &case.actual.paragraphs[pairs[0].actual],
        );
        let message = if list.len() == 1 {
            let name = case.name(case.actual, pairs[0].actual);
            format!("the label of {name} is `{}`, in the reference `{}`", b.label, a.label)
        } else {
            let all: Vec<&str> = pairs
                .iter()
                .map(|p| case.actual.paragraphs[p.actual].name.as_str())
                .collect();
            let what = range(&all);
            format!(
                "the labels of {what} are written as `{}`, in the reference as `{}`",
                b.label, a.label
            )
        };
        let lines = |text: &Text<'_>, of: fn(&Pair) -> usize| -> Vec<usize> {
            pairs
                .iter()
                .filter_map(|pair| text.paragraphs[of(pair)].lines.first().copied())
                .collect()
        };
        let (a, b) = (lines(case.reference, |p| p.reference), lines(case.actual, |p| p.actual));
        case.add(Level::Text, Kind::Label, message, &a, &b);
    }
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
