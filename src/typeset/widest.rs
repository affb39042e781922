//! The words of a table that its columns must be wide enough for.
//!
//! The template gives every column of a table its width. How wide a word is only Typst can tell, so the template measures the
//! longest words of every column, which are told here: those between the places where a line may break.

use std::cmp::Reverse;

use typst::foundations::{Array, Content, NativeElement, Value};
use typst::model::StrongElem;
use typst::text::TextElem;

use super::isolate;
use super::ties::{WORD_JOINER, ZERO_WIDTH_SPACE, glue};
use crate::locale::{self, Usage};
use crate::model::{Inline, Table};

/// How many words of a column are measured: letters are not all of one width, so that the longest word may not be the widest.
const MEASURED: usize = 4;

/// The longest words of every column, as the template is to measure them: those of the head are bold.
pub(super) fn longest_words(table: &Table, usage: Usage, cut: bool) -> Vec<Array> {
    let column = |column: usize| {
        let head = table.head.get(column).map(|cell| (cell, true));
        let body = table.rows.iter().filter_map(|row| Some((row.get(column)?, false)));
        let mut words: Vec<(String, bool)> = Vec::new();
        for (cell, is_head) in head.into_iter().chain(body) {
            let bold = is_head || cell.iter().any(|inline| matches!(inline, Inline::Strong(_)));
            let mut text = String::new();
            plain(cell, usage, cut, &mut text);
            words.extend(unbreakable(&text).into_iter().map(|word| (word, bold)));
        }
        words.sort_by_key(|(word, bold)| (Reverse(word.chars().count()), Reverse(*bold)));
        words.dedup();
        let words = words.into_iter().take(MEASURED);
        words.map(|(word, bold)| Value::Content(content(&word, bold))).collect()
    };
    (0..table.columns.len()).map(column).collect()
}

fn content(word: &str, bold: bool) -> Content {
    let text = TextElem::packed(word);
    if bold { StrongElem::new(text).pack() } else { text }
}

/// The text of a cell as it is set, marks of notes with it.
fn plain(cell: &[Inline], usage: Usage, cut: bool, out: &mut String) {
    for inline in cell {
        match inline {
            Inline::Text { text, .. } => out.push_str(&glue(text, usage.language, false, cut)),
            Inline::Address { text, .. } => out.push_str(&isolate::address(text)),
            Inline::Link { content, .. } => plain(content, usage, cut, out),
            Inline::Span { language, content, .. } => plain(content, usage.of(*language), cut, out),
            Inline::Emphasis(inner) | Inline::Strong(inner) => plain(inner, usage, cut, out),
            Inline::Mark { note, .. } => out.push_str(&locale::note_mark(usage, *note as u32 + 1)),
            Inline::Break => out.push(' '),
        }
    }
}

/// The stretches of a text that no line breaks in. What the rules of UAX #14 allow beyond spaces is not looked for: a word
/// may be told longer than it is.
fn unbreakable(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = match c {
            ' ' => rest.peek() != Some(&WORD_JOINER),
            ZERO_WIDTH_SPACE => true,
            _ => false,
        };
        match words.last_mut() {
            Some(word) if !ends => word.push(c),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn what_is_held_together_is_one_word() {
        let glued = glue("20 December of A/RES/61/180", Language::ENGLISH, false, false);
        let words = unbreakable(&glued);
        let bare: Vec<String> = words.iter().map(|word| word.replace(WORD_JOINER, "")).collect();
        assert_eq!(bare, ["20 December", "of", "A/RES/61/180"]);
    }
}
