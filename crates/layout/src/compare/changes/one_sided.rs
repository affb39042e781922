//! Paragraphs and notes that only one side has.

use super::super::change::{Change, Group};
use super::super::matched::Matched;
use super::super::options::Side;
use crate::Name;
use crate::text::{Paragraph, Text, Zone};

/// Paragraphs that follow each other and stand on one side alone.
#[derive(Debug)]
pub(in super::super) struct OneSided {
    pub(in super::super) change: Change,
    /// The side that has them.
    pub(in super::super) side: Side,
    pub(in super::super) language: String,
    pub(in super::super) zone: Zone,
    /// The numbers of its notes, and of those that came or went with their text.
    pub(in super::super) notes: Vec<usize>,
    /// The notes that came or went with their text.
    pub(in super::super) notes_too: Vec<usize>,
    /// Its lines.
    pub(in super::super) lines: Vec<usize>,
    /// The pages of the reference that it touches, from 0, the first and the last.
    pub(in super::super) reference: (usize, usize),
    /// Those of the other side.
    pub(in super::super) actual: (usize, usize),
}

/// Finds paragraphs and notes that only one side has.
pub(in super::super) fn find(matched: &Matched<'_>) -> Vec<OneSided> {
    let mut all = Vec::new();
    for side in Side::BOTH {
        let (text, other) = (matched.text(side), matched.text(side.opposite()));
        let list: Vec<usize> = (matched.alone(side).iter().copied())
            .filter(|number| is_compared(text, other, *number))
            .collect();
        let (with_their_text, list): (Vec<usize>, Vec<usize>) = list
            .iter()
            .partition(|number| goes_with_its_text(text, &list, **number));
        let mut notes: Vec<usize> = with_their_text
            .iter()
            .filter_map(|n| text.paragraphs[*n].note())
            .collect();
        for run in runs(text, &list) {
            // The first run of text tells of the notes that went with all of them.
            let notes = match text.paragraphs[run[0]].zone {
                Zone::Body => std::mem::take(&mut notes),
                _ => Vec::new(),
            };
            all.push(of_run(matched, side, &run, notes));
        }
    }
    all
}

fn of_run(matched: &Matched<'_>, side: Side, run: &[usize], notes_too: Vec<usize>) -> OneSided {
    let text = matched.text(side);
    let paragraphs = || run.iter().map(|n| &text.paragraphs[*n]);
    let group = if run.len() > 2 && paragraphs().all(|p| matches!(p.name, Name::Front(_))) {
        let named = paragraphs().all(|p| !p.name.is_line_of_masthead());
        Group::Masthead { named }
    } else if paragraphs().all(|p| p.note().is_some()) {
        Group::Notes
    } else if paragraphs().all(|p| p.cell().is_some()) {
        Group::Rows
    } else {
        Group::Paragraphs
    };
    let words = match (&group, run) {
        (Group::Masthead { named: false } | Group::Rows, _) | (_, [_]) => {
            paragraphs().flat_map(Paragraph::all_texts).collect()
        }
        _ => Vec::new(),
    };
    let language = text.paragraphs[run[0]].language.clone();
    let own = (
        text.first_page(run[0]),
        run.iter().map(|n| text.last_page(*n)).max().unwrap_or(0),
    );
    let across = across(matched, side, run[0]).unwrap_or(own);
    let (reference, actual) = side.in_order(own, across);
    let mut names: Vec<String> = paragraphs().map(|p| p.name.row()).collect();
    names.dedup();
    OneSided {
        change: Change::OneSided {
            presence: side.presence(),
            group,
            names,
            languages: matched.told_language(&language).into_iter().collect(),
            words,
        },
        side,
        zone: text.paragraphs[run[0]].zone,
        notes: paragraphs()
            .filter_map(Paragraph::note)
            .chain(notes_too.iter().copied())
            .collect(),
        notes_too,
        lines: paragraphs().flat_map(|p| p.lines.clone()).collect(),
        language,
        reference,
        actual,
    }
}

/// The pages of the other side where a paragraph of a side would stand: from the one before to the one after.
fn across(matched: &Matched<'_>, side: Side, first: usize) -> Option<(usize, usize)> {
    let (text, other) = (matched.text(side), matched.text(side.opposite()));
    let own = |pair: &usize| matched.of_pair(side, *pair);
    let like = |pair: &usize| {
        let (a, b) = (&text.paragraphs[own(pair)], &text.paragraphs[first]);
        a.zone == b.zone && a.language == b.language
    };
    let pairs = || matched.pairs().filter(like);
    let before = pairs().filter(|pair| own(pair) < first).max_by_key(own);
    let after = pairs().filter(|pair| own(pair) > first).min_by_key(own);
    let theirs = |pair: usize| matched.of_pair(side.opposite(), pair);
    let from = before.map(|pair| other.last_page(theirs(pair)));
    let to = after.map(|pair| other.first_page(theirs(pair)));
    Some((from.or(to)?, to.or(from)?.max(from.unwrap_or(0))))
}

/// What a partial layout does not tell, and heads and feet, are not missing there.
fn is_compared(text: &Text<'_>, other: &Text<'_>, number: usize) -> bool {
    let paragraph = &text.paragraphs[number];
    if paragraph.zone == Zone::Furniture {
        return false;
    }
    !other.layout.partial || (other.paragraphs.iter()).any(|p| p.name.family() == paragraph.name.family())
}

/// Whether all marks of a note stand in paragraphs of the list.
fn goes_with_its_text(text: &Text<'_>, list: &[usize], number: usize) -> bool {
    let Some(note) = text.paragraphs[number].note() else {
        return false;
    };
    let language = &text.paragraphs[number].language;
    let is_marked = |p: &Paragraph| p.language == *language && p.marks.iter().any(|(_, other)| *other == note);
    let marked = || text.paragraphs.iter().enumerate().filter(|(_, p)| is_marked(p));
    marked().next().is_some() && marked().all(|(n, _)| list.contains(&n))
}

/// Paragraphs that follow each other, in lists.
fn runs(text: &Text<'_>, list: &[usize]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let follows = |a: usize, b: usize| {
        let (x, y) = (&text.paragraphs[a], &text.paragraphs[b]);
        let alike = |p: &Paragraph| p.zone == x.zone && p.language == x.language;
        alike(y) && a < b && !text.paragraphs[a + 1..b].iter().any(alike)
    };
    let mut sorted = list.to_vec();
    sorted.sort_by_key(|n| (text.paragraphs[*n].zone, text.paragraphs[*n].language.clone(), *n));
    for number in sorted {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| follows(*last, number)) => run.push(number),
            _ => runs.push(vec![number]),
        }
    }
    runs
}
