//! The schema of `document.toml` and the reader of it say the same of every key: `tests/schema/document.jsonl` has a case a line, a
//! key with a value and whether it is right. Here the reader is held to it, in the step `report` of the test run the schema, by ajv.
//! `INSTA_UPDATE=always` writes the cases and `docs/document.schema.json` anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use qarar::diagnostic::Severity;
use serde_json::{Value, json};

use crate::document::{FONTS, folder, write};
use crate::program::qarar;

/// A document that is right; each case changes one key of it.
const RIGHT: [(&str, &str); 9] = [
    ("kind", "\"resolution\""),
    ("symbol", "\"A/RES/61/180\""),
    ("body", "\"general-assembly\""),
    ("session", "61"),
    ("adopted", "2006-12-20"),
    ("meeting", "82"),
    ("distribution", "\"general\""),
    ("issued", "2007-03-08"),
    ("languages", "[\"ar\", \"en\"]"),
];

/// Values as TOML writes them, and as they are in JSON: an editor takes a day for a text.
const VALUES: [(&str, &str); 44] = [
    ("true", "true"),
    ("-1", "-1"),
    ("0", "0"),
    ("1", "1"),
    ("6", "6"),
    ("7", "7"),
    ("65535", "65535"),
    ("65536", "65536"),
    ("1.5", "1.5"),
    ("\"\"", "\"\""),
    ("\" \"", "\" \""),
    ("\"Amiri\"", "\"Amiri\""),
    ("\"resolution\"", "\"resolution\""),
    ("\"general-assembly\"", "\"general-assembly\""),
    ("\"security-council\"", "\"security-council\""),
    ("\"economic-and-social-council\"", "\"economic-and-social-council\""),
    ("\"general\"", "\"general\""),
    ("\"limited\"", "\"limited\""),
    ("\"restricted\"", "\"restricted\""),
    ("\"native\"", "\"native\""),
    ("\"western\"", "\"western\""),
    ("\"natural\"", "\"natural\""),
    ("\"pages\"", "\"pages\""),
    ("\"lines\"", "\"lines\""),
    ("\"side-by-side\"", "\"side-by-side\""),
    ("\"facing\"", "\"facing\""),
    ("\"A/RES/1/2\"", "\"A/RES/1/2\""),
    ("\"A/RES/1 (II)\"", "\"A/RES/1 (II)\""),
    ("\"A//2\"", "\"A//2\""),
    ("\"A/ /2\"", "\"A/ /2\""),
    ("\"A/RES/٦١\"", "\"A/RES/٦١\""),
    ("\"2006-12-21\"", "\"2006-12-21\""),
    ("2006-12-21", "\"2006-12-21\""),
    ("2006-12-21T10:00:00", "\"2006-12-21T10:00:00\""),
    ("\"2006-02-31\"", "\"2006-02-31\""),
    ("\"21 December 2006\"", "\"21 December 2006\""),
    ("[]", "[]"),
    ("[\"en\"]", "[\"en\"]"),
    ("[\"ar\", \"ar\"]", "[\"ar\", \"ar\"]"),
    ("[\"Xx\"]", "[\"Xx\"]"),
    ("{ ar = \"western\" }", "{\"ar\": \"western\"}"),
    ("{ ar = \"roman\" }", "{\"ar\": \"roman\"}"),
    ("{ symbol = \"A/61/444\" }", "{\"symbol\": \"A/61/444\"}"),
    ("{ committee = 1 }", "{\"committee\": 1}"),
];

/// What a case is told of that no schema can know: whether a file or a font is there.
const BEYOND: [&str; 2] = ["there is no font family", "there is no file `"];

fn schema() -> String {
    let output = qarar(Path::new("."), &["print", "schema"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Every key of the schema, those of tables after a full stop.
fn keys(schema: &Value, before: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, property) in schema["properties"].as_object().unwrap() {
        found.push(format!("{before}{name}"));
        if property["properties"].is_object() {
            found.extend(keys(property, &format!("{before}{name}.")));
        }
    }
    found
}

/// `document.toml` with a key of another value, or without it.
fn changed(key: &str, value: Option<&str>) -> String {
    let (outer, inner) = key.split_once('.').unwrap_or((key, ""));
    let mut lines: Vec<String> = RIGHT
        .iter()
        .filter(|(name, _)| *name != outer)
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect();
    match (value, inner) {
        (None, "") => {}
        (Some(value), "") => lines.push(format!("{outer} = {value}\n")),
        (value, inner) => {
            lines.push(format!("[{outer}]\n"));
            lines.extend(value.map(|value| format!("{inner} = {value}\n")));
            // What a table needs beside the key.
            if outer == "report" && inner != "symbol" {
                lines.push("symbol = \"A/61/444\"\n".to_owned());
            }
        }
    }
    lines.concat()
}

/// If it fails, an editor calls wrong what qarar takes, or lets pass what it does not.
#[test]
fn reader_and_schema_are_one() {
    let accept = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let texts = ["ar", "en"].map(|code| (format!("{code}.md"), "# 7\n\n7\n"));
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let document = folder(&texts);
    let is_right = |toml: &str| {
        write(document.path(), "document.toml", toml.as_bytes());
        let told = match qarar::open(document.path(), &FONTS) {
            Ok(_) => return true,
            Err(told) => told,
        };
        let errors = told.iter().filter(|told| told.severity() == Severity::Error);
        let mut errors = errors.filter(|told| !BEYOND.iter().any(|words| told.to_string().contains(words)));
        errors.next().is_none()
    };
    assert!(is_right(&changed("agenda-item", None)));
    let mut cases = Vec::new();
    let mut keys = keys(&schema, "");
    keys.extend(["nothing", "report.nothing", "fonts.nothing", "layout.nothing"].map(str::to_owned));
    assert!(keys.len() > 25, "{keys:?}");
    for key in keys {
        let right = is_right(&changed(&key, None));
        cases.push(json!({ "key": key, "right": right }));
        let is_text = key.starts_with("fonts.") || key == "layout.reference";
        for (toml, value) in VALUES {
            // A day without quotation marks, which is no text, is one to an editor.
            if is_text && toml.starts_with("2006") {
                continue;
            }
            let value: Value = serde_json::from_str(value).unwrap();
            let right = is_right(&changed(&key, Some(toml)));
            cases.push(json!({ "key": key, "value": value, "right": right }));
        }
    }
    let right = cases.iter().filter(|case| case["right"] == true).count();
    assert!(
        right > 60 && right < cases.len() / 3,
        "{right} of {} are right",
        cases.len()
    );
    let cases: String = cases.iter().map(|case| format!("{case}\n")).collect();
    let expected = Path::new("tests/schema/document.jsonl");
    if accept {
        write(Path::new("tests/schema"), "document.jsonl", cases.as_bytes());
    }
    assert!(
        fs::read_to_string(expected).unwrap_or_default() == cases,
        "{} is not what the reader says: INSTA_UPDATE=always writes it anew",
        expected.display()
    );
}

#[test]
fn the_schema_of_the_guides_is_that_of_the_program() {
    let accept = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let ours = schema();
    if accept {
        fs::write("docs/document.schema.json", &ours).unwrap();
    }
    assert_eq!(fs::read_to_string("docs/document.schema.json").unwrap(), ours);
    let guide = fs::read_to_string("docs/source.md").unwrap();
    let schema: Value = serde_json::from_str(&ours).unwrap();
    for key in keys(&schema, "") {
        let name = key.rsplit('.').next().unwrap();
        assert!(
            guide.contains(&format!("`{name}`")) || guide.contains(&format!("`[{name}]`")),
            "docs/source.md does not tell of `{key}`"
        );
    }
    for name in ["layout", "messages"] {
        let printed = qarar(Path::new("."), &["print", "schema", name]).output().unwrap();
        assert_eq!(printed.stdout, fs::read(format!("docs/{name}.schema.json")).unwrap());
    }
}
