//! Whether numbers are written in the digits of their language. Nothing but a warning: a quotation may have others.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::number_text;
use crate::model::pieces;
use crate::source::ParsedText;

/// Warns of numbers in the digits of another language, and of document symbols without Western ones.
pub(super) fn check(text: &ParsedText, diagnostics: &mut Diagnostics) {
    let language = text.expression.language;
    let mut warnings = Vec::new();
    for content in text.expression.contents() {
        for (piece, span) in pieces(content) {
            let source = text.file.slice(span.clone());
            let mut from = 0;
            // A mark without a note was told of already.
            let words = piece
                .split(' ')
                .filter(|word| word.chars().any(char::is_numeric) && !word.contains("[^"));
            for word in words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())) {
                let Some(at) = source[from..].find(word).map(|at| from + at) else {
                    continue;
                };
                from = at + word.len();
                // A symbol, as `A/RES/61/180` and `Add.1-3`, keeps Western digits in every language.
                let symbol = word.chars().any(|c| c.is_ascii_alphabetic());
                let right = if symbol {
                    western(word)
                } else {
                    number_text(language, word)
                };
                if right == word {
                    continue;
                }
                let start = span.start + at;
                let message = match symbol {
                    true => format!("the symbol `{word}` is not written in Western digits"),
                    false => format!(
                        "the number `{word}` is not written in the digits of {}",
                        language.name()
                    ),
                };
                let warning = Diagnostic::warning(message).at(&text.file, start..start + word.len());
                warnings.push(warning.hint(format!("write `{right}`")));
            }
        }
    }
    diagnostics.extend(super::characters::first_ones(warnings));
}

/// A text with all digits Western.
fn western(text: &str) -> String {
    number_text(crate::locale::Language::English, text)
}
