//! What differs in the heads and feet of pages.

use super::case::Case;
use super::difference::{Kind, Level};
use super::telling::{pages, quoted};
use super::text::{Paragraph, Zone};

/// Finds other heads and feet of pages. A page number follows its page and is no text.
pub(super) fn find(case: &mut Case<'_>) {
    let mut changes: Vec<(String, Vec<usize>, usize)> = Vec::new();
    let is_number = |p: &Paragraph| p.words.iter().all(|word| word.text.chars().all(char::is_numeric));
    for (number, pair) in case.alignment.pairs.iter().enumerate() {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        let same_page = case.has_own_page(a.lines[0]);
        if a.zone != Zone::Furniture || !same_page || pair.changes.is_empty() || is_number(a) && is_number(b) {
            continue;
        }
        let words = |p: &Paragraph| quoted(p.words.iter().map(|word| word.text.as_str()));
        let name = if a.name.is_empty() {
            "other text"
        } else {
            a.name.trim_start_matches("page ")
        };
        let message = format!("the {name} became {}, in the reference {}", words(b), words(a));
        let page = case.actual.first_page(pair.actual) + 1;
        match changes.iter_mut().find(|(told, ..)| *told == message) {
            Some((_, list, _)) => list.push(page),
            None => changes.push((message, vec![page], number)),
        }
    }
    for (message, list, number) in changes {
        let pair = &case.alignment.pairs[number];
        let (a, b) = (
            &case.reference.paragraphs[pair.reference].lines,
            &case.actual.paragraphs[pair.actual].lines,
        );
        case.add(
            Level::Text,
            Kind::Furniture,
            format!("{}: {message}", pages(&list)),
            a,
            b,
        );
    }
    let limit = case.first_event_page();
    let page_counts = (case.reference.layout.pages.len(), case.actual.layout.pages.len());
    for removed in [true, false] {
        let (text, list) = if removed {
            (case.reference, &case.alignment.removed)
        } else {
            (case.actual, &case.alignment.added)
        };
        if case.reference.layout.partial || case.actual.layout.partial {
            continue;
        }
        // The heads of pages that only one side has come and go with them.
        let shared = if page_counts.0 == page_counts.1 {
            page_counts.0
        } else {
            limit.min(page_counts.0.min(page_counts.1))
        };
        let list: Vec<usize> = list
            .iter()
            .copied()
            .filter(|n| text.paragraphs[*n].zone == Zone::Furniture && text.first_page(*n) < shared)
            .collect();
        let Some(first) = list.first() else { continue };
        let numbers: Vec<usize> = list.iter().map(|n| text.first_page(*n) + 1).collect();
        let words = quoted(text.paragraphs[*first].words.iter().map(|word| word.text.as_str()));
        let name = text.paragraphs[*first].name.trim_start_matches("page ");
        let name = if name.is_empty() {
            "text".to_owned()
        } else {
            format!("the {name}")
        };
        let verb = if removed { "removed" } else { "added" };
        let message = format!("{}: {name} {words} {verb}", pages(&numbers));
        let lines = text.paragraphs[*first].lines.clone();
        let (a, b) = if removed {
            (lines, Vec::new())
        } else {
            (Vec::new(), lines)
        };
        case.add(Level::Text, Kind::Furniture, message, &a, &b);
    }
}
