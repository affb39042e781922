//! A file of a source: its path and its text, in which every place is told as people count, by line and column.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of a source, as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    path: PathBuf,
    text: String,
    /// The byte at which each line starts.
    lines: Vec<usize>,
}

/// A place as people count: both numbers from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column: characters, not bytes and not the width on a screen.
    pub column: usize,
}

impl SourceFile {
    /// A file with its text.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Arc::new(Self {
            path: path.into(),
            text,
            lines,
        })
    }

    /// The path, below the folder that the user named.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the file in its folder, as `ar.md`.
    pub fn name(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a range of bytes; nothing where the range is not one of whole characters.
    pub fn slice(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    /// The line and column of a byte. A byte inside a character counts as its first.
    pub fn position(&self, byte: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or_default();
        let mut end = byte.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        Position {
            line: line + 1,
            column: self.text[start..end].chars().count() + 1,
        }
    }

    /// The bytes of the line that a byte is in, without the end of the line.
    pub fn line_of(&self, byte: usize) -> Range<usize> {
        let line = self.lines.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or_default();
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + text.len()
    }

    /// The bytes of the first line of a range, without the end of the line; of a line that nobody sees whole, its start.
    pub fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        /// The most bytes that are underlined.
        const LONGEST: usize = 2_000;
        let mut text = self.slice(span.clone());
        if text.len() > LONGEST {
            let cut = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at));
            text = &text[..cut.unwrap_or_default()];
        }
        let line = text.split(['\n', '\r']).next().unwrap_or_default().trim_end();
        span.start..span.start + line.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters() {
        let file = SourceFile::new("ar.md", "قرار\r\n\nقرار ثان\n");
        let at = |byte| (file.position(byte).line, file.position(byte).column);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(2), (1, 2));
        assert_eq!(at(3), (1, 2), "a byte inside a character counts as its first");
        assert_eq!(at(10), (2, 1));
        assert_eq!(at(20), (3, 6));
        assert_eq!(at(27), (4, 1));
        assert_eq!(at(900), (4, 1), "a place after the end is the end");
    }
}
