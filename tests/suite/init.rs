//! `qarar init`: what it writes builds at once in all its languages, and it writes over nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::locale::Language;
use qarar::typeset::Template;
use qarar::verify::verify_bytes;
use tempfile::TempDir;

use crate::document::FONTS;
use crate::facts::BODIES;
use crate::program::{code, qarar, told};

fn run(desk: &TempDir, arguments: &[&str]) -> Output {
    qarar(desk.path(), arguments).stdin(Stdio::null()).output().unwrap()
}

fn written(desk: &TempDir, folder: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(desk.path().join(folder)) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The document of a folder, without a warning.
fn spotless(folder: &Path) -> qarar::model::Work {
    let opened = qarar::open(folder, &FONTS).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(opened.warnings.is_empty(), "{}", opened.warnings);
    opened.work
}

/// If it fails, the first document of a user has a fault that qarar wrote.
#[test]
fn a_new_document_has_no_fault_in_any_pair_of_languages_and_of_any_body() {
    let desk = TempDir::new().unwrap();
    // Those of which there is a skeleton.
    let languages: Vec<&Language> = Language::ALL.iter().take(6).collect();
    for (at, first) in languages.iter().enumerate() {
        for (other, second) in languages.iter().enumerate() {
            let codes = match first == second {
                true => first.code().to_owned(),
                false => format!("{},{}", first.code(), second.code()),
            };
            let body = BODIES[(at + other) % BODIES.len()];
            let folder = format!("documents/{}", codes.replace(',', "-"));
            let output = run(
                &desk,
                &["init", "--yes", "--languages", &codes, "--body", body, &folder],
            );
            assert_eq!(code(&output), 0, "{codes}: {}", told(&output));
            spotless(&desk.path().join(&folder));
        }
    }
    let output = run(&desk, &["check", "--quiet"]);
    assert_eq!((code(&output), told(&output)), (0, String::new()));
}

/// All languages and as many beside each other as there are, of every body: every edition comes back from its PDF as it is written, and
/// all that is printed can be read.
#[test]
fn its_editions_are_exact() {
    let desk = TempDir::new().unwrap();
    for body in BODIES {
        let folder = format!("documents/{body}");
        let output = run(
            &desk,
            &[
                "init",
                "--yes",
                "--languages",
                "ar,en,fr,es,fa,ur",
                "--body",
                body,
                &folder,
            ],
        );
        assert_eq!(code(&output), 0, "{}", told(&output));
        let work = spotless(&desk.path().join(&folder));
        let all = &work.facts.languages;
        let alone = all.iter().map(|language| vec![*language]);
        for languages in alone.chain((2..=all.len()).map(|count| all[..count].to_vec())) {
            let edition = Edition::build(&work, languages.clone(), &Template::builtin(), &FONTS).unwrap();
            let bytes = pdf(&edition, Standards::default()).unwrap();
            let report = verify_bytes(bytes, Some((&work, &languages))).unwrap();
            assert!(report.is_exact(), "{} {languages:?}: {}", body, report.table(3));
        }
    }
}

#[test]
fn without_a_word_it_is_a_resolution_in_arabic_and_english() {
    let desk = TempDir::new().unwrap();
    let output = run(&desk, &["init", "--yes"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let names = ["ar.md", "document.schema.json", "document.toml", "en.md"];
    assert_eq!(written(&desk, "documents/a-res-80-1"), names);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("documents/a-res-80-1/document.toml\n"), "{said}");
    assert!(said.contains("`qarar build documents/a-res-80-1`"), "{said}");
    let toml = fs::read_to_string(desk.path().join("documents/a-res-80-1/document.toml")).unwrap();
    assert!(toml.starts_with("#:schema ./document.schema.json\n"), "{toml}");
    assert_eq!(code(&run(&desk, &["build"])), 0);
    assert_eq!(written(&desk, "output/a-res-80-1"), ["ar-en.pdf", "ar.pdf", "en.pdf"]);
}

/// The comments of `document.toml` show keys: each can be taken as it stands.
#[test]
fn what_the_comments_show_can_be_written() {
    for languages in ["ar,en", "en,ar"] {
        let desk = TempDir::new().unwrap();
        assert_eq!(code(&run(&desk, &["init", "--yes", "--languages", languages, "d"])), 0);
        // The annex that the comments of a text show.
        for text in ["ar.md", "en.md"] {
            let path = desk.path().join("d").join(text);
            let source = fs::read_to_string(&path).unwrap();
            let start = source.find("\n## ").unwrap();
            let end = start + source[start..].find("\n-->").unwrap();
            let annex = &source[start..end];
            fs::write(&path, format!("{}\n{annex}\n", source.trim_end())).unwrap();
        }
        spotless(&desk.path().join("d"));
        // Its figures have the digits of their language.
        let path = desk.path().join("d/document.toml");
        let toml = fs::read_to_string(&path).unwrap();
        let mut shown = 0;
        let open = |line: &str| {
            let bare = line.strip_prefix("# ")?;
            let is_key = bare.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
            (is_key || bare.starts_with('[')).then(|| bare.to_owned())
        };
        let opened: Vec<String> = toml
            .lines()
            .map(|line| match open(line) {
                Some(bare) if !bare.starts_with("digits") => {
                    shown += 1;
                    bare
                }
                _ => line.to_owned(),
            })
            .collect();
        assert!(shown >= 8, "{shown}: {toml}");
        fs::write(&path, opened.join("\n")).unwrap();
        spotless(&desk.path().join("d"));
    }
}

#[test]
fn what_the_options_say_stands_in_the_files() {
    let desk = TempDir::new().unwrap();
    let output = run(
        &desk,
        &[
            "init",
            "--yes",
            "--kind",
            "resolution",
            "--languages",
            "en,ar",
            "--title",
            "Rules [of] *work*",
            "--title",
            "ar=قواعد العمل",
            "--symbol",
            "A/RES/81/7",
            "--session",
            "81",
            "--adopted",
            "2026-02-03",
        ],
    );
    assert_eq!(code(&output), 0, "{}", told(&output));
    let work = spotless(&desk.path().join("documents/a-res-81-7"));
    let titles: Vec<String> = work
        .expressions
        .iter()
        .map(|text| qarar::model::plain(&text.title))
        .collect();
    assert_eq!(titles, ["Rules [of] *work*", "قواعد العمل"]);
    assert_eq!(
        (work.facts.text("symbol"), work.facts.text("session")),
        (Some("A/RES/81/7"), Some("81"))
    );
    assert_eq!(
        work.facts.day("adopted").map(|day| day.to_string()).as_deref(),
        Some("2026-02-03")
    );
}

#[test]
fn it_writes_over_nothing() {
    for there in ["document.toml", "en.md", "document.schema.json"] {
        let desk = TempDir::new().unwrap();
        fs::create_dir_all(desk.path().join("d")).unwrap();
        fs::write(desk.path().join("d").join(there), "mine").unwrap();
        fs::write(desk.path().join("d/notes.txt"), "mine too").unwrap();
        let output = run(&desk, &["init", "--yes", "d"]);
        assert_eq!(code(&output), 2, "{there}");
        assert!(
            told(&output).contains(&format!("{there}` is already there and is left alone")),
            "{}",
            told(&output)
        );
        assert_eq!(fs::read_to_string(desk.path().join("d").join(there)).unwrap(), "mine");
        let mut names = vec![there, "notes.txt"];
        names.sort_unstable();
        assert_eq!(written(&desk, "d"), names);
    }
    let desk = TempDir::new().unwrap();
    fs::write(desk.path().join("file"), "").unwrap();
    let output = run(&desk, &["init", "--yes", "file"]);
    assert_eq!(code(&output), 2);
    assert!(told(&output).contains("`file` is a file"), "{}", told(&output));
    // Other files in a folder are no reason.
    fs::create_dir_all(desk.path().join("d")).unwrap();
    fs::write(desk.path().join("d/notes.txt"), "mine").unwrap();
    assert_eq!(code(&run(&desk, &["init", "--yes", "d"])), 0);
}

/// If it fails, a script hangs at a question that nobody answers, or gets a document that nobody asked for.
#[test]
fn without_a_terminal_nothing_is_asked() {
    let desk = TempDir::new().unwrap();
    let output = run(&desk, &["init", "--languages", "en"]);
    assert_eq!(code(&output), 2);
    let words = "there is no terminal to ask on: say DIR, `--body`, `--symbol`";
    assert!(told(&output).contains(words), "{}", told(&output));
    assert!(!told(&output).contains("`--languages`"), "{}", told(&output));
    let closed = Command::new("sh")
        .args(["-c", "exec \"$0\" init d <&-", env!("CARGO_BIN_EXE_qarar")])
        .current_dir(&desk)
        .output()
        .unwrap();
    assert_eq!(code(&closed), 2, "{}", told(&closed));
    assert!(
        told(&closed).contains("there is no terminal to ask on"),
        "{}",
        told(&closed)
    );
    assert!(written(&desk, ".").is_empty(), "{:?}", written(&desk, "."));
    let whole =
        "init --languages en --body general-assembly --symbol A/1 --session 3 --adopted 2026-01-02 --title Records d";
    let output = run(&desk, &whole.split(' ').collect::<Vec<_>>());
    assert_eq!(code(&output), 0, "{}", told(&output));
}

#[test]
fn what_cannot_be_taken_is_told_and_nothing_is_written() {
    let cases: &[(&[&str], &str)] = &[
        (
            &["--languages", "ar,xx"],
            "unknown language `xx`: the languages are ar, en, fr, es, fa, ur",
        ),
        (&["--languages", "ar,ar"], "the language `ar` is given twice"),
        (&["--languages", ","], "name at least one language"),
        (&["--kind", "poem"], "`poem` is none of constitution"),
        (&["--body", "senate"], "unknown body `senate`"),
        (
            &["--symbol", "A/RES/٦١"],
            "a symbol is Latin letters and Western digits",
        ),
        (&["--adopted", "2026-02-31"], "there is no 31 February 2026"),
        (&["--session", "0"], "it is a number from 1 to 65535"),
        (&["--title", "fr=Titre"], "the document has no `fr`: it has ar, en"),
        (
            &["--title", "a", "--title", "ar=b"],
            "`--title` is given twice for `ar`",
        ),
        (&["--title", " "], "a title is one line of text"),
        (&["--title", "الجمـــعية"], "ar.md:1:7: error: a tatweel"),
    ];
    for (arguments, words) in cases {
        let desk = TempDir::new().unwrap();
        let output = run(&desk, &[&["init", "--yes"], *arguments].concat());
        assert_eq!(code(&output), 2, "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
        assert!(written(&desk, ".").is_empty(), "{arguments:?}");
    }
}

/// The program on a terminal, with these lines typed.
fn typed(desk: &TempDir, arguments: &str, lines: &str) -> (i32, String) {
    let command = format!("'{}' {arguments}", env!("CARGO_BIN_EXE_qarar"));
    let mut terminal = Command::new("script")
        .args(["--quiet", "--return", "--flush", "--command", &command, "/dev/null"])
        .current_dir(desk)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // The end of the input is that of the terminal.
    terminal.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = terminal.wait_with_output().unwrap();
    (code(&output), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn on_a_terminal_it_asks_what_no_option_says() {
    let desk = TempDir::new().unwrap();
    let lines = "\nen,zz\nen,ar\n\nA/RES/81/9\n2026-03-04\nPublic records\n\n\n";
    let (code, said) = typed(&desk, "init --session 81", lines);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("unknown language `zz`"), "{said}");
    assert!(!said.contains("Session ["), "{said}");
    assert!(said.contains("Folder [documents/a-res-81-9]"), "{said}");
    let work = spotless(&desk.path().join("documents/a-res-81-9"));
    let titles: Vec<String> = work
        .expressions
        .iter()
        .map(|text| qarar::model::plain(&text.title))
        .collect();
    assert_eq!(titles, ["Public records", "حفظ الوثائق الرسمية"]);
    assert_eq!(work.facts.text("session"), Some("81"));
}

#[test]
fn answers_that_end_early_write_nothing() {
    let desk = TempDir::new().unwrap();
    let (code, said) = typed(&desk, "init", "en\n");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("the answers ended before the last question"), "{said}");
    assert!(written(&desk, ".").is_empty());
    // With `--yes` nothing is asked on a terminal either.
    let (code, said) = typed(&desk, "init --yes d", "");
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("Languages, the leading one first"), "{said}");
}
