//! Checks: from what the files of a document say to a work of which it is known that it can be built.
//!
//! All languages have the same structure, every note is marked in the same paragraphs, every character can be set. All
//! that is wrong is found in one run.

mod fonts;
mod structure;

use crate::diagnostic::Diagnostics;
use crate::model::Work;
use crate::source::Parsed;
use crate::typeset::Fonts;

/// Checks what was read. `None` when something is at fault, here or in what was told before.
pub(crate) fn check(parsed: Parsed, fonts: &Fonts, diagnostics: &mut Diagnostics) -> Option<Work> {
    if let Some(document) = parsed.files.first() {
        fonts::families(&parsed.families, document, fonts, diagnostics);
    }
    structure::check(&parsed.texts, diagnostics);
    let facts = parsed.facts.filter(|_| parsed.complete && !diagnostics.has_errors())?;
    let expressions = parsed.texts.into_iter().map(|text| text.expression).collect();
    Some(Work {
        name: parsed.name,
        facts,
        expressions,
    })
}
