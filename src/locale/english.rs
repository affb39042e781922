//! English.

const SMALL: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// Twenty to ninety, alone as an ordinal and before a unit.
const TENS: [(&str, &str); 8] = [
    ("twentieth", "twenty"),
    ("thirtieth", "thirty"),
    ("fortieth", "forty"),
    ("fiftieth", "fifty"),
    ("sixtieth", "sixty"),
    ("seventieth", "seventy"),
    ("eightieth", "eighty"),
    ("ninetieth", "ninety"),
];

/// An ordinal in words, 1 to 199.
pub(super) fn ordinal(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    Some(match place {
        1..=19 => SMALL[place - 1].to_owned(),
        20..=99 => match (TENS[place / 10 - 2], place % 10) {
            ((alone, _), 0) => alone.to_owned(),
            ((_, ten), unit) => format!("{ten}-{}", SMALL[unit - 1]),
        },
        100 => "one hundredth".to_owned(),
        101..=199 => format!("one hundred and {}", ordinal(n - 100)?),
        _ => return None,
    })
}
