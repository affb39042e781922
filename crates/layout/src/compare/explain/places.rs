//! Fonts, columns, lines and their places.

use super::super::change::Change;
use super::super::changes::{Touched, edges, elongations, fonts, line_breaks, shifts, spacing};
use super::super::kind::Kind;
use super::super::matched::LinePairs;
use super::explanation::{Event, Explanation, Number};
use crate::text::Zone;

/// More paragraphs than this that another program broke elsewhere are told as one.
const MANY: usize = 8;
/// Two scales that are nearer than this are one.
const SAME_SCALE: f64 = 0.001;

/// Fonts are causes: text in another one takes other room.
pub(super) fn fonts(explanation: &mut Explanation<'_>) {
    for (change, pairs) in fonts::files(explanation.matched) {
        let finding = explanation.add_change(change);
        explanation.touch(finding, &pairs);
    }
}

/// Faces and sizes are causes, and so are columns; but a measure in em goes with the size of the text.
pub(super) fn columns(explanation: &mut Explanation<'_>) {
    let mut scales: Vec<(Number, f64)> = Vec::new();
    for other in fonts::uses(explanation.matched) {
        let finding = explanation.add(other.found);
        explanation.touch(finding, &other.pairs);
        scales.push((finding, other.scale));
    }
    if let Some(paper) = edges::paper(explanation.matched) {
        explanation.add_change(paper);
    }
    let Some(columns) = edges::columns(explanation.matched) else {
        return;
    };
    let with_size = columns.measure.and_then(|(old, new)| {
        let of_scale = |(_, scale): &&(Number, f64)| (scale - new / old).abs() < SAME_SCALE;
        Some((scales.iter().find(of_scale)?.0, old, new))
    });
    if let Some((cause, old, new)) = with_size {
        explanation.follow(cause, Change::Measure { old, new });
        explanation.touch(cause, &columns.pairs);
    } else {
        let matched = explanation.matched;
        let lines = columns.pairs.iter().map(|pair| matched.both(*pair).1.lines.len());
        let finding = explanation.add_change(columns.change);
        explanation.fold_moved(finding, lines.sum());
        if columns.has_other_measure {
            explanation.touch(finding, &columns.pairs);
        }
    }
    explanation.columns = columns.shifts;
}

/// What touches a paragraph explains that its lines break elsewhere.
pub(super) fn line_breaks(explanation: &mut Explanation<'_>) {
    let mut open = Vec::new();
    for broken in line_breaks::find(explanation.matched) {
        match explanation.of_pair(broken.pair) {
            Some(cause) => {
                explanation.fold_breaks(cause, broken.lines);
                explanation.touch(cause, &[broken.pair]);
            }
            None => open.push(broken),
        }
    }
    if explanation.matched.is_coarse() && open.len() > MANY {
        let pairs: Vec<usize> = open.iter().map(|broken| broken.pair).collect();
        if let Some(found) = line_breaks::together(explanation.matched, &open) {
            let finding = explanation.add(found);
            explanation.touch(finding, &pairs);
        }
        return;
    }
    for broken in open {
        let (pair, lines) = (broken.pair, broken.lines);
        let Some(found) = broken.found() else { continue };
        let finding = explanation.add(found);
        explanation.fold_breaks(finding, lines - 1);
        explanation.touch(finding, &[pair]);
    }
}

/// Distances are causes where they changed in many places; lines that moved are told alone.
pub(super) fn distances(explanation: &mut Explanation<'_>) {
    let matched = explanation.matched;
    let by_font = |finding: Number| matches!(explanation.kind(finding), Kind::Font | Kind::Margin);
    let set_otherwise = |line: usize| explanation.of_line(line).is_some_and(by_font);
    let mut runs = shifts::find(matched, &set_otherwise);
    for spacing in spacing::spacing(matched, &mut runs) {
        let pages = |lines: &[Touched], page: &dyn Fn(usize) -> usize| {
            let pages = || lines.iter().map(|touched| page(touched.line()));
            (pages().min().unwrap_or(0), pages().max().unwrap_or(0))
        };
        let reference = pages(&spacing.found.reference, &|line| matched.reference.lines[line].page);
        let actual = pages(&spacing.found.actual, &|line| matched.actual.lines[line].page);
        let finding = explanation.add(spacing.found);
        explanation.fold_moved(finding, spacing.lines.len());
        explanation.tell_moved(&spacing.lines);
        explanation.events.push(Event {
            finding,
            reference,
            actual,
            takes_room: true,
        });
    }
    for (found, lines) in spacing::moved(matched, runs) {
        explanation.tell_moved(&lines);
        explanation.add(found);
    }
    let open = |line: usize| is_open_furniture(explanation, line);
    for found in spacing::furniture(matched, open) {
        explanation.add(found);
    }
}

fn is_open_furniture(explanation: &Explanation<'_>, line: usize) -> bool {
    let page = explanation.matched.reference.lines[line].page;
    explanation.of_line(line).is_none() && explanation.is_own_page(page)
}

/// What touches a paragraph explains that its lines end elsewhere.
pub(super) fn ends(explanation: &mut Explanation<'_>) {
    let matched = explanation.matched;
    let open = |line: usize| {
        let is_open = explanation.of_line(line).is_none();
        is_open && (matched.zone(line) != Zone::Furniture || is_open_furniture(explanation, line))
    };
    for found in edges::ends(matched, &explanation.columns, open) {
        explanation.add(found);
    }
}

/// What touches a paragraph explains that its lines are elongated otherwise.
pub(super) fn elongations(explanation: &mut Explanation<'_>) {
    let matched = explanation.matched;
    let mut open: LinePairs = Vec::new();
    for lines in elongations::lines(matched) {
        match explanation.of_line(lines.0) {
            Some(cause) => explanation.fold_elongations(cause, 1),
            None if elongations::ends_stay(matched, lines) => open.push(lines),
            None => {}
        }
    }
    if let Some(found) = elongations::together(matched, &open) {
        explanation.add(found);
    }
}

/// Counts the lines that moved by nothing but what happened before them, each under the last finding before it.
pub(super) fn count_moved(explanation: &mut Explanation<'_>) {
    if explanation.events.is_empty() {
        return;
    }
    let matched = explanation.matched;
    let (cause_of, first) = causes_by_opening(explanation);
    let mut counts: Vec<(Number, usize)> = Vec::new();
    for (line, other) in matched.same_lines() {
        let (a, b) = (matched.reference.lines[line], matched.actual.lines[other]);
        let (Some(x), Some(y)) = (a.line.baseline, b.line.baseline) else {
            continue;
        };
        let stays = a.page == b.page && !matched.differs(x, y);
        if matched.zone(line) == Zone::Furniture || stays || explanation.is_told(line) {
            continue;
        }
        let cause = cause_of[matched.actual.opening(b.page)].or(first);
        let Some(cause) = cause.filter(|cause| explanation.kind(*cause) != Kind::Margin) else {
            continue;
        };
        match counts.iter_mut().find(|(finding, _)| *finding == cause) {
            Some((_, n)) => *n += 1,
            None => counts.push((cause, 1)),
        }
    }
    for (finding, n) in counts {
        explanation.fold_moved(finding, n);
    }
}

/// The last finding that takes room at or before each opening of the other side, and the first of all.
fn causes_by_opening(explanation: &Explanation<'_>) -> (Vec<Option<Number>>, Option<Number>) {
    let matched = explanation.matched;
    let pages = matched.actual.layout.pages.len();
    let mut cause_of: Vec<Option<Number>> = vec![None; pages];
    // Where something took more or less room, what did not has moved nothing.
    let any_takes_room = explanation.events.iter().any(|event| event.takes_room);
    let moving = explanation
        .events
        .iter()
        .filter(|event| event.takes_room || !any_takes_room);
    let mut events: Vec<(usize, Number)> = moving
        .map(|event| (matched.actual.opening(event.actual.0), event.finding))
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
    (cause_of, first)
}
