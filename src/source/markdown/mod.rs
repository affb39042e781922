//! The text of one language: CommonMark with footnotes and tables, read into an [`Expression`].
//!
//! What CommonMark can say and a document cannot hold is a fault with its place; nothing is left out in silence.

mod address;
mod attributes;
mod block;
mod bullets;
mod definition;
mod figure;
mod inline;
mod link;
mod list;
mod nesting;
mod note;
mod quotation;
mod run;
mod span;
mod table;
#[cfg(test)]
mod tests;
mod verse;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::{Has, Kind};
use crate::locale::Language;
use crate::model::{Block, Expression, Inline};
use crate::source::{About, Doubts, KnownLanguages, Suspect};
use crate::text::SourceFile;

/// What of Markdown is read beside CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_DEFINITION_LIST);

/// How many spaces farther in than its list something starts that belongs to an item of it. Markdown asks for as many as the
/// number above it is wide, which are four under `10. `; whoever indents by three means the same as under `9. `.
const DEEPER: usize = 2;

/// Reads the text of a language; `languages` are those that it can name. Faults go to `diagnostics`; what can be read in spite of them is read, so that later
/// checks find theirs in the same run.
pub(crate) fn parse(
    file: &Arc<SourceFile>,
    language: Language,
    kind: Kind,
    languages: &KnownLanguages,
    diagnostics: &mut Diagnostics,
) -> (Expression, Doubts) {
    // A byte order mark has a fault of its own; to Markdown it would be a letter, and the title none.
    let text = file.text().trim_start_matches('\u{feff}');
    let start = file.text().len() - text.len();
    if let Some(fault) = nesting::fault(file) {
        diagnostics.push(fault);
        let expression = Expression {
            language,
            title: Vec::new(),
            blocks: Vec::new(),
            notes: Vec::new(),
        };
        return (expression, Doubts::default());
    }
    let place = |span: Range<usize>| span.start + start..span.end + start;
    let (verses, text) = verse::Verses::of(file, text, start, diagnostics);
    let (blanked, attributes) = attributes::find(&text);
    let attributes = attributes.into_iter().map(|(at, found)| (at + start, found)).collect();
    let parser = Parser::new_ext(&blanked, OPTIONS);
    let mut links: Vec<Range<usize>> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| place(definition.span.clone()))
        .collect();
    links.sort_by_key(|span| span.start);
    let events: Vec<_> = parser
        .into_offset_iter()
        .map(|(event, span)| (event, place(span)))
        .collect();
    let (events, spans) = span::find(events, file, languages, diagnostics);
    let events = events.into_iter().peekable();
    let mut reader = TextReader {
        file,
        language,
        kind,
        attributes,
        events,
        diagnostics,
        doubts: Doubts::default(),
        title: None,
        blocks: Vec::new(),
        part: block::Region::first(kind),
        last: block::Last::default(),
        run: None,
        quotation: None,
        quotations: 0,
        verses,
        notes: note::Notes::default(),
        spans,
        in_note: false,
        unread: Vec::new(),
        read: Vec::new(),
    };
    reader.document();
    let fences = reader.verses.take_fences();
    reader.read.extend(fences);
    reader.left_over(&links);
    reader.missing_notes();
    reader.emptiness();
    let notes = reader.take_notes();
    let title = reader.title.take().map(|title| title.content).unwrap_or_default();
    let expression = Expression {
        language,
        title,
        blocks: reader.blocks,
        notes,
    };
    (expression, reader.doubts)
}

/// The title, with its place.
struct Title {
    content: Vec<Inline>,
    span: Range<usize>,
}

/// A reader of the events of one file.
struct TextReader<'a> {
    file: &'a Arc<SourceFile>,
    language: Language,
    kind: Kind,
    /// What stands in braces at the end of headings, by the places of their lines.
    attributes: BTreeMap<usize, attributes::Attributes>,
    events: std::iter::Peekable<std::vec::IntoIter<(Event<'a>, Range<usize>)>>,
    diagnostics: &'a mut Diagnostics,
    doubts: Doubts,
    title: Option<Title>,
    blocks: Vec<Block>,
    part: block::Region,
    last: block::Last,
    /// The paragraphs after the numbered ones that are none, the last of which was just read.
    run: Option<run::Run>,
    /// The quotation that is being read, and how many there are so far.
    quotation: Option<quotation::Quotation>,
    quotations: u32,
    /// Where verse stands.
    verses: verse::Verses,
    notes: note::Notes,
    /// The languages of the stretches that have one of their own.
    spans: span::Spans,
    /// Whether the text of a note is being read.
    in_note: bool,
    /// What is no text: comments, and what a fault was told of as a whole.
    unread: Vec<Range<usize>>,
    /// The blocks of the top level, one after the other.
    read: Vec<Range<usize>>,
}

impl<'a> TextReader<'a> {
    fn fault(&mut self, diagnostic: Diagnostic, span: Range<usize>) {
        let diagnostic = diagnostic.at(self.file, span);
        self.diagnostics.push(diagnostic);
    }

    /// A fault that may only follow from something that the text lacks beside the others.
    fn suspect(&mut self, about: About, fault: Diagnostic, span: Range<usize>) {
        let fault = fault.at(self.file, span);
        self.doubts.suspects.push(Suspect { about, fault });
    }

    /// Notes that a fault was told of the form of the block that is read next.
    fn form_is_told(&mut self) {
        self.doubts.told.insert(self.blocks.len());
    }

    /// The source of a range of bytes.
    fn source(&self, span: &Range<usize>) -> &'a str {
        self.file.slice(span.clone())
    }

    /// How many spaces stand before a piece of the text on its line.
    fn indent(&self, span: &Range<usize>) -> usize {
        let source = self.source(span);
        let start = span.start + source.len() - source.trim_start().len();
        let before = self.source(&(0..start));
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().filter(|c| *c == ' ').count()
    }

    /// Whether a piece of the text is indented as what belongs to an item of a list is.
    fn is_indented(&self, span: &Range<usize>) -> bool {
        self.indent(span) >= DEEPER
    }

    /// Passes over the rest of an element whose start was taken.
    fn skip(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.events.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Tells of an element that a document cannot hold and passes over it; its start was taken.
    fn refuse(&mut self, tag: &Tag<'a>, span: Range<usize>) {
        self.skip();
        self.unread.push(span.clone());
        self.doubts.refused.insert(self.blocks.len());
        if let Some((what, hint)) = refusal(tag) {
            self.fault(
                Diagnostic::error(format!("{what} is not part of a document"))
                    .rule("construct")
                    .hint(hint),
                span,
            );
        }
    }

    /// Tells of text that CommonMark leaves out: definitions of links, and their doubles.
    fn left_over(&mut self, links: &[Range<usize>]) {
        const HINT: &str = "a note is written `[^name]: text`, a link `[words](https://…)`";
        let mut read = std::mem::take(&mut self.read);
        for link in links {
            self.fault(
                Diagnostic::error("the definition of a link is not part of a document")
                    .rule("construct")
                    .hint(HINT),
                link.clone(),
            );
            read.push(link.clone());
        }
        read.sort_by_key(|span| span.start);
        let mut end = 0;
        let text = self.file.text();
        read.push(text.len()..text.len());
        for span in read {
            if let Some(gap) = text.get(end..span.start) {
                let trimmed = gap.trim_start();
                if !trimmed.trim_end_matches(is_blank).is_empty() {
                    let start = span.start - trimmed.len();
                    let message = "this is not read as text: it defines a link a second time";
                    self.fault(
                        Diagnostic::error(message).rule("construct").hint(HINT),
                        start..span.start,
                    );
                }
            }
            end = end.max(span.end);
        }
    }

    fn emptiness(&mut self) {
        let end = self.file.text().len();
        match (&self.title, self.blocks.is_empty()) {
            (None, true) if self.diagnostics_of_file() == 0 => {
                let hint = match self.kind.definition().structure.title {
                    Has::No => "write its paragraphs, an empty line between them",
                    _ => "start with the title, `# …`, then the paragraphs with an empty line between them",
                };
                self.fault(
                    Diagnostic::error("the document is empty").rule("empty").hint(hint),
                    0..0,
                );
            }
            (None, false) if self.kind.definition().structure.title == Has::Needed => {
                let message = "the document has no title";
                self.fault(
                    Diagnostic::error(message)
                        .rule("title-missing")
                        .hint("put `# ` and the title before the first paragraph"),
                    0..0,
                );
            }
            (Some(_), true) => {
                let message = "the document has a title, but no text";
                self.fault(
                    Diagnostic::error(message)
                        .rule("empty")
                        .hint("write its paragraphs, an empty line between them"),
                    end..end,
                );
            }
            _ => {}
        }
    }

    /// How many faults this file has so far.
    fn diagnostics_of_file(&self) -> usize {
        let here = |d: &&Diagnostic| matches!(d.place(), Some(crate::diagnostic::Place::Text { file, .. }) if file == self.file);
        self.diagnostics.iter().filter(here).count()
    }
}

/// White space of Markdown, and the mark that some editors put at the start of a file, which has a fault of its own.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// What is said of an element that a document cannot hold.
fn refusal(tag: &Tag<'_>) -> Option<(&'static str, &'static str)> {
    use pulldown_cmark::CodeBlockKind;
    Some(match tag {
        Tag::BlockQuote(_) => (
            "a quotation that stands apart in a note",
            "write it in quotation marks, without `>`",
        ),
        Tag::DefinitionList => ("a list of definitions in a note", "put it into the text"),
        Tag::CodeBlock(CodeBlockKind::Indented) => (
            "a line indented by four spaces (code, to Markdown)",
            "take the spaces away, or indent by three",
        ),
        Tag::CodeBlock(CodeBlockKind::Fenced(_)) => ("code", "write it as a paragraph"),
        Tag::HtmlBlock => (
            "HTML",
            "write it as text; a comment is `<!-- … -->` with nothing after it",
        ),
        Tag::Image { .. } => ("a picture by a definition", "write `![what is to be seen](file.svg)`"),
        Tag::Heading { .. } => (
            "a heading inside a list",
            "end the list with an unindented line before it",
        ),
        Tag::Table(_) => ("a table inside a note", "put the table into the text"),
        Tag::FootnoteDefinition(_) => (
            "a note inside a note",
            "write it after the other, with an empty line between",
        ),
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough => return None,
        _ => ("this element", "write it as a paragraph"),
    })
}
