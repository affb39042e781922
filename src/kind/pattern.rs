//! Patterns of texts: `A/RES/{session:number}/{number:number} {letter:letter}`. A symbol says its session, its number and its
//! letter, and the pattern tells which is which.

use std::collections::BTreeMap;

use crate::locale::roman_value;

/// A pattern of a text, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What the form is called.
    pub name: String,
    /// How it is written.
    pub written: String,
    parts: Vec<Part>,
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Letters that stand there.
    Letters(String),
    /// A part with a name.
    Named { name: String, sort: Sort },
}

/// What a named part of a pattern may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Western digits.
    Number,
    /// A Roman numeral in capitals.
    Roman,
    /// A Latin capital.
    Letter,
    /// Anything without a slash.
    Any,
    /// Anything.
    Path,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// A brace that nothing closes or opens.
    #[error("a brace stands alone")]
    Brace,
    /// A name that is none.
    #[error("`{0}` is not the name of a part: it is made of small Latin letters, digits and `-`")]
    Name(String),
    /// A sort that is none.
    #[error("a part is `number`, `roman`, `letter`, `any` or `path`, not `{0}`")]
    Sort(String),
    /// Two parts beside each other, whose border nobody can tell.
    #[error("two parts stand beside each other")]
    Beside,
    /// A name that is used twice.
    #[error("the part `{0}` is named twice")]
    Twice(String),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(name: &str, written: &str) -> Result<Self, PatternError> {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = written;
        while !rest.is_empty() {
            let end = rest.find(['{', '}']).unwrap_or(rest.len());
            if end > 0 {
                parts.push(Part::Letters(rest[..end].to_owned()));
                rest = &rest[end..];
                continue;
            }
            let inner = rest.strip_prefix('{').ok_or(PatternError::Brace)?;
            let (part, after) = inner.split_once('}').ok_or(PatternError::Brace)?;
            let (part, sort) = part.split_once(':').unwrap_or((part, "any"));
            let sort = match sort {
                "number" => Sort::Number,
                "roman" => Sort::Roman,
                "letter" => Sort::Letter,
                "any" => Sort::Any,
                "path" => Sort::Path,
                other => return Err(PatternError::Sort(other.to_owned())),
            };
            if !is_name(part) {
                return Err(PatternError::Name(part.to_owned()));
            }
            if matches!(parts.last(), Some(Part::Named { .. })) {
                return Err(PatternError::Beside);
            }
            if parts
                .iter()
                .any(|other| matches!(other, Part::Named { name, .. } if name == part))
            {
                return Err(PatternError::Twice(part.to_owned()));
            }
            let name = part.to_owned();
            parts.push(Part::Named { name, sort });
            rest = after;
        }
        Ok(Self {
            name: name.to_owned(),
            written: written.to_owned(),
            parts,
        })
    }

    /// The names of its parts.
    pub fn names(&self) -> Vec<&str> {
        let named = self.parts.iter().filter_map(|part| match part {
            Part::Named { name, .. } => Some(name.as_str()),
            Part::Letters(_) => None,
        });
        named.collect()
    }

    /// Whether it names a part.
    pub fn has(&self, part: &str) -> bool {
        self.parts
            .iter()
            .any(|other| matches!(other, Part::Named { name, .. } if name == part))
    }

    /// The named parts of a text; `None` where the text is not of this pattern.
    pub fn parts(&self, text: &str) -> Option<BTreeMap<String, String>> {
        let mut found = BTreeMap::new();
        fits(&self.parts, text, &mut found).then_some(found)
    }

    /// A regular expression of it, for a schema, as ECMA-262 writes them: under its flag `u` nothing but signs of the syntax
    /// may have a backslash.
    #[cfg(feature = "cli")]
    pub fn expression(&self) -> String {
        const SYNTAX: &str = r"^$\.*+?()[]{}|";
        let part = |part: &Part| match part {
            Part::Letters(letters) => letters
                .chars()
                .map(|c| match SYNTAX.contains(c) {
                    true => format!("\\{c}"),
                    false => c.to_string(),
                })
                .collect(),
            Part::Named { sort, .. } => match sort {
                Sort::Number => "[0-9]{1,9}",
                Sort::Roman => "[IVXLCDM]+",
                Sort::Letter => "[A-Z]",
                Sort::Any => "[^/]*[^/\\s][^/]*",
                Sort::Path => ".*\\S.*",
            }
            .to_owned(),
        };
        format!("^{}$", self.parts.iter().map(part).collect::<String>())
    }
}

/// Whether a word is the name of a fact or of a part.
pub fn is_name(word: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(fits)
}

impl Sort {
    fn takes(self, text: &str) -> bool {
        /// No number of a symbol is longer.
        const MOST_DIGITS: usize = 9;
        match self {
            Self::Number => (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()),
            Self::Roman => roman_value(text).is_some(),
            Self::Letter => text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase()),
            Self::Any => !text.trim().is_empty() && !text.contains('/'),
            Self::Path => !text.trim().is_empty(),
        }
    }
}

/// Fits parts to a text, each part as long as it can be. Letters stand between named parts, so that the ends to try are those of
/// these letters.
fn fits(parts: &[Part], text: &str, found: &mut BTreeMap<String, String>) -> bool {
    match parts {
        [] => text.is_empty(),
        [Part::Letters(letters), rest @ ..] => text.strip_prefix(letters).is_some_and(|text| fits(rest, text, found)),
        [Part::Named { name, sort }] => {
            let takes = sort.takes(text);
            if takes {
                found.insert(name.clone(), text.to_owned());
            }
            takes
        }
        [Part::Named { name, sort }, rest @ ..] => {
            let Some(Part::Letters(letters)) = rest.first() else {
                return false;
            };
            let ends: Vec<usize> = text.match_indices(letters.as_str()).map(|(at, _)| at).collect();
            ends.into_iter().rev().any(|end| {
                let fits = sort.takes(&text[..end]) && fits(rest, &text[end..], found);
                if fits {
                    found.insert(name.clone(), text[..end].to_owned());
                }
                fits
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(pattern: &str, text: &str) -> Option<Vec<(String, String)>> {
        let pattern = Pattern::read("x", pattern).expect("a pattern");
        Some(pattern.parts(text)?.into_iter().collect())
    }

    /// If it fails, a resolution is printed with the number of another one.
    #[test]
    fn a_pattern_tells_the_parts_of_a_symbol() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let old = "A/RES/{number:number} {letter:letter} ({session:roman})";
        let expected = vec![pair("letter", "A"), pair("number", "217"), pair("session", "III")];
        assert_eq!(parts(old, "A/RES/217 A (III)"), Some(expected));
        assert_eq!(parts(old, "A/RES/217 (III)"), None);
        assert_eq!(parts(old, "A/RES/217 A (IIII)"), None);
        let last = "{head:path}/{a}/{b}";
        let expected = vec![pair("a", "61"), pair("b", "180"), pair("head", "A/RES")];
        assert_eq!(parts(last, "A/RES/61/180"), Some(expected));
        assert_eq!(parts(last, "A/1"), None);
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        let error = |written| Pattern::read("x", written).map(|_| ()).expect_err("a fault");
        assert_eq!(error("A/{n"), PatternError::Brace);
        assert_eq!(error("A/n}"), PatternError::Brace);
        assert_eq!(error("A/{N}"), PatternError::Name("N".to_owned()));
        assert_eq!(error("A/{n:word}"), PatternError::Sort("word".to_owned()));
        assert_eq!(error("{a}{b}"), PatternError::Beside);
        assert_eq!(error("{a}/{a}"), PatternError::Twice("a".to_owned()));
    }
}
