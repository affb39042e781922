//! Lists whose items have bullets: at the top level of the preamble and of an annex, in the items of other lists, in quotations.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::TextReader;
use super::block::{Region, label};
use super::list::DEEPEST;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Label, Marker, Role};

impl TextReader<'_> {
    /// Reads a list with bullets of the top level, whose start was taken.
    pub(super) fn top_bullets(&mut self, span: &Range<usize>) {
        if self.is_of_run(span) {
            self.bullets(Role::Operative, 1, 0);
            return;
        }
        match self.item_above("a list with bullets", span) {
            Some(item) => self.nested_bullets(span, self.role_of_items(), item),
            None => self.bullets(self.role_of_items(), 0, 0),
        }
    }

    /// What the items of a list do in the part that is being read.
    fn role_of_items(&self) -> Role {
        match self.part {
            Region::Preamble => Role::Preambular,
            Region::Operative { .. } => Role::Operative,
            Region::Annex { .. } | Region::Closing { .. } => Role::Body,
        }
    }

    /// Reads a list with bullets that stands in an item of another list, which is `of`.
    pub(super) fn nested_bullets(&mut self, span: &Range<usize>, role: Role, of: Label) {
        // To Markdown it is in the outer one of two items where it is indented by less than the number of the inner is wide.
        self.last.read(&self.blocks);
        let inner = self
            .last
            .labelled
            .and_then(|at| self.blocks.get(at))
            .filter(|_| self.quotation.is_none());
        let indent = self.indent(span);
        let inner = inner.filter(|block| indent >= self.indent(&block.span()) + super::DEEPER);
        let of = inner
            .and_then(label)
            .filter(|inner| inner.depth > of.depth)
            .unwrap_or(of);
        let level = match of.marker {
            Marker::Number => 0,
            Marker::Bullet(level) => level + 1,
        };
        if of.depth >= DEEPEST {
            self.skip();
            self.too_deep(span.clone());
            return;
        }
        self.bullets(role, of.depth + 1, level);
    }

    /// Reads the items of a list with bullets that `level` others are round.
    pub(super) fn bullets(&mut self, role: Role, depth: u8, level: u8) {
        let marker = Marker::Bullet(level);
        let mut ordinal = 0;
        while let Some((event, span)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    ordinal += 1;
                    let label = Label { marker, depth, ordinal };
                    self.item(span, role, label);
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
    }

    /// The item that something of the top level belongs to which is no paragraph: it is indented as far, or stands after the
    /// numbered paragraphs, which is told. `None` where it stands for itself.
    pub(super) fn item_above(&mut self, what: &str, span: &Range<usize>) -> Option<Label> {
        if self.is_indented(span) && self.in_list() {
            return Some(self.outermost());
        }
        self.end_run();
        let Region::Operative { count, last } = &self.part else {
            return None;
        };
        let (count, last) = (*count, last.clone());
        let fault = Diagnostic::error(format!("{what} after the numbered paragraphs stands in none of them"))
            .rule("paragraph-unnumbered")
            .at(self.file, span.start..span.start + self.source(span).trim_end().len())
            .other(self.file, last, format!("paragraph {count}"));
        self.diagnostics.push(fault.hint(format!(
            "indent it by three or four spaces where it belongs to paragraph {count}; an annex starts with `## `"
        )));
        self.form_is_told();
        Some(Label::number(0, count))
    }

    /// The outermost item that the last block is of.
    pub(super) fn outermost(&self) -> Label {
        let count = match &self.part {
            Region::Preamble => 0,
            Region::Operative { count, .. } | Region::Annex { count, .. } | Region::Closing { count } => *count,
        };
        let last = match self.blocks.last() {
            Some(Block::Paragraph(paragraph)) => paragraph.label.or(paragraph.within.item),
            Some(Block::Figure(figure)) => figure.within.item,
            _ => None,
        };
        match last {
            Some(label) if label.depth == 0 => label,
            _ if count == 0 => Label {
                marker: Marker::Bullet(0),
                depth: 0,
                ordinal: 1,
            },
            _ => Label::number(0, count),
        }
    }
}
