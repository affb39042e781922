//! Facts of documents that no file says: of a kind, each as `document.toml` would have it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use qarar::kind::{Fact, Kind, Takes};
use qarar::locale::{Date, Language};
use qarar::model::{Facts, generated_lines, title_prefix};
use qarar::source::built_in_kind;

/// The bodies of resolutions.
pub(crate) const BODIES: [&str; 3] = ["general-assembly", "security-council", "economic-and-social-council"];

/// A kind that the program holds.
pub(crate) fn kind(name: &str) -> Kind {
    built_in_kind(name).unwrap()
}

/// The day of `2006-12-20`.
pub(crate) fn iso(text: &str) -> Date {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().unwrap());
    let mut next = || parts.next().unwrap();
    let (year, month, day) = (next(), next(), next());
    Date {
        year,
        month: month.try_into().unwrap(),
        day: day.try_into().unwrap(),
    }
}

fn fact(takes: &Takes, text: &str) -> Fact {
    match takes {
        Takes::Word(_) => Fact::Word(text.to_owned()),
        Takes::Number(_) => Fact::Number(text.parse().unwrap()),
        Takes::Day => Fact::Day(iso(text)),
        Takes::List(item) => Fact::List(vec![fact(item, text)]),
        Takes::Symbol(patterns) | Takes::Pattern { patterns, .. } => {
            let found = patterns.iter().find_map(|pattern| {
                Some(Fact::Patterned {
                    text: text.to_owned(),
                    form: pattern.name.clone(),
                    parts: pattern.parts(text)?,
                })
            });
            found.unwrap_or_else(|| Fact::Text(text.to_owned()))
        }
        _ => Fact::Text(text.to_owned()),
    }
}

/// The facts of a resolution that say this; a path leads into a table: `report.symbol`.
pub(crate) fn resolution(said: &[(&str, &str)]) -> Facts {
    let kind = kind("resolution");
    let mut facts = Facts {
        kind,
        languages: Language::ALL.to_vec(),
        unofficial: Vec::new(),
        digits: Default::default(),
        fonts: Default::default(),
        layout: Default::default(),
        values: Default::default(),
        house: None,
    };
    for (path, text) in said {
        let (name, inner) = path.split_once('.').unwrap_or((path, ""));
        let takes = &kind
            .definition()
            .facts
            .iter()
            .find(|fact| fact.name == name)
            .unwrap()
            .takes;
        match takes {
            Takes::Table(inside) => {
                let takes = &inside.iter().find(|fact| fact.name == inner).unwrap().takes;
                let table = facts
                    .values
                    .entry(name.to_owned())
                    .or_insert_with(|| Fact::Table(Default::default()));
                if let Fact::Table(table) = table {
                    table.insert(inner.to_owned(), fact(takes, text));
                }
            }
            takes => {
                facts.values.insert(name.to_owned(), fact(takes, text));
            }
        }
    }
    facts
}

/// What a resolution with these facts says in the line of a name.
pub(crate) fn line(language: Language, name: &str, said: &[(&str, &str)]) -> String {
    let mut facts = resolution(said);
    if name == "title" {
        return title_prefix(&facts, language);
    }
    facts.unofficial = vec![language];
    let mut lines = generated_lines(&facts, language).into_iter();
    lines
        .find(|(line, _)| line.to_string() == name)
        .map_or_else(String::new, |(_, words)| words)
}
