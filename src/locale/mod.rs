//! Everything that differs by language: digits, dates, labels, and the words that a document does not write itself.
//!
//! The facts of a language are one table, `Conventions`, in a file of its own. A new language is such a file, its
//! `mod` line and its row in `conventions` below, and its row in `Language` of `qarar-text`.
//!
//! Digits, month names and the order of a date are those of CLDR; `tests/suite/cldr.rs` holds them to its data. Where the
//! United Nations write otherwise, their usage wins, and the table of the language says so.

mod arabic;
mod dates;
mod day;
mod digits;
mod english;
mod french;
mod labels;
mod lines;
mod persian;
mod references;
mod spanish;
mod unit;
mod urdu;
mod written;

pub use dates::{date, is_month_word};
pub use day::Date;
pub use digits::{Digits, Usage, amount_text, number, number_text};
pub use labels::{between_note_marks, drawn_label, note_mark, note_name, operative_label, way_back};
pub use lines::{
    Body, Distribution, adoption_line, agenda_line, annex_heading, annex_ordinal, body_name, closing_lines,
    distribution_line, organization, report_line, session_line, title_prefix, unofficial_line,
};
pub use references::{annex_reference, label_reference, paragraph_reference, reference_in_annex};
pub use written::{Written, written_numbers};

pub use crate::text::{Direction, Language, Script, is_digit, joins_groups};

/// The table of a language.
fn conventions(language: Language) -> &'static Conventions {
    match language {
        Language::Arabic => &arabic::CONVENTIONS,
        Language::English => &english::CONVENTIONS,
        Language::French => &french::CONVENTIONS,
        Language::Spanish => &spanish::CONVENTIONS,
        Language::Persian => &persian::CONVENTIONS,
        Language::Urdu => &urdu::CONVENTIONS,
    }
}

/// The table of a language: all that is known of it here.
struct Conventions {
    /// The digits from zero to nine.
    digits: [char; 10],
    dates: dates::DateStyle,
    /// What stands before and after the number of a note.
    note_mark: (&'static str, &'static str),
    /// What a note is called, before its number.
    note: &'static str,
    /// The name of a link from a note to its mark, after the name of the note.
    back: &'static str,
    /// What parts the marks of two notes that stand at one place.
    between_note_marks: &'static str,
    /// The quotation marks, and those of a quotation in another one, with the spaces inside of them.
    quotation_marks: [[&'static str; 2]; 2],
    /// The labels of operative paragraphs, of sub-paragraphs, and of the levels below.
    labels: &'static [labels::LabelStyle],
    /// The nouns that a number belongs to, as `No.` and `القرار`: no line breaks between them.
    number_nouns: &'static [&'static str],
    references: references::ReferenceWords,
    lines: lines::Lines,
}

/// The quotation marks of a language, before and after the words, and those of a quotation in another one: `“` and `”`, `‘`
/// and `’` in English. Those of French hold no-break spaces.
pub fn quotation_marks(language: Language) -> [[&'static str; 2]; 2] {
    conventions(language).quotation_marks
}

/// Whether a number that follows the word belongs to it, as in `No. 27531` and `القرار ٥٥/٢٥`.
pub fn is_number_noun(language: Language, word: &str) -> bool {
    let nouns = conventions(language).number_nouns;
    match language {
        Language::Arabic => arabic::is_form_of(word, nouns),
        _ => nouns.contains(&word),
    }
}
