//! Stretches of another direction whose marks print at their other end. `C++` in Arabic text is a name with two signs to its
//! author, and a name before two signs of the Arabic sentence to UAX #9: what is meant only the author can say.

use std::ops::Range;

use unicode_bidi::BidiClass;

use super::characters::FirstOnes;
use super::place::{locate, meets};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::{Direction, Language, Written, written_numbers};
use crate::model::pieces;
use crate::source::ParsedText;
use crate::text::bidi;

/// Warns of stretches whose order is doubtful, with the notation that says what is meant.
pub(super) fn check(text: &ParsedText, diagnostics: &mut Diagnostics) {
    let language = text.expression.language;
    let mut warnings = FirstOnes::default();
    for content in text.expression.contents() {
        let pieces = pieces(content);
        let last = pieces
            .iter()
            .rposition(|(piece, _)| piece.contains(char::is_alphanumeric));
        for (index, (piece, span)) in pieces.iter().enumerate() {
            let more = last > Some(index);
            for doubt in doubts(piece, language, more) {
                warnings.push(|| {
                    let source = text.file.slice((*span).clone());
                    let place = locate(source, piece, &doubt.range);
                    let place = place.map_or((*span).clone(), |at| span.start + at.start..span.start + at.end);
                    let written = text.file.slice(place.clone()) == &piece[doubt.range.clone()];
                    let warning = doubt.warning(piece).at(&text.file, place);
                    match doubt.number {
                        None if written => warning.fix(doubt.isolated(piece)),
                        _ => warning,
                    }
                });
            }
        }
    }
    diagnostics.extend(warnings.told());
}

/// The stretches of a text whose order is doubtful: what is in them is told here and nowhere else.
pub(super) fn doubtful(text: &str, language: Language) -> Vec<Range<usize>> {
    doubts(text, language, true)
        .into_iter()
        .map(|doubt| doubt.range)
        .collect()
}

/// A stretch whose order is doubtful.
#[derive(Debug, PartialEq, Eq)]
struct Doubt {
    range: Range<usize>,
    /// The language that is offered for it.
    language: Language,
    /// The number after it, which may belong to it.
    number: Option<Range<usize>>,
}

impl Doubt {
    /// The stretch with its language.
    fn isolated(&self, text: &str) -> String {
        format!("[{}]{{.{}}}", &text[self.range.clone()], self.language.code())
    }

    fn warning(&self, text: &str) -> Diagnostic {
        let (stretch, code) = (&text[self.range.clone()], self.language.code());
        let Some(number) = &self.number else {
            let message = format!("the marks of `{stretch}` are printed at its other end");
            return Diagnostic::warning(message).rule("direction-of-marks").hint(format!(
                "where they belong to it write `{}`, with its language",
                self.isolated(text)
            ));
        };
        let number = &text[number.clone()];
        let message = format!("the number `{number}` is printed at the left of `{stretch}`");
        Diagnostic::warning(message).rule("direction-of-number").hint(format!(
            "write `[{stretch}]{{.{code}}} {number}` where it goes on with the sentence, `[{stretch} {number}]{{.{code}}}` \
             where it belongs to the words before it"
        ))
    }
}

/// A word of a text.
struct Word<'a> {
    range: Range<usize>,
    text: &'a str,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// With letters of the other direction, and none of this one.
    Other,
    /// A number in Western digits.
    Number,
    /// All else.
    Own,
}

/// The doubtful stretches of a text; `more` tells that text of its paragraph follows.
fn doubts(text: &str, language: Language, more: bool) -> Vec<Doubt> {
    let leftwards = language.direction() == Direction::RightToLeft;
    let dialled: Vec<Range<usize>> = written_numbers(text)
        .into_iter()
        .filter(|(written, _)| matches!(written, Written::Telephone | Written::Measured))
        .map(|(_, range)| range)
        .collect();
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut from = 0;
    for word in text.split(' ') {
        let range = from..from + word.len();
        from = range.end + 1;
        let kind = if meets(&dialled, &range) {
            Kind::Own
        } else {
            kind(word, leftwards)
        };
        words.push(Word {
            range,
            text: word,
            kind,
        });
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let length = words[at..].iter().take_while(|word| word.kind != Kind::Own).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let followed = more
            || words[at + length..]
                .iter()
                .any(|word| word.text.contains(char::is_alphanumeric));
        let stretch = &words[at..at + length];
        if leftwards {
            found.extend(latin(text, stretch, followed));
        } else {
            found.extend(arabic(text, stretch, followed));
        }
        at += length;
    }
    found
}

fn kind(word: &str, leftwards: bool) -> Kind {
    let has = |is: fn(BidiClass) -> bool| word.chars().any(|c| is(bidi::class(c)));
    let (latin, arabic) = (
        has(|class| class == BidiClass::L),
        has(|class| matches!(class, BidiClass::R | BidiClass::AL | BidiClass::AN)),
    );
    match (latin, arabic) {
        (true, false) if leftwards => Kind::Other,
        (false, true) if !leftwards => Kind::Other,
        (false, false) if word.contains(|c: char| c.is_ascii_digit()) => Kind::Number,
        _ => Kind::Own,
    }
}

/// Signs that belong to a word whatever its sentence is.
fn is_sign(c: char) -> bool {
    matches!(c, '+' | '#' | '′' | '″' | '°' | '*')
}

/// What stands round a stretch and is not a part of it: brackets, quotation marks, stops of the sentence.
fn is_round(c: char) -> bool {
    matches!(
        c,
        '(' | ')'
            | '['
            | ']'
            | '«'
            | '»'
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '"'
            | ','
            | ';'
            | ':'
            | '،'
            | '؛'
            | '؟'
            | '۔'
            | '—'
            | '–'
    )
}

/// The stretch of words without what stands round it.
fn bare(text: &str, words: &[Word<'_>]) -> Range<usize> {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return 0..0;
    };
    let whole = &text[first.range.start..last.range.end];
    let start = first.range.start + whole.len() - whole.trim_start_matches(is_round).len();
    let end = last.range.end - (whole.len() - whole.trim_end_matches(is_round).len());
    start..end.max(start)
}

/// A Latin stretch in right-to-left text.
fn latin(text: &str, words: &[Word<'_>], followed: bool) -> Option<Doubt> {
    // What a comma or a bracket ends is a stretch of its own.
    let mut parts = words.split_inclusive(|word| word.text.ends_with([',', ';', '،', '؛']));
    parts.find_map(|words| {
        // A number before or after Latin words is a part of the stretch only where its last word is Latin.
        let last = words.iter().rposition(|word| word.kind == Kind::Other)?;
        // So is the number that an abbreviation announces: `p. 226`.
        let announced = words[last].text.ends_with('.') && words.get(last + 1).is_some();
        let words = &words[..=last + usize::from(announced)];
        let range = bare(text, words);
        let stretch = &text[range.clone()];
        let end = stretch.chars().next_back()?;
        let start = stretch.chars().next()?;
        let closed = text[range.end..].chars().next().is_some_and(is_round);
        let last_word = stretch.rsplit(' ').next()?;
        let doubtful = is_sign(end)
            || end == '?'
            || (matches!(end, '\'' | '’') && stretch.contains('°'))
            || (end == '!' && (followed || closed))
            || (end == '.' && followed && is_abbreviation(last_word))
            || (announced && is_abbreviation(words[last].text))
            || (is_sign(start) || matches!(start, '.' | '!' | '?'))
            || stretch.split(' ').any(is_position);
        doubtful.then_some(Doubt {
            range,
            language: Language::ENGLISH,
            number: None,
        })
    })
}

/// An Arabic stretch in left-to-right text.
fn arabic(text: &str, words: &[Word<'_>], followed: bool) -> Option<Doubt> {
    let last = words.iter().rposition(|word| word.kind == Kind::Other)?;
    let first = words.iter().position(|word| word.kind == Kind::Other)?;
    let range = bare(text, &words[first..=last]);
    let stretch = &text[range.clone()];
    let language = Language::ARABIC;
    let end = stretch.chars().next_back()?;
    let last_word = stretch.rsplit(' ').next()?;
    let stops = end == '.' && followed && last_word.trim_end_matches('.').contains('.');
    if stops || (end == '!' && followed) || is_sign(end) {
        return Some(Doubt {
            range,
            language,
            number: None,
        });
    }
    // Nothing but a space stands between the two.
    let next = words.get(last + 1).filter(|next| next.range.start == range.end + 1)?;
    let number = bare(text, std::slice::from_ref(next));
    (number.start == next.range.start).then_some(Doubt {
        range,
        language,
        number: Some(number),
    })
}

/// Whether a word is a position or a measure that ends in a letter: `33°53'N`.
fn is_position(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| !c.is_alphabetic());
    word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(['°', '′', '″', '\'']) && !letters.is_empty()
}

/// Whether a stop belongs to the word before it.
fn is_abbreviation(word: &str) -> bool {
    const KNOWN: [&str; 32] = [
        "Inc", "Ltd", "Co", "Corp", "Bros", "Dr", "Mr", "Mrs", "Ms", "Jr", "Sr", "St", "Prof", "Gen", "Gov", "Rev",
        "No", "Nos", "Vol", "vol", "p", "pp", "para", "paras", "art", "arts", "sect", "ed", "eds", "al", "etc", "cf",
    ];
    let bare = word.trim_start_matches(is_round).trim_end_matches('.');
    bare.contains('.') || KNOWN.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: Language) -> Vec<(String, Option<String>)> {
        let told = |doubt: Doubt| {
            (
                text[doubt.range].to_owned(),
                doubt.number.map(|number| text[number].to_owned()),
            )
        };
        doubts(text, language, false).into_iter().map(told).collect()
    }

    #[test]
    fn marks_at_the_end_of_a_latin_stretch_are_doubtful() {
        let cases: &[(&str, &[&str])] = &[
            ("انظر ICJ Reports, p. 226. وانظر", &["p. 226."]),
            ("لغة C++ ولغة C#، و", &["C++", "C#"]),
            ("شركة Acme Inc. التي اجتمعت", &["Acme Inc."]),
            ("الساعة 9:30 a.m. في", &["9:30 a.m."]),
            ("كتاب ”What next?“ و", &["What next?"]),
            ("الموقع 33°53'N و 35°30'E،", &["33°53'N", "35°30'E"]),
            ("إلى !Yahoo وإلى *.txt", &["!Yahoo", "*.txt"]),
            ("من Statute (1998)، و Protocol I.", &[]),
            ("الوثيقة A/70/12 (Part I) و PDF. وقد", &[]),
            ("الهاتف +961 1 555 010 و v4.2.1", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<String> = found(text, Language::ARABIC)
                .into_iter()
                .map(|(stretch, _)| stretch)
                .collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn stops_and_numbers_after_an_arabic_stretch_are_doubtful() {
        assert_eq!(
            found("the company شركة أكمي ش.م.ل. which met", Language::ENGLISH),
            [("شركة أكمي ش.م.ل.".to_owned(), None)]
        );
        assert_eq!(
            found("in قاعة 25 people", Language::ENGLISH),
            [("قاعة".to_owned(), Some("25".to_owned()))]
        );
        assert!(found("the book (قواعد العمل), 12 of them, in قاعة (ب).", Language::ENGLISH).is_empty());
        assert!(found("at 9:30 a.m. in C++", Language::ENGLISH).is_empty());
    }
}
