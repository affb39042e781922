//! What several rows are together in the structure tree: lists with the lists inside of them, quotations, definitions.

use krilla::tagging::{ListNumbering, Node, Tag, TagGroup, TagKind, WritingMode};

use super::structure::{Structure, written};
use crate::locale::{self, Direction, Language};
use crate::model::{Label, Marker, Role};
use crate::page::Origin;

impl Structure<'_> {
    /// What starts at a row inside a quotation, or outside of all: a quotation, a list, the elements of the row.
    pub(super) fn part(&self, row: &mut usize, quotation: Option<u32>) -> Vec<Node> {
        let own = self.quotation_of(*row);
        if own != quotation && own.is_some() {
            return vec![self.quotation(row).into()];
        }
        if let Some(label) = self.item_of(*row) {
            return vec![self.list(row, label, quotation).into()];
        }
        if self.is_definition(*row) {
            return vec![self.definitions(row, quotation).into()];
        }
        if let Some(rows) = self.table_at(*row) {
            *row = rows.end;
            return self.table_of_rows(rows);
        }
        *row += 1;
        self.row(*row - 1)
    }

    /// The quotation that starts at a row.
    fn quotation(&self, row: &mut usize) -> TagGroup {
        let quotation = self.quotation_of(*row);
        let mut group = TagGroup::new(Tag::BlockQuote);
        while *row < self.rows() && self.quotation_of(*row) == quotation {
            self.part(row, quotation).into_iter().for_each(|node| group.push(node));
        }
        group
    }

    /// The list of an item that starts at a row, with the lists inside it.
    fn list(&self, row: &mut usize, first: Label, quotation: Option<u32>) -> TagGroup {
        let mut list = TagGroup::new(self.list_tag(numbering(first, self.edition.languages[0])));
        let belongs =
            |label: Label| label.depth > first.depth || label.depth == first.depth && label.marker == first.marker;
        while *row < self.rows() && self.quotation_of(*row) == quotation && self.item_of(*row).is_some_and(belongs) {
            list.push(self.item(row, first.depth, quotation));
        }
        list
    }

    /// The item that starts at a row: a label and a body for each language (ISO 32000-1 14.8.4.3.3). What belongs to the
    /// item in all languages, lists inside it and further paragraphs, is in the last body.
    fn item(&self, row: &mut usize, depth: u8, quotation: Option<u32>) -> TagGroup {
        let mut item = TagGroup::new(Tag::LI);
        let mut body = TagGroup::new(Tag::LBody);
        for column in self.columns(*row) {
            if !body.children.is_empty() {
                item.push(std::mem::replace(&mut body, TagGroup::new(Tag::LBody)));
            }
            let label = self.label(Origin::Row { row: *row, column }, None);
            label.into_iter().for_each(|label| item.push(label));
            self.cell(*row, column).into_iter().for_each(|node| body.push(node));
        }
        *row += 1;
        while *row < self.rows() {
            let is_inside = self.quotation_of(*row) == quotation || quotation.is_none();
            let is_deeper = |label: Label| label.depth > depth;
            let is_further = |label: Label| label.depth >= depth;
            let belongs = match self.item_of(*row).filter(|_| self.quotation_of(*row) == quotation) {
                Some(label) => is_deeper(label),
                None => self.further_of(*row, quotation).is_some_and(is_further),
            };
            if !is_inside || !belongs {
                break;
            }
            self.part(row, quotation).into_iter().for_each(|node| body.push(node));
        }
        item.push(body);
        item
    }

    /// The list of definitions that starts at a row: the terms are the labels of its items (ISO 32000-1 14.8.4.3.3).
    fn definitions(&self, row: &mut usize, quotation: Option<u32>) -> TagGroup {
        let mut list = TagGroup::new(self.list_tag(ListNumbering::None));
        let item = self.further_of(*row, quotation);
        let goes_on = |row: usize| {
            row < self.rows()
                && self.is_definition(row)
                && self.quotation_of(row) == quotation
                && self.further_of(row, quotation) == item
        };
        let is_term = |row: usize| {
            self.paragraph(row)
                .is_some_and(|paragraph| paragraph.role == Role::Term)
        };
        while goes_on(*row) {
            let mut item = TagGroup::new(Tag::LI);
            while goes_on(*row) && is_term(*row) {
                for column in self.columns(*row) {
                    let language = self.edition.cell(Origin::Row { row: *row, column }).language;
                    let label = written(Tag::Lbl.into(), language);
                    item.push(TagGroup::with_children(label, self.cell(*row, column)));
                }
                *row += 1;
            }
            let mut body = TagGroup::new(Tag::LBody);
            while goes_on(*row) && !is_term(*row) {
                self.row(*row).into_iter().for_each(|node| body.push(node));
                *row += 1;
            }
            item.push(body);
            list.push(item);
        }
        list
    }

    fn list_tag(&self, numbering: ListNumbering) -> TagKind {
        let tag = TagKind::from(Tag::L(numbering));
        let rtl = |language: &Language| language.direction() == Direction::RightToLeft;
        // What is inside inherits the direction: only where it is that of all.
        let mode = self.edition.languages.iter().all(rtl).then_some(WritingMode::RlTb);
        tag.with_writing_mode(mode)
    }
}

/// What counts the items of a list (ISO 32000-1, table 347): for a dash there is no word.
fn numbering(label: Label, language: Language) -> ListNumbering {
    match label.marker {
        Marker::Number => ListNumbering::Decimal,
        Marker::Bullet(level) if locale::bullet(language, level) == "•" => ListNumbering::Disc,
        Marker::Bullet(_) => ListNumbering::None,
    }
}
