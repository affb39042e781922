//! What blocks are called in messages: by their names, headings with their words.

use crate::kind::Kind;
use crate::model::{Block, Role, block_names, plain};

/// How many characters of a heading are told.
const WORDS_TOLD: usize = 40;

/// What the blocks are called, in their order: `preambular 3`, `operative 6 (a)`, `annex 1 heading “Terms”`.
pub(super) fn names(kind: Kind, blocks: &[Block]) -> Vec<String> {
    let names = block_names(kind, blocks).into_iter().zip(blocks);
    let called = names.map(|(name, block)| match block {
        Block::Heading(heading) => {
            let words: String = plain(&heading.content).chars().take(WORDS_TOLD).collect();
            format!("{name} “{}”", words.trim())
        }
        Block::Paragraph(paragraph) if paragraph.role == Role::Opening => format!("the {name}"),
        _ => name.to_string(),
    });
    called.collect()
}
