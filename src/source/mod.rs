//! The source of a document: the files of its folder, read into what they say, with the place of everything.
//!
//! What is read here is not yet known to fit together; [`crate::check`] makes a work of it.

mod character;
mod facts;
mod file;
mod folder;
mod markdown;
pub(crate) mod nearest;

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Expression, Facts};

pub(crate) use character::describe;
pub use character::{is_bidi_control, is_invisible, is_presentation_form, letters};
pub use file::{Position, SourceFile};
pub use folder::document_name;
pub(crate) use folder::{read, reference_fault};

/// What the files of a document say, before it is known that they fit together.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The name of the document.
    pub(crate) name: String,
    /// All files, `document.toml` first, then those of the languages in their order.
    pub(crate) files: Vec<Arc<SourceFile>>,
    /// The facts; `None` when they are at fault.
    pub(crate) facts: Option<Facts>,
    /// The font families of `[fonts]`, with their places in `document.toml`.
    pub(crate) families: Vec<(String, Range<usize>)>,
    /// The languages that could be read, in their order.
    pub(crate) texts: Vec<ParsedText>,
    /// Whether the text of every language could be read.
    pub(crate) complete: bool,
}

/// The text of a language and the file that it stands in.
#[derive(Debug)]
pub(crate) struct ParsedText {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) expression: Expression,
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
        let expression = markdown::parse(&file, language, &mut diagnostics);
        (expression, diagnostics)
    }
}
