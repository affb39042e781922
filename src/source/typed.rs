//! Labels that somebody typed at the start of a paragraph, where a list of Markdown would have had the editions print
//! them: `(a)`, `أ)`, `١ -`, `٤.`, `•`.

use crate::locale::{Language, letter, read_label, roman};
use crate::text::digit;

/// A label that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TypedLabel {
    /// How many bytes it has.
    pub(crate) length: usize,
    /// What it says.
    pub(crate) sort: Sort,
}

/// What a typed label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A number.
    Number(u32),
    /// A letter or a Roman numeral, with its place in the alphabet where it is known.
    Letter(Option<u32>),
    /// A bullet.
    Bullet,
}

/// The bullets that word processors put before a paragraph. The private one is the bullet of an old symbol font.
const BULLETS: [char; 14] = [
    '•', '‣', '◦', '▪', '▫', '■', '□', '●', '○', '◆', '➢', '✓', '·', '\u{f0b7}',
];
/// The most digits of a number that is taken for a label; four would be a year.
const MOST_DIGITS: usize = 3;
/// The most letters of a label: doubled letters, and Roman numerals to `xviii`.
const MOST_LETTERS: usize = 5;

impl TypedLabel {
    /// The number that its item would have in a list, where the label says it.
    pub(crate) fn number(self) -> Option<u32> {
        match self.sort {
            Sort::Number(number) => Some(number),
            Sort::Letter(place) => place,
            Sort::Bullet => None,
        }
    }
}

/// The label that is typed at the start of the source of a paragraph.
pub(crate) fn typed_label(source: &str, language: Language) -> Option<TypedLabel> {
    if source.starts_with(BULLETS) {
        let length = source.chars().next().map_or(0, char::len_utf8);
        return Some(TypedLabel {
            length,
            sort: Sort::Bullet,
        });
    }
    let close = match source.chars().next()? {
        '(' => Some(')'),
        '‘' => Some('’'),
        _ => None,
    };
    let start = if close.is_some() {
        source.chars().next()?.len_utf8()
    } else {
        0
    };
    let inner = &source[start..];
    let (core, after) = core(inner)?;
    let after = match close {
        Some(close) => after.strip_prefix(close)?,
        None => [" -", " –", "-", "–", ")", "."]
            .iter()
            .find_map(|mark| after.strip_prefix(mark))?,
    };
    // Only now, for it asks for the labels of the language.
    let sort = sort(core, close.is_some(), language)?;
    let stop = source.len() - after.len();
    let after_space = after.trim_start_matches([' ', '\u{a0}']);
    let spaced = after_space.len() < after.len();
    let next = after_space.chars().next()?;
    let fits = match sort {
        // `12 - 15 members` is a range, `3.5 per cent` a number.
        Sort::Number(_) if next.is_numeric() => close.is_some() && spaced,
        Sort::Number(_) => spaced || next == '*' || (next.is_alphabetic() && source[..stop].ends_with(['.', ')'])),
        _ => spaced || (next == '*' && close.is_some()),
    };
    fits.then_some(TypedLabel { length: stop, sort })
}

/// The digits or letters that a text starts with, and what follows them.
fn core(text: &str) -> Option<(&str, &str)> {
    let of_core: fn(char) -> bool = if text.starts_with(char::is_numeric) {
        char::is_numeric
    } else {
        char::is_alphabetic
    };
    let after = text.trim_start_matches(of_core);
    let core = &text[..text.len() - after.len()];
    (!core.is_empty()).then_some((core, after))
}

/// What the inside of a label says; `None` where it is a word or a number of the text. `closed` tells that it stands in
/// brackets.
fn sort(core: &str, closed: bool, language: Language) -> Option<Sort> {
    let count = core.chars().count();
    if core.starts_with(char::is_numeric) {
        return value(core).filter(|_| count <= MOST_DIGITS).map(Sort::Number);
    }
    let latin = core.chars().all(|c| c.is_ascii_alphabetic());
    // `A. Smith` is a name, `Mr.` and `cf.` are words.
    let roman = core.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let fits = match (latin, closed) {
        (true, true) => count == 1 || (count <= MOST_LETTERS && (roman || repeated(core))),
        (true, false) => {
            core.chars().all(|c| c.is_ascii_lowercase()) && (count == 1 || (count <= MOST_LETTERS && roman))
        }
        (false, _) => count == 1,
    };
    fits.then(|| Sort::Letter(place(core, language)))
}

fn repeated(core: &str) -> bool {
    let first = core.chars().next();
    core.chars().all(|c| Some(c) == first)
}

/// The value of a number in the digits of any language.
fn value(digits: &str) -> Option<u32> {
    digits
        .chars()
        .try_fold(0_u32, |number, c| number.checked_mul(10)?.checked_add(digit(c)?))
}

/// The place of a letter or a Roman numeral in the labels of the language, or in those of English.
fn place(core: &str, language: Language) -> Option<u32> {
    /// Letters come again, doubled, after these.
    const MOST: u32 = 30;
    let core = core.to_lowercase();
    let known = |language: Language| {
        let letters = || (1..=MOST).find(|n| letter(language, *n).is_some_and(|letter| read_label(&letter) == core));
        let numerals = || (1..=MOST).find(|n| roman(*n).is_some_and(|numeral| numeral.to_lowercase() == core));
        // `(i)` starts a list in Roman numerals; one of letters seldom has a ninth item.
        match core.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) {
            true => numerals().or_else(letters),
            false => letters().or_else(numerals),
        }
    };
    [language, Language::ENGLISH].into_iter().find_map(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(source: &str) -> Option<(&str, Sort)> {
        let label = typed_label(source, Language::ARABIC)?;
        Some((&source[..label.length], label.sort))
    }

    #[test]
    fn labels_are_told_from_words_and_numbers() {
        assert_eq!(typed("(a) *Decides*"), Some(("(a)", Sort::Letter(Some(1)))));
        assert_eq!(typed("(ii) To"), Some(("(ii)", Sort::Letter(Some(2)))));
        assert_eq!(typed("(ب) أن ينشر"), Some(("(ب)", Sort::Letter(Some(2)))));
        assert_eq!(typed("أ) أن ينشر"), Some(("أ)", Sort::Letter(Some(1)))));
        assert_eq!(typed("أ - أن ينشر"), Some(("أ -", Sort::Letter(Some(1)))));
        assert_eq!(typed("١ - *تقرر*"), Some(("١ -", Sort::Number(1))));
        assert_eq!(typed("٤. تشجع"), Some(("٤.", Sort::Number(4))));
        assert_eq!(typed("‘١’ أن"), Some(("‘١’", Sort::Number(1))));
        assert_eq!(typed("1.Decides"), Some(("1.", Sort::Number(1))));
        assert_eq!(typed("• To"), Some(("•", Sort::Bullet)));
        for text in [
            "12 - 15 members",
            "3.5 per cent",
            "A. Smith",
            "2006 - a year",
            "etc. and",
            "(see above)",
            "و هو",
            "١٢-١٥",
        ] {
            assert_eq!(typed(text), None, "{text}");
        }
    }
}
