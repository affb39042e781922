//! Messages for programs: `--message-format json` and `sarif` say what people are told, with the same exit codes; a fix makes its
//! fault go away; every rule is known and explained. The step `report` of the test run holds both forms to their schemas.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use qarar::diagnostic::{Diagnostic, Diagnostics, Edit, RULES, Severity};
use serde_json::Value;
use tempfile::TempDir;

use crate::document::{DOCUMENT, FONTS, folder, write};
use crate::program::{code, qarar, told};

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir("tests/faults")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

fn opened(folder: &Path) -> Diagnostics {
    match qarar::open(folder, &FONTS) {
        Ok(opened) => opened.warnings,
        Err(told) => told,
    }
}

/// A folder with the files of a case.
fn copy(case: &Path) -> TempDir {
    let desk = TempDir::new().unwrap();
    crate::document::copy(case, Path::new(""), desk.path());
    desk
}

fn apply(edits: &[Edit]) {
    let path = edits[0].file.path();
    let mut text = fs::read_to_string(path).unwrap();
    for edit in edits.iter().rev() {
        assert_eq!(edit.file.path(), path, "a fix of one file");
        text.replace_range(edit.span.clone(), &edit.replacement);
    }
    fs::write(path, text).unwrap();
}

/// How many times a fault is told: at whatever place, for a fix moves those behind it.
fn count(all: &Diagnostics, one: &Diagnostic) -> usize {
    let same = |other: &&Diagnostic| (other.rule_name(), other.message()) == (one.rule_name(), one.message());
    all.iter().filter(same).count()
}

/// If it fails, an editor that applies what qarar offers leaves the fault where it was, or makes the file unreadable.
#[test]
fn a_fix_makes_its_fault_go_away() {
    let mut rules: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut fixes = 0;
    for case in cases() {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let all = opened(&case).iter().filter(|told| !told.edits().is_empty()).count();
        for at in 0..all {
            let desk = copy(&case);
            let before = opened(desk.path());
            let fixed = before.iter().filter(|told| !told.edits().is_empty()).nth(at).unwrap();
            apply(&fixed.edits());
            let after = opened(desk.path());
            fixes += 1;
            rules.insert(fixed.rule_name());
            // Of those that follow one another only twenty are kept.
            let kept = |told: &Diagnostic| told.hints().iter().any(|hint| hint.contains("more like it"));
            let is_told = count(&after, fixed) >= count(&before, fixed) && !before.iter().any(kept);
            // Where the notation is broken, or a table or list begins, others may come to light.
            let reads = !after
                .iter()
                .any(|told| told.rule_name() == "toml" && count(&before, told) == 0);
            if is_told || !reads {
                wrong.push(format!("{name}: {fixed}\n{after}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(fixes > 90, "only {fixes} faults have a fix");
    assert!(rules.len() > 20, "only these have fixes: {rules:?}");
}

/// All fixes of a document at once, as an editor applies them on saving: what stays is no more than what was told before.
#[test]
fn all_fixes_of_a_document_can_be_applied_at_once() {
    for case in cases() {
        let desk = copy(&case);
        let before = opened(desk.path());
        let mut edits: Vec<Edit> = before.iter().flat_map(Diagnostic::edits).collect();
        edits.sort_by_key(|edit| (edit.file.path().to_owned(), edit.span.start));
        let mut apart: Vec<Edit> = Vec::new();
        for edit in edits {
            let meets = apart
                .last()
                .is_some_and(|last: &Edit| last.file.path() == edit.file.path() && last.span.end > edit.span.start);
            if !meets {
                apart.push(edit);
            }
        }
        let mut files: Vec<PathBuf> = apart.iter().map(|edit| edit.file.path().to_owned()).collect();
        files.dedup();
        for file in files {
            let of_file: Vec<Edit> = apart.iter().filter(|edit| edit.file.path() == file).cloned().collect();
            apply(&of_file);
        }
        let after = opened(desk.path());
        let errors = |told: &Diagnostics| told.count(Severity::Error);
        assert!(errors(&after) <= errors(&before), "{}:\n{after}", case.display());
    }
}

fn json(output: &Output) -> Value {
    assert_eq!(told(output), "", "nothing for people");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {:?}", output.stdout))
}

/// If it fails, a program gets something else than people do, or another exit code.
#[test]
fn programs_are_told_what_people_are() {
    let mut messages = 0;
    for case in cases() {
        let path = case.to_str().unwrap();
        let people = qarar(Path::new("."), &["check", "--message-format", "short", path])
            .output()
            .unwrap();
        let output = qarar(Path::new("."), &["check", "--message-format", "json", path])
            .output()
            .unwrap();
        let value = json(&output);
        assert_eq!(code(&output), code(&people), "{path}");
        assert_eq!(value["exit-code"], code(&people), "{path}");
        let library = if case.ends_with("folder-missing") {
            continue;
        } else {
            opened(&case)
        };
        assert_eq!(value["errors"], library.count(Severity::Error), "{path}");
        assert_eq!(value["warnings"], library.count(Severity::Warning), "{path}");
        let listed = value["messages"].as_array().unwrap();
        assert_eq!(listed.len(), library.iter().count(), "{path}");
        for (message, told) in listed.iter().zip(&library) {
            messages += 1;
            assert_eq!(message["message"], told.message());
            assert_eq!(message["severity"], told.severity().to_string());
            let line = told.place().unwrap().to_string();
            let place = &message["place"];
            let ours = match place["start"]["line"].as_u64() {
                Some(at) => format!("{}:{at}:{}", place["file"].as_str().unwrap(), place["start"]["column"]),
                None => place["file"].as_str().unwrap().to_owned(),
            };
            assert_eq!(ours, line, "{path}");
        }
        let output = qarar(Path::new("."), &["check", "--message-format", "sarif", path])
            .output()
            .unwrap();
        let sarif = json(&output);
        assert_eq!(
            (code(&output), &sarif["version"]),
            (code(&people), &Value::from("2.1.0"))
        );
        let run = &sarif["runs"][0];
        assert_eq!(run["results"].as_array().unwrap().len(), listed.len());
        let known: Vec<&str> = run["tool"]["driver"]["rules"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rule| rule["id"].as_str().unwrap())
            .collect();
        for result in run["results"].as_array().unwrap() {
            assert!(known.contains(&result["ruleId"].as_str().unwrap()), "{result}");
        }
    }
    assert!(messages > 250, "only {messages} messages");
}

const ARABIC: &str = "# تنسيق الجهود\n\n*إن الجمعية العامة*،\n\n1. *تؤكد* أهمية الشراكات.\n";
const ENGLISH: &str = "# Coordination\n\n*The General Assembly*,\n\n1. *Affirms* the importance of partnerships.\n";

#[test]
fn every_command_that_tells_of_problems_tells_programs() {
    let desk = folder(&[
        ("documents/one/document.toml", DOCUMENT),
        ("documents/one/ar.md", ARABIC),
        ("documents/one/en.md", ENGLISH),
    ]);
    write(desk.path(), "documents/two/document.toml", b"kind = 1\n");
    let run = |arguments: &[&str]| qarar(desk.path(), arguments).output().unwrap();
    assert_eq!(code(&run(&["build", "documents/one"])), 0);
    assert_eq!(code(&run(&["layout", "--quiet", "documents/one"])), 0);
    let changed = ENGLISH.replace("partnerships", "friendship");
    let other = folder(&[
        ("one/document.toml", DOCUMENT),
        ("one/ar.md", ARABIC),
        ("one/en.md", &changed),
    ]);
    let other = other.path().join("one");
    let other = other.to_str().unwrap();
    let whole: &[(&[&str], i32, &str)] = &[
        (&["check", "documents/one"], 0, ""),
        (&["check", "documents/two"], 1, "value-type"),
        (&["build", "documents/one"], 0, ""),
        (&["build", "documents/two"], 1, "value-type"),
        (&["build", "--lang", "fr", "documents/one"], 2, "command-line"),
        (&["layout", "documents/one"], 0, ""),
        (&["layout", "documents/two"], 1, "value-type"),
        (&["inspect", "documents/one"], 0, ""),
        (&["inspect", "documents/two"], 1, "value-type"),
        (&["verify", "output/one/en.pdf", "documents/one"], 0, ""),
        (&["verify", "output/one/en.pdf", other], 1, "verify-passage"),
        (&["verify", "nowhere.pdf"], 2, "command-line"),
        (&["verify", "output/one/en.pdf", "documents/two"], 1, "value-type"),
        (&["compare", "output/one/en.layout.json", "documents/one"], 0, ""),
        (&["compare", "output/one/en.layout.json", other], 1, "compare"),
        (
            &["compare", "output/one/en.layout.json", "documents/two"],
            2,
            "value-type",
        ),
    ];
    for (arguments, expected, rule) in whole {
        let people = run(arguments);
        assert_eq!(code(&people), *expected, "{arguments:?}: {}", told(&people));
        for form in ["json", "sarif"] {
            let output = run(&[*arguments, &["--message-format", form]].concat());
            let value = json(&output);
            assert_eq!(code(&output), *expected, "{arguments:?}");
            let (messages, named) = match form {
                "json" => (&value["messages"], "rule"),
                _ => (&value["runs"][0]["results"], "ruleId"),
            };
            let rules: Vec<&str> = messages
                .as_array()
                .unwrap()
                .iter()
                .map(|told| told[named].as_str().unwrap())
                .collect();
            match rule.is_empty() {
                true => assert!(rules.is_empty(), "{arguments:?}: {rules:?}"),
                false => assert!(rules.contains(rule), "{arguments:?}: {rules:?}"),
            }
            if form == "json" {
                assert_eq!(value["command"], arguments[0]);
                let said = String::from_utf8_lossy(&people.stdout).trim_end().to_owned();
                let output: Vec<&str> = value["output"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|line| line.as_str().unwrap())
                    .collect();
                assert_eq!(output.join("\n"), said, "{arguments:?}");
            }
        }
    }
}

/// If it fails, a program takes half an answer for a whole one.
#[test]
fn an_answer_that_cannot_be_written_whole_has_its_exit_code() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    for form in ["json", "sarif"] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut program = qarar(
            Path::new("."),
            &["check", "--message-format", form, "tests/faults/tatweel"],
        );
        let output = program.stdout(full).output().unwrap();
        assert_eq!(code(&output), 4, "{form}");
        assert!(
            told(&output).contains("the answer could not be written whole"),
            "{}",
            told(&output)
        );
    }
}

/// Work with a font or a template of somebody's own is done by a second process.
#[test]
fn a_guarded_command_tells_once() {
    let desk = folder(&[
        ("one/document.toml", DOCUMENT),
        ("one/ar.md", ARABIC),
        ("one/en.md", ENGLISH),
    ]);
    write(desk.path(), "loop.typ", b"#let f() = f()\n#f()\n");
    let output = qarar(
        desk.path(),
        &["build", "--template", "loop.typ", "--message-format", "json", "one"],
    )
    .output()
    .unwrap();
    let value = json(&output);
    assert_eq!(
        (code(&output), &value["exit-code"], &value["errors"]),
        (
            1,
            &Value::from(1),
            &Value::from(value["messages"].as_array().unwrap().len())
        )
    );
    assert!(value["errors"].as_u64() > Some(0), "{value}");
}

/// Every rule that the code gives is in the list, everything in the list is given, and the guides explain all of it.
#[test]
fn every_rule_is_known_and_explained() {
    let mut given: BTreeSet<String> = BTreeSet::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("diagnostic/rule.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let named = text
                    .split(".rule(\"")
                    .skip(1)
                    .chain(text.split("running.warning(\"").skip(1));
                given.extend(
                    named
                        .chain(text.split("\n        .warning(\"").skip(1))
                        .map(|rest| rest.split('"').next().unwrap().to_owned()),
                );
                if path.ends_with("markdown/run.rs") {
                    given.extend(["paragraph-unnumbered", "typed-label"].map(str::to_owned));
                }
            }
        }
    }
    let known: BTreeSet<String> = RULES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(known.len(), RULES.len(), "a rule stands twice");
    assert_eq!(given, known);
    for case in cases() {
        for told in &opened(&case) {
            assert!(known.contains(told.rule_name()), "{}: {told}", case.display());
        }
    }
    for guide in ["docs/messages.md", "docs/ar/messages.md"] {
        let text = fs::read_to_string(guide).unwrap();
        let explained: BTreeSet<String> = text
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
            .map(str::to_owned)
            .collect();
        let missing: Vec<&String> = known.difference(&explained).collect();
        assert!(missing.is_empty(), "{guide} does not explain {missing:?}");
    }
}
