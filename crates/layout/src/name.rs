//! The names of paragraphs as an editor says them: `preambular 3`, `operative 6 (a)`, `annex 1 paragraph 2`, `note 5`,
//! `table 1 row 2 column 3`, `page head`.
//!
//! A layout has them as text. What they say of where a paragraph belongs is read here and nowhere else.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The name of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name {
    /// It is not known.
    Unknown,
    /// What stands round the body of a page: `page head`.
    Page(String),
    /// What stands before the title: `organization`, `masthead line 2`.
    Front(String),
    /// A paragraph, a heading, a line that closes the document.
    Paragraph(String),
    /// A cell of a table.
    Cell {
        /// The row: `table 1 row 2`, `table 1 head`.
        row: String,
        /// The number of the column, from 1, in the order of the text.
        column: usize,
    },
    /// A note, by its number from 1.
    Note(usize),
}

/// A note that asterisks mark has this number and as many more as they are: it stands apart from those that are counted.
const ASTERISKS: usize = 1_000_000;
/// The most asterisks that mark a note.
const MOST_ASTERISKS: usize = 9;

/// What a PDF calls its headings, each with its number, and an editor those of parts.
const HEADING: &str = "heading";
/// What a PDF calls the lines of a masthead, each with its number.
const MASTHEAD_LINE: &str = "masthead line ";
/// What stands before the title of a document: all its lines but those that close it.
const FRONT: [&str; 10] = [
    "organization",
    "symbol",
    "body",
    "distribution",
    "issued",
    "session",
    "agenda item",
    "notice",
    "adoption",
    "report",
];
/// How a line is called that stands there and is none of these: `front sponsors`.
const OTHER_FRONT: &str = "front ";

impl FromStr for Name {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let note = || {
            let mark = text.strip_prefix("note ")?;
            number(mark).map(Self::Note).or_else(|| Self::of_asterisks(mark))
        };
        let cell = || {
            let (row, column) = text.strip_prefix("table ").and_then(|_| text.rsplit_once(' '))?;
            let row = (row.strip_suffix(" column")).or_else(|| row.ends_with(" head").then_some(row))?;
            Some(Self::Cell {
                row: row.to_owned(),
                column: number(column)?,
            })
        };
        let name = match text {
            "" => Self::Unknown,
            text if text.starts_with("page ") => Self::Page(text.to_owned()),
            text if FRONT.contains(&text) || text.starts_with(MASTHEAD_LINE) || text.starts_with(OTHER_FRONT) => {
                Self::Front(text.to_owned())
            }
            text => note().or_else(cell).unwrap_or_else(|| Self::Paragraph(text.to_owned())),
        };
        Ok(name)
    }
}

/// A number as it is written here: without a sign and without zeros before it, so that a name is written as it was read.
fn number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|number: &usize| number.to_string() == text)
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => Ok(()),
            Self::Page(name) | Self::Front(name) | Self::Paragraph(name) => f.write_str(name),
            Self::Cell { row, column } if row.ends_with(" head") => write!(f, "{row} {column}"),
            Self::Cell { row, column } => write!(f, "{row} column {column}"),
            Self::Note(number) => match number.checked_sub(ASTERISKS) {
                Some(count @ 1..=MOST_ASTERISKS) => write!(f, "note {}", "*".repeat(count)),
                _ => write!(f, "note {number}"),
            },
        }
    }
}

impl Name {
    /// The name that a line of a layout has.
    pub fn of(text: &str) -> Self {
        match text.parse() {
            Ok(name) => name,
            Err(never) => match never {},
        }
    }

    /// The note that so many asterisks mark.
    pub fn asterisks(count: usize) -> Self {
        Self::Note(ASTERISKS + count.clamp(1, MOST_ASTERISKS))
    }

    /// The note that a mark of asterisks is of; `None` for another mark.
    pub fn of_asterisks(mark: &str) -> Option<Self> {
        let is_one = (1..=MOST_ASTERISKS).contains(&mark.len()) && mark.chars().all(|c| c == '*');
        is_one.then(|| Self::asterisks(mark.len()))
    }

    /// The number of a note; of one that asterisks mark a number beyond all others.
    pub fn note(&self) -> Option<usize> {
        match self {
            Self::Note(number) => Some(*number),
            _ => None,
        }
    }

    /// The row of a cell of a table, and the number of its column.
    pub fn cell(&self) -> Option<(&str, usize)> {
        match self {
            Self::Cell { row, column } => Some((row, *column)),
            _ => None,
        }
    }

    /// The number of the table of a cell, as it is written.
    pub fn table(&self) -> Option<&str> {
        let (row, _) = self.cell()?;
        Some(row.strip_prefix("table ")?.split_once(' ').unwrap_or_default().0)
    }

    /// The same cell of another table.
    pub fn in_table(&self, table: &str) -> Option<Self> {
        let (row, column) = self.cell()?;
        let (_, row) = row.strip_prefix("table ")?.split_once(' ')?;
        let row = format!("table {table} {row}");
        Some(Self::Cell { row, column })
    }

    /// Whether it is a heading: `heading 2` of a PDF, `annex 1 heading` of an edition.
    pub fn is_heading(&self) -> bool {
        matches!(self, Self::Paragraph(name) if name.split(' ').any(|word| word == HEADING))
    }

    /// What its paragraph stands beside: the row of a cell, and the paragraph itself otherwise.
    pub fn row(&self) -> String {
        match self {
            Self::Cell { row, .. } => row.clone(),
            other => other.to_string(),
        }
    }

    /// Whether it is a line of a masthead that is known by its place alone.
    pub fn is_line_of_masthead(&self) -> bool {
        matches!(self, Self::Front(name) if name.starts_with(MASTHEAD_LINE))
    }

    /// What it is called beside the number of its page: `head`; empty for what stands round the body without a name.
    pub fn in_page(&self) -> String {
        match self {
            Self::Page(name) => name.trim_start_matches("page ").to_owned(),
            other => other.to_string(),
        }
    }

    /// What names of one kind have in common: their first word.
    pub fn family(&self) -> String {
        let name = self.to_string();
        name.split(' ').next().unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// If it fails, a paragraph is told by another name than the layout has for it.
        #[test]
        fn a_name_is_written_as_it_was_read(
            text in "(note |table |page |masthead line |organization|operative |)(0|[0-9]{1,3}|\\+1)?( head| row 2 column| column)?( [0-9]{1,2}| \\(a\\))?"
        ) {
            prop_assert_eq!(Name::of(&text).to_string(), text);
        }
    }

    #[test]
    fn names_say_where_a_paragraph_belongs() {
        assert_eq!(Name::of("note 5"), Name::Note(5));
        assert_eq!(Name::of("note **"), Name::asterisks(2));
        assert_eq!(Name::asterisks(2).to_string(), "note **");
        assert_eq!(Name::of("table 1 row 2 column 3").cell(), Some(("table 1 row 2", 3)));
        assert_eq!(Name::of("table 1 head 3").cell(), Some(("table 1 head", 3)));
        assert_eq!(
            Name::of("table 1 caption"),
            Name::Paragraph("table 1 caption".to_owned())
        );
        assert_eq!(Name::of("masthead line 2"), Name::Front("masthead line 2".to_owned()));
        assert_eq!(Name::of("page head").in_page(), "head");
        assert_eq!(
            Name::of("note to the reader"),
            Name::Paragraph("note to the reader".to_owned())
        );
    }
}
