//! How a page is painted (ISO 32000-1 8.5 to 8.9 and 11): the colours of text, what clips it, and the filled shapes and
//! pictures that lie behind it or over it. Only what is plain is known; patterns, masks, blending and inks of their own kind
//! are not, and nothing is said of text on them.

mod path;
mod state;

use hayro_syntax::object::{Array, Dict, Number};
use kurbo::{Affine, BezPath, Point, Rect, Shape};

pub(super) use path::Path;
pub(super) use state::PaintState;

use qarar_ink::Colour;

/// How many parts of paths are kept of a file; of a page as many as fall to it, and not more than of one page.
const PARTS_OF_ALL: usize = 1 << 22;
const PARTS_OF_PAGE: usize = 1 << 15;
/// A page of a file of very many pages keeps as many.
const LEAST_PARTS: usize = 64;
/// How text is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
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
