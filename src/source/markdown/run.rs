//! Paragraphs after the numbered ones that are none to Markdown: without a number, or with a label that was typed in
//! another notation. Several in a row are one mistake.

use std::ops::Range;

use super::TextReader;
use super::block::Region;
use super::inline::Running;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Label, Marker, Role};
use crate::source::{About, Sort, Suspect, typed_label};

/// Paragraphs after the numbered ones that are none to Markdown, one after the other.
#[derive(Debug)]
pub(super) struct Run {
    /// How they look.
    kind: Kind,
    /// Where the first one stands, or its label.
    span: Range<usize>,
    /// The number of the numbered paragraph before them, and its place.
    before: (u32, Range<usize>),
    /// The place of the first among the blocks.
    block: usize,
    /// How many they are.
    count: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No label at all.
    Bare,
    /// A number that is no notation of Markdown: `٤.`, `(3)`.
    Numbered,
    /// Letters, as sub-paragraphs have.
    Lettered,
    /// Bullets.
    Bulleted,
}

impl Kind {
    /// Whether such a paragraph looks as if it belonged to a numbered one.
    fn is_inner(self) -> bool {
        matches!(self, Self::Lettered | Self::Bulleted)
    }
}

impl TextReader<'_> {
    /// Takes a paragraph after the numbered ones, or gives it back where none came before it.
    pub(super) fn after_numbered(&mut self, running: Running) -> Result<(), Running> {
        let Region::Operative { count, last } = &self.part else {
            return Err(running);
        };
        let before = (*count, last.clone());
        // What is indented belongs to the paragraph before it, which is the one that is told.
        if self.is_set_in(&running.span) && self.run.as_ref().is_some_and(|run| !run.kind.is_inner()) {
            self.form_is_told();
            let item = self.outermost();
            self.paragraph(running, Role::Continuation, None, Some(item));
            return Ok(());
        }
        let label = typed_label(self.source(&running.span), self.language);
        let kind = match label.map(|label| label.sort) {
            None => Kind::Bare,
            Some(Sort::Number(_)) => Kind::Numbered,
            Some(Sort::Letter(_)) => Kind::Lettered,
            Some(Sort::Bullet) => Kind::Bulleted,
        };
        let goes_on = self.run.as_ref().is_some_and(|run| run.kind == kind);
        if !goes_on {
            self.end_run();
        }
        let start = running.span.start;
        let span = label.map_or(running.span.clone(), |label| start..start + label.length);
        let block = self.blocks.len();
        let run = self.run.get_or_insert(Run {
            kind,
            span,
            before,
            block,
            count: 0,
        });
        run.count += 1;
        let label = match kind {
            Kind::Bare => None,
            Kind::Numbered => Some(Label::number(0, run.before.0 + run.count)),
            Kind::Lettered => Some(Label::number(1, run.count)),
            Kind::Bulleted => Some(Label {
                marker: Marker::Bullet(0),
                depth: 1,
                ordinal: run.count,
            }),
        };
        if let (Kind::Numbered, Region::Operative { count, last }) = (kind, &mut self.part) {
            *count = count.saturating_add(1);
            *last = running.span.clone();
        }
        self.form_is_told();
        let role = if label.is_some() {
            Role::Operative
        } else {
            Role::Preambular
        };
        self.paragraph(running, role, label, None);
        Ok(())
    }

    /// Whether a list is one of sub-paragraphs of a paragraph that is none to Markdown: it is indented.
    pub(super) fn is_of_run(&self, list: &Range<usize>) -> bool {
        self.is_set_in(list) && self.run.as_ref().is_some_and(|run| !run.kind.is_inner())
    }

    /// Whether a piece of the text is set in by two spaces or more, as somebody does who means it to belong to what is above it.
    fn is_set_in(&self, span: &Range<usize>) -> bool {
        let line = self.file.line_of(span.start).start;
        let before = self.file.slice(line..span.start).len();
        let inside = self.source(span).len() - self.source(span).trim_start_matches(' ').len();
        before + inside >= 2
    }

    /// Tells of the paragraphs that were read, before a list that starts with the number `first`.
    pub(super) fn close_run(&mut self, first: u64) {
        let Some(run) = self.run.take() else { return };
        let (before, _) = run.before;
        if run.kind == Kind::Bare && run.count == 1 && first == u64::from(before) + 2 {
            // The number before the paragraph is what is missing.
            if let Some(Block::Paragraph(paragraph)) = self.blocks.get_mut(run.block) {
                paragraph.label = Some(Label::number(0, before + 1));
                paragraph.role = Role::Operative;
            }
            if let Some(block) = self.blocks.get(run.block) {
                self.last.block(run.block, block);
            }
            if let Region::Operative { count, .. } = &mut self.part {
                *count = before + 1;
            }
            self.tell(&run, format!("write `{}. ` before it", before + 1));
            return;
        }
        if run.kind == Kind::Bare && first == 1 && before > 0 {
            // Numbers start again: it is the heading of an annex that is missing.
            self.part = Region::Annex { level: 2, count: 0 };
            self.tell(&run, "write the heading of the annex before it: `## `".to_owned());
            return;
        }
        self.run = Some(run);
        self.end_run();
    }

    /// Tells of the paragraphs that were read.
    pub(super) fn end_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let before = run.before.0;
        let hint = match run.kind {
            Kind::Bare => format!(
                "indent it by three or four spaces where it belongs to paragraph {before}; an annex starts with `## `"
            ),
            Kind::Numbered => format!("write `{}. `", before + 1),
            Kind::Bulleted => {
                format!("write `- `, indented by three or four spaces where it belongs to paragraph {before}")
            }
            Kind::Lettered if run.count == 1 => {
                format!("write `1. `, indented by three or four spaces where it belongs to paragraph {before}")
            }
            Kind::Lettered => {
                format!("write `1. `, `2. `, indented by three or four spaces where they belong to paragraph {before}")
            }
        };
        self.tell(&run, hint);
    }

    fn tell(&mut self, run: &Run, hint: String) {
        let label = self.source(&run.span);
        let message = match run.kind {
            Kind::Bare => "a paragraph after the numbered paragraphs has no number".to_owned(),
            _ => format!("this paragraph starts like an item of a list, `{label}`, but is none"),
        };
        let (number, place) = run.before.clone();
        let rule = match run.kind {
            Kind::Bare => "paragraph-unnumbered",
            _ => "typed-label",
        };
        let fault = Diagnostic::error(message).rule(rule).at(self.file, run.span.clone());
        let fault = match run.kind {
            Kind::Numbered if run.count == 1 => {
                let after = &self.file.text()[run.span.end..];
                let spaces = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
                let label = (run.span.start..run.span.end + spaces, format!("{}. ", run.before.0 + 1));
                fault.fix_at(self.file, [label])
            }
            _ => fault,
        };
        let fault = match run.count {
            1 => fault,
            count => fault.label(format!("the first of {count} in a row")),
        };
        let fault = match run.kind {
            Kind::Bare => fault.other(self.file, place, format!("paragraph {number}")),
            _ => fault,
        };
        let fault = fault.hint(hint);
        match run.kind {
            Kind::Bare => self.doubts.suspects.push(Suspect {
                about: About::Unnumbered(run.block),
                fault,
            }),
            _ => self.diagnostics.push(fault),
        }
    }
}
