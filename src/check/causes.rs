//! One mistake is told once: a fault that follows from another one is left out.
//!
//! A paragraph that is missing in a language makes the numbers after it wrong and leaves its notes without a mark; a
//! heading that one language alone has makes all that follows another part of the document. Each is told by its cause.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use super::align::{Form, Shape, Step, shape};
use super::notes::{self, NoteFault};
use super::structure::{self, Difference, Kind, names_twice};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::model::Block;
use crate::source::{About, ParsedText, Suspect};

/// A warning of something in a block that may be why the block has another form than in other languages.
#[derive(Debug)]
pub(super) struct Slip {
    pub(super) warning: Diagnostic,
}

/// Such warnings of a language, by their places in its file.
type Slips = BTreeMap<usize, Diagnostic>;

fn by_place(slips: Vec<Slip>) -> Slips {
    let place = |warning: &Diagnostic| match warning.place() {
        Some(Place::Text { span, .. }) => span.start,
        Some(Place::Path(_)) | None => 0,
    };
    slips
        .into_iter()
        .map(|slip| (place(&slip.warning), slip.warning))
        .collect()
}

/// A language beside the leading one.
struct Beside {
    /// Its place among the languages.
    text: usize,
    steps: Vec<Step>,
    differences: Vec<Difference>,
    notes: Vec<NoteFault>,
}

/// Compares every language with the leading one and tells what differs, and what is at fault in each alone; `slips` are
/// the warnings of each language that belong to what is told.
pub(super) fn tell(texts: &mut [ParsedText], slips: Vec<Vec<Slip>>, diagnostics: &mut Diagnostics) {
    let mut slips: Vec<Slips> = slips.into_iter().map(by_place).collect();
    let mut suspects: Vec<Vec<Suspect>> = texts
        .iter_mut()
        .map(|text| std::mem::take(&mut text.doubts.suspects))
        .collect();
    let mut besides = compare(texts);
    for suspects in &mut suspects {
        only_first_numbers(suspects);
    }
    for beside in &mut besides {
        forms(texts, &suspects, beside);
    }
    for (place, suspects) in suspects.iter_mut().enumerate() {
        let causes = Causes::new(&causes(place, texts, &besides), &texts[place].expression.blocks);
        suspects.retain(|suspect| number(suspect).is_none_or(|number| !causes.reach(number)));
        unnumbered(place, suspects, &besides);
        unmarked(place, suspects, texts, &besides);
    }
    once_for_all(texts, &mut besides);
    for (place, text) in texts.iter().enumerate() {
        let alone: BTreeSet<usize> = alone(place, &besides).collect();
        let twice = names_twice(text).into_iter();
        let twice = twice.filter(|(blocks, _)| !blocks.iter().any(|block| alone.contains(block)));
        diagnostics.extend(twice.map(|(_, fault)| fault));
    }
    diagnostics.extend(suspects.into_iter().flatten().map(|suspect| suspect.fault));
    for beside in besides {
        for difference in beside.differences {
            let fault = if difference.kind == Kind::Form {
                let blocks = [(0, difference.lead), (beside.text, difference.other)];
                with_slips(difference.fault, &blocks, texts, &mut slips)
            } else {
                difference.fault
            };
            diagnostics.push(fault);
        }
        diagnostics.extend(beside.notes.into_iter().map(NoteFault::into_fault));
    }
    diagnostics.extend(slips.into_iter().flat_map(BTreeMap::into_values));
}

fn compare(texts: &[ParsedText]) -> Vec<Beside> {
    let Some((lead, others)) = texts.split_first() else {
        return Vec::new();
    };
    let mut besides = Vec::new();
    for (at, other) in others.iter().enumerate() {
        // A text that is not there at all was told of already.
        if [lead, other].iter().any(|text| text.expression.blocks.is_empty()) {
            continue;
        }
        let (steps, differences) = structure::check(lead, other);
        let notes = notes::check(lead, other, &steps);
        besides.push(Beside {
            text: at + 1,
            steps,
            differences,
            notes,
        });
    }
    besides
}

/// The places of the blocks of a language that have no counterpart in another one.
fn alone(text: usize, besides: &[Beside]) -> impl Iterator<Item = usize> + '_ {
    let of_lead = text == 0;
    let steps = besides.iter().filter(move |beside| of_lead || beside.text == text);
    steps
        .flat_map(|beside| &beside.steps)
        .filter_map(move |step| match *step {
            Step::Lead(block, _) if of_lead => Some(block),
            Step::Other(block, _) if !of_lead => Some(block),
            _ => None,
        })
}

/// How far what a mistake makes wrong reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To the next numbered paragraph that is not in a list of another one.
    Paragraph,
    /// To the heading of the next annex: all before it is in another part of the document.
    Annex,
}

/// The blocks of a language at which something is told that makes what follows them wrong.
fn causes(text: usize, texts: &[ParsedText], besides: &[Beside]) -> Vec<(usize, Reach)> {
    let ParsedText { expression, doubts, .. } = &texts[text];
    let mut causes: Vec<(usize, Reach)> = Vec::new();
    for beside in besides.iter().filter(|beside| text == 0 || beside.text == text) {
        let structural = beside
            .differences
            .iter()
            .filter(|difference| difference.kind != Kind::Inside);
        causes.extend(structural.map(|difference| {
            let reach = match difference.kind {
                Kind::Alone { heading: true, .. } => Reach::Annex,
                _ => Reach::Paragraph,
            };
            (difference.block(text), reach)
        }));
    }
    for block in doubts.told.iter().chain(&doubts.refused) {
        let reach = match expression.blocks.get(*block) {
            Some(Block::Heading(_)) => Reach::Annex,
            _ => Reach::Paragraph,
        };
        causes.push((*block, reach));
    }
    causes.sort_by_key(|(block, _)| *block);
    causes
}

/// The causes of a language by how far they reach, with the blocks at which each reach ends; all in their order.
struct Causes {
    of_paragraphs: Vec<usize>,
    of_annexes: Vec<usize>,
    ends_of_paragraphs: Vec<usize>,
    annexes: Vec<usize>,
}

impl Causes {
    fn new(causes: &[(usize, Reach)], blocks: &[Block]) -> Self {
        let of = |reach: Reach| {
            let causes = causes.iter().filter(|(_, other)| *other == reach);
            causes.map(|(block, _)| *block).collect()
        };
        let places = |is: fn(&Block) -> bool| (0..blocks.len()).filter(|at| is(&blocks[*at])).collect();
        Self {
            of_paragraphs: of(Reach::Paragraph),
            of_annexes: of(Reach::Annex),
            ends_of_paragraphs: places(ends_paragraph),
            annexes: places(|block| shape(block) == Shape::Heading(2)),
        }
    }

    /// Whether a number at a block is wrong because of a cause before it.
    fn reach(&self, number: usize) -> bool {
        // The last of some places before an end.
        let last = |places: &[usize], end: usize| {
            let before = places.partition_point(|place| *place < end);
            before.checked_sub(1).map(|last| places[last])
        };
        let reaches =
            |causes: &[usize], ends: Option<usize>| last(causes, number + 1).is_some_and(|cause| Some(cause) >= ends);
        reaches(&self.of_paragraphs, last(&self.ends_of_paragraphs, number))
            || reaches(&self.of_annexes, last(&self.annexes, number + 1))
    }
}

/// Whether a block starts anew, whatever the lists before it were.
fn ends_paragraph(block: &Block) -> bool {
    matches!(
        shape(block),
        Shape::Paragraph(Form::Numbered(0) | Form::Plain | Form::Opening) | Shape::Heading(_)
    )
}

/// Keeps the first of number faults at neighbouring blocks: the sub-paragraphs of an item that lost its number.
fn only_first_numbers(suspects: &mut Vec<Suspect>) {
    let mut blocks: Vec<usize> = suspects.iter().filter_map(number).collect();
    blocks.sort_unstable();
    suspects.retain(|suspect| match number(suspect) {
        Some(block) => block == 0 || blocks.binary_search(&(block - 1)).is_err(),
        None => true,
    });
}

fn number(suspect: &Suspect) -> Option<usize> {
    match suspect.about {
        About::Number(block) => Some(block),
        _ => None,
    }
}

/// Drops differences of form that follow from what is told before them: a number that makes its paragraph one of another
/// list, and lists that are one deeper because the paragraph above them is no item.
fn forms(texts: &[ParsedText], suspects: &[Vec<Suspect>], beside: &mut Beside) {
    let numbers = |text: usize| -> HashSet<usize> { suspects[text].iter().filter_map(number).collect() };
    let numbers = [numbers(0), numbers(beside.text)];
    let doubts = [&texts[0].doubts, &texts[beside.text].doubts];
    let blocks = [&texts[0].expression.blocks, &texts[beside.text].expression.blocks];
    let different = beside.differences.iter().filter(|d| d.kind != Kind::Inside);
    let different: BTreeMap<(usize, usize), Kind> = different.map(|d| ((d.lead, d.other), d.kind)).collect();
    let mut dropped: HashSet<(usize, usize)> = HashSet::new();
    // Whether something was told and the lists after it may follow from it; and whether it was told of the block before.
    let (mut broken, mut adjacent) = (false, false);
    for step in &beside.steps {
        let (a, b) = match *step {
            Step::Both(a, b) | Step::Lead(a, b) | Step::Other(b, a) => (a, b),
        };
        let difference = different.get(&(a, b));
        let at = [a, b];
        let number = (0..2).any(|side| numbers[side].contains(&at[side]));
        let told = (0..2).any(|side| doubts[side].told.contains(&at[side]) || doubts[side].refused.contains(&at[side]));
        if let Some(kind) = difference {
            let pair = [blocks[0].get(a), blocks[1].get(b)];
            let of_lists = pair
                .iter()
                .flatten()
                .all(|block| matches!(shape(block), Shape::Paragraph(Form::Numbered(_) | Form::Further)));
            let follows = (*kind == Kind::Form && number) || adjacent || (broken && of_lists);
            if follows {
                dropped.insert((a, b));
            }
        }
        let unlike = difference.is_some() || matches!(step, Step::Lead(..) | Step::Other(..));
        adjacent = unlike || told || (number && difference.is_some());
        broken = match blocks[0].get(a) {
            _ if adjacent || number => true,
            Some(block) if ends_paragraph(block) => false,
            _ => broken,
        };
    }
    beside
        .differences
        .retain(|d| d.kind == Kind::Inside || !dropped.contains(&(d.lead, d.other)));
}

/// Drops paragraphs without a number that stand where the heading of their annex is missing.
fn unnumbered(text: usize, suspects: &mut Vec<Suspect>, besides: &[Beside]) {
    let beside = besides.iter().filter(|beside| text == 0 || beside.text == text);
    let headings: HashSet<usize> = beside
        .flat_map(|beside| &beside.differences)
        .filter(|difference| matches!(difference.kind, Kind::Alone { heading: true, .. }))
        .map(|difference| difference.block(text))
        .collect();
    suspects.retain(|suspect| match suspect.about {
        About::Unnumbered(block) => !(block.saturating_sub(1)..=block + 1).any(|at| headings.contains(&at)),
        _ => true,
    });
}

/// Drops notes without a mark whose mark is told of, or stands in a paragraph that is missing.
fn unmarked(text: usize, suspects: &mut Vec<Suspect>, texts: &[ParsedText], besides: &[Beside]) {
    // That there is no text is told.
    if texts[text].expression.blocks.is_empty() {
        suspects.retain(|suspect| !matches!(suspect.about, About::Unmarked(_)));
    }
    let others = besides.iter().filter(|beside| text == 0 || beside.text == text);
    let mut settled: HashSet<String> = HashSet::new();
    for beside in others {
        let there = &texts[if text == 0 { beside.text } else { 0 }].expression;
        let blocks = beside.steps.iter().filter_map(|step| match *step {
            Step::Other(block, _) if text == 0 => Some(block),
            Step::Lead(block, _) if text != 0 => Some(block),
            _ => None,
        });
        let blocks = blocks.map(|block| (&there.blocks[block], there.notes.as_slice()));
        settled.extend(notes::settled(&beside.notes, blocks));
    }
    suspects.retain(|suspect| match &suspect.about {
        About::Unmarked(name) => !settled.contains(name),
        _ => true,
    });
}

/// Where the leading language alone differs from all others, that is told once, with the names of the others.
fn once_for_all(texts: &[ParsedText], besides: &mut [Beside]) {
    let Some((first, rest)) = besides.split_first_mut().filter(|(_, rest)| !rest.is_empty()) else {
        return;
    };
    let names: Vec<&str> = rest.iter().map(|beside| texts[beside.text].file.name()).collect();
    let lead = texts[0].file.name();
    let hint = format!(
        "{} differ from `{lead}` alike: it is `{lead}` that stands alone",
        quoted(&names)
    );
    for difference in &mut first.differences {
        // Of like blocks beside each other one language may miss the first and another the second.
        let alike = |other: &Difference| other.kind == difference.kind && other.lead.abs_diff(difference.lead) <= 1;
        let places: Option<Vec<usize>> = rest
            .iter()
            .map(|beside| beside.differences.iter().position(alike))
            .collect();
        let Some(places) = places.filter(|_| difference.kind != Kind::Inside) else {
            continue;
        };
        for (beside, place) in rest.iter_mut().zip(places) {
            beside.differences.remove(place);
        }
        difference.hint(&hint);
    }
    for note in &mut first.notes {
        let places: Option<Vec<usize>> = rest
            .iter()
            .map(|beside| beside.notes.iter().position(|other| other.is_like(note)))
            .collect();
        let Some(places) = places else { continue };
        for (beside, place) in rest.iter_mut().zip(places) {
            beside.notes.remove(place);
        }
        note.hint(&hint);
    }
}

/// Names in a row: `` `en.md`, `fa.md` ``.
fn quoted(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A fault with the hints of the warnings that stand in its blocks: what they warn of is why the forms differ.
fn with_slips(
    mut fault: Diagnostic,
    blocks: &[(usize, usize)],
    texts: &[ParsedText],
    slips: &mut [Slips],
) -> Diagnostic {
    for (text, block) in blocks {
        let (Some(block), Some(slips)) = (texts[*text].expression.blocks.get(*block), slips.get_mut(*text)) else {
            continue;
        };
        let span = block_span(block);
        let here: Vec<usize> = slips.range(span).map(|(at, _)| *at).collect();
        for warning in here.iter().filter_map(|at| slips.remove(at)) {
            fault = warning.hints().iter().fold(fault, |fault, hint| fault.hint(hint));
        }
    }
    fault
}

fn block_span(block: &Block) -> Range<usize> {
    let span = block.span();
    span.start..span.end.max(span.start + 1)
}
