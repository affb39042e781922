//! What a comparison finds: each difference once, under its cause, with what follows from it.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::change::Change;
use super::tell;

/// How closely two layouts are compared; each level includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The words, paragraphs and notes.
    Text,
    /// Which page each line and note stands on.
    Pages,
    /// Where lines break.
    Lines,
    /// Fonts, places and elongations.
    Positions,
    /// The pictures of the pages.
    Pixels,
}

impl Level {
    /// All levels, the coarsest first.
    pub const ALL: [Self; 5] = [Self::Text, Self::Pages, Self::Lines, Self::Positions, Self::Pixels];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Pages => "pages",
            Self::Lines => "lines",
            Self::Positions => "positions",
            Self::Pixels => "pixels",
        }
    }

    /// The level of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// What kind of difference it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Words that were added, removed or replaced in a paragraph.
    Words,
    /// A paragraph or note that only one side has.
    Paragraph,
    /// A paragraph or note that stands in another order.
    Order,
    /// Another label or mark.
    Label,
    /// What stands round the body of a page.
    Furniture,
    /// A page that only one side has.
    Page,
    /// A page that ends elsewhere.
    PageBreak,
    /// A note on another page than before.
    NotePage,
    /// A line that ends elsewhere.
    LineBreak,
    /// Another font, version or size.
    Font,
    /// Another edge of a column, or another size of the page.
    Margin,
    /// Another distance between lines.
    Spacing,
    /// Lines at another place.
    Place,
    /// Other elongations.
    Elongation,
    /// Other pixels.
    Pixels,
    /// An edition that only one side has.
    Edition,
}

/// A line of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Spot {
    /// The number of the page, from 1.
    pub page: usize,
    /// The place of the line on it, from 1.
    pub line: usize,
}

/// A difference and what follows from it.
///
/// In JSON it has, beside its fields, `level`, `kind` and `message`, so that nobody needs to make sentences anew.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// What differs.
    pub change: Change,
    /// What follows from it and is no difference of its own.
    pub consequences: Vec<Change>,
    /// The lines of the reference that it touches.
    pub reference: Vec<Spot>,
    /// The lines of the other layout that it touches.
    pub actual: Vec<Spot>,
}

impl Finding {
    /// A difference that touches no line and that nothing follows from.
    pub fn new(change: Change) -> Self {
        Self {
            change,
            consequences: Vec::new(),
            reference: Vec::new(),
            actual: Vec::new(),
        }
    }

    /// The level that it is seen on.
    pub fn level(&self) -> Level {
        self.change.level()
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.change.kind()
    }

    /// What an editor would say of it, without what follows.
    pub fn message(&self) -> String {
        tell::finding(&self.change)
    }

    /// What an editor would say of what follows from it.
    pub fn consequences_told(&self) -> Vec<String> {
        self.consequences.iter().map(tell::consequence).collect()
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// A consequence with its sentence.
        #[derive(Serialize)]
        struct Consequence<'a> {
            kind: Kind,
            message: String,
            #[serde(flatten)]
            change: &'a Change,
        }
        let consequence = |change| Consequence {
            kind: Change::kind(change),
            message: tell::consequence(change),
            change,
        };
        let mut finding = serializer.serialize_struct("Finding", 7)?;
        finding.serialize_field("level", &self.level())?;
        finding.serialize_field("kind", &self.kind())?;
        finding.serialize_field("message", &self.message())?;
        finding.serialize_field("change", &self.change)?;
        let consequences: Vec<Consequence<'_>> = self.consequences.iter().map(consequence).collect();
        finding.serialize_field("consequences", &consequences)?;
        finding.serialize_field("reference", &self.reference)?;
        finding.serialize_field("actual", &self.actual)?;
        finding.end()
    }
}

/// How the text of a PDF comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damaged {
    /// So many words have letters that the file does not tell.
    Lost(usize),
    /// So many words are parted or run together.
    Parted(usize),
}

/// What is to be known of a side before its differences are read: its text comes back damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The name of its document, where that is known.
    pub document: Option<String>,
    /// Whether it is the reference.
    pub is_reference: bool,
    /// How many words it has.
    pub words: usize,
    /// How they come back.
    pub damaged: Damaged,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&tell::remark(self))
    }
}

impl Serialize for Remark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut remark = serializer.serialize_struct("Remark", 5)?;
        remark.serialize_field("message", &self.to_string())?;
        remark.serialize_field("document", &self.document)?;
        remark.serialize_field("is-reference", &self.is_reference)?;
        remark.serialize_field("words", &self.words)?;
        remark.serialize_field("damaged", &self.damaged)?;
        remark.end()
    }
}

/// The differences of two layouts of an edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The document and the edition: `a-res-61-180/ar`.
    pub name: String,
    /// The level of the comparison.
    pub level: Level,
    /// How many points apart two places must be to differ.
    pub tolerance: f64,
    /// What is to be known of the sides before the differences are read: a text that comes back damaged.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// The differences, in the order of the document where they belong to a place in it.
    pub findings: Vec<Finding>,
}

impl Comparison {
    /// Whether there is no difference.
    pub fn is_same(&self) -> bool {
        self.findings.is_empty()
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())?;
        for (index, consequence) in self.consequences_told().iter().enumerate() {
            write!(f, "{}{consequence}", if index == 0 { "; so " } else { ", " })?;
        }
        Ok(())
    }
}

impl std::fmt::Display for Comparison {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.findings.len() {
            0 => {
                writeln!(f, "{}: the same, by {}", self.name, self.level.name())?;
                self.remarks
                    .iter()
                    .try_for_each(|remark| writeln!(f, "  note: {remark}"))
            }
            n => {
                writeln!(
                    f,
                    "{}: {n} {}",
                    self.name,
                    if n == 1 { "difference" } else { "differences" }
                )?;
                self.remarks
                    .iter()
                    .try_for_each(|remark| writeln!(f, "  note: {remark}"))?;
                self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
            }
        }
    }
}
