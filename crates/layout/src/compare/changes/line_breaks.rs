//! Lines that end elsewhere.

use super::super::change::{Break, Change, LineEnd};
use super::super::matched::Matched;
use super::Found;
use crate::align::Pair;
use crate::text::{Paragraph, Zone};

/// A paragraph whose lines break elsewhere.
#[derive(Debug)]
pub(in super::super) struct Broken {
    pub(in super::super) pair: usize,
    /// How many lines.
    pub(in super::super) lines: usize,
    /// Where the first of them ends; `None` where nothing can be said of it.
    end: Option<Break>,
    /// The lines from there on.
    reference: Vec<usize>,
    actual: Vec<usize>,
}

/// Finds paragraphs whose lines break elsewhere.
pub(in super::super) fn find(matched: &Matched<'_>) -> Vec<Broken> {
    let in_text = |pair: &usize| matched.both(*pair).0.zone != Zone::Furniture;
    matched
        .pairs()
        .filter(in_text)
        .filter_map(|pair| of_pair(matched, pair))
        .collect()
}

fn of_pair(matched: &Matched<'_>, pair: usize) -> Option<Broken> {
    let (a, b) = matched.both(pair);
    let differing = differing(&matched.alignment.pairs[pair], a, b);
    let first = *differing.first()?;
    let (reference, actual) = (end(a, first), end(b, first));
    let is_told = reference.is_some() || actual.is_some();
    let touched = |p: &Paragraph| p.lines[first.min(p.lines.len()).saturating_sub(1)..].to_vec();
    Some(Broken {
        pair,
        lines: differing.len(),
        end: is_told.then(|| Break {
            paragraph: matched.subject_of(pair),
            reference,
            actual,
        }),
        reference: touched(a),
        actual: touched(b),
    })
}

impl Broken {
    /// The difference; `None` where nothing can be said of it.
    pub(in super::super) fn found(self) -> Option<Found> {
        let change = Change::LineBreak { end: self.end? };
        Some(Found::new(change, self.reference, self.actual))
    }
}

/// Many paragraphs whose lines break elsewhere, as one difference: another program breaks most lines elsewhere.
pub(in super::super) fn together(matched: &Matched<'_>, broken: &[Broken]) -> Option<Found> {
    let has_many_lines = |pair: &usize| {
        let (a, b) = matched.both(*pair);
        a.zone != Zone::Furniture && a.lines.len().max(b.lines.len()) > 1
    };
    let told = || broken.iter().filter(|one| one.end.is_some());
    let all = |lines: fn(&Broken) -> &Vec<usize>| told().flat_map(lines).copied().collect();
    let change = Change::ManyLineBreaks {
        lines: told().map(|one| one.lines).sum(),
        paragraphs: told().count(),
        of: matched.pairs().filter(has_many_lines).count(),
        first: told().next()?.end.clone()?,
    };
    Some(Found::new(change, all(|one| &one.reference), all(|one| &one.actual)))
}

/// Where the line before a line ends; `None` where the paragraph has no such line.
fn end(paragraph: &Paragraph, next: usize) -> Option<LineEnd> {
    let start = *paragraph.starts.get(next)?;
    let inside = paragraph.words.get(start).filter(|word| word.broken && next > 0);
    match (inside, paragraph.before(start)) {
        (Some(word), _) => Some(LineEnd::Inside(word.text.clone())),
        (_, Some(before)) => Some(LineEnd::After(before.to_owned())),
        _ => None,
    }
}

/// The places of the lines, from the second on, that do not start where the same line of the other side does. The first
/// is the same place on both sides; the number of the others is that of the breaks that only the reference has, or those
/// that only the other side has where these are more.
fn differing(pair: &Pair, a: &Paragraph, b: &Paragraph) -> Vec<usize> {
    let is_inside = |p: &Paragraph, start: usize| p.words.get(start).is_some_and(|word| word.broken);
    let ours: Vec<Option<(usize, bool)>> = a.starts[1..]
        .iter()
        .map(|start| pair.boundary(*start).map(|at| (at, is_inside(a, *start))))
        .collect();
    let theirs: Vec<(usize, bool)> = b.starts[1..]
        .iter()
        .map(|start| (*start, is_inside(b, *start)))
        .collect();
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
