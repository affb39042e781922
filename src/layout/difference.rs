//! What a comparison finds: each difference once, under its cause, with what follows from it.

use serde::Serialize;

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
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The level that it is seen on.
    pub level: Level,
    /// Its kind.
    pub kind: Kind,
    /// What an editor would say.
    pub message: String,
    /// What follows from it, each in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consequences: Vec<String>,
    /// The lines of the reference that it touches.
    pub reference: Vec<Spot>,
    /// The lines of the other layout that it touches.
    pub actual: Vec<Spot>,
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
    pub remarks: Vec<String>,
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
        f.write_str(&self.message)?;
        for (index, consequence) in self.consequences.iter().enumerate() {
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
