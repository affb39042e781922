//! How many lists, quotations and notes start in one another on a line. To Markdown each of them is open for every line
//! that follows, so that a line of ten thousand makes every later line cost as much as ten thousand.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::limits::NESTING;
use crate::text::SourceFile;

/// The fault of the first line on which too many start.
pub(super) fn fault(file: &Arc<SourceFile>) -> Option<Diagnostic> {
    let mut start = 0;
    for line in file.text().split_inclusive('\n') {
        let span = start..start + line.len();
        start = span.end;
        if started(line) > NESTING {
            return Some(told(file, span));
        }
    }
    None
}

fn told(file: &Arc<SourceFile>, span: Range<usize>) -> Diagnostic {
    let message = format!("more than {NESTING} lists, quotations and notes start in one another on this line");
    Diagnostic::error(message)
        .rule("nesting")
        .at(file, span)
        .hint("start a paragraph with one number and a space: `1. `; a note with `[^1]: `")
}

/// How many start at the start of a line.
fn started(line: &str) -> usize {
    let mut rest = line.trim_start();
    let mut count = 0;
    while count <= NESTING {
        let Some(after) = marker(rest) else { break };
        rest = after.trim_start();
        count += 1;
    }
    count
}

/// What follows the marker of a list, a quotation or a note.
fn marker(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('>') {
        return Some(rest);
    }
    if let Some(name) = text.strip_prefix("[^") {
        let end = name.find(']')?;
        return name[end..].strip_prefix("]:");
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match text.len() - digits.len() {
        0 => text.strip_prefix(['-', '+', '*']),
        _ => digits.strip_prefix(['.', ')']),
    };
    rest.filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_at_the_start_of_a_line_are_counted() {
        assert_eq!(started("1. > - [^a]: 12) text\n"), 5);
        assert_eq!(started("> > >\n"), 3);
        assert_eq!(started("1.a - b\n"), 0);
        assert_eq!(started("**text** - 1. 2.\n"), 0);
        assert_eq!(started("[^a] text"), 0);
    }
}
