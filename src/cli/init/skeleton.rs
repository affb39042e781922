//! The files that a new document starts with: folders of data, `skeletons/KIND/`, with names in double braces for what differs.

use std::collections::BTreeMap;

use crate::locale::{Body, Language};
use crate::model::Kind;

/// The files of a kind.
struct Skeleton {
    kind: Kind,
    /// `document.toml`, with comments in English.
    document: &'static str,
    /// The same with comments in a language that leads.
    documents: &'static [(Language, &'static str)],
    /// The text of every language.
    texts: &'static [(Language, &'static str)],
    /// What stands for names in braces: name, body, language, words, with tabs between them; `*` is any.
    words: &'static str,
}

/// One a kind; a new kind is a folder and a row.
static SKELETONS: &[Skeleton] = &[Skeleton {
    kind: Kind::Resolution,
    document: include_str!("../../../skeletons/resolution/document.toml"),
    documents: &[(
        Language::ARABIC,
        include_str!("../../../skeletons/resolution/document.ar.toml"),
    )],
    texts: &[
        (Language::ARABIC, include_str!("../../../skeletons/resolution/ar.md")),
        (Language::ENGLISH, include_str!("../../../skeletons/resolution/en.md")),
        (Language::FRENCH, include_str!("../../../skeletons/resolution/fr.md")),
        (Language::SPANISH, include_str!("../../../skeletons/resolution/es.md")),
        (Language::PERSIAN, include_str!("../../../skeletons/resolution/fa.md")),
        (Language::URDU, include_str!("../../../skeletons/resolution/ur.md")),
    ],
    words: include_str!("../../../skeletons/resolution/words.tsv"),
}];

/// What a new document is to be.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) kind: Kind,
    /// The languages; the first leads.
    pub(super) languages: Vec<Language>,
    pub(super) symbol: String,
    pub(super) body: Body,
    pub(super) session: u16,
    /// The day of adoption, as ISO 8601 writes it.
    pub(super) adopted: String,
    /// Titles, as they are to be printed.
    pub(super) titles: BTreeMap<Language, String>,
}

/// The languages that every kind has a text in.
pub(super) fn languages() -> Vec<Language> {
    let has = |language: &Language| {
        SKELETONS
            .iter()
            .all(|kind| kind.texts.iter().any(|(other, _)| other == language))
    };
    Language::ALL.iter().copied().filter(has).collect()
}

/// The words of a kind that stand for a name: those of the body and the language, before those of any.
fn words(kind: Kind, name: &str, body: Body, language: Option<Language>) -> Option<&'static str> {
    let skeleton = SKELETONS.iter().find(|skeleton| skeleton.kind == kind)?;
    let code = language.map_or("*", Language::code);
    let rows = skeleton.words.lines().filter(|row| !row.starts_with('#'));
    let rows: Vec<[&str; 4]> = rows
        .filter_map(|row| row.split('\t').collect::<Vec<_>>().try_into().ok())
        .filter(|[named, ..]: &[&str; 4]| *named == name)
        .collect();
    let of = |body: &str| rows.iter().find(|[_, of, lang, _]| *of == body && *lang == code);
    of(body.key()).or_else(|| of("*")).map(|[.., words]| *words)
}

/// The symbol that an example of a body has.
pub(super) fn symbol(kind: Kind, body: Body) -> &'static str {
    words(kind, "symbol", body, None).unwrap_or("A/RES/1/1")
}

/// The title that an example has.
pub(super) fn title(kind: Kind, body: Body, language: Language) -> &'static str {
    words(kind, "title", body, Some(language)).unwrap_or_default()
}

impl Wanted {
    /// The files of the document, each with its name; `folder` is where they go, as it is shown. Nothing where a kind has no
    /// skeleton in one of the languages.
    pub(super) fn files(&self, folder: &str) -> Option<Vec<(String, String)>> {
        let skeleton = SKELETONS.iter().find(|skeleton| skeleton.kind == self.kind)?;
        let lead = self.languages.first()?;
        let document = skeleton.documents.iter().find(|(language, _)| language == lead);
        let document = document.map_or(skeleton.document, |(_, text)| text);
        let mut files = vec![("document.toml".to_owned(), self.document(document, folder))];
        for language in &self.languages {
            let (_, text) = skeleton.texts.iter().find(|(other, _)| other == language)?;
            files.push((format!("{}.md", language.code()), self.text(text, *language)));
        }
        Some(files)
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
                "symbol" => toml::Value::String(self.symbol.clone()).to_string(),
                "body" => self.body.key().to_owned(),
                "session" => self.session.to_string(),
                "adopted" => self.adopted.clone(),
                "languages" => languages.join(", "),
                "last" => (*codes.last()?).to_owned(),
                _ => return None,
            })
        })
    }

    fn text(&self, text: &str, language: Language) -> String {
        filled(text, |name| match (name, self.titles.get(&language)) {
            ("title", Some(title)) => Some(escaped(title)),
            _ => words(self.kind, name, self.body, Some(language)).map(str::to_owned),
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

    /// If it fails, `qarar init` offers a kind or a language and then has nothing to write.
    #[test]
    fn every_kind_has_all_its_files_and_words() {
        for kind in Kind::ALL {
            for body in Body::ALL {
                let wanted = Wanted {
                    kind: *kind,
                    languages: languages(),
                    symbol: symbol(*kind, *body).to_owned(),
                    body: *body,
                    session: 80,
                    adopted: "2025-12-18".to_owned(),
                    titles: BTreeMap::new(),
                };
                let files = wanted.files("documents/one").expect("a skeleton");
                assert_eq!(files.len(), languages().len() + 1);
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
