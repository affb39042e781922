//! What a reader sees that the source does not write: digits, dates, labels and lines in each language.
//!
//! The cases are tables in `tests/locale/`, a file a phenomenon, with tabs between the cells: the language, the input,
//! and what the language writes.

use std::collections::BTreeSet;

use proptest::prelude::*;
use qarar::kind::{Counting, Kind};
use qarar::locale::{Date, Language, Usage, date, note_mark, number, number_text};

use crate::facts::{BODIES, iso, kind, line};

/// Walks a table of `N` cells a line and tells every line that is not as expected, not only the first one.
fn walk<const N: usize>(table: &str, write: impl Fn(Language, [&str; N]) -> String) {
    let mut cases = 0;
    let mut faults = Vec::new();
    for (at, line) in table
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    {
        let cells: Vec<&str> = line.split('\t').collect();
        let Ok(cells) = <[&str; N]>::try_from(cells) else {
            faults.push(format!("line {}: not {N} cells", at + 1));
            continue;
        };
        let language = Language::from_code(cells[0]).expect("the first cell is a language");
        let (expected, written) = (cells[N - 1].replace("\\s", " "), write(language, cells));
        if written != expected {
            faults.push(format!("line {}: {written:?} for {expected:?}", at + 1));
        }
        cases += 1;
    }
    assert!(cases > 0, "the table is empty");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What counts paragraph `n`.
fn counting(n: u32) -> Counting {
    Counting {
        n,
        ..Counting::default()
    }
}

/// The label of paragraph `n` of a list `depth` lists deep, as a resolution has it.
fn label(language: Language, depth: u8, n: u32) -> String {
    kind("resolution").label(Usage::from(language), depth, &counting(n))
}

fn session_line(language: Language, n: u32) -> String {
    line(language, "session", &[("session", &n.to_string())])
}

/// The heading of the only annex, or of one of several.
fn annex_heading(language: Language, n: Option<u32>) -> String {
    let kind: Kind = kind("resolution");
    let annex = kind
        .definition()
        .structure
        .divisions
        .iter()
        .find(|division| division.annex)
        .expect("annexes");
    let label = kind.division_label(Usage::from(language), annex, &counting(n.unwrap_or(1)), n.is_none());
    label.expect("a label")
}

/// What a part is called in references: `annex`, `in-annex` of the only one or of one of several.
fn reference(language: Language, name: &str, n: Option<u32>, more: &[(&str, &str)]) -> String {
    let name = if n.is_none() && name != "paragraph" {
        format!("{name}-only")
    } else {
        name.to_owned()
    };
    let words = kind("resolution").reference(Usage::from(language), &name, &counting(n.unwrap_or(1)), more);
    words.expect("words")
}

/// What a paragraph is called by the numbers that lead to it.
fn paragraph_reference(language: Language, numbers: &[u32]) -> String {
    let labels = (0..).zip(numbers).map(|(depth, n)| label(language, depth, *n));
    let labels: Vec<String> = labels
        .map(|label| label.trim_end_matches(['.', '-', ' ']).to_owned())
        .collect();
    reference(language, "paragraph", None, &[("label", &labels.join(" "))])
}

#[test]
fn a_language_is_known_by_its_codes_and_names() {
    walk(
        include_str!("../locale/languages.tsv"),
        |language, [_, what, _]| match what {
            "iso-639-2" => language.iso_639_2().to_owned(),
            "name" => language.name().to_owned(),
            "autonym" => language.autonym().to_owned(),
            "direction" => format!("{:?}", language.direction()),
            "script" => format!("{:?}", language.script()),
            _ => format!("nothing is known of {what}"),
        },
    );
}

#[test]
fn numbers_have_the_digits_of_the_language() {
    walk(include_str!("../locale/digits.tsv"), |language, [_, text, _]| {
        number_text(language, text)
    });
}

#[test]
fn dates_name_the_month_as_the_language_does() {
    walk(include_str!("../locale/dates.tsv"), |language, [_, day, _]| {
        date(language, iso(day))
    });
}

#[test]
fn paragraphs_and_notes_are_labelled_as_the_language_does() {
    walk(include_str!("../locale/labels.tsv"), |language, [_, depth, n, _]| {
        let n = n.parse().expect("a number");
        match depth {
            "note" => note_mark(language, n),
            "drawn" => kind("resolution").drawn_label(Usage::from(language), 1, &counting(n)),
            depth => label(language, depth.parse().expect("a depth"), n),
        }
    });
}

#[test]
fn sessions_are_counted_in_words() {
    walk(include_str!("../locale/ordinals.tsv"), |language, [_, n, _]| {
        session_line(language, n.parse().expect("a number"))
    });
}

#[test]
fn lines_say_the_facts_in_the_words_of_the_language() {
    let number = |text: &str| text.parse::<u32>().expect("a number");
    walk(include_str!("../locale/lines.tsv"), |language, [_, what, facts, _]| {
        let (first, second) = facts.split_once(' ').unwrap_or((facts, ""));
        match what {
            "organization" => line(language, what, &[]),
            "body" => line(language, what, &[("body", first)]),
            "distribution" => line(language, what, &[("distribution", first)]),
            "agenda" => line(language, "agenda item", &[("agenda-item", first)]),
            "adoption" => line(language, what, &[("body", first), ("adopted", second)]),
            "report" if first == "-" => line(language, what, &[("report.symbol", second)]),
            "report" => line(
                language,
                what,
                &[("report.symbol", second), ("report.committee", first)],
            ),
            "title" => line(language, what, &[("symbol", &format!("A/RES/{facts}"))]),
            "meeting" => line(language, "closing 1", &[("body", first), ("meeting", second)]),
            "closing-day" => line(language, "closing 2", &[("adopted", first)]),
            "unofficial" => line(language, "notice", &[]),
            "annex" => annex_heading(language, first.parse().ok()),
            // The number of a paragraph and that of its sub-paragraph.
            "paragraph-reference" => {
                let numbers: Vec<u32> = [first, second].iter().filter_map(|n| n.parse().ok()).collect();
                paragraph_reference(language, &numbers)
            }
            "reference-in-annex" => {
                let paragraph = paragraph_reference(language, &[number(first)]);
                reference(language, "in-annex", second.parse().ok(), &[("paragraph", &paragraph)])
            }
            "annex-reference" => reference(language, "annex", first.parse().ok(), &[]),
            _ => format!("no line is called {what}"),
        }
    });
}

/// A sentence with a name that nothing fills in would print a hole, or the braces themselves.
#[test]
fn no_line_of_any_language_has_a_hole() {
    let day = iso("2006-12-20");
    for &language in Language::ALL {
        let mut lines = Vec::new();
        for n in (0..=201).chain([4213]) {
            let digits = number(language, n);
            lines.push((
                session_line(language, n),
                if n > 199 { digits.clone() } else { String::new() },
            ));
            lines.push((
                line(language, "agenda item", &[("agenda-item", &n.to_string())]),
                digits.clone(),
            ));
            for body in BODIES {
                let meeting = line(language, "closing 1", &[("body", body), ("meeting", &n.to_string())]);
                lines.push((meeting, digits.clone()));
                let closing = line(language, "closing 2", &[("adopted", "2006-12-20")]);
                lines.push((closing, date(language, day)));
            }
        }
        for body in BODIES {
            let adoption = line(language, "adoption", &[("body", body), ("adopted", "2006-12-20")]);
            // Chinese says it in four characters.
            assert!(adoption.chars().count() > date(language, day).chars().count() + 3);
            lines.push((adoption, date(language, day)));
        }
        for committee in 1..=6 {
            let facts = [
                ("report.symbol", "A/61/444"),
                ("report.committee", &*committee.to_string()),
            ];
            lines.push((line(language, "report", &facts), "(A/61/444)".to_owned()));
        }
        let number = line(language, "title", &[("symbol", "A/RES/61/180")]);
        lines.push((number, number_text(language, "61/180")));
        for (line, fact) in lines {
            assert!(line.contains(&fact), "{line:?} does not say {fact:?}");
            assert!(
                !line.contains(['{', '}']) && !line.contains("  ") && !line.contains("()"),
                "{line:?}"
            );
            assert_eq!(line.trim_start(), line);
            // The elongation belongs to the layout, a direction mark to nobody.
            assert!(
                !line.contains(['\u{640}', '\u{200E}', '\u{200F}', '\u{61C}']),
                "{line:?}"
            );
        }
    }
}

/// Two languages with one code, or two sessions with one name, and a document is taken for another.
#[test]
fn codes_and_ordinals_are_distinct() {
    let codes: BTreeSet<_> = Language::ALL.iter().flat_map(|l| [l.code(), l.iso_639_2()]).collect();
    assert_eq!(codes.len(), 2 * Language::ALL.len());
    for &language in Language::ALL {
        let sessions: BTreeSet<_> = (1..=400).map(|n| session_line(language, n)).collect();
        assert_eq!(sessions.len(), 400, "{language:?}");
        let annexes: BTreeSet<_> = (1..=400).map(|n| annex_heading(language, Some(n))).collect();
        assert_eq!(annexes.len(), 400, "{language:?}");
    }
}

#[test]
fn keys_and_codes_lead_back() {
    for &language in Language::ALL {
        assert_eq!(Language::from_code(language.code()), Some(language));
    }
    assert_eq!(Language::from_code("eng"), None);
}

/// A month that no calendar has is printed as a number; it must not stop the program.
#[test]
fn a_date_that_cannot_be_does_not_stop_the_program() {
    for &language in Language::ALL {
        for month in [0, 13, 255] {
            assert!(
                date(
                    language,
                    Date {
                        year: 2006,
                        month,
                        day: 31
                    }
                )
                .contains(&number(language, month.into()))
            );
        }
    }
}

fn language() -> impl Strategy<Value = Language> {
    prop::sample::select(Language::ALL)
}

proptest! {
    /// A number that came out in other digits would be another number.
    #[test]
    fn digits_lead_back(language in language(), n: u32) {
        prop_assert_eq!(number_text(Language::ENGLISH, &number(language, n)), n.to_string());
        prop_assert_eq!(number(language, n).chars().count(), n.to_string().len());
    }

    /// Text around the digits stays letter for letter, and a second pass changes nothing.
    #[test]
    fn only_digits_change(language in language(), text in "[0-9٠-٩۰-۹a-zأ-ي/()½² -]{0,24}") {
        let written = number_text(language, &text);
        prop_assert_eq!(&number_text(language, &written), &written);
        for (before, after) in text.chars().zip(written.chars()) {
            let digit = matches!(before, '0'..='9' | '٠'..='٩' | '۰'..='۹');
            prop_assert!(digit || before == after, "{} became {}", before, after);
        }
    }

    /// Two paragraphs of one list with the same label cannot be told apart.
    #[test]
    fn labels_of_one_list_differ(language in language(), depth: u8, a in 1u32..5000, b in 1u32..5000) {
        prop_assert_eq!(label(language, depth, a) == label(language, depth, b), a == b);
        prop_assert_eq!(note_mark(language, a) == note_mark(language, b), a == b);
    }

    /// Two days with the same words would be one day to the reader.
    #[test]
    fn dates_differ(
        language in language(), a in (1u16..=9999, 1u8..=12, 1u8..=28), b in (1u16..=9999, 1u8..=12, 1u8..=28),
    ) {
        let day = |(year, month, day)| date(language, Date { year, month, day });
        prop_assert_eq!(day(a) == day(b), a == b);
    }
}
