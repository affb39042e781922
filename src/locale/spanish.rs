//! Spanish.

use super::Ordinal;

/// The first to the nineteenth, masculine before a noun: the first and the third lose their ending.
const SMALL: [&str; 19] = [
    "primer",
    "segundo",
    "tercer",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
    "décimo",
    "undécimo",
    "duodécimo",
    "decimotercer",
    "decimocuarto",
    "decimoquinto",
    "decimosexto",
    "decimoséptimo",
    "decimoctavo",
    "decimonoveno",
];

const TENS: [&str; 8] = [
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
];

/// A masculine ordinal in words as it stands before its noun, 1 to 199.
fn ordinal(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    Some(match place {
        1..=19 => SMALL[place - 1].to_owned(),
        20..=99 => match (TENS[place / 10 - 2], place % 10) {
            (ten, 0) => ten.to_owned(),
            (ten, unit) => format!("{ten} {}", SMALL[unit - 1]),
        },
        100 => "centésimo".to_owned(),
        101..=199 => format!("centésimo {}", ordinal(n - 100)?),
        _ => return None,
    })
}

/// An ordinal in words, 1 to 199: before a masculine noun the first and the third lose their ending, and each part has the
/// gender of the noun.
pub(super) fn ordinal_in_words(form: Ordinal, n: u32) -> Option<String> {
    let words = ordinal(n)?;
    if form == Ordinal::Masculine {
        return Some(words);
    }
    let whole = |word: &str| match word.strip_suffix("er") {
        Some(stem) => format!("{stem}ero"),
        None => word.to_owned(),
    };
    let feminine = |word: String| match word.strip_suffix('o') {
        Some(stem) if form == Ordinal::Feminine => format!("{stem}a"),
        _ => word,
    };
    Some(
        words
            .split(' ')
            .map(|word| feminine(whole(word)))
            .collect::<Vec<_>>()
            .join(" "),
    )
}
