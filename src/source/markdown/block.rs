//! The blocks of a document in their order, and what each does: title, opening words, preamble, numbered paragraphs,
//! annexes.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::inline::is_comment;
use super::{TextReader, Title};
use crate::diagnostic::Diagnostic;
use crate::kind::{Has, Kind, TextForm};
use crate::model::{Block, Heading, Inline, Label, Paragraph, Role, Within, marks};
use crate::source::{About, Doubts};

/// The part of the document that is being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Region {
    /// Before the numbered paragraphs.
    Preamble,
    /// The numbered paragraphs.
    Operative {
        /// How many there were.
        count: u32,
        /// Where the last one stands.
        last: Range<usize>,
    },
    /// A text in which paragraphs with and without numbers come as they will: an annex, an article.
    Annex {
        /// The level of the last heading.
        level: u8,
        /// The number of the last item of the list before, 0 after a heading.
        count: u32,
    },
    /// What stands after the text and before the annexes.
    Closing {
        /// The number of the last item of the list before.
        count: u32,
    },
}

impl Region {
    /// The part with which a document of a kind starts.
    pub(super) fn first(kind: Kind) -> Self {
        match kind.definition().structure.text {
            TextForm::Numbered => Self::Preamble,
            TextForm::Free => Self::Annex { level: 1, count: 0 },
        }
    }

    /// The number of the last paragraph.
    fn count(&self) -> u32 {
        match self {
            Self::Preamble => 0,
            Self::Operative { count, .. } | Self::Annex { count, .. } | Self::Closing { count } => *count,
        }
    }
}

impl<'a> TextReader<'a> {
    /// Reads the whole file.
    pub(super) fn document(&mut self) {
        while let Some((event, span)) = self.events.next() {
            self.read.push(span.clone());
            match event {
                Event::Start(Tag::Heading { level, .. }) => self.heading(level, &span),
                Event::Start(Tag::Paragraph) => self.plain_paragraph(&span),
                Event::Start(Tag::List(Some(first))) => self.top_list(first, &span),
                Event::Start(Tag::List(None)) => self.top_bullets(&span),
                Event::Start(Tag::BlockQuote(_)) => self.top_quotation(&span),
                Event::Start(Tag::DefinitionList) => self.top_definitions(&span),
                Event::Start(tag) => self.other_block(tag, span),
                Event::Rule => self.part_rule(span),
                _ => {}
            }
        }
        self.end_run();
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

    /// What stands after a rule of the text of a kind that has such a part.
    fn part_rule(&mut self, span: Range<usize>) {
        let is_annexed = self.is_annexed();
        let has_closing = self.kind.definition().structure.closing;
        if !has_closing || is_annexed || self.blocks.is_empty() || matches!(self.part, Region::Closing { .. }) {
            self.rule(span);
            return;
        }
        self.end_run();
        self.part = Region::Closing { count: 0 };
    }

    /// Whether an annex is being read.
    fn is_annexed(&self) -> bool {
        let divisions = &self.kind.definition().structure.divisions;
        self.blocks.iter().any(|block| match block {
            Block::Heading(heading) => heading.division.is_some_and(|place| divisions[place].annex),
            _ => false,
        })
    }

    pub(super) fn rule(&mut self, span: Range<usize>) {
        let fault = Diagnostic::error("a rule is not part of a document").rule("construct");
        self.fault(
            fault.hint("take it away; the template draws the lines that a page has"),
            span,
        );
    }

    fn heading(&mut self, level: HeadingLevel, span: &Range<usize>) {
        self.end_run();
        let mut running = self.running();
        self.end(TagEnd::Heading(level));
        let level = level as u8;
        let attributes = self
            .attributes
            .remove(&self.file.line_of(span.start).start)
            .unwrap_or_default();
        running.id = running.id.take().or_else(|| attributes.id.clone());
        let place = if running.content.is_empty() {
            span.clone()
        } else {
            running.span.clone()
        };
        let is_title = level == 1 && self.title.is_none();
        let division = if is_title {
            None
        } else {
            self.division(level, &attributes)
        };
        let has_words = running.has_words();
        if !self.is_heading_of(division, has_words, &attributes, &place) {
            let fault = match is_title {
                true => Diagnostic::error("a title without words")
                    .rule("without-words")
                    .hint("write them after the `#`"),
                false => Diagnostic::error("a heading without words")
                    .rule("without-words")
                    .hint("write them after the `#`, or take the heading away"),
            };
            self.fault(fault, place.clone());
            self.form_is_told();
        }
        // A second title after the text is read as the heading of the annex that it is meant to be.
        let second = level == 1 && self.title.is_some() && !self.blocks.is_empty();
        if level > 1 || second {
            if second {
                self.second_title(place.clone());
            } else if level > 1 && division.is_none() {
                self.part_heading(level, &place);
            }
            let level = level.max(2);
            self.part = self.after_heading(level, division);
            let heading = Heading {
                level,
                division,
                number: attributes.number,
                says_label: false,
                id: running.id,
                content: running.content,
                span: place,
            };
            self.blocks.push(Block::Heading(heading));
            return;
        }
        if self.kind.definition().structure.title == Has::No {
            let fault = Diagnostic::error(format!("a {} has no title", self.kind.name())).rule("title-misplaced");
            self.fault(fault.hint("take it away, or start a division with `## `"), place);
            return;
        }
        if running.id.is_some() {
            let fault = Diagnostic::error("the title takes no name").rule("name-misplaced");
            self.fault(fault.hint("take `{#…}` away: a document has one title"), place.clone());
        }
        if self.title.is_some() {
            self.second_title(place);
            return;
        }
        if let Some(block) = self.blocks.first() {
            let fault = Diagnostic::error("text before the title")
                .rule("text-before-title")
                .at(self.file, block.span());
            let fault = fault.other(self.file, place.clone(), "the title");
            self.diagnostics.push(fault.hint("put the title first"));
        }
        self.title = Some(Title {
            content: running.content,
            span: place,
        });
    }

    /// The part that a heading starts.
    fn after_heading(&self, level: u8, division: Option<usize>) -> Region {
        let structure = &self.kind.definition().structure;
        let division = division.and_then(|place| structure.divisions.get(place));
        let is_numbered = structure.text == TextForm::Numbered;
        match division {
            Some(division) if is_numbered && !division.annex => match (division.goes_on, &self.part) {
                (true, Region::Operative { .. }) => self.part.clone(),
                _ => Region::Preamble,
            },
            Some(division) if !division.goes_on => Region::Annex { level, count: 0 },
            None if is_numbered => Region::Annex { level, count: 0 },
            // Where paragraphs count on across headings.
            _ => Region::Annex {
                level,
                count: self.part.count(),
            },
        }
    }

    fn second_title(&mut self, span: Range<usize>) {
        self.form_is_told();
        let fault = Diagnostic::error("a second title")
            .rule("title-twice")
            .at(self.file, span);
        let first = self.title.as_ref().map(|title| title.span.clone()).unwrap_or_default();
        let fault = fault.other(self.file, first, "the title");
        self.diagnostics
            .push(fault.hint("the heading of an annex starts with `## `"));
    }

    /// Where the text has no title, takes what stands before the opening words for it.
    fn untitled(&mut self, opening: &super::inline::Running) {
        let is_needed = self.kind.definition().structure.title == Has::Needed;
        if self.title.is_some() || !is_needed || self.blocks.len() != 1 || !is_opening(&opening.content) {
            return;
        }
        let (content, span) = match self.blocks.pop() {
            Some(Block::Paragraph(paragraph)) => (paragraph.content, paragraph.span),
            Some(Block::Heading(heading)) => (heading.content, heading.span),
            other => {
                self.blocks.extend(other);
                return;
            }
        };
        self.part = Region::Preamble;
        self.doubts = Doubts::default();
        let words = self.source(&span).trim_start_matches(['#', ' ']);
        let first: Vec<&str> = words.split_whitespace().take(3).collect();
        let fault = Diagnostic::error("the document has no title").rule("title-missing");
        let hint = format!("write one `#` and a space before it: `# {}`", first.join(" "));
        self.fault(fault.hint(hint), span.clone());
        self.title = Some(Title { content, span });
    }

    /// Looks whether a part of an annex leaves a level out.
    fn part_heading(&mut self, level: u8, span: &Range<usize>) {
        let above = match self.part {
            Region::Annex { level, .. } => level,
            _ => 1,
        };
        if level > above + 1 {
            let hint = format!("write `{}`; `## ` starts an annex", "#".repeat(usize::from(above) + 1));
            let message = format!("a heading of level {level} under one of level {above}");
            let fault = Diagnostic::error(message).rule("heading-level");
            // The signs stand before the words of the heading.
            let line = self.file.line_of(span.start);
            let before = &self.file.text()[line.start..span.start];
            let signs = line.start + (before.len() - before.trim_start().len());
            let length = before.trim().len();
            let fault = match before.trim().chars().all(|c| c == '#') && length == usize::from(level) {
                true => fault.fix_at(self.file, [(signs..signs + length, "#".repeat(usize::from(above) + 1))]),
                false => fault,
            };
            self.fault(fault.hint(hint), span.clone());
            self.form_is_told();
        }
    }

    /// A paragraph of the top level.
    fn plain_paragraph(&mut self, span: &Range<usize>) {
        if self.is_verse(span) {
            self.top_verse(span);
            return;
        }
        if self.starts_with_image() {
            let item = self.item_above("a picture", span);
            self.figure(item);
            return;
        }
        let running = self.running();
        self.end(TagEnd::Paragraph);
        if self.is_without_text(&running) {
            return;
        }
        if self.note_without_colon(&running.span) {
            return;
        }
        if self.is_indented(&running.span) && self.in_list() {
            let item = self.outermost();
            self.paragraph(running, Role::Continuation, None, Some(item));
            return;
        }
        let running = match self.after_numbered(running) {
            Ok(()) => return,
            Err(running) => running,
        };
        self.untitled(&running);
        let role = match self.part {
            Region::Annex { .. } => Role::Body,
            Region::Closing { .. } => Role::Closing,
            _ if self.blocks.is_empty() && is_opening(&running.content) => Role::Opening,
            _ => Role::Preambular,
        };
        self.paragraph(running, role, None, None);
    }

    /// Whether there is no text: a name alone, which is told, or a comment. That a text has no words is told too.
    pub(super) fn is_without_text(&mut self, running: &super::inline::Running) -> bool {
        if running.content.is_empty() {
            if running.id.is_some() {
                let fault = Diagnostic::error("a name without a paragraph").rule("name-misplaced");
                self.fault(
                    fault.hint("write `{#…}` at the end of the paragraph"),
                    running.span.clone(),
                );
            }
            return true;
        }
        if !running.has_words() {
            self.without_words(running);
        }
        false
    }

    /// Tells of a paragraph in which nothing can be read: a no-break space, the mark of a note alone.
    pub(super) fn without_words(&mut self, running: &super::inline::Running) {
        let hint = match marks(&running.content).first() {
            Some(_) => "put the mark of the note at the word that it belongs to",
            None => "take it away: the template draws the space between paragraphs",
        };
        let fault = Diagnostic::error("a paragraph without words").rule("without-words");
        self.fault(fault.hint(hint), running.span.clone());
        if !self.in_note {
            self.form_is_told();
        }
    }

    /// Whether the numbered paragraphs of this part have started, and nothing but them stands before.
    pub(super) fn in_list(&self) -> bool {
        let has_started = match &self.part {
            Region::Preamble => false,
            Region::Operative { .. } => true,
            Region::Annex { count, .. } | Region::Closing { count } => *count > 0,
        };
        let last = self.blocks.last();
        let last = match last {
            Some(Block::Paragraph(last)) => last,
            Some(Block::Figure(last)) => return last.within.item.is_some(),
            _ => return false,
        };
        let is_bulleted = last.label.or(last.within.item).is_some_and(|label| !label.is_number());
        let is_of_item = last.label.is_some() && last.role != Role::Quotation || last.within.item.is_some();
        (has_started || is_bulleted) && (is_of_item || last.role == Role::Continuation)
    }

    /// An ordered list of the top level.
    fn top_list(&mut self, first: u64, span: &Range<usize>) {
        if self.is_of_run(span) {
            self.nested(first, 0, span.clone(), Role::Operative, 0);
            return;
        }
        self.close_run(first);
        let (role, before) = match &self.part {
            Region::Preamble => (Role::Operative, 0),
            Region::Operative { count, .. } => (Role::Operative, *count),
            Region::Annex { count, .. } | Region::Closing { count } => (Role::Body, *count),
        };
        let goes_on = first == u64::from(before) + 1;
        let anew = first == 1 && role == Role::Body;
        let start = if goes_on || !anew { before } else { 0 };
        if !goes_on && !anew {
            let start = span.start + (self.source(span).len() - self.source(span).trim_start().len());
            let number = start..start + first.to_string().len();
            let about = About::Number(self.blocks.len());
            let fault = self.other_number(before, first);
            self.suspect(about, fault, number);
        }
        let before = self.blocks.len();
        let count = self.list(start, first, role, 0);
        let last = self.blocks[before..].iter().rev().find_map(|block| match block {
            Block::Paragraph(p) if p.label.is_some_and(|label| label.depth == 0) => Some(p.span.clone()),
            _ => None,
        });
        match &mut self.part {
            Region::Annex { count: counted, .. } | Region::Closing { count: counted } => *counted = count,
            part => {
                *part = Region::Operative {
                    count,
                    last: last.unwrap_or_default(),
                }
            }
        }
    }

    /// The fault of a list that does not go on with the number after the last one.
    fn other_number(&mut self, before: u32, first: u64) -> Diagnostic {
        self.last.read(&self.blocks);
        let message = match before {
            0 => "the numbered paragraphs do not start with 1".to_owned(),
            _ => format!("the numbered paragraphs go on with {first} after {before}"),
        };
        let hint = format!("write `{}. `", before + 1);
        let heading = self.last.annex.and_then(|at| self.blocks.get(at)).map(Block::span);
        let operative = self.last.operative.and_then(|at| label(self.blocks.get(at)?));
        let numbered = operative.map_or(0, |label| u64::from(label.ordinal));
        match heading {
            // The text goes on in spite of the heading: it is the heading that is one too many.
            Some(heading) if first == numbered + 1 && numbered > 0 => {
                let fault = Diagnostic::error("a heading among the numbered paragraphs starts an annex")
                    .rule("heading-among-numbers");
                let words: String = self.source(&heading).chars().take(HEADING_SHOWN).collect();
                let fault = fault.other(self.file, heading, "the annex starts here");
                fault
                    .label(format!("number {first} would belong to an annex"))
                    .hint(format!(
                        "take `## {words}` away; in an annex the numbers start again with `1. `"
                    ))
            }
            _ => {
                let fault = Diagnostic::error(message).rule("list-number");
                fault.fix((before + 1).to_string()).hint(hint)
            }
        }
    }

    /// Adds a paragraph. `item` is the one of a list that it belongs to without being its first paragraph.
    pub(super) fn paragraph(
        &mut self,
        running: super::inline::Running,
        role: Role,
        label: Option<Label>,
        item: Option<Label>,
    ) {
        let within = match self.quotation {
            Some(quotation) => Within {
                quotation: Some(quotation.ordinal),
                item: quotation.item,
                quoted_item: item,
                verse: None,
            },
            None => Within {
                item,
                ..Within::default()
            },
        };
        let is_quoted = within.quotation.is_some() && !matches!(role, Role::Term | Role::Definition);
        let (id, content, span) = (running.id, running.content, running.span);
        self.blocks.push(Block::Paragraph(Paragraph {
            role: if is_quoted { Role::Quotation } else { role },
            label,
            within,
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

/// How many characters of a heading are told.
const HEADING_SHOWN: usize = 200;

/// The last blocks of some kinds, by their places. A list asks for them, and a text may have as many lists as blocks.
#[derive(Debug, Default)]
pub(super) struct Last {
    /// How many blocks were looked at.
    read: usize,
    /// The heading of an annex.
    annex: Option<usize>,
    /// The paragraph with a label, of whatever depth.
    pub(super) labelled: Option<usize>,
    /// The numbered paragraph before the annexes.
    operative: Option<usize>,
}

impl Last {
    /// Looks at the blocks that were added.
    pub(super) fn read(&mut self, blocks: &[Block]) {
        if self.read > blocks.len() {
            *self = Self::default();
        }
        for (at, block) in blocks.iter().enumerate().skip(self.read) {
            self.block(at, block);
        }
        self.read = blocks.len();
    }

    /// Looks at a block that was added or has another label now.
    pub(super) fn block(&mut self, at: usize, block: &Block) {
        // The numbers of a quotation are those of another text.
        if matches!(block, Block::Paragraph(paragraph) if paragraph.role == Role::Quotation) {
            return;
        }
        let of_operative = matches!(block, Block::Paragraph(paragraph) if paragraph.role == Role::Operative);
        match (block, label(block)) {
            (Block::Heading(heading), _) if heading.level == 2 && heading.division.is_some() => {
                self.annex = self.annex.max(Some(at));
            }
            (_, Some(label)) => {
                self.labelled = self.labelled.max(Some(at));
                if of_operative && label.depth == 0 {
                    self.operative = self.operative.max(Some(at));
                }
            }
            _ => {}
        }
    }
}

/// The label of a block.
pub(super) fn label(block: &Block) -> Option<Label> {
    match block {
        Block::Paragraph(paragraph) => paragraph.label,
        Block::Heading(_) | Block::Table(_) | Block::Figure(_) => None,
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
