//! Commas, semicolons and question marks of the other script: they face the wrong way.

use super::super::characters::FirstOnes;
use super::{Running, is_arabic};
use crate::locale::{Language, Script};

/// What stands round a place in running text.
#[derive(Clone, Copy, Default)]
struct Around {
    /// The script of the last letter before it.
    last: Option<Script>,
    /// The script of the next letter after it.
    next: Option<Script>,
    /// Whether a bracket or a quotation mark closes before that letter.
    closes: bool,
    /// Whether a letter of the Arabic script, and one of the Latin, stands anywhere before it.
    seen: [bool; 2],
}

/// Warns of stops of the other script, and of Latin full stops in Urdu.
pub(super) fn check(running: &Running<'_>, warnings: &mut FirstOnes) {
    let letters = &running.letters;
    if !letters.iter().any(|letter| right(letter.c, letter.language).is_some()) {
        return;
    }
    let around = around(running);
    for (at, letter) in letters.iter().enumerate().filter(|(_, letter)| !letter.address) {
        let language = letter.language;
        let Some((name, right)) = right(letter.c, language) else {
            continue;
        };
        if !is_of_text(running, at, around[at]) || (letter.c == '.' && !ends_sentence(running, at)) {
            continue;
        }
        warnings.push(|| {
            let start = running.word_start(at);
            let before = running.source_up_to(start, at);
            let after = match running.spelled(start..at) {
                word if word.is_empty() => word,
                word => format!(" after `{word}`"),
            };
            let message = format!("{name}{after} in {} text", language.name());
            let warning = running.warning("stop", message, at, 1).fix(right);
            warning.hint(format!("write `{before}{right}`"))
        });
    }
}

/// What a stop of the other script is called, and the right one.
fn right(c: char, language: Language) -> Option<(&'static str, char)> {
    let full_stop = language.definition().full_stop;
    Some(match (language.script(), c) {
        (Script::ARABIC, ',') => ("a Latin comma", '،'),
        (Script::ARABIC, ';') => ("a Latin semicolon", '؛'),
        (Script::ARABIC, '?') => ("a Latin question mark", '؟'),
        (Script::ARABIC, '.') if full_stop == '۔' => ("a Latin full stop", full_stop),
        // Chinese has stops of its own, as wide as its characters.
        (Script::ARABIC | Script::HAN, _) => return None,
        (_, '،') => ("an Arabic comma", ','),
        (_, '؛') => ("an Arabic semicolon", ';'),
        (_, '؟') => ("an Arabic question mark", '?'),
        (_, '۔') => ("an Urdu full stop", '.'),
        _ => return None,
    })
}

/// What stands round every place, read once in each direction.
fn around(running: &Running<'_>) -> Vec<Around> {
    let script = |c: char| match c {
        c if is_arabic(c) => Some(Script::ARABIC),
        c if c.is_alphabetic() => Some(Script::LATIN),
        _ => None,
    };
    let mut around = vec![Around::default(); running.letters.len()];
    let (mut last, mut seen) = (None, [false; 2]);
    for (letter, around) in running.letters.iter().zip(&mut around) {
        around.last = last;
        around.seen = seen;
        if let Some(script) = script(letter.c) {
            last = Some(script);
            seen[usize::from(script == Script::LATIN)] = true;
        }
    }
    let (mut next, mut closes) = (None, false);
    for (letter, around) in running.letters.iter().zip(&mut around).rev() {
        around.next = next;
        around.closes = closes;
        match script(letter.c) {
            Some(script) => (next, closes) = (Some(script), false),
            None => closes |= matches!(letter.c, ')' | ']' | '”' | '“' | '’' | '»' | '"'),
        }
    }
    around
}

/// Whether a stop belongs to the words of its text: not to a number, or to words of another script on both sides.
fn is_of_text(running: &Running<'_>, at: usize, around: Around) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    if is_digit(running.before(at)) && is_digit(running.get(at + 1)) {
        return false;
    }
    let own = running.letters[at].language.script();
    // That the mark of a Latin question prints at its other end has a warning of its own.
    if running.letters[at].c == '?' && around.last == Some(Script::LATIN) {
        return false;
    }
    match (around.last.map(|s| s == own), around.next.map(|s| s == own)) {
        (Some(true), _) => true,
        (Some(false), Some(false)) => false,
        // A quotation of another script that ends after the stop has it as its own.
        (Some(false), Some(true)) => !around.closes,
        // Words of another script alone, as in a cell or a note, have their own stops.
        (Some(false), None) => !around.closes && around.seen[usize::from(own == Script::LATIN)],
        (None, next) => next == Some(true),
    }
}

/// Whether a full stop ends a sentence: after a word of two letters and more, before a space or the end.
fn ends_sentence(running: &Running<'_>, at: usize) -> bool {
    let before = running.letters[..at].iter().rev();
    let letters = before.take_while(|letter| is_arabic(letter.c)).take(2).count();
    letters > 1 && running.get(at + 1).is_none_or(char::is_whitespace)
}
