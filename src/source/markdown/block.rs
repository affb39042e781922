//! The blocks of a document in their order, and what each does: title, opening words, preamble, numbered paragraphs,
//! annexes.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::inline::is_comment;
use super::{Reader, Title};
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Heading, Inline, Label, Paragraph, Role};

/// The part of the document that is being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Before the numbered paragraphs.
    Preamble,
    /// The numbered paragraphs.
    Operative {
        /// How many there were.
        count: u32,
        /// Where the last one stands.
        last: Range<usize>,
    },
    /// An annex.
    Annex {
        /// The level of the last heading.
        level: u8,
        /// The number of the last item of the list before, 0 after a heading.
        count: u32,
    },
}

impl<'a> Reader<'a> {
    /// Reads the whole file.
    pub(super) fn document(&mut self) {
        while let Some((event, span)) = self.events.next() {
            self.read.push(span.clone());
            match event {
                Event::Start(Tag::Heading { level, .. }) => self.heading(level, &span),
                Event::Start(Tag::Paragraph) => self.plain_paragraph(),
                Event::Start(Tag::List(Some(first))) => self.top_list(first, &span),
                Event::Start(tag) => self.other_block(tag, span),
                Event::Rule => self.rule(span),
                _ => {}
            }
        }
    }

    /// A block that may stand anywhere: a note, a table, or what a document cannot hold.
    pub(super) fn other_block(&mut self, tag: Tag<'a>, span: Range<usize>) {
        match tag {
            Tag::FootnoteDefinition(name) if !self.in_note => self.note(&name, span),
            Tag::Table(columns) if !self.in_note => self.table(&columns, span),
            Tag::HtmlBlock if is_comment(self.source(&span)) => {
                self.skip();
                self.unread.push(span);
            }
            tag => self.refuse(&tag, span),
        }
    }

    pub(super) fn rule(&mut self, span: Range<usize>) {
        let fault = Diagnostic::error("a rule is not part of a document");
        self.fault(
            fault.hint("take it away; the template draws the lines that a page has"),
            span,
        );
    }

    fn heading(&mut self, level: HeadingLevel, span: &Range<usize>) {
        let running = self.running();
        self.end(TagEnd::Heading(level));
        let level = level as u8;
        let place = if running.content.is_empty() {
            span.clone()
        } else {
            running.span.clone()
        };
        if running.content.is_empty() {
            let fault = Diagnostic::error("a heading without words");
            self.fault(fault.hint("write them after the `#`, or take the heading away"), place);
            self.part = Part::Annex {
                level: level.max(2),
                count: 0,
            };
            return;
        }
        if level > 1 {
            self.part_heading(level, &place);
            let heading = Heading {
                level,
                id: running.id,
                content: running.content,
                span: place,
            };
            self.blocks.push(Block::Heading(heading));
            return;
        }
        if running.id.is_some() {
            let fault = Diagnostic::error("the title takes no name");
            self.fault(fault.hint("take `{#…}` away: a document has one title"), place.clone());
        }
        if let Some(title) = &self.title {
            let fault = Diagnostic::error("a second title").at(self.file, place);
            let fault = fault.other(self.file, title.span.clone(), "the title");
            self.diagnostics
                .push(fault.hint("the heading of an annex starts with `## `"));
            return;
        }
        if let Some(block) = self.blocks.first() {
            let fault = Diagnostic::error("text before the title").at(self.file, block.span());
            let fault = fault.other(self.file, place.clone(), "the title");
            self.diagnostics.push(fault.hint("put the title first"));
        }
        self.title = Some(Title {
            content: running.content,
            span: place,
        });
    }

    /// Goes on to an annex or to a part of one.
    fn part_heading(&mut self, level: u8, span: &Range<usize>) {
        let above = match self.part {
            Part::Annex { level, .. } => level,
            _ => 1,
        };
        if level > above + 1 {
            let hint = format!("write `{}`; `## ` starts an annex", "#".repeat(usize::from(above) + 1));
            let message = format!("a heading of level {level} under one of level {above}");
            self.fault(Diagnostic::error(message).hint(hint), span.clone());
        }
        self.part = Part::Annex { level, count: 0 };
    }

    /// A paragraph of the top level.
    fn plain_paragraph(&mut self) {
        let running = self.running();
        self.end(TagEnd::Paragraph);
        if running.content.is_empty() {
            // A name alone, or a comment.
            if running.id.is_some() {
                let fault = Diagnostic::error("a name without a paragraph");
                self.fault(fault.hint("write `{#…}` at the end of the paragraph"), running.span);
            }
            return;
        }
        if let Part::Operative { count, last } = &self.part {
            let hint = format!(
                "indent it by three or four spaces where it belongs to paragraph {count}; an annex starts with `## `"
            );
            let fault = Diagnostic::error("a paragraph after the numbered paragraphs has no number");
            let fault = fault.at(self.file, running.span.clone()).hint(hint);
            let label = format!("paragraph {count}");
            self.diagnostics.push(fault.other(self.file, last.clone(), label));
        }
        self.typed_number(&running.span);
        let role = match self.part {
            Part::Annex { .. } => Role::Body,
            _ if self.blocks.is_empty() && is_opening(&running.content) => Role::Opening,
            _ => Role::Preambular,
        };
        let (id, content, span) = (running.id, running.content, running.span);
        self.blocks.push(Block::Paragraph(Paragraph {
            role,
            label: None,
            id,
            content,
            span,
        }));
    }

    /// Warns of a paragraph that starts like the item of a list, but is none to Markdown.
    pub(super) fn typed_number(&mut self, span: &Range<usize>) {
        let source = self.source(span);
        let digits = source.trim_start_matches(char::is_numeric);
        let number = &source[..source.len() - digits.len()];
        let marked = ["-", ".", ")", " -", "–", " –"]
            .iter()
            .find_map(|mark| digits.strip_prefix(mark));
        if number.is_empty() || number.chars().count() > 3 || !marked.is_some_and(|rest| rest.starts_with([' ', '*'])) {
            return;
        }
        let start = span.start;
        let warning = Diagnostic::warning("this paragraph starts like a numbered one, but is none");
        let hint = "a numbered paragraph starts with Western digits, a full stop and a space: `1. `; each edition \
                    prints the number as its language does";
        self.fault(warning.hint(hint), start..start + number.len());
    }

    /// An ordered list of the top level.
    fn top_list(&mut self, first: u64, span: &Range<usize>) {
        let (role, before) = match &self.part {
            Part::Preamble => (Role::Operative, 0),
            Part::Operative { count, .. } => (Role::Operative, *count),
            Part::Annex { count, .. } => (Role::Body, *count),
        };
        let goes_on = first == u64::from(before) + 1;
        let anew = first == 1 && role == Role::Body;
        let start = if goes_on || !anew { before } else { 0 };
        if !goes_on && !anew {
            let message = match before {
                0 => "the numbered paragraphs do not start with 1".to_owned(),
                _ => format!("the numbered paragraphs go on with {first} after {before}"),
            };
            let number = span.start..span.start + first.to_string().len();
            self.fault(
                Diagnostic::error(message).hint(format!("write `{}. `", before + 1)),
                number,
            );
        }
        let before = self.blocks.len();
        let count = self.list(start, first, role, 0);
        let last = self.blocks[before..].iter().rev().find_map(|block| match block {
            Block::Paragraph(p) if p.label.is_some_and(|label| label.depth == 0) => Some(p.span.clone()),
            _ => None,
        });
        match &mut self.part {
            Part::Annex { count: counted, .. } => *counted = count,
            part => {
                *part = Part::Operative {
                    count,
                    last: last.unwrap_or_default(),
                }
            }
        }
    }

    /// Adds a paragraph of a list: with a label the first of its item, without one a further one.
    pub(super) fn item_paragraph(&mut self, running: super::inline::Running, role: Role, label: Option<Label>) {
        let role = if label.is_some() { role } else { Role::Continuation };
        let (id, content, span) = (running.id, running.content, running.span);
        self.blocks.push(Block::Paragraph(Paragraph {
            role,
            label,
            id,
            content,
            span,
        }));
    }

    /// Takes the end of an element, and whatever stands before it and cannot be read.
    pub(super) fn end(&mut self, tag: TagEnd) {
        while let Some((event, span)) = self.events.next() {
            match event {
                Event::End(end) if end == tag => return,
                Event::Start(tag) => self.refuse(&tag, span),
                _ => {}
            }
        }
    }
}

/// Whether a paragraph is the words that name the body that acts: one lead phrase, with no more than a mark after it.
fn is_opening(content: &[Inline]) -> bool {
    match content {
        [Inline::Emphasis(_)] => true,
        [Inline::Emphasis(_), Inline::Text { text, .. }] => !text.chars().any(char::is_alphanumeric),
        _ => false,
    }
}
