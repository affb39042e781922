//! What lines are in their paragraph: which part of its text each has, and whether it is filled to the edge.

use typst::layout::Abs;

use super::{Cluster, Line, LinePart, Run};
use crate::locale::{Direction, Language};
use crate::typeset::{Passages, Purpose};

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
    for (index, line) in lines.iter_mut().enumerate() {
        let (Some(start), Some(end)) = (starts[index], last(line)) else {
            line.text = own_text(line);
            continue;
        };
        let next = starts
            .iter()
            .skip(index + 1)
            .find_map(|s| *s)
            .filter(|next| *next > start);
        let stop = next.unwrap_or((end.0, u32::MAX));
        line.text = between(passages, start, stop);
        if line.runs.iter().any(|run| run.language.is_some()) {
            line.parts = parts(passages, start, stop);
        }
    }
}

/// The parts of the text between two places, by the languages that the author names.
fn parts(passages: &Passages, start: (u32, u32), stop: (u32, u32)) -> Vec<LinePart> {
    let mut parts: Vec<LinePart> = Vec::new();
    for number in start.0..=stop.0 {
        let Some(passage) = passages.get(number) else { break };
        let from = if number == start.0 { start } else { (number, 0) };
        let text = between(
            passages,
            from,
            (number, if number == stop.0 { stop.1 } else { u32::MAX }),
        );
        let language = passage.named.then_some(passage.language);
        match parts.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.language == language || text.trim().is_empty() => last.text.push_str(&text),
            _ => parts.push(LinePart {
                language,
                text,
                passage: number,
            }),
        }
    }
    parts
}

/// The text of a line of the template's own, in the order in which it was set.
fn own_text(line: &Line) -> String {
    let mut clusters: Vec<_> = line.clusters().map(|(_, c)| c).collect();
    clusters.sort_by_key(|c| c.logical);
    clusters.into_iter().map(|c| c.text.as_str()).collect()
}

fn between(passages: &Passages, start: (u32, u32), stop: (u32, u32)) -> String {
    let mut text = String::new();
    for number in start.0..=stop.0 {
        let Some(passage) = passages.get(number) else { break };
        let from = if number == start.0 { start.1 as usize } else { 0 };
        let to = if number == stop.0 {
            passage.text.len().min(stop.1 as usize)
        } else {
            passage.text.len()
        };
        if from < to {
            text.push_str(&passages.text(number, from..to));
        }
    }
    text
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
