//! Compares two layouts: first the text, then fonts and margins, then lines, distances and pages. What an earlier step
//! explains a later one folds under it: a word that was added moves lines, and that is no difference of its own.

use std::cmp::Ordering;

use super::align::align;
use super::case::Case;
use super::difference::{Comparison, Level};
use super::recognize::Damage;
use super::snapshot::Layout;
use super::text::Text;
use super::{distances, elongations, fonts, furniture, line_breaks, margins, page_breaks, wording};

/// How to compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How closely.
    pub level: Level,
    /// How many points apart two places must be to differ.
    pub tolerance: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            level: Level::Positions,
            tolerance: 0.05,
        }
    }
}

/// Compares two layouts of an edition. [`Level::Pixels`] is compared like [`Level::Positions`]: pictures are no part of a
/// layout.
pub fn compare(reference: &Layout, actual: &Layout, options: Options) -> Comparison {
    let (named_reference, named_actual);
    let mut remarks = Vec::new();
    let mut after = |layout: &Layout, other: &Layout, side: &str| {
        let (named, damage) = super::recognize::named_after(layout, other);
        remarks.extend(remark(layout, damage, side));
        named
    };
    // The side that knows less is named after the one that knows more.
    let (reference, actual) = match names(reference).cmp(&names(actual)) {
        Ordering::Greater => {
            named_actual = after(actual, reference, "here");
            (reference, &named_actual)
        }
        Ordering::Less => {
            named_reference = after(reference, actual, "in the reference");
            (&named_reference, actual)
        }
        Ordering::Equal if names(reference) == Names::None => {
            named_reference = super::look::named(reference);
            named_actual = after(actual, &named_reference, "here");
            (&named_reference, &named_actual)
        }
        Ordering::Equal => (reference, actual),
    };
    let (reference, actual) = (Text::new(reference), Text::new(actual));
    let alignment = align(&reference, &actual);
    let mut case = Case::new(&reference, &actual, &alignment, options);
    wording::find(&mut case);
    if options.level >= Level::Positions {
        fonts::find(&mut case);
        margins::find_columns(&mut case);
    }
    if options.level >= Level::Lines {
        line_breaks::find(&mut case);
    }
    if options.level >= Level::Positions {
        distances::find(&mut case);
    }
    if options.level >= Level::Pages {
        page_breaks::find(&mut case);
    }
    furniture::find(&mut case);
    if options.level >= Level::Positions {
        margins::find_lines(&mut case);
        elongations::find(&mut case);
        distances::count_moved(&mut case);
    }
    case.finish(name(reference.layout, actual.layout), remarks)
}

/// What is to be known of the text of a PDF.
fn remark(layout: &Layout, damage: Damage, side: &str) -> Option<String> {
    let whose = if layout.document.is_empty() {
        format!("the text {side}")
    } else {
        format!("the text of {}", layout.document)
    };
    let words = |n: usize| super::telling::count(n, "word", "words");
    // A letter or two of a font are lost in many a file.
    if damage.lost > 0 {
        let what = format!(
            "{} of {} have letters that the file does not tell",
            damage.lost,
            words(damage.words)
        );
        return Some(format!(
            "{whose} comes back damaged: {what}; words are compared by the letters that are left"
        ));
    }
    let what = format!(
        "{} of {} are parted or run together",
        damage.parted,
        words(damage.words)
    );
    (damage.parted > 0).then(|| format!("{whose} comes back damaged: {what}; words are compared by their letters"))
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
