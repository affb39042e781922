//! What a block is called where a text refers to it: `paragraph 3 (a)`, `الفقرة ٣ (أ)`, `annex II`.

use super::{Block, Heading, Label, Paragraph, Within};
use crate::locale::{self, Usage};

/// The number of a block among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Number {
    /// The labels that lead to a paragraph, the outermost first.
    Labels(Vec<Label>),
    /// It is the heading of an annex.
    Annex,
}

/// What the blocks of a work are called in references. All languages have the same blocks, so that one suffices for all.
#[derive(Debug)]
pub(crate) struct References {
    /// For each block its annex, from 1, or 0 outside of them, and its number where it has one.
    blocks: Vec<(u32, Option<Number>)>,
    annexes: u32,
}

impl References {
    /// Counts blocks.
    pub(crate) fn of(blocks: &[Block]) -> Self {
        let mut annexes = 0;
        let mut path: Vec<Label> = Vec::new();
        let mut number = |block: &Block| match block {
            Block::Heading(Heading { level: ..=2, .. }) => {
                annexes += 1;
                path.clear();
                (annexes, Some(Number::Annex))
            }
            // What is quoted has the numbers of another text.
            Block::Paragraph(Paragraph {
                label: Some(label),
                within: Within { quotation: None, .. },
                ..
            }) => {
                path.retain(|outer| outer.depth < label.depth);
                if !label.is_number() {
                    return (annexes, None);
                }
                path.push(*label);
                (annexes, Some(Number::Labels(path.clone())))
            }
            Block::Heading(_) => {
                path.clear();
                (annexes, None)
            }
            Block::Paragraph(_) | Block::Table(_) | Block::Figure(_) => (annexes, None),
        };
        let blocks = blocks.iter().map(&mut number).collect();
        Self { blocks, annexes }
    }

    /// The number of a block in a language, `3 (a)`, without what it is called; `None` where it has none.
    pub(crate) fn number(&self, to: usize, usage: Usage) -> Option<String> {
        match self.blocks.get(to)? {
            (_, Some(Number::Labels(labels))) => Some(locale::label_reference(usage, pairs(labels))),
            (annex, Some(Number::Annex)) if self.annexes > 1 => Some(locale::annex_ordinal(usage, *annex)),
            _ => None,
        }
    }

    /// What a block, `to`, is called in a language in the text of another one; `None` where it has no number. In the annex that
    /// both stand in, the annex is not told.
    pub(crate) fn words(&self, from: Option<usize>, to: usize, usage: Usage) -> Option<String> {
        let (annex, number) = self.blocks.get(to)?;
        let of = (self.annexes > 1).then_some(*annex);
        match number.as_ref()? {
            Number::Annex => Some(locale::annex_reference(usage, of)),
            Number::Labels(labels) => {
                let paragraph = locale::paragraph_reference(usage, pairs(labels));
                let here = from
                    .and_then(|from| self.blocks.get(from))
                    .map_or(0, |(annex, _)| *annex);
                Some(match *annex {
                    0 => paragraph,
                    annex if annex == here => paragraph,
                    _ => locale::reference_in_annex(usage, &paragraph, of),
                })
            }
        }
    }
}

fn pairs(labels: &[Label]) -> impl Iterator<Item = (u8, u32)> {
    labels.iter().map(|label| (label.depth, label.ordinal))
}
