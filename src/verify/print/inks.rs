//! The outlines of the glyphs that a file draws, each drawn once, in a time that ends.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use kurbo::{Affine, BezPath, Rect};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::ink;
use crate::reader::{Document, Font};

/// How many parts of outlines are kept of a file; a letter has fifty.
const MOST_PARTS: usize = 1 << 21;
/// A font that is made to harm draws for ever: what is not drawn by then is not known.
const SECONDS: u64 = 8;

/// What a glyph leaves on the page, in em, y upwards.
#[derive(Debug, Clone)]
pub(super) enum Ink {
    /// Nothing.
    None,
    /// Nothing that its letters would be known by: the sign for a letter that the font does not have.
    Missing(Rect),
    /// An outline with its box; it is empty where it has too many parts to be kept.
    Outline(Rect, Arc<BezPath>),
}

/// The glyphs of the fonts of a file: by font, then by CID or code.
#[derive(Debug, Default)]
pub(super) struct Inks {
    fonts: FxHashMap<usize, FxHashMap<u32, Ink>>,
    /// Whether a font took too long.
    pub(super) incomplete: bool,
}

/// What a font is known by.
fn key(font: &Arc<Font>) -> usize {
    Arc::as_ptr(font) as usize
}

impl Inks {
    /// Those of all glyphs of a file.
    pub(super) fn of(document: &Document) -> Self {
        let mut fonts: Vec<(Arc<Font>, FxHashSet<u32>)> = Vec::new();
        let mut places: FxHashMap<usize, usize> = FxHashMap::default();
        for page in &document.pages {
            let of_page: Vec<usize> = page
                .fonts
                .iter()
                .map(|font| {
                    *places.entry(key(font)).or_insert_with(|| {
                        fonts.push((Arc::clone(font), FxHashSet::default()));
                        fonts.len() - 1
                    })
                })
                .collect();
            for glyph in &page.glyphs {
                fonts[of_page[glyph.font]].1.insert(glyph.cid);
            }
        }
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut left = MOST_PARTS;
            for (font, cids) in fonts {
                // A font that cannot be drawn is one whose outlines are not known.
                let inks = crate::fonts::caught(|| drawn(&font, cids, &mut left)).unwrap_or_default();
                if sender.send((key(&font), inks)).is_err() {
                    return;
                }
            }
        });
        let mut inks = Self::default();
        let start = std::time::Instant::now();
        loop {
            let left = Duration::from_secs(SECONDS).saturating_sub(start.elapsed());
            match receiver.recv_timeout(left) {
                Ok((font, drawn)) => {
                    inks.fonts.insert(font, drawn);
                }
                Err(error) => {
                    inks.incomplete = error == std::sync::mpsc::RecvTimeoutError::Timeout;
                    return inks;
                }
            }
        }
    }

    /// The ink of a glyph; `None` where it is not known.
    pub(super) fn get(&self, font: &Arc<Font>, cid: u32) -> Option<&Ink> {
        self.fonts.get(&key(font))?.get(&cid)
    }
}

fn drawn(font: &Font, cids: FxHashSet<u32>, left: &mut usize) -> FxHashMap<u32, Ink> {
    let Some(drawer) = font.drawer() else {
        return FxHashMap::default();
    };
    let units = drawer.units();
    let mut one = |cid: u32| {
        let glyph = font.outline_of(cid)?;
        let Some(measured) = ink::measured(units, |pen| drawer.draw(glyph, pen)) else {
            return Some(Ink::None);
        };
        let scale = Affine::scale(1.0 / units);
        let bounds = scale.transform_rect_bbox(measured.bounds);
        if glyph == 0 {
            return Some(Ink::Missing(bounds));
        }
        let path = ink::contours(|pen| drawer.draw(glyph, pen));
        let parts = path.elements().len();
        let path = if parts <= *left {
            *left -= parts;
            scale * path
        } else {
            BezPath::new()
        };
        Some(Ink::Outline(bounds, Arc::new(path)))
    };
    cids.into_iter().filter_map(|cid| Some((cid, one(cid)?))).collect()
}
