//! Ordinals of Russian.

use super::Ordinal;

/// The first to the nineteenth, masculine.
const SMALL: [&str; 19] = [
    "первый",
    "второй",
    "третий",
    "четвертый",
    "пятый",
    "шестой",
    "седьмой",
    "восьмой",
    "девятый",
    "десятый",
    "одиннадцатый",
    "двенадцатый",
    "тринадцатый",
    "четырнадцатый",
    "пятнадцатый",
    "шестнадцатый",
    "семнадцатый",
    "восемнадцатый",
    "девятнадцатый",
];

/// Twenty to ninety, alone as an ordinal and before a unit.
const TENS: [(&str, &str); 8] = [
    ("двадцатый", "двадцать"),
    ("тридцатый", "тридцать"),
    ("сороковой", "сорок"),
    ("пятидесятый", "пятьдесят"),
    ("шестидесятый", "шестьдесят"),
    ("семидесятый", "семьдесят"),
    ("восьмидесятый", "восемьдесят"),
    ("девяностый", "девяносто"),
];

/// An ordinal in words in the nominative, 1 to 199: only the last word of it is one, and has the gender of the noun.
pub(super) fn ordinal(form: Ordinal, n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    let gendered = |word: &str| match form {
        Ordinal::Feminine => feminine(word),
        Ordinal::Masculine | Ordinal::Word => word.to_owned(),
    };
    Some(match place {
        1..=19 => gendered(SMALL[place - 1]),
        20..=99 => match (TENS[place / 10 - 2], place % 10) {
            ((alone, _), 0) => gendered(alone),
            ((_, ten), unit) => format!("{ten} {}", gendered(SMALL[unit - 1])),
        },
        100 => gendered("сотый"),
        101..=199 => format!("сто {}", ordinal(form, n - 100)?),
        _ => return None,
    })
}

fn feminine(word: &str) -> String {
    match word.strip_suffix("ий") {
        Some(stem) => format!("{stem}ья"),
        None => {
            let stem = word.strip_suffix("ый").or_else(|| word.strip_suffix("ой"));
            format!("{}ая", stem.unwrap_or(word))
        }
    }
}
