//! Persian. The United Nations publish no resolutions in it: the lines follow the usage of official Persian.

use super::Conventions;
use super::labels::{Counter, LabelStyle};
use super::lines::{BodyLines, Lines};
use super::references::ReferenceWords;

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
        paragraph: "بند {label}",
        in_annex: "{paragraph} پیوست",
        in_numbered_annex: "{paragraph} پیوست {ordinal}",
        annex: "پیوست",
        numbered_annex: "پیوست {ordinal}",
    },
    lines: Lines {
        organization: "سازمان ملل متحد",
        bodies: [
            BodyLines {
                name: "مجمع عمومی",
                adoption: "قطعنامه مصوب مجمع عمومی در {date}",
                meeting: "نشست عمومی {number}",
            },
            BodyLines {
                name: "شورای امنیت",
                adoption: "قطعنامه مصوب شورای امنیت در {date}",
                meeting: "نشست {number}",
            },
            BodyLines {
                name: "شورای اقتصادی و اجتماعی",
                adoption: "قطعنامه مصوب شورای اقتصادی و اجتماعی در {date}",
                meeting: "نشست عمومی {number}",
            },
        ],
        distributions: ["توزیع: عمومی", "توزیع: محدود", "توزیع: محرمانه"],
        // The ordinal goes before its noun with the ending of such: `شصت و یکم` + `ین`.
        session: "{ordinal}ین اجلاس",
        session_in_digits: "اجلاس {number}",
        session_ordinal: ordinal,
        suffix: |_| "",
        agenda: "بند {number} دستور کار",
        committees: [
            "کمیته اول",
            "کمیته دوم",
            "کمیته سوم",
            "کمیته ویژه سیاسی و استعمارزدایی (کمیته چهارم)",
            "کمیته پنجم",
            "کمیته ششم",
        ],
        other_committee: "کمیته {number}",
        report: "[بر اساس گزارش {committee} ({symbol})]",
        without_reference: "[بدون ارجاع به کمیته اصلی ({symbol})]",
        title: "{number} - ",
        unofficial: "ترجمه غیررسمی",
        annex: "پیوست",
        numbered_annex: "پیوست {ordinal}",
        annex_ordinal: ordinal,
    },
};

/// The first to the nineteenth.
const SMALL: [&str; 19] = [
    "اول",
    "دوم",
    "سوم",
    "چهارم",
    "پنجم",
    "ششم",
    "هفتم",
    "هشتم",
    "نهم",
    "دهم",
    "یازدهم",
    "دوازدهم",
    "سیزدهم",
    "چهاردهم",
    "پانزدهم",
    "شانزدهم",
    "هفدهم",
    "هجدهم",
    "نوزدهم",
];

/// Twenty to ninety, alone as an ordinal and before a unit. The thirtieth has a zero-width non-joiner.
const TENS: [(&str, &str); 8] = [
    ("بیستم", "بیست"),
    ("سی\u{200C}ام", "سی"),
    ("چهلم", "چهل"),
    ("پنجاهم", "پنجاه"),
    ("شصتم", "شصت"),
    ("هفتادم", "هفتاد"),
    ("هشتادم", "هشتاد"),
    ("نودم", "نود"),
];

/// An ordinal in words, 1 to 199. The first of a compound is `یکم`.
pub(super) fn ordinal(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    Some(match place {
        1..=19 => SMALL[place - 1].to_owned(),
        20..=99 => match (TENS[place / 10 - 2], place % 10) {
            ((alone, _), 0) => alone.to_owned(),
            ((_, ten), 1) => format!("{ten} و یکم"),
            ((_, ten), unit) => format!("{ten} و {}", SMALL[unit - 1]),
        },
        100 => "صدم".to_owned(),
        101 => "صد و یکم".to_owned(),
        102..=199 => format!("صد و {}", ordinal(n - 100)?),
        _ => return None,
    })
}
