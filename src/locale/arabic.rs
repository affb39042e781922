//! Arabic.

use super::labels::{Counter, LabelStyle};
use super::lines::{BodyLines, Lines};
use super::references::ReferenceWords;
use super::{Conventions, Ordinal};

pub(super) static CONVENTIONS: Conventions = Conventions {
    labels: &[
        LabelStyle {
            before: "",
            counter: Counter::Digits,
            after: " -",
        },
        LabelStyle {
            before: "(",
            counter: Counter::Letters,
            after: ")",
        },
        LabelStyle {
            before: "‘",
            counter: Counter::Digits,
            after: "’",
        },
        LabelStyle {
            before: "",
            counter: Counter::Letters,
            after: " -",
        },
    ],
    references: ReferenceWords {
        paragraph: "الفقرة {label}",
        in_annex: "{paragraph} من المرفق",
        in_numbered_annex: "{paragraph} من المرفق {ordinal}",
        annex: "المرفق",
        numbered_annex: "المرفق {ordinal}",
    },
    lines: Lines {
        organization: "الأمم المتحدة",
        bodies: [
            BodyLines {
                name: "الجمعية العامة",
                adoption: "قرار اتخذته الجمعية العامة في {date}",
                meeting: "الجلسة العامة {number}",
            },
            BodyLines {
                name: "مجلس الأمن",
                adoption: "قرار اتخذه مجلس الأمن في {date}",
                meeting: "الجلسة {number}",
            },
            BodyLines {
                name: "المجلس الاقتصادي والاجتماعي",
                adoption: "قرار اتخذه المجلس الاقتصادي والاجتماعي في {date}",
                meeting: "الجلسة العامة {number}",
            },
        ],
        distributions: ["التوزيع: عام", "التوزيع: محدود", "التوزيع: مقيد"],
        session: "الدورة {ordinal}",
        session_in_digits: "الدورة {number}",
        session_ordinal: |n| ordinal(&FEMININE, n),
        suffix: |_| "",
        agenda: "البند {number} من جدول الأعمال",
        committees: [
            "اللجنة الأولى",
            "اللجنة الثانية",
            "اللجنة الثالثة",
            "لجنة المسائل السياسية الخاصة وإنهاء الاستعمار (اللجنة الرابعة)",
            "اللجنة الخامسة",
            "اللجنة السادسة",
        ],
        other_committee: "اللجنة {number}",
        report: "[بناء على تقرير {committee} ({symbol})]",
        without_reference: "[دون الإحالة إلى لجنة رئيسية ({symbol})]",
        title: "{number} - ",
        unofficial: "ترجمة غير رسمية",
        annex: "المرفق",
        numbered_annex: "المرفق {ordinal}",
        annex_ordinal: |n| ordinal(&MASCULINE, n),
    },
};

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
