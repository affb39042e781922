//! Everything that differs by language: digits, dates, labels, and the words that a document does not write itself.
//!
//! What can be told of a language in words is its file, `languages/LANG.toml`, which `qarar-text` reads; here stands what
//! must be computed: numbers, ordinals, dates, plurals. `docs/languages.md` tells how a language is added.
//!
//! Digits, month names and the order of a date are those of CLDR; `tests/suite/cldr.rs` holds them to its data. Where the
//! United Nations write otherwise, their usage wins, and the file of the language says so.

mod arabic;
mod chinese;
mod dates;
mod day;
mod digits;
mod english;
mod figures;
mod french;
mod hebrew;
mod labels;
mod lines;
mod nouns;
mod ordinal;
mod ordinals;
mod persian;
mod references;
mod russian;
mod spanish;
mod unit;
mod urdu;
mod written;

pub use dates::{date, is_month_word};
pub use day::Date;
pub use digits::{Digits, Usage, amount_text, number, number_text};
pub use figures::{are_figures, units_end};
pub use labels::{
    between_note_marks, bullet, drawn_label, lettered, note_mark, note_name, operative_label, roman, way_back,
};
pub use lines::{
    Body, Distribution, adoption_line, agenda_line, annex_heading, annex_ordinal, body_name, closing_lines,
    distribution_line, organization, report_line, session_line, title_prefix, unofficial_line,
};
pub use nouns::is_number_noun;
pub use ordinal::Ordinal;
pub use ordinals::{ordinal, ordinal_in_digits, plural};
pub use references::{annex_reference, label_reference, paragraph_reference, reference_in_annex};
pub use written::{Written, written_numbers};

pub use crate::text::{Alphabet, Direction, Language, Plural, Script, is_digit, joins_groups};

/// The table of the words of a language that its file does not have; that of English for a language without one.
fn conventions(language: Language) -> &'static Conventions {
    match language.code() {
        "ar" => &arabic::CONVENTIONS,
        "fr" => &french::CONVENTIONS,
        "es" => &spanish::CONVENTIONS,
        "fa" => &persian::CONVENTIONS,
        "ur" => &urdu::CONVENTIONS,
        _ => &english::CONVENTIONS,
    }
}

/// The words of a language that its file does not have.
struct Conventions {
    /// The labels of operative paragraphs, of sub-paragraphs, and of the levels below.
    labels: &'static [labels::LabelStyle],
    references: references::ReferenceWords,
    lines: lines::Lines,
}

/// The quotation marks of a language, before and after the words, and those of a quotation in another one: `“` and `”`, `‘`
/// and `’` in English. Those of French hold no-break spaces.
pub fn quotation_marks(language: Language) -> [[&'static str; 2]; 2] {
    let [[start, end], [inner_start, inner_end]] = &language.definition().quotation_marks;
    [[start, end], [inner_start, inner_end]]
}
