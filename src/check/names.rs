//! What blocks are called in messages: by their part of the document and their number in it.

use crate::model::{Block, Role, plain};

/// The names of blocks, in their order: `preambular paragraph 3`, `paragraph 4`, `sub-paragraph 2 of paragraph 4`.
pub(super) fn names(blocks: &[Block]) -> Vec<String> {
    let mut counter = Counter::default();
    blocks.iter().map(|block| counter.name(block)).collect()
}

#[derive(Default)]
struct Counter {
    preambular: u32,
    tables: u32,
    annexes: u32,
    /// Paragraphs without a number in this annex.
    body: u32,
    /// The numbers of the item that is open, the outermost first.
    open: Vec<u32>,
}

impl Counter {
    fn name(&mut self, block: &Block) -> String {
        match block {
            Block::Heading(heading) => {
                self.annexes += u32::from(heading.level == 2);
                self.body = 0;
                self.open.clear();
                let words: String = plain(&heading.content).chars().take(40).collect();
                format!("the heading “{}”", words.trim())
            }
            Block::Table(_) => {
                self.tables += 1;
                format!("table {}", self.tables)
            }
            Block::Paragraph(paragraph) => match (paragraph.role, paragraph.label) {
                (_, Some(label)) => {
                    self.open.truncate(label.depth.into());
                    self.open.push(label.ordinal);
                    self.numbered()
                }
                (Role::Opening, None) => "the opening words".to_owned(),
                (Role::Preambular, None) => {
                    self.preambular += 1;
                    format!("preambular paragraph {}", self.preambular)
                }
                (Role::Continuation, None) => format!("the further paragraph of {}", self.numbered()),
                (Role::Operative | Role::Body, None) => {
                    self.body += 1;
                    format!("unnumbered paragraph {}{}", self.body, self.annex())
                }
            },
        }
    }

    fn numbered(&self) -> String {
        let mut name = String::new();
        for (depth, number) in self.open.iter().enumerate().rev() {
            name.push_str(if depth > 0 { "sub-paragraph " } else { "paragraph " });
            name.push_str(&number.to_string());
            name.push_str(if depth > 0 { " of " } else { "" });
        }
        name + &self.annex()
    }

    fn annex(&self) -> String {
        match self.annexes {
            0 => String::new(),
            n => format!(" of annex {n}"),
        }
    }
}
