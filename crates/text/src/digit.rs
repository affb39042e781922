//! The digits of the languages: Western, Arabic-Indic, the Extended Arabic-Indic ones of Persian and Urdu, and those of other
//! scripts.

/// The zeros of the rows of digits (general category Nd), in order; the other digits of a row follow its zero. Left out are
/// the fullwidth ones and those of mathematics, which are Western digits in another width or type.
const ZEROS: [char; 36] = [
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}', '\u{17e0}', '\u{1810}',
    '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}', '\u{1b50}', '\u{1bb0}', '\u{1c40}', '\u{1c50}', '\u{a620}',
    '\u{a8d0}', '\u{a900}', '\u{a9d0}', '\u{a9f0}', '\u{aa50}', '\u{abf0}',
];

/// The value of a digit, 0 to 9; `None` for every other character.
pub fn digit(c: char) -> Option<u32> {
    zero_of(c).map(|zero| c as u32 - zero as u32)
}

/// The zero of the row that a digit stands in; `None` for every other character.
pub fn zero_of(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some('0');
    }
    let before = ZEROS.partition_point(|zero| *zero <= c);
    let zero = ZEROS.get(before.checked_sub(1)?)?;
    (c as u32 - *zero as u32 <= 9).then_some(*zero)
}

/// Whether a character is a digit of a number as languages write them: Western, Arabic-Indic, those of Persian and Urdu, or of
/// another script.
pub fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// A space inside a number at which no line breaks, and which joins two groups of digits to one number (class CS of UAX #9).
pub fn joins_groups(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_each_row_have_their_values() {
        assert_eq!(
            ['0', '9', '٠', '٧', '۷', 'x', '²'].map(digit),
            [Some(0), Some(9), Some(0), Some(7), Some(7), None, None]
        );
        assert_eq!(zero_of('۹'), Some('۰'));
        assert_eq!(['߀', '९', '၉', '꩐'].map(digit), [Some(0), Some(9), Some(9), Some(0)]);
        assert!(ZEROS.is_sorted() && zero_of('\u{ff11}').is_none());
    }
}
