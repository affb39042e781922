//! Everything that differs by language: digits, dates, labels, and the words that a document does not write itself.
//!
//! The facts of a language are one table, `Conventions`, in a file of its own. A new language is such a file, its
//! `mod` line and its row in `languages!` below; nothing outside this module has to know.
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
mod spanish;
mod unit;
mod urdu;
mod written;

pub use dates::{date, is_month_word};
pub use day::Date;
pub use digits::{Digits, Usage, amount_text, number, number_text};
pub use labels::{between_note_marks, drawn_label, note_mark, note_name, operative_label, way_back};
pub use lines::{
    Body, Distribution, adoption_line, agenda_line, annex_heading, body_name, closing_lines, distribution_line,
    organization, report_line, session_line, title_prefix, unofficial_line,
};
pub use written::{Written, is_digit, joins_groups, written_numbers};

/// Declares [`Language`] from one row a language: its name and the module of its table.
macro_rules! languages {
    ($($(#[$doc:meta])* $language:ident = $module:ident),* $(,)?) => {
        /// A language that editions are made in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Language {
            $($(#[$doc])* $language,)*
        }

        impl Language {
            /// All languages, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$language),*];

            /// The table of this language.
            fn conventions(self) -> &'static Conventions {
                match self {
                    $(Self::$language => &$module::CONVENTIONS,)*
                }
            }
        }
    };
}

languages! {
    /// Modern Standard Arabic, as the United Nations write it.
    Arabic = arabic,
    /// English, in the spelling of the United Nations.
    English = english,
    /// French.
    French = french,
    /// Spanish.
    Spanish = spanish,
    /// Persian (Farsi) of Iran.
    Persian = persian,
    /// Urdu.
    Urdu = urdu,
}

impl Language {
    /// The language of an ISO 639-1 code, in lower case; `None` when no edition is made in it.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code() == code)
    }

    /// The ISO 639-1 code, which is also the BCP 47 tag and the name of the language's file: `ar` for `ar.md`.
    pub fn code(self) -> &'static str {
        self.conventions().code
    }

    /// The terminological code of ISO 639-2, as `fra` (not the bibliographic `fre`).
    pub fn iso_639_2(self) -> &'static str {
        self.conventions().iso_639_2
    }

    /// The name of the language in English.
    pub fn name(self) -> &'static str {
        self.conventions().name
    }

    /// The name of the language in itself.
    pub fn autonym(self) -> &'static str {
        self.conventions().autonym
    }

    /// The script that the language is written in.
    pub fn script(self) -> Script {
        self.conventions().script
    }

    /// The direction in which the language is written.
    pub fn direction(self) -> Direction {
        self.script().direction()
    }
}

/// A script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// The Arabic script, with the letters of Persian and Urdu.
    Arabic,
    /// The Latin script.
    Latin,
}

impl Script {
    /// The direction in which the script is written.
    pub fn direction(self) -> Direction {
        match self {
            Self::Arabic => Direction::RightToLeft,
            Self::Latin => Direction::LeftToRight,
        }
    }
}

/// A direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// The table of a language: all that is known of it here.
struct Conventions {
    /// ISO 639-1.
    code: &'static str,
    /// ISO 639-2/T.
    iso_639_2: &'static str,
    /// In English.
    name: &'static str,
    /// In the language.
    autonym: &'static str,
    script: Script,
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
    lines: lines::Lines,
}

/// The quotation marks of a language, before and after the words, and those of a quotation in another one: `“` and `”`, `‘`
/// and `’` in English. Those of French hold no-break spaces.
pub fn quotation_marks(language: Language) -> [[&'static str; 2]; 2] {
    language.conventions().quotation_marks
}

/// Whether a number that follows the word belongs to it, as in `No. 27531` and `القرار ٥٥/٢٥`.
pub fn is_number_noun(language: Language, word: &str) -> bool {
    let nouns = language.conventions().number_nouns;
    match language {
        Language::Arabic => arabic::is_form_of(word, nouns),
        _ => nouns.contains(&word),
    }
}
