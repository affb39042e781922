//! What can differ between two layouts, as facts: which paragraph, which words, which pages, by how much. Nothing here is a
//! sentence; [`super::tell`] makes those.

use serde::Serialize;

use super::kind::{Kind, Level};

/// A paragraph as a comparison names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Subject {
    /// Its name: `operative 6 (a)`.
    pub name: String,
    /// The code of its language, where the layouts have several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Whether something has come or has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// The reference has it alone.
    Removed,
    /// The other layout has it alone.
    Added,
}

/// What stands beside a change of words, so that it can be found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beside {
    /// The word before it.
    After(String),
    /// The word after it, where it starts a paragraph.
    Before(String),
    /// Nothing: it is the whole paragraph.
    Alone,
}

/// What a paragraph of one side alone is part of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Group {
    /// Paragraphs of the text.
    Paragraphs,
    /// Notes.
    Notes,
    /// Rows of a table.
    Rows,
    /// What stands before the title, line by line; with names where they are known.
    Masthead {
        /// Whether its lines are known by their names.
        named: bool,
    },
}

/// What became of the mark of a note.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MarkFate {
    /// It has come or gone, and its note has not.
    Lone(Presence),
    /// It has come or gone with its note.
    WithNote(Presence),
    /// It stands elsewhere in its paragraph.
    Shifted,
    /// It went to the paragraph from another one.
    MovedFrom(Subject),
    /// The mark of another note stands in its place.
    Became(usize),
    /// The mark of a note that is new stands in its place.
    ReplacedBy(usize),
}

/// A font with its size.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Face {
    /// The name of the font.
    pub font: String,
    /// The size in points.
    pub size: f64,
}

/// How a file of a font differs from one of the same name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FontFile {
    /// It is of another version.
    Version {
        /// That of the reference.
        old: String,
        /// That of the other layout.
        new: String,
    },
    /// It calls itself the same version, and is another file.
    Other,
}

/// How the edges of something moved, in points; to the right and outwards is more.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Edges {
    /// Both by one distance, to the right.
    Both(f64),
    /// The left one, to the right.
    Left(f64),
    /// The right one, to the right.
    Right(f64),
    /// Each by its own distance, to the right.
    Each {
        /// The left one.
        left: f64,
        /// The right one.
        right: f64,
    },
}

/// How the column of a language moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnMove {
    /// The code of its language, where there are several columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How its edges moved.
    pub edges: Edges,
}

/// Where lines stand: their paragraphs and pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Where {
    /// The paragraphs in the order of the text.
    pub paragraphs: Vec<Subject>,
    /// The pages, from 1.
    pub pages: Vec<usize>,
}

/// What stands farther apart or closer together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Spaced {
    /// The lines of paragraphs.
    Lines,
    /// Paragraphs.
    Paragraphs,
    /// The lines of notes.
    LinesOfNotes,
    /// Notes.
    Notes,
}

/// Where a line ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LineEnd {
    /// After a word.
    After(String),
    /// Inside a word.
    Inside(String),
}

/// Where a line ends on each side; `None` where the paragraph has no such line there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Break {
    /// The paragraph.
    pub paragraph: Subject,
    /// In the reference.
    pub reference: Option<LineEnd>,
    /// In the other layout.
    pub actual: Option<LineEnd>,
}

/// Where a page ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PageEnd {
    /// After a word of a paragraph.
    AfterWord {
        /// The word.
        word: String,
        /// The paragraph.
        paragraph: Subject,
    },
    /// After a paragraph, by its name.
    After(String),
    /// Before the first paragraph of the text.
    Before(Subject),
    /// An empty page comes after it.
    BeforeEmptyPage,
    /// It is the last one.
    WithDocument,
}

/// Notes of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notes {
    /// The code of the language, where not all languages have the same notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The numbers.
    pub numbers: Vec<usize>,
}

/// An elongation as it is told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Elongation {
    /// The word.
    pub word: String,
    /// The length in points.
    pub by: f64,
}

/// Why the pictures of a page are not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PictureDifference {
    /// Only one side has one.
    OneSided,
    /// They cannot be compared, for this reason.
    NotCompared(String),
    /// So many pixels differ, in these paragraphs.
    Pixels {
        /// How many pixels.
        pixels: usize,
        /// The names of the paragraphs; none where they are outside of the text.
        paragraphs: Vec<String>,
    },
}

/// A difference of two layouts, or what follows from one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Change {
    /// An edition that one side has alone.
    Edition {
        /// Its name.
        edition: String,
        /// Which side has it.
        presence: Presence,
    },
    /// Words that came, went or took the place of others.
    Words {
        /// The paragraph, by its name in the other layout.
        paragraph: Subject,
        /// Those of the reference.
        removed: Vec<String>,
        /// Those of the other layout.
        added: Vec<String>,
        /// What stands beside them in the other layout.
        beside: Beside,
    },
    /// A paragraph with more changes than anybody would read.
    Rewritten {
        /// The paragraph.
        paragraph: Subject,
        /// In how many places.
        places: usize,
        /// How many words went.
        removed: usize,
        /// How many words came.
        added: usize,
    },
    /// Paragraphs or notes that follow each other and stand on one side alone.
    OneSided {
        /// Which side.
        presence: Presence,
        /// What they are.
        group: Group,
        /// Their names.
        names: Vec<String>,
        /// The codes of the languages that it is true of, where there are several.
        languages: Vec<String>,
        /// The words, where there is one paragraph, or a masthead without names.
        words: Vec<String>,
    },
    /// Two paragraphs that took each other's place.
    Swapped {
        /// Their names in the reference.
        names: Vec<String>,
        /// The codes of the languages that it is true of, where there are several.
        languages: Vec<String>,
    },
    /// A paragraph that stands elsewhere among the others.
    Moved {
        /// Its name in the reference.
        name: String,
        /// Its name in the other layout.
        to: String,
        /// The paragraph that it stands after there.
        after: Option<String>,
        /// The codes of the languages that it is true of, where there are several.
        languages: Vec<String>,
    },
    /// Paragraphs that are counted otherwise.
    Renamed {
        /// Their names in the reference.
        old: Vec<String>,
        /// Their names in the other layout.
        new: Vec<String>,
    },
    /// Labels that are written otherwise.
    Labels {
        /// The paragraphs.
        paragraphs: Vec<Subject>,
        /// The first label of the reference.
        old: String,
        /// The first label of the other layout.
        new: String,
    },
    /// The mark of a note that is not what or where it was.
    Mark {
        /// The paragraph that has it, or had it.
        paragraph: Subject,
        /// The number of the note.
        note: usize,
        /// What became of it.
        fate: MarkFate,
        /// The word before it.
        after: Option<String>,
    },
    /// Another file of a font.
    FontFile {
        /// The family.
        family: String,
        /// The fonts of the family that it is true of.
        fonts: Vec<String>,
        /// How it differs.
        file: FontFile,
        /// How many lines are set in it.
        lines: usize,
    },
    /// Paragraphs in another font or of another size.
    Font {
        /// The first of them.
        first: Subject,
        /// The last of them.
        last: Subject,
        /// How many.
        paragraphs: usize,
        /// Whether the rest of their text is set as before.
        partly: bool,
        /// The face in the reference.
        old: Face,
        /// The face in the other layout.
        new: Face,
    },
    /// Paper of another size.
    Paper {
        /// The pages, from 1.
        pages: Vec<usize>,
        /// Width and height in the reference, in points.
        old: (f64, f64),
        /// Those of the other layout.
        new: (f64, f64),
    },
    /// Columns at other places.
    Columns {
        /// Each of them.
        columns: Vec<ColumnMove>,
    },
    /// Another width of the text.
    Measure {
        /// That of the reference, in points.
        old: f64,
        /// That of the other layout.
        new: f64,
    },
    /// Lines or paragraphs that stand farther apart or closer together.
    Spacing {
        /// What does.
        spaced: Spaced,
        /// By how much farther, in points.
        by: f64,
        /// The distance in the reference.
        old: f64,
        /// The distance in the other layout.
        new: f64,
        /// Where.
        place: Where,
    },
    /// Lines that moved up or down.
    LinesMoved {
        /// How many.
        lines: usize,
        /// By how much down, in points.
        down: f64,
        /// Where.
        place: Where,
    },
    /// Lines whose ends moved.
    LineEnds {
        /// How many.
        lines: usize,
        /// How they moved.
        edges: Edges,
        /// Where.
        place: Where,
    },
    /// Lines whose ends moved in many ways.
    ManyLineEnds {
        /// How many.
        lines: usize,
        /// By how much the farthest moved, in points.
        most: f64,
        /// Where.
        place: Where,
    },
    /// The line of a paragraph that ends elsewhere.
    LineBreak {
        /// Where it ends.
        end: Break,
    },
    /// The lines of many paragraphs that end elsewhere.
    ManyLineBreaks {
        /// How many lines.
        lines: usize,
        /// In how many paragraphs.
        paragraphs: usize,
        /// Of so many with more than a line.
        of: usize,
        /// The first of them.
        first: Break,
    },
    /// A page that ends elsewhere.
    PageBreak {
        /// The page, from 1.
        page: usize,
        /// In the reference.
        reference: PageEnd,
        /// In the other layout.
        actual: PageEnd,
    },
    /// Pages between others that one side has alone.
    Pages {
        /// Which side.
        presence: Presence,
        /// Their numbers, from 1.
        pages: Vec<usize>,
        /// What the first of those that were added starts with; `None` where it is empty, or where they were removed.
        starts: Option<Subject>,
    },
    /// More or fewer pages.
    PageCount {
        /// In the reference.
        old: usize,
        /// In the other layout.
        new: usize,
    },
    /// Notes that went to other pages.
    NotesMoved {
        /// The notes by language.
        notes: Vec<Notes>,
        /// The page that all of them went from and the one that they went to, from 1; `None` where there are several.
        pages: Option<(usize, usize)>,
    },
    /// Heads or feet of pages with other words.
    Furniture {
        /// The pages, from 1.
        pages: Vec<usize>,
        /// What it is called: `head`; empty where that is not known.
        name: String,
        /// The words of the reference.
        old: Vec<String>,
        /// The words of the other layout.
        new: Vec<String>,
    },
    /// Heads or feet of pages that one side has alone.
    FurnitureOneSided {
        /// Which side.
        presence: Presence,
        /// The pages, from 1.
        pages: Vec<usize>,
        /// What it is called; empty where that is not known.
        name: String,
        /// The words of the first.
        words: Vec<String>,
    },
    /// Heads or feet of pages at another height.
    FurnitureMoved {
        /// The pages, from 1.
        pages: Vec<usize>,
        /// What it is called; empty where that is not known.
        name: String,
        /// By how much down, in points.
        down: f64,
    },
    /// Lines that are filled by other elongations.
    Elongations {
        /// How many.
        lines: usize,
        /// The paragraph of the first.
        paragraph: Subject,
        /// Its place in the paragraph, from 1.
        line: usize,
        /// The elongations that the reference has alone.
        old: Vec<Elongation>,
        /// Those that the other layout has alone.
        new: Vec<Elongation>,
    },
    /// Pictures of a page that differ.
    Pictures {
        /// The page, from 1.
        page: usize,
        /// How.
        difference: PictureDifference,
    },
    /// What follows: lines that break elsewhere.
    LinesBreak {
        /// How many.
        lines: usize,
    },
    /// What follows: lines that are elongated otherwise.
    LinesElongated {
        /// How many.
        lines: usize,
    },
    /// What follows: lines at another place.
    LinesShifted {
        /// How many.
        lines: usize,
    },
    /// What follows: pages that end elsewhere.
    PagesEnd {
        /// Their numbers, from 1.
        pages: Vec<usize>,
    },
    /// What follows: notes that came or went with their text.
    NotesToo {
        /// Which side has them.
        presence: Presence,
        /// Their numbers.
        notes: Vec<usize>,
    },
}

impl Change {
    /// The level that it is seen on.
    pub fn level(&self) -> Level {
        match self.kind() {
            Kind::Edition | Kind::Words | Kind::Paragraph | Kind::Order | Kind::Label | Kind::Furniture => Level::Text,
            Kind::Page | Kind::PageBreak | Kind::NotePage => Level::Pages,
            Kind::LineBreak => Level::Lines,
            Kind::Font | Kind::Margin | Kind::Spacing | Kind::Place | Kind::Elongation => Level::Positions,
            Kind::Pixels => Level::Pixels,
        }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Edition { .. } => Kind::Edition,
            Self::Words { .. } | Self::Rewritten { .. } => Kind::Words,
            Self::OneSided { .. } | Self::NotesToo { .. } => Kind::Paragraph,
            Self::Swapped { .. } | Self::Moved { .. } => Kind::Order,
            Self::Renamed { .. } | Self::Labels { .. } | Self::Mark { .. } => Kind::Label,
            Self::FontFile { .. } | Self::Font { .. } => Kind::Font,
            Self::Paper { .. } | Self::Columns { .. } | Self::Measure { .. } => Kind::Margin,
            Self::Spacing { .. } => Kind::Spacing,
            Self::LinesMoved { .. }
            | Self::LineEnds { .. }
            | Self::ManyLineEnds { .. }
            | Self::FurnitureMoved { .. }
            | Self::LinesShifted { .. } => Kind::Place,
            Self::LineBreak { .. } | Self::ManyLineBreaks { .. } | Self::LinesBreak { .. } => Kind::LineBreak,
            Self::PageBreak { .. } | Self::PagesEnd { .. } => Kind::PageBreak,
            Self::Pages { .. } | Self::PageCount { .. } => Kind::Page,
            Self::NotesMoved { .. } => Kind::NotePage,
            Self::Furniture { .. } | Self::FurnitureOneSided { .. } => Kind::Furniture,
            Self::Elongations { .. } | Self::LinesElongated { .. } => Kind::Elongation,
            Self::Pictures { .. } => Kind::Pixels,
        }
    }
}
