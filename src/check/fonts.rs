//! Whether the document can be set in the fonts that there are.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fonts::Fonts;
use crate::model::{Facts, Inline};
use crate::source::Parsed;
use crate::text::SourceFile;
use crate::text::nearest;

/// Looks for the families of `[fonts]`.
pub(super) fn families(
    families: &[(String, Range<usize>)],
    document: &Arc<SourceFile>,
    fonts: &Fonts,
    diagnostics: &mut Diagnostics,
) {
    let known = fonts.families();
    for (family, span) in families.iter().filter(|(family, _)| !fonts.has_family(family)) {
        let near = nearest(family, known.iter().map(String::as_str));
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the fonts are {}; `--font-path` adds others", known.join(", ")),
        };
        let fault = Diagnostic::error(format!("there is no font family `{family}`")).rule("font-unknown");
        let fault = match near {
            Some(near) => fault.fix(format!("\"{near}\"")),
            None => fault,
        };
        diagnostics.push(fault.at(document, span.clone()).hint(hint));
    }
}

/// Warns of families that lack a style that the text has: it would be replaced in silence.
pub(super) fn styles(
    parsed: &Parsed,
    facts: &Facts,
    document: &Arc<SourceFile>,
    fonts: &Fonts,
    diagnostics: &mut Diagnostics,
) {
    for (script, family) in facts.fonts.all().filter(|(_, family)| fonts.has_family(family)) {
        let Some((_, span)) = parsed.families.iter().find(|(named, _)| named == family) else {
            continue;
        };
        let texts = parsed.texts.iter().map(|text| &text.expression);
        let mut texts = texts
            .filter(|expression| expression.language.script() == script)
            .peekable();
        // The title is bold in every document.
        let bold = texts.peek().is_some() && !fonts.has_bold(family);
        let emphasised = texts.any(|text| text.contents().into_iter().any(has_emphasis));
        let italic = emphasised && !fonts.has_italic(family);
        let (lacks, printed) = match (bold, italic) {
            (true, true) => (
                "bold and no italics",
                "titles and `**…**` are printed in its regular weight, `*…*` upright",
            ),
            (true, false) => ("bold", "titles and `**…**` are printed in its regular weight"),
            (false, true) => ("italics", "what stands in `*…*` is printed upright"),
            (false, false) => continue,
        };
        let message = format!("the font family `{family}` has no {lacks}: {printed}");
        let warning = Diagnostic::warning(message)
            .rule("font-styles")
            .at(document, span.clone());
        diagnostics.push(warning.hint("add the files of these styles with `--font-path`, or name another family"));
    }
}

fn has_emphasis(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Emphasis(_) => true,
        Inline::Strong(inner) | Inline::Span { content: inner, .. } | Inline::Link { content: inner, .. } => {
            has_emphasis(inner)
        }
        _ => false,
    })
}
