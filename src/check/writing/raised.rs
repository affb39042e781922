//! Raised and lowered digits, which Unicode has as characters.

/// The raised form of digits and signs, `³` of `3`; `None` where a character has none.
pub(super) fn raised(text: &str) -> Option<String> {
    written(text, |c| {
        Some(match c {
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '0' | '4'..='9' => char::from_u32('⁰' as u32 + c.to_digit(10)?)?,
            '+' => '⁺',
            '-' | '−' => '⁻',
            'n' => 'ⁿ',
            _ => return None,
        })
    })
}

/// The lowered form of digits and signs, `₂` of `2`; `None` where a character has none.
pub(super) fn lowered(text: &str) -> Option<String> {
    written(text, |c| {
        Some(match c {
            '0'..='9' => char::from_u32('₀' as u32 + c.to_digit(10)?)?,
            '+' => '₊',
            '-' | '−' => '₋',
            _ => return None,
        })
    })
}

fn written(text: &str, form: impl Fn(char) -> Option<char>) -> Option<String> {
    let written: Option<String> = text.chars().map(form).collect();
    written.filter(|written| !written.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_raised_and_lowered_forms_and_letters_have_not() {
        assert_eq!(raised("10-3").as_deref(), Some("¹⁰⁻³"));
        assert_eq!(lowered("2").as_deref(), Some("₂"));
        assert_eq!(raised("th"), None);
        assert_eq!(raised(""), None);
    }
}
