//! What has been explained so far: the findings, and where each takes room.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::super::change::{Change, Group};
use super::super::changes::Found;
use super::super::changes::edges::Shift;
use super::super::finding::Finding;
use super::super::kind::Kind;
use super::super::matched::Matched;
use super::super::options::Side;
use crate::Name;
use crate::text::{Text, Zone};

/// A finding by its number.
pub(super) type Number = usize;
/// The first and the last of pages, from 0.
type Pages = (usize, usize);

/// Findings with what they explain.
pub(super) struct Explanation<'a> {
    pub(super) matched: &'a Matched<'a>,
    /// Where findings change how much room the text takes.
    pub(super) events: Vec<Event>,
    /// How the edges of columns moved.
    pub(super) columns: Vec<Shift>,
    findings: Vec<FindingDraft>,
    /// The first line of the other side that belongs to paragraphs of a name on a page, in any language.
    rows: FxHashMap<(&'a Name, usize), usize>,
    /// For each pair, the finding that explains what else differs inside of it.
    explained: Vec<Option<Number>>,
    /// The lines of the reference whose new place is told.
    told: Vec<bool>,
}

/// Where a finding changes how much room the text takes.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) finding: Number,
    pub(super) reference: Pages,
    pub(super) actual: Pages,
    /// Whether more or fewer lines came of it, so that it moves what comes after.
    pub(super) takes_room: bool,
}

/// What a finding changed in the order of paragraphs and notes.
#[derive(Debug)]
pub(super) struct Structural {
    pub(super) zone: Zone,
    pub(super) language: String,
    /// The numbers of the notes that came, went or moved, on both sides.
    pub(super) notes: Vec<usize>,
}

/// A finding with what has been folded under it so far.
struct FindingDraft {
    finding: Finding,
    /// Its place in the other layout, for the order of all.
    order: (usize, usize),
    /// What it changed in the order of paragraphs and notes, in each of its languages.
    structural: Vec<Structural>,
    breaks: usize,
    moved: usize,
    elongations: usize,
}

impl<'a> Explanation<'a> {
    pub(super) fn new(matched: &'a Matched<'a>) -> Self {
        let mut rows = FxHashMap::default();
        for (number, line) in matched.actual.lines.iter().enumerate() {
            let name = &matched.actual.paragraphs[line.paragraph].name;
            rows.entry((name, line.page)).or_insert(number);
        }
        Self {
            rows,
            matched,
            events: Vec::new(),
            columns: Vec::new(),
            findings: Vec::new(),
            explained: vec![None; matched.pairs().len()],
            told: vec![false; matched.reference.lines.len()],
        }
    }

    /// Adds a finding; returns its number.
    pub(super) fn add(&mut self, found: Found) -> Number {
        // In the order of the other side, where it has a place there.
        let order = match (found.actual.first(), found.reference.first()) {
            (Some(touched), _) => self.order(touched.line()),
            (None, Some(touched)) => (self.matched.place_in_actual(touched.line()), usize::MAX),
            (None, None) => (0, 0),
        };
        let mut finding = Finding::new(found.change);
        finding.reference = self.matched.spots(Side::Reference, &found.reference);
        finding.actual = self.matched.spots(Side::Actual, &found.actual);
        self.findings.push(FindingDraft {
            finding,
            order,
            structural: Vec::new(),
            breaks: 0,
            moved: 0,
            elongations: 0,
        });
        self.findings.len() - 1
    }

    /// The place of a line of the other side among all: what stands side by side comes in the order of the languages.
    fn order(&self, line: usize) -> (usize, usize) {
        let text = self.matched.actual;
        let own = text.lines[line];
        let paragraph = &text.paragraphs[own.paragraph];
        let first = self.rows.get(&(&paragraph.name, own.page)).copied();
        let mut languages = text.layout.languages.iter();
        let place = languages.position(|code| *code == paragraph.language).unwrap_or(0);
        (first.unwrap_or(line), place)
    }

    /// Adds a finding that touches no lines.
    pub(super) fn add_change(&mut self, change: Change) -> Number {
        self.add(Found::new(change, Vec::new(), Vec::new()))
    }

    /// Adds a finding of the order of paragraphs and notes. What happened in several languages in one way is one finding.
    pub(super) fn add_structural(&mut self, found: Found, structural: Structural) -> Number {
        let same = self
            .findings
            .iter()
            .position(|draft| is_along(&draft.finding.change, &found.change));
        let number = match same {
            Some(number) => {
                self.add_language(number, &found);
                number
            }
            None => self.add(found),
        };
        self.findings[number].structural.push(structural);
        number
    }

    fn add_language(&mut self, number: Number, found: &Found) {
        let finding = &mut self.findings[number].finding;
        finding
            .reference
            .extend(self.matched.spots(Side::Reference, &found.reference));
        finding.actual.extend(self.matched.spots(Side::Actual, &found.actual));
        let order = |code: &String| {
            let languages = &self.matched.reference.layout.languages;
            languages.iter().position(|other| other == code)
        };
        if let (Some(languages), Some(more)) = (languages_of(&mut finding.change), languages(&found.change)) {
            languages.extend_from_slice(more);
            languages.sort_by_key(order);
        }
    }

    /// Tells that a finding on pairs changes how much room the text takes, and explains what else differs in them.
    pub(super) fn touch(&mut self, finding: Number, pairs: &[usize]) {
        let mut event: Option<Event> = None;
        let wider = |x: Pages, y: Pages| (x.0.min(y.0), x.1.max(y.1));
        for pair in pairs {
            let reference = self.matched.pages_of(Side::Reference, *pair);
            let actual = self.matched.pages_of(Side::Actual, *pair);
            let takes_room = self.matched.takes_room(*pair);
            event = Some(match event {
                Some(event) => Event {
                    reference: wider(event.reference, reference),
                    actual: wider(event.actual, actual),
                    takes_room: event.takes_room || takes_room,
                    ..event
                },
                None => Event {
                    finding,
                    reference,
                    actual,
                    takes_room,
                },
            });
            self.explained[*pair].get_or_insert(finding);
        }
        self.events.extend(event);
    }

    /// Explains what else differs in a pair that nothing explains yet.
    pub(super) fn explain(&mut self, finding: Number, pair: usize) {
        self.explained[pair].get_or_insert(finding);
    }

    /// Whether something explains what else differs in a pair.
    pub(super) fn of_pair(&self, pair: usize) -> Option<Number> {
        self.explained[pair]
    }

    /// The finding that explains what else differs in a line of the reference.
    pub(super) fn of_line(&self, line: usize) -> Option<Number> {
        self.matched.pair_of_line(line).and_then(|pair| self.explained[pair])
    }

    /// The kind of a finding.
    pub(super) fn kind(&self, finding: Number) -> Kind {
        self.findings[finding].finding.kind()
    }

    /// Folds a consequence under a finding.
    pub(super) fn follow(&mut self, finding: Number, consequence: Change) {
        let consequences = &mut self.findings[finding].finding.consequences;
        if !consequences.contains(&consequence) {
            consequences.push(consequence);
        }
    }

    /// Folds line breaks under a finding.
    pub(super) fn fold_breaks(&mut self, finding: Number, breaks: usize) {
        self.findings[finding].breaks += breaks;
    }

    /// Folds lines with other elongations under a finding.
    pub(super) fn fold_elongations(&mut self, finding: Number, lines: usize) {
        self.findings[finding].elongations += lines;
    }

    /// Folds moved lines under a finding.
    pub(super) fn fold_moved(&mut self, finding: Number, lines: usize) {
        self.findings[finding].moved += lines;
    }

    /// Marks lines as told to have moved.
    pub(super) fn tell_moved(&mut self, lines: &[(usize, usize)]) {
        lines.iter().for_each(|(line, _)| self.told[*line] = true);
    }

    /// Whether a line of the reference is told to have moved.
    pub(super) fn is_told(&self, line: usize) -> bool {
        self.told[line]
    }

    /// The first page of the other side that something changed the room of.
    pub(super) fn first_event_page(&self) -> usize {
        let pages = self.events.iter().map(|event| event.actual.0);
        pages.min().unwrap_or(usize::MAX)
    }

    /// Whether the head and the foot of a page of the reference can be compared: where pages were added, those after them
    /// are other pages.
    pub(super) fn is_own_page(&self, page: usize) -> bool {
        let count = |text: &Text<'_>| text.layout.pages.len();
        count(self.matched.reference) == count(self.matched.actual) || page < self.first_event_page()
    }

    /// The finding that moved what stands on pages: one that touches them, the nearest before their ends first.
    pub(super) fn cause(&self, reference: Pages, actual: Pages) -> Option<Number> {
        let meets = |text: &Text<'_>, x: Pages, y: Pages| {
            text.opening(x.0) <= text.opening(y.1) && text.opening(y.0) <= text.opening(x.1)
        };
        let touches = |event: &&Event| {
            meets(self.matched.reference, event.reference, reference)
                || meets(self.matched.actual, event.actual, actual)
        };
        // Of two on one page the one that took room; of two on several pages the one where they start.
        let rank = |event: &&Event| {
            (
                event.takes_room,
                Reverse(event.actual.0.max(actual.0)),
                Reverse(event.finding),
            )
        };
        let best = self.events.iter().filter(touches).max_by_key(rank);
        best.map(|event| event.finding)
    }

    /// The finding that moved what stands on a page of the other side: the last one before its end.
    pub(super) fn cause_before(&self, page: usize) -> Option<Number> {
        let opening = |page: usize| self.matched.actual.opening(page);
        let before = self
            .events
            .iter()
            .filter(|event| opening(event.actual.0) <= opening(page));
        let best = before.max_by_key(|event| (event.takes_room, event.actual.0, Reverse(event.finding)));
        best.map(|event| event.finding)
    }

    /// The finding that a note of a language came, went or moved; of any note of the language where none is asked for.
    pub(super) fn note_cause(&self, language: &str, note: Option<usize>) -> Option<Number> {
        let is_cause = |structural: &Structural| {
            let has = |note| structural.notes.contains(&note);
            structural.language == language && note.map_or(!structural.notes.is_empty(), has)
        };
        self.findings
            .iter()
            .position(|draft| draft.structural.iter().any(is_cause))
    }

    /// The finding that counts a pair otherwise: the last paragraph of its zone and language that came, went or moved before
    /// it, or the first one after it.
    pub(super) fn counting_cause(&self, zone: Zone, language: &str, pair: usize) -> Option<Number> {
        let line = self.matched.both(pair).1.lines.first().copied().unwrap_or(0);
        let of = |structural: &Structural| structural.zone == zone && structural.language == language;
        let causes = self
            .findings
            .iter()
            .enumerate()
            .filter(|(_, draft)| draft.structural.iter().any(of));
        let rank = |(_, draft): &(Number, &FindingDraft)| {
            let place = draft.order.0;
            (place <= line, if place <= line { place } else { usize::MAX - place })
        };
        let any = || self.findings.iter().position(|draft| !draft.structural.is_empty());
        causes.max_by_key(rank).map(|(number, _)| number).or_else(any)
    }

    /// The findings in the order of the document.
    pub(super) fn finish(self) -> Vec<Finding> {
        let mut drafts = self.findings;
        drafts.sort_by_key(|draft| draft.order);
        let finish = |draft: FindingDraft| {
            let mut finding = draft.finding;
            let counted = [
                (draft.breaks, Change::LinesBreak { lines: draft.breaks }),
                (
                    draft.elongations,
                    Change::LinesElongated {
                        lines: draft.elongations,
                    },
                ),
                (draft.moved, Change::LinesShifted { lines: draft.moved }),
            ];
            let told = counted.into_iter().filter(|(count, _)| *count > 0);
            finding.consequences.extend(told.map(|(_, change)| change));
            finding
        };
        drafts.into_iter().map(finish).collect()
    }
}

/// Whether a change is the same as another in another language.
fn is_along(a: &Change, b: &Change) -> bool {
    let is_other = match (languages(a), languages(b)) {
        (Some(ours), Some(theirs)) => !theirs.is_empty() && !ours.is_empty() && !ours.contains(&theirs[0]),
        _ => false,
    };
    is_other
        && match (a, b) {
            (
                Change::OneSided {
                    presence, group, names, ..
                },
                Change::OneSided {
                    presence: p,
                    group: g,
                    names: n,
                    ..
                },
            ) => presence == p && ((group, names) == (g, n) || both_mastheads(group, g)),
            (Change::Swapped { names, .. }, Change::Swapped { names: n, .. }) => names == n,
            (Change::Moved { name, to, .. }, Change::Moved { name: n, to: t, .. }) => (name, to) == (n, t),
            _ => false,
        }
}

fn both_mastheads(a: &Group, b: &Group) -> bool {
    matches!((a, b), (Group::Masthead { .. }, Group::Masthead { .. }))
}

fn languages(change: &Change) -> Option<&[String]> {
    match change {
        Change::OneSided { languages, .. } | Change::Swapped { languages, .. } | Change::Moved { languages, .. } => {
            Some(languages)
        }
        _ => None,
    }
}

fn languages_of(change: &mut Change) -> Option<&mut Vec<String>> {
    match change {
        Change::OneSided { languages, .. } | Change::Swapped { languages, .. } | Change::Moved { languages, .. } => {
            Some(languages)
        }
        _ => None,
    }
}
