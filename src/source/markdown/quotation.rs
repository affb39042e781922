//! Quotations that stand apart from the text, `> …`, with the lists in them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::TextReader;
use crate::diagnostic::Diagnostic;
use crate::model::{Label, Role};

/// The quotation that is being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotation {
    /// Its number among those of the text, from 1.
    pub(super) ordinal: u32,
    /// The item of a list that it is of.
    pub(super) item: Option<Label>,
}

impl TextReader<'_> {
    /// Reads a quotation of the top level, whose start was taken.
    pub(super) fn top_quotation(&mut self, span: &Range<usize>) {
        let item = self.item_above("a quotation", span);
        self.quotation(span, item);
    }

    /// Reads a quotation whose start was taken; `item` is that of a list that it is of.
    pub(super) fn quotation(&mut self, span: &Range<usize>, item: Option<Label>) {
        if self.quotation.is_some() {
            self.skip();
            let fault = Diagnostic::error("a quotation inside a quotation").rule("construct");
            self.fault(
                fault.hint("take one `>` away, or write it in quotation marks"),
                span.clone(),
            );
            return;
        }
        self.quotations += 1;
        self.quotation = Some(Quotation {
            ordinal: self.quotations,
            item,
        });
        let before = (self.blocks.len(), self.doubts.refused.len(), self.diagnostics_of_file());
        while let Some((event, span)) = self.events.next() {
            match event {
                Event::Start(Tag::Paragraph) if self.is_verse(&span) => self.verse(&span, None),
                Event::Start(Tag::Paragraph) => self.quoted_paragraph(),
                Event::Start(Tag::List(Some(first))) => {
                    // What is quoted may start with any number.
                    let before = u32::try_from(first.saturating_sub(1)).unwrap_or_default();
                    self.list(before, first, Role::Quotation, 0);
                }
                Event::Start(Tag::List(None)) => self.bullets(Role::Quotation, 0, 0),
                Event::Start(Tag::BlockQuote(_)) => self.quotation(&span, None),
                Event::Start(Tag::DefinitionList) => self.definitions(None),
                Event::Start(Tag::Table(_)) => {
                    self.skip();
                    let fault = Diagnostic::error("a table inside a quotation").rule("construct");
                    self.fault(fault.hint("put it after the quotation, without `>`"), span);
                }
                Event::End(TagEnd::BlockQuote(_)) => break,
                Event::Start(tag) => self.other_block(tag, span),
                Event::Rule => self.rule(span),
                _ => {}
            }
        }
        self.quotation = None;
        if before == (self.blocks.len(), self.doubts.refused.len(), self.diagnostics_of_file()) {
            let fault = Diagnostic::error("a quotation without words").rule("without-words");
            let end = span.start + self.source(span).trim_end().len();
            self.fault(fault.hint("write them after the `>`, or take it away"), span.start..end);
        }
    }

    fn quoted_paragraph(&mut self) {
        if self.figure(None) {
            return;
        }
        let running = self.running();
        self.end(TagEnd::Paragraph);
        if self.is_without_text(&running) {
            return;
        }
        self.paragraph(running, Role::Quotation, None, None);
    }
}
