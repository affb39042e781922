//! Finds which paragraph of one layout is which of the other, and which word is which.
//!
//! Names do not tell: where a paragraph is added, those after it are counted anew. Paragraphs of equal words are found
//! first, in order; between them those that are alike; what is left over has been added, removed or moved.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use similar::{Algorithm, DiffOp};

use super::name::Name;
use super::text::{Paragraph, Text, Zone};

/// What became of the paragraphs.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// The paragraphs that both have, in the order of the reference.
    pub(super) pairs: Vec<Pair>,
    /// The paragraphs that only the reference has.
    pub(super) removed: Vec<usize>,
    /// The paragraphs that only the other one has.
    pub(super) added: Vec<usize>,
}

/// A paragraph of both layouts.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) reference: usize,
    pub(super) actual: usize,
    /// Whether it stands in another order among the others.
    pub(super) moved: bool,
    /// How its words differ; empty where they do not.
    pub(super) changes: Vec<Change>,
}

/// Words of the reference and those that stand in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) reference: (usize, usize),
    pub(super) actual: (usize, usize),
}

/// The least share of equal words by which two paragraphs at one place are taken for one.
const ALIKE: f64 = 0.4;
/// The least share by which a paragraph is known again at another place.
const KNOWN_AGAIN: f64 = 0.75;
/// Longer stretches of paragraphs that differ are not searched for the best pairs, but paired by their names.
const SEARCHED: usize = 80;

/// Aligns the paragraphs of two layouts.
pub(super) fn align(reference: &Text<'_>, actual: &Text<'_>) -> Alignment {
    let mut alignment = Alignment::default();
    let mut sides: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    let mut index: FxHashMap<(Zone, &str), usize> = FxHashMap::default();
    for (text, is_reference) in [(reference, true), (actual, false)] {
        for (number, paragraph) in text.paragraphs.iter().enumerate() {
            let group = *index
                .entry((paragraph.zone, paragraph.language.as_str()))
                .or_insert_with(|| {
                    sides.push(Default::default());
                    sides.len() - 1
                });
            let side = &mut sides[group];
            if is_reference {
                side.0.push(number);
            } else {
                side.1.push(number);
            }
        }
    }
    // Notes stand in the order of their numbers, whatever page each is on.
    for (ours, theirs) in &mut sides {
        ours.sort_by_key(|n| reference.paragraphs[*n].note());
        theirs.sort_by_key(|n| actual.paragraphs[*n].note());
        in_columns(ours, reference);
        in_columns(theirs, actual);
    }
    let furniture = |list: &[usize], text: &Text<'_>| {
        list.first()
            .is_some_and(|number| text.paragraphs[*number].zone == Zone::Furniture)
    };
    for (ours, theirs) in &sides {
        let mut aligner = Aligner {
            reference,
            actual,
            pairs: Vec::new(),
            removed: Vec::new(),
            added: Vec::new(),
        };
        if furniture(ours, reference) || furniture(theirs, actual) {
            aligner.by_page(ours, theirs);
        } else {
            aligner.run(ours, theirs);
        }
        alignment.pairs.extend(aligner.pairs);
        alignment.removed.extend(aligner.removed);
        alignment.added.extend(aligner.added);
    }
    alignment.pairs.sort_by_key(|pair| pair.reference);
    alignment.removed.sort_unstable();
    alignment.added.sort_unstable();
    for pair in &mut alignment.pairs {
        pair.changes = changes(&reference.paragraphs[pair.reference], &actual.paragraphs[pair.actual]);
    }
    alignment
}

/// Puts the cells of each row of a table in the order of its columns: a PDF has them as they stand from left to right,
/// which is the other way round in a table that reads from right to left, and by the heights of their lines.
fn in_columns(list: &mut [usize], text: &Text<'_>) {
    let cell = |n: &usize| text.paragraphs[*n].cell();
    list.chunk_by_mut(|a, b| matches!((cell(a), cell(b)), (Some((row, _)), Some((other, _))) if row == other))
        .for_each(|row| row.sort_by_key(|n| cell(n).map(|(_, column)| column)));
}

struct Aligner<'a> {
    reference: &'a Text<'a>,
    actual: &'a Text<'a>,
    pairs: Vec<Pair>,
    removed: Vec<usize>,
    added: Vec<usize>,
}

impl Aligner<'_> {
    fn run(&mut self, ours: &[usize], theirs: &[usize]) {
        let prints = |list: &[usize], text: &Text<'_>| -> Vec<u64> {
            list.iter().map(|number| text.paragraphs[*number].fingerprint).collect()
        };
        let (a, b) = (prints(ours, self.reference), prints(theirs, self.actual));
        // What the other side does not have at all cannot be equal: without it the search stays quick.
        let (in_a, in_b): (FxHashSet<u64>, FxHashSet<u64>) = (a.iter().copied().collect(), b.iter().copied().collect());
        let common_a: Vec<usize> = (0..a.len()).filter(|at| in_b.contains(&a[*at])).collect();
        let common_b: Vec<usize> = (0..b.len()).filter(|at| in_a.contains(&b[*at])).collect();
        let of = |places: &[usize], list: &[u64]| places.iter().map(|at| list[*at]).collect::<Vec<u64>>();
        let mut same: Vec<(usize, usize)> = Vec::new();
        for op in similar::capture_diff_slices(Algorithm::Patience, &of(&common_a, &a), &of(&common_b, &b)) {
            if let DiffOp::Equal {
                old_index,
                new_index,
                len,
            } = op
            {
                same.extend((0..len).map(|step| (common_a[old_index + step], common_b[new_index + step])));
            }
        }
        // What is equal and not in order was moved; it takes no part in the search for what is alike.
        let exchanged = exchanged(&a, &b, &same);
        for (x, y) in &exchanged {
            self.pair(ours[*x], theirs[*y], true);
        }
        let left = |list: &[usize], range: Range<usize>, gone: fn(&(usize, usize)) -> usize| -> Vec<usize> {
            range
                .filter(|at| !exchanged.iter().any(|pair| gone(pair) == *at))
                .map(|at| list[at])
                .collect()
        };
        let (mut i, mut j) = (0, 0);
        for (x, y) in same {
            self.gap(left(ours, i..x, |pair| pair.0), left(theirs, j..y, |pair| pair.1));
            self.pair(ours[x], theirs[y], false);
            (i, j) = (x + 1, y + 1);
        }
        let (x, y) = (ours.len(), theirs.len());
        self.gap(left(ours, i..x, |pair| pair.0), left(theirs, j..y, |pair| pair.1));
        self.find_moved();
    }

    fn pair(&mut self, reference: usize, actual: usize, moved: bool) {
        self.pairs.push(Pair {
            reference,
            actual,
            moved,
            changes: Vec::new(),
        });
    }

    /// Pairs what stands between equal paragraphs: in order, so that the pairs are alike all together as far as can be.
    fn gap(&mut self, gone: Vec<usize>, come: Vec<usize>) {
        if gone.len() > SEARCHED || come.len() > SEARCHED {
            return self.by_name(gone, come);
        }
        let alike: Vec<Vec<f64>> = gone
            .iter()
            .map(|a| come.iter().map(|b| self.likeness(*a, *b)).collect())
            .collect();
        // best[i][j]: the most likeness of what follows from i and j on.
        let mut best = vec![vec![0.0; come.len() + 1]; gone.len() + 1];
        for i in (0..gone.len()).rev() {
            for j in (0..come.len()).rev() {
                let skip = f64::max(best[i + 1][j], best[i][j + 1]);
                let take = if alike[i][j] >= ALIKE {
                    alike[i][j] + best[i + 1][j + 1]
                } else {
                    0.0
                };
                best[i][j] = skip.max(take);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < gone.len() && j < come.len() {
            if alike[i][j] >= ALIKE && best[i][j] <= alike[i][j] + best[i + 1][j + 1] {
                self.pair(gone[i], come[j], false);
                i += 1;
                j += 1;
            } else if best[i + 1][j] >= best[i][j + 1] {
                self.removed.push(gone[i]);
                i += 1;
            } else {
                self.added.push(come[j]);
                j += 1;
            }
        }
        self.removed.extend(&gone[i..]);
        self.added.extend(&come[j..]);
    }

    fn by_name(&mut self, gone: Vec<usize>, mut come: Vec<usize>) {
        let names: FxHashMap<&Name, usize> = come.iter().map(|b| (&self.actual.paragraphs[*b].name, *b)).collect();
        let mut taken = Vec::new();
        for a in gone {
            match names.get(&self.reference.paragraphs[a].name) {
                Some(b) if self.likeness(a, *b) >= ALIKE => {
                    self.pair(a, *b, false);
                    taken.push(*b);
                }
                _ => self.removed.push(a),
            }
        }
        taken.sort_unstable();
        come.retain(|b| taken.binary_search(b).is_err());
        self.added.extend(come);
    }

    /// Heads and feet belong to their pages.
    fn by_page(&mut self, ours: &[usize], theirs: &[usize]) {
        let mut left: Vec<usize> = theirs.to_vec();
        for a in ours {
            let page = self.reference.first_page(*a);
            let name = &self.reference.paragraphs[*a].name;
            let found = left
                .iter()
                .position(|b| self.actual.first_page(*b) == page && self.actual.paragraphs[*b].name == *name);
            match found {
                Some(at) => {
                    let b = left.remove(at);
                    self.pair(*a, b, false);
                }
                None => self.removed.push(*a),
            }
        }
        self.added.extend(left);
    }

    /// What was removed here and added there was moved.
    fn find_moved(&mut self) {
        let removed = std::mem::take(&mut self.removed);
        let mut prints: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for b in self.added.iter().rev() {
            prints
                .entry(self.actual.paragraphs[*b].fingerprint)
                .or_default()
                .push(*b);
        }
        let few = removed.len() <= SEARCHED && self.added.len() <= SEARCHED;
        for a in removed {
            let same = prints
                .get_mut(&self.reference.paragraphs[a].fingerprint)
                .and_then(Vec::pop);
            let known = same.or_else(|| {
                let best = if few {
                    self.added
                        .iter()
                        .map(|b| (self.likeness(a, *b), *b))
                        .max_by(|x, y| x.0.total_cmp(&y.0))
                } else {
                    None
                };
                best.filter(|(alike, _)| *alike >= KNOWN_AGAIN).map(|(_, b)| b)
            });
            match known.filter(|b| self.added.contains(b)) {
                Some(b) => {
                    self.added.retain(|other| *other != b);
                    self.pair(a, b, true);
                }
                None => self.removed.push(a),
            }
        }
    }

    /// The share of words that two paragraphs have in common, from 0 to 1.
    fn likeness(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.reference.paragraphs[a], &self.actual.paragraphs[b]);
        let total = a.words.len() + b.words.len();
        if total == 0 {
            return 1.0;
        }
        let mut counts: FxHashMap<&str, i32> = FxHashMap::default();
        for word in &a.words {
            *counts.entry(&word.text).or_default() += 1;
        }
        let mut common = 0;
        for word in &b.words {
            if let Some(count) = counts.get_mut(word.text.as_str()).filter(|count| **count > 0) {
                *count -= 1;
                common += 2;
            }
        }
        let alike = f64::from(common) / total as f64;
        // One line of a form may be filled otherwise: its name counts where the words are few. And a short text may
        // have grown much, as a note does.
        let fewer = a.words.len().min(b.words.len());
        let is_kept = f64::from(common) >= 2.0 * fewer as f64 * KNOWN_AGAIN && fewer > 0;
        if a.name == b.name && (total <= 24 || is_kept) {
            alike.max(ALIKE)
        } else {
            alike
        }
    }
}

/// The paragraphs that are equal without being in order, by their fingerprints; those that are there once on each side.
fn exchanged(a: &[u64], b: &[u64], same: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let places = |list: &[u64], taken: FxHashSet<usize>| {
        let mut places: FxHashMap<u64, Option<usize>> = FxHashMap::default();
        for (at, print) in list.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            places
                .entry(*print)
                .and_modify(|place| *place = None)
                .or_insert(Some(at));
        }
        places
    };
    let ours = places(a, same.iter().map(|pair| pair.0).collect());
    let theirs = places(b, same.iter().map(|pair| pair.1).collect());
    let mut exchanged: Vec<(usize, usize)> = ours
        .iter()
        .filter_map(|(print, at)| Some(((*at)?, (*theirs.get(print)?)?)))
        .collect();
    exchanged.sort_unstable();
    exchanged
}

/// How the words of two paragraphs differ.
fn changes(a: &Paragraph, b: &Paragraph) -> Vec<Change> {
    if a.fingerprint == b.fingerprint {
        return Vec::new();
    }
    let words = |p: &Paragraph| -> Vec<String> { p.words.iter().map(|word| word.text.clone()).collect() };
    let (a, b) = (words(a), words(b));
    let mut changes: Vec<Change> = Vec::new();
    for op in similar::capture_diff_slices(Algorithm::Myers, &a, &b) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        let change = Change {
            reference: (old.start, old.end),
            actual: (new.start, new.end),
        };
        match changes.last_mut() {
            Some(last) if last.reference.1 == change.reference.0 && last.actual.1 == change.actual.0 => {
                last.reference.1 = change.reference.1;
                last.actual.1 = change.actual.1;
            }
            _ => changes.push(change),
        }
    }
    changes
}

impl Pair {
    /// The word boundary of the reference that one of the other side is; `None` inside of a change.
    pub(super) fn boundary_back(&self, at: usize) -> Option<usize> {
        let back = |change: &Change| Change {
            reference: change.actual,
            actual: change.reference,
        };
        boundary(self.changes.iter().map(back), at)
    }

    /// The word of the other side that a word boundary of the reference is; `None` inside of a change.
    pub(super) fn boundary(&self, at: usize) -> Option<usize> {
        boundary(self.changes.iter().copied(), at)
    }
}

fn boundary(changes: impl Iterator<Item = Change>, at: usize) -> Option<usize> {
    let mut shift = 0_isize;
    for change in changes {
        if at < change.reference.0 || (at == change.reference.0 && change.reference.0 != change.reference.1) {
            break;
        }
        if at < change.reference.1 {
            return None;
        }
        shift = change.actual.1 as isize - change.reference.1 as isize;
    }
    usize::try_from(at as isize + shift).ok()
}
