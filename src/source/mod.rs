//! The source of a document: the files of its folder, read into what they say, with the place of everything.
//!
//! What is read here is not yet known to fit together; [`crate::check`] makes a work of it.

mod facts;
mod file;
mod folder;
mod house;
mod kinds;
mod languages;
mod markdown;
mod pictures;
mod table;
mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::kind::Kind;
use crate::model::{DigitChoice, Expression, Facts};
use crate::text::SourceFile;

#[cfg(feature = "cli")]
pub(crate) use facts::schema;
pub use folder::document_name;
pub(crate) use folder::{read, reference_fault};
pub(crate) use house::ParsedHouse;
pub use house::house_file;
#[cfg(feature = "cli")]
pub(crate) use house::house_schema;
#[cfg(feature = "cli")]
pub(crate) use kinds::built_in_file;
pub use kinds::{built_in_kind, kind_names, kind_paths};
pub(crate) use languages::KnownLanguages;
#[cfg(feature = "cli")]
pub(crate) use table::{day, example, is_symbol};
pub(crate) use typed::{Sort, TypedLabel, typed_label};

/// What the files of a document say, before it is known that they fit together.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The name of the document.
    pub(crate) name: String,
    /// All files, `document.toml` first, then those of the languages in their order.
    pub(crate) files: Vec<Arc<SourceFile>>,
    /// The facts; `None` when they are at fault.
    pub(crate) facts: Option<Facts>,
    /// Which digits the numbers have; `None` where that is at fault.
    pub(crate) digits: Option<DigitChoice>,
    /// The font families of `[fonts]`, with their places in `document.toml`.
    pub(crate) families: Vec<(String, Range<usize>)>,
    /// What the house of the document says, where it has one.
    pub(crate) house: Option<ParsedHouse>,
    /// The languages that could be read, in their order.
    pub(crate) texts: Vec<ParsedText>,
    /// Whether the text of every language could be read.
    pub(crate) complete: bool,
}

/// The text of a language and the file that it stands in.
#[derive(Debug)]
pub(crate) struct ParsedText {
    /// The kind of the document; of one that is not known the text was read as that of a resolution.
    pub(crate) kind: Kind,
    pub(crate) file: Arc<SourceFile>,
    pub(crate) expression: Expression,
    pub(crate) doubts: Doubts,
}

/// What cannot be judged before a text is compared with those of the other languages.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    /// Faults that may only follow from something that the text lacks beside the others.
    pub(crate) suspects: Vec<Suspect>,
    /// The blocks whose form a fault was told of: that they have another form than in other languages follows from it.
    pub(crate) told: BTreeSet<usize>,
    /// The numbers that are written at the items of lists whose numbers are at fault, by block.
    pub(crate) written: BTreeMap<usize, u64>,
    /// Where something stands that is no block, of which a fault was told: the place of the block after it.
    pub(crate) refused: BTreeSet<usize>,
}

/// A fault of one text that may only follow from something that the text lacks beside the others.
#[derive(Debug)]
pub(crate) struct Suspect {
    pub(crate) about: About,
    pub(crate) fault: Diagnostic,
}

/// What a suspected fault is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    /// The number that is written at an item before the block of this place, or at it.
    Number(usize),
    /// Paragraphs without a number after numbered ones, from the block of this place on.
    Unnumbered(usize),
    /// A note that is written, but not marked.
    Unmarked(String),
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::locale::Language;

    /// Reads a text, and tells the faults of it.
    pub(crate) fn parse(language: Language, text: &str) -> (Expression, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let file = SourceFile::new(format!("{}.md", language.code()), text);
        let kind = built_in_kind("resolution").expect("a kind");
        let (expression, doubts) = markdown::parse(&file, language, kind, &KnownLanguages::default(), &mut diagnostics);
        diagnostics.extend(doubts.suspects.into_iter().map(|suspect| suspect.fault));
        (expression, diagnostics)
    }
}
