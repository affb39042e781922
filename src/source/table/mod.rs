//! Tables of TOML files, each value taken as what it should be or told as a fault: `document.toml`, `kind.toml`, labels.
//!
//! What a table may hold is a list of [`FactDefinition`]; what it holds comes out as [`FactMap`], with the place of everything.

mod date;
mod notation;
mod take;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

#[cfg(feature = "cli")]
pub(crate) use date::day;
pub(super) use notation::{Broken, notation};
pub(crate) use take::example;
#[cfg(feature = "cli")]
pub(crate) use take::is_symbol;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::{Fact, FactDefinition, FactMap, Field, Takes};
use crate::locale::Language;
use crate::text::SourceFile;
use crate::text::nearest;

/// A table in a file.
pub(super) type Place<'a> = (&'a DeTable<'a>, Range<usize>);

/// Reads tables of a file.
pub(super) struct Tables<'a, 'd> {
    pub(super) file: &'a Arc<SourceFile>,
    /// Where the notation is broken: what stands there was told of already.
    pub(super) broken: &'a Broken,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// The languages that a text by language must have.
    pub(super) languages: Vec<Language>,
    /// Where values stand that were read, by their paths.
    pub(super) places: BTreeMap<String, Range<usize>>,
    pub(super) at_fault: bool,
    /// The fields of the sentences that were read, each with the place of its sentence.
    pub(super) fields: Vec<(Field, Range<usize>)>,
    /// What a key of the file itself that is none may mean, for a hint.
    pub(super) meant: fn(&str) -> Option<&'static str>,
}

/// A path of keys in a message.
fn path_of(table: &str, key: &str) -> String {
    if table.is_empty() {
        key.to_owned()
    } else {
        format!("{table}.{key}")
    }
}

impl<'a, 'd> Tables<'a, 'd> {
    pub(super) fn new(file: &'a Arc<SourceFile>, broken: &'a Broken, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            file,
            broken,
            diagnostics,
            languages: Vec::new(),
            places: BTreeMap::new(),
            at_fault: false,
            fields: Vec::new(),
            meant: |_| None,
        }
    }

    pub(super) fn fault_at(&mut self, fault: Diagnostic, span: Range<usize>) {
        self.at_fault = true;
        self.diagnostics.push(fault.at(self.file, span));
    }

    /// A fault that has to do with another place of the file.
    pub(super) fn fault_beside(&mut self, fault: Diagnostic, span: Range<usize>, other: Range<usize>, label: &str) {
        let fault = fault.other(self.file, other, label);
        self.fault_at(fault, span);
    }

    /// What a table says; `None` where something of it is at fault. `name` is empty for the file itself.
    pub(super) fn table(&mut self, name: &str, keys: &[FactDefinition], place: &Place<'a>) -> Option<FactMap> {
        let before = std::mem::replace(&mut self.at_fault, false);
        self.unknown(name, keys, place.0);
        let mut facts = FactMap::new();
        for key in keys {
            if let Some(fact) = self.key(name, key, place) {
                facts.insert(key.name.clone(), fact);
            }
        }
        let at_fault = std::mem::replace(&mut self.at_fault, before);
        self.at_fault |= at_fault;
        (!at_fault).then_some(facts)
    }

    /// The value of a key; `None` where it is not there or at fault.
    pub(super) fn key(&mut self, table: &str, key: &FactDefinition, place: &Place<'a>) -> Option<Fact> {
        let Some(value) = place.0.get(key.name.as_str()) else {
            if key.needed {
                self.missing(table, key, place.1.clone());
            }
            return None;
        };
        let path = path_of(table, &key.name);
        self.places.insert(path.clone(), value.span());
        self.take(&path, &key.takes, value)
    }

    fn missing(&mut self, table: &str, key: &FactDefinition, span: Range<usize>) {
        self.at_fault = true;
        // Where the notation is broken, the key may stand in the part that could not be read.
        if !self.broken.values.is_empty() && self.file.text().contains(&key.name) {
            return;
        }
        let path = path_of(table, &key.name);
        let fault = Diagnostic::error(format!("the key `{path}` is missing")).rule("key-missing");
        let fault = fault.hint(format!("add `{} = {}`", key.name, example(key)));
        let fault = if table.is_empty() {
            fault.in_path(self.file.path())
        } else {
            fault.at(self.file, span)
        };
        self.diagnostics.push(fault);
    }

    /// Tells of keys that are none.
    pub(super) fn unknown(&mut self, name: &str, keys: &[FactDefinition], table: &'a DeTable<'a>) {
        let known: Vec<&str> = keys.iter().map(|key| key.name.as_str()).collect();
        let from = self.broken.from;
        let unknown = |key: &&Spanned<_>| !known.contains(&Cow::as_ref(key.get_ref())) && key.span().start < from;
        for key in table.keys().filter(unknown).collect::<Vec<_>>() {
            let written = key.get_ref().as_ref();
            let near = nearest(written, known.iter().copied());
            let meant = name.is_empty().then(|| (self.meant)(written)).flatten();
            let hint = match (meant, near, home(keys, written)) {
                (Some(meant), ..) => meant.to_owned(),
                (None, Some(near), _) => format!("did you mean `{near}`?"),
                (None, None, Some(home)) => format!("`{written}` belongs into `[{home}]`"),
                (None, None, None) => format!("the keys are {}", known.join(", ")),
            };
            let place = match name {
                "" => String::new(),
                name => format!(" in `{name}`"),
            };
            let fault = Diagnostic::error(format!("unknown key `{written}`{place}")).rule("key-unknown");
            let fault = match near {
                Some(near) if hint.contains(near) && table.get(near).is_none() => fault.fix(near),
                _ => fault,
            };
            self.fault_at(fault.hint(hint), key.span());
        }
    }

    /// Tells of a value of the wrong type.
    pub(super) fn wrong_type(&mut self, what: &str, expected: &str, value: &Spanned<DeValue<'_>>) {
        self.at_fault = true;
        let span = value.span();
        // Nothing is said of a value that could not be read in the first place.
        if self.broken.values.contains(&span) {
            return;
        }
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let fault = Diagnostic::error(format!("{what} cannot be {found}"))
            .rule("value-type")
            .hint(format!("write {expected}"));
        self.diagnostics.push(fault.at(self.file, span));
    }
}

/// The table in which a key belongs that stands outside of it.
fn home<'k>(keys: &'k [FactDefinition], written: &str) -> Option<&'k str> {
    keys.iter().find_map(|key| match &key.takes {
        Takes::Table(inner) => inner
            .iter()
            .any(|inner| inner.name == written)
            .then_some(key.name.as_str()),
        _ => None,
    })
}
