//! Stretches whose language the author names: `[C++]{.en}`, as Pandoc and Djot write them.
//!
//! To CommonMark the brackets are text, cut into events as it happens. They are found before the events are read, by their
//! places in the source; each stretch then stands between the start and the end of an element that CommonMark has not
//! ([`Tag::Superscript`]), with its language in a table.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::inline::is_inline;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::Language;
use crate::source::KnownLanguages;
use crate::text::SourceFile;

/// An event of the parser, with its bytes.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The languages of the stretches of a file, by the places of their opening brackets.
pub(super) type Spans = BTreeMap<usize, Language>;

/// Finds the stretches of a file; their brackets become events.
pub(super) fn find<'a>(
    events: Vec<Placed<'a>>,
    file: &Arc<SourceFile>,
    languages: &KnownLanguages,
    diagnostics: &mut Diagnostics,
) -> (Vec<Placed<'a>>, Spans) {
    if !file.text().contains("{.") && !file.text().contains("]{") {
        return (events, Spans::new());
    }
    let mut found = Vec::with_capacity(events.len());
    let mut spans = Spans::new();
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        if !is_inline(&event.0) {
            found.push(event);
            continue;
        }
        let mut running = vec![event];
        running.extend(std::iter::from_fn(|| events.next_if(|(event, _)| is_inline(event))));
        let mut scan = Scan {
            file,
            languages,
            diagnostics,
            spans: &mut spans,
            open: Vec::new(),
            edits: BTreeMap::new(),
        };
        let running = scan.without_links(running);
        scan.brackets(&running);
        scan.strays(&running);
        scan.cut(running, &mut found);
    }
    (found, spans)
}

/// A bracket that is open.
struct Open {
    at: usize,
    /// The event that it stands in.
    event: usize,
    /// The innermost element that is open round it, by the place of its start among the events: all others that are open
    /// follow from it.
    inside: Option<usize>,
}

/// What becomes of bytes that are notation.
#[derive(Clone, Copy, PartialEq)]
enum Edit {
    Start,
    End,
    /// Nothing: a fault was told of it.
    Gone,
}

struct Scan<'a, 'd> {
    file: &'a Arc<SourceFile>,
    languages: &'a KnownLanguages,
    diagnostics: &'d mut Diagnostics,
    spans: &'d mut Spans,
    open: Vec<Open>,
    /// What becomes of which bytes, by their start.
    edits: BTreeMap<usize, (Range<usize>, Edit)>,
}

impl Scan<'_, '_> {
    fn fault(&mut self, message: impl Into<String>, hint: impl Into<String>, span: Range<usize>) {
        self.fault_with(message, hint, span, None);
    }

    /// A fault at a place, with what to write there.
    fn fault_with(
        &mut self,
        message: impl Into<String>,
        hint: impl Into<String>,
        span: Range<usize>,
        meant: Option<String>,
    ) {
        let fault = Diagnostic::error(message)
            .rule("stretch")
            .hint(hint)
            .at(self.file, span);
        self.diagnostics.push(match meant {
            Some(meant) => fault.fix(meant),
            None => fault,
        });
    }

    fn source(&self, span: Range<usize>) -> &str {
        self.file.text().get(span).unwrap_or_default()
    }

    /// A bracket whose words are those of a link definition is a link to CommonMark; before `{.` it is a bracket again.
    fn without_links<'e>(&self, events: Vec<Placed<'e>>) -> Vec<Placed<'e>> {
        let mut brackets = Vec::new();
        let one = |(event, span): Placed<'e>| match event {
            Event::Start(Tag::Link { link_type, .. }) => {
                let shortcut = matches!(link_type, LinkType::Shortcut | LinkType::ShortcutUnknown);
                let bracket = shortcut && self.file.text()[span.end..].starts_with("{.");
                brackets.push(bracket);
                match bracket {
                    true => (Event::Text(CowStr::Borrowed("[")), span.start..span.start + 1),
                    false => (event, span),
                }
            }
            Event::End(TagEnd::Link) if brackets.pop() == Some(true) => {
                (Event::Text(CowStr::Borrowed("]")), span.end - 1..span.end)
            }
            event => (event, span),
        };
        events.into_iter().map(one).collect()
    }

    /// Whether the first character of the event at a place in the list was written with a backslash.
    fn is_escaped(&self, events: &[Placed<'_>], at: usize) -> bool {
        let start = events[at].1.start;
        let told = at
            .checked_sub(1)
            .is_some_and(|before| events[before].1.end >= start && is_text(&events[before].0));
        !told && self.source(0..start).ends_with('\\')
    }

    /// The characters of the text that stand in the source as they are, each with its event and its place.
    fn characters(&self, events: &[Placed<'_>]) -> Vec<(usize, usize, char)> {
        let mut characters = Vec::new();
        for (index, (event, span)) in events.iter().enumerate() {
            let Event::Text(text) = event else { continue };
            if self.source(span.clone()) != &**text {
                continue;
            }
            let skipped = usize::from(self.is_escaped(events, index));
            let placed = text.char_indices().skip(skipped);
            characters.extend(placed.map(|(at, c)| (index, span.start + at, c)));
        }
        characters
    }

    fn brackets(&mut self, events: &[Placed<'_>]) {
        let mut inside = Vec::new();
        let mut last = 0;
        let notes: Vec<usize> = (0..events.len())
            .filter(|at| matches!(events[*at].0, Event::FootnoteReference(_)))
            .collect();
        for (event, at, c) in self.characters(events) {
            for (place, (event, _)) in events.iter().enumerate().take(event).skip(last) {
                match event {
                    Event::Start(_) => inside.push(place),
                    Event::End(_) => drop(inside.pop()),
                    _ => {}
                }
            }
            last = event;
            match c {
                '[' => self.open.push(Open {
                    at,
                    event,
                    inside: inside.last().copied(),
                }),
                ']' => {
                    let open = self.open.pop();
                    let first = open
                        .as_ref()
                        .map_or(0, |open| notes.partition_point(|note| *note < open.event));
                    let note = notes
                        .get(first)
                        .filter(|note| **note < event)
                        .map(|note| &events[*note]);
                    let end = events.last().map_or(at + 1, |(_, span)| span.end);
                    self.closed(open, at, (inside.last().copied(), note), end);
                }
                _ => {}
            }
        }
    }

    /// Reads what follows a closing bracket that stands inside of an element; `note` is the first mark of a note between the
    /// brackets, `end` where the running text ends.
    fn closed(
        &mut self,
        open: Option<Open>,
        at: usize,
        (inside, note): (Option<usize>, Option<&Placed<'_>>),
        end: usize,
    ) {
        let file = self.file;
        let text = file.text();
        let rest = &text[at + 1..end.max(at + 1)];
        let Some(attribute) = rest.strip_prefix('{').filter(|rest| !rest.starts_with('#')) else {
            return;
        };
        let name_end = attribute
            .find(|c: char| c == '}' || c.is_whitespace())
            .unwrap_or(attribute.len());
        let (name, closes) = (&attribute[..name_end], attribute[name_end..].starts_with('}'));
        let whole = at..at + 2 + name_end + usize::from(closes);
        let Some(code) = name.strip_prefix('.') else {
            let known = self.languages.of(name.trim_start_matches(['=', ':']));
            if let (Some(language), true) = (known, closes) {
                let hint = format!("write it with a full stop: `{{.{}}}`", language.code());
                let meant = Some(format!("{{.{}}}", language.code()));
                self.fault_with(
                    format!("`{{{name}}}` names no language"),
                    hint,
                    at + 1..whole.end,
                    meant,
                );
                self.stretch(open, language, at, whole);
            }
            return;
        };
        let guessed = self.languages.of(code).unwrap_or(Language::ENGLISH);
        if !closes {
            let hint = format!("write `}}` after the language: `[…]{{.{code}}}`");
            let meant = self.languages.of(code).map(|_| format!("{{.{code}}}"));
            self.fault_with(
                format!("the brace of `{{.{code}` is not closed"),
                hint,
                at + 1..whole.end,
                meant,
            );
            self.stretch(open, guessed, at, whole);
            return;
        }
        // Brackets without an opening one are told of with the strays.
        let Some(open) = open.filter(|open| open.at < at) else {
            return;
        };
        self.edits.insert(open.at, (open.at..open.at + 1, Edit::Gone));
        self.edits.insert(at, (whole.clone(), Edit::Gone));
        let nested = self.spans.range(open.at + 1..at).next().is_some();
        if let Some((Event::FootnoteReference(name), span)) = note {
            let hint = format!("put the mark after it: `[…]{{.{code}}}[^{name}]`");
            self.fault(
                format!("note `{name}` is marked inside of a stretch with a language"),
                hint,
                span.clone(),
            );
        } else if nested {
            let hint = "end the first before the second starts";
            self.fault("a stretch with a language inside of another", hint, open.at..whole.end);
        } else if open.inside != inside {
            let hint = "put both brackets inside of the `*…*`, or both outside";
            self.fault(
                "a stretch with a language starts and ends in different emphasis",
                hint,
                open.at..whole.end,
            );
        } else if self.source(open.at + 1..at).trim().is_empty() {
            self.fault(
                format!("nothing stands before `{{.{code}}}`"),
                format!("write text in its brackets: `[…]{{.{code}}}`"),
                open.at..whole.end,
            );
        } else if let Some(language) = self.languages.of(code) {
            self.stretch(Some(open), language, at, whole);
        } else {
            if !self.languages.is_faulty(code) {
                let near = self.languages.meant(code).map(Language::code);
                let hint = match near {
                    Some(near) => format!("did you mean `{{.{near}}}`?"),
                    None => self.languages.told(code),
                };
                let message = format!("`{code}` is no language of this program");
                self.fault_with(message, hint, at + 2..whole.end - 1, near.map(str::to_owned));
            }
            self.stretch(Some(open), guessed, at, whole);
        }
    }

    /// Makes a stretch of what stands between two brackets; after a fault too, so that nothing more is told of its words.
    fn stretch(&mut self, open: Option<Open>, language: Language, at: usize, end: Range<usize>) {
        let Some(open) = open else {
            self.edits.insert(at, (end, Edit::Gone));
            return;
        };
        self.spans.insert(open.at, language);
        self.edits.insert(open.at, (open.at..open.at + 1, Edit::Start));
        self.edits.insert(at, (end, Edit::End));
    }

    /// Tells of `{.en}` that no bracket stands before.
    fn strays(&mut self, events: &[Placed<'_>]) {
        let file = self.file;
        let text = file.text();
        let mut strays = Vec::new();
        for (_, at, c) in self.characters(events) {
            let Some(rest) = text[at..].strip_prefix("{.").filter(|_| c == '{') else {
                continue;
            };
            let code = &rest[..rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .unwrap_or(rest.len())];
            let end = at + 2 + code.len() + 1;
            let before = self.edits.range(..=at).next_back();
            let told = before.is_some_and(|(_, (range, _))| range.contains(&at));
            if !told && !code.is_empty() && rest[code.len()..].starts_with('}') {
                strays.push((at..end, code));
            }
        }
        for (span, code) in strays {
            let hint =
                format!("put the stretch in brackets right before it: `[…]{{.{code}}}`; `{{` itself is written `\\{{`");
            self.fault(format!("`{{.{code}}}` stands after no bracket"), hint, span);
        }
    }

    /// Puts elements in the place of the brackets.
    fn cut<'e>(&self, events: Vec<Placed<'e>>, out: &mut Vec<Placed<'e>>) {
        for (event, span) in events {
            let text = match &event {
                Event::Text(text) if self.source(span.clone()) == &**text => text.to_string(),
                _ => {
                    out.push((event, span));
                    continue;
                }
            };
            let part = |from: usize, to: usize| {
                let text = text[from - span.start..to - span.start].to_owned();
                (Event::Text(text.into()), from..to)
            };
            let mut from = span.start;
            // A bracket and its brace may be two events.
            let before = self
                .edits
                .range(..span.start)
                .next_back()
                .map(|(_, (range, _))| range.end);
            from = before.map_or(from, |end| end.clamp(from, span.end));
            for (range, edit) in self.edits.range(span.clone()).map(|(_, edit)| edit) {
                if from < range.start {
                    out.push(part(from, range.start));
                }
                match edit {
                    Edit::Start => out.push((Event::Start(Tag::Superscript), range.clone())),
                    Edit::End => out.push((Event::End(TagEnd::Superscript), range.clone())),
                    Edit::Gone => {}
                }
                from = range.end.clamp(from, span.end);
            }
            if from < span.end {
                out.push(part(from, span.end));
            }
        }
    }
}

fn is_text(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(_))
}
