//! The one name of every piece of a work, as an editor says it: `preambular 3`, `operative 6 (a)`, `annex 1 paragraph 2`,
//! `table 1 row 2 column 3`. Layouts have these names, and all messages tell a place by them.

use super::{Block, Paragraph, Role};
use crate::layout::Name;
use crate::locale::{self, Language};

/// The names of blocks, in their order. All languages of a work have the same blocks, and so the same names.
pub fn block_names(blocks: &[Block]) -> Vec<Name> {
    let mut counters = Counters::default();
    let name = |block| Name::Paragraph(counters.name(block));
    blocks.iter().map(name).collect()
}

/// The name of a cell of a table: row 0 is the head, columns are counted from 0.
pub fn cell_name(table: &Name, row: usize, column: usize) -> Name {
    let row = match row {
        0 => format!("{table} head"),
        row => format!("{table} row {row}"),
    };
    Name::Cell {
        row,
        column: column + 1,
    }
}

#[derive(Default)]
struct Counters {
    preambular: usize,
    /// The name of the numbered paragraph at each depth.
    labels: Vec<String>,
    continuation: usize,
    annex: usize,
    headings: usize,
    paragraphs: usize,
    tables: usize,
}

impl Counters {
    fn name(&mut self, block: &Block) -> String {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Heading(heading) if heading.level <= 2 => {
                *self = Self {
                    preambular: self.preambular,
                    annex: self.annex + 1,
                    tables: self.tables,
                    ..Self::default()
                };
                format!("annex {} heading", self.annex)
            }
            Block::Heading(_) => {
                self.headings += 1;
                self.labels.clear();
                format!("{}heading {}", self.part(), self.headings)
            }
            Block::Table(_) => {
                self.tables += 1;
                format!("table {}", self.tables)
            }
        }
    }

    fn part(&self) -> String {
        if self.annex == 0 {
            String::new()
        } else {
            format!("annex {} ", self.annex)
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> String {
        if let Some(label) = paragraph.label {
            let depth = usize::from(label.depth);
            self.labels.truncate(depth);
            self.labels.resize(depth, String::new());
            self.continuation = 1;
            self.labels.push(match depth {
                0 => label.ordinal.to_string(),
                _ => locale::operative_label(Language::ENGLISH, label.depth, label.ordinal),
            });
            let kind = if paragraph.role == Role::Operative {
                "operative"
            } else {
                "item"
            };
            return format!("{}{kind} {}", self.part(), self.labels.join(" "));
        }
        match paragraph.role {
            Role::Opening => "opening".to_owned(),
            Role::Preambular => {
                self.preambular += 1;
                format!("preambular {}", self.preambular)
            }
            Role::Operative | Role::Continuation if !self.labels.is_empty() => {
                self.continuation += 1;
                format!(
                    "{}operative {} paragraph {}",
                    self.part(),
                    self.labels.join(" "),
                    self.continuation
                )
            }
            Role::Operative | Role::Continuation | Role::Body => {
                self.paragraphs += 1;
                format!("{}paragraph {}", self.part(), self.paragraphs)
            }
        }
    }
}
