//! Where a line must not break: between a number and the word that it belongs to, within a symbol, before a short last
//! word.
//!
//! Official Arabic texts keep `و` with the number after it, the day with its month, a number with its noun (`القرار
//! ٥٥/٢٥`), and the parts of `(د - ٥٦)` on one line; English ones keep `No. 27531` and `20 December`. UAX #14 knows
//! none of these. A word joiner (U+2060) after the space forbids the break (rule LB11) and leaves the space a space; it
//! steers only and is taken out of what readers get.

use crate::locale::{self, Language};
use crate::typeset::is_steering;

const WORD_JOINER: char = '\u{2060}';

/// A last word of fewer letters than this does not stand alone in the last line.
const SHORT: usize = 6;
/// Parentheses of at most so many characters are kept whole.
const SHORT_PARENTHESIS: usize = 14;
/// Words of at most so many characters are kept whole at their slashes.
const SHORT_SYMBOL: usize = 40;

/// The text with word joiners where no line may break; `end` tells that the paragraph ends with it.
pub(super) fn glue(text: &str, language: Language, end: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut depth_end = 0;
    for (index, word) in words.iter().enumerate() {
        if depth_end <= index {
            depth_end = parenthesis_end(&words, index);
        }
        push_word(&mut out, word);
        let Some(next) = words.get(index + 1) else { break };
        out.push(' ');
        let last = end && index + 2 == words.len() && is_short(next);
        if depth_end > index + 1 || last || belong_together(word, next, language) {
            out.push(WORD_JOINER);
        }
    }
    out
}

/// Pushes a word; slashes inside of it are no place to break.
fn push_word(out: &mut String, word: &str) {
    let whole = word.chars().count() <= SHORT_SYMBOL;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '/' && whole && chars.peek().is_some() {
            out.push(WORD_JOINER);
        }
    }
}

/// The index after the last word of a short parenthesis that opens in the word at `index`; `index` when none does.
fn parenthesis_end(words: &[&str], index: usize) -> usize {
    if !words[index].starts_with('(') {
        return index;
    }
    let mut length = 0;
    for (offset, word) in words[index..].iter().enumerate() {
        length += word.chars().count() + 1;
        if length > SHORT_PARENTHESIS {
            return index;
        }
        if word.contains(')') {
            return index + offset + 1;
        }
    }
    index
}

fn is_short(word: &str) -> bool {
    let count = word.chars().filter(|c| !is_steering(*c)).count();
    count > 0 && count < SHORT
}

fn belong_together(word: &str, next: &str, language: Language) -> bool {
    let bare = word.trim_start_matches(['(', '[', '“', '”', '«', '"']);
    let number_next = starts_with_number(next);
    let number_here = is_number(bare);
    (number_next && (locale::is_number_noun(language, bare) || is_conjunction(bare)))
        || (is_conjunction(bare) && is_symbol(next))
        || (number_here && locale::is_month_word(language, next))
        || (number_here && next.starts_with('(') && next.chars().count() < 4)
        || (is_initial(bare) && next.chars().next().is_some_and(char::is_uppercase))
}

/// The Arabic `and` when it stands apart, as before a number or a symbol.
fn is_conjunction(word: &str) -> bool {
    word == "و"
}

/// A single capital with a stop: the initial of a name.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if c.is_uppercase())
}

/// A document symbol or its part: Latin letters with slashes or stops and digits.
fn is_symbol(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.contains(|c: char| c == '/' || c.is_ascii_digit())
}

fn starts_with_number(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_numeric())
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_numeric())
}
