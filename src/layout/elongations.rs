//! Lines of equal words and equal ends that are filled by other elongations.

use super::case::Case;
use super::difference::{Kind, Level};
use super::snapshot::Joint;
use super::telling::{count, points};

/// Elongations that differ by less than this look the same, in points.
const SEEN: f64 = 0.1;

/// Finds lines that are elongated otherwise.
pub(super) fn find(case: &mut Case<'_>) {
    // Who reads a PDF sees no elongations, and who knows no places knows none either.
    if case.is_coarse() || !case.reference.layout.has_positions() || !case.actual.layout.has_positions() {
        return;
    }
    let mut changed: Vec<(usize, usize)> = Vec::new();
    for line in 0..case.same_line.len() {
        let Some(other) = case.same_line[line] else { continue };
        let (a, b) = (case.reference.lines[line].line, case.actual.lines[other].line);
        let least = SEEN.max(case.options.tolerance);
        let alike = a.joints.len() == b.joints.len()
            && a.joints
                .iter()
                .zip(&b.joints)
                .all(|(x, y)| x.word == y.word && x.after == y.after && (x.by - y.by).abs() <= least);
        if alike || !ends_stay(case, line, other) {
            continue;
        }
        match case.explanation(line) {
            Some(cause) => case.fold_elongations(cause, 1),
            None => changed.push((line, other)),
        }
    }
    let Some((line, other)) = changed.first().copied() else {
        return;
    };
    let paragraph = case.actual.lines[other].paragraph;
    let number = case.actual.paragraphs[paragraph]
        .lines
        .iter()
        .position(|l| *l == other)
        .unwrap_or(0)
        + 1;
    let (a, b) = (case.reference.lines[line].line, case.actual.lines[other].line);
    let message = format!(
        "{} elongated otherwise, first line {number} of {}: {}",
        count(changed.len(), "line is", "lines are"),
        case.name(case.actual, paragraph),
        tell(&a.joints, &b.joints)
    );
    let (a, b): (Vec<usize>, Vec<usize>) = changed.into_iter().unzip();
    case.add(Level::Positions, Kind::Elongation, message, &a, &b);
}

/// A line whose ends moved is told as such.
fn ends_stay(case: &Case<'_>, line: usize, other: usize) -> bool {
    let (a, b) = (case.reference.lines[line].line, case.actual.lines[other].line);
    let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => !case.differs(x, y),
        _ => true,
    };
    case.explanation(line).is_some() || near(a.left, b.left) && near(a.right, b.right)
}

fn tell(a: &[Joint], b: &[Joint]) -> String {
    let list = |joints: &[Joint]| match joints {
        [] => "none".to_owned(),
        [one] => format!("`{}` by {}", one.word, points(one.by)),
        [first, rest @ ..] => format!("`{}` by {} and {} more", first.word, points(first.by), rest.len()),
    };
    // What both have need not be told.
    let only = |x: &[Joint], y: &[Joint]| {
        x.iter()
            .filter(|joint| !y.contains(joint))
            .cloned()
            .collect::<Vec<Joint>>()
    };
    format!("{}, in the reference {}", list(&only(b, a)), list(&only(a, b)))
}
