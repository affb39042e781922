//! What a reader should get: the passages of a work that somebody wrote.

use serde::Serialize;

use super::judge::visible;
use crate::locale::Language;
use crate::model::{self, Passage, Place, Work};

/// What a passage is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The title with its number.
    Title,
    /// A paragraph with its label.
    Paragraph,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// A paragraph of a note; the first with the mark of the note.
    Note,
    /// A picture, by what is said of it.
    Figure,
    /// A line that stands in every edition and is made of the facts.
    Line,
}

impl From<Place> for Kind {
    fn from(place: Place) -> Self {
        match place {
            Place::Title => Self::Title,
            Place::Paragraph(_) => Self::Paragraph,
            Place::Heading(_) => Self::Heading,
            Place::Cell { .. } => Self::Cell,
            Place::Note { .. } => Self::Note,
            Place::Generated(_) => Self::Line,
        }
    }
}

/// The passages of a work in a language that somebody wrote, in reading order: the title, the text, the notes. Those of which
/// nothing can be seen, as a cell that is one no-break space, are left out.
pub fn passages(work: &Work, language: Language) -> Vec<Passage> {
    let mut passages = model::passages(work, language);
    passages.retain(|passage| {
        let is_seen = || !passage.label.is_empty() || !visible(&passage.body).is_empty();
        Kind::from(passage.place) != Kind::Line && is_seen()
    });
    passages
}
