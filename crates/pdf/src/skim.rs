//! A tagged PDF at a glance: its structure tree, and the letters of every content item without their places.
//!
//! That is all it takes to see that the text of an edition is whole. The glyphs of a long document with their places take
//! more memory than the document; here those of a page are gone when the next one is read.

use hayro_syntax::{Pdf, PdfData};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::font::FontCache;
use super::limits::{Bounds, Resource, Spent, first_fault};
use super::structure::{ContentItem, Structure};
use super::{Page, ReadError, content, object, open, structure};

/// What a glance at a PDF gives.
#[derive(Debug)]
#[non_exhaustive]
pub struct Skimmed {
    /// The structure tree; it knows neither glyphs nor links.
    pub structure: Structure,
    /// The language of the document (`/Lang` of the catalog), as written.
    pub language: Option<String>,
    letters: Vec<Letters>,
}

/// The letters of the content items of a page, by form and identifier.
type Letters = FxHashMap<(Option<u32>, u32), String>;

impl Skimmed {
    /// The characters of the glyphs of a content item in the order in which they are drawn; glyphs that cannot be seen are
    /// left out.
    pub fn letters(&self, (page, form, mcid): ContentItem) -> &str {
        let of_page = self.letters.get(page);
        of_page
            .and_then(|letters| letters.get(&(form, mcid)))
            .map_or("", String::as_str)
    }
}

/// Reads a PDF at a glance; `None` when it has no structure tree. `bounds` says how much there may be in it.
///
/// # Errors
/// As [`super::read`].
pub fn skim(bytes: impl Into<PdfData>, bounds: Bounds) -> Result<Option<Skimmed>, ReadError> {
    let pdf = open(bytes)?;
    let catalog = object::catalog(&pdf);
    let numbers = object::PageNumbers::new(&pdf);
    let spent = Spent::within(bounds);
    spent.take(Resource::Pages, pdf.pages().len())?;
    let tree = || structure::structure(pdf.xref(), &catalog, &numbers, &[], &spent);
    let (letters, structure) = rayon::join(|| letters(&pdf, &spent), tree);
    let (letters, structure) = (letters?, structure?);
    let (_, language) = structure::claims(&catalog);
    Ok(structure.map(|structure| Skimmed {
        structure,
        language,
        letters,
    }))
}

fn letters(pdf: &Pdf, spent: &Spent) -> Result<Vec<Letters>, ReadError> {
    let fonts = FontCache::new(spent);
    let pages = pdf.pages().par_iter().enumerate();
    let letters = pages
        .map(|(number, page)| Ok(letters_of(&content::page(page, number, &fonts, None)?)))
        .collect();
    first_fault(letters)
}

fn letters_of(page: &Page) -> Letters {
    let mut letters = Letters::default();
    for stretch in page.glyphs.chunk_by(|a, b| a.marked == b.marked) {
        let Some((form, mcid)) = page.item_of(stretch[0].marked) else {
            continue;
        };
        let text = letters.entry((form, mcid)).or_default();
        let seen = stretch.iter().filter(|glyph| glyph.can_be_seen());
        seen.for_each(|glyph| text.push_str(&glyph.text));
    }
    letters
}
