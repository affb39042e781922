//! Isolates (UAX #9, 2.4.2): what keeps its own direction wherever it stands. A stretch whose language the author names, an
//! address, and what is certainly one number to a reader go between the characters that say so; these steer only.

use unicode_bidi::BidiClass;

use super::ties::WORD_JOINER;
use crate::locale::{Direction, Language, Script, Written, is_digit, written_numbers};
use crate::text::bidi;

const LEFT_TO_RIGHT: char = '\u{2066}';
const RIGHT_TO_LEFT: char = '\u{2067}';
pub(super) const END: char = '\u{2069}';

/// Forces all characters to one direction: in a telephone number in Arabic-Indic digits the groups would still change places.
const FORCE_LEFT_TO_RIGHT: char = '\u{202d}';
const FORCE_END: char = '\u{202c}';
/// Makes the number after it one of Arabic text (rule W2).
const ARABIC_MARK: char = '\u{61c}';
/// A place where a line may break, without a mark.
const BREAK: char = '\u{200b}';

/// What an isolate of a direction starts with.
pub(super) fn start(direction: Direction) -> char {
    match direction {
        Direction::LeftToRight => LEFT_TO_RIGHT,
        Direction::RightToLeft => RIGHT_TO_LEFT,
    }
}

/// The text of a paragraph with isolates round its numbers, where the algorithm alone would change their order.
///
/// A number that is dialled runs from left to right in every text and stays on one line. In right-to-left text so do a number
/// in Western or Persian digits with its sign (as CLDR has it), an amount in Western digits with its percent sign, unit or currency, and
/// a day by ISO 8601. There a number at the start of a paragraph, or a Persian one after Latin letters, is made one of Arabic text, as
/// it would be after an Arabic letter: ranges, percents and signs then look the same wherever they stand. `starts` tells that
/// the paragraph starts with the text.
pub(super) fn numbers(text: &str, language: Language, starts: bool) -> String {
    if !text.contains(is_digit) {
        return text.to_owned();
    }
    let leftwards = language.direction() == Direction::RightToLeft;
    // In Hebrew numbers are written from left to right wherever they stand, ranges too.
    let is_arabic = language.script() == Script::ARABIC;
    let mut out = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for (written, range) in written_numbers(text) {
        let isolated = match written {
            Written::Telephone => true,
            // Arabic-Indic digits are Arabic text: the sign stands where they are read from, at the right, and the percent sign
            // behind them at the left (CLDR, `ar`, number system `arab`: U+061C before the sign).
            Written::Signed => leftwards && !text[range.clone()].contains(is_arabic_number),
            Written::Day | Written::Measured => leftwards,
            Written::Spaced => false,
        };
        if !isolated {
            continue;
        }
        out.push_str(&of_arabic_text(
            &text[from..range.start],
            is_arabic,
            starts && from == 0,
        ));
        out.push(LEFT_TO_RIGHT);
        // No line ends in it.
        let unbroken = text[range.clone()].replace(' ', &format!(" {WORD_JOINER}"));
        if written == Written::Telephone {
            out.push(FORCE_LEFT_TO_RIGHT);
            out.push_str(&unbroken);
            out.push(FORCE_END);
        } else {
            out.push_str(&unbroken);
        }
        out.push(END);
        from = range.end;
    }
    out.push_str(&of_arabic_text(&text[from..], is_arabic, starts && from == 0));
    out
}

/// A line of a document's front or end with isolates round its reference numbers, as `2024/CV/117`: digits before Latin letters would
/// else stand behind them in right-to-left text.
pub(super) fn references(text: &str, language: Language) -> String {
    if language.direction() == Direction::LeftToRight {
        return text.to_owned();
    }
    let of_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_');
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let length = rest[at..].find(|c| !of_number(c)).unwrap_or(rest.len() - at);
        let (before, number) = (&rest[..at], &rest[at..at + length]);
        let bare = number.trim_end_matches(['/', '-', '.', '_']);
        rest = &rest[at + bare.len().max(1)..];
        out.push_str(before);
        let starts = bare.starts_with(|c: char| c.is_ascii_digit());
        if starts && bare.contains(|c: char| c.is_ascii_alphabetic()) {
            out.push(LEFT_TO_RIGHT);
            out.push_str(bare);
            out.push(END);
        } else {
            out.push_str(bare);
        }
    }
    out.push_str(rest);
    out
}

/// Whether a digit is one of Arabic text to UAX #9 (class AN), as Persian ones are not.
fn is_arabic_number(c: char) -> bool {
    bidi::class(c) == BidiClass::AN
}

/// Text with the mark of Arabic text before the numbers that need one.
fn of_arabic_text(text: &str, is_arabic: bool, starts: bool) -> String {
    if !is_arabic {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut before = None;
    let mut in_number = false;
    for c in text.chars() {
        let class = bidi::class(c);
        if class == BidiClass::EN && !in_number {
            let persian = !c.is_ascii() && is_digit(c);
            let needs = match before {
                None => persian || starts,
                Some(BidiClass::L) => persian,
                Some(_) => false,
            };
            if needs {
                out.push(ARABIC_MARK);
                before = Some(BidiClass::AL);
            }
        }
        in_number = class == BidiClass::EN || (in_number && matches!(class, BidiClass::CS | BidiClass::ES));
        if matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL) {
            before = Some(class);
        }
        out.push(c);
    }
    out
}

/// An address as it is set: one unit from left to right that breaks after the signs between its parts, without a hyphen.
pub(super) fn address(text: &str) -> String {
    /// So many characters at least stand on each of two lines.
    const FEWEST: usize = 3;
    let characters: Vec<char> = text.chars().collect();
    // Not inside of what tells the kind of the address.
    let told = text.find("://").map_or(0, |at| text[..at + 3].chars().count());
    let mut out = String::from(LEFT_TO_RIGHT);
    for (at, c) in characters.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).map(|before| characters[before]) {
            let after_sign = matches!(before, '/' | '.' | '-' | '?' | '&' | '=') && (c.is_alphanumeric() || *c == '%');
            if after_sign && at > told && at >= FEWEST && characters.len() - at >= FEWEST {
                out.push(BREAK);
            } else if !(before.is_alphanumeric() && c.is_alphanumeric()) {
                out.push(WORD_JOINER);
            }
        }
        out.push(*c);
    }
    out.push(END);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steering characters by letters that can be seen.
    fn shown(text: &str) -> String {
        let shown = |c| match c {
            LEFT_TO_RIGHT => '⟨',
            END => '⟩',
            FORCE_LEFT_TO_RIGHT => '→',
            FORCE_END => '|',
            ARABIC_MARK => '^',
            BREAK => '·',
            WORD_JOINER => '~',
            c => c,
        };
        text.chars().map(shown).collect()
    }

    #[test]
    fn numbers_that_are_one_are_isolated() {
        let ar = |text| shown(&numbers(text, Language::ARABIC, true));
        assert_eq!(ar("هو +961 1، و −5"), "هو ⟨+961⟩ 1، و ⟨−5⟩");
        assert_eq!(ar("بلغ -١٫٢٪ و −٥"), "بلغ -١٫٢٪ و −٥");
        assert_eq!(ar("هو +961 1 555 010"), "هو ⟨→+961 ~1 ~555 ~010|⟩");
        assert_eq!(ar("حرارة 36.6 °C و $5"), "حرارة ⟨36.6 ~°C⟩ و ⟨$5⟩");
        assert_eq!(ar("2014-2015 عاما"), "^2014-2015 عاما");
        assert_eq!(ar("في 2014-2015 و ٢٠٢٤-٢٠٢٥"), "في 2014-2015 و ٢٠٢٤-٢٠٢٥");
        let fa = |text| shown(&numbers(text, Language::PERSIAN, false));
        assert_eq!(fa("نسخهٔ Windows ۱۰ و ۷٪ و −۵"), "نسخهٔ Windows ^۱۰ و ۷٪ و ⟨−۵⟩");
        let en = |text| shown(&numbers(text, Language::ENGLISH, true));
        assert_eq!(en("-5 and +961 1 555 010"), "-5 and ⟨→+961 ~1 ~555 ~010|⟩");
    }

    #[test]
    fn an_address_breaks_after_its_signs() {
        assert_eq!(
            shown(&address("https://www.un.org/ar/")),
            "⟨https~:~/~/~www~.·un~.·org~/·ar~/⟩"
        );
        assert_eq!(shown(&address("a-b@x.org")), "⟨a~-~b~@~x~.·org⟩");
    }
}
