//! The lines of a frame before the order of their letters is known.

use std::cmp::Reverse;

use typst::layout::Abs;
use typst::text::TextItem;
use unicode_bidi::Level;

use super::levels::Levels;
use super::unbroken::{Edges, Style, has_leapt};
use super::{Cluster, Line, Run, SetGlyph, is_mark};
use crate::passage::{Place, Purpose};
use qarar_text::Language;

/// A cluster before its level is known.
#[derive(Clone)]
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
pub(super) struct Source {
    pub(super) item: TextItem,
    pub(super) rise: Abs,
    pub(super) falling: bool,
}

pub(super) struct RawLine {
    pub(super) baseline: Abs,
    pub(super) clusters: Vec<RawCluster>,
    pub(super) sources: Vec<Source>,
    pub(super) table: Option<(usize, usize)>,
    /// The left edge and the advance of each glyph that was set once too often.
    pub(super) doubled: Vec<(Abs, Abs)>,
    pub(super) bounds: Option<(Abs, Abs)>,
    /// How the paragraph that it is of is filled.
    pub(super) style: Style,
    /// The edges of the paragraph before it, where it only tells these.
    pub(super) edges: Option<Edges>,
}

impl RawLine {
    /// Whether it is the text of a paragraph that Typst did not break.
    pub(super) fn is_unbroken(&self) -> bool {
        self.clusters.iter().any(|raw| has_leapt(raw.cluster.x))
    }

    /// Adds a glyph to the last cluster when it is of the same letters: several glyphs of one item, or a mark that the
    /// font raises, which Typst puts into an item of its own. The letter says what the cluster's rise is.
    pub(super) fn join(
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
    pub(super) fn is_doubled(&self, source: usize, place: Option<&Place>) -> bool {
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

    pub(super) fn finish(mut self, levels: &Levels) -> Line {
        self.close_gaps(levels.base);
        let Self {
            baseline,
            mut clusters,
            sources,
            table,
            bounds,
            ..
        } = self;
        levels.tell(&mut clusters, &sources);
        number_in_order_of_text(&mut clusters);
        // Spaces that Typst trimmed at the end of a line have no advance: they are in the text and not on the page.
        // Default-ignorable characters, which have no text here, steer only.
        clusters.retain(|RawCluster { cluster, .. }| {
            let trimmed = cluster.is_space() && cluster.advance.approx_eq(Abs::zero());
            !trimmed && !cluster.text.is_empty()
        });
        from_left_to_right(&mut clusters);
        in_order_of_levels(&mut clusters);
        line_of(clusters, &sources, baseline, table, bounds)
    }
}

/// The line of clusters that stand from left to right.
pub(super) fn line_of(
    clusters: Vec<RawCluster>,
    sources: &[Source],
    baseline: Abs,
    table: Option<(usize, usize)>,
    bounds: Option<(Abs, Abs)>,
) -> Line {
    let lengths: Vec<usize> = clusters
        .chunk_by(|before, next| are_of_one_run(before, next, sources))
        .map(<[RawCluster]>::len)
        .collect();
    let is_noted = |raw: &RawCluster| matches!(raw.cluster.purpose, Purpose::Mark(_) | Purpose::NoteLabel(_));
    let noted = clusters.iter().any(is_noted);
    let mut clusters = clusters.into_iter();
    let mut runs: Vec<Run> = Vec::with_capacity(lengths.len());
    for length in lengths {
        runs.extend(run(clusters.by_ref().take(length), sources));
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
        grade: 0,
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
pub(super) fn from_left_to_right(clusters: &mut [RawCluster]) {
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
pub(super) fn in_order_of_levels(clusters: &mut [RawCluster]) {
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
pub(super) fn number_in_order_of_text(clusters: &mut [RawCluster]) {
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
