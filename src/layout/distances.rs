//! What differs from top to bottom: distances between lines, and lines that moved.
//!
//! Lines of equal words that follow each other on both sides make a chain. It hangs from the top of its page, notes stand
//! on the foot. Where the distance between two lines of a chain differs, something happened there; all that comes after
//! it only moved. So a change of text elsewhere never shows as a change of distances.

use super::compare::Case;
use super::difference::{Kind, Level};
use super::margins::place;
use super::telling::{count, pages, points, vertical};
use super::text::{Text, Zone};

/// As many equal changes of distance are told as one.
const SPACING: usize = 2;

/// Lines of the reference, each with that of the other side.
type Lines = Vec<(usize, usize)>;

/// Where a distance changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum At {
    /// Between the edge of the page and the first line.
    Edge,
    /// Between two paragraphs.
    Paragraphs,
    /// Between two lines of a paragraph.
    Lines,
}

/// Lines that moved by one distance, and where it came from.
#[derive(Debug)]
struct Run {
    at: At,
    zone: Zone,
    /// By how much the distance changed.
    change: f64,
    /// The distance in the reference.
    distance: f64,
    /// By how much the lines moved.
    shift: f64,
    lines: Vec<(usize, usize)>,
}

/// Finds changes of distance.
pub(super) fn find(case: &mut Case<'_>) {
    let mut runs = Vec::new();
    for language in languages(case) {
        for zone in [Zone::Body, Zone::Notes] {
            runs.extend(chain_runs(case, &language, zone));
        }
    }
    let runs = spacing(case, runs);
    moved(case, runs);
    furniture(case);
}

fn languages(case: &Case<'_>) -> Vec<String> {
    let mut languages: Vec<String> = case.reference.paragraphs.iter().map(|p| p.language.clone()).collect();
    languages.sort();
    languages.dedup();
    languages
}

/// The lines of one language and zone, in the order in which chains hang: notes from the foot of the page up.
fn hanging(text: &Text<'_>, language: &str, zone: Zone) -> Vec<usize> {
    let of = |line: &usize| {
        let paragraph = &text.paragraphs[text.lines[*line].paragraph];
        paragraph.language == language && paragraph.zone == zone && text.lines[*line].line.baseline.is_some()
    };
    let mut lines: Vec<usize> = (0..text.lines.len()).filter(of).collect();
    let baseline = |line: &usize| text.lines[*line].line.baseline.unwrap_or_default();
    let sign = if zone == Zone::Notes { -1.0 } else { 1.0 };
    lines.sort_by(|a, b| {
        let (x, y) = (text.lines[*a].page, text.lines[*b].page);
        x.cmp(&y)
            .then((sign * baseline(a)).total_cmp(&(sign * baseline(b))))
            .then(a.cmp(b))
    });
    lines
}

fn chain_runs(case: &Case<'_>, language: &str, zone: Zone) -> Vec<Run> {
    let (ours, theirs) = (
        hanging(case.reference, language, zone),
        hanging(case.actual, language, zone),
    );
    let mut place_of = vec![usize::MAX; case.actual.lines.len()];
    for (place, line) in theirs.iter().enumerate() {
        place_of[*line] = place;
    }
    let page = |text: &Text<'_>, line: usize| text.lines[line].page;
    let mut runs: Vec<Run> = Vec::new();
    // Whether the last run goes on, and how far the lines moved so far.
    let (mut open, mut shift, mut base) = (false, 0.0, 0.0);
    for (at, line) in ours.iter().copied().enumerate() {
        let Some(other) = case.same_line[line] else {
            open = false;
            continue;
        };
        let baseline = |text: &Text<'_>, line: usize| text.lines[line].line.baseline.unwrap_or_default();
        let moved = baseline(case.actual, other) - baseline(case.reference, line);
        let before = at
            .checked_sub(1)
            .map(|at| ours[at])
            .filter(|b| page(case.reference, *b) == page(case.reference, line));
        let their_before = place_of[other]
            .checked_sub(1)
            .and_then(|at| theirs.get(at).copied())
            .filter(|b| page(case.actual, *b) == page(case.actual, other));
        let (from, place) = match (before, their_before) {
            (None, None) if same_kind_of_page(page(case.reference, line), page(case.actual, other)) => (0.0, At::Edge),
            (Some(b), Some(c)) if case.same_line[b] == Some(c) => {
                let inside = case.reference.lines[b].paragraph == case.reference.lines[line].paragraph;
                (
                    if open || shift != 0.0 {
                        shift
                    } else {
                        baseline(case.actual, c) - baseline(case.reference, b)
                    },
                    if inside { At::Lines } else { At::Paragraphs },
                )
            }
            _ => {
                // Something else brought the line here: what comes after it is seen from it.
                (open, shift, base) = (false, moved, moved);
                continue;
            }
        };
        let change = moved - from;
        if place == At::Edge {
            (shift, base) = (0.0, 0.0);
        }
        if case.differs(change, 0.0) {
            open = !is_explained(case, line, before, language);
            shift = moved;
            let above = before.map_or(0.0, |b| baseline(case.reference, b));
            let distance = (baseline(case.reference, line) - above).abs();
            if open {
                runs.push(Run {
                    at: place,
                    zone,
                    change,
                    distance,
                    shift: shift - base,
                    lines: Vec::new(),
                });
            }
        } else if place == At::Edge {
            open = false;
        }
        if let Some(run) = runs.last_mut().filter(|_| open) {
            run.lines.push((line, other));
        }
    }
    runs
}

/// The first page has another head than those after it.
fn same_kind_of_page(a: usize, b: usize) -> bool {
    (a == 0) == (b == 0)
}

/// Whether something else explains that a distance changed: another font or text in one of the two lines, or in what
/// stands beside them in another language.
fn is_explained(case: &Case<'_>, line: usize, before: Option<usize>, language: &str) -> bool {
    let page = case.reference.lines[line].page;
    case.is_explained(line)
        || before.is_some_and(|before| case.is_explained(before))
        || case.events.iter().any(|event| {
            !event.language.is_empty()
                && event.language != language
                && (event.reference.0..=event.reference.1).contains(&page)
        })
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
    join_equal_changes(&mut groups, tolerance);
    let mut left = Vec::new();
    for group in groups {
        // A block that moved and the line after it that did not are two equal and opposite changes, no spacing.
        let grows = group.iter().filter(|run| run.shift.abs() > tolerance).count();
        if group.len() < SPACING || group[0].at == At::Edge || grows * 2 < group.len() {
            left.extend(group);
            continue;
        }
        let first = &group[0];
        // Notes hang from below: a line that went up left more space under it.
        let change = if first.zone == Zone::Notes {
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
        case.events.push(super::compare::Event {
            finding,
            reference,
            actual,
            language: String::new(),
        });
    }
    left
}

/// A lone change of the size of many others comes from the same: the lines of a list are paragraphs of one line.
fn join_equal_changes(groups: &mut Vec<Vec<Run>>, tolerance: f64) {
    let mut at = 0;
    while at < groups.len() {
        let same = |a: &Run, b: &Run| {
            a.zone == b.zone && a.at != At::Edge && b.at != At::Edge && (a.change - b.change).abs() <= tolerance
        };
        let lone = groups[at].len() < SPACING;
        let home = (0..groups.len()).find(|other| {
            lone && *other != at && groups[*other].len() > SPACING && same(&groups[at][0], &groups[*other][0])
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
    let mut cause_of_page: Vec<Option<usize>> = vec![None; pages];
    let mut events: Vec<(usize, usize)> = case
        .events
        .iter()
        .map(|event| (event.actual.0, event.finding))
        .collect();
    events.sort_unstable();
    for (page, finding) in events.iter().rev() {
        for slot in cause_of_page[(*page).min(pages)..].iter_mut().rev() {
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
        let Some(cause) = cause_of_page[b.page].or(first) else {
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
