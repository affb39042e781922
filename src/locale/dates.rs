//! Dates of the Gregorian calendar in words.

use super::day::Date;
use super::{Language, Usage, fill, number};

/// A date as the language prints it: `٢٠ كانون الأول/ديسمبر ٢٠٠٦`, `20 December 2006`, `1er décembre 2006`.
///
/// A month outside 1 to 12, which a checked date never has, is printed as a number.
pub fn date(usage: impl Into<Usage>, date: Date) -> String {
    let usage = usage.into();
    let style = &usage.language.definition().dates;
    let day = match &style.first_day {
        Some(first) if date.day == 1 => first.clone(),
        _ => number(usage, date.day.into()),
    };
    let year = number(usage, date.year.into());
    let month = usize::from(date.month).checked_sub(1);
    match month.and_then(|month| style.months.get(month)) {
        Some(month) => fill(&style.pattern, &[("day", &day), ("month", month), ("year", &year)]),
        None => format!("{year}-{}-{day}", number(usage, date.month.into())),
    }
}

/// Whether the word is the name of a month or the start of one, with what follows it on the same line:
/// `كانون`, `أيار/مايو`, `December`.
pub fn is_month_word(language: Language, word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', '.', '،', '؛']);
    let months = &language.definition().dates.months;
    months.iter().any(|month| month.split(' ').any(|part| part == word))
}
