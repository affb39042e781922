//! Dates of the Gregorian calendar in words.

use std::sync::OnceLock;

use icu_calendar::{Date as CalendarDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, YMD};
use icu_locale::Locale;
use rustc_hash::FxHashSet;

use super::day::Date;
use super::lines::fill;
use super::{Language, Usage, number};

/// How a language writes a date.
pub(super) struct DateStyle {
    /// The locale whose CLDR long date is the pattern. It asks for Western digits (`-u-nu-latn`), which stand for the
    /// day and the year until the language's own are put there.
    pub(super) locale: Locale,
    /// The second name of a month, which follows the first one and a stroke.
    pub(super) second_month: Option<SecondMonth>,
    /// How the first day of a month is written, where it is not a mere `1`.
    pub(super) first_day: Option<&'static str>,
}

/// The second name of a month.
pub(super) struct SecondMonth {
    /// The locale whose CLDR data have it.
    pub(super) locale: Locale,
    /// Names that the United Nations spell otherwise: CLDR's spelling and theirs.
    pub(super) respelled: &'static [(&'static str, &'static str)],
}

/// The long date of each month of the year, with `{day}` and `{year}` to be filled in.
type Patterns = [String; 12];

/// A date as the language prints it: `٢٠ كانون الأول/ديسمبر ٢٠٠٦`, `20 December 2006`, `1er décembre 2006`.
///
/// A month outside 1 to 12, which a checked date never has, is printed as a number.
pub fn date(usage: impl Into<Usage>, date: Date) -> String {
    let usage = usage.into();
    let language = usage.language;
    let style = &language.conventions().dates;
    let day = match style.first_day {
        Some(first) if date.day == 1 => first.to_owned(),
        _ => number(usage, date.day.into()),
    };
    let year = number(usage, date.year.into());
    let month = usize::from(date.month).checked_sub(1);
    match month.and_then(|month| patterns(language).get(month)) {
        Some(pattern) => fill(pattern, &[("day", &day), ("year", &year)]),
        None => format!("{year}-{}-{day}", number(usage, date.month.into())),
    }
}

/// The patterns of a language, made when it is first asked for: ICU's formatters are dear to load, filling in is not.
fn patterns(language: Language) -> &'static Patterns {
    static PATTERNS: [OnceLock<Patterns>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
    PATTERNS[language as usize].get_or_init(|| {
        let mut month = 0;
        [(); 12].map(|()| {
            month += 1;
            pattern(&language.conventions().dates, month).unwrap_or_else(|| format!("{{year}}-{month}-{{day}}"))
        })
    })
}

/// The pattern of one month. `None` when CLDR has no data, which does not happen with data compiled in.
fn pattern(style: &DateStyle, month: u8) -> Option<String> {
    // A day and a year whose digits cannot be taken for one another.
    let sample = CalendarDate::try_new_gregorian(1999, month, 28).ok()?;
    let long = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new((&style.locale).into(), YMD::long()).ok()?;
    let mut pattern = long
        .format(&sample)
        .to_string()
        .replace("28", "{day}")
        .replace("1999", "{year}");
    if let Some(second) = &style.second_month {
        let name = month_name(&style.locale, &sample)?;
        let mut other = month_name(&second.locale, &sample)?;
        if let Some((_, ours)) = second.respelled.iter().find(|(theirs, _)| *theirs == other) {
            (*ours).clone_into(&mut other);
        }
        pattern = pattern.replace(&name, &format!("{name}/{other}"));
    }
    Some(pattern)
}

/// The name of a month, alone.
fn month_name(locale: &Locale, sample: &CalendarDate<Gregorian>) -> Option<String> {
    let formatter = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), M::long()).ok()?;
    Some(formatter.format(sample).to_string())
}

/// Whether the word is the name of a month or the start of one, with what follows it on the same line:
/// `كانون`, `أيار/مايو`, `December`.
pub fn is_month_word(language: Language, word: &str) -> bool {
    static WORDS: [OnceLock<FxHashSet<&str>>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
    let words = WORDS[language as usize].get_or_init(|| {
        let words = patterns(language)
            .iter()
            .flat_map(|pattern| pattern.split([' ', '{', '}']));
        words
            .filter(|name| !matches!(*name, "" | "day" | "year" | "de"))
            .collect()
    });
    words.contains(word.trim_end_matches([',', ';', '.', '،', '؛']))
}
