//! Whether all languages have the same structure: paragraphs, headings, tables and names at the same places.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::align::{Shape, Step, align, shape};
use super::names::names;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Role, Table};
use crate::source::{Doubts, ParsedText};
use crate::text::SourceFile;

/// Where the structure of a language differs from that of the leading one.
#[derive(Debug)]
pub(super) struct Difference {
    /// What differs.
    pub(super) kind: Kind,
    /// The place among the blocks of the leading language.
    pub(super) lead: usize,
    /// The place among the blocks of the other.
    pub(super) other: usize,
    pub(super) fault: Diagnostic,
}

impl Difference {
    /// Its place among the blocks of a language, by the place of the language.
    pub(super) fn block(&self, text: usize) -> usize {
        if text == 0 { self.lead } else { self.other }
    }
}

impl Difference {
    /// Adds what helps.
    pub(super) fn hint(&mut self, hint: &str) {
        self.fault = self.fault.clone().hint(hint);
    }
}

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// One language has blocks that the other has not.
    Alone {
        /// Whether they are those of the leading language.
        lead: bool,
        /// Whether the heading of an annex is the first of them.
        heading: bool,
    },
    /// A block is a paragraph, a heading or a table of another form.
    Form,
    /// A block differs inside, or by its name.
    Inside,
}

/// Compares a language with the leading one: which blocks belong together, and where they differ.
pub(super) fn check(lead: &ParsedText, other: &ParsedText) -> (Vec<Step>, Vec<Difference>) {
    let doubts = [&lead.doubts, &other.doubts];
    let steps = align(&lead.expression.blocks, &other.expression.blocks, doubts);
    let ours = Side::new(lead);
    let theirs = Side::new(other);
    let mut differences = Vec::new();
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        if let Step::Both(a, b) = *step {
            pair(&ours, a, &theirs, b, &mut differences);
            at += 1;
            continue;
        }
        let run = steps[at..]
            .iter()
            .take_while(|step| !matches!(step, Step::Both(..)))
            .count();
        differences.extend(alone(&ours, &theirs, &steps[at..at + run]));
        at += run;
    }
    (steps, differences)
}

/// What is told of blocks, one after the other, that have no counterpart.
fn alone(ours: &Side<'_>, theirs: &Side<'_>, run: &[Step]) -> Option<Difference> {
    let count = |of_lead: bool| {
        run.iter()
            .filter(|step| matches!(step, Step::Lead(..)) == of_lead)
            .count()
    };
    let (a, b) = match *run.first()? {
        Step::Both(a, b) | Step::Lead(a, b) | Step::Other(b, a) => (a, b),
    };
    let refused = ours.doubts.refused.contains(&a) || theirs.doubts.refused.contains(&b);
    let told = |side: &Side<'_>, at: usize, count: usize| (at..at + count).any(|at| side.doubts.told.contains(&at));
    let is_annex = |side: &Side<'_>, at: usize| side.blocks.get(at).map(shape) == Some(Shape::Heading(2));
    let (kind, fault) = match (count(true), count(false)) {
        (one, 0) => {
            let heading = is_annex(ours, a);
            (Kind::Alone { lead: true, heading }, missing(ours, a, one, theirs, b))
        }
        (0, one) => {
            let heading = is_annex(theirs, b);
            (Kind::Alone { lead: false, heading }, surplus(theirs, b, one, ours, a))
        }
        (1, 1) => (Kind::Form, form(ours, a, theirs, b)),
        (one, two) => (Kind::Form, exchanged(ours, a, one, theirs, b, two)),
    };
    let is_told = refused || told(ours, a, count(true)) || told(theirs, b, count(false));
    (!is_told).then_some(Difference {
        kind,
        lead: a,
        other: b,
        fault,
    })
}

/// A language, with the names of its blocks.
struct Side<'a> {
    file: &'a Arc<SourceFile>,
    blocks: &'a [Block],
    names: Vec<String>,
    /// The first block of each name that the source gives.
    named: HashMap<&'a str, usize>,
    doubts: &'a Doubts,
}

impl<'a> Side<'a> {
    fn new(text: &'a ParsedText) -> Self {
        let blocks = text.expression.blocks.as_slice();
        Self {
            file: &text.file,
            blocks,
            names: names(text.kind, blocks),
            named: first_named(blocks),
            doubts: &text.doubts,
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
        .rule("block-missing")
        .at(theirs.file, theirs.span(place))
        .label(theirs.there(place))
        .other(ours.file, ours.span(at), "this has no counterpart")
        .hint(format!("write it before this place, or take it out of `{our_file}`"))
}

fn surplus(theirs: &Side<'_>, at: usize, count: usize, ours: &Side<'_>, place: usize) -> Diagnostic {
    let called = theirs.called(at, count);
    let (our_file, their_file) = (ours.file.name(), theirs.file.name());
    Diagnostic::error(format!("`{our_file}` does not have {called} of `{their_file}`"))
        .rule("block-surplus")
        .at(theirs.file, theirs.span(at))
        .label("this has no counterpart")
        .other(ours.file, ours.span(place), ours.there(place))
        .hint(format!("take it away, or write it in `{our_file}` too"))
}

/// Blocks of one language that stand where the other has others.
fn exchanged(ours: &Side<'_>, a: usize, one: usize, theirs: &Side<'_>, b: usize, two: usize) -> Diagnostic {
    let (our_file, their_file) = (ours.file.name(), theirs.file.name());
    let (called, there) = (theirs.called(b, two), ours.called(a, one));
    Diagnostic::error(format!("`{their_file}` has {called} where `{our_file}` has {there}"))
        .rule("blocks-differ")
        .at(theirs.file, theirs.span(b))
        .other(ours.file, ours.span(a), format!("in `{our_file}`"))
        .hint("give both the same paragraphs, headings and tables")
}

/// A block that is of another form than the one that it belongs to.
fn form(ours: &Side<'_>, a: usize, theirs: &Side<'_>, b: usize) -> Diagnostic {
    let (lead, other) = (&ours.blocks[a], &theirs.blocks[b]);
    let message = format!(
        "this is {}, in `{}` it is {}",
        kind(other),
        ours.file.name(),
        kind(lead)
    );
    Diagnostic::error(message)
        .rule("block-form")
        .at(theirs.file, other.span())
        .other(ours.file, lead.span(), format!("in `{}`", ours.file.name()))
        .hint("give both the same form")
}

/// Compares two blocks that belong together.
fn pair(ours: &Side<'_>, a: usize, theirs: &Side<'_>, b: usize, differences: &mut Vec<Difference>) {
    let (lead, other) = (&ours.blocks[a], &theirs.blocks[b]);
    let fault = |message: String| {
        let here = Diagnostic::error(message).at(theirs.file, other.span());
        here.other(ours.file, lead.span(), format!("in `{}`", ours.file.name()))
    };
    let mut push = |kind: Kind, fault: Diagnostic| {
        differences.push(Difference {
            kind,
            lead: a,
            other: b,
            fault,
        });
    };
    if shape(lead) != shape(other) {
        if !ours.doubts.told.contains(&a) && !theirs.doubts.told.contains(&b) {
            push(Kind::Form, form(ours, a, theirs, b));
        }
        return;
    }
    if let (Some(lead), Some(other)) = (lead.within().verse, other.within().verse)
        && (lead.opens, lead.line == 1) != (other.opens, other.line == 1)
    {
        let (here, there) = match other.opens {
            true => ("a stanza starts here", "it goes on"),
            false => ("a stanza goes on here", "another one starts"),
        };
        let fault = fault(format!("{here}, in `{}` {there}", ours.file.name()));
        push(
            Kind::Inside,
            fault.rule("block-form").hint("an empty line parts two stanzas"),
        );
    }
    let starts = starts_quotation(theirs.blocks, b);
    if starts != starts_quotation(ours.blocks, a) {
        let (here, there) = match starts {
            true => ("a quotation starts here", "it goes on"),
            false => ("a quotation goes on here", "another one starts"),
        };
        let fault = fault(format!("{here}, in `{}` {there}", ours.file.name()));
        let hint = "an empty line without `>` ends a quotation, `>` alone parts two of its paragraphs";
        push(Kind::Inside, fault.rule("block-form").hint(hint));
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
        push(
            Kind::Inside,
            fault(message)
                .rule("table-shape")
                .hint("give both the same rows and columns; a cell may be empty"),
        );
    } else if let (Block::Table(lead), Block::Table(other)) = (lead, other)
        && let Some((row, column)) = lead.joined.symmetric_difference(&other.joined).next()
    {
        let (is, is_in) = match other.joined.contains(&(*row, *column)) {
            true => ("is one with the cell before it", "is not"),
            false => ("is a cell of its own", "is one with the cell before it"),
        };
        let row = match row {
            0 => "the head".to_owned(),
            row => format!("row {row}"),
        };
        let message = format!(
            "column {} of {row} {is}, in `{}` it {is_in}",
            column + 1,
            ours.file.name()
        );
        push(
            Kind::Inside,
            fault(message)
                .rule("table-shape")
                .hint("write `||` at the same places: a cell that ends with it stands over two columns"),
        );
    }
    if let (Block::Heading(lead), Block::Heading(other)) = (lead, other)
        && (lead.number.is_some() != other.number.is_some() || lead.division != other.division)
        && !ours.doubts.told.contains(&a)
        && !theirs.doubts.told.contains(&b)
    {
        let message = format!(
            "this heading and that of `{}` are not of the same division",
            ours.file.name()
        );
        let hint = "write the same class and `number=\"…\"` at both, or at none";
        push(Kind::Inside, fault(message).rule("heading-attribute").hint(hint));
    }
    if let (Some(lead), Some(other)) = (lead.id(), other.id())
        && lead != other
    {
        let message = format!(
            "the paragraph is named `{other}`, in `{}` it is named `{lead}`",
            ours.file.name()
        );
        push(
            Kind::Inside,
            fault(message)
                .rule("name-differs")
                .hint("a paragraph has one name in all languages"),
        );
    } else if let Some(id) = other.id()
        && lead.id().is_none()
        && let Some(elsewhere) = ours.named.get(id).and_then(|at| ours.blocks.get(*at))
    {
        let fault = Diagnostic::error(format!(
            "the name `{id}` stands at another paragraph than in `{}`",
            ours.file.name()
        ))
        .rule("name-elsewhere");
        let fault = fault
            .at(theirs.file, other.span())
            .other(ours.file, elsewhere.span(), "there it names this one");
        push(Kind::Inside, fault.hint("a paragraph has one name in all languages"));
    }
}

/// Whether a block is the first of a quotation.
fn starts_quotation(blocks: &[Block], at: usize) -> bool {
    let quotation = |block: &Block| block.within().quotation;
    let before = at.checked_sub(1).and_then(|before| quotation(&blocks[before]));
    quotation(&blocks[at]).is_some_and(|quotation| Some(quotation) != before)
}

fn size(table: &Table) -> String {
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    format!(
        "{} and {}",
        count(table.columns.len(), "column"),
        count(table.rows.len(), "row")
    )
}

/// What a block is called by its form.
fn kind(block: &Block) -> String {
    let paragraph = match block {
        Block::Heading(heading) => return format!("a heading of level {}", heading.level),
        Block::Table(_) => return "a table".to_owned(),
        Block::Figure(_) => return "a picture".to_owned(),
        Block::Paragraph(paragraph) => paragraph,
    };
    if let Some(label) = paragraph.label.filter(|label| !label.is_number()) {
        let quoted = if paragraph.role == Role::Quotation {
            " in a quotation"
        } else {
            ""
        };
        return match label.depth {
            0 => format!("an item with a bullet{quoted}"),
            1 => format!("an item with a bullet in another item{quoted}"),
            depth => format!("an item with a bullet, {depth} lists deep{quoted}"),
        };
    }
    match (paragraph.label.map(|label| label.depth), paragraph.role) {
        (None, Role::Quotation) => "a paragraph of a quotation".to_owned(),
        (Some(_), Role::Quotation) => "a numbered paragraph of a quotation".to_owned(),
        (_, Role::Term) => "a term that is defined".to_owned(),
        (_, Role::Definition) => "what a term means".to_owned(),
        (_, Role::Verse) => "a line of verse".to_owned(),
        (Some(0), _) => "a numbered paragraph".to_owned(),
        (Some(1), _) => "a sub-paragraph".to_owned(),
        (Some(depth), _) => format!("a sub-paragraph {depth} lists deep"),
        (None, Role::Opening) => "the opening words (all of it in `*…*`)".to_owned(),
        (None, Role::Preambular) => "a preambular paragraph".to_owned(),
        (None, Role::Closing) => "a paragraph after the text".to_owned(),
        (None, Role::Continuation) => "a further paragraph of an item".to_owned(),
        (None, Role::Operative | Role::Body) => "a paragraph without a number".to_owned(),
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

/// Names that are used twice in one language, each with the places of both blocks.
pub(super) fn names_twice(text: &ParsedText) -> Vec<([usize; 2], Diagnostic)> {
    let blocks = &text.expression.blocks;
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let Some(id) = block.id() else { continue };
        if let Some(first) = first.get(id) {
            let fault = Diagnostic::error(format!("the name `{id}` is used twice"))
                .rule("name-twice")
                .at(&text.file, block.span());
            let fault = fault.other(&text.file, blocks[*first].span(), "the first time");
            found.push(([*first, at], fault.hint("give one of them another name")));
        } else {
            first.insert(id, at);
        }
    }
    found
}
