//! Small documents in folders that are gone after the test, and the editions of documents.

#![allow(clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use qarar::edition::usual;
use qarar::fonts::Fonts;
use qarar::model::{Arrangement, Plan, Work};
use tempfile::TempDir;

/// The facts of `document.toml` that are of no account to a test, without the languages.
pub(crate) const FACTS: &str = include_str!("../facts.toml");

/// A whole `document.toml`, in Arabic and English.
pub(crate) const DOCUMENT: &str = concat!(include_str!("../facts.toml"), "languages = [\"ar\", \"en\"]\n");

/// The fonts of the program, read once.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load(&[]).expect("the fonts of the program"));

/// A folder with these files, each with its path in the folder.
pub(crate) fn folder<Text: AsRef<[u8]>>(files: &[(&str, Text)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in files {
        write(folder.path(), path, text.as_ref());
    }
    folder
}

/// A file below a folder, and the folders that lead to it.
pub(crate) fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// The document of these texts, each with the code of its language.
pub(crate) fn of_texts(facts: &str, texts: &[(&str, String)], fonts: &Fonts) -> Work {
    let codes: Vec<String> = texts.iter().map(|(code, _)| format!("\"{code}\"")).collect();
    // Before the facts, which may end with a table.
    let facts = format!("languages = [{}]\n{facts}", codes.join(", "));
    let folder = folder(&[("document.toml", facts)]);
    for (code, text) in texts {
        write(folder.path(), &format!("{code}.md"), text.as_bytes());
    }
    open(folder.path(), fonts)
}

/// The document of a folder, which has no fault.
pub(crate) fn open(folder: &Path, fonts: &Fonts) -> Work {
    let opened = qarar::open(folder, fonts);
    let opened = opened.unwrap_or_else(|faults| panic!("{}: {faults}", folder.display()));
    opened.work
}

/// The editions of a document that are usual, and all its languages on facing pages.
pub(crate) fn plans(work: &Work) -> Vec<Plan> {
    let usual = usual(&work.facts.languages).into_iter();
    let mut plans: Vec<Plan> = usual.map(|languages| Plan::of(work, languages)).collect();
    if work.facts.languages.len() > 1 {
        plans.push(Plan {
            arrangement: Arrangement::Facing,
            ..Plan::of(work, work.facts.languages.clone())
        });
    }
    plans
}

/// Copies the files below a folder, which stand below `to` in the other one.
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
pub(crate) fn copy(from: &Path, to: &Path, into: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &to, into),
            false => write(into, to.to_str().unwrap(), &fs::read(&path).unwrap()),
        }
    }
}
