//! How words are spelled for a comparison: canonically equivalent ones are one (Unicode Standard, 3.7), and against a PDF
//! that has none of them, characters that are not seen do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::snapshot::{Layout, Line};

/// What stands for a letter that a file does not tell.
pub(super) const LOST: char = '\u{fffd}';

/// Which characters count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spelling {
    /// Those that are seen: no joiners, no marks of direction, no elongations.
    Seen,
    /// All of them.
    Exact,
}

impl Spelling {
    /// How a layout tells its words.
    pub(super) fn of(layout: &Layout) -> Self {
        let is_told = |line: &Line| line.text.chars().any(is_unseen);
        if layout.from_pdf && !layout.lines().any(|(_, line)| is_told(line)) {
            Self::Seen
        } else {
            Self::Exact
        }
    }
}

/// Whether a character is not seen, or only lengthens a word.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A word as it is compared.
pub(super) fn spelled(word: &str, spelling: Spelling) -> String {
    match spelling {
        _ if word.is_ascii() => word.to_owned(),
        Spelling::Exact => word.nfc().collect(),
        Spelling::Seen => word.chars().filter(|c| !is_unseen(*c)).nfc().collect(),
    }
}

/// The seen letters of a text in canonical order, each with its place among its characters.
pub(super) fn letters(text: impl IntoIterator<Item = (usize, char)>) -> Vec<(usize, char)> {
    let seen = text.into_iter().filter(|(_, c)| !is_unseen(*c) && !c.is_whitespace());
    let mut letters: Vec<(usize, char)> = Vec::new();
    for (at, c) in seen {
        unicode_normalization::char::decompose_canonical(c, |part| letters.push((at, part)));
    }
    let class = |letter: &(usize, char)| canonical_combining_class(letter.1);
    let is_mark = |letter: &(usize, char)| class(letter) != 0;
    for marks in letters.chunk_by_mut(|a, b| is_mark(a) && is_mark(b)) {
        marks.sort_by_key(class);
    }
    letters
}

/// Whether two texts have the same letters, in whatever order: what is drawn has another order than what is read.
pub(super) fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut all: Vec<char> = letters(text.chars().enumerate())
            .into_iter()
            .map(|(_, c)| match c {
                // A bracket is told as it is seen or as it is meant.
                ')' => '(',
                ']' => '[',
                '}' => '{',
                '»' => '«',
                '›' => '‹',
                '>' => '<',
                c => c,
            })
            .collect();
        all.sort_unstable();
        all
    };
    sorted(a) == sorted(b)
}
