//! Whether the document can be set in the fonts that there are.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fonts::Fonts;
use crate::source::nearest::nearest;
use crate::text::SourceFile;

/// Looks for the families of `[fonts]`.
pub(super) fn families(
    families: &[(String, Range<usize>)],
    document: &Arc<SourceFile>,
    fonts: &Fonts,
    diagnostics: &mut Diagnostics,
) {
    let known = fonts.families();
    for (family, span) in families.iter().filter(|(family, _)| !fonts.has_family(family)) {
        let hint = match nearest(family, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the fonts are {}; `--font-path` adds others", known.join(", ")),
        };
        let fault = Diagnostic::error(format!("there is no font family `{family}`"));
        diagnostics.push(fault.at(document, span.clone()).hint(hint));
    }
}
