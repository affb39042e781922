//! The keys of `house.toml` and what each takes. The reader of the file and its JSON Schema go by these alone.

use std::ops::RangeInclusive;

use crate::kind::{FactDefinition, Side, Takes};
use crate::model::PaperSize;
use crate::source::facts::known::{needed, optional};

/// The keys of the file, in the order in which they are usually written.
pub(super) fn house() -> Vec<FactDefinition> {
    vec![
        optional(
            "names",
            Takes::Texts,
            "What the organization is called, in each language.",
        ),
        optional("logo", Takes::Table(logo()), "The logo at the head of the first page."),
        optional("paper", Takes::Table(paper()), "The paper and its margins."),
        optional("type", Takes::Table(typeface()), "Families and sizes of letters."),
        optional(
            "colours",
            Takes::Table(colours()),
            "Colours. Black where nothing is said.",
        ),
        optional("head", Takes::Table(round(true)), "What stands at the head of pages."),
        optional("foot", Takes::Table(round(true)), "What stands at the foot of pages."),
        optional(
            "notice",
            spoken(Takes::Text),
            "A line over the title, as that this is a draft.",
        ),
        optional(
            "watermark",
            spoken(Takes::Text),
            "A word across every page, behind the text.",
        ),
        optional(
            "line-numbers",
            Takes::Every(1..=50),
            "Numbers beside the lines of the text: of all of them, or of every fifth one: `5`.",
        ),
        optional("cover", spoken(Takes::Text), "A line over all else on the first page."),
    ]
}

/// What is said in all languages alike, or in each.
fn spoken(takes: Takes) -> Takes {
    Takes::Spoken(Box::new(takes))
}

fn millimetres(range: RangeInclusive<f64>) -> Takes {
    Takes::Measure {
        range,
        unit: "millimetres",
    }
}

fn words(words: impl Iterator<Item = &'static str>) -> Takes {
    Takes::Word(words.map(str::to_owned).collect())
}

fn logo() -> Vec<FactDefinition> {
    vec![
        needed("file", Takes::Text, "A PNG or SVG file beside `house.toml`."),
        needed(
            "alternative",
            spoken(Takes::Text),
            "What is to be seen, for those who do not see it.",
        ),
        optional(
            "height",
            millimetres(4.0..=80.0),
            "How high it is, in millimetres; 15 where nothing is said.",
        ),
        optional(
            "align",
            words(Side::ALL.iter().map(|(name, _)| *name)),
            "At which side it stands; where the leading language starts, where nothing is said.",
        ),
    ]
}

fn paper() -> Vec<FactDefinition> {
    vec![
        optional(
            "size",
            words(PaperSize::ALL.iter().map(|(name, _)| *name)),
            "Its size. Where nothing is said it is A4, and larger where three languages and more stand side by side.",
        ),
        optional(
            "width",
            millimetres(90.0..=1200.0),
            "Its width in millimetres, in place of `size`.",
        ),
        optional(
            "height",
            millimetres(90.0..=1200.0),
            "Its height in millimetres, in place of `size`.",
        ),
        optional("margins", Takes::Table(margins()), "The margins, in millimetres."),
    ]
}

fn margins() -> Vec<FactDefinition> {
    let margin = || millimetres(8.0..=80.0);
    vec![
        optional("top", margin(), "Above the text."),
        optional("bottom", margin(), "Below text and notes."),
        optional("inner", margin(), "At the side at which pages are bound."),
        optional("outer", margin(), "At the other side."),
    ]
}

fn typeface() -> Vec<FactDefinition> {
    let points = Takes::Measure {
        range: 6.0..=36.0,
        unit: "points",
    };
    let leading = Takes::Measure {
        range: 1.1..=3.0,
        unit: "sizes of letters",
    };
    vec![
        optional(
            "families",
            Takes::Scripts(Box::new(Takes::Text)),
            "Font families, by script; `[fonts]` of a document goes before.",
        ),
        optional(
            "size",
            Takes::Scripts(Box::new(points)),
            "The size of the text, by script, in points.",
        ),
        optional(
            "leading",
            leading,
            "From one line to the next, in sizes of the letters: `1.5`.",
        ),
    ]
}

fn colours() -> Vec<FactDefinition> {
    vec![
        optional("text", Takes::Colour, "Of text."),
        optional("headings", Takes::Colour, "Of titles and headings."),
        optional("rules", Takes::Colour, "Of rules."),
    ]
}

/// What stands at the head or at the foot: of every page but the first one, and of that.
fn round(outside: bool) -> Vec<FactDefinition> {
    let sentences = || spoken(Takes::List(Box::new(Takes::Sentence)));
    let mut keys = vec![
        optional("inner", sentences(), "At the side at which pages are bound."),
        optional("center", sentences(), "In the middle."),
        optional("outer", sentences(), "At the other side."),
    ];
    if outside {
        keys.push(optional(
            "first",
            Takes::Table(round(false)),
            "What stands there on the first page.",
        ));
    }
    keys
}
