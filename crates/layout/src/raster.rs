//! Draws the pages of a PDF as PNG, by hayro.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

use qarar_bounds::limits::{PICTURE_PIXELS, grouped};
use qarar_pdf::ReadError;

/// A PDF whose pages cannot be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DrawError {
    /// The file is not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file cannot be read by the library that draws.
    #[error("not a PDF that can be drawn")]
    Broken,
    /// A page cannot be drawn.
    #[error("page {page} cannot be drawn: {fault}")]
    Page {
        /// The page, from 1.
        page: usize,
        /// Why.
        fault: PageFault,
    },
}

/// Why a page cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageFault {
    /// The file has no such page.
    #[error("the file has no such page")]
    Missing,
    /// Its picture would be too large.
    #[error("its picture would have more than {} pixels", grouped(PICTURE_PIXELS))]
    Size,
    /// Its picture cannot be written.
    #[error("its picture cannot be written")]
    Encoding,
}

/// The pages of a PDF as PNG, `dpi` pixels an inch, drawn in this process. A file that is made to may bring the process down:
/// draw files of strangers by [`draw_apart`](super::draw_apart).
///
/// # Errors
/// When the file cannot be read, or a page cannot be drawn.
pub fn pdf_pictures(bytes: Vec<u8>, dpi: f32) -> Result<Vec<Vec<u8>>, DrawError> {
    let pages = qarar_pdf::read(bytes.clone())?.pages.len();
    let pdf = Pdf::new(bytes).map_err(|_| DrawError::Broken)?;
    let artist = Artist::new(&pdf, dpi);
    let draw = |page| artist.draw(page).map_err(|fault| DrawError::Page { page, fault });
    (1..=pages).map(draw).collect()
}

/// Draws pages of a PDF.
pub(super) struct Artist<'a> {
    pdf: &'a Pdf,
    cache: RenderCache<'a>,
    settings: RenderSettings,
}

impl<'a> Artist<'a> {
    /// Draws `dpi` pixels an inch.
    pub(super) fn new(pdf: &'a Pdf, dpi: f32) -> Self {
        let scale = dpi / 72.0;
        let settings = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
            ..RenderSettings::default()
        };
        Self {
            pdf,
            cache: RenderCache::new(),
            settings,
        }
    }

    /// A page, which counts from 1, as PNG.
    pub(super) fn draw(&self, page: usize) -> Result<Vec<u8>, PageFault> {
        let pages = self.pdf.pages();
        let page = page.checked_sub(1).and_then(|index| pages.get(index));
        let page = page.ok_or(PageFault::Missing)?;
        let (width, height) = page.render_dimensions();
        let (width, height) = (width * self.settings.x_scale, height * self.settings.y_scale);
        // hayro counts a side in 16 bits.
        let side = 1.0..f32::from(u16::MAX);
        let pixels = f64::from(width) * f64::from(height);
        if !side.contains(&width) || !side.contains(&height) || pixels > PICTURE_PIXELS as f64 {
            return Err(PageFault::Size);
        }
        render(page, &self.cache, &InterpreterSettings::default(), &self.settings)
            .into_png()
            .map_err(|_| PageFault::Encoding)
    }
}
