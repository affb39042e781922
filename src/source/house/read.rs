//! What `house.toml` says, with every fault of it told in one run.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ink::{Colour, FAINT, UNSEEN};
use crate::kind::{Fact, FactMap, Field, Kind, Sentence, Side, taken};
use crate::locale::{Language, Script};
use crate::model::{Colours, House, Logo, Margins, PAGE_FIELDS, Paper, PaperSize, Places, Round};
use crate::source::kinds::{Kinds, built_in_kind, kind_names};
use crate::source::pictures::logo;
use crate::source::table::{Tables, notation};
use crate::text::{SourceFile, nearest};

/// What `house.toml` says, with the places that later checks need.
#[derive(Debug)]
pub(crate) struct ParsedHouse {
    /// The file.
    pub(crate) file: Arc<SourceFile>,
    /// The house; `None` where something of it is at fault.
    pub(crate) house: Option<House>,
    /// The characters of what it says that are not ASCII, each where it stands first.
    pub(crate) characters: BTreeMap<char, Range<usize>>,
    /// The font families that it names, with their places.
    pub(crate) families: Vec<(String, Range<usize>)>,
}

/// The document that a house is read for.
pub(crate) struct Setting<'a> {
    /// Its languages.
    pub(crate) languages: Vec<Language>,
    /// Its kind.
    pub(crate) kind: Kind,
    /// The kinds that there are.
    pub(crate) kinds: &'a Kinds,
}

/// Whether a file names an organization.
pub(in crate::source) fn names_organization(file: &SourceFile) -> bool {
    let (root, _) = DeTable::parse_recoverable(file.text());
    root.get_ref().get("names").is_some()
}

/// Reads a `house.toml`.
pub(in crate::source) fn parse(
    file: &Arc<SourceFile>,
    setting: &Setting<'_>,
    diagnostics: &mut Diagnostics,
) -> ParsedHouse {
    let (root, errors) = DeTable::parse_recoverable(file.text());
    let broken = notation(file, root.get_ref(), &[], &errors, diagnostics);
    let mut tables = Tables::new(file, &broken, diagnostics);
    tables.languages.clone_from(&setting.languages);
    let said = tables.table("", &keys::house(), &(root.get_ref(), root.span()));
    let fields = std::mem::take(&mut tables.fields);
    let places = std::mem::take(&mut tables.places);
    let families = places.iter().filter(|(path, _)| path.starts_with("type.families."));
    let mut reader = Reader {
        tables,
        places: &places,
    };
    reader.fields(&fields, setting);
    let said = said.unwrap_or_default();
    let paper = reader.paper(table(&said, "paper"));
    let colours = reader.colours(table(&said, "colours"));
    let logo = reader.logo(table(&said, "logo"));
    let is_whole = !reader.tables.at_fault && errors.is_empty();
    let typeface = table(&said, "type");
    let of_scripts = |key: &str| {
        let of = typeface.and_then(|typeface| table(typeface, key));
        of.into_iter()
            .flatten()
            .filter_map(|(script, fact)| Some((Script::from_key(script)?, fact)))
    };
    let house = House {
        names: texts(said.get("names")),
        logo,
        paper,
        families: of_scripts("families")
            .filter_map(|(script, fact)| Some((script, text(fact)?)))
            .collect(),
        sizes: of_scripts("size")
            .filter_map(|(script, fact)| Some((script, measured(fact)?)))
            .collect(),
        leading: typeface.and_then(|typeface| measured(typeface.get("leading")?)),
        colours,
        head: table(&said, "head").map(round),
        foot: table(&said, "foot").map(round),
        notice: texts(said.get("notice")),
        watermark: texts(said.get("watermark")),
        line_numbers: match said.get("line-numbers") {
            Some(Fact::Flag(true)) => Some(1),
            Some(Fact::Number(every)) => u16::try_from(*every).ok(),
            _ => None,
        },
        cover: texts(said.get("cover")),
    };
    let named = |(path, span): (&String, &Range<usize>)| {
        let script = Script::from_key(path.rsplit('.').next()?)?;
        let family = house.families.iter().find(|(other, _)| *other == script)?;
        Some((family.1.clone(), span.clone()))
    };
    let families = families.filter_map(named).collect();
    let mut characters = BTreeMap::new();
    for key in ["names", "head", "foot", "notice", "watermark", "cover"] {
        if let Some(value) = root.get_ref().get(key) {
            collect(value, file, &mut characters);
        }
    }
    ParsedHouse {
        characters,
        house: is_whole.then_some(house),
        families,
        file: Arc::clone(file),
    }
}

/// The characters of all texts of a value, with their places.
fn collect(value: &Spanned<DeValue<'_>>, file: &SourceFile, characters: &mut BTreeMap<char, Range<usize>>) {
    match value.get_ref() {
        DeValue::String(_) => {
            let span = value.span();
            for (at, c) in file.slice(span.clone()).char_indices().filter(|(_, c)| !c.is_ascii()) {
                let at = span.start + at;
                let place = characters.entry(c).or_insert(at..at + c.len_utf8());
                if at < place.start {
                    *place = at..at + c.len_utf8();
                }
            }
        }
        DeValue::Array(values) => values.iter().for_each(|value| collect(value, file, characters)),
        DeValue::Table(table) => table.iter().for_each(|(_, value)| collect(value, file, characters)),
        _ => {}
    }
}

struct Reader<'a, 'd> {
    tables: Tables<'a, 'd>,
    places: &'a BTreeMap<String, Range<usize>>,
}

impl Reader<'_, '_> {
    fn fault(&mut self, path: &str, fault: Diagnostic) {
        let span = self.places.get(path).cloned().unwrap_or_default();
        self.tables.fault_at(fault, span);
    }

    /// Tells of fields that neither a page nor a fact of any kind has.
    fn fields(&mut self, fields: &[(Field, Range<usize>)], setting: &Setting<'_>) {
        let is_fact = |kind: Kind, field: &Field| taken(&kind.definition().facts, &field.path).is_some();
        let mut told: Vec<&Field> = Vec::new();
        for (field, span) in fields {
            let name = field.path.join(".");
            if PAGE_FIELDS.contains(&name.as_str()) || is_fact(setting.kind, field) || told.contains(&field) {
                continue;
            }
            // A house is that of documents of other kinds too: their sentences are not printed here.
            let mut others = kind_names().into_iter().filter_map(|name| built_in_kind(&name));
            let own = setting.kinds.names();
            let mut found = own
                .iter()
                .filter_map(|name| setting.kinds.find(name, &mut Diagnostics::default()));
            if others.any(|kind| is_fact(kind, field)) || found.any(|kind| is_fact(kind, field)) {
                continue;
            }
            told.push(field);
            let facts = setting.kind.definition().facts.iter().map(|fact| fact.name.as_str());
            let known: Vec<&str> = PAGE_FIELDS.into_iter().chain(facts).collect();
            let hint = match nearest(&name, known.iter().copied()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!("there are {}", known.join(", ")),
            };
            let fault = Diagnostic::error(format!("there is nothing called `{name}`")).rule("label-unknown");
            self.tables.fault_at(fault.hint(hint), span.clone());
        }
    }

    fn logo(&mut self, said: Option<&FactMap>) -> Option<Logo> {
        /// How high a logo is where nothing is said, in millimetres.
        const HEIGHT: f64 = 15.0;
        let said = said?;
        let name = text(said.get("file")?)?;
        let folder = self.tables.file.path().parent().map(Path::to_owned).unwrap_or_default();
        let picture = match logo(&folder, &name) {
            Ok(picture) => picture,
            Err((message, hint)) => {
                self.fault("logo.file", Diagnostic::error(message).rule("picture").hint(hint));
                return None;
            }
        };
        let align = match said.get("align") {
            Some(Fact::Word(word)) => Side::ALL.iter().find(|(name, _)| name == word).map(|(_, side)| *side),
            _ => None,
        };
        Some(Logo {
            picture,
            alternative: texts(said.get("alternative")),
            height: said.get("height").and_then(measured).unwrap_or(HEIGHT),
            align: align.unwrap_or(Side::Start),
        })
    }

    fn paper(&mut self, said: Option<&FactMap>) -> Paper {
        let Some(said) = said else { return Paper::default() };
        let length = |key: &str| said.get(key).and_then(measured);
        let named = match said.get("size") {
            Some(Fact::Word(name)) => PaperSize::ALL.iter().find(|(known, _)| known == name),
            _ => None,
        };
        let size = match (named, length("width"), length("height")) {
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
                let key = if said.contains_key("width") { "width" } else { "height" };
                let fault = Diagnostic::error(format!("`paper.{key}` stands beside `paper.size`")).rule("key-twice");
                self.fault(&format!("paper.{key}"), fault.hint("keep the one or the other"));
                None
            }
            (Some((_, size)), None, None) => Some(size.millimetres()),
            (None, Some(width), Some(height)) => Some((width, height)),
            (None, None, None) => None,
            (None, width, _) => {
                let (has, lacks) = if width.is_some() {
                    ("width", "height")
                } else {
                    ("height", "width")
                };
                let fault = Diagnostic::error(format!("the key `paper.{lacks}` is missing")).rule("key-missing");
                let hint = format!("add `{lacks} = 297`, in millimetres, or write `size = \"A4\"`");
                self.fault(&format!("paper.{has}"), fault.hint(hint));
                None
            }
        };
        let margin = |key: &str| table(said, "margins").and_then(|margins| measured(margins.get(key)?));
        let (inner, outer) = (margin("inner"), margin("outer"));
        let margins = Margins {
            top: margin("top"),
            bottom: margin("bottom"),
            inner: inner.or(outer),
            outer: outer.or(inner),
        };
        self.room(size, &margins);
        Paper { size, margins }
    }

    /// Tells of margins that leave too little of the paper.
    fn room(&mut self, size: Option<(f64, f64)>, margins: &Margins) {
        /// The least that text needs either way, in millimetres.
        const LEAST: f64 = 50.0;
        let (width, height) = size.unwrap_or(PaperSize::A4.millimetres());
        let across = width - margins.inner.unwrap_or(18.0) - margins.outer.unwrap_or(18.0);
        let down = height - margins.top.unwrap_or(30.0) - margins.bottom.unwrap_or(24.0);
        if across >= LEAST && down >= LEAST {
            return;
        }
        let (across, down) = (across.max(0.0), down.max(0.0));
        let fault = Diagnostic::error(format!("the margins leave {across:.0} by {down:.0} mm of the paper"));
        let path = if self.places.contains_key("paper.margins") {
            "paper.margins"
        } else {
            "paper"
        };
        let hint = format!("text needs {LEAST} by {LEAST} mm: take smaller margins, or larger paper");
        self.fault(path, fault.rule("margins").hint(hint));
    }

    fn colours(&mut self, said: Option<&FactMap>) -> Colours {
        let mut colour = |key: &str, least: f64, what: &str| {
            let colour = said?.get(key).and_then(text).and_then(|written| colour(&written))?;
            let contrast = colour.contrast(Colour::WHITE);
            if contrast < least {
                let fault = Diagnostic::error(format!(
                    "{colour} is too light for {what}: it has a contrast of {contrast:.1} with the paper"
                ));
                let hint = format!("take a darker colour: {what} need {least} at the least");
                self.fault(&format!("colours.{key}"), fault.rule("colour").hint(hint));
            }
            Some(colour)
        };
        Colours {
            text: colour("text", FAINT, "letters"),
            headings: colour("headings", FAINT, "letters"),
            rules: colour("rules", UNSEEN, "rules"),
        }
    }
}

fn table<'a>(said: &'a FactMap, key: &str) -> Option<&'a FactMap> {
    match said.get(key) {
        Some(Fact::Table(table)) => Some(table),
        _ => None,
    }
}

fn text(fact: &Fact) -> Option<String> {
    match fact {
        Fact::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn measured(fact: &Fact) -> Option<f64> {
    match fact {
        Fact::Measure(number) => Some(*number),
        _ => None,
    }
}

/// The texts of each language.
fn texts(fact: Option<&Fact>) -> BTreeMap<Language, String> {
    match fact {
        Some(Fact::Texts(texts)) => texts.clone(),
        Some(Fact::Spoken(facts)) => facts
            .iter()
            .filter_map(|(language, fact)| Some((*language, text(fact)?)))
            .collect(),
        _ => BTreeMap::new(),
    }
}

/// The sentences of each language.
fn sentences(fact: Option<&Fact>) -> BTreeMap<Language, Vec<Sentence>> {
    let Some(Fact::Spoken(facts)) = fact else {
        return BTreeMap::new();
    };
    let read = |fact: &Fact| match fact {
        // Those that are none were told of.
        Fact::List(items) => items
            .iter()
            .filter_map(|item| Sentence::read(&text(item)?).ok())
            .collect(),
        _ => Vec::new(),
    };
    facts.iter().map(|(language, fact)| (*language, read(fact))).collect()
}

fn places(said: &FactMap) -> Places {
    Places {
        inner: sentences(said.get("inner")),
        center: sentences(said.get("center")),
        outer: sentences(said.get("outer")),
    }
}

fn round(said: &FactMap) -> Round {
    Round {
        other: places(said),
        first: table(said, "first").map(places).unwrap_or_default(),
    }
}

/// The colour of `#rrggbb` or `#rgb`.
fn colour(written: &str) -> Option<Colour> {
    let digits = written.strip_prefix('#')?;
    let part = |at: usize| {
        let part = match digits.len() {
            3 => digits.get(at..=at)?.repeat(2),
            _ => digits.get(2 * at..2 * at + 2)?.to_owned(),
        };
        Some(f64::from(u8::from_str_radix(&part, 16).ok()?) / 255.0)
    };
    Some(Colour {
        red: part(0)?,
        green: part(1)?,
        blue: part(2)?,
    })
}
