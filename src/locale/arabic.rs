//! Arabic.

use super::Ordinal;

/// The definite ordinals of a gender.
struct Ordinals {
    /// The first to the tenth.
    units: [&'static str; 10],
    /// The first of a compound, as in the eleventh and the twenty-first.
    first_of_compound: &'static str,
    /// The ten of the eleventh to the nineteenth.
    ten: &'static str,
}

const FEMININE: Ordinals = Ordinals {
    units: [
        "الأولى",
        "الثانية",
        "الثالثة",
        "الرابعة",
        "الخامسة",
        "السادسة",
        "السابعة",
        "الثامنة",
        "التاسعة",
        "العاشرة",
    ],
    first_of_compound: "الحادية",
    ten: "عشرة",
};

const MASCULINE: Ordinals = Ordinals {
    units: [
        "الأول",
        "الثاني",
        "الثالث",
        "الرابع",
        "الخامس",
        "السادس",
        "السابع",
        "الثامن",
        "التاسع",
        "العاشر",
    ],
    first_of_compound: "الحادي",
    ten: "عشر",
};

/// The twentieth to the ninetieth: cardinals with the article, in the nominative, of no gender.
const TENS: [&str; 8] = [
    "العشرون",
    "الثلاثون",
    "الأربعون",
    "الخمسون",
    "الستون",
    "السبعون",
    "الثمانون",
    "التسعون",
];

/// The first to the tenth, as `first of all` says them.
const ADVERBS: [&str; 10] = [
    "أولا",
    "ثانيا",
    "ثالثا",
    "رابعا",
    "خامسا",
    "سادسا",
    "سابعا",
    "ثامنا",
    "تاسعا",
    "عاشرا",
];

/// An ordinal by which clauses are counted: `أولا`, `حادي عشر`; 1 to 19.
pub(super) fn adverb(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    match place {
        1..=10 => Some(ADVERBS[place - 1].to_owned()),
        11..=19 => Some(ordinal(&MASCULINE, n)?.replacen("ال", "", 1)),
        _ => None,
    }
}

/// A definite ordinal in the nominative, 1 to 199; what is above a hundred follows the small part: `الأولى بعد المائة`.
fn ordinal(words: &Ordinals, n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    let unit = |unit: usize| {
        if unit == 1 {
            words.first_of_compound
        } else {
            words.units[unit - 1]
        }
    };
    Some(match place {
        1..=10 => words.units[place - 1].to_owned(),
        11..=19 => format!("{} {}", unit(place - 10), words.ten),
        20..=99 => match (TENS[place / 10 - 2], place % 10) {
            (ten, 0) => ten.to_owned(),
            (ten, rest) => format!("{} و{ten}", unit(rest)),
        },
        100 => "المائة".to_owned(),
        101..=199 => format!("{} بعد المائة", ordinal(words, n - 100)?),
        _ => return None,
    })
}

/// A definite ordinal in the nominative, 1 to 199, of a gender; masculine where it stands alone.
pub(super) fn ordinal_in_words(form: Ordinal, n: u32) -> Option<String> {
    match form {
        Ordinal::Feminine => ordinal(&FEMININE, n),
        Ordinal::Masculine | Ordinal::Word => ordinal(&MASCULINE, n),
    }
}
