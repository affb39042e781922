//! The tables of a language file: keys and values, each taken as what it should be or told as a fault.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{FaultKind, LanguageFault};
use crate::nearest;

/// The value of a key, with its place.
pub(super) type Value<'a> = &'a Spanned<DeValue<'a>>;

/// A table, and where its faults go.
pub(super) struct Table<'a, 'f> {
    table: &'a DeTable<'a>,
    /// Its name with a stop behind it; empty for the file itself.
    name: String,
    /// Where it stands; `None` for the file itself.
    span: Option<Range<usize>>,
    pub(super) faults: &'f mut Vec<LanguageFault>,
}

impl<'a, 'f> Table<'a, 'f> {
    pub(super) fn new(table: &'a DeTable<'a>, faults: &'f mut Vec<LanguageFault>) -> Self {
        Self {
            table,
            name: String::new(),
            span: None,
            faults,
        }
    }

    /// Tells of a fault at a place.
    pub(super) fn fault(&mut self, kind: FaultKind, span: Range<usize>, message: String, hint: impl Into<String>) {
        self.faults.push(LanguageFault {
            kind,
            span: Some(span),
            message,
            hint: hint.into(),
            fix: None,
        });
    }

    /// Gives the last fault what to write instead.
    pub(super) fn fix(&mut self, fix: String) {
        if let Some(last) = self.faults.last_mut() {
            last.fix = Some(fix);
        }
    }

    /// The name of a key in a message.
    pub(super) fn path(&self, key: &str) -> String {
        format!("`{}{key}`", self.name)
    }

    /// Tells of keys that are none of these.
    pub(super) fn only(&mut self, known: &[&str]) {
        let table = self.table;
        for key in table.keys().filter(|key| !known.contains(&Cow::as_ref(key.get_ref()))) {
            let written = key.get_ref().as_ref();
            let near = nearest(written, known.iter().copied());
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", known.join(", ")),
            };
            let place = match self.name.trim_end_matches('.') {
                "" => String::new(),
                name => format!(" in `{name}`"),
            };
            let message = format!("unknown key `{written}`{place}");
            self.fault(FaultKind::UnknownKey, key.span(), message, hint);
            if let Some(near) = near.filter(|near| !self.has(near)) {
                self.fix(near.to_owned());
            }
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    pub(super) fn get(&self, key: &str) -> Option<Value<'a>> {
        self.table.get(key)
    }

    /// The keys of a table whose keys are free, with their values, in the order of the file.
    pub(super) fn entries(&self) -> Vec<(String, Range<usize>, Value<'a>)> {
        let table = self.table;
        let entries = table.iter();
        let mut entries: Vec<(String, Range<usize>, Value<'a>)> = entries
            .map(|(key, value)| (key.get_ref().to_string(), key.span(), value))
            .collect();
        entries.sort_by_key(|(_, span, _)| span.start);
        entries
    }

    /// The value of a key that must be there.
    pub(super) fn required(&mut self, key: &str, example: &str) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            let message = format!("the key {} is missing", self.path(key));
            self.faults.push(LanguageFault {
                kind: FaultKind::MissingKey,
                span: self.span.clone(),
                message,
                hint: format!("add `{example}`"),
                fix: None,
            });
        }
        value
    }

    /// Tells of a value of another type.
    pub(super) fn wrong_type(&mut self, what: &str, expected: &str, value: &Spanned<DeValue<'_>>) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.fault(
            FaultKind::Type,
            value.span(),
            format!("{what} cannot be {found}"),
            format!("write {expected}"),
        );
    }

    /// A text that has letters, without the spaces round it where `trims`.
    fn text_of(&mut self, path: &str, value: Value<'a>) -> Option<String> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(path, "a text in quotation marks", value);
            return None;
        };
        if text.trim().is_empty() {
            let message = format!("{path} is empty");
            self.fault(
                FaultKind::Empty,
                value.span(),
                message,
                "write a text, or take the line away",
            );
            return None;
        }
        if let Some(c) = text.chars().find(|c| c.is_control() || crate::is_bidi_control(*c)) {
            let message = format!("{path} has a character that cannot be seen: {}", crate::describe(c));
            let hint = "take it away: the direction follows from the language";
            self.fault(FaultKind::Value, value.span(), message, hint);
            return None;
        }
        Some(text.to_string())
    }

    /// A text.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        self.text_of(&self.path(key), value)
    }

    /// A text that must be there.
    pub(super) fn needed(&mut self, key: &str, example: &str) -> Option<String> {
        self.required(key, &format!("{key} = {example}"))?;
        self.text(key)
    }

    /// A single character.
    pub(super) fn character(&mut self, key: &str) -> Option<char> {
        let value = self.get(key)?;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(&self.path(key), "one character in quotation marks", value);
            return None;
        };
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(c), None) => Some(c),
            _ => {
                let count = text.chars().count();
                let message = format!("{} is one character, found {count}", self.path(key));
                self.fault(
                    FaultKind::Value,
                    value.span(),
                    message,
                    "write the one character in quotation marks",
                );
                None
            }
        }
    }

    /// True or false; false where it is not told.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.get(key) else { return false };
        let DeValue::Boolean(flag) = value.get_ref() else {
            self.wrong_type(&self.path(key), "`true` or `false`, without quotation marks", value);
            return false;
        };
        *flag
    }

    /// The values of a list.
    fn list(&mut self, path: &str, value: Value<'a>) -> Option<&'a [Spanned<DeValue<'a>>]> {
        let DeValue::Array(values) = value.get_ref() else {
            self.wrong_type(path, "a list: `[\"…\", \"…\"]`", value);
            return None;
        };
        Some(values)
    }

    /// A list of texts, each once.
    pub(super) fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.get(key)?;
        self.texts_of(&self.path(key), value, true)
    }

    /// The texts of a list; `once` tells that none may stand twice.
    fn texts_of(&mut self, path: &str, value: Value<'a>, once: bool) -> Option<Vec<String>> {
        let values = self.list(path, value)?;
        let mut texts: Vec<String> = Vec::with_capacity(values.len());
        let mut fits = true;
        for value in values {
            let Some(text) = self.text_of(&format!("a text of {path}"), value) else {
                fits = false;
                continue;
            };
            if once && texts.contains(&text) {
                fits = false;
                let message = format!("`{text}` stands twice in {path}");
                self.fault(FaultKind::Value, value.span(), message, "keep one of the two");
            }
            texts.push(text);
        }
        if values.is_empty() {
            let message = format!("{path} is empty");
            self.fault(
                FaultKind::Empty,
                value.span(),
                message,
                "name one at least, or take the line away",
            );
            fits = false;
        }
        fits.then_some(texts)
    }

    /// A list of lists of texts.
    pub(super) fn lists(&mut self, key: &str) -> Option<Vec<Vec<String>>> {
        let value = self.get(key)?;
        let path = self.path(key);
        let values = self.list(&path, value)?;
        values.iter().map(|value| self.texts_of(&path, value, false)).collect()
    }

    /// What a table inside this one says; nothing where there is none.
    pub(super) fn table<T>(&mut self, key: &str, read: impl FnOnce(&mut Table<'a, '_>) -> Option<T>) -> Option<T> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(
                &self.path(key),
                &format!("its keys below a line `[{}{key}]`", self.name),
                value,
            );
            return None;
        };
        read(&mut Table {
            table,
            name: format!("{}{key}.", self.name),
            span: Some(value.span()),
            faults: self.faults,
        })
    }
}
