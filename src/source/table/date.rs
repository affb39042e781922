//! Days in TOML files: ISO 8601, as TOML writes them, and what to write where they are not.

use toml::de::DeValue;

use crate::diagnostic::Diagnostic;
use crate::locale::{Date, HijriDate};

/// What is wrong with a date, to be said of a key.
pub(super) struct DateFault {
    message: String,
    hint: String,
    /// The day that was meant.
    meant: Option<String>,
}

impl DateFault {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
            meant: None,
        }
    }

    /// The fault of a key.
    pub(super) fn named(self, key: &str) -> Diagnostic {
        let fault = Diagnostic::error(self.message.replace("{key}", key))
            .rule("day")
            .hint(self.hint);
        match self.meant {
            Some(meant) => fault.fix(meant),
            None => fault,
        }
    }
}

const HINT: &str = "write year, month and day without quotation marks, as `2006-12-20`";

/// Reads a date from its value and the way it is written. A date in quotation marks is as good as one without.
pub(super) fn read(value: &DeValue<'_>, written: &str) -> Result<Date, DateFault> {
    let text = match value {
        DeValue::Datetime(found) if found.time.is_some() => {
            let hint = match &found.date {
                Some(date) => format!("write the day alone: `{date}`"),
                None => HINT.to_owned(),
            };
            return Err(DateFault {
                meant: found.date.as_ref().map(ToString::to_string),
                ..DateFault::new("{key} is a day and has no time", hint)
            });
        }
        DeValue::Datetime(_) => written,
        DeValue::String(text) => text.as_ref(),
        _ => return Err(DateFault::new("{key} is not a date", HINT)),
    };
    let text = text.trim();
    let Some((year, month, day)) = parts(text) else {
        return Err(DateFault::new(format!("{{key}} is not a date: `{text}`"), HINT));
    };
    Date::new(year, month, day).ok_or_else(|| match (Date::days(year, month), usize::from(month).checked_sub(1)) {
        (days @ 1.., Some(at)) => {
            let month = MONTHS[at];
            DateFault::new(
                format!("there is no {day} {month} {year}"),
                format!("{month} {year} has {days} days"),
            )
        }
        _ => DateFault::new(
            format!("there is no month {month} in `{text}`"),
            "write the year, then the month from 01 to 12, then the day",
        ),
    })
}

/// Reads a day that was answered.
///
/// # Errors
/// What is wrong with it, and what to write.
#[cfg(feature = "cli")]
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let told = |fault: DateFault| format!("{}: {}", fault.message.replace("{key}", "this"), fault.hint);
    read(&DeValue::String(text.into()), text).map_err(told)
}

/// The months as messages name them, which are in English.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The three numbers of `2006-12-20`.
fn parts(text: &str) -> Option<(u16, u8, u8)> {
    let mut parts = text.split('-');
    let mut part = |length: usize| {
        let part = parts.next()?;
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then_some(part)
    };
    let date = (part(4)?.parse().ok()?, part(2)?.parse().ok()?, part(2)?.parse().ok()?);
    parts.next().is_none().then_some(date)
}

/// Reads a day of the Islamic calendar, which TOML has no type for: a text, `"1446-03-06"`.
pub(super) fn read_hijri(value: &DeValue<'_>, written: &str) -> Result<HijriDate, DateFault> {
    const HINT: &str = "write year, month and day of the Islamic calendar in quotation marks, as `\"1446-03-06\"`";
    let text = match value {
        DeValue::Datetime(_) => written,
        DeValue::String(text) => text.as_ref(),
        _ => return Err(DateFault::new("{key} is not a date", HINT)),
    };
    let Some((year, month, day)) = parts(text.trim()) else {
        return Err(DateFault::new(
            format!("{{key}} is not a date: `{}`", text.trim()),
            HINT,
        ));
    };
    HijriDate::new(year, month, day).ok_or_else(|| {
        DateFault::new(
            format!("there is no day {day} of month {month} in the Islamic calendar"),
            "it has 12 months of 29 or 30 days",
        )
    })
}
