//! Numbers in the digits of a language.
//!
//! Document symbols and page numbers keep Western digits in every language: they never pass through here.

use std::sync::LazyLock;

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;

use super::Language;

/// The ten digits of each language, in the order of [`Language::ALL`].
static DIGITS: LazyLock<Vec<[char; 10]>> = LazyLock::new(|| Language::ALL.iter().map(|&l| from_cldr(l)).collect());

/// Asks CLDR for the digits of a language, one by one: numbers here are never grouped, so the digits are all it takes.
fn from_cldr(language: Language) -> [char; 10] {
    const WESTERN: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    // The data are compiled in and fall back to the root locale, so loading cannot fail; Western digits if it did.
    let Ok(formatter) = DecimalFormatter::try_new((&language.conventions().digits).into(), Default::default()) else {
        return WESTERN;
    };
    let mut value = 0u8;
    WESTERN.map(|western| {
        let written = formatter.format(&Decimal::from(value)).to_string();
        value += 1;
        written.chars().next().unwrap_or(western)
    })
}

/// A number in the digits of a language, without grouping: `٢٠٠٦` in Arabic.
pub fn number(language: Language, n: u32) -> String {
    number_text(language, &n.to_string())
}

/// A text with its digits, Western or Arabic-Indic of either kind, replaced by those of a language:
/// `61/180` is `٦١/١٨٠` in Arabic. All else stays as it is.
pub fn number_text(language: Language, text: &str) -> String {
    let digits = &DIGITS[language as usize];
    text.chars()
        .map(|c| value_of(c).map_or(c, |value| digits[value]))
        .collect()
}

/// The value of a digit of any of the languages.
pub(super) fn value_of(c: char) -> Option<usize> {
    if !c.is_numeric() {
        return None;
    }
    DIGITS
        .iter()
        .find_map(|digits| digits.iter().position(|&digit| digit == c))
}
