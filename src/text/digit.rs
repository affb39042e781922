//! The digits of the languages: Western, Arabic-Indic, and the Extended Arabic-Indic ones of Persian and Urdu.

/// The zeros of the three rows of digits; the others follow in order.
const ZEROS: [char; 3] = ['0', '\u{660}', '\u{6f0}'];

/// The value of a digit, 0 to 9; `None` for every other character.
pub(crate) fn digit(c: char) -> Option<u32> {
    zero_of(c).map(|zero| c as u32 - zero as u32)
}

/// The zero of the row that a digit stands in; `None` for every other character.
pub(crate) fn zero_of(c: char) -> Option<char> {
    ZEROS
        .into_iter()
        .find(|zero| (*zero as u32..*zero as u32 + 10).contains(&(c as u32)))
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
