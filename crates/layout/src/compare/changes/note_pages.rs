//! Notes that went to another page.

use super::super::change::{Change, Notes};
use super::super::matched::Matched;
use super::super::options::Side;
use crate::text::{Text, TextLine};

/// A note that went to another page.
#[derive(Debug, Clone)]
pub(in super::super) struct Journey {
    /// Its pair.
    pub(in super::super) pair: usize,
    note: usize,
    language: String,
    /// The pages that it went from and to, from 0.
    from: usize,
    to: usize,
    /// Whether its mark went to another page too.
    pub(in super::super) has_mark_elsewhere: bool,
}

impl Journey {
    /// The first and the last page that it touches, from 0.
    pub(in super::super) fn pages(&self) -> (usize, usize) {
        (self.from.min(self.to), self.from.max(self.to))
    }

    /// Whether it is the same note in another language.
    pub(in super::super) fn is_along(&self, other: &Self) -> bool {
        (self.note, self.from, self.to) == (other.note, other.from, other.to)
    }
}

/// Finds notes on another page than before.
pub(in super::super) fn find(matched: &Matched<'_>) -> Vec<Journey> {
    // One that stands in another order is told as such.
    let stays = |pair: &usize| !matched.alignment.pairs[*pair].moved;
    let journey = |pair: usize| {
        let (a, b) = matched.both(pair);
        let (old, note) = (a.note()?, b.note()?);
        let (from, to) = (
            matched.pages_of(Side::Reference, pair).0,
            matched.pages_of(Side::Actual, pair).0,
        );
        let marks = (
            mark_page(matched.reference, &b.language, old),
            mark_page(matched.actual, &b.language, note),
        );
        (from != to).then(|| Journey {
            pair,
            note,
            language: b.language.clone(),
            from,
            to,
            has_mark_elsewhere: marks.0 != marks.1,
        })
    };
    matched.pairs().filter(stays).filter_map(journey).collect()
}

/// Notes that went to other pages for one reason.
pub(in super::super) fn together(matched: &Matched<'_>, list: &[Journey]) -> Change {
    let numbers = |of: &dyn Fn(&Journey) -> bool| -> Vec<usize> {
        list.iter()
            .filter(|journey| of(journey))
            .map(|journey| journey.note)
            .collect()
    };
    let languages: Vec<&str> = matched.actual.layout.languages.iter().map(String::as_str).collect();
    let has = |note: usize, language: &str| {
        let mut paragraphs = matched.actual.paragraphs.iter();
        paragraphs.any(|p| p.language == language && p.note() == Some(note))
    };
    let goes_whole = |journey: &Journey| {
        let gone = |language: &&&str| list.iter().any(|j| j.note == journey.note && j.language == ***language);
        let mut with_note = languages.iter().filter(|language| has(journey.note, language));
        with_note.all(|language| gone(&language))
    };
    let notes = if languages.len() < 2 || list.iter().all(goes_whole) {
        vec![Notes {
            language: None,
            numbers: numbers(&|_| true),
        }]
    } else {
        let of = |language: &&str| Notes {
            language: matched.told_language(language),
            numbers: numbers(&|journey| journey.language == *language),
        };
        let has_any = |notes: &Notes| !notes.numbers.is_empty();
        languages.iter().map(of).filter(has_any).collect()
    };
    let first = &list[0];
    let is_one = list
        .iter()
        .all(|journey| (journey.from, journey.to) == (first.from, first.to));
    Change::NotesMoved {
        notes,
        pages: is_one.then_some((first.from + 1, first.to + 1)),
    }
}

/// The page of the first mark of a note.
fn mark_page(text: &Text<'_>, language: &str, note: usize) -> Option<usize> {
    let marked =
        |line: &&TextLine<'_>| line.line.language == language && line.line.marks.iter().any(|mark| mark.note == note);
    text.lines.iter().find(marked).map(|line| line.page)
}
