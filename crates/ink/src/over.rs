//! Whether words are printed over each other.
//!
//! Words whose baselines are the same, or nearly, are printed over each other when their letters take the same stretch of the
//! line: the pen never goes back between two words that are set beside each other, whatever their ink does. Of words on other
//! baselines, as those of tight lines, the ink itself is compared: a descender may touch the line below it.

use std::ops::Range;

use kurbo::{BezPath, PathEl, Point, Rect, Shape};

/// Baselines that are nearer than this, in em of the smaller letters, make one line.
const ONE_LINE: f64 = 0.45;
/// Letters of one line may share so much of it, in em of the smaller ones: kerning, and the spaces of justified lines.
const SHARED_LINE: f64 = 0.15;
/// … and of their boxes this part of the smaller one.
const SHARED_BOX: f64 = 0.2;
/// Letters of different lines may share this part of the ink of the smaller one: strokes that cross.
const SHARED_INK: f64 = 0.2;
/// Words of a foreign program must share this part of the ink of the letters that meet.
const LEAST_SHARED_INK: f64 = 0.03;
/// Scan lines through what two letters have in common.
const SCANS: usize = 24;

/// How much is known of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// All: where the pen went is told by who set them.
    Set,
    /// They were found by their places in a PDF: letters may be kerned far over each other, and printed twice to be bold.
    Found,
}

/// A letter: a glyph, or those of a cluster.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The box of its ink on the page, y downwards.
    pub ink: Rect,
    /// Where the pen was before it and after it, from left to right.
    pub pen: Range<f64>,
    /// What it is known by to the one who asks.
    pub key: usize,
}

/// A word on a page: letters between spaces.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its letters with ink.
    pub letters: Vec<Letter>,
    /// The baseline; `None` for letters that do not stand upright.
    pub baseline: Option<f64>,
    /// The size of its letters, in points.
    pub size: f64,
    /// The line that it was set in, where that is known: there signs may be hung on the word after them.
    pub line: Option<usize>,
}

impl Word {
    /// The box of its ink.
    pub fn ink(&self) -> Option<Rect> {
        self.letters.iter().map(|letter| letter.ink).reduce(|a, b| a.union(b))
    }

    /// Where the pen was before it and after it.
    fn pen(&self) -> Option<Range<f64>> {
        let pens = self.letters.iter().map(|letter| letter.pen.clone());
        pens.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
    }
}

/// The pairs of words that are printed over each other, at most `most`, each the first letters that meet. `may_meet` says
/// whether a pair is to be looked at at all; `outline` draws a letter of a word on the page.
pub fn overprints(
    words: &[Word],
    care: Care,
    most: usize,
    may_meet: impl Fn(usize, usize) -> bool,
    outline: impl Fn(usize, &Letter) -> BezPath,
) -> Vec<(usize, usize)> {
    let boxes: Vec<Option<Rect>> = words.iter().map(Word::ink).collect();
    let mut order: Vec<usize> = (0..words.len()).filter(|at| boxes[*at].is_some()).collect();
    let top = |at: usize| boxes[at].map_or(0.0, |ink| ink.y0);
    order.sort_by(|a, b| top(*a).total_cmp(&top(*b)));
    let mut found = Vec::new();
    // The words that reach below the top of the one at hand.
    let mut open: Vec<usize> = Vec::new();
    for at in order {
        let Some(ink) = boxes[at] else { continue };
        open.retain(|other| boxes[*other].is_some_and(|other| other.y1 > ink.y0));
        for other in &open {
            let (first, second) = (at.min(*other), at.max(*other));
            let meet = boxes[*other].is_some_and(|other| overlap(other, ink).is_some());
            if meet
                && may_meet(first, second)
                && is_over(&words[first], &words[second], care, &|letter, of_first| {
                    outline(if of_first { first } else { second }, letter)
                })
            {
                found.push((first, second));
                if found.len() >= most {
                    return found;
                }
            }
        }
        open.push(at);
    }
    found.sort_unstable();
    found
}

/// Draws a letter, of the first word or the second.
type Draw<'a> = &'a dyn Fn(&Letter, bool) -> BezPath;

fn is_over(first: &Word, second: &Word, care: Care, draw: Draw<'_>) -> bool {
    let size = first.size.min(second.size);
    let one_line = match (first.baseline, second.baseline) {
        (Some(a), Some(b)) => (a - b).abs() < ONE_LINE * size,
        _ => false,
    };
    let apart = first.line.is_none() || first.line != second.line;
    if one_line && apart && care == Care::Set {
        // Whatever their ink does: figures that stand between each other are no less lost than those on each other.
        let shared = first.pen().zip(second.pen());
        return shared.is_some_and(|(a, b)| a.end.min(b.end) - a.start.max(b.start) > SHARED_LINE * size);
    }
    // What is shared, and the ink of the letters that share a stretch of the line.
    let (mut shared, mut whole, mut meet) = (0.0, 0.0, false);
    for a in &first.letters {
        for b in &second.letters {
            let Some(common) = overlap(a.ink, b.ink) else { continue };
            if one_line {
                let pens = a.pen.end.min(b.pen.end) - a.pen.start.max(b.pen.start);
                let boxes = common.area() / a.ink.area().min(b.ink.area()).max(f64::MIN_POSITIVE);
                if pens <= SHARED_LINE * size || boxes < SHARED_BOX {
                    continue;
                }
                if care == Care::Set {
                    return true;
                }
                let (ink, least) = common_ink(&draw(a, true), &draw(b, false), common);
                shared += ink;
                whole += least;
                meet = true;
            } else {
                let (ink, least) = common_ink(&draw(a, true), &draw(b, false), common);
                if ink >= SHARED_INK * least && ink > 0.0 {
                    return true;
                }
            }
        }
    }
    meet && shared > LEAST_SHARED_INK * whole
}

fn overlap(a: Rect, b: Rect) -> Option<Rect> {
    let common = a.intersect(b);
    (common.width() > 0.0 && common.height() > 0.0).then_some(common)
}

/// The area that two outlines have in common within a box, and the area of the smaller one.
fn common_ink(a: &BezPath, b: &BezPath, within: Rect) -> (f64, f64) {
    let (edges_a, edges_b) = (edges(a), edges(b));
    let step = within.height() / SCANS as f64;
    let common = (0..SCANS)
        .map(|scan| {
            let y = within.y0 + (scan as f64 + 0.5) * step;
            common_length(&inside(&edges_a, y), &inside(&edges_b, y))
        })
        .sum::<f64>();
    (common * step, a.area().abs().min(b.area().abs()))
}

/// The edges of an outline, as straight as a letter needs.
fn edges(path: &BezPath) -> Vec<(Point, Point)> {
    let mut edges = Vec::new();
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    kurbo::flatten(path, 0.05, |element| match element {
        PathEl::MoveTo(to) => {
            edges.push((last, start));
            (start, last) = (to, to);
        }
        PathEl::LineTo(to) => {
            edges.push((last, to));
            last = to;
        }
        PathEl::ClosePath => {
            edges.push((last, start));
            last = start;
        }
        PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
    });
    edges.push((last, start));
    edges
}

/// The stretches of a horizontal line that are inside of an outline, by the winding of its edges.
fn inside(edges: &[(Point, Point)], y: f64) -> Vec<Range<f64>> {
    let mut crossings: Vec<(f64, i32)> = edges
        .iter()
        .filter(|(from, to)| (from.y <= y) != (to.y <= y))
        .map(|(from, to)| {
            let x = from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y);
            (x, if to.y > from.y { 1 } else { -1 })
        })
        .collect();
    crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut stretches = Vec::new();
    let (mut winding, mut from) = (0, 0.0);
    for (x, turn) in crossings {
        if winding == 0 {
            from = x;
        }
        winding += turn;
        if winding == 0 {
            stretches.push(from..x);
        }
    }
    stretches
}

fn common_length(a: &[Range<f64>], b: &[Range<f64>]) -> f64 {
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    pairs
        .map(|(a, b)| (a.end.min(b.end) - a.start.max(b.start)).max(0.0))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(x: f64, y: f64, width: f64) -> Word {
        let ink = Rect::new(x, y - 7.0, x + width, y);
        Word {
            letters: vec![Letter {
                ink,
                pen: x..x + width,
                key: 0,
            }],
            baseline: Some(y),
            size: 10.0,
            line: None,
        }
    }

    fn over(words: &[Word], care: Care) -> Vec<(usize, usize)> {
        overprints(words, care, 10, |_, _| true, |_, letter| letter.ink.to_path(0.1))
    }

    #[test]
    fn words_on_one_stretch_of_a_line_are_printed_over_each_other() {
        let words = [word(0.0, 10.0, 20.0), word(19.5, 10.0, 20.0), word(30.0, 11.0, 20.0)];
        assert_eq!(over(&words, Care::Set), [(1, 2)]);
        assert_eq!(over(&words, Care::Found), [(1, 2)]);
    }

    #[test]
    fn strokes_of_tight_lines_may_touch() {
        let words = [word(0.0, 10.0, 20.0), word(0.0, 16.5, 20.0), word(0.0, 22.5, 20.0)];
        // Half a point of seven, then one: neither is a fifth of the ink.
        assert_eq!(over(&words, Care::Set), []);
        let words = [word(0.0, 10.0, 20.0), word(0.0, 15.0, 20.0)];
        assert_eq!(over(&words, Care::Set), [(0, 1)]);
    }
}
