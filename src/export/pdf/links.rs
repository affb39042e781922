//! The links of an edition: from every mark to its note, from the number of a note to its first mark, and from words to what
//! the author says: a page of the web, or a block of the document in the same column.

use std::ops::Range;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{Point as PdfPoint, Rect};
use rustc_hash::FxHashMap;
use typst::layout::{Abs, Point};

use crate::edition::Edition;
use crate::model::Block;
use crate::page::{Origin, PlacedLine};
use crate::typeset::RowRole;

/// Where something stands: the page from 0, and the point on it.
type Spot = (usize, Point);

/// Where the notes of an edition and their marks stand.
pub(super) struct Links<'a> {
    edition: &'a Edition<'a>,
    /// Where each note starts, by column and note.
    notes: FxHashMap<(usize, usize), Spot>,
    /// Where each note is marked first.
    marks: FxHashMap<(usize, usize), Spot>,
    /// Where each row starts, by its column.
    rows: FxHashMap<(usize, usize), Spot>,
    /// The row of each block that has a name.
    named: FxHashMap<&'a str, usize>,
}

/// A link that starts in a line.
pub(super) struct Link {
    /// The line: its cell, and its place there.
    pub(super) line: (Origin, usize),
    /// What a screen reader calls it: `note 1`.
    pub(super) name: String,
    /// Whether it leads from a mark to its note or back.
    pub(super) is_note: bool,
    /// The link on the page.
    pub(super) annotation: Annotation,
}

impl<'a> Links<'a> {
    /// Finds where the notes and their first marks stand.
    pub(super) fn new(edition: &'a Edition<'a>) -> Self {
        let mut this = Self {
            edition,
            notes: FxHashMap::default(),
            marks: FxHashMap::default(),
            rows: FxHashMap::default(),
            named: named_rows(edition),
        };
        for (index, page) in edition.pages.iter().enumerate() {
            for picture in &page.pictures {
                if let Origin::Row { row, column } = picture.origin {
                    this.rows.entry((column, row)).or_insert((index, picture.at));
                }
            }
            for placed in &page.lines {
                let spot = (index, placed.at);
                match placed.origin {
                    Origin::Note { column, note } => {
                        this.notes.entry((column, note)).or_insert(spot);
                    }
                    Origin::Row { row, column } => {
                        this.rows.entry((column, row)).or_insert(spot);
                        for (note, extent) in edition.line(placed).marks() {
                            let at = placed.at + Point::with_x(extent.start);
                            this.marks.entry((column, note)).or_insert((index, at));
                        }
                    }
                }
            }
        }
        this
    }

    /// The links of a page, in the order of its lines.
    pub(super) fn of_page(&self, index: usize) -> Vec<Link> {
        let mut links = Vec::new();
        for placed in &self.edition.pages[index].lines {
            let line = self.edition.line(placed);
            let usage = self.edition.work.facts.usage(self.edition.cell(placed.origin).language);
            let expression = self.edition.work.expression(usage.language);
            let mark_of = |note: usize| expression.and_then(|expression| Some(expression.notes.get(note)?.mark));
            match placed.origin {
                Origin::Row { column, .. } => {
                    for (note, extent) in line.marks() {
                        let name = mark_of(note).map_or_else(String::new, |mark| mark.called(usage));
                        let to = self.notes.get(&(column, note)).map(destination);
                        links.extend(self.link((placed, extent), to, name, true));
                    }
                }
                Origin::Note { column, .. } => {
                    if let Some((note, extent)) = line.note_label() {
                        let name = mark_of(note).map_or_else(String::new, |mark| mark.way_back(usage));
                        let to = self.marks.get(&(column, note)).map(destination);
                        links.extend(self.link((placed, extent), to, name, true));
                    }
                }
            }
            self.of_words(placed, &mut links);
        }
        links
    }

    /// The links of the author in a line.
    fn of_words(&self, placed: &PlacedLine, links: &mut Vec<Link>) {
        let passages = &self.edition.composed.passages;
        if !passages.has_links() {
            return;
        }
        let (Origin::Row { column, .. } | Origin::Note { column, .. }) = placed.origin;
        for (link, extent) in self.edition.line(placed).links(passages) {
            let Some(reference) = passages.link_target(link) else {
                continue;
            };
            let to = match reference.strip_prefix('#') {
                Some(name) => {
                    let row = self.named.get(name);
                    row.and_then(|row| self.rows.get(&(column, *row))).map(destination)
                }
                None => Some(Target::Action(Action::Link(LinkAction::new(reference.to_owned())))),
            };
            // A screen reader says the words before it; the link says where they lead.
            let name = match reference.strip_prefix('#') {
                Some(_) => passages.link_text(link),
                None => reference.trim_start_matches("mailto:").to_owned(),
            };
            links.extend(self.link((placed, extent), to, name, false));
        }
    }

    /// A link over a part of a line, from one edge to another; `None` where it leads nowhere.
    fn link(
        &self,
        (placed, extent): (&PlacedLine, Range<Abs>),
        to: Option<Target>,
        name: String,
        is_note: bool,
    ) -> Option<Link> {
        let line = self.edition.line(placed);
        let rect = Rect::from_ltrb(
            pt(placed.at.x + extent.start),
            pt(placed.at.y - line.ascent),
            pt(placed.at.x + extent.end),
            pt(placed.at.y + line.descent),
        );
        Some(Link {
            line: (placed.origin, placed.line),
            annotation: Annotation::new_link(LinkAnnotation::new(rect?, to?), Some(name.clone())),
            name,
            is_note,
        })
    }
}

/// A little above a spot, so that its line is in sight.
fn destination((page, to): &Spot) -> Target {
    let point = PdfPoint::from_xy(0.0, pt((to.y - Abs::pt(40.0)).max(Abs::zero())));
    Target::Destination(XyzDestination::new(*page, point).into())
}

/// The row of each block that has a name. All languages have the same names.
fn named_rows<'a>(edition: &'a Edition<'a>) -> FxHashMap<&'a str, usize> {
    let mut named = FxHashMap::default();
    let Some(lead) = edition.work.expressions.first() else {
        return named;
    };
    for (row, setting) in edition.composed.setting.rows.iter().enumerate() {
        if let RowRole::Block(block) = setting.role
            && let Some(name) = lead.blocks.get(block).and_then(Block::id)
        {
            named.entry(name).or_insert(row);
        }
    }
    named
}

fn pt(length: Abs) -> f32 {
    length.to_pt() as f32
}
