//! Characters that a source must not hold: what cannot be seen, what steers the page instead of saying something, what
//! has another spelling, and what no font has.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::char::is_combining_mark;

use super::without_font::Missing;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fonts::Fonts;
use crate::limits::grouped;
use crate::locale::Language;
use crate::model::{Expression, stretches};
use crate::source::ParsedText;
use crate::text::TATWEEL;
use crate::text::{
    Script, SourceFile, describe, is_bidi_control, is_invisible, is_presentation_form, is_private, letters,
};

const JOINER: char = '\u{200d}';
const NON_JOINER: char = '\u{200c}';
const ORDER_MARK: char = '\u{feff}';

/// How many faults of one kind are told of a file one by one. A file of another encoding would have thousands.
const MOST: usize = 20;
/// How many letters of a word are looked at before and after a place.
const LONGEST_WORD: usize = 200;

/// Looks at every character of a file. `expression` is its text; `None` for `document.toml`.
pub(super) fn scan(file: &Arc<SourceFile>, expression: Option<&Expression>, diagnostics: &mut Diagnostics) {
    let text = file.text();
    let named = expression.map(named).unwrap_or_default();
    let language_at = |at: usize| {
        let before = named.partition_point(|(span, _)| span.start <= at);
        let inside = before.checked_sub(1).map(|last| &named[last]);
        let inside = inside
            .filter(|(span, _)| span.contains(&at))
            .map(|(_, language)| *language);
        inside.or(expression.map(|expression| expression.language))
    };
    let mut faults: BTreeMap<Kind, FirstOnes> = BTreeMap::new();
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii_graphic() {
            continue;
        }
        let language = language_at(at);
        let Some(kind) = kind(c, text, at, language).filter(|_| at >= done) else {
            continue;
        };
        let span = match kind {
            Kind::Tatweel => run(text, at, |other| other == TATWEEL),
            Kind::PresentationForm => word(text, at),
            _ => run(text, at, |other| other == c),
        };
        done = span.end;
        let told = || fault(kind, c, text, &span, language).at(file, span.clone());
        faults.entry(kind).or_default().push(told);
    }
    diagnostics.extend(faults.into_values().flat_map(FirstOnes::told));
}

/// The stretches of a text whose language the author names, in their order in the file.
fn named(expression: &Expression) -> Vec<(Range<usize>, Language)> {
    let contents = expression.contents().into_iter();
    let mut named: Vec<(Range<usize>, Language)> = contents
        .flat_map(stretches)
        .filter_map(|stretch| Some((stretch.span.clone(), stretch.language?)))
        .collect();
    named.sort_by_key(|(span, _)| span.start);
    named
}

/// The first faults of a kind. Those that nobody reads are counted and not even made: each may quote a long word.
#[derive(Debug, Default)]
pub(super) struct FirstOnes {
    faults: Vec<Diagnostic>,
    more: usize,
}

impl FirstOnes {
    pub(super) fn push(&mut self, fault: impl FnOnce() -> Diagnostic) {
        if self.faults.len() < MOST {
            self.faults.push(fault());
        } else {
            self.more += 1;
        }
    }

    /// The faults; the last of them says how many more there are.
    pub(super) fn told(mut self) -> Vec<Diagnostic> {
        if self.more > 0
            && let Some(last) = self.faults.pop()
        {
            let more = grouped(self.more);
            self.faults.push(last.hint(format!(
                "{more} more like it {} in this file",
                if self.more == 1 { "follows" } else { "follow" }
            )));
        }
        self.faults
    }
}

/// What is wrong with a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    OrderMark,
    Direction,
    Invisible,
    Private,
    Tatweel,
    PresentationForm,
}

fn kind(c: char, text: &str, at: usize, language: Option<Language>) -> Option<Kind> {
    match c {
        TATWEEL => Some(Kind::Tatweel),
        ORDER_MARK if at == 0 => Some(Kind::OrderMark),
        '\r' if !text[at + 1..].starts_with('\n') => Some(Kind::Invisible),
        c if is_bidi_control(c) => Some(Kind::Direction),
        NON_JOINER | JOINER if joins(c, text, at, language) => None,
        c if is_invisible(c) => Some(Kind::Invisible),
        c if is_private(c) => Some(Kind::Private),
        c if is_presentation_form(c) => Some(Kind::PresentationForm),
        _ => None,
    }
}

/// Whether a joiner does what it is there for: a non-joiner between two letters of Persian or Urdu, a joiner after an
/// Arabic letter that ends a word, as in the sign of the Hijri year.
fn joins(c: char, text: &str, at: usize, language: Option<Language>) -> bool {
    let Some(language) = language.filter(|language| language.script() == Script::ARABIC) else {
        return false;
    };
    let letter = |c: char| c.is_alphabetic() && is_arabic(c);
    let before = text[..at].chars().next_back().is_some_and(letter);
    let after = text[at + c.len_utf8()..]
        .chars()
        .next()
        .is_some_and(char::is_alphabetic);
    match c {
        NON_JOINER => before && after && language.definition().letters.non_joiner,
        _ => before && !after,
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn fault(kind: Kind, c: char, text: &str, span: &Range<usize>, language: Option<Language>) -> Diagnostic {
    match kind {
        Kind::OrderMark => Diagnostic::error("the file starts with a byte order mark (U+FEFF)")
            .rule("byte-order-mark")
            .fix("")
            .hint("save it as UTF-8 without a byte order mark (BOM)"),
        Kind::Direction => Diagnostic::error(format!(
            "a character that steers the direction of text: {}",
            describe(c)
        ))
        .rule("direction-character")
        .fix("")
        .hint(
            "take it away: the direction follows from the language and its letters; a stretch that keeps its own is \
             written `[C++]{.en}`, with its language",
        ),
        Kind::Invisible => {
            let fault = Diagnostic::error(format!("a character that cannot be seen: {}", describe(c)))
                .rule("invisible-character");
            let fault = match c {
                '\u{fffd}' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\r' => fault,
                _ => fault.fix(""),
            };
            fault.hint(match c {
                '\u{fffd}' => "the text was damaged on its way: write again what stood here",
                '\u{2028}' | '\u{2029}' | '\u{85}' | '\r' => "end the line as the others end",
                '\u{ad}' => "take it away: words are not divided",
                NON_JOINER => "take it away: only Persian and Urdu write it, between two letters",
                JOINER => "take it away: it stands after the last letter of a word of Arabic script only",
                _ => "take it away",
            })
        }
        Kind::Private => Diagnostic::error(format!("a character of private use: U+{:04X}", u32::from(c)))
            .rule("private-character")
            .hint("write a character of Unicode: no reader of the PDF would know what this one stands for"),
        Kind::Tatweel => {
            let word = &text[word(text, span.start)];
            let plain = word.replace(TATWEEL, "");
            let fault = Diagnostic::error(format!("a tatweel (U+0640) in `{word}`")).rule("tatweel");
            let abbreviation = word.ends_with(TATWEEL) && plain.chars().count() == 1;
            let keeps_form = abbreviation && language.is_some();
            let fault = fault.fix(if keeps_form { "\u{200d}" } else { "" });
            fault.hint(match (plain.is_empty(), keeps_form) {
                (true, _) => "take it away: letters are stretched when lines are filled".to_owned(),
                (_, true) => format!(
                    "write `{plain}\u{200d}`, with U+200D (ZERO WIDTH JOINER) after the letter, which keeps its form"
                ),
                _ => format!("write `{plain}`: letters are stretched when lines are filled"),
            })
        }
        Kind::PresentationForm => {
            let word = &text[span.clone()];
            Diagnostic::error(format!("`{word}` is written in presentation forms of its letters"))
                .rule("presentation-forms")
                .fix(letters(word))
                .hint(format!("write `{}`", letters(word)))
        }
    }
}

/// The fault of a mark of a letter that a text starts with: it would be drawn on what stands before the text.
fn without_letter(c: char) -> Diagnostic {
    let fault = Diagnostic::error(format!("a mark without a letter before it: U+{:04X}", u32::from(c)))
        .rule("mark-without-letter");
    fault.hint("write it right after its letter, or take it away")
}

/// The characters of a kind from a place on.
fn run(text: &str, at: usize, of_kind: impl Fn(char) -> bool) -> Range<usize> {
    let rest = &text[at..];
    at..at + (rest.len() - rest.trim_start_matches(of_kind).len())
}

/// The word that a place is in.
fn word(text: &str, at: usize) -> Range<usize> {
    let of_word = |c: char| {
        c.is_alphanumeric() || c == TATWEEL || is_presentation_form(c) || ('\u{64b}'..='\u{670}').contains(&c)
    };
    // A word of a million letters is shown in part.
    let before = text[..at].char_indices().rev().take(LONGEST_WORD);
    let before = before.take_while(|(_, c)| of_word(*c)).last();
    let after = text[at..].char_indices().take(LONGEST_WORD);
    let after = after.take_while(|(_, c)| of_word(*c)).last();
    before.map_or(at, |(at, _)| at)..after.map_or(at, |(end, c)| at + end + c.len_utf8())
}

/// Looks at the text as it will be set: at characters that were written as an entity (`&rlm;`). Gives those that no font has.
pub(super) fn text(text: &ParsedText, fonts: &Fonts, diagnostics: &mut Diagnostics) -> Vec<Missing> {
    let mut first: BTreeMap<char, (Range<usize>, usize)> = BTreeMap::new();
    let mut written: BTreeMap<Kind, FirstOnes> = BTreeMap::new();
    let mut loose = FirstOnes::default();
    for content in text.expression.contents() {
        for stretch in stretches(content) {
            let language = stretch.language.unwrap_or(text.expression.language);
            let (piece, span) = (stretch.text, stretch.span);
            let source = text.file.slice(span.clone());
            let mut places = Places::new(source, piece);
            for (at, c) in piece.char_indices().filter(|(_, c)| !c.is_ascii() || c.is_control()) {
                let place = places.of(at, c);
                let span = span.start + place.span.start..span.start + place.span.end;
                if at == 0 && is_combining_mark(c) {
                    loose.push(|| without_letter(c).at(&text.file, span.clone()));
                }
                if place.is_entity
                    && let Some(kind) = kind(c, piece, at, Some(language))
                {
                    let told = || fault(kind, c, piece, &(at..at + c.len_utf8()), Some(language));
                    let told = || told().at(&text.file, span.clone());
                    written.entry(kind).or_default().push(told);
                }
                first.entry(c).or_insert_with(|| (span, 0)).1 += 1;
            }
        }
    }
    diagnostics.extend(written.into_values().flat_map(FirstOnes::told));
    diagnostics.extend(loose.told());
    let told = |c: char| is_invisible(c) || is_private(c) || is_presentation_form(c) || c == TATWEEL;
    let missing = first.into_iter().filter(|(c, _)| !told(*c) && !fonts.covers(*c));
    missing.map(|(c, (span, count))| Missing { c, span, count }).collect()
}

/// Where the characters of a piece of text stand in its source, asked for in their order: each place is looked for after
/// the one before, so that a long piece is read once.
struct Places<'a> {
    source: &'a str,
    verbatim: bool,
    /// How far the source is read.
    read: usize,
}

/// Where a character is written.
struct Written {
    span: Range<usize>,
    /// Whether it is written as `&name;` and not as itself.
    is_entity: bool,
}

impl<'a> Places<'a> {
    fn new(source: &'a str, piece: &str) -> Self {
        Self {
            source,
            verbatim: source == piece,
            read: 0,
        }
    }

    fn of(&mut self, at: usize, c: char) -> Written {
        let here = |at: usize| Written {
            span: at..at + c.len_utf8(),
            is_entity: false,
        };
        if self.verbatim {
            return here(at);
        }
        // The next character of the source that is not ASCII, or the next entity, is the one.
        let rest = &self.source[self.read..];
        let next = rest.char_indices().find_map(|(at, other)| match other {
            _ if other == c => Some((self.read + at, None)),
            '&' => entity(&rest[at..], c).map(|length| (self.read + at, Some(length))),
            _ => None,
        });
        match next {
            Some((at, None)) => {
                self.read = at + c.len_utf8();
                here(at)
            }
            Some((at, Some(length))) => {
                self.read = at + length;
                Written {
                    span: at..at + length,
                    is_entity: true,
                }
            }
            None => {
                self.read = self.source.len();
                Written {
                    span: 0..self.source.len(),
                    is_entity: false,
                }
            }
        }
    }
}

/// The length of the entity that a text starts with, when it may stand for a character.
fn entity(source: &str, c: char) -> Option<usize> {
    /// The longest name of an entity.
    const LONGEST: usize = 40;
    let name: String = source[1..].chars().take(LONGEST).take_while(|c| *c != ';').collect();
    if !source[1 + name.len()..].starts_with(';') {
        return None;
    }
    let fits = match name.strip_prefix('#') {
        Some(number) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse(),
            };
            number.ok() == Some(c as u32)
        }
        // Markdown knows two thousand names; those of ASCII characters are not looked for.
        None => {
            let ascii = [
                "amp", "lt", "gt", "quot", "apos", "num", "ast", "lowbar", "lsqb", "rsqb", "grave", "comma",
            ];
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()) && !ascii.contains(&name.as_str())
        }
    };
    fits.then_some(name.len() + 2)
}
