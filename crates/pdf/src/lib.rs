#![doc = include_str!("../README.md")]

mod annotation;
mod content;
mod decode;
mod encoding;
mod font;
mod font_file;
mod information;
mod limits;
mod line;
mod logical;
mod object;
mod outline;
mod paint;
mod skim;
mod structure;
mod text_state;
mod to_unicode;

use std::sync::Arc;

use ecow::EcoString;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use kurbo::{Point, Rect, Vec2};
use rayon::prelude::*;

pub use annotation::{Link, Target};
pub use font::{Font, FontKind};
pub use information::{Information, Title};
pub use limits::{Bounds, Resource};
pub use line::{Piece, TextLine, lines, lines_of};
pub use logical::{Mirroring, logical_order, undo_reordering};
pub use paint::{Ground, Look, Painted, Tone};
pub use skim::{Skimmed, skim};
pub use structure::{ContentItem, Element, Kid, Structure};

use font::FontCache;
use limits::{Spent, first_fault};

/// A PDF that was read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Document {
    /// The pages.
    pub pages: Vec<Page>,
    /// The structure tree, when the file has one.
    pub structure: Option<Structure>,
    /// Whether the file says that it is tagged (`/MarkInfo << /Marked true >>`).
    pub tagged: bool,
    /// The language of the document (`/Lang` of the catalog), as written.
    pub language: Option<String>,
    /// Title, authors, producer, standards.
    pub information: Information,
}

/// A PDF that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are no PDF, or too broken to find its pages.
    #[error("not a PDF, or too broken to find its pages")]
    Broken,
    /// The file asks for a password.
    #[error("the PDF is encrypted and asks for a password")]
    Password,
    /// The file is encrypted in a way that is not known.
    #[error("the PDF is encrypted in a way that is not supported")]
    Encryption,
    /// A page, a stream or a font holds more of something than any honest one.
    #[error("{place}: more than {} {}, which is not read; {}", grouped(*.most), .what.limit().what, .what.remedy())]
    TooMuch {
        /// Where it stands: `page 3`, `page 3, object 12`.
        place: String,
        /// What there is too much of.
        what: Resource,
        /// The most that there may be of it.
        most: usize,
    },
    /// The file holds more of something than is read of one file.
    #[error("the file holds more than {} {}, which is not read; {}", grouped(*.most), .what.limit().what, .what.remedy())]
    TooMuchInAll {
        /// What there is too much of.
        what: Resource,
        /// The most that there may be of it.
        most: usize,
    },
}

/// A number with a comma between its thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A page of a PDF.
///
/// All places are in points from the top left corner of the page as it is seen: cut to its crop box and turned by its
/// rotation. y grows downwards.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Page {
    /// The width as it is seen.
    pub width: f64,
    /// The height as it is seen.
    pub height: f64,
    /// The media box as the file has it: default user space, y upwards.
    pub media_box: Rect,
    /// The part of the media box that is seen.
    pub crop_box: Rect,
    /// How the page is turned, clockwise: 0, 90, 180 or 270 degrees.
    pub rotation: u16,
    /// The glyphs in the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// The marked-content sequences, each before those inside it.
    pub marked: Vec<Marked>,
    /// The fonts that glyphs refer to.
    pub fonts: Vec<Arc<Font>>,
    /// The links.
    pub links: Vec<Link>,
    /// How its text is painted, and on what; only what was read by [`read_with_ink`] has it.
    pub painted: Option<Box<Painted>>,
}

/// Where the characters of a glyph are known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Known {
    /// From the `ToUnicode` map of the font.
    ToUnicode,
    /// From the names or the character collection of the encoding.
    Encoding,
    /// From the embedded font itself.
    FontFile,
    /// Not at all: [`Glyph::text`] is empty. (It is empty too where the font says that another glyph tells the characters.)
    Unknown,
}

/// A glyph on a page.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Glyph {
    /// Its code in the font.
    pub code: u32,
    /// Its characters in logical order.
    pub text: EcoString,
    /// Where the characters are known from.
    pub known: Known,
    /// Where it stands: the left end of its baseline, where text runs from left to right on an upright page.
    pub origin: Point,
    /// The way to where the glyph ends, without the spacing after it.
    pub advance: Vec2,
    /// The character spacing (`Tc`) after it, in points on the page.
    pub spacing: f64,
    /// The size of its letters in points, as drawn.
    pub size: f64,
    /// Its font, in [`Page::fonts`].
    pub font: usize,
    /// The innermost marked-content sequence, in [`Page::marked`].
    pub marked: Option<usize>,
    /// The number of the string that showed it: glyphs of one operator (`Tj`, `TJ`, `'`, `"`) share it.
    pub string: u32,
    /// Whether it is painted; text that only makes a scan searchable is not.
    pub painted: bool,
    /// The glyph in the terms of its font: the CID of a composite font, the code of a simple one.
    pub cid: u32,
    /// How it is painted: a place in [`Painted::looks`] where what is painted was asked.
    pub look: u32,
}

/// A marked-content sequence (ISO 32000-1 14.6).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Marked {
    /// Its tag, as `Span`, `P`, `Artifact`, `ReversedChars`.
    pub tag: String,
    /// The identifier by which the structure tree refers to it.
    pub mcid: Option<u32>,
    /// The number of the form XObject that holds it; `None` for the page itself.
    pub form: Option<u32>,
    /// What to read in place of its glyphs.
    pub actual_text: Option<String>,
    /// What describes it.
    pub alt: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The sequence around it, in [`Page::marked`].
    pub parent: Option<usize>,
}

impl Page {
    /// A sequence and those around it, from the inside out.
    pub fn enclosing(&self, marked: Option<usize>) -> impl Iterator<Item = &Marked> {
        let step = move |at: &usize| self.marked[*at].parent;
        std::iter::successors(marked, step).map(|at| &self.marked[at])
    }

    /// Whether a sequence is no part of the text: a running head, a rule, a page number.
    pub fn is_artifact(&self, marked: Option<usize>) -> bool {
        self.enclosing(marked).any(|m| m.tag == "Artifact")
    }

    /// The form and the identifier by which the structure tree knows the content of a sequence.
    pub fn item_of(&self, marked: Option<usize>) -> Option<(Option<u32>, u32)> {
        let marked = &self.marked[self.content_of(marked)?];
        Some((marked.form, marked.mcid?))
    }

    /// The sequence by which the structure tree knows a glyph: its number in [`Page::marked`].
    pub fn content_of(&self, marked: Option<usize>) -> Option<usize> {
        std::iter::successors(marked, |at| self.marked[*at].parent).find(|at| self.marked[*at].mcid.is_some())
    }
}

impl Glyph {
    /// Where the glyph ends.
    pub fn end(&self) -> Point {
        self.origin + self.advance
    }

    /// Whether it has a size and a place.
    pub(crate) fn can_be_seen(&self) -> bool {
        self.size > 0.0 && self.size.is_finite() && self.origin.is_finite() && self.advance.is_finite()
    }
}

fn open(bytes: impl Into<PdfData>) -> Result<Pdf, ReadError> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Password,
        LoadPdfError::Decryption(_) => ReadError::Encryption,
        LoadPdfError::Invalid => ReadError::Broken,
    })
}

/// Reads a PDF.
///
/// A file that is encrypted but asks for no password to be opened is read like any other.
///
/// # Errors
/// When the file is none that can be read; see [`ReadError`].
pub fn read(bytes: impl Into<PdfData>) -> Result<Document, ReadError> {
    read_as(bytes, false, Bounds::default())
}

/// Reads a PDF of which it is known how much is in it.
///
/// # Errors
/// As [`read`].
pub fn read_within(bytes: impl Into<PdfData>, bounds: Bounds) -> Result<Document, ReadError> {
    read_as(bytes, false, bounds)
}

/// Reads a PDF with what is painted on its pages and the outlines of its fonts.
///
/// # Errors
/// As [`read`].
pub fn read_with_ink(bytes: impl Into<PdfData>) -> Result<Document, ReadError> {
    read_as(bytes, true, Bounds::default())
}

fn read_as(bytes: impl Into<PdfData>, ink: bool, bounds: Bounds) -> Result<Document, ReadError> {
    let pdf = open(bytes)?;
    let spent = Spent::within(bounds);
    let mut fonts = FontCache::new(&spent);
    fonts.ink = ink.then(|| pdf.pages().len());
    spent.take(Resource::Pages, pdf.pages().len())?;
    let places = object::PageNumbers::new(&pdf);
    let destinations = annotation::Destinations::new(&pdf, &places, &spent)?;
    let pages: Vec<Result<Page, ReadError>> = pdf
        .pages()
        .par_iter()
        .enumerate()
        .map(|(number, page)| content::page(page, number, &fonts, Some(&destinations)))
        .collect();
    let pages = first_fault(pages)?;
    let catalog = object::catalog(&pdf);
    let structure = structure::structure(pdf.xref(), &catalog, &places, &pages, &spent)?;
    let (tagged, language) = structure::claims(&catalog);
    let information = information::information(&pdf, &catalog, &spent)?;
    Ok(Document {
        pages,
        structure,
        tagged,
        language,
        information,
    })
}
