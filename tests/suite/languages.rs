//! Languages that the program does not ship, and scripts beside Arabic and Latin: a folder below `tests/languages` is a document
//! with the file of its language. It is copied to where no other language file is, built, and must come back from its PDF exactly;
//! `expected.txt` holds what the structure tree of each edition says. `INSTA_UPDATE=always` writes the expectations anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::fonts::Fonts;
use qarar::locale::{Language, Script};
use qarar::model::Work;
use qarar::reader::read;
use qarar::typeset::Template;
use qarar::verify::{Judgement, verify};
use tempfile::TempDir;

use crate::builds::structure;
use crate::document::{copy, plans, write};

/// The fonts of the program, and those of scripts of which it has none.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let paths = ["noto-sans-tifinagh", "noto-serif-cjk-sc"];
    let paths: Vec<PathBuf> = paths.iter().map(|name| Path::new("tests/fonts").join(name)).collect();
    Fonts::load(&paths).expect("fonts")
});

/// A copy of a document outside of the repository.
fn copied(name: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    copy(&Path::new("tests/languages").join(name), Path::new(name), folder.path());
    folder
}

fn opened(folder: &Path) -> Work {
    let opened = qarar::open(folder, &FONTS).unwrap_or_else(|faults| panic!("{faults}"));
    opened.work
}

/// If it fails, who adds a language by a file gets a document whose text is lost or in the wrong order.
#[test]
fn a_language_of_a_file_is_built_and_comes_back() {
    let accept = std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always");
    let mut wrong = Vec::new();
    for name in ["ckb", "he", "kab", "ps", "ru", "zgh", "zh"] {
        let copy = copied(name);
        let work = opened(&copy.path().join(name));
        let mut out = String::new();
        for plan in plans(&work) {
            let (edition_name, languages) = (plan.name(), plan.languages.clone());
            let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
            let document = read(Arc::new(pdf(&edition, Standards::default()).unwrap())).unwrap();
            let report = verify(&document, Some((&work, &languages)));
            for verdict in report
                .passages
                .iter()
                .filter(|verdict| verdict.worst() != Judgement::Exact)
            {
                wrong.push(format!("{name}, {edition_name}: {verdict}: {}", verdict.how_lost()));
            }
            out += &format!("=== {edition_name}\n{}", structure(&document));
        }
        let expected = Path::new("tests/languages").join(name).join("expected.txt");
        if accept {
            fs::write(&expected, &out).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != out {
            wrong.push(format!("{} is not what is told:\n{out}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// If it fails, a language file is looked for elsewhere than the guide says, or the farther one counts.
#[test]
fn a_language_file_is_found_beside_the_document_and_its_folder_and_by_path() {
    let copy = copied("ckb");
    let document = copy.path().join("ckb");
    let own = document.join("languages");
    let name_of = |work: &Work| work.facts.languages[0].name();
    let renamed = |to: &Path, name: &str| {
        let text = fs::read_to_string("tests/languages/ckb/languages/ckb.toml").unwrap();
        write(to, "ckb.toml", text.replace("Central Kurdish", name).as_bytes());
    };
    renamed(&copy.path().join("languages"), "Of the parent");
    assert_eq!(name_of(&opened(&document)), "Central Kurdish");
    fs::remove_dir_all(&own).unwrap();
    assert_eq!(name_of(&opened(&document)), "Of the parent");
    let elsewhere = copy.path().join("house");
    renamed(&elsewhere, "Of the path");
    let by_path = qarar::open_with_languages(&document, &FONTS, &[elsewhere]).unwrap();
    assert_eq!(name_of(&by_path.work), "Of the path");
    fs::remove_dir_all(copy.path().join("languages")).unwrap();
    let told = qarar::open(&document, &FONTS).unwrap_err().to_string();
    assert!(
        told.contains("unknown language `ckb`") && told.contains("languages/ckb.toml"),
        "{told}"
    );
}

/// If it fails, a house cannot write a language that ships in its own way, or its way leaks into other documents.
#[test]
fn a_file_comes_before_a_language_that_ships() {
    let shipped = qarar::text::shipped_language_file("ar").unwrap();
    let maghrebi = shipped.replace("كانون الثاني/يناير", "يناير");
    assert_ne!(shipped, maghrebi);
    let folder = crate::document::folder(&[
        (
            "document.toml",
            crate::document::DOCUMENT.replace("[\"ar\", \"en\"]", "[\"ar\"]"),
        ),
        (
            "ar.md",
            "# العنوان\n\n*إن الجمعية العامة*،\n\n1. *تقرر* ذلك.\n".to_owned(),
        ),
        ("languages/ar.toml", maghrebi),
    ]);
    let own = opened(folder.path()).facts.languages[0];
    assert_ne!(own, Language::ARABIC);
    assert_eq!(own.definition().dates.months[0], "يناير");
    fs::write(folder.path().join("languages/ar.toml"), shipped).unwrap();
    assert_eq!(opened(folder.path()).facts.languages[0], Language::ARABIC);
}

/// If it fails, an ideograph is missing in the text that readers get, or a line starts with a stop.
#[test]
fn lines_without_spaces_break_as_typst_breaks_them() {
    let copy = copied("zh");
    let work = opened(&copy.path().join("zh"));
    let edition = Edition::build(&work, vec![Language::CHINESE], &Template::builtin(), &FONTS).unwrap();
    let layout = qarar::edition::snapshot(&edition);
    let lines: Vec<&str> = layout
        .pages
        .iter()
        .flat_map(|page| &page.lines)
        .map(|line| line.text.as_str())
        .collect();
    let text = fs::read_to_string(copy.path().join("zh/zh.md")).unwrap();
    let han = |text: &str| text.chars().filter(|c| Script::of(*c) == Some(Script::HAN)).count();
    assert!(lines.iter().map(|line| han(line)).sum::<usize>() >= han(&text));
    for line in &lines {
        assert!(!line.starts_with(['，', '。', '；', '、', '”', '）']), "{line}");
        assert!(!line.ends_with(['（', '“']), "{line}");
    }
}
