//! Every fault that a source can have is told in exact words: a folder below `tests/faults` is a small source and
//! `expected.txt`, what is told of it. `INSTA_UPDATE=always` writes the expectations anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use qarar::diagnostic::Look;

use crate::document::FONTS;

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir("tests/faults")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

#[test]
fn every_fault_is_told_in_exact_words() {
    let accept = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let mut wrong = Vec::new();
    for case in cases() {
        // `folder-missing` is about a folder that is not there.
        let folder = if case.ends_with("folder-missing") {
            case.join("nowhere")
        } else {
            case.clone()
        };
        let (told, opened) = match qarar::open(&folder, &FONTS) {
            Ok(opened) => (opened.warnings, true),
            Err(diagnostics) => (diagnostics, false),
        };
        let name = case.file_name().unwrap().to_str().unwrap();
        assert_eq!(
            opened,
            name.starts_with("warning-") || name == "language-file-not-named",
            "{name}:\n{told}"
        );
        assert!(opened || told.has_errors(), "{name}: refused without a word");
        let drawn = told.draw(Look::default());
        let expected = case.join("expected.txt");
        if accept {
            fs::write(&expected, &drawn).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != drawn {
            wrong.push(format!("{name}: {} is not what is told:\n{drawn}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fault_has_a_place_and_a_hint() {
    for case in cases() {
        let Err(diagnostics) = qarar::open(&case, &FONTS) else {
            continue;
        };
        for diagnostic in &diagnostics {
            assert!(diagnostic.place().is_some(), "{}: {diagnostic}", case.display());
            assert!(!diagnostic.hints().is_empty(), "{}: {diagnostic}", case.display());
            assert!(!diagnostic.to_string().contains('\n'), "one line a fault: {diagnostic}");
        }
    }
}

#[test]
fn what_is_drawn_holds_no_character_that_steers_a_terminal() {
    for case in cases() {
        let drawn = fs::read_to_string(Path::new(&case).join("expected.txt")).unwrap();
        // A joiner after an Arabic letter steers nothing, and is there to be copied.
        let mut last = ' ';
        let steering = drawn.chars().find(|c| {
            let joins = matches!(c, '\u{200c}' | '\u{200d}') && ('\u{620}'..='\u{6d3}').contains(&last);
            last = *c;
            (qarar::text::is_invisible(*c) && *c != '\u{fffd}' && !joins) || *c == '\u{1b}'
        });
        assert_eq!(steering, None, "{}", case.display());
    }
}
