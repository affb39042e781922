#![doc = include_str!("../README.md")]

pub mod bidi;
mod character;
mod digit;
mod file;
mod language;
mod nearest;

pub use bidi::levels;
pub use character::{
    TATWEEL, describe, is_bidi_control, is_invisible, is_presentation_form, is_private, is_steering, letters,
};
pub use digit::{digit, is_digit, joins_groups, zero_of};
pub use file::{Position, SourceFile};
pub use language::{
    Alphabet, AmountSeparators, Dates, Definition, Direction, FaultKind, Language, LanguageFault, Letters, NoteWords,
    NumberNouns, OrdinalPatterns, Ordinals, Plural, Script, TooManyLanguages, is_code, read_language,
    shipped_language_file,
};
pub use nearest::nearest;
