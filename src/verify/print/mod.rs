//! Whether what is printed on the pages of a PDF can be read: the questions that a build asks of its own pages, asked of any
//! file. Text that every program finds in it may have no ink, lie off the page, under a shape or on other text.
//!
//! Only what is known is judged: outlines of embedded fonts, plain colours, filled shapes. `docs/verify.md` tells the measures.

mod inks;
mod page;
mod words;

use std::fmt;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use crate::ink::{Colour, FAINT, UNSEEN};
use crate::reader::{ContentItem, Document, Page};
use inks::Inks;

/// Words of a page that cannot be read for one reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintFault {
    /// The page, from 1.
    pub page: usize,
    /// The passage that they belong to, where the source is known: `ar operative 5`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// The first of the words.
    pub word: String,
    /// How many they are.
    pub words: usize,
    /// What is wrong with the first.
    #[serde(flatten)]
    pub what: Unreadable,
}

/// Why a word cannot be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum Unreadable {
    /// Its letters are not painted, as the text under a scan.
    NotPainted,
    /// Its letters have no outlines.
    NoInk {
        /// The font.
        font: String,
    },
    /// Its font has no glyphs for its letters.
    NoGlyph {
        /// The font.
        font: String,
    },
    /// It lies off the page.
    OffPage {
        /// How far, in points.
        by: f64,
    },
    /// It is cut off by a clip.
    Clipped,
    /// It is too small.
    TooSmall {
        /// The size of its letters, in points.
        size: f64,
    },
    /// Its colour does not differ from what is behind it, or not enough.
    Faint {
        /// Its colour.
        #[serde(serialize_with = "as_text")]
        colour: Colour,
        /// The colour behind it.
        #[serde(serialize_with = "as_text")]
        ground: Colour,
    },
    /// Something is painted over it.
    Covered,
    /// It is printed over another word.
    Over {
        /// The other word.
        other: String,
    },
    /// The page, or the fonts of the file, hold more than is looked at.
    NotJudged,
}

fn as_text<S: Serializer>(colour: &Colour, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(colour)
}

impl PrintFault {
    /// Whether it cannot be read; what is only hard to read, or not judged, is told as well.
    pub fn is_error(&self) -> bool {
        match &self.what {
            Unreadable::Faint { colour, ground } => colour.contrast(*ground) < UNSEEN,
            Unreadable::NotJudged => false,
            _ => true,
        }
    }
}

impl fmt::Display for PrintFault {
    /// `page 3, ar preambular 2: ` and what is wrong.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page {}", self.page)?;
        if let Some(passage) = &self.passage {
            write!(f, ", {passage}")?;
        }
        if self.what == Unreadable::NotJudged {
            return f.write_str(": more is painted than is looked at; whether all of it can be read is not known");
        }
        match self.words {
            1 => write!(f, ": `{}` ", self.word)?,
            words => write!(f, ": `{}` and {} more ", self.word, words - 1)?,
        }
        let are = if self.words == 1 { "is" } else { "are" };
        match &self.what {
            Unreadable::NotPainted => write!(f, "{are} not visible: text that is not painted, as under a scan"),
            Unreadable::NoInk { font } => write!(f, "{are} not visible: no outlines in the font `{font}`"),
            Unreadable::NoGlyph { font } => write!(f, "cannot be read: no glyphs for it in the font `{font}`"),
            Unreadable::OffPage { by } => write!(f, "{are} off the page by {by:.0} pt"),
            Unreadable::Clipped => write!(f, "{are} cut off by a clip"),
            Unreadable::TooSmall { size } => write!(f, "{are} too small: letters of {size:.1} pt"),
            Unreadable::Faint { colour, ground } if self.is_error() => {
                write!(f, "cannot be seen: {colour} on {ground}")
            }
            Unreadable::Faint { colour, ground } => {
                let contrast = colour.contrast(*ground);
                write!(
                    f,
                    "{are} hard to read: {colour} on {ground} has a contrast of {contrast:.1}, less than {FAINT}"
                )
            }
            Unreadable::Covered => write!(f, "{are} hidden by what is painted over it"),
            Unreadable::Over { other } => write!(f, "{are} printed over `{other}`"),
            Unreadable::NotJudged => Ok(()),
        }
    }
}

/// The name of the passage that a content item of the structure tree belongs to.
pub(super) type Passages = FxHashMap<ContentItem, String>;

/// What cannot be read in a file, page by page; nothing where the file was read without what is painted.
pub(super) fn faults(document: &Document, passages: &Passages) -> Vec<PrintFault> {
    if document.pages.iter().all(|page| page.painted.is_none()) {
        return Vec::new();
    }
    let inks = Inks::of(document);
    let pages = document.pages.par_iter().enumerate();
    let hits = pages.map(|(at, page)| {
        let hits = page::hits(page, &inks, document.pages.len());
        told(page, at, hits, passages)
    });
    hits.collect::<Vec<_>>().concat()
}

/// The hits of a page, those of one kind in one passage together.
fn told(page: &Page, number: usize, hits: Vec<page::Hit>, passages: &Passages) -> Vec<PrintFault> {
    let mut faults: Vec<PrintFault> = Vec::new();
    let mut known: FxHashMap<(Option<&String>, std::mem::Discriminant<Unreadable>), usize> = FxHashMap::default();
    for hit in hits {
        let item = hit
            .glyphs
            .first()
            .and_then(|glyph| page.item_of(page.glyphs[*glyph].marked));
        let passage = item.and_then(|(form, mcid)| passages.get(&(number, form, mcid)));
        let key = (passage, std::mem::discriminant(&hit.what));
        if let Some(fault) = known.get(&key).and_then(|at| faults.get_mut(*at)) {
            fault.words += 1;
            continue;
        }
        known.insert(key, faults.len());
        faults.push(PrintFault {
            page: number + 1,
            passage: passage.cloned(),
            word: words::told(page, &hit.glyphs),
            words: 1,
            what: hit.what,
        });
    }
    faults
}
