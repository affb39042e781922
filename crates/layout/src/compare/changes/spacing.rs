//! What differs from top to bottom: distances between lines, lines that moved, heads and feet at another height.

use super::super::change::{Change, Spaced};
use super::super::matched::{LinePairs, Matched};
use super::Found;
use super::shifts::{At, Run};
use crate::Name;
use crate::text::Zone;

/// As many equal changes of distance are told as one.
const SPACING: usize = 2;

/// A distance that changed in many places.
#[derive(Debug)]
pub(in super::super) struct Spacing {
    /// The difference; it touches the first line of each place.
    pub(in super::super) found: Found,
    /// All lines that moved by it.
    pub(in super::super) lines: LinePairs,
}

/// Takes distances that changed in many places out of runs of lines that moved.
pub(in super::super) fn spacing(matched: &Matched<'_>, runs: &mut Vec<Run>) -> Vec<Spacing> {
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for run in std::mem::take(runs) {
        let like = |group: &&mut Vec<Run>| {
            group.first().is_some_and(|first| {
                first.at == run.at && first.zone == run.zone && matched.is_one_shift(first.change, run.change)
            })
        };
        match groups.iter_mut().find(like) {
            Some(group) => group.push(run),
            None => groups.push(vec![run]),
        }
    }
    join_equal_changes(matched, &mut groups);
    let mut found = Vec::new();
    for group in groups {
        // A block that moved and the line after it that did not are two equal and opposite changes, no spacing.
        let grows = group
            .iter()
            .filter(|run| run.shift.abs() > matched.least_shift())
            .count();
        if times(matched, &group) < SPACING || group[0].at == At::Edge || grows * 2 < group.len() {
            runs.extend(group);
        } else {
            found.push(of_group(matched, &group));
        }
    }
    found
}

fn of_group(matched: &Matched<'_>, group: &[Run]) -> Spacing {
    let first = &group[0];
    let spaced = match (first.zone, first.at) {
        (Zone::Notes, At::Lines) => Spaced::LinesOfNotes,
        (Zone::Notes, _) => Spaced::Notes,
        (_, At::Lines) => Spaced::Lines,
        _ => Spaced::Paragraphs,
    };
    // Notes stand on the foot: one that went up left more space under it.
    let by = if spaced == Spaced::Notes {
        -first.change
    } else {
        first.change
    };
    let lines: LinePairs = group.iter().flat_map(|run| run.lines.clone()).collect();
    let change = Change::Spacing {
        spaced,
        by,
        old: first.distance,
        new: first.distance + by,
        place: matched.place(&lines),
    };
    let firsts: LinePairs = group.iter().filter_map(|run| run.lines.first().copied()).collect();
    Spacing {
        found: Found::of_lines(change, &firsts),
        lines,
    }
}

/// How often a distance changed: what stands side by side counts once.
fn times(matched: &Matched<'_>, runs: &[Run]) -> usize {
    let mut languages: Vec<(&str, usize)> = Vec::new();
    for (line, _) in runs.iter().filter_map(|run| run.lines.first()) {
        let paragraph = matched.reference.lines[*line].paragraph;
        let language = matched.reference.paragraphs[paragraph].language.as_str();
        match languages.iter_mut().find(|(other, _)| *other == language) {
            Some((_, count)) => *count += 1,
            None => languages.push((language, 1)),
        }
    }
    languages.iter().map(|(_, count)| *count).max().unwrap_or(0)
}

/// A lone change of the size of many others comes from the same: the lines of a list are paragraphs of one line.
fn join_equal_changes(matched: &Matched<'_>, groups: &mut Vec<Vec<Run>>) {
    let mut at = 0;
    while at < groups.len() {
        let same = |a: &Run, b: &Run| {
            a.zone == b.zone && a.at != At::Edge && b.at != At::Edge && matched.is_one_shift(a.change, b.change)
        };
        let lone = times(matched, &groups[at]) < SPACING;
        let home = (0..groups.len()).find(|other| {
            lone && *other != at
                && times(matched, &groups[*other]) > SPACING
                && same(&groups[at][0], &groups[*other][0])
        });
        match home {
            Some(home) => {
                let runs = groups.remove(at);
                groups[if home > at { home - 1 } else { home }].extend(runs);
            }
            None => at += 1,
        }
    }
}

/// The lines of runs that moved by one distance, with them.
pub(in super::super) fn moved(matched: &Matched<'_>, runs: Vec<Run>) -> Vec<(Found, LinePairs)> {
    let mut groups: Vec<(At, Zone, f64, LinePairs)> = Vec::new();
    for run in runs.into_iter().filter(|run| run.shift.abs() > matched.least_shift()) {
        let like = |group: &&mut (At, Zone, f64, LinePairs)| {
            group.0 == run.at && group.1 == run.zone && matched.is_one_shift(group.2, run.shift)
        };
        match groups.iter_mut().find(like) {
            // What stands beside each other moves together.
            Some(group) => group.3.extend(run.lines),
            None => groups.push((run.at, run.zone, run.shift, run.lines)),
        }
    }
    let found = |(_, _, down, lines): (At, Zone, f64, LinePairs)| {
        let change = Change::LinesMoved {
            lines: lines.len(),
            down,
            place: matched.place(&lines),
        };
        (Found::of_lines(change, &lines), lines)
    };
    groups.into_iter().map(found).collect()
}

/// Finds heads and feet at another height, of the lines that are `open`.
pub(in super::super) fn furniture(matched: &Matched<'_>, open: impl Fn(usize) -> bool) -> Vec<Found> {
    let mut groups: Vec<(&Name, f64, LinePairs)> = Vec::new();
    for (line, other) in matched.same_lines() {
        let (a, b) = (matched.reference.lines[line], matched.actual.lines[other]);
        let (Some(x), Some(y)) = (a.line.baseline, b.line.baseline) else {
            continue;
        };
        if matched.zone(line) != Zone::Furniture || !matched.differs(x, y) || !open(line) {
            continue;
        }
        let own = &matched.reference.paragraphs[a.paragraph].name;
        let like =
            |(name, shift, _): &&mut (&Name, f64, LinePairs)| *name == own && matched.is_one_shift(*shift, y - x);
        match groups.iter_mut().find(like) {
            Some((.., lines)) => lines.push((line, other)),
            None => groups.push((own, y - x, vec![(line, other)])),
        }
    }
    let found = |(name, down, lines): &(&Name, f64, LinePairs)| {
        let change = Change::FurnitureMoved {
            pages: matched.page_numbers(lines),
            name: name.in_page(),
            down: *down,
        };
        Found::of_lines(change, lines)
    };
    groups.iter().map(found).collect()
}
