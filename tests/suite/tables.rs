//! Tables of any figures and widths, in every arrangement: each can be read, or its column is told with what it lacks. When it
//! fails, figures of a budget are printed over each other in an edition that is called exact.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;

use proptest::prelude::*;
use qarar::edition::Edition;
use qarar::edition::print::diagnostics;
use qarar::export::pdf::{Standards, pdf};
use qarar::locale::Language;
use qarar::model::{Arrangement, Plan};
use qarar::typeset::Template;
use qarar::verify::verify_bytes;

use crate::document::{DOCUMENT, FONTS, folder};

/// A cell: digits in groups of three, or words.
#[derive(Debug, Clone)]
enum Content {
    Figure(u64),
    Words(Vec<usize>),
}

impl Content {
    fn text(&self, arabic: bool) -> String {
        const WORDS: [(&str, &str); 6] = [
            ("الاعتمادات", "Appropriations"),
            ("المستخدمة", "used"),
            ("بند", "item"),
            ("والاستراتيجيات", "internationalization"),
            ("عام", "year"),
            ("الإلكترونية", "telecommunications"),
        ];
        match self {
            Self::Figure(figure) => {
                let digits = figure.to_string();
                let mut text = String::new();
                for (at, digit) in digits.chars().enumerate() {
                    if at > 0 && (digits.len() - at).is_multiple_of(3) {
                        text.push(if arabic { '٬' } else { ',' });
                    }
                    let digit = digit.to_digit(10).unwrap();
                    text.push(char::from_u32(if arabic { 0x660 + digit } else { 0x30 + digit }).unwrap());
                }
                text
            }
            Self::Words(words) => {
                let word = |at: &usize| if arabic { WORDS[*at].0 } else { WORDS[*at].1 };
                words.iter().map(word).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

fn content() -> impl Strategy<Value = Content> {
    let digits = (1_u32..=15).prop_flat_map(|digits| 10_u64.pow(digits - 1)..10_u64.pow(digits));
    prop_oneof![
        3 => digits.prop_map(Content::Figure),
        1 => prop::collection::vec(0_usize..6, 1..4).prop_map(Content::Words),
    ]
}

/// Rows of the same number of cells.
fn table() -> impl Strategy<Value = Vec<Vec<Content>>> {
    (1_usize..=9).prop_flat_map(|columns| prop::collection::vec(prop::collection::vec(content(), columns), 2..5))
}

fn markdown(rows: &[Vec<Content>], arabic: bool) -> String {
    let (title, lead) = if arabic {
        ("الميزانية", "*توافق* على الاعتمادات التالية:")
    } else {
        ("Budget", "*Approves* the following appropriations:")
    };
    let mut text = format!("# {title}\n\n1. {lead}\n\n");
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| cell.text(arabic)).collect();
        writeln!(text, "| {} |", cells.join(" | ")).unwrap();
        if at == 0 {
            writeln!(text, "|{}", "--:|".repeat(row.len())).unwrap();
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_can_be_read_or_its_column_is_told(rows in table()) {
        let (arabic, english) = (markdown(&rows, true), markdown(&rows, false));
        let folder = folder(&[("document.toml", DOCUMENT), ("ar.md", &arabic), ("en.md", &english)]);
        let opened = qarar::open(folder.path(), &FONTS).unwrap();
        let (work, template) = (&opened.work, Template::builtin());
        let plans = [
            (vec![Language::ARABIC], Arrangement::SideBySide),
            (vec![Language::ENGLISH], Arrangement::SideBySide),
            (vec![Language::ARABIC, Language::ENGLISH], Arrangement::SideBySide),
            (vec![Language::ARABIC, Language::ENGLISH], Arrangement::Facing),
        ];
        for (languages, arrangement) in plans {
            let mut plan = Plan::of(work, languages.clone());
            plan.arrangement = arrangement;
            let edition = Edition::planned(work, plan, &template, &FONTS).unwrap();
            let faults = edition.print_faults();
            let told = diagnostics(&faults, &edition, &opened.sources, &template);
            for line in told.iter().map(ToString::to_string) {
                prop_assert!(line.contains("column ") && line.contains(" pt too narrow for `"), "{line}");
                // The file, the line and the column of the word.
                let place = line.split(": ").next().unwrap();
                prop_assert_eq!(place.rsplit(':').take(2).filter(|n| n.parse::<usize>().is_ok()).count(), 2, "{}", line);
            }
            let bytes = pdf(&edition, Standards::default()).unwrap();
            let report = verify_bytes(bytes, Some((work, &languages))).unwrap();
            // What the build lets pass can be read in the PDF.
            let is_held = faults.iter().any(qarar::edition::print::PrintFault::is_error);
            prop_assert!(is_held || report.is_visible(), "{:?}: {}", told, report.table(9));
        }
    }
}
