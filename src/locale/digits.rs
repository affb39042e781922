//! Numbers in the digits of a language.
//!
//! Document symbols and page numbers keep Western digits in every language: they never pass through here.

use super::Language;
use crate::text::digit;

/// Which digits a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Digits {
    /// Those of each language: `٢٠٠٦` in Arabic.
    #[default]
    Native,
    /// Western ones in all languages, as the Maghreb has them in Arabic.
    Western,
}

impl Digits {
    /// All kinds of digits.
    pub const ALL: &'static [Self] = &[Self::Native, Self::Western];

    /// The key in a source, as `western`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Western => "western",
        }
    }
}

/// A language as a document writes it: with which digits. A language alone has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Usage {
    /// The language.
    pub language: Language,
    /// Its digits.
    pub digits: Digits,
}

impl From<Language> for Usage {
    fn from(language: Language) -> Self {
        Self {
            language,
            digits: Digits::Native,
        }
    }
}

impl Usage {
    /// Another language with the same digits.
    #[must_use]
    pub fn of(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Whether its digits are Western ones, by themselves or as the document has them.
    pub fn is_western(self) -> bool {
        self.digits == Digits::Western || self.language.definition().digits == WESTERN
    }
}

/// The Western digits.
const WESTERN: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// A number in the digits of a language, without grouping: `٢٠٠٦` in Arabic.
pub fn number(usage: impl Into<Usage>, n: u32) -> String {
    number_text(usage, &n.to_string())
}

/// A text with its digits, Western or Arabic-Indic of either kind, replaced by those of a language:
/// `61/180` is `٦١/١٨٠` in Arabic. All else stays as it is.
pub fn number_text(usage: impl Into<Usage>, text: &str) -> String {
    let usage = usage.into();
    let digits = match usage.digits {
        Digits::Native => &usage.language.definition().digits,
        Digits::Western => &WESTERN,
    };
    text.chars()
        .map(|c| value_of(c).map_or(c, |value| digits[value]))
        .collect()
}

/// A number as a language writes it: its digits, and its separators where they are certain. `1,234.56` is `١٬٢٣٤٫٥٦` in Arabic; in
/// `55/25` and `2.0.1`, which are no amounts, only the digits change.
pub fn amount_text(usage: impl Into<Usage>, text: &str) -> String {
    let usage = usage.into();
    let is_other = |c: char| value_of(c).is_some() && !c.is_ascii_digit();
    // Where Arabic has Western digits, one house writes `1,5` and another `1.5`: what is written so is right.
    if usage.digits == Digits::Western && !text.contains(is_other) {
        return text.to_owned();
    }
    let separators = Separators::of(text);
    let (group, decimal) = separators_of(usage);
    let replaced = |c: char| match separators {
        Some(separators) if Some(c) == separators.decimal => decimal,
        Some(separators) if Some(c) == separators.group => group,
        _ => c,
    };
    number_text(usage, &text.chars().map(replaced).collect::<String>())
}

/// What parts the thousands of an amount, and its fraction from its units, as a language writes them.
pub(super) fn separators_of(usage: Usage) -> (char, char) {
    let own = usage.language.definition();
    if usage.is_western() && own.digits != WESTERN {
        (',', '.')
    } else {
        (own.amounts.group, own.amounts.decimal)
    }
}

/// What parts the thousands of an amount, and its fraction.
#[derive(Clone, Copy)]
struct Separators {
    group: Option<char>,
    decimal: Option<char>,
}

impl Separators {
    /// Those of an amount; `None` of what is no amount.
    fn of(text: &str) -> Option<Self> {
        let is_digit = |c: char| value_of(c).is_some();
        let found: Vec<char> = text.chars().filter(|c| !is_digit(*c)).collect();
        let groups: Vec<usize> = text
            .split(|c| !is_digit(c))
            .map(|group| group.chars().count())
            .collect();
        let (last, others) = found.split_last()?;
        if !found.iter().all(|c| matches!(c, '.' | ',' | '٫' | '٬')) || groups.contains(&0) {
            return None;
        }
        let thousands = |groups: &[usize]| groups[0] <= 3 && groups[1..].iter().all(|length| *length == 3);
        let is_group = |c: char| matches!(c, ',' | '٬');
        match others.split_first() {
            None if is_group(*last) && groups[1] == 3 && thousands(&groups) => Some(Self {
                group: Some(*last),
                decimal: None,
            }),
            None if *last != '٬' => Some(Self {
                group: None,
                decimal: Some(*last),
            }),
            Some((first, more)) if more.iter().all(|c| c == first) && thousands(&groups[..groups.len() - 1]) => {
                if first != last {
                    Some(Self {
                        group: Some(*first),
                        decimal: Some(*last),
                    })
                } else {
                    thousands(&groups).then_some(Self {
                        group: Some(*first),
                        decimal: None,
                    })
                }
            }
            _ => None,
        }
    }
}

/// The value of a digit of any of the languages.
pub(super) fn value_of(c: char) -> Option<usize> {
    digit(c).map(|value| value as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, the number that a warning offers to copy is none in its language.
    #[test]
    fn an_amount_has_the_separators_of_its_language() {
        let cases = [
            ("36.6", "٣٦٫٦"),
            ("1,234.56", "١٬٢٣٤٫٥٦"),
            ("1.234,56", "١٬٢٣٤٫٥٦"),
            ("1.234.567", "١٬٢٣٤٬٥٦٧"),
            ("1,234", "١٬٢٣٤"),
            ("1,5", "١٫٥"),
            ("2.0.1", "٢.٠.١"),
            ("55/25", "٥٥/٢٥"),
            ("9:30", "٩:٣٠"),
        ];
        for (written, right) in cases {
            assert_eq!(amount_text(Language::ARABIC, written), right);
        }
        assert_eq!(amount_text(Language::ENGLISH, "١٬٢٣٤٫٥٦"), "1,234.56");
        assert_eq!(amount_text(Language::FRENCH, "١٬٢٣٤٫٥٦"), "1\u{a0}234,56");
        assert_eq!(amount_text(Language::PERSIAN, "٣٫٥"), "۳٫۵");
    }
}
