//! Numbers as texts write them: telephone numbers, numbers with a sign, groups of digits. What is one number to a reader is
//! told here; how it is set is for those who set it.

use std::ops::Range;

use super::digits::value_of;
use super::unit;
use crate::text::{is_digit, joins_groups};

/// What a number is, where it is more than a string of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A number that is dialled or copied digit by digit: `+961 1 555 010`, `1-212-555-0112`, `978-92-1-100234-5`.
    Telephone,
    /// A day in the order of ISO 8601, in Western digits: `2015-03-01`.
    Day,
    /// A number with its sign: `−5`, `+٣`.
    Signed,
    /// An amount in Western digits with what it is measured in: `7.5%`, `25°`, `36.6 °C`, `10 km/h`, `$1,234.56`, `12 €`.
    Measured,
    /// Groups of digits that spaces part at which a line may break: `326 798`.
    Spaced,
}

/// The numbers of a text that are one of [`Written`], with their bytes, in their order.
pub fn written_numbers(text: &str) -> Vec<(Written, Range<usize>)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find(is_digit).map(|at| rest + at) {
        let (number, end) = number_at(text, rest, at);
        found.extend(number);
        rest = end;
    }
    found
}

/// A space that parts two groups of digits: a line may break at it, or the groups change places in right-to-left text.
fn parts_groups(c: char) -> bool {
    matches!(c, ' ' | '\u{2002}'..='\u{200a}')
}

fn is_sign(c: char) -> bool {
    matches!(c, '+' | '-' | '−' | '±')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2011}')
}

/// The number whose first digit is at `at`, and where to go on. `from` is where the last one ended.
fn number_at(text: &str, from: usize, at: usize) -> (Option<(Written, Range<usize>)>, usize) {
    let plain_end = end_of_plain(text, at);
    let before = &text[from..at];
    // A digit of a word, as `v4` and `A/70`, is a part of the word.
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_');
    if text[..at].ends_with(in_word) && !is_joined_word(&text[..at]) {
        return (None, plain_end.max(at + 1));
    }
    let western = text[at..].starts_with(|c: char| c.is_ascii_digit());
    let currency = before.chars().next_back().filter(|c| western && unit::is_currency(*c));
    // `A$5` is a word to the algorithm, from its first letter on.
    let currency = currency.filter(|c| !text[..at - c.len_utf8()].ends_with(|c: char| c.is_ascii_alphabetic()));
    let before = &before[..before.len() - currency.map_or(0, char::len_utf8)];
    let sign = before.chars().next_back().filter(|c| is_sign(*c));
    let start = from + before.len() - sign.map_or(0, char::len_utf8);
    let stands_alone = sign.is_some()
        && text[..start].chars().next_back().is_none_or(|c| {
            c.is_whitespace() || matches!(c, '\u{5be}' | '(' | '[' | '«' | '“' | '”' | '"' | '‘' | '/' | ':')
        });
    // An Arabic word of one letter is written together with what follows it; a hyphen after a letter is none of a number.
    let stands_alone =
        stands_alone || (sign == Some('+') && text[..start].ends_with(|c: char| c.is_alphabetic() && !c.is_ascii()));
    if let Some(end) = local_telephone(text, at).filter(|_| before.ends_with('(')) {
        return (Some((Written::Telephone, at - 1..end)), end);
    }
    if let Some(end) = telephone(text, at, sign == Some('+') && stands_alone).filter(|_| currency.is_none()) {
        let start = if stands_alone { start } else { at };
        return (Some((Written::Telephone, start..end)), end);
    }
    if let Some(end) = day(text, at) {
        return (Some((Written::Day, at..end)), end);
    }
    if let Some(end) = spaced(text, at) {
        return (Some((Written::Spaced, at..end)), end);
    }
    let unit = unit::end(text, plain_end).filter(|_| western);
    if unit.is_some() || (currency.is_some() && is_word_end(text, plain_end)) {
        let start = if stands_alone {
            start
        } else {
            at - currency.map_or(0, char::len_utf8)
        };
        let end = unit.unwrap_or(plain_end);
        return (Some((Written::Measured, start..end)), end);
    }
    // A sign before a word, as `-5a`, tells no number.
    let is_number = !text[plain_end..].starts_with(char::is_alphabetic);
    if stands_alone && is_number {
        return (Some((Written::Signed, start..plain_end)), plain_end);
    }
    (None, plain_end)
}

/// Whether a text ends with an Arabic word of one letter that is written together with what follows it, as `و10 km`.
fn is_joined_word(text: &str) -> bool {
    let rest = text.strip_suffix(['و', 'ف', 'ب', 'ل', 'ك']);
    rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
}

/// The end of digits with stops, commas and joining spaces between them.
fn end_of_plain(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut characters = text[at..].char_indices().peekable();
    while let Some((offset, c)) = characters.next() {
        let next_is_digit = characters.peek().is_some_and(|(_, next)| is_digit(*next));
        let inside =
            is_digit(c) || (next_is_digit && (joins_groups(c) || matches!(c, '.' | ',' | '٫' | '٬' | ':' | '/')));
        if !inside {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}

/// Groups of digits, each with its bytes, and what parts them.
struct Groups {
    groups: Vec<Range<usize>>,
    separators: Vec<Range<usize>>,
}

/// The most groups of digits of a number.
const MOST_GROUPS: usize = 16;

impl Groups {
    /// The groups from a digit on, as far as `separates` takes what stands between two for a separator, but no more than a
    /// number has: a list of ten thousand would be read once for each.
    fn read(text: &str, at: usize, separates: impl Fn(&str) -> bool) -> Self {
        let mut this = Self {
            groups: Vec::new(),
            separators: Vec::new(),
        };
        let western = text[at..].starts_with(|c: char| c.is_ascii());
        let mut start = at;
        loop {
            let rest = &text[start..];
            let end = start + rest.len() - rest.trim_start_matches(is_digit).len();
            this.groups.push(start..end);
            let rest = &text[end..];
            let Some(gap) = rest.find(is_digit).filter(|gap| {
                this.groups.len() < MOST_GROUPS
                    && *gap > 0
                    && rest[*gap..].starts_with(|c: char| c.is_ascii()) == western
                    && separates(&rest[..*gap])
            }) else {
                return this;
            };
            this.separators.push(end..end + gap);
            start = end + gap;
        }
    }

    fn lengths(&self, text: &str) -> Vec<usize> {
        self.groups
            .iter()
            .map(|group| text[group.clone()].chars().count())
            .collect()
    }

    fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.end)
    }
}

/// The fewest and the most digits of a number that is dialled abroad (ITU-T E.164).
const DIALLED: std::ops::RangeInclusive<usize> = 7..=15;

/// The end of a telephone number, or of another number that hyphens part into three groups and more.
fn telephone(text: &str, at: usize, plus: bool) -> Option<usize> {
    let one_space = |gap: &str| {
        let mut characters = gap.chars();
        characters.next().is_some_and(|c| parts_groups(c) || joins_groups(c)) && characters.next().is_none()
    };
    let separates = |gap: &str| {
        let bare: String = gap.chars().filter(|c| !matches!(c, '(' | ')')).collect();
        bare.is_empty() || one_space(&bare) || matches!(bare.as_str(), "-" | "\u{2011}" | "." | "/")
    };
    let abroad = plus
        || (text[at..].chars().take(2).all(|c| value_of(c) == Some(0))
            && text[at..].chars().nth(2).is_some_and(is_digit));
    if abroad {
        let groups = Groups::read(text, at, separates);
        let digits: usize = groups.lengths(text).iter().sum();
        return (DIALLED.contains(&digits) && is_word_end(text, groups.end())).then(|| groups.end());
    }
    if let Some(end) = with_area_code(text, at, one_space) {
        return Some(end);
    }
    let groups = Groups::read(text, at, |gap| gap.chars().count() == 1 && gap.starts_with(is_hyphen));
    let lengths = groups.lengths(text);
    let digits: usize = lengths.iter().sum();
    let is_day = matches!(lengths[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4]);
    let long = lengths.iter().any(|length| *length > 2);
    (lengths.len() > 2 && long && digits >= *DIALLED.start() && !is_day && is_word_end(text, groups.end()))
        .then(|| groups.end())
}

/// The end of a telephone number of an area code, of which the first digit is zero, and a number of one group: `021-5550101`.
fn with_area_code(text: &str, at: usize, one_space: impl Fn(&str) -> bool) -> Option<usize> {
    let groups = Groups::read(text, at, |gap| one_space(gap) || gap == "-" || gap == "\u{2011}");
    let zero = text[at..].chars().next().and_then(value_of) == Some(0);
    (zero && matches!(groups.lengths(text)[..], [2..=5, 5..=9]) && is_word_end(text, groups.end()))
        .then(|| groups.end())
}

/// The end of a telephone number that starts with the digits of an area code in brackets, of which the first is zero:
/// `(01) 555-402`.
fn local_telephone(text: &str, at: usize) -> Option<usize> {
    const FEWEST: usize = 6;
    let separates = |gap: &str| {
        let bare = gap
            .trim_start_matches(')')
            .trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        bare.is_empty() || bare == "-" || bare == "\u{2011}"
    };
    let groups = Groups::read(text, at, separates);
    let area = groups.groups.first()?;
    let starts = text[area.clone()].chars().next().and_then(value_of) == Some(0) && text[area.end..].starts_with(')');
    let digits: usize = groups.lengths(text).iter().sum();
    (starts
        && groups.groups.len() > 1
        && (FEWEST..=*DIALLED.end()).contains(&digits)
        && is_word_end(text, groups.end()))
    .then(|| groups.end())
}

/// The end of a day as ISO 8601 writes it.
fn day(text: &str, at: usize) -> Option<usize> {
    let groups = Groups::read(text, at, |gap| gap == "-");
    let western = text[at..groups.end()].is_ascii();
    (western && groups.lengths(text) == [4, 2, 2] && is_word_end(text, groups.end())).then(|| groups.end())
}

/// The end of groups of digits that breaking spaces part: thousands, or three groups and more.
fn spaced(text: &str, at: usize) -> Option<usize> {
    let groups = Groups::read(text, at, |gap| {
        let mut characters = gap.chars();
        characters.next().is_some_and(|c| parts_groups(c) || joins_groups(c)) && characters.next().is_none()
    });
    let lengths = groups.lengths(text);
    let [first, rest @ ..] = &lengths[..] else { return None };
    if rest.is_empty()
        || !groups
            .separators
            .iter()
            .any(|gap| text[gap.clone()].starts_with(parts_groups))
    {
        return None;
    }
    let thousands = *first <= 3 && rest.iter().all(|length| *length == 3);
    let years = lengths.iter().all(|length| *length == 4);
    let many = rest.len() > 1 && lengths.iter().all(|length| *length <= 4) && !years;
    let end = groups.end();
    let fraction = text[end..]
        .strip_prefix(['.', ',', '٫'])
        .is_some_and(|rest| rest.starts_with(is_digit));
    let end = match groups.groups.last() {
        Some(last) if fraction => end_of_plain(text, last.start),
        _ => end,
    };
    ((thousands || many) && is_word_end(text, end)).then_some(end)
}

/// Whether no letter or digit goes on at a place, so that what ends there is whole.
pub(super) fn is_word_end(text: &str, at: usize) -> bool {
    !text[at..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_number_is_told() {
        use Written::{Day, Measured, Signed, Spaced, Telephone};
        let cases: &[(&str, &[(Written, &str)])] = &[
            ("اعتماد قدره ٣٢٦ ٧٩٨ دولارا", &[(Spaced, "٣٢٦ ٧٩٨")]),
            ("قدره ٣٢٦\u{2009}٧٩٨", &[(Spaced, "٣٢٦\u{2009}٧٩٨")]),
            ("قدره ٣٢٦\u{a0}٧٩٨ دولارا", &[]),
            ("۱۲ ۳۲۶ ۷۹۸", &[(Spaced, "۱۲ ۳۲۶ ۷۹۸")]),
            ("هو +961 1 555 010 في", &[(Telephone, "+961 1 555 010")]),
            ("هو +٩٦١ ١ ٥٥٥ ٤٠٢،", &[(Telephone, "+٩٦١ ١ ٥٥٥ ٤٠٢")]),
            ("+1 (212) 555-0112", &[(Telephone, "+1 (212) 555-0112")]),
            ("هو (٠١) ٥٥٥-٤٠٢ للاستعلام", &[(Telephone, "(٠١) ٥٥٥-٤٠٢")]),
            (
                "تلفن ۰۲۱-۵۵۵۰۱۰۱ یا 01 555010",
                &[(Telephone, "۰۲۱-۵۵۵۰۱۰۱"), (Telephone, "01 555010")],
            ),
            ("المادة ٤ (٠٢) و (٢) ٢٠٠٥-٢٠٠٦", &[]),
            ("هاتف و+961 1 555 010 و(د-٥٦)", &[(Telephone, "+961 1 555 010")]),
            ("00961 1 555 010", &[(Telephone, "00961 1 555 010")]),
            ("هو 1-212-555-0112 للصحافة", &[(Telephone, "1-212-555-0112")]),
            ("في 2015-03-01.", &[(Day, "2015-03-01")]),
            ("البالغ -١٫٢٪ في ٢٠٢٠ و +٤٫٨٪", &[(Signed, "-١٫٢"), (Signed, "+٤٫٨")]),
            (
                "(−5) و 7.5% و 25°",
                &[(Signed, "−5"), (Measured, "7.5%"), (Measured, "25°")],
            ),
            ("٢٠٢٤-٢٠٢٥ و ١٢-١٩ و A/70/12 و v4.2.1 و Add.1-3", &[]),
            ("from 2005 to 2006, on 12 May 2010, 9:30", &[]),
            ("٣١/١٢/٢٠٢٤ و ١٢٬٤٥٠ و ١٫٥", &[]),
            ("٢٠٠٥ ٢٠٠٦ ٢٠٠٧", &[]),
            (
                "1 234,56 € و ٣٢٦ ٧٩٨٫٥، و",
                &[(Spaced, "1 234,56"), (Spaced, "٣٢٦ ٧٩٨٫٥")],
            ),
            (
                "36.6 °C و 36.6°C، و10 km/h و 50 m²",
                &[
                    (Measured, "36.6 °C"),
                    (Measured, "36.6°C"),
                    (Measured, "10 km/h"),
                    (Measured, "50 m²"),
                ],
            ),
            (
                "و$1,234.56 و −€5 و 12 € (£3)",
                &[
                    (Measured, "$1,234.56"),
                    (Measured, "−€5"),
                    (Measured, "12 €"),
                    (Measured, "£3"),
                ],
            ),
            // A maqaf joins a Hebrew word of one letter to a number.
            ("ירד ב־−5 נקודות", &[(Signed, "−5")]),
            ("في 2024 UNICEF و 3 A و 5 in و A$5 و 10 kmx", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<(Written, &str)> = written_numbers(text)
                .into_iter()
                .map(|(written, range)| (written, &text[range]))
                .collect();
            assert_eq!(found, *expected, "{text}");
        }
    }
}
