//! The words of a kind in its languages, `labels/ar.toml`: sentences whose fields are facts of the kind, each looked at before
//! any document is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Files;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::{
    Counted, Definition, FactDefinition, Field, Form, Labels, Levels, Sentence, Sentences, Taken, Takes, taken,
};
use crate::source::facts::known::optional;
use crate::source::table::{Tables, notation};
use crate::text::SourceFile;
use crate::text::nearest;

/// The words of all languages, by their codes; `None` where something of them is at fault. Without a definition only the
/// notation is looked at.
pub(super) fn read(
    files: &Files,
    definition: Option<&Definition>,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Labels>> {
    all(files, definition, true, diagnostics)
}

/// Words that stand in place of those of a kind: a language that the kind has needs no more than what differs.
pub(super) fn read_over(
    files: &Files,
    definition: &Definition,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Labels>> {
    all(files, Some(definition), false, diagnostics)
}

fn all(
    files: &Files,
    definition: Option<&Definition>,
    whole: bool,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Labels>> {
    let mut labels = BTreeMap::new();
    let mut at_fault = false;
    for (name, file) in files {
        let Some(code) = name.strip_prefix("labels/").and_then(|name| name.strip_suffix(".toml")) else {
            continue;
        };
        let (root, errors) = DeTable::parse_recoverable(file.text());
        let broken = notation(file, root.get_ref(), &[], &errors, diagnostics);
        at_fault |= !errors.is_empty();
        let Some(definition) = definition else { continue };
        let known = definition.labels.contains_key(code);
        let mut reader = Reader {
            tables: Tables::new(file, &broken, diagnostics),
            definition,
            whole: (whole || !known) && errors.is_empty(),
            file,
            with_words: Vec::new(),
        };
        labels.insert(code.to_owned(), reader.labels(root.get_ref()));
        at_fault |= reader.tables.at_fault;
    }
    (!at_fault).then_some(labels)
}

/// Reads the words of a language.
struct Reader<'a, 'd> {
    tables: Tables<'a, 'd>,
    definition: &'a Definition,
    /// Whether nothing of what the kind needs may be missing.
    whole: bool,
    file: &'a Arc<SourceFile>,
    /// The facts whose values have words.
    with_words: Vec<String>,
}

/// What the fields of a sentence may be.
#[derive(Clone, Copy)]
enum Scope<'a> {
    /// Facts of the document; of an item of the list of this name beside them.
    Facts(Option<&'a str>),
    /// The parts of the pattern of a fact.
    Parts(&'a Takes),
    /// Numbers, under these names.
    Numbers(&'a [&'a str]),
}

const OF_LEVEL: &[&str] = &["n", "path", "division", "division.path", "division.n"];
const OF_DIVISION: &[&str] = &["n", "path", "division", "division.path", "division.n"];
const OF_PARAGRAPH: &[&str] = &["label", "n", "path", "division", "division.n"];
const OF_INNER: &[&str] = &["paragraph", "n", "path", "division", "division.n"];

impl<'a> Reader<'a, '_> {
    fn labels(&mut self, root: &'a DeTable<'a>) -> Labels {
        let table = || Takes::Table(Vec::new());
        let keys = [
            optional("levels", Takes::Text, "The labels of paragraphs."),
            optional("levels-in", table(), "Those of the paragraphs of a division."),
            optional("lines", table(), "The sentences of lines."),
            optional("words", table(), "The words of facts."),
            optional("forms", table(), "How texts by a pattern are printed."),
            optional("divisions", table(), "The labels of divisions."),
            optional("references", table(), "How a text refers to its parts."),
        ];
        self.tables.unknown("", &keys, root);
        let levels = root.get("levels").map(|value| self.levels("levels", value));
        self.with_words = match root.get("words").map(|value| value.get_ref()) {
            Some(DeValue::Table(table)) => table.keys().map(|key| key.get_ref().to_string()).collect(),
            _ => Vec::new(),
        };
        let levels_in = self.levels_in(root);
        let words = self.words(root);
        let forms = self.forms(root);
        let lines = self.lines(root);
        let divisions = self.divisions(root);
        let references = self.references(root);
        if self.whole {
            self.missing(&lines, &divisions);
        }
        Labels {
            lines,
            words,
            forms,
            levels: levels.unwrap_or_default(),
            levels_in,
            divisions,
            references,
        }
    }

    /// The labels of paragraphs, a level each.
    fn levels(&mut self, path: &str, value: &'a Spanned<DeValue<'a>>) -> Levels {
        let DeValue::Array(values) = value.get_ref() else {
            let expected = "the label of each level: `[\"{n}.\", \"({n:letter})\"]`";
            self.tables.wrong_type(&format!("`{path}`"), expected, value);
            return Levels::new();
        };
        let values: Vec<_> = values.iter().collect();
        let level = |value: &'a Spanned<DeValue<'a>>| self.sentences(path, value, Scope::Numbers(OF_LEVEL));
        values.into_iter().map(level).collect()
    }

    fn levels_in(&mut self, root: &'a DeTable<'a>) -> BTreeMap<String, Levels> {
        let names = self
            .definition
            .structure
            .divisions
            .iter()
            .map(|division| division.name.clone());
        let known: Vec<String> = names.collect();
        let mut levels = BTreeMap::new();
        for (key, value) in self.entries(root, "levels-in") {
            let name = key.get_ref().as_ref();
            if !known.iter().any(|known| known == name) {
                self.unknown("division", name, &known, key.span());
                continue;
            }
            levels.insert(name.to_owned(), self.levels(&format!("levels-in.{name}"), value));
        }
        levels
    }

    /// The entries of a table of the file.
    fn entries(
        &mut self,
        root: &'a DeTable<'a>,
        key: &str,
    ) -> Vec<(&'a Spanned<std::borrow::Cow<'a, str>>, &'a Spanned<DeValue<'a>>)> {
        let Some(value) = root.get(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Table(table) => table.iter().collect(),
            _ => {
                let expected = format!("its keys below a line `[{key}]`");
                self.tables.wrong_type(&format!("`{key}`"), &expected, value);
                Vec::new()
            }
        }
    }

    /// Tells of a name that should be one of several.
    fn unknown(&mut self, what: &str, name: &str, known: &[String], span: std::ops::Range<usize>) {
        let fault = Diagnostic::error(format!("`{name}` is no {what} of the kind `{}`", self.definition.name));
        let fault = fault.rule("label-unknown");
        let fault = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None if known.is_empty() => fault.hint(format!("the kind has no {what}")),
            None => fault.hint(format!("it has {}", known.join(", "))),
        };
        self.tables.fault_at(fault, span);
    }

    fn lines(&mut self, root: &'a DeTable<'a>) -> BTreeMap<String, Sentences> {
        let mut lines = BTreeMap::new();
        let known: Vec<String> = self.definition.lines.iter().map(|line| line.name.clone()).collect();
        for (key, value) in self.entries(root, "lines") {
            let name = key.get_ref().as_ref();
            let Some(line) = self.definition.lines.iter().find(|line| line.name == name) else {
                self.unknown("line", name, &known, key.span());
                continue;
            };
            let path = format!("lines.{name}");
            let scope = Scope::Facts(line.each.as_deref());
            let sentences = match (value.get_ref(), &line.by) {
                (DeValue::Table(table), Some(by)) => {
                    let mut of_words = BTreeMap::new();
                    let words = self.words_of(by);
                    for (word, value) in table.iter() {
                        let name = word.get_ref().as_ref();
                        if name != "other" && !words.iter().any(|word| word == name) {
                            self.unknown(&format!("`{}`", by.join(".")), name, &words, word.span());
                        }
                        of_words.insert(name.to_owned(), self.sentences(&format!("{path}.{name}"), value, scope));
                    }
                    let lacks: Vec<&str> = words
                        .iter()
                        .filter(|word| !of_words.contains_key(*word))
                        .map(String::as_str)
                        .collect();
                    if !lacks.is_empty() && !of_words.contains_key("other") {
                        let message = format!("`{path}` says nothing where `{}` is {}", by.join("."), lacks.join(", "));
                        let fault = Diagnostic::error(message).rule("label-missing");
                        let hint = format!("add `{} = \"…\"`, or `other = \"…\"` for all the rest", lacks[0]);
                        self.tables.fault_at(fault.hint(hint), value.span());
                    }
                    Sentences::By(of_words)
                }
                _ => Sentences::First(self.sentences(&path, value, scope)),
            };
            lines.insert(name.to_owned(), sentences);
        }
        lines
    }

    /// The words that a fact may have, or the names of its patterns.
    fn words_of(&self, path: &[String]) -> Vec<String> {
        let facts = &self.definition.facts;
        match (taken(facts, path), path) {
            (Some(Taken::Fact(Takes::Word(words))), _) => words.clone(),
            (Some(Taken::Part), [before @ .., _]) => match taken(facts, before) {
                Some(Taken::Fact(Takes::Symbol(patterns) | Takes::Pattern { patterns, .. })) => {
                    patterns.iter().map(|pattern| pattern.name.clone()).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn words(&mut self, root: &'a DeTable<'a>) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut words = BTreeMap::new();
        for (key, value) in self.entries(root, "words") {
            let name = key.get_ref().as_ref();
            let path: Vec<String> = name.split('.').map(str::to_owned).collect();
            if self.taken(&path).is_none() {
                let known = paths(&self.definition.facts);
                self.unknown("fact", name, &known, key.span());
                continue;
            }
            let takes_words = match self.taken(&path) {
                Some(Taken::Part) => true,
                Some(Taken::Fact(takes)) => matches!(takes, Takes::Word(_) | Takes::Number(_) | Takes::Text),
                None => false,
            };
            if !takes_words {
                let fault = Diagnostic::error(format!("the values of `{name}` have no words"));
                let hint = format!(
                    "words are of a word, a number, a text or a part of a pattern: `[words.\"{name}.…\"]` of one inside of it"
                );
                self.tables.fault_at(fault.rule("label-unknown").hint(hint), key.span());
                continue;
            }
            let DeValue::Table(table) = value.get_ref() else {
                let expected = format!("its words below a line `[words.{name}]`");
                self.tables.wrong_type(&format!("`words.{name}`"), &expected, value);
                continue;
            };
            let mut of_fact = BTreeMap::new();
            for (word, value) in table.iter() {
                let path = format!("words.{name}.{}", word.get_ref());
                of_fact.extend(
                    self.tables
                        .text(&path, value)
                        .map(|text| (word.get_ref().to_string(), text)),
                );
            }
            if let Some(Taken::Fact(Takes::Word(known))) = self.taken(&path) {
                let lacks = known.iter().find(|word| !of_fact.contains_key(*word));
                if let Some(lacks) = lacks {
                    let fault = Diagnostic::error(format!("`words.{name}` has no words for `{lacks}`"));
                    let fault = fault.rule("label-missing").hint(format!("add `{lacks} = \"…\"`"));
                    self.tables.fault_at(fault, key.span());
                }
            }
            words.insert(name.to_owned(), of_fact);
        }
        words
    }

    /// What the fact of a path takes, also of an item of a list.
    fn taken(&self, path: &[String]) -> Option<Taken<'a>> {
        let facts: &'a [FactDefinition] = &self.definition.facts;
        match path {
            [list, rest @ ..] if !rest.is_empty() => match taken(facts, std::slice::from_ref(list)) {
                Some(Taken::Fact(Takes::List(item))) => match &**item {
                    Takes::Table(facts) => taken(facts, rest),
                    _ => None,
                },
                _ => taken(facts, path),
            },
            path => taken(facts, path),
        }
    }

    fn forms(&mut self, root: &'a DeTable<'a>) -> BTreeMap<String, BTreeMap<String, Sentence>> {
        let mut forms = BTreeMap::new();
        for (key, value) in self.entries(root, "forms") {
            let name = key.get_ref().as_ref();
            let path: Vec<String> = name.split('.').map(str::to_owned).collect();
            let takes = match self.taken(&path) {
                Some(Taken::Fact(Takes::List(item))) => Some(&**item),
                Some(Taken::Fact(takes)) => Some(takes),
                _ => None,
            };
            let (Some(takes @ (Takes::Pattern { patterns, .. } | Takes::Symbol(patterns))), DeValue::Table(table)) =
                (takes, value.get_ref())
            else {
                let fault = Diagnostic::error(format!("`{name}` is no fact of this kind that takes a pattern"));
                let fault = fault
                    .rule("kind-fact")
                    .hint("name one of `[facts]` that takes a pattern");
                self.tables.fault_at(fault, key.span());
                continue;
            };
            let known: Vec<String> = patterns.iter().map(|pattern| pattern.name.clone()).collect();
            let mut of_fact = BTreeMap::new();
            for (form, value) in table.iter() {
                let written = form.get_ref().as_ref();
                if !known.iter().any(|known| known == written) {
                    self.unknown(&format!("form of `{name}`"), written, &known, form.span());
                }
                let path = format!("forms.{name}.{written}");
                of_fact.extend(
                    self.sentence(&path, value, Scope::Parts(takes))
                        .map(|sentence| (written.to_owned(), sentence)),
                );
            }
            forms.insert(name.to_owned(), of_fact);
        }
        forms
    }

    fn divisions(&mut self, root: &'a DeTable<'a>) -> BTreeMap<String, Vec<Sentence>> {
        let names = self
            .definition
            .structure
            .divisions
            .iter()
            .map(|division| &division.name);
        let known: Vec<String> = names.flat_map(|name| [name.clone(), format!("{name}-only")]).collect();
        self.named(root, "divisions", &known, |_| OF_DIVISION)
    }

    fn references(&mut self, root: &'a DeTable<'a>) -> BTreeMap<String, Vec<Sentence>> {
        let mut known = vec!["paragraph".to_owned()];
        for division in &self.definition.structure.divisions {
            let name = &division.name;
            known.extend([
                name.clone(),
                format!("{name}-only"),
                format!("in-{name}"),
                format!("in-{name}-only"),
            ]);
        }
        self.named(root, "references", &known, |name| match name {
            "paragraph" => OF_PARAGRAPH,
            name if name.starts_with("in-") => OF_INNER,
            _ => OF_DIVISION,
        })
    }

    /// Sentences by names that are known.
    fn named(
        &mut self,
        root: &'a DeTable<'a>,
        table: &str,
        known: &[String],
        fields: fn(&str) -> &'static [&'static str],
    ) -> BTreeMap<String, Vec<Sentence>> {
        let mut named = BTreeMap::new();
        for (key, value) in self.entries(root, table) {
            let name = key.get_ref().as_ref();
            if !known.iter().any(|known| known == name) {
                let what = if table == "divisions" { "division" } else { "part" };
                self.unknown(what, name, known, key.span());
                continue;
            }
            let sentences = self.sentences(&format!("{table}.{name}"), value, Scope::Numbers(fields(name)));
            named.insert(name.to_owned(), sentences);
        }
        named
    }

    /// A sentence, or several of which the first that can be said is taken.
    fn sentences(&mut self, path: &str, value: &'a Spanned<DeValue<'a>>, scope: Scope<'_>) -> Vec<Sentence> {
        match value.get_ref() {
            DeValue::Array(values) => {
                let values: Vec<_> = values.iter().collect();
                values
                    .into_iter()
                    .filter_map(|value| self.sentence(path, value, scope))
                    .collect()
            }
            _ => self.sentence(path, value, scope).into_iter().collect(),
        }
    }

    fn sentence(&mut self, path: &str, value: &'a Spanned<DeValue<'a>>, scope: Scope<'_>) -> Option<Sentence> {
        let sentence = self.tables.sentence(path, value)?;
        for field in sentence.fields() {
            self.field(field, scope, value.span());
        }
        Some(sentence)
    }

    /// Looks whether a field names something.
    fn field(&mut self, field: &Field, scope: Scope<'_>, span: std::ops::Range<usize>) {
        let path = field.path.join(".");
        let (fits, known) = match scope {
            Scope::Facts(each) => {
                let facts = &self.definition.facts;
                let of_item = |rest: &[String]| match taken(facts, &[each.unwrap_or_default().to_owned()]) {
                    Some(Taken::Fact(Takes::List(item))) => match (&**item, rest) {
                        (_, []) => true,
                        (Takes::Table(facts), rest) => taken(facts, rest).is_some(),
                        _ => false,
                    },
                    _ => false,
                };
                let fits = match &field.path[..] {
                    [name] if name == "n" && each.is_some() => true,
                    [name, rest @ ..] if name == "item" && each.is_some() => of_item(rest),
                    // A house has a name where the document says none.
                    [name] if name == "organization" => true,
                    path => taken(facts, path).is_some(),
                };
                (fits, paths(facts))
            }
            Scope::Parts(takes) => {
                let (Takes::Pattern { patterns, .. } | Takes::Symbol(patterns)) = takes else {
                    return;
                };
                (patterns.iter().any(|pattern| pattern.has(&path)), Vec::new())
            }
            Scope::Numbers(names) => (
                names.contains(&path.as_str()),
                names.iter().map(|name| (*name).to_owned()).collect(),
            ),
        };
        if !fits {
            self.unknown("fact", &path, &known, span);
            return;
        }
        if let Scope::Facts(each) = scope {
            self.worded(field, each, span);
        }
    }

    /// Tells of a field whose values have no words in the language.
    fn worded(&mut self, field: &Field, each: Option<&str>, span: std::ops::Range<usize>) {
        let path: Vec<String> = match (&field.path[..], each) {
            ([first, rest @ ..], Some(list)) if first == "item" => {
                std::iter::once(list.to_owned()).chain(rest.iter().cloned()).collect()
            }
            (path, _) => path.to_vec(),
        };
        let is_word = matches!(self.taken(&path), Some(Taken::Fact(Takes::Word(_))));
        let asks = field.form == Form::Word || is_word && field.form == Form::Usual;
        let path = path.join(".");
        if !self.whole || !asks || self.with_words.contains(&path) {
            return;
        }
        let fault = Diagnostic::error(format!("the values of `{path}` have no words in this language"));
        let hint = format!("write them below `[words.\"{path}\"]`, a line each");
        self.tables.fault_at(fault.rule("label-missing").hint(hint), span);
    }

    /// Tells of what the kind needs and the language does not say.
    fn missing(&mut self, lines: &BTreeMap<String, Sentences>, divisions: &BTreeMap<String, Vec<Sentence>>) {
        let lines = self
            .definition
            .lines
            .iter()
            .filter(|line| !lines.contains_key(&line.name));
        let mut lacks: Vec<(&str, &str)> = lines.map(|line| ("lines", line.name.as_str())).collect();
        for division in &self.definition.structure.divisions {
            if division.counted != Counted::No && !divisions.contains_key(&division.name) {
                lacks.push(("divisions", &division.name));
            }
        }
        for (table, name) in lacks {
            let fault = Diagnostic::error(format!("the words of `{name}` are missing")).rule("label-missing");
            let fault = fault.hint(format!("add `{name} = \"…\"` below `[{table}]`"));
            self.tables.at_fault = true;
            self.tables.diagnostics.push(fault.in_path(self.file.path()));
        }
    }
}

/// The paths of all facts.
fn paths(facts: &[FactDefinition]) -> Vec<String> {
    let mut found = Vec::new();
    for fact in facts {
        found.push(fact.name.clone());
        match &fact.takes {
            Takes::Table(inner) => {
                found.extend(paths(inner).into_iter().map(|path| format!("{}.{path}", fact.name)));
            }
            Takes::Symbol(patterns) | Takes::Pattern { patterns, .. } => {
                let mut parts: Vec<&str> = patterns.iter().flat_map(|pattern| pattern.names()).collect();
                parts.sort_unstable();
                parts.dedup();
                found.extend(parts.into_iter().map(|part| format!("{}.{part}", fact.name)));
            }
            _ => {}
        }
    }
    found
}
