//! FactMap: what is true of a document in every language, each of the type that its kind says.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::Pattern;
use crate::locale::{Date, HijriDate, Language};

/// A fact that a kind of document has: its name and what it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct FactDefinition {
    /// The key in `document.toml`, as `agenda-item`.
    pub name: String,
    /// Whether a document must have it.
    pub needed: bool,
    /// What it takes.
    pub takes: Takes,
    /// What it says, for editors.
    pub about: String,
    /// A value of it, as it is written: for what is missing, and for new documents.
    pub example: String,
}

/// What a fact takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Takes {
    /// A text that is not empty, the same in all languages.
    Text,
    /// A text for each language.
    Texts,
    /// The symbol of a document: Latin letters and Western digits between slashes, by one of several patterns where there are
    /// some.
    Symbol(Vec<Pattern>),
    /// A text by one of several patterns: a session, an item of an agenda.
    Pattern {
        /// The patterns, in the order in which they are tried.
        patterns: Vec<Pattern>,
        /// The numbers that may stand for such a text, without quotation marks.
        numbers: RangeInclusive<i64>,
    },
    /// One of several words.
    Word(Vec<String>),
    /// A whole number.
    Number(RangeInclusive<i64>),
    /// True or false.
    Flag,
    /// A day.
    Day,
    /// A day of the Islamic calendar.
    Hijri,
    /// Codes of languages. It is none of a kind: every document has its languages.
    Languages {
        /// Whether it is all of the document: it has one at the least, and each once.
        all: bool,
    },
    /// The digits of all languages, or a table of those of each. It is none of a kind either.
    Digits,
    /// Several of the same, or one.
    List(Box<Takes>),
    /// A length or another number that may have a fraction.
    Measure {
        /// The least and the most.
        range: RangeInclusive<f64>,
        /// What it counts, as `millimetres`.
        unit: &'static str,
    },
    /// A colour: `#1a3c6e`.
    Colour,
    /// `true`, or a number: of how many one.
    Every(RangeInclusive<i64>),
    /// A sentence with fields.
    Sentence,
    /// One for each language, or one that is the same in all of them.
    Spoken(Box<Takes>),
    /// One for each script that is named. It is none of a kind either.
    Scripts(Box<Takes>),
    /// FactMap of its own.
    Table(Vec<FactDefinition>),
}

/// A fact of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A text.
    Text(String),
    /// A text for each language of the document.
    Texts(BTreeMap<Language, String>),
    /// A text by a pattern.
    Patterned {
        /// The text as it is written.
        text: String,
        /// The name of the pattern.
        form: String,
        /// The parts that the pattern names.
        parts: BTreeMap<String, String>,
    },
    /// One of the words of its kind.
    Word(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(Date),
    /// A day of the Islamic calendar.
    Hijri(HijriDate),
    /// A length, or another number that may have a fraction.
    Measure(f64),
    /// What there is in each language of the document.
    Spoken(BTreeMap<Language, Fact>),
    /// Several facts.
    List(Vec<Fact>),
    /// FactMap by their names.
    Table(FactMap),
}

/// FactMap by their names.
pub type FactMap = BTreeMap<String, Fact>;

/// What stands at a path of names.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    /// A fact.
    Fact(&'a Fact),
    /// A part of a text by a pattern.
    Part(&'a str),
}

/// The fact of a path, `report.symbol`; `form` after a patterned text is the name of its pattern.
pub fn find<'a>(facts: &'a FactMap, path: &[String]) -> Option<Found<'a>> {
    let (first, rest) = path.split_first()?;
    let fact = facts.get(first)?;
    match (fact, rest) {
        (fact, []) => Some(Found::Fact(fact)),
        (Fact::Table(inner), rest) => find(inner, rest),
        (Fact::Patterned { form, .. }, [name]) if name == "form" => Some(Found::Part(form)),
        (Fact::Patterned { parts, .. }, [name]) => parts.get(name).map(|part| Found::Part(part)),
        _ => None,
    }
}

/// What a path of names takes in a kind; `None` where the kind has no such fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Taken<'a> {
    /// What the fact takes.
    Fact(&'a Takes),
    /// It is a part of a text by a pattern.
    Part,
}

/// What the fact of a path takes.
pub fn taken<'a>(facts: &'a [FactDefinition], path: &[String]) -> Option<Taken<'a>> {
    let (first, rest) = path.split_first()?;
    let takes = &facts.iter().find(|fact| fact.name == *first)?.takes;
    match (takes, rest) {
        (takes, []) => Some(Taken::Fact(takes)),
        (Takes::Table(inner), rest) => taken(inner, rest),
        (Takes::Pattern { patterns, .. } | Takes::Symbol(patterns), [name]) => {
            (name == "form" || patterns.iter().any(|pattern| pattern.has(name))).then_some(Taken::Part)
        }
        _ => None,
    }
}
