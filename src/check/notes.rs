//! Whether all languages mark the same notes at the same places, so that one number means one note.

use std::collections::HashMap;
use std::ops::Range;

use super::align::Step;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Block, Inline, Note, extent, marks, plain};
use crate::source::ParsedText;

/// A mark: what tells its note from others in both languages, the name that it has in its file, and its place.
#[derive(Debug, Clone)]
struct Mark {
    key: String,
    name: String,
    span: Range<usize>,
}

/// Compares the marks of a language with those of the leading one, title by title and block by block.
pub(super) fn check(lead: &ParsedText, other: &ParsedText, steps: &[Step], diagnostics: &mut Diagnostics) {
    let (ours, theirs) = (&lead.expression, &other.expression);
    let by_name = same_names(&ours.notes, &theirs.notes);
    let marked = |notes: &[Note], contents: &[&[Inline]]| -> Vec<Mark> {
        contents
            .iter()
            .flat_map(|content| marks(content))
            .filter_map(|(note, span)| mark(notes, note, span, by_name))
            .collect()
    };
    let before = diagnostics.count(crate::diagnostic::Severity::Error);
    let mut compare = |our: &[&[Inline]], their: &[&[Inline]], our_span: Range<usize>, their_span: Range<usize>| {
        // A mark without a note is text; it was told of already, and what it stands for is not known.
        if our.iter().chain(their).any(|content| plain(content).contains("[^")) {
            return;
        }
        let (our, their) = (marked(&ours.notes, our), marked(&theirs.notes, their));
        for mark in lacking(&our, &their) {
            let message = format!("note `{}` is not marked here, but in `{}`", mark.name, lead.file.name());
            let fault = Diagnostic::error(message).at(&other.file, their_span.clone());
            let fault = fault.other(&lead.file, mark.span.clone(), "its mark");
            diagnostics.push(fault.hint("mark the same notes in the same paragraphs of all languages"));
        }
        for mark in lacking(&their, &our) {
            let message = format!("note `{}` is marked here, but not in `{}`", mark.name, lead.file.name());
            let fault = Diagnostic::error(message).at(&other.file, mark.span.clone());
            let fault = fault.other(&lead.file, our_span.clone(), "the same place");
            diagnostics.push(fault.hint("mark the same notes in the same paragraphs of all languages"));
        }
    };
    compare(
        &[&ours.title],
        &[&theirs.title],
        extent(&ours.title),
        extent(&theirs.title),
    );
    let mut whole = true;
    for step in steps {
        match *step {
            Step::Both(a, b) => {
                let (a, b): (&Block, &Block) = (&ours.blocks[a], &theirs.blocks[b]);
                compare(&a.contents(), &b.contents(), a.span(), b.span());
            }
            _ => whole = false,
        }
    }
    if whole && by_name && diagnostics.count(crate::diagnostic::Severity::Error) == before {
        order(lead, other, diagnostics);
    }
}

/// Notes that are marked in the same paragraphs, but in another order, would have other numbers.
fn order(lead: &ParsedText, other: &ParsedText, diagnostics: &mut Diagnostics) {
    let (ours, theirs) = (&lead.expression, &other.expression);
    let differ = ours
        .notes
        .iter()
        .zip(&theirs.notes)
        .position(|(a, b)| key(&a.name) != key(&b.name));
    let Some(at) = differ else { return };
    let first = |text: &ParsedText| {
        let expression = &text.expression;
        let blocks = expression.blocks.iter().flat_map(Block::contents);
        let mut all = std::iter::once(expression.title.as_slice())
            .chain(blocks)
            .flat_map(marks);
        all.find(|(note, _)| *note == at)
            .map(|(_, span)| span)
            .unwrap_or_default()
    };
    let number = at + 1;
    let message = format!(
        "note `{}` has the number {number} here, in `{}` note `{}` has it",
        theirs.notes[at].name,
        lead.file.name(),
        ours.notes[at].name
    );
    let fault = Diagnostic::error(message).at(&other.file, first(other));
    let fault = fault.other(
        &lead.file,
        first(lead),
        format!("note {number} of `{}`", lead.file.name()),
    );
    diagnostics.push(fault.hint("mark the notes in the same order: an edition in several languages has one numbering"));
}

fn key(name: &str) -> String {
    name.to_lowercase()
}

/// Whether two languages have notes of the same names. Where they do not, names are each file's own affair, and notes are
/// compared by their numbers.
fn same_names(ours: &[Note], theirs: &[Note]) -> bool {
    let sorted = |notes: &[Note]| {
        let mut names: Vec<String> = notes.iter().map(|note| key(&note.name)).collect();
        names.sort();
        names
    };
    let (ours, theirs) = (sorted(ours), sorted(theirs));
    // One that is missing in a language does not make the names of the others mean nothing.
    let shared = ours.iter().filter(|name| theirs.binary_search(name).is_ok()).count();
    2 * shared >= ours.len().max(theirs.len())
}

fn mark(notes: &[Note], note: usize, span: Range<usize>, by_name: bool) -> Option<Mark> {
    let name = notes.get(note)?.name.clone();
    let key = if by_name { key(&name) } else { note.to_string() };
    Some(Mark { key, name, span })
}

/// The marks that the other side lacks; a note that is marked twice must be marked twice there too.
fn lacking<'a>(marks: &'a [Mark], there: &[Mark]) -> Vec<&'a Mark> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for mark in there {
        *left.entry(mark.key.as_str()).or_default() += 1;
    }
    let found = |mark: &&Mark| match left.get_mut(mark.key.as_str()).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    };
    marks.iter().filter(found).collect()
}
