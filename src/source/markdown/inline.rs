//! Running text: white space folded, emphasis nested, marks of notes numbered, the name at the end taken off.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use unicode_normalization::char::is_combining_mark;

use super::TextReader;
use super::verse::INDENT;
use crate::diagnostic::Diagnostic;
use crate::locale::Language;
use crate::model::{Inline, LinkTarget, plain, stretches};
use crate::text::is_invisible;

/// The text of a paragraph, a heading or a cell.
#[derive(Debug, Default)]
pub(super) struct Running {
    pub(super) content: Vec<Inline>,
    /// The name, of `{#name}`.
    pub(super) id: Option<String>,
    /// Where the text stands; an empty range where there is none.
    pub(super) span: Range<usize>,
}

impl Running {
    /// Whether there is something to read in it: a letter, a digit, a sign. White space, marks of letters and marks of notes
    /// say nothing by themselves.
    pub(super) fn has_words(&self) -> bool {
        let is_word = |c: char| !c.is_whitespace() && !is_invisible(c) && !is_combining_mark(c);
        plain(&self.content).chars().any(is_word) || has_reference(&self.content)
    }
}

/// Whether a cross-reference stands in running text, whose words are not known yet.
fn has_reference(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Link { target, .. } => matches!(target, LinkTarget::Block(_)),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Span { content: inner, .. } => has_reference(inner),
        Inline::Text { .. } | Inline::Mark { .. } | Inline::Break | Inline::Address { .. } => false,
    })
}

/// How deep emphasis may be nested. Two is what a text needs; the limit keeps a hostile one from eating the stack.
const DEEPEST: usize = 8;

/// What is open while running text is read.
pub(super) enum Style {
    Text,
    Emphasis,
    Strong,
    /// An element of no effect of its own.
    Plain,
    Address(Range<usize>),
    Span(Language, Range<usize>),
    Link(LinkTarget, Range<usize>),
}

/// Builds running text.
struct Builder {
    open: Vec<(Style, Vec<Inline>)>,
    /// Whether the text so far ends where a space would be one too many.
    at_space: bool,
    /// Whether nothing but spaces and a comma stands after the last mark of a note.
    after_mark: bool,
    span: Option<Range<usize>>,
}

impl Builder {
    fn new() -> Self {
        Self {
            open: vec![(Style::Text, Vec::new())],
            at_space: true,
            after_mark: false,
            span: None,
        }
    }

    fn cover(&mut self, span: &Range<usize>) {
        let covered = self.span.get_or_insert_with(|| span.clone());
        covered.start = covered.start.min(span.start);
        covered.end = covered.end.max(span.end);
    }

    fn top(&mut self) -> &mut Vec<Inline> {
        if self.open.is_empty() {
            self.open.push((Style::Text, Vec::new()));
        }
        let last = self.open.len() - 1;
        &mut self.open[last].1
    }

    fn text(&mut self, piece: &str, span: Range<usize>) {
        let mut folded = String::with_capacity(piece.len());
        for c in piece.chars() {
            // Other white space, as a no-break space, is there on purpose.
            let space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !(space && self.at_space) {
                folded.push(if space { ' ' } else { c });
            }
            self.at_space = space;
        }
        if folded.is_empty() {
            return;
        }
        self.after_mark &= parts_marks(&folded);
        match self.top().last_mut() {
            Some(Inline::Text { text, span: whole }) => {
                text.push_str(&folded);
                whole.end = whole.end.max(span.end);
            }
            _ => self.top().push(Inline::Text { text: folded, span }),
        }
    }

    /// Adds the mark of a note. What an author wrote between it and a mark right before it gives way to the comma that
    /// each language has there.
    fn mark(&mut self, note: usize, span: Range<usize>) {
        let mut joins = self.after_mark;
        let mut open = self.open.iter_mut().rev().map(|(_, content)| content);
        if let Some(content) = open.find(|content| !content.is_empty())
            && joins
            && let Some(Inline::Text { text, .. }) = content.last()
        {
            joins = parts_marks(text);
            if joins {
                content.pop();
            }
        }
        self.at_space = false;
        self.after_mark = true;
        self.top().push(Inline::Mark { note, joins, span });
    }

    fn line_break(&mut self) {
        self.after_mark = false;
        trim_spaces(self.top());
        self.top().push(Inline::Break);
        self.at_space = true;
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let Some((style, inner)) = self.open.pop() else { return };
        let top = self.top();
        match style {
            // The words of a cross-reference are filled in later.
            Style::Link(target @ LinkTarget::Block(_), span) => {
                top.push(Inline::Link {
                    target,
                    content: inner,
                    span,
                });
                self.at_space = false;
            }
            _ if inner.is_empty() => {}
            Style::Link(target, span) => top.push(Inline::Link {
                target,
                content: inner,
                span,
            }),
            Style::Emphasis => top.push(Inline::Emphasis(inner)),
            Style::Strong => top.push(Inline::Strong(inner)),
            Style::Address(span) => top.push(Inline::Address {
                text: plain(&inner),
                span,
            }),
            Style::Span(language, start) => {
                let last = stretches(&inner).last().map_or(start.end, |last| last.span.end);
                top.push(Inline::Span {
                    language,
                    content: inner,
                    span: start.start..last,
                });
            }
            Style::Text | Style::Plain => inner.into_iter().for_each(|inline| join(top, inline)),
        }
    }

    fn finish(mut self) -> (Vec<Inline>, Range<usize>) {
        while self.open.len() > 1 {
            self.close();
        }
        let mut content = std::mem::take(self.top());
        trim_start(&mut content);
        trim_end(&mut content);
        (content, self.span.unwrap_or_default())
    }
}

/// Adds an inline; text joins the text before it.
fn join(content: &mut Vec<Inline>, inline: Inline) {
    match (content.last_mut(), inline) {
        (
            Some(Inline::Text { text, span }),
            Inline::Text {
                text: more,
                span: further,
            },
        ) => {
            text.push_str(&more);
            span.end = span.end.max(further.end);
        }
        (_, inline) => content.push(inline),
    }
}

/// Whether a text is no more than what may stand between two marks of notes: spaces, with one comma among them.
fn parts_marks(text: &str) -> bool {
    matches!(text.trim_matches(' '), "" | "," | "،")
}

/// Takes off the start what breaks a line and has none before it, as after a comment.
fn trim_start(content: &mut Vec<Inline>) {
    while content.first_mut().is_some_and(|first| is_emptied(first, trim_start)) {
        content.remove(0);
    }
}

/// Takes off the end its spaces and what breaks a line and has none after it, as before a name.
fn trim_end(content: &mut Vec<Inline>) {
    trim_spaces(content);
    while content.last_mut().is_some_and(|last| is_emptied(last, trim_end)) {
        content.pop();
        trim_spaces(content);
    }
}

/// Whether nothing is left of a piece that is trimmed.
fn is_emptied(inline: &mut Inline, trim: fn(&mut Vec<Inline>)) -> bool {
    match inline {
        Inline::Break => true,
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Span { content: inner, .. }
        | Inline::Link {
            target: LinkTarget::Address(_),
            content: inner,
            ..
        } => {
            trim(inner);
            inner.is_empty()
        }
        Inline::Text { .. } | Inline::Mark { .. } | Inline::Address { .. } | Inline::Link { .. } => false,
    }
}

/// Takes the spaces off the end.
fn trim_spaces(content: &mut Vec<Inline>) {
    while let Some(Inline::Text { text, .. }) = content.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() {
            break;
        }
        content.pop();
    }
}

impl<'a> TextReader<'a> {
    /// Reads running text up to the next event that is none.
    pub(super) fn running(&mut self) -> Running {
        let mut builder = Builder::new();
        while let Some((event, span)) = self.events.next_if(|(event, _)| is_inline(event)) {
            builder.cover(&span);
            self.inline(event, span, &mut builder);
        }
        let (content, span) = builder.finish();
        let mut running = Running {
            content,
            id: None,
            span,
        };
        self.name(&mut running);
        let source = |span: Range<usize>| self.source(&span);
        running.content = super::address::part(running.content, &source);
        running
    }

    fn inline(&mut self, event: Event<'a>, span: Range<usize>, builder: &mut Builder) {
        match event {
            Event::Text(text) if text.starts_with(INDENT) => {
                let bare = text.trim_start_matches(INDENT);
                builder.text(bare, span.start + text.len() - bare.len()..span.end);
            }
            Event::Text(text) => builder.text(&text, span),
            // The lines of verse are kept.
            Event::SoftBreak if self.verses.is_read => builder.line_break(),
            Event::SoftBreak => builder.text(" ", span),
            Event::HardBreak => builder.line_break(),
            Event::FootnoteReference(name) => self.mark(&name, span, builder),
            Event::Code(text) => {
                let fault = Diagnostic::error("code is not part of a document").rule("construct");
                self.fault(
                    fault.hint("take the backticks away; a backtick itself is written \\`"),
                    span.clone(),
                );
                self.unread.push(span.clone());
                builder.text(&text, span);
            }
            Event::InlineHtml(html) | Event::Html(html) => {
                self.unread.push(span.clone());
                if !is_comment(&html) {
                    let fault = Diagnostic::error("HTML is not part of a document").rule("construct");
                    self.fault(fault.hint("write it as text; `<` itself is written `\\<`"), span);
                }
            }
            Event::Start(Tag::Emphasis) => self.open(Style::Emphasis, &span, builder),
            Event::Start(Tag::Strong) => self.open(Style::Strong, &span, builder),
            // The address is the text.
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            }) => {
                self.open(Style::Address(span.clone()), &span, builder);
            }
            // The parser is not asked for raised text: this is a stretch with a language.
            Event::Start(Tag::Superscript) => {
                let language = self.spans.get(&span.start).copied();
                let style = language.map_or(Style::Plain, |language| Style::Span(language, span.clone()));
                self.open(style, &span, builder);
            }
            Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url,
                title,
                ..
            }) => {
                let style = self.link(&dest_url, &title, &span);
                self.open(style, &span, builder);
            }
            // A link by a definition: the definition is told of.
            Event::Start(Tag::Link { .. }) => self.open(Style::Plain, &span, builder),
            Event::Start(Tag::Image {
                link_type: LinkType::Inline,
                ..
            }) => self.image_inside(span),
            Event::Start(tag) => self.refuse(&tag, span),
            Event::End(_) => builder.close(),
            _ => {}
        }
    }

    fn open(&mut self, style: Style, span: &Range<usize>, builder: &mut Builder) {
        if builder.open.len() <= DEEPEST {
            builder.open.push((style, Vec::new()));
            return;
        }
        if builder.open.len() == DEEPEST + 1 {
            let fault = Diagnostic::error("emphasis is nested too deep").rule("emphasis-depth");
            self.fault(fault.hint("write `*…*` for italics and `**…**` for bold"), span.clone());
        }
        // What is inside is read as text of the level above, so that the ends still match.
        self.flatten(builder);
    }

    /// Reads an element whose start was taken as text of what is open, however deep it goes.
    fn flatten(&mut self, builder: &mut Builder) {
        let mut depth = 1;
        while depth > 0 {
            match self.events.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some((Event::Text(text), span)) => builder.text(&text, span),
                Some(_) => {}
                None => return,
            }
        }
    }

    fn mark(&mut self, name: &str, span: Range<usize>, builder: &mut Builder) {
        if self.in_note {
            let fault = Diagnostic::error(format!("note `{name}` is marked inside a note")).rule("note-in-note");
            self.fault(fault.hint("mark it in the text"), span);
            return;
        }
        let note = self.notes.mark(name, &span);
        builder.mark(note, span);
    }

    /// Takes `{#name}` off the end.
    fn name(&mut self, running: &mut Running) {
        let source = self.source(&running.span);
        let named = source
            .trim_end()
            .strip_suffix('}')
            .and_then(|rest| Some((rest.rfind("{#")?, rest)));
        let named = named.filter(|(at, _)| !source[..*at].ends_with('\\'));
        let mut end = source.len();
        if let Some((at, rest)) = named {
            let id = &rest[at + 2..];
            let whole = running.span.start + at..running.span.start + rest.len() + 1;
            end = at;
            if id.is_empty() || !id.chars().all(is_name) {
                let fault = Diagnostic::error(format!("`{id}` is not a name")).rule("name-wrong");
                self.fault(
                    fault.hint("a name is made of Latin letters, digits, `-`, `_` and `.`"),
                    whole,
                );
            } else if strip(&mut running.content, &format!("{{#{id}}}")) {
                running.id = Some(id.to_owned());
            }
        }
        let mut misplaced = source[..end].match_indices("{#").map(|(at, _)| at);
        if let Some(at) = misplaced.find(|at| !source[..*at].ends_with('\\')) {
            let start = running.span.start + at;
            let fault = Diagnostic::error("a name stands at the end of its paragraph").rule("name-misplaced");
            let fault = fault.hint("move `{#…}` there, or write `\\{` for the brace itself");
            self.fault(fault, start..start + 2);
        }
    }
}

/// Whether a character may stand in a name.
pub(super) fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Takes a text off the end of running text, with the space before it; whether it was there.
fn strip(content: &mut Vec<Inline>, end: &str) -> bool {
    let Some(Inline::Text { text, span }) = content.last_mut() else {
        return false;
    };
    let Some(rest) = text.strip_suffix(end) else {
        return false;
    };
    text.truncate(rest.len());
    span.end -= end.len();
    trim_end(content);
    true
}

/// Whether an event is part of running text.
pub(super) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

/// Whether a piece of HTML is one comment and nothing else.
pub(super) fn is_comment(html: &str) -> bool {
    let inner = html
        .trim()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| !inner.contains("-->"))
}
