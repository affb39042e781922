//! Draws the pages of a PDF as PNG, by hayro.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

/// A PDF whose pages cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The file cannot be read.
    #[error("not a PDF that can be drawn")]
    Broken,
    /// A page is too large, or its picture cannot be written.
    #[error("page {page} cannot be drawn")]
    Page {
        /// The page, from 1.
        page: usize,
    },
}

/// The pages of a PDF as PNG, `dpi` pixels an inch.
///
/// # Errors
/// When the file cannot be read, or a page cannot be drawn.
pub fn pdf_pictures(bytes: Vec<u8>, dpi: f32) -> Result<Vec<Vec<u8>>, DrawError> {
    let pdf = Pdf::new(bytes).map_err(|_| DrawError::Broken)?;
    let cache = RenderCache::new();
    let scale = dpi / 72.0;
    let settings = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
        ..RenderSettings::default()
    };
    let interpreter = InterpreterSettings::default();
    let mut pictures = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let failed = || DrawError::Page { page: index + 1 };
        let (width, height) = page.render_dimensions();
        // Sides of 16 bits; nothing honest is larger than 4 m.
        if width * scale > 20_000.0 || height * scale > 20_000.0 {
            return Err(failed());
        }
        pictures.push(
            render(page, &cache, &interpreter, &settings)
                .into_png()
                .map_err(|_| failed())?,
        );
    }
    Ok(pictures)
}
