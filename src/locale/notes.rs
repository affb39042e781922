//! The marks of notes, and what notes are called.

use super::{Language, Usage, fill, number};

/// The mark of a note: `(١)` in the Arabic script, `1` in Latin.
pub fn note_mark(usage: impl Into<Usage>, n: u32) -> String {
    let usage = usage.into();
    fill(
        &usage.language.definition().notes.mark,
        &[("number", &number(usage, n))],
    )
}

/// What a note is called, as the name of a link to it: `حاشية ١`, `note 1`. Brackets round a number would be read out, and
/// in some readers the wrong way round.
pub fn note_name(usage: impl Into<Usage>, n: u32) -> String {
    let usage = usage.into();
    format!("{} {}", usage.language.definition().notes.name, number(usage, n))
}

/// What a link from a note to its mark is called: `حاشية ١، عودة إلى النص`, `note 1, back to the text`.
pub fn way_back(language: Language, note: &str) -> String {
    format!("{note}{}", language.definition().notes.back)
}

/// What a note is called that has another mark than a number: `حاشية *`, `note *`.
pub fn marked_note_name(language: Language, mark: &str) -> String {
    format!("{} {mark}", language.definition().notes.name)
}

/// What parts the marks of two notes that stand at one place: the comma of the language, raised as the marks are.
pub fn between_note_marks(language: Language) -> &'static str {
    &language.definition().notes.between
}
