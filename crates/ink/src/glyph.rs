//! The outline of a glyph: its bounds and whether it covers anything at all.

use kurbo::{BezPath, Point, Rect};
use ttf_parser::OutlineBuilder;

/// An outline that covers less, in square em, leaves no ink: a hairline of a hundredth of an em across one covers as much.
const LEAST_AREA: f64 = 1e-4;

/// What a glyph covers, in the units of its font, y upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The box of its outline.
    pub bounds: Rect,
    /// The area that its contours enclose, each for itself.
    pub area: f64,
}

/// Measures the outline that `draw` draws; `None` when it covers nothing. `units` is the em of its font.
pub fn measured(units: f64, draw: impl FnOnce(&mut dyn OutlineBuilder)) -> Option<Measured> {
    let mut measure = Measure::default();
    draw(&mut measure);
    measure.close_contour();
    let bounds = measure.bounds?;
    (measure.area >= LEAST_AREA * units * units && bounds.is_finite()).then_some(Measured {
        bounds,
        area: measure.area,
    })
}

/// The outline that `draw` draws.
pub fn contours(draw: impl FnOnce(&mut dyn OutlineBuilder)) -> BezPath {
    let mut pen = Pen(BezPath::new());
    draw(&mut pen);
    // A contour that is not closed is filled as if it were.
    pen.0
}

/// Adds up bounds and areas by the polygons of all points of the contours: close to the curves, and never zero where a curve
/// covers something.
#[derive(Default)]
struct Measure {
    bounds: Option<Rect>,
    area: f64,
    start: Point,
    last: Point,
    /// Twice the area of the contour so far, with its sign.
    twice: f64,
}

impl Measure {
    fn start(&mut self, x: f32, y: f32) {
        self.close_contour();
        self.last = Point::new(f64::from(x), f64::from(y));
        self.start = self.last;
        self.reach(self.last);
    }

    fn to(&mut self, x: f32, y: f32) {
        let to = Point::new(f64::from(x), f64::from(y));
        self.twice += self.last.x * to.y - to.x * self.last.y;
        self.last = to;
        self.reach(to);
    }

    fn reach(&mut self, to: Point) {
        self.bounds = Some(
            self.bounds
                .map_or(Rect::from_points(to, to), |bounds| bounds.union_pt(to)),
        );
    }

    fn close_contour(&mut self) {
        self.twice += self.last.x * self.start.y - self.start.x * self.last.y;
        self.area += self.twice.abs() / 2.0;
        self.twice = 0.0;
        self.last = self.start;
    }
}

impl OutlineBuilder for Measure {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.to(x1, y1);
        self.to(x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.to(x1, y1);
        self.to(x2, y2);
        self.to(x, y);
    }

    fn close(&mut self) {
        self.close_contour();
    }
}

struct Pen(BezPath);

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((f64::from(x), f64::from(y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((f64::from(x), f64::from(y)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0
            .quad_to((f64::from(x1), f64::from(y1)), (f64::from(x), f64::from(y)));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let point = |x: f32, y: f32| (f64::from(x), f64::from(y));
        self.0.curve_to(point(x1, y1), point(x2, y2), point(x, y));
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(pen: &mut dyn OutlineBuilder, side: f32) {
        pen.move_to(0.0, 0.0);
        pen.line_to(side, 0.0);
        pen.line_to(side, side);
        pen.line_to(0.0, side);
        pen.close();
    }

    #[test]
    fn an_outline_without_area_leaves_no_ink() {
        let square = measured(1000.0, |pen| square(pen, 100.0)).expect("it covers something");
        assert_eq!(square.bounds, Rect::new(0.0, 0.0, 100.0, 100.0));
        assert!((square.area - 10_000.0).abs() < 1e-6);
        let line = |pen: &mut dyn OutlineBuilder| {
            pen.move_to(0.0, 0.0);
            pen.line_to(500.0, 700.0);
            pen.close();
        };
        assert_eq!(measured(1000.0, line), None);
        assert_eq!(measured(1000.0, |_| ()), None);
    }
}
