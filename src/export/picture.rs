//! Pages as pictures: PNG by typst-render, SVG by typst-svg, from the same frames that the PDF is drawn from.

use ecow::EcoString;
use typst::foundations::{Content, Smart};
use typst::layout::{Frame, FrameItem, Point, Sides, Size};
use typst_layout::Page as TypstPage;

use crate::edition::Edition;
use crate::page::Page;

/// A picture that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The encoder failed.
    #[error("page {page} cannot be written as PNG: {reason}")]
    Encoding {
        /// The page, from 1.
        page: usize,
        /// What the encoder says.
        reason: EcoString,
    },
}

/// The pages of an edition as PNG files.
///
/// `dpi` is the number of pixels an inch.
///
/// # Errors
/// When a page cannot be encoded.
pub fn png(edition: &Edition, dpi: f32) -> Result<Vec<Vec<u8>>, PictureError> {
    let options = typst_render::RenderOptions {
        pixel_per_pt: f64::from(dpi / 72.0).into(),
        ..Default::default()
    };
    let encode = |(index, page): (usize, TypstPage)| {
        let failed = |reason: EcoString| PictureError::Encoding {
            page: index + 1,
            reason,
        };
        typst_render::render(&page, &options)
            .encode_png()
            .map_err(|e| failed(ecow::eco_format!("{e}")))
    };
    typst_pages(edition).into_iter().enumerate().map(encode).collect()
}

/// The pages of an edition as SVG files.
pub fn svg(edition: &Edition) -> Vec<String> {
    let options = typst_svg::SvgOptions::default();
    typst_pages(edition)
        .iter()
        .map(|page| typst_svg::svg(page, &options))
        .collect()
}

fn typst_pages(edition: &Edition) -> Vec<TypstPage> {
    let wrap = |(index, page): (usize, &Page)| TypstPage {
        frame: frame(edition, page),
        bleed: Sides::default(),
        fill: Smart::Auto,
        numbering: None,
        supplement: Content::empty(),
        number: index as u64 + 1,
    };
    edition.pages.iter().enumerate().map(wrap).collect()
}

/// A page as one frame.
fn frame(edition: &Edition, page: &Page) -> Frame {
    let sheet = edition.sheet();
    let mut frame = Frame::hard(Size::new(sheet.width, sheet.height));
    if let Some(furniture) = &page.furniture {
        frame.push_frame(Point::zero(), furniture.clone());
    }
    frame.push_multiple(page.ornaments.iter().cloned());
    for line in &page.lines {
        for (at, item) in &edition.written(line).items {
            frame.push(line.at + *at, FrameItem::Text(item.clone()));
        }
    }
    frame
}
