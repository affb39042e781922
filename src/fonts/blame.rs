//! Which font file is at fault when work on a text ends in a panic.

use std::path::PathBuf;

use rustybuzz::UnicodeBuffer;
use typst::text::Font;

use super::{Fonts, caught};

/// How many font files are named where any of them may be at fault.
const FILES_NAMED: usize = 3;

/// A font file of the user's that breaks the programs that read it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokenFont {
    /// It is known which.
    #[error("the font file `{}` is broken: the text cannot be set in it ({words}); give a whole copy of it", .path.display())]
    Known {
        /// The file.
        path: PathBuf,
        /// What the program says that reads it.
        words: String,
    },
    /// One of several.
    #[error("a font file is broken, {files}: the text cannot be set ({words}); try without each of them")]
    OneOf {
        /// The files, some of them.
        files: String,
        /// What the program says that reads it.
        words: String,
    },
}

impl Fonts {
    /// Does work with the fonts. Without fonts of the user's a panic is none of a font, and goes on. `texts` are those that
    /// the work sets.
    ///
    /// # Errors
    /// When it panics: which font file is at fault.
    pub fn guarded<T>(&self, texts: impl FnOnce() -> Vec<String>, work: impl FnOnce() -> T) -> Result<T, BrokenFont> {
        if self.files.is_empty() {
            return Ok(work());
        }
        caught(work).map_err(|words| self.broken(&texts(), words))
    }

    fn broken(&self, texts: &[String], words: String) -> BrokenFont {
        let own = self.fonts.iter().zip(&self.files);
        let guilty = |(font, path): (&Font, &PathBuf)| {
            let words = caught(|| texts.iter().for_each(|text| shape(font, text))).err()?;
            Some(BrokenFont::Known {
                path: path.clone(),
                words,
            })
        };
        let mut files = self.files.clone();
        files.dedup();
        own.into_iter().find_map(guilty).unwrap_or_else(|| match &files[..] {
            [path] => BrokenFont::Known {
                path: path.clone(),
                words,
            },
            _ => {
                let named: Vec<String> = files
                    .iter()
                    .take(FILES_NAMED)
                    .map(|f| format!("`{}`", f.display()))
                    .collect();
                let others = match files.len().saturating_sub(FILES_NAMED) {
                    0 => String::new(),
                    others => format!(" or {others} others"),
                };
                BrokenFont::OneOf {
                    files: named.join(" or ") + &others,
                    words,
                }
            }
        })
    }
}

/// Sets a text, and once more with a tatweel in every joint.
fn shape(font: &Font, text: &str) {
    let Some(shaper) = rustybuzz::Face::from_slice(font.data(), font.index()) else {
        return;
    };
    let drawn_out: String = text.chars().flat_map(|c| [c, '\u{640}']).collect();
    for text in [text, &drawn_out] {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        rustybuzz::shape(&shaper, &[], buffer);
    }
}
