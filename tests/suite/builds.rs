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
        if matches!(element.role.as_str(), "Span" | "Link" | "Reference" | "Lbl") {
            continue;
        }
        let text = text(document, structure, element);
        writeln!(out, "{}{} {text}", "  ".repeat(depth), element.role).unwrap();
        told(document, structure, &element.kids, depth + 1, out);
    }
}

/// The text of an element that belongs to no block inside of it, its lines as they are told.
fn text(document: &Document, structure: &Structure, element: &Element) -> String {
    let blocks = [
        "P", "L", "LI", "LBody", "Note", "Table", "THead", "TBody", "TR", "TH", "TD", "H1", "H2",
    ];
    structure.text(document, element, &blocks).trim_end().to_owned()
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
            let structure = document.structure.as_ref().unwrap();
            writeln!(out, "=== {name}: {exact} of {all} passages exact").unwrap();
            told(&document, structure, &structure.kids, 0, &mut out);
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
