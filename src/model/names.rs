//! The one name of every piece of a work, as an editor says it: `preambular 3`, `operative 6 (a)`, `annex 1 paragraph 2`,
//! `table 1 row 2 column 3`. Layouts have these names, and all messages tell a place by them.

use super::{Block, Label, Labelled, Marker, Paragraph, Role};
use crate::kind::Kind;
use crate::layout::Name;
use crate::locale::{self, Language};

/// The names of blocks, in their order. All languages of a work have the same blocks, and so the same names.
pub fn block_names(kind: Kind, blocks: &[Block]) -> Vec<Name> {
    let labelled = Labelled::of(kind, blocks);
    let mut counters = Counters::default();
    let name = |(at, block)| Name::Paragraph(counters.name(block, &labelled, at));
    blocks.iter().enumerate().map(name).collect()
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

/// What is counted in the blocks so far.
#[derive(Default)]
struct Counters {
    /// What the paragraphs stand in: `annex 1 `; empty outside.
    part: String,
    preambular: usize,
    lists: Lists,
    headings: usize,
    paragraphs: usize,
    closing: usize,
    tables: usize,
    figures: usize,
    quotation: Quotation,
    definitions: Definitions,
}

/// The quotation at hand.
#[derive(Default)]
struct Quotation {
    ordinal: u32,
    lists: Lists,
    paragraphs: usize,
}

/// The terms that are defined.
#[derive(Default)]
struct Definitions {
    count: usize,
    meanings: usize,
}

impl Counters {
    fn name(&mut self, block: &Block, labelled: &Labelled, at: usize) -> String {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Heading(_) if labelled.division(at).is_some() => {
                *self = Self {
                    part: labelled.part(at),
                    tables: self.tables,
                    figures: self.figures,
                    definitions: std::mem::take(&mut self.definitions),
                    ..Self::default()
                };
                format!("{}heading", self.part)
            }
            Block::Heading(_) => {
                self.headings += 1;
                self.lists.open.clear();
                format!("{}heading {}", self.part, self.headings)
            }
            Block::Table(_) => {
                self.tables += 1;
                format!("table {}", self.tables)
            }
            Block::Figure(_) => {
                self.figures += 1;
                format!("figure {}", self.figures)
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> String {
        if matches!(paragraph.role, Role::Term | Role::Definition) {
            return self.definitions.name(paragraph.role);
        }
        if let Some(verse) = paragraph.within.verse {
            return format!("verse {} line {}", verse.ordinal, verse.line);
        }
        if let Some(ordinal) = paragraph.within.quotation {
            if self.quotation.ordinal != ordinal {
                self.quotation = Quotation {
                    ordinal,
                    ..Quotation::default()
                };
            }
            return self.quotation.name(paragraph);
        }
        let part = &self.part;
        let further = paragraph.within.further_of();
        if let Some(label) = paragraph.label {
            let kind = if paragraph.role == Role::Operative {
                "operative "
            } else {
                "item "
            };
            return format!("{part}{}", self.lists.item(label, kind));
        }
        match paragraph.role {
            Role::Opening => "opening".to_owned(),
            Role::Preambular => {
                self.preambular += 1;
                format!("{part}preambular {}", self.preambular)
            }
            Role::Closing => {
                self.closing += 1;
                format!("closing paragraph {}", self.closing)
            }
            Role::Operative | Role::Continuation if !self.lists.open.is_empty() => {
                format!("{part}{}", self.lists.further(further, "operative "))
            }
            _ => {
                self.paragraphs += 1;
                format!("{part}paragraph {}", self.paragraphs)
            }
        }
    }
}

impl Quotation {
    fn name(&mut self, paragraph: &Paragraph) -> String {
        let ordinal = self.ordinal;
        match (paragraph.label, paragraph.within.further_of()) {
            (Some(label), _) => format!("quotation {ordinal} {}", self.lists.item(label, "item ")),
            (None, Some(item)) => format!("quotation {ordinal} {}", self.lists.further(Some(item), "item ")),
            (None, None) => {
                self.paragraphs += 1;
                match self.paragraphs {
                    1 => format!("quotation {ordinal}"),
                    number => format!("quotation {ordinal} paragraph {number}"),
                }
            }
        }
    }
}

impl Definitions {
    fn name(&mut self, role: Role) -> String {
        if role == Role::Definition {
            self.meanings += 1;
            return match self.meanings {
                1 => format!("definition {}", self.count),
                number => format!("definition {} paragraph {number}", self.count),
            };
        }
        self.count += 1;
        self.meanings = 0;
        format!("definition {} term", self.count)
    }
}

/// The items of the lists at hand.
#[derive(Default)]
struct Lists {
    /// The item at each depth.
    open: Vec<Item>,
    /// How many items with bullets stand in no other item.
    bullets: usize,
}

/// An item of a list.
#[derive(Default)]
struct Item {
    name: String,
    /// Whether a number or a letter stands before it.
    is_numbered: bool,
    /// How many items with bullets stand in it.
    bullets: usize,
    /// Its paragraphs so far.
    paragraphs: usize,
}

impl Lists {
    /// The name of an item; `kind` stands before one whose outermost label is a number.
    fn item(&mut self, label: Label, kind: &str) -> String {
        let depth = usize::from(label.depth);
        self.open.truncate(depth);
        self.open.resize_with(depth, Item::default);
        let name = match label.marker {
            Marker::Number if depth == 0 => label.ordinal.to_string(),
            Marker::Number => said(depth, label.ordinal),
            Marker::Bullet(_) => {
                let bullets = self.open.last_mut().map_or(&mut self.bullets, |item| &mut item.bullets);
                *bullets += 1;
                format!("bullet {bullets}")
            }
        };
        self.open.push(Item {
            name,
            is_numbered: label.is_number(),
            bullets: 0,
            paragraphs: 1,
        });
        self.path(kind)
    }

    /// The name of a further paragraph of an item; of the last one where it is not told.
    fn further(&mut self, item: Option<Label>, kind: &str) -> String {
        if let Some(item) = item {
            self.open.truncate(usize::from(item.depth) + 1);
        }
        let number = self.open.last_mut().map_or(1, |item| {
            item.paragraphs += 1;
            item.paragraphs
        });
        format!("{} paragraph {number}", self.path(kind))
    }

    fn path(&self, kind: &str) -> String {
        let names: Vec<&str> = self.open.iter().map(|item| item.name.as_str()).collect();
        let kind = match self.open.first() {
            Some(item) if !item.is_numbered && !item.name.is_empty() => "",
            _ => kind,
        };
        format!("{kind}{}", names.join(" "))
    }
}

/// The number of a paragraph as an editor says it, whatever the kind prints: `3`, `(a)`, `(i)`, `a.`, `i.`; below the last of
/// them those of the sub-paragraphs come again.
fn said(depth: usize, ordinal: u32) -> String {
    let letter = || locale::letter(Language::ENGLISH, ordinal).unwrap_or_else(|| ordinal.to_string());
    let roman = || locale::roman(ordinal).map_or_else(|| ordinal.to_string(), |numeral| numeral.to_lowercase());
    match depth.checked_sub(1).map(|below| below % 4) {
        None => ordinal.to_string(),
        Some(0) => format!("({})", letter()),
        Some(1) => format!("({})", roman()),
        Some(2) => format!("{}.", letter()),
        Some(_) => format!("{}.", roman()),
    }
}
