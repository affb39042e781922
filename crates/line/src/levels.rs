//! The text of a cell in its order, and the embedding level of each letter.

use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_bidi::Level;

use super::Cluster;
use super::raw::{RawCluster, RawLine, Source};
use crate::passage::{Passages, Purpose};
use qarar_text::{Direction, Language};
use qarar_text::{bidi, is_steering};

/// The embedding levels of all text of a cell.
pub(super) struct Levels {
    /// All passages, one after the other.
    pub(super) text: String,
    /// The numbers of the passages, in their order.
    pub(super) passages: Vec<u32>,
    levels: Vec<Level>,
    /// The isolates that no other holds, as bytes of the text that the levels are of.
    isolates: Vec<Range<usize>>,
    /// Where each passage starts in that text.
    starts: FxHashMap<u32, usize>,
    pub(super) base: Level,
}

impl Levels {
    /// Runs the bidirectional algorithm (UAX #9) over the passages of a cell in their order, whole, since the level of a
    /// number at the start of a line may depend on the line before.
    pub(super) fn new(lines: &[RawLine], passages: &Passages, language: Language) -> Self {
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
        for &number in &numbers {
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
            text,
            passages: numbers,
            levels,
            isolates,
            starts,
            base,
        }
    }

    /// Where a cluster stands in the text.
    pub(super) fn at(&self, cluster: &Cluster) -> Option<usize> {
        let place = cluster.place.as_ref()?;
        Some(self.starts.get(&place.passage)? + place.range.0 as usize)
    }

    /// Where a passage starts in the text.
    pub(super) fn start(&self, passage: u32) -> Option<usize> {
        self.starts.get(&passage).copied()
    }

    /// The lowest level of a stretch of the text; `None` of an empty one.
    pub(super) fn lowest(&self, stretch: Range<usize>) -> Option<u8> {
        let levels = self.levels.get(stretch)?;
        levels.iter().map(|level| level.number()).min()
    }

    /// Tells clusters their levels and isolates.
    pub(super) fn tell(&self, clusters: &mut [RawCluster], sources: &[Source]) {
        for raw in clusters {
            raw.level = self.of(&raw.cluster, sources[raw.font_of].falling);
            raw.isolate = self.isolate(&raw.cluster);
        }
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
