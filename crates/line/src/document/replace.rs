//! Puts written lines into the frames of a document, in the place of what Typst set.

use rustc_hash::FxHashMap;
use typst::layout::{Abs, Frame, FrameItem, Point, Size};
use typst::text::{Lang, Region, TextItem};
use typst::visualize::{Curve, CurveItem, Geometry, Shape};

use super::super::{Cell, Line, Written};
use super::collect::{FoundLine, Kind, Piece, is_walked};

/// What becomes of items, by their places among all of the document: what is drawn instead, on the page.
#[derive(Default)]
pub(super) struct Edits(FxHashMap<usize, Vec<(Point, FrameItem)>>);

impl Edits {
    /// Puts a written line in the place of its text. `before` is the line as Typst set it, `after` as it is written.
    pub(super) fn line(&mut self, found: &FoundLine, written: &Written, cell: &Cell, before: &Line, after: &Line) {
        let is_text = |piece: &&Piece| piece.kind == Kind::Text;
        let texts = || found.pieces.iter().filter(is_text);
        // In the structure of the document the line is where fewest elements are open: in no link, no emphasis.
        let Some(host) = texts().min_by_key(|piece| piece.depth) else {
            return;
        };
        let FrameItem::Text(first) = &host.item else { return };
        let locale = (first.lang, first.region);
        let moves = Moves::new(before, after);
        let mut drawn = Vec::new();
        for piece in &found.pieces {
            match piece.kind {
                Kind::Text => {
                    self.0.insert(piece.number, Vec::new());
                }
                Kind::Object | Kind::Along => {
                    let moved = moves.item(piece);
                    // A ground that stands after the host would be drawn over the line.
                    if piece.number > host.number && is_ground(&piece.item) {
                        drawn.push(moved);
                        self.0.insert(piece.number, Vec::new());
                    } else {
                        self.0.insert(piece.number, vec![moved]);
                    }
                }
            }
        }
        for (at, item) in written.items() {
            let item = in_locale(item, cell, locale);
            drawn.push((Point::new(at.x, found.baseline), FrameItem::Text(item)));
        }
        self.0.insert(host.number, drawn);
    }

    /// A frame with the edits in it; `number` is how many items were met before.
    pub(super) fn frame(&self, frame: &Frame, number: &mut usize) -> Frame {
        self.at(frame, Point::zero(), number)
    }

    fn at(&self, frame: &Frame, origin: Point, number: &mut usize) -> Frame {
        let mut out = Frame::new(frame.size(), frame.kind());
        if frame.has_baseline() {
            out.set_baseline(frame.baseline());
        }
        for (point, item) in frame.items() {
            match item {
                FrameItem::Group(group) if is_walked(group) => {
                    let mut group = group.clone();
                    group.frame = self.at(&group.frame, origin + *point, number);
                    out.push(*point, FrameItem::Group(group));
                }
                _ => {
                    match self.0.get(number) {
                        Some(drawn) => out.push_multiple(drawn.iter().map(|(at, item)| (*at - origin, item.clone()))),
                        None => out.push(*point, item.clone()),
                    }
                    *number += 1;
                }
            }
        }
        out
    }
}

/// A shape that covers what is behind it.
fn is_ground(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Shape(shape, _) if shape.fill.is_some())
}

/// An item in the language that Typst was told, where the line is not in another.
fn in_locale(mut item: TextItem, cell: &Cell, (lang, region): (Lang, Option<Region>)) -> TextItem {
    if item.lang.as_str() == cell.language.code() {
        item.lang = lang;
        item.region = region;
    }
    item
}

/// Where the places of a line went when it was elongated.
struct Moves(Vec<Move>);

/// Where a letter was and is, from its left to its right edge.
struct Move {
    before: (Abs, Abs),
    after: (Abs, Abs),
}

impl Moves {
    fn new(before: &Line, after: &Line) -> Self {
        let mut edges: FxHashMap<u32, (Abs, Abs)> = FxHashMap::default();
        for (_, cluster) in after.clusters() {
            let (left, right) = (cluster.x, cluster.x + cluster.advance);
            let edge = edges.entry(cluster.logical).or_insert((left, right));
            *edge = (edge.0.min(left), edge.1.max(right));
        }
        let of = |cluster: &super::super::Cluster| {
            Some(Move {
                before: (cluster.x, cluster.x + cluster.advance),
                after: *edges.get(&cluster.logical)?,
            })
        };
        Self(before.clusters().filter_map(|(_, cluster)| of(cluster)).collect())
    }

    /// Where a place of the line is now: within a letter by its share, between letters as far from the one at its left.
    fn place(&self, x: Abs) -> Abs {
        let at = self.0.partition_point(|letter| letter.before.0 <= x);
        let Some(Move { before, after }) = at.checked_sub(1).and_then(|at| self.0.get(at)) else {
            return self.0.first().map_or(x, |first| x + first.after.0 - first.before.0);
        };
        if x >= before.1 || before.1 <= before.0 {
            return x + after.1 - before.1;
        }
        after.0 + (after.1 - after.0) * ((x - before.0) / (before.1 - before.0))
    }

    /// A piece where it belongs now: an object moves, what is drawn along words is as long as they are.
    fn item(&self, piece: &Piece) -> (Point, FrameItem) {
        let left = self.place(piece.at.x);
        let at = Point::new(left, piece.at.y);
        let reach = |wide: Abs| self.place(piece.at.x + wide) - left;
        let item = match (&piece.item, piece.kind) {
            (FrameItem::Shape(shape, span), Kind::Along) => FrameItem::Shape(widened(shape, reach), *span),
            (FrameItem::Link(to, size), _) => FrameItem::Link(to.clone(), Size::new(reach(size.x), size.y)),
            (item, _) => item.clone(),
        };
        (at, item)
    }
}

/// A shape that reaches as far right as `reach` says of how far it reached.
fn widened(shape: &Shape, reach: impl Fn(Abs) -> Abs) -> Shape {
    let to = |point: Point| Point::new(reach(point.x), point.y);
    let geometry = match &shape.geometry {
        Geometry::Line(end) => Geometry::Line(to(*end)),
        Geometry::Rect(size) => Geometry::Rect(Size::new(reach(size.x), size.y)),
        Geometry::Curve(curve) => Geometry::Curve(Curve(
            curve
                .0
                .iter()
                .map(|item| match item {
                    CurveItem::Move(a) => CurveItem::Move(to(*a)),
                    CurveItem::Line(a) => CurveItem::Line(to(*a)),
                    CurveItem::Cubic(a, b, c) => CurveItem::Cubic(to(*a), to(*b), to(*c)),
                    CurveItem::Close => CurveItem::Close,
                })
                .collect(),
        )),
    };
    Shape {
        geometry,
        ..shape.clone()
    }
}
