//! The words for what cannot be read, with its place in the source.

use std::ops::Range;

use super::{Outcome, PrintColumn, PrintFault, PrintPlace, Unreadable};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::edition::Edition;
use crate::ink::FAINT;
use crate::open::Sources;
use crate::typeset::Template;

/// How many letters are named that a font has no outline for.
const LETTERS_NAMED: usize = 4;
/// How many characters are told of a long word.
const WORD_TOLD: usize = 40;

/// What is told of the faults of an edition: `template` set it, and `sources` are the files that it comes from.
pub fn diagnostics(
    faults: &[PrintFault],
    edition: &Edition<'_>,
    sources: &Sources,
    template: &Template,
) -> Diagnostics {
    let teller = Teller {
        edition,
        sources,
        template,
    };
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(faults.iter().map(|fault| teller.diagnostic(fault)));
    diagnostics
}

struct Teller<'a> {
    edition: &'a Edition<'a>,
    sources: &'a Sources,
    template: &'a Template,
}

impl Teller<'_> {
    fn diagnostic(&self, fault: &PrintFault) -> Diagnostic {
        let message = message(fault);
        let told = if fault.is_error() {
            Diagnostic::error(message).rule("unreadable")
        } else {
            Diagnostic::warning(message).rule("unreadable")
        };
        let page = format!("page {} of `{}`", fault.page, self.edition.name());
        self.at(told, fault).label(label(fault, &page)).hint(self.hint(fault))
    }

    /// The place of a fault: the word in the file of its language, the fact in `document.toml`, or the template.
    fn at(&self, told: Diagnostic, fault: &PrintFault) -> Diagnostic {
        match &fault.place {
            PrintPlace::Text {
                language,
                span,
                occurrence,
            } => match self.sources.text(*language) {
                Some(file) => {
                    let slice = file.slice(span.clone());
                    told.at(file, word_in(slice, &fault.text, *occurrence, span))
                }
                None => told,
            },
            PrintPlace::Facts => {
                let file = self.sources.document();
                let text = file.text();
                match text.find(fault.text.as_str()) {
                    Some(at) => told.at(file, at..at + fault.text.len()),
                    None => told.in_path(file.path()),
                }
            }
            PrintPlace::Template => told.in_path(&self.template.name),
        }
    }

    fn hint(&self, fault: &PrintFault) -> String {
        let own = fault.place == PrintPlace::Template;
        match &fault.what {
            Unreadable::NoOutline { .. } => {
                "the font file is cut off or broken: give a whole one to --font-path, or name \
                                              another family in [fonts] of document.toml"
                    .to_owned()
            }
            Unreadable::TooNarrow { column, .. } => self.wider(*column),
            Unreadable::OffPage { .. } if own => "mend the template: keep what it places on the paper".to_owned(),
            Unreadable::OffPage { .. } => {
                "no line breaks after `( ` nor before ` )`: take such spaces away; or mend the template, whose \
                 columns must keep all of their text on the paper"
                    .to_owned()
            }
            Unreadable::Over { .. } if own => "mend the template: what it places must leave the text free".to_owned(),
            Unreadable::Over { .. } => {
                "write less in one of them, or mend the template that sets them over each other".to_owned()
            }
            Unreadable::Faint { .. } => {
                "mend the template: text needs a contrast of 4.5 with its ground, large letters 3".to_owned()
            }
            Unreadable::Covered => "mend the template: draw what lies behind text before the text".to_owned(),
            Unreadable::TooSmall { .. } => "mend the template: set it in letters of 6 pt or more".to_owned(),
        }
    }

    /// What to do where a column is too narrow.
    fn wider(&self, column: PrintColumn) -> String {
        let beside = self.edition.sheet().columns.len() > self.edition.sheet().pages_of_opening();
        let apart = if beside {
            ", or let the languages face each other (`--layout facing`, or `arrangement = \"facing\"` in [layout])"
        } else {
            ""
        };
        match column {
            PrintColumn::Table(_) => {
                format!("write shorter words or figures, as in thousands, or give the table fewer columns{apart}")
            }
            PrintColumn::Language | PrintColumn::Notes => format!("write it with a space or a hyphen inside{apart}"),
        }
    }
}

/// The bytes of a word in a piece of the source; the whole piece where it is written in another way there.
fn word_in(slice: &str, word: &str, occurrence: usize, span: &Range<usize>) -> Range<usize> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let find = |word: &str| {
        let at = slice.match_indices(word).nth(occurrence)?.0;
        (!word.is_empty()).then_some(span.start + at..span.start + at + word.len())
    };
    find(word).or_else(|| find(bare)).unwrap_or_else(|| span.clone())
}

fn message(fault: &PrintFault) -> String {
    let word = quoted(&fault.text);
    match &fault.what {
        Unreadable::NoOutline { family, letters } => {
            let named: Vec<String> = letters
                .iter()
                .take(LETTERS_NAMED)
                .map(|letter| quoted(letter))
                .collect();
            let more = letters.len().saturating_sub(LETTERS_NAMED);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!(
                "the font `{family}` has no outlines for {}{more}: nothing is printed",
                named.join(", ")
            )
        }
        Unreadable::TooNarrow { column, by, .. } => {
            let column = match column {
                PrintColumn::Table(column) => format!("column {column} of the table"),
                PrintColumn::Notes => "the column of the notes".to_owned(),
                PrintColumn::Language => "the column".to_owned(),
            };
            format!("{column} is {} pt too narrow for {word}", points(*by))
        }
        Unreadable::OffPage { by } => format!("{word} runs {} pt off the page", points(*by)),
        Unreadable::Over { other } => format!("{word} is printed over {}", quoted(other)),
        Unreadable::Faint { colour, ground } if fault.is_error() => {
            format!("{word} cannot be seen: it is printed in {colour} on {ground}")
        }
        Unreadable::Faint { colour, ground } => format!(
            "{word} is hard to read: {colour} on {ground} has a contrast of {:.1}, less than {FAINT}",
            colour.contrast(*ground)
        ),
        Unreadable::Covered => format!("{word} is hidden by what is drawn over it"),
        Unreadable::TooSmall { size } => format!("{word} is printed in letters of {size:.1} pt, too small to be read"),
    }
}

/// The words beside the place.
fn label(fault: &PrintFault, page: &str) -> String {
    let place = match &fault.passage {
        Some(passage) => format!("in {passage}, on {page}"),
        None => format!("on {page}"),
    };
    match &fault.what {
        Unreadable::TooNarrow { outcome, .. } => match outcome {
            Outcome::OutOfColumn => format!("runs out of its column {place}"),
            Outcome::OffPage => format!("runs off the page {place}"),
            Outcome::Over(other) => format!("printed over {} {place}", quoted(other)),
        },
        Unreadable::NoOutline { .. } => format!("first {place}"),
        _ => place,
    }
}

/// Whole points, of which a part is one.
fn points(length: f64) -> f64 {
    length.ceil().max(1.0)
}

fn quoted(word: &str) -> String {
    let mut told: String = word.chars().take(WORD_TOLD).collect();
    if told.len() < word.len() {
        told.push('…');
    }
    format!("`{told}`")
}
