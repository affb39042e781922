//! Lines made of the text of a paragraph that Typst set as one: broken, put into the order of the eye, and filled.

use smallvec::SmallVec;
use typst::layout::Abs;

use super::breaker;
use super::breaker::costs::{Costs, GRADES, TRACKING, WIDENING};
use super::breaker::material::{Candidate, Ending, Material, Paragraph};
use super::joints::{is_arabic_letter, is_elongatable};
use super::levels::Levels;
use super::opportunities::Opportunities;
use super::passage::Purpose;
use super::raw::{
    RawCluster, RawLine, Source, from_left_to_right, in_order_of_levels, line_of, number_in_order_of_text,
};
use super::unbroken::{Edges, Style, has_leapt, without_leap};
use super::{Cluster, Line, hyphen};
use qarar_text::{Language, Script, TATWEEL};

/// How much a word takes up in an elongation until one would rather have another line, in em.
const ELONGATION: f64 = 0.2;
/// How much wider than by nature a space may be until one does not like it: where words are elongated, and where not.
const STRETCH_BESIDE_KASHIDA: f64 = 0.15;
const STRETCH: f64 = 0.33;

/// What it costs to divide a word.
const HYPHEN: f64 = 100.0;

/// Sets the sections of a cell.
pub(super) struct Setter<'a> {
    pub(super) levels: &'a Levels,
    pub(super) opportunities: &'a Opportunities,
    /// Whether words are elongated.
    pub(super) elongates: bool,
    /// Whether words of Latin script are divided.
    pub(super) divides: bool,
    pub(super) language: Language,
}

/// A cluster in the order of the text, with what it is to the breaker.
struct Piece {
    raw: RawCluster,
    material: Material,
    /// How a line may end before it.
    ending: Option<Ending>,
    /// The hyphen that it ends with then.
    hyphen: Option<RawCluster>,
}

/// A line that is to be filled.
struct Frame {
    /// Where it starts.
    start: Abs,
    /// Where it ends.
    end: Abs,
    /// Whether it is filled from side to side.
    filled: bool,
    /// How much white a ragged line should have at its end; `None` for the last line of a paragraph and for one that is filled.
    rag: Option<f64>,
    style: Style,
}

impl Setter<'_> {
    /// Sets the text of a paragraph from one line end of its author's to the next. `edges` are those of its lines.
    pub(super) fn set(&self, raw: RawLine, edges: Edges) -> Vec<Line> {
        let RawLine {
            baseline,
            mut clusters,
            sources,
            table,
            bounds,
            style,
            doubled,
            ..
        } = raw;
        self.levels.tell(&mut clusters, &sources);
        number_in_order_of_text(&mut clusters);
        // Default-ignorable characters, which have no text here, steer only.
        clusters.retain(|raw| !raw.cluster.text.is_empty());
        clusters.sort_by_key(|raw| raw.cluster.logical);
        let first = clusters.partition_point(|raw| !has_leapt(raw.cluster.x));
        let body = clusters.split_off(first);
        // The label, which stands where the template puts it.
        let mut label = clusters;
        from_left_to_right(&mut label);
        in_order_of_levels(&mut label);
        let start = self.start(&body);
        let em = size_of(&body, &sources);
        let pieces = self.pieces(body, &sources, doubled.is_empty());
        let room = |start: Abs| (edges.end - start).abs().to_pt();
        let (paragraph, places) = paragraph(&pieces, room(start), room(edges.start), self);
        let costs = Costs {
            filled: style.filled,
            narrowest: style.narrowest,
            stretch: if self.elongates {
                STRETCH_BESIDE_KASHIDA
            } else {
                STRETCH
            },
            steepness: match (style.filled, self.elongates) {
                (false, _) => 1,
                (true, true) => 2,
                (true, false) => 3,
            },
            em: em.to_pt(),
        };
        let broken = breaker::best(&paragraph, &costs);
        let rag = mean_rag(&paragraph, &broken.ends);
        let mut pieces = pieces.into_iter();
        let mut from = 0;
        let mut lines = Vec::with_capacity(broken.ends.len());
        for end in broken.ends {
            let length = places[end] - from;
            from = places[end];
            let last = paragraph.candidates[end].ending == Ending::Last;
            let frame = Frame {
                start: if lines.is_empty() { start } else { edges.start },
                end: edges.end,
                filled: style.filled && !last,
                rag: (!style.filled && !last).then_some(rag),
                style,
            };
            let mut text: Vec<Piece> = pieces.by_ref().take(length).collect();
            // The hyphen stands before the letters that it parts from the line.
            let hyphen = pieces.as_slice().first().and_then(|next| next.hyphen.clone());
            text.extend(hyphen.map(|raw| Piece {
                material: self.material(&raw, &sources[raw.font_of]),
                raw,
                ending: None,
                hyphen: None,
            }));
            let (clusters, filled, grade) = self.fill(text, &frame, &sources);
            let label = std::mem::take(&mut label);
            let clusters = if self.is_rtl() {
                clusters.into_iter().chain(label).collect()
            } else {
                label.into_iter().chain(clusters).collect()
            };
            let mut line = line_of(clusters, &sources, baseline, table, bounds);
            line.justified = filled;
            line.runs
                .iter_mut()
                .filter(|run| !run.is_rtl())
                .for_each(|run| run.grade = grade);
            lines.push(line);
        }
        lines
    }

    fn is_rtl(&self) -> bool {
        self.levels.base.is_rtl()
    }

    /// Where the text of the first line starts.
    fn start(&self, body: &[RawCluster]) -> Abs {
        let edges = body.iter().map(|raw| &raw.cluster);
        let edge = if self.is_rtl() {
            edges
                .map(|cluster| cluster.x + cluster.advance)
                .fold(-Abs::inf(), Abs::max)
        } else {
            edges.map(|cluster| cluster.x).fold(Abs::inf(), Abs::min)
        };
        without_leap(edge)
    }

    /// The clusters with what they are to the breaker. `is_exact` tells that the places of all are what their advances add up to.
    fn pieces(&self, body: Vec<RawCluster>, sources: &[Source], is_exact: bool) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(body.len());
        let mut before: Option<usize> = None;
        for raw in body {
            let at = self.levels.at(&raw.cluster);
            let ending = match (before, at) {
                (Some(before), Some(at)) => self.opportunities.between(before, at),
                // Words of the template's own part at their spaces.
                _ => pieces
                    .last()
                    .filter(|last| last.raw.cluster.text == " " && !raw.cluster.is_space())
                    .map(|_| Ending::Open(0.0)),
            };
            before = at.or(before);
            if let Some(last) = pieces.last_mut().filter(|_| is_exact) {
                take_gap(&mut last.raw, &raw);
            }
            pieces.push(Piece {
                raw,
                material: Material::default(),
                ending,
                hyphen: None,
            });
        }
        for piece in &mut pieces {
            piece.material = self.material(&piece.raw, &sources[piece.raw.font_of]);
        }
        if self.elongates {
            add_elongation(&mut pieces, sources);
        }
        if self.divides {
            self.add_hyphens(&mut pieces, sources);
        }
        pieces
    }

    /// Tells where words may be divided.
    fn add_hyphens(&self, pieces: &mut [Piece], sources: &[Source]) {
        let is_letter = |piece: &Piece| {
            let cluster = &piece.raw.cluster;
            piece.raw.level.is_multiple_of(2)
                && cluster.purpose == Purpose::Text
                && cluster.text.chars().all(char::is_alphabetic)
        };
        let mut first = 0;
        for length in pieces
            .chunk_by(|a, b| is_letter(a) == is_letter(b))
            .map(<[Piece]>::len)
            .collect::<Vec<_>>()
        {
            let word = &mut pieces[first..first + length];
            first += length;
            if length < 2 || !is_letter(&word[0]) {
                continue;
            }
            let text: String = word.iter().map(|piece| piece.raw.cluster.text.as_str()).collect();
            let places = hyphen::places(&text, word[0].raw.language.unwrap_or(self.language));
            let mut at = 0;
            for index in 1..length {
                at += word[index - 1].raw.cluster.text.len();
                if word[index].ending.is_some() || places.binary_search(&at).is_err() {
                    continue;
                }
                let last = &word[index - 1].raw;
                if let Some(cluster) = hyphen::after(last, &sources[last.font_of]) {
                    word[index].ending = Some(Ending::Open(HYPHEN));
                    word[index].hyphen = Some(cluster);
                }
            }
        }
    }

    fn material(&self, raw: &RawCluster, source: &Source) -> Material {
        let cluster = &raw.cluster;
        let width = cluster.advance.to_pt();
        let is_space = cluster.is_space();
        Material {
            width,
            spaces: if cluster.is_elastic() { width } else { 0.0 },
            grade: if is_space { 0.0 } else { self.grade(raw, source).to_pt() },
            elongation: 0.0,
            characters: f64::from(u8::from(!is_space)),
        }
    }

    /// How much wider a cluster is by one grade of expansion: letters of Latin text alone.
    fn grade(&self, raw: &RawCluster, source: &Source) -> Abs {
        if self.language.script() != Script::LATIN || raw.level % 2 == 1 {
            return Abs::zero();
        }
        raw.cluster.advance * WIDENING + source.item.size * TRACKING
    }

    /// How far what a line ends with may hang out of it.
    fn hang(&self, last: &RawCluster) -> Abs {
        if (last.level % 2 == 1) == self.is_rtl() {
            last.cluster.advance * overhang(&last.cluster)
        } else {
            Abs::zero()
        }
    }

    /// Fills a line: gives its clusters from left to right, whether it is filled, and the grade of its letters.
    fn fill(&self, mut pieces: Vec<Piece>, frame: &Frame, sources: &[Source]) -> (Vec<RawCluster>, bool, i8) {
        while pieces.pop_if(|piece| piece.raw.cluster.is_space()).is_some() {}
        let hang = pieces.last().map_or(Abs::zero(), |last| self.hang(&last.raw));
        let mut all = Material::default();
        pieces.iter().for_each(|piece| all += piece.material);
        let mut missing = (frame.end - frame.start).abs().to_pt() + hang.to_pt() - all.width;
        let changes = frame.filled || missing < 0.0;
        let least = if frame.style.filled {
            -all.spaces * (1.0 - frame.style.narrowest)
        } else {
            0.0
        };
        let grade = match frame.rag {
            Some(rag) => rag_grade(missing, all.grade, rag),
            None if changes => grade_for(missing, all.grade, least),
            None => 0.0,
        };
        missing -= grade * all.grade;
        let spaces = pieces.iter().filter(|piece| piece.material.spaces > 0.0).count();
        let each = if changes && frame.style.filled && spaces > 0 {
            missing.max(least) / spaces as f64
        } else {
            0.0
        };
        for piece in &mut pieces {
            let source = &sources[piece.raw.font_of];
            let cluster = &mut piece.raw.cluster;
            cluster.steered = false;
            if piece.material.spaces > 0.0 {
                cluster.advance += Abs::pt(each);
            } else if grade != 0.0 && piece.material.grade > 0.0 {
                expand(cluster, grade, source);
            }
        }
        let mut clusters = self.in_order_of_eye(pieces);
        let width: Abs = clusters.iter().map(|raw| raw.cluster.advance).sum();
        let left = if self.is_rtl() {
            frame.start - width
        } else {
            frame.start
        };
        let mut pen = exact(left);
        for raw in &mut clusters {
            raw.cluster.x = pen;
            pen += raw.cluster.advance;
        }
        (clusters, frame.filled && spaces > 0, grade as i8)
    }

    /// Puts the clusters of a line into the order of the eye, from left to right (UAX #9, L2).
    fn in_order_of_eye(&self, pieces: Vec<Piece>) -> Vec<RawCluster> {
        let mut ordered: Vec<(u8, Option<RawCluster>)> = Vec::with_capacity(pieces.len());
        let mut before: Option<(usize, u8)> = None;
        for Piece { raw, .. } in pieces {
            let at = self.levels.at(&raw.cluster);
            // Characters that steer have no clusters and part two isolates beside each other all the same.
            if let (Some((end, level)), Some(at)) = (before, at) {
                let between = self
                    .levels
                    .lowest(end..at)
                    .filter(|lowest| *lowest < level.min(raw.level));
                ordered.extend(between.map(|level| (level, None)));
            }
            let end = at
                .zip(raw.cluster.place.as_ref())
                .map(|(at, place)| at + (place.range.1 - place.range.0) as usize);
            before = end.map(|end| (end, raw.level));
            ordered.push((raw.level, Some(raw)));
        }
        let highest = ordered.iter().map(|(level, _)| *level).max().unwrap_or(0);
        for level in (1..=highest).rev() {
            for stretch in ordered.chunk_by_mut(|(before, _), (next, _)| (*before >= level) == (*next >= level)) {
                if stretch[0].0 >= level {
                    stretch.reverse();
                }
            }
        }
        ordered.into_iter().filter_map(|(_, raw)| raw).collect()
    }
}

/// The paragraph as the breaker takes it, and the places of its candidates among the pieces.
fn paragraph(pieces: &[Piece], first: f64, other: f64, setter: &Setter<'_>) -> (Paragraph, Vec<usize>) {
    let (mut all, mut visible) = (Material::default(), Material::default());
    let mut candidates = Vec::new();
    let mut places = Vec::new();
    let mut add = |place: usize, mut before: Material, after: Material, ending: Ending, hyphen: Option<&RawCluster>| {
        if let Some(hyphen) = hyphen {
            before = after;
            before.width += (hyphen.cluster.advance - setter.hang(hyphen)).to_pt();
        }
        places.push(place);
        candidates.push(Candidate {
            before,
            after,
            ending,
            hyphen: hyphen.is_some(),
        });
    };
    add(0, all, all, Ending::Open(0.0), None);
    for (place, piece) in pieces.iter().enumerate() {
        if let Some(ending) = piece.ending.filter(|_| place > 0) {
            add(place, visible, all, ending, piece.hyphen.as_ref());
        }
        all += piece.material;
        if !piece.raw.cluster.is_space() {
            visible = all;
            visible.width -= setter.hang(&piece.raw).to_pt();
        }
    }
    add(pieces.len(), visible, all, Ending::Last, None);
    let paragraph = Paragraph {
        candidates,
        first,
        other,
    };
    (paragraph, places)
}

/// Space that the template put between two clusters becomes a part of the first.
fn take_gap(before: &mut RawCluster, next: &RawCluster) {
    if before.level != next.level || before.isolate != next.isolate {
        return;
    }
    let (left, right) = if before.level % 2 == 1 {
        (&next.cluster, &before.cluster)
    } else {
        (&before.cluster, &next.cluster)
    };
    let gap = right.x - (left.x + left.advance);
    if gap.abs() < Abs::pt(0.05) || before.cluster.advance + gap < Abs::zero() {
        return;
    }
    if before.level % 2 == 1 {
        let glyphs = before.cluster.glyphs.iter_mut();
        glyphs.for_each(|glyph| *glyph = glyph.moved(gap, Abs::zero()));
    }
    before.cluster.advance += gap;
}

/// Tells the last cluster of each word that may be elongated how much the word takes up.
fn add_elongation(pieces: &mut [Piece], sources: &[Source]) {
    let has_tatweel: Vec<bool> = sources
        .iter()
        .map(|source| source.item.font.ttf().glyph_index(TATWEEL).is_some())
        .collect();
    let is_letter = |piece: &Piece| {
        let foreign = piece
            .raw
            .language
            .is_some_and(|language| language.script() != Script::ARABIC);
        piece.raw.level % 2 == 1 && !foreign && piece.raw.cluster.text.chars().all(is_arabic_letter)
    };
    for word in pieces.chunk_by_mut(|before, next| is_letter(before) && is_letter(next)) {
        let font = |piece: &Piece| &sources[piece.raw.font_of].item.font;
        let (Some(first), Some(last)) = (word.first(), word.last()) else {
            continue;
        };
        let is_whole = is_letter(first) && has_tatweel[first.raw.font_of] && font(first) == font(last);
        if !is_whole {
            continue;
        }
        let text: String = word.iter().map(|piece| piece.raw.cluster.text.as_str()).collect();
        let em = sources[first.raw.font_of].item.size.to_pt();
        if let Some(last) = word.last_mut().filter(|_| is_elongatable(text)) {
            last.material.elongation = em * ELONGATION;
        }
    }
}

/// The grade of the letters of a line that lacks so much: the nearest that leaves spaces wide enough.
fn grade_for(missing: f64, grade: f64, least: f64) -> f64 {
    if grade <= 0.0 {
        return 0.0;
    }
    let nearest = (missing / grade).round();
    let fits = missing - nearest * grade >= least;
    (if fits { nearest } else { nearest - 1.0 }).clamp(-GRADES, GRADES)
}

/// The grade that brings a ragged line near to the white that lines have at their ends.
fn rag_grade(missing: f64, grade: f64, rag: f64) -> f64 {
    if grade <= 0.0 {
        return 0.0;
    }
    let wanted = ((missing - rag) / grade).round();
    wanted.min((missing / grade).floor()).clamp(-GRADES, GRADES)
}

/// The white at the ends of the lines of a paragraph but its last, in the mean.
fn mean_rag(paragraph: &Paragraph, ends: &[usize]) -> f64 {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let lines = starts
        .zip(ends.iter().copied())
        .filter(|(_, end)| paragraph.candidates[*end].ending != Ending::Last);
    let white = lines.map(|(from, end)| (paragraph.room(from) - paragraph.line(from, end).width).max(0.0));
    let (sum, count) = white.fold((0.0, 0.0), |(sum, count), white| (sum + white, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// The size of the most text.
fn size_of(body: &[RawCluster], sources: &[Source]) -> Abs {
    let mut sizes: SmallVec<[(Abs, usize); 4]> = SmallVec::new();
    for stretch in body.chunk_by(|before, next| before.font_of == next.font_of) {
        let size = sources[stretch[0].font_of].item.size;
        match sizes.iter_mut().find(|(other, _)| *other == size) {
            Some((_, count)) => *count += stretch.len(),
            None => sizes.push((size, stretch.len())),
        }
    }
    let most = sizes.iter().max_by_key(|(_, count)| *count);
    most.map_or(Abs::pt(10.0), |(size, _)| *size)
}

/// Makes a cluster wider by grades.
fn expand(cluster: &mut Cluster, grade: f64, source: &Source) {
    let scale = 1.0 + grade * WIDENING;
    cluster.advance = cluster.advance * scale + source.item.size * (grade * TRACKING);
    for glyph in &mut cluster.glyphs {
        let x = glyph.x();
        *glyph = glyph.moved(x * scale - x, Abs::zero());
    }
}

/// A place without what adding up errs by.
fn exact(x: Abs) -> Abs {
    const GRAIN: f64 = 1e6;
    // No place is `-0`.
    Abs::pt((x.to_pt() * GRAIN).round() / GRAIN + 0.0)
}

/// How much of the advance of what a line ends with hangs out of it, as Typst has it: what has little ink makes the edge look
/// dented.
fn overhang(cluster: &Cluster) -> f64 {
    match cluster.text.chars().next_back() {
        Some('–' | '—') => 0.2,
        Some('-' | '\u{ad}') => 0.55,
        Some('.' | ',') => 0.8,
        Some(':' | ';') => 0.3,
        Some('،' | '۔') => 0.4,
        _ => 0.0,
    }
}
