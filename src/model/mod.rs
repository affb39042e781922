//! The work: what the document says, in no language and in each of its languages.
//!
//! A [`Work`] holds the facts that are true in every language and one [`Expression`] a language. The expressions
//! have the same structure, which [`crate::check`] proves; every later stage reads this and nothing of the source.

use crate::locale::Language;

mod divisions;
mod facts;
mod generated;
mod house;
mod label;
mod link;
mod names;
mod note;
mod official;
mod passages;
mod picture;
mod plan;
mod references;
mod text;

pub use divisions::{HeadingLabel, Labelled};
pub use facts::{Arrangement, Breaks, DigitChoice, Facts, FontChoice, LayoutChoice, ORGANIZATION};
pub use generated::{GeneratedLine, generated_lines, line_of, page_head, title_prefix};
pub use house::{Colours, House, Logo, Margins, PAGE_FIELDS, PageOf, Paper, PaperSize, Places, Round, said_on};
pub use label::{Label, Marker};
pub use link::LinkTarget;
pub use names::{block_names, cell_name};
pub use note::{Note, NoteMark};
pub use official::{
    Expected, LineStarts, Official, OfficialLine, PageStart, Reference, ReferenceError, inked, is_inked,
};
pub use passages::{Passage, Place, annexes, passages};
pub use picture::{Figure, Picture, PictureFormat};
pub use plan::{Plan, edition_name};
pub(crate) use references::References;
pub use text::{
    Alignment, Block, Expression, Heading, Inline, Paragraph, Role, Row, Stretch, Table, Verse, Within, extent, marks,
    pieces, stretches,
};

/// A document in no language: its facts, and its text in each language.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// The name of the document: the name of its folder.
    pub name: String,
    /// What is true in every language.
    pub facts: Facts,
    /// One text a language, in the order of [`Facts::languages`]; the first leads.
    pub expressions: Vec<Expression>,
}

impl Work {
    /// The text in a language.
    pub fn expression(&self, language: Language) -> Option<&Expression> {
        self.expressions
            .iter()
            .find(|expression| expression.language == language)
    }
}

/// The plain text of running text, without note marks.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text: piece, .. } | Inline::Address { text: piece, .. } => text.push_str(piece),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Span { content: inner, .. }
            | Inline::Link { content: inner, .. } => {
                text.push_str(&plain(inner));
            }
            Inline::Mark { .. } => {}
            Inline::Break => text.push(' '),
        }
    }
    text
}

impl Paragraph {
    /// The lead phrase: the emphasised words that the paragraph starts with.
    pub fn lead_phrase(&self) -> Option<String> {
        match self.content.first() {
            Some(Inline::Emphasis(inner)) => Some(plain(inner)),
            _ => None,
        }
    }
}
