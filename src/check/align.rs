//! Which paragraph of one language belongs to which of another, where their structures differ.
//!
//! Two languages align by place. Where one has a paragraph more, every later one would be told as wrong; so the fewest
//! insertions are looked for that make the rest fit, with what does not depend on the language as evidence: kind, role
//! and depth, note marks, numbers, length. It is the alignment of Gale and Church with more to go by.

use crate::model::{Block, Marker, Role, marks, plain};
use crate::source::Doubts;
use crate::text::digit;

/// What is known of a block without knowing its language.
#[derive(Debug)]
pub(super) struct Feature {
    shape: Shape,
    /// Whether a fault was told of its form, so that it is not known.
    told: bool,
    /// The number of its label, and the one that is written where that is another.
    ordinal: Option<u64>,
    written: Option<u64>,
    length: f64,
    /// The notes that it marks, by number, in order.
    notes: Vec<usize>,
    /// Its numbers, by value, in order.
    numbers: Vec<u64>,
}

/// What two blocks at the same place must have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A paragraph.
    Paragraph(Form),
    /// A heading of a level.
    Heading(u8),
    /// A table.
    Table,
    /// A picture.
    Figure,
}

/// What a paragraph must have in common with another one. Whether it stands before the annexes or in one follows from the
/// headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A paragraph after the text.
    Closing,
    /// The opening words.
    Opening,
    /// Without a number.
    Plain,
    /// A further paragraph of a numbered one.
    Further,
    /// Numbered, so many lists deep.
    Numbered(u8),
    /// With a bullet, so many lists deep.
    Bulleted(u8),
    /// A paragraph of a quotation: so many lists deep, with the label that it has there.
    Quoted(Option<u8>, Option<(Marker, u8)>),
    /// A term that is defined.
    Term,
    /// What a term means.
    Definition,
    /// A line of verse.
    Verse,
}

/// A pair of places, or a place in one language that has none in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The two belong together.
    Both(usize, usize),
    /// A block of the leading language alone, and the place in the other where it would stand.
    Lead(usize, usize),
    /// A block of the other language alone, and the place in the leading one where it would stand.
    Other(usize, usize),
}

/// The shape of a block.
pub(super) fn shape(block: &Block) -> Shape {
    match block {
        Block::Paragraph(paragraph) => Shape::Paragraph(match (paragraph.role, paragraph.label) {
            (Role::Quotation, label) => Form::Quoted(
                paragraph.within.item.map(|item| item.depth),
                label.map(|label| (label.marker, label.depth)),
            ),
            (Role::Term, _) => Form::Term,
            (Role::Definition, _) => Form::Definition,
            (Role::Verse, _) => Form::Verse,
            (_, Some(label)) if label.is_number() => Form::Numbered(label.depth),
            (_, Some(label)) => Form::Bulleted(label.depth),
            (Role::Opening, None) => Form::Opening,
            (Role::Continuation, None) => Form::Further,
            (Role::Closing, None) => Form::Closing,
            (Role::Preambular | Role::Operative | Role::Body, None) => Form::Plain,
        }),
        Block::Heading(heading) => Shape::Heading(heading.level),
        Block::Table(_) => Shape::Table,
        Block::Figure(_) => Shape::Figure,
    }
}

/// Aligns the blocks of two languages. `doubts` are what is in doubt in each.
pub(super) fn align(lead: &[Block], other: &[Block], doubts: [&Doubts; 2]) -> Vec<Step> {
    let fits =
        |at: usize| shape(&lead[at]) == shape(&other[at]) || doubts.iter().any(|doubts| doubts.told.contains(&at));
    if lead.len() == other.len() && (0..lead.len()).all(fits) {
        return (0..lead.len()).map(|at| Step::Both(at, at)).collect();
    }
    let (ours, theirs): (Vec<Feature>, Vec<Feature>) = (features(lead, doubts[0]), features(other, doubts[1]));
    let mut steps = Vec::new();
    let mut from = (0, 0);
    let mut cells = MOST_CELLS;
    // Headings of one level in both languages are taken for anchors where their number is the same, so that the table
    // of costs stays small in a long document.
    for to in anchors(&ours, &theirs) {
        steps.extend(stretch(&ours, &theirs, from, to, &mut cells));
        from = to;
    }
    steps
}

/// The ends of the stretches that are aligned on their own.
fn anchors(lead: &[Feature], other: &[Feature]) -> Vec<(usize, usize)> {
    let headings = |features: &[Feature]| -> Vec<usize> {
        (0..features.len())
            .filter(|at| features[*at].shape == Shape::Heading(2))
            .collect()
    };
    let (ours, theirs) = (headings(lead), headings(other));
    let mut ends: Vec<(usize, usize)> = Vec::new();
    if ours.len() == theirs.len() {
        ends.extend(ours.into_iter().zip(theirs));
    }
    ends.push((lead.len(), other.len()));
    ends
}

/// What it costs that a block has no counterpart.
const ALONE: f64 = 1.6;
/// How many cells the tables of costs have in all; beyond them the blocks of a stretch are paired in their order.
const MOST_CELLS: usize = 4_000_000;

fn stretch(
    lead: &[Feature],
    other: &[Feature],
    from: (usize, usize),
    to: (usize, usize),
    cells_left: &mut usize,
) -> Vec<Step> {
    let (ours, theirs) = (&lead[from.0..to.0], &other[from.1..to.1]);
    let (rows, columns) = (ours.len() + 1, theirs.len() + 1);
    match cells_left.checked_sub(rows.saturating_mul(columns)) {
        Some(left) => *cells_left = left,
        None => return in_order(from, to),
    }
    let sum = |features: &[Feature]| features.iter().map(|f| f.length).sum::<f64>().max(1.0);
    let ratio = sum(ours) / sum(theirs);
    let mut costs = vec![0.0_f64; rows * columns];
    for row in 0..rows {
        for column in 0..columns {
            let cell = row * columns + column;
            costs[cell] = match (row, column) {
                (0, 0) => 0.0,
                (0, n) | (n, 0) => n as f64 * ALONE,
                _ => {
                    let both = costs[cell - columns - 1] + distance(&ours[row - 1], &theirs[column - 1], ratio);
                    both.min(costs[cell - columns] + ALONE).min(costs[cell - 1] + ALONE)
                }
            };
        }
    }
    let mut steps = Vec::new();
    let (mut row, mut column) = (rows - 1, columns - 1);
    while row > 0 || column > 0 {
        let cell = row * columns + column;
        let paired = row > 0
            && column > 0
            && costs[cell] == costs[cell - columns - 1] + distance(&ours[row - 1], &theirs[column - 1], ratio);
        if paired {
            (row, column) = (row - 1, column - 1);
            steps.push(Step::Both(from.0 + row, from.1 + column));
        } else if row > 0 && (column == 0 || costs[cell] == costs[cell - columns] + ALONE) {
            row -= 1;
            steps.push(Step::Lead(from.0 + row, from.1 + column));
        } else {
            column -= 1;
            steps.push(Step::Other(from.1 + column, from.0 + row));
        }
    }
    steps.reverse();
    steps
}

fn in_order(from: (usize, usize), to: (usize, usize)) -> Vec<Step> {
    let (ours, theirs) = (to.0 - from.0, to.1 - from.1);
    let step = |at: usize| match (at < ours, at < theirs) {
        (true, true) => Step::Both(from.0 + at, from.1 + at),
        (true, false) => Step::Lead(from.0 + at, to.1),
        _ => Step::Other(from.1 + at, to.0),
    };
    (0..ours.max(theirs)).map(step).collect()
}

/// How unlike two blocks are, from 0.
fn distance(ours: &Feature, theirs: &Feature, ratio: f64) -> f64 {
    let shape = match (ours.shape, theirs.shape) {
        (a, b) if a == b => 0.0,
        (Shape::Paragraph(_), Shape::Paragraph(_)) if ours.told || theirs.told => 0.0,
        (Shape::Paragraph(a), Shape::Paragraph(b)) => match (a, b) {
            (Form::Numbered(_), Form::Numbered(_)) | (Form::Bulleted(_), Form::Bulleted(_)) => 0.8,
            (Form::Quoted(..), Form::Quoted(..)) => 0.8,
            (Form::Numbered(_) | Form::Bulleted(_) | Form::Quoted(..), _)
            | (_, Form::Numbered(_) | Form::Bulleted(_) | Form::Quoted(..)) => 1.2,
            _ => 0.8,
        },
        (Shape::Heading(_), Shape::Heading(_)) => 0.8,
        _ => 2.0 * ALONE,
    };
    let length = ((ours.length.max(1.0) / (theirs.length.max(1.0) * ratio)).ln().abs() * 0.8).min(0.8);
    // A number that is written tells more than one that is counted, where the two differ.
    let written = match (ours.written, theirs.written) {
        (None, None) => 0.0,
        (a, b) if a.or(ours.ordinal) == b.or(theirs.ordinal) => 0.0,
        _ => 0.8,
    };
    shape + length + written + 0.8 * unlike(&ours.notes, &theirs.notes) + 0.8 * unlike(&ours.numbers, &theirs.numbers)
}

/// The share of the members of two sorted lists that only one of them has.
fn unlike<T: Ord>(ours: &[T], theirs: &[T]) -> f64 {
    let all = ours.len() + theirs.len();
    if all == 0 {
        return 0.0;
    }
    let mut shared = 0;
    let mut left = theirs.iter().peekable();
    for member in ours {
        while left.next_if(|other| *other < member).is_some() {}
        shared += usize::from(left.peek() == Some(&member));
    }
    1.0 - (2 * shared).min(all) as f64 / all as f64
}

/// The numbers and notes by which two blocks are known for the same are the first ones of a long block: each is compared
/// with every block of the other language.
const TELLING: usize = 32;

fn features(blocks: &[Block], doubts: &Doubts) -> Vec<Feature> {
    let feature = |(at, block)| feature(block, doubts.told.contains(&at), doubts.written.get(&at).copied());
    blocks.iter().enumerate().map(feature).collect()
}

fn feature(block: &Block, told: bool, written: Option<u64>) -> Feature {
    let contents = block.contents();
    let text: String = contents.iter().map(|content| plain(content)).collect();
    let notes = contents.iter().flat_map(|content| marks(content)).map(|(note, _)| note);
    let mut notes: Vec<usize> = notes.take(TELLING).collect();
    let mut numbers = numbers(&text);
    numbers.truncate(TELLING);
    notes.sort_unstable();
    numbers.sort_unstable();
    Feature {
        shape: shape(block),
        told,
        ordinal: match block {
            Block::Paragraph(paragraph) => paragraph.label.map(|label| u64::from(label.ordinal)),
            Block::Heading(_) | Block::Table(_) | Block::Figure(_) => None,
        },
        written,
        length: text.chars().count() as f64,
        notes,
        numbers,
    }
}

/// The numbers of a text, in the digits of any language, by value.
fn numbers(text: &str) -> Vec<u64> {
    let mut numbers = Vec::new();
    let mut open: Option<u64> = None;
    for c in text.chars().chain([' ']) {
        match digit(c) {
            Some(digit) => open = Some(open.unwrap_or_default().wrapping_mul(10).wrapping_add(u64::from(digit))),
            None => numbers.extend(open.take()),
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;
    use crate::source::tests::parse;

    fn steps(lead: &str, other: &str) -> Vec<Step> {
        let lead = parse(Language::ENGLISH, lead).0;
        let other = parse(Language::FRENCH, other).0;
        align(&lead.blocks, &other.blocks, [&Doubts::default(), &Doubts::default()])
    }

    #[test]
    fn the_paragraph_that_is_missing_is_found_by_its_number_and_its_note() {
        let lead = "# T\n\n*A*,\n\nOne of 1999,\n\nTwo of 2001,[^1]\n\nThree of 2003,\n\n[^1]: N.";
        let other = "# T\n\n*A*,\n\nUn de 1999,\n\nTrois de 2003,";
        let expected = [Step::Both(0, 0), Step::Both(1, 1), Step::Lead(2, 2), Step::Both(3, 2)];
        assert_eq!(steps(lead, other), expected);
    }

    #[test]
    fn numbers_are_the_same_in_all_digits() {
        assert_eq!(numbers("القرار ٥٥/٢٥"), numbers("resolution 55/25"));
    }
}
