//! Ordered lists: numbered paragraphs, their sub-paragraphs, and the paragraphs that belong to them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::TextReader;
use super::block::label;
use crate::diagnostic::Diagnostic;
use crate::model::{Label, Role};
use crate::source::About;

/// How deep lists may be nested: twice what the labels of a language tell apart.
pub(super) const DEEPEST: u8 = 8;

/// The number that is written at an item, where it stands, and the block of the item.
type Typed = (u64, Range<usize>, usize);

/// Whether an item that is indented is a sub-paragraph: it is number 1, or goes on after those before it.
fn goes_below(number: Option<&Typed>, below: &[Typed]) -> bool {
    number.is_some_and(|(number, ..)| *number == 1 || !below.is_empty() && *number == below.len() as u64 + 1)
}

impl<'a> TextReader<'a> {
    /// Reads a list whose start was taken. `before` is the number of the last item before it, `first` the number that is
    /// written at its first item. Returns the number of its last item.
    pub(super) fn list(&mut self, before: u32, first: u64, role: Role, depth: u8) -> u32 {
        let mut ordinal = before;
        let mut typed = Vec::new();
        let mut margin = None;
        let mut below: Vec<Typed> = Vec::new();
        while let Some((event, span)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let block = self.blocks.len();
                    let number = self.typed(&span).map(|(number, span)| (number, span, block));
                    let indent = self.indent(&span);
                    // To Markdown this is the next item of the list where the number above it is wider than its indent.
                    let margin = *margin.get_or_insert(indent);
                    if indent >= margin + super::DEEPER
                        && depth < DEEPEST
                        && goes_below(number.as_ref(), &below)
                        && (!below.is_empty() || self.is_last_at(depth))
                    {
                        below.extend(number);
                        let ordinal = below.len() as u32;
                        self.item(span, role, Label::number(depth + 1, ordinal));
                        continue;
                    }
                    self.numbers(&std::mem::take(&mut below), 0, 1);
                    ordinal = ordinal.saturating_add(1);
                    typed.extend(number);
                    self.item(span, role, Label::number(depth, ordinal));
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        self.numbers(&below, 0, 1);
        self.numbers(&typed, before, first);
        ordinal
    }

    /// Whether the last paragraph with a label is of this depth, so that no sub-paragraphs of it stand before.
    fn is_last_at(&mut self, depth: u8) -> bool {
        self.last.read(&self.blocks);
        let last = self.last.labelled.and_then(|at| label(self.blocks.get(at)?));
        last.is_some_and(|label| label.depth == depth)
    }

    /// The number that is written at an item.
    fn typed(&self, item: &Range<usize>) -> Option<(u64, Range<usize>)> {
        let source = self.source(item).trim_start();
        let start = item.end - source.len();
        let digits = source.len() - source.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        Some((source[..digits].parse().ok()?, start..start + digits))
    }

    /// Looks at the numbers that are written at the items of a list. Markdown reads only the first one, but what somebody
    /// typed should be what is printed. Where all are the same, they say nothing, and the items are counted.
    fn numbers(&mut self, typed: &[Typed], before: u32, first: u64) {
        let all_alike = typed.iter().all(|(number, _, _)| *number == first);
        let right = u64::from(before) + 1;
        let expected = (first..)
            .zip(typed)
            .find(|(expected, (number, _, _))| expected != number);
        // Where the others have their numbers, only the first one is wrong, and that is told.
        let only_first = first != right
            && (right..)
                .zip(typed)
                .skip(1)
                .all(|(right, (number, _, _))| right == *number);
        let expected = expected.filter(|_| !only_first);
        if expected.is_some() && !all_alike || first != right {
            let written = typed.iter().map(|(number, _, block)| (*block, *number));
            self.doubts.written.extend(written);
        }
        if let Some((expected, (number, span, block))) = expected.filter(|_| !all_alike) {
            let ordinal = right + (expected - first);
            let message = format!("this item is written `{number}`, but it is number {ordinal} of its list");
            let hint = format!("write `{expected}. `; a sub-paragraph is indented as far as the text it belongs to");
            let about = About::Number(*block);
            let fault = Diagnostic::error(message).rule("list-number");
            self.suspect(about, fault.fix(expected.to_string()).hint(hint), span.clone());
        }
    }

    /// Reads an item whose start was taken.
    pub(super) fn item(&mut self, item: Range<usize>, role: Role, label: Label) {
        let mut label_left = Some(label);
        let mut count = 0;
        while let Some((event, span)) = self.events.peek() {
            let span = span.clone();
            match event {
                Event::End(TagEnd::Item) => {
                    self.events.next();
                    break;
                }
                Event::Start(Tag::Paragraph) => {
                    self.events.next();
                    if self.is_verse(&span) {
                        self.no_text(&item, &mut label_left);
                        self.verse(&span, Some(label));
                        continue;
                    }
                    if self.starts_with_image() {
                        self.no_text(&item, &mut label_left);
                        self.figure(Some(label));
                        continue;
                    }
                    let running = self.running();
                    self.end(TagEnd::Paragraph);
                    self.item_text(running, role, label, &mut label_left);
                }
                Event::Start(Tag::List(Some(first))) => {
                    let first = *first;
                    self.events.next();
                    self.no_text(&item, &mut label_left);
                    count = self.nested(first, count, span, role, label.depth);
                }
                Event::Start(tag @ (Tag::List(None) | Tag::BlockQuote(_) | Tag::DefinitionList)) => {
                    let tag = tag.clone();
                    self.events.next();
                    self.no_text(&item, &mut label_left);
                    match tag {
                        Tag::List(_) => self.nested_bullets(&span, role, label),
                        Tag::BlockQuote(_) => self.quotation(&span, Some(label)),
                        _ => self.definitions(Some(label)),
                    }
                }
                Event::Start(tag @ (Tag::Table(_) | Tag::FootnoteDefinition(_))) => {
                    let tag = tag.clone();
                    self.events.next();
                    if matches!(tag, Tag::Table(_)) {
                        self.no_text(&item, &mut label_left);
                    }
                    self.other_block(tag, span);
                }
                event if super::inline::is_inline(event) => {
                    let running = self.running();
                    self.item_text(running, role, label, &mut label_left);
                }
                _ => match self.events.next() {
                    Some((Event::Start(tag), span)) => {
                        // Its text would be that of the item, but for the fault that is told.
                        if !matches!(tag, Tag::HtmlBlock) {
                            label_left = None;
                        }
                        self.other_block(tag, span);
                    }
                    Some((Event::Rule, span)) => self.rule(span),
                    _ => {}
                },
            }
        }
        self.no_text(&item, &mut label_left);
    }

    /// Adds a paragraph of an item: the first one with its label, which is `left` until then.
    fn item_text(&mut self, running: super::inline::Running, role: Role, item: Label, left: &mut Option<Label>) {
        match left.take() {
            Some(label) if !running.content.is_empty() => {
                if !running.has_words() {
                    self.without_text(label, running.span.clone());
                }
                self.paragraph(running, role, Some(label), None);
            }
            label => {
                *left = label;
                if !self.is_without_text(&running) {
                    self.paragraph(running, Role::Continuation, None, Some(item));
                }
            }
        }
    }

    /// Tells of an item that has no text of its own before what is in it.
    fn no_text(&mut self, item: &Range<usize>, label: &mut Option<Label>) {
        if let Some(label) = label.take() {
            self.without_text(label, item.clone());
        }
    }

    fn without_text(&mut self, label: Label, span: Range<usize>) {
        let (message, hint) = match label.depth {
            _ if !label.is_number() => (
                "an item of a list has no text".to_owned(),
                "write its text after the `-`, or take the `-` away",
            ),
            0 => (
                format!("paragraph {} has no text", label.ordinal),
                "write its text after the number, or take the number away",
            ),
            _ => (
                format!("sub-paragraph {} has no text", label.ordinal),
                "write its text after the number, or take the number away",
            ),
        };
        let fault = Diagnostic::error(message).rule("without-words").hint(hint);
        self.fault(fault, span);
    }

    /// Tells of a list that is nested too deep.
    pub(super) fn too_deep(&mut self, span: Range<usize>) {
        let fault = Diagnostic::error("lists are nested too deep").rule("list-depth");
        self.fault(
            fault.hint(format!("{DEEPEST} levels are the most that a document has")),
            span,
        );
    }

    pub(super) fn nested(&mut self, first: u64, before: u32, span: Range<usize>, role: Role, depth: u8) -> u32 {
        if depth >= DEEPEST {
            self.skip();
            self.too_deep(span);
            return before;
        }
        if first != u64::from(before) + 1 {
            let message = match before {
                0 => "the sub-paragraphs do not start with 1".to_owned(),
                _ => format!("the sub-paragraphs go on with {first} after {before}"),
            };
            let start = span.start + (self.source(&span).len() - self.source(&span).trim_start().len());
            let number = start..start + first.to_string().len();
            let fault = Diagnostic::error(message).rule("list-number");
            let fault = fault
                .fix((before + 1).to_string())
                .hint(format!("write `{}. `", before + 1));
            self.suspect(About::Number(self.blocks.len()), fault, number);
        }
        self.list(before, first, role, depth + 1)
    }
}
