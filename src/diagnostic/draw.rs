//! How faults are drawn: the line of the source, the place underlined, hints below.
//!
//! A paragraph of a source is one line of many hundred letters, so only the part round the fault is shown. Letters stand
//! in the order of the text and columns are counted in it; a character that would turn the line round or cannot be seen is
//! drawn by its code, so that no source can make a terminal show what is not there. Where a terminal turns Arabic lines round
//! itself, the line under a place stands under another word: the word is written beside it.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use unicode_bidi::BidiClass;

use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::text::{SourceFile, bidi, is_invisible};

/// How faults are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are used.
    pub colour: bool,
    /// How many columns there are.
    pub width: usize,
}

impl Default for Look {
    /// Without colours, for 100 columns.
    fn default() -> Self {
        Self {
            colour: false,
            width: 100,
        }
    }
}

/// How narrow a drawing gets: below it, a line would show nothing of its text.
const NARROWEST: usize = 40;

impl Diagnostics {
    /// Draws all faults, one after the other, each with an empty line after it.
    pub fn draw(&self, look: Look) -> String {
        let renderer = if look.colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer
            .decor_style(DecorStyle::Unicode)
            .term_width(look.width.max(NARROWEST));
        let mut drawn = String::new();
        for diagnostic in self.told() {
            drawn.push_str(&renderer.render(&diagnostic.report()));
            drawn.push_str("\n\n");
        }
        drawn
    }
}

impl Diagnostic {
    fn report(&self) -> Vec<Group<'_>> {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(visible(&self.message));
        let mut group = match &self.place {
            None => Group::with_title(title),
            Some(Place::Path(path)) => title.element(Origin::path(shown(path))),
            Some(Place::Text { file, span }) => {
                let shown = Shown::new(file, span);
                let annotation = AnnotationKind::Primary.span(shown.drawn_place.clone());
                let label = match self.label.as_str() {
                    "" => shown.words(&self.message).map(Cow::Owned),
                    label => Some(visible(label)),
                };
                let annotation = match label {
                    Some(label) => annotation.label(label),
                    None => annotation,
                };
                shown.element(Group::with_title(title), annotation)
            }
        };
        for (place, label) in &self.others {
            group = match place {
                Place::Path(path) => group.element(Origin::path(shown(path))),
                Place::Text { file, span } => {
                    let shown = Shown::new(file, span);
                    let annotation = AnnotationKind::Context
                        .span(shown.drawn_place.clone())
                        .label(visible(label));
                    shown.element(group, annotation)
                }
            };
        }
        for hint in &self.hints {
            group = group.element(Level::HELP.message(visible(hint)));
        }
        vec![group]
    }
}

/// A line longer than this is cut round the place that is shown: a fault costs as much to draw as its line is long, and a
/// long line may have thousands.
const LONGEST_LINE: usize = 4_000;
/// How many characters of a cut line are shown before and after the start of the place.
const AROUND: usize = 400;

/// What is shown of the line of a place. The rest of the file is not handed over: a file may have many lines.
struct Shown<'a> {
    file: &'a SourceFile,
    /// The text that is shown, as it stands in the file.
    text: &'a str,
    /// The same as it is drawn.
    drawn: Cow<'a, str>,
    /// The bytes of the place in what stands in the file.
    place: Range<usize>,
    /// The bytes of the place in what is drawn.
    drawn_place: Range<usize>,
    /// Where the place is, when the line is cut or longer as it is drawn: only a whole line tells its own columns.
    cut: Option<usize>,
    /// The byte of the file at which the place starts.
    start: usize,
}

impl<'a> Shown<'a> {
    fn new(file: &'a SourceFile, span: &Range<usize>) -> Self {
        let line = file.line_of(span.start);
        let start = span.start.clamp(line.start, line.end);
        let end = span.end.clamp(start, line.end);
        let text = file.text();
        let (from, to) = if line.len() > LONGEST_LINE {
            let before = text[line.start..start].char_indices().rev().nth(AROUND - 1);
            let after = text[start..line.end].char_indices().nth(AROUND);
            (
                before.map_or(line.start, |(at, _)| line.start + at),
                after.map_or(line.end, |(at, _)| start + at),
            )
        } else {
            (line.start, line.end)
        };
        let (text, place) = (&text[from..to], start - from..end.min(to) - from);
        let (drawn, drawn_place) = marked(text, &place);
        let count = |before: &str| before.chars().count();
        let is_moved = count(&drawn[..drawn_place.start]) != count(&text[..place.start]);
        Self {
            file,
            text,
            drawn,
            place,
            drawn_place,
            cut: (from > line.start || is_moved).then(|| file.position(span.start).column),
            start: span.start,
        }
    }

    /// The words of the place, where the line has letters that run from right to left and the message does not name them.
    fn words(&self, message: &str) -> Option<String> {
        /// The most letters of the words.
        const LONGEST: usize = 40;
        let leftwards = |c: char| matches!(bidi::class(c), BidiClass::R | BidiClass::AL);
        if !self.text.contains(leftwards) {
            return None;
        }
        let own = self.text[self.place.clone()].trim();
        let words = if own.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
            own
        } else {
            self.word()
        };
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() || message.contains(bare) {
            return None;
        }
        let mut shown: String = words.chars().take(LONGEST).collect();
        if shown.len() < words.len() {
            let whole = shown.rfind(' ').unwrap_or(shown.len());
            shown.truncate(whole);
            shown.push('…');
        }
        Some(format!("`{}`", visible(&shown)))
    }

    /// The word that the place stands in, without the stops and the notation round it.
    fn word(&self) -> &str {
        let before = self.text[..self.place.start].rfind(char::is_whitespace);
        let start = before.map_or(0, |at| at + self.text[at..].chars().next().map_or(0, char::len_utf8));
        let after = self.text[self.place.end..].find(char::is_whitespace);
        let end = after.map_or(self.text.len(), |at| self.place.end + at);
        let is_round = |c: char| {
            matches!(
                c,
                '.' | ',' | ';' | ':' | '،' | '؛' | '؟' | '*' | '(' | ')' | '"' | '“' | '”' | '«' | '»'
            )
        };
        self.text[start..end].trim_matches(is_round)
    }

    fn element(self, group: Group<'a>, annotation: annotate_snippets::Annotation<'a>) -> Group<'a> {
        let line = self.file.position(self.start).line;
        let path = shown(self.file.path());
        let snippet = Snippet::source(self.drawn).line_start(line).annotation(annotation);
        match self.cut {
            None => group.element(snippet.path(path)),
            Some(column) => group
                .element(Origin::path(path).line(line).char_column(column))
                .element(snippet),
        }
    }
}

/// A path as it is shown: no name of a file can steer a terminal.
pub(crate) fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

/// The text with every character that cannot be seen by its code: `⟨U+202E⟩`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    marked(text, &(0..0)).0
}

/// The same, and where a place of the text is in it. A joiner after an Arabic letter is left as it is: it steers nothing, and
/// what a hint gives is to be copied; at the place itself it is named.
fn marked<'a>(text: &'a str, place: &Range<usize>) -> (Cow<'a, str>, Range<usize>) {
    let hidden = |c: char| (is_invisible(c) || matches!(c, '\n' | '\r')) && c != char::REPLACEMENT_CHARACTER;
    if !text.contains(hidden) {
        return (Cow::Borrowed(text), place.clone());
    }
    let mut out = String::with_capacity(text.len() + 8);
    let (mut start, mut end) = (None, None);
    let mut last = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if at >= place.start {
            start.get_or_insert(out.len());
        }
        if at >= place.end {
            end.get_or_insert(out.len());
        }
        let joins = matches!(c, '\u{200c}' | '\u{200d}') && last.is_some_and(is_arabic_letter) && !place.contains(&at);
        last = Some(c);
        if !hidden(c) || joins {
            out.push(c);
            continue;
        }
        let mut count = 1;
        while rest
            .next_if(|(next, other)| *other == c && *next != place.start && *next != place.end)
            .is_some()
        {
            count += 1;
        }
        out.push_str(&format!("⟨U+{:04X}", c as u32));
        if count > 1 {
            out.push_str(&format!(" ×{count}"));
        }
        out.push('⟩');
    }
    let length = out.len();
    (Cow::Owned(out), start.unwrap_or(length)..end.unwrap_or(length))
}

fn is_arabic_letter(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}')
}
