//! `kind.toml`: what a kind of document is, with every fault of it told in one run.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Files, labels};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::{
    Checks, Counted, Definition, Division, Fact, FactDefinition, FactMap, Has, Kind, LineDefinition, LineLook,
    LinePlace, Metadata, Pattern, Side, Structure, Taken, Takes, TextForm, is_name, taken,
};
use crate::source::facts::known::{self, needed, optional};
use crate::source::table::{Broken, Tables, notation};
use crate::text::SourceFile;

/// The kind of a folder. Faults go to `diagnostics`; `None` where there is one.
pub(super) fn kind(name: &str, files: &Files, diagnostics: &mut Diagnostics) -> Option<Kind> {
    let file = files.get("kind.toml")?;
    let (root, errors) = DeTable::parse_recoverable(file.text());
    let broken = notation(file, root.get_ref(), &[], &errors, diagnostics);
    let whole = errors.is_empty();
    let mut definition = Reader::new(file, &broken, diagnostics).definition(name, root.get_ref(), root.span());
    let mut words = labels::read(files, definition.as_ref(), diagnostics)?;
    let definition = definition.as_mut().filter(|_| whole)?;
    std::mem::swap(&mut definition.labels, &mut words);
    Some(Kind::of(definition.clone()))
}

/// The kind with words of a document in place of its own.
pub(super) fn with_labels(kind: Kind, files: &Files, diagnostics: &mut Diagnostics) -> Option<Kind> {
    let mut definition = kind.definition().clone();
    let words = labels::read_over(files, &definition, diagnostics)?;
    for (code, own) in words {
        definition.labels.entry(code).or_default().extend(own);
    }
    Some(Kind::of(definition))
}

/// The names under which a template has other things than lines.
const RESERVED: [&str; 17] = [
    "masthead",
    "notice",
    "front",
    "titled",
    "number",
    "title",
    "below-title",
    "blocks",
    "annexes",
    "closing",
    "closing-lines",
    "signatures",
    "end",
    "notes",
    "labels",
    "label-groups",
    "cover",
];

/// Reads a `kind.toml`.
struct Reader<'a, 'd> {
    tables: Tables<'a, 'd>,
    /// Whether all facts could be read, and all lines: else that one is missing is no fault of its own.
    facts_fit: bool,
    lines_fit: bool,
}

/// A table with its place.
type Inner<'a> = (&'a DeTable<'a>, Range<usize>);

impl<'a, 'd> Reader<'a, 'd> {
    fn new(file: &'a Arc<SourceFile>, broken: &'a Broken, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            tables: Tables::new(file, broken, diagnostics),
            facts_fit: true,
            lines_fit: true,
        }
    }

    fn definition(&mut self, name: &str, root: &'a DeTable<'a>, span: Range<usize>) -> Option<Definition> {
        let keys = [
            needed("about", Takes::Text, "What the kind is, in a sentence."),
            optional("facts", Takes::Table(Vec::new()), "The facts of its documents."),
            optional("structure", Takes::Table(Vec::new()), "What its text consists of."),
            optional(
                "lines",
                Takes::Table(Vec::new()),
                "The lines that are made of its facts.",
            ),
            optional("metadata", Takes::Table(Vec::new()), "What the file says of itself."),
            optional("checks", Takes::Table(Vec::new()), "What is checked of its documents."),
        ];
        self.tables.unknown("", &keys, root);
        let about = self.tables.key("", &keys[0], &(root, span));
        let before = self.tables.at_fault;
        let facts = self.facts(root);
        self.facts_fit = before == self.tables.at_fault;
        let structure = self.structure(root);
        let before = std::mem::replace(&mut self.tables.at_fault, false);
        let lines = self.lines(root, &facts);
        self.lines_fit = !self.tables.at_fault;
        self.tables.at_fault |= before;
        let metadata = self.metadata(root, &lines, &facts);
        let checks = self.checks(root, &facts);
        let Some(Fact::Text(about)) = about else { return None };
        (!self.tables.at_fault).then_some(Definition {
            name: name.to_owned(),
            about,
            facts,
            lines,
            structure,
            metadata,
            checks,
            labels: Default::default(),
        })
    }

    /// A table inside the file.
    fn inner(&mut self, table: &'a DeTable<'a>, key: &str) -> Option<Inner<'a>> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::Table(inner) => Some((inner, value.span())),
            _ => {
                let expected = format!("its keys below a line `[{key}]`");
                self.tables.wrong_type(&format!("`{key}`"), &expected, value);
                None
            }
        }
    }

    /// The tables of a list, `[[lines]]`.
    fn each(&mut self, table: &'a DeTable<'a>, key: &str) -> Vec<Inner<'a>> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(values) = value.get_ref() else {
            let expected = format!("each of them below a line `[[{key}]]`");
            self.tables.wrong_type(&format!("`{key}`"), &expected, value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in values.iter() {
            match value.get_ref() {
                DeValue::Table(inner) => tables.push((inner, value.span())),
                _ => self
                    .tables
                    .wrong_type(&format!("`{key}`"), &format!("each below a line `[[{key}]]`"), value),
            }
        }
        tables
    }

    fn facts(&mut self, root: &'a DeTable<'a>) -> Vec<FactDefinition> {
        let Some((table, _)) = self.inner(root, "facts") else {
            return Vec::new();
        };
        let facts = self.definitions(table, "facts");
        for fact in &facts {
            let common = known::common();
            if fact.name == "kind" || common.iter().any(|key| key.name == fact.name) {
                let fault = Diagnostic::error(format!("`{}` is a key of every document", fact.name)).rule("kind-fact");
                let key = table.keys().find(|key| key.get_ref() == fact.name.as_str());
                let span = key.map(Spanned::span).unwrap_or_default();
                self.tables.fault_at(fault.hint("give the fact another name"), span);
            }
        }
        facts
    }

    /// The facts of a table, in the order in which they are written.
    fn definitions(&mut self, table: &'a DeTable<'a>, path: &str) -> Vec<FactDefinition> {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut facts = Vec::new();
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            if !is_name(name) {
                let fault = Diagnostic::error(format!("`{name}` cannot be the name of a fact")).rule("kind-name");
                let hint = "a name starts with a small Latin letter and has these, digits and `-`";
                self.tables.fault_at(fault.hint(hint), key.span());
                continue;
            }
            let DeValue::Table(inner) = value.get_ref() else {
                let expected = format!("what it takes: `{name} = {{ takes = \"text\", about = \"…\" }}`");
                self.tables.wrong_type(&format!("`{path}.{name}`"), &expected, value);
                continue;
            };
            facts.extend(self.fact(name, &format!("{path}.{name}"), &(inner, value.span())));
        }
        facts
    }

    fn fact(&mut self, name: &str, path: &str, place: &Inner<'a>) -> Option<FactDefinition> {
        const TAKES: [&str; 11] = [
            "text", "texts", "symbol", "pattern", "word", "number", "flag", "day", "hijri", "list", "table",
        ];
        let words = TAKES.map(str::to_owned).to_vec();
        let has = |key: &str| place.0.get(key).is_some();
        let mut keys = vec![
            needed("takes", Takes::Word(words), "What it takes."),
            needed("about", Takes::Text, "What it says, for editors."),
            optional("needed", Takes::Flag, "Whether a document must have it."),
            optional("example", Takes::Text, "A value as it is written."),
        ];
        let sort = match place.0.get("takes").map(|value| value.get_ref()) {
            Some(DeValue::String(sort)) => sort.to_string(),
            _ => String::new(),
        };
        let numbers = Takes::List(Box::new(Takes::Number(i64::from(i32::MIN)..=i64::from(i32::MAX))));
        match sort.as_str() {
            "word" => keys.push(needed("words", Takes::List(Box::new(Takes::Text)), "The words.")),
            "number" => keys.push(optional("range", numbers, "The least and the most.")),
            "pattern" => {
                keys.push(needed("forms", Takes::Table(Vec::new()), "The patterns."));
                keys.push(optional("range", numbers, "The least and the most of numbers."));
            }
            "symbol" => keys.push(optional("forms", Takes::Table(Vec::new()), "The patterns.")),
            "list" => keys.push(needed("of", Takes::Table(Vec::new()), "What its items take.")),
            "table" => keys.push(needed("facts", Takes::Table(Vec::new()), "Its facts.")),
            _ => {}
        }
        self.tables.unknown(path, &keys, place.0);
        let simple = |key: &&FactDefinition| !matches!(key.name.as_str(), "forms" | "of" | "facts");
        let read: FactMap = keys
            .iter()
            .filter(simple)
            .filter_map(|key| Some((key.name.clone(), self.tables.key(path, key, place)?)))
            .collect();
        for key in keys.iter().filter(|key| !simple(key) && key.needed && !has(&key.name)) {
            let fault = Diagnostic::error(format!("the key `{path}.{}` is missing", key.name)).rule("key-missing");
            self.tables
                .fault_at(fault.hint(format!("add `{} = {{ … }}`", key.name)), place.1.clone());
        }
        let takes = match sort.as_str() {
            "text" => Takes::Text,
            "texts" => Takes::Texts,
            "symbol" => Takes::Symbol(self.forms(path, place)),
            "pattern" => Takes::Pattern {
                patterns: self.forms(path, place),
                numbers: self.range(path, &read),
            },
            "word" => Takes::Word(texts(read.get("words"))),
            "number" => Takes::Number(self.range(path, &read)),
            "flag" => Takes::Flag,
            "day" => Takes::Day,
            "hijri" => Takes::Hijri,
            "list" => {
                let value = place.0.get("of")?;
                let DeValue::Table(inner) = value.get_ref() else {
                    self.tables.wrong_type(
                        &format!("`{path}.of`"),
                        "what an item takes: `{ takes = \"text\" }`",
                        value,
                    );
                    return None;
                };
                Takes::List(Box::new(
                    self.fact("of", &format!("{path}.of"), &(inner, value.span()))?.takes,
                ))
            }
            "table" => {
                let (inner, _) = self.inner(place.0, "facts")?;
                Takes::Table(self.definitions(inner, &format!("{path}.facts")))
            }
            _ => return None,
        };
        Some(FactDefinition {
            name: name.to_owned(),
            needed: flag(&read, "needed").unwrap_or(false),
            takes,
            about: text(&read, "about").unwrap_or_default(),
            example: text(&read, "example").unwrap_or_default(),
        })
    }

    /// The patterns of a fact, in the order in which they are written.
    fn forms(&mut self, path: &str, place: &Inner<'a>) -> Vec<Pattern> {
        let Some((table, _)) = self.inner(place.0, "forms") else {
            return Vec::new();
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut patterns = Vec::new();
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            let Some(written) = self.tables.text(&format!("{path}.forms.{name}"), value) else {
                continue;
            };
            match Pattern::read(name, &written) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => {
                    let fault =
                        Diagnostic::error(format!("`{written}` is not a pattern: {error}")).rule("kind-pattern");
                    let hint =
                        "a pattern is written as `A/RES/{session:number}/{number:number}`; docs/kinds.md tells more";
                    self.tables.fault_at(fault.hint(hint), value.span());
                }
            }
        }
        patterns
    }

    fn range(&mut self, path: &str, read: &FactMap) -> std::ops::RangeInclusive<i64> {
        const USUAL: std::ops::RangeInclusive<i64> = 1..=u16::MAX as i64;
        let Some(Fact::List(numbers)) = read.get("range") else {
            return USUAL;
        };
        match numbers[..] {
            [Fact::Number(least), Fact::Number(most)] if least <= most => least..=most,
            _ => {
                let fault = Diagnostic::error(format!("`{path}.range` is not a range")).rule("kind-range");
                let span = self
                    .tables
                    .places
                    .get(&format!("{path}.range"))
                    .cloned()
                    .unwrap_or_default();
                self.tables
                    .fault_at(fault.hint("write the least and the most: `range = [1, 100]`"), span);
                USUAL
            }
        }
    }

    fn structure(&mut self, root: &'a DeTable<'a>) -> Structure {
        let Some(place) = self.inner(root, "structure") else {
            return Structure::default();
        };
        let keys = [
            optional("title", words(Has::ALL), "Whether a document has a title."),
            optional("title-align", words(Side::ALL), "At which side the title stands."),
            optional("text", words(TextForm::ALL), "The form of the text."),
            optional("closing", Takes::Flag, "Whether a part may stand after a rule."),
            optional(
                "divisions",
                Takes::Table(Vec::new()),
                "The divisions that headings start.",
            ),
        ];
        self.tables.unknown("structure", &keys, place.0);
        let read: FactMap = keys[..4]
            .iter()
            .filter_map(|key| Some((key.name.clone(), self.tables.key("structure", key, &place)?)))
            .collect();
        let mut divisions: Vec<Division> = Vec::new();
        for inner in self.each(place.0, "divisions") {
            let span = inner.1.clone();
            let Some(division) = self.division(inner) else { continue };
            if divisions.iter().any(|other| other.name == division.name) {
                let fault = Diagnostic::error(format!("the division `{}` is given twice", division.name));
                self.tables
                    .fault_at(fault.rule("kind-twice").hint("keep one of the two"), span);
                continue;
            }
            divisions.push(division);
        }
        Structure {
            title: chosen(&read, "title", Has::ALL).unwrap_or_default(),
            title_align: chosen(&read, "title-align", Side::ALL).unwrap_or_default(),
            text: chosen(&read, "text", TextForm::ALL).unwrap_or_default(),
            closing: flag(&read, "closing").unwrap_or(false),
            divisions,
        }
    }

    fn division(&mut self, place: Inner<'a>) -> Option<Division> {
        let keys = [
            needed("name", Takes::Text, "What it is called."),
            optional("level", Takes::Number(2..=6), "The level of its headings."),
            optional("annex", Takes::Flag, "Whether it stands after the closing lines."),
            optional("counted", words(Counted::ALL), "How its headings are counted."),
            optional(
                "title",
                words(Has::ALL),
                "Whether its headings have words beside the label.",
            ),
            optional("goes-on", Takes::Flag, "Whether the numbers of its paragraphs go on."),
            optional("align", words(Side::ALL), "At which side its headings stand."),
            optional("below", Takes::Flag, "Whether the words stand below the label."),
            optional(
                "size",
                Takes::Number(50..=300),
                "How large its headings are, in hundredths of the text.",
            ),
        ];
        let read = self.tables.table("structure.divisions", &keys, &place)?;
        let name = text(&read, "name")?;
        if !is_name(&name) {
            let fault = Diagnostic::error(format!("`{name}` cannot be the name of a division")).rule("kind-name");
            let span = place.0.get("name").map(Spanned::span).unwrap_or(place.1);
            let hint = "a name starts with a small Latin letter and has these, digits and `-`";
            self.tables.fault_at(fault.hint(hint), span);
            return None;
        }
        let level = match read.get("level") {
            Some(Fact::Number(level)) => u8::try_from(*level).ok(),
            _ => None,
        };
        let size = match read.get("size") {
            Some(Fact::Number(size)) => *size as f64 / 100.0,
            _ if level == Some(2) => 1.1,
            _ => 1.0,
        };
        let usual = if level == Some(2) { Side::Center } else { Side::Start };
        Some(Division {
            name,
            level,
            annex: flag(&read, "annex").unwrap_or(false),
            counted: chosen(&read, "counted", Counted::ALL).unwrap_or(Counted::Through),
            title: chosen(&read, "title", Has::ALL).unwrap_or(Has::Optional),
            goes_on: flag(&read, "goes-on").unwrap_or(false),
            align: chosen(&read, "align", Side::ALL).unwrap_or(usual),
            below: flag(&read, "below").unwrap_or(false),
            size,
        })
    }

    fn lines(&mut self, root: &'a DeTable<'a>, facts: &[FactDefinition]) -> Vec<LineDefinition> {
        let mut lines: Vec<LineDefinition> = Vec::new();
        for place in self.each(root, "lines") {
            let span = place.0.get("name").map_or(place.1.clone(), Spanned::span);
            let Some(line) = self.line(&place, facts) else { continue };
            // What templates have other things under.
            let is_at_home =
                LinePlace::ALL.contains(&(line.name.as_str(), line.place)) || line.place == LinePlace::Title;
            if RESERVED.contains(&line.name.as_str()) && !is_at_home {
                let fault =
                    Diagnostic::error(format!("`{}` cannot be the name of a line", line.name)).rule("kind-name");
                self.tables.fault_at(
                    fault.hint("templates have something else under it: give it another name"),
                    span,
                );
                continue;
            }
            if lines.iter().any(|other| other.name == line.name) {
                let fault = Diagnostic::error(format!("the line `{}` is given twice", line.name)).rule("kind-twice");
                self.tables.fault_at(fault.hint("give one of them another name"), span);
                continue;
            }
            lines.push(line);
        }
        // They are read in the order of the document.
        lines.sort_by_key(|line| line.place);
        lines
    }

    fn line(&mut self, place: &Inner<'a>, facts: &[FactDefinition]) -> Option<LineDefinition> {
        let styles: &[(&str, ())] = &[("plain", ()), ("strong", ()), ("emphasis", ()), ("strong emphasis", ())];
        let keys = [
            needed("name", Takes::Text, "What it is called."),
            needed("place", words(LinePlace::ALL), "Where it stands."),
            optional(
                "by",
                Takes::Text,
                "The fact whose word says which of its sentences is taken.",
            ),
            optional(
                "each",
                Takes::Text,
                "The list of facts for each of which it is printed.",
            ),
            optional("style", words(styles), "How its letters look."),
            optional("align", words(Side::ALL), "At which side it stands."),
            optional("above", Takes::Number(0..=200), "The room above it, in points."),
            optional(
                "above-beside",
                Takes::Number(0..=200),
                "The same where languages stand side by side.",
            ),
        ];
        let read = self.tables.table("lines", &keys, place)?;
        let name = text(&read, "name")?;
        let points = |key: &str| match read.get(key) {
            Some(Fact::Number(points)) => Some(*points as f64),
            _ => None,
        };
        let style = match read.get("style") {
            Some(Fact::Word(style)) => style.clone(),
            _ => String::new(),
        };
        let by = text(&read, "by").map(|by| by.split('.').map(str::to_owned).collect::<Vec<_>>());
        if let Some(by) = &by
            && !matches!(taken(facts, by), Some(Taken::Part | Taken::Fact(Takes::Word(_))))
        {
            self.no_fact(place, "by", "a word or the form of a pattern", &by.join("."));
        }
        let each = text(&read, "each");
        if let Some(each) = &each
            && !matches!(
                taken(facts, std::slice::from_ref(each)),
                Some(Taken::Fact(Takes::List(_)))
            )
        {
            self.no_fact(place, "each", "a list", each);
        }
        Some(LineDefinition {
            name,
            place: chosen(&read, "place", LinePlace::ALL)?,
            by,
            each,
            look: LineLook {
                strong: style.contains("strong"),
                emphasis: style.contains("emphasis"),
                align: chosen(&read, "align", Side::ALL),
                above: points("above"),
                above_beside: points("above-beside"),
            },
        })
    }

    /// Tells of a name that should be one of a fact of some type.
    fn no_fact(&mut self, place: &Inner<'a>, key: &str, what: &str, name: &str) {
        if !self.facts_fit {
            return;
        }
        let fault = Diagnostic::error(format!("`{name}` is no fact of this kind that takes {what}")).rule("kind-fact");
        let span = place.0.get(key).map_or(place.1.clone(), Spanned::span);
        self.tables
            .fault_at(fault.hint(format!("name one of `[facts]` that takes {what}")), span);
    }

    fn metadata(&mut self, root: &'a DeTable<'a>, lines: &[LineDefinition], facts: &[FactDefinition]) -> Metadata {
        let Some(place) = self.inner(root, "metadata") else {
            return Metadata::default();
        };
        let list = || Takes::List(Box::new(Takes::Text));
        let keys = [
            optional("authors", list(), "The lines that name its authors."),
            optional("description", list(), "The lines that describe it."),
            optional(
                "title",
                list(),
                "The lines that are its title where a document has none.",
            ),
            optional("identifier", Takes::Text, "The fact of its identifier."),
            optional("date", Takes::Text, "The fact of its day."),
        ];
        let Some(read) = self.tables.table("metadata", &keys, &place) else {
            return Metadata::default();
        };
        let [authors, description, title] = ["authors", "description", "title"].map(|key| texts(read.get(key)));
        for (key, names) in [("authors", &authors), ("description", &description), ("title", &title)] {
            for name in names
                .iter()
                .filter(|_| self.lines_fit)
                .filter(|name| !lines.iter().any(|line| line.name == **name))
            {
                let fault = Diagnostic::error(format!("`{name}` is no line of this kind")).rule("kind-line");
                let span = place.0.get(key).map_or(place.1.clone(), Spanned::span);
                self.tables.fault_at(fault.hint("name lines of `[[lines]]`"), span);
            }
        }
        let (identifier, date) = (text(&read, "identifier"), text(&read, "date"));
        if let Some(name) = &identifier {
            let is_text = |takes: &Takes| matches!(takes, Takes::Text | Takes::Symbol(_) | Takes::Pattern { .. });
            if !facts.iter().any(|fact| fact.name == *name && is_text(&fact.takes)) {
                self.no_fact(&place, "identifier", "a text", name);
            }
        }
        let path = |name: &str| name.split('.').map(str::to_owned).collect::<Vec<_>>();
        if let Some(name) = &date
            && taken(facts, &path(name)) != Some(Taken::Fact(&Takes::Day))
        {
            self.no_fact(&place, "date", "a day", name);
        }
        Metadata {
            authors,
            description,
            title,
            identifier,
            date,
        }
    }

    fn checks(&mut self, root: &'a DeTable<'a>, facts: &[FactDefinition]) -> Checks {
        let Some(place) = self.inner(root, "checks") else {
            return Checks::default();
        };
        let keys = [
            optional("opening", Takes::Text, "The fact whose words the opening names."),
            optional("order", Takes::List(Box::new(Takes::Text)), "Days in their order."),
        ];
        let Some(read) = self.tables.table("checks", &keys, &place) else {
            return Checks::default();
        };
        let opening = text(&read, "opening");
        if let Some(name) = &opening
            && !facts
                .iter()
                .any(|fact| fact.name == *name && matches!(fact.takes, Takes::Word(_)))
        {
            self.no_fact(&place, "opening", "a word", name);
        }
        let days = texts(read.get("order"));
        for name in &days {
            if !facts.iter().any(|fact| fact.name == *name && fact.takes == Takes::Day) {
                self.no_fact(&place, "order", "a day", name);
            }
        }
        let order = days.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect();
        Checks { opening, order }
    }
}

fn words<T>(all: &[(&'static str, T)]) -> Takes {
    Takes::Word(all.iter().map(|(name, _)| (*name).to_owned()).collect())
}

fn chosen<T: Copy>(read: &FactMap, key: &str, all: &[(&'static str, T)]) -> Option<T> {
    let Some(Fact::Word(word)) = read.get(key) else {
        return None;
    };
    all.iter().find(|(name, _)| name == word).map(|(_, one)| *one)
}

fn flag(read: &FactMap, key: &str) -> Option<bool> {
    match read.get(key) {
        Some(Fact::Flag(flag)) => Some(*flag),
        _ => None,
    }
}

fn text(read: &FactMap, key: &str) -> Option<String> {
    match read.get(key) {
        Some(Fact::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn texts(fact: Option<&Fact>) -> Vec<String> {
    let Some(Fact::List(items)) = fact else {
        return Vec::new();
    };
    let text = |item: &Fact| match item {
        Fact::Text(text) => Some(text.clone()),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}
