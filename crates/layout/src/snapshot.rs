//! The snapshot of a layout: pages of lines, each with its text, its place, its fonts and its elongations.
//!
//! All lengths are in points from the top left corner of the page, rounded to a hundredth. That is five times finer than
//! the least difference that a comparison sees, so that a value at the edge of rounding never shows as one.

use serde::{Deserialize, Serialize};

/// The layout of an edition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// The name of the document; empty where it is not known.
    pub document: String,
    /// The name of the edition: `ar`, `ar-en`.
    pub edition: String,
    /// The codes of the languages, in the order of their columns.
    pub languages: Vec<String>,
    /// Whether only a part of what stands on the pages is told: what a partial layout does not name is not compared.
    pub partial: bool,
    /// Whether it was read from a PDF, which tells nothing of elongations and of the versions of fonts.
    pub from_pdf: bool,
    /// The columns of text; none where they are not known.
    pub columns: Vec<Column>,
    /// The fonts, in the order of their names.
    pub fonts: Vec<Font>,
    /// The pages.
    pub pages: Vec<Page>,
}

/// A column of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The language that is set in it.
    pub language: String,
    /// Its left edge.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
}

/// A font that lines are set in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Font {
    /// The name by which lines refer to it: family and style, as `Amiri Bold`.
    pub name: String,
    /// The version that the font file tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The checksum in the font file, in hexadecimal, by which two files of one version can be told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum: Option<String>,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The number of the page, from 1.
    pub number: usize,
    /// Its width and height.
    pub size: Option<(f64, f64)>,
    /// The file name of its picture, beside the snapshot.
    pub image: Option<String>,
    /// Its lines: the text in reading order, the notes, and what stands round the body.
    pub lines: Vec<Line>,
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The paragraph that it belongs to, as an editor names it: `operative 6 (a)`, `note 5`. Empty where it is not known.
    #[serde(rename = "in")]
    pub paragraph: String,
    /// The code of its language.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The text in logical order, without elongations and without white space at its ends.
    pub text: String,
    /// The label that the text starts with: `٦ -`, `(١)`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The marks of notes in the text, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// Whether the last word goes on in the next line without a space.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub joined: bool,
    /// The baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<f64>,
    /// The left end of the ink of the line's advances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<f64>,
    /// The right end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<f64>,
    /// The fonts, those of the most letters first, each with its size.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fonts: Vec<(String, f64)>,
    /// The elongations, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joints: Vec<Joint>,
}

/// The mark of a note in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// The number of the note, from 1.
    pub note: usize,
    /// How many characters of the line's text stand before it.
    pub at: usize,
    /// The mark as it is printed: `(١)`.
    pub text: String,
}

/// An elongated joint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    /// The word.
    pub word: String,
    /// How many letters of the word stand before the joint.
    pub after: usize,
    /// The length of the elongation in points.
    pub by: f64,
}

/// Rounds a length to a hundredth of a point, as all places of a layout are.
pub fn rounded(points: f64) -> f64 {
    // Adding zero turns a negative zero into a plain one.
    (points * 100.0).round() / 100.0 + 0.0
}

impl From<&Layout> for Layout {
    fn from(layout: &Layout) -> Self {
        layout.clone()
    }
}

impl Layout {
    /// All lines, each with the index of its page.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.pages
            .iter()
            .enumerate()
            .flat_map(|(page, content)| content.lines.iter().map(move |line| (page, line)))
    }

    /// Whether lines say where they stand.
    pub fn has_positions(&self) -> bool {
        self.lines().any(|(_, line)| line.baseline.is_some())
    }

    /// The font of a name.
    pub fn font(&self, name: &str) -> Option<&Font> {
        self.fonts.iter().find(|font| font.name == name)
    }
}
