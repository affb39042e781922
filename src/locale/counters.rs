//! What paragraphs and annexes are counted in beside digits: letters of an alphabet and Roman numerals.

use super::Language;
use crate::text::Alphabet;

/// How often a letter is repeated at most; a paragraph that would need more is counted in digits.
const MOST_LETTERS: usize = 9;

/// The joiner that gives a letter at the end of a word its initial form. It is drawn by and no part of the text of a label.
const JOINER: char = '\u{200d}';

/// A label as it is read, without the joiners that it is drawn with.
pub fn read_label(drawn: &str) -> String {
    drawn.replace(JOINER, "")
}

/// The letters of paragraph `n` in an alphabet, as they are drawn: after the last one they are doubled, then trebled, and so
/// on. `None` for 0 and where a letter would be repeated more than nine times.
pub fn lettered(alphabet: &Alphabet, n: u32) -> Option<String> {
    let place = usize::try_from(n.checked_sub(1)?).ok()?;
    let times = place / alphabet.letters.len() + 1;
    let letter = alphabet.letters.get(place % alphabet.letters.len())?;
    (times <= MOST_LETTERS).then(|| vec![letter.as_str(); times].join(&alphabet.between))
}

/// Letter `n` (from 1) of the usual alphabet of a language, as it is drawn; `None` where it has none that far.
pub fn letter(language: Language, n: u32) -> Option<String> {
    lettered(language.alphabets().first()?, n)
}

/// The bullet of the items of a list that `level` other bulleted lists are round: a point, then a dash, in turn. French starts
/// with the dash (*Lexique des règles typographiques*, Énumérations).
pub fn bullet(language: Language, level: u8) -> &'static str {
    let dash_first = language == Language::FRENCH;
    if level.is_multiple_of(2) == dash_first {
        "–"
    } else {
        "•"
    }
}

/// A Roman numeral in capitals. `None` for 0 and above 3999, which have none.
pub fn roman(n: u32) -> Option<String> {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&n) {
        return None;
    }
    let mut rest = n;
    let mut numeral = String::new();
    for (value, letters) in NUMERALS {
        while rest >= value {
            numeral.push_str(letters);
            rest -= value;
        }
    }
    Some(numeral)
}

/// The value of a Roman numeral in capitals; `None` where it is none.
pub fn roman_value(numeral: &str) -> Option<u32> {
    let digit = |c: char| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        })
    };
    let values: Vec<u32> = numeral.chars().map(digit).collect::<Option<_>>()?;
    let value: u32 = values
        .iter()
        .enumerate()
        .map(|(at, value)| match values.get(at + 1) {
            Some(next) if next > value => next - value,
            _ if at > 0 && values[at - 1] < *value => 0,
            _ => *value,
        })
        .try_fold(0_u32, u32::checked_add)?;
    // What is written otherwise than it would be is no numeral.
    (roman(value).as_deref() == Some(numeral)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, `217 A (III)` is not read, or a word of capitals is taken for a number.
    #[test]
    fn roman_numerals_are_read_back() {
        for n in 1..=3999 {
            assert_eq!(roman_value(&roman(n).unwrap_or_default()), Some(n));
        }
        for other in ["", "IIII", "VX", "IC", "MMMM", "a"] {
            assert_eq!(roman_value(other), None, "{other}");
        }
    }
}
