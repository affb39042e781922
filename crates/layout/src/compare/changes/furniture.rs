//! What differs in the heads and feet of pages.

use super::super::change::Change;
use super::super::matched::Matched;
use super::super::options::Side;
use super::Found;
use crate::text::{Paragraph, Zone};

/// Finds other heads and feet on pages that are `own`: by their place from 0 in the reference. A page number follows its page
/// and is no text.
pub(in super::super) fn words(matched: &Matched<'_>, own: impl Fn(usize) -> bool) -> Vec<Found> {
    let mut changes: Vec<(Change, usize)> = Vec::new();
    let is_number = |p: &Paragraph| p.words.iter().all(|word| word.text.chars().all(char::is_numeric));
    for pair in matched.pairs() {
        let (a, b) = matched.both(pair);
        let is_same = matched.alignment.pairs[pair].changes.is_empty() || is_number(a) && is_number(b);
        if a.zone != Zone::Furniture || is_same || !own(matched.pages_of(Side::Reference, pair).0) {
            continue;
        }
        let page = matched.pages_of(Side::Actual, pair).0 + 1;
        let (name, old, new) = (a.name.in_page(), a.all_texts(), b.all_texts());
        let told = changes.iter_mut().find_map(|(change, _)| match change {
            Change::Furniture {
                pages,
                name: n,
                old: o,
                new: w,
            } if (&*n, &*o, &*w) == (&name, &old, &new) => Some(pages),
            _ => None,
        });
        match told {
            Some(pages) => pages.push(page),
            None => {
                let pages = vec![page];
                changes.push((Change::Furniture { pages, name, old, new }, pair));
            }
        }
    }
    let found = |(change, pair): (Change, usize)| {
        let (a, b) = matched.both(pair);
        Found::new(change, a.lines.clone(), b.lines.clone())
    };
    changes.into_iter().map(found).collect()
}

/// Finds heads and feet that only one side has, on the first pages that both have.
pub(in super::super) fn one_sided(matched: &Matched<'_>, pages: usize) -> Vec<Found> {
    if matched.reference.layout.partial || matched.actual.layout.partial {
        return Vec::new();
    }
    let of = |side: Side| {
        let text = matched.text(side);
        // The heads of pages that only one side has come and go with them.
        let is_compared = |n: &&usize| text.paragraphs[**n].zone == Zone::Furniture && text.first_page(**n) < pages;
        let list: Vec<usize> = matched.alone(side).iter().filter(is_compared).copied().collect();
        let first = &text.paragraphs[*list.first()?];
        let change = Change::FurnitureOneSided {
            presence: side.presence(),
            pages: list.iter().map(|n| text.first_page(*n) + 1).collect(),
            name: first.name.in_page(),
            words: first.all_texts(),
        };
        let (reference, actual) = side.in_order(first.lines.clone(), Vec::new());
        Some(Found::new(change, reference, actual))
    };
    Side::BOTH.into_iter().filter_map(of).collect()
}
