//! What differs in the text: first paragraphs, then their words, their labels and marks.

use super::align::Change;
use super::case::Case;
use super::difference::{Kind, Level};
use super::telling::{count, quoted};
use super::text::{Paragraph, Zone};
use super::{labels, marks, paragraphs};

/// More changes than this in one paragraph are told as one.
const REWRITTEN: usize = 6;

/// Finds what differs in the text.
pub(super) fn find(case: &mut Case<'_>) {
    let order = paragraphs::order(case);
    let structural = paragraphs::only_on_one_side(case) | order;
    for number in 0..case.alignment.pairs.len() {
        if case.reference.paragraphs[case.alignment.pairs[number].reference].zone != Zone::Furniture {
            words(case, number);
        }
    }
    labels::find(case, structural);
    marks::find(case, structural);
}

/// The words that differ in a paragraph of both sides.
fn words(case: &mut Case<'_>, number: usize) {
    let pair = &case.alignment.pairs[number];
    if pair.changes.is_empty() {
        return;
    }
    let (a, b) = (
        &case.reference.paragraphs[pair.reference],
        &case.actual.paragraphs[pair.actual],
    );
    let name = case.name(case.actual, pair.actual);
    if pair.changes.len() > REWRITTEN {
        let went: usize = pair.changes.iter().map(|c| c.reference.1 - c.reference.0).sum();
        let came: usize = pair.changes.iter().map(|c| c.actual.1 - c.actual.0).sum();
        let message = format!(
            "{name} rewritten in {} places: {} removed, {} added",
            pair.changes.len(),
            count(went, "word", "words"),
            count(came, "word", "words")
        );
        let finding = case.add(Level::Text, Kind::Words, message, &a.lines, &b.lines);
        case.touch_pair(finding, number);
        return;
    }
    for change in &pair.changes {
        let message = word_change(&name, a, b, *change);
        let lines = (lines_of(a, change.reference), lines_of(b, change.actual));
        let finding = case.add(Level::Text, Kind::Words, message, &lines.0, &lines.1);
        case.touch_pair(finding, number);
    }
}

fn word_change(name: &str, a: &Paragraph, b: &Paragraph, change: Change) -> String {
    let words =
        |p: &Paragraph, range: (usize, usize)| quoted(p.words[range.0..range.1].iter().map(|w| w.text.as_str()));
    let place = match (b.before(change.actual.0), b.words.get(change.actual.1)) {
        (Some(before), _) => format!(" after `{before}`"),
        (None, Some(after)) => format!(" before `{}`", after.text),
        (None, None) => String::new(),
    };
    let (went, came) = (
        change.reference.1 > change.reference.0,
        change.actual.1 > change.actual.0,
    );
    match (went, came) {
        (false, _) => format!("{name}: {} added{place}", words(b, change.actual)),
        (true, false) => format!("{name}: {} removed{place}", words(a, change.reference)),
        (true, true) => format!(
            "{name}: {} became {}{place}",
            words(a, change.reference),
            words(b, change.actual)
        ),
    }
}

/// The lines that hold words; where there are none, the line that they would stand in.
fn lines_of(paragraph: &Paragraph, words: (usize, usize)) -> Vec<usize> {
    let first = paragraph
        .starts
        .partition_point(|start| *start <= words.0)
        .saturating_sub(1);
    let last = paragraph
        .starts
        .partition_point(|start| *start < words.1.max(words.0 + 1))
        .max(first + 1);
    paragraph
        .lines
        .get(first..last.min(paragraph.lines.len()))
        .unwrap_or_default()
        .to_vec()
}
