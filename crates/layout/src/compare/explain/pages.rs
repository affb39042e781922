//! Pages, the pages of notes, heads and feet.

use std::collections::BTreeMap;

use super::super::change::{Change, Presence};
use super::super::changes::Found;
use super::super::changes::furniture;
use super::super::changes::note_pages::{self, Journey};
use super::super::changes::page_breaks::{self, PageEnds};
use super::super::kind::Kind;
use super::explanation::{Event, Explanation, Number};

/// Explains what differs in the pages.
pub(super) fn explain(explanation: &mut Explanation<'_>) {
    breaks(explanation);
    notes(explanation);
    count(explanation);
}

fn breaks(explanation: &mut Explanation<'_>) {
    // The pages that end elsewhere, by their findings.
    let mut elsewhere: BTreeMap<Number, Vec<usize>> = BTreeMap::new();
    let mut told: Vec<(Number, usize)> = Vec::new();
    for ends in page_breaks::find(explanation.matched) {
        if let Some(cause) = cause_of_break(explanation, &ends) {
            if ends.is_moved {
                elsewhere.entry(cause).or_default().extend(ends.ends);
            }
        } else if ends.leads || ends.is_moved {
            let is_added = matches!(
                ends.found.change,
                Change::Pages {
                    presence: Presence::Added,
                    ..
                }
            );
            let finding = explanation.add(ends.found);
            if !is_added {
                told.extend(ends.ends.first().map(|page| (finding, *page)));
                elsewhere.entry(finding).or_default().extend(ends.ends);
            }
            explanation.events.push(Event {
                finding,
                reference: ends.reference,
                actual: ends.actual,
                takes_room: true,
            });
        }
    }
    for (finding, mut pages) in elsewhere {
        pages.retain(|page| !told.contains(&(finding, *page)));
        pages.sort_unstable();
        pages.dedup();
        if !pages.is_empty() {
            explanation.follow(finding, Change::PagesEnd { pages });
        }
    }
}

fn cause_of_break(explanation: &Explanation<'_>, ends: &PageEnds) -> Option<Number> {
    explanation.cause(ends.reference, ends.actual).or_else(|| {
        // A page that starts elsewhere or has other notes ends elsewhere too.
        ends.is_disturbed
            .then(|| explanation.cause_before(ends.actual.0))
            .flatten()
    })
}

/// One whose mark went to another page too follows what brought that there.
fn notes(explanation: &mut Explanation<'_>) {
    let mut followers: Vec<(Number, Vec<Journey>)> = Vec::new();
    let mut alone: Vec<Vec<Journey>> = Vec::new();
    for journey in note_pages::find(explanation.matched) {
        let cause = explanation.cause(journey.pages(), journey.pages()).or_else(|| {
            let before = journey
                .has_mark_elsewhere
                .then(|| explanation.cause_before(journey.pages().1));
            before.flatten()
        });
        match cause {
            Some(cause) => match followers.iter_mut().find(|(finding, _)| *finding == cause) {
                Some((_, list)) => list.push(journey),
                None => followers.push((cause, vec![journey])),
            },
            // The languages of a note go together.
            None => match alone.iter_mut().find(|list| list[0].is_along(&journey)) {
                Some(list) => list.push(journey),
                None => alone.push(vec![journey]),
            },
        }
    }
    for (cause, list) in followers {
        // All that stands after an added page is one page later: that goes without saying.
        if explanation.kind(cause) != Kind::Page {
            let change = note_pages::together(explanation.matched, &list);
            explanation.follow(cause, change);
        }
    }
    for list in alone {
        let pairs: Vec<usize> = list.iter().map(|journey| journey.pair).collect();
        let (reference, actual) = explanation.matched.lines_of(&pairs);
        let finding = explanation.add(Found::new(
            note_pages::together(explanation.matched, &list),
            reference,
            actual,
        ));
        explanation.events.push(Event {
            finding,
            reference: list[0].pages(),
            actual: list[0].pages(),
            takes_room: true,
        });
    }
}

/// More or fewer pages, under what brought them.
fn count(explanation: &mut Explanation<'_>) {
    let (reference, actual) = (explanation.matched.reference, explanation.matched.actual);
    let (old, new) = (reference.layout.pages.len(), actual.layout.pages.len());
    if old == new {
        return;
    }
    let change = Change::PageCount { old, new };
    match explanation.events.last().map(|event| event.finding) {
        // That a page was added is told already.
        Some(cause) if explanation.kind(cause) == Kind::Page => {}
        Some(cause) => explanation.follow(cause, change),
        None => {
            explanation.add_change(change);
        }
    }
}

/// Heads and feet of pages that both sides have.
pub(super) fn furniture(explanation: &mut Explanation<'_>) {
    let matched = explanation.matched;
    let own = |page: usize| explanation.is_own_page(page);
    for found in furniture::words(matched, own) {
        explanation.add(found);
    }
    let counts = (matched.reference.layout.pages.len(), matched.actual.layout.pages.len());
    let shared = if counts.0 == counts.1 {
        counts.0
    } else {
        explanation.first_event_page().min(counts.0.min(counts.1))
    };
    for found in furniture::one_sided(matched, shared) {
        explanation.add(found);
    }
}
