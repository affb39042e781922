//! What a reader sees that the source does not write: digits, dates, labels and lines in each language.
//!
//! The cases are tables in `tests/locale/`, a file a phenomenon, with tabs between the cells: the language, the input,
//! and what the language writes.

use std::collections::BTreeSet;

use proptest::prelude::*;
use qarar::locale::Date;
use qarar::locale::{
    Body, Distribution, Language, adoption_line, agenda_line, annex_heading, annex_reference, body_name, closing_lines,
    date, distribution_line, drawn_label, note_mark, number, number_text, operative_label, organization,
    paragraph_reference, reference_in_annex, report_line, session_line, title_prefix, unofficial_line,
};

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

/// The date of `2006-12-20`.
fn iso(text: &str) -> Date {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().expect("a number"));
    let mut next = || parts.next().expect("three numbers");
    let (year, month, day) = (next(), next(), next());
    Date {
        year,
        month: month.try_into().expect("a month"),
        day: day.try_into().expect("a day"),
    }
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
            "drawn" => drawn_label(language, 1, n),
            depth => operative_label(language, depth.parse().expect("a depth"), n),
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
    let body = |key: &str| Body::from_key(key).expect("a body");
    let number = |text: &str| text.parse::<u32>().expect("a number");
    walk(include_str!("../locale/lines.tsv"), |language, [_, line, facts, _]| {
        let (first, second) = facts.split_once(' ').unwrap_or((facts, ""));
        match line {
            "organization" => organization(language).to_owned(),
            "body" => body_name(language, body(first)).to_owned(),
            "distribution" => {
                distribution_line(language, Distribution::from_key(first).expect("a distribution")).to_owned()
            }
            "agenda" => agenda_line(language, number(first)),
            "adoption" => adoption_line(language, body(first), iso(second)),
            "report" => report_line(language, first.parse().ok(), second),
            "title" => title_prefix(language, first),
            "meeting" => {
                let [meeting, _] = closing_lines(language, body(first), number(second), iso("2006-12-20"));
                meeting
            }
            "closing-day" => {
                let [_, day] = closing_lines(language, Body::GeneralAssembly, 1, iso(first));
                day
            }
            "unofficial" => unofficial_line(language).to_owned(),
            "annex" => annex_heading(language, first.parse().ok()),
            // The number of a paragraph and that of its sub-paragraph.
            "paragraph-reference" => {
                let numbers = [first, second].map(|n| n.parse().ok());
                let labels = (0..).zip(numbers).filter_map(|(depth, n)| Some((depth, n?)));
                paragraph_reference(language, labels)
            }
            "reference-in-annex" => {
                let paragraph = paragraph_reference(language, [(0, number(first))]);
                reference_in_annex(language, &paragraph, second.parse().ok())
            }
            "annex-reference" => annex_reference(language, first.parse().ok()),
            _ => format!("no line is called {line}"),
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
            lines.push((agenda_line(language, n), digits.clone()));
            for &body in Body::ALL {
                let [meeting, closing] = closing_lines(language, body, n, day);
                lines.push((meeting, digits.clone()));
                lines.push((closing, date(language, day)));
            }
        }
        for &body in Body::ALL {
            lines.push((adoption_line(language, body, day), date(language, day)));
            assert!(adoption_line(language, body, day).chars().count() > date(language, day).chars().count() + 10);
        }
        for committee in (0..=7).map(Some).chain([None]) {
            lines.push((report_line(language, committee, "A/61/444"), "(A/61/444)]".to_owned()));
        }
        lines.push((title_prefix(language, "61/180"), number_text(language, "61/180")));
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
    for &body in Body::ALL {
        assert_eq!(Body::from_key(body.key()), Some(body));
    }
    for &distribution in Distribution::ALL {
        assert_eq!(Distribution::from_key(distribution.key()), Some(distribution));
    }
    assert_eq!(Language::from_code("eng"), None);
    assert_eq!(Body::from_key("assembly"), None);
    assert_eq!(Distribution::from_key(""), None);
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
        prop_assert_eq!(operative_label(language, depth, a) == operative_label(language, depth, b), a == b);
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
