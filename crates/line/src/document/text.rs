//! Makes passages of the text items of a paragraph, so that its lines can be gathered as those of a template are.
//!
//! A shaped text is several items where a font raises marks or letters; they stand from left to right, and the letter and
//! its raised mark both name the letter. So the items of one shaped text are put into the order of the text first, and what
//! two of them name is added once.

use typst::layout::{Frame, FrameItem, Point, Size};
use typst::syntax::Span;
use typst::text::{Glyph, TextItem};
use unicode_bidi::BidiClass;

use super::collect::{FoundLine, Kind, Paragraph};
use crate::passage::Passages;
use qarar_text::Language;
use qarar_text::bidi;

/// Items that stand nearer to each other than this, in points, touch.
const TOUCH: f64 = 0.01;

/// The lines of a paragraph as a frame that [`super::super::gather`] takes, and the text that its glyphs name.
pub(super) fn laid_out(paragraph: &Paragraph, language: Language) -> (Frame, Passages) {
    let mut passages = Passages::default();
    let mut frame = Frame::soft(Size::zero());
    for line in &paragraph.lines {
        frame.push(Point::with_y(line.baseline), line.marker.clone());
        let mut items = line_items(line, &mut passages, language);
        // Gathering wants the items as they stood.
        items.sort_by_key(|(place, ..)| *place);
        for (_, at, item) in items {
            frame.push(at, FrameItem::Text(item));
        }
    }
    (frame, passages)
}

/// The text items of a line with the spans of their passages, each with its place among the pieces.
fn line_items(line: &FoundLine, passages: &mut Passages, language: Language) -> Vec<(usize, Point, TextItem)> {
    let mut out = Vec::new();
    let mut shaped: Vec<(usize, Point, &TextItem)> = Vec::new();
    for (place, piece) in line.pieces.iter().enumerate() {
        match (&piece.item, piece.kind) {
            (FrameItem::Text(item), Kind::Text) => {
                if !shaped
                    .last()
                    .is_some_and(|(_, at, before)| goes_on((*at, before), (piece.at, item)))
                {
                    out.extend(named(std::mem::take(&mut shaped), passages, language));
                }
                shaped.push((place, piece.at, item));
            }
            (_, Kind::Object) => {
                out.extend(named(std::mem::take(&mut shaped), passages, language));
            }
            _ => {}
        }
    }
    out.extend(named(shaped, passages, language));
    out
}

/// Whether an item is of the same shaped text as the one before it: it touches it at the right, and where its text runs
/// from right to left it stands before it in the source.
fn goes_on((at, before): (Point, &TextItem), (next_at, next): (Point, &TextItem)) -> bool {
    if (at.x + before.width() - next_at.x).to_pt().abs() > TOUCH || before.lang != next.lang {
        return false;
    }
    match (strong(before), strong(next)) {
        (Some(false), _) | (_, Some(false)) => shares_letters(before, next),
        (None, None) => shares_letters(next, before) || shares_letters(before, next),
        _ => source_place(next) <= source_place(before),
    }
}

/// Whether a text has letters of one direction: whether they run from right to left.
fn strong(item: &TextItem) -> Option<bool> {
    item.text.chars().find_map(|c| match bidi::class(c) {
        BidiClass::R | BidiClass::AL => Some(true),
        // A mark on a letter stands in an item that names the letter too.
        BidiClass::L | BidiClass::EN | BidiClass::AN => Some(false),
        _ => None,
    })
}

/// Whether the text of an item starts with the letters that another ends with, in the text and not by chance.
fn shares_letters(before: &TextItem, next: &TextItem) -> bool {
    let (last, first) = (last_letters(before), first_letters(next));
    last.zip(first).is_some_and(|(last, first)| {
        last.span == first.span
            && !last.span.0.is_detached()
            && before.text.get(last.range()) == next.text.get(first.range())
    })
}

/// The glyph whose letters an item starts with.
fn first_letters(item: &TextItem) -> Option<&Glyph> {
    item.glyphs.iter().min_by_key(|glyph| glyph.range.start)
}

/// The glyph whose letters an item ends with.
fn last_letters(item: &TextItem) -> Option<&Glyph> {
    item.glyphs.iter().max_by_key(|glyph| glyph.range.start)
}

/// Where the first letters of an item stand in the source, as far as spans tell: nodes are numbered in their order.
fn source_place(item: &TextItem) -> (u64, u16) {
    first_letters(item).map_or((0, 0), |glyph| (glyph.span.0.into_raw().get(), glyph.span.1))
}

/// Adds the items of one shaped text to the passages, and gives them with their spans.
fn named(
    mut items: Vec<(usize, Point, &TextItem)>,
    passages: &mut Passages,
    language: Language,
) -> Vec<(usize, Point, TextItem)> {
    // From left to right is backwards.
    if items.iter().any(|(_, _, item)| strong(item) == Some(true)) {
        items.reverse();
    }
    let mut out = Vec::with_capacity(items.len());
    // The item before, and the passage and the byte at which its last letters start.
    let mut before: Option<(&TextItem, Span, usize)> = None;
    for (place, at, item) in items {
        let shared = before.filter(|(before, ..)| shares_letters(before, item));
        let shared_length = shared.and_then(|_| Some(first_letters(item)?.range().end)).unwrap_or(0);
        let rest = item.text.get(shared_length..).unwrap_or_default();
        let span = match (rest.is_empty(), shared) {
            (true, Some((_, span, _))) => span,
            _ => Passages::span(passages.add_laid_out(&one_space(rest), language)),
        };
        let place_of = |glyph: &Glyph| match shared {
            Some((_, span, start)) if usize::from(glyph.range.start) < shared_length => (span, start),
            _ => (span, usize::from(glyph.range.start) - shared_length),
        };
        let last = last_letters(item).map(place_of);
        let mut set = item.clone();
        for glyph in &mut set.glyphs {
            let (span, start) = place_of(glyph);
            glyph.span = (span, start as u16);
        }
        before = last.map(|(span, start)| (item, span, start));
        out.push((place, at, set));
    }
    out
}

/// White space of one byte as a space: a line that the author ends has a line feed, which is not set.
fn one_space(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_whitespace() { ' ' } else { c })
        .collect()
}
