//! What is printed can be read: faults of print are planted in every arrangement, and none is seen where none is. A test that
//! fails is an edition that leaves the house though nobody can read it, or one that is held back for nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::document::FONTS;
use crate::font_bytes::without_outlines;
use qarar::edition::print::{PrintFault, diagnostics};
use qarar::edition::{Edition, usual};
use qarar::export::pdf::{Standards, pdf};
use qarar::fonts::Fonts;
use qarar::locale::Language;
use qarar::model::Arrangement;
use qarar::model::Plan;
use qarar::typeset::Template;
use qarar::verify::verify_bytes;

/// The folders of documents below a folder.
fn documents(below: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(below)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("document.toml").exists())
        .collect();
    found.sort();
    found
}

/// What is told of the print of a document in an arrangement, one line a fault; nothing where it cannot be opened.
fn told(
    folder: &Path,
    languages: Option<Vec<Language>>,
    arrangement: Arrangement,
    template: &Template,
    fonts: &Fonts,
) -> Vec<String> {
    let Ok(opened) = qarar::open(folder, fonts) else {
        return Vec::new();
    };
    let work = &opened.work;
    let editions = languages.map_or_else(|| usual(&work.facts.languages), |languages| vec![languages]);
    let mut lines = Vec::new();
    for languages in editions {
        let mut plan = Plan::of(work, languages);
        plan.arrangement = arrangement;
        let edition = Edition::planned(work, plan, template, fonts).unwrap();
        let faults: Vec<PrintFault> = edition.print_faults();
        let told = diagnostics(&faults, &edition, &opened.sources, template);
        lines.extend(told.iter().map(ToString::to_string));
        if told.is_empty() {
            // `qarar verify` says of the PDF what the build says of its pages.
            let bytes = pdf(&edition, Standards::default()).unwrap();
            let report = verify_bytes(bytes, Some((work, &edition.languages))).unwrap();
            lines.extend(report.print.iter().map(|fault| format!("verify: {fault}")));
        }
    }
    lines
}

#[test]
fn nothing_is_seen_where_all_can_be_read() {
    let folders = [
        "documents",
        "tests/builds",
        "tests/faults",
        "tests/layouts",
        "tests/print/readable",
        "tests/print/planted",
    ];
    let folders = folders.map(documents).concat();
    let mut wrong = Vec::new();
    for folder in &folders {
        for arrangement in [Arrangement::SideBySide, Arrangement::Facing] {
            let told = told(folder, None, arrangement, &Template::builtin(), &FONTS);
            wrong.extend(told.iter().map(|line| format!("{}: {line}", folder.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The template of the program with something else in it.
fn spoiled(from: &str, to: &str) -> Template {
    let builtin = Template::builtin();
    assert!(builtin.text.contains(from), "the template has no `{from}`");
    Template {
        text: builtin.text.replacen(from, to, 1),
        ..builtin
    }
}

const DOCUMENT: &str = "documents/a-res-61-180";

/// Every arrangement of the document.
fn arrangements() -> [(Vec<Language>, Arrangement); 4] {
    use Arrangement::{Facing, SideBySide};
    [
        (vec![Language::ARABIC], SideBySide),
        (vec![Language::ENGLISH], SideBySide),
        (vec![Language::ARABIC, Language::ENGLISH], SideBySide),
        (vec![Language::ARABIC, Language::ENGLISH], Facing),
    ]
}

#[test]
fn figures_that_are_printed_over_each_other_are_told_with_their_column() {
    let both = Some(vec![Language::ARABIC, Language::ENGLISH]);
    let told = told(
        Path::new("tests/print/narrow/budget"),
        both,
        Arrangement::SideBySide,
        &Template::builtin(),
        &FONTS,
    );
    assert_eq!(told.len(), 1, "{told:#?}");
    let start = "tests/print/narrow/budget/ar.md:7:3: error: column 1 of the table is 14 pt too narrow for `١٢٣٬٤٥٦٬٧٨٩` (help: ";
    assert!(told[0].starts_with(start), "{told:#?}");
}

#[test]
fn text_in_the_colour_of_the_paper_is_told() {
    let template = spoiled("lang: l.lang, dir: l.dir,", "lang: l.lang, dir: l.dir, fill: white,");
    for (languages, arrangement) in arrangements() {
        let told = told(Path::new(DOCUMENT), Some(languages), arrangement, &template, &FONTS);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(
            told[0].contains(" cannot be seen: it is printed in #ffffff on #ffffff"),
            "{told:#?}"
        );
    }
}

#[test]
fn text_that_runs_off_the_page_is_told() {
    let template = spoiled("let body = par(", "let body = move(dx: -300pt, par(");
    let template = Template {
        text: template.text.replacen(
            "if first == none { b.body } else { first + b.body },\n  )",
            "if first == none { b.body } else { first + b.body },\n  ))",
            1,
        ),
        ..template
    };
    for (languages, arrangement) in arrangements() {
        let told = told(Path::new(DOCUMENT), Some(languages), arrangement, &template, &FONTS);
        assert!(told.iter().any(|line| line.contains(" pt off the page")), "{told:#?}");
    }
}

#[test]
fn paragraphs_that_are_printed_over_each_other_are_told() {
    let template = spoiled("leading: 9.4pt,", "leading: -11pt,");
    let arabic = Some(vec![Language::ARABIC]);
    let told = told(Path::new(DOCUMENT), arabic, Arrangement::SideBySide, &template, &FONTS);
    assert!(told.iter().any(|line| line.contains(" is printed over ")), "{told:#?}");
}

#[test]
fn a_running_head_off_the_paper_is_told() {
    let template = spoiled("dy: head-at, said", "dy: -3mm, said");
    for (languages, arrangement) in arrangements() {
        let told = told(Path::new(DOCUMENT), Some(languages), arrangement, &template, &FONTS);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains("`A/RES/61/180` runs "), "{told:#?}");
    }
}

#[test]
fn a_running_head_over_the_text_is_told() {
    let template = spoiled("dy: head-at, said", "dy: 32mm, said");
    let english = Some(vec![Language::ENGLISH]);
    let told = told(Path::new(DOCUMENT), english, Arrangement::SideBySide, &template, &FONTS);
    assert!(
        told.iter().any(|line| line.contains("over `A/RES/61/180`")),
        "{told:#?}"
    );
}

#[test]
fn fonts_without_outlines_are_refused() {
    let whole = fs::read("fonts/amiri/Amiri-Regular.ttf").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Amiri-Regular.ttf");
    let cases = [
        (whole[..200_000].to_vec(), "is cut off"),
        (without_outlines(&whole), "has no outlines for its letters"),
    ];
    for (broken, words) in cases {
        fs::write(&path, broken).unwrap();
        let errors = Fonts::load(std::slice::from_ref(&path)).unwrap_err();
        let told = errors[0].to_string();
        assert!(told.contains(words), "{told}");
    }
    fs::write(&path, &whole).unwrap();
    assert!(Fonts::load(&[path]).is_ok());
}
