//! The order of a line: the embedding levels of its text by the bidirectional algorithm (UAX #9), rules P to I.
//!
//! Lines and the reader of PDFs ask the one function here; Unicode's own test file is run through it (`tests/bidi.rs`).

use unicode_bidi::{BidiInfo, Level};

/// The level of every byte of a text; `base` is the level of its paragraphs, `None` to find it by rules P2 and P3.
///
/// Rule L1, which takes the white space at the end of a line down to the level of the paragraph, is left to those who
/// know where the lines end.
pub fn levels(text: &str, base: Option<Level>) -> Vec<Level> {
    BidiInfo::new(text, base).levels
}
