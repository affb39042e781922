//! Conformance to the bidirectional algorithm: Unicode's own cases (`BidiCharacterTest.txt` 15.0.0 of the Unicode Character
//! Database, compressed, under the licence beside it) through the ordering that lines and the reader of PDFs use.
//!
//! When this fails, words or numbers of a line that mixes directions stand in a wrong order.

#![allow(clippy::panic, reason = "a test that fails panics")]

use std::io::Read;

use flate2::read::GzDecoder;
use qarar::reader::undo_reordering;
use qarar::text::levels;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// A line of the test file.
struct Case {
    text: String,
    /// The level that the paragraph is set to; `None` to find it.
    base: Option<Level>,
    paragraph: u8,
    /// The level of each character; `None` for those that rule X9 takes away.
    levels: Vec<Option<u8>>,
    /// The places of the characters from left to right.
    order: Vec<usize>,
}

fn cases() -> Vec<Case> {
    let mut table = String::new();
    let packed = &include_bytes!("../bidi/BidiCharacterTest.txt.gz")[..];
    GzDecoder::new(packed)
        .read_to_string(&mut table)
        .expect("the table is packed text");
    let number = |field: &str| field.parse().expect("a number");
    let case = |line: &str| {
        let fields: Vec<&str> = line.split(';').collect();
        let [text, direction, paragraph, levels, order] = fields[..] else {
            panic!("five fields in `{line}`")
        };
        let character = |code: &str| {
            u32::from_str_radix(code, 16)
                .ok()
                .and_then(char::from_u32)
                .expect("a character")
        };
        Case {
            text: text.split(' ').map(character).collect(),
            base: match direction {
                "0" => Some(Level::ltr()),
                "1" => Some(Level::rtl()),
                _ => None,
            },
            paragraph: paragraph.parse().expect("a level"),
            levels: levels.split(' ').map(|level| level.parse().ok()).collect(),
            order: order.split(' ').filter(|place| !place.is_empty()).map(number).collect(),
        }
    };
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(case)
        .collect()
}

/// Rule L1 for a text that is one line: separators, and white space before them and at the end, get the paragraph's level.
fn at_line_end(text: &str, levels: &mut [u8], paragraph: u8) {
    use BidiClass::{B, BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
    let mut at_end = true;
    for (at, c) in text.chars().enumerate().collect::<Vec<_>>().into_iter().rev() {
        match bidi_class(c) {
            S | B => at_end = true,
            WS | FSI | LRI | RLI | PDI => {}
            // Taken away by rule X9: they neither have a level nor end the white space.
            BN | LRE | LRO | RLE | RLO | PDF => continue,
            _ => at_end = false,
        }
        if at_end {
            levels[at] = paragraph;
        }
    }
}

#[test]
fn unicodes_cases_of_levels_and_order() {
    let cases = cases();
    assert!(cases.len() > 90_000, "{} cases are not all", cases.len());
    let mut faults = Vec::new();
    for case in &cases {
        let by_byte = levels(&case.text, case.base);
        let mut found: Vec<u8> = case.text.char_indices().map(|(at, _)| by_byte[at].number()).collect();
        at_line_end(&case.text, &mut found, case.paragraph);
        let same = found
            .iter()
            .zip(&case.levels)
            .all(|(found, expected)| expected.is_none_or(|e| e == *found));
        // What is drawn: without the characters that rule X9 takes away.
        let drawn: Vec<usize> = (0..found.len()).filter(|at| case.levels[*at].is_some()).collect();
        let drawn_levels: Vec<Level> = drawn
            .iter()
            .map(|at| Level::new(found[*at]).expect("a level"))
            .collect();
        let order: Vec<usize> = BidiInfo::reorder_visual(&drawn_levels)
            .into_iter()
            .map(|at| drawn[at])
            .collect();
        if !same || order != case.order {
            faults.push(format!(
                "{:?} (base {:?}): levels {found:?}, order {order:?}",
                case.text, case.base
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} cases:\n{}",
        faults.len(),
        cases.len(),
        faults[..faults.len().min(20)].join("\n")
    );
}

#[test]
fn the_reader_turns_every_order_back() {
    for case in cases() {
        let seen: Vec<u8> = case.order.iter().map(|at| case.levels[*at].expect("drawn")).collect();
        let text: Vec<usize> = undo_reordering(&seen).into_iter().map(|at| case.order[at]).collect();
        assert!(text.is_sorted(), "{:?}: read back in the order {text:?}", case.text);
    }
}
