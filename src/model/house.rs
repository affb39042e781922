//! What belongs to an organization and not to a document or a kind: the content of `house.toml`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Facts, Picture};
use crate::ink::Colour;
use crate::kind::{Filling, Sentence, Side, Value, Values};
use crate::locale::{Language, Script};

/// A house. What it says nothing of is as it is without one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct House {
    /// What the organization is called.
    pub names: BTreeMap<Language, String>,
    /// The logo at the head of the first page.
    pub logo: Option<Logo>,
    /// The paper.
    pub paper: Paper,
    /// The families of text, by script.
    pub families: Vec<(Script, String)>,
    /// The size of text by script, in points.
    pub sizes: Vec<(Script, f64)>,
    /// From one line to the next, in sizes of the letters.
    pub leading: Option<f64>,
    /// Colours.
    pub colours: Colours,
    /// What stands at the head of pages.
    pub head: Option<Round>,
    /// What stands at their foot.
    pub foot: Option<Round>,
    /// A line over the title.
    pub notice: BTreeMap<Language, String>,
    /// A word across every page.
    pub watermark: BTreeMap<Language, String>,
    /// Of how many lines one has its number beside it.
    pub line_numbers: Option<u16>,
    /// A line over all else on the first page.
    pub cover: BTreeMap<Language, String>,
}

/// The logo of a house.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// The picture.
    pub picture: Picture,
    /// What is to be seen, in each language.
    pub alternative: BTreeMap<Language, String>,
    /// How high it is, in millimetres.
    pub height: f64,
    /// At which side it stands.
    pub align: Side,
}

/// The paper of a house.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Paper {
    /// Width and height in millimetres.
    pub size: Option<(f64, f64)>,
    /// The margins in millimetres.
    pub margins: Margins,
}

/// Margins in millimetres; `None` where they are as without a house.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Margins {
    /// Above the text.
    pub top: Option<f64>,
    /// Below the text.
    pub bottom: Option<f64>,
    /// At the side at which pages are bound.
    pub inner: Option<f64>,
    /// At the other side.
    pub outer: Option<f64>,
}

/// A size of paper that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperSize {
    /// A4 of ISO 216.
    A4,
    /// A3 of ISO 216.
    A3,
    /// Letter of ANSI/ASME Y14.1.
    Letter,
    /// Legal, of North America.
    Legal,
}

impl PaperSize {
    /// All sizes with their names.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("A4", Self::A4),
        ("A3", Self::A3),
        ("Letter", Self::Letter),
        ("Legal", Self::Legal),
    ];

    /// Width and height, in millimetres.
    pub fn millimetres(self) -> (f64, f64) {
        match self {
            Self::A4 => (210.0, 297.0),
            Self::A3 => (297.0, 420.0),
            Self::Letter => (215.9, 279.4),
            Self::Legal => (215.9, 355.6),
        }
    }
}

/// The colours of a house; `None` where it says none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Colours {
    /// Of text.
    pub text: Option<Colour>,
    /// Of titles and headings.
    pub headings: Option<Colour>,
    /// Of rules.
    pub rules: Option<Colour>,
}

/// What stands at the head or at the foot of pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Round {
    /// On every page but the first one.
    pub other: Places,
    /// On the first page.
    pub first: Places,
}

/// What stands at the three places of a head or a foot: in each language the sentences in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Places {
    /// At the side at which pages are bound.
    pub inner: BTreeMap<Language, Vec<Sentence>>,
    /// In the middle.
    pub center: BTreeMap<Language, Vec<Sentence>>,
    /// At the other side.
    pub outer: BTreeMap<Language, Vec<Sentence>>,
}

/// The page that a head or a foot stands on.
#[derive(Debug, Clone, Copy)]
pub struct PageOf<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The title of the document.
    pub title: &'a str,
}

/// The names that a head or a foot has beside those of the facts.
pub const PAGE_FIELDS: [&str; 5] = ["page", "pages", "symbol", "title", "organization"];

/// The sentence of a place that is printed; `None` where it has none, or a fact of each is missing.
pub fn said_on(
    sentences: &BTreeMap<Language, Vec<Sentence>>,
    facts: &Facts,
    language: Language,
    page: PageOf<'_>,
) -> Option<String> {
    let values = OnPage {
        facts,
        filling: Filling::new(facts.kind, language, &facts.values),
        page,
    };
    let sentences = sentences.get(&language)?;
    sentences
        .iter()
        .find_map(|sentence| sentence.fill(facts.usage(language), &values))
}

/// What the fields of a head or a foot stand for.
struct OnPage<'a> {
    facts: &'a Facts,
    filling: Filling<'a>,
    page: PageOf<'a>,
}

impl Values for OnPage<'_> {
    fn value(&self, path: &[String]) -> Option<Value<'_>> {
        // A number of a page has Western digits unless the sentence asks for others, as the number of a symbol has.
        let number = |number: usize| Value::Text(Cow::Owned(number.to_string()));
        match path {
            [name] if name == "page" => Some(number(self.page.number)),
            [name] if name == "pages" => Some(number(self.page.total)),
            [name] if name == "title" && !self.page.title.is_empty() => Some(Value::Text(self.page.title.into())),
            [name] if name == "symbol" && !self.facts.values.contains_key("symbol") => {
                Some(Value::Text(self.facts.identifier()?.into()))
            }
            path => self.filling.value(path),
        }
    }

    fn word(&self, path: &[String], value: &str) -> Option<&str> {
        self.filling.word(path, value)
    }

    fn form(&self, path: &[String], form: &str) -> Option<&Sentence> {
        self.filling.form(path, form)
    }
}
