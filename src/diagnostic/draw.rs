//! How faults are drawn: the line of the source, the place underlined, hints below.
//!
//! A paragraph of a source is one line of many hundred letters, so only the part round the fault is shown. Letters stand
//! in the order of the text and columns are counted in it; a character that would turn the line round or cannot be seen is
//! drawn as a substitute, so that no source can make a terminal show what is not there.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::text::{SourceFile, is_invisible};

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
                let annotation = AnnotationKind::Primary.span(shown.place.clone());
                let annotation = if self.label.is_empty() {
                    annotation
                } else {
                    annotation.label(visible(&self.label))
                };
                shown.element(Group::with_title(title), annotation)
            }
        };
        for (place, label) in &self.others {
            group = match place {
                Place::Path(path) => group.element(Origin::path(shown(path))),
                Place::Text { file, span } => {
                    let shown = Shown::new(file, span);
                    let annotation = AnnotationKind::Context.span(shown.place.clone()).label(visible(label));
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
    /// The text that is shown.
    text: &'a str,
    /// The bytes of the place in it.
    place: Range<usize>,
    /// Where the place is, when the line is cut: only a whole line tells its own columns.
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
        Self {
            file,
            text: &text[from..to],
            place: start - from..end.min(to) - from,
            cut: (from > line.start).then(|| file.position(span.start).column),
            start: span.start,
        }
    }

    fn element(&self, group: Group<'a>, annotation: annotate_snippets::Annotation<'a>) -> Group<'a> {
        let line = self.file.position(self.start).line;
        let path = shown(self.file.path());
        let snippet = Snippet::source(visible(self.text))
            .line_start(line)
            .annotation(annotation);
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

/// The text with a substitute for every character that cannot be seen, of as many bytes, so that places stay the same.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let substitute = |c: char| match c.len_utf8() {
        _ if !is_invisible(c) => c,
        1 => '?',
        2 => '¿',
        3 => '\u{fffd}',
        _ => '\u{10101}',
    };
    Cow::Owned(text.chars().map(substitute).collect())
}
