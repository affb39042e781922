//! What a kind of document is: its facts, its structure, the lines that are made of its facts, what is checked.

use std::collections::BTreeMap;

use super::fact::FactDefinition;
use super::sentence::Sentence;

/// What a kind of document is, as `kind.toml` and its labels say.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its name, as `resolution`.
    pub name: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Its facts, in the order in which they are usually written.
    pub facts: Vec<FactDefinition>,
    /// The lines that are made of the facts, in the order in which they are read.
    pub lines: Vec<LineDefinition>,
    /// Its structure.
    pub structure: Structure,
    /// What the file says of itself.
    pub metadata: Metadata,
    /// What is checked of its documents.
    pub checks: Checks,
    /// Its words, by the code of a language.
    pub labels: BTreeMap<String, Labels>,
}

/// A line that is made of facts.
#[derive(Debug, Clone, PartialEq)]
pub struct LineDefinition {
    /// What it is called, in layouts and in the labels: `session`.
    pub name: String,
    /// Where it stands.
    pub place: LinePlace,
    /// The fact whose word says which of its sentences is taken.
    pub by: Option<Vec<String>>,
    /// The list of facts for each of which it is printed.
    pub each: Option<String>,
    /// How it looks.
    pub look: LineLook,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinePlace {
    /// Over all else on the first page.
    Cover,
    /// At the top of the masthead, where the organization is named.
    MastheadOrganization,
    /// At the top of the masthead, at the other side: the symbol.
    MastheadSymbol,
    /// In the middle of the masthead, large: the body.
    MastheadBody,
    /// In the middle of the masthead, at the other side: distribution, date.
    MastheadSide,
    /// Below the masthead: session, item of the agenda.
    Masthead,
    /// The notice that a translation is not official.
    Notice,
    /// Before the title.
    Front,
    /// At the start of the title, in its paragraph.
    Title,
    /// Below the title.
    BelowTitle,
    /// After the text and before the annexes.
    Closing,
    /// There too, one below the other: what is signed.
    Signatures,
    /// After everything.
    End,
    /// At the head of every page but the first. It is no part of the text.
    Head,
}

impl LinePlace {
    /// All places with the names that they have in `kind.toml`, in the order of a document.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("cover", Self::Cover),
        ("masthead-organization", Self::MastheadOrganization),
        ("masthead-symbol", Self::MastheadSymbol),
        ("masthead-body", Self::MastheadBody),
        ("masthead-side", Self::MastheadSide),
        ("masthead", Self::Masthead),
        ("notice", Self::Notice),
        ("front", Self::Front),
        ("title", Self::Title),
        ("below-title", Self::BelowTitle),
        ("closing", Self::Closing),
        ("signatures", Self::Signatures),
        ("end", Self::End),
        ("head", Self::Head),
    ];

    /// Whether it is read before the text.
    pub fn is_front(self) -> bool {
        self <= Self::Front
    }

    /// Whether it stands between the text and the annexes.
    pub fn is_closing(self) -> bool {
        matches!(self, Self::Closing | Self::Signatures)
    }
}

/// How a line looks. Lengths are in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LineLook {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// At which side it stands; `None` where its place says it.
    pub align: Option<Side>,
    /// The room above it, in points; `None` where its place says it.
    pub above: Option<f64>,
    /// The same where languages stand side by side.
    pub above_beside: Option<f64>,
}

/// At which side something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Where the language starts.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// Where the language ends.
    End,
}

impl Side {
    /// All sides with their names.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("start", Self::Start), ("center", Self::Center), ("end", Self::End)];
}

/// Whether a document has something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Has {
    /// It must.
    #[default]
    Needed,
    /// It may.
    Optional,
    /// It must not.
    No,
}

impl Has {
    /// All with their names.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("needed", Self::Needed), ("optional", Self::Optional), ("no", Self::No)];
}

/// What the text of a document consists of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Structure {
    /// Whether it has a title.
    pub title: Has,
    /// At which side the title stands.
    pub title_align: Side,
    /// The form of the text before the annexes.
    pub text: TextForm,
    /// Whether a part may stand after a rule, `---`, between the text and the annexes.
    pub closing: bool,
    /// The divisions that headings start.
    pub divisions: Vec<Division>,
}

/// The form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextForm {
    /// A preamble, then numbered paragraphs and nothing else.
    #[default]
    Numbered,
    /// Paragraphs with and without numbers as they come.
    Free,
}

impl TextForm {
    /// All with their names.
    pub const ALL: &'static [(&'static str, Self)] = &[("numbered", Self::Numbered), ("free", Self::Free)];
}

/// A division of a text: an annex, a chapter, an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// What it is called, in layouts and in the labels: `article`.
    pub name: String,
    /// The level of its headings, 2 for `## `, up to 6; `None` where only those with `{.name}` are of it.
    pub level: Option<u8>,
    /// Whether it stands after the closing lines.
    pub annex: bool,
    /// How its headings are counted.
    pub counted: Counted,
    /// Whether its headings have words beside the label.
    pub title: Has,
    /// Whether the numbers of its paragraphs go on from the division before.
    pub goes_on: bool,
    /// At which side its headings stand.
    pub align: Side,
    /// Whether the words stand on a line of their own, below the label.
    pub below: bool,
    /// How large its headings are: 1 is the size of the text.
    pub size: f64,
}

/// How the headings of a division are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// They have no number.
    No,
    /// Through the whole document.
    Through,
    /// Anew in each division above.
    Within,
}

impl Counted {
    /// All with their names.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("no", Self::No), ("through", Self::Through), ("within", Self::Within)];
}

/// What the file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The lines that name its authors.
    pub authors: Vec<String>,
    /// The lines that describe it.
    pub description: Vec<String>,
    /// The lines that are its title where a document has none.
    pub title: Vec<String>,
    /// The fact of its identifier, as the symbol; the name of the document where it has none.
    pub identifier: Option<String>,
    /// The fact of its day.
    pub date: Option<String>,
}

/// What is checked of the documents of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checks {
    /// The fact whose words the opening of the text should name.
    pub opening: Option<String>,
    /// Days that follow each other, the earlier first.
    pub order: Vec<[String; 2]>,
}

/// The words of a kind in a language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Labels {
    /// The sentences of each line.
    pub lines: BTreeMap<String, Sentences>,
    /// The words of the values of a fact, by its path.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// How a text by a pattern is printed, by the path of its fact and the name of its pattern.
    pub forms: BTreeMap<String, BTreeMap<String, Sentence>>,
    /// The labels of numbered paragraphs, of sub-paragraphs, and of the levels below.
    pub levels: Levels,
    /// Those of the paragraphs of a division, by its name, where they are others.
    pub levels_in: BTreeMap<String, Levels>,
    /// The labels of divisions, in the order in which they are tried; those of the only one under `NAME-only`.
    pub divisions: BTreeMap<String, Vec<Sentence>>,
    /// How a text refers to a paragraph or to a division.
    pub references: BTreeMap<String, Vec<Sentence>>,
}

/// The labels of paragraphs, a level of lists each, with the sentences in the order in which they are tried.
pub type Levels = Vec<Vec<Sentence>>;

/// The sentences of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Sentences {
    /// The first whose facts the document has.
    First(Vec<Sentence>),
    /// By the word of a fact.
    By(BTreeMap<String, Vec<Sentence>>),
}

impl Labels {
    /// Puts words in place of its own.
    pub fn extend(&mut self, other: Self) {
        self.lines.extend(other.lines);
        self.words.extend(other.words);
        self.forms.extend(other.forms);
        if !other.levels.is_empty() {
            self.levels = other.levels;
        }
        self.levels_in.extend(other.levels_in);
        self.divisions.extend(other.divisions);
        self.references.extend(other.references);
    }
}
