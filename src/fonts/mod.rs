//! The fonts that a document can be set in: those in the binary, and a user's own.

mod blame;
mod caught;
mod error;
mod families;
mod files;
mod intact;

use std::path::PathBuf;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, FontStyle, StandardAxes};
use typst::utils::LazyHash;

pub use blame::BrokenFont;
pub(crate) use caught::caught;
pub use error::FontError;
pub(crate) use families::families_for;

/// The fonts in the binary, so that a build needs nothing else on the machine.
static EMBEDDED: &[&[u8]] = &[
    include_bytes!("../../fonts/amiri/Amiri-Regular.ttf"),
    include_bytes!("../../fonts/amiri/Amiri-Italic.ttf"),
    include_bytes!("../../fonts/amiri/Amiri-Bold.ttf"),
    include_bytes!("../../fonts/amiri/Amiri-BoldItalic.ttf"),
    include_bytes!("../../fonts/stix-two-text/STIXTwoText-Regular.ttf"),
    include_bytes!("../../fonts/stix-two-text/STIXTwoText-Italic.ttf"),
    include_bytes!("../../fonts/stix-two-text/STIXTwoText-Bold.ttf"),
    include_bytes!("../../fonts/stix-two-text/STIXTwoText-BoldItalic.ttf"),
    include_bytes!("../../fonts/noto-serif-hebrew/NotoSerifHebrew-Regular.ttf"),
    include_bytes!("../../fonts/noto-serif-hebrew/NotoSerifHebrew-Bold.ttf"),
];

/// The files of the fonts in the binary.
#[cfg(feature = "cli")]
pub(crate) fn embedded() -> impl Iterator<Item = &'static [u8]> {
    EMBEDDED.iter().copied()
}

/// The least weight of a face that is bold: semi-bold.
const BOLD: u16 = 600;

/// A set of fonts and the book in which Typst looks them up.
#[derive(Debug)]
pub struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The files of the first of them, a user's own.
    files: Vec<PathBuf>,
}

impl Fonts {
    /// The fonts in the binary and those below `paths`, files or folders. A user's font comes before a built-in one of
    /// the same family and style.
    ///
    /// # Errors
    /// Every path that cannot be read or holds no font.
    pub fn load(paths: &[PathBuf]) -> Result<Self, Vec<FontError>> {
        let mut fonts = Vec::new();
        let mut files = Vec::new();
        let mut errors = Vec::new();
        for path in paths {
            match files::fonts(path) {
                Ok(found) => {
                    let (found, of): (Vec<Font>, Vec<PathBuf>) = found.into_iter().unzip();
                    fonts.extend(found);
                    files.extend(of);
                }
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        fonts.extend(EMBEDDED.iter().filter_map(|data| Font::new(Bytes::new(*data), 0)));
        Ok(Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            files,
        })
    }

    /// The book of all fonts.
    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The font at a place of the book.
    pub fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Whether some font has a glyph for the character.
    pub fn covers(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(c as u32))
    }

    /// Whether there is a family of this name.
    pub fn has_family(&self, name: &str) -> bool {
        self.book.contains_family(&name.to_lowercase())
    }

    /// Whether a family has bold letters, by a face of its own or an axis of a variable one.
    pub fn has_bold(&self, family: &str) -> bool {
        self.has_face(family, |info, axes| {
            info.variant.weight.to_number() >= BOLD || axes.wght.is_some()
        })
    }

    /// Whether a family has italic or slanted letters.
    pub fn has_italic(&self, family: &str) -> bool {
        self.has_face(family, |info, axes| {
            info.variant.style != FontStyle::Normal || axes.ital.is_some() || axes.slnt.is_some()
        })
    }

    fn has_face(&self, family: &str, fits: impl Fn(&FontInfo, &StandardAxes<'_>) -> bool) -> bool {
        let mut faces = self
            .book
            .select_family(&family.to_lowercase())
            .filter_map(|at| self.book.info(at));
        faces.any(|info| fits(info, &StandardAxes::parse(&info.axes)))
    }

    /// The names of all families, sorted.
    pub fn families(&self) -> Vec<String> {
        self.book.families().map(|(name, _)| name.to_owned()).collect()
    }
}
