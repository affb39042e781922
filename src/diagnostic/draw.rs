//! How faults are drawn: the line of the source, the place underlined, hints below.
//!
//! A paragraph of a source is one line of many hundred letters, so only the part round the fault is shown. Letters stand
//! in the order of the text and columns are counted in it; a character that would turn the line round or cannot be seen is
//! drawn as a substitute, so that no source can make a terminal show what is not there.

use std::borrow::Cow;

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
                let annotation = AnnotationKind::Primary.span(span.clone());
                let annotation = if self.label.is_empty() {
                    annotation
                } else {
                    annotation.label(visible(&self.label))
                };
                title.element(snippet(file).annotation(annotation))
            }
        };
        for (place, label) in &self.others {
            group = match place {
                Place::Path(path) => group.element(Origin::path(path.display().to_string())),
                Place::Text { file, span } => {
                    let annotation = AnnotationKind::Context.span(span.clone()).label(visible(label));
                    group.element(snippet(file).annotation(annotation))
                }
            };
        }
        for hint in &self.hints {
            group = group.element(Level::HELP.message(visible(hint)));
        }
        vec![group]
    }
}

fn snippet(file: &SourceFile) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(visible(file.text())).path(file.path().display().to_string())
}

/// The text with a substitute for every character that cannot be seen, of as many bytes, so that places stay the same.
fn visible(text: &str) -> Cow<'_, str> {
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
