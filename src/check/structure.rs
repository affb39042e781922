//! Whether all languages have the same structure.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Block, Label, Role};
use crate::source::ParsedText;

/// What two blocks at the same place must have in common.
#[derive(Debug, PartialEq, Eq)]
enum Shape {
    Paragraph(Role, Option<Label>),
    Heading(u8),
    Table(usize, usize),
}

fn shape(block: &Block) -> Shape {
    match block {
        Block::Paragraph(p) => Shape::Paragraph(p.role, p.label),
        Block::Heading(h) => Shape::Heading(h.level),
        Block::Table(t) => Shape::Table(t.columns.len(), t.rows.len()),
    }
}

/// Compares every language with the leading one.
pub(super) fn check(texts: &[ParsedText], diagnostics: &mut Diagnostics) {
    let Some((lead, others)) = texts.split_first() else {
        return;
    };
    for other in others {
        let (ours, theirs) = (&lead.expression.blocks, &other.expression.blocks);
        let differ =
            (0..ours.len().max(theirs.len())).find(|at| ours.get(*at).map(shape) != theirs.get(*at).map(shape));
        if let Some(at) = differ {
            let end = other.file.text().len();
            let span = theirs.get(at).map_or(end..end, Block::span);
            let fault = Diagnostic::error(format!(
                "the paragraphs do not align with those of `{}`",
                lead.file.name()
            ));
            diagnostics.push(fault.at(&other.file, span));
        }
    }
}
