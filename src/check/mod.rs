//! Checks: from what the files of a document say to a work of which it is known that it can be built.
//!
//! All languages have the same structure, every note is marked in the same paragraphs, every character can be set. All
//! that is wrong is found in one run.

mod align;
mod body;
mod causes;
mod characters;
mod columns;
mod digits;
mod direction;
mod fonts;
mod headings;
mod labels;
mod names;
mod notes;
mod numbers;
mod parts;
mod pictures;
mod place;
mod references;
mod size;
mod structure;
mod title;
mod without_font;
mod writing;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::fonts::Fonts;
use crate::model::{Block, DigitChoice, Expression, Facts, Work};
use crate::source::{Parsed, ParsedText};
use causes::Slip;
use without_font::Missing;

/// Checks what was read. `None` when something is at fault, here or in what was told before.
pub(crate) fn check(mut parsed: Parsed, fonts: &Fonts, diagnostics: &mut Diagnostics) -> Option<Work> {
    if let Some(document) = parsed.files.first() {
        fonts::families(&parsed.families, document, fonts, diagnostics);
        if let Some(facts) = &parsed.facts {
            fonts::styles(&parsed, facts, document, fonts, diagnostics);
        }
        characters::scan(document, None, diagnostics);
    }
    if let Some(house) = &parsed.house {
        fonts::families(&house.families, &house.file, fonts, diagnostics);
        characters::scan(&house.file, None, diagnostics);
        without_font::in_house(house, fonts, diagnostics);
    }
    let found = parsed.texts.par_iter();
    let found: Vec<Found> = found
        .map(|text| alone(text, parsed.facts.as_ref(), parsed.digits.as_ref(), fonts))
        .collect();
    let mut slips = Vec::new();
    let mut missing = Vec::new();
    for found in found {
        diagnostics.append(found.diagnostics);
        missing.push(found.missing);
        slips.push(found.slips);
    }
    diagnostics.extend(without_font::faults(parsed.texts.iter().zip(missing)));
    if let Some(facts) = &parsed.facts {
        for text in &mut parsed.texts {
            headings::check(facts, text, diagnostics);
        }
    }
    parts::check(&parsed.texts, diagnostics);
    columns::check(&parsed.texts, diagnostics);
    references::check(&parsed.texts, diagnostics);
    causes::tell(&mut parsed.texts, slips, diagnostics);
    let facts = parsed.facts.filter(|_| parsed.complete && !diagnostics.has_errors())?;
    let mut expressions: Vec<Expression> = parsed.texts.into_iter().map(|text| text.expression).collect();
    share_names(&mut expressions);
    references::fill(&mut expressions, &facts);
    Some(Work {
        name: parsed.name,
        facts,
        expressions,
    })
}

/// What is told of a text.
struct Found {
    diagnostics: Diagnostics,
    /// Characters that no font has.
    missing: Vec<Missing>,
    /// Warnings of what may be why a block has another form than in other languages.
    slips: Vec<Slip>,
}

/// What is at fault in a text whatever stands in the others.
fn alone(text: &ParsedText, facts: Option<&Facts>, digits: Option<&DigitChoice>, fonts: &Fonts) -> Found {
    let characters = || {
        let mut found = Diagnostics::default();
        characters::scan(&text.file, Some(&text.expression), &mut found);
        let missing = characters::text(text, fonts, &mut found);
        pictures::check(text, fonts, &mut found);
        (found, missing)
    };
    let rest = || {
        let mut found = Diagnostics::default();
        size::check(text, &mut found);
        if let Some(digits) = digits {
            digits::check(text, digits, &mut found);
        }
        numbers::check(text, digits.unwrap_or(&DigitChoice::default()), &mut found);
        direction::check(text, &mut found);
        writing::check(text, &mut found);
        if let Some(facts) = facts {
            title::check(facts, text, &mut found);
            body::check(facts, text, &mut found);
        }
        found
    };
    let ((mut diagnostics, missing), rest) = rayon::join(characters, rest);
    diagnostics.append(rest);
    let slips = labels::check(text);
    Found {
        diagnostics,
        missing,
        slips,
    }
}

/// A name that one language gives to a paragraph is its name in all of them.
fn share_names(expressions: &mut [Expression]) {
    let count = expressions.first().map_or(0, |expression| expression.blocks.len());
    for at in 0..count {
        let blocks = expressions.iter().filter_map(|expression| expression.blocks.get(at));
        let Some(name) = blocks.filter_map(Block::id).next().map(str::to_owned) else {
            continue;
        };
        for expression in &mut *expressions {
            match expression.blocks.get_mut(at) {
                Some(Block::Paragraph(paragraph)) => paragraph.id = Some(name.clone()),
                Some(Block::Heading(heading)) => heading.id = Some(name.clone()),
                Some(Block::Figure(figure)) => figure.id = Some(name.clone()),
                _ => {}
            }
        }
    }
}
