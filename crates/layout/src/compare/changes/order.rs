//! Paragraphs and notes that stand in another order.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::change::Change;
use super::super::matched::Matched;
use super::super::options::Side;
use crate::Name;
use crate::text::Zone;

/// Paragraphs that were moved or exchanged.
#[derive(Debug)]
pub(in super::super) struct Order {
    pub(in super::super) change: Change,
    /// One pair, or the two that were exchanged.
    pub(in super::super) pairs: Vec<usize>,
    /// The language of all of them.
    pub(in super::super) language: String,
    pub(in super::super) zone: Zone,
    /// The numbers of notes that it is about, on both sides.
    pub(in super::super) notes: Vec<usize>,
}

/// The names of a pair on both sides, and its language.
type Names<'a> = (&'a Name, &'a Name, &'a str);

/// Finds paragraphs that were moved or exchanged.
pub(in super::super) fn find(matched: &Matched<'_>) -> Vec<Order> {
    let by_names: FxHashMap<Names<'_>, usize> = matched.pairs().map(|pair| (names(matched, pair), pair)).collect();
    let has_counterpart = |(old, new, language): &Names<'_>| old != new && by_names.contains_key(&(new, old, language));
    let exchanged: FxHashSet<&str> = by_names
        .keys()
        .filter(|key| has_counterpart(key))
        .map(|key| key.2)
        .collect();
    let mut told = FxHashSet::default();
    let mut all = Vec::new();
    for pair in matched.pairs().filter(|pair| matched.alignment.pairs[*pair].moved) {
        let (old, new, language) = names(matched, pair);
        // What stands between two that were exchanged kept its place and its name.
        if told.contains(&pair) || old == new && exchanged.contains(language) {
            continue;
        }
        let counterpart = by_names.get(&(new, old, language)).copied();
        let order = match counterpart.filter(|other| *other != pair) {
            Some(other) => {
                told.insert(other);
                swapped(matched, [pair.min(other), pair.max(other)], language)
            }
            None => moved(matched, pair, language),
        };
        all.push(order);
    }
    rows_together(all)
}

/// Rows of a table that were exchanged: the cells of both were.
fn rows_together(all: Vec<Order>) -> Vec<Order> {
    let mut together: Vec<Order> = Vec::with_capacity(all.len());
    for mut order in all {
        if let Change::Swapped { names, .. } = &mut order.change {
            names.iter_mut().for_each(|name| *name = Name::of(name).row());
        }
        let is_same = |other: &&mut Order| other.change == order.change && other.language == order.language;
        match together.iter_mut().find(is_same) {
            Some(other) => other.pairs.extend(order.pairs),
            None => together.push(order),
        }
    }
    together
}

fn names<'a>(matched: &Matched<'a>, pair: usize) -> Names<'a> {
    let (a, b) = matched.both(pair);
    (&a.name, &b.name, &a.language)
}

fn swapped(matched: &Matched<'_>, pairs: [usize; 2], language: &str) -> Order {
    let names = pairs.map(|pair| matched.both(pair).0.name.to_string()).to_vec();
    let languages = matched.told_language(language).into_iter().collect();
    order(matched, Change::Swapped { names, languages }, pairs.to_vec(), language)
}

fn moved(matched: &Matched<'_>, pair: usize, language: &str) -> Order {
    let actual = matched.of_pair(Side::Actual, pair);
    let (name, to, _) = names(matched, pair);
    let change = Change::Moved {
        name: name.to_string(),
        to: to.to_string(),
        after: matched.actual.paragraphs[actual].before_in(matched.actual, actual),
        languages: matched.told_language(language).into_iter().collect(),
    };
    order(matched, change, vec![pair], language)
}

fn order(matched: &Matched<'_>, change: Change, pairs: Vec<usize>, language: &str) -> Order {
    let both = |pair: &usize| {
        let (a, b) = matched.both(*pair);
        [a.note(), b.note()]
    };
    Order {
        change,
        notes: pairs.iter().flat_map(both).flatten().collect(),
        zone: matched.both(pairs[0]).0.zone,
        language: language.to_owned(),
        pairs,
    }
}
