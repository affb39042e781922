//! Whether a heading makes an annex of the numbered paragraphs of a document. Nothing but a warning: a document may have
//! numbers in its annexes alone.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::TextForm;
use crate::model::{Block, Heading, Paragraph, Role, plain};
use crate::source::ParsedText;

/// Warns where the first numbered paragraphs stand under a heading, in all languages: where it is in one alone, that is told.
pub(super) fn check(texts: &[ParsedText], diagnostics: &mut Diagnostics) {
    let found: Option<Vec<_>> = texts.iter().map(first_under_heading).collect();
    let (Some(found), Some(lead)) = (found, texts.first()) else {
        return;
    };
    let Some((heading, paragraph)) = found.first() else {
        return;
    };
    let words = plain(&heading.content);
    let message = format!("the numbered paragraphs under `{words}` are printed as an annex: none stand before it");
    let warning = Diagnostic::warning(message)
        .rule("annex-numbers")
        .at(&lead.file, heading.span.clone());
    let warning = warning.other(&lead.file, paragraph.span.clone(), "the first of them");
    let others = if texts.len() > 1 {
        ", and the same heading in the other languages,"
    } else {
        ""
    };
    diagnostics.push(warning.hint(format!(
        "take `## {words}` away{others} where they are the resolution itself: `## ` starts an annex"
    )));
}

/// The first numbered paragraph of a text and the heading above it; `None` where it has no heading above it.
fn first_under_heading(text: &ParsedText) -> Option<(&Heading, &Paragraph)> {
    let blocks = &text.expression.blocks;
    let is_numbered = |block: &Block| {
        let label = |paragraph: &Paragraph| paragraph.label.filter(|_| paragraph.role != Role::Quotation);
        matches!(block, Block::Paragraph(paragraph) if label(paragraph).is_some_and(|label| label.is_number()))
    };
    let structure = &text.kind.definition().structure;
    if structure.text != TextForm::Numbered {
        return None;
    }
    let first = blocks.iter().position(is_numbered)?;
    let paragraph = match &blocks[first] {
        Block::Paragraph(paragraph) if paragraph.role == Role::Body => paragraph,
        _ => return None,
    };
    let heading = blocks[..first].iter().rev().find_map(|block| match block {
        Block::Heading(heading) if heading.division.is_some_and(|place| structure.divisions[place].annex) => {
            Some(heading)
        }
        _ => None,
    })?;
    (!text.doubts.told.contains(&first)).then_some((heading, paragraph))
}
