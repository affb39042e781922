//! What a template draws on a page beside the lines: what text stands on, and text of its own.

use kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use typst::layout::{Abs, Frame, FrameItem, Size, Transform};
use typst::text::TextItem;
use typst::visualize::{Curve, CurveItem, Geometry, Image, ImageKind, Paint, RasterImage, Shape};

use crate::ink::Colour;
use crate::page::Page;

/// A stroke of a line that is thicker than this, in points, is taken for a ground: text may stand on it.
const THICK: f64 = 4.0;
/// What is drawn over text hides it when it lets less than this through.
const OPAQUE: f64 = 0.9;

/// What is drawn on a page before its lines, in the order in which it is drawn.
#[derive(Default)]
pub(super) struct Painted<'a> {
    grounds: Vec<Ground<'a>>,
    /// Text of the template's own.
    pub(super) texts: Vec<OwnText<'a>>,
}

/// Text of the template's own.
#[derive(Debug)]
pub(super) struct OwnText<'a> {
    /// From the place of the item, y downwards, to the page.
    pub(super) to_page: Affine,
    /// The text.
    pub(super) item: &'a TextItem,
    /// How many grounds are drawn before it.
    pub(super) after: usize,
}

struct Ground<'a> {
    /// On the page.
    shape: BezPath,
    bounds: Rect,
    paint: Painting<'a>,
}

enum Painting<'a> {
    /// A colour, and how much it covers.
    Colour(Colour, f64),
    /// A picture, with the way from the page to its pixels.
    Pixels(&'a RasterImage, Affine),
    /// A gradient, a drawing.
    Unknown,
}

impl<'a> Painted<'a> {
    pub(super) fn of(page: &'a Page) -> Self {
        let mut painted = Self::default();
        if let Some(furniture) = &page.furniture {
            painted.frame(furniture, Affine::IDENTITY);
        }
        for (at, item) in page.drawn() {
            painted.item(item, Affine::translate((at.x.to_pt(), at.y.to_pt())));
        }
        painted
    }

    /// Whether all text stands on the bare paper.
    pub(super) fn is_bare(&self) -> bool {
        self.grounds.is_empty()
    }

    /// How many grounds are drawn.
    pub(super) fn grounds(&self) -> usize {
        self.grounds.len()
    }

    /// The colour behind a box on the page, of the first `before` grounds; `None` when it is not known.
    pub(super) fn behind(&self, ink: Rect, before: usize) -> Option<Colour> {
        let mut colour = Some(Colour::WHITE);
        for ground in self.grounds[..before]
            .iter()
            .filter(|ground| ground.holds(ink.center()))
        {
            colour = match &ground.paint {
                Painting::Colour(over, share) if *share >= 1.0 => Some(*over),
                Painting::Colour(over, share) => colour.map(|under| over.on(under, *share)),
                Painting::Pixels(image, to_pixels) => {
                    let (over, share) = pixels(image, to_pixels.transform_rect_bbox(ink));
                    colour.map(|under| over.on(under, share))
                }
                Painting::Unknown => None,
            };
        }
        colour
    }

    /// Whether something that is drawn later hides what is at a box.
    pub(super) fn hides(&self, ink: Rect, after: usize) -> bool {
        let opaque = |ground: &Ground<'_>| match ground.paint {
            Painting::Colour(_, share) => share >= OPAQUE,
            Painting::Pixels(image, to_pixels) => pixels(image, to_pixels.transform_rect_bbox(ink)).1 >= OPAQUE,
            Painting::Unknown => false,
        };
        self.grounds[after..]
            .iter()
            .any(|ground| ground.holds(ink.center()) && opaque(ground))
    }

    fn frame(&mut self, frame: &'a Frame, to_page: Affine) {
        for (at, item) in frame.items() {
            self.item(item, to_page * Affine::translate((at.x.to_pt(), at.y.to_pt())));
        }
    }

    fn item(&mut self, item: &'a FrameItem, to_page: Affine) {
        match item {
            FrameItem::Group(group) => self.frame(&group.frame, to_page * affine(group.transform)),
            FrameItem::Text(item) => self.texts.push(OwnText {
                to_page,
                item,
                after: self.grounds.len(),
            }),
            FrameItem::Shape(shape, _) => self.shape(shape, to_page),
            FrameItem::Image(image, size, _) => self.image(image, *size, to_page),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }

    fn shape(&mut self, shape: &Shape, to_page: Affine) {
        let line = |end: typst::layout::Point| {
            let stroke = shape
                .stroke
                .as_ref()
                .filter(|stroke| stroke.thickness > Abs::pt(THICK))?;
            let half = stroke.thickness.to_pt() / 2.0;
            let (width, height) = (end.x.to_pt(), end.y.to_pt());
            let rect = Rect::from_points((0.0, 0.0), (width, height));
            let rect = if width.abs() >= height.abs() {
                rect.inflate(0.0, half)
            } else {
                rect.inflate(half, 0.0)
            };
            Some((rect.to_path(0.1), &stroke.paint))
        };
        let found = match (&shape.geometry, &shape.fill) {
            (Geometry::Line(end), _) => line(*end),
            (Geometry::Rect(size), Some(fill)) => Some((rect(*size).to_path(0.1), fill)),
            (Geometry::Curve(curve), Some(fill)) => Some((path(curve), fill)),
            (Geometry::Rect(_) | Geometry::Curve(_), None) => None,
        };
        if let Some((path, paint)) = found {
            let paint = colour(paint).map_or(Painting::Unknown, |(colour, share)| Painting::Colour(colour, share));
            self.push(to_page * path, paint);
        }
    }

    fn image(&mut self, image: &'a Image, size: Size, to_page: Affine) {
        let paint = match image.kind() {
            ImageKind::Raster(raster) if size.x > Abs::zero() && size.y > Abs::zero() => {
                let pixels = raster.dynamic();
                let across = f64::from(pixels.width()) / size.x.to_pt();
                let down = f64::from(pixels.height()) / size.y.to_pt();
                Painting::Pixels(raster, Affine::scale_non_uniform(across, down) * to_page.inverse())
            }
            _ => Painting::Unknown,
        };
        self.push(to_page * rect(size).to_path(0.1), paint);
    }

    fn push(&mut self, shape: BezPath, paint: Painting<'a>) {
        let bounds = shape.bounding_box();
        self.grounds.push(Ground { shape, bounds, paint });
    }
}

impl Ground<'_> {
    fn holds(&self, point: Point) -> bool {
        self.bounds.contains(point) && self.shape.winding(point) != 0
    }
}

/// The colour of a paint, and how much it covers; `None` for gradients and tilings.
pub(super) fn colour(paint: &Paint) -> Option<(Colour, f64)> {
    let Paint::Solid(colour) = paint else { return None };
    let rgb = colour.to_rgb();
    let colour = Colour {
        red: rgb.red.into(),
        green: rgb.green.into(),
        blue: rgb.blue.into(),
    };
    Some((colour, rgb.alpha.into()))
}

/// The mean colour of the pixels in a box, and how much it covers.
fn pixels(image: &RasterImage, within: Rect) -> (Colour, f64) {
    let image = image.dynamic();
    let corner = |value: f64, most: u32| (value.max(0.0) as u32).min(most.saturating_sub(1));
    let (left, top) = (corner(within.x0, image.width()), corner(within.y0, image.height()));
    let (right, bottom) = (corner(within.x1, image.width()), corner(within.y1, image.height()));
    let part = image.crop_imm(left, top, right - left + 1, bottom - top + 1).to_rgba8();
    let (mut sum, mut count) = ([0.0; 4], 0.0);
    for pixel in part.pixels() {
        let [red, green, blue, alpha] = pixel.0.map(|byte| f64::from(byte) / 255.0);
        for (sum, part) in sum.iter_mut().zip([red * alpha, green * alpha, blue * alpha, alpha]) {
            *sum += part;
        }
        count += 1.0;
    }
    let [red, green, blue, alpha] = sum;
    let share = |part: f64| if alpha > 0.0 { part / alpha } else { 1.0 };
    let colour = Colour {
        red: share(red),
        green: share(green),
        blue: share(blue),
    };
    (colour, alpha / f64::max(count, 1.0))
}

fn rect(size: Size) -> Rect {
    Rect::new(0.0, 0.0, size.x.to_pt(), size.y.to_pt())
}

fn affine(t: Transform) -> Affine {
    Affine::new([
        t.sx.get(),
        t.ky.get(),
        t.kx.get(),
        t.sy.get(),
        t.tx.to_pt(),
        t.ty.to_pt(),
    ])
}

fn path(curve: &Curve) -> BezPath {
    let point = |p: &typst::layout::Point| Point::new(p.x.to_pt(), p.y.to_pt());
    let mut path = BezPath::new();
    for item in &curve.0 {
        match item {
            CurveItem::Move(p) => path.move_to(point(p)),
            // A curve that does not start with a move starts at its origin.
            _ if path.elements().is_empty() => path.move_to(Point::ZERO),
            _ => {}
        }
        match item {
            CurveItem::Move(_) => {}
            CurveItem::Line(p) => path.line_to(point(p)),
            CurveItem::Cubic(a, b, p) => path.curve_to(point(a), point(b), point(p)),
            CurveItem::Close => path.close_path(),
        }
    }
    path
}
