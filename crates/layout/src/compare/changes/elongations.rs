//! Lines of equal words that are filled by other elongations.

use super::super::change::{Change, Elongation};
use super::super::matched::Matched;
use super::Found;
use crate::snapshot::Joint;

/// Elongations that differ by less than this look the same, in points.
const SEEN: f64 = 0.1;

/// Finds lines that are elongated otherwise, each with that of the other side.
pub(in super::super) fn lines(matched: &Matched<'_>) -> Vec<(usize, usize)> {
    // A PDF does not tell its elongations, and a layout without places does not either.
    let tells = |layout: &crate::Layout| !layout.from_pdf && layout.has_positions();
    if !tells(matched.reference.layout) || !tells(matched.actual.layout) {
        return Vec::new();
    }
    let least = SEEN.max(matched.options.tolerance);
    let is_same = |x: &Joint, y: &Joint| x.word == y.word && x.after == y.after && (x.by - y.by).abs() <= least;
    let differs = |(line, other): &(usize, usize)| {
        let (a, b) = joints(matched, (*line, *other));
        a.len() != b.len() || !a.iter().zip(b).all(|(x, y)| is_same(x, y))
    };
    matched.same_lines().filter(differs).collect()
}

/// Whether the ends of a line stay where they are: a line whose ends moved is told as such.
pub(in super::super) fn ends_stay(matched: &Matched<'_>, (line, other): (usize, usize)) -> bool {
    let (a, b) = (matched.reference.lines[line].line, matched.actual.lines[other].line);
    let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => !matched.differs(x, y),
        _ => true,
    };
    near(a.left, b.left) && near(a.right, b.right)
}

/// Lines that are elongated otherwise, as one difference.
pub(in super::super) fn together(matched: &Matched<'_>, lines: &[(usize, usize)]) -> Option<Found> {
    let (line, other) = *lines.first()?;
    let paragraph = &matched.actual.paragraphs[matched.actual.lines[other].paragraph];
    let (a, b) = joints(matched, (line, other));
    // What both have need not be told.
    let only = |x: &[Joint], y: &[Joint]| -> Vec<Elongation> {
        let alone = x.iter().filter(|joint| !y.contains(joint));
        let told = |joint: &Joint| Elongation {
            word: joint.word.clone(),
            by: joint.by,
        };
        alone.map(told).collect()
    };
    let change = Change::Elongations {
        lines: lines.len(),
        paragraph: matched.subject(
            super::super::options::Side::Actual,
            matched.actual.lines[other].paragraph,
        ),
        line: paragraph.lines.iter().position(|l| *l == other).unwrap_or(0) + 1,
        old: only(a, b),
        new: only(b, a),
    };
    Some(Found::of_lines(change, lines))
}

/// The elongations of a line on both sides.
fn joints<'a>(matched: &Matched<'a>, (line, other): (usize, usize)) -> (&'a [Joint], &'a [Joint]) {
    let (a, b) = (matched.reference.lines[line].line, matched.actual.lines[other].line);
    (&a.joints, &b.joints)
}
