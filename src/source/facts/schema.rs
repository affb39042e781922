//! The JSON Schema of `document.toml`, for editors: made from the table that the file is read by.
//!
//! Editors with TOML support complete and check by it where the first line of a file names it: `#:schema ./document.schema.json`.
//! It is of draft 7, which they know best. What takes two keys, as that nothing is issued before it is adopted, `qarar check` tells.

use serde_json::{Map, Value as Json, json};

use super::known;
use crate::kind::{FactDefinition, Kind, Takes};
use crate::limits::SYMBOL_LETTERS;
use crate::locale::{Digits, Language, Script};

/// The schema of the documents of a kind.
pub(crate) fn schema(kind: Kind) -> Json {
    let keys = known::document(Some(kind), &[kind.name().to_owned()]);
    let mut schema = schema_of_table(&keys);
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    let title = format!("document.toml of a document of qarar: {}", kind.name());
    schema.insert("title".to_owned(), json!(title));
    schema.insert(
        "description".to_owned(),
        json!("What is true of a document in every language. Its text stands beside it, a file a language."),
    );
    Json::Object(schema)
}

pub(crate) fn schema_of_table(keys: &[FactDefinition]) -> Map<String, Json> {
    let properties: Map<String, Json> = keys.iter().map(|key| (key.name.clone(), property(key))).collect();
    let needed: Vec<&str> = keys
        .iter()
        .filter(|key| key.needed)
        .map(|key| key.name.as_str())
        .collect();
    let mut table = Map::new();
    table.insert("type".to_owned(), json!("object"));
    table.insert("additionalProperties".to_owned(), json!(false));
    table.insert("properties".to_owned(), Json::Object(properties));
    if !needed.is_empty() {
        table.insert("required".to_owned(), json!(needed));
    }
    // Official breaks need the official layout.
    if let Some(Takes::Word(breaks)) = keys.iter().find(|key| key.name == "breaks").map(|key| &key.takes) {
        let official = &breaks[1..];
        table.insert(
            "if".to_owned(),
            json!({ "required": ["breaks"], "properties": { "breaks": { "enum": official } } }),
        );
        table.insert("then".to_owned(), json!({ "required": ["reference"] }));
    }
    table
}

fn property(key: &FactDefinition) -> Json {
    let mut property = taken(&key.takes);
    property["description"] = json!(key.about);
    property
}

fn taken(takes: &Takes) -> Json {
    match takes {
        Takes::Text | Takes::Sentence => json!({ "type": "string", "pattern": "\\S" }),
        Takes::Texts => {
            let text = taken(&Takes::Text);
            let texts: Map<String, Json> = languages().map(|code| (code.to_owned(), text.clone())).collect();
            json!({ "type": "object", "additionalProperties": false, "minProperties": 1, "properties": texts })
        }
        Takes::Symbol(patterns) if patterns.is_empty() => symbol(),
        Takes::Symbol(patterns) => {
            let forms: Vec<Json> = patterns
                .iter()
                .map(|pattern| json!({ "pattern": pattern.expression() }))
                .collect();
            let mut symbol = symbol();
            symbol["anyOf"] = json!(forms);
            symbol
        }
        Takes::Pattern { patterns, numbers } => {
            let form = |pattern: &crate::kind::Pattern| json!({ "type": "string", "pattern": pattern.expression() });
            let mut forms: Vec<Json> = patterns.iter().map(form).collect();
            if patterns.iter().any(|pattern| pattern.parts("1").is_some()) {
                forms.push(json!({ "type": "integer", "minimum": numbers.start(), "maximum": numbers.end() }));
            }
            json!({ "anyOf": forms })
        }
        Takes::Word(words) => json!({ "enum": words }),
        Takes::Number(range) => json!({ "type": "integer", "minimum": range.start(), "maximum": range.end() }),
        Takes::Flag => json!({ "type": "boolean" }),
        // A day without quotation marks is a text to an editor.
        Takes::Day => json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Takes::Hijri => json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|30)$" }),
        Takes::Languages { all } => {
            // A language of the user's own has a code that is in no list.
            let code = json!({ "anyOf": [{ "enum": languages().collect::<Vec<_>>() }, code()] });
            let mut list = json!({ "type": "array", "items": code });
            if *all {
                list["minItems"] = json!(1);
                list["uniqueItems"] = json!(true);
            }
            list
        }
        Takes::Digits => {
            let words = json!({ "enum": words(Digits::ALL.iter().map(|digits| digits.key())) });
            let each = json!({ "type": "object", "propertyNames": code(), "additionalProperties": words });
            json!({ "anyOf": [words, each] })
        }
        Takes::Scripts(inner) => {
            let of_script = taken(inner);
            let what = if **inner == Takes::Text { "family" } else { "size" };
            let told = [
                Script::ARABIC,
                Script::CYRILLIC,
                Script::HAN,
                Script::HEBREW,
                Script::LATIN,
            ];
            let told = told.iter().map(|script| {
                let mut of_script = of_script.clone();
                of_script["description"] = json!(format!("The {what} of text in {} script.", script.name()));
                (script.key(), of_script)
            });
            let told: Map<String, Json> = told.collect();
            let keys: Vec<String> = Script::all().iter().map(|script| script.key()).collect();
            json!({
                "type": "object",
                "properties": told,
                "propertyNames": { "enum": keys },
                "additionalProperties": of_script,
            })
        }
        Takes::List(item) => {
            let item = taken(item);
            json!({ "anyOf": [item, { "type": "array", "minItems": 1, "items": item }] })
        }
        Takes::Measure { range, .. } => {
            json!({ "type": "number", "minimum": range.start(), "maximum": range.end() })
        }
        Takes::Colour => json!({ "type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$" }),
        Takes::Every(range) => json!({ "anyOf": [
            { "type": "boolean" },
            { "type": "integer", "minimum": range.start(), "maximum": range.end() },
        ] }),
        Takes::Spoken(inner) => {
            let inner = taken(inner);
            let each = json!({
                "type": "object", "minProperties": 1, "propertyNames": code(), "additionalProperties": inner,
            });
            json!({ "anyOf": [inner, each] })
        }
        Takes::Table(keys) => Json::Object(schema_of_table(keys)),
    }
}

fn symbol() -> Json {
    // ASCII with a slash in it, and something else than spaces before, between and after slashes.
    let part = "[ -.0-~]*[!-.0-~][ -.0-~]*";
    json!({ "type": "string", "maxLength": SYMBOL_LETTERS, "pattern": format!("^{part}(/{part})+$") })
}

fn languages() -> impl Iterator<Item = &'static str> {
    Language::ALL.iter().map(|language| language.code())
}

/// The code of a language.
fn code() -> Json {
    json!({ "type": "string", "pattern": "^[a-z]{2,3}(-[a-z0-9]{2,8})*$" })
}

fn words(words: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    words.collect()
}
