//! A table of `document.toml`: its keys and their values, each taken as what it should be or told as a fault.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Broken;
use super::known::{self, Key};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits::{SYMBOL_LETTERS, grouped};
use crate::locale::Date;
use crate::text::SourceFile;
use crate::text::nearest;

/// A table, and where its faults go.
pub(super) struct Table<'a, 'd> {
    file: &'a Arc<SourceFile>,
    table: &'a DeTable<'a>,
    /// Where the table stands.
    span: Range<usize>,
    /// Its name; empty for the file itself.
    name: &'a str,
    /// The keys that it may have.
    keys: &'static [Key],
    /// Where the notation is broken: what stands there was told of already.
    broken: &'a Broken,
    diagnostics: &'d mut Diagnostics,
    at_fault: bool,
}

impl<'a, 'd> Table<'a, 'd> {
    pub(super) fn new(
        file: &'a Arc<SourceFile>,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        (name, keys): (&'a str, &'static [Key]),
        broken: &'a Broken,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Self {
            file,
            table,
            span,
            name,
            keys,
            broken,
            diagnostics,
            at_fault: false,
        }
    }

    /// Whether the table had a fault so far.
    pub(super) fn at_fault(&self) -> bool {
        self.at_fault
    }

    pub(super) fn fault_at(&mut self, fault: Diagnostic, span: Range<usize>) {
        self.at_fault = true;
        self.diagnostics.push(fault.at(self.file, span));
    }

    /// A fault of the value of a key.
    pub(super) fn fault(&mut self, fault: Diagnostic, key: &str) {
        let span = self.get(key).map_or(self.span.clone(), Spanned::span);
        self.fault_at(fault, span);
    }

    /// A fault that has to do with another place of the file.
    pub(super) fn fault_beside(&mut self, fault: Diagnostic, span: Range<usize>, other: Range<usize>, label: &str) {
        let fault = fault.other(self.file, other, label);
        self.fault_at(fault, span);
    }

    /// The name of a key in a message.
    fn path(&self, key: &str) -> String {
        if self.name.is_empty() {
            format!("`{key}`")
        } else {
            format!("`{}.{key}`", self.name)
        }
    }

    /// Tells of keys that are none.
    pub(super) fn unknown(&mut self) {
        let table = self.table;
        let known: Vec<&str> = self.keys.iter().map(|key| key.name).collect();
        let unknown =
            |key: &&Spanned<_>| !known.contains(&Cow::as_ref(key.get_ref())) && key.span().start < self.broken.from;
        for key in table.keys().filter(unknown).collect::<Vec<_>>() {
            let written = key.get_ref().as_ref();
            let hint = match (nearest(written, known.iter().copied()), known::home(written)) {
                _ if self.name.is_empty() && elsewhere(written).is_some() => {
                    elsewhere(written).unwrap_or_default().to_owned()
                }
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, Some(home)) if home != self.name => format!("`{written}` belongs into `[{home}]`"),
                _ => format!("the keys are {}", known.join(", ")),
            };
            let place = if self.name.is_empty() {
                String::new()
            } else {
                format!(" in `{}`", self.name)
            };
            let fault = Diagnostic::error(format!("unknown key `{written}`{place}")).rule("key-unknown");
            let fault = match nearest(written, known.iter().copied()) {
                Some(near) if hint.contains(near) && !self.has(near) => fault.fix(near),
                _ => fault,
            };
            self.fault_at(fault.hint(hint), key.span());
        }
    }

    /// The keys that the table has, where the notation of the file is clear, in their order.
    pub(super) fn entries(&self) -> Vec<&'a Spanned<Cow<'a, str>>> {
        let table = self.table;
        let mut keys: Vec<_> = table.keys().filter(|key| key.span().start < self.broken.from).collect();
        keys.sort_by_key(|key| key.span().start);
        keys
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The value of a key that must be there.
    fn required(&mut self, key: &str, example: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.get(key);
        if value.is_none() {
            self.at_fault = true;
            // Where the notation is broken, the key may stand in the part that could not be read.
            if self.broken.values.is_empty() || !self.file.text().contains(key) {
                let fault = Diagnostic::error(format!("the key {} is missing", self.path(key))).rule("key-missing");
                let fault = fault.hint(format!("add `{example}`"));
                let fault = if self.name.is_empty() {
                    fault.in_path(self.file.path())
                } else {
                    fault.at(self.file, self.span.clone())
                };
                self.diagnostics.push(fault);
            }
        }
        value
    }

    /// A value that need not be there: `Some(None)` where it is not, `None` where it is wrong.
    pub(super) fn optional<T>(
        &mut self,
        key: &str,
        take: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.has(key) {
            take(self, key).map(Some)
        } else {
            Some(None)
        }
    }

    /// Tells of a value of the wrong type.
    pub(super) fn wrong_type(&mut self, what: &str, expected: &str, value: &Spanned<DeValue<'_>>) {
        self.at_fault = true;
        let span = value.span();
        // Nothing is said of a value that could not be read in the first place.
        if !self.broken.values.contains(&span) {
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

    /// A text that is not empty, with its place.
    pub(super) fn text(&mut self, key: &str) -> Option<(String, Range<usize>)> {
        let value = self.required(key, &format!("{key} = \"…\""))?;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(&self.path(key), "a text in quotation marks", value);
            return None;
        };
        if self.broken.values.contains(&value.span()) {
            return None;
        }
        if text.trim().is_empty() {
            let fault = Diagnostic::error(format!("{} is empty", self.path(key))).rule("value-empty");
            self.fault(fault.hint("write a text, or take the line away"), key);
            return None;
        }
        Some((text.trim().to_owned(), value.span()))
    }

    /// The symbol of a document.
    pub(super) fn symbol(&mut self, key: &str) -> Option<String> {
        let (symbol, span) = self.text(key)?;
        let letters = symbol.chars().count();
        if letters > SYMBOL_LETTERS {
            let letters = grouped(letters);
            let message = format!("the symbol has {letters} characters, {SYMBOL_LETTERS} are the most that one has");
            let hint = "a symbol is Latin letters and Western digits between slashes, as `A/RES/61/180`";
            self.fault_at(Diagnostic::error(message).rule("symbol").hint(hint), span);
            return None;
        }
        if !is_symbol(&symbol) {
            let fault = Diagnostic::error(format!("`{symbol}` is not the symbol of a document")).rule("symbol");
            let hint = "a symbol is Latin letters and Western digits between slashes, as `A/RES/61/180`";
            self.fault_at(fault.hint(hint), span);
            return None;
        }
        Some(symbol)
    }

    /// One of several words.
    pub(super) fn choice<T>(&mut self, key: &str, choices: impl Iterator<Item = (&'static str, T)>) -> Option<T> {
        let mut choices: Vec<(&'static str, T)> = choices.collect();
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let example = words.first().copied().unwrap_or_default();
        let value = self.required(key, &format!("{key} = \"{example}\""))?;
        let DeValue::String(word) = value.get_ref() else {
            let expected = format!("a word in quotation marks: {}", words.join(", "));
            self.wrong_type(&self.path(key), &expected, value);
            return None;
        };
        if let Some(at) = words.iter().position(|known| *known == word.as_ref()) {
            return Some(choices.swap_remove(at).1);
        }
        if self.broken.values.contains(&value.span()) {
            self.at_fault = true;
            return None;
        }
        let hint = match nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `\"{near}\"`?"),
            None if words.len() == 1 => format!("it can be \"{example}\" only"),
            None => format!("it can be {}", words.join(", ")),
        };
        let fault = Diagnostic::error(format!("unknown {key} `{word}`")).rule("word-unknown");
        let fault = match nearest(word, words.iter().copied()) {
            Some(near) => fault.fix(format!("\"{near}\"")),
            None => fault,
        };
        self.fault(fault.hint(hint), key);
        None
    }

    /// A whole number in its range.
    pub(super) fn number(&mut self, key: &str) -> Option<i64> {
        let range = known::range(self.keys, key);
        let value = if known::is_needed(self.keys, key) {
            self.required(key, &format!("{key} = 61"))?
        } else {
            self.get(key)?
        };
        let DeValue::Integer(written) = value.get_ref() else {
            self.wrong_type(&self.path(key), "a whole number without quotation marks", value);
            return None;
        };
        let number = i64::from_str_radix(written.as_str(), written.radix())
            .ok()
            .filter(|n| range.contains(n));
        if number.is_none() {
            let fault =
                Diagnostic::error(format!("{} cannot be {}", self.path(key), written.as_str())).rule("number-range");
            self.fault(
                fault.hint(format!("it is a number from {} to {}", range.start(), range.end())),
                key,
            );
        }
        number
    }

    /// True or false.
    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let DeValue::Boolean(flag) = value.get_ref() else {
            self.wrong_type(&self.path(key), "`true` or `false`, without quotation marks", value);
            return None;
        };
        Some(*flag)
    }

    /// The values of a list.
    pub(super) fn list(&mut self, key: &str) -> Option<Vec<&'a Spanned<DeValue<'a>>>> {
        let example = format!("{key} = [\"ar\", \"en\"]");
        let value = if known::is_needed(self.keys, key) {
            self.required(key, &example)?
        } else {
            self.get(key)?
        };
        let DeValue::Array(values) = value.get_ref() else {
            self.wrong_type(&self.path(key), &format!("a list: `{example}`"), value);
            return None;
        };
        Some(values.iter().collect())
    }

    /// A day, with its place.
    pub(super) fn date(&mut self, key: &str) -> Option<(Date, Range<usize>)> {
        let value = self.required(key, &format!("{key} = 2006-12-20"))?;
        match super::date::read(value.get_ref(), self.file.slice(value.span())) {
            Ok(date) => Some((date, value.span())),
            Err(fault) => {
                self.at_fault = true;
                if !matches!(value.get_ref(), DeValue::String(_))
                    || !self.broken.values.contains(&value.span())
                    || !value.span().is_empty()
                {
                    self.fault(fault.named(&self.path(key)), key);
                }
                None
            }
        }
    }

    /// What a table inside this one says.
    pub(super) fn table<T>(
        &mut self,
        key: &str,
        keys: &'static [Key],
        read: impl FnOnce(&mut Table<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(&self.path(key), &format!("its keys below a line `[{key}]`"), value);
            return None;
        };
        let mut inner = Table::new(
            self.file,
            table,
            value.span(),
            (key, keys),
            self.broken,
            self.diagnostics,
        );
        let read = read(&mut inner);
        let at_fault = inner.at_fault;
        self.at_fault |= at_fault;
        read.filter(|_| !at_fault)
    }
}

/// Whether a text is the symbol of a document: ASCII, with something before, between and after its slashes.
pub(crate) fn is_symbol(symbol: &str) -> bool {
    let part = |part: &str| !part.trim().is_empty();
    let fits = symbol.chars().all(|c| c.is_ascii_graphic() || c == ' ') && symbol.contains('/');
    fits && symbol.split('/').all(part) && symbol.len() <= SYMBOL_LETTERS
}

/// Where what a key seems to say is written, when that is not in `document.toml`.
fn elsewhere(key: &str) -> Option<&'static str> {
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
