//! `document.toml`: what is true of a document in every language, with every fault of it told in one run.

pub(super) mod known;
#[cfg(feature = "cli")]
mod schema;

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

#[cfg(feature = "cli")]
pub(crate) use schema::{schema, schema_of_table};

use super::kinds::Kinds;
use super::table::{Place, Tables, notation};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::{Fact, FactMap, Kind, Takes};
use crate::locale::{Digits, Language};
use crate::model::{Arrangement, Breaks, DigitChoice, Facts, FontChoice, LayoutChoice, ORGANIZATION};
use crate::source::KnownLanguages;
use crate::text::{Script, SourceFile, nearest};

/// What `document.toml` says.
#[derive(Debug)]
pub(crate) struct ParsedFacts {
    /// The kind; `None` where it is not known.
    pub(crate) kind: Option<Kind>,
    /// Whether there is a kind of the name that is named, and it is at fault: then nobody knows what a text of it should be.
    pub(crate) kind_at_fault: bool,
    /// The kind that was meant by the name of none.
    pub(crate) meant: Option<Kind>,
    /// The facts; `None` when something that a document needs is missing or wrong.
    pub(crate) facts: Option<Facts>,
    /// The languages that are known, whatever else is wrong, with their places.
    pub(crate) languages: Vec<(Language, Range<usize>)>,
    /// Whether these are all languages that the file names.
    pub(crate) languages_fit: bool,
    /// The digits of the numbers, whatever else is wrong; `None` where they are.
    pub(crate) digits: Option<DigitChoice>,
    /// The font families of `[fonts]`, with their places.
    pub(crate) families: Vec<(String, Range<usize>)>,
    /// The file of the official layout, beside `document.toml`, with its place.
    pub(crate) reference: Option<(String, Range<usize>)>,
}

/// Reads `document.toml`. `kinds` are those that it may be of, `known` the languages
/// that it can name; `is_named` tells that its house names an organization.
pub(crate) fn parse(
    file: &Arc<SourceFile>,
    kinds: &Kinds,
    known: &KnownLanguages,
    is_named: bool,
    diagnostics: &mut Diagnostics,
) -> ParsedFacts {
    let (root, errors) = DeTable::parse_recoverable(file.text());
    let place = (root.get_ref(), root.span());
    let named = match root.get_ref().get("kind").map(|value| value.get_ref()) {
        Some(DeValue::String(name)) => Some(name.as_ref()),
        _ => None,
    };
    // Of a kind that is none, or is at fault itself, nobody knows which facts it has.
    let kind = named.and_then(|name| kinds.find(name, diagnostics));
    let mut keys = known::document(kind, &kinds.names());
    for key in keys.iter_mut().filter(|key| key.name == ORGANIZATION) {
        key.needed &= !is_named;
    }
    let is_day = |takes: &Takes| matches!(takes, Takes::Day | Takes::Hijri);
    let days: Vec<&str> = keys
        .iter()
        .filter(|key| is_day(&key.takes))
        .map(|key| key.name.as_str())
        .collect();
    let broken = notation(file, root.get_ref(), &days, &errors, diagnostics);
    let mut tables = Tables::new(file, &broken, diagnostics);
    tables.meant = meant;
    let (languages, languages_fit) = languages(&mut tables, &place, known);
    let unofficial = unofficial(&mut tables, &languages, &place, known);
    tables.languages = languages.iter().map(|(language, _)| *language).collect();
    let values = match (kind, named) {
        (None, Some(_)) => {
            // Nothing is told of keys that may be facts of it.
            let known = keys
                .iter()
                .filter_map(|key| Some((key.name.clone(), tables.key("", key, &place)?)));
            Some(known.collect())
        }
        _ => tables.table("", &keys, &place),
    };
    let at_fault = tables.at_fault;
    let places = std::mem::take(&mut tables.places);
    let values = values.unwrap_or_default();
    if let (Some(kind), false) = (kind, at_fault) {
        order(kind, &values, &places, file, diagnostics);
    }
    let digits = digit_choice(&values, &languages);
    let fonts = font_choice(&values);
    let families = fonts.all().filter_map(|(script, family)| {
        let place = places.get(&format!("fonts.{}", script.key()))?;
        Some((family.to_owned(), place.clone()))
    });
    let families = families.collect();
    let layout = table(&values, "layout");
    let reference =
        layout.and_then(|layout| Some((text(layout, "reference")?, places.get("layout.reference")?.clone())));
    let breaks = layout.map(layout_choice).unwrap_or_default().breaks;
    if breaks != Breaks::Natural && reference.is_none() {
        let fault = Diagnostic::error("official breaks need the official layout").rule("breaks-without-reference");
        let fault =
            fault.hint("name its file: `reference = \"official.ar.txt\"`; docs/pages.md tells what stands in it");
        let span = places.get("layout.breaks").cloned().unwrap_or_default();
        diagnostics.push(fault.at(file, span));
    }
    let facts = || {
        Some(Facts {
            kind: kind?,
            languages: languages.iter().map(|(language, _)| *language).collect(),
            unofficial: unofficial?,
            digits: digits.clone().unwrap_or_default(),
            fonts: fonts.clone(),
            layout: layout.map(layout_choice).unwrap_or_default(),
            values: of_kind(kind?, &values),
            house: None,
        })
    };
    let wrong_digits = root.get_ref().get("digits").is_some() && digits.is_none();
    let is_whole =
        !at_fault && errors.is_empty() && languages_fit && (breaks == Breaks::Natural || reference.is_some());
    let meant = named.filter(|_| kind.is_none()).and_then(|name| {
        let names = kinds.names();
        kinds.find(
            nearest(name, names.iter().map(String::as_str))?,
            &mut Diagnostics::default(),
        )
    });
    ParsedFacts {
        kind,
        meant,
        kind_at_fault: kind.is_none() && named.is_some_and(|name| kinds.names().iter().any(|known| known == name)),
        facts: if is_whole { facts() } else { None },
        languages,
        languages_fit,
        digits: (!wrong_digits).then(|| digits.unwrap_or_default()),
        families,
        reference,
    }
}

/// Which digits the numbers have; `None` where nothing is said.
fn digit_choice(values: &FactMap, languages: &[(Language, Range<usize>)]) -> Option<DigitChoice> {
    match values.get("digits")? {
        Fact::Table(by_language) => {
            let mut choice = DigitChoice::default();
            for (language, _) in languages {
                let digits = by_language.get(language.code());
                if let Some(digits) = digits.and_then(|digits| chosen(digits, Digits::ALL, Digits::key)) {
                    choice.set(*language, digits);
                }
            }
            Some(choice)
        }
        word => chosen(word, Digits::ALL, Digits::key).map(DigitChoice::all),
    }
}

/// The families of `[fonts]`.
fn font_choice(values: &FactMap) -> FontChoice {
    let mut choice = FontChoice::default();
    for (key, family) in table(values, "fonts").into_iter().flatten() {
        if let (Some(script), Fact::Text(family)) = (Script::from_key(key), family) {
            choice.set(script, family.clone());
        }
    }
    choice
}

/// The facts of a kind among all values.
fn of_kind(kind: Kind, values: &FactMap) -> FactMap {
    let facts = kind.definition().facts.iter();
    facts
        .filter_map(|fact| Some((fact.name.clone(), values.get(&fact.name)?.clone())))
        .collect()
}

fn table<'a>(values: &'a FactMap, key: &str) -> Option<&'a FactMap> {
    match values.get(key) {
        Some(Fact::Table(table)) => Some(table),
        _ => None,
    }
}

fn text(values: &FactMap, key: &str) -> Option<String> {
    match values.get(key) {
        Some(Fact::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// The choice of a word.
fn chosen<T: Copy>(fact: &Fact, all: &[T], key: fn(T) -> &'static str) -> Option<T> {
    let Fact::Word(word) = fact else { return None };
    all.iter().copied().find(|one| key(*one) == word)
}

fn layout_choice(layout: &FactMap) -> LayoutChoice {
    let usual = LayoutChoice::default();
    let flag = |key: &str, usual: bool| match layout.get(key) {
        Some(Fact::Flag(flag)) => *flag,
        _ => usual,
    };
    let breaks = layout
        .get("breaks")
        .and_then(|fact| chosen(fact, Breaks::ALL, Breaks::key));
    let arrangement = layout
        .get("arrangement")
        .and_then(|fact| chosen(fact, Arrangement::ALL, Arrangement::key));
    LayoutChoice {
        kashida: flag("kashida", usual.kashida),
        hyphenate: flag("hyphenate", usual.hyphenate),
        breaks: breaks.unwrap_or(usual.breaks),
        arrangement: arrangement.unwrap_or(usual.arrangement),
        reference: None,
    }
}

/// Tells of days that do not follow each other as the kind has it.
fn order(
    kind: Kind,
    values: &FactMap,
    places: &std::collections::BTreeMap<String, Range<usize>>,
    file: &Arc<SourceFile>,
    diagnostics: &mut Diagnostics,
) {
    for [earlier, later] in &kind.definition().checks.order {
        let (Some(Fact::Day(first)), Some(Fact::Day(second)), Some(span)) =
            (values.get(earlier), values.get(later), places.get(later))
        else {
            continue;
        };
        if second < first {
            let fault = Diagnostic::error(format!("`{later}`, {second}, is before `{earlier}`, {first}"));
            let fault = fault.rule("day-order").at(file, span.clone());
            diagnostics.push(fault.hint(format!("check `{earlier}` and `{later}`: year, month, day")));
        }
    }
}

/// Where what a key seems to say is written, when that is not in `document.toml`.
fn meant(key: &str) -> Option<&'static str> {
    Some(match key.to_lowercase().replace('_', "-").as_str() {
        "title" | "subject" | "heading" | "name" => "the title is the `# ` line of `ar.md`, `en.md` …",
        "number" | "no" => "the number before the title comes from `symbol`",
        "date" => "write `adopted = …` for the day of adoption, `issued = …` for that of issue",
        "lang" | "language" => "write `languages = [\"ar\", \"en\"]`, the leading one first",
        "notes" | "footnotes" => "notes are written in the text: `[^1]` and `[^1]: …`",
        "annex" | "annexes" => "an annex starts with a `## ` line of the text",
        "template" => "a template is named on the command line: `qarar build --template FILE`",
        "paper" | "page" | "page-size" | "margin" | "margins" | "font-size" => {
            "the paper and the sizes are those of the template: docs/templates.md"
        }
        "font" | "font-family" => "write `[fonts]` and below it `arabic = \"…\"`, `latin = \"…\"`",
        "output" | "out" => "the folder of the editions is named on the command line: `qarar build --output DIR`",
        _ => return None,
    })
}

/// The languages, and whether there was no fault in them.
fn languages<'a>(
    table: &mut Tables<'a, '_>,
    place: &Place<'a>,
    known: &KnownLanguages,
) -> (Vec<(Language, Range<usize>)>, bool) {
    let Some(value) = place.0.get("languages") else {
        return (Vec::new(), false);
    };
    let Some(values) = list(table, "languages", value) else {
        return (Vec::new(), false);
    };
    let mut languages: Vec<(Language, Range<usize>)> = Vec::new();
    let count = values.len();
    for value in values {
        let Some(language) = language(table, value, known) else {
            continue;
        };
        if let Some((_, first)) = languages.iter().find(|(other, _)| *other == language) {
            let fault =
                Diagnostic::error(format!("the language `{}` is given twice", language.code())).rule("language-twice");
            table.fault_beside(
                fault.hint("keep one of the two"),
                value.span(),
                first.clone(),
                "the first time",
            );
            continue;
        }
        languages.push((language, value.span()));
    }
    if count == 0 {
        let fault = Diagnostic::error("the document has no language").rule("languages-empty");
        table.fault_at(
            fault.hint("name at least one, the leading one first: `languages = [\"ar\", \"en\"]`"),
            value.span(),
        );
    }
    let fit = languages.len() == count && count > 0;
    (languages, fit)
}

fn unofficial<'a>(
    table: &mut Tables<'a, '_>,
    languages: &[(Language, Range<usize>)],
    place: &Place<'a>,
    known: &KnownLanguages,
) -> Option<Vec<Language>> {
    let Some(value) = place.0.get("unofficial") else {
        return Some(Vec::new());
    };
    let values = list(table, "unofficial", value)?;
    let mut unofficial = Vec::new();
    for value in values {
        let language = language(table, value, known)?;
        if !languages.iter().any(|(other, _)| *other == language) {
            let fault = Diagnostic::error(format!("`{}` is no language of this document", language.code()))
                .rule("language-unofficial");
            table.fault_at(
                fault.hint("name it in `languages` too, or take it away here"),
                value.span(),
            );
        }
        if !unofficial.contains(&language) {
            unofficial.push(language);
        }
    }
    Some(unofficial)
}

fn language(
    table: &mut Tables<'_, '_>,
    value: &toml::Spanned<DeValue<'_>>,
    known: &KnownLanguages,
) -> Option<Language> {
    let DeValue::String(code) = value.get_ref() else {
        table.wrong_type("a language", "its code in quotation marks, as `\"ar\"`", value);
        return None;
    };
    let found = known.of(code);
    if found.is_none() && !known.is_faulty(code) {
        let fault = Diagnostic::error(format!("unknown language `{code}`")).rule("language-unknown");
        let named = known.all().into_iter().find(|l| {
            l.iso_639_2() == code.as_ref() || l.name().eq_ignore_ascii_case(code) || l.code().eq_ignore_ascii_case(code)
        });
        let fault = match named {
            Some(language) => {
                let meant = format!("\"{}\"", language.code());
                fault.hint(format!("write `{meant}`")).fix(meant)
            }
            None => fault.hint(known.told(code)),
        };
        table.fault_at(fault, value.span());
    }
    found
}

/// The values of a list of languages.
fn list<'a>(
    table: &mut Tables<'a, '_>,
    key: &str,
    value: &'a toml::Spanned<DeValue<'a>>,
) -> Option<Vec<&'a toml::Spanned<DeValue<'a>>>> {
    let DeValue::Array(values) = value.get_ref() else {
        table.wrong_type(
            &format!("`{key}`"),
            &format!("a list: `{key} = [\"ar\", \"en\"]`"),
            value,
        );
        return None;
    };
    Some(values.iter().collect())
}
