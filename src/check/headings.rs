//! Whether a heading says its label, `Annex II` or `Article 3`, which is printed by itself. Nothing but a warning: it is then not
//! printed a second time.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Block, Facts, Labelled, plain};
use crate::source::ParsedText;

/// Warns of headings that start with their labels, and notes them.
pub(super) fn check(facts: &Facts, text: &mut ParsedText, diagnostics: &mut Diagnostics) {
    let usage = facts.usage(text.expression.language);
    let labelled = Labelled::of(facts.kind, &text.expression.blocks);
    for (at, block) in text.expression.blocks.iter_mut().enumerate() {
        let Block::Heading(heading) = block else { continue };
        let Some(label) = labelled.heading(usage, at) else {
            continue;
        };
        let words = plain(&heading.content).to_lowercase();
        let said = words.strip_prefix(&label.text.to_lowercase());
        if said.is_none_or(|rest| rest.starts_with(char::is_alphanumeric)) {
            continue;
        }
        heading.says_label = true;
        let message = format!(
            "this heading says its label, `{}`, which is printed by itself",
            label.text
        );
        let hint = match said.map(|rest| rest.trim().is_empty()) {
            Some(true) => "take the words away: signs alone, or with the class in braces, are a heading",
            _ => "take the label away and keep the words after it",
        };
        let warning = Diagnostic::warning(message).rule("heading-label");
        diagnostics.push(warning.at(&text.file, heading.span.clone()).hint(hint));
    }
}
