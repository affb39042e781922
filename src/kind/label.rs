//! The labels of paragraphs and divisions, and the words by which a text refers to them.

use std::borrow::Cow;

use super::definition::{Division, Labels};
use super::fact::{FactMap, Found, find};
use super::sentence::{Sentence, Value, Values};
use super::{Fact, Kind};
use crate::locale::{self, Language, Usage};

/// Where the sentences of a document find what they are made of.
#[derive(Debug, Clone, Copy)]
pub struct Filling<'a> {
    labels: Option<&'a Labels>,
    facts: &'a FactMap,
    /// The facts of an item, under the name `item`, its number `n`, and the name of its list.
    item: Option<(u32, &'a Fact, &'a str)>,
}

impl<'a> Filling<'a> {
    /// The facts of a document with the words of its kind in a language.
    pub fn new(kind: Kind, language: Language, facts: &'a FactMap) -> Self {
        Self {
            labels: kind.labels(language),
            facts,
            item: None,
        }
    }

    /// The same for an item of a list.
    #[must_use]
    pub fn of_item(self, list: &'a str, number: u32, item: &'a Fact) -> Self {
        Self {
            item: Some((number, item, list)),
            ..self
        }
    }

    /// The path under which the words of a field stand: those of an item under the name of its list.
    fn named(&self, path: &[String]) -> String {
        match (path, self.item) {
            ([first, rest @ ..], Some((.., list))) if first == "item" => std::iter::once(list)
                .chain(rest.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join("."),
            (path, _) => path.join("."),
        }
    }
}

impl Values for Filling<'_> {
    fn value(&self, path: &[String]) -> Option<Value<'_>> {
        let found = match (path, self.item) {
            ([name], Some((number, ..))) if name == "n" => return Some(Value::Number(number)),
            ([name], Some((_, item, _))) if name == "item" => return Some(Value::Fact(item)),
            ([name, rest @ ..], Some((_, Fact::Table(facts), _))) if name == "item" => find(facts, rest)?,
            (path, _) => find(self.facts, path)?,
        };
        Some(match found {
            Found::Fact(fact) => Value::Fact(fact),
            Found::Part(part) => Value::Text(Cow::Borrowed(part)),
        })
    }

    fn word(&self, path: &[String], value: &str) -> Option<&str> {
        let words = self.labels?.words.get(&self.named(path))?;
        words.get(value).map(String::as_str)
    }

    fn form(&self, path: &[String], form: &str) -> Option<&Sentence> {
        self.labels?.forms.get(&self.named(path))?.get(form)
    }
}

/// What the label of a paragraph or a division is made of.
#[derive(Debug, Clone, Default)]
pub struct Counting {
    /// Its number.
    pub n: u32,
    /// Its number as the author wrote it, `2 bis`, where it has one of its own.
    pub written: Option<String>,
    /// The numbers of the levels above and its own, outermost first: of a paragraph those of the paragraphs that it stands in.
    pub path: Vec<u32>,
    /// The name of the division that it counts; empty of a paragraph.
    pub of: String,
    /// The number of the division that it stands in.
    pub division: Option<Box<Counting>>,
}

impl Values for Counting {
    fn value(&self, path: &[String]) -> Option<Value<'_>> {
        let (first, rest) = path.split_first()?;
        match (first.as_str(), rest) {
            ("n", []) => Some(match &self.written {
                Some(written) => Value::Text(Cow::Borrowed(written)),
                None => Value::Number(self.n),
            }),
            ("division", []) => self.division.as_ref()?.value(&["n".to_owned()]),
            ("division", rest) => self.division.as_ref()?.value(rest),
            _ => None,
        }
    }

    fn word(&self, _: &[String], _: &str) -> Option<&str> {
        None
    }

    fn form(&self, _: &[String], _: &str) -> Option<&Sentence> {
        None
    }
}

/// A counting whose path is filled in too: `1.2` of `{path}`.
struct Counted<'a> {
    counting: &'a Counting,
    usage: Usage,
    more: &'a [(&'a str, &'a str)],
}

impl Values for Counted<'_> {
    fn value(&self, path: &[String]) -> Option<Value<'_>> {
        if let [name] = path {
            if let Some((_, words)) = self.more.iter().find(|(known, _)| known == name) {
                return Some(Value::Text(Cow::Borrowed(words)));
            }
            if name == "path" {
                let numbers = self.counting.path.iter().map(|n| locale::number(self.usage, *n));
                return Some(Value::Text(Cow::Owned(numbers.collect::<Vec<_>>().join("."))));
            }
        }
        self.counting.value(path)
    }

    fn word(&self, _: &[String], _: &str) -> Option<&str> {
        None
    }

    fn form(&self, _: &[String], _: &str) -> Option<&Sentence> {
        None
    }
}

/// The first of the sentences that can be filled in.
fn first(sentences: Option<&Vec<Sentence>>, usage: Usage, values: &impl Values) -> Option<String> {
    sentences?.iter().find_map(|sentence| sentence.fill(usage, values))
}

impl Kind {
    /// Its words in a language; where it has none in it, those in English, which is told.
    pub fn labels(self, language: Language) -> Option<&'static Labels> {
        let labels = &self.definition().labels;
        labels.get(language.code()).or_else(|| labels.get("en"))
    }

    /// Whether it has words in a language.
    pub fn speaks(self, language: Language) -> bool {
        self.definition().labels.contains_key(language.code())
    }

    /// The label of a paragraph, as it is drawn: `١ -`, `(أ)`, `1.1`. `depth` is how deep its list is nested. Below the last
    /// level of the kind those of the sub-paragraphs come again.
    pub fn drawn_label(self, usage: Usage, depth: u8, counting: &Counting) -> String {
        let number = || locale::number(usage, counting.n);
        let mut within = std::iter::successors(counting.division.as_deref(), |division| division.division.as_deref());
        let levels = self.labels(usage.language).map(|labels| {
            let own = within.find_map(|division| labels.levels_in.get(&division.of));
            own.unwrap_or(&labels.levels).as_slice()
        });
        let Some(levels) = levels.filter(|levels| !levels.is_empty()) else {
            return number();
        };
        let (place, below) = (usize::from(depth), levels.len() - 1);
        let place = match place < levels.len() || below == 0 {
            true => place.min(below),
            false => (place - 1) % below + 1,
        };
        let values = Counted {
            counting,
            usage,
            more: &[],
        };
        first(Some(&levels[place]), usage, &values).unwrap_or_else(number)
    }

    /// The same label as it is read: without the joiners that a letter in its initial form is drawn with.
    pub fn label(self, usage: Usage, depth: u8, counting: &Counting) -> String {
        locale::read_label(&self.drawn_label(usage, depth, counting))
    }

    /// The label of a division: `المادة ٣`, `Annex II`; `None` where it has none. `only` tells that it is the only one.
    pub fn division_label(self, usage: Usage, division: &Division, counting: &Counting, only: bool) -> Option<String> {
        let divisions = &self.labels(usage.language)?.divisions;
        let values = Counted {
            counting,
            usage,
            more: &[],
        };
        let name = &division.name;
        let alone = only.then(|| divisions.get(&format!("{name}-only"))).flatten();
        first(alone, usage, &values).or_else(|| first(divisions.get(name), usage, &values))
    }

    /// The words of a reference by their name, `paragraph`, `article-only`, with what they are made of beside a number.
    pub fn reference(self, usage: Usage, name: &str, counting: &Counting, more: &[(&str, &str)]) -> Option<String> {
        let values = Counted { counting, usage, more };
        first(self.labels(usage.language)?.references.get(name), usage, &values)
    }
}
