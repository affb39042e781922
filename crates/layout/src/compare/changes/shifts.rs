//! Finds lines that moved for a reason of their own: each part of a paragraph is held against what it hangs from, and each
//! line against the one before it. What moved because something above, beside or below it did is no difference.

use super::super::matched::Matched;
use super::rows::{Hold, PagePart, Rows};
use crate::text::{Text, Zone};

/// Where a distance changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum At {
    /// Between the edge of the page and the first line.
    Edge,
    /// Between two paragraphs.
    Paragraphs,
    /// Between two lines of a paragraph.
    Lines,
}

/// Lines that moved by one distance, and where it came from.
#[derive(Debug)]
pub(in super::super) struct Run {
    pub(in super::super) at: At,
    pub(in super::super) zone: Zone,
    /// By how much the distance changed.
    pub(in super::super) change: f64,
    /// The distance in the reference.
    pub(in super::super) distance: f64,
    /// By how much the lines moved, beside what follows from something else.
    pub(in super::super) shift: f64,
    /// The lines of the reference, each with that of the other side.
    pub(in super::super) lines: Vec<(usize, usize)>,
}

/// How far the lines of a part moved for no reason that is known elsewhere, and the run that they belong to.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    shift: f64,
    run: Option<usize>,
}

/// What a part is expected to have moved by.
struct Expected {
    at: At,
    /// The least and the most.
    least: f64,
    most: f64,
    /// The distance in the reference from what it hangs from.
    distance: f64,
    /// What each language would move it by, and the part of the reference that says so.
    by: Vec<(f64, usize)>,
}

/// Finds the runs of lines that moved. Lines that are `set_otherwise`, in another font or measure, stand elsewhere for that.
pub(in super::super) fn find(matched: &Matched<'_>, set_otherwise: &dyn Fn(usize) -> bool) -> Vec<Run> {
    let languages = languages(matched);
    let (ours, theirs) = (
        Rows::new(matched.reference, &languages),
        Rows::new(matched.actual, &languages),
    );
    let mut finder = Finder {
        matched,
        set_otherwise,
        states: vec![State::default(); ours.parts.len()],
        ours: &ours,
        theirs: &theirs,
        runs: Vec::new(),
    };
    // Text hangs from the top of its page, notes stand on the foot.
    let mut order: Vec<usize> = (0..ours.parts.len()).collect();
    order.sort_by(|a, b| {
        let (x, y) = (&ours.parts[*a], &ours.parts[*b]);
        let down = x.first.total_cmp(&y.first);
        let from_hold = if x.zone == Zone::Notes { down.reverse() } else { down };
        ours.by_opening(*a, *b)
            .then(x.zone.cmp(&y.zone))
            .then(from_hold)
            .then(a.cmp(b))
    });
    for part in order {
        finder.part(part);
    }
    finder.runs
}

fn languages(matched: &Matched<'_>) -> Vec<String> {
    let both = matched.reference.paragraphs.iter().chain(&matched.actual.paragraphs);
    let mut languages: Vec<String> = both.map(|p| p.language.clone()).collect();
    languages.sort();
    languages.dedup();
    languages
}

struct Finder<'a> {
    matched: &'a Matched<'a>,
    set_otherwise: &'a dyn Fn(usize) -> bool,
    ours: &'a Rows,
    theirs: &'a Rows,
    states: Vec<State>,
    runs: Vec<Run>,
}

impl Finder<'_> {
    fn part(&mut self, number: usize) {
        let part = &self.ours.parts[number];
        let Some(other) = self.same_part(part) else { return };
        let moved = self.theirs.parts[other].first - part.first;
        let state = match part.zone {
            Zone::Notes => self.note(number, other),
            _ => self.text(number, other),
        };
        let state = match state {
            Some(expected) => self.judge(number, other, moved, &expected),
            None => State::default(),
        };
        self.states[number] = self.inside(number, other, state);
    }

    /// The part of the other side that is this one: that of the same first line, or with the start of the same paragraph.
    fn same_part(&self, part: &PagePart) -> Option<usize> {
        if let Some(line) = self.matched.same_line[part.lines[0]] {
            let other = self.theirs.part_of[line]?;
            return (self.theirs.parts[other].lines[0] == line).then_some(other);
        }
        let paragraph = self.matched.actual_paragraph(part.paragraph).filter(|_| part.starts)?;
        self.theirs.part_of[*self.matched.actual.paragraphs[paragraph].lines.first()?]
    }

    /// What a part of the text hangs from: the ends of what stands above it, or the top of the page.
    fn text(&self, number: usize, other: usize) -> Option<Expected> {
        let (above, their_above) = (self.ours.ends_above(number), self.theirs.ends_above(other));
        let is_top = |holds: &[Option<Hold>]| holds.iter().all(Option::is_none);
        let first = self.ours.parts[number].first;
        if is_top(&above) && is_top(&their_above) {
            let same_kind = self.ours.is_on_first_opening(number) == self.theirs.is_on_first_opening(other);
            return same_kind.then_some(Expected {
                at: At::Edge,
                least: 0.0,
                most: 0.0,
                distance: first,
                by: Vec::new(),
            });
        }
        if is_top(&their_above) {
            // Another row was the first of the page: it stands where first rows do.
            let top = self
                .ours
                .top_of_page(self.matched.reference, number)
                .filter(|_| !self.matched.is_coarse())?;
            return Some(Expected {
                at: At::Edge,
                least: top - first,
                most: top - first,
                distance: top,
                by: Vec::new(),
            });
        }
        if is_top(&above) {
            return None;
        }
        let own = above[self.ours.language(number)].or_else(|| above.iter().flatten().next().copied());
        let mut expected = Expected {
            at: At::Paragraphs,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
            distance: own.map_or(first, |hold| first - hold.y),
            by: Vec::new(),
        };
        for pair in above.iter().zip(&their_above) {
            match pair {
                (Some(a), Some(b)) => expected.may(b.y - a.y, Some(a.part)),
                (Some(_), None) => expected.may(f64::NEG_INFINITY, None),
                (None, Some(_)) => expected.may(f64::INFINITY, None),
                (None, None) => {}
            }
        }
        Some(expected)
    }

    /// What a note stands on: the note below it, or the foot of the page; its own height lifts it.
    fn note(&self, number: usize, other: usize) -> Option<Expected> {
        let (below, their_below) = (self.ours.tops_below(number), self.theirs.tops_below(other));
        let is_foot = |holds: &[Option<Hold>]| holds.iter().all(Option::is_none);
        let mut expected = Expected {
            at: At::Paragraphs,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
            distance: 0.0,
            by: Vec::new(),
        };
        let mut lifts: Vec<f64> = Vec::new();
        for pair in self.ours.heights(number).iter().zip(&self.theirs.heights(other)) {
            match pair {
                (Some(a), Some(b)) => lifts.push(b - a),
                (Some(_), None) => lifts.push(f64::NEG_INFINITY),
                (None, Some(_)) => lifts.push(f64::INFINITY),
                (None, None) => {}
            }
        }
        if is_foot(&below) && is_foot(&their_below) {
            if self.ours.is_on_first_opening(number) != self.theirs.is_on_first_opening(other) {
                return None;
            }
            expected.at = At::Edge;
            lifts.iter().for_each(|lift| expected.may(-lift, None));
            return Some(expected);
        }
        // The tops of a row move together: any language that both sides have tells.
        let (hold, theirs) = below.iter().zip(&their_below).find_map(|(a, b)| Some(((*a)?, (*b)?)))?;
        expected.distance = hold.y - self.ours.parts[number].last;
        lifts
            .iter()
            .for_each(|lift| expected.may(theirs.y - hold.y - lift, Some(hold.part)));
        Some(expected)
    }

    /// Holds a part against what is expected of it.
    fn judge(&mut self, number: usize, other: usize, moved: f64, expected: &Expected) -> State {
        let fits = moved.clamp(expected.least.min(expected.most), expected.most.max(expected.least));
        let change = moved - fits;
        let by = expected
            .by
            .iter()
            .min_by(|a, b| (a.0 - fits).abs().total_cmp(&(b.0 - fits).abs()));
        let before = by.map_or_else(State::default, |(_, part)| self.states[*part]);
        if !self.matched.is_other_distance(change) {
            return before;
        }
        let lines = (self.ours.parts[number].lines[0], self.theirs.parts[other].lines[0]);
        let above = by.map(|(_, part)| self.ours.parts[*part].lines[0]);
        if self.is_set_otherwise(lines.0) || above.is_some_and(|line| self.is_set_otherwise(line)) {
            return State { run: None, ..before };
        }
        self.open(lines.0, expected.at, change, expected.distance, before.shift + change)
    }

    /// Follows the lines of a part from the first one.
    fn inside(&mut self, number: usize, other: usize, mut state: State) -> State {
        let part = &self.ours.parts[number];
        let theirs = &self.theirs.parts[other];
        let (mut expected, mut last) = (theirs.first - part.first, None);
        let mut added = false;
        for line in &part.lines {
            let Some(same) = self.matched.same_line[*line].filter(|same| self.theirs.part_of[*same] == Some(other))
            else {
                last = None;
                continue;
            };
            let place = |text: &Text<'_>, line: usize| text.lines[line].line.baseline.unwrap_or_default();
            let moved = place(self.matched.actual, same) - place(self.matched.reference, *line);
            match last {
                // The line before it is the same on both sides.
                Some((before, their_before)) if their_before + 1 == same || self.follows(other, their_before, same) => {
                    let change = moved - expected;
                    if self.matched.is_other_distance(change) {
                        let distance = place(self.matched.reference, *line) - place(self.matched.reference, before);
                        if self.is_set_otherwise(*line) {
                            state.run = None;
                        } else {
                            state = self.open(*line, At::Lines, change, distance, state.shift + change);
                        }
                        expected = moved;
                    }
                }
                // Words before it changed, and how many lines they take.
                _ if *line != part.lines[0] => expected = moved,
                _ => {}
            }
            if let Some(run) = state.run {
                self.runs[run].lines.push((*line, same));
                added = true;
            }
            last = Some((*line, same));
        }
        if let Some(run) = state.run.filter(|_| !added) {
            // Its words changed too: where it starts moved all the same.
            self.runs[run].lines.push((part.lines[0], theirs.lines[0]));
        }
        state
    }

    fn follows(&self, part: usize, before: usize, line: usize) -> bool {
        let lines = &self.theirs.parts[part].lines;
        let at = lines.iter().position(|l| *l == before);
        at.is_some_and(|at| lines.get(at + 1) == Some(&line))
    }

    fn open(&mut self, line: usize, at: At, change: f64, distance: f64, shift: f64) -> State {
        let paragraph = self.matched.reference.lines[line].paragraph;
        self.runs.push(Run {
            at,
            zone: self.matched.reference.paragraphs[paragraph].zone,
            change,
            distance,
            shift,
            lines: Vec::new(),
        });
        State {
            shift,
            run: Some(self.runs.len() - 1),
        }
    }

    /// Whether the font of a line or the measure explains that it stands elsewhere.
    fn is_set_otherwise(&self, line: usize) -> bool {
        let fonts = |text: &Text<'_>, line: usize| text.lines[line].line.fonts.clone();
        let has_others = |other| {
            !self.matched.is_coarse() && fonts(self.matched.reference, line) != fonts(self.matched.actual, other)
        };
        (self.set_otherwise)(line) || self.matched.same_line[line].is_some_and(has_others)
    }
}

impl Expected {
    fn may(&mut self, shift: f64, part: Option<usize>) {
        self.least = self.least.min(shift);
        self.most = self.most.max(shift);
        if let Some(part) = part.filter(|_| shift.is_finite()) {
            self.by.push((shift, part));
        }
    }
}
