//! The room between lines: where stacked vowel signs or signs of the Koran would touch what stands above or below them, the lines part
//! by what their ink lacks. Letters alone never part lines: the pitch of the template is made for them.
//!
//! What a line covers is told by its outline from above and from below, in strips of the width of a pen stroke, so that a high sign
//! over a short letter asks for nothing.

use rustc_hash::FxHashMap;
use ttf_parser::GlyphId;
use ttf_parser::gdef::GlyphClass;
use typst::layout::Abs;
use typst::text::FontInstance;

use super::{Cell, Cluster, Line, Run, SetGlyph, is_mark};

/// How wide a strip is, in em of the line.
const STRIP: f64 = 1.0 / 32.0;
/// The least white between a sign and the ink of another line, in em: the thickness of a fine stroke.
const WHITE: f64 = 0.04;
/// Less, in points, is not seen and parts no lines.
const LEAST: f64 = 0.1;
/// Curves are taken as polygons that are as near to them, in em.
const NEAR: f64 = 0.005;

impl Cell {
    /// Parts lines whose signs would touch the line above or below, and says whether there are any. Lines of a table stay:
    /// its rules stand where they are.
    pub fn part_lines(&mut self) -> bool {
        if self.lines.iter().any(|line| line.table.is_some()) || !self.lines.iter().any(has_signs) {
            return false;
        }
        let mut outlines = Outlines::default();
        let mut moved = Abs::zero();
        // Where lines part, and by how much.
        let mut parted: Vec<(Abs, Abs)> = Vec::new();
        let mut above: Option<(Skyline, Abs)> = None;
        for line in &mut self.lines {
            let place = line.baseline;
            let here = Skyline::of(line, &mut outlines);
            if let (Some((above, over)), Some(here)) = (&above, &here) {
                let lacks = above.lacks(here, place - *over);
                if lacks > Abs::zero() {
                    parted.push((place - line.ascent, lacks));
                    moved += lacks;
                }
            }
            line.baseline += moved;
            above = here.map(|here| (here, place));
        }
        for (at, _) in &mut self.ornaments {
            let below = parted.iter().filter(|(top, _)| at.y >= *top);
            let by: Abs = below.map(|(_, lacks)| *lacks).sum();
            at.y += by;
        }
        self.height += moved;
        moved > Abs::zero()
    }

    /// Gives the first line more room above.
    pub fn lower(&mut self, by: Abs) {
        for line in &mut self.lines {
            line.baseline += by;
        }
        if let Some(first) = self.lines.first_mut() {
            first.ascent += by;
        }
        for (at, _) in &mut self.ornaments {
            at.y += by;
        }
        self.height += by;
    }

    /// How much more room the first line of a cell wants under the last line of the one above, whose baseline is higher by `distance`.
    pub fn lacks_below(&self, above: &Self, distance: Abs) -> Abs {
        let (Some(last), Some(first)) = (above.lines.last(), self.lines.first()) else {
            return Abs::zero();
        };
        if !has_signs(last) && !has_signs(first) {
            return Abs::zero();
        }
        let mut outlines = Outlines::default();
        match (Skyline::of(last, &mut outlines), Skyline::of(first, &mut outlines)) {
            (Some(last), Some(first)) => last.lacks(&first, distance),
            _ => Abs::zero(),
        }
    }
}

/// Whether a character may stand far above or below letters: a mark on one, or a sign that encloses or crowns several.
fn is_sign(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{6de}' | '\u{6e5}' | '\u{6e6}' | '\u{6e9}' | '\u{fdf0}'..='\u{fdfd}')
}

fn has_signs(line: &Line) -> bool {
    line.clusters().any(|(_, cluster)| cluster.text.chars().any(is_sign))
}

/// What a line covers: for every strip how high above the baseline its ink reaches and how low, in points, upwards; and the
/// same of its signs alone.
struct Skyline {
    strip: f64,
    first: i64,
    all: Vec<Option<(f64, f64)>>,
    signs: Vec<Option<(f64, f64)>>,
}

impl Skyline {
    /// That of a line; `None` of one without letters.
    fn of(line: &Line, outlines: &mut Outlines) -> Option<Self> {
        let em = line.runs.iter().map(|run| run.size.to_pt()).fold(0.0, f64::max);
        let strip = em * STRIP;
        let left = line
            .runs
            .iter()
            .map(|run| run.left().to_pt())
            .fold(f64::INFINITY, f64::min);
        let right = line
            .runs
            .iter()
            .map(|run| run.right().to_pt())
            .fold(f64::NEG_INFINITY, f64::max);
        if strip <= 0.0 || left > right || !(right - left).is_finite() {
            return None;
        }
        // Ink may reach out of the line.
        let first = ((left - em) / strip).floor() as i64;
        let count = ((right - left + 2.0 * em) / strip).ceil() as usize + 1;
        let mut skyline = Self {
            strip,
            first,
            all: vec![None; count],
            signs: vec![None; count],
        };
        for (run, cluster) in line.clusters().filter(|(_, cluster)| !cluster.is_space()) {
            skyline.add(run, cluster, outlines);
        }
        Some(skyline)
    }

    fn add(&mut self, run: &Run, cluster: &Cluster, outlines: &mut Outlines) {
        let signs = cluster.text.chars().any(is_sign);
        let whole = signs && !cluster.text.chars().any(|c| !is_sign(c));
        for glyph in &cluster.glyphs {
            let is_sign = signs && (whole || is_mark_glyph(&run.font, glyph.id));
            let size = run.size.to_pt();
            let (x, y) = ((cluster.x + glyph.x()).to_pt(), (glyph.y() + run.rise).to_pt());
            for &(from, to, low, high) in outlines.get(&run.font, glyph) {
                let across = match glyph.stretch() {
                    Some(width) => (x, x + width.to_pt()),
                    None => (x + from * size, x + to * size),
                };
                self.cover(across, (y + low * size, y + high * size), is_sign);
            }
        }
    }

    fn cover(&mut self, (left, right): (f64, f64), (low, high): (f64, f64), is_sign: bool) {
        let place = |x: f64| ((x / self.strip).floor() as i64 - self.first).max(0) as usize;
        let (from, to) = (place(left), place(right));
        for at in from..=to {
            let Some(all) = self.all.get_mut(at) else { break };
            let reach = |strip: &mut Option<(f64, f64)>| {
                let (lowest, highest) = strip.get_or_insert((low, high));
                *lowest = lowest.min(low);
                *highest = highest.max(high);
            };
            reach(all);
            if is_sign {
                reach(&mut self.signs[at]);
            }
        }
    }

    /// How much farther a line must stand below this one than `distance`, so that no sign of one touches the other.
    fn lacks(&self, below: &Self, distance: Abs) -> Abs {
        // What stands beside it is not below.
        if distance <= Abs::zero() {
            return Abs::zero();
        }
        let near = |strips: &[Option<(f64, f64)>], skyline: &Self, x: f64| {
            let at = (x / skyline.strip).floor() as i64 - skyline.first;
            let around = (at - 1..=at + 1).filter_map(|at| *strips.get(usize::try_from(at).ok()?)?);
            around.reduce(|(low, high), (lower, higher)| (low.min(lower), high.max(higher)))
        };
        let mut nearest = f64::INFINITY;
        for at in 0..self.all.len() {
            let x = (self.first + at as i64) as f64 * self.strip + self.strip / 2.0;
            if let (Some((low, _)), Some((_, high))) = (self.all[at], near(&below.signs, below, x)) {
                nearest = nearest.min(low - high);
            }
            if let (Some((low, _)), Some((_, high))) = (self.signs[at], near(&below.all, below, x)) {
                nearest = nearest.min(low - high);
            }
        }
        let white = WHITE * (self.strip.max(below.strip) / STRIP);
        let lacks = white - (distance.to_pt() + nearest);
        if lacks > LEAST { Abs::pt(lacks) } else { Abs::zero() }
    }
}

/// Whether a font says that a glyph is a mark on another one. Where it says nothing, one without an advance is.
fn is_mark_glyph(font: &FontInstance, glyph: u16) -> bool {
    let class = font
        .ttf()
        .tables()
        .gdef
        .and_then(|gdef| gdef.glyph_class(GlyphId(glyph)));
    class.map_or_else(
        || font.x_advance(glyph).is_none_or(|advance| advance.get() == 0.0),
        |class| class == GlyphClass::Mark,
    )
}

/// A part of an outline: its left and right edge, how low and how high it reaches; in em.
type Piece = (f64, f64, f64, f64);

/// The outlines of glyphs, each in pieces of about a strip.
#[derive(Default)]
struct Outlines {
    known: FxHashMap<(FontInstance, u16), Vec<Piece>>,
}

impl Outlines {
    fn get(&mut self, font: &FontInstance, glyph: &SetGlyph) -> &[Piece] {
        self.known
            .entry((font.clone(), glyph.id))
            .or_insert_with(|| pieces(font, glyph.id))
    }
}

/// The sides of the polygon of an outline, those that are longer than a strip cut.
fn pieces(font: &FontInstance, glyph: u16) -> Vec<Piece> {
    let units = font.units_per_em();
    let outline = qarar_ink::contours(|pen| {
        font.ttf().outline_glyph(GlyphId(glyph), pen);
    });
    let mut pieces = Vec::new();
    let mut last = kurbo::Point::ZERO;
    let mut start = kurbo::Point::ZERO;
    let mut side = |from: kurbo::Point, to: kurbo::Point| {
        let parts = ((to.x - from.x).abs() / units / STRIP).ceil().clamp(1.0, 256.0) as usize;
        for part in 0..parts {
            let at = |part: usize| from.lerp(to, part as f64 / parts as f64);
            let (a, b) = (at(part), at(part + 1));
            pieces.push((
                a.x.min(b.x) / units,
                a.x.max(b.x) / units,
                a.y.min(b.y) / units,
                a.y.max(b.y) / units,
            ));
        }
    };
    kurbo::flatten(outline, NEAR * units, |element| match element {
        kurbo::PathEl::MoveTo(to) => (start, last) = (to, to),
        kurbo::PathEl::LineTo(to) => {
            side(last, to);
            last = to;
        }
        kurbo::PathEl::ClosePath => {
            side(last, start);
            last = start;
        }
        // A flattened path has no curves.
        kurbo::PathEl::QuadTo(..) | kurbo::PathEl::CurveTo(..) => {}
    });
    pieces
}
