//! Marks of notes that stand elsewhere.

use rustc_hash::FxHashMap;

use super::align::Pair;
use super::case::Case;
use super::difference::{Kind, Level};
use super::text::{Paragraph, Text, Zone};

/// A mark that only one side has: the pair of its paragraph, the word of the other layout that it stands behind or would
/// stand behind, and the number of its note there.
#[derive(Debug, Clone, Copy)]
struct Place {
    pair: usize,
    at: usize,
    note: usize,
}

/// Finds marks of notes that only one side has. A note that was added, removed or exchanged takes its marks along.
pub(super) fn find(case: &mut Case<'_>, structural: bool) {
    if is_blind(case.reference) || is_blind(case.actual) {
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
    let (mut lost, mut found) = (Vec::new(), Vec::new());
    for number in 0..case.alignment.pairs.len() {
        in_pair(case, number, &same, structural, (&mut lost, &mut found));
    }
    // What is gone in one paragraph and has come in another one was moved.
    for gone in lost {
        let language = |place: &Place| {
            case.actual.paragraphs[case.alignment.pairs[place.pair].actual]
                .language
                .as_str()
        };
        let come = found
            .iter()
            .position(|come: &Place| come.note == gone.note && language(come) == language(&gone));
        match come.map(|at| found.remove(at)) {
            Some(come) => tell_moved(case, gone, come),
            None => tell(case, gone, "removed"),
        }
    }
    for come in found {
        tell(case, come, "added");
    }
}

/// Whether a layout does not tell the marks that it may have: a PDF with notes and without any mark that was known, or a
/// part of a layout.
fn is_blind(text: &Text<'_>) -> bool {
    let has_marks = text.paragraphs.iter().any(|p| !p.marks.is_empty());
    let has_notes = || text.paragraphs.iter().any(|p| p.zone == Zone::Notes);
    !has_marks && (text.layout.partial || text.layout.from_pdf && has_notes())
}

/// Tells the marks of a pair that stand elsewhere in it; collects those that only one side of it has.
fn in_pair(
    case: &mut Case<'_>,
    number: usize,
    same: &FxHashMap<(String, usize), usize>,
    structural: bool,
    (lost, found): (&mut Vec<Place>, &mut Vec<Place>),
) {
    let pair = &case.alignment.pairs[number];
    let (a, b) = (
        &case.reference.paragraphs[pair.reference],
        &case.actual.paragraphs[pair.actual],
    );
    let language = &a.language;
    let is_kept = |note: usize| same.iter().any(|((of, _), new)| of == language && *new == note);
    let of_pair = |(at, note)| Place { pair: number, at, note };
    let mut come: Vec<Place> = b
        .marks
        .iter()
        .copied()
        .filter(|(_, note)| is_kept(*note))
        .map(of_pair)
        .collect();
    let mut gone: Vec<Place> = Vec::new();
    for (at, note) in &a.marks {
        let (Some(at), Some(is)) = (pair.boundary(*at), same.get(&(language.clone(), *note))) else {
            continue;
        };
        let matches = |place: &Place| place.at == at && (place.note == *is || structural && place.note == *note);
        match come.iter().position(matches) {
            Some(there) => {
                come.remove(there);
            }
            None => gone.push(of_pair((at, *is))),
        }
    }
    let name = case.name(case.actual, pair.actual);
    for place in gone {
        // Where the mark of a note that only one side has stands in its place, that note is why.
        let in_its_place = b
            .marks
            .iter()
            .find(|(there, note)| *there == place.at && !is_kept(*note));
        if let Some((_, new)) = in_its_place
            && let Some(cause) = case.note_finding(language, Some(*new))
        {
            case.follow(
                cause,
                format!("{name} marks note {new} in place of note {}", place.note),
            );
            continue;
        }
        let of_note = come.iter().position(|other| other.note == place.note);
        let there = come.iter().position(|other| other.at == place.at);
        if let Some(other) = of_note.map(|other| come.remove(other)) {
            tell_moved(case, place, other);
        } else if let Some(other) = there.map(|there| come.remove(there)) {
            let message = format!(
                "{name}: mark of note {} became one of note {}{}",
                place.note,
                other.note,
                after(b, place.at)
            );
            add(case, message, &[place.pair]);
        } else {
            lost.push(place);
        }
    }
    found.extend(come);
}

fn tell_moved(case: &mut Case<'_>, gone: Place, come: Place) {
    let paragraph = |place: Place| case.alignment.pairs[place.pair].actual;
    let name = |place: Place| case.name(case.actual, paragraph(place));
    let place = after(&case.actual.paragraphs[paragraph(come)], come.at);
    let note = gone.note;
    if gone.pair == come.pair {
        let message = format!("{}: mark of note {note} moved; it stands{place} here", name(come));
        add(case, message, &[come.pair]);
    } else {
        let message = format!("mark of note {note} moved from {} to {}{place}", name(gone), name(come));
        add(case, message, &[gone.pair, come.pair]);
    }
}

/// Tells that a mark was `removed` or `added`.
fn tell(case: &mut Case<'_>, place: Place, what: &str) {
    let paragraph = case.alignment.pairs[place.pair].actual;
    let (name, after) = (
        case.name(case.actual, paragraph),
        after(&case.actual.paragraphs[paragraph], place.at),
    );
    let message = format!("{name}: mark of note {} {what}{after}", place.note);
    add(case, message, &[place.pair]);
}

fn add(case: &mut Case<'_>, message: String, pairs: &[usize]) {
    let lines = |text: &Text<'_>, of: fn(&Pair) -> usize| -> Vec<usize> {
        let paragraphs = pairs.iter().map(|pair| of(&case.alignment.pairs[*pair]));
        paragraphs.flat_map(|at| text.paragraphs[at].lines.clone()).collect()
    };
    let (a, b) = (lines(case.reference, |p| p.reference), lines(case.actual, |p| p.actual));
    let finding = case.add(Level::Text, Kind::Label, message, &a, &b);
    for pair in pairs {
        case.touch_pair(finding, *pair);
    }
}

/// A paragraph that lost or got the mark of a note, or has one of another number, has other lines: the note is why. That the
/// mark went or came with its note is told with the note.
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
        let is_new = |note: &usize| !same.iter().any(|((of, _), new)| of == language && new == note);
        let lost = ours
            .iter()
            .filter(|note| !same.contains_key(&(language.to_owned(), **note)));
        let all = lost
            .map(|note| (*note, "removed"))
            .chain(theirs.iter().filter(|note| is_new(note)).map(|note| (*note, "added")));
        let name = case.name(case.actual, pair.actual);
        let mut is_explained = false;
        for (note, what) in all.collect::<Vec<_>>() {
            if let Some(cause) = case.note_finding(language, Some(note)) {
                case.follow(cause, format!("mark of note {note} {what} in {name}"));
                case.touch_pair(cause, number);
                is_explained = true;
            } else {
                add(case, format!("{name}: mark of note {note} {what}"), &[number]);
            }
        }
        if let Some(cause) = case.note_finding(language, None).filter(|_| !is_explained) {
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
