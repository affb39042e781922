//! Elongations in a line: tatweels that are drawn as such, and those that are one outline with their letter, as qarar draws them.

use kurbo::{BezPath, PathEl, Rect, Shape};
use qarar_pdf::{Font, Page, Piece, TextLine};
use rustc_hash::FxHashMap;

/// How far the outline of a stretched tatweel reaches into the letters beside it, in em (`crates/line/src/derive.rs`).
const OVERLAP: f64 = 0.02;
/// What is shorter, in em, is no elongation.
const LEAST: f64 = 0.04;

/// Finds elongations, and remembers what glyphs look like.
#[derive(Default)]
pub(crate) struct Finder {
    /// By the address of the font, which lives as long as the document, and the glyph in its terms.
    known: FxHashMap<(usize, u32), f64>,
    /// Whether a glyph looks like a tatweel.
    bars: FxHashMap<(usize, u32), bool>,
}

impl Finder {
    /// The lengths of the elongations of a line, in em, from left to right. Tatweels beside each other are one.
    pub(crate) fn of_line(&mut self, page: &Page, line: &TextLine) -> Vec<f64> {
        let mut found = Vec::new();
        let mut tatweels: Option<f64> = None;
        for piece in &line.pieces {
            if self.is_tatweel(page, piece) {
                *tatweels.get_or_insert(0.0) += (piece.right - piece.left) / line.size;
                continue;
            }
            found.extend(tatweels.take());
            for glyph in piece.glyphs.iter().map(|glyph| &page.glyphs[*glyph]) {
                let font = &page.fonts[glyph.font];
                let key = (std::ptr::from_ref::<Font>(font) as usize, glyph.cid);
                let length = *self.known.entry(key).or_insert_with(|| in_glyph(font, glyph.cid));
                found.extend(Some(length * glyph.size / line.size).filter(|length| *length > 0.0));
            }
        }
        found.extend(tatweels.take());
        found.retain(|length| *length > LEAST);
        found
    }
}

impl Finder {
    /// Whether a piece is a tatweel: by its letters, or by its look where a file does not tell them.
    fn is_tatweel(&mut self, page: &Page, piece: &Piece) -> bool {
        if !piece.text.is_empty() {
            return piece.text.chars().all(|c| c == '\u{640}');
        }
        let glyphs = piece.glyphs.iter().map(|glyph| &page.glyphs[*glyph]);
        let mut looks = glyphs.map(|glyph| {
            let font = &page.fonts[glyph.font];
            let key = (std::ptr::from_ref::<Font>(font) as usize, glyph.cid);
            *self.bars.entry(key).or_insert_with(|| is_bar(font, glyph.cid))
        });
        looks.next() == Some(true) && looks.all(|is_bar| is_bar)
    }
}

/// Whether a glyph is one flat stroke along the baseline, from side to side.
fn is_bar(font: &Font, cid: u32) -> bool {
    let (Some(drawer), Some(glyph)) = (font.drawer(), font.outline_of(cid)) else {
        return false;
    };
    let outline = qarar_ink::contours(|pen| drawer.draw(glyph, pen));
    let em = drawer.units();
    match contours(&outline)[..] {
        [ink] => {
            ink.y0 / em > -0.15 && ink.y1 / em < 0.25 && ink.height() / em < 0.13 && ink.width() > 2.0 * ink.height()
        }
        _ => false,
    }
}

/// The length of the tatweel that is a part of a glyph, in em; 0 where there is none: a contour of its own that starts as far
/// left of the glyph as an elongation reaches into the letter there, and lies along the baseline, beside others.
fn in_glyph(font: &Font, cid: u32) -> f64 {
    let (Some(drawer), Some(glyph)) = (font.drawer(), font.outline_of(cid)) else {
        return 0.0;
    };
    let outline = qarar_ink::contours(|pen| drawer.draw(glyph, pen));
    let contours = contours(&outline);
    if contours.len() < 2 {
        return 0.0;
    }
    let em = drawer.units();
    let lies = |ink: &Rect, low: f64, high: f64| ink.y0 / em < high && ink.y1 / em > low;
    let is_tatweel = |ink: &Rect| {
        (ink.x0 / em + OVERLAP).abs() < 0.004 && ink.y0 / em > -0.15 && ink.y1 / em < 0.25 && lies(ink, 0.0, 0.08)
    };
    // Letters too start left of their origin, to reach into the next one. The letter beside an elongation starts where that ends.
    let has_letter = |tatweel: &Rect| {
        contours
            .iter()
            .any(|ink| lies(ink, 0.0, 0.08) && (ink.x0 - tatweel.x1).abs() / em < 3.0 * OVERLAP)
    };
    let length = |ink: &Rect| ink.width() / em - 2.0 * OVERLAP;
    let tatweels = contours
        .iter()
        .filter(|ink| is_tatweel(ink) && has_letter(ink))
        .map(length);
    tatweels.fold(0.0, f64::max)
}

/// The bounds of every contour of an outline.
fn contours(outline: &BezPath) -> Vec<Rect> {
    let mut contours: Vec<BezPath> = Vec::new();
    for element in outline.elements() {
        if matches!(element, PathEl::MoveTo(_)) {
            contours.push(BezPath::new());
        }
        if let Some(contour) = contours.last_mut() {
            contour.push(*element);
        }
    }
    contours.iter().map(Shape::bounding_box).collect()
}
