//! Everything that differs by language: digits, dates, labels, and the words that a document does not write itself.
//!
//! What can be told of a language in words is its file, `languages/LANG.toml`, which `qarar-text` reads; here stands what
//! must be computed: numbers, ordinals, dates, plurals. `docs/languages.md` tells how a language is added.
//!
//! Digits, month names and the order of a date are those of CLDR; `tests/suite/cldr.rs` holds them to its data. Where the
//! United Nations write otherwise, their usage wins, and the file of the language says so.

mod arabic;
mod chinese;
mod counters;
mod dates;
mod day;
mod digits;
mod english;
mod figures;
mod french;
mod hebrew;
mod hijri;
mod lists;
mod notes;
mod nouns;
mod ordinal;
mod ordinals;
mod persian;
mod russian;
mod spanish;
mod unit;
mod urdu;
mod written;

pub use counters::bullet;
pub use counters::{letter, lettered, read_label, roman, roman_value};
pub use dates::{date, is_month_word};
pub use day::Date;
pub use digits::{Digits, Usage, amount_text, number, number_text};
pub use figures::{are_figures, units_end};
pub use hijri::{HijriDate, hijri_date};
pub use lists::{list, sort_key};
pub use notes::{between_note_marks, marked_note_name, note_mark, note_name, way_back};
pub use nouns::is_number_noun;
pub use ordinal::Ordinal;
pub use ordinals::{adverb, ordinal, ordinal_in_digits, plural};
pub use written::{Written, written_numbers};

pub use crate::text::{Alphabet, Direction, Language, Plural, Script, is_digit, joins_groups};

/// Fills in the names in braces of a pattern. It reads the pattern once, so braces in what is filled in stay what they are.
fn fill(pattern: &str, words: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, word)) = words.iter().find(|(known, _)| *known == name) {
            filled.push_str(word);
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The quotation marks of a language, before and after the words, and those of a quotation in another one: `“` and `”`, `‘`
/// and `’` in English. Those of French hold no-break spaces.
pub fn quotation_marks(language: Language) -> [[&'static str; 2]; 2] {
    let [[start, end], [inner_start, inner_end]] = &language.definition().quotation_marks;
    [[start, end], [inner_start, inner_end]]
}
