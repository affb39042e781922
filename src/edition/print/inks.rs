//! The boxes of the glyphs of an edition, each measured once.

use std::sync::OnceLock;

use kurbo::Rect;
use ttf_parser::GlyphId;
use typst::text::FontInstance;

use crate::edition::Edition;
use crate::ink;
use crate::line::Line;

/// How many glyphs share a piece of the table of a font: of most fonts few glyphs are used.
const PIECE: usize = 64;

/// The box of the ink of a glyph in em, y upwards; `None` when it leaves none.
type Ink = Option<[f32; 4]>;

/// The boxes of the glyphs of fonts.
#[derive(Debug)]
pub(super) struct Inks {
    fonts: Vec<FontInk>,
}

#[derive(Debug)]
pub(super) struct FontInk {
    font: FontInstance,
    pieces: Vec<OnceLock<Box<[OnceLock<Ink>]>>>,
}

impl Inks {
    /// Those of the fonts that the lines of an edition are set in; no glyph is measured yet.
    pub(super) fn of(edition: &Edition<'_>) -> Self {
        let mut inks = Self { fonts: Vec::new() };
        for placed in edition.pages.iter().flat_map(|page| &page.lines) {
            inks.add(edition.line(placed));
        }
        inks
    }

    fn add(&mut self, line: &Line) {
        for run in &line.runs {
            if self.get(&run.font).is_none() {
                self.fonts.push(FontInk::new(&run.font));
            }
        }
    }

    pub(super) fn get(&self, font: &FontInstance) -> Option<&FontInk> {
        self.fonts.iter().find(|known| known.font == *font)
    }
}

impl FontInk {
    pub(super) fn new(font: &FontInstance) -> Self {
        let pieces = usize::from(font.ttf().number_of_glyphs()).div_ceil(PIECE);
        Self {
            font: font.clone(),
            pieces: std::iter::repeat_with(OnceLock::new).take(pieces).collect(),
        }
    }

    /// The family of the font.
    pub(super) fn family(&self) -> &str {
        &self.font.font().info().family
    }

    /// The box of the ink of a glyph in em, y upwards.
    pub(super) fn bounds(&self, glyph: u16) -> Option<Rect> {
        let piece = self.pieces.get(usize::from(glyph) / PIECE)?;
        let piece = piece.get_or_init(|| std::iter::repeat_with(OnceLock::new).take(PIECE).collect());
        let ink = piece[usize::from(glyph) % PIECE].get_or_init(|| self.measure(glyph));
        ink.map(|[x0, y0, x1, y1]| Rect::new(x0.into(), y0.into(), x1.into(), y1.into()))
    }

    fn measure(&self, glyph: u16) -> Ink {
        let units = self.font.units_per_em();
        let bounds = ink::measured(units, |pen| self.draw(glyph, pen))?.bounds;
        let em = |length: f64| (length / units) as f32;
        Some([em(bounds.x0), em(bounds.y0), em(bounds.x1), em(bounds.y1)])
    }

    /// The outline of a glyph in em, y upwards.
    pub(super) fn outline(&self, glyph: u16) -> kurbo::BezPath {
        kurbo::Affine::scale(1.0 / self.font.units_per_em()) * ink::contours(|pen| self.draw(glyph, pen))
    }

    fn draw(&self, glyph: u16, pen: &mut dyn ttf_parser::OutlineBuilder) {
        self.font.ttf().outline_glyph(GlyphId(glyph), pen);
    }
}
