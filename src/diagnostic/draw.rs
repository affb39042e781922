//! How faults are drawn: the line of the source, the place underlined, hints below.
//!
//! A paragraph of a source is one line of many hundred letters, so only the part round the fault is shown. Letters stand
//! in the order of the text and columns are counted in it; a character that would turn the line round or cannot be seen is
//! drawn as a substitute, so that no source can make a terminal show what is not there.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::source::{SourceFile, is_invisible};

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
        for diagnostic in &self.list {
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
            Some(Place::Path(path)) => title.element(Origin::path(path.display().to_string())),
            Some(Place::Text { file, span }) => {
                let annotation = AnnotationKind::Primary.span(in_line(file, span));
                let annotation = if self.label.is_empty() {
                    annotation
                } else {
                    annotation.label(visible(&self.label))
                };
                title.element(snippet(file, span).annotation(annotation))
            }
        };
        for (place, label) in &self.others {
            group = match place {
                Place::Path(path) => group.element(Origin::path(path.display().to_string())),
                Place::Text { file, span } => {
                    let annotation = AnnotationKind::Context.span(in_line(file, span)).label(visible(label));
                    group.element(snippet(file, span).annotation(annotation))
                }
            };
        }
        for hint in &self.hints {
            group = group.element(Level::HELP.message(visible(hint)));
        }
        vec![group]
    }
}

/// The line of a place. The rest of the file is not handed over: a file may have many faults and many lines.
fn snippet<'a>(file: &'a SourceFile, span: &Range<usize>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let line = file.slice(file.line_of(span.start));
    Snippet::source(visible(line))
        .line_start(file.position(span.start).line)
        .path(file.path().display().to_string())
}

/// A range of bytes of a file as one of its line.
fn in_line(file: &SourceFile, span: &Range<usize>) -> Range<usize> {
    let line = file.line_of(span.start);
    let start = span.start.clamp(line.start, line.end) - line.start;
    start..span.end.clamp(line.start, line.end).max(line.start + start) - line.start
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
