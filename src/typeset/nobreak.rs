//! Where a line must not break: between a number and the word that it belongs to, within a symbol, before a short last
//! word.
//!
//! Official Arabic texts keep `و` with the number after it, the day with its month, a number with its noun (`القرار
//! ٥٥/٢٥`), and the parts of `(د - ٥٦)` on one line; English ones keep `No. 27531` and `20 December`. UAX #14 knows
//! none of these. A word joiner (U+2060) after the space forbids the break (rule LB11) and leaves the space a space; it
//! steers only and is taken out of what readers get.

use crate::locale::{self, Language};
use crate::text::is_steering;

pub(super) const WORD_JOINER: char = '\u{2060}';
/// Allows a line to break (UAX #14, LB8).
pub(super) const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// A last word of fewer letters than this does not stand alone in the last line.
const SHORT: usize = 6;
/// Parentheses of at most so many characters are kept whole.
const SHORT_PARENTHESIS: usize = 14;
/// Words of at most so many characters are kept whole at their slashes.
const SHORT_SYMBOL: usize = 40;

/// How much is kept on one line. In a narrow column a long date or symbol may leave the line before it so short that its
/// spaces would gape; such a paragraph is set again with fewer bonds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Bonds {
    /// All.
    #[default]
    All,
    /// A line may break between a number and the noun before it, within a short parenthesis, and before a short last word.
    Close,
    /// A line may also break at the slash between the two names of a month or other two words: a search for both fails there.
    /// What is left: `و` and the number after it, a day and its month, a number and its percent sign or session, initials
    /// and their name.
    Closest,
    /// A line may also break inside of an address or a symbol, after a slash, a hyphen or a stop; never between the groups of
    /// a number. Only where one is wider than its column.
    Cut,
}

impl Bonds {
    /// The bonds to try next where these leave a line that cannot be filled.
    pub fn looser(self) -> Option<Self> {
        match self {
            Self::All => Some(Self::Close),
            Self::Close => Some(Self::Closest),
            Self::Closest | Self::Cut => None,
        }
    }
}

/// The text with word joiners where no line may break; `end` tells that the paragraph ends with it.
pub(super) fn glue(text: &str, language: Language, end: bool, bonds: Bonds) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut depth_end = 0;
    for (index, word) in words.iter().enumerate() {
        if depth_end <= index && bonds == Bonds::All {
            depth_end = parenthesis_end(&words, index);
        }
        if bonds == Bonds::Cut && may_be_cut(word) {
            push_cut(&mut out, word);
        } else {
            push_word(&mut out, word, bonds);
        }
        let Some(next) = words.get(index + 1) else { break };
        out.push(' ');
        let last = bonds == Bonds::All && end && index + 2 == words.len() && is_short(next);
        if depth_end > index + 1 || last || belong_together(word, next, language, bonds) {
            out.push(WORD_JOINER);
        }
    }
    out
}

/// Pushes a word; slashes and hyphens inside of it are no place to break, but for slashes between two words where bonds are
/// few. After a hyphen at the end of a line poppler and PDFium take both parts for one word and drop the hyphen.
fn push_word(out: &mut String, word: &str, bonds: Bonds) {
    let whole = word.chars().count() <= SHORT_SYMBOL;
    for (index, part) in word.split_inclusive(['/', '-']).enumerate() {
        let slash = out.ends_with('/');
        let parts_words = slash && bonds >= Bonds::Closest && is_whole_word(last_part(out)) && is_whole_word(part);
        if index > 0 && whole && !parts_words {
            out.push(WORD_JOINER);
        }
        for c in part.chars() {
            // No line starts with a dash.
            if matches!(c, '—' | '–') && !out.is_empty() && !out.ends_with(' ') {
                out.push(WORD_JOINER);
            }
            out.push(c);
        }
    }
}

/// Whether a word is an address or a symbol, which may be cut where it is wider than its column: Latin letters or digits with
/// slashes, hyphens or stops inside, and not a number.
fn may_be_cut(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    inner.contains(['/', '-', '.']) && inner.chars().any(char::is_alphabetic)
}

/// Pushes an address or a symbol with a place to break after every slash, hyphen and stop inside of it, but for those between
/// two digits: `61/180` stays whole, and so does `1.000`.
fn push_cut(out: &mut String, word: &str) {
    let mut before = ' ';
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        let next = rest.peek().copied().unwrap_or(' ');
        let between_digits = before.is_numeric() && next.is_numeric();
        match c {
            // `//` and `...` are cut behind their end.
            '/' | '-' | '.' if next.is_alphanumeric() && !between_digits => out.push(ZERO_WIDTH_SPACE),
            '/' | '-' if next != ' ' => out.push(WORD_JOINER),
            _ => {}
        }
        before = c;
    }
}

/// What was pushed last, from the slash or space before it.
fn last_part(pushed: &str) -> &str {
    let pushed = pushed.trim_end_matches('/');
    pushed.rsplit([' ', '/']).next().unwrap_or(pushed)
}

/// Whether a part of a word between slashes is a word of its own: three letters, no digit, and not
/// the capitals of a symbol.
fn is_whole_word(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic() && !c.is_uppercase());
    letters.count() > 2 && !part.chars().any(char::is_numeric)
}

/// The index after the last word of a short parenthesis that opens in the word at `index`; `index` when none does.
fn parenthesis_end(words: &[&str], index: usize) -> usize {
    if !words[index].starts_with('(') {
        return index;
    }
    let mut length = 0;
    for (offset, word) in words[index..].iter().enumerate() {
        length += word.chars().count() + 1;
        if length > SHORT_PARENTHESIS {
            return index;
        }
        if word.contains(')') {
            return index + offset + 1;
        }
    }
    index
}

fn is_short(word: &str) -> bool {
    let count = word.chars().filter(|c| !is_steering(*c)).count();
    count > 0 && count < SHORT
}

fn belong_together(word: &str, next: &str, language: Language, bonds: Bonds) -> bool {
    let bare = word.trim_start_matches(['(', '[', '“', '”', '«', '"']);
    let open = next.trim_start_matches(['(', '[', '“', '”', '«', '"']);
    let number_next = starts_with_number(open);
    let number_here = is_number(bare);
    is_conjunction(bare)
        || (bonds == Bonds::All && locale::is_number_noun(language, bare) && (number_next || is_symbol(open)))
        || (locale::is_month_word(language, next) && (number_here || locale::is_month_word(language, bare)))
        || (number_here && (is_percent(next) || is_single_capital(next)))
        || ((number_here || is_single_capital(bare)) && is_session(next))
        || (is_initial(bare) && next.chars().next().is_some_and(starts_a_name))
}

/// The Arabic `and` when it stands apart, as before a number or a symbol. No line ends with it.
fn is_conjunction(word: &str) -> bool {
    word == "و"
}

/// The initials of a name, each a letter with a stop: `J.`, `J.R.`, `د.`.
fn is_initial(word: &str) -> bool {
    let Some(letters) = word.strip_suffix('.') else {
        return false;
    };
    letters.split('.').all(|letter| {
        let mut chars = letter.chars();
        chars.next().is_some_and(starts_a_name) && chars.next().is_none()
    })
}

/// A capital, or a letter of a script that has none.
fn starts_a_name(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase()
}

fn is_single_capital(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// The session after the number of a resolution: `(XXI)`, `(د`, `(S-I)`.
fn is_session(word: &str) -> bool {
    word.strip_prefix('(').is_some_and(|inner| {
        let inner = inner.trim_end_matches([')', ',', ';', '.', '،', '؛']);
        inner.chars().count() == 1 || inner.chars().all(|c| "IVXLC-S".contains(c) || c.is_numeric())
    })
}

fn is_percent(word: &str) -> bool {
    matches!(word.trim_end_matches([',', ';', '.', '،', '؛']), "%" | "٪")
}

/// A document symbol or its part: Latin letters with slashes or stops and digits.
fn is_symbol(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.contains(|c: char| c == '/' || c.is_ascii_digit())
}

fn starts_with_number(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_numeric)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of tests/line/breaks.tsv: language, whether the paragraph ends here, and the text with `~` for every
    /// space after which no line may break. A case that fails is a line that an editor would have to mend by hand.
    /// `close` and `closest` in the second field are paragraphs that are set with fewer bonds.
    #[test]
    fn lines_do_not_break_where_they_must_not() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/line/breaks.tsv");
        let cases = std::fs::read_to_string(path).expect("tests/line/breaks.tsv");
        let mut faults = Vec::new();
        for case in cases.lines().filter(|case| !case.is_empty() && !case.starts_with('#')) {
            let fields: Vec<&str> = case.split('\t').collect();
            let [language, end, expected] = fields[..] else {
                panic!("three fields are expected: {case}")
            };
            let language = Language::from_code(language).expect("a language");
            let text = expected.replace('~', " ");
            let bonds = match end {
                "close" => Bonds::Close,
                "closest" => Bonds::Closest,
                _ => Bonds::All,
            };
            let found = glue(&text, language, end == "end", bonds)
                .replace(" \u{2060}", "~")
                .replace('\u{2060}', "");
            if found != expected {
                faults.push(format!("expected {expected}\n   found {found}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn addresses_and_symbols_are_cut_at_their_joints_and_numbers_are_not() {
        let cut = |text| {
            glue(text, Language::English, false, Bonds::Cut)
                .replace('\u{200b}', "|")
                .replace('\u{2060}', "")
        };
        assert_eq!(cut("https://example.org/a-b/70/"), "https://|example.|org/|a-|b/|70/");
        assert_eq!(cut("A/HRC/RES/61/180"), "A/|HRC/|RES/|61/180");
        assert_eq!(cut("1.234.567,89 and 12-34/56"), "1.234.567,89 and 12-34/56");
        assert_eq!(cut("info-70@example.org."), "info-|70@example.|org.");
    }

    #[test]
    fn slashes_of_a_symbol_are_no_place_to_break() {
        assert_eq!(
            glue("A/RES/61/180", Language::English, false, Bonds::All),
            "A/\u{2060}RES/\u{2060}61/\u{2060}180"
        );
    }

    #[test]
    fn no_line_starts_with_a_dash() {
        let glued = "persons\u{2060}—1 and – so";
        assert_eq!(glue("persons—1 and – so", Language::English, false, Bonds::All), glued);
    }

    #[test]
    fn a_hyphen_is_no_place_to_break() {
        let glued = "the Inter-\u{2060}Agency Group - as";
        assert_eq!(
            glue("the Inter-Agency Group - as", Language::English, false, Bonds::All),
            glued
        );
    }

    #[test]
    fn the_two_names_of_a_month_may_part_at_their_slash_where_bonds_are_few() {
        let date = "المؤرخ ٢ تشرين الثاني/نوفمبر ٢٠٠٠";
        let names = "الثاني/نوفمبر";
        assert!(!glue(date, Language::Arabic, false, Bonds::Close).contains(names));
        assert!(glue(date, Language::Arabic, false, Bonds::Closest).contains(names));
        let symbol = glue("A/HRC/RES/61", Language::English, false, Bonds::Closest);
        assert_eq!(symbol.matches('\u{2060}').count(), 3);
    }
}
