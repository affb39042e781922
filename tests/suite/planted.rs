//! Faults of print planted in every part of a document and in every arrangement: the build tells them before it writes, and
//! `qarar verify` tells the same of the PDF. When one fails, an edition that nobody can read leaves the house as exact.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use crate::document::FONTS;
use crate::font_bytes::without_letters;
use qarar::edition::Edition;
use qarar::edition::print::diagnostics;
use qarar::export::pdf::{Standards, pdf};
use qarar::fonts::Fonts;
use qarar::locale::Language;
use qarar::model::{Arrangement, Breaks, Plan};
use qarar::typeset::Template;
use qarar::verify::{Report, verify_bytes};

/// A document with a title, a heading, paragraphs, a note and a table in three languages.
const DOCUMENT: &str = "tests/print/planted/reforms";
/// A document with an official layout.
const OFFICIAL: &str = "documents/a-res-61-180";

/// A document, its languages and how they stand.
type Case = (&'static str, &'static [Language], Arrangement, Breaks);

const CASES: [Case; 8] = [
    (DOCUMENT, &[Language::ARABIC], Arrangement::SideBySide, Breaks::Natural),
    (DOCUMENT, &[Language::ENGLISH], Arrangement::SideBySide, Breaks::Natural),
    (
        DOCUMENT,
        &[Language::ARABIC, Language::ENGLISH],
        Arrangement::SideBySide,
        Breaks::Natural,
    ),
    (
        DOCUMENT,
        &[Language::ENGLISH, Language::FRENCH],
        Arrangement::SideBySide,
        Breaks::Natural,
    ),
    (
        DOCUMENT,
        &[Language::ARABIC, Language::ENGLISH, Language::FRENCH],
        Arrangement::SideBySide,
        Breaks::Natural,
    ),
    (
        DOCUMENT,
        &[Language::ARABIC, Language::ENGLISH],
        Arrangement::Facing,
        Breaks::Natural,
    ),
    (
        DOCUMENT,
        &[Language::ARABIC, Language::ENGLISH, Language::FRENCH],
        Arrangement::Facing,
        Breaks::Natural,
    ),
    (OFFICIAL, &[Language::ARABIC], Arrangement::SideBySide, Breaks::Lines),
];

/// A part of a document, and where the template sets it: the text before, the part, the text after.
const PLACES: [(&str, &str, &str, &str); 6] = [
    ("text", "if first == none { b.body } else { first + ", "b.body", " }"),
    ("heading", "size: b.size * 1em, par(", "b.body", ")"),
    ("title", "#words.at(lang).number#", "words.at(lang).title", "]"),
    ("note", "par[#label#", "p", "] } else"),
    ("masthead", "align(horizon, name(named, ", "body", "))"),
    ("table", "let content = if row > 0 { ", "b.rows.at(row - 1)", " } else"),
];

/// What is planted, as a function of the template, with what the build and `verify` say of it.
const FAULTS: [(&str, &str, &str, &str); 5] = [
    (
        "white on white",
        "text(fill: white, it)",
        "cannot be seen: it is printed in #ffffff on #ffffff",
        "cannot be seen: #ffffff on #ffffff",
    ),
    (
        "too small",
        "text(size: 1.2pt, it)",
        "too small to be read",
        "too small: letters of 1.2 pt",
    ),
    (
        "off the page",
        "box(move(dx: -700pt, it))",
        " pt off the page",
        "off the page by ",
    ),
    (
        "over each other",
        "text(spacing: -1.5em, it)",
        "is printed over",
        "printed over ",
    ),
    (
        "clear",
        "text(fill: rgb(0, 0, 0, 0), it)",
        "cannot be seen",
        "cannot be seen",
    ),
];

/// The template of the program with a fault in a part of the document.
fn planted(place: (&str, &str, &str, &str), fault: &str) -> Template {
    let builtin = Template::builtin();
    let (name, before, part, after) = place;
    let from = format!("{before}{part}{after}");
    assert!(builtin.text.contains(&from), "the template has no `{from}`");
    let with = if name == "table" {
        format!("{part}.map(c => plant(c))")
    } else {
        format!("plant({part})")
    };
    let mut text = builtin.text.replacen(&from, &format!("{before}{with}{after}"), 1);
    text.insert_str(0, &format!("#let plant(it) = {fault}\n"));
    Template { text, ..builtin }
}

/// What the build says of an edition, and `verify` of its PDF.
fn told((folder, languages, arrangement, breaks): Case, template: &Template, fonts: &Fonts) -> (Vec<String>, Report) {
    let opened = qarar::open(Path::new(folder), fonts).unwrap();
    let work = &opened.work;
    let mut plan = Plan::of(work, languages.to_vec());
    plan.arrangement = arrangement;
    plan.breaks = breaks;
    let edition = Edition::planned(work, plan, template, fonts).unwrap();
    let told = diagnostics(&edition.print_faults(), &edition, &opened.sources, template);
    let bytes = pdf(&edition, Standards::default()).unwrap();
    let report = verify_bytes(bytes, Some((work, languages))).unwrap();
    (told.iter().map(ToString::to_string).collect(), report)
}

#[test]
fn nothing_is_told_where_nothing_is_planted() {
    for case in CASES {
        let (told, report) = told(case, &Template::builtin(), &FONTS);
        assert!(told.is_empty(), "{case:?}: {told:#?}");
        assert!(
            report.is_exact() && report.print.is_empty(),
            "{case:?}: {}",
            report.table(9)
        );
    }
}

#[test]
fn a_planted_fault_is_told_by_the_build_and_of_its_pdf() {
    let mut missed = Vec::new();
    for case in CASES {
        for place in PLACES {
            // The official document has neither a heading nor a table.
            if case.0 == OFFICIAL && matches!(place.0, "heading" | "table") {
                continue;
            }
            for (name, fault, of_build, of_verify) in FAULTS {
                let (told, report) = told(case, &planted(place, fault), &FONTS);
                let found: Vec<String> = report.print.iter().map(ToString::to_string).collect();
                if !told.iter().any(|line| line.contains(of_build)) {
                    missed.push(format!("build, {case:?}, {}, {name}: {told:?}", place.0));
                }
                if report.is_exact() || !found.iter().any(|line| line.contains(of_verify)) {
                    missed.push(format!("verify, {case:?}, {}, {name}: {found:?}", place.0));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
}

/// Letters that a font has no outlines for are told with the font, in every arrangement.
#[test]
fn letters_without_outlines_are_told_by_the_build_and_of_its_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let faces = [
        ("fonts/amiri/Amiri-Regular.ttf", "ادرو١٢٣"),
        ("fonts/stix-two-text/STIXTwoText-Regular.ttf", "aeno"),
    ];
    for (number, (font, letters)) in faces.into_iter().enumerate() {
        let broken = without_letters(&fs::read(font).unwrap(), letters);
        fs::write(folder.path().join(format!("{number}.ttf")), broken).unwrap();
    }
    let fonts = Fonts::load(&[folder.path().to_owned()]).unwrap();
    for case in CASES {
        let (told, report) = told(case, &Template::builtin(), &fonts);
        assert!(
            told.iter().any(|line| line.contains("has no outlines for `")),
            "{case:?}: {told:#?}"
        );
        let found: Vec<String> = report.print.iter().map(ToString::to_string).collect();
        assert!(
            !report.is_exact() && found.iter().any(|line| line.contains("no outlines in the font `")),
            "{case:?}: {found:#?}"
        );
    }
}

/// Figures of a table that are wider than its columns are printed over each other: both say so.
#[test]
fn figures_that_are_printed_over_each_other_are_seen_in_the_pdf() {
    let case: Case = (
        "tests/print/narrow/budget",
        &[Language::ARABIC, Language::ENGLISH],
        Arrangement::SideBySide,
        Breaks::Natural,
    );
    let (told, report) = told(case, &Template::builtin(), &FONTS);
    assert!(
        told.iter().any(|line| line.contains(" pt too narrow for ")),
        "{told:#?}"
    );
    let found: Vec<String> = report.print.iter().map(ToString::to_string).collect();
    assert!(
        found
            .iter()
            .any(|line| line.contains("ar table 1 row 1 column 3: ") && line.contains("printed over `")),
        "{found:#?}"
    );
}
