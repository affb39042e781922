//! What an edition is to be, before anything of it is set.

use super::{Arrangement, Breaks, Work};
use crate::locale::Language;

/// The name of an edition and its file: `ar`, `en`, `ar-en`.
pub fn edition_name(languages: &[Language]) -> String {
    languages
        .iter()
        .map(|language| language.code())
        .collect::<Vec<_>>()
        .join("-")
}

/// What an edition is to be: its languages and how they are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The languages; the first leads.
    pub languages: Vec<Language>,
    /// How several languages stand on the pages.
    pub arrangement: Arrangement,
    /// Where lines and pages break.
    pub breaks: Breaks,
}

impl Plan {
    /// An edition in these languages as the source of the work wants it.
    pub fn of(work: &Work, languages: Vec<Language>) -> Self {
        let layout = &work.facts.layout;
        Self {
            languages,
            arrangement: layout.arrangement,
            breaks: layout.breaks,
        }
    }

    /// The name of the edition and its file: `ar`, `ar-en`, `ar-en-facing`.
    pub fn name(&self) -> String {
        let languages = edition_name(&self.languages);
        match self.arrangement {
            Arrangement::Facing if self.languages.len() > 1 => format!("{languages}-facing"),
            Arrangement::SideBySide | Arrangement::Facing => languages,
        }
    }

    /// Whether the lines of a language are as long as in an edition of that language alone. Official lines and pages
    /// are those of such an edition.
    pub fn has_full_measure(&self) -> bool {
        self.languages.len() == 1 || self.arrangement == Arrangement::Facing
    }
}
