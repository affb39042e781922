//! Lines that nobody wrote, as the masthead and the day of a meeting, say what the facts of the document say. Each `*.typ` below
//! `tests/standing` is a template of a house, and the `.txt` beside it what a build of `tests/standing/document` tells: what
//! says something else than the facts is lost, what is not there is left out. `INSTA_UPDATE=always` writes the expectations
//! anew. When this fails, a document is printed with the date or the number of another one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::fonts::Fonts;
use qarar::locale::Digits;
use qarar::model::Work;
use qarar::reader::read;
use qarar::typeset::Template;
use qarar::verify::{ReadBackError, read_back, standing, verify};

use crate::document::{FONTS, plans};

/// What is told of each edition.
fn told(work: &Work, template: &Template, fonts: &Fonts) -> String {
    let mut out = String::new();
    for plan in plans(work) {
        let (name, languages) = (plan.name(), plan.languages.clone());
        let edition = Edition::planned(work, plan, template, fonts).unwrap();
        let bytes = Arc::new(pdf(&edition, Standards::default()).unwrap());
        writeln!(out, "=== {name}").unwrap();
        let losses = match read_back(&bytes, work, &languages) {
            Ok(()) => Vec::new(),
            Err(ReadBackError::Losses(losses)) => losses,
            Err(error) => panic!("{error}"),
        };
        for loss in &losses {
            let left_out = if loss.left_out { "left out" } else { "lost" };
            writeln!(out, "{left_out}: {} {}: {}", loss.language, loss.passage, loss.how).unwrap();
        }
        // Whoever verifies the file is told the same.
        let report = verify(&read(bytes).unwrap(), Some((work, &languages)));
        assert_eq!(
            report.left_out.len(),
            losses.iter().filter(|loss| loss.left_out).count(),
            "{name}"
        );
        assert_eq!(
            report.is_exact(),
            losses.iter().all(|loss| loss.left_out),
            "{name}:\n{}",
            report.table(9)
        );
    }
    out
}

#[test]
fn what_a_template_sets_says_what_the_facts_say() {
    let work = qarar::open(Path::new("tests/standing/document"), &FONTS).unwrap().work;
    let accept = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let mut templates: Vec<PathBuf> = fs::read_dir("tests/standing")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "typ"))
        .collect();
    templates.sort();
    let mut wrong = Vec::new();
    for path in templates {
        let out = told(&work, &Template::read(&path).unwrap(), &FONTS);
        let expected = path.with_extension("txt");
        if accept {
            fs::write(&expected, &out).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != out {
            wrong.push(format!("{} is not what is told:\n{out}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The built-in template has every line in every edition.
#[test]
fn the_built_in_template_leaves_nothing_out() {
    let work = qarar::open(Path::new("tests/standing/document"), &FONTS).unwrap().work;
    let mut western = work.clone();
    western.facts.digits = qarar::model::DigitChoice::all(Digits::Western);
    let cases = [&work, &western].map(|work| plans(work).into_iter().map(move |plan| (work, plan)));
    for (work, plan) in cases.into_iter().flatten() {
        let (name, languages) = (plan.name(), plan.languages.clone());
        let edition = Edition::planned(work, plan, &Template::builtin(), &FONTS).unwrap();
        let bytes = Arc::new(pdf(&edition, Standards::default()).unwrap());
        read_back(&bytes, work, &languages).unwrap();
        let report = verify(&read(bytes).unwrap(), Some((work, &languages)));
        let all: usize = languages.iter().map(|language| standing(work, *language).len()).sum();
        assert_eq!((report.lines.len(), report.left_out.len()), (all, 0), "{name}");
        assert!(all > 10 * languages.len(), "{name}: the document has all facts");
    }
}
