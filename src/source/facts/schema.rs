//! The JSON Schema of `document.toml`, for editors: made from the table that the file is read by.
//!
//! Editors with TOML support complete and check by it where the first line of a file names it: `#:schema ./document.schema.json`.
//! It is of draft 7, which they know best. What takes two keys, as that nothing is issued before it is adopted, `qarar check` tells.

use serde_json::{Map, Value as Json, json};

use super::known::{DOCUMENT, Key, Value, digits, languages};
use crate::limits::SYMBOL_LETTERS;
use crate::text::Script;

/// The schema.
pub(crate) fn schema() -> Json {
    let mut schema = table(DOCUMENT);
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!("document.toml of a document of qarar"));
    schema.insert(
        "description".to_owned(),
        json!("What is true of a document in every language. Its text stands beside it, a file a language."),
    );
    Json::Object(schema)
}

fn table(keys: &[Key]) -> Map<String, Json> {
    let properties: Map<String, Json> = keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let needed: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    let mut table = Map::new();
    table.insert("type".to_owned(), json!("object"));
    table.insert("additionalProperties".to_owned(), json!(false));
    table.insert("properties".to_owned(), Json::Object(properties));
    if !needed.is_empty() {
        table.insert("required".to_owned(), json!(needed));
    }
    // Official breaks need the official layout.
    if let Some(Value::Word(breaks)) = keys.iter().find(|key| key.name == "breaks").map(|key| &key.value) {
        let official: Vec<&str> = breaks().into_iter().skip(1).collect();
        table.insert(
            "if".to_owned(),
            json!({ "required": ["breaks"], "properties": { "breaks": { "enum": official } } }),
        );
        table.insert("then".to_owned(), json!({ "required": ["reference"] }));
    }
    table
}

/// The code of a language.
fn code() -> Json {
    json!({ "type": "string", "pattern": "^[a-z]{2,3}(-[a-z0-9]{2,8})*$" })
}

fn property(key: &Key) -> Json {
    let mut property = match &key.value {
        Value::Text => json!({ "type": "string", "pattern": "\\S" }),
        Value::Symbol => {
            // ASCII with a slash in it, and something else than spaces before, between and after slashes.
            let part = "[ -.0-~]*[!-.0-~][ -.0-~]*";
            json!({ "type": "string", "maxLength": SYMBOL_LETTERS, "pattern": format!("^{part}(/{part})+$") })
        }
        Value::Word(words) => json!({ "enum": words() }),
        Value::Number(range) => json!({ "type": "integer", "minimum": range.start(), "maximum": range.end() }),
        Value::Flag => json!({ "type": "boolean" }),
        // A day without quotation marks is a text to an editor.
        Value::Day => json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Value::Languages { all } => {
            // A language of the user's own has a code that is in no list.
            let code = json!({ "anyOf": [{ "enum": languages() }, code()] });
            let mut list = json!({ "type": "array", "items": code });
            if *all {
                list["minItems"] = json!(1);
                list["uniqueItems"] = json!(true);
            }
            list
        }
        Value::Digits => {
            let words = json!({ "enum": digits() });
            let each = json!({ "type": "object", "propertyNames": code(), "additionalProperties": words });
            json!({ "anyOf": [words, each] })
        }
        Value::Fonts => {
            let family = json!({ "type": "string", "pattern": "\\S" });
            let told = [
                Script::ARABIC,
                Script::CYRILLIC,
                Script::HAN,
                Script::HEBREW,
                Script::LATIN,
            ];
            let told = told.iter().map(|script| {
                let mut family = family.clone();
                family["description"] = json!(format!("The family of text in {} script.", script.name()));
                (script.key(), family)
            });
            let told: Map<String, Json> = told.collect();
            let keys: Vec<String> = Script::all().iter().map(|script| script.key()).collect();
            json!({
                "type": "object",
                "properties": told,
                "propertyNames": { "enum": keys },
                "additionalProperties": family,
            })
        }
        Value::Table(keys) => Json::Object(table(keys)),
    };
    property["description"] = json!(key.about);
    property
}
