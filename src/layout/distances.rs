//! What differs from top to bottom, in words: distances between lines, and lines that moved.

use super::case::Case;
use super::difference::{Kind, Level};
use super::margins::place;
use super::shifts::{self, At, Run};
use super::telling::{count, pages, points, vertical};
use super::text::{Text, Zone};

/// As many equal changes of distance are told as one.
const SPACING: usize = 2;

/// Lines of the reference, each with that of the other side.
type Lines = Vec<(usize, usize)>;

/// Finds changes of distance.
pub(super) fn find(case: &mut Case<'_>) {
    let runs = shifts::find(case);
    let runs = spacing(case, runs);
    moved(case, runs);
    furniture(case);
}

/// Tells equal changes of distance as one; answers the runs that are left.
fn spacing(case: &mut Case<'_>, runs: Vec<Run>) -> Vec<Run> {
    let tolerance = case.options.tolerance.max(0.02);
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let like = |group: &&mut Vec<Run>| {
            group.first().is_some_and(|first| {
                first.at == run.at && first.zone == run.zone && (first.change - run.change).abs() <= tolerance
            })
        };
        match groups.iter_mut().find(like) {
            Some(group) => group.push(run),
            None => groups.push(vec![run]),
        }
    }
    join_equal_changes(case, &mut groups, tolerance);
    let mut left = Vec::new();
    for group in groups {
        // A block that moved and the line after it that did not are two equal and opposite changes, no spacing.
        let grows = group.iter().filter(|run| run.shift.abs() > tolerance).count();
        if times(case, &group) < SPACING || group[0].at == At::Edge || grows * 2 < group.len() {
            left.extend(group);
            continue;
        }
        let first = &group[0];
        // Notes stand on the foot: one that went up left more space under it.
        let change = if first.zone == Zone::Notes && first.at != At::Lines {
            -first.change
        } else {
            first.change
        };
        let verb = if change > 0.0 {
            "farther apart"
        } else {
            "closer together"
        };
        let what = match (first.zone, first.at) {
            (Zone::Notes, At::Lines) => "lines of notes",
            (Zone::Notes, _) => "notes",
            (_, At::Lines) => "lines",
            _ => "paragraphs",
        };
        let what = format!("{what} stand {} {verb}", points(change));
        let lines: Vec<(usize, usize)> = group.iter().flat_map(|run| run.lines.clone()).collect();
        let message = format!(
            "{what} ({} in the reference, {} here): {}",
            points(first.distance),
            points(first.distance + change),
            place(case, &lines)
        );
        let firsts: Vec<(usize, usize)> = group.iter().filter_map(|run| run.lines.first().copied()).collect();
        let (a, b): (Vec<usize>, Vec<usize>) = firsts.into_iter().unzip();
        let finding = case.add(Level::Positions, Kind::Spacing, message, &a, &b);
        case.fold_moved(finding, lines.len());
        case.tell_moved(&lines);
        let pages_of = |text: &Text<'_>, list: &[usize]| {
            let pages = || list.iter().map(|line| text.lines[*line].page);
            (pages().min().unwrap_or(0), pages().max().unwrap_or(0))
        };
        let (reference, actual) = (pages_of(case.reference, &a), pages_of(case.actual, &b));
        case.events.push(super::case::Event {
            finding,
            reference,
            actual,
            language: String::new(),
            takes_room: true,
        });
    }
    left
}

/// How often a distance changed: what stands side by side counts once.
fn times(case: &Case<'_>, runs: &[Run]) -> usize {
    let mut languages: Vec<(&str, usize)> = Vec::new();
    for (line, _) in runs.iter().filter_map(|run| run.lines.first()) {
        let language = case.reference.paragraphs[case.reference.lines[*line].paragraph]
            .language
            .as_str();
        match languages.iter_mut().find(|(other, _)| *other == language) {
            Some((_, count)) => *count += 1,
            None => languages.push((language, 1)),
        }
    }
    languages.iter().map(|(_, count)| *count).max().unwrap_or(0)
}

/// A lone change of the size of many others comes from the same: the lines of a list are paragraphs of one line.
fn join_equal_changes(case: &Case<'_>, groups: &mut Vec<Vec<Run>>, tolerance: f64) {
    let mut at = 0;
    while at < groups.len() {
        let same = |a: &Run, b: &Run| {
            a.zone == b.zone && a.at != At::Edge && b.at != At::Edge && (a.change - b.change).abs() <= tolerance
        };
        let lone = times(case, &groups[at]) < SPACING;
        let home = (0..groups.len()).find(|other| {
            lone && *other != at && times(case, &groups[*other]) > SPACING && same(&groups[at][0], &groups[*other][0])
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

/// Tells lines that moved by one distance.
fn moved(case: &mut Case<'_>, runs: Vec<Run>) {
    let tolerance = case.options.tolerance.max(0.02);
    let mut groups: Vec<(At, Zone, f64, Lines)> = Vec::new();
    for run in runs.into_iter().filter(|run| run.shift.abs() > tolerance) {
        let like = |group: &&mut (At, Zone, f64, Lines)| {
            group.0 == run.at && group.1 == run.zone && (group.2 - run.shift).abs() <= tolerance
        };
        match groups.iter_mut().find(like) {
            // What stands beside each other moves together.
            Some(group) => group.3.extend(run.lines),
            None => groups.push((run.at, run.zone, run.shift, run.lines)),
        }
    }
    for (_, _, shift, lines) in groups {
        let message = format!(
            "{} moved {}: {}",
            count(lines.len(), "line", "lines"),
            vertical(shift),
            place(case, &lines)
        );
        case.tell_moved(&lines);
        let (a, b): (Vec<usize>, Vec<usize>) = lines.into_iter().unzip();
        case.add(Level::Positions, Kind::Place, message, &a, &b);
    }
}

/// Heads and feet.
fn furniture(case: &mut Case<'_>) {
    let tolerance = case.options.tolerance.max(0.02);
    let mut groups: Vec<(String, f64, Lines)> = Vec::new();
    for (line, same) in case.same_line.iter().enumerate() {
        let Some(other) = *same else { continue };
        let (a, b) = (case.reference.lines[line], case.actual.lines[other]);
        let paragraph = &case.reference.paragraphs[a.paragraph];
        let (Some(x), Some(y)) = (a.line.baseline, b.line.baseline) else {
            continue;
        };
        if paragraph.zone != Zone::Furniture
            || !case.differs(x, y)
            || case.is_explained(line)
            || !case.has_own_page(line)
        {
            continue;
        }
        match groups
            .iter_mut()
            .find(|(name, shift, _)| *name == paragraph.name && (shift - (y - x)).abs() <= tolerance)
        {
            Some((.., lines)) => lines.push((line, other)),
            None => groups.push((paragraph.name.clone(), y - x, vec![(line, other)])),
        }
    }
    for (name, shift, lines) in groups {
        let numbers: Vec<usize> = lines
            .iter()
            .map(|(_, line)| case.actual.lines[*line].page + 1)
            .collect();
        let name = if name.is_empty() {
            "text"
        } else {
            name.trim_start_matches("page ")
        };
        let message = format!("the {name} of {} moved {}", pages(&numbers), vertical(shift));
        let (a, b): (Vec<usize>, Vec<usize>) = lines.into_iter().unzip();
        case.add(Level::Positions, Kind::Place, message, &a, &b);
    }
}

/// Counts the lines that moved by nothing but what happened before them, each under the last finding before it.
pub(super) fn count_moved(case: &mut Case<'_>) {
    if !case.has_events() {
        return;
    }
    let pages = case.actual.layout.pages.len();
    let mut cause_of: Vec<Option<usize>> = vec![None; pages];
    // Where something took more or less room, what did not has moved nothing.
    let any_takes_room = case.events.iter().any(|event| event.takes_room);
    let mut events: Vec<(usize, usize)> = case
        .events
        .iter()
        .filter(|event| event.takes_room || !any_takes_room)
        .map(|event| (case.actual.opening(event.actual.0), event.finding))
        .collect();
    events.sort_unstable();
    for (opening, finding) in events.iter().rev() {
        for slot in cause_of[(*opening).min(pages)..].iter_mut().rev() {
            if slot.is_some() {
                break;
            }
            *slot = Some(*finding);
        }
    }
    let first = events.first().map(|(_, finding)| *finding);
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for (line, same) in case.same_line.iter().enumerate() {
        let Some(other) = *same else { continue };
        let (a, b) = (case.reference.lines[line], case.actual.lines[other]);
        let (Some(x), Some(y)) = (a.line.baseline, b.line.baseline) else {
            continue;
        };
        let in_furniture = case.reference.paragraphs[a.paragraph].zone == Zone::Furniture;
        let stays = a.page == b.page && !case.differs(x, y);
        if in_furniture || stays || case.is_told(line) {
            continue;
        }
        let Some(cause) = cause_of[case.actual.opening(b.page)].or(first) else {
            continue;
        };
        if case.kind(cause) == Kind::Margin {
            continue;
        }
        match counts.iter_mut().find(|(finding, _)| *finding == cause) {
            Some((_, n)) => *n += 1,
            None => counts.push((cause, 1)),
        }
    }
    for (finding, n) in counts {
        case.fold_moved(finding, n);
    }
}
