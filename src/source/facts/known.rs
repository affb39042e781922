//! The keys of `document.toml` and what each takes. The reader of the file and its JSON Schema go by this table alone.

// What only the schema asks for is of no use without the program.
#![cfg_attr(not(feature = "cli"), allow(dead_code))]

use std::ops::RangeInclusive;

use crate::locale::{Body, Digits, Distribution};
use crate::model::{Arrangement, Breaks, Kind};

/// A key of a table.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Whether a document must have it.
    pub(super) needed: bool,
    pub(super) value: Value,
    /// What it says, for editors.
    pub(super) about: &'static str,
}

/// What a key takes.
#[derive(Debug)]
pub(super) enum Value {
    /// A text that is not empty.
    Text,
    /// The symbol of a document.
    Symbol,
    /// One of several words.
    Word(fn() -> Vec<&'static str>),
    /// A whole number.
    Number(RangeInclusive<i64>),
    /// True or false.
    Flag,
    /// A day.
    Day,
    /// A list of codes of languages.
    Languages {
        /// Whether it is that of the document: it has one at the least, and each once.
        all: bool,
    },
    /// The digits of all languages, or a table of those of each.
    Digits,
    /// A table of families by script.
    Fonts,
    /// A table of its own.
    Table(&'static [Key]),
}

const fn needed(name: &'static str, value: Value, about: &'static str) -> Key {
    Key {
        name,
        needed: true,
        value,
        about,
    }
}

const fn optional(name: &'static str, value: Value, about: &'static str) -> Key {
    Key {
        name,
        needed: false,
        value,
        about,
    }
}

/// Numbers of sessions, items and meetings.
const COUNT: RangeInclusive<i64> = 1..=u16::MAX as i64;

/// The keys of the file, in the order in which it is usually written.
pub(super) static DOCUMENT: &[Key] = &[
    needed("kind", Value::Word(kinds), "The kind of document."),
    needed(
        "symbol",
        Value::Symbol,
        "The symbol: Latin letters and Western digits between slashes. The number before the title comes from its last two parts.",
    ),
    needed("body", Value::Word(bodies), "The body that adopted the document."),
    needed(
        "session",
        Value::Number(COUNT),
        "The session; each edition prints it in words.",
    ),
    optional("agenda-item", Value::Number(COUNT), "The item of the agenda."),
    optional(
        "report",
        Value::Table(REPORT),
        "The report on which the document was adopted.",
    ),
    needed(
        "adopted",
        Value::Day,
        "The day of adoption: year, month, day. Each edition prints it in its own way.",
    ),
    needed(
        "meeting",
        Value::Number(COUNT),
        "The number of the meeting that adopted the document.",
    ),
    needed(
        "distribution",
        Value::Word(distributions),
        "How widely the document is distributed.",
    ),
    needed(
        "issued",
        Value::Day,
        "The day of issue: year, month, day; not before `adopted`.",
    ),
    needed(
        "languages",
        Value::Languages { all: true },
        "The languages, each with a file of its name; the first leads.",
    ),
    optional(
        "unofficial",
        Value::Languages { all: false },
        "Those of `languages` whose text is an unofficial translation; their editions say so.",
    ),
    optional(
        "digits",
        Value::Digits,
        "The digits of numbers: those of each language, which is usual, or Western ones, in all of them or in those that are named: \
         `{ ar = \"western\" }`.",
    ),
    optional(
        "fonts",
        Value::Fonts,
        "Font families by the script of their text, of the program or of `--font-path`.",
    ),
    optional("layout", Value::Table(LAYOUT), "How the editions are laid out."),
];

/// The keys of `report`.
pub(super) static REPORT: &[Key] = &[
    needed("symbol", Value::Symbol, "The symbol of the report."),
    optional("committee", Value::Number(1..=6), "The Main Committee that reported."),
];

/// The keys of `[layout]`.
pub(super) static LAYOUT: &[Key] = &[
    optional(
        "kashida",
        Value::Flag,
        "Whether Arabic lines are filled by elongation, which is usual.",
    ),
    optional(
        "hyphenate",
        Value::Flag,
        "Whether words of Latin script may be divided at the end of a line, by the rules of their language; usually not.",
    ),
    optional(
        "breaks",
        Value::Word(breaks),
        "Where lines and pages break: where they fall best, which is usual, or as the official edition has its pages or its \
         lines; these need `reference`.",
    ),
    optional(
        "arrangement",
        Value::Word(arrangements),
        "How several languages stand: side by side on a page, which is usual, or on facing pages.",
    ),
    optional(
        "reference",
        Value::Text,
        "The file of the official lines, beside `document.toml`.",
    ),
];

fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.key()).collect()
}

fn bodies() -> Vec<&'static str> {
    Body::ALL.iter().map(|body| body.key()).collect()
}

fn distributions() -> Vec<&'static str> {
    Distribution::ALL
        .iter()
        .map(|distribution| distribution.key())
        .collect()
}

pub(super) fn digits() -> Vec<&'static str> {
    Digits::ALL.iter().map(|digits| digits.key()).collect()
}

fn breaks() -> Vec<&'static str> {
    Breaks::ALL.iter().map(|breaks| breaks.key()).collect()
}

fn arrangements() -> Vec<&'static str> {
    Arrangement::ALL.iter().map(|arrangement| arrangement.key()).collect()
}

/// The codes of the languages that ship.
#[cfg(feature = "cli")]
pub(super) fn languages() -> Vec<&'static str> {
    crate::locale::Language::ALL
        .iter()
        .map(|language| language.code())
        .collect()
}

/// The range of a number.
///
/// Every number that is read has one: what has none takes all numbers, and its test tells.
pub(super) fn range(keys: &[Key], name: &str) -> RangeInclusive<i64> {
    match keys.iter().find(|key| key.name == name).map(|key| &key.value) {
        Some(Value::Number(range)) => range.clone(),
        _ => i64::MIN..=i64::MAX,
    }
}

/// Whether a key must be there.
pub(super) fn is_needed(keys: &[Key], name: &str) -> bool {
    keys.iter().any(|key| key.name == name && key.needed)
}

/// The table in which a key belongs that stands in the wrong one.
pub(super) fn home(name: &str) -> Option<&'static str> {
    DOCUMENT.iter().find_map(|key| match key.value {
        Value::Table(keys) => keys.iter().any(|inner| inner.name == name).then_some(key.name),
        _ => None,
    })
}
