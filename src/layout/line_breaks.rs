//! Lines that end elsewhere.

use super::align::Pair;
use super::compare::Case;
use super::difference::{Kind, Level};
use super::text::{Paragraph, Zone};

/// Finds paragraphs whose lines break elsewhere.
pub(super) fn find(case: &mut Case<'_>) {
    for number in 0..case.alignment.pairs.len() {
        let pair = &case.alignment.pairs[number];
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        if a.zone == Zone::Furniture {
            continue;
        }
        let differing = differing(pair, a, b);
        let Some(first) = differing.first().copied() else {
            continue;
        };
        if let Some(cause) = case.explained[number] {
            case.fold_breaks(cause, differing.len());
            case.touch_pair(cause, number);
            continue;
        }
        let name = case.name(case.actual, pair.actual);
        let message = match (end(a, first), end(b, first)) {
            (Some(ours), Some(theirs)) => format!("{name} breaks {ours} in the reference, {theirs} here"),
            (Some(ours), None) => format!("{name} breaks {ours} in the reference, and does not here"),
            (None, Some(theirs)) => format!("{name} breaks {theirs} here, not in the reference"),
            (None, None) => continue,
        };
        let touched = |p: &Paragraph| p.lines[first.min(p.lines.len()).saturating_sub(1)..].to_vec();
        let (x, y) = (touched(a), touched(b));
        let finding = case.add(Level::Lines, Kind::LineBreak, message, &x, &y);
        case.fold_breaks(finding, differing.len() - 1);
        case.touch_pair(finding, number);
    }
}

/// Where a line ends, in words; `None` where the paragraph has no such line.
fn end(paragraph: &Paragraph, next: usize) -> Option<String> {
    let start = *paragraph.starts.get(next)?;
    let inside = paragraph.words.get(start).is_some_and(|word| word.broken) && next > 0;
    match (inside, paragraph.words.get(start), paragraph.before(start)) {
        (true, Some(word), _) => Some(format!("inside `{}`", word.text)),
        (_, _, Some(before)) => Some(format!("after `{before}`")),
        _ => None,
    }
}

/// The places of the lines, from the second on, that do not start where the same line of the other side does. The first
/// is the same place on both sides; the number of the others is that of the breaks that only the reference has, or those
/// that only the other side has where these are more.
fn differing(pair: &Pair, a: &Paragraph, b: &Paragraph) -> Vec<usize> {
    let break_at = |p: &Paragraph, start: usize| (start, p.words.get(start).is_some_and(|word| word.broken));
    let ours: Vec<Option<(usize, bool)>> = a.starts[1..]
        .iter()
        .map(|start| pair.boundary(*start).map(|at| (at, break_at(a, *start).1)))
        .collect();
    let theirs: Vec<(usize, bool)> = b.starts[1..].iter().map(|start| break_at(b, *start)).collect();
    let lost = ours
        .iter()
        .filter(|at| at.is_none_or(|at| theirs.binary_search(&at).is_err()))
        .count();
    let new = theirs.iter().filter(|at| !ours.contains(&Some(**at))).count();
    if lost == 0 && new == 0 {
        return Vec::new();
    }
    let longest = ours.len().max(theirs.len());
    let first = (0..longest)
        .find(|at| ours.get(*at).copied().flatten() != theirs.get(*at).copied())
        .unwrap_or(0);
    (0..lost.max(new)).map(|step| first + 1 + step).collect()
}
