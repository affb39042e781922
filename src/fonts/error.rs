//! Why a font cannot be used.

use std::path::PathBuf;

use crate::bounded::{self, size};
use crate::limits::{self, grouped};

/// A font file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// A path cannot be read.
    #[error("cannot read the font path `{}`: {source}", .path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// What is wrong with it.
        source: bounded::ReadError,
    },
    /// The path of `--font-path` holds no font.
    #[error("no font in `{}`: expected .ttf, .otf, .ttc or .otc files", .path.display())]
    Empty {
        /// The path as the user gave it.
        path: PathBuf,
    },
    /// The path of `--font-path` holds too many fonts.
    #[error(
        "`{}` holds more than {} font files; name the folder or the files that the documents need",
        .path.display(),
        grouped(limits::FONT_FILES)
    )]
    TooMany {
        /// The path as the user gave it.
        path: PathBuf,
    },
    /// The fonts are too large together.
    #[error(
        "the fonts in `{}` have more than {} together; name the folder or the files that the documents need",
        .path.display(),
        size(limits::FONT_BYTES_IN_ALL)
    )]
    TooLarge {
        /// The path as the user gave it.
        path: PathBuf,
    },
    /// A file that is named as a font is none.
    #[error("`{}` is not a font that can be read", .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
    },
    /// A collection says that it holds more fonts than any.
    #[error(
        "`{}` says that it holds {} fonts; no more than {} of a file are read",
        .path.display(),
        grouped(*.faces),
        grouped(limits::FONT_FACES)
    )]
    TooManyFaces {
        /// The file.
        path: PathBuf,
        /// How many it says.
        faces: usize,
    },
    /// The end of a file is missing.
    #[error(
        "`{}` is cut off: its table `{table}` ends at byte {}, the file at {}",
        .path.display(),
        grouped(*.end),
        grouped(*.length)
    )]
    CutOff {
        /// The file.
        path: PathBuf,
        /// The first table that is not whole.
        table: String,
        /// Where that ends.
        end: usize,
        /// Where the file ends.
        length: usize,
    },
    /// The character map of a font tells of more characters than there are.
    #[error(
        "`{}` is broken: its table `cmap` maps more than {} characters",
        .path.display(),
        grouped(limits::FONT_CHARACTERS)
    )]
    TooManyCharacters {
        /// The file.
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
    /// A word cannot be set in a font.
    #[error("`{}` is broken: no text can be set by its tables; give a whole copy of the font", .path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
    },
    /// To look at a font takes too long.
    #[error(
        "`{}` is broken or made to harm: its tables are not read within {} seconds",
        .path.display(),
        limits::FONT_SECONDS
    )]
    Endless {
        /// The file.
        path: PathBuf,
    },
}
