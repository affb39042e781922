//! How wide the space of a font is, in em: what 100 % means.
//!
//! The font file tells it, where one of its name is known. Else the PDF does, if it draws a space in that font; systems that only
//! move the pen, as TeX does, draw none.

use std::path::{Path, PathBuf};

use qarar_pdf::Document;
use rustc_hash::FxHashMap;
use ttf_parser::{Face, name_id};

/// The space of fonts that tell neither, in em: that of most text fonts.
const USUAL: f64 = 0.25;

/// The spaces of font files, by their names in lower case without what is no letter.
#[derive(Debug, Default)]
pub(crate) struct Fonts {
    spaces: Vec<(String, f64)>,
}

impl Fonts {
    /// Reads every font below folders.
    pub(crate) fn of(folders: &[PathBuf]) -> Result<Self, String> {
        let mut fonts = Self::default();
        for folder in folders {
            fonts
                .add(folder)
                .map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        // The longest name first: `amiribold` before `amiri`.
        fonts.spaces.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Ok(fonts)
    }

    fn add(&mut self, folder: &Path) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.add(&path)?;
            } else if path
                .extension()
                .is_some_and(|ending| ending == "ttf" || ending == "otf")
            {
                let data = std::fs::read(&path)?;
                self.spaces
                    .extend(Face::parse(&data, 0).ok().and_then(|face| space(&face)));
            }
        }
        Ok(())
    }

    /// The space of a font by the name that a PDF gives it.
    fn by_name(&self, name: &str) -> Option<f64> {
        let name = plain(name);
        let mut known = self.spaces.iter();
        known
            .find(|(known, _)| name.starts_with(known))
            .map(|(_, space)| *space)
    }
}

/// The PostScript name of a font and its space in em.
fn space(face: &Face<'_>) -> Option<(String, f64)> {
    let names = face.names();
    let name = names
        .into_iter()
        .find(|name| name.name_id == name_id::POST_SCRIPT_NAME && name.is_unicode())?;
    let advance = face.glyph_hor_advance(face.glyph_index(' ')?)?;
    // `Amiri-Regular` is `Amiri` to some systems.
    let name = plain(&name.to_string()?);
    let name = name.strip_suffix("regular").unwrap_or(&name).to_owned();
    Some((name, f64::from(advance) / f64::from(face.units_per_em())))
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase()
}

/// The spaces of the fonts of a PDF by their names, in em.
pub(crate) struct Spaces {
    by_name: FxHashMap<String, f64>,
}

impl Spaces {
    pub(crate) fn of(document: &Document, fonts: &Fonts) -> Self {
        let mut drawn: FxHashMap<String, Vec<f64>> = FxHashMap::default();
        for page in &document.pages {
            for glyph in &page.glyphs {
                let widths = drawn.entry(page.fonts[glyph.font].name.clone()).or_default();
                if matches!(glyph.text.as_str(), " " | "\u{a0}") && glyph.size > 0.0 {
                    widths.push(glyph.advance.hypot() / glyph.size);
                }
            }
        }
        let width = |(name, mut widths): (String, Vec<f64>)| {
            widths.sort_by(f64::total_cmp);
            let space = fonts.by_name(&name).or(widths.get(widths.len() / 2).copied());
            (name, space.filter(|space| *space > 0.0).unwrap_or(USUAL))
        };
        Self {
            by_name: drawn.into_iter().map(width).collect(),
        }
    }

    /// The space of a font, in em.
    pub(crate) fn get(&self, name: &str) -> f64 {
        self.by_name.get(name).copied().unwrap_or(USUAL)
    }
}
