//! Mistakes of writing that nothing else tells of: they are printed as they stand. All are warnings, for a quotation may
//! have what a text of its language has not.

mod left;
mod letters;
mod quotes;
mod raised;
mod stops;

use std::ops::Range;

use super::characters::FirstOnes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::Language;
use crate::model::{Inline, stretches};
use crate::source::ParsedText;

/// A letter of running text.
#[derive(Debug, Clone, Copy)]
struct Letter {
    c: char,
    /// Where it stands in the file, in bytes.
    at: usize,
    /// The language of its stretch.
    language: Language,
    /// Whether it belongs to an address.
    address: bool,
}

/// The running text of a paragraph, a heading, a cell or a note.
struct Running<'a> {
    text: &'a ParsedText,
    letters: Vec<Letter>,
}

/// What is told of the texts of a file, a list a kind.
#[derive(Default)]
struct Found {
    stops: FirstOnes,
    quotes: FirstOnes,
    letters: FirstOnes,
    left: FirstOnes,
}

/// Warns of stops, quotation marks and letters of another language, and of notation that is left in the text.
pub(super) fn check(text: &ParsedText, diagnostics: &mut Diagnostics) {
    let mut found = Found::default();
    for content in text.expression.contents() {
        let running = Running {
            text,
            letters: letters_of(text, content),
        };
        stops::check(&running, &mut found.stops);
        quotes::check(&running, &mut found.quotes);
        letters::check(&running, &mut found.letters);
        left::check(&running, &mut found.left);
    }
    let lists = [found.stops, found.quotes, found.letters, found.left];
    diagnostics.extend(lists.into_iter().flat_map(FirstOnes::told));
}

impl Running<'_> {
    /// The letter at a place, if there is one.
    fn get(&self, at: usize) -> Option<char> {
        self.letters.get(at).map(|letter| letter.c)
    }

    /// The letter before a place, if there is one.
    fn before(&self, at: usize) -> Option<char> {
        self.get(at.checked_sub(1)?)
    }

    /// Where a letter starts in the file, or where the last one ends.
    fn start(&self, at: usize) -> usize {
        match self.letters.get(at) {
            Some(letter) => letter.at,
            None => self.end(self.letters.len().saturating_sub(1)),
        }
    }

    /// Where a letter ends in the file.
    fn end(&self, at: usize) -> usize {
        self.letters.get(at).map_or(0, |letter| letter.at + letter.c.len_utf8())
    }

    /// What the file has from one letter to before another, with the notation between them.
    fn source(&self, from: usize, to: usize) -> &str {
        let (start, end) = (self.start(from), self.end(to.saturating_sub(1)));
        self.text.file.slice(start..end.max(start))
    }

    /// What the file has from one letter to the start of another, with the notation before it too.
    fn source_up_to(&self, from: usize, to: usize) -> &str {
        let (start, end) = (self.start(from), self.start(to));
        self.text.file.slice(start..end.max(start))
    }

    /// Some letters as a text.
    fn spelled(&self, range: Range<usize>) -> String {
        self.letters[range].iter().map(|letter| letter.c).collect()
    }

    /// The start of the word that ends before a place.
    fn word_start(&self, at: usize) -> usize {
        let before = self.letters[..at].iter().rev();
        at - before.take_while(|letter| is_of_word(letter.c)).count()
    }

    /// The end of the word that starts at a place.
    fn word_end(&self, at: usize) -> usize {
        let after = self.letters.get(at..).unwrap_or_default().iter();
        at + after.take_while(|letter| is_of_word(letter.c)).count()
    }

    /// A warning at some letters, by its rule.
    fn warning(&self, rule: &'static str, message: String, at: usize, length: usize) -> Diagnostic {
        let (start, end) = (self.start(at), self.end(at + length.saturating_sub(1)));
        Diagnostic::warning(message)
            .rule(rule)
            .at(&self.text.file, start..end.max(start))
    }
}

/// The letters of running text. Of the mark of a note nothing is among them; a line break is the character of one.
fn letters_of(text: &ParsedText, content: &[Inline]) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for stretch in stretches(content) {
        let source = text.file.slice(stretch.span.clone());
        let verbatim = source == stretch.text;
        let mut read = 0;
        let language = stretch.language.unwrap_or(text.expression.language);
        for (at, c) in stretch.text.char_indices() {
            let place = if verbatim { at } else { place(source, &mut read, c) };
            letters.push(Letter {
                c,
                at: stretch.span.start + place,
                language,
                address: stretch.address,
            });
        }
    }
    letters
}

/// Finds the next letter of a text in its source, in which it may be escaped, an entity, or white space of any length.
fn place(source: &str, read: &mut usize, c: char) -> usize {
    /// The longest entity.
    const LONGEST: usize = 40;
    let rest = &source[*read..];
    let (skipped, length) = if rest.starts_with(c) {
        (0, c.len_utf8())
    } else if c == ' ' && rest.starts_with(char::is_whitespace) {
        (0, rest.len() - rest.trim_start().len())
    } else if rest.starts_with('&')
        && let Some((end, _)) = rest.char_indices().take(LONGEST).find(|(_, c)| *c == ';')
    {
        (0, end + 1)
    } else {
        match rest.find(c) {
            Some(skipped) => (skipped, c.len_utf8()),
            // Nothing more can be found, and it is not looked for again.
            None => (0, rest.len()),
        }
    };
    let at = *read + skipped;
    *read = at + length;
    at
}

/// Whether a character is part of a word: a letter, a mark on one, a digit, a joiner.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_vowel_sign(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{640}')
}

/// Whether a character is a vowel sign of the Arabic script.
pub(super) fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

/// Whether a character is a letter of the Arabic script.
fn is_arabic(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}')
}
