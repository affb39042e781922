//! The links of an edition: from every mark to its note, and from the number of a note to its first mark.

use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{Point as PdfPoint, Rect};
use rustc_hash::FxHashMap;
use typst::layout::{Abs, Point};

use crate::edition::Edition;
use crate::locale;
use crate::page::Origin;

/// Where something stands: the page from 0, and the point on it.
type Spot = (usize, Point);

/// Where the notes of an edition and their marks stand.
pub(super) struct Links<'a> {
    edition: &'a Edition<'a>,
    /// Where each note starts, by column and note.
    notes: FxHashMap<(usize, usize), Spot>,
    /// Where each note is marked first.
    marks: FxHashMap<(usize, usize), Spot>,
}

/// A link that starts in a line.
pub(super) struct Link {
    /// The line: its cell, and its place there.
    pub(super) line: (Origin, usize),
    /// What a screen reader calls it: `note 1`.
    pub(super) name: String,
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
        };
        for (index, page) in edition.pages.iter().enumerate() {
            for placed in &page.lines {
                let spot = (index, placed.at);
                match placed.origin {
                    Origin::Note { column, note } => {
                        this.notes.entry((column, note)).or_insert(spot);
                    }
                    Origin::Row { column, .. } => {
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
            let mut add = |extent: std::ops::Range<Abs>, spot: Option<&Spot>, name: String| {
                let rect = Rect::from_ltrb(
                    pt(placed.at.x + extent.start),
                    pt(placed.at.y - line.ascent),
                    pt(placed.at.x + extent.end),
                    pt(placed.at.y + line.descent),
                );
                let (Some(rect), Some((page, to))) = (rect, spot) else {
                    return;
                };
                // The target stands a little above the line, so that the line is in sight.
                let point = PdfPoint::from_xy(0.0, pt((to.y - Abs::pt(40.0)).max(Abs::zero())));
                let target = Target::Destination(XyzDestination::new(*page, point).into());
                links.push(Link {
                    line: (placed.origin, placed.line),
                    annotation: Annotation::new_link(LinkAnnotation::new(rect, target), Some(name.clone())),
                    name,
                });
            };
            match placed.origin {
                Origin::Row { column, .. } => {
                    for (note, extent) in line.marks() {
                        let name = locale::note_name(usage, note as u32 + 1);
                        add(extent, self.notes.get(&(column, note)), name);
                    }
                }
                Origin::Note { column, .. } => {
                    if let Some((note, extent)) = line.note_label() {
                        let name = locale::way_back(usage, note as u32 + 1);
                        add(extent, self.marks.get(&(column, note)), name);
                    }
                }
            }
        }
        links
    }
}

fn pt(length: Abs) -> f32 {
    length.to_pt() as f32
}
