//! Gathers the lines of a frame.
//!
//! Typst breaks a line into text items by font, by size and by vertical offset, and puts the items in logical order but
//! the glyphs of one item in visual order. A marker stands at every baseline (see [`crate::typeset`]), so the items
//! between two markers are one line; the span of each glyph tells which letters of the source it draws.

use smallvec::smallvec;
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::model::{ParElem, ParLineMarker, TableCell, TableElem};
use typst::text::TextItem;

use super::levels::Levels;
use super::opportunities::Opportunities;
use super::paragraph::{find_justified, learn_space, tell_text};
use super::raw::{RawCluster, RawLine, Source};
use super::section::Setter;
use super::table::Columns;
use super::unbroken::{Mark, Style};
use super::{Cell, Cluster, SetGlyph, hyphen};
use crate::passage::{Passages, Purpose};
use qarar_text::{Direction, Language, Script};

/// Gathers the lines of a cell or a note that Typst laid out.
pub fn gather(frame: &Frame, passages: &Passages, language: Language) -> Cell {
    let (raw, mut cell) = collect(frame, passages, language);
    let levels = Levels::new(&raw, passages, language);
    if cell.settled {
        set(raw, &levels, passages, &mut cell);
    } else {
        cell.lines = raw.into_iter().map(|line| line.finish(&levels)).collect();
    }
    finish(&mut cell, passages);
    cell
}

/// The lines of a frame as they stand in it, and the cell that they go into.
fn collect(frame: &Frame, passages: &Passages, language: Language) -> (Vec<RawLine>, Cell) {
    let mut collector = Collector {
        passages,
        raw: Vec::new(),
        ornaments: Vec::new(),
        columns: None,
        width: frame.width(),
        direction: language.direction(),
        style: Style::default(),
        table: None,
        open_table: None,
        bounds: None,
    };
    collector.walk(frame, Point::zero());
    let Collector { mut raw, ornaments, .. } = collector;
    raw.retain(|line| !line.clusters.is_empty() || line.edges.is_some());
    let space = raw.iter().any(RawLine::is_unbroken).then(|| space_of(&raw));
    let deepest = raw.iter().map(|line| line.baseline).fold(Abs::zero(), Abs::max);
    let cell = Cell {
        space,
        lines: Vec::with_capacity(raw.len()),
        ornaments,
        height: frame.height(),
        width: frame.width(),
        language,
        settled: space.is_some(),
        ascent: raw.iter().map(|line| line.baseline).fold(Abs::inf(), Abs::min),
        descent: (frame.height() - deepest).max(Abs::zero()),
    };
    (raw, cell)
}

/// Tells the lines of a cell what they are in it.
fn finish(cell: &mut Cell, passages: &Passages) {
    for line in &mut cell.lines {
        line.ascent = cell.ascent;
        line.descent = cell.descent;
    }
    tell_text(&mut cell.lines, passages);
    if let (true, Some(space)) = (cell.settled, cell.space) {
        cell.lines.iter_mut().for_each(|line| line.space = space);
    } else {
        cell.space = learn_space(&cell.lines, cell.width, cell.language);
        find_justified(&mut cell.lines, cell.width, cell.space.unwrap_or(1.0), cell.language);
    }
}

/// Breaks the paragraphs of a cell that Typst set as one line each. What stands under them moves down.
fn set(raw: Vec<RawLine>, levels: &Levels, passages: &Passages, cell: &mut Cell) {
    let opportunities = Opportunities::new(levels, passages);
    let mut setter = Setter {
        levels,
        opportunities: &opportunities,
        elongates: false,
        divides: false,
        language: cell.language,
    };
    let mut moved = Abs::zero();
    let mut sections: Vec<RawLine> = Vec::new();
    let mut moves: Vec<(Abs, Abs)> = Vec::new();
    for line in raw {
        let Some(edges) = line.edges else {
            if line.is_unbroken() {
                sections.push(line);
            } else {
                let mut line = line.finish(levels);
                line.baseline += moved;
                cell.lines.push(line);
            }
            continue;
        };
        let Some(first) = sections.first().map(|section| section.baseline) else {
            continue;
        };
        let pitch = (line.baseline - first) / sections.len() as f64;
        setter.elongates = edges.words.elongate && cell.language.script() == Script::ARABIC;
        setter.divides = edges.words.divide && cell.language.hyphenation().is_some();
        let mut baseline = first + moved;
        for section in sections.drain(..) {
            for mut line in setter.set(section, edges) {
                line.baseline = baseline;
                baseline += pitch;
                cell.lines.push(line);
            }
        }
        let lower = baseline - pitch - (line.baseline + moved);
        moves.push((first, lower));
        moved += lower;
    }
    for (at, _) in &mut cell.ornaments {
        let above = moves.iter().filter(|(first, _)| *first < at.y);
        at.y += above.map(|(_, lower)| *lower).sum();
    }
    cell.height += moved;
}

/// The factor of spaces that nothing stretches: most of them have it, but for those that a font kerns.
fn space_of(raw: &[RawLine]) -> f64 {
    /// So many are enough to know.
    const ENOUGH: usize = 1001;
    let factors = raw.iter().filter(|line| line.is_unbroken()).flat_map(|line| {
        let spaces = line.clusters.iter().filter(|raw| raw.cluster.is_elastic());
        spaces.filter_map(|raw| {
            let source = &line.sources[raw.font_of].item;
            let natural = source.font.x_advance(raw.cluster.glyphs.first()?.id)?.at(source.size);
            (natural > Abs::zero()).then(|| raw.cluster.advance / natural)
        })
    });
    let mut factors: Vec<f64> = factors.take(ENOUGH).collect();
    factors.sort_unstable_by(f64::total_cmp);
    factors.get(factors.len() / 2).copied().unwrap_or(1.0)
}

struct Collector<'a> {
    passages: &'a Passages,
    raw: Vec<RawLine>,
    ornaments: Vec<(Point, FrameItem)>,
    /// The columns of the table at hand, in a cell of this width and direction.
    columns: Option<Columns>,
    width: Abs,
    direction: Direction,
    /// How the paragraph at hand is filled.
    style: Style,
    table: Option<(usize, usize)>,
    /// The table that has not ended; the outer one of two in each other.
    open_table: Option<Location>,
    bounds: Option<(Abs, Abs)>,
}

impl Collector<'_> {
    fn walk(&mut self, frame: &Frame, origin: Point) {
        for (point, item) in frame.items() {
            let at = origin + *point;
            match item {
                FrameItem::Group(group) if group.clip.is_none() && group.transform == Transform::identity() => {
                    self.walk(&group.frame, at);
                }
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if element.is::<ParLineMarker>() {
                        let table = self.table;
                        let line = RawLine {
                            baseline: at.y,
                            clusters: Vec::new(),
                            sources: Vec::new(),
                            table,
                            doubled: Vec::new(),
                            bounds: self.bounds,
                            style: self.style,
                            edges: None,
                        };
                        self.raw.push(line);
                    } else if let Some(paragraph) = element.to_packed::<ParElem>() {
                        self.style = Style::of(paragraph);
                    } else if let Some(mark) = Mark::of(element) {
                        self.mark(mark, at.x);
                    } else if let Some(cell) = element.to_packed::<TableCell>() {
                        self.table = table_place(cell);
                        let place = self.columns.as_ref().zip(self.table);
                        self.bounds = place.and_then(|(columns, (_, x))| columns.cell(cell, x));
                    } else if let Some(table) = element.to_packed::<TableElem>() {
                        self.columns = Columns::of(table, at.x, self.width, self.direction);
                        self.open_table = self.open_table.or(element.location());
                    }
                }
                // What a template sets under a table is in no cell of it.
                FrameItem::Tag(Tag::End(location, ..)) if self.open_table == Some(*location) => {
                    self.open_table = None;
                    self.table = None;
                    self.bounds = None;
                }
                FrameItem::Tag(_) | FrameItem::Link(..) => {}
                FrameItem::Text(text) => self.text(at, text),
                FrameItem::Group(_) | FrameItem::Shape(..) | FrameItem::Image(..) => {
                    self.ornaments.push((at, item.clone()));
                }
            }
        }
    }

    /// A mark tells an edge of the lines of a paragraph.
    fn mark(&mut self, mark: Mark, x: Abs) {
        let Some(line) = self.raw.last_mut() else { return };
        let edges = line.edges.get_or_insert_default();
        match mark {
            Mark::Start(words) => {
                edges.start = x;
                edges.words = words;
            }
            Mark::End => edges.end = x,
        }
    }

    fn text(&mut self, at: Point, item: &TextItem) {
        let passages = self.passages;
        let Some(line) = self.raw.last_mut() else {
            // Text outside of any line is the template's own decoration.
            self.ornaments.push((at, FrameItem::Text(item.clone())));
            return;
        };
        let source = line.sources.len();
        let falling = item
            .glyphs
            .windows(2)
            .any(|pair| pair[0].range.start > pair[1].range.start);
        let rise = line.baseline - at.y;
        line.sources.push(Source {
            item: TextItem {
                glyphs: Vec::new(),
                ..item.clone()
            },
            rise,
            falling,
        });
        if item.text == hyphen::TEXT {
            line.clusters
                .extend(hyphen::of_item(item, at.x, source, line.clusters.last()));
            return;
        }
        let mut cursor = at.x;
        for glyph in &item.glyphs {
            let advance = glyph.x_advance.at(item.size);
            let set = SetGlyph::new(glyph.id, glyph.x_offset.at(item.size), glyph.y_offset.at(item.size));
            let length = u32::from(glyph.range.end - glyph.range.start);
            let start = u32::from(glyph.span.1);
            let passage = passages.of_span(glyph.span.0);
            let place = passage.map(|passage| passages.place(passage, start, length));
            if line.is_doubled(source, place.as_ref()) {
                line.doubled.push((cursor, advance));
            } else if !line.join((source, glyph.range.start), place.as_ref(), cursor, advance, set) {
                let named = place.as_ref().and_then(|place| passages.get(place.passage));
                let language = named.filter(|passage| passage.named).map(|passage| passage.language);
                let known = place
                    .as_ref()
                    .and_then(|place| Some((place, passages.get(place.passage)?)));
                let (text, purpose) = match known {
                    Some((place, passage)) => (
                        passages
                            .text(place.passage, place.range.0 as usize..place.range.1 as usize)
                            .into(),
                        passage.purpose,
                    ),
                    None => (item.text.get(glyph.range()).unwrap_or_default().into(), Purpose::Text),
                };
                let steered = place
                    .as_ref()
                    .is_some_and(|place| Some(place.passage) != passage || place.range.0 != start);
                let cluster = Cluster {
                    place,
                    purpose,
                    text,
                    x: cursor,
                    advance,
                    glyphs: smallvec![set],
                    logical: 0,
                    steered,
                };
                line.clusters.push(RawCluster {
                    font_of: source,
                    widest: advance,
                    level: 0,
                    isolate: None,
                    language,
                    start: glyph.range.start,
                    cluster,
                });
            }
            cursor += advance;
        }
    }
}

/// Row and column of a table cell, which Typst has filled in when the table was laid out.
fn table_place(cell: &typst::foundations::Packed<TableCell>) -> Option<(usize, usize)> {
    use typst::foundations::{Smart, StyleChain};
    match (cell.y.get(StyleChain::default()), cell.x.get(StyleChain::default())) {
        (Smart::Custom(y), Smart::Custom(x)) => Some((y, x)),
        _ => None,
    }
}
