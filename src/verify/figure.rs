//! The pictures of a text: each is an element of the structure tree that says what is to be seen and holds what is drawn
//! (ISO 14289-1 7.3).

use super::Verdict;
use super::expected::Kind;
use super::judge::{Judgement, Reading, judge};
use crate::locale::Language;
use crate::model::{Block, Figure, Work, block_names};
use crate::reader::{Element, Kid, Structure};

/// The pictures of a work in a language, each with its name.
fn figures(work: &Work, language: Language) -> Vec<(String, &Figure)> {
    let Some(expression) = work.expression(language) else {
        return Vec::new();
    };
    if !expression.blocks.iter().any(|block| matches!(block, Block::Figure(_))) {
        return Vec::new();
    }
    let named = block_names(work.facts.kind, &expression.blocks)
        .into_iter()
        .zip(&expression.blocks);
    named
        .filter_map(|(name, block)| match block {
            Block::Figure(figure) => Some((format!("{name} picture"), figure)),
            _ => None,
        })
        .collect()
}

/// The elements of pictures, in reading order.
fn elements<'a>(kids: &'a [Kid], found: &mut Vec<&'a Element>) {
    for kid in kids {
        let Kid::Element(element) = kid else { continue };
        if element.role == "Figure" {
            found.push(element);
        }
        elements(&element.kids, found);
    }
}

/// Whether every picture of the languages is in the structure tree, in its order.
pub(super) fn come_back(structure: &Structure, work: &Work, languages: &[Language]) -> bool {
    let mut all = languages
        .iter()
        .flat_map(|language| verdicts(Some(structure), work, *language));
    all.all(|verdict| verdict.worst() == Judgement::Exact)
}

/// How the pictures of a language came out.
pub(super) fn verdicts(structure: Option<&Structure>, work: &Work, language: Language) -> Vec<Verdict> {
    let figures = figures(work, language);
    let mut found = Vec::new();
    if let Some(structure) = structure.filter(|_| !figures.is_empty()) {
        elements(&structure.kids, &mut found);
    }
    let mut left = &found[..];
    let verdict = |(name, figure): (String, &Figure)| {
        let is_it = |element: &&Element| {
            let speaks = element.language.as_deref().is_none_or(|code| code == language.code());
            speaks && element.alt.as_deref() == Some(figure.alt.as_str())
        };
        let at = left.iter().position(is_it);
        let element = at.map(|at| {
            let element = left[at];
            left = &left[at + 1..];
            element
        });
        let alt = element.and_then(|element| element.alt.as_deref()).unwrap_or_default();
        let is_drawn = element.is_some_and(|element| element.kids.iter().any(|kid| matches!(kid, Kid::Content { .. })));
        Verdict {
            name,
            kind: Kind::Figure,
            language: language.code(),
            label: String::new(),
            span: Some(figure.span.clone()),
            structure: structure.map(|_| judge(&figure.alt, alt)),
            content: match is_drawn {
                true => Reading {
                    judgement: Judgement::Exact,
                    difference: None,
                },
                false => judge(&figure.alt, ""),
            },
            items: Vec::new(),
        }
    };
    figures.into_iter().map(verdict).collect()
}
