//! Ordinals of Hebrew: words of their own as far as the tenth, then cardinals with the article.

use super::Ordinal;

/// The words of a gender.
struct Words {
    /// The first to the tenth, with the article.
    ordinals: [&'static str; 10],
    /// One to nine as a cardinal behind a ten.
    units: [&'static str; 9],
    /// One to nine before the ten of the eleventh to the nineteenth.
    before_ten: [&'static str; 9],
    /// That ten.
    ten: &'static str,
    /// Ten as a cardinal, behind a hundred.
    ten_alone: &'static str,
}

const MASCULINE: Words = Words {
    ordinals: [
        "הראשון",
        "השני",
        "השלישי",
        "הרביעי",
        "החמישי",
        "השישי",
        "השביעי",
        "השמיני",
        "התשיעי",
        "העשירי",
    ],
    units: [
        "אחד",
        "שניים",
        "שלושה",
        "ארבעה",
        "חמישה",
        "שישה",
        "שבעה",
        "שמונה",
        "תשעה",
    ],
    before_ten: [
        "אחד",
        "שנים",
        "שלושה",
        "ארבעה",
        "חמישה",
        "שישה",
        "שבעה",
        "שמונה",
        "תשעה",
    ],
    ten: "עשר",
    ten_alone: "עשרה",
};

const FEMININE: Words = Words {
    ordinals: [
        "הראשונה",
        "השנייה",
        "השלישית",
        "הרביעית",
        "החמישית",
        "השישית",
        "השביעית",
        "השמינית",
        "התשיעית",
        "העשירית",
    ],
    units: ["אחת", "שתיים", "שלוש", "ארבע", "חמש", "שש", "שבע", "שמונה", "תשע"],
    before_ten: ["אחת", "שתים", "שלוש", "ארבע", "חמש", "שש", "שבע", "שמונה", "תשע"],
    ten: "עשרה",
    ten_alone: "עשר",
};

/// Twenty to ninety.
const TENS: [&str; 8] = [
    "עשרים",
    "שלושים",
    "ארבעים",
    "חמישים",
    "שישים",
    "שבעים",
    "שמונים",
    "תשעים",
];

/// A definite ordinal in words, 1 to 199: `השישים ואחד`.
pub(super) fn ordinal(form: Ordinal, n: u32) -> Option<String> {
    let words = match form {
        Ordinal::Feminine => &FEMININE,
        Ordinal::Masculine | Ordinal::Word => &MASCULINE,
    };
    let place = usize::try_from(n).ok()?;
    Some(match place {
        1..=10 => words.ordinals[place - 1].to_owned(),
        11..=99 => format!("ה{}", cardinal(words, place)),
        100 => "המאה".to_owned(),
        101..=199 => {
            let rest = place - 100;
            // The last part alone has a conjunction.
            let and = if rest < 20 || rest % 10 == 0 { "ו" } else { "" };
            format!("המאה {and}{}", cardinal(words, rest))
        }
        _ => return None,
    })
}

/// A cardinal, 1 to 99.
fn cardinal(words: &Words, place: usize) -> String {
    match (place / 10, place % 10) {
        (0, unit) => words.units[unit.saturating_sub(1)].to_owned(),
        (1, 0) => words.ten_alone.to_owned(),
        (1, unit) => format!("{} {}", words.before_ten[unit - 1], words.ten),
        (ten, 0) => TENS[ten - 2].to_owned(),
        (ten, unit) => format!("{} ו{}", TENS[ten - 2], words.units[unit - 1]),
    }
}
