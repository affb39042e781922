//! The lines of any Typst document: elongated and written anew in the frames of its pages, where it was laid out by Typst
//! alone, without a template of ours.
//!
//! [`mark_lines`] before the document is compiled, [`rewrite`] after it; then whatever exports a document exports the new one.
//!
//! Such a document has no passages. The span of a glyph does not tell its place in a text either: what is written once may
//! be laid out often (a heading, its entry in the outline, the head of each page), numbers are written nowhere, and what a
//! function makes has the span of its call. So the text items of each paragraph are made passages in the order in which
//! Typst laid them out (`text`), and the lines are gathered by these.
//!
//! What cannot be done for a line leaves it as Typst set it; [`Summary`] tells how many and why.

mod collect;
mod judge;
mod replace;
mod role;
mod text;

use std::collections::BTreeMap;
use std::fmt;

use ecow::EcoVec;
use typst::Library;
use typst::foundations::{Args, Array, Func, NativeType, Value};
use typst::model::{Document, Numbering, ParLine};
use typst::syntax::Span;
use typst_layout::PagedDocument;

use super::{Cell, DeriveError, write};
use collect::collect;
use judge::{Known, Setting};
use qarar_bounds::limits::counted;
use replace::Edits;

/// Why a line is left as Typst set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Left {
    /// It has no letter or number from right to left: readers get it as it is.
    LeftToRight,
    /// It stands in what is turned, scaled or cut off.
    Transformed,
    /// The order of its letters is none that the bidirectional algorithm gives.
    Order,
    /// It has a glyph with colours of its own, or one for a character that its font has not, or glyphs set twice.
    Glyphs,
    /// It is painted by a gradient or a tiling.
    Paint,
    /// The licence of a font forbids fonts derived from it.
    Licence,
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeftToRight => "nothing in it runs from right to left",
            Self::Transformed => "it is turned, scaled or clipped",
            Self::Order => "its letters stand in an order of their own",
            Self::Glyphs => "a glyph of it is coloured, missing or set twice",
            Self::Paint => "it is painted by a gradient or a tiling",
            Self::Licence => "the licence of its font forbids it",
        })
    }
}

/// What was done with the lines of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// How many lines were written anew.
    pub written: usize,
    /// How many of them are filled by elongation.
    pub elongated: usize,
    /// How many were left as they were, and why.
    pub left: BTreeMap<Left, usize>,
}

impl Summary {
    /// How many lines the document has.
    pub fn lines(&self) -> usize {
        self.written + self.left.values().sum::<usize>()
    }
}

/// A sentence, and the reasons below it.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = counted(self.lines(), "line");
        write!(
            f,
            "{lines}: {} written anew, {} of them elongated",
            self.written, self.elongated
        )?;
        self.left
            .iter()
            .try_for_each(|(why, count)| write!(f, "\n  {count} left as set: {why}"))
    }
}

/// Makes Typst put a marker at the baseline of every line, by which [`rewrite`] finds them: the one by which Typst numbers
/// lines, with a number that draws nothing. Where a document sets `par.line` itself, its lines have the marker or not as it
/// says.
pub fn mark_lines(library: &mut Library) {
    if let Some(nothing) = nothing() {
        library.styles.set(ParLine::numbering, Some(Numbering::Func(nothing)));
    }
}

/// A function that gives nothing, whatever number it gets: the join of no items (`().join(number)`).
fn nothing() -> Option<Func> {
    let Value::Func(join) = Array::ty().scope().get("join")?.read() else {
        return None;
    };
    Some(join.clone().with(&mut Args::new(Span::detached(), [Array::new()])))
}

/// Elongates the Arabic lines of a document and writes its lines from right to left so that readers of a PDF get their text
/// exactly. The document must have been compiled by a library that [`mark_lines`] has seen.
///
/// # Errors
/// When no font can be derived from one of the fonts.
pub fn rewrite(document: &PagedDocument) -> Result<(PagedDocument, Summary), DeriveError> {
    let found = collect(document.pages().iter().map(|page| &page.frame));
    let mut summary = Summary::default();
    if found.transformed > 0 {
        summary.left.insert(Left::Transformed, found.transformed);
    }
    let mut known = Known::default();
    let mut settings = Vec::new();
    for paragraph in &found.paragraphs {
        let Some(set) = Setting::new(paragraph, &mut known) else {
            continue;
        };
        for left in &set.left {
            match left {
                Some(left) => *summary.left.entry(*left).or_default() += 1,
                None => summary.written += 1,
            }
        }
        summary.elongated += set.elongated();
        settings.push((paragraph, set));
    }
    let cells: Vec<&Cell> = settings.iter().map(|(_, set)| &set.cell).collect();
    let written = write(&cells)?;
    let mut edits = Edits::default();
    for ((paragraph, set), written) in settings.iter().zip(&written) {
        for (at, (line, written)) in paragraph.lines.iter().zip(written).enumerate() {
            if set.left[at].is_none() {
                edits.line(line, written, &set.cell, &set.before[at], &set.cell.lines[at]);
            }
        }
    }
    let mut number = 0;
    let pages = document.pages().iter().cloned().map(|mut page| {
        page.frame = edits.frame(&page.frame, &mut number);
        page
    });
    let pages: EcoVec<_> = pages.collect();
    Ok((PagedDocument::new(pages, document.info().clone()), summary))
}
