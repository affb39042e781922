//! Dates and digits against CLDR, the Unicode Consortium's data on languages, as ICU4X has it. When this fails, CLDR writes a
//! date otherwise than an edition does, or an edition has a misspelt month.

use icu_calendar::{Date as CalendarDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale::{Locale, locale};
use qarar::locale::{Date, Language, date, number};

/// The locale that a language writes its dates like.
fn like(language: Language) -> Locale {
    match language {
        Language::ARABIC => locale!("ar-LB-u-nu-arab"),
        // Day before month, as the United Nations write it; CLDR's plain `en` is American.
        Language::ENGLISH => locale!("en-GB"),
        Language::FRENCH => locale!("fr"),
        Language::SPANISH => locale!("es"),
        Language::PERSIAN => locale!("fa"),
        // Its digits are those of the language; CLDR has Western ones as the usual ones of Pakistan.
        Language::URDU => locale!("ur-u-nu-arabext"),
        _ => language.code().parse().expect("a locale"),
    }
}

/// The spelling of the United Nations where it is another one than CLDR's.
const RESPELLED: [(&str, &str); 2] = [("يونيو", "يونيه"), ("يوليو", "يوليه")];

fn month(locale: &Locale, day: &CalendarDate<Gregorian>) -> String {
    let formatter = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), M::long()).expect("data");
    formatter.format(day).to_string()
}

/// What an edition is to print, by CLDR and the usage of the United Nations.
fn expected(language: Language, Date { year, month: m, day }: Date) -> String {
    let locale = like(language);
    let in_calendar = CalendarDate::try_new_gregorian(year.into(), m, day).expect("a day");
    let long = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new((&locale).into(), YMD::long()).expect("data");
    let written = long.format(&in_calendar).to_string();
    match language {
        // Both names of a month: the one of the Levant, then the one of the Nile.
        Language::ARABIC => {
            let (levant, nile) = (month(&locale, &in_calendar), month(&locale!("ar-EG"), &in_calendar));
            let respelled = RESPELLED.iter().find(|(cldr, _)| *cldr == nile);
            let nile = respelled.map_or(nile.as_str(), |(_, ours)| ours);
            written.replace(&levant, &format!("{levant}/{nile}"))
        }
        // French usage has an ordinal for the first.
        Language::FRENCH if day == 1 => written.replacen('1', "1er", 1),
        // The United Nations write the word for the year, which no line parts from it.
        Language::RUSSIAN => written.replace("\u{202f}г.", "\u{a0}года"),
        _ => written,
    }
}

/// The languages that ship, and those of files that CLDR knows.
fn languages() -> Vec<Language> {
    let of_file = |code: &str| {
        let text = std::fs::read_to_string(format!("tests/languages/{code}/languages/{code}.toml")).expect("a file");
        Language::register(qarar::text::read_language(code, &text).expect("no fault")).expect("room")
    };
    Language::ALL
        .iter()
        .copied()
        .chain(["ckb", "ps"].map(of_file))
        .collect()
}

#[test]
fn dates_are_those_of_cldr() {
    for language in languages() {
        for month in 1..=12 {
            for (year, day) in [(1945, 1), (1999, 28), (2006, 20)] {
                let day = Date { year, month, day };
                assert_eq!(date(language, day), expected(language, day), "{language:?}, {day:?}");
            }
        }
    }
}

#[test]
fn digits_are_those_of_cldr() {
    for language in languages() {
        let formatter = DecimalFormatter::try_new((&like(language)).into(), Default::default()).expect("data");
        for digit in 0..10_u8 {
            let written = formatter.format(&Decimal::from(digit)).to_string();
            assert_eq!(number(language, digit.into()), written, "{language:?}");
        }
    }
}
