//! Documents that once had no fault and could not be built: a folder below `tests/builds` is a small document, and
//! `expected.txt` what the structure tree of each of its editions holds, and how many passages both readers get exactly. Every
//! edition must come back from its PDF. `INSTA_UPDATE=always` writes the expectations anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::reader::{Document, Element, Kid, Structure, read};
use qarar::typeset::Template;
use qarar::verify::{Judgement, read_back, verify};

use crate::document::{FONTS, open, plans};

fn cases() -> Vec<PathBuf> {
    let cases = fs::read_dir("tests/builds").unwrap();
    let mut cases: Vec<PathBuf> = cases.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// The elements of the tree that hold text or other elements, each on a line with what it says.
fn told(document: &Document, structure: &Structure, kids: &[Kid], depth: usize, out: &mut String) {
    for kid in kids {
        let Kid::Element(element) = kid else { continue };
        // A label that is a term is of paragraphs.
        if element.role == "Lbl" {
            told(document, structure, &element.kids, depth, out);
        }
        if matches!(element.role.as_str(), "Span" | "Link" | "Reference" | "Lbl") {
            continue;
        }
        let mut text = text(document, structure, element);
        if let Some(alt) = &element.alt {
            text.push_str(&format!("[{alt}]"));
        }
        writeln!(out, "{}{} {text}", "  ".repeat(depth), element.role).unwrap();
        told(document, structure, &element.kids, depth + 1, out);
    }
}

/// The text of an element that belongs to no block inside of it, its lines as they are told.
fn text(document: &Document, structure: &Structure, element: &Element) -> String {
    let blocks = [
        "P",
        "L",
        "LI",
        "LBody",
        "Note",
        "Table",
        "THead",
        "TBody",
        "TR",
        "TH",
        "TD",
        "H1",
        "H2",
        "BlockQuote",
        "Figure",
        "Caption",
    ];
    structure.text(document, element, &blocks).trim_end().to_owned()
}

/// The blocks of code of a page in Markdown, in pairs: English, then Arabic.
fn examples(page: &str) -> Vec<[String; 2]> {
    let text = fs::read_to_string(page).unwrap();
    let blocks: Vec<String> = text
        .split("```markdown\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect();
    assert!(
        blocks.len().is_multiple_of(2) && !blocks.is_empty(),
        "{page} has examples in pairs"
    );
    blocks
        .chunks(2)
        .map(|pair| [pair[0].clone(), pair[1].clone()])
        .collect()
}

/// If it fails, somebody copies an example of the guide and is told of a fault, or gets no edition.
#[test]
fn what_the_guide_shows_is_built() {
    for (at, [english, arabic]) in examples("docs/blocks.md").into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
        write(
            "document.toml",
            fs::read_to_string("tests/builds/list-labels/document.toml").unwrap(),
        );
        for file in ["map.svg", "stamp.png"] {
            fs::copy(format!("tests/builds/figures/{file}"), folder.path().join(file)).unwrap();
        }
        write("en.md", format!("# Example\n\n*The General Assembly*,\n\n{english}"));
        write("ar.md", format!("# مثال\n\n*إن الجمعية العامة*،\n\n{arabic}"));
        let opened = qarar::open(folder.path(), &FONTS).unwrap_or_else(|faults| panic!("example {}: {faults}", at + 1));
        assert!(opened.warnings.is_empty(), "example {}: {}", at + 1, opened.warnings);
        for plan in plans(&opened.work) {
            let languages = plan.languages.clone();
            let edition = Edition::planned(&opened.work, plan, &Template::builtin(), &FONTS).unwrap();
            let bytes = Arc::new(pdf(&edition, Standards::default()).unwrap());
            read_back(&bytes, &opened.work, &languages).unwrap();
        }
    }
}

/// What the structure tree of a document holds, an element a line.
pub(crate) fn structure(document: &Document) -> String {
    let mut out = String::new();
    if let Some(structure) = &document.structure {
        told(document, structure, &structure.kids, 0, &mut out);
    }
    out
}

#[test]
fn what_has_no_fault_is_built_and_comes_back() {
    let accept = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let mut wrong = Vec::new();
    for case in cases() {
        let work = open(&case, &FONTS);
        let mut out = String::new();
        for plan in plans(&work) {
            let (name, languages) = (plan.name(), plan.languages.clone());
            let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
            let bytes = Arc::new(pdf(&edition, Standards::default()).unwrap());
            if let Err(error) = read_back(&bytes, &work, &languages) {
                wrong.push(format!("{}, {name}: {error}", case.display()));
            }
            let document = read(bytes).unwrap();
            let report = verify(&document, Some((&work, &languages)));
            let exact = report
                .passages
                .iter()
                .filter(|verdict| verdict.worst() == Judgement::Exact);
            let (exact, all) = (exact.count(), report.passages.len());
            writeln!(out, "=== {name}: {exact} of {all} passages exact").unwrap();
            out += &structure(&document);
        }
        let expected = case.join("expected.txt");
        if accept {
            fs::write(&expected, &out).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != out {
            wrong.push(format!("{} is not what is told:\n{out}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
