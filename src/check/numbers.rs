//! Numbers that print as other numbers: groups of digits with a space between them at which a line may break, and which
//! change places in right-to-left text (UAX #9: the space is neutral, and the groups stand as two numbers).

use super::characters::FirstOnes;
use super::place::locate;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::{Direction, Usage, Written, amount_text, written_numbers};
use crate::model::{DigitChoice, stretches};
use crate::source::ParsedText;

/// Warns of groups of digits that a breaking space parts.
pub(super) fn check(text: &ParsedText, digits: &DigitChoice, diagnostics: &mut Diagnostics) {
    let own = text.expression.language;
    let mut warnings = FirstOnes::default();
    for content in text.expression.contents() {
        for stretch in stretches(content) {
            let usage = digits.usage(stretch.language.unwrap_or(own));
            if stretch.address {
                continue;
            }
            for (_, range) in written_numbers(stretch.text)
                .into_iter()
                .filter(|(w, _)| *w == Written::Spaced)
            {
                warnings.push(|| {
                    let source = text.file.slice(stretch.span.clone());
                    let place = locate(source, stretch.text, &range);
                    let place = place.map_or(stretch.span.clone(), |at| {
                        stretch.span.start + at.start..stretch.span.start + at.end
                    });
                    let number = &stretch.text[range];
                    let (warning, joined) = warning(usage, number);
                    let warning = warning.at(&text.file, place.clone());
                    match text.file.slice(place) == number {
                        true => warning.fix(joined),
                        false => warning,
                    }
                });
            }
        }
    }
    diagnostics.extend(warnings.told());
}

/// The warning of a number, and how to write it.
fn warning(usage: Usage, number: &str) -> (Diagnostic, String) {
    let groups = number.split(char::is_whitespace).map(|group| amount_text(usage, group));
    let joined = groups.collect::<Vec<_>>().join("\u{a0}");
    let (message, why) = match usage.language.direction() {
        Direction::RightToLeft => {
            let groups: Vec<&str> = number.split(char::is_whitespace).rev().collect();
            (
                format!("the groups of digits of `{number}` are printed in the other order"),
                format!("; as it is, the page shows `{}` from left to right", groups.join(" ")),
            )
        }
        Direction::LeftToRight => (format!("a line may break inside the number `{number}`"), String::new()),
    };
    let warning = Diagnostic::warning(message).rule("spaced-digits").hint(format!(
        "put no-break spaces (U+00A0, or the narrow U+202F) between its groups: `{joined}`{why}"
    ));
    (warning, joined)
}
