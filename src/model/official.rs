//! The official layout of a text: which lines and pages its first publisher gave it, read from a reference file and
//! matched with the text, so that an edition can be cited by official page and line.
//!
//! The format is plain text, described in `docs/pages.md`: one official line a line, `=== page N ===` before each page,
//! a line of low lines before the notes of a page, empty lines as one likes.

use std::ops::Range;

/// A line of a reference file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialLine {
    /// The text.
    pub text: String,
    /// Its line in the file, from 1.
    pub number: usize,
    /// The place of its page, from 0.
    pub page: usize,
    /// Whether it stands under the rule, in a note.
    pub note: bool,
}

/// A reference file, not yet matched with a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reference {
    /// The name that messages use.
    pub name: String,
    /// The lines in their order.
    pub lines: Vec<OfficialLine>,
}

/// A reference that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}\n  help: {hint}")]
pub struct ReferenceError {
    /// The file.
    pub file: String,
    /// The line in the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What would help.
    pub hint: String,
}

/// The official lines of one block or note: the letters before each line but the first, counted as [`inked`] counts.
pub type LineStarts = Vec<usize>;

/// Where a page starts: in a block, after so many letters of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageStart {
    /// The place of the block.
    pub block: usize,
    /// The letters of the block before the page.
    pub letters: usize,
}

/// The official layout of an expression.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Official {
    /// The lines of each block.
    pub blocks: Vec<LineStarts>,
    /// The lines of each note.
    pub notes: Vec<LineStarts>,
    /// Where the pages start, the first page left out.
    pub pages: Vec<PageStart>,
    /// The page, from 0, on which each note starts; `None` for a note that the reference leaves out.
    pub note_pages: Vec<Option<usize>>,
}

/// A stretch of text that the reference is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The text.
    pub text: String,
    /// Whether the reference may leave it out.
    pub optional: bool,
    /// What it is called, as `preambular 3`.
    pub what: String,
}

/// What counts in a comparison of lines: everything but white space and characters that steer only. Both files may
/// space and steer as they like.
pub fn is_inked(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{640}')
}

/// How many characters of the text count.
pub fn inked(text: &str) -> usize {
    text.chars().filter(|c| is_inked(*c)).count()
}

impl Reference {
    /// Reads a reference file.
    ///
    /// # Errors
    /// A line that starts with `===` and is no page, and a text before the first page.
    pub fn parse(name: &str, text: &str) -> Result<Self, ReferenceError> {
        let mut lines = Vec::new();
        let mut page = None;
        let mut note = false;
        for (index, line) in text.lines().enumerate() {
            let line = line.trim().trim_start_matches('\u{feff}');
            let error = |message: String, hint: &str| ReferenceError {
                file: name.to_owned(),
                line: index + 1,
                message,
                hint: hint.to_owned(),
            };
            if line.is_empty() {
                continue;
            }
            if line.starts_with("===") {
                let next = page.map_or(1, |page: usize| page + 2);
                let number = line
                    .trim_matches('=')
                    .trim()
                    .strip_prefix("page")
                    .and_then(|n| n.trim().parse().ok());
                if number != Some(next) {
                    let message = format!("expected `=== page {next} ===`, found `{line}`");
                    return Err(error(message, "the pages are numbered from 1, none is left out"));
                }
                page = Some(next - 1);
                note = false;
            } else if line.len() >= 3 && line.chars().all(|c| c == '_') {
                note = true;
            } else {
                let page =
                    page.ok_or_else(|| error("text before the first page".to_owned(), "start with `=== page 1 ===`"))?;
                lines.push(OfficialLine {
                    text: line.to_owned(),
                    number: index + 1,
                    page,
                    note,
                });
            }
        }
        Ok(Self {
            name: name.to_owned(),
            lines,
        })
    }

    /// Matches the lines with the text: front matter and closing matter as far as the reference has them, the blocks,
    /// the notes.
    ///
    /// # Errors
    /// The first line that is not in the text, and a text that the lines leave out.
    pub fn matched(
        &self,
        front: &[Expected],
        blocks: &[Expected],
        closing: &[Expected],
        notes: &[Expected],
    ) -> Result<Official, ReferenceError> {
        let body: Vec<&OfficialLine> = self.lines.iter().filter(|line| !line.note).collect();
        let foot: Vec<&OfficialLine> = self.lines.iter().filter(|line| line.note).collect();
        let all: Vec<Expected> = front.iter().chain(blocks).chain(closing).cloned().collect();
        let found = self.follow(&body, &all)?;
        let of_notes = self.follow(&foot, notes)?;
        let mut official = Official::default();
        for (block, lines) in found.iter().skip(front.len()).take(blocks.len()).enumerate() {
            official
                .blocks
                .push(lines.iter().skip(1).map(|(start, _)| *start).collect());
            for (start, page) in lines {
                let last = official.pages.len();
                // A page on which no block starts or goes on has no place of its own in the text.
                official
                    .pages
                    .extend((last..*page).map(|_| PageStart { block, letters: *start }));
            }
        }
        official.pages.dedup();
        official.notes = of_notes
            .iter()
            .map(|lines| lines.iter().skip(1).map(|(start, _)| *start).collect())
            .collect();
        official.note_pages = of_notes
            .iter()
            .map(|lines| lines.first().map(|(_, page)| *page))
            .collect();
        Ok(official)
    }

    /// Follows the text by the lines: for each stretch, the letters before each of its lines and the page of the line.
    fn follow(&self, lines: &[&OfficialLine], texts: &[Expected]) -> Result<Vec<Vec<(usize, usize)>>, ReferenceError> {
        let mut at = 0;
        let mut found = Vec::with_capacity(texts.len());
        for expected in texts {
            let text: Vec<char> = expected.text.chars().filter(|c| is_inked(*c)).collect();
            let mut starts = Vec::new();
            let mut done = 0;
            while done < text.len() {
                let Some(line) = lines.get(at) else {
                    if starts.is_empty() && expected.optional {
                        break;
                    }
                    let last = lines.last().map_or(1, |line| line.number);
                    return Err(self.error(last, format!("the file ends before {} does", expected.what)));
                };
                let letters: Vec<char> = line.text.chars().filter(|c| is_inked(*c)).collect();
                let same = letters.iter().zip(&text[done..]).take_while(|(a, b)| a == b).count();
                if same < letters.len() {
                    if starts.is_empty() && expected.optional {
                        break;
                    }
                    return Err(self.differs(line, &letters, same, &text, done..done + same, expected));
                }
                starts.push((done, line.page));
                done += letters.len();
                at += 1;
            }
            found.push(starts);
        }
        match lines.get(at) {
            None => Ok(found),
            Some(line) => Err(self.error(line.number, format!("`{}` is not in the text at this place", line.text))),
        }
    }

    fn differs(
        &self,
        line: &OfficialLine,
        letters: &[char],
        same: usize,
        text: &[char],
        matched: Range<usize>,
        expected: &Expected,
    ) -> ReferenceError {
        let show = |chars: &[char]| chars.iter().take(12).collect::<String>();
        let found = show(&letters[same..]);
        let message = match text.get(matched.end..).filter(|rest| !rest.is_empty()) {
            Some(rest) => format!("`{found}` stands where {} has `{}`", expected.what, show(rest)),
            None => format!("{} ends before `{found}`", expected.what),
        };
        self.error(line.number, message)
    }

    fn error(&self, line: usize, message: String) -> ReferenceError {
        let hint = "the lines must hold the text of the document word by word, and a paragraph starts on a line of its own; \
                    spaces do not count";
        ReferenceError {
            file: self.name.clone(),
            line,
            message,
            hint: hint.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(text: &str, optional: bool) -> Expected {
        Expected {
            text: text.to_owned(),
            optional,
            what: "the paragraph".to_owned(),
        }
    }

    #[test]
    fn lines_and_pages_are_told_by_the_letters_before_them() {
        let file = "=== page 1 ===\nTitle\n\none two\nthree\n___\n(1) note\n=== page 2 ===\nfour\n\nfive\n";
        let reference = Reference::parse("f", file).unwrap();
        let official = reference
            .matched(
                &[expected("Adopted", true), expected("Title", true)],
                &[expected("one two three four", false), expected("five", false)],
                &[expected("The end", true)],
                &[expected("(1)\u{a0}note", false)],
            )
            .unwrap();
        assert_eq!(official.blocks, [vec![6, 11], vec![]]);
        assert_eq!(official.pages, [PageStart { block: 0, letters: 11 }]);
        assert_eq!(official.note_pages, [Some(0)]);
    }

    #[test]
    fn a_reference_that_is_not_the_text_is_told_with_its_line() {
        let reference = Reference::parse("f", "=== page 1 ===\none two\nthrew\n").unwrap();
        let error = reference
            .matched(&[], &[expected("one two three", false)], &[], &[])
            .unwrap_err();
        assert_eq!(
            (error.line, error.message.as_str()),
            (3, "`w` stands where the paragraph has `e`")
        );
        let error = reference
            .matched(&[], &[expected("one two", false)], &[], &[])
            .unwrap_err();
        assert_eq!(
            (error.line, error.message.as_str()),
            (3, "`threw` is not in the text at this place")
        );
        let error = reference
            .matched(&[], &[expected("one two threw five", false)], &[], &[])
            .unwrap_err();
        assert_eq!(error.message, "the file ends before the paragraph does");
    }

    #[test]
    fn pages_are_counted() {
        assert_eq!(
            Reference::parse("f", "one\n").unwrap_err().message,
            "text before the first page"
        );
        let error = Reference::parse("f", "=== page 1 ===\n=== page 3 ===\n").unwrap_err();
        assert_eq!(
            (error.line, error.message.as_str()),
            (2, "expected `=== page 2 ===`, found `=== page 3 ===`")
        );
    }
}
