//! What is true of a document in every language: the content of `document.toml`.

use super::official::Reference;
use crate::locale::{Body, Distribution, Language};

/// The kind of document, which chooses the built-in template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A resolution of a deliberative body.
    Resolution,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Resolution];

    /// The key of the kind in a source, as `resolution`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
        }
    }
}

/// A day of the Gregorian calendar, checked when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

/// The report on which the document was adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The symbol of the report, as `A/61/444`.
    pub symbol: String,
    /// The main committee that reported, 1 to 6; `None` when there was no reference to a main committee.
    pub committee: Option<u8>,
}

/// The fonts of `[fonts]`, each a family name; `None` leaves the choice to the template.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FontChoice {
    /// The family of Arabic-script text.
    pub arabic: Option<String>,
    /// The family of Latin-script text.
    pub latin: Option<String>,
}

/// Where lines and pages break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Breaks {
    /// Where they fall best.
    #[default]
    Natural,
    /// Pages where the official edition has them, lines where they fall best.
    Pages,
    /// Lines and pages where the official edition has them.
    Lines,
}

/// How an edition in several languages stands on its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// A column a language, on one page.
    #[default]
    SideBySide,
    /// On the two pages of an opening, which break in step.
    Facing,
}

impl Breaks {
    /// All ways of breaking.
    pub const ALL: &'static [Self] = &[Self::Natural, Self::Pages, Self::Lines];

    /// The key in a source, as `natural`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Natural => "natural",
            Self::Pages => "pages",
            Self::Lines => "lines",
        }
    }
}

impl Arrangement {
    /// All arrangements.
    pub const ALL: &'static [Self] = &[Self::SideBySide, Self::Facing];

    /// The key in a source, as `side-by-side`.
    pub fn key(self) -> &'static str {
        match self {
            Self::SideBySide => "side-by-side",
            Self::Facing => "facing",
        }
    }
}

impl Date {
    /// A day that there is.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let there_is = (1..=9999).contains(&year) && (1..=Self::days(year, month)).contains(&day);
        there_is.then_some(Self { year, month, day })
    }

    /// How many days a month has; 0 for a month that there is not.
    pub fn days(year: u16, month: u8) -> u8 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
            2 => 28,
            _ => 0,
        }
    }
}

/// ISO 8601: `2006-12-20`.
impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The choices of `[layout]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutChoice {
    /// Whether justified Arabic lines are filled by elongation. On unless the source says otherwise.
    pub kashida: bool,
    /// Where lines and pages break.
    pub breaks: Breaks,
    /// How an edition in several languages stands on its pages.
    pub arrangement: Arrangement,
    /// The official layout of the leading language.
    pub reference: Option<Reference>,
}

impl Default for LayoutChoice {
    fn default() -> Self {
        Self {
            kashida: true,
            breaks: Breaks::Natural,
            arrangement: Arrangement::SideBySide,
            reference: None,
        }
    }
}

/// What is true of a document in every language.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The kind of document.
    pub kind: Kind,
    /// The document symbol, as `A/RES/61/180`.
    pub symbol: String,
    /// The body that adopted it, by its key, as `general-assembly`.
    pub body: Body,
    /// The session, as 61.
    pub session: u16,
    /// The item of the agenda, as 98.
    pub agenda_item: Option<u16>,
    /// The report on which it was adopted.
    pub report: Option<Report>,
    /// The day of adoption.
    pub adopted: Date,
    /// The plenary meeting that adopted it, as 82.
    pub meeting: u16,
    /// The distribution, by its key, as `general`.
    pub distribution: Distribution,
    /// The day of issue.
    pub issued: Date,
    /// The languages; the first leads.
    pub languages: Vec<Language>,
    /// The languages whose text is an unofficial translation.
    pub unofficial: Vec<Language>,
    /// The fonts of `[fonts]`.
    pub fonts: FontChoice,
    /// The choices of `[layout]`.
    pub layout: LayoutChoice,
}

impl Facts {
    /// The number that stands before the title: the last two parts of the symbol (`61/180` of `A/RES/61/180`).
    pub fn number(&self) -> &str {
        match self.symbol.rmatch_indices('/').nth(1) {
            Some((at, _)) => &self.symbol[at + 1..],
            None => &self.symbol,
        }
    }
}
