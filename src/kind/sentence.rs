//! Sentences with fields: `Adopted by the Security Council at its {meeting:nth} meeting, on {adopted}`.
//!
//! A field names a fact and the form in which the language prints it. A sentence that names a fact which a document does not
//! have is not printed: a kind gives the sentences of a line in the order in which they are tried.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::fact::Fact;
use crate::locale::{self, Ordinal, Plural, Usage};

/// A sentence of a language.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    pieces: Vec<Piece>,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// Words that stand there.
    Words(String),
    /// A fact in a form.
    Field(Field),
    /// Words that go by the class of a number.
    Plural {
        field: Field,
        classes: Vec<(Plural, Vec<Piece>)>,
    },
}

/// A fact in a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The names that lead to the fact; empty inside of plural forms, where it is the number.
    pub path: Vec<String>,
    /// The form in which it is printed.
    pub form: Form,
}

/// The form in which a fact is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As facts of its type are: a number in digits, a day in words, a word by the words of the kind.
    Usual,
    /// With the digits of the language: of a text, whose digits are else left alone.
    Digits,
    /// With Western digits.
    Western,
    /// A Roman numeral of a symbol as a number in the digits of the language.
    Value,
    /// An ordinal in words. Beyond those that the language has, the sentence is not printed, and the next one is tried.
    Ordinal {
        /// The form of the ordinal.
        gender: Ordinal,
        /// Whether it starts with a capital.
        capital: bool,
    },
    /// An ordinal by which clauses are counted, as `أولا`; the sentence is not printed where the language has none.
    Adverb,
    /// An ordinal in digits.
    Nth(Ordinal),
    /// A Roman numeral.
    Roman {
        /// Whether it has capitals.
        capital: bool,
    },
    /// A letter of the alphabet of the language.
    Letter {
        /// Whether it is a capital.
        capital: bool,
    },
    /// The word that the kind has for it.
    Word,
    /// The year of a day.
    Year,
    /// The items of a list in the order of the language.
    Sorted,
    /// The items of a list, one a line.
    Lines,
}

impl Form {
    /// All forms with the names that they have in a sentence.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("digits", Self::Digits),
        ("western", Self::Western),
        ("value", Self::Value),
        ("ordinal", ordinal(Ordinal::Word, false)),
        ("Ordinal", ordinal(Ordinal::Word, true)),
        ("ordinal-f", ordinal(Ordinal::Feminine, false)),
        ("Ordinal-f", ordinal(Ordinal::Feminine, true)),
        ("ordinal-m", ordinal(Ordinal::Masculine, false)),
        ("Ordinal-m", ordinal(Ordinal::Masculine, true)),
        ("adverb", Self::Adverb),
        ("nth", Self::Nth(Ordinal::Word)),
        ("nth-f", Self::Nth(Ordinal::Feminine)),
        ("nth-m", Self::Nth(Ordinal::Masculine)),
        ("roman", Self::Roman { capital: false }),
        ("Roman", Self::Roman { capital: true }),
        ("letter", Self::Letter { capital: false }),
        ("Letter", Self::Letter { capital: true }),
        ("word", Self::Word),
        ("year", Self::Year),
        ("sorted", Self::Sorted),
        ("lines", Self::Lines),
    ];
}

const fn ordinal(gender: Ordinal, capital: bool) -> Form {
    Form::Ordinal { gender, capital }
}

/// What is wrong with a sentence, with the bytes of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SentenceError {
    /// A brace that nothing closes or opens.
    #[error("a brace stands alone")]
    Brace,
    /// A field without a name.
    #[error("`{{{0}}}` names no fact")]
    Name(String),
    /// A form that is none.
    #[error("`{0}` is no form of a field")]
    Form(String),
    /// A class of numbers that is none.
    #[error("`{0}` is no class of numbers")]
    Class(String),
    /// Plural forms without that of all other numbers.
    #[error("`{{{0}|…}}` says nothing of `other` numbers")]
    Other(String),
}

/// What a field of a sentence stands for.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// A fact.
    Fact(&'a Fact),
    /// A number.
    Number(u32),
    /// A text.
    Text(Cow<'a, str>),
}

/// Where a sentence finds what its fields stand for.
pub trait Values {
    /// What a field stands for; `None` where the document does not say it.
    fn value(&self, path: &[String]) -> Option<Value<'_>>;
    /// The word of the kind for a value of a fact.
    fn word(&self, path: &[String], value: &str) -> Option<&str>;
    /// How a text by a pattern is printed.
    fn form(&self, path: &[String], form: &str) -> Option<&Sentence>;
}

impl Sentence {
    /// Reads a sentence.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(written: &str) -> Result<Self, SentenceError> {
        Ok(Self {
            pieces: pieces(written, false)?,
        })
    }

    /// All its fields.
    pub fn fields(&self) -> Vec<&Field> {
        let mut fields = Vec::new();
        collect(&self.pieces, &mut fields);
        fields
    }

    /// The sentence with its fields filled in; `None` where a fact is missing.
    pub fn fill(&self, usage: Usage, values: &impl Values) -> Option<String> {
        let mut filled = String::new();
        fill(&self.pieces, usage, values, None, &mut filled)?;
        Some(filled)
    }
}

fn collect<'a>(pieces: &'a [Piece], fields: &mut Vec<&'a Field>) {
    for piece in pieces {
        match piece {
            Piece::Words(_) => {}
            Piece::Field(field) => fields.push(field),
            Piece::Plural { field, classes } => {
                fields.push(field);
                classes.iter().for_each(|(_, pieces)| collect(pieces, fields));
            }
        }
    }
    fields.retain(|field| !field.path.is_empty());
}

/// The pieces of a sentence, or of one of its plural forms, `inside`, where `{}` is the number.
fn pieces(written: &str, inside: bool) -> Result<Vec<Piece>, SentenceError> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = written;
    while let Some(at) = rest.find(['{', '}']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
            words.push_str(&rest[..1]);
            rest = after;
            continue;
        }
        let end = closing(rest).ok_or(SentenceError::Brace)?;
        if !words.is_empty() {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
        }
        pieces.push(field(&rest[1..end], inside)?);
        rest = &rest[end + 1..];
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    Ok(pieces)
}

/// Where the brace is closed that a text starts with.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open == 1 => return Some(at),
            '}' if open == 0 => return None,
            '}' => open -= 1,
            _ => {}
        }
    }
    None
}

fn field(written: &str, inside: bool) -> Result<Piece, SentenceError> {
    let (head, classes) = match written.split_once('|') {
        Some((head, classes)) => (head, Some(classes)),
        None => (written, None),
    };
    let (path, form) = match head.split_once(':') {
        Some((path, form)) => (path, Some(form)),
        None => (head, None),
    };
    let form = match form {
        None => Form::Usual,
        Some(name) => {
            let known = Form::NAMES.iter().find(|(known, _)| *known == name);
            known.ok_or_else(|| SentenceError::Form(name.to_owned()))?.1
        }
    };
    let path: Vec<String> = match path {
        "" if inside => Vec::new(),
        path => path.split('.').map(str::to_owned).collect(),
    };
    if path
        .iter()
        .any(|name| !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') || name.is_empty())
    {
        return Err(SentenceError::Name(head.to_owned()));
    }
    let field = Field { path, form };
    let Some(written) = classes else {
        return Ok(Piece::Field(field));
    };
    let mut classes = Vec::new();
    for one in alternatives(written) {
        let (class, words) = one.split_once('=').unwrap_or((one, ""));
        let known = Plural::from_key(class.trim());
        let class = known.ok_or_else(|| SentenceError::Class(class.trim().to_owned()))?;
        classes.push((class, pieces(words, true)?));
    }
    if !classes.iter().any(|(class, _)| *class == Plural::Other) {
        return Err(SentenceError::Other(head.to_owned()));
    }
    Ok(Piece::Plural { field, classes })
}

/// The parts of a text between strokes that stand in no brace.
fn alternatives(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut open) = (Vec::new(), 0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' => open = open.saturating_sub(1),
            '|' if open == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found
}

fn fill(pieces: &[Piece], usage: Usage, values: &impl Values, number: Option<u32>, filled: &mut String) -> Option<()> {
    for piece in pieces {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Field(field) => {
                let value = match (field.path.is_empty(), number) {
                    (true, Some(number)) => Value::Number(number),
                    _ => values.value(&field.path)?,
                };
                filled.push_str(&printed(field, &value, usage, values)?);
            }
            Piece::Plural { field, classes } => {
                let n = count(&values.value(&field.path)?)?;
                let class = locale::plural(usage.language, n);
                let of = |class| classes.iter().find(|(known, _)| *known == class);
                let (_, pieces) = of(class).or_else(|| of(Plural::Other))?;
                fill(pieces, usage, values, Some(n), filled)?;
            }
        }
    }
    Some(())
}

/// The number of a value: of a list how many items it has.
fn count(value: &Value<'_>) -> Option<u32> {
    match value {
        Value::Number(n) => Some(*n),
        Value::Fact(Fact::Number(n)) => u32::try_from(*n).ok(),
        Value::Fact(Fact::List(items)) => u32::try_from(items.len()).ok(),
        Value::Fact(Fact::Patterned { text, .. }) => text.parse().ok(),
        Value::Text(text) => text.parse().ok().or_else(|| locale::roman_value(text)),
        Value::Fact(_) => None,
    }
}

/// A value in a form.
fn printed(field: &Field, value: &Value<'_>, usage: Usage, values: &impl Values) -> Option<String> {
    let language = usage.language;
    let numeral = |words: Option<String>, n: u32| words.unwrap_or_else(|| locale::number(usage, n));
    Some(match field.form {
        Form::Ordinal { gender, capital } => {
            let n = count(value)?;
            let words = locale::ordinal(language, gender, n)?;
            if capital { capitalized(&words) } else { words }
        }
        Form::Adverb => locale::adverb(language, count(value)?)?,
        Form::Nth(gender) => locale::ordinal_in_digits(usage, gender, count(value)?),
        Form::Roman { capital } => {
            let n = count(value)?;
            let numeral = numeral(locale::roman(n), n);
            if capital { numeral } else { numeral.to_lowercase() }
        }
        Form::Letter { capital } => {
            // A letter of a symbol is one of the Latin alphabet.
            let n = match value {
                Value::Text(text) if text.len() == 1 && text.as_bytes()[0].is_ascii_alphabetic() => {
                    u32::from(text.as_bytes()[0].to_ascii_uppercase() - b'A') + 1
                }
                value => count(value)?,
            };
            let letter = numeral(locale::letter(language, n), n);
            if capital { letter.to_uppercase() } else { letter }
        }
        Form::Word => {
            let key = raw(value)?;
            // A value that the kind has no word for is printed as it is written, rather than that a line goes.
            values.word(&field.path, &key).unwrap_or(&key).to_owned()
        }
        Form::Year => match value {
            Value::Fact(Fact::Day(day)) => locale::number(usage, day.year.into()),
            Value::Fact(Fact::Hijri(day)) => locale::number(usage, day.year.into()),
            _ => return None,
        },
        Form::Western => raw(value)?,
        Form::Value => locale::number(usage, count(value)?),
        Form::Digits => locale::number_text(usage, &usual(field, value, usage, values)?),
        Form::Sorted => {
            let mut items = items(field, value, usage, values)?;
            items.sort_by_key(|item| locale::sort_key(item));
            locale::list(language, &items)
        }
        Form::Lines => items(field, value, usage, values)?.join("\n"),
        Form::Usual => usual(field, value, usage, values)?,
    })
}

fn items(field: &Field, value: &Value<'_>, usage: Usage, values: &impl Values) -> Option<Vec<String>> {
    let Value::Fact(Fact::List(items)) = value else {
        return None;
    };
    items
        .iter()
        .map(|item| usual(field, &Value::Fact(item), usage, values))
        .collect()
}

/// A value as values of its type are printed.
fn usual(field: &Field, value: &Value<'_>, usage: Usage, values: &impl Values) -> Option<String> {
    Some(match value {
        Value::Number(n) => locale::number(usage, *n),
        Value::Text(text) => text.clone().into_owned(),
        Value::Fact(fact) => match fact {
            Fact::Text(text) => text.clone(),
            Fact::Patterned { text, form, parts } => match values.form(&field.path, form) {
                Some(sentence) => sentence.fill(usage, &Parts(parts))?,
                None => text.clone(),
            },
            Fact::Texts(texts) => texts.get(&usage.language)?.clone(),
            Fact::Word(word) => values.word(&field.path, word).unwrap_or(word).to_owned(),
            Fact::Number(n) => locale::number_text(usage, &n.to_string()),
            Fact::Day(day) => locale::date(usage, *day),
            Fact::Hijri(day) => locale::hijri_date(usage, *day),
            Fact::List(_) => locale::list(usage.language, &items(field, value, usage, values)?),
            Fact::Spoken(facts) => usual(field, &Value::Fact(facts.get(&usage.language)?), usage, values)?,
            Fact::Measure(number) => locale::number_text(usage, &number.to_string()),
            Fact::Flag(true) => String::new(),
            Fact::Flag(false) | Fact::Table(_) => return None,
        },
    })
}

/// The parts of a text by a pattern.
struct Parts<'a>(&'a BTreeMap<String, String>);

impl Values for Parts<'_> {
    fn value(&self, path: &[String]) -> Option<Value<'_>> {
        let [name] = path else { return None };
        self.0.get(name).map(|part| Value::Text(Cow::Borrowed(part)))
    }

    fn word(&self, _: &[String], _: &str) -> Option<&str> {
        None
    }

    fn form(&self, _: &[String], _: &str) -> Option<&Sentence> {
        None
    }
}

/// A value as `document.toml` has it.
fn raw(value: &Value<'_>) -> Option<String> {
    Some(match value {
        Value::Number(n) => n.to_string(),
        Value::Text(text) => text.clone().into_owned(),
        Value::Fact(Fact::Number(n)) => n.to_string(),
        Value::Fact(Fact::Text(text) | Fact::Patterned { text, .. } | Fact::Word(text)) => text.clone(),
        Value::Fact(Fact::Day(day)) => day.to_string(),
        Value::Fact(Fact::Hijri(day)) => day.to_string(),
        Value::Fact(_) => return None,
    })
}

/// Words with their first letter in capitals, where the script has them.
fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
