//! Where the lines of a paragraph break: at the places that are best for the paragraph as a whole.
//!
//! Total fit after Knuth and Plass (Breaking Paragraphs into Lines, Software: Practice and Experience 11, 1981): every place
//! where a line may break is taken once, in the order of the text, with the cheapest way to get there; the way to the last
//! place is the answer. What a line costs tells [`costs`], what stands in it [`material`]. From one place the look back ends
//! where a line would be too long, so the time grows with the length of the text.

pub(crate) mod costs;
pub(crate) mod material;

use smallvec::SmallVec;

use costs::{Class, Costs};
use material::{Ending, Paragraph};

/// The breaks of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Broken {
    /// The candidates where its lines end, by their places.
    pub(crate) ends: Vec<usize>,
    /// What all its lines cost.
    pub(crate) demerits: f64,
}

/// The cheapest way to a place.
#[derive(Debug, Clone, Copy)]
struct Way {
    candidate: usize,
    /// The way that it goes on from.
    from: Option<usize>,
    class: Class,
    demerits: f64,
}

/// Breaks a paragraph where it costs least.
pub(crate) fn best(paragraph: &Paragraph, costs: &Costs) -> Broken {
    let (ways, last) = ways(paragraph, costs);
    let cheapest = last.cheapest(&ways);
    cheapest.map_or_else(Broken::none, |way| Broken::of(&ways, way))
}

/// The way of the fewest demerits; of equal ones the first.
trait Cheapest: Iterator<Item = usize> + Sized {
    fn cheapest(self, ways: &[Way]) -> Option<usize> {
        self.reduce(|best, way| {
            if ways[way].demerits < ways[best].demerits {
                way
            } else {
                best
            }
        })
    }
}

impl<I: Iterator<Item = usize>> Cheapest for I {}

impl Broken {
    fn none() -> Self {
        Self {
            ends: Vec::new(),
            demerits: 0.0,
        }
    }

    fn of(ways: &[Way], last: usize) -> Self {
        let before = |way: &usize| ways[*way].from.filter(|from| ways[*from].from.is_some());
        let chain = std::iter::successors(Some(last).filter(|way| ways[*way].from.is_some()), before);
        let mut ends: Vec<usize> = chain.map(|way| ways[way].candidate).collect();
        ends.reverse();
        Self {
            ends,
            demerits: ways[last].demerits,
        }
    }
}

/// All ways, and the places of those to the end of the text.
fn ways(paragraph: &Paragraph, costs: &Costs) -> (Vec<Way>, std::ops::Range<usize>) {
    let mut ways = vec![Way {
        candidate: 0,
        from: None,
        class: Class::Decent,
        demerits: 0.0,
    }];
    // The ways that a line may still go on from.
    let mut active = vec![0];
    let mut last = 0..1;
    for candidate in 1..paragraph.candidates.len() {
        let found = to(paragraph, costs, candidate, &ways, &mut active);
        if !matches!(paragraph.candidates[candidate].ending, Ending::Open(_)) {
            active.clear();
        }
        last = ways.len()..ways.len() + found.len();
        active.extend(last.clone());
        ways.extend(found);
    }
    (ways, last)
}

/// The cheapest ways to a candidate, one a class of its last line. Ways from which a line would be too long are active no more.
fn to(
    paragraph: &Paragraph,
    costs: &Costs,
    candidate: usize,
    ways: &[Way],
    active: &mut Vec<usize>,
) -> SmallVec<[Way; 4]> {
    let here = &paragraph.candidates[candidate];
    let mut found: SmallVec<[Way; 4]> = SmallVec::new();
    let mut too_long: Option<Way> = None;
    active.retain(|from| {
        let before = &ways[*from];
        let line = paragraph.line(before.candidate, candidate);
        let room = paragraph.room(before.candidate);
        let way = |demerits: f64, class: Class| Way {
            candidate,
            from: Some(*from),
            class,
            demerits: before.demerits + demerits,
        };
        let Some(fit) = costs.fit(line, room, here.ending) else {
            let way = way(costs.overfull(line, room), Class::Decent);
            if too_long.is_none_or(|other| way.demerits < other.demerits) {
                too_long = Some(way);
            }
            // A hyphen may be what is too much.
            return here.hyphen;
        };
        let hyphens = here.hyphen && paragraph.candidates[before.candidate].hyphen;
        let beneath = if before.from.is_some() {
            costs.beneath(before.class, fit.class, hyphens)
        } else {
            0.0
        };
        keep(way(fit.demerits + beneath, fit.class), &mut found);
        true
    });
    // What is wider than its room stands alone, and reaches out of it.
    if found.is_empty() {
        found.extend(too_long);
    }
    prune(&mut found, costs);
    found
}

/// Keeps a way where none that ends alike is cheaper.
fn keep(way: Way, found: &mut SmallVec<[Way; 4]>) {
    let alike = |other: &&mut Way| other.class == way.class;
    match found.iter_mut().find(alike) {
        Some(other) if way.demerits < other.demerits => *other = way,
        Some(_) => {}
        None => found.push(way),
    }
}

/// Drops ways that can never be the best: those that cost more than another class can save.
fn prune(found: &mut SmallVec<[Way; 4]>, costs: &Costs) {
    let Some(best) = found
        .iter()
        .copied()
        .reduce(|best, way| if way.demerits < best.demerits { way } else { best })
    else {
        return;
    };
    found.retain(|way| way.demerits <= best.demerits + costs.most_saved());
}

#[cfg(test)]
mod tests;
