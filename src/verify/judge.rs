//! Judges a text that a reader gets against the text that it should get.

use crate::text::{TATWEEL, is_presentation_form, is_steering};
use rustc_hash::FxHashMap;
use serde::Serialize;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// How a text came out, from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// Letter by letter as in the source.
    Exact,
    /// The letters are right; a space, or a joiner that nobody sees, is missing or too many.
    Spaces,
    /// Right but for kashidas as characters (U+0640) inside words.
    Tatweel,
    /// Right but for letters told as presentation forms (U+FB50 to U+FDFF, U+FE70 to U+FEFF).
    Forms,
    /// All letters are there, in another order.
    Reordered,
    /// Letters are missing, or others stand there.
    Lost,
}

/// A text that a reader gets, judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// How it came out.
    pub judgement: Judgement,
    /// Where it first differs: the source there, and what the reader gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
}

/// Where a text first differs from its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The text of the source round the place.
    pub source: String,
    /// What a reader gets there.
    pub found: String,
}

/// Judges a text. A line feed in what was found is the end of a line on the page: there a word may be broken at its hyphen,
/// so it stands for a space or for nothing.
pub fn judge(source: &str, found: &str) -> Reading {
    let (a, b) = (visible(source), visible(found));
    if a == b || same_over_lines(&a, found) {
        return Reading {
            judgement: Judgement::Exact,
            difference: None,
        };
    }
    let difference = difference(&a, &b);
    let (a, b) = (letters(&a), letters(&b));
    let plain = |text: &str| text.chars().filter(|c| *c != TATWEEL).collect::<String>();
    let judgement = if a == b {
        Judgement::Spaces
    } else if plain(&a) == plain(&b) {
        Judgement::Tatweel
    } else if plain(&a) == plain(&folded(&b)) {
        Judgement::Forms
    } else if same_letters(&plain(&a), &plain(&folded(&b))) {
        Judgement::Reordered
    } else {
        Judgement::Lost
    };
    Reading {
        judgement,
        difference: Some(difference),
    }
}

fn same_over_lines(source: &str, found: &str) -> bool {
    let mut rest = source;
    let lines = found.split('\n').map(visible).filter(|line| !line.is_empty());
    for line in lines {
        let rest_of = |line: &str| rest.trim_start().strip_prefix(line);
        // A hyphen that the source has not divides a word: its other part starts the next line.
        let divided = || rest_of(line.strip_suffix('-')?).filter(|after| after.starts_with(char::is_alphabetic));
        match rest_of(&line).or_else(divided) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

/// A text without steering characters, each stretch of white space one space, in the canonical form of Unicode: two marks of
/// one letter are the same text in either order.
pub(super) fn visible(text: &str) -> String {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        visible_characters(text.chars(), text.len())
    } else {
        visible_characters(text.nfc(), text.len())
    }
}

fn visible_characters(text: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    for c in text.filter(|c| !is_steering(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A text without spaces and joiners.
pub(super) fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !is_steering(*c) && !matches!(c, '\u{200c}' | '\u{200d}'))
        .collect()
}

/// A text with its presentation forms as the letters that they are.
pub(super) fn folded(text: &str) -> String {
    if !text.contains(is_presentation_form) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_presentation_form(c) {
            out.extend(std::iter::once(c).nfkc());
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether what is drawn has the characters of a text, each as often, and no others but hyphens: those that divide words at the
/// ends of lines stand in no text.
pub(super) fn has_letters(drawn: &str, text: &str) -> bool {
    let counts = difference_of(drawn, text);
    counts.iter().all(|(c, count)| *count == 0 || (*c == '-' && *count > 0))
}

/// Whether two texts have the same characters, each as often.
pub(super) fn same_letters(a: &str, b: &str) -> bool {
    difference_of(a, b).values().all(|count| *count == 0)
}

/// How much more often one text has each character than another.
fn difference_of(a: &str, b: &str) -> FxHashMap<char, i64> {
    let mut counts: FxHashMap<char, i64> = FxHashMap::default();
    a.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    b.chars().for_each(|c| *counts.entry(c).or_default() -= 1);
    counts
}

/// How much of a text is shown round a difference, in characters before and after.
const AROUND: (usize, usize) = (12, 24);

fn difference(a: &str, b: &str) -> Difference {
    let at = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    Difference {
        source: excerpt(a, at),
        found: excerpt(b, at),
    }
}

/// The words round a place.
pub(super) fn excerpt(text: &str, at: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = at.min(characters.len());
    let mut start = at.saturating_sub(AROUND.0);
    while start > 0 && characters[start - 1] != ' ' && at - start < 2 * AROUND.0 {
        start -= 1;
    }
    let mut end = (at + AROUND.1).min(characters.len());
    while end < characters.len() && characters[end] != ' ' && end - at < 2 * AROUND.1 {
        end += 1;
    }
    let mut out = String::new();
    if start > 0 {
        out.push_str("… ");
    }
    out.extend(&characters[start..end]);
    if end < characters.len() {
        out.push_str(" …");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_judged_by_its_worst_fault() {
        let cases = [
            ("قرار ٦١/١٨٠", "قرار  ٦١/١٨٠ ", Judgement::Exact),
            ("قرار ٦١/١٨٠", "قرار\u{a0}٦١/١٨٠", Judgement::Exact),
            (
                "inter- and non-governmental",
                "inter- and\nnon-\ngovernmental",
                Judgement::Exact,
            ),
            ("non-governmental", "non- governmental", Judgement::Spaces),
            (
                "all governments, non-members",
                "all govern-\nments, non-mem-\nbers",
                Judgement::Exact,
            ),
            ("all governments", "all-\ngovernments", Judgement::Lost),
            ("governments", "govern- ments", Judgement::Lost),
            ("بالأشخاص(١)،", "بالأشخاص\u{200f}(١)،", Judgement::Exact),
            ("إن\u{651}\u{64e}", "إن\u{64e}\u{651}", Judgement::Exact),
            ("آ", "ا\u{653}", Judgement::Exact),
            ("الفريق وبخاصة", "الفر يق و بخاصة", Judgement::Spaces),
            ("حماية", "حمـــاية", Judgement::Tatweel),
            ("سلام", "ﺳﻼﻡ", Judgement::Forms),
            ("٢٠٠٦/٢٧", "٢٧/٢٠٠٦", Judgement::Reordered),
            ("سلام", "مالس", Judgement::Reordered),
            ("الجمعية العامة", "الجمعية", Judgement::Lost),
            ("الجمعية", "الجمعبة", Judgement::Lost),
        ];
        for (source, found, expected) in cases {
            assert_eq!(judge(source, found).judgement, expected, "`{source}` read as `{found}`");
        }
    }

    #[test]
    fn a_difference_is_told_with_the_words_round_it() {
        let found = judge("إذ تشير إلى قراراتها ٥٥/٢٥ المؤرخ", "إذ تشير إلى قراراتها ٢٥/٥٥ المؤرخ").difference;
        let found = found.map(|d| (d.source.contains("٥٥/٢٥"), d.found.contains("٢٥/٥٥")));
        assert_eq!(found, Some((true, true)));
    }
}
