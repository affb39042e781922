//! The order of a line: the embedding levels of its text by the bidirectional algorithm (UAX #9), rules P to I.
//!
//! Lines and the reader of PDFs ask the one function here; Unicode's own test file is run through it (`tests/bidi.rs`).

use std::sync::LazyLock;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// The level of every byte of a text; `base` is the level of its paragraphs, `None` to find it by rules P2 and P3.
///
/// Rule L1, which takes the white space at the end of a line down to the level of the paragraph, is left to those who
/// know where the lines end.
pub fn levels(text: &str, base: Option<Level>) -> Vec<Level> {
    BidiInfo::new(text, base).levels
}

/// Every character below this has its class in a table: Latin, Greek, Cyrillic, Hebrew and Arabic letters, and their stops.
const TABLED: usize = 0x780;

/// The bidirectional class of a character (UAX #9, 3.2). It is asked of every character of every line.
pub(super) fn class(c: char) -> BidiClass {
    static CLASSES: LazyLock<Vec<BidiClass>> = LazyLock::new(|| {
        let characters = (0..TABLED as u32).filter_map(char::from_u32);
        characters.map(bidi_class).collect()
    });
    CLASSES.get(c as usize).copied().unwrap_or_else(|| bidi_class(c))
}
