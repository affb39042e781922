//! Gathers the lines of a frame.
//!
//! Typst breaks a line into text items by font, by size and by vertical offset, and puts the items in logical order but
//! the glyphs of one item in visual order. A marker stands at every baseline (see [`crate::typeset`]), so the items
//! between two markers are one line; the span of each glyph tells which letters of the source it draws.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::smallvec;
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::model::{ParLineMarker, TableCell, TableElem};
use typst::text::TextItem;
use unicode_bidi::Level;

use super::paragraph::{find_justified, learn_space, tell_text};
use super::table::Columns;
use super::{Cell, Cluster, Line, Run, SetGlyph, hyphen, is_mark};
use crate::passage::{Passages, Place, Purpose};
use qarar_text::{Direction, Language};
use qarar_text::{bidi, is_steering};

/// Gathers the lines of a cell or a note that Typst laid out.
pub fn gather(frame: &Frame, passages: &Passages, language: Language) -> Cell {
    let mut collector = Collector {
        passages,
        raw: Vec::new(),
        ornaments: Vec::new(),
        columns: None,
        width: frame.width(),
        direction: language.direction(),
        table: None,
        open_table: None,
        bounds: None,
    };
    collector.walk(frame, Point::zero());
    let Collector { raw, ornaments, .. } = collector;
    let raw: Vec<RawLine> = raw.into_iter().filter(|line| !line.clusters.is_empty()).collect();
    let levels = Levels::new(&raw, passages, language);
    let ascent = raw.iter().map(|line| line.baseline).fold(Abs::inf(), Abs::min);
    let deepest = raw.iter().map(|line| line.baseline).fold(Abs::zero(), Abs::max);
    let mut lines: Vec<Line> = raw.into_iter().map(|line| line.finish(&levels)).collect();
    for line in &mut lines {
        line.ascent = ascent;
        line.descent = (frame.height() - deepest).max(Abs::zero());
    }
    tell_text(&mut lines, passages);
    let space = learn_space(&lines, frame.width(), language);
    find_justified(&mut lines, frame.width(), space.unwrap_or(1.0), language);
    Cell {
        space,
        lines,
        ornaments,
        height: frame.height(),
        width: frame.width(),
        language,
    }
}

/// A cluster before its level is known.
pub(super) struct RawCluster {
    pub(super) font_of: usize,
    /// The advance of the widest glyph, which is the letter and not a mark on it.
    pub(super) widest: Abs,
    /// The embedding level, once it is known.
    pub(super) level: u8,
    /// The isolate that it stands in, once it is known.
    pub(super) isolate: Option<usize>,
    /// The language that the author names for it.
    pub(super) language: Option<Language>,
    /// Where its letters start in the text of its item.
    pub(super) start: u16,
    pub(super) cluster: Cluster,
}

/// The text item that a cluster came from, without its glyphs.
struct Source {
    item: TextItem,
    rise: Abs,
    falling: bool,
}

struct RawLine {
    baseline: Abs,
    clusters: Vec<RawCluster>,
    sources: Vec<Source>,
    table: Option<(usize, usize)>,
    /// The left edge and the advance of each glyph that was set once too often.
    doubled: Vec<(Abs, Abs)>,
    bounds: Option<(Abs, Abs)>,
}

struct Collector<'a> {
    passages: &'a Passages,
    raw: Vec<RawLine>,
    ornaments: Vec<(Point, FrameItem)>,
    /// The columns of the table at hand, in a cell of this width and direction.
    columns: Option<Columns>,
    width: Abs,
    direction: Direction,
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
                        };
                        self.raw.push(line);
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

/// The embedding levels of all text of a cell.
struct Levels {
    levels: Vec<Level>,
    /// The isolates that no other holds, as bytes of the text that the levels are of.
    isolates: Vec<Range<usize>>,
    /// Where each passage starts in that text.
    starts: FxHashMap<u32, usize>,
    base: Level,
}

impl Levels {
    /// Runs the bidirectional algorithm (UAX #9) over the passages of a cell in their order, whole, since the level of a
    /// number at the start of a line may depend on the line before.
    fn new(lines: &[RawLine], passages: &Passages, language: Language) -> Self {
        let mut numbers: Vec<u32> = lines
            .iter()
            .flat_map(|l| &l.clusters)
            .filter_map(|c| c.cluster.place.as_ref().map(|p| p.passage))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        with_steering(&mut numbers, passages);
        let mut text = String::new();
        let mut starts = FxHashMap::default();
        let mut before = None;
        for number in numbers {
            let Some(passage) = passages.get(number) else { continue };
            // What a line or a paragraph ends with says nothing of the direction of what follows.
            let ends = &[Purpose::LineEnd, Purpose::ParagraphEnd];
            if before.is_some_and(|before| passages.parts(before, number, ends)) {
                text.push(PARAGRAPH_END);
            }
            before = Some(number);
            starts.insert(number, text.len());
            text.push_str(&passage.text);
        }
        let base = if language.direction() == Direction::RightToLeft {
            Level::rtl()
        } else {
            Level::ltr()
        };
        let levels = bidi::levels(&text, Some(base));
        let isolates = bidi::isolates(&text);
        Self {
            levels,
            isolates,
            starts,
            base,
        }
    }

    /// Where a cluster stands in the text.
    fn at(&self, cluster: &Cluster) -> Option<usize> {
        let place = cluster.place.as_ref()?;
        Some(self.starts.get(&place.passage)? + place.range.0 as usize)
    }

    fn of(&self, cluster: &Cluster, falling: bool) -> u8 {
        match self.at(cluster).and_then(|at| self.levels.get(at)) {
            Some(level) => level.number(),
            // Text of the template's own: its glyphs tell its direction.
            None if falling => 1,
            None => self.base.number() * 2,
        }
    }

    /// The isolate that a cluster stands in, by its place among them.
    fn isolate(&self, cluster: &Cluster) -> Option<usize> {
        let at = self.at(cluster).filter(|_| !self.isolates.is_empty())?;
        let before = self.isolates.partition_point(|isolate| isolate.start <= at);
        let last = before.checked_sub(1)?;
        self.isolates[last].contains(&at).then_some(last)
    }
}

/// Adds the passages beside others that hold nothing but what steers: they have no glyphs, or share one with the next letter.
fn with_steering(numbers: &mut Vec<u32>, passages: &Passages) {
    let steers = |number: &u32| {
        passages
            .get(*number)
            .is_some_and(|passage| !passage.text.is_empty() && passage.text.chars().all(is_steering))
    };
    let before = |number: &u32| (0..*number).rev().take_while(steers).collect::<Vec<_>>();
    let steering: Vec<u32> = numbers.iter().flat_map(before).collect();
    if !steering.is_empty() {
        numbers.extend(steering);
        numbers.sort_unstable();
        numbers.dedup();
    }
}

/// Ends a paragraph of the bidirectional algorithm (class B).
const PARAGRAPH_END: char = '\u{2029}';

impl RawLine {
    /// Adds a glyph to the last cluster when it is of the same letters: several glyphs of one item, or a mark that the
    /// font raises, which Typst puts into an item of its own. The letter says what the cluster's rise is.
    fn join(
        &mut self,
        (source, start): (usize, u16),
        place: Option<&Place>,
        x: Abs,
        advance: Abs,
        set: SetGlyph,
    ) -> bool {
        let Some(last) = self.clusters.last_mut() else {
            return false;
        };
        let (before, now) = (&self.sources[last.font_of], &self.sources[source]);
        if last.cluster.place.as_ref() != place
            || place.is_none() && (last.font_of, last.start) != (source, start)
            || before.item.font != now.item.font
            || before.item.size != now.item.size
        {
            return false;
        }
        let lift = now.rise - before.rise;
        last.cluster.glyphs.push(set.moved(x - last.cluster.x, lift));
        last.cluster.advance = last.cluster.advance.max(x + advance - last.cluster.x);
        if advance > last.widest {
            last.widest = advance;
            last.font_of = source;
            last.cluster.raise(-lift);
        }
        true
    }

    /// Whether a glyph is of the letters that the last cluster has whole, in another font. Where a font has the letter and not
    /// the mark on it, Typst sets both again in the next font; in a run from right to left the letter of the first stays.
    fn is_doubled(&self, source: usize, place: Option<&Place>) -> bool {
        self.clusters.last().is_some_and(|last| {
            let (before, now) = (&self.sources[last.font_of].item, &self.sources[source].item);
            place.is_some() && last.cluster.place.as_ref() == place && before.font != now.font
        })
    }

    /// Closes the gaps of what was set once too often, towards the side where the lines of the language start.
    fn close_gaps(&mut self, base: Level) {
        // From the side that moves farthest: the places were taken before anything moved.
        if base.is_ltr() {
            self.doubled.reverse();
        }
        for (x, advance) in std::mem::take(&mut self.doubled) {
            for RawCluster { cluster, .. } in &mut self.clusters {
                if base.is_rtl() && cluster.x < x {
                    cluster.x += advance;
                } else if base.is_ltr() && cluster.x > x {
                    cluster.x -= advance;
                }
            }
        }
    }

    fn finish(mut self, levels: &Levels) -> Line {
        self.close_gaps(levels.base);
        let Self {
            baseline,
            mut clusters,
            sources,
            table,
            bounds,
            ..
        } = self;
        for raw in &mut clusters {
            raw.level = levels.of(&raw.cluster, sources[raw.font_of].falling);
            raw.isolate = levels.isolate(&raw.cluster);
        }
        number_in_order_of_text(&mut clusters);
        // Spaces that Typst trimmed at the end of a line have no advance: they are in the text and not on the page.
        // Default-ignorable characters, which have no text here, steer only.
        clusters.retain(|RawCluster { cluster, .. }| {
            let trimmed = cluster.is_space() && cluster.advance.approx_eq(Abs::zero());
            !trimmed && !cluster.text.is_empty()
        });
        from_left_to_right(&mut clusters);
        in_order_of_levels(&mut clusters);
        let mut runs: Vec<Run> = Vec::new();
        let lengths: Vec<usize> = clusters
            .chunk_by(|before, next| are_of_one_run(before, next, &sources))
            .map(<[RawCluster]>::len)
            .collect();
        let is_noted = |raw: &RawCluster| matches!(raw.cluster.purpose, Purpose::Mark(_) | Purpose::NoteLabel(_));
        let noted = clusters.iter().any(is_noted);
        let mut clusters = clusters.into_iter();
        for length in lengths {
            runs.extend(run(clusters.by_ref().take(length), &sources));
        }
        for run in runs.iter_mut().filter(|run| run.is_rtl()) {
            share_advances(&mut run.clusters);
        }
        Line {
            baseline,
            ascent: Abs::zero(),
            descent: Abs::zero(),
            runs,
            text: String::new(),
            parts: Vec::new(),
            table,
            opens: false,
            bounds,
            noted,
            justified: false,
            short: false,
            space: 1.0,
        }
    }
}

/// Whether two clusters beside each other belong to one run.
fn are_of_one_run(before: &RawCluster, next: &RawCluster, sources: &[Source]) -> bool {
    if before.level != next.level || before.language != next.language || before.isolate != next.isolate {
        return false;
    }
    if before.font_of == next.font_of {
        return true;
    }
    let (before, next) = (&sources[before.font_of], &sources[next.font_of]);
    before.item.font == next.item.font
        && before.item.size == next.item.size
        && before.item.fill == next.item.fill
        && before.item.stroke == next.item.stroke
        && (before.rise - next.rise).abs() < MINUTE_RISE
}

/// The run of clusters that belong together; `None` of none.
fn run(clusters: impl Iterator<Item = RawCluster>, sources: &[Source]) -> Option<Run> {
    let mut clusters = clusters.peekable();
    let first = clusters.peek()?;
    let (source, level) = (&sources[first.font_of], first.level);
    let (isolated, language) = (first.isolate.is_some(), first.language);
    // A part of the run that the font raises by a little: kept as an offset of its glyphs.
    let lifted = |mut raw: RawCluster| {
        raw.cluster.raise(sources[raw.font_of].rise - source.rise);
        raw.cluster
    };
    Some(Run {
        font: source.item.font.clone(),
        size: source.item.size,
        fill: source.item.fill.clone(),
        stroke: source.item.stroke.clone(),
        rise: source.rise,
        level,
        isolated,
        language,
        clusters: clusters.map(lifted).collect(),
    })
}

/// Gives letters without an advance, as an alef that some fonts hang on its lam, a half of that of the letter at their
/// right, so that every letter has a place of its own for readers. No ink moves.
pub(super) fn share_advances(clusters: &mut [Cluster]) {
    for at in 1..clusters.len() {
        let (done, rest) = clusters.split_at_mut(at);
        let [.., left] = done else { continue };
        let right = &mut rest[0];
        let lacks = left.advance < Abs::pt(0.005) && left.text.chars().any(|c| !is_mark(c));
        if !lacks || left.is_space() || right.is_space() || right.advance <= Abs::zero() {
            continue;
        }
        let half = (left.advance + right.advance) / 2.0;
        let shift = half - left.advance;
        left.advance = half;
        right.x += shift;
        right.advance -= shift;
        right
            .glyphs
            .iter_mut()
            .for_each(|glyph| *glyph = glyph.moved(-shift, Abs::zero()));
    }
}

/// Sorts clusters by where they stand. Letters without an advance, as an alef that hangs on its lam, stand where the next
/// one does or a little beyond, and adding up advances errs by a little: such clusters keep the order of the frame.
fn from_left_to_right(clusters: &mut [RawCluster]) {
    let same = Abs::pt(0.15);
    for end in 1..clusters.len() {
        let mut at = end;
        while at > 0 && clusters[at - 1].cluster.x > clusters[at].cluster.x + same {
            clusters.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Puts clusters that stand beside each other on one level into the order of their text, backwards on an odd level (UAX #9,
/// L2): a font may hang a letter so far over the one before it, as a kaf over a zain, that their places tell another.
fn in_order_of_levels(clusters: &mut [RawCluster]) {
    let place = |raw: &RawCluster| raw.cluster.logical;
    for stretch in clusters.chunk_by_mut(|before, next| before.level == next.level && before.isolate == next.isolate) {
        // Nearly always they stand in order already.
        if stretch[0].level % 2 == 1 {
            if !stretch.is_sorted_by_key(|raw| Reverse(place(raw))) {
                stretch.sort_by_key(|raw| Reverse(place(raw)));
            }
        } else if !stretch.is_sorted_by_key(place) {
            stretch.sort_by_key(place);
        }
    }
}

/// Fonts place single letters a little higher by GPOS; Typst makes an item of its own of each such stretch. A rise under
/// this is such an offset, above it a template's raised text.
const MINUTE_RISE: Abs = Abs::raw(1.5);

/// Numbers the clusters of a line in the order of the text. Text of the template's own comes after what stands before it in
/// the items of the frame: they follow each other as the text does, while the glyphs of one may be in the order of the eye.
fn number_in_order_of_text(clusters: &mut [RawCluster]) {
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    if clusters.iter().any(|raw| raw.cluster.place.is_none()) {
        order.sort_by_key(|index| (clusters[*index].font_of, clusters[*index].start));
    }
    let mut keys = Vec::with_capacity(clusters.len());
    let mut last = (0, 0);
    for (turn, index) in order.into_iter().enumerate() {
        if let Some(place) = &clusters[index].cluster.place {
            last = (place.passage, place.range.0);
        }
        keys.push((last, turn, index));
    }
    keys.sort_unstable();
    for (logical, (_, _, index)) in keys.into_iter().enumerate() {
        clusters[index].cluster.logical = logical as u32;
    }
}
