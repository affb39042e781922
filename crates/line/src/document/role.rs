//! What the elements of a document mean for the lines that stand in them.

use typst::foundations::{Content, StyleChain};
use typst::layout::{GridCell, RepeatElem};
use typst::math::EquationElem;
use typst::model::{FigureCaption, FootnoteEntry, HeadingElem, OutlineEntry, ParElem, QuoteElem, TableCell, TitleElem};
use typst::pdf::{ArtifactElem, PdfMarkerTag, PdfMarkerTagKind};
use typst::text::RawElem;

/// What an open element means for the lines in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    Flow,
    /// A block whose lines are no running text.
    Fixed,
    /// The text of an item of a list.
    Item,
    /// The label of an item of a list.
    Label,
    /// Nothing in it is running text, paragraphs neither.
    Table,
    /// A formula in a line.
    Formula,
    /// Dots that fill a line.
    Dots,
    /// A formula that stands alone.
    Display,
    /// What is laid out here and belongs elsewhere, as a note: nothing outside of it counts.
    Apart,
    /// Nothing.
    Inline,
}

impl Role {
    /// Whether a line goes on behind it.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Formula | Self::Dots)
    }

    /// What an element means.
    pub(super) fn of(element: &Content) -> Self {
        let styles = StyleChain::default();
        if let Some(formula) = element.to_packed::<EquationElem>() {
            return if formula.block.get(styles) {
                Role::Display
            } else {
                Role::Formula
            };
        }
        if let Some(marker) = element.to_packed::<PdfMarkerTag>() {
            return match marker.kind {
                PdfMarkerTagKind::ListItemBody => Role::Item,
                PdfMarkerTagKind::TermsItemBody | PdfMarkerTagKind::BibEntry => Role::Flow,
                PdfMarkerTagKind::ListItemLabel => Role::Label,
                PdfMarkerTagKind::OutlineBody | PdfMarkerTagKind::Bibliography(_) => Role::Fixed,
                PdfMarkerTagKind::TermsItemLabel | PdfMarkerTagKind::Label => Role::Inline,
            };
        }
        if let Some(quote) = element.to_packed::<QuoteElem>() {
            return if quote.block.get(styles) {
                Role::Flow
            } else {
                Role::Inline
            };
        }
        if let Some(code) = element.to_packed::<RawElem>() {
            return if code.block.get(styles) {
                Role::Fixed
            } else {
                Role::Inline
            };
        }
        let is_fixed = element.is::<HeadingElem>()
            || element.is::<TitleElem>()
            || element.is::<GridCell>()
            || element.is::<FigureCaption>()
            || element.is::<OutlineEntry>()
            || element.is::<ArtifactElem>();
        if element.is::<ParElem>() || element.is::<FootnoteEntry>() {
            Role::Flow
        } else if element.is::<TableCell>() {
            Role::Table
        } else if element.is::<RepeatElem>() {
            Role::Dots
        } else if is_fixed {
            Role::Fixed
        } else {
            Role::Inline
        }
    }
}
