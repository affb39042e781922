//! What a command tells, as JSON for programs: `docs/messages.schema.json` describes it, `docs/messages.md` explains it.

use std::ops::Range;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Diagnostic, Diagnostics, Edit, Place, Severity};
use crate::text::SourceFile;

/// All that a command told.
#[derive(Debug)]
pub(crate) struct Told {
    /// The command, as `check`.
    pub(crate) command: &'static str,
    /// Its faults and warnings.
    pub(crate) diagnostics: Diagnostics,
    /// What it said of its work, a line each.
    pub(crate) output: Vec<String>,
    /// How it ended.
    pub(crate) exit_code: u8,
}

impl Told {
    /// The JSON.
    pub(crate) fn json(&self) -> Value {
        let messages = messages(&self.diagnostics);
        json!({
            "qarar-messages": 1,
            "version": env!("CARGO_PKG_VERSION"),
            "command": self.command,
            "exit-code": self.exit_code,
            "errors": self.diagnostics.count(Severity::Error),
            "warnings": self.diagnostics.count(Severity::Warning),
            "messages": messages,
            "output": self.output,
        })
    }
}

/// Faults and warnings, each as JSON.
pub(crate) fn messages(diagnostics: &Diagnostics) -> Vec<Value> {
    diagnostics.told().map(|told| message(&told)).collect()
}

fn message(told: &Diagnostic) -> Value {
    let mut message = Map::new();
    let mut put = |key: &str, value: Value| message.insert(key.to_owned(), value);
    put("severity", json!(told.severity.to_string()));
    put("rule", json!(told.rule_name()));
    put("message", json!(told.message));
    if let Some(place) = &told.place {
        put("place", place_of(place));
    }
    if !told.label.is_empty() {
        put("label", json!(told.label));
    }
    let others = told.others.iter().map(|(place, label)| {
        let mut other = place_of(place);
        other["label"] = json!(label);
        other
    });
    let others: Vec<Value> = others.collect();
    if !others.is_empty() {
        put("others", json!(others));
    }
    put("help", json!(told.hints));
    let edits: Vec<Value> = told.edits().iter().map(edit).collect();
    if !edits.is_empty() {
        put("fix", json!(edits));
    }
    Value::Object(message)
}

fn edit(edit: &Edit) -> Value {
    let mut value = text(&edit.file, &edit.span);
    value["replacement"] = json!(edit.replacement);
    value
}

fn place_of(place: &Place) -> Value {
    match place {
        Place::Path(path) => json!({ "file": named(path) }),
        Place::Text { file, span } => text(file, span),
    }
}

fn text(file: &SourceFile, span: &Range<usize>) -> Value {
    let position = |byte: usize| {
        let at = file.position(byte);
        json!({ "line": at.line, "column": at.column, "byte": byte })
    };
    json!({ "file": named(file.path()), "start": position(span.start), "end": position(span.end) })
}

fn named(path: &Path) -> String {
    path.display().to_string()
}
