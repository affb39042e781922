//! Pictures of the text.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::{Inline, Within};

/// A picture with what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The file, from the folder of the document on.
    pub file: String,
    /// Where the file is named in the source, in bytes.
    pub named: Range<usize>,
    /// What is to be seen, in words, for those who do not see it.
    pub alt: String,
    /// What stands below it.
    pub caption: Vec<Inline>,
    /// The picture.
    pub picture: Picture,
    /// Its name, given by `{#name}` behind it.
    pub id: Option<String>,
    /// What it stands in.
    pub within: Within,
    /// Where it stands in the source, in bytes.
    pub span: Range<usize>,
}

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PictureFormat {
    /// PNG.
    #[default]
    Png,
    /// SVG.
    Svg,
}

/// A picture as its file has it.
#[derive(Clone, PartialEq, Default)]
pub struct Picture {
    /// The format.
    pub format: PictureFormat,
    /// The bytes of the file.
    pub bytes: Arc<Vec<u8>>,
    /// How wide and how high it is by itself, in points.
    pub size: (f64, f64),
    /// The font families that its text names.
    pub families: Vec<String>,
    /// Whether some of its text names no family.
    pub has_plain_text: bool,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (width, height) = self.size;
        write!(
            f,
            "{:?} of {} bytes, {width} by {height} pt",
            self.format,
            self.bytes.len()
        )
    }
}
