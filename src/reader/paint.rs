//! How a page is painted (ISO 32000-1 8.5 to 8.9 and 11): the colours of text, what clips it, and the filled shapes and
//! pictures that lie behind it or over it. Only what is plain is known; patterns, masks, blending and inks of their own kind
//! are not, and nothing is said of text on them.

use hayro_syntax::object::stream::Stream;
use hayro_syntax::object::{Array, Dict, Name, Number, Object};
use hayro_syntax::page::Resources;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use crate::ink::Colour;

/// A stroke of a line that is thicker than this, in points, is taken for a ground: text may stand on it.
const THICK: f64 = 4.0;
/// How many parts of paths are kept of a file; of a page as many as fall to it, and not more than of one page.
const PARTS_OF_ALL: usize = 1 << 22;
const PARTS_OF_PAGE: usize = 1 << 15;
/// A page of a file of very many pages keeps as many.
const LEAST_PARTS: usize = 64;
/// The parts of a path that is being made.
const PARTS_OF_PATH: usize = 1 << 12;

/// How text is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// From a glyph one em high, y upwards, to the page, but for its place.
    pub shape: Affine,
    /// What its inside is painted with; `None` when it is not painted.
    pub fill: Option<Tone>,
    /// What its outline is painted with; `None` when it is not painted.
    pub stroke: Option<Tone>,
    /// The part of the page that may be painted on.
    pub clip: Rect,
    /// How many of [`Painted::grounds`] are painted before it.
    pub after: usize,
}

/// What something is painted with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tone {
    /// A colour, and how much it covers, from 0 to 1.
    Known(Colour, f64),
    /// A pattern, an ink of its own kind, something that is blended or masked.
    Unknown,
}

/// A filled shape or a picture.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Its outline on the page.
    pub shape: BezPath,
    /// The box of what is seen of it.
    pub bounds: Rect,
    /// Whether it is filled by the even-odd rule.
    pub even_odd: bool,
    /// Its colour; `None` when that is not known.
    pub colour: Option<Colour>,
    /// How much it covers, from 0 to 1; 0 when that is not known.
    pub share: f64,
}

impl Ground {
    /// Whether it lies at a point of the page.
    pub fn holds(&self, point: Point) -> bool {
        if !self.bounds.contains(point) {
            return false;
        }
        let winding = self.shape.winding(point);
        if self.even_odd { winding % 2 != 0 } else { winding != 0 }
    }
}

/// What is painted on a page.
#[derive(Debug, Clone, Default)]
pub struct Painted {
    /// How text is painted: [`super::Glyph::look`] is a place here.
    pub looks: Vec<Look>,
    /// What is filled, in the order in which it is painted.
    pub grounds: Vec<Ground>,
    /// Whether more is filled than is kept.
    pub crowded: bool,
    left: usize,
}

impl Painted {
    /// For a page of a file of so many.
    pub(super) fn of_one_in(pages: usize) -> Self {
        Self {
            left: (PARTS_OF_ALL / pages.max(1)).clamp(LEAST_PARTS, PARTS_OF_PAGE),
            ..Self::default()
        }
    }

    /// The place of a look.
    pub(super) fn look(&mut self, look: Look) -> u32 {
        if self.looks.last() != Some(&look) {
            self.looks.push(look);
        }
        // There are no more looks than glyphs.
        (self.looks.len() - 1) as u32
    }

    fn ground(&mut self, shape: BezPath, state: &PaintState, even_odd: bool, tone: Option<Tone>) {
        let parts = shape.elements().len();
        let bounds = shape.bounding_box().intersect(state.clip);
        // `intersect` gives a box of no size where nothing is common.
        if bounds.area() <= 0.0 || !bounds.is_finite() {
            return;
        }
        if parts > self.left {
            self.crowded = true;
            return;
        }
        self.left -= parts;
        let (colour, share) = match tone {
            Some(Tone::Known(colour, share)) => (Some(colour), share),
            Some(Tone::Unknown) => (None, 0.0),
            None => (
                None,
                if state.is_plain() {
                    state.fill_share * state.group_share
                } else {
                    0.0
                },
            ),
        };
        self.grounds.push(Ground {
            shape,
            bounds,
            even_odd,
            colour,
            share,
        });
    }
}

/// The kinds of colours whose numbers can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Grey,
    Rgb,
    Inks,
    /// An ink of its own that is black.
    Black,
    Other,
}

/// A colour as it is set: its kind, and itself where that is known.
#[derive(Debug, Clone, Copy)]
struct Set {
    space: Space,
    colour: Option<Colour>,
}

impl Set {
    const BLACK: Self = Self {
        space: Space::Grey,
        colour: Some(Colour::BLACK),
    };

    fn in_space(space: Space) -> Self {
        Self {
            space,
            colour: (space != Space::Other).then_some(Colour::BLACK),
        }
    }

    fn with(space: Space, parts: &[Number]) -> Self {
        let part = |at: usize| parts.get(at).map(|part: &Number| part.as_f64().clamp(0.0, 1.0));
        let colour = match (space, parts.len()) {
            (Space::Grey, 1) => part(0).map(Colour::grey),
            (Space::Black, 1) => part(0).map(|ink| Colour::grey(1.0 - ink)),
            (Space::Rgb, 3) => {
                part(0)
                    .zip(part(1))
                    .zip(part(2))
                    .map(|((red, green), blue)| Colour { red, green, blue })
            }
            (Space::Inks, 4) => {
                let inks: Vec<f64> = (0..4).filter_map(part).collect();
                inks.try_into().ok().map(Colour::of_inks)
            }
            _ => None,
        };
        Self { space, colour }
    }
}

/// The part of the graphics state that painting needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct PaintState {
    fill: Set,
    stroke: Set,
    fill_share: f64,
    stroke_share: f64,
    /// How much the groups around let through.
    group_share: f64,
    blended: bool,
    masked: bool,
    /// Whether a group around is blended or masked.
    group_other: bool,
    line_width: f64,
    clip: Rect,
}

impl PaintState {
    /// At the start of a page that is seen in a box.
    pub(super) fn new() -> Self {
        Self {
            fill: Set::BLACK,
            stroke: Set::BLACK,
            fill_share: 1.0,
            stroke_share: 1.0,
            group_share: 1.0,
            blended: false,
            masked: false,
            group_other: false,
            line_width: 1.0,
            clip: Rect::new(-1e9, -1e9, 1e9, 1e9),
        }
    }

    fn is_plain(&self) -> bool {
        !(self.blended || self.masked || self.group_other)
    }

    fn tone(&self, set: Set, share: f64) -> Tone {
        match set.colour {
            // What lets nothing through is not seen, however it is blended.
            _ if share * self.group_share <= 0.0 => Tone::Known(Colour::WHITE, 0.0),
            Some(colour) if self.is_plain() => Tone::Known(colour, share * self.group_share),
            _ => Tone::Unknown,
        }
    }

    fn fill_tone(&self) -> Tone {
        self.tone(self.fill, self.fill_share)
    }

    /// How glyphs are painted in a rendering mode of text, and which shape they take.
    pub(super) fn look(&self, mode: i64, shape: Affine, after: usize) -> Look {
        Look {
            shape,
            fill: matches!(mode, 0 | 2 | 4 | 6).then(|| self.fill_tone()),
            stroke: matches!(mode, 1 | 2 | 5 | 6).then(|| self.tone(self.stroke, self.stroke_share)),
            clip: self.clip,
            after,
        }
    }

    /// Takes over what a dictionary of graphics state says.
    pub(super) fn set(&mut self, state: &Dict<'_>) {
        let share = |key: &str| state.get::<f64>(key).map(|share| share.clamp(0.0, 1.0));
        self.fill_share = share("ca").unwrap_or(self.fill_share);
        self.stroke_share = share("CA").unwrap_or(self.stroke_share);
        if let Some(width) = state.get::<f64>("LW") {
            self.line_width = width;
        }
        match state.get::<Object<'_>>("BM") {
            Some(Object::Name(mode)) => self.blended = !is_normal(&mode),
            Some(Object::Array(modes)) => {
                self.blended = !modes.iter::<Name<'_>>().next().is_some_and(|mode| is_normal(&mode));
            }
            _ => {}
        }
        match state.get::<Object<'_>>("SMask") {
            Some(Object::Name(_)) => self.masked = false,
            Some(_) => self.masked = true,
            None => {}
        }
    }

    /// What holds inside of a form that is a group.
    pub(super) fn enter_group(&mut self) {
        self.group_share *= self.fill_share;
        self.group_other |= self.blended || self.masked;
        (self.fill_share, self.stroke_share, self.blended, self.masked) = (1.0, 1.0, false, false);
    }

    /// Cuts what is painted to a box on the page.
    pub(super) fn clip_to(&mut self, bounds: Rect) {
        self.clip = self.clip.intersect(bounds);
    }

    pub(super) fn line_width(&mut self, width: &Number) {
        self.line_width = width.as_f64();
    }

    /// Sets a colour; `of_stroke` that of outlines.
    fn put(&mut self, of_stroke: bool, set: Set) {
        if of_stroke {
            self.stroke = set;
        } else {
            self.fill = set;
        }
    }

    pub(super) fn grey(&mut self, of_stroke: bool, parts: [&Number; 1]) {
        self.put(of_stroke, Set::with(Space::Grey, &parts.map(|part| *part)));
    }

    pub(super) fn rgb(&mut self, of_stroke: bool, parts: [&Number; 3]) {
        self.put(of_stroke, Set::with(Space::Rgb, &parts.map(|part| *part)));
    }

    pub(super) fn inks(&mut self, of_stroke: bool, parts: [&Number; 4]) {
        self.put(of_stroke, Set::with(Space::Inks, &parts.map(|part| *part)));
    }

    /// Sets a colour in the space that was set before; `named` is one by a pattern.
    pub(super) fn colour(&mut self, of_stroke: bool, parts: &[Number], named: bool) {
        let space = if of_stroke { self.stroke.space } else { self.fill.space };
        let space = if named { Space::Other } else { space };
        self.put(of_stroke, Set::with(space, parts));
    }

    pub(super) fn space(&mut self, of_stroke: bool, name: &Name<'_>, resources: &Resources<'_>) {
        let space = device(name).or_else(|| Some(named(&resources.get_color_space(name)?)));
        self.put(of_stroke, Set::in_space(space.unwrap_or(Space::Other)));
    }
}

fn is_normal(mode: &Name<'_>) -> bool {
    matches!(mode.as_ref(), b"Normal" | b"Compatible")
}

fn device(name: &[u8]) -> Option<Space> {
    match name {
        b"DeviceGray" | b"G" | b"CalGray" => Some(Space::Grey),
        b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Space::Rgb),
        b"DeviceCMYK" | b"CMYK" => Some(Space::Inks),
        b"Pattern" => Some(Space::Other),
        _ => None,
    }
}

/// The kind of a colour space of the resources.
fn named(space: &Object<'_>) -> Space {
    let known = match space {
        Object::Name(name) => device(name),
        Object::Array(array) => {
            let mut items = array.flex_iter();
            let kind = items.next::<Name<'_>>();
            match kind.as_deref() {
                Some(b"ICCBased") => {
                    items
                        .next::<Stream<'_>>()
                        .and_then(|profile| match profile.dict().get::<i32>("N")? {
                            1 => Some(Space::Grey),
                            3 => Some(Space::Rgb),
                            4 => Some(Space::Inks),
                            _ => None,
                        })
                }
                Some(b"Separation") => items
                    .next::<Name<'_>>()
                    .filter(|ink| matches!(ink.as_ref(), b"Black" | b"All"))
                    .map(|_| Space::Black),
                Some(kind) => device(kind),
                None => None,
            }
        }
        _ => None,
    };
    known.unwrap_or(Space::Other)
}

/// The path that is being made, on the page.
#[derive(Debug, Default)]
pub(super) struct Path {
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

    pub(super) fn move_to(&mut self, matrix: Affine, to: [&Number; 2]) {
        self.add(matrix, PathEl::MoveTo(point(to)));
    }

    pub(super) fn line_to(&mut self, matrix: Affine, to: [&Number; 2]) {
        self.add(matrix, PathEl::LineTo(point(to)));
    }

    /// A curve; its first point is where the path is, where none is given.
    pub(super) fn curve_to(
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

    pub(super) fn close(&mut self) {
        if !self.path.elements().is_empty() {
            self.add(Affine::IDENTITY, PathEl::ClosePath);
        }
    }

    pub(super) fn rectangle(&mut self, matrix: Affine, corner: [&Number; 2], size: [&Number; 2]) {
        let Point { x, y } = point(corner);
        let Point { x: width, y: height } = point(size);
        let corners = [(x + width, y), (x + width, y + height), (x, y + height)];
        self.add(matrix, PathEl::MoveTo(Point::new(x, y)));
        for corner in corners {
            self.add(matrix, PathEl::LineTo(corner.into()));
        }
        self.add(matrix, PathEl::ClosePath);
    }

    pub(super) fn clip(&mut self) {
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
    pub(super) fn fill(&mut self, painted: &mut Painted, state: &mut PaintState, even_odd: bool) {
        let bounds = self.bounds;
        let tone = if self.long { Tone::Unknown } else { state.fill_tone() };
        let shape = self.shape();
        painted.ground(shape, state, even_odd, Some(tone));
        self.end(state, bounds);
    }

    /// Ends the path: draws its outline, of which only a thick line may lie behind text.
    pub(super) fn draw(&mut self, painted: &mut Painted, state: &mut PaintState, matrix: Affine) {
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
            let tone = state.tone(state.stroke, state.stroke_share);
            painted.ground(line.to_path(0.1), state, false, Some(tone));
        }
        self.end(state, bounds);
    }

    /// Ends the path without painting it.
    pub(super) fn drop(&mut self, state: &mut PaintState) {
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

/// A picture in the unit square; `dict` tells whether parts of it let through what is behind.
pub(super) fn picture(painted: &mut Painted, state: &PaintState, matrix: Affine, dict: &Dict<'_>) {
    let part = |key: &str| dict.contains_key(key);
    let is_mask = dict
        .get::<bool>("ImageMask")
        .or_else(|| dict.get::<bool>("IM"))
        .unwrap_or(false);
    let whole = !(is_mask || part("SMask") || part("Mask") || part("SMaskInData"));
    let square = matrix * Rect::new(0.0, 0.0, 1.0, 1.0).to_path(0.1);
    painted.ground(square, state, false, if whole { None } else { Some(Tone::Unknown) });
}

/// A gradient over all that may be painted on.
pub(super) fn shading(painted: &mut Painted, state: &PaintState) {
    painted.ground(state.clip.to_path(0.1), state, false, None);
}

/// The box of a form on the page.
pub(super) fn form_box(dict: &Dict<'_>, matrix: Affine) -> Option<Rect> {
    let numbers: Vec<f64> = dict
        .get::<Array<'_>>("BBox")?
        .iter::<Number>()
        .take(4)
        .map(|n| n.as_f64())
        .collect();
    let [x0, y0, x1, y1] = numbers[..] else { return None };
    let bounds = matrix.transform_rect_bbox(Rect::from_points((x0, y0), (x1, y1)));
    bounds.is_finite().then_some(bounds)
}

fn point([x, y]: [&Number; 2]) -> Point {
    Point::new(x.as_f64(), y.as_f64())
}
