//! Characters that no font has: a script that is missing is one fault, whatever languages its letters stand in.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fonts::{Fonts, families_for};
use crate::limits::grouped;
use crate::locale::Language;
use crate::source::{ParsedHouse, ParsedText};
use crate::text::{Script, SourceFile, describe, is_invisible};

/// How many families are named where none has a script.
const FAMILIES: usize = 4;

/// A character of a text that no font has.
#[derive(Debug)]
pub(super) struct Missing {
    pub(super) c: char,
    /// Where it stands first.
    pub(super) span: Range<usize>,
    /// How often it stands in the text.
    pub(super) count: usize,
}

/// The faults of the characters that no font has, of each text.
pub(super) fn faults<'a>(texts: impl Iterator<Item = (&'a ParsedText, Vec<Missing>)>) -> Vec<Diagnostic> {
    let mut faults: Vec<(Option<Script>, Diagnostic)> = Vec::new();
    for (text, missing) in texts {
        let language = text.expression.language;
        for found in by_script(missing, language.script()) {
            let script = found.script;
            let told = faults
                .iter()
                .position(|(other, _)| script.is_some() && *other == script);
            match told {
                Some(at) => {
                    let (_, fault) = faults.remove(at);
                    let label = format!("and {} here", grouped(found.count));
                    faults.insert(at, (script, fault.other(&text.file, found.first.1, label)));
                }
                None => faults.push((script, found.made(&text.file, language))),
            }
        }
    }
    faults.into_iter().map(|(_, fault)| fault).collect()
}

/// Characters of a script that no font has.
struct WithoutFont {
    /// `None` for a character that belongs to no script, or to several.
    script: Option<Script>,
    /// The one that stands first, and where.
    first: (char, Range<usize>),
    /// How many characters of the script are missing.
    characters: usize,
    /// How often one of them stands in the text.
    count: usize,
}

/// The characters that no font has, by their script: a script that is missing is one fault and not one a letter. Stops that
/// several scripts have, as `，`, are missing with the letters of the text.
fn by_script(mut missing: Vec<Missing>, own: Script) -> Vec<WithoutFont> {
    // Letters first, so that it is known whether the script is missing.
    missing.sort_by_key(|missing| Script::of(missing.c).is_none());
    let mut found: Vec<WithoutFont> = Vec::new();
    for Missing { c, span, count } in missing {
        let lacks_own = || found.iter().any(|other: &WithoutFont| other.script == Some(own));
        let script = Script::of(c).or_else(|| Some(own).filter(|_| lacks_own()));
        match found
            .iter_mut()
            .find(|other| script.is_some() && other.script == script)
        {
            Some(other) => {
                other.characters += 1;
                other.count += count;
                if span.start < other.first.1.start {
                    other.first = (c, span);
                }
            }
            None => found.push(WithoutFont {
                script,
                first: (c, span),
                characters: 1,
                count,
            }),
        }
    }
    found
}

impl WithoutFont {
    fn made(self, file: &Arc<SourceFile>, language: Language) -> Diagnostic {
        let (c, span) = self.first;
        let (message, hint) = match self.script.filter(|_| self.characters > 1) {
            None => (
                format!("no font has {}", describe(c)),
                "write another character, or name a font that has it: `--font-path FILE`".to_owned(),
            ),
            Some(script) => (
                format!(
                    "no font has {} characters of the {} script, of which {} stands first",
                    grouped(self.characters),
                    script.name(),
                    describe(c)
                ),
                without_script(script, language),
            ),
        };
        let fault = Diagnostic::error(message)
            .rule("character-without-font")
            .at(file, span)
            .hint(hint);
        match self.count {
            1 => fault,
            count => fault.label(format!("the first of {}", grouped(count))),
        }
    }
}

/// What to do where no font has a script: families that have it, and how they are given.
fn without_script(script: Script, language: Language) -> String {
    let asked = &language.definition().fonts;
    let families = match language.script() == script && !asked.is_empty() {
        true => asked.clone(),
        false => families_for(script),
    };
    let (first, key) = (families.first().cloned().unwrap_or_default(), script.key());
    let names: Vec<String> = families
        .iter()
        .take(FAMILIES)
        .map(|family| format!("`{family}`"))
        .collect();
    format!(
        "fonts that have the script are {}: name the file of one by `--font-path FILE`; `[fonts]` in `document.toml` with \
         `{key} = \"{first}\"` chooses among several",
        names.join(", ")
    )
}

/// Tells of characters of a house that no font has: nothing would be printed for them.
pub(super) fn in_house(house: &ParsedHouse, fonts: &Fonts, diagnostics: &mut Diagnostics) {
    let missing = |c: char| !is_invisible(c) && !fonts.covers(c);
    for (c, span) in house.characters.iter().filter(|(c, _)| missing(**c)) {
        let message = format!("no font has `{c}` (U+{:04X})", u32::from(*c));
        let fault = Diagnostic::error(message).rule("character-without-font");
        let hint = "write another character, or name a font that has it: `--font-path FILE`";
        diagnostics.push(fault.at(&house.file, span.clone()).hint(hint));
    }
}
