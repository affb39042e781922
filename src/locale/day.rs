//! A day, before any language has written it.

/// A day of the Gregorian calendar, checked when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// A day that there is.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let there_is = (1..=9999).contains(&year) && (1..=Self::days(year, month)).contains(&day);
        there_is.then_some(Self { year, month, day })
    }

    /// How many days a month has; 0 for a month that there is not.
    pub fn days(year: u16, month: u8) -> u8 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
            2 => 28,
            _ => 0,
        }
    }
}

/// ISO 8601: `2006-12-20`.
impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
