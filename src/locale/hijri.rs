//! Days of the Islamic calendar, as laws and decrees give them beside those of the Gregorian one.
//!
//! They are printed as they are given: which evening a month started is a matter of sight, and no table knows it.

use std::fmt;

use super::{Language, Script, Usage, number};

/// A day of the Islamic calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HijriDate {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 30.
    pub day: u8,
}

impl HijriDate {
    /// A day that there may be: a month has 29 or 30 days.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let there_is = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=30).contains(&day);
        there_is.then_some(Self { year, month, day })
    }
}

/// As ISO 8601 writes days of another calendar: `1446-03-06`.
impl fmt::Display for HijriDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

const ARABIC: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];

const PERSIAN: [&str; 12] = [
    "محرم",
    "صفر",
    "ربیع‌الاول",
    "ربیع‌الثانی",
    "جمادی‌الاول",
    "جمادی‌الثانی",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذیقعده",
    "ذیحجه",
];

const URDU: [&str; 12] = [
    "محرم",
    "صفر",
    "ربیع الاول",
    "ربیع الثانی",
    "جمادی الاول",
    "جمادی الثانی",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذوالقعدہ",
    "ذوالحجہ",
];

const LATIN: [&str; 12] = [
    "Muharram",
    "Safar",
    "Rabi’ I",
    "Rabi’ II",
    "Jumada I",
    "Jumada II",
    "Rajab",
    "Sha’ban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qa’dah",
    "Dhu al-Hijjah",
];

const FRENCH: [&str; 12] = [
    "mouharram",
    "safar",
    "rabia al awal",
    "rabia ath-thani",
    "joumada al oula",
    "joumada ath-thania",
    "rajab",
    "chaabane",
    "ramadan",
    "chawwal",
    "dhou al qi’da",
    "dhou al-hijja",
];

/// The month of a day in words. A language without names of its own has those of its script.
fn month(language: Language, month: u8) -> &'static str {
    let months = match (language.code(), language.script()) {
        ("fa", _) => &PERSIAN,
        ("ur", _) => &URDU,
        ("fr", _) => &FRENCH,
        (_, Script::ARABIC) => &ARABIC,
        _ => &LATIN,
    };
    let place = usize::from(month).clamp(1, months.len()) - 1;
    months[place]
}

/// A day of the Islamic calendar as the language prints it: `٦ ربيع الأول ١٤٤٦`, `6 Rabi’ I 1446`. What says which calendar it
/// is, `هـ` or `AH`, belongs to the sentence.
pub fn hijri_date(usage: impl Into<Usage>, date: HijriDate) -> String {
    let usage = usage.into();
    let (day, year) = (number(usage, date.day.into()), number(usage, date.year.into()));
    format!("{day} {} {year}", month(usage.language, date.month))
}
