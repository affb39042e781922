//! Whether the columns of a table stand at the same side in all languages. Nothing but a warning: a translation may have its
//! reasons.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Alignment, Block, Table};
use crate::source::ParsedText;

/// Warns of columns that are set to another side than in the leading language: figures that stand under each other in one language
/// stand ragged in the other.
pub(super) fn check(texts: &[ParsedText], diagnostics: &mut Diagnostics) {
    let Some((lead, others)) = texts.split_first() else {
        return;
    };
    let ours = tables(lead);
    for other in others {
        let theirs = tables(other);
        if ours.len() != theirs.len() {
            continue;
        }
        for (our, their) in ours.iter().zip(theirs) {
            if our.columns.len() != their.columns.len() {
                continue;
            }
            let differing = our
                .columns
                .iter()
                .zip(&their.columns)
                .position(|(ours, theirs)| ours != theirs);
            let Some(at) = differing else { continue };
            let name = lead.file.name();
            let message = format!("column {} of the table is set to another side than in `{name}`", at + 1);
            let warning = Diagnostic::warning(message)
                .rule("column-sides")
                .at(&other.file, their.span.clone());
            let warning = warning.other(&lead.file, our.span.clone(), "the same table");
            diagnostics.push(warning.hint(format!(
                "write the same row under the head in all languages: `{}` here, or `{}` in `{name}`; `:--` is the side where a \
                 language starts",
                row(&our.columns),
                row(&their.columns)
            )));
        }
    }
}

fn tables(text: &ParsedText) -> Vec<&Table> {
    let blocks = text.expression.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) | Block::Heading(_) | Block::Figure(_) => None,
        })
        .collect()
}

/// The row of a source that says where columns stand.
fn row(columns: &[Alignment]) -> String {
    let cells = columns.iter().map(|column| match column {
        Alignment::Start => ":--",
        Alignment::Center => ":-:",
        Alignment::End => "--:",
    });
    format!("|{}|", cells.collect::<Vec<_>>().join("|"))
}
