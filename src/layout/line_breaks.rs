//! Lines that end elsewhere.

use super::align::Pair;
use super::case::Case;
use super::difference::{Kind, Level};
use super::text::{Paragraph, Zone};

/// More paragraphs than this that another program broke elsewhere are told as one.
const MANY: usize = 8;

/// A paragraph whose lines break elsewhere.
struct Broken {
    pair: usize,
    /// How many lines.
    lines: usize,
    /// What is told of the first.
    told: String,
    /// The lines from there on.
    reference: Vec<usize>,
    actual: Vec<usize>,
}

/// Finds paragraphs whose lines break elsewhere.
pub(super) fn find(case: &mut Case<'_>) {
    let (mut broken, mut compared) = (Vec::new(), 0);
    for number in 0..case.alignment.pairs.len() {
        let pair = &case.alignment.pairs[number];
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        if a.zone == Zone::Furniture {
            continue;
        }
        compared += usize::from(a.lines.len().max(b.lines.len()) > 1);
        let differing = differing(pair, a, b);
        let Some(first) = differing.first().copied() else {
            continue;
        };
        if let Some(cause) = case.explained[number] {
            case.fold_breaks(cause, differing.len());
            case.touch_pair(cause, number);
            continue;
        }
        let told = match (end(a, first), end(b, first)) {
            (Some(ours), Some(theirs)) => format!("{ours} in the reference, {theirs} here"),
            (Some(ours), None) => format!("{ours} in the reference, and does not here"),
            (None, Some(theirs)) => format!("{theirs} here, not in the reference"),
            (None, None) => continue,
        };
        let touched = |p: &Paragraph| p.lines[first.min(p.lines.len()).saturating_sub(1)..].to_vec();
        broken.push(Broken {
            pair: number,
            lines: differing.len(),
            told,
            reference: touched(a),
            actual: touched(b),
        });
    }
    if case.is_coarse() && broken.len() > MANY {
        return tell_many(case, &broken, compared);
    }
    for one in broken {
        let name = case.name(case.actual, case.alignment.pairs[one.pair].actual);
        let message = format!("{name} breaks {}", one.told);
        let finding = case.add(Level::Lines, Kind::LineBreak, message, &one.reference, &one.actual);
        case.fold_breaks(finding, one.lines - 1);
        case.touch_pair(finding, one.pair);
    }
}

/// Another program breaks most lines elsewhere: that is one difference.
fn tell_many(case: &mut Case<'_>, broken: &[Broken], compared: usize) {
    let Some(first) = broken.first() else { return };
    let lines: usize = broken.iter().map(|one| one.lines).sum();
    let name = case.name(case.actual, case.alignment.pairs[first.pair].actual);
    let message = format!(
        "{lines} lines break elsewhere in {} of {compared} paragraphs: {name}, the first, breaks {}",
        broken.len(),
        first.told
    );
    let all = |lines: fn(&Broken) -> &Vec<usize>| -> Vec<usize> { broken.iter().flat_map(lines).copied().collect() };
    let (a, b) = (all(|one| &one.reference), all(|one| &one.actual));
    let finding = case.add(Level::Lines, Kind::LineBreak, message, &a, &b);
    let pairs: Vec<usize> = broken.iter().map(|one| one.pair).collect();
    case.touch_pairs(finding, &pairs);
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
