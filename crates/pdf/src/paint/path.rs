//! The paths of a page while they are made: what becomes of them is a filled shape, a thick line, or a clip.

use hayro_syntax::object::Number;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::{PaintState, Painted, Tone};

/// A stroke of a line that is thicker than this, in points, is taken for a ground: text may stand on it.
const THICK: f64 = 4.0;
/// The parts of a path that is being made.
const PARTS_OF_PATH: usize = 1 << 12;

/// The path that is being made, on the page.
#[derive(Debug, Default)]
pub(crate) struct Path {
    path: BezPath,
    /// Whether it has more parts than are kept; then its box stands for it.
    long: bool,
    bounds: Option<Rect>,
    /// Whether it becomes a clip when it is painted.
    clips: bool,
}

impl Path {
    fn add(&mut self, matrix: Affine, part: PathEl) {
        let part = matrix * part;
        let points = match part {
            PathEl::MoveTo(to) | PathEl::LineTo(to) => [to; 3],
            PathEl::QuadTo(a, to) => [a, to, to],
            PathEl::CurveTo(a, b, to) => [a, b, to],
            PathEl::ClosePath => [Point::new(f64::NAN, f64::NAN); 3],
        };
        for at in points.into_iter().filter(|at| at.is_finite()) {
            let reach = Rect::from_points(at, at);
            self.bounds = Some(self.bounds.map_or(reach, |bounds| bounds.union(reach)));
        }
        // A path begins with a move (8.5.2.1); one that does not is none.
        if self.path.elements().is_empty() && !matches!(part, PathEl::MoveTo(_)) {
            return;
        }
        if self.path.elements().len() < PARTS_OF_PATH {
            self.path.push(part);
        } else {
            self.long = true;
        }
    }

    pub(crate) fn move_to(&mut self, matrix: Affine, to: [&Number; 2]) {
        self.add(matrix, PathEl::MoveTo(point(to)));
    }

    pub(crate) fn line_to(&mut self, matrix: Affine, to: [&Number; 2]) {
        self.add(matrix, PathEl::LineTo(point(to)));
    }

    /// A curve; its first point is where the path is, where none is given.
    pub(crate) fn curve_to(
        &mut self,
        matrix: Affine,
        first: Option<[&Number; 2]>,
        second: [&Number; 2],
        to: [&Number; 2],
    ) {
        let (second, to) = (point(second), point(to));
        let first = first.map_or(second, point);
        self.add(matrix, PathEl::CurveTo(first, second, to));
    }

    pub(crate) fn close(&mut self) {
        if !self.path.elements().is_empty() {
            self.add(Affine::IDENTITY, PathEl::ClosePath);
        }
    }

    pub(crate) fn rectangle(&mut self, matrix: Affine, corner: [&Number; 2], size: [&Number; 2]) {
        let Point { x, y } = point(corner);
        let Point { x: width, y: height } = point(size);
        let corners = [(x + width, y), (x + width, y + height), (x, y + height)];
        self.add(matrix, PathEl::MoveTo(Point::new(x, y)));
        for corner in corners {
            self.add(matrix, PathEl::LineTo(corner.into()));
        }
        self.add(matrix, PathEl::ClosePath);
    }

    pub(crate) fn clip(&mut self) {
        self.clips = true;
    }

    fn shape(&mut self) -> BezPath {
        let path = std::mem::take(&mut self.path);
        match self.bounds.filter(|_| self.long) {
            Some(bounds) => bounds.to_path(0.1),
            None => path,
        }
    }

    /// Ends the path: fills it by a rule, where one is given.
    pub(crate) fn fill(&mut self, painted: &mut Painted, state: &mut PaintState, even_odd: bool) {
        let bounds = self.bounds;
        let tone = if self.long { Tone::Unknown } else { state.fill_tone() };
        let shape = self.shape();
        painted.ground(shape, state, even_odd, Some(tone));
        self.end(state, bounds);
    }

    /// Ends the path: draws its outline, of which only a thick line may lie behind text.
    pub(crate) fn draw(&mut self, painted: &mut Painted, state: &mut PaintState, matrix: Affine) {
        let bounds = self.bounds;
        let width = state.line_width * matrix.determinant().abs().sqrt();
        if width > THICK
            && let [PathEl::MoveTo(from), PathEl::LineTo(to)] = *self.path.elements()
        {
            let line = Rect::from_points(from, to);
            let line = if line.width() >= line.height() {
                line.inflate(0.0, width / 2.0)
            } else {
                line.inflate(width / 2.0, 0.0)
            };
            let tone = state.stroke_tone();
            painted.ground(line.to_path(0.1), state, false, Some(tone));
        }
        self.end(state, bounds);
    }

    /// Ends the path without painting it.
    pub(crate) fn drop(&mut self, state: &mut PaintState) {
        let bounds = self.bounds;
        self.end(state, bounds);
    }

    fn end(&mut self, state: &mut PaintState, bounds: Option<Rect>) {
        // An empty path would clip all away; viewers pass over it.
        if let Some(bounds) = bounds.filter(|_| self.clips) {
            state.clip_to(bounds);
        }
        *self = Self::default();
    }
}

fn point([x, y]: [&Number; 2]) -> Point {
    Point::new(x.as_f64(), y.as_f64())
}
