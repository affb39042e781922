//! What a block is called where a text refers to it: `paragraph 3 (a)`, `الفقرة ٣ (أ)`, `annex II`, `article 4`.

use super::{Block, Heading, Labelled, Paragraph, Within};
use crate::kind::Kind;
use crate::locale::Usage;

/// What the blocks of a work are called in references. All languages have the same blocks, so that one suffices for all.
#[derive(Debug)]
pub(crate) struct References {
    labelled: Labelled,
    /// For each block the paragraphs with labels that lead to it, the outermost first, each with its depth.
    paths: Vec<Vec<(usize, u8)>>,
}

impl References {
    /// Counts blocks.
    pub(crate) fn of(kind: Kind, blocks: &[Block]) -> Self {
        let mut path: Vec<(usize, u8)> = Vec::new();
        let mut lead = |(at, block): (usize, &Block)| match block {
            Block::Heading(Heading { .. }) => {
                path.clear();
                Vec::new()
            }
            // What is quoted has the numbers of another text.
            Block::Paragraph(Paragraph {
                label: Some(label),
                within: Within { quotation: None, .. },
                ..
            }) => {
                path.retain(|(_, depth)| *depth < label.depth);
                if !label.is_number() {
                    return Vec::new();
                }
                path.push((at, label.depth));
                path.clone()
            }
            _ => Vec::new(),
        };
        Self {
            labelled: Labelled::of(kind, blocks),
            paths: blocks.iter().enumerate().map(&mut lead).collect(),
        }
    }

    fn path(&self, to: usize) -> &[(usize, u8)] {
        self.paths.get(to).map_or(&[], Vec::as_slice)
    }

    /// The number of a block in a language, `3 (a)`, without what it is called; `None` where it has none.
    pub(crate) fn number(&self, to: usize, usage: Usage) -> Option<String> {
        self.labelled.number(usage, to, self.path(to))
    }

    /// What a block, `to`, is called in a language in the text of another one; `None` where it has no number. In the annex that
    /// both stand in, the annex is not told.
    pub(crate) fn words(&self, from: Option<usize>, to: usize, usage: Usage) -> Option<String> {
        self.labelled.words(usage, from, to, self.path(to))
    }
}
