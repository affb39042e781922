//! Whether numbers are written in the digits of their language. Nothing but a warning: a quotation may have others.

use std::ops::Range;

use super::characters::FirstOnes;
use super::place::{locate, meets};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::{Digits, Language, Written, amount_text, number_text, written_numbers};
use crate::model::{DigitChoice, Stretch, stretches};
use crate::source::ParsedText;

/// How many numbers of a text in Western digits, and none in its own, are told of as one.
const MANY: usize = 3;

/// A number that is not written as it should be.
struct Wrong {
    span: Range<usize>,
    written: String,
    right: String,
    language: Language,
    symbol: bool,
}

/// Warns of numbers in other digits than the document has in their language, and of document symbols without Western ones. A
/// stretch has the digits of the language that the author names for it, an address any.
pub(super) fn check(text: &ParsedText, digits: &DigitChoice, diagnostics: &mut Diagnostics) {
    let own = text.expression.language;
    let mut warnings = FirstOnes::default();
    // What may be one decision and not many slips: all numbers of the text have Western digits.
    let (mut western, mut first, mut native) = (0, None, false);
    for content in text.expression.contents() {
        for stretch in stretches(content).into_iter().filter(|stretch| !stretch.address) {
            let usage = digits.usage(stretch.language.unwrap_or(own));
            let doubtful = match stretch.language {
                None => super::direction::doubtful(stretch.text, usage.language),
                Some(_) => Vec::new(),
            };
            for (word, symbol) in numbers(stretch.text) {
                if meets(&doubtful, &word) {
                    continue;
                }
                let written = &stretch.text[word.clone()];
                // A symbol, as `A/RES/61/180` and `Add.1-3`, keeps Western digits in every language.
                let right = if symbol {
                    number_text(Language::ENGLISH, written)
                } else {
                    amount_text(usage, written)
                };
                if right == written {
                    native |= !symbol && !usage.is_western();
                    continue;
                }
                let wrong = || Wrong {
                    span: place(text, &stretch, &word),
                    written: written.to_owned(),
                    right: right.clone(),
                    language: usage.language,
                    symbol,
                };
                let is_western = written.chars().all(|c| !c.is_numeric() || c.is_ascii_digit());
                if is_western && !symbol && stretch.language.is_none() {
                    western += 1;
                    first.get_or_insert_with(&wrong);
                }
                warnings.push(|| {
                    let (wrong, place) = (wrong(), place(text, &stretch, &word));
                    let warning = wrong.warning(usage.digits).at(&text.file, place.clone());
                    match text.file.slice(place) == wrong.written {
                        true => warning.fix(wrong.right),
                        false => warning,
                    }
                });
            }
        }
    }
    match first {
        Some(first) if western >= MANY && !native => {
            diagnostics.push(first.throughout(western).at(&text.file, first.span));
        }
        _ => diagnostics.extend(warnings.told()),
    }
}

/// Where a part of a stretch stands in its file.
fn place(text: &ParsedText, stretch: &Stretch<'_>, part: &Range<usize>) -> Range<usize> {
    let start = stretch.span.start;
    let found = locate(text.file.slice(stretch.span.clone()), stretch.text, part);
    found.map_or(stretch.span.clone(), |at| start + at.start..start + at.end)
}

impl Wrong {
    fn warning(&self, digits: Digits) -> Diagnostic {
        let Self { written, right, .. } = self;
        let name = self.language.name();
        let message = match (self.symbol, digits) {
            (true, _) => format!("the symbol `{written}` is not written in Western digits"),
            (false, Digits::Native) => format!("the number `{written}` is not written in the digits of {name}"),
            (false, Digits::Western) => {
                format!("the number `{written}` is not written in Western digits, as `document.toml` asks for")
            }
        };
        Diagnostic::warning(message)
            .rule("digits")
            .hint(format!("write `{right}`"))
    }

    /// One warning for a text that has Western digits throughout.
    fn throughout(&self, count: usize) -> Diagnostic {
        let name = self.language.name();
        let message = format!("all {count} numbers of the text are written in Western digits, not in those of {name}");
        let label = format!("the first of them: `{}`", self.right);
        Diagnostic::warning(message).rule("digits-throughout").label(label).hint(format!(
            "write `digits = \"western\"` in `document.toml` where the document has them throughout, else `{}` and so on",
            self.right
        ))
    }
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
