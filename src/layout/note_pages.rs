//! Notes that went to another page.

use super::case::{Case, Event};
use super::difference::{Kind, Level};
use super::telling::numbers;
use super::text::Text;

/// A note that went to another page.
#[derive(Debug, Clone)]
struct Journey {
    /// Its pair.
    pair: usize,
    note: usize,
    language: String,
    /// The pages that it went from and to, from 0.
    from: usize,
    to: usize,
}

/// Finds notes on another page than before. One whose mark went to that page too follows it.
pub(super) fn find(case: &mut Case<'_>) {
    let mut followers: Vec<(usize, Vec<Journey>)> = Vec::new();
    let mut alone: Vec<Vec<Journey>> = Vec::new();
    for journey in journeys(case) {
        match cause(case, &journey) {
            Some(cause) => match followers.iter_mut().find(|(finding, _)| *finding == cause) {
                Some((_, list)) => list.push(journey),
                None => followers.push((cause, vec![journey])),
            },
            // The languages of a note go together.
            None => {
                let like = |list: &&mut Vec<Journey>| {
                    let first = &list[0];
                    (first.note, first.from, first.to) == (journey.note, journey.from, journey.to)
                };
                match alone.iter_mut().find(like) {
                    Some(list) => list.push(journey),
                    None => alone.push(vec![journey]),
                }
            }
        }
    }
    for (cause, list) in followers {
        // All that stands after an added page is one page later: that goes without saying.
        if case.kind(cause) != Kind::Page {
            let message = told(case, &list);
            case.follow(cause, message);
        }
    }
    for list in alone {
        let message = told(case, &list);
        let lines = |text: &Text<'_>, of: fn(&super::align::Pair) -> usize| -> Vec<usize> {
            let paragraphs = list.iter().map(|journey| of(&case.alignment.pairs[journey.pair]));
            paragraphs
                .flat_map(|paragraph| text.paragraphs[paragraph].lines.clone())
                .collect()
        };
        let (a, b) = (lines(case.reference, |p| p.reference), lines(case.actual, |p| p.actual));
        let finding = case.add(Level::Pages, Kind::NotePage, message, &a, &b);
        let pages = (list[0].from.min(list[0].to), list[0].from.max(list[0].to));
        case.events.push(Event {
            finding,
            reference: pages,
            actual: pages,
            language: String::new(),
            takes_room: true,
        });
    }
}

fn journeys(case: &Case<'_>) -> Vec<Journey> {
    let mut journeys = Vec::new();
    for (number, pair) in case.alignment.pairs.iter().enumerate() {
        let b = &case.actual.paragraphs[pair.actual];
        let is_note = case.reference.paragraphs[pair.reference].note().is_some();
        let (from, to) = (
            case.reference.first_page(pair.reference),
            case.actual.first_page(pair.actual),
        );
        // One that stands in another order is told as such.
        if let Some(note) = b.note().filter(|_| is_note && from != to && !pair.moved) {
            journeys.push(Journey {
                pair: number,
                note,
                language: b.language.clone(),
                from,
                to,
            });
        }
    }
    journeys
}

/// What brought a note to another page.
fn cause(case: &Case<'_>, journey: &Journey) -> Option<usize> {
    let pair = &case.alignment.pairs[journey.pair];
    let old = case.reference.paragraphs[pair.reference].note()?;
    let marks = (
        mark_page(case.reference, &journey.language, old),
        mark_page(case.actual, &journey.language, journey.note),
    );
    let pages = (journey.from.min(journey.to), journey.from.max(journey.to));
    let cause = case.cause(pages, pages);
    if marks.0 == marks.1 {
        return cause;
    }
    cause.or_else(|| case.cause_before(pages.1))
}

/// Notes and their pages in words: `note 5 moved from page 2 to page 3`, `notes 4 to 6 moved to other pages`.
fn told(case: &Case<'_>, list: &[Journey]) -> String {
    let first = &list[0];
    let has = |note: usize, language: &str| {
        let name = format!("note {note}");
        let mut paragraphs = case.actual.paragraphs.iter();
        paragraphs.any(|p| p.language == language && p.name == name)
    };
    let languages: Vec<&str> = case.actual.layout.languages.iter().map(String::as_str).collect();
    let goes_whole = |journey: &Journey| {
        let gone = |language: &&str| list.iter().any(|j| j.note == journey.note && j.language == **language);
        languages
            .iter()
            .filter(|language| has(journey.note, language))
            .all(gone)
    };
    let subject = if languages.len() < 2 || list.iter().all(goes_whole) {
        numbers(
            "note",
            "notes",
            &list.iter().map(|journey| journey.note).collect::<Vec<_>>(),
        )
    } else {
        let mut names: Vec<String> = Vec::new();
        for language in languages {
            let of: Vec<usize> = list.iter().filter(|j| j.language == language).map(|j| j.note).collect();
            if !of.is_empty() {
                names.push(case.in_brackets(&numbers("note", "notes", &of), language));
            }
        }
        super::telling::names(&names)
    };
    if list
        .iter()
        .all(|journey| (journey.from, journey.to) == (first.from, first.to))
    {
        format!("{subject} moved from page {} to page {}", first.from + 1, first.to + 1)
    } else {
        format!("{subject} moved to other pages")
    }
}

/// The page of the first mark of a note.
fn mark_page(text: &Text<'_>, language: &str, note: usize) -> Option<usize> {
    let marked = |line: &&super::text::TextLine<'_>| {
        line.line.language == language && line.line.marks.iter().any(|mark| mark.note == note)
    };
    text.lines.iter().find(marked).map(|line| line.page)
}
