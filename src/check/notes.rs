//! Whether all languages mark the same notes at the same places, so that one number means one note.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use super::align::Step;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Inline, Note, NoteMark, extent, marks, plain};
use crate::source::ParsedText;

/// A mark: what tells its note from others in both languages, the name that it has in its file, and its place.
#[derive(Debug, Clone)]
struct Mark {
    key: String,
    name: String,
    span: Range<usize>,
}

/// A fault of the marks of a note.
#[derive(Debug)]
pub(super) struct NoteFault {
    /// What tells the note from others: its name, or its number where the languages share no names.
    key: String,
    /// Whether the other language lacks the mark, and not the leading one.
    missing: bool,
    fault: Diagnostic,
}

/// A mark that one language has in a paragraph and the other has not in the same one.
struct Lacking {
    mark: Mark,
    /// The paragraph of the other language.
    there: Range<usize>,
}

/// Compares the marks of a language with those of the leading one, title by title and block by block.
pub(super) fn check(lead: &ParsedText, other: &ParsedText, steps: &[Step]) -> Vec<NoteFault> {
    let (ours, theirs) = (&lead.expression, &other.expression);
    let by_name = same_names(&ours.notes, &theirs.notes);
    let mut pairs: Vec<[Vec<&[Inline]>; 2]> = vec![[vec![&ours.title], vec![&theirs.title]]];
    let mut spans = vec![[extent(&ours.title), extent(&theirs.title)]];
    let mut alone: HashSet<String> = HashSet::new();
    for step in steps {
        match *step {
            Step::Both(a, b) => {
                let (a, b): (&Block, &Block) = (&ours.blocks[a], &theirs.blocks[b]);
                pairs.push([a.contents(), b.contents()]);
                spans.push([a.span(), b.span()]);
            }
            // That a paragraph is missing is told; that its notes are marked elsewhere, or nowhere, follows from it.
            Step::Lead(a, _) => alone.extend(marked(&ours.notes, &ours.blocks[a].contents(), by_name).map(|m| m.key)),
            Step::Other(b, _) => {
                alone.extend(marked(&theirs.notes, &theirs.blocks[b].contents(), by_name).map(|m| m.key));
            }
        }
    }
    let (mut missing, mut surplus) = (Vec::new(), Vec::new());
    for ([our, their], [our_span, their_span]) in pairs.iter().zip(spans) {
        // A mark without a note is text; it was told of already, and what it stands for is not known.
        if our.iter().chain(their).any(|content| plain(content).contains("[^")) {
            continue;
        }
        let our: Vec<Mark> = marked(&ours.notes, our, by_name).collect();
        let their: Vec<Mark> = marked(&theirs.notes, their, by_name).collect();
        let told = |mark: &Mark| !alone.contains(&mark.key);
        let lack = |mark: Mark, there: &Range<usize>| Lacking {
            mark,
            there: there.clone(),
        };
        missing.extend(
            lacking(&our, &their)
                .into_iter()
                .filter(told)
                .map(|mark| lack(mark, &their_span)),
        );
        surplus.extend(
            lacking(&their, &our)
                .into_iter()
                .filter(told)
                .map(|mark| lack(mark, &our_span)),
        );
    }
    let mut faults = told(lead, other, missing, surplus);
    let whole = steps.iter().all(|step| matches!(step, Step::Both(..)));
    if whole && by_name && faults.is_empty() {
        faults.extend(order(lead, other));
    }
    faults
}

/// What is told of marks that are missing and of marks that are too many. One that is missing here and too many there
/// stands in another paragraph.
fn told(lead: &ParsedText, other: &ParsedText, missing: Vec<Lacking>, surplus: Vec<Lacking>) -> Vec<NoteFault> {
    const HINT: &str = "mark the same notes in the same paragraphs of all languages";
    let name = lead.file.name();
    let mut faults = Vec::new();
    let mut push = |mark: &Mark, missing: bool, fault: Diagnostic| {
        faults.push(NoteFault {
            key: mark.key.clone(),
            missing,
            fault: fault.hint(HINT),
        });
    };
    let mut surplus: Vec<Option<Lacking>> = surplus.into_iter().map(Some).collect();
    let mut elsewhere: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, lacking) in surplus.iter().flatten().enumerate() {
        elsewhere.entry(lacking.mark.key.clone()).or_default().push_back(at);
    }
    for Lacking { mark, there } in missing {
        let place = elsewhere.get_mut(&mark.key).and_then(VecDeque::pop_front);
        if let Some(Lacking { mark: moved, .. }) = place.and_then(|at| surplus[at].take()) {
            let message = format!("note `{}` is marked in another paragraph than in `{name}`", moved.name);
            let fault = Diagnostic::error(message)
                .rule("note-elsewhere")
                .at(&other.file, moved.span);
            push(
                &mark,
                true,
                fault
                    .other(&other.file, there, "it belongs here")
                    .other(&lead.file, mark.span.clone(), "its mark"),
            );
        } else {
            let message = format!("note `{}` is marked in `{name}`, but not in this paragraph", mark.name);
            let fault = Diagnostic::error(message)
                .rule("note-not-marked-here")
                .at(&other.file, there);
            push(&mark, true, fault.other(&lead.file, mark.span.clone(), "its mark"));
        }
    }
    for Lacking { mark, there } in surplus.into_iter().flatten() {
        let message = format!(
            "note `{}` is marked here, but not in this paragraph of `{name}`",
            mark.name
        );
        let fault = Diagnostic::error(message)
            .rule("note-not-marked-there")
            .at(&other.file, mark.span.clone());
        push(&mark, false, fault.other(&lead.file, there, "the same paragraph"));
    }
    faults
}

/// The marks in running texts.
fn marked<'a>(notes: &'a [Note], contents: &'a [&'a [Inline]], by_name: bool) -> impl Iterator<Item = Mark> + 'a {
    let marks = contents.iter().flat_map(|content| marks(content));
    marks.filter_map(move |(note, span)| mark(notes, note, span, by_name))
}

/// The notes of a language that a paragraph of another one marks and that is missing in it, or of which something else is
/// told: that they are not marked at all follows from it.
pub(super) fn settled<'a>(
    faults: &'a [NoteFault],
    alone: impl Iterator<Item = (&'a Block, &'a [Note])> + 'a,
) -> impl Iterator<Item = String> + 'a {
    let of_blocks = alone.flat_map(|(block, notes)| {
        let contents = block.contents();
        let found: Vec<String> = marked(notes, &contents, true).map(|mark| mark.key).collect();
        found
    });
    faults.iter().map(|fault| fault.key.clone()).chain(of_blocks)
}

impl NoteFault {
    /// Whether another language has the same fault.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.key == other.key && self.missing == other.missing
    }

    /// Adds what helps.
    pub(super) fn hint(&mut self, hint: &str) {
        self.fault = self.fault.clone().hint(hint);
    }

    /// What is told.
    pub(super) fn into_fault(self) -> Diagnostic {
        self.fault
    }
}

/// Notes that are marked in the same paragraphs, but in another order, would have other numbers.
fn order(lead: &ParsedText, other: &ParsedText) -> Option<NoteFault> {
    let (ours, theirs) = (&lead.expression, &other.expression);
    // Where one is missing, all numbers after it differ.
    if ours.notes.len() != theirs.notes.len() {
        return None;
    }
    let differ = ours
        .notes
        .iter()
        .zip(&theirs.notes)
        .position(|(a, b)| key(&a.name) != key(&b.name));
    let at = differ?;
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
    let number = match theirs.notes[at].mark {
        NoteMark::Number(number) => number.to_string(),
        NoteMark::Asterisks(count) => "*".repeat(usize::from(count)),
    };
    let message = format!(
        "note `{}` has the number {number} here, in `{}` note `{}` has it",
        theirs.notes[at].name,
        lead.file.name(),
        ours.notes[at].name
    );
    let fault = Diagnostic::error(message)
        .rule("note-order")
        .at(&other.file, first(other));
    let fault = fault.other(
        &lead.file,
        first(lead),
        format!("note {number} of `{}`", lead.file.name()),
    );
    Some(NoteFault {
        key: key(&theirs.notes[at].name),
        missing: false,
        fault: fault.hint("mark the notes in the same order: an edition in several languages has one numbering"),
    })
}

fn key(name: &str) -> String {
    name.to_lowercase()
}

/// Whether two languages have notes of the same names. Where they do not, names are each file's own affair, and notes are
/// compared by their numbers.
fn same_names(ours: &[Note], theirs: &[Note]) -> bool {
    let names = |notes: &[Note]| notes.iter().map(|note| key(&note.name)).collect::<HashSet<String>>();
    let (ours, theirs) = (names(ours), names(theirs));
    // One that is missing in a language does not make the names of the others mean nothing.
    let shared = ours.intersection(&theirs).count();
    2 * shared >= ours.len().max(theirs.len()) || shared == ours.len().min(theirs.len())
}

fn mark(notes: &[Note], note: usize, span: Range<usize>, by_name: bool) -> Option<Mark> {
    let name = notes.get(note)?.name.clone();
    let key = if by_name { key(&name) } else { note.to_string() };
    Some(Mark { key, name, span })
}

/// The marks that the other side lacks; a note that is marked twice must be marked twice there too.
fn lacking(marks: &[Mark], there: &[Mark]) -> Vec<Mark> {
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
    marks.iter().filter(found).cloned().collect()
}
