//! Groups the glyphs of a page into lines: what stands on one baseline, from left to right.
//!
//! Nothing but geometry is asked, so that it works for any producer: baselines within an eighth of an em are one, small
//! raised or lowered glyphs join the line that they stand beside, vowel signs join their letter, a gap that no space
//! fills is a space, and a wide gap parts two columns.

use ecow::EcoString;
use unicode_bidi::BidiClass;

use super::logical::{Mirroring, base_direction, logical_order, mirroring_shown};
use super::{Glyph, Page};
use qarar_text::bidi;
use qarar_text::{Direction, is_digit, joins_groups};

/// Baselines closer than this part of an em are one.
const SAME_BASELINE: f64 = 0.12;
/// A gap of this part of an em is a space.
const SPACE: f64 = 0.15;
/// A gap of so many em parts two columns; less does between content that the structure tree tells apart.
const COLUMNS: f64 = 2.0;
const TOLD_APART: f64 = 0.9;

/// How many glyphs may be drawn between a mark and its letter: other marks on it, at most.
const NEXT: usize = 4;

/// How many lines are asked whether a glyph belongs to them.
const MOST_NEIGHBOURS: usize = 256;

/// A line of a page.
///
/// Places are in points as in [`Page`]; those of text that runs at an angle are in the page turned back by it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TextLine {
    /// The baseline.
    pub baseline: f64,
    /// The left edge of the first glyph that is no space.
    pub left: f64,
    /// The right edge of the last glyph that is no space.
    pub right: f64,
    /// The top by the ascent of its fonts.
    pub top: f64,
    /// The bottom by the descent of its fonts.
    pub bottom: f64,
    /// The size of most of its glyphs.
    pub size: f64,
    /// The font of most of its glyphs, in [`Page::fonts`].
    pub font: usize,
    /// The angle at which it runs, in degrees clockwise; 0 for upright text.
    pub angle: i32,
    /// What it holds, from left to right.
    pub pieces: Vec<Piece>,
    /// The marked content by which the structure tree knows its first glyph: its place in [`Page::marked`].
    pub content: Option<usize>,
    /// Whether all of it is marked as no part of the text.
    pub artifact: bool,
    /// The direction of most of its letters.
    pub direction: Option<Direction>,
    /// How its brackets are told.
    pub mirroring: Mirroring,
}

/// A letter of a line with the marks on it, or a space that only a gap tells.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its glyphs, in [`Page::glyphs`]; none for a space that only a gap tells.
    pub glyphs: Vec<usize>,
    /// Its characters, in the order of the text.
    pub text: EcoString,
    /// Its left edge.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
}

impl TextLine {
    /// The characters from left to right, as far as characters have an order to the eye: those of one piece are in the
    /// order of the text where it runs to the right, reversed where it runs to the left.
    pub fn visual(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            if base_direction([piece.text.as_str()]) == Some(Direction::RightToLeft) {
                text.extend(piece.text.chars().rev());
            } else {
                text.push_str(&piece.text);
            }
        }
        text.trim().to_owned()
    }

    /// The text of the line, in the order in which it is read; its own letters tell its direction.
    pub fn logical(&self) -> String {
        self.logical_in(self.direction.unwrap_or(Direction::LeftToRight))
    }

    /// The text of the line in a paragraph of this direction.
    pub fn logical_in(&self, base: Direction) -> String {
        let seen: Vec<&str> = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let text: String = logical_order(&seen, base, self.mirroring)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        text.trim().to_owned()
    }
}

/// The lines of a page: from top to bottom, those on one baseline from left to right, upright text first.
pub fn lines(page: &Page) -> Vec<TextLine> {
    let all: Vec<usize> = (0..page.glyphs.len()).collect();
    lines_of(page, &all)
}

/// The lines that glyphs of a page form; `glyphs` are places in [`Page::glyphs`], rising.
pub fn lines_of(page: &Page, glyphs: &[usize]) -> Vec<TextLine> {
    let items = glyphs
        .iter()
        .map(|index| Item::new(page, *index))
        .filter(Item::is_sound);
    let (mut marks, mut letters): (Vec<Item>, Vec<Item>) = items.partition(|item| item.mark);
    letters.sort_by(|a, b| {
        a.angle
            .cmp(&b.angle)
            .then(a.baseline.total_cmp(&b.baseline))
            .then(a.glyph.cmp(&b.glyph))
    });
    let mut segments = Vec::new();
    for band in letters.chunk_by_mut_baseline() {
        split(page, band, &mut segments);
    }
    join_raised(&mut segments);
    join_beside(&mut segments);
    join_marks(&mut segments, &mut marks);
    let mut lines: Vec<TextLine> = segments
        .into_iter()
        .filter_map(|segment| segment.finish(page))
        .collect();
    let votes: i32 = lines.iter().map(mirroring_of).sum();
    if votes > 0 {
        lines.iter_mut().for_each(|line| line.mirroring = Mirroring::AsSeen);
    }
    follow_the_page(&mut lines);
    lines.sort_by(|a, b| {
        a.angle
            .cmp(&b.angle)
            .then(a.baseline.total_cmp(&b.baseline))
            .then(a.left.total_cmp(&b.left))
    });
    lines
}

/// A line of Latin letters with something of right-to-left text in it, on a page that is all but wholly right-to-left,
/// is a line of such a paragraph: a note that cites a document symbol.
fn follow_the_page(lines: &mut [TextLine]) {
    let is_rightward = |c: char| bidi::class(c) == BidiClass::L;
    let is_leftward = |c: char| matches!(bidi::class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
    let count = |line: &TextLine, is: &dyn Fn(char) -> bool| {
        line.pieces
            .iter()
            .flat_map(|piece| piece.text.chars())
            .filter(|c| is(*c))
            .count()
    };
    let left: usize = lines.iter().map(|line| count(line, &is_leftward)).sum();
    let right: usize = lines.iter().map(|line| count(line, &is_rightward)).sum();
    if left < 3 * right {
        return;
    }
    for line in lines
        .iter_mut()
        .filter(|line| line.direction == Some(Direction::LeftToRight))
    {
        if count(line, &is_leftward) > 0 {
            line.direction = Some(Direction::RightToLeft);
        }
    }
}

fn mirroring_of(line: &TextLine) -> i32 {
    let seen: Vec<&str> = line.pieces.iter().map(|piece| piece.text.as_str()).collect();
    mirroring_shown(&seen)
}

/// A glyph in the frame of its line.
#[derive(Debug, Clone)]
struct Item {
    glyph: usize,
    angle: i32,
    baseline: f64,
    left: f64,
    right: f64,
    size: f64,
    /// Whether it is a vowel sign or the like, which stands on a letter.
    mark: bool,
    space: bool,
    content: Option<usize>,
}

impl Item {
    fn new(page: &Page, index: usize) -> Self {
        let glyph = &page.glyphs[index];
        let angle = glyph.advance.atan2().to_degrees().round() as i32;
        // A glyph of no advance runs as the page does.
        let angle = if glyph.advance.hypot2() == 0.0 || angle == -180 {
            0
        } else {
            angle
        };
        // Text mirrored by its producer still stands from left to right.
        let angle = if angle == 180 { 0 } else { angle };
        let (sin, cos) = f64::from(angle).to_radians().sin_cos();
        let along = |p: kurbo::Point| p.x * cos + p.y * sin;
        let (a, b) = (along(glyph.origin), along(glyph.end()));
        Self {
            glyph: index,
            angle,
            baseline: glyph.origin.y * cos - glyph.origin.x * sin,
            left: a.min(b),
            right: a.max(b),
            size: glyph.size,
            mark: is_mark(glyph),
            space: !glyph.text.is_empty() && glyph.text.chars().all(char::is_whitespace),
            content: page.content_of(glyph.marked),
        }
    }

    fn is_sound(&self) -> bool {
        self.size > 0.0 && self.size.is_finite() && self.baseline.is_finite() && (self.right - self.left).is_finite()
    }

    fn middle(&self) -> f64 {
        (self.left + self.right) / 2.0
    }
}

fn is_mark(glyph: &Glyph) -> bool {
    !glyph.text.is_empty() && glyph.text.chars().all(|c| bidi::class(c) == BidiClass::NSM)
}

/// Cuts sorted items where the baseline changes.
trait ByBaseline {
    fn chunk_by_mut_baseline(&mut self) -> Vec<&mut [Item]>;
}

impl ByBaseline for Vec<Item> {
    fn chunk_by_mut_baseline(&mut self) -> Vec<&mut [Item]> {
        let mut bands = Vec::new();
        let mut rest = self.as_mut_slice();
        while let Some(first) = rest.first().cloned() {
            let same = |item: &Item| {
                item.angle == first.angle && item.baseline - first.baseline <= SAME_BASELINE * first.size.max(item.size)
            };
            let length = rest.iter().take_while(|item| same(item)).count().max(1);
            let (band, tail) = rest.split_at_mut(length);
            bands.push(band);
            rest = tail;
        }
        bands
    }
}

/// Glyphs that stand beside each other.
#[derive(Debug)]
struct Segment {
    items: Vec<Item>,
    marks: Vec<Item>,
    angle: i32,
    baseline: f64,
    left: f64,
    right: f64,
    size: f64,
}

impl Segment {
    fn new(items: Vec<Item>) -> Self {
        let solid = || items.iter().filter(|item| !item.space);
        let left = solid().map(|item| item.left).fold(f64::INFINITY, f64::min);
        let right = solid().map(|item| item.right).fold(f64::NEG_INFINITY, f64::max);
        let size = solid().map(|item| item.size).fold(0.0, f64::max);
        // The baseline of the largest glyphs, not of a raised mark.
        let main = solid().find(|item| item.size == size).or(items.first());
        let (angle, baseline) = main.map_or((0, 0.0), |item| (item.angle, item.baseline));
        Self {
            angle,
            baseline,
            left,
            right,
            size,
            items,
            marks: Vec::new(),
        }
    }

    fn take(&mut self, other: Self) {
        self.items.extend(other.items);
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
    }
}

/// Cuts the glyphs of a baseline where columns part.
fn split(page: &Page, band: &mut [Item], segments: &mut Vec<Segment>) {
    band.sort_by(|a, b| a.middle().total_cmp(&b.middle()).then(a.glyph.cmp(&b.glyph)));
    let mut current: Vec<Item> = Vec::new();
    let mut end: Option<(f64, f64, Option<usize>)> = None;
    for item in band.iter() {
        if let (Some((right, size, content)), false) = (end, item.space) {
            let gap = (item.left - right) / size.max(item.size);
            let apart = matches!((content, item.content), (Some(a), Some(b)) if a != b && told_apart(page, a, b));
            if gap > COLUMNS || (apart && gap > TOLD_APART) {
                segments.push(Segment::new(std::mem::take(&mut current)));
                end = None;
            }
        }
        if !item.space {
            let right = end.map_or(item.right, |(right, ..)| right.max(item.right));
            end = Some((right, item.size, item.content));
        }
        current.push(item.clone());
    }
    if end.is_some() {
        segments.push(Segment::new(current));
    }
}

fn told_apart(page: &Page, a: usize, b: usize) -> bool {
    page.marked[a].mcid != page.marked[b].mcid || page.marked[a].form != page.marked[b].form
}

/// Joins raised, lowered and shifted glyphs to the line that they stand beside.
fn join_raised(segments: &mut Vec<Segment>) {
    segments.sort_by(|a, b| a.angle.cmp(&b.angle).then(a.baseline.total_cmp(&b.baseline)));
    let mut homes: Vec<Option<usize>> = vec![None; segments.len()];
    for (index, segment) in segments.iter().enumerate() {
        let fits = |other: &Segment| {
            let shift = (other.baseline - segment.baseline).abs();
            let gap = (segment.left - other.right).max(other.left - segment.right);
            let em = other.size;
            let small = segment.size < 0.9 * em && shift < 0.6 * em && gap < 0.6 * em;
            // Letters that a font or a producer shifts a little stand between others, not over them.
            let fewer = segment.items.len() < other.items.len();
            let shifted = segment.size <= em && fewer && shift < 0.3 * em && gap < 0.6 * em;
            other.angle == segment.angle && (small || shifted)
        };
        let near = |other: &Segment| {
            other.angle == segment.angle && (other.baseline - segment.baseline).abs() < 4.0 * segment.size + 1.0
        };
        let before = segments[..index]
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, other)| near(other));
        let after = segments
            .iter()
            .enumerate()
            .skip(index + 1)
            .take_while(|(_, other)| near(other));
        let shift = |at: &usize| (segments[*at].baseline - segment.baseline).abs();
        homes[index] = before
            .take(MOST_NEIGHBOURS)
            .chain(after.take(MOST_NEIGHBOURS))
            .filter(|(_, other)| fits(other))
            .map(|(at, _)| at)
            .min_by(|a, b| shift(a).total_cmp(&shift(b)));
    }
    for index in 0..segments.len() {
        // A home that has a home of its own passes its guests on; sizes and counts rise, so this ends.
        let Some(mut home) = homes[index] else { continue };
        for _ in 0..8 {
            match homes[home] {
                Some(next) if next != index => home = next,
                _ => break,
            }
        }
        if home != index && homes[home].is_none() {
            let guest = std::mem::replace(&mut segments[index], Segment::new(Vec::new()));
            segments[home].take(guest);
        }
    }
    segments.retain(|segment| !segment.items.is_empty());
}

/// Joins what stands on one baseline with no more between them than a space: a raised mark that stood there is in now.
fn join_beside(segments: &mut Vec<Segment>) {
    let same = |a: &Segment, b: &Segment| {
        a.angle == b.angle && (b.baseline - a.baseline).abs() <= SAME_BASELINE * a.size.max(b.size)
    };
    segments.sort_by(|a, b| {
        let line = a.angle.cmp(&b.angle).then(a.baseline.total_cmp(&b.baseline));
        line.then(a.left.total_cmp(&b.left))
    });
    segments.dedup_by(|next, before| {
        let gap = next.left - before.right;
        let beside = same(before, next) && gap < 0.6 * before.size.max(next.size) && gap > -0.6 * before.size;
        if beside {
            before.take(std::mem::replace(next, Segment::new(Vec::new())));
        }
        beside
    });
}

/// Gives every vowel sign to the line that it stands on.
fn join_marks(segments: &mut Vec<Segment>, marks: &mut Vec<Item>) {
    for mark in marks.drain(..) {
        let far = |segment: &Segment| {
            let aside = (segment.left - mark.middle())
                .max(mark.middle() - segment.right)
                .max(0.0);
            aside * 4.0 + (segment.baseline - mark.baseline).abs()
        };
        let at = segments.partition_point(|s| {
            s.angle < mark.angle || (s.angle == mark.angle && s.baseline < mark.baseline - 2.0 * mark.size)
        });
        let near = segments[at..]
            .iter()
            .enumerate()
            .take(MOST_NEIGHBOURS)
            .take_while(|(_, s)| s.angle == mark.angle && s.baseline <= mark.baseline + 2.0 * mark.size);
        let best = near
            .min_by(|(_, a), (_, b)| far(a).total_cmp(&far(b)))
            .filter(|(_, s)| far(s) < 1.2 * mark.size);
        match best.map(|(index, _)| at + index) {
            Some(home) => segments[home].marks.push(mark),
            None => {
                let place = segments.partition_point(|s| (s.angle, s.baseline) <= (mark.angle, mark.baseline));
                segments.insert(place, Segment::new(vec![mark]));
            }
        }
    }
}

impl Segment {
    fn finish(mut self, page: &Page) -> Option<TextLine> {
        self.items
            .sort_by(|a, b| a.middle().total_cmp(&b.middle()).then(a.glyph.cmp(&b.glyph)));
        let text = |item: &Item| &page.glyphs[item.glyph].text;
        // Bold by drawing twice is one letter.
        self.items.dedup_by(|b, a| {
            !b.space
                && text(a) == text(b)
                && a.right > a.left
                && (b.left - a.left).abs() < 0.1 * a.size
                && (b.baseline - a.baseline).abs() < 0.1 * a.size
        });
        let direction = base_direction(self.items.iter().map(|item| text(item).as_str()));
        let mut pieces = self.pieces(page);
        self.put_marks(page, &mut pieces, direction);
        let main = self.main(page)?;
        let edge = |item: &Item, of: fn(&super::Font) -> f64, otherwise: f64| {
            let part = of(&page.fonts[page.glyphs[item.glyph].font]);
            item.baseline - if part == 0.0 { otherwise } else { part } * item.size
        };
        let solid = || self.items.iter().filter(|item| !item.space);
        Some(TextLine {
            baseline: self.baseline,
            left: self.left,
            right: self.right,
            top: solid()
                .map(|i| edge(i, |font| font.ascent, 0.8))
                .fold(f64::INFINITY, f64::min),
            bottom: solid()
                .map(|i| edge(i, |font| font.descent, -0.2))
                .fold(f64::NEG_INFINITY, f64::max),
            size: main.0,
            font: main.1,
            angle: self.angle,
            content: self
                .items
                .iter()
                .min_by_key(|item| item.glyph)
                .and_then(|item| item.content),
            artifact: self
                .items
                .iter()
                .all(|item| page.is_artifact(page.glyphs[item.glyph].marked)),
            pieces,
            direction,
            mirroring: Mirroring::default(),
        })
    }

    /// Size and font of most glyphs.
    fn main(&self, page: &Page) -> Option<(f64, usize)> {
        let mut counts: Vec<((f64, usize), usize)> = Vec::new();
        for item in self.items.iter().filter(|item| !item.space) {
            let key = (item.size, page.glyphs[item.glyph].font);
            match counts
                .iter_mut()
                .find(|(k, _)| (k.0 - key.0).abs() < 0.01 && k.1 == key.1)
            {
                Some((_, count)) => *count += 1,
                None => counts.push((key, 1)),
            }
        }
        counts
            .into_iter()
            .rev()
            .max_by_key(|(_, count)| *count)
            .map(|(key, _)| key)
    }

    /// The letters and spaces from left to right, one space where words part.
    fn pieces(&self, page: &Page) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(self.items.len() + 16);
        let mut right = f64::NEG_INFINITY;
        for (index, item) in self.items.iter().enumerate() {
            let blank = pieces
                .last()
                .is_none_or(|last| last.text.as_str() == " " || last.text.chars().all(joins_groups));
            if item.space {
                if blank {
                    if let Some(last) = pieces.last_mut() {
                        last.right = last.right.max(item.right);
                        last.glyphs.push(item.glyph);
                    }
                    continue;
                }
                let written = &page.glyphs[item.glyph].text;
                let next = self.items.get(index + 1).map(|next| &page.glyphs[next.glyph].text);
                let digits = pieces.last().is_some_and(|last| last.text.chars().any(is_digit))
                    && next.is_some_and(|next| next.chars().any(is_digit));
                pieces.push(Piece {
                    glyphs: vec![item.glyph],
                    // A no-break space joins two groups of digits to one number (rule W4 of UAX #9), which a space does not.
                    text: if digits && written.chars().all(joins_groups) {
                        written.clone()
                    } else {
                        " ".into()
                    },
                    left: item.left,
                    right: item.right,
                });
                continue;
            }
            let apart = item.left - right - page.glyphs[item.glyph].spacing.max(0.0);
            if !blank && apart > SPACE * self.size {
                pieces.push(Piece {
                    glyphs: Vec::new(),
                    text: " ".into(),
                    left: right,
                    right: item.left,
                });
            }
            right = right.max(item.right);
            let text = page.glyphs[item.glyph].text.clone();
            pieces.push(Piece {
                glyphs: vec![item.glyph],
                text,
                left: item.left,
                right: item.right,
            });
        }
        while pieces.last().is_some_and(|last| last.text.as_str() == " ") {
            pieces.pop();
        }
        pieces
    }

    /// Puts every vowel sign behind its letter: the one over whose extent it stands; at an edge, the one that the file
    /// draws it before (right to left) or after (left to right).
    fn put_marks(&mut self, page: &Page, pieces: &mut [Piece], direction: Option<Direction>) {
        self.marks.sort_by_key(|mark| mark.glyph);
        let leftwards = direction == Some(Direction::RightToLeft);
        let solid: Vec<usize> = (0..pieces.len())
            .filter(|at| pieces[*at].text.as_str() != " ")
            .collect();
        for mark in &self.marks {
            let slack = 0.02 * mark.size;
            let outside = |at: &usize| {
                let (left, right) = (pieces[*at].left, pieces[*at].right);
                let distance = (left - mark.middle()).max(mark.middle() - right);
                // Within a hair of the edge, either side will do; the drawing order decides.
                let inside = distance < -slack;
                let near = distance <= slack;
                let first = pieces[*at].glyphs.first().copied().unwrap_or(usize::MAX);
                let order = if leftwards {
                    first.checked_sub(mark.glyph)
                } else {
                    mark.glyph.checked_sub(first)
                };
                let order = order.filter(|_| near).unwrap_or(usize::MAX);
                (
                    if inside || near { 0.0 } else { distance },
                    if inside { 0 } else { order },
                )
            };
            // Shapers put a mark before its letter in text from right to left, so the letter that is drawn next is the one
            // when the mark stands on it, even where the letter before reaches under the mark too. The origin of a mark may
            // be left of its ink, and so of its letter.
            let next = solid.iter().filter(|_| leftwards).filter(|at| {
                let piece = &pieces[**at];
                let touches = piece.left - 0.3 * mark.size <= mark.middle() && mark.middle() <= piece.right + slack;
                touches
                    && piece
                        .glyphs
                        .first()
                        .is_some_and(|first| *first > mark.glyph && first - mark.glyph <= NEXT)
            });
            let next = next.min_by_key(|at| pieces[**at].glyphs.first().copied());
            let best = next.or_else(|| {
                solid.iter().min_by(|a, b| {
                    let ((x, i), (y, j)) = (outside(a), outside(b));
                    x.total_cmp(&y).then(i.cmp(&j))
                })
            });
            if let Some(at) = best {
                let piece = &mut pieces[*at];
                piece.glyphs.push(mark.glyph);
                piece.text.push_str(&page.glyphs[mark.glyph].text);
            }
        }
    }
}
