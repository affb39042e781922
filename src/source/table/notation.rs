//! What is wrong with the notation of a TOML file, before anything is asked of what it says.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{SourceFile, is_invisible};

/// Where the notation of a file is broken.
#[derive(Debug)]
pub(in crate::source) struct Broken {
    /// Values that cannot be read; they were told of.
    pub(super) values: Vec<Range<usize>>,
    /// From where on it is not clear what belongs to what.
    pub(super) from: usize,
}

/// Tells of faults of the notation. After the first one that leaves open where a table or a text ends, all others would
/// be its echo.
pub(in crate::source) fn notation(
    file: &Arc<SourceFile>,
    root: &DeTable<'_>,
    days: &[&str],
    errors: &[toml::de::Error],
    diagnostics: &mut Diagnostics,
) -> Broken {
    let of_value = |message: &str| {
        const STARTS: [&str; 6] = [
            "duplicate key",
            "string values must be quoted",
            "invalid date",
            "invalid time",
            "invalid integer",
            "invalid float",
        ];
        STARTS.iter().any(|start| message.starts_with(start))
    };
    let mut places: Vec<(&str, Range<usize>)> = errors
        .iter()
        .map(|error| (error.message(), error.span().unwrap_or_default()))
        .collect();
    places.sort_by_key(|(_, span)| span.start);
    let unclear = places.iter().position(|(message, _)| !of_value(message));
    let from = unclear.map_or(usize::MAX, |at| places[at].1.start);
    let clear = unclear.map_or(places.len(), |at| at + 1);
    for (message, span) in &places[..clear] {
        // A character that cannot be seen is told of as such.
        let invisible = file.slice(span.clone()).contains(is_invisible);
        if !(invisible || is_told(root, days, span)) {
            diagnostics.push(syntax(message, file.slice(span.clone())).at(file, span.clone()));
        }
    }
    let values = places.into_iter().map(|(_, span)| span).collect();
    Broken { values, from }
}

/// A fault of the notation.
fn syntax(message: &str, source: &str) -> Diagnostic {
    let fault = Diagnostic::error(message.to_owned()).rule("toml");
    match message {
        m if m.starts_with("duplicate key") => Diagnostic::error(format!("`{}` is given twice", source.trim()))
            .rule("key-twice")
            .hint("keep one of the two"),
        m if m.starts_with("string values must be quoted") && source.is_empty() => {
            Diagnostic::error("a key without a value")
                .rule("value-missing")
                .hint("write it after the `=`, or take the line away")
        }
        m if m.starts_with("string values must be quoted") => {
            let quoted = format!("\"{source}\"");
            let fault = fault.hint(format!("write `{quoted}`"));
            match source.contains(['"', '\\']) {
                true => fault,
                false => fault.fix(quoted),
            }
        }
        _ => fault.hint("the file is TOML: `key = value` on a line of its own, texts in quotation marks"),
    }
}

/// Whether the parser's fault at a place is one of a date.
fn is_told(root: &DeTable<'_>, days: &[&str], span: &Range<usize>) -> bool {
    days.iter()
        .filter_map(|key| root.get(*key))
        .any(|value| value.span() == *span && !span.is_empty())
}
