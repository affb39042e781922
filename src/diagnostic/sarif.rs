//! What a command tells, as SARIF 2.1.0 (OASIS), which services of code review and editors read.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Component, Path};

use serde_json::{Value, json};

use super::json::Told;
use super::{Diagnostic, Edit, Place, RULES, Severity};
use crate::text::SourceFile;

impl Told {
    /// The log.
    pub(crate) fn sarif(&self) -> Value {
        let used: BTreeSet<&str> = self.diagnostics.iter().map(Diagnostic::rule_name).collect();
        let rules: Vec<Value> = RULES
            .iter()
            .filter(|(name, _)| used.contains(name))
            .map(|(name, about)| json!({ "id": name, "shortDescription": { "text": about } }))
            .collect();
        let results: Vec<Value> = self.diagnostics.told().map(|told| result(&told)).collect();
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "qarar",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                // Columns are counted in characters.
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": self.exit_code < 2,
                    "exitCode": self.exit_code,
                }],
                "results": results,
            }],
        })
    }
}

fn result(told: &Diagnostic) -> Value {
    let level = match told.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    // A message stands alone in most views: what to do belongs to it.
    let text = match told.hints.as_slice() {
        [] => told.message.clone(),
        hints => format!("{} (help: {})", told.message, hints.join("; ")),
    };
    let mut result = json!({ "ruleId": told.rule_name(), "level": level, "message": { "text": text } });
    if let Some(place) = &told.place {
        let mut location = json!({ "physicalLocation": physical(place) });
        if !told.label.is_empty() {
            location["message"] = json!({ "text": told.label });
        }
        result["locations"] = json!([location]);
    }
    let others: Vec<Value> = told
        .others
        .iter()
        .enumerate()
        .map(|(id, (place, label))| {
            json!({ "id": id, "physicalLocation": physical(place), "message": { "text": label } })
        })
        .collect();
    if !others.is_empty() {
        result["relatedLocations"] = json!(others);
    }
    let edits = told.edits();
    if let Some(first) = edits.first() {
        let replacements: Vec<Value> = edits.iter().map(replacement).collect();
        result["fixes"] = json!([{
            "description": { "text": told.hints.first().unwrap_or(&told.message) },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(first.file.path()) },
                "replacements": replacements,
            }],
        }]);
    }
    result
}

fn replacement(edit: &Edit) -> Value {
    let mut replacement = json!({ "deletedRegion": region(&edit.file, &edit.span) });
    if !edit.replacement.is_empty() {
        replacement["insertedContent"] = json!({ "text": edit.replacement });
    }
    replacement
}

fn physical(place: &Place) -> Value {
    match place {
        Place::Path(path) => json!({ "artifactLocation": { "uri": uri(path) } }),
        Place::Text { file, span } => json!({
            "artifactLocation": { "uri": uri(file.path()) },
            "region": region(file, span),
        }),
    }
}

fn region(file: &SourceFile, span: &Range<usize>) -> Value {
    let (start, end) = (file.position(span.start), file.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start,
        "byteLength": span.len(),
    })
}

/// A path as the reference of a URI (RFC 3986): relative ones stay so, for a log is read where the command was run.
fn uri(path: &Path) -> String {
    let mut uri = String::new();
    for part in path.components() {
        match part {
            Component::Prefix(prefix) => {
                uri.push_str("file:///");
                escape(&prefix.as_os_str().to_string_lossy(), &mut uri);
            }
            Component::RootDir if uri.is_empty() => uri.push_str("file:///"),
            Component::RootDir => uri.push('/'),
            Component::CurDir => {}
            part => {
                if !uri.is_empty() && !uri.ends_with('/') {
                    uri.push('/');
                }
                escape(&part.as_os_str().to_string_lossy(), &mut uri);
            }
        }
    }
    if uri.is_empty() { ".".to_owned() } else { uri }
}

/// Escapes all but the letters that every part of a path may have.
fn escape(part: &str, uri: &mut String) {
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_reference_of_a_uri() {
        for (path, expected) in [
            ("documents/a b/ar.md", "documents/a%20b/ar.md"),
            ("./x/ع.md", "x/%D8%B9.md"),
            ("../x", "../x"),
            ("/tmp/100%", "file:///tmp/100%25"),
            (".", "."),
        ] {
            assert_eq!(uri(Path::new(path)), expected);
        }
    }
}
