//! Persian. The United Nations publish no resolutions in it: the lines follow the usage of official Persian.

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
