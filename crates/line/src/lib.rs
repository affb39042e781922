#![doc = include_str!("../README.md")]

mod breaker;
mod derive;
pub mod document;
mod gather;
mod hyphen;
mod inspect;
mod joints;
mod kashida;
mod levels;
mod opportunities;
mod paragraph;
mod passage;
mod quirks;
mod raw;
mod recipe;
mod reshape;
mod room;
mod section;
mod table;
mod unbroken;
mod word_cache;
mod write;

use std::ops::Range;

use ecow::EcoString;
use smallvec::SmallVec;
use typst::layout::{Abs, FrameItem, Point};
use typst::text::{FontInstance, TextItem};
use typst::visualize::{FixedStroke, Paint};

use qarar_text::Language;

pub use derive::DeriveError;
pub use gather::gather;
pub use hyphen::divides;
pub use inspect::{Inspection, JointFacts, RunFacts, SpaceFacts, WordFacts, inspect};
pub use kashida::elongate;
pub use passage::{JOINED, Passage, Passages, Place, Purpose, Tie, Tied};
pub use unbroken::{Words, has_leapt, is_edge, line_end, unbroken};
pub use write::{Written, write};

/// A cell of a row or a note: its lines, and what else is drawn in it.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The lines, in the order of the text.
    pub lines: Vec<Line>,
    /// Rules and pictures, each with its place in the cell.
    pub ornaments: Vec<(Point, FrameItem)>,
    /// The height from the top edge of the first line to the bottom edge of the last.
    pub height: Abs,
    /// The measure.
    pub width: Abs,
    /// The language of the column.
    pub language: Language,
    /// The width of spaces that nothing stretches, by their width in the font; `None` where no line tells.
    pub space: Option<f64>,
    /// Whether its spaces are right as they are.
    pub(crate) settled: bool,
    /// The top edge of each line above its baseline, and its bottom edge below it.
    pub(crate) ascent: Abs,
    pub(crate) descent: Abs,
}

impl Cell {
    /// Whether the text of a line goes on in the next one: both have a part of one paragraph. `paragraph` tells that of a
    /// passage ([`Passage::paragraph`], which an author's line break ends too).
    pub fn goes_on(&self, line: usize, paragraph: impl Fn(u32) -> Option<u32>) -> bool {
        let of = |line: usize| self.lines.get(line).and_then(Line::passages);
        let (Some((_, last)), Some((first, _))) = (of(line), of(line + 1)) else {
            return false;
        };
        last == first || paragraph(last).is_some_and(|of_last| paragraph(first) == Some(of_last))
    }

    /// The text of all lines.
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }

    /// Takes over from other cells how wide spaces are, where no line of this one tells it.
    pub fn assume_space(&mut self, space: f64) {
        if self.space.is_none() {
            self.space = Some(space);
            paragraph::find_justified(&mut self.lines, self.width, space, self.language);
        }
    }

    /// Puts the spaces of filled lines right: the text after labels starts at their stop, and spaces beside isolates are stretched
    /// as the others are.
    pub fn settle_spaces(&mut self) {
        if self.settled {
            return;
        }
        let space = self.space.unwrap_or(1.0);
        for line in &mut self.lines {
            if line.justified {
                paragraph::share_stretch(line);
            }
            paragraph::hold_label(line, space);
        }
    }
}

/// A line of text.
#[derive(Debug, Clone)]
pub struct Line {
    /// The baseline, from the top of the cell.
    pub baseline: Abs,
    /// The top edge of the line above the baseline.
    pub ascent: Abs,
    /// The bottom edge of the line below the baseline.
    pub descent: Abs,
    /// The runs, from left to right.
    pub runs: Vec<Run>,
    /// The text from the start of this line to the start of the next one, in logical order: what a reader should get.
    pub text: String,
    /// The parts of the text, where the author names the language of one; empty where all is of the language of the cell.
    pub parts: Vec<LinePart>,
    /// Where the line stands in a table: row and column, both from 0, the head row first.
    pub table: Option<(usize, usize)>,
    /// Whether a paragraph starts with it that is not the first of its cell.
    pub opens: bool,
    /// The left and right edge of its cell of a table, in the cell of the row; `None` outside of tables, and in those that
    /// do not tell how wide their columns are.
    pub bounds: Option<(Abs, Abs)>,
    /// Whether a note is marked or labelled in it.
    pub noted: bool,
    /// Whether the line is filled from side to side.
    pub justified: bool,
    /// Whether the line was to be filled and is left short, because its spaces would have grown too wide.
    pub short: bool,
    /// The width of a space that nothing stretches, by its width in the font: what the template says.
    pub space: f64,
}

/// A part of the text of a line in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePart {
    /// The language that the author names for it; `None` for that of the cell.
    pub language: Option<Language>,
    /// Its text, in logical order.
    pub text: String,
    /// The passage that it starts in.
    pub passage: u32,
}

/// A stretch of a line in one font, size and direction.
#[derive(Debug, Clone)]
pub struct Run {
    /// The font.
    pub font: FontInstance,
    /// The size.
    pub size: Abs,
    /// The colour.
    pub fill: Paint,
    /// The outline, where the template asks for one.
    pub stroke: Option<FixedStroke>,
    /// How far the run is raised above the baseline of its line.
    pub rise: Abs,
    /// The embedding level of UAX #9: odd from right to left.
    pub level: u8,
    /// Whether it stands in an isolate of UAX #9.
    pub isolated: bool,
    /// The language that the author names for it; `None` for that of the cell.
    pub language: Option<Language>,
    /// By how many hundredths its letters are set wider than they are in the font; narrower where it is less than 0.
    pub grade: i8,
    /// The clusters, from left to right.
    pub clusters: Vec<Cluster>,
}

/// The letters that cannot be set apart, and their glyphs.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// Where its letters stand in the text; `None` for text of the template's own.
    pub place: Option<Place>,
    /// What its letters are for.
    pub purpose: Purpose,
    /// Its letters, in logical order.
    pub text: EcoString,
    /// Its left edge, from the left edge of the cell.
    pub x: Abs,
    /// Its advance.
    pub advance: Abs,
    /// Its glyphs, from left to right: nearly always one.
    pub glyphs: SmallVec<[SetGlyph; 1]>,
    /// The place in the order of the text within its line.
    pub logical: u32,
    /// Whether its glyph stands for a character that steers as well; Typst does not justify such a space.
    pub(crate) steered: bool,
}

/// A glyph of a cluster. A long document has millions of them, so lengths inside of a cluster are kept in single precision:
/// to a thousandth of a font unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SetGlyph {
    /// The number of the glyph in its font.
    pub id: u16,
    x: f32,
    y: f32,
    /// 0 for a glyph that is not stretched.
    stretch: f32,
}

impl SetGlyph {
    /// A glyph whose origin stands right of the left edge of its cluster by `x` and above the baseline of its run by `y`.
    pub fn new(id: u16, x: Abs, y: Abs) -> Self {
        Self {
            id,
            x: x.to_pt() as f32,
            y: y.to_pt() as f32,
            stretch: 0.0,
        }
    }

    /// A tatweel at the left edge of its cluster, stretched to a width.
    pub fn tatweel(id: u16, y: Abs, width: Abs) -> Self {
        Self {
            stretch: width.to_pt() as f32,
            ..Self::new(id, Abs::zero(), y)
        }
    }

    /// Where its origin stands, right of the left edge of its cluster.
    pub fn x(&self) -> Abs {
        Abs::pt(f64::from(self.x))
    }

    /// How far it is raised above the baseline of its run.
    pub fn y(&self) -> Abs {
        Abs::pt(f64::from(self.y))
    }

    /// The width that it is stretched to, when it is a tatweel that elongates a joint.
    pub fn stretch(&self) -> Option<Abs> {
        (self.stretch > 0.0).then(|| Abs::pt(f64::from(self.stretch)))
    }

    /// The same glyph, moved right and up.
    pub fn moved(self, right: Abs, up: Abs) -> Self {
        Self {
            x: (self.x() + right).to_pt() as f32,
            y: (self.y() + up).to_pt() as f32,
            ..self
        }
    }
}

impl Run {
    /// The left edge of the run.
    pub fn left(&self) -> Abs {
        self.clusters.first().map_or(Abs::zero(), |c| c.x)
    }

    /// The right edge of the run.
    pub fn right(&self) -> Abs {
        self.clusters.last().map_or(Abs::zero(), |c| c.x + c.advance)
    }

    /// Whether the run goes from right to left.
    pub fn is_rtl(&self) -> bool {
        self.level % 2 == 1
    }
}

impl Cluster {
    /// Whether the cluster is a space between words.
    pub fn is_space(&self) -> bool {
        matches!(self.text.as_str(), " " | "\u{a0}")
    }

    /// Whether the cluster is a space that justification makes wider or narrower. Those of a label are not: the text after
    /// labels starts at one stop.
    pub(crate) fn is_elastic(&self) -> bool {
        self.is_space() && self.purpose != Purpose::Label
    }

    /// Raises its glyphs above the baseline.
    fn raise(&mut self, up: Abs) {
        if up != Abs::zero() {
            self.glyphs
                .iter_mut()
                .for_each(|glyph| *glyph = glyph.moved(Abs::zero(), up));
        }
    }
}

impl Line {
    /// The clusters from left to right, each with its run.
    pub fn clusters(&self) -> impl Iterator<Item = (&Run, &Cluster)> {
        self.runs
            .iter()
            .flat_map(|run| run.clusters.iter().map(move |cluster| (run, cluster)))
    }

    /// The spaces between words, without those of a label: the width of each in its font, and in the line.
    pub fn spaces(&self) -> impl Iterator<Item = (Abs, Abs)> {
        self.clusters()
            .filter(|(_, cluster)| cluster.is_elastic())
            .filter_map(|(run, cluster)| {
                let natural = run.font.x_advance(cluster.glyphs.first()?.id)?.at(run.size);
                (natural > Abs::zero()).then_some((natural, cluster.advance))
            })
    }

    /// The first and the last passage of the line; `None` for text of the template's own.
    pub fn passages(&self) -> Option<(u32, u32)> {
        let numbers = || {
            let places = self.clusters().filter_map(|(_, cluster)| cluster.place.as_ref());
            places.map(|place| place.passage)
        };
        Some((numbers().min()?, numbers().max()?))
    }

    /// The label of a paragraph or a note that the line starts with, as it stands at the start of its text.
    pub fn label(&self, passages: &Passages) -> Option<&str> {
        let first = self.clusters().map(|(_, cluster)| cluster);
        let first = first.min_by_key(|cluster| cluster.logical)?;
        if !matches!(first.purpose, Purpose::Label | Purpose::NoteLabel(_)) {
            return None;
        }
        let number = first.place.as_ref()?.passage;
        let label = passages.text(number, 0..passages.get(number)?.text.len());
        self.text.get(..label.len()).filter(|start| *start == label)
    }

    /// The notes whose marks stand in the line, in the order of the text, each with the left and right edge of its mark.
    pub fn marks(&self) -> Vec<(usize, Range<Abs>)> {
        let mut found: Vec<(usize, usize, Range<Abs>)> = Vec::new();
        if !self.noted {
            return Vec::new();
        }
        for (_, cluster) in self.clusters() {
            let Purpose::Mark(note) = cluster.purpose else { continue };
            let note = note as usize;
            let extent = cluster.x..cluster.x + cluster.advance;
            // One mark is one passage; two marks of one note in a line are two.
            let passage = cluster.place.as_ref().map_or(0, |place| place.passage as usize);
            match found.iter_mut().find(|(p, n, _)| *p == passage && *n == note) {
                Some((_, _, all)) => {
                    all.start = all.start.min(extent.start);
                    all.end = all.end.max(extent.end);
                }
                None => found.push((passage, note, extent)),
            }
        }
        found.sort_by_key(|(passage, ..)| *passage);
        found.into_iter().map(|(_, note, extent)| (note, extent)).collect()
    }

    /// The links whose words stand in the line, from left to right, each with the left and right edge of its words. One whose
    /// words stand in two places is told twice.
    pub fn links(&self, passages: &Passages) -> Vec<(u32, Range<Abs>)> {
        let mut found: Vec<(u32, Range<Abs>)> = Vec::new();
        let mut before = None;
        for (_, cluster) in self.clusters() {
            let passage = cluster.place.as_ref().and_then(|place| passages.get(place.passage));
            let link = passage.and_then(|passage| passage.link);
            let extent = cluster.x..cluster.x + cluster.advance;
            match (link, found.last_mut()) {
                (Some(link), Some((last, all))) if before == Some(link) && *last == link => all.end = extent.end,
                (Some(link), _) => found.push((link, extent)),
                (None, _) => {}
            }
            before = link;
        }
        found
    }

    /// The left and right edge of the label of a note, when this line starts one.
    pub fn note_label(&self) -> Option<(usize, Range<Abs>)> {
        if !self.noted {
            return None;
        }
        let mut found: Option<(usize, Range<Abs>)> = None;
        for (_, cluster) in self.clusters() {
            let Purpose::NoteLabel(note) = cluster.purpose else {
                continue;
            };
            let note = note as usize;
            let extent = cluster.x..cluster.x + cluster.advance;
            found = Some(match found {
                Some((note, all)) => (note, all.start.min(extent.start)..all.end.max(extent.end)),
                None => (note, extent),
            });
        }
        found
    }
}

/// A piece of a line as it is drawn: a text item and where its origin stands, relative to the left edge of the cell and
/// the baseline of the line.
pub type Drawn = (Point, TextItem);

/// Whether the character is a mark on a letter (Unicode general category Mn), as the Arabic vowel signs.
fn is_mark(c: char) -> bool {
    qarar_text::bidi::class(c) == unicode_bidi::BidiClass::NSM
}
