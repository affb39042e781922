//! Whether the title repeats the number that is set before it.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::{Language, number_text};
use crate::model::{Facts, plain, title_prefix};
use crate::source::ParsedText;

/// The number comes from the symbol; a title that starts with it would be printed with two.
pub(super) fn check(facts: &Facts, text: &ParsedText, diagnostics: &mut Diagnostics) {
    let expression = &text.expression;
    let title = plain(&expression.title);
    let prefix = title_prefix(facts, expression.language);
    let printed = prefix.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-'));
    // Numbers alone would be any title that starts with a digit.
    if printed.is_empty() {
        return;
    }
    let number = &number_text(Language::ENGLISH, printed);
    let start = |number: &str| {
        title
            .strip_prefix(number)
            .is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric() && c != '/'))
    };
    if start(number) || start(printed) {
        let fault = Diagnostic::error(format!("the title starts with the number of the document, `{number}`"))
            .rule("title-number");
        let fault = fault.at(&text.file, crate::model::extent(&expression.title));
        diagnostics.push(fault.hint("take it away: it is set before the title, from `symbol`"));
    }
}
