//! Figures as they stand in a table: under each other by their units.

use super::Usage;
use super::digits::{separators_of, value_of};

/// What stands for a figure where there is none.
const NONE: [&str; 9] = ["-", "–", "—", "−", "..", "...", "…", "*", "x"];

/// Where the units of a figure end, in bytes: `12,345` in `12,345.6 %`. A sign for no figure, as a dash, ends with its units;
/// `None` of what is no figure.
pub fn units_end(usage: Usage, text: &str) -> Option<usize> {
    let trimmed = text.trim_end();
    if NONE.contains(&trimmed.trim_start()) {
        return Some(trimmed.len());
    }
    let is_digit = |c: char| value_of(c).is_some();
    let start = text.find(is_digit)?;
    let end = text.rfind(is_digit)?;
    let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '+' | '-' | '−' | '–' | '(' | '~' | '<' | '>' | '≤' | '≥');
    let is_unit = |c: char| c.is_whitespace() || matches!(c, '%' | '٪' | '‰' | ')' | '*' | '°');
    let is_currency = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₹');
    let figure = &text[start..end];
    let parts = |c: char| is_digit(c) || matches!(c, '.' | ',' | '٫' | '٬' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
    let fits = text[..start].chars().all(|c| is_sign(c) || is_currency(c))
        && text[end..].chars().all(|c| is_unit(c) || is_currency(c))
        && figure.chars().all(parts);
    if !fits {
        return None;
    }
    let (_, decimal) = separators_of(usage);
    let mut places = figure.match_indices(decimal).map(|(at, _)| at);
    Some(match (places.next(), places.next()) {
        (Some(at), None) => start + at,
        _ => end,
    })
}

/// Whether a column is one of figures: it may have a few other cells, as `per cent` over the figures.
pub fn are_figures(figures: usize, others: usize) -> bool {
    figures >= 2 * others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    /// If it fails, the units of the figures of a column do not stand under each other.
    #[test]
    fn the_units_of_a_figure_end_before_its_fraction() {
        let cases = [
            (Language::ENGLISH, "1,234.56", Some("1,234")),
            (Language::ENGLISH, "(12)", Some("(12")),
            (Language::ENGLISH, "$ 7.5 %", Some("$ 7")),
            (Language::ENGLISH, "–", Some("–")),
            (Language::ENGLISH, "1.2.3", Some("1.2.3")),
            (Language::ENGLISH, "12 May", None),
            (Language::ENGLISH, "2010/11", None),
            (Language::ENGLISH, "", None),
            (Language::FRENCH, "1 234,5", Some("1 234")),
            (Language::SPANISH, "1.234", Some("1.234")),
            (Language::ARABIC, "١٬٢٣٤٫٥٦", Some("١٬٢٣٤")),
            (Language::ARABIC, "٠٫٥٪", Some("٠")),
        ];
        for (language, text, units) in cases {
            let end = units_end(language.into(), text);
            assert_eq!(end.map(|end| &text[..end]), units, "`{text}` in {language:?}");
        }
    }
}
