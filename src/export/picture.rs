//! Pages as pictures: PNG by typst-render, SVG by typst-svg, from the same frames that the PDF is drawn from.

use ecow::EcoString;
use typst::foundations::{Content, Smart};
use typst::layout::{Abs, Frame, FrameItem, Point, Sides, Size};
use typst_layout::Page as TypstPage;

use crate::edition::Edition;
use crate::limits::{PAGE_PIXELS, grouped};
use crate::page::Page;

/// A picture that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The picture would be too large.
    #[error(
        "page {page} would have more than {} pixels: ask for fewer an inch",
        grouped(PAGE_PIXELS)
    )]
    Size {
        /// The page, from 1.
        page: usize,
    },
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
    let pages = edition.pages.iter().enumerate();
    pages
        .map(|(index, page)| encoded(frame(edition, page), index, dpi))
        .collect()
}

/// A page as a PNG file; `index` counts from 0.
pub(super) fn encoded(frame: Frame, index: usize, dpi: f32) -> Result<Vec<u8>, PictureError> {
    let side = |length: Abs| length.to_pt() * f64::from(dpi) / 72.0;
    if side(frame.width()) * side(frame.height()) > PAGE_PIXELS as f64 {
        return Err(PictureError::Size { page: index + 1 });
    }
    let options = typst_render::RenderOptions {
        pixel_per_pt: f64::from(dpi / 72.0).into(),
        ..Default::default()
    };
    let failed = |reason: EcoString| PictureError::Encoding {
        page: index + 1,
        reason,
    };
    typst_render::render(&typst_page(frame, index), &options)
        .encode_png()
        .map(named)
        .map_err(|e| failed(ecow::eco_format!("{e}")))
}

/// The program that made a picture, as the picture tells it.
const SOFTWARE: &str = concat!("qarar ", env!("CARGO_PKG_VERSION"));

/// Where the header of a PNG file ends: 8 bytes of signature, then the chunk `IHDR` of 25 (PNG, third edition, 5.2 and 11.2.1).
const AFTER_HEADER: usize = 33;

/// Lets a PNG file say which program made it, in a chunk `tEXt` with the keyword `Software` (PNG, third edition, 11.3.3.2).
fn named(mut png: Vec<u8>) -> Vec<u8> {
    let text = [b"tEXtSoftware\0", SOFTWARE.as_bytes()].concat();
    let length = (text.len() - b"tEXt".len()) as u32;
    let chunk = [
        &length.to_be_bytes()[..],
        &text,
        &crc32fast::hash(&text).to_be_bytes()[..],
    ]
    .concat();
    let at = AFTER_HEADER.min(png.len());
    png.splice(at..at, chunk);
    png
}

/// Lets an SVG file say which program made it, in a comment inside its first tag.
fn named_svg(mut svg: String) -> String {
    let after_start = svg.find('>').map_or(0, |at| at + 1);
    svg.insert_str(after_start, &format!("<!-- {SOFTWARE} -->"));
    svg
}

/// The pages of an edition as SVG files.
pub fn svg(edition: &Edition) -> Vec<String> {
    let options = typst_svg::SvgOptions::default();
    let pages = edition.pages.iter().enumerate();
    pages
        .map(|(index, page)| named_svg(typst_svg::svg(&typst_page(frame(edition, page), index), &options)))
        .collect()
}

fn typst_page(frame: Frame, index: usize) -> TypstPage {
    TypstPage {
        frame,
        bleed: Sides::default(),
        fill: Smart::Auto,
        numbering: None,
        supplement: Content::empty(),
        number: index as u64 + 1,
    }
}

/// A page as one frame.
pub(super) fn frame(edition: &Edition, page: &Page) -> Frame {
    let sheet = edition.sheet();
    let mut frame = Frame::hard(Size::new(sheet.width, sheet.height));
    if let Some(furniture) = &page.furniture {
        frame.push_frame(Point::zero(), furniture.clone());
    }
    frame.push_multiple(page.drawn().map(|(at, item)| (at, item.clone())));
    for line in page.repeated.iter().chain(&page.lines) {
        for (at, item) in edition.written(line).items() {
            frame.push(line.at + at, FrameItem::Text(item));
        }
    }
    frame
}
