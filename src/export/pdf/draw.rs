//! Draws a page: text as tagged content, everything else as artifacts.

use std::ops::Range;

use krilla::color::{luma, rgb};
use krilla::geom::{Path, PathBuilder, Point as PdfPoint, Rect, Size as PdfSize, Transform as PdfTransform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{Font as PdfFont, GlyphId, Tag as AxisTag};
use krilla_svg::{SurfaceExt, SvgSettings};
use rustc_hash::FxHashMap;
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::{FontInstance, Glyph, TextItem};
use typst::visualize::{
    Curve, CurveItem, DashPattern, FixedStroke, Geometry, Image, ImageKind, Paint, RasterFormat, Shape,
};

use super::PdfError;
use super::structure::Structure;
use crate::edition::Edition;
use crate::page::Page;

/// Whether a viewer smooths the pixels of a picture that it enlarges, which PDF/A forbids (ISO 19005-2 6.2.8.1).
const SMOOTHED: bool = false;

/// Draws pages; keeps each font once.
#[derive(Default)]
pub(super) struct Pen {
    fonts: FxHashMap<FontInstance, PdfFont>,
}

impl Pen {
    /// Draws a page: furniture, ornaments and what is printed once more as artifacts, then the pictures of the text and the lines, each under its place in
    /// the structure.
    pub(super) fn page(
        &mut self,
        surface: &mut Surface,
        edition: &Edition,
        (index, page): (usize, &Page),
        tree: &mut Structure,
    ) -> Result<(), PdfError> {
        if let Some(furniture) = &page.furniture {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
            let drawn = self.frame(surface, furniture, Point::zero());
            surface.end_tagged();
            drawn?;
        }
        for (at, item) in &page.ornaments {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            let drawn = self.item(surface, *at, item);
            surface.end_tagged();
            drawn?;
        }
        for picture in &page.pictures {
            let is_figure = tree.is_figure(picture.origin);
            let identifier = surface.start_tagged(match is_figure {
                true => ContentTag::Other,
                false => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            });
            let drawn = self.item(surface, picture.at, &picture.item);
            surface.end_tagged();
            drawn?;
            if is_figure {
                tree.pictured(picture, index, identifier);
            }
        }
        for line in &page.repeated {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
            let items = edition.written(line).items();
            let drawn = items
                .into_iter()
                .try_for_each(|(at, item)| self.text(surface, line.at + at, &item));
            surface.end_tagged();
            drawn?;
        }
        for line in &page.lines {
            let label = (line.line == 0).then(|| tree.label_text(line.origin)).flatten();
            let has_more = label.is_some_and(|label| label.trim() != edition.line(line).text.trim());
            let label = has_more.then(|| {
                let place = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                surface.end_tagged();
                place
            });
            let items: Vec<_> = edition.written(line).items_of_parts().collect();
            let mut content = Vec::new();
            for items in items.chunk_by(|(before, _), (part, _)| before == part) {
                let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                for (_, (at, item)) in items {
                    self.text(surface, line.at + *at, item)?;
                }
                surface.end_tagged();
                content.push((items[0].0, identifier));
            }
            tree.drawn(line, content, label);
        }
        Ok(())
    }

    fn frame(&mut self, surface: &mut Surface, frame: &Frame, origin: Point) -> Result<(), PdfError> {
        frame
            .items()
            .try_for_each(|(at, item)| self.item(surface, origin + *at, item))
    }

    fn item(&mut self, surface: &mut Surface, at: Point, item: &FrameItem) -> Result<(), PdfError> {
        match item {
            FrameItem::Text(text) => self.text(surface, at, text),
            FrameItem::Shape(shape, _) => shape_at(surface, at, shape),
            FrameItem::Image(image, size, _) => picture(surface, at, image, *size),
            FrameItem::Group(group) => {
                surface.push_transform(&transform(Transform::translate(at.x, at.y).pre_concat(group.transform)));
                let clip = group.clip.as_ref().and_then(curve_path);
                if let Some(path) = &clip {
                    surface.push_clip_path(path, &FillRule::NonZero);
                }
                let drawn = self.frame(surface, &group.frame, Point::zero());
                if clip.is_some() {
                    surface.pop();
                }
                surface.pop();
                drawn
            }
            FrameItem::Link(..) | FrameItem::Tag(_) => Ok(()),
        }
    }

    fn text(&mut self, surface: &mut Surface, at: Point, item: &TextItem) -> Result<(), PdfError> {
        let font = self.font(&item.font)?;
        surface.set_fill(Some(fill(&item.fill)?));
        surface.set_stroke(item.stroke.as_ref().map(stroke).transpose()?);
        let glyphs: Vec<PdfGlyph> = item.glyphs.iter().map(PdfGlyph).collect();
        surface.draw_glyphs(point(at), &glyphs, font, &item.text, item.size.to_pt() as f32, false);
        Ok(())
    }

    /// The family of a font that was drawn with.
    pub(super) fn family(&self, font: &PdfFont) -> String {
        let drawn = self.fonts.iter().find(|(_, drawn)| *drawn == font);
        drawn
            .map(|(instance, _)| instance.font().info().family.clone())
            .unwrap_or_default()
    }

    fn font(&mut self, instance: &FontInstance) -> Result<PdfFont, PdfError> {
        if let Some(font) = self.fonts.get(instance) {
            return Ok(font.clone());
        }
        let axes: Vec<(AxisTag, f32)> = instance
            .variations()
            .0
            .iter()
            .map(|(tag, value)| (AxisTag::new(&tag.to_bytes()), value.0))
            .collect();
        let data: std::sync::Arc<dyn AsRef<[u8]> + Send + Sync> = std::sync::Arc::new(instance.font().data().clone());
        let font = PdfFont::new_variable(data.into(), instance.font().index(), &axes)
            .ok_or_else(|| PdfError::Font(instance.font().info().family.clone()))?;
        self.fonts.insert(instance.clone(), font.clone());
        Ok(font)
    }
}

struct PdfGlyph<'a>(&'a Glyph);

impl krilla::text::Glyph for PdfGlyph<'_> {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(u32::from(self.0.id))
    }

    fn text_range(&self) -> Range<usize> {
        self.0.range()
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.0.x_advance.get() as f32 * size
    }

    fn x_offset(&self, size: f32) -> f32 {
        self.0.x_offset.get() as f32 * size
    }

    fn y_offset(&self, size: f32) -> f32 {
        self.0.y_offset.get() as f32 * size
    }

    fn y_advance(&self, size: f32) -> f32 {
        self.0.y_advance.get() as f32 * size
    }

    fn location(&self) -> Option<krilla::surface::Location> {
        None
    }
}

fn shape_at(surface: &mut Surface, at: Point, shape: &Shape) -> Result<(), PdfError> {
    let Some(path) = geometry(&shape.geometry) else {
        return Ok(());
    };
    let fill = shape.fill.as_ref().map(fill).transpose()?;
    let stroke = shape
        .stroke
        .as_ref()
        .filter(|s| s.thickness > Abs::zero())
        .map(stroke)
        .transpose()?;
    // krilla fills in black when neither is set.
    if fill.is_none() && stroke.is_none() {
        return Ok(());
    }
    surface.push_transform(&transform(Transform::translate(at.x, at.y)));
    surface.set_fill(fill);
    surface.set_stroke(stroke);
    surface.draw_path(&path);
    surface.pop();
    Ok(())
}

fn picture(surface: &mut Surface, at: Point, image: &Image, size: Size) -> Result<(), PdfError> {
    let Some(pdf_size) = PdfSize::from_wh(size.x.to_pt() as f32, size.y.to_pt() as f32) else {
        return Ok(());
    };
    surface.push_transform(&transform(Transform::translate(at.x, at.y)));
    let drawn = match image.kind() {
        ImageKind::Raster(raster) => {
            let data: std::sync::Arc<dyn AsRef<[u8]> + Send + Sync> = std::sync::Arc::new(raster.data().clone());
            let made = match raster.format() {
                RasterFormat::Exchange(format) => {
                    use typst::visualize::ExchangeFormat as F;
                    match format {
                        F::Png => krilla::image::Image::from_png(data.into(), SMOOTHED),
                        F::Jpg => krilla::image::Image::from_jpeg(data.into(), SMOOTHED),
                        F::Gif => krilla::image::Image::from_gif(data.into(), SMOOTHED),
                        F::Webp => krilla::image::Image::from_webp(data.into(), SMOOTHED),
                    }
                }
                RasterFormat::Pixel(_) => Err("raw pixels".to_owned()),
            };
            made.map(|image| surface.draw_image(image, pdf_size))
                .map_err(PdfError::Picture)
        }
        ImageKind::Svg(svg) => {
            // Its text is drawn as outlines: what it says to readers is its alternative text.
            let settings = SvgSettings {
                embed_text: false,
                ..SvgSettings::default()
            };
            surface.draw_svg(svg.tree(), pdf_size, settings);
            Ok(())
        }
        ImageKind::Pdf(_) => Err(PdfError::Unsupported("a PDF picture")),
    };
    surface.pop();
    drawn
}

fn point(at: Point) -> PdfPoint {
    PdfPoint::from_xy(at.x.to_pt() as f32, at.y.to_pt() as f32)
}

fn transform(t: Transform) -> PdfTransform {
    PdfTransform::from_row(
        t.sx.get() as f32,
        t.ky.get() as f32,
        t.kx.get() as f32,
        t.sy.get() as f32,
        t.tx.to_pt() as f32,
        t.ty.to_pt() as f32,
    )
}

fn geometry(geometry: &Geometry) -> Option<Path> {
    let mut builder = PathBuilder::new();
    match geometry {
        Geometry::Line(end) => {
            builder.move_to(0.0, 0.0);
            builder.line_to(end.x.to_pt() as f32, end.y.to_pt() as f32);
        }
        Geometry::Rect(size) => {
            builder.push_rect(Rect::from_xywh(0.0, 0.0, size.x.to_pt() as f32, size.y.to_pt() as f32)?);
        }
        Geometry::Curve(curve) => return curve_path(curve),
    }
    builder.finish()
}

fn curve_path(curve: &Curve) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for item in &curve.0 {
        match item {
            CurveItem::Move(p) => builder.move_to(p.x.to_pt() as f32, p.y.to_pt() as f32),
            CurveItem::Line(p) => builder.line_to(p.x.to_pt() as f32, p.y.to_pt() as f32),
            CurveItem::Cubic(a, b, p) => builder.cubic_to(
                a.x.to_pt() as f32,
                a.y.to_pt() as f32,
                b.x.to_pt() as f32,
                b.y.to_pt() as f32,
                p.x.to_pt() as f32,
                p.y.to_pt() as f32,
            ),
            CurveItem::Close => builder.close(),
        }
    }
    builder.finish()
}

fn solid(paint: &Paint) -> Result<(krilla::paint::Paint, NormalizedF32), PdfError> {
    let Paint::Solid(color) = paint else {
        return Err(PdfError::Unsupported("a gradient or a tiling"));
    };
    let [red, green, blue, alpha] = color.to_vec4_u8();
    let opacity = NormalizedF32::new(f32::from(alpha) / 255.0).unwrap_or(NormalizedF32::ONE);
    // Black ink stays pure black in print when it is told as a level of gray.
    let paint = if red == green && green == blue {
        luma::Color::new(red).into()
    } else {
        rgb::Color::new(red, green, blue).into()
    };
    Ok((paint, opacity))
}

fn fill(paint: &Paint) -> Result<Fill, PdfError> {
    let (paint, opacity) = solid(paint)?;
    Ok(Fill {
        paint,
        opacity,
        rule: FillRule::NonZero,
    })
}

fn stroke(stroke: &FixedStroke) -> Result<Stroke, PdfError> {
    let (paint, opacity) = solid(&stroke.paint)?;
    let dash = |pattern: &DashPattern<Abs, Abs>| StrokeDash {
        array: pattern.array.iter().map(|length| length.to_pt() as f32).collect(),
        offset: pattern.phase.to_pt() as f32,
    };
    Ok(Stroke {
        paint,
        width: stroke.thickness.to_pt() as f32,
        miter_limit: stroke.miter_limit.get() as f32,
        line_cap: match stroke.cap {
            typst::visualize::LineCap::Butt => LineCap::Butt,
            typst::visualize::LineCap::Round => LineCap::Round,
            typst::visualize::LineCap::Square => LineCap::Square,
        },
        line_join: match stroke.join {
            typst::visualize::LineJoin::Miter => LineJoin::Miter,
            typst::visualize::LineJoin::Round => LineJoin::Round,
            typst::visualize::LineJoin::Bevel => LineJoin::Bevel,
        },
        opacity,
        dash: stroke.dash.as_ref().map(dash),
    })
}
