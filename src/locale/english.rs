//! English.

use super::Conventions;
use super::labels::{Counter, LabelStyle, roman};
use super::lines::{BodyLines, Lines};
use super::references::ReferenceWords;

pub(super) static CONVENTIONS: Conventions = Conventions {
    labels: &[
        LabelStyle {
            before: "",
            counter: Counter::Digits,
            after: ".",
        },
        LabelStyle {
            before: "(",
            counter: Counter::Letters,
            after: ")",
        },
        LabelStyle {
            before: "(",
            counter: Counter::Roman,
            after: ")",
        },
        LabelStyle {
            before: "",
            counter: Counter::Letters,
            after: ".",
        },
        LabelStyle {
            before: "",
            counter: Counter::Roman,
            after: ".",
        },
    ],
    references: ReferenceWords {
        paragraph: "paragraph {label}",
        in_annex: "{paragraph} of the annex",
        in_numbered_annex: "{paragraph} of annex {ordinal}",
        annex: "annex",
        numbered_annex: "annex {ordinal}",
    },
    lines: Lines {
        organization: "United Nations",
        bodies: [
            BodyLines {
                name: "General Assembly",
                adoption: "Resolution adopted by the General Assembly on {date}",
                meeting: "{number}{suffix} plenary meeting",
            },
            BodyLines {
                name: "Security Council",
                adoption: "Resolution adopted by the Security Council on {date}",
                meeting: "{number}{suffix} meeting",
            },
            BodyLines {
                name: "Economic and Social Council",
                adoption: "Resolution adopted by the Economic and Social Council on {date}",
                meeting: "{number}{suffix} plenary meeting",
            },
        ],
        distributions: ["Distr.: General", "Distr.: Limited", "Distr.: Restricted"],
        session: "{ordinal} session",
        session_in_digits: "{number}{suffix} session",
        session_ordinal: ordinal,
        suffix,
        agenda: "Agenda item {number}",
        committees: [
            "First Committee",
            "Second Committee",
            "Third Committee",
            // Its name since the forty-eighth session, which it always has in this line.
            "Special Political and Decolonization Committee (Fourth Committee)",
            "Fifth Committee",
            "Sixth Committee",
        ],
        other_committee: "Committee {number}",
        report: "[on the report of the {committee} ({symbol})]",
        without_reference: "[without reference to a Main Committee ({symbol})]",
        title: "{number}. ",
        unofficial: "Unofficial translation",
        annex: "Annex",
        numbered_annex: "Annex {ordinal}",
        annex_ordinal: roman,
    },
};

const SMALL: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// Twenty to ninety, alone as an ordinal and before a unit.
const TENS: [(&str, &str); 8] = [
    ("twentieth", "twenty"),
    ("thirtieth", "thirty"),
    ("fortieth", "forty"),
    ("fiftieth", "fifty"),
    ("sixtieth", "sixty"),
    ("seventieth", "seventy"),
    ("eightieth", "eighty"),
    ("ninetieth", "ninety"),
];

/// An ordinal in words, 1 to 199.
pub(super) fn ordinal(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    Some(match place {
        1..=19 => SMALL[place - 1].to_owned(),
        20..=99 => match (TENS[place / 10 - 2], place % 10) {
            ((alone, _), 0) => alone.to_owned(),
            ((_, ten), unit) => format!("{ten}-{}", SMALL[unit - 1]),
        },
        100 => "one hundredth".to_owned(),
        101..=199 => format!("one hundred and {}", ordinal(n - 100)?),
        _ => return None,
    })
}

/// The suffix of an ordinal in digits.
fn suffix(n: u32) -> &'static str {
    match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}
