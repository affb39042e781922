//! What is true of a document in every language: the content of `document.toml`.

use super::house::House;
use super::official::Reference;
use crate::kind::{Fact, FactMap, Found, Kind, find};
use crate::locale::{Date, Digits, Language, Script, Usage};

/// The fonts of `[fonts]`: a family name for each script that is to have another one than the template gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FontChoice {
    families: Vec<(Script, String)>,
}

impl FontChoice {
    /// Chooses the family of text in a script.
    pub fn set(&mut self, script: Script, family: String) {
        self.families.retain(|(other, _)| *other != script);
        self.families.push((script, family));
    }

    /// The family of text in a script; `None` leaves the choice to the template.
    pub fn of(&self, script: Script) -> Option<&str> {
        self.all().find(|(other, _)| *other == script).map(|(_, family)| family)
    }

    /// All families, in the order of the source.
    pub fn all(&self) -> impl Iterator<Item = (Script, &str)> {
        self.families.iter().map(|(script, family)| (*script, family.as_str()))
    }
}

/// Which digits the numbers of a document have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DigitChoice {
    all: Digits,
    languages: Vec<(Language, Digits)>,
}

impl DigitChoice {
    /// The same in all languages.
    pub fn all(digits: Digits) -> Self {
        Self {
            all: digits,
            languages: Vec::new(),
        }
    }

    /// Chooses the digits of one language.
    pub fn set(&mut self, language: Language, digits: Digits) {
        self.languages.retain(|(other, _)| *other != language);
        self.languages.push((language, digits));
    }

    /// The digits of a language.
    pub fn of(&self, language: Language) -> Digits {
        let own = self.languages.iter().find(|(other, _)| *other == language);
        own.map_or(self.all, |(_, digits)| *digits)
    }

    /// A language with its digits.
    pub fn usage(&self, language: Language) -> Usage {
        Usage {
            language,
            digits: self.of(language),
        }
    }
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

/// The choices of `[layout]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutChoice {
    /// Whether justified Arabic lines are filled by elongation. On unless the source says otherwise.
    pub kashida: bool,
    /// Whether words of Latin script may be divided at the end of a line. Off unless the source says otherwise.
    pub hyphenate: bool,
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
            hyphenate: false,
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
    /// The languages; the first leads.
    pub languages: Vec<Language>,
    /// The languages whose text is an unofficial translation.
    pub unofficial: Vec<Language>,
    /// Which digits its numbers have.
    pub digits: DigitChoice,
    /// The fonts of `[fonts]`.
    pub fonts: FontChoice,
    /// The choices of `[layout]`.
    pub layout: LayoutChoice,
    /// The facts of its kind, by their names.
    pub values: FactMap,
    /// The house that it belongs to.
    pub house: Option<House>,
}

/// The fact that a house says where a document does not.
pub const ORGANIZATION: &str = "organization";

impl Facts {
    /// Puts a document into a house: what the document says itself goes before what the house says.
    pub(crate) fn belong_to(&mut self, house: &House) {
        for (script, family) in &house.families {
            if self.fonts.of(*script).is_none() {
                self.fonts.set(*script, family.clone());
            }
        }
        if !house.names.is_empty() {
            let named = || Fact::Texts(house.names.clone());
            self.values.entry(ORGANIZATION.to_owned()).or_insert_with(named);
        }
        self.house = Some(house.clone());
    }

    /// A language with the digits of the document.
    pub fn usage(&self, language: Language) -> Usage {
        self.digits.usage(language)
    }

    /// A fact that is a text in no language, as the symbol.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.values.get(name)? {
            Fact::Text(text) | Fact::Patterned { text, .. } | Fact::Word(text) => Some(text),
            _ => None,
        }
    }

    /// A fact that is a day, by its path.
    pub fn day(&self, path: &str) -> Option<Date> {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        match find(&self.values, &path)? {
            Found::Fact(Fact::Day(day)) => Some(*day),
            _ => None,
        }
    }

    /// What the document is known by: its symbol, where its kind has one.
    pub fn identifier(&self) -> Option<&str> {
        self.text(self.kind.definition().metadata.identifier.as_deref()?)
    }

    /// The day that the file is of.
    pub fn date(&self) -> Option<Date> {
        let named = self.kind.definition().metadata.date.as_deref();
        named.and_then(|path| self.day(path)).or_else(|| {
            // Any day that it tells of is truer than none.
            let days = self.values.values().filter_map(|fact| match fact {
                Fact::Day(day) => Some(*day),
                _ => None,
            });
            days.max()
        })
    }
}
