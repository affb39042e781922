//! The state that text is shown in (ISO 32000-1 8.4, 9.3 and 9.4).

use std::sync::Arc;

use kurbo::Affine;

use super::font::Font;
use super::paint::PaintState;

/// The part of the graphics state that text needs: what `q` saves and `Q` restores.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// From user space to the page as it is seen.
    pub(super) matrix: Affine,
    pub(super) character_spacing: f64,
    pub(super) word_spacing: f64,
    /// The horizontal scaling, 1 for 100 %.
    pub(super) scaling: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) size: f64,
    pub(super) mode: i64,
    /// The font, and its place among the fonts of the page.
    pub(super) font: Option<(Arc<Font>, usize)>,
    /// What is painted with.
    pub(super) paint: PaintState,
}

impl State {
    pub(super) fn new(matrix: Affine) -> Self {
        Self {
            matrix,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scaling: 1.0,
            leading: 0.0,
            rise: 0.0,
            size: 0.0,
            mode: 0,
            font: None,
            paint: PaintState::new(),
        }
    }

    /// From the space of the glyphs, one em high, to text space.
    pub(super) fn glyph_to_text(&self) -> Affine {
        Affine::new([self.size * self.scaling, 0.0, 0.0, self.size, 0.0, self.rise])
    }
}

/// The matrices of a text object.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pen {
    pub(super) matrix: Affine,
    pub(super) line: Affine,
}

impl Pen {
    pub(super) fn set(&mut self, matrix: Affine) {
        self.matrix = matrix;
        self.line = matrix;
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.set(self.line * Affine::translate((x, y)));
    }

    /// Moves the pen in text space.
    pub(super) fn advance(&mut self, x: f64, y: f64) {
        self.matrix *= Affine::translate((x, y));
    }
}
