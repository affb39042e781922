//! The keys of `document.toml` and what each takes: those of every document, and the facts of its kind between them. The reader
//! of the file and its JSON Schema go by these alone.

use crate::kind::{FactDefinition, Kind, Takes};
use crate::model::{Arrangement, Breaks};

/// The keys of a document of a kind, in the order in which they are usually written. Of a kind that is not known, those that
/// every document has.
pub(super) fn document(kind: Option<Kind>, kinds: &[String]) -> Vec<FactDefinition> {
    let about = "The kind of document.";
    let mut keys = vec![needed("kind", Takes::Word(kinds.to_vec()), about)];
    keys.extend(kind.iter().flat_map(|kind| kind.definition().facts.iter().cloned()));
    keys.extend(common());
    keys
}

/// The keys that every document has beside its kind and its facts. No fact of a kind may have the name of one.
pub(in crate::source) fn common() -> Vec<FactDefinition> {
    vec![
        needed(
            "languages",
            Takes::Languages { all: true },
            "The languages, each with a file of its name; the first leads.",
        ),
        optional(
            "unofficial",
            Takes::Languages { all: false },
            "Those of `languages` whose text is an unofficial translation; their editions say so.",
        ),
        optional(
            "digits",
            Takes::Digits,
            "The digits of numbers: those of each language, which is usual, or Western ones, in all of them or in those that are named: \
             `{ ar = \"western\" }`.",
        ),
        optional(
            "fonts",
            Takes::Scripts(Box::new(Takes::Text)),
            "Font families by script, of the program or of `--font-path`.",
        ),
        optional("layout", Takes::Table(layout()), "How the editions are laid out."),
    ]
}

fn layout() -> Vec<FactDefinition> {
    vec![
        optional(
            "kashida",
            Takes::Flag,
            "Whether Arabic lines are filled by elongation, which is usual.",
        ),
        optional(
            "hyphenate",
            Takes::Flag,
            "Whether words of Latin script may be divided at the end of a line, by the rules of their language; usually not.",
        ),
        optional(
            "breaks",
            words(Breaks::ALL.iter().map(|breaks| breaks.key())),
            "Where lines and pages break: where they fall best, which is usual, or as the official edition has its pages or its \
             lines; these need `reference`.",
        ),
        optional(
            "arrangement",
            words(Arrangement::ALL.iter().map(|arrangement| arrangement.key())),
            "How several languages stand: side by side on a page, which is usual, or on facing pages.",
        ),
        optional(
            "reference",
            Takes::Text,
            "The file of the official lines, beside `document.toml`.",
        ),
    ]
}

fn words(words: impl Iterator<Item = &'static str>) -> Takes {
    Takes::Word(words.map(str::to_owned).collect())
}

pub(in crate::source) fn needed(name: &str, takes: Takes, about: &str) -> FactDefinition {
    FactDefinition {
        name: name.to_owned(),
        needed: true,
        takes,
        about: about.to_owned(),
        example: String::new(),
    }
}

pub(in crate::source) fn optional(name: &str, takes: Takes, about: &str) -> FactDefinition {
    FactDefinition {
        needed: false,
        ..needed(name, takes, about)
    }
}
