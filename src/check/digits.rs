//! Whether numbers are written in the digits of their language. Nothing but a warning: a quotation may have others.

use std::ops::Range;

use super::characters::FirstOnes;
use super::place::locate;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::{Language, Written, amount_text, number_text, written_numbers};
use crate::model::stretches;
use crate::source::ParsedText;

/// Warns of numbers in the digits of another language, and of document symbols without Western ones. A stretch has the digits
/// of the language that the author names for it, an address any.
pub(super) fn check(text: &ParsedText, diagnostics: &mut Diagnostics) {
    let mut warnings = FirstOnes::default();
    for content in text.expression.contents() {
        for stretch in stretches(content).into_iter().filter(|stretch| !stretch.address) {
            let language = stretch.language.unwrap_or(text.expression.language);
            let source = text.file.slice(stretch.span.clone());
            let doubtful = match stretch.language {
                None => super::direction::doubtful(stretch.text, language),
                Some(_) => Vec::new(),
            };
            for (word, symbol) in numbers(stretch.text) {
                if meets(&doubtful, &word) {
                    continue;
                }
                let written = &stretch.text[word.clone()];
                // A symbol, as `A/RES/61/180` and `Add.1-3`, keeps Western digits in every language.
                let right = if symbol {
                    number_text(Language::English, written)
                } else {
                    amount_text(language, written)
                };
                if right == written {
                    continue;
                }
                let message = match symbol {
                    true => format!("the symbol `{written}` is not written in Western digits"),
                    false => format!(
                        "the number `{written}` is not written in the digits of {}",
                        language.name()
                    ),
                };
                warnings.push(|| {
                    let start = stretch.span.start;
                    let place = locate(source, stretch.text, &word);
                    let place = place.map_or(stretch.span.clone(), |at| start + at.start..start + at.end);
                    let warning = Diagnostic::warning(message).at(&text.file, place);
                    warning.hint(format!("write `{right}`"))
                });
            }
        }
    }
    diagnostics.extend(warnings.told());
}

/// Whether a range meets one of others, which are sorted and apart.
fn meets(others: &[Range<usize>], range: &Range<usize>) -> bool {
    let after = others.partition_point(|other| other.end <= range.start);
    others.get(after).is_some_and(|other| other.start < range.end)
}

/// The words of a text that hold digits, each with its bytes and whether it is a symbol. Left out are numbers that have the
/// digits they have: of a name in Latin letters before them, as `ISO 9001:2015`, and those that are dialled; also groups with breaking
/// spaces, which are told of whole ([`super::numbers`]).
fn numbers(text: &str) -> Vec<(Range<usize>, bool)> {
    let dialled: Vec<Range<usize>> = written_numbers(text)
        .into_iter()
        .filter(|(written, _)| matches!(written, Written::Telephone | Written::Day | Written::Spaced))
        .map(|(_, range)| range)
        .collect();
    let mut found = Vec::new();
    let mut named = false;
    let mut from = 0;
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let start = from + word.find(bare).unwrap_or(0);
        from += word.len() + 1;
        let range = start..start + bare.len();
        let symbol = bare.chars().any(|c| c.is_ascii_alphabetic());
        let numeric = bare.chars().any(char::is_numeric);
        // A mark without a note was told of already.
        let told = word.contains("[^") || meets(&dialled, &range);
        let western = bare.chars().filter(|c| c.is_numeric()).all(|c| c.is_ascii_digit());
        if numeric && !told && !(named && western && !symbol) {
            found.push((range, symbol));
        }
        named = symbol || (named && numeric && western);
        // What a stop or a comma ends is no name any more.
        named &= !word.ends_with([',', '.', ';', '،', '؛', ')']);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_standard_belongs_to_its_name() {
        let found = |text: &str| -> Vec<String> {
            numbers(text)
                .into_iter()
                .map(|(range, _)| text[range].to_owned())
                .collect()
        };
        assert!(found("وفقا لمعيار ISO 9001:2015 ومعيار RFC 3339").is_empty());
        assert!(found("وفقا لمعيار ISO/IEC 10646 (2020)").is_empty());
        assert!(found("الهاتف +961 1 555 010 أو 1-212-555-0112").is_empty());
        assert_eq!(found("معيار ISO 9001 في عام 2015"), ["2015"]);
        assert_eq!(found("قرارها 55/25 و A/70/12"), ["55/25", "A/70/12"]);
        assert_eq!(found("UNCITRAL، 1985"), ["1985"]);
    }
}
