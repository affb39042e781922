//! What lines are in their paragraph: which part of its text each has, and whether it is filled to the edge.

use typst::layout::Abs;

use super::{Cluster, Line, LinePart, Run};
use crate::passage::{Passage, Passages, Purpose};
use qarar_text::{Direction, Language};

/// Gives each line its text: from its first letter to the first letter of the line that follows it in the text, so that
/// nothing between two lines is lost.
pub(super) fn tell_text(lines: &mut [Line], passages: &Passages) {
    let first = |line: &Line| {
        let places = line.clusters().filter_map(|(_, c)| c.place.as_ref());
        places.map(|p| (p.passage, p.range.0)).min()
    };
    let last = |line: &Line| {
        let places = line.clusters().filter_map(|(_, c)| c.place.as_ref());
        places.map(|p| (p.passage, p.range.1)).max()
    };
    let starts: Vec<_> = lines.iter().map(first).collect();
    let mut before: Option<u32> = None;
    for (line, start) in lines.iter_mut().zip(&starts) {
        line.opens = before
            .zip(*start)
            .is_some_and(|(before, (start, _))| passages.parts(before, start, &[Purpose::ParagraphEnd]));
        before = last(line).map(|(passage, _)| passage).or(before);
    }
    let set = Set::new(lines, passages);
    let ends: Vec<_> = lines.iter().map(last).collect();
    let count = lines.len();
    for (index, line) in lines.iter_mut().enumerate() {
        let pieces = match (starts[index], ends[index]) {
            (Some(start), Some(end)) => {
                let next = starts.iter().skip(index + 1).find_map(|s| *s);
                pieces(
                    line,
                    start,
                    next.filter(|next| *next > start).unwrap_or((end.0, u32::MAX)),
                )
            }
            _ => vec![Piece::Own(own_text(line))],
        };
        line.text = pieces.iter().map(|piece| set.text(piece)).collect();
        if line.runs.iter().any(|run| run.language.is_some()) {
            line.parts = set.parts(&pieces);
        }
        // Typst takes off the space at which it breaks a line.
        let ends_with_own = !matches!(pieces.last(), Some(Piece::Set(..)));
        if ends_with_own && index + 1 < count && !line.text.ends_with([' ', '-']) {
            line.text.push(' ');
        }
    }
}

/// A place in the text: a passage, and a byte of it.
type At = (u32, u32);

/// A piece of the text of a line.
enum Piece {
    /// What the passages have between two places.
    Set(At, At),
    /// Words of the template's own.
    Own(String),
}

/// The pieces of a line that starts and stops at these places.
fn pieces(line: &Line, start: At, stop: At) -> Vec<Piece> {
    let is_own = |cluster: &Cluster| cluster.place.is_none();
    if !line.clusters().any(|(_, cluster)| is_own(cluster)) {
        return vec![Piece::Set(start, stop)];
    }
    let mut clusters: Vec<&Cluster> = line.clusters().map(|(_, cluster)| cluster).collect();
    clusters.sort_by_key(|cluster| cluster.logical);
    let (mut told, mut seen) = (start, start);
    let mut pieces = Vec::new();
    for stretch in clusters.chunk_by(|before, next| is_own(before) == is_own(next)) {
        if is_own(stretch[0]) {
            if told < seen {
                pieces.push(Piece::Set(told, seen));
                told = seen;
            }
            pieces.push(Piece::Own(
                stretch.iter().map(|cluster| cluster.text.as_str()).collect(),
            ));
        } else {
            let ends = stretch.iter().filter_map(|cluster| cluster.place.as_ref());
            seen = ends.map(|place| (place.passage, place.range.1)).fold(seen, At::max);
        }
    }
    if told < stop {
        pieces.push(Piece::Set(told, stop));
    }
    pieces
}

/// What of the text is set in a cell.
struct Set<'a> {
    passages: &'a Passages,
    /// The paragraphs of which a letter is set, in their order; a template may leave others out.
    paragraphs: Vec<u32>,
}

impl<'a> Set<'a> {
    fn new(lines: &[Line], passages: &'a Passages) -> Self {
        let clusters = lines.iter().flat_map(Line::clusters);
        let places = clusters.filter_map(|(_, cluster)| cluster.place.as_ref());
        let mut paragraphs: Vec<u32> = Vec::new();
        let mut before = None;
        for place in places.filter(|place| before.replace(place.passage) != Some(place.passage)) {
            paragraphs.extend(passages.get(place.passage).map(|passage| passage.paragraph));
        }
        paragraphs.sort_unstable();
        paragraphs.dedup();
        Self { passages, paragraphs }
    }

    /// Whether a passage is told: it is the end of something, or some of its paragraph is set.
    fn is_told(&self, passage: &Passage) -> bool {
        matches!(passage.purpose, Purpose::LineEnd | Purpose::ParagraphEnd)
            || self.paragraphs.binary_search(&passage.paragraph).is_ok()
    }

    fn text(&self, piece: &Piece) -> String {
        match piece {
            Piece::Own(text) => text.clone(),
            Piece::Set(start, stop) => self.between(*start, *stop),
        }
    }

    fn between(&self, start: At, stop: At) -> String {
        let mut text = String::new();
        for number in start.0..=stop.0 {
            let Some(passage) = self.passages.get(number) else {
                break;
            };
            let from = if number == start.0 { start.1 as usize } else { 0 };
            let to = if number == stop.0 {
                passage.text.len().min(stop.1 as usize)
            } else {
                passage.text.len()
            };
            if from < to && self.is_told(passage) {
                text.push_str(&self.passages.text(number, from..to));
            }
        }
        text
    }

    /// The parts of the text of a line, by the languages that the author names.
    fn parts(&self, pieces: &[Piece]) -> Vec<LinePart> {
        let mut parts: Vec<LinePart> = Vec::new();
        let mut add = |language, text: String, passage| match parts.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.language == language || text.trim().is_empty() => last.text.push_str(&text),
            _ => parts.push(LinePart {
                language,
                text,
                passage,
            }),
        };
        let mut before = 0;
        for piece in pieces {
            let (start, stop) = match piece {
                Piece::Own(text) => {
                    add(None, text.clone(), before);
                    continue;
                }
                Piece::Set(start, stop) => (*start, *stop),
            };
            for number in start.0..=stop.0 {
                let Some(passage) = self.passages.get(number) else {
                    break;
                };
                let from = if number == start.0 { start } else { (number, 0) };
                let to = (number, if number == stop.0 { stop.1 } else { u32::MAX });
                add(
                    passage.named.then_some(passage.language),
                    self.between(from, to),
                    number,
                );
                before = number;
            }
        }
        parts
    }
}

/// The text of a line of the template's own, in the order in which it was set.
fn own_text(line: &Line) -> String {
    let mut clusters: Vec<_> = line.clusters().map(|(_, c)| c).collect();
    clusters.sort_by_key(|c| c.logical);
    clusters.into_iter().map(|c| c.text.as_str()).collect()
}

/// How wide the template has spaces, by their width in the font: as they are in the last line that ends before the end of
/// the measure, which no justification stretches. `None` where there is no such line.
pub(super) fn learn_space(lines: &[Line], width: Abs, language: Language) -> Option<f64> {
    let slack = Abs::pt(0.5);
    lines.iter().rev().find_map(|line| {
        let is_short = match language.direction() {
            Direction::RightToLeft => line.runs.iter().map(Run::left).fold(Abs::inf(), Abs::min) > slack,
            Direction::LeftToRight => line.runs.iter().map(Run::right).fold(Abs::zero(), Abs::max) < width - slack,
        };
        let mut factors = line.spaces().map(|(natural, set)| set / natural);
        let first = factors.next().filter(|_| is_short)?;
        factors.all(|factor| (factor - first).abs() < 0.001).then_some(first)
    })
}

/// Gives what justification did to the spaces of a label to the other spaces of its line, so that the text after the label
/// starts where it does in a line that is not justified.
pub(super) fn hold_label(line: &mut Line, space: f64) {
    let is_held = |cluster: &Cluster| cluster.is_space() && !cluster.is_elastic();
    let own = |run: &Run, cluster: &Cluster| -> Option<Abs> {
        Some(run.font.x_advance(cluster.glyphs.first()?.id)?.at(run.size) * space)
    };
    let held = line.clusters().filter(|(_, cluster)| is_held(cluster));
    let excess: Abs = held
        .filter_map(|(run, cluster)| Some(cluster.advance - own(run, cluster)?))
        .sum();
    let elastic = line.clusters().filter(|(_, cluster)| cluster.is_elastic());
    let width: Abs = elastic.map(|(_, cluster)| cluster.advance).sum();
    if excess.abs() < Abs::pt(0.001) || width + excess <= Abs::zero() || width <= Abs::zero() {
        return;
    }
    let factor = (width + excess) / width;
    let mut shift = Abs::zero();
    for run in &mut line.runs {
        for at in 0..run.clusters.len() {
            let cluster = &run.clusters[at];
            let new = if is_held(cluster) {
                own(run, cluster).unwrap_or(cluster.advance)
            } else if cluster.is_elastic() {
                cluster.advance * factor
            } else {
                cluster.advance
            };
            let cluster = &mut run.clusters[at];
            cluster.x += shift;
            shift += new - cluster.advance;
            cluster.advance = new;
        }
    }
}

/// Whether each line is filled to the side where it ends: all lines of a justified paragraph but its last, of which the
/// last line of the cell is one, however full it is. `space` is the factor of spaces that are not stretched.
pub(super) fn find_justified(lines: &mut [Line], width: Abs, space: f64, language: Language) {
    let slack = Abs::pt(0.05);
    let last = lines.len().saturating_sub(1);
    for (index, line) in lines.iter_mut().enumerate() {
        let is_full = match language.direction() {
            Direction::RightToLeft => line.runs.iter().map(Run::left).fold(Abs::inf(), Abs::min) < slack,
            Direction::LeftToRight => line.runs.iter().map(Run::right).fold(Abs::zero(), Abs::max) > width - slack,
        };
        let stretched = line
            .spaces()
            .any(|(natural, set)| (set - natural * space).abs() > Abs::pt(0.002));
        line.space = space;
        line.justified = stretched && is_full && index < last;
    }
}

/// Gives the spaces of a filled line what they have to be wider or narrower, each the same, where some were left out: Typst changes
/// no space whose glyph stands for a character that steers as well, as that after an isolate does.
pub(super) fn share_stretch(line: &mut Line) {
    let elastic = || line.clusters().filter(|(_, cluster)| cluster.is_elastic());
    let (all, left_out) = (
        elastic().count(),
        elastic().filter(|(_, cluster)| cluster.steered).count(),
    );
    let stretch = |(run, cluster): (&Run, &Cluster)| {
        let natural = run.font.x_advance(cluster.glyphs.first()?.id)?.at(run.size);
        Some(cluster.advance - natural * line.space)
    };
    let mut stretches: Vec<Abs> = elastic()
        .filter(|(_, cluster)| !cluster.steered)
        .filter_map(stretch)
        .collect();
    if left_out == 0 || stretches.is_empty() {
        return;
    }
    // The one in the middle: a font may kern a few spaces.
    stretches.sort_unstable();
    let stretch = stretches[stretches.len() / 2];
    let (lost, gained) = (
        stretch * left_out as f64 / all as f64,
        stretch * (all - left_out) as f64 / all as f64,
    );
    let mut shift = Abs::zero();
    for cluster in line.runs.iter_mut().flat_map(|run| &mut run.clusters) {
        cluster.x += shift;
        if cluster.is_elastic() {
            // It is as the others from here on.
            let change = if std::mem::take(&mut cluster.steered) {
                gained
            } else {
                -lost
            };
            cluster.advance += change;
            shift += change;
        }
    }
}
