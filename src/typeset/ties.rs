//! What ties words: a number and the word that it belongs to, a day and its month, the parts of a symbol.
//!
//! Official Arabic texts keep `و` with the number after it, the day with its month, a number with its noun (`القرار
//! ٥٥/٢٥`), and the parts of `(د - ٥٦)` on one line; English ones keep `No. 27531` and `20 December`. UAX #14 knows
//! none of these. Lines of paragraphs are broken by costs, and each tie has one ([`Tie`]). Typst, which breaks headings and
//! tables, knows no costs: there a word joiner (U+2060) after the space forbids the break (rule LB11) and leaves the space a
//! space; it steers only and is taken out of what readers get.

use crate::line::{JOINED, Tie, Tied};
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

/// A paragraph of lines that are broken by costs: its text with what ties its words.
pub(super) fn tied(text: &str, language: Language) -> Tied {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = Tied::default();
    let mut ties = Ties::new(&words, language);
    for (index, word) in words.iter().enumerate() {
        push_tied_word(&mut out, word.strip_prefix(WORD_JOINER).unwrap_or(word));
        let tie = ties.after(index);
        if let Some(next) = words.get(index + 1) {
            out.text.push_str(JOINED);
            // What is one number has joiners already.
            let never = next.starts_with(WORD_JOINER).then_some(Tie::Never);
            never.or(tie).into_iter().for_each(|tie| out.tie(tie));
        }
    }
    out
}

/// A text that Typst breaks, with word joiners where no line may break. `end` tells that the paragraph ends with it, `cut` that
/// its addresses and symbols may be cut, since one is wider than its column.
pub(super) fn glue(text: &str, language: Language, end: bool, cut: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut ties = Ties::new(&words, language);
    for (index, word) in words.iter().enumerate() {
        if cut && may_be_cut(word) {
            push_cut(&mut out, word);
        } else {
            push_word(&mut out, word);
        }
        let tie = ties.after(index);
        let Some(next) = words.get(index + 1) else { break };
        out.push(' ');
        let last = end && index + 2 == words.len() && is_short(next);
        if last || tie.is_some() {
            out.push(WORD_JOINER);
        }
    }
    out
}

/// The ties between the words of a text.
struct Ties<'a> {
    words: &'a [&'a str],
    language: Language,
    /// The word after the short parenthesis at hand.
    parenthesis_end: usize,
}

impl<'a> Ties<'a> {
    fn new(words: &'a [&'a str], language: Language) -> Self {
        Self {
            words,
            language,
            parenthesis_end: 0,
        }
    }

    /// What ties the word of an index to the next. Asked for every word in turn.
    fn after(&mut self, index: usize) -> Option<Tie> {
        if self.parenthesis_end <= index {
            self.parenthesis_end = parenthesis_end(self.words, index);
        }
        let (word, next) = (self.words[index], self.words.get(index + 1)?);
        let in_parenthesis = (self.parenthesis_end > index + 1).then_some(Tie::Loose);
        belong_together(word, next, self.language).or(in_parenthesis)
    }
}

/// The parts of a word between its slashes and hyphens, which are no place to break. After a hyphen at the end of a line poppler and
/// PDFium take both parts for one word and drop the hyphen.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split_inclusive(['/', '-'])
}

/// Whether a word is kept whole at its slashes and hyphens.
fn is_kept_whole(word: &str) -> bool {
    word.chars().count() <= SHORT_SYMBOL
}

/// Pushes a word that no line ends in.
fn push_word(out: &mut String, word: &str) {
    let whole = is_kept_whole(word);
    for (index, part) in parts(word).enumerate() {
        if index > 0 && whole {
            out.push(WORD_JOINER);
        }
        push_part(out, part);
    }
}

fn push_part(out: &mut String, part: &str) {
    for c in part.chars() {
        // No line starts with a dash.
        if matches!(c, '—' | '–') && !out.is_empty() && !out.ends_with([' ', WORD_JOINER]) {
            out.push(WORD_JOINER);
        }
        out.push(c);
    }
}

/// Pushes a word with what ties its parts: a slash between two words parts them where it must, and the inside of an address or a
/// symbol is parted where nothing else is left.
fn push_tied_word(out: &mut Tied, word: &str) {
    if !is_kept_whole(word) {
        push_part(&mut out.text, word);
        return;
    }
    let may_be_cut = may_be_cut(word);
    let mut before = "";
    for part in parts(word) {
        if !before.is_empty() {
            out.text.push(WORD_JOINER);
            let sides = (before.chars().nth_back(1), part.chars().next());
            let between_digits = sides.0.is_some_and(char::is_numeric) && sides.1.is_some_and(char::is_numeric);
            if before.ends_with('/') && is_whole_word(before.trim_end_matches('/')) && is_whole_word(part) {
                out.tie(Tie::Words);
            } else if may_be_cut && !between_digits && sides.1.is_some_and(char::is_alphanumeric) {
                out.tie(Tie::Inside);
            }
        }
        let mut from = 0;
        for (at, _) in part.match_indices('.').filter(|_| may_be_cut) {
            let sides = (part[..at].chars().next_back(), part[at + 1..].chars().next());
            let between_digits = sides.0.is_some_and(char::is_numeric) && sides.1.is_some_and(char::is_numeric);
            if sides.1.is_some_and(char::is_alphanumeric) && !between_digits {
                push_part(&mut out.text, &part[from..=at]);
                out.tie(Tie::Inside);
                from = at + 1;
            }
        }
        push_part(&mut out.text, &part[from..]);
        before = part;
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

fn belong_together(word: &str, next: &str, language: Language) -> Option<Tie> {
    let bare = word.trim_start_matches(['(', '[', '“', '”', '«', '"']);
    let open = next.trim_start_matches(['(', '[', '“', '”', '«', '"']);
    let number_next = starts_with_number(open);
    let number_here = is_number(bare);
    let firm = is_conjunction(bare)
        || (locale::is_month_word(language, next) && (number_here || locale::is_month_word(language, bare)))
        || (number_here && (is_percent(next) || is_single_capital(next)))
        || ((number_here || is_single_capital(bare)) && is_session(next))
        || (is_initial(bare) && next.chars().next().is_some_and(starts_a_name));
    let loose = locale::is_number_noun(language, bare) && (number_next || is_symbol(open));
    firm.then_some(Tie::Firm).or(loose.then_some(Tie::Loose))
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

    /// The text of a case: `~` for every space that is tied, `=` for one that is tied firmly.
    fn shown(text: &str, language: Language) -> String {
        let tied = tied(text, language);
        let mut shown = tied.text.clone();
        for (at, tie) in tied.ties.iter().rev() {
            let at = *at as usize;
            if shown[..at].ends_with(JOINED) {
                let mark = if *tie == Tie::Loose { "~" } else { "=" };
                shown.replace_range(at - JOINED.len()..at, mark);
            }
        }
        shown.replace(JOINED, " ").replace(WORD_JOINER, "")
    }

    /// The cases of tests/line/breaks.tsv: language, and the text with `~` for every space that is tied and `=` for one that
    /// is tied firmly. A case that fails is a line that an editor would have to mend by hand.
    #[test]
    fn words_that_belong_together_are_tied() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/line/breaks.tsv");
        let cases = std::fs::read_to_string(path).expect("tests/line/breaks.tsv");
        let mut faults = Vec::new();
        for case in cases.lines().filter(|case| !case.is_empty() && !case.starts_with('#')) {
            let (language, expected) = case.split_once('\t').expect("two fields");
            let language = Language::from_code(language).expect("a language");
            let found = shown(&expected.replace(['~', '='], " "), language);
            if found != expected {
                faults.push(format!("expected {expected}\n   found {found}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn in_headings_no_short_word_is_the_last_line() {
        let glued = |text| glue(text, Language::ENGLISH, true, false).replace(JOINED, "~");
        assert_eq!(glued("and assistance to them;"), "and assistance to~them;");
        assert_eq!(glued("of all slavery, contemporary"), "of all slavery, contemporary");
    }

    /// Where a line may end inside of the words of a text: `|` for the inside of a symbol, `¦` between two words.
    fn parted(text: &str) -> String {
        let tied = tied(text, Language::ENGLISH);
        let mut parted = tied.text.clone();
        for (at, tie) in tied.ties.iter().rev() {
            match tie {
                Tie::Inside => parted.insert(*at as usize, '|'),
                Tie::Words => parted.insert(*at as usize, '¦'),
                _ => {}
            }
        }
        parted.replace(WORD_JOINER, "")
    }

    #[test]
    fn addresses_and_symbols_are_cut_at_their_joints_and_numbers_are_not() {
        assert_eq!(parted("A/HRC/RES/61/180"), "A/|HRC/|RES/|61/180");
        assert_eq!(parted("1.234.567,89 and 12-34/56"), "1.234.567,89 and 12-34/56");
        assert_eq!(parted("info-70@example.org."), "info-|70@example.|org.");
        assert_eq!(parted("الثاني/نوفمبر"), "الثاني/¦نوفمبر");
        let cut = |text| {
            glue(text, Language::ENGLISH, false, true)
                .replace('\u{200b}', "|")
                .replace('\u{2060}', "")
        };
        assert_eq!(cut("https://example.org/a-b/70/"), "https://|example.|org/|a-|b/|70/");
    }

    #[test]
    fn slashes_of_a_symbol_are_no_place_to_break() {
        assert_eq!(
            glue("A/RES/61/180", Language::ENGLISH, false, false),
            "A/\u{2060}RES/\u{2060}61/\u{2060}180"
        );
    }

    #[test]
    fn no_line_starts_with_a_dash() {
        let glued = "persons\u{2060}—1 and – so";
        assert_eq!(glue("persons—1 and – so", Language::ENGLISH, false, false), glued);
    }

    #[test]
    fn a_hyphen_is_no_place_to_break() {
        let glued = "the Inter-\u{2060}Agency Group - as";
        assert_eq!(
            glue("the Inter-Agency Group - as", Language::ENGLISH, false, false),
            glued
        );
    }

    /// If it fails, the groups of a telephone number stand on two lines.
    #[test]
    fn a_number_of_several_groups_is_one() {
        let tied = tied("on +961 \u{2060}1 \u{2060}555", Language::ENGLISH);
        assert_eq!(tied.ties.iter().filter(|(_, tie)| *tie == Tie::Never).count(), 2);
        assert_eq!(tied.text, "on \u{2060}+961 \u{2060}1 \u{2060}555");
    }
}
