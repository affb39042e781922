//! Marks of notes that stand elsewhere.

use rustc_hash::FxHashMap;

use super::case::Case;
use super::difference::{Kind, Level};
use super::text::{Paragraph, Text};

/// Finds marks of notes that only one side has. A note that was added, removed or exchanged takes its marks along.
pub(super) fn find(case: &mut Case<'_>, structural: bool) {
    let knows = |text: &Text<'_>| text.paragraphs.iter().any(|p| !p.marks.is_empty());
    if !knows(case.reference) || !knows(case.actual) {
        return;
    }
    let mut same: FxHashMap<(String, usize), usize> = FxHashMap::default();
    for pair in &case.alignment.pairs {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        if let (Some(old), Some(new)) = (a.note(), b.note()) {
            same.insert((a.language.clone(), old), new);
        }
    }
    explain_marks(case, &same);
    let kept: Vec<(String, usize)> = same
        .iter()
        .map(|((language, _), new)| (language.clone(), *new))
        .collect();
    for number in 0..case.alignment.pairs.len() {
        let pair = &case.alignment.pairs[number];
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        let language = &a.language;
        let ours: Vec<(usize, usize, usize)> = a
            .marks
            .iter()
            .filter_map(|(at, note)| Some((pair.boundary(*at)?, *note, *same.get(&(language.clone(), *note))?)))
            .collect();
        let theirs: Vec<(usize, usize)> = b
            .marks
            .iter()
            .copied()
            .filter(|(_, note)| kept.contains(&(language.clone(), *note)))
            .collect();
        let is_kept = |note: usize| kept.contains(&(language.clone(), note));
        let matches = |(at, note, is): &(usize, usize, usize), (there, other): &(usize, usize)| {
            at == there && (is == other || structural && note == other)
        };
        // Marks of one kind of paragraph follow each other: one that has none on the other side is told.
        let lost = ours.iter().find(|our| !theirs.iter().any(|their| matches(our, their)));
        let found = theirs.iter().find(|their| !ours.iter().any(|our| matches(our, their)));
        let name = case.name(case.actual, pair.actual);
        // Where the mark of a note that only one side has stands in its place, that note is why.
        let of_added = lost.and_then(|(at, ..)| b.marks.iter().find(|(there, note)| there == at && !is_kept(*note)));
        if let (Some((_, note, _)), Some((_, new))) = (lost, of_added)
            && let Some(cause) = case.note_finding(language, Some(*new))
        {
            let message = format!("{name} marks note {new} in place of note {note}");
            case.follow(cause, message);
            continue;
        }
        let message = match (lost, found) {
            (None, None) => continue,
            (Some((at, note, _)), None) => format!("{name}: the mark of note {note} removed{}", after(b, *at)),
            (None, Some((at, note))) => format!("{name}: a mark of note {note} added{}", after(b, *at)),
            (Some((_, note, _)), Some((at, other))) if note == other => {
                format!("{name}: the mark of note {note} moved; it stands{} here", after(b, *at))
            }
            (Some((_, note, _)), Some((at, other))) => {
                format!(
                    "{name}: the mark of note {note} became one of note {other}{}",
                    after(b, *at)
                )
            }
        };
        let (a, b) = (a.lines.clone(), b.lines.clone());
        let finding = case.add(Level::Text, Kind::Label, message, &a, &b);
        case.touch_pair(finding, number);
    }
}

/// A paragraph that lost or got the mark of a note, or has one of another number, has other lines: the note is why.
fn explain_marks(case: &mut Case<'_>, same: &FxHashMap<(String, usize), usize>) {
    for number in 0..case.alignment.pairs.len() {
        let pair = &case.alignment.pairs[number];
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        let numbers = |p: &Paragraph| p.marks.iter().map(|(_, note)| *note).collect::<Vec<_>>();
        let (ours, theirs) = (numbers(a), numbers(b));
        if ours == theirs {
            continue;
        }
        let language = a.language.as_str();
        let lost = ours
            .iter()
            .find(|note| !same.contains_key(&(language.to_owned(), **note)));
        let cause = case.note_finding(language, lost.copied());
        if let Some(cause) = cause {
            case.touch_pair(cause, number);
        }
    }
}

fn after(paragraph: &Paragraph, at: usize) -> String {
    paragraph
        .before(at)
        .map(|word| format!(" after `{word}`"))
        .unwrap_or_default()
}
