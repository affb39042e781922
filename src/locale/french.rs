//! French.

use super::Ordinal;

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
