//! The words of a text item of the template's own.

use std::ops::Range;

use kurbo::{Affine, Rect};

use super::super::grounds::OwnText;
use super::super::inks::FontInk;
use crate::ink::{Letter, Word};

/// The glyphs of a text item: each with the way from its em to the page, and where the pen is before and after it.
pub(super) fn own_glyphs(text: &OwnText<'_>) -> Vec<(u16, Affine, Range<f64>)> {
    let item = text.item;
    let size = item.size.to_pt();
    let mut pen = 0.0;
    let glyph = |glyph: &typst::text::Glyph| {
        let start = pen;
        pen += glyph.x_advance.at(item.size).to_pt();
        let (x, y) = (
            glyph.x_offset.at(item.size).to_pt(),
            glyph.y_offset.at(item.size).to_pt(),
        );
        let at = text.to_page * Affine::translate((start + x, -y)) * Affine::scale_non_uniform(size, -size);
        (glyph.id, at, start..pen)
    };
    item.glyphs.iter().map(glyph).collect()
}

/// A word of a text item: the text and the ink of each glyph, and what is asked of a word.
pub(super) type OwnWord = (Vec<(String, Option<Rect>)>, Word);

/// The words of a text item: the text and the ink of each glyph, and what is asked of a word.
pub(super) fn own_words(text: &OwnText<'_>, font: &FontInk) -> Vec<OwnWord> {
    let item = text.item;
    let [a, b, c, _, _, base] = text.to_page.as_coeffs();
    let upright = b == 0.0 && c == 0.0 && a > 0.0;
    let left = text.to_page.as_coeffs()[4];
    let mut words = Vec::new();
    let mut letters = Vec::new();
    let mut inked = Vec::new();
    let mut end = |letters: &mut Vec<(String, Option<Rect>)>, inked: &mut Vec<Letter>| {
        if !letters.is_empty() {
            let word = Word {
                letters: std::mem::take(inked),
                baseline: upright.then_some(base),
                size: item.size.to_pt() * text.to_page.determinant().abs().sqrt(),
                line: None,
            };
            words.push((std::mem::take(letters), word));
        }
    };
    for (key, ((id, at, pen), glyph)) in own_glyphs(text).into_iter().zip(&item.glyphs).enumerate() {
        let told = item.text.get(glyph.range()).unwrap_or_default();
        if !told.is_empty() && told.chars().all(char::is_whitespace) {
            end(&mut letters, &mut inked);
            continue;
        }
        let ink = font.bounds(id).map(|ink| at.transform_rect_bbox(ink));
        letters.push((told.to_owned(), ink));
        inked.extend(ink.map(|ink| Letter {
            ink,
            pen: left + pen.start * a..left + pen.end * a,
            key,
        }));
    }
    end(&mut letters, &mut inked);
    words
}
