//! A look at a frame that a template of the user's own set: places and sizes that no page has bring libraries down that write
//! the edition.

use typst::introspection::Tag;
use typst::layout::{Abs, Frame, FrameItem, Point, Size};
use typst::visualize::{Geometry, Shape};

use crate::limits::{TEMPLATE_LENGTH, grouped};
use crate::line;

/// No cell is longer, in points, nor is anything set farther away: 20,000 rows of a table are not.
const FARTHEST: f64 = 10_000_000.0;

/// What no page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// A place or a size.
    #[error("something is set at a place, or with a size, that no page has")]
    Place,
    /// Letters.
    #[error("letters are larger than {} pt, or smaller than nothing", grouped(TEMPLATE_LENGTH))]
    Letters,
}

/// Whether all of a frame may stand on a page.
///
/// # Errors
/// What may not.
pub(super) fn frame(frame: &Frame) -> Result<(), Fault> {
    let Size { x: width, y: height } = frame.size();
    if !(near(height.to_pt()) && (near(width.to_pt()) || line::has_leapt(width))) {
        return Err(Fault::Place);
    }
    frame.items().try_for_each(|(at, it)| {
        // The text of a paragraph stands far away until its lines are broken.
        let leaps = matches!(it, FrameItem::Text(_) | FrameItem::Group(_)) && line::has_leapt(at.x);
        let told = !matches!(it, FrameItem::Tag(_)) || is_edge(it);
        if leaps {
            point(Point::with_y(at.y))?;
        } else if told {
            point(*at)?;
        }
        item(it)
    })
}

/// Whether an item tells where the lines of a paragraph start or end.
fn is_edge(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Tag(Tag::Start(element, _)) if line::is_edge(element))
}

fn item(item: &FrameItem) -> Result<(), Fault> {
    match item {
        FrameItem::Group(group) => {
            let t = group.transform;
            let scales = [t.sx.get(), t.kx.get(), t.ky.get(), t.sy.get()];
            if scales.iter().any(|scale| !near(*scale)) {
                return Err(Fault::Place);
            }
            point(Point::new(t.tx, t.ty))?;
            frame(&group.frame)
        }
        FrameItem::Text(text) => {
            let letters = text.size.to_pt();
            if !(0.0..=TEMPLATE_LENGTH as f64).contains(&letters) {
                return Err(Fault::Letters);
            }
            let stroke = text.stroke.as_ref().map_or(Abs::zero(), |stroke| stroke.thickness);
            let glyphs = text.glyphs.iter();
            let mut glyphs =
                glyphs.flat_map(|glyph| [glyph.x_advance.get(), glyph.x_offset.get(), glyph.y_offset.get()]);
            (near(stroke.to_pt()) && glyphs.all(near))
                .then_some(())
                .ok_or(Fault::Place)
        }
        FrameItem::Shape(it, _) => shape(it),
        FrameItem::Image(_, it, _) | FrameItem::Link(_, it) => size(*it),
        FrameItem::Tag(_) => Ok(()),
    }
}

fn shape(shape: &Shape) -> Result<(), Fault> {
    if shape
        .stroke
        .as_ref()
        .is_some_and(|stroke| !near(stroke.thickness.to_pt()))
    {
        return Err(Fault::Place);
    }
    match &shape.geometry {
        Geometry::Line(end) => point(*end),
        Geometry::Rect(it) => size(*it),
        Geometry::Curve(curve) => {
            let bounds = curve.bbox(None);
            point(bounds.min)?;
            point(bounds.max)
        }
    }
}

fn size(size: Size) -> Result<(), Fault> {
    point(size.to_point())
}

fn point(at: Point) -> Result<(), Fault> {
    (near(at.x.to_pt()) && near(at.y.to_pt()))
        .then_some(())
        .ok_or(Fault::Place)
}

/// Not so for what is no number.
fn near(length: f64) -> bool {
    length.abs() <= FARTHEST
}
