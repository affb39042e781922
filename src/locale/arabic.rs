//! Arabic.

use super::Conventions;
use super::dates::DateStyle;
use super::labels::{Counter, LabelStyle};
use super::lines::{BodyLines, Lines};
use super::references::ReferenceWords;

/// The order of the abjad. A bare heh could be taken for the digit five (`٥`), so it stands in its initial form, as the
/// official editions print it: with a joiner after it, not with the tatweel that is often typed.
const ABJAD: Counter = Counter::Letters {
    alphabet: "أ ب ج د ه\u{200d} و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ",
    between: " ",
};

pub(super) static CONVENTIONS: Conventions = Conventions {
    digits: ['٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩'],
    dates: DateStyle {
        pattern: "{day} {month} {year}",
        // The United Nations give both names of a month: the one of the Levant, then the one of the Nile.
        months: [
            "كانون الثاني/يناير",
            "شباط/فبراير",
            "آذار/مارس",
            "نيسان/أبريل",
            "أيار/مايو",
            "حزيران/يونيه",
            "تموز/يوليه",
            "آب/أغسطس",
            "أيلول/سبتمبر",
            "تشرين الأول/أكتوبر",
            "تشرين الثاني/نوفمبر",
            "كانون الأول/ديسمبر",
        ],
        first_day: None,
    },
    note_mark: ("(", ")"),
    note: "حاشية",
    back: "، عودة إلى النص",
    between_note_marks: "، ",
    quotation_marks: [["”", "“"], ["’", "‘"]],
    labels: &[
        LabelStyle {
            before: "",
            counter: Counter::Digits,
            after: " -",
        },
        LabelStyle {
            before: "(",
            counter: ABJAD,
            after: ")",
        },
        LabelStyle {
            before: "‘",
            counter: Counter::Digits,
            after: "’",
        },
        LabelStyle {
            before: "",
            counter: ABJAD,
            after: " -",
        },
    ],
    // Without article, prefix and suffix: see `is_number_noun`.
    number_nouns: &[
        "قرار",
        "قرارات",
        "قراران",
        "قرارين",
        "مقرر",
        "مقررات",
        "مقررين",
        "مجلد",
        "مجلدات",
        "رقم",
        "أرقام",
        "رقمان",
        "رقمين",
        "مادة",
        "مواد",
        "مادتان",
        "مادتين",
        "فقرة",
        "فقرات",
        "فقرتان",
        "فقرتين",
        "بند",
        "بنود",
        "بندان",
        "بندين",
        "جلسة",
        "جلسات",
        "جلستين",
        "فصل",
        "فصول",
        "فصلان",
        "فصلين",
        "جزء",
        "أجزاء",
        "جزأين",
        "باب",
        "أبواب",
        "مرفق",
        "مرفقات",
        "مرفقين",
        "ملحق",
        "ملحقات",
        "صفحة",
        "صفحات",
        "ص",
        "عدد",
        "أعداد",
        "وثيقة",
        "وثائق",
        "وثيقتان",
        "وثيقتين",
        "دورة",
        "دورات",
        "جدول",
        "جداول",
        "شكل",
        "حاشية",
        "قاعدة",
        "قواعد",
        "مبدأ",
        "توصية",
        "توصيات",
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

/// Whether the word is one of these nouns, in any of its prefixed and suffixed forms: `والقرار`, `بالقرار`, `للقرار`,
/// `وقراراتها`, `مادته`.
pub(super) fn is_form_of(word: &str, nouns: &[&str]) -> bool {
    let bare = |noun: &str| nouns.contains(&noun);
    without_prefixes(word).into_iter().any(|stem| {
        bare(stem)
            || SUFFIXES
                .iter()
                .filter_map(|suffix| stem.strip_suffix(suffix))
                .any(|stem| {
                    // Before a suffix a final teh marbuta is a teh, and the dual loses its noon.
                    bare(stem)
                        || stem.strip_suffix('ت').is_some_and(|rest| bare(&format!("{rest}ة")))
                        || bare(&format!("{stem}ن"))
                })
    })
}

/// The pronouns that are written on a noun.
const SUFFIXES: [&str; 5] = ["ها", "هما", "هم", "ه", "نا"];

/// The word itself, and what is left when it starts with a conjunction, a preposition, the article, in that order.
fn without_prefixes(word: &str) -> Vec<&str> {
    let mut stems = vec![word];
    for prefixes in [&["و", "ف"][..], &["ب", "ك", "ل"], &["ال", "ل"]] {
        let found: Vec<&str> = stems
            .iter()
            .flat_map(|stem| prefixes.iter().filter_map(|prefix| stem.strip_prefix(prefix)))
            .collect();
        stems.extend(found);
    }
    stems
}
