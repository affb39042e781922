//! A value of a TOML file, taken as what it should be.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Tables, date, path_of};
use crate::diagnostic::Diagnostic;
use crate::kind::{Fact, FactDefinition, FactMap, Form, Pattern, Sentence, Takes};
use crate::limits::{SYMBOL_LETTERS, grouped};
use crate::locale::{Digits, Language};
use crate::text::{Script, nearest};

/// What is written for a key, as an example.
pub(crate) fn example(key: &FactDefinition) -> String {
    if !key.example.is_empty() {
        return key.example.clone();
    }
    example_of(&key.takes)
}

fn example_of(takes: &Takes) -> String {
    match takes {
        Takes::Text | Takes::Symbol(_) | Takes::Sentence => "\"…\"".to_owned(),
        Takes::Texts => "{ ar = \"…\", en = \"…\" }".to_owned(),
        Takes::Pattern { patterns, .. } => match patterns.first() {
            Some(pattern) => format!("\"{}\"", pattern.written),
            None => "\"…\"".to_owned(),
        },
        Takes::Word(words) => format!("\"{}\"", words.first().map_or("…", String::as_str)),
        Takes::Number(_) => "61".to_owned(),
        Takes::Flag => "true".to_owned(),
        Takes::Day => "2006-12-20".to_owned(),
        Takes::Hijri => "\"1446-03-06\"".to_owned(),
        Takes::Languages { .. } => "[\"ar\", \"en\"]".to_owned(),
        Takes::Digits => "\"western\"".to_owned(),
        Takes::List(item) => format!("[{}]", example_of(item)),
        Takes::Measure { range, .. } => range.start().to_string(),
        Takes::Colour => "\"#1a3c6e\"".to_owned(),
        Takes::Every(_) => "true".to_owned(),
        Takes::Scripts(inner) => format!("{{ arabic = {} }}", example_of(inner)),
        Takes::Spoken(inner) => format!("{{ ar = {0}, en = {0} }}", example_of(inner)),
        Takes::Table(keys) => {
            let needed = keys.iter().filter(|key| key.needed);
            let keys: Vec<String> = needed.map(|key| format!("{} = {}", key.name, example(key))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
    }
}

impl<'a> Tables<'a, '_> {
    /// A value as what it should be; `None` where it is at fault, which is told.
    pub(in crate::source) fn take(
        &mut self,
        path: &str,
        takes: &Takes,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Option<Fact> {
        match takes {
            Takes::Text => self.text(path, value).map(Fact::Text),
            Takes::Texts => self.texts(path, value),
            Takes::Symbol(patterns) => self.symbol(path, patterns, value),
            Takes::Pattern { patterns, numbers } => self.pattern(path, patterns, numbers, value),
            Takes::Word(words) => self.word(path, words, value).map(Fact::Word),
            Takes::Number(range) => self.number(path, range, value).map(Fact::Number),
            Takes::Flag => self.flag(path, value).map(Fact::Flag),
            Takes::Day => self.day(path, value),
            Takes::Hijri => self.hijri(path, value),
            Takes::Languages { .. } => None,
            Takes::Digits => self.digits(path, value),
            Takes::List(item) => self.list(path, item, value),
            Takes::Measure { range, unit } => self.measure(path, range, unit, value).map(Fact::Measure),
            Takes::Colour => self.colour(path, value).map(Fact::Text),
            Takes::Every(range) => match value.get_ref() {
                DeValue::Boolean(flag) => Some(Fact::Flag(*flag)),
                DeValue::Integer(_) => self.number(path, range, value).map(Fact::Number),
                _ => {
                    self.wrong_type(&quoted(path), "`true`, or a whole number: of how many one", value);
                    None
                }
            },
            Takes::Sentence => {
                let written = self.text(path, value)?;
                self.sentence(path, value).map(|_| Fact::Text(written))
            }
            Takes::Scripts(inner) => self.scripts(path, inner, value),
            Takes::Spoken(inner) => self.spoken(path, inner, value),
            Takes::Table(keys) => match value.get_ref() {
                DeValue::Table(table) => self.table(path, keys, &(table, value.span())).map(Fact::Table),
                _ => {
                    self.wrong_type(&quoted(path), &format!("its keys below a line `[{path}]`"), value);
                    None
                }
            },
        }
    }

    /// A text that is not empty.
    pub(in crate::source) fn text(&mut self, path: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(&quoted(path), "a text in quotation marks", value);
            return None;
        };
        if self.broken.values.contains(&value.span()) {
            self.at_fault = true;
            return None;
        }
        if text.trim().is_empty() {
            let fault = Diagnostic::error(format!("{} is empty", quoted(path))).rule("value-empty");
            self.fault_at(fault.hint("write a text, or take the line away"), value.span());
            return None;
        }
        Some(text.trim().to_owned())
    }

    /// A text for each language of the document.
    fn texts(&mut self, path: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Fact> {
        let DeValue::Table(table) = value.get_ref() else {
            let expected = format!("a text for each language: `{}`", example_of(&Takes::Texts));
            self.wrong_type(&quoted(path), &expected, value);
            return None;
        };
        let texts = self.by_language(path, value.span(), table, |tables, path, text| tables.text(path, text))?;
        Some(Fact::Texts(texts))
    }

    /// What a table has for each language of the document.
    fn by_language<T>(
        &mut self,
        path: &str,
        span: Range<usize>,
        table: &'a DeTable<'a>,
        mut take: impl FnMut(&mut Self, &str, &'a Spanned<DeValue<'a>>) -> Option<T>,
    ) -> Option<BTreeMap<Language, T>> {
        let mut taken = BTreeMap::new();
        for (key, value) in table.iter() {
            let code = key.get_ref().as_ref();
            let own = self.languages.iter().copied().find(|language| language.code() == code);
            let Some(language) = own.or_else(|| Language::known(code)) else {
                let fault =
                    Diagnostic::error(format!("unknown language `{code}` in `{path}`")).rule("language-unknown");
                let codes: Vec<&str> = self.languages.iter().map(|language| language.code()).collect();
                let hint = format!("the document has {}", codes.join(", "));
                self.fault_at(fault.hint(hint), key.span());
                continue;
            };
            if let Some(value) = take(self, &path_of(path, code), value) {
                taken.insert(language, value);
            }
        }
        let lacking: Vec<&str> = self
            .languages
            .iter()
            .filter(|language| table.get(language.code()).is_none())
            .map(|language| language.code())
            .collect();
        if !lacking.is_empty() {
            let fault =
                Diagnostic::error(format!("`{path}` has no text in {}", lacking.join(", "))).rule("text-lacking");
            let example: Vec<String> = lacking.iter().map(|code| format!("{code} = \"…\"")).collect();
            self.fault_at(fault.hint(format!("add `{}`", example.join(", "))), span);
            return None;
        }
        Some(taken)
    }

    /// One for each language, or the same in all of them.
    fn spoken(&mut self, path: &str, inner: &Takes, value: &'a Spanned<DeValue<'a>>) -> Option<Fact> {
        if let DeValue::Table(table) = value.get_ref() {
            let take = |tables: &mut Self, path: &str, value| tables.take(path, inner, value);
            return self.by_language(path, value.span(), table, take).map(Fact::Spoken);
        }
        let fact = self.take(path, inner, value)?;
        let languages = self.languages.iter();
        Some(Fact::Spoken(
            languages.map(|language| (*language, fact.clone())).collect(),
        ))
    }

    /// One for each script that is named, by its key.
    fn scripts(&mut self, path: &str, inner: &Takes, value: &'a Spanned<DeValue<'a>>) -> Option<Fact> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(&quoted(path), &format!("its keys below a line `[{path}]`"), value);
            return None;
        };
        let mut facts = FactMap::new();
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let name = key.get_ref().as_ref();
            if Script::from_key(name).is_none() {
                let known: Vec<String> = Script::LIVING.iter().map(|script| script.key()).collect();
                let fault = Diagnostic::error(format!("unknown key `{name}` in `{path}`")).rule("key-unknown");
                let fault = match nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => fault.hint(format!("did you mean `{near}`?")).fix(near),
                    None => fault.hint(format!("the keys are scripts: {}", known.join(", "))),
                };
                self.fault_at(fault, key.span());
                continue;
            }
            let path = path_of(path, name);
            self.places.insert(path.clone(), value.span());
            facts.extend(self.take(&path, inner, value).map(|fact| (name.to_owned(), fact)));
        }
        Some(Fact::Table(facts))
    }

    /// A number that may have a fraction.
    fn measure(
        &mut self,
        path: &str,
        range: &RangeInclusive<f64>,
        unit: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<f64> {
        let written = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                self.wrong_type(&quoted(path), "a number without quotation marks", value);
                return None;
            }
        };
        let number = written
            .replace('_', "")
            .parse()
            .ok()
            .filter(|number| range.contains(number));
        if number.is_none() {
            let fault = Diagnostic::error(format!("{} cannot be {written}", quoted(path)));
            let hint = format!("it is a number of {unit} from {} to {}", range.start(), range.end());
            self.fault_at(fault.rule("number-range").hint(hint), value.span());
        }
        number
    }

    /// A sentence with fields. Whether there is what they name is not asked here.
    pub(in crate::source) fn sentence(&mut self, path: &str, value: &Spanned<DeValue<'_>>) -> Option<Sentence> {
        let DeValue::String(written) = value.get_ref() else {
            self.wrong_type(&quoted(path), "a sentence in quotation marks", value);
            return None;
        };
        match Sentence::read(written) {
            Ok(sentence) => {
                let fields = sentence.fields().into_iter().cloned();
                self.fields.extend(fields.map(|field| (field, value.span())));
                Some(sentence)
            }
            Err(error) => {
                let fault =
                    Diagnostic::error(format!("this is not a sentence with fields: {error}")).rule("label-sentence");
                let names: Vec<&str> = Form::NAMES.iter().map(|(name, _)| *name).collect();
                let hint = format!(
                    "a field is `{{fact}}` or `{{fact:form}}`; the forms are {}",
                    names.join(", ")
                );
                self.fault_at(fault.hint(hint), value.span());
                None
            }
        }
    }

    /// A colour, as `#rrggbb`.
    fn colour(&mut self, path: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let written = self.text(path, value)?;
        let digits = written.strip_prefix('#').unwrap_or_default();
        if matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(written);
        }
        let fault = Diagnostic::error(format!("`{written}` is not a colour")).rule("colour");
        self.fault_at(
            fault.hint("write red, green and blue in hexadecimal digits, as `\"#1a3c6e\"`"),
            value.span(),
        );
        None
    }

    /// The symbol of a document.
    fn symbol(&mut self, path: &str, patterns: &[Pattern], value: &Spanned<DeValue<'_>>) -> Option<Fact> {
        const HINT: &str = "a symbol is Latin letters and Western digits between slashes, as `A/RES/61/180`";
        let symbol = self.text(path, value)?;
        let letters = symbol.chars().count();
        if letters > SYMBOL_LETTERS {
            let letters = grouped(letters);
            let message = format!("the symbol has {letters} characters, {SYMBOL_LETTERS} are the most that one has");
            self.fault_at(Diagnostic::error(message).rule("symbol").hint(HINT), value.span());
            return None;
        }
        if !is_symbol(&symbol) {
            let fault = Diagnostic::error(format!("`{symbol}` is not the symbol of a document")).rule("symbol");
            self.fault_at(fault.hint(HINT), value.span());
            return None;
        }
        match patterned(&symbol, patterns) {
            Some(fact) => Some(fact),
            None if patterns.is_empty() => Some(Fact::Text(symbol)),
            None => self.of_no_pattern(path, &symbol, patterns, value),
        }
    }

    /// A text by one of several patterns, or a number where one of them is a number.
    fn pattern(
        &mut self,
        path: &str,
        patterns: &[Pattern],
        numbers: &RangeInclusive<i64>,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Fact> {
        let text = match value.get_ref() {
            DeValue::Integer(_) => self.number(path, numbers, value)?.to_string(),
            _ => self.text(path, value)?,
        };
        match patterned(&text, patterns) {
            Some(fact) => Some(fact),
            None => self.of_no_pattern(path, &text, patterns, value),
        }
    }

    fn of_no_pattern(
        &mut self,
        path: &str,
        text: &str,
        patterns: &[Pattern],
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Fact> {
        let fault = Diagnostic::error(format!("`{text}` is not written as {} is", quoted(path))).rule("pattern");
        let written: Vec<String> = patterns
            .iter()
            .map(|pattern| format!("`{}`", shape(&pattern.written)))
            .collect();
        self.fault_at(
            fault.hint(format!("it is written {}", written.join(", "))),
            value.span(),
        );
        None
    }

    /// One of several words.
    fn word(&mut self, path: &str, words: &[String], value: &Spanned<DeValue<'_>>) -> Option<String> {
        let DeValue::String(word) = value.get_ref() else {
            let expected = format!("a word in quotation marks: {}", words.join(", "));
            self.wrong_type(&quoted(path), &expected, value);
            return None;
        };
        if words.iter().any(|known| known == word.as_ref()) {
            return Some(word.as_ref().to_owned());
        }
        self.at_fault = true;
        if !self.broken.values.contains(&value.span()) {
            let key = path.rsplit('.').next().unwrap_or(path);
            let fault = Diagnostic::error(format!("unknown {key} `{word}`")).rule("word-unknown");
            self.fault_at(unknown_word(fault, word, words), value.span());
        }
        None
    }

    /// A whole number in its range.
    fn number(&mut self, path: &str, range: &RangeInclusive<i64>, value: &Spanned<DeValue<'_>>) -> Option<i64> {
        let DeValue::Integer(written) = value.get_ref() else {
            self.wrong_type(&quoted(path), "a whole number without quotation marks", value);
            return None;
        };
        let number = i64::from_str_radix(written.as_str(), written.radix())
            .ok()
            .filter(|n| range.contains(n));
        if number.is_none() {
            let fault = Diagnostic::error(format!("{} cannot be {}", quoted(path), written.as_str()));
            let hint = format!("it is a number from {} to {}", range.start(), range.end());
            self.fault_at(fault.rule("number-range").hint(hint), value.span());
        }
        number
    }

    /// True or false.
    fn flag(&mut self, path: &str, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        let DeValue::Boolean(flag) = value.get_ref() else {
            self.wrong_type(&quoted(path), "`true` or `false`, without quotation marks", value);
            return None;
        };
        Some(*flag)
    }

    fn day(&mut self, path: &str, value: &Spanned<DeValue<'_>>) -> Option<Fact> {
        let read = date::read(value.get_ref(), self.file.slice(value.span()));
        self.dated(path, read.map(Fact::Day), value)
    }

    fn hijri(&mut self, path: &str, value: &Spanned<DeValue<'_>>) -> Option<Fact> {
        let read = date::read_hijri(value.get_ref(), self.file.slice(value.span()));
        self.dated(path, read.map(Fact::Hijri), value)
    }

    fn dated(&mut self, path: &str, read: Result<Fact, date::DateFault>, value: &Spanned<DeValue<'_>>) -> Option<Fact> {
        match read {
            Ok(fact) => Some(fact),
            Err(fault) => {
                self.at_fault = true;
                let is_text = matches!(value.get_ref(), DeValue::String(_));
                if !is_text || !self.broken.values.contains(&value.span()) || !value.span().is_empty() {
                    self.fault_at(fault.named(&quoted(path)), value.span());
                }
                None
            }
        }
    }

    /// The digits of all languages by one word, or those of each.
    fn digits(&mut self, path: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Fact> {
        let words: Vec<String> = Digits::ALL.iter().map(|digits| digits.key().to_owned()).collect();
        let DeValue::Table(table) = value.get_ref() else {
            return self.word(path, &words, value).map(Fact::Word);
        };
        let mut of_languages = BTreeMap::new();
        for (key, value) in table.iter() {
            let code = key.get_ref().as_ref();
            if !self.languages.iter().any(|language| language.code() == code) {
                let codes: Vec<&str> = self.languages.iter().map(|language| language.code()).collect();
                let fault =
                    Diagnostic::error(format!("`{code}` is no language of this document")).rule("digits-language");
                self.fault_at(fault.hint(format!("it has {}", codes.join(", "))), key.span());
                continue;
            }
            let word = self.word(&path_of(path, code), &words, value);
            of_languages.extend(word.map(|word| (code.to_owned(), Fact::Word(word))));
        }
        Some(Fact::Table(of_languages))
    }

    /// Several values, or one alone.
    fn list(&mut self, path: &str, item: &Takes, value: &'a Spanned<DeValue<'a>>) -> Option<Fact> {
        let DeValue::Array(values) = value.get_ref() else {
            return Some(Fact::List(vec![self.take(path, item, value)?]));
        };
        if values.is_empty() {
            let fault = Diagnostic::error(format!("{} is an empty list", quoted(path))).rule("value-empty");
            self.fault_at(
                fault.hint("write what belongs into it, or take the line away"),
                value.span(),
            );
            return None;
        }
        let items: Vec<Option<Fact>> = values.iter().map(|value| self.take(path, item, value)).collect();
        items.into_iter().collect::<Option<Vec<_>>>().map(Fact::List)
    }
}

/// What is said of a word that is none.
pub(in crate::source) fn unknown_word(fault: Diagnostic, word: &str, words: &[String]) -> Diagnostic {
    let near = nearest(word, words.iter().map(String::as_str));
    let hint = match near {
        Some(near) => format!("did you mean `\"{near}\"`?"),
        None if words.len() == 1 => format!("it can be \"{}\" only", words[0]),
        None => format!("it can be {}", words.join(", ")),
    };
    let fault = match near {
        Some(near) => fault.fix(format!("\"{near}\"")),
        None => fault,
    };
    fault.hint(hint)
}

/// A path as messages show it.
fn quoted(path: &str) -> String {
    format!("`{path}`")
}

/// A pattern without what its parts may be: `A/RES/{session}/{number}`.
fn shape(written: &str) -> String {
    let mut shape = String::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once(':') {
        shape.push_str(before);
        rest = after.find('}').map_or("", |end| &after[end..]);
    }
    shape.push_str(rest);
    shape
}

/// A text by the first pattern that it fits.
fn patterned(text: &str, patterns: &[Pattern]) -> Option<Fact> {
    patterns.iter().find_map(|pattern| {
        Some(Fact::Patterned {
            text: text.to_owned(),
            form: pattern.name.clone(),
            parts: pattern.parts(text)?,
        })
    })
}

/// Whether a text is the symbol of a document: ASCII, with something before, between and after its slashes.
pub(crate) fn is_symbol(symbol: &str) -> bool {
    let part = |part: &str| !part.trim().is_empty();
    let fits = symbol.chars().all(|c| c.is_ascii_graphic() || c == ' ') && symbol.contains('/');
    fits && symbol.split('/').all(part) && symbol.len() <= SYMBOL_LETTERS
}
