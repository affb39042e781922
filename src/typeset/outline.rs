//! Text as shapes: what is to be seen on a page and read by nobody, as a watermark.

use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::syntax::Span;
use typst::text::TextItem;
use typst::visualize::{Curve, FillRule, Geometry, Shape};

/// A frame whose text is shapes of the same look.
pub(super) fn outlined(frame: &Frame) -> Frame {
    let mut shapes = Frame::soft(frame.size());
    for (at, item) in frame.items() {
        let item = match item {
            FrameItem::Group(group) => {
                let mut group = group.clone();
                group.frame = outlined(&group.frame);
                FrameItem::Group(group)
            }
            FrameItem::Text(text) => FrameItem::Shape(shape(text), Span::detached()),
            FrameItem::Tag(_) => continue,
            other => other.clone(),
        };
        shapes.push(*at, item);
    }
    shapes
}

/// How far below its top the first line of a frame stands.
pub(super) fn baseline(frame: &Frame) -> Option<Abs> {
    frame.items().find_map(|(at, item)| match item {
        FrameItem::Text(_) => Some(at.y),
        FrameItem::Group(group) => Some(at.y + baseline(&group.frame)?),
        _ => None,
    })
}

fn shape(text: &TextItem) -> Shape {
    let mut pen = Pen {
        curve: Curve(Vec::new()),
        origin: Point::zero(),
        last: Point::zero(),
        em: text.size,
        units: text.font.units_per_em(),
    };
    let mut at = Point::zero();
    let length = |em: Em| em.at(text.size);
    for glyph in &text.glyphs {
        pen.origin = at + Point::new(length(glyph.x_offset), -length(glyph.y_offset));
        let _ = text.font.ttf().outline_glyph(ttf_parser::GlyphId(glyph.id), &mut pen);
        at += Point::new(length(glyph.x_advance), -length(glyph.y_advance));
    }
    Shape {
        geometry: Geometry::Curve(pen.curve),
        fill: Some(text.fill.clone()),
        fill_rule: FillRule::NonZero,
        stroke: None,
    }
}

/// Draws outlines of glyphs, whose y grows upwards.
struct Pen {
    curve: Curve,
    origin: Point,
    last: Point,
    em: Abs,
    units: f64,
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> Point {
        let length = |units: f32| self.em * (f64::from(units) / self.units);
        self.origin + Point::new(length(x), -length(y))
    }
}

impl ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.last = self.point(x, y);
        self.curve.move_(self.last);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.last = self.point(x, y);
        self.curve.line(self.last);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (start, control, end) = (self.last, self.point(x1, y1), self.point(x, y));
        let towards = |from: Point| from + (control - from) * (2.0 / 3.0);
        self.curve.cubic(towards(start), towards(end), end);
        self.last = end;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.last = self.point(x, y);
        self.curve.cubic(self.point(x1, y1), self.point(x2, y2), self.last);
    }

    fn close(&mut self) {
        self.curve.close();
    }
}
