//! Labels of paragraphs and marks of notes, as a PDF writes them: numbers and letters with brackets and stops.

use qarar_text::digit;

use super::name::Name;
use super::snapshot::{Line, Mark};

/// The number that digits of any script write; of asterisks that of the note that they mark.
pub(super) fn number(text: &str) -> Option<usize> {
    if let Some(note) = Name::of_asterisks(text) {
        return note.note();
    }
    let mut number: Option<usize> = None;
    for c in text.chars() {
        if !is_bracket(c) {
            number = Some(number.unwrap_or(0).checked_mul(10)?.checked_add(digit(c)? as usize)?);
        }
    }
    number
}

pub(super) fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')')
}

/// Whether a text is a label: words that may be one, with a number or a letter among them.
pub(super) fn is_label_text(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
        && text.split_whitespace().count() <= 3
        && text.split_whitespace().all(is_label)
}

/// Whether letters are those of a label, but for spaces and for elongations, which a text from a PDF does not have.
pub(super) fn is_same_label(letters: &str, label: &str) -> bool {
    let bare = |c: &char| !c.is_whitespace() && *c != '\u{640}';
    !label.is_empty() && letters.chars().filter(bare).eq(label.chars().filter(bare))
}

/// Whether a word may be a label: a number or a letter with its brackets and stops.
pub(super) fn is_label(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 1 && word.chars().count() <= 6 || number(word.trim_matches(['.', '-', ')'])).is_some()
}

/// Finds marks of notes that are no smaller than the text: `(١)` or a figure, close to the end of a word.
pub(super) fn find_marks(line: &mut Line) {
    if !line.marks.is_empty() {
        return;
    }
    let letters: Vec<char> = line.text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        // A mark stands after a word, or after the stop at its end.
        let stop = at >= 1 && matches!(letters[at - 1], ',' | '.' | ';' | ':' | '،' | '؛' | '”' | '"' | '’');
        let word = at - usize::from(stop);
        let after_word = word >= 2 && letters[word - 1].is_alphabetic() && letters[word - 2].is_alphabetic();
        // One of several in a row stands after the one before it, with a comma between.
        let last_end = line.marks.last().map(|mark| mark.at + mark.text.chars().count());
        let is_next = last_end == Some(word) && (!stop || matches!(letters[at - 1], ',' | '،'));
        let after_word = after_word || is_next;
        if !after_word || !(letters[at] == '(' || letters[at].is_numeric()) {
            at += 1;
            continue;
        }
        let bracketed = letters[at] == '(';
        let first = at + usize::from(bracketed);
        let figures = letters[first..].iter().take_while(|c| c.is_numeric()).count();
        let end = first + figures + usize::from(bracketed);
        let closed = !bracketed || letters.get(first + figures) == Some(&')');
        let ends_word = letters
            .get(end)
            .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '-'));
        let text: String = letters[at..end.min(letters.len())].iter().collect();
        let is_mark = (1..=3).contains(&figures) && closed && ends_word;
        if let Some(note) = number(&text).filter(|_| is_mark) {
            line.marks.push(Mark { note, at, text });
        }
        at = end.max(at + 1);
    }
}
