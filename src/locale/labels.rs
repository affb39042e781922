//! The labels of paragraphs and the marks of notes.

use super::lines::fill;
use super::{Language, Script, Usage, number};
use crate::text::Alphabet;

/// How the paragraphs of one level are labelled.
pub(super) struct LabelStyle {
    pub(super) before: &'static str,
    pub(super) counter: Counter,
    pub(super) after: &'static str,
}

/// What counts the paragraphs.
pub(super) enum Counter {
    /// The digits of the language.
    Digits,
    /// Letters; after the last one they are doubled, then trebled, and so on.
    Letters,
    /// Roman numerals in lower case.
    Roman,
}

/// How often a letter is repeated at most; a paragraph that would need more is counted in digits.
const MOST_LETTERS: usize = 9;

/// The joiner that gives a letter at the end of a word its initial form. It is drawn by and no part of the text of a label.
const JOINER: char = '\u{200d}';

/// The mark of a note: `(١)` in the Arabic script, `1` in Latin.
pub fn note_mark(usage: impl Into<Usage>, n: u32) -> String {
    let usage = usage.into();
    fill(
        &usage.language.definition().notes.mark,
        &[("number", &number(usage, n))],
    )
}

/// What a note is called, as the name of a link to it: `حاشية ١`, `note 1`. Brackets round a number would be read out, and
/// in some readers the wrong way round.
pub fn note_name(usage: impl Into<Usage>, n: u32) -> String {
    let usage = usage.into();
    format!("{} {}", usage.language.definition().notes.name, number(usage, n))
}

/// What a link from a note to its mark is called: `حاشية ١، عودة إلى النص`, `note 1, back to the text`.
pub fn way_back(usage: impl Into<Usage>, n: u32) -> String {
    let usage = usage.into();
    format!("{}{}", note_name(usage, n), usage.language.definition().notes.back)
}

/// What parts the marks of two notes that stand at one place: the comma of the language, raised as the marks are.
pub fn between_note_marks(language: Language) -> &'static str {
    &language.definition().notes.between
}

/// The label of paragraph `n` (from 1) of a list `depth` lists deep: `١ -`, `(أ)`, `‘١’` in Arabic, `1.`, `(a)`, `(i)`,
/// `a.`, `i.` in English, `1.`, `a)`, `i)`, `a.`, `i.` in French and Spanish (United Nations Editorial Manual, Paragraphs
/// and subparagraphs). Below the last of them those of the sub-paragraphs come again.
pub fn operative_label(usage: impl Into<Usage>, depth: u8, n: u32) -> String {
    drawn_label(usage, depth, n).replace(JOINER, "")
}

/// The same label as it is drawn: with a joiner after a letter that stands in its initial form.
pub fn drawn_label(usage: impl Into<Usage>, depth: u8, n: u32) -> String {
    let usage = usage.into();
    let styles = styles(usage.language);
    let below = styles.len() - 1;
    let place = usize::from(depth);
    let style = &styles[if place < styles.len() {
        place
    } else {
        (place - 1) % below + 1
    }];
    let counted = match style.counter {
        Counter::Digits => None,
        Counter::Letters => usage
            .language
            .alphabets()
            .first()
            .and_then(|alphabet| lettered(alphabet, n)),
        Counter::Roman => roman(n).map(|numeral| numeral.to_lowercase()),
    };
    let counted = counted.unwrap_or_else(|| number(usage, n));
    format!("{}{counted}{}", style.before, style.after)
}

/// The label styles of a language: those of its table, else those of its script.
fn styles(language: Language) -> &'static [LabelStyle] {
    let is_listed = matches!(language.code(), "ar" | "en" | "fr" | "es" | "fa" | "ur");
    match is_listed || language.script() != Script::ARABIC {
        true => super::conventions(language).labels,
        false => super::conventions(Language::ARABIC).labels,
    }
}

/// The bullet of the items of a list that `level` other bulleted lists are round: a point, then a dash, in turn. French starts
/// with the dash (*Lexique des règles typographiques*, Énumérations).
pub fn bullet(language: Language, level: u8) -> &'static str {
    let dash_first = language == Language::FRENCH;
    if level.is_multiple_of(2) == dash_first {
        "–"
    } else {
        "•"
    }
}

/// The letters of paragraph `n` in an alphabet, as they are drawn: after the last one they are doubled, then trebled, and so
/// on. `None` for 0 and where a letter would be repeated more than nine times.
pub fn lettered(alphabet: &Alphabet, n: u32) -> Option<String> {
    let place = usize::try_from(n.checked_sub(1)?).ok()?;
    let times = place / alphabet.letters.len() + 1;
    let letter = alphabet.letters.get(place % alphabet.letters.len())?;
    (times <= MOST_LETTERS).then(|| vec![letter.as_str(); times].join(&alphabet.between))
}

/// A Roman numeral in capitals. `None` for 0 and above 3999, which have none.
pub fn roman(n: u32) -> Option<String> {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&n) {
        return None;
    }
    let mut rest = n;
    let mut numeral = String::new();
    for (value, letters) in NUMERALS {
        while rest >= value {
            numeral.push_str(letters);
            rest -= value;
        }
    }
    Some(numeral)
}
