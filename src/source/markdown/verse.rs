//! Verse: lines that are kept, between `::: verse` and `:::`.
//!
//! The lines of the fence are found before Markdown is read, and are spaces to it, so that all places stay right. The spaces that
//! a line of verse starts with would make code of it, or be nothing; Markdown gets a mark in the place of each.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::TagEnd;

use super::TextReader;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Block, Inline, Label, Paragraph, Role, Verse, Within, extent};
use crate::text::SourceFile;

/// What starts the lines of a fence.
const FENCE: &str = ":::";
/// What stands for a space at the start of a line. In a source it is a fault.
pub(super) const INDENT: char = '\u{1}';
/// What parts two hemistichs.
const BETWEEN: [&str; 2] = [" … ", " ... "];

/// The verses of a file.
#[derive(Debug, Default)]
pub(super) struct Verses {
    found: Vec<Fenced>,
    /// The lines of the fences, which are no text.
    fences: Vec<Range<usize>>,
    /// The verse that was read last, and how many of its lines.
    last: (usize, u32),
    /// Whether the lines of one are read.
    pub(super) is_read: bool,
}

/// What stands in a fence.
#[derive(Debug)]
struct Fenced {
    /// Where the fence starts.
    start: usize,
    /// How many bytes stand before it on its line.
    before: usize,
    lines: Range<usize>,
}

impl Verses {
    /// Finds the verses of a file, and gives its text as Markdown is to read it. `start` is where the text starts in the file.
    pub(super) fn of<'t>(
        file: &Arc<SourceFile>,
        text: &'t str,
        start: usize,
        diagnostics: &mut Diagnostics,
    ) -> (Self, Cow<'t, str>) {
        if !text.contains(FENCE) {
            return (Self::default(), Cow::Borrowed(text));
        }
        let mut verses = Self::default();
        let mut read = String::with_capacity(text.len());
        let mut open: Option<Fenced> = None;
        for line in text.split_inclusive('\n') {
            let at = read.len();
            let inner = line.trim_start_matches([' ', '>']);
            let before = line.len() - inner.len();
            let place = |length: usize| start + at + before..start + at + before + length;
            let fault = |message: &str, hint: &str| {
                let fault = Diagnostic::error(message.to_owned()).rule("verse");
                fault.at(file, place(inner.trim_end().len())).hint(hint.to_owned())
            };
            let Some(named) = inner.trim_end().strip_prefix(FENCE) else {
                match &open {
                    Some(fenced) => line_of(line, fenced.before, &mut read),
                    None => read.push_str(line),
                }
                continue;
            };
            verses.fences.push(place(inner.len()));
            match (named.trim_start_matches(':').trim(), open.take()) {
                ("verse", None) => {
                    open = Some(Fenced {
                        start: start + at + before,
                        before,
                        lines: start + at + line.len()..start + at + line.len(),
                    });
                }
                ("", Some(mut fenced)) => {
                    fenced.lines.end = start + at;
                    verses.found.push(fenced);
                }
                ("", None) => diagnostics.push(fault("`:::` ends nothing here", "verse starts with `::: verse`")),
                (_, None) => diagnostics.push(fault("nothing else than verse is fenced", "write `::: verse`")),
                (_, Some(fenced)) => {
                    diagnostics.push(fault("a fence inside of verse", "end the verse before it: `:::`"));
                    open = Some(fenced);
                }
            }
            read.push_str(&line[..before]);
            read.extend(inner.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
        }
        if let Some(mut fenced) = open {
            let fault = Diagnostic::error("verse without its end").rule("verse");
            let fault = fault.at(file, fenced.start..fenced.start + FENCE.len());
            diagnostics.push(fault.hint("write `:::` on a line of its own after it"));
            fenced.lines.end = start + text.len();
            verses.found.push(fenced);
        }
        (verses, Cow::Owned(read))
    }

    /// Takes the lines of the fences.
    pub(super) fn take_fences(&mut self) -> Vec<Range<usize>> {
        std::mem::take(&mut self.fences)
    }

    /// Which verse something is of.
    fn place(&self, span: &Range<usize>) -> Option<usize> {
        let at = self.found.partition_point(|fenced| fenced.lines.end <= span.start);
        self.found
            .get(at)
            .filter(|fenced| fenced.lines.contains(&span.start))
            .map(|_| at)
    }
}

/// A line of verse as Markdown is to read it: what stands behind the margin of its fence does not start with spaces.
fn line_of(line: &str, margin: usize, read: &mut String) {
    let (before, inner) = line.split_at_checked(margin).unwrap_or((line, ""));
    let is_margin = before.bytes().all(|b| matches!(b, b' ' | b'>'));
    let text = inner.trim_start_matches(' ');
    if !is_margin || text.trim().is_empty() {
        read.push_str(line);
        return;
    }
    read.push_str(before);
    read.extend(std::iter::repeat_n(INDENT, inner.len() - text.len()));
    read.push_str(text);
}

impl TextReader<'_> {
    /// Whether a paragraph is a stanza.
    pub(super) fn is_verse(&self, span: &Range<usize>) -> bool {
        self.verses.place(span).is_some()
    }

    /// Reads a stanza of the top level, whose start was taken.
    pub(super) fn top_verse(&mut self, span: &Range<usize>) {
        let fence = self
            .verses
            .place(span)
            .map_or(span.start, |at| self.verses.found[at].start);
        let item = self.item_above("verse", &(fence..span.end));
        self.verse(span, item);
    }

    /// Reads a stanza whose start was taken, to the end of its paragraph; `item` is that of a list that it is of.
    pub(super) fn verse(&mut self, span: &Range<usize>, item: Option<Label>) {
        let Some(place) = self.verses.place(span) else { return };
        self.verses.is_read = true;
        let running = self.running();
        self.verses.is_read = false;
        self.end(TagEnd::Paragraph);
        if self.verses.last.0 != place + 1 {
            self.verses.last = (place + 1, 0);
        }
        let margin = self.verses.found[place].before;
        let mut id = running.id;
        let mut opens = true;
        for mut content in lines(running.content) {
            let span = extent(&content);
            let line = self.file.line_of(span.start);
            let inner = self.file.text().get(line.start + margin..line.end).unwrap_or_default();
            let indent = inner.len() - inner.trim_start_matches(' ').len();
            let second = self.hemistichs(&mut content, &span);
            self.verses.last.1 += 1;
            let verse = Verse {
                ordinal: place as u32 + 1,
                line: self.verses.last.1,
                opens: std::mem::take(&mut opens),
                indent: u8::try_from(indent).unwrap_or(u8::MAX),
                second,
            };
            let within = match self.quotation {
                Some(quotation) => Within {
                    quotation: Some(quotation.ordinal),
                    item: quotation.item,
                    quoted_item: item,
                    verse: Some(verse),
                },
                None => Within {
                    item,
                    verse: Some(verse),
                    ..Within::default()
                },
            };
            self.blocks.push(Block::Paragraph(Paragraph {
                role: Role::Verse,
                label: None,
                within,
                id: id.take(),
                content,
                span,
            }));
        }
    }

    /// Parts the two hemistichs of a line, and gives the place of the second; a space is left between them.
    fn hemistichs(&mut self, line: &mut Vec<Inline>, span: &Range<usize>) -> Option<usize> {
        let parts = |text: &str| {
            BETWEEN
                .iter()
                .find_map(|between| Some((text.find(between)?, between.len())))
        };
        let found = line.iter().enumerate().find_map(|(index, inline)| match inline {
            Inline::Text { text, .. } => parts(text).map(|(at, length)| (index, at, length)),
            _ => None,
        });
        let (index, at, length) = found?;
        let Some(Inline::Text { text, span: whole }) = line.get_mut(index) else {
            return None;
        };
        let rest = text.split_off(at + length);
        text.truncate(at);
        text.push(' ');
        let source = self.file.slice(whole.clone());
        let in_source = parts(source).map_or(whole.end, |(at, length)| whole.start + at + length);
        let second = in_source..whole.end;
        whole.end = in_source;
        if parts(&rest).is_some() {
            let fault = Diagnostic::error("a line of verse with more than two hemistichs").rule("verse");
            self.fault(fault.hint("write each pair on a line of its own"), span.clone());
        }
        if rest.is_empty() {
            return (index + 1 < line.len()).then_some(index + 1);
        }
        line.insert(
            index + 1,
            Inline::Text {
                text: rest,
                span: second,
            },
        );
        Some(index + 1)
    }
}

/// The lines of a stanza: emphasis goes over their ends.
fn lines(content: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut found: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in content {
        let wrap: fn(Vec<Inline>) -> Inline = match inline {
            Inline::Emphasis(_) => Inline::Emphasis,
            Inline::Strong(_) => Inline::Strong,
            Inline::Break => {
                found.push(Vec::new());
                continue;
            }
            other => {
                found.last_mut().into_iter().for_each(|line| line.push(other.clone()));
                continue;
            }
        };
        let (Inline::Emphasis(inner) | Inline::Strong(inner)) = inline else {
            continue;
        };
        for (at, part) in lines(inner).into_iter().enumerate() {
            if at > 0 {
                found.push(Vec::new());
            }
            if let Some(line) = found.last_mut().filter(|_| !part.is_empty()) {
                line.push(wrap(part));
            }
        }
    }
    found.retain(|line| !line.is_empty());
    found
}
