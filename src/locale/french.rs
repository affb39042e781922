//! French.

use super::labels::{Counter, LabelStyle, roman};
use super::lines::{BodyLines, Lines};
use super::references::ReferenceWords;
use super::{Conventions, Ordinal};

pub(super) static CONVENTIONS: Conventions = Conventions {
    labels: &[
        LabelStyle {
            before: "",
            counter: Counter::Digits,
            after: ".",
        },
        LabelStyle {
            before: "",
            counter: Counter::Letters,
            after: ")",
        },
        LabelStyle {
            before: "",
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
        paragraph: "paragraphe {label}",
        in_annex: "{paragraph} de l’annexe",
        in_numbered_annex: "{paragraph} de l’annexe {ordinal}",
        annex: "annexe",
        numbered_annex: "annexe {ordinal}",
    },
    lines: Lines {
        organization: "Nations Unies",
        bodies: [
            BodyLines {
                name: "Assemblée générale",
                adoption: "Résolution adoptée par l’Assemblée générale le {date}",
                meeting: "{number}{suffix} séance plénière",
            },
            BodyLines {
                name: "Conseil de sécurité",
                adoption: "Résolution adoptée par le Conseil de sécurité le {date}",
                meeting: "{number}{suffix} séance",
            },
            BodyLines {
                name: "Conseil économique et social",
                adoption: "Résolution adoptée par le Conseil économique et social le {date}",
                meeting: "{number}{suffix} séance plénière",
            },
        ],
        distributions: ["Distr. générale", "Distr. limitée", "Distr. restreinte"],
        session: "{ordinal} session",
        session_in_digits: "{number}{suffix} session",
        session_ordinal: ordinal,
        // Feminine, as the session and the meeting are.
        suffix: |n| if n == 1 { "re" } else { "e" },
        agenda: "Point {number} de l’ordre du jour",
        committees: [
            "Première Commission",
            "Deuxième Commission",
            "Troisième Commission",
            "Commission des questions politiques spéciales et de la décolonisation (Quatrième Commission)",
            "Cinquième Commission",
            "Sixième Commission",
        ],
        other_committee: "Commission {number}",
        report: "[sur la base du rapport de la {committee} ({symbol})]",
        without_reference: "[sans renvoi à une grande commission ({symbol})]",
        title: "{number}. ",
        unofficial: "Traduction non officielle",
        annex: "Annexe",
        numbered_annex: "Annexe {ordinal}",
        annex_ordinal: roman,
    },
};

/// The first to the nineteenth, feminine.
const SMALL: [&str; 19] = [
    "première",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
];

/// Twenty to ninety, alone as an ordinal and before a unit; seventy and ninety count on from sixty and eighty.
const TENS: [(&str, &str); 8] = [
    ("vingtième", "vingt"),
    ("trentième", "trente"),
    ("quarantième", "quarante"),
    ("cinquantième", "cinquante"),
    ("soixantième", "soixante"),
    ("soixante-dixième", "soixante"),
    ("quatre-vingtième", "quatre-vingt"),
    ("quatre-vingt-dixième", "quatre-vingt"),
];

/// A feminine ordinal in words, 1 to 199, in the spelling before 1990, which the United Nations keep.
fn ordinal(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    Some(match place {
        1..=19 => SMALL[place - 1].to_owned(),
        20..=99 if place % 10 == 0 => TENS[place / 10 - 2].0.to_owned(),
        20..=99 => {
            let ten = TENS[place / 10 - 2].1;
            let unit = if matches!(place / 10, 7 | 9) {
                place % 10 + 10
            } else {
                place % 10
            };
            match (unit, ten) {
                (1, "quatre-vingt") => format!("{ten}-unième"),
                (1, _) => format!("{ten} et unième"),
                (11, "soixante") => format!("{ten} et onzième"),
                _ => format!("{ten}-{}", SMALL[unit - 1]),
            }
        }
        100 => "centième".to_owned(),
        101 => "cent unième".to_owned(),
        102..=199 => format!("cent {}", ordinal(n - 100)?),
        _ => return None,
    })
}

/// An ordinal in words, 1 to 199: only the first has a gender.
pub(super) fn ordinal_in_words(form: Ordinal, n: u32) -> Option<String> {
    match (form, n) {
        (Ordinal::Masculine | Ordinal::Word, 1) => Some("premier".to_owned()),
        _ => ordinal(n),
    }
}
