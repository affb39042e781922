//! The files that a new document starts with: folders of data, `kinds/KIND/skeleton/`, with names in double braces for what
//! differs. A `document.toml` that a kind has none of is made of what it says of its facts.

use std::collections::BTreeMap;

use crate::kind::Kind;
use crate::locale::Language;
use crate::source::{built_in_file, example};

/// What a new document is to be.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) kind: Kind,
    /// The languages; the first leads.
    pub(super) languages: Vec<Language>,
    /// What was said of facts, each as `document.toml` has it; of the others their examples are taken.
    pub(super) facts: BTreeMap<String, String>,
    /// Titles, as they are to be printed.
    pub(super) titles: BTreeMap<Language, String>,
}

/// The languages that a kind has a first text in.
pub(super) fn languages(kind: Kind) -> Vec<Language> {
    let has = |language: &Language| built_in_file(kind.name(), &format!("skeleton/{}.md", language.code())).is_some();
    Language::ALL.iter().copied().filter(has).collect()
}

/// The words of a kind that stand for a name: those of the body and the language, before those of any.
fn words(kind: Kind, name: &str, body: &str, language: Option<Language>) -> Option<&'static str> {
    let code = language.map_or("*", Language::code);
    let rows = built_in_file(kind.name(), "skeleton/words.tsv")?
        .lines()
        .filter(|row| !row.starts_with('#'));
    let rows: Vec<[&str; 4]> = rows
        .filter_map(|row| row.split('\t').collect::<Vec<_>>().try_into().ok())
        .filter(|[named, ..]: &[&str; 4]| *named == name)
        .collect();
    let of = |body: &str| rows.iter().find(|[_, of, lang, _]| *of == body && *lang == code);
    of(body).or_else(|| of("*")).map(|[.., words]| *words)
}

/// The value of a fact that an example of a kind has, as a text without quotation marks.
pub(super) fn usual(kind: Kind, fact: &str, body: &str) -> String {
    let example = || {
        let fact = kind.definition().facts.iter().find(|known| known.name == fact)?;
        Some(example(fact).trim_matches('"').to_owned())
    };
    let words = words(kind, fact, body, None).map(str::to_owned);
    words.or_else(example).unwrap_or_default()
}

/// The title that an example has.
pub(super) fn title(kind: Kind, body: &str, language: Language) -> &'static str {
    words(kind, "title", body, Some(language)).unwrap_or_default()
}

impl Wanted {
    /// What stands for the body in the words of a kind.
    pub(super) fn body(&self) -> &str {
        self.facts.get("body").map_or("*", |body| body.trim_matches('"'))
    }

    /// The files of the document, each with its name; `folder` is where they go, as it is shown. Nothing where a kind has no
    /// first text in one of the languages.
    pub(super) fn files(&self, folder: &str) -> Option<Vec<(String, String)>> {
        let lead = self.languages.first()?;
        let of_kind = |name: &str| built_in_file(self.kind.name(), &format!("skeleton/{name}"));
        let document = of_kind(&format!("document.{}.toml", lead.code())).or_else(|| of_kind("document.toml"));
        let document = match document {
            Some(text) => self.document(text, folder),
            None => self.document(&self.plain(), folder),
        };
        let mut files = vec![("document.toml".to_owned(), document)];
        for language in &self.languages {
            let text = of_kind(&format!("{}.md", language.code()))?;
            files.push((format!("{}.md", language.code()), self.text(text, *language)));
        }
        Some(files)
    }

    /// A `document.toml` by what the kind says of its facts.
    fn plain(&self) -> String {
        let mut text = String::from("#:schema ./document.schema.json\n");
        text.push_str(&format!("# {}\n", self.kind.definition().about));
        text.push_str(
            "# Its text stands beside this file: {{files}}. `qarar check {{folder}}` tells what is wrong.\n\n",
        );
        text.push_str(&format!("kind = \"{}\"\n", self.kind.name()));
        for fact in &self.kind.definition().facts {
            text.push_str(&format!("\n# {}\n", fact.about));
            let said = self.facts.get(&fact.name);
            let off = if fact.needed || said.is_some() { "" } else { "# " };
            let value = said.cloned().unwrap_or_else(|| example(fact));
            text.push_str(&format!("{off}{} = {value}\n", fact.name));
        }
        text.push_str(
            "\n# The first leads; each has a file of its name beside this one.\nlanguages = [{{languages}}]\n",
        );
        text
    }

    fn document(&self, text: &str, folder: &str) -> String {
        let codes: Vec<&str> = self.languages.iter().map(|language| language.code()).collect();
        let files: Vec<String> = codes.iter().map(|code| format!("{code}.md")).collect();
        let languages: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
        // A folder with a space in its name is one word of a command.
        let folder = match folder.contains(|c: char| c.is_whitespace()) {
            true => format!("\"{folder}\""),
            false => folder.to_owned(),
        };
        filled(text, |name| {
            Some(match name {
                "files" => files.join(", "),
                "folder" => folder.clone(),
                "body" => self.body().to_owned(),
                "languages" => languages.join(", "),
                "last" => (*codes.last()?).to_owned(),
                fact => self.facts.get(fact)?.clone(),
            })
        })
    }

    fn text(&self, text: &str, language: Language) -> String {
        filled(text, |name| match (name, self.titles.get(&language)) {
            ("title", Some(title)) => Some(escaped(title)),
            _ => words(self.kind, name, self.body(), Some(language)).map(str::to_owned),
        })
    }
}

/// Puts words in the place of names in double braces. A name that nobody knows stays as it is.
fn filled(text: &str, words: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let known = after
            .split_once("}}")
            .and_then(|(name, after)| Some((words(name)?, after)));
        match known {
            Some((words, after)) => {
                filled.push_str(&words);
                rest = after;
            }
            None => {
                filled.push_str("{{");
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// A text as Markdown: its signs stand for themselves.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '&' | '#' | '~' | '^' | '$' | '|'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{built_in_kind, kind_names};

    /// If it fails, `qarar init` offers a kind or a language and then has nothing to write.
    #[test]
    fn every_kind_has_a_first_document() {
        for name in kind_names() {
            let kind = built_in_kind(&name).expect("a kind");
            let languages = languages(kind);
            assert!(languages.len() > 1, "{name}");
            for body in ["general-assembly", "security-council", "economic-and-social-council"] {
                let mut facts = BTreeMap::from([("body".to_owned(), format!("\"{body}\""))]);
                for fact in ["symbol", "session", "adopted"] {
                    facts.insert(fact.to_owned(), usual(kind, fact, body));
                }
                let wanted = Wanted {
                    kind,
                    languages: languages.clone(),
                    facts,
                    titles: BTreeMap::new(),
                };
                let files = wanted.files("documents/one").expect("a skeleton");
                assert_eq!(files.len(), languages.len() + 1);
                for (name, text) in files {
                    assert!(!text.contains("{{"), "{name}: {text}");
                }
            }
        }
    }

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        let text = filled("a {{x}} {{y}} {{", |name| (name == "x").then(|| "{{y}}".to_owned()));
        assert_eq!(text, "a {{y}} {{y}} {{");
        assert_eq!(escaped("a*b [c]"), "a\\*b \\[c\\]");
    }
}
