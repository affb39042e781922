//! The layouts of the repository's documents, and of small cases of one phenomenon each, against their references.
//!
//! A case is a file `tests/reference/cases/NAME.md`: the text of a document in Arabic, or parts after lines `=== ar`,
//! `=== en` and `=== document.toml`, the last for keys of its own. `QARAR_ACCEPT_LAYOUT=1 cargo test --release --test suite reference::`
//! writes the references of what is new or changed; look at `git diff` before you keep them.

#![allow(clippy::panic, reason = "a test that fails panics")]

use std::fs;
use std::path::{Path, PathBuf};

use qarar::edition::{Edition, usual};
use qarar::layout::Layout;
use qarar::model::Plan;
use qarar::model::{Arrangement, Breaks};
use qarar::typeset::Template;

use crate::document::FONTS;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What stands round the text of every case and is not what it is about.
const AROUND: [&str; 10] = [
    "organization",
    "symbol",
    "body",
    "distribution",
    "issued",
    "session",
    "agenda item",
    "notice",
    "adoption",
    "report",
];

/// If it fails, an edition of a document is laid out otherwise than it was accepted.
#[test]
fn documents_are_laid_out_like_their_references() {
    for document in sorted(&Path::new(ROOT).join("documents")) {
        for layout in layouts(&document) {
            let name = format!(
                "tests/reference/documents/{}/{}.layout.json",
                layout.document, layout.edition
            );
            qarar::assert_layout!(name, &layout);
        }
        for (edition, layout) in other_layouts(&document) {
            let name = format!("tests/reference/documents/{}/{edition}.layout.json", layout.document);
            qarar::assert_layout!(name, &layout);
        }
    }
}

/// If it fails, an edition by the official lines has other lines than the official edition.
#[test]
fn the_lines_are_those_of_the_official_edition() {
    let path = Path::new(ROOT).join("tests/reference/official/a-res-61-180.ar.layout.json");
    let official = qarar::layout::read(&fs::read_to_string(path).expect("the official layout")).expect("a layout");
    let ours = other_layouts(&Path::new(ROOT).join("documents/a-res-61-180"));
    let (_, lines) = ours
        .iter()
        .find(|(name, _)| name == "ar-official-lines")
        .expect("an edition by official lines");
    let options = qarar::layout::Options {
        level: qarar::layout::Level::Lines,
        ..Default::default()
    };
    let comparison = qarar::layout::compare(&official, lines, options);
    assert!(comparison.is_same(), "{comparison}");
}

/// If it fails, lines of one phenomenon (`told`) are laid out otherwise than they were accepted.
#[test]
fn cases_are_laid_out_like_their_references() {
    let mut failed = Vec::new();
    let cases: Vec<PathBuf> = sorted(&Path::new(ROOT).join("tests/reference/cases"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    assert!(cases.len() >= 15, "the cases are gone");
    for case in cases {
        let name = case
            .file_stem()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        let layout = case_layout(&case, &name);
        let reference = format!("tests/reference/cases/{name}.layout.json");
        if let Err(told) = std::panic::catch_unwind(|| qarar::assert_layout!(reference, &layout)) {
            failed.push(told.downcast_ref::<String>().cloned().unwrap_or_default());
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// If it fails, the text that is printed is no longer that of the official edition.
#[test]
fn the_text_is_that_of_the_official_edition() {
    let path = Path::new(ROOT).join("tests/reference/official/a-res-61-180.ar.layout.json");
    let official = qarar::layout::read(&fs::read_to_string(path).expect("the official layout")).expect("a layout");
    let ours = layouts(&Path::new(ROOT).join("documents/a-res-61-180"));
    let arabic = ours
        .iter()
        .find(|layout| layout.edition == "ar")
        .expect("an Arabic edition");
    let options = qarar::layout::Options {
        level: qarar::layout::Level::Text,
        ..Default::default()
    };
    let comparison = qarar::layout::compare(&official, arabic, options);
    assert!(comparison.is_same(), "{comparison}");
}

fn layouts(document: &Path) -> Vec<Layout> {
    let opened = qarar::open(document, &FONTS).unwrap_or_else(|faults| panic!("{}: {faults}", document.display()));
    let work = &opened.work;
    let made = |plan: Plan| {
        let edition = Edition::planned(work, plan, &Template::builtin(), &FONTS).expect("an edition");
        Layout::from(&edition)
    };
    usual(&work.facts.languages)
        .into_iter()
        .map(|languages| made(Plan::of(work, languages)))
        .collect()
}

/// The layouts that a document has beside the usual ones: languages on facing pages, and breaks as in the official edition,
/// with a name each.
fn other_layouts(document: &Path) -> Vec<(String, Layout)> {
    let opened = qarar::open(document, &FONTS).unwrap_or_else(|faults| panic!("{}: {faults}", document.display()));
    let work = &opened.work;
    let mut plans = Vec::new();
    if work.facts.languages.len() > 1 {
        let plan = Plan {
            arrangement: Arrangement::Facing,
            ..Plan::of(work, work.facts.languages.clone())
        };
        plans.push((plan.name(), plan));
    }
    if work.facts.layout.reference.is_some() {
        for (name, breaks) in [("official-pages", Breaks::Pages), ("official-lines", Breaks::Lines)] {
            let plan = Plan {
                breaks,
                ..Plan::of(work, work.facts.languages[..1].to_vec())
            };
            plans.push((format!("{}-{name}", plan.name()), plan));
        }
    }
    let made = |(name, plan): (String, Plan)| {
        let edition = Edition::planned(work, plan, &Template::builtin(), &FONTS).expect("an edition");
        (name, Layout::from(&edition))
    };
    plans.into_iter().map(made).collect()
}

/// The layout of a case: that of its languages side by side where there are several, without what stands round the text.
fn case_layout(case: &Path, name: &str) -> Layout {
    let text = fs::read_to_string(case).expect("a case");
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join(name);
    fs::create_dir(&document).expect("a folder");
    let mut parts: Vec<(String, String)> = vec![("ar".to_owned(), String::new())];
    for line in text.lines() {
        match line.strip_prefix("=== ") {
            Some(part) => parts.push((part.trim().to_owned(), String::new())),
            None => {
                let (_, content) = parts.last_mut().expect("there is a first part");
                content.push_str(line);
                content.push('\n');
            }
        }
    }
    parts.retain(|(_, content)| !content.trim().is_empty());
    let languages: Vec<String> = parts
        .iter()
        .filter(|(part, _)| part.len() == 2)
        .map(|(part, _)| format!("\"{part}\""))
        .collect();
    let own = parts
        .iter()
        .find(|(part, _)| part == "document.toml")
        .map_or("", |(_, content)| content.as_str());
    let facts = format!(
        "kind = \"resolution\"\nsymbol = \"A/RES/1/1\"\nbody = \"general-assembly\"\nsession = 1\nagenda-item = 1\n\
         adopted = 2000-01-01\nmeeting = 1\ndistribution = \"general\"\nissued = 2000-01-01\nlanguages = [{}]\n{own}",
        languages.join(", ")
    );
    fs::write(document.join("document.toml"), facts).expect("a file");
    for (part, content) in parts.iter().filter(|(part, _)| part.len() == 2) {
        fs::write(document.join(format!("{part}.md")), content).expect("a file");
    }
    let mut layout = layouts(&document).pop().expect("an edition");
    layout.partial = true;
    for page in &mut layout.pages {
        page.lines.retain(|line| {
            let name = line.paragraph.as_str();
            !AROUND.contains(&name) && !name.starts_with("closing") && !name.starts_with("page ")
        });
    }
    layout
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}
