//! Kinds of faults, so that a source which repeats one mistake a hundred thousand times is told of it in bounded words.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Diagnostic, Place, Severity};

/// What faults have in common that are the same mistake at different places of a file: the words of the message without
/// what is quoted in it, without its numbers and codes of characters. Kept as a hash: a source has up to a million faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    pub(super) severity: Severity,
    words: u64,
}

impl Kind {
    pub(super) fn of(diagnostic: &Diagnostic) -> Self {
        let mut hasher = FxHasher::default();
        match &diagnostic.place {
            Some(Place::Text { file, .. }) => file.path().hash(&mut hasher),
            Some(Place::Path(path)) => path.hash(&mut hasher),
            None => {}
        }
        // What `…` quotes, and the words of a heading in “…”.
        let parts = diagnostic.message.split('`').step_by(2);
        for part in parts.flat_map(|part| part.split(['“', '”']).step_by(2)) {
            let words = part.split_ascii_whitespace();
            for word in words.filter(|word| !word.trim_start_matches('(').starts_with("U+")) {
                let letters = word.bytes().filter(|b| !b.is_ascii_digit());
                letters.for_each(|b| hasher.write_u8(b));
            }
        }
        Self {
            severity: diagnostic.severity,
            words: hasher.finish(),
        }
    }
}

/// The longest text of a message, a label or a hint, in characters: a source may quote a word of a million letters.
const LONGEST: usize = 600;

/// A text with its middle left out where it is too long to be read.
pub(super) fn cropped(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let count = text.chars().count();
    if count <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST / 2).collect();
    let end = text.char_indices().rev().nth(LONGEST / 4).map_or(0, |(at, _)| at);
    format!("{start} … {}", &text[end..])
}

#[cfg(test)]
mod tests {
    use super::super::Diagnostics;
    use super::*;
    use crate::text::SourceFile;

    /// A file of another encoding has a fault in every word; nobody reads a hundred thousand of them.
    #[test]
    fn faults_of_a_kind_are_told_a_hundred_times_and_then_counted() {
        let file = SourceFile::new("ar.md", "`a` ".repeat(300));
        let mut diagnostics = Diagnostics::default();
        for at in 0..300 {
            let fault = Diagnostic::error(format!("`{at}` is the code {at}"));
            diagnostics.push(fault.at(&file, at * 4..at * 4 + 3));
        }
        diagnostics.push(Diagnostic::error("another fault"));
        assert_eq!(diagnostics.count(Severity::Error), 301);
        let told = diagnostics.to_string();
        assert_eq!(told.lines().count(), 101);
        assert!(told.contains("and 200 more of this kind"), "{told}");
        let mut twice = diagnostics.clone();
        twice.append(diagnostics);
        assert_eq!(twice.count(Severity::Error), 602);
        assert_eq!(twice.to_string().lines().count(), 102);
        assert!(twice.to_string().contains("and 500 more of this kind"));
    }

    #[test]
    fn a_word_of_a_million_letters_is_quoted_in_part() {
        let fault = Diagnostic::error(format!("`{}` is not a name", "ا".repeat(1_000_000)));
        assert!(fault.message().chars().count() < 1_000);
        assert!(fault.message().ends_with("ا` is not a name"));
    }
}
