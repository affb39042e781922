//! Straight quotation marks and apostrophes, which a typewriter has and a printed text has not.

use super::super::characters::FirstOnes;
use super::{Running, is_of_word};
use crate::diagnostic::Diagnostic;
use crate::locale::{Script, quotation_marks};

/// The longest quotation that a hint writes out, in bytes; of a longer one it has the marks.
const LONGEST: usize = 120;

/// What a straight mark does.
enum Use {
    /// It opens a quotation.
    Open,
    /// It closes the one that is open.
    Close,
    /// It is an apostrophe.
    Apostrophe,
    /// It has no partner.
    Stray,
    /// It is the sign of a measure: inches, feet, minutes, seconds.
    Measure,
}

/// Warns of `"` and `'`.
pub(super) fn check(running: &Running<'_>, warnings: &mut FirstOnes) {
    let letters = &running.letters;
    let closing = |c: char| {
        letters.iter().enumerate().rposition(|(at, letter)| {
            letter.c == c
                && !running.get(at + 1).is_some_and(is_of_word)
                && running.before(at).is_some_and(|c| !c.is_whitespace())
        })
    };
    let marks = ['"', '\''];
    let last = marks.map(closing);
    let mut open: [Option<usize>; 2] = [None, None];
    for (at, letter) in letters.iter().enumerate().filter(|(_, letter)| !letter.address) {
        let Some(level) = marks.iter().position(|mark| *mark == letter.c) else {
            continue;
        };
        let closes_later = last[level].is_some_and(|last| last > at);
        match purpose(running, at, open[level].is_some(), closes_later) {
            Use::Open => open[level] = Some(at),
            Use::Close => {
                if let Some(start) = open[level].take() {
                    warnings.push(|| pair(running, start, at, level));
                }
            }
            Use::Apostrophe if letter.language.script() == Script::LATIN => {
                warnings.push(|| apostrophe(running, at));
            }
            // A word of another language in Arabic text keeps its own.
            Use::Apostrophe | Use::Measure => {}
            Use::Stray => warnings.push(|| {
                let [start, end] = quotation_marks(letter.language)[level];
                let message = "a straight quotation mark without a partner".to_owned();
                let warning = running.warning("quotation-marks", message, at, 1);
                warning.hint(format!("write `{start}…{end}`"))
            }),
        }
    }
}

/// What a straight mark does. `open` tells that a quotation is open, `closes_later` that a mark that could close it follows.
fn purpose(running: &Running<'_>, at: usize, open: bool, closes_later: bool) -> Use {
    let (before, next) = (running.before(at), running.get(at + 1));
    let [joined_before, joined_next] = [before, next].map(|c| c.is_some_and(is_of_word));
    let single = running.letters[at].c == '\'';
    let after_number = before.is_some_and(char::is_numeric) || before == Some('°');
    let starts = next.is_some_and(|c| !c.is_whitespace()) && !joined_before;
    if single && joined_before && joined_next {
        return if after_number && next != Some('s') {
            Use::Measure
        } else {
            Use::Apostrophe
        };
    }
    if open && !joined_next {
        Use::Close
    } else if starts && closes_later {
        Use::Open
    } else if after_number {
        Use::Measure
    } else if single && (before.is_some_and(char::is_alphabetic) || (starts && joined_next)) {
        Use::Apostrophe
    } else {
        Use::Stray
    }
}

/// A quotation between straight marks.
fn pair(running: &Running<'_>, start: usize, end: usize, level: usize) -> Diagnostic {
    let inner = running.text.file.slice(running.end(start)..running.start(end));
    let words = running.spelled(start + 1..end);
    let [before, after] = quotation_marks(running.letters[start].language)[level];
    let (shown, hint) = if inner.len() <= LONGEST {
        (words, format!("write `{before}{}{after}`", inner.trim()))
    } else {
        let shown: String = words.chars().take(LONGEST / 4).chain(['…']).collect();
        (shown, format!("write `{before}` before it and `{after}` after it"))
    };
    let message = format!("straight quotation marks round `{shown}`");
    let (from, to) = (running.start(start), running.end(end));
    let [spaces, more] = [
        inner.len() - inner.trim_start().len(),
        inner.len() - inner.trim_end().len(),
    ];
    let marks = [
        (from..running.end(start) + spaces, before.to_owned()),
        (running.start(end) - more..to, after.to_owned()),
    ];
    let warning = running.warning("quotation-marks", message, start, 1);
    warning.fix_at(&running.text.file, marks).hint(hint)
}

/// An apostrophe in a word of the Latin script.
fn apostrophe(running: &Running<'_>, at: usize) -> Diagnostic {
    let (start, end) = (running.word_start(at), running.word_end(at + 1));
    let written = running.source(start, end);
    let right = running.source(start, at).to_owned() + "’" + running.source(at + 1, end);
    running
        .warning("apostrophe", format!("a straight apostrophe in `{written}`"), at, 1)
        .fix("’")
        .hint(format!("write `{right}`"))
}
