//! What is known of a language: the content of its file.

use super::{Direction, Script};

/// A language, as its file tells it. `docs/languages.md` tells the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The code, which is the name of the file: `ar` of `ar.toml`.
    pub code: String,
    /// The terminological code of ISO 639-2, or that of ISO 639-3.
    pub iso_639_2: String,
    /// The name in English.
    pub name: String,
    /// The name in itself.
    pub autonym: String,
    /// The script that it is written in.
    pub script: Script,
    /// The direction in which it is written.
    pub direction: Direction,
    /// The digits from zero to nine.
    pub digits: [char; 10],
    /// How dates are written.
    pub dates: Dates,
    /// The marks of notes, and what notes are called.
    pub notes: NoteWords,
    /// The quotation marks, and those of a quotation in another one, with the spaces inside of them.
    pub quotation_marks: [[String; 2]; 2],
    /// The alphabets that count paragraphs, the usual one first.
    pub alphabets: Vec<Alphabet>,
    /// What parts the digits of an amount.
    pub amounts: AmountSeparators,
    /// What parts the items of a list in a sentence, with its space.
    pub list_separator: String,
    /// The nouns that a number belongs to, as `No.` and `القرار`.
    pub number_nouns: NumberNouns,
    /// The code of the language by whose rules words are divided; `None` where they are not.
    pub hyphenation: Option<String>,
    /// The code of the language of CLDR by whose rules numbers have their plurals; that of the language where it is not told.
    pub plurals: Option<String>,
    /// The ordinals that are written in words.
    pub ordinals: Ordinals,
    /// The font families to ask for, the best first.
    pub fonts: Vec<String>,
    /// Letters that are often typed for others.
    pub letters: Letters,
    /// The mark at the end of a sentence.
    pub full_stop: char,
}

/// How dates of the Gregorian calendar are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// The long date, with `{day}`, `{month}` and `{year}` to be filled in.
    pub pattern: String,
    /// The months as they stand in a date.
    pub months: [String; 12],
    /// How the first day of a month is written, where it is not a mere `1`.
    pub first_day: Option<String>,
}

/// The marks of notes, and what notes are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteWords {
    /// The mark, with `{number}`: `({number})`.
    pub mark: String,
    /// What a note is called, before its number.
    pub name: String,
    /// The name of a link from a note to its mark, after the name of the note.
    pub back: String,
    /// What parts the marks of two notes that stand at one place.
    pub between: String,
}

/// Letters that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alphabet {
    /// The name by which a style of labels asks for it, as `abjad`.
    pub name: String,
    /// The letters in order, as they are drawn.
    pub letters: Vec<String>,
    /// What stands between the letters of a doubled one.
    pub between: String,
}

/// What parts the digits of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountSeparators {
    /// What parts thousands.
    pub group: char,
    /// What parts a fraction from the whole.
    pub decimal: char,
}

/// The nouns that a number belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberNouns {
    /// The words.
    pub words: Vec<String>,
    /// What is written on a word, in front of it: a list a place, the outermost first.
    pub prefixes: Vec<Vec<String>>,
    /// What is written on a word, behind it.
    pub suffixes: Vec<String>,
}

/// Ordinals in words, the first one first. A language with a function of its own in `qarar::locale` has none here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ordinals {
    /// Of masculine nouns.
    pub masculine: Vec<String>,
    /// Of feminine nouns.
    pub feminine: Vec<String>,
    /// Where nouns have no gender, or the ordinal stands alone.
    pub word: Vec<String>,
    /// Ordinals in digits, with masculine nouns and where there is no gender, with `{number}`: `{number}nd`.
    pub digits: OrdinalPatterns,
    /// The same with feminine nouns.
    pub feminine_digits: OrdinalPatterns,
}

/// How ordinals are written in digits, by the class of their number among the ordinals of CLDR, with `{number}`.
pub type OrdinalPatterns = Vec<(Plural, String)>;

/// A class of numbers that take one form of a word, as CLDR has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Plural {
    /// As 0 in Arabic.
    Zero,
    /// As 1 in English.
    One,
    /// As 2 in Arabic.
    Two,
    /// As 3 in Arabic and 2 in Russian.
    Few,
    /// As 11 in Arabic and 5 in Russian.
    Many,
    /// All others.
    Other,
}

impl Plural {
    /// All classes.
    pub const ALL: &'static [Self] = &[Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// The key of the class, as CLDR names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    /// The class of a key; `None` where there is none.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.key() == key)
    }
}

/// Letters that are often typed for others that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letters {
    /// A letter of another language, and the one that should stand there.
    pub replace: Vec<(char, char)>,
    /// Letters that only other languages have: a word with one of them is a word of theirs.
    pub foreign: Vec<char>,
    /// Whether a word with several vowel signs is one of another language.
    pub foreign_vowels: bool,
    /// Whether a zero-width non-joiner is a part of its spelling.
    pub non_joiner: bool,
}
