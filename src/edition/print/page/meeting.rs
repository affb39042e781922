//! Words that are printed over each other.

use kurbo::{Affine, BezPath, Rect};

use super::super::Outcome;
use super::super::grounds::colour;
use super::super::inks::FontInk;
use super::hit::Wrong;
use super::own::own_glyphs;
use super::{Entry, LineInk, Look, Shapes, cluster_ink, source, told, words};
use crate::ink::{self, Care, FAINT, Letter, Word};

/// Words of the template this much larger than those over them are a ground, as a word across the page behind its text.
const LARGE: f64 = 2.5;
/// How many pairs of words that are printed over each other are looked for on a page.
const MOST_PAIRS: usize = 200;

impl<'a> Look<'a> {
    /// Looks for words that are printed over each other.
    pub(super) fn meetings(&mut self, own: Vec<Entry<'a>>) {
        let mut entries = own;
        let near = self.near(&entries);
        if near.is_empty() && entries.len() < 2 {
            return;
        }
        for at in near {
            entries.extend(self.entries(at));
        }
        let words: Vec<Word> = entries.iter().map(|entry| entry.word.clone()).collect();
        let may_meet = |a: usize, b: usize| may_meet(&entries[a], &entries[b], &self.lines);
        let outline = |at: usize, letter: &Letter| self.outline(&entries[at], letter);
        let pairs = ink::overprints(&words, Care::Set, MOST_PAIRS, may_meet, outline);
        for (first, second) in pairs {
            self.over(&entries[first], &entries[second]);
        }
    }

    fn over(&mut self, first: &Entry<'_>, second: &Entry<'_>) {
        let narrow = |entry: &Entry<'_>| entry.line.and_then(|line| self.lines[line].narrow);
        let both = [(narrow(first), second), (narrow(second), first)];
        let mut told = false;
        for (hit, other) in both.into_iter().filter_map(|(hit, other)| Some((hit?, other))) {
            told = true;
            if let Wrong::TooNarrow { outcome, .. } = &mut self.hits[hit].wrong
                && !matches!(outcome, Outcome::Over(_))
            {
                *outcome = Outcome::Over(other.text.clone());
            }
        }
        if told {
            return;
        }
        // What comes later in the document is printed over what was there; the template's own text comes first.
        let (upper, lower) = if second.source.is_some() || first.source.is_none() {
            (second, first)
        } else {
            (first, second)
        };
        let wrong = Wrong::Over {
            other: lower.text.clone(),
            origin: lower.source.map(|source| source.origin),
            table_column: lower.source.and_then(|source| source.table_column),
        };
        self.hit(upper.text.clone(), upper.source, wrong);
    }

    /// The lines whose ink meets that of others, and those in which a word starts before the one at its left ends.
    fn near(&self, own: &[Entry<'_>]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by(|a, b| self.lines[*a].ink.y0.total_cmp(&self.lines[*b].ink.y0));
        let mut near = vec![false; self.lines.len()];
        let meet = |a: Rect, b: Rect| {
            let common = a.intersect(b);
            common.width() > 0.0 && common.height() > 0.0
        };
        for (place, at) in order.iter().enumerate() {
            let ink = self.lines[*at].ink;
            near[*at] |= self.lines[*at].goes_back;
            near[*at] |= own
                .iter()
                .any(|entry| entry.word.ink().is_some_and(|own| meet(own, ink)));
            let below = order[place + 1..]
                .iter()
                .take_while(|other| self.lines[**other].ink.y0 < ink.y1);
            for other in below.filter(|other| meet(self.lines[**other].ink, ink)) {
                near[*at] = true;
                near[*other] = true;
            }
        }
        (0..near.len()).filter(|at| near[*at]).collect()
    }

    /// The words of a line.
    fn entries(&self, at: usize) -> Vec<Entry<'a>> {
        let LineInk { placed, line, .. } = self.lines[at];
        let (left, baseline) = (placed.at.x.to_pt(), placed.at.y.to_pt());
        words(line)
            .into_iter()
            .map(|clusters| {
                let (text, before) = told(line, &clusters);
                let letters = clusters.iter().enumerate().filter_map(|(key, (run, cluster))| {
                    let x = left + cluster.x.to_pt();
                    Some(Letter {
                        ink: cluster_ink(self.inks.get(&run.font)?, run, cluster, left, baseline)?,
                        pen: x..x + cluster.advance.to_pt(),
                        key,
                    })
                });
                let size = clusters
                    .iter()
                    .map(|(run, _)| run.size.to_pt())
                    .fold(f64::MAX, f64::min);
                Entry {
                    word: Word {
                        letters: letters.collect(),
                        baseline: Some(baseline),
                        size,
                        line: Some(at),
                    },
                    text,
                    source: Some(source(placed, line, before)),
                    line: Some(at),
                    colour: clusters.first().and_then(|(run, _)| Some(colour(&run.fill)?.0)),
                    shapes: Shapes::Clusters(clusters, left, baseline),
                }
            })
            .collect()
    }

    /// The outline of a letter on the page.
    fn outline(&self, entry: &Entry<'_>, letter: &Letter) -> BezPath {
        match &entry.shapes {
            Shapes::Clusters(clusters, left, baseline) => {
                let Some((run, cluster)) = clusters.get(letter.key) else {
                    return BezPath::new();
                };
                let size = run.size.to_pt();
                let font = self.inks.get(&run.font);
                let placed = |glyph: &crate::line::SetGlyph| {
                    let font = font?;
                    let x = left + (cluster.x + glyph.x()).to_pt();
                    let y = baseline - (run.rise + glyph.y()).to_pt();
                    let across = match (glyph.stretch(), font.bounds(glyph.id)) {
                        (Some(width), Some(ink)) => {
                            let stretch = width.to_pt() / ink.width();
                            Affine::scale_non_uniform(stretch, -size) * Affine::translate((-ink.x0, 0.0))
                        }
                        _ => Affine::scale_non_uniform(size, -size),
                    };
                    Some(Affine::translate((x, y)) * across * font.outline(glyph.id))
                };
                cluster
                    .glyphs
                    .iter()
                    .filter_map(placed)
                    .flat_map(|path| path.into_iter())
                    .collect()
            }
            Shapes::Own(text) => {
                let font = FontInk::new(&text.item.font);
                let places = own_glyphs(text);
                let glyph = places.get(letter.key);
                glyph.map_or_else(BezPath::new, |(id, at, _)| *at * font.outline(*id))
            }
        }
    }
}

/// Whether two words may be printed over each other without being meant to.
fn may_meet(a: &Entry<'_>, b: &Entry<'_>, lines: &[LineInk<'_>]) -> bool {
    if let (Some(a), Some(b)) = (a.line, b.line) {
        return a != b || lines[a].goes_back;
    }
    // A template may draw a shadow, or a large pale word behind all text.
    let shadow = a.source.is_none() && b.source.is_none() && a.text == b.text;
    let large = a.word.size > LARGE * b.word.size || b.word.size > LARGE * a.word.size;
    let apart = a.colour.zip(b.colour).is_some_and(|(a, b)| a.contrast(b) >= FAINT);
    !(shadow || large && apart)
}
