//! Compares two layouts, in four steps: what is the same in both ([`matched`]), what differs ([`changes`]), which of it
//! follows from what ([`explain`]), and at last the words for it ([`tell`]). A word that was added moves lines, and that is
//! no difference of its own.

mod as_given;
mod change;
mod changes;
mod explain;
mod face;
mod finding;
mod kind;
mod matched;
mod options;
mod remark;
mod spot;
mod tell;

use std::cmp::Ordering;

use super::align::align;
use super::recognize::{self, Damage};
use super::snapshot::Layout;
use super::text::Text;
use matched::Matched;
use options::Side;

pub use change::{
    Beside, Break, Change, ColumnMove, Edges, Elongation, Face, FontFile, Group, LineEnd, MarkFate, Notes, PageEnd,
    PictureDifference, Presence, Spaced, Subject, Where,
};
pub use finding::{Comparison, Finding};
pub use kind::{Kind, Level};
pub use options::Options;
pub use remark::{Damaged, Remark};
pub use spot::{Letters, Spot};

/// Compares two layouts of an edition. The places of its findings are those of the layouts that are handed in.
/// [`Level::Pixels`] is compared like [`Level::Positions`]: pictures are no part of a layout.
pub fn compare(reference: &Layout, actual: &Layout, options: Options) -> Comparison {
    let (named_reference, named_actual);
    let mut remarks = Vec::new();
    let mut after = |layout: &Layout, other: &Layout, side: Side| {
        let (named, damage) = recognize::named_after(layout, other);
        remarks.extend(remark(layout, damage, side));
        named
    };
    // The side that knows less is named after the one that knows more.
    let given = (reference, actual);
    let (reference, actual) = match names(reference).cmp(&names(actual)) {
        Ordering::Greater => {
            named_actual = after(actual, reference, Side::Actual);
            (reference, &named_actual)
        }
        Ordering::Less => {
            named_reference = after(reference, actual, Side::Reference);
            (&named_reference, actual)
        }
        Ordering::Equal if names(reference) == Names::None => {
            named_reference = super::by_look::named(reference);
            named_actual = after(actual, &named_reference, Side::Actual);
            (&named_reference, &named_actual)
        }
        Ordering::Equal => (reference, actual),
    };
    let (reference, actual) = Text::both(reference, actual);
    let alignment = align(&reference, &actual);
    let matched = Matched::new(&reference, &actual, &alignment, options);
    let mut findings = explain::findings(&matched);
    as_given::place(&mut findings, Side::Reference, given.0, reference.layout);
    as_given::place(&mut findings, Side::Actual, given.1, actual.layout);
    Comparison {
        name: name(reference.layout, actual.layout),
        level: options.level,
        tolerance: options.tolerance,
        remarks,
        findings,
    }
}

/// What is to be known of the text of a PDF.
fn remark(layout: &Layout, damage: Damage, side: Side) -> Option<Remark> {
    // A letter or two of a font are lost in many a file.
    let damaged = match damage {
        Damage { lost: 1.., .. } => Damaged::Lost(damage.lost),
        Damage { parted: 1.., .. } => Damaged::Parted(damage.parted),
        _ => return None,
    };
    Some(Remark {
        document: Some(layout.document.clone()).filter(|name| !name.is_empty()),
        is_reference: side == Side::Reference,
        words: damage.words,
        damaged,
    })
}

/// How much the names of the lines of a layout tell, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    /// There are none.
    None,
    /// What a PDF calls its lines: that they belong together.
    Groups,
    /// What an editor calls them.
    Paragraphs,
}

fn names(layout: &Layout) -> Names {
    let has_names = layout.lines().any(|(_, line)| !line.paragraph.is_empty());
    match (has_names, layout.from_pdf) {
        (false, _) => Names::None,
        (true, true) => Names::Groups,
        (true, false) => Names::Paragraphs,
    }
}

fn name(reference: &Layout, actual: &Layout) -> String {
    let layout = if reference.document.is_empty() {
        actual
    } else {
        reference
    };
    let document = if layout.document.is_empty() {
        "layout"
    } else {
        &layout.document
    };
    let edition = if layout.edition.is_empty() {
        &actual.edition
    } else {
        &layout.edition
    };
    if edition.is_empty() {
        document.to_owned()
    } else {
        format!("{document}/{edition}")
    }
}
