//! Lists of definitions: terms, each with what it means.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::TextReader;
use super::inline::is_inline;
use crate::diagnostic::Diagnostic;
use crate::model::{Label, Role};

impl TextReader<'_> {
    /// Reads a list of definitions of the top level, whose start was taken.
    pub(super) fn top_definitions(&mut self, span: &Range<usize>) {
        let item = self.item_above("a list of definitions", span);
        self.definitions(item);
    }

    /// Reads a list of definitions whose start was taken; `item` is that of a list that it is of.
    pub(super) fn definitions(&mut self, item: Option<Label>) {
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::DefinitionListTitle) => {
                    let running = self.running();
                    self.end(TagEnd::DefinitionListTitle);
                    if !self.is_without_text(&running) {
                        self.paragraph(running, Role::Term, None, item);
                    }
                }
                Event::Start(Tag::DefinitionListDefinition) => self.meaning(item),
                Event::End(TagEnd::DefinitionList) => break,
                _ => {}
            }
        }
    }

    fn meaning(&mut self, item: Option<Label>) {
        while let Some((event, span)) = self.events.peek() {
            let span = span.clone();
            if is_inline(event) {
                let running = self.running();
                if !self.is_without_text(&running) {
                    self.paragraph(running, Role::Definition, None, item);
                }
                continue;
            }
            match self.events.next() {
                Some((Event::Start(Tag::Paragraph), _)) => {
                    let running = self.running();
                    self.end(TagEnd::Paragraph);
                    if !self.is_without_text(&running) {
                        self.paragraph(running, Role::Definition, None, item);
                    }
                }
                Some((Event::Start(tag @ (Tag::List(_) | Tag::Table(_) | Tag::BlockQuote(_))), _)) => {
                    self.skip();
                    self.unread.push(span.clone());
                    let what = match tag {
                        Tag::List(_) => "a list",
                        Tag::Table(_) => "a table",
                        _ => "a quotation",
                    };
                    let fault = Diagnostic::error(format!("{what} inside a definition")).rule("construct");
                    self.fault(
                        fault.hint("a definition holds paragraphs: put it after the definitions"),
                        span,
                    );
                }
                Some((Event::End(TagEnd::DefinitionListDefinition), _)) | None => break,
                Some((Event::Start(tag), _)) => self.other_block(tag, span),
                Some((Event::Rule, _)) => self.rule(span),
                Some(_) => {}
            }
        }
    }
}
