//! Kinds of documents as data: those that ship, each by its document below `documents/`, the one that the guide makes, and what is
//! told of data files that are at fault (`tests/kinds/faults.toml`). `tests/kinds/NAME.txt` is what the structure trees of the
//! editions of a document say; `INSTA_UPDATE=always` writes the expectations anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::model::Work;
use qarar::reader::read;
use qarar::typeset::Template;
use qarar::verify::read_back;
use serde::Deserialize;
use tempfile::TempDir;

use crate::builds::structure;
use crate::document::{FONTS, open, plans, write};
use crate::program::{code, qarar, told};

/// What the structure trees of all editions say; every edition must come back from its PDF.
fn trees(work: &Work) -> String {
    let mut out = String::new();
    for plan in plans(work) {
        let (name, languages) = (plan.name(), plan.languages.clone());
        let edition = Edition::planned(work, plan, &Template::builtin(), &FONTS).unwrap();
        let bytes = Arc::new(pdf(&edition, Standards::default()).unwrap());
        read_back(&bytes, work, &languages).unwrap_or_else(|error| panic!("{}, {name}: {error}", work.name));
        out += &format!("=== {name}\n{}", structure(&read(bytes).unwrap()));
    }
    out
}

/// If it fails, a document of a kind that ships is printed with other lines, labels or numbers, or cannot be built.
#[test]
fn a_document_of_every_kind_is_built_and_comes_back() {
    let accept = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let entries = fs::read_dir("documents").unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut kinds = Vec::new();
    let mut wrong = Vec::new();
    for folder in folders {
        let opened = qarar::open(&folder, &FONTS).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!(opened.warnings.to_string(), "", "{}", folder.display());
        kinds.push(opened.work.facts.kind.name());
        // The layout of this one is held elsewhere.
        if opened.work.name == "a-res-61-180" {
            continue;
        }
        let out = trees(&opened.work);
        let expected = Path::new("tests/kinds").join(format!("{}.txt", opened.work.name));
        if accept {
            fs::write(&expected, &out).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != out {
            wrong.push(format!("{} is not what is told:\n{out}", expected.display()));
        }
    }
    for name in qarar::source::kind_names() {
        assert!(kinds.contains(&name.as_str()), "{name} has a document");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files that the guide shows: each stands behind its path.
fn guide() -> Vec<(String, String)> {
    let page = fs::read_to_string("docs/kinds.md").unwrap();
    let mut files = Vec::new();
    for (before, after) in page.match_indices("\n\n```").map(|(at, _)| page.split_at(at)) {
        let line = before.lines().next_back().unwrap();
        let path = line
            .rsplit('`')
            .nth(1)
            .filter(|path| path.contains('.') && line.ends_with(':'));
        let text = after
            .trim_start()
            .split_once('\n')
            .and_then(|(_, rest)| rest.split_once("```"));
        if let (Some(path), Some((text, _))) = (path, text) {
            files.push((path.to_owned(), text.to_owned()));
        }
    }
    // The document stands in the middle of its line.
    let start = page.find("kind = \"minutes\"").unwrap();
    let text = page[start..].split("```").next().unwrap();
    files.push(("first/document.toml".to_owned(), text.to_owned()));
    files
}

fn desk(files: &[(String, String)]) -> TempDir {
    let desk = TempDir::new().unwrap();
    for (path, text) in files {
        write(desk.path(), path, text.as_bytes());
    }
    desk
}

/// If it fails, who follows the guide gets no document.
#[test]
fn the_kind_of_the_guide_is_built() {
    let files = guide();
    assert!(files.len() > 5, "{files:?}");
    let desk = desk(&files);
    let work = open(&desk.path().join("first"), &FONTS);
    let out = trees(&work);
    for words in [
        "Seventh meeting, held on 3 February 2026",
        "الجلسة السابعة، المعقودة في ٣ شباط/فبراير ٢٠٢٦",
        "Present: Ahmad and Layla",
        "الحاضرون: أحمد وليلى",
        "H1 1. Stations",
        "H1 ١ - المحطات",
        "LI 1.1",
        "LI ١-١",
    ] {
        assert!(out.contains(words), "{words} in\n{out}");
    }
}

/// If it fails, a kind is looked for elsewhere than the guide says.
#[test]
fn a_kind_is_found_in_a_folder_of_the_command_line() {
    let files: Vec<(String, String)> = guide()
        .into_iter()
        .map(|(path, text)| (path.replace("kinds/", "house/"), text))
        .collect();
    let desk = desk(&files);
    let output = qarar(desk.path(), &["check", "first"]).output().unwrap();
    assert_eq!(code(&output), 1);
    assert!(told(&output).contains("unknown kind `minutes`"), "{}", told(&output));
    let output = qarar(desk.path(), &["check", "--kind-path", "house", "first"])
        .output()
        .unwrap();
    assert_eq!((code(&output), told(&output)), (0, String::new()));
}

/// If it fails, an editor cannot say a line in other words than the kind does.
#[test]
fn a_document_has_words_of_its_own() {
    let mut files = guide();
    let own = "[lines]\npresent = \"In the room: {present:sorted}\"\n";
    files.push(("first/labels/en.toml".to_owned(), own.to_owned()));
    let desk = desk(&files);
    let out = trees(&open(&desk.path().join("first"), &FONTS));
    assert!(
        out.contains("In the room: Ahmad and Layla") && out.contains("الحاضرون"),
        "{out}"
    );
}

/// A change of a file of the guide, and what is told of it.
#[derive(Deserialize)]
struct Fault {
    /// The file.
    file: String,
    /// What is changed in it; empty where something is put at its end.
    from: String,
    /// What stands there instead.
    to: String,
    /// What the message says, and what its hint says.
    told: Vec<String>,
}

#[derive(Deserialize)]
struct Faults {
    fault: Vec<Fault>,
}

/// If it fails, somebody who writes a kind is told of a mistake in riddles, elsewhere, or not at all.
#[test]
fn faults_of_data_files_are_told_with_their_places() {
    let text = fs::read_to_string("tests/kinds/faults.toml").unwrap();
    let faults = toml::from_str::<Faults>(&text).unwrap().fault;
    assert!(faults.len() > 30, "{}", faults.len());
    let mut wrong = Vec::new();
    for fault in faults {
        let mut files = guide();
        let (path, text) = files.iter_mut().find(|(path, _)| *path == fault.file).unwrap();
        match fault.from.as_str() {
            "" => text.push_str(&fault.to),
            from => {
                assert!(text.contains(from), "{path}: {from}");
                *text = text.replacen(from, &fault.to, 1);
            }
        }
        let desk = desk(&files);
        let found = match qarar::open(&desk.path().join("first"), &FONTS) {
            Ok(opened) => opened.warnings,
            Err(faults) => faults,
        };
        let said = found.to_string();
        let is_fault = |line: &&str| line.contains(": error: ") || line.contains(": warning: ");
        let lines = said.lines().filter(is_fault).count();
        let name = fault
            .file
            .rsplit_once('/')
            .map_or(fault.file.as_str(), |(_, name)| name);
        let fits = fault.told.iter().all(|words| said.contains(words.as_str())) && said.contains(name);
        if !fits || !said.contains("(help: ") || lines != 1 {
            wrong.push(format!("{} → {}\n{said}", fault.from, fault.to));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
