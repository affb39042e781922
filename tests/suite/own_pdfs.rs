//! A document compared with its own PDFs: nothing is told, in any arrangement. If it fails, an editor looks for a difference
//! that is not there, and no longer reads what is told.

#![allow(clippy::panic, reason = "a test that fails panics")]

use std::fs;
use std::path::{Path, PathBuf};

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::layout::{Layout, Level, Options, compare, read_pdf};
use qarar::model::{Breaks, Plan, Work};
use qarar::typeset::Template;
use rayon::prelude::*;

use crate::document::{self, FONTS};
use crate::generator::document::document;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// As a PDF is compared when nothing else is asked for: it is written with less exact places.
const CLOSELY: Options = Options {
    level: Level::Lines,
    tolerance: 0.05,
};

/// The folders of documents below a folder.
fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("document.toml").is_file() {
        found.push(folder.to_owned());
    }
    let mut inner: Vec<PathBuf> = (fs::read_dir(folder).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    inner.sort();
    inner.iter().for_each(|path| documents(path, found));
}

/// The editions of a work: each language, all of them side by side and facing, and with the breaks of the official one.
fn plans(work: &Work) -> Vec<Plan> {
    let mut plans = document::plans(work);
    let official = plans
        .clone()
        .into_iter()
        .flat_map(|plan| [Breaks::Pages, Breaks::Lines].map(|breaks| Plan { breaks, ..plan.clone() }));
    // A document without official lines has no such edition.
    plans.extend(official.collect::<Vec<_>>());
    plans
}

/// What is told of an edition and its PDF, read as either side.
fn told(edition: &Edition<'_>) -> Vec<String> {
    let bytes = pdf(edition, Standards::default()).expect("a PDF");
    let (own, read) = (Layout::from(edition), read_pdf(bytes).expect("a PDF that can be read"));
    let sides = [
        compare(&read, &own, CLOSELY),
        compare(&own, &read, CLOSELY),
        compare(&read, &read, CLOSELY),
    ];
    let findings = sides.iter().flat_map(|comparison| &comparison.findings);
    findings.map(ToString::to_string).collect()
}

/// The editions of the documents below folders, each with what is told of it.
fn editions(below: &[&str]) -> Vec<(String, Vec<String>)> {
    let mut folders = Vec::new();
    below
        .iter()
        .for_each(|folder| documents(&Path::new(ROOT).join(folder), &mut folders));
    let template = Template::builtin();
    let of_folder = |folder: &PathBuf| {
        let name = folder.strip_prefix(ROOT).expect("a folder of the repository").display();
        compared(folder, &name.to_string(), &template)
    };
    folders.par_iter().flat_map_iter(of_folder).collect()
}

/// The editions of a document, each with what is told of it; none where it cannot be built: many a document is there for
/// its faults.
fn compared(folder: &Path, name: &str, template: &Template) -> Vec<(String, Vec<String>)> {
    let Ok(opened) = qarar::open(folder, &FONTS) else {
        return Vec::new();
    };
    let of_plan = |plan: Plan| {
        let kind = format!("{name} {} {:?} {:?}", plan.name(), plan.arrangement, plan.breaks);
        let edition = Edition::planned(&opened.work, plan, template, &FONTS).ok()?;
        Some((kind, told(&edition)))
    };
    plans(&opened.work).into_iter().filter_map(of_plan).collect()
}

fn all_are_same(all: &[(String, Vec<String>)], least: usize) {
    assert!(all.len() >= least, "only {} editions were built", all.len());
    let failed: Vec<_> = all.iter().filter(|(_, told)| !told.is_empty()).collect();
    assert!(
        failed.is_empty(),
        "{} of {} editions: {failed:#?}",
        failed.len(),
        all.len()
    );
}

/// Every document of the repository that can be built: tables from right to left, sub-paragraphs with the labels of two
/// depths, annexes, notes on titles and in cells, marks after figures, signs on letters, joiners, symbols in every direction.
#[test]
fn every_document_and_its_own_pdfs_are_the_same() {
    all_are_same(&editions(&["documents", "tests"]), 500);
}

/// Documents that are made up over the whole notation. `QARAR_GENERATE` is how many (12), `QARAR_SEED` what they are made
/// from (1).
#[test]
fn made_up_documents_and_their_own_pdfs_are_the_same() {
    let number = |variable: &str, usual: u64| -> u64 {
        let set = std::env::var(variable).ok();
        set.map_or(usual, |set| set.parse().expect("a number"))
    };
    let (count, seed) = (number("QARAR_GENERATE", 12), number("QARAR_SEED", 1));
    let template = Template::builtin();
    let of_number = |number: u64| {
        let folder = tempfile::tempdir().expect("a folder");
        document(seed, number).write(folder.path()).expect("the document");
        compared(folder.path(), &format!("document {number} of seed {seed}"), &template)
    };
    let all: Vec<_> = (0..count).into_par_iter().flat_map_iter(of_number).collect();
    all_are_same(&all, count as usize);
}
