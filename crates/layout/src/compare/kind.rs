//! How closely layouts are compared, and the kinds of what differs.

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
#[non_exhaustive]
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
