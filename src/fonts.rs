//! The fonts that a document can be set in: those in the binary, and a user's own.

use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontVariations};
use typst::utils::LazyHash;

use crate::ink;

/// The fonts in the binary, so that a build needs nothing else on the machine.
static EMBEDDED: &[&[u8]] = &[
    include_bytes!("../fonts/amiri/Amiri-Regular.ttf"),
    include_bytes!("../fonts/amiri/Amiri-Italic.ttf"),
    include_bytes!("../fonts/amiri/Amiri-Bold.ttf"),
    include_bytes!("../fonts/amiri/Amiri-BoldItalic.ttf"),
    include_bytes!("../fonts/stix-two-text/STIXTwoText-Regular.ttf"),
    include_bytes!("../fonts/stix-two-text/STIXTwoText-Italic.ttf"),
    include_bytes!("../fonts/stix-two-text/STIXTwoText-Bold.ttf"),
    include_bytes!("../fonts/stix-two-text/STIXTwoText-BoldItalic.ttf"),
];

/// A font file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// The path of `--font-path` cannot be read.
    #[error("cannot read the font path `{}`: {source}", .path.display())]
    Unreadable {
        /// The path as the user gave it.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The path of `--font-path` holds no font.
    #[error("no font in `{}`: expected .ttf, .otf, .ttc or .otc files", .path.display())]
    Empty {
        /// The path as the user gave it.
        path: PathBuf,
    },
    /// A font has nothing to print.
    #[error(
        "`{}` has no outlines for its letters: the font `{family}` is cut off or broken, and nothing of it would be printed",
        .path.display()
    )]
    NoOutlines {
        /// The file.
        path: PathBuf,
        /// The family.
        family: String,
    },
    /// A file that is named as a font is none.
    #[error("`{}` is not a font that can be read", .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
    },
}

/// A set of fonts and the book in which Typst looks them up.
#[derive(Debug)]
pub struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// The fonts in the binary and those below `paths`, files or folders. A user's font comes before a built-in one of
    /// the same family and style.
    ///
    /// # Errors
    /// Every path that cannot be read or holds no font.
    pub fn load(paths: &[PathBuf]) -> Result<Self, Vec<FontError>> {
        let mut fonts = Vec::new();
        let mut errors = Vec::new();
        for path in paths {
            match read_path(path) {
                Ok(found) => fonts.extend(found),
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

    /// The names of all families, sorted.
    pub fn families(&self) -> Vec<String> {
        self.book.families().map(|(name, _)| name.to_owned()).collect()
    }
}

fn read_path(path: &Path) -> Result<Vec<Font>, FontError> {
    let unreadable = |source| FontError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut files = Vec::new();
    if path.is_dir() {
        collect(path, &mut files).map_err(unreadable)?;
        // The order of a directory differs by file system; the bytes of an edition must not.
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    let mut fonts = Vec::new();
    for file in files {
        let data = Bytes::new(std::fs::read(&file).map_err(unreadable)?);
        let before = fonts.len();
        fonts.extend(Font::iter(data));
        if fonts.len() == before {
            return Err(FontError::Broken { path: file });
        }
        if let Some(font) = fonts[before..].iter().find(|font| !has_outlines(font)) {
            return Err(FontError::NoOutlines {
                path: file,
                family: font.info().family.clone(),
            });
        }
    }
    if fonts.is_empty() {
        return Err(FontError::Empty { path: path.to_owned() });
    }
    Ok(fonts)
}

/// How many letters of a font are asked for their outlines.
const LETTERS_ASKED: usize = 32;

/// Whether the first letters and digits that a font covers have outlines: one of them at the least. What is missing of others
/// is told where it would be printed.
fn has_outlines(font: &Font) -> bool {
    let letters = font.info().coverage.iter().filter_map(char::from_u32);
    let mut letters = letters.filter(|c| c.is_alphanumeric()).take(LETTERS_ASKED).peekable();
    if letters.peek().is_none() {
        return true;
    }
    let instance = font
        .clone()
        .instantiate(font.info().variant, Abs::pt(10.0), &FontVariations::default());
    let face = instance.ttf();
    letters.any(|c| {
        let draw = |glyph| {
            ink::measured(instance.units_per_em(), |pen| {
                face.outline_glyph(glyph, pen);
            })
        };
        face.glyph_index(c).is_some_and(|glyph| draw(glyph).is_some())
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        if path.is_dir() {
            collect(&path, files)?;
        } else if matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "otc")) {
            files.push(path);
        }
    }
    Ok(())
}
