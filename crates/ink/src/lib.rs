#![doc = include_str!("../README.md")]

mod contrast;
mod glyph;
mod over;

pub use contrast::{Colour, FAINT, UNSEEN};
pub use glyph::{Measured, contours, measured};
pub use over::{Care, Letter, Word, overprints};

/// How far ink may reach over the edge of a page, in points: what a printer cuts off of less is not missed.
pub const OVER_THE_EDGE: f64 = 0.75;
/// How far text may reach out of its column, in em: italics, marks and hanging stops do.
pub const OVERHANG: f64 = 0.25;
/// Letters of fewer points cannot be read.
pub const SMALLEST: f64 = 2.0;

/// Whether a character leaves ink: it is no space, no mark on a letter, nothing that only joins or steers, and none of the
/// few letters that are blank (Hangul fillers, the empty Braille pattern).
pub fn leaves_ink(c: char) -> bool {
    !c.is_whitespace()
        && !qarar_text::is_invisible(c)
        && c != '\u{2800}'
        && !unicode_normalization::char::is_combining_mark(c)
}
