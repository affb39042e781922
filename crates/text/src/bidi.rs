//! The order of a line: the embedding levels of its text by the bidirectional algorithm (UAX #9), rules P to I.
//!
//! Lines and the reader of PDFs ask the one function here; Unicode's own test file is run through it (`tests/suite/bidi.rs`).

use std::ops::Range;
use std::sync::LazyLock;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// The level of every byte of a text; `base` is the level of its paragraphs, `None` to find it by rules P2 and P3.
///
/// Rule L1, which takes the white space at the end of a line down to the level of the paragraph, is left to those who
/// know where the lines end.
pub fn levels(text: &str, base: Option<Level>) -> Vec<Level> {
    BidiInfo::new(text, base).levels
}

/// The isolates of a text that no other isolate holds, each with the character that starts it (UAX #9, BD9). One that is not
/// ended reaches to the end of its paragraph.
pub fn isolates(text: &str) -> Vec<Range<usize>> {
    let mut isolates = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text
        .char_indices()
        .filter(|(_, c)| ('\u{2029}'..='\u{2069}').contains(c))
    {
        match c {
            '\u{2066}'..='\u{2068}' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            '\u{2069}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    isolates.push(start..at);
                }
            }
            '\u{2029}' if depth > 0 => {
                isolates.push(start..at);
                depth = 0;
            }
            _ => {}
        }
    }
    if depth > 0 {
        isolates.push(start..text.len());
    }
    isolates
}

/// Every character below this has its class in a table: Latin, Greek, Cyrillic, Hebrew and Arabic letters, and their stops.
const TABLED: usize = 0x780;

/// The bidirectional class of a character (UAX #9, 3.2). It is asked of every character of every line.
pub fn class(c: char) -> BidiClass {
    static CLASSES: LazyLock<Vec<BidiClass>> = LazyLock::new(|| {
        let characters = (0..TABLED as u32).filter_map(char::from_u32);
        characters.map(bidi_class).collect()
    });
    CLASSES.get(c as usize).copied().unwrap_or_else(|| bidi_class(c))
}
