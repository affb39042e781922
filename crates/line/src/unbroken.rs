//! Paragraphs that Typst shapes and does not break.
//!
//! Where lines break is decided here, over words that Typst has shaped and styled (`breaker`). For that it sets a paragraph as
//! one line, however long: a leap backwards stands before the text, so that the text always fits, and no space is a place to
//! break (its passage puts a joiner behind each). A line behind the text tells where the lines of the paragraph start and end,
//! and how far apart they are, whatever the template sets round it:
//!
//! ```text
//! label  <------------------------ leap -------------------------   the text of the paragraph, as one line
//! |start                                                       end|
//! ```

use typst::foundations::{Content, NativeElement, Packed, Smart, StyleChain, Value};
use typst::introspection::MetadataElem;
use typst::layout::{Abs, Fr, HElem, Rel, Spacing};
use typst::model::ParElem;
use typst::text::{LinebreakElem, TextElem};

/// How far text leaps back, in points: farther than the longest source is wide. A power of two, so that places keep their
/// fractions to a ten-millionth of a point.
const LEAP: f64 = 268_435_456.0;

/// What is said of the words of a paragraph follows, a letter each.
const START: &str = "qarar: lines start ";
const ELONGATES: char = 'e';
const DIVIDES: char = 'd';
const END: &str = "qarar: lines end";

/// How a paragraph is to be filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Whether its lines are filled from side to side.
    pub(super) filled: bool,
    /// The narrowest space, by its natural width.
    pub(super) narrowest: f64,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            filled: false,
            narrowest: 1.0,
        }
    }
}

impl Style {
    /// What the template says of a paragraph.
    pub(super) fn of(paragraph: &Packed<ParElem>) -> Self {
        let styles = StyleChain::default();
        Self {
            filled: paragraph.justify.get(styles),
            narrowest: paragraph.justification_limits.get(styles).spacing().min.rel.get(),
        }
    }
}

/// What may be done with the words of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    /// Whether Arabic ones may be elongated.
    pub elongate: bool,
    /// Whether those of Latin script may be divided at the end of a line.
    pub divide: bool,
}

/// Where the lines of a paragraph start and end, from the left edge of the cell.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Edges {
    pub(super) start: Abs,
    pub(super) end: Abs,
    /// What may be done with their words.
    pub(super) words: Words,
}

/// What a mark in a frame tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Start(Words),
    End,
}

impl Mark {
    pub(super) fn of(element: &Content) -> Option<Self> {
        let Value::Str(value) = &element.to_packed::<MetadataElem>()?.value else {
            return None;
        };
        if value.as_str() == END {
            return Some(Self::End);
        }
        let words = value.as_str().strip_prefix(START)?;
        Some(Self::Start(Words {
            elongate: words.contains(ELONGATES),
            divide: words.contains(DIVIDES),
        }))
    }
}

/// The text of a paragraph, set as one line whose breaks are found later. Its passages must be those of
/// [`Passages::add_tied`](super::Passages::add_tied).
pub fn unbroken(text: Content, words: Words) -> Content {
    let mark = |mark: &str| MetadataElem::new(Value::Str(mark.into())).pack();
    let mut start = String::from(START);
    start.extend(words.elongate.then_some(ELONGATES));
    start.extend(words.divide.then_some(DIVIDES));
    // Typst need not look for places to divide words.
    let text = text.set(TextElem::hyphenate, Smart::Custom(false));
    Content::sequence([
        leap(),
        text,
        rest(),
        LinebreakElem::new().pack(),
        // A line without text would have no height.
        TextElem::packed('\u{2060}'),
        mark(&start),
        rest(),
        mark(END),
    ])
}

/// The end of a line within such a text, where the author broke it.
pub fn line_end() -> Content {
    Content::sequence([rest(), LinebreakElem::new().pack(), leap()])
}

fn leap() -> Content {
    HElem::new(Spacing::Rel(Rel::from(Abs::pt(-LEAP)))).pack()
}

/// What is left of a line, which makes it as wide as it may be.
fn rest() -> Content {
    HElem::new(Spacing::Fr(Fr::one())).pack()
}

/// Whether an element of a frame tells an edge of the lines of a paragraph.
pub fn is_edge(element: &Content) -> bool {
    Mark::of(element).is_some()
}

/// Whether something stands where text is that leapt: no nearer, and no farther.
pub fn has_leapt(x: Abs) -> bool {
    (LEAP / 2.0..LEAP * 1.5).contains(&x.to_pt().abs())
}

/// Where something that leapt would stand otherwise.
pub(super) fn without_leap(x: Abs) -> Abs {
    if x > Abs::zero() {
        x - Abs::pt(LEAP)
    } else {
        x + Abs::pt(LEAP)
    }
}
