//! Whether all languages have the same structure: paragraphs, headings, tables and names at the same places.

use std::collections::HashMap;
use std::sync::Arc;

use super::align::{Shape, Step, align, shape};
use super::names::names;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Block, Role, Table};
use crate::source::{ParsedText, SourceFile};

/// Compares a language with the leading one and answers which blocks belong together.
pub(super) fn check(lead: &ParsedText, other: &ParsedText, diagnostics: &mut Diagnostics) -> Vec<Step> {
    let steps = align(&lead.expression.blocks, &other.expression.blocks);
    let ours = Side::new(lead);
    let theirs = Side::new(other);
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        match *step {
            Step::Both(a, b) => {
                pair(&ours, a, &theirs, b, diagnostics);
                at += 1;
            }
            Step::Lead(a, b) => {
                let count = steps[at..]
                    .iter()
                    .take_while(|step| matches!(step, Step::Lead(..)))
                    .count();
                diagnostics.push(missing(&ours, a, count, &theirs, b));
                at += count;
            }
            Step::Other(b, a) => {
                let count = steps[at..]
                    .iter()
                    .take_while(|step| matches!(step, Step::Other(..)))
                    .count();
                diagnostics.push(surplus(&theirs, b, count, &ours, a));
                at += count;
            }
        }
    }
    steps
}

/// A language, with the names of its blocks.
struct Side<'a> {
    file: &'a Arc<SourceFile>,
    blocks: &'a [Block],
    names: Vec<String>,
    /// The first block of each name that the source gives.
    named: HashMap<&'a str, usize>,
}

impl<'a> Side<'a> {
    fn new(text: &'a ParsedText) -> Self {
        let blocks = text.expression.blocks.as_slice();
        Self {
            file: &text.file,
            blocks,
            names: names(blocks),
            named: first_named(blocks),
        }
    }

    /// The place of a block, or the end of the last one.
    fn span(&self, at: usize) -> std::ops::Range<usize> {
        let end = self.blocks.last().map_or(0, |block| block.span().end);
        self.blocks.get(at).map_or(end..end, Block::span)
    }

    /// What a block is called, one or several from it on.
    fn called(&self, at: usize, count: usize) -> String {
        match count {
            1 => self.names[at].clone(),
            _ => format!("{count} blocks, {} to {},", self.names[at], self.names[at + count - 1]),
        }
    }

    /// What stands at a place.
    fn there(&self, at: usize) -> String {
        match self.names.get(at) {
            Some(name) => format!("here `{}` has {name}", self.file.name()),
            None => format!("here `{}` ends", self.file.name()),
        }
    }
}

fn missing(ours: &Side<'_>, at: usize, count: usize, theirs: &Side<'_>, place: usize) -> Diagnostic {
    let called = ours.called(at, count);
    let (our_file, their_file) = (ours.file.name(), theirs.file.name());
    Diagnostic::error(format!("`{their_file}` does not have {called} of `{our_file}`"))
        .at(theirs.file, theirs.span(place))
        .label(theirs.there(place))
        .other(ours.file, ours.span(at), "this has no counterpart")
        .hint(format!("write it before this place, or take it out of `{our_file}`"))
}

fn surplus(theirs: &Side<'_>, at: usize, count: usize, ours: &Side<'_>, place: usize) -> Diagnostic {
    let called = theirs.called(at, count);
    let (our_file, their_file) = (ours.file.name(), theirs.file.name());
    Diagnostic::error(format!("`{our_file}` does not have {called} of `{their_file}`"))
        .at(theirs.file, theirs.span(at))
        .label("this has no counterpart")
        .other(ours.file, ours.span(place), ours.there(place))
        .hint(format!("take it away, or write it in `{our_file}` too"))
}

/// Compares two blocks that belong together.
fn pair(ours: &Side<'_>, a: usize, theirs: &Side<'_>, b: usize, diagnostics: &mut Diagnostics) {
    let (lead, other) = (&ours.blocks[a], &theirs.blocks[b]);
    let fault = |message: String| {
        let here = Diagnostic::error(message).at(theirs.file, other.span());
        here.other(ours.file, lead.span(), format!("in `{}`", ours.file.name()))
    };
    let (our_shape, their_shape) = (shape(lead), shape(other));
    if our_shape != their_shape {
        let message = format!(
            "this is {}, in `{}` it is {}",
            kind(their_shape),
            ours.file.name(),
            kind(our_shape)
        );
        diagnostics.push(fault(message).hint("give both the same form"));
        return;
    }
    if let (Block::Table(lead), Block::Table(other)) = (lead, other)
        && (lead.columns.len(), lead.rows.len()) != (other.columns.len(), other.rows.len())
    {
        let message = format!(
            "the table has {}, in `{}` it has {}",
            size(other),
            ours.file.name(),
            size(lead)
        );
        diagnostics.push(fault(message).hint("give both the same rows and columns; a cell may be empty"));
    }
    if let (Some(lead), Some(other)) = (lead.id(), other.id())
        && lead != other
    {
        let message = format!(
            "the paragraph is named `{other}`, in `{}` it is named `{lead}`",
            ours.file.name()
        );
        diagnostics.push(fault(message).hint("a paragraph has one name in all languages"));
    } else if let Some(id) = other.id()
        && lead.id().is_none()
        && let Some(elsewhere) = ours.named.get(id).and_then(|at| ours.blocks.get(*at))
    {
        let fault = Diagnostic::error(format!(
            "the name `{id}` stands at another paragraph than in `{}`",
            ours.file.name()
        ));
        let fault = fault
            .at(theirs.file, other.span())
            .other(ours.file, elsewhere.span(), "there it names this one");
        diagnostics.push(fault.hint("a paragraph has one name in all languages"));
    }
}

fn size(table: &Table) -> String {
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    format!(
        "{} and {}",
        count(table.columns.len(), "column"),
        count(table.rows.len(), "row")
    )
}

fn kind(shape: Shape) -> String {
    match shape {
        Shape::Paragraph(_, Some(0)) => "a numbered paragraph".to_owned(),
        Shape::Paragraph(_, Some(1)) => "a sub-paragraph".to_owned(),
        Shape::Paragraph(_, Some(depth)) => format!("a sub-paragraph {depth} lists deep"),
        Shape::Paragraph(Role::Opening, None) => "the opening words (all of it in `*…*`)".to_owned(),
        Shape::Paragraph(Role::Preambular, None) => "a preambular paragraph".to_owned(),
        Shape::Paragraph(Role::Continuation, None) => "a further paragraph of a numbered one".to_owned(),
        Shape::Paragraph(..) => "a paragraph without a number".to_owned(),
        Shape::Heading(level) => format!("a heading of level {level}"),
        Shape::Table => "a table".to_owned(),
    }
}

/// The first block of each name.
fn first_named(blocks: &[Block]) -> HashMap<&str, usize> {
    let mut named = HashMap::new();
    for (at, block) in blocks.iter().enumerate() {
        if let Some(id) = block.id() {
            named.entry(id).or_insert(at);
        }
    }
    named
}

/// Looks for names that are used twice in one language.
pub(super) fn names_once(text: &ParsedText, diagnostics: &mut Diagnostics) {
    let blocks = &text.expression.blocks;
    let named = first_named(blocks);
    for (at, block) in blocks.iter().enumerate() {
        let Some(id) = block.id() else { continue };
        if let Some(first) = named.get(id).filter(|first| **first < at).map(|first| &blocks[*first]) {
            let fault = Diagnostic::error(format!("the name `{id}` is used twice")).at(&text.file, block.span());
            let fault = fault.other(&text.file, first.span(), "the first time");
            diagnostics.push(fault.hint("give one of them another name"));
        }
    }
}
