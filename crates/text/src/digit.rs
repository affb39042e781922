//! The digits of the languages: Western, Arabic-Indic, and the Extended Arabic-Indic ones of Persian and Urdu.

/// The zeros of the three rows of digits; the others follow in order.
const ZEROS: [char; 3] = ['0', '\u{660}', '\u{6f0}'];

/// The value of a digit, 0 to 9; `None` for every other character.
pub fn digit(c: char) -> Option<u32> {
    zero_of(c).map(|zero| c as u32 - zero as u32)
}

/// The zero of the row that a digit stands in; `None` for every other character.
pub fn zero_of(c: char) -> Option<char> {
    ZEROS
        .into_iter()
        .find(|zero| (*zero as u32..*zero as u32 + 10).contains(&(c as u32)))
}

/// Whether a character is a digit of a number as languages write them: Western, Arabic-Indic, or those of Persian and Urdu.
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
    }
}
