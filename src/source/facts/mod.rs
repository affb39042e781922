//! `document.toml`: what is true of a document in every language, with every fault of it told in one run.

mod date;
mod digits;
mod fonts;
mod keys;
mod known;
#[cfg(feature = "cli")]
mod schema;

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use keys::Table;
use known::{DOCUMENT, LAYOUT, REPORT};

#[cfg(feature = "cli")]
pub(crate) use date::day;
#[cfg(feature = "cli")]
pub(crate) use keys::is_symbol;
#[cfg(feature = "cli")]
pub(crate) use schema::schema;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::Date;
use crate::locale::{Body, Distribution, Language};
use crate::model::{Arrangement, Breaks, DigitChoice, Facts, Kind, LayoutChoice, Report};
use crate::source::KnownLanguages;
use crate::text::{SourceFile, is_invisible};

/// What `document.toml` says.
#[derive(Debug)]
pub(crate) struct ParsedFacts {
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

/// Reads `document.toml`; `known` are the languages that it can name.
pub(crate) fn parse(file: &Arc<SourceFile>, known: &KnownLanguages, diagnostics: &mut Diagnostics) -> ParsedFacts {
    let (root, errors) = DeTable::parse_recoverable(file.text());
    let broken = notation(file, root.get_ref(), &errors, diagnostics);
    let mut table = Table::new(file, root.get_ref(), root.span(), ("", DOCUMENT), &broken, diagnostics);
    table.unknown();
    let kind = table.choice("kind", Kind::ALL.iter().map(|kind| (kind.key(), *kind)));
    let symbol = table.symbol("symbol");
    let body = table.choice("body", Body::ALL.iter().map(|body| (body.key(), *body)));
    let session = table.number("session");
    let agenda_item = table.optional("agenda-item", |t, key| t.number(key));
    let report = table.optional("report", |t, key| t.table(key, REPORT, report));
    let adopted = table.date("adopted");
    let meeting = table.number("meeting");
    let distributions = Distribution::ALL
        .iter()
        .map(|distribution| (distribution.key(), *distribution));
    let distribution = table.choice("distribution", distributions);
    let issued = table.date("issued");
    let (languages, languages_fit) = languages(&mut table, known);
    let unofficial = unofficial(&mut table, &languages, known);
    let digits = table.optional("digits", |t, key| digits::choice(t, key, &languages));
    let mut families = Vec::new();
    let mut reference = None;
    let fonts = table.optional("fonts", |t, key| t.table(key, &[], |t| fonts::choice(t, &mut families)));
    let layout = table.optional("layout", |t, key| t.table(key, LAYOUT, |t| layout(t, &mut reference)));
    let at_fault = table.at_fault();
    if let (Some((adopted, _)), Some((issued, span))) = (&adopted, &issued) {
        order(*adopted, *issued, span, file, diagnostics);
    }
    let facts = || {
        Some(Facts {
            kind: kind?,
            symbol: symbol?,
            body: body?,
            session: u16::try_from(session?).ok()?,
            agenda_item: agenda_item?.and_then(|item| u16::try_from(item).ok()),
            report: report?,
            adopted: adopted?.0,
            meeting: u16::try_from(meeting?).ok()?,
            distribution: distribution?,
            issued: issued?.0,
            languages: languages.iter().map(|(language, _)| *language).collect(),
            unofficial: unofficial?,
            digits: digits.clone()?.unwrap_or_default(),
            fonts: fonts?.unwrap_or_default(),
            layout: layout?.unwrap_or_default(),
        })
    };
    let facts = if at_fault || !errors.is_empty() || !languages_fit {
        None
    } else {
        facts()
    };
    ParsedFacts {
        facts,
        languages,
        languages_fit,
        digits: digits.map(Option::unwrap_or_default),
        families,
        reference,
    }
}

fn order(adopted: Date, issued: Date, span: &Range<usize>, file: &Arc<SourceFile>, diagnostics: &mut Diagnostics) {
    if issued < adopted {
        let fault = Diagnostic::error(format!(
            "the document is issued on {issued}, before its adoption on {adopted}"
        ))
        .rule("day-order");
        diagnostics.push(
            fault
                .at(file, span.clone())
                .hint("check `adopted` and `issued`: year, month, day"),
        );
    }
}

/// Where the notation of a file is broken.
#[derive(Debug)]
struct Broken {
    /// Values that cannot be read; they were told of.
    values: Vec<Range<usize>>,
    /// From where on it is not clear what belongs to what.
    from: usize,
}

/// Tells of faults of the notation. After the first one that leaves open where a table or a text ends, all others would
/// be its echo.
fn notation(
    file: &Arc<SourceFile>,
    root: &DeTable<'_>,
    errors: &[toml::de::Error],
    diagnostics: &mut Diagnostics,
) -> Broken {
    let of_value = |message: &str| {
        const STARTS: [&str; 6] = [
            "duplicate key",
            "string values must be quoted",
            "invalid date",
            "invalid time",
            "invalid integer",
            "invalid float",
        ];
        STARTS.iter().any(|start| message.starts_with(start))
    };
    let mut places: Vec<(&str, Range<usize>)> = errors
        .iter()
        .map(|error| (error.message(), error.span().unwrap_or_default()))
        .collect();
    places.sort_by_key(|(_, span)| span.start);
    let unclear = places.iter().position(|(message, _)| !of_value(message));
    let from = unclear.map_or(usize::MAX, |at| places[at].1.start);
    let clear = unclear.map_or(places.len(), |at| at + 1);
    for (message, span) in &places[..clear] {
        // A character that cannot be seen is told of as such.
        let invisible = file.slice(span.clone()).contains(is_invisible);
        if !(invisible || date::is_told(root, span)) {
            diagnostics.push(syntax(message, file.slice(span.clone())).at(file, span.clone()));
        }
    }
    let values = places.into_iter().map(|(_, span)| span).collect();
    Broken { values, from }
}

/// A fault of the notation.
fn syntax(message: &str, source: &str) -> Diagnostic {
    let fault = Diagnostic::error(message.to_owned()).rule("toml");
    match message {
        m if m.starts_with("duplicate key") => Diagnostic::error(format!("`{}` is given twice", source.trim()))
            .rule("key-twice")
            .hint("keep one of the two"),
        m if m.starts_with("string values must be quoted") && source.is_empty() => {
            Diagnostic::error("a key without a value")
                .rule("value-missing")
                .hint("write it after the `=`, or take the line away")
        }
        m if m.starts_with("string values must be quoted") => {
            let quoted = format!("\"{source}\"");
            let fault = fault.hint(format!("write `{quoted}`"));
            match source.contains(['"', '\\']) {
                true => fault,
                false => fault.fix(quoted),
            }
        }
        _ => fault.hint("the file is TOML: `key = value` on a line of its own, texts in quotation marks"),
    }
}

fn report(table: &mut Table<'_, '_>) -> Option<Report> {
    table.unknown();
    let symbol = table.symbol("symbol");
    let committee = table.optional("committee", |t, key| t.number(key));
    Some(Report {
        symbol: symbol?,
        committee: committee?.and_then(|n| u8::try_from(n).ok()),
    })
}

fn layout(table: &mut Table<'_, '_>, file: &mut Option<(String, Range<usize>)>) -> Option<LayoutChoice> {
    table.unknown();
    let usual = LayoutChoice::default();
    let kashida = table.optional("kashida", |t, key| t.flag(key));
    let hyphenate = table.optional("hyphenate", |t, key| t.flag(key));
    let breaks = table.optional("breaks", |t, key| {
        t.choice(key, Breaks::ALL.iter().map(|b| (b.key(), *b)))
    });
    let arrangement = table.optional("arrangement", |t, key| {
        t.choice(key, Arrangement::ALL.iter().map(|a| (a.key(), *a)))
    });
    let reference = table.optional("reference", |t, key| t.text(key));
    *file = reference.clone().flatten();
    if breaks.flatten().is_some_and(|breaks| breaks != Breaks::Natural) && reference == Some(None) {
        let fault = Diagnostic::error("official breaks need the official layout").rule("breaks-without-reference");
        table.fault(
            fault.hint("name its file: `reference = \"official.ar.txt\"`; docs/pages.md tells what stands in it"),
            "breaks",
        );
    }
    reference?;
    Some(LayoutChoice {
        kashida: kashida?.unwrap_or(usual.kashida),
        hyphenate: hyphenate?.unwrap_or(usual.hyphenate),
        breaks: breaks?.unwrap_or(usual.breaks),
        arrangement: arrangement?.unwrap_or(usual.arrangement),
        reference: None,
    })
}

/// The languages, and whether there was no fault in them.
fn languages(table: &mut Table<'_, '_>, known: &KnownLanguages) -> (Vec<(Language, Range<usize>)>, bool) {
    let Some(values) = table.list("languages") else {
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
        table.fault(
            fault.hint("name at least one, the leading one first: `languages = [\"ar\", \"en\"]`"),
            "languages",
        );
    }
    let fit = languages.len() == count && count > 0;
    (languages, fit)
}

fn unofficial(
    table: &mut Table<'_, '_>,
    languages: &[(Language, Range<usize>)],
    known: &KnownLanguages,
) -> Option<Vec<Language>> {
    if !table.has("unofficial") {
        return Some(Vec::new());
    }
    let values = table.list("unofficial")?;
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

/// The language of a code. Of one whose file is at fault nothing more is told.
fn language(table: &mut Table<'_, '_>, value: &toml::Spanned<DeValue<'_>>, known: &KnownLanguages) -> Option<Language> {
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
