//! Laws of the breaker, held against all breaks that there are.

use proptest::prelude::*;

use super::best;
use super::costs::{Class, Costs};
use super::material::{Candidate, Ending, Material, Paragraph};

const EM: f64 = 10.0;

fn costs(filled: bool) -> Costs {
    Costs {
        filled,
        narrowest: 0.75,
        stretch: 0.33,
        steepness: if filled { 3 } else { 1 },
        em: EM,
    }
}

/// A paragraph of words of these widths, with spaces of 2.5 between them; each with what it costs to break behind it.
fn paragraph(words: &[(f64, f64, bool)], first: f64, other: f64) -> Paragraph {
    let space = Material {
        width: 2.5,
        spaces: 2.5,
        ..Material::default()
    };
    let mut so_far = Material::default();
    let mut candidates = vec![Candidate {
        before: so_far,
        after: so_far,
        ending: Ending::Open(0.0),
        hyphen: false,
    }];
    for (index, (width, penalty, hyphen)) in words.iter().enumerate() {
        so_far += Material {
            width: *width,
            grade: width * 0.012,
            characters: width / 5.0,
            ..Material::default()
        };
        let before = so_far;
        so_far += space;
        let ending = if index + 1 == words.len() {
            Ending::Last
        } else {
            Ending::Open(*penalty)
        };
        candidates.push(Candidate {
            before,
            after: so_far,
            ending,
            hyphen: *hyphen,
        });
    }
    Paragraph {
        candidates,
        first,
        other,
    }
}

/// What breaks cost, line by line; `None` where a line is too long.
fn cost_of(paragraph: &Paragraph, costs: &Costs, ends: &[usize]) -> Option<f64> {
    let (mut from, mut above, mut sum): (usize, Option<Class>, f64) = (0, None, 0.0);
    for end in ends {
        let here = &paragraph.candidates[*end];
        let fit = costs.fit(paragraph.line(from, *end), paragraph.room(from), here.ending)?;
        let hyphens = here.hyphen && paragraph.candidates[from].hyphen;
        sum += fit.demerits + above.map_or(0.0, |above| costs.beneath(above, fit.class, hyphens));
        above = Some(fit.class);
        from = *end;
    }
    Some(sum)
}

/// What the cheapest breaks of all that there are cost; infinite where every one has a line that is too long.
fn cheapest(paragraph: &Paragraph, costs: &Costs) -> f64 {
    let inner = paragraph.candidates.len() - 2;
    let breaks = (0..1_u32 << inner).map(|set| {
        let mut ends: Vec<usize> = (0..inner).filter(|at| set >> at & 1 == 1).map(|at| at + 1).collect();
        ends.push(inner + 1);
        ends
    });
    let costs = breaks.filter_map(|ends| cost_of(paragraph, costs, &ends));
    costs.fold(f64::INFINITY, f64::min)
}

fn words() -> impl Strategy<Value = Vec<(f64, f64, bool)>> {
    let penalty = prop_oneof![6 => Just(0.0), 1 => Just(50.0), 1 => Just(300.0)];
    let word = (5.0..45.0_f64, penalty, prop::bool::weighted(0.15));
    prop::collection::vec(word, 1..13)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// If it fails, a paragraph has worse lines than it could have.
    #[test]
    fn no_breaks_are_better(words in words(), first in 50.0..130.0_f64, other in 50.0..130.0_f64, filled: bool) {
        let (paragraph, costs) = (paragraph(&words, first, other), costs(filled));
        let broken = best(&paragraph, &costs);
        let cheapest = cheapest(&paragraph, &costs);
        prop_assert_eq!(broken.ends.last(), Some(&words.len()));
        prop_assert!(broken.ends.is_sorted_by(|a, b| a < b));
        prop_assert!(cheapest.is_infinite() || (broken.demerits - cheapest).abs() <= cheapest * 1e-9,
            "{} where {} is possible", broken.demerits, cheapest);
    }
}

/// If it fails, one line of an official edition is broken elsewhere, or a word is lost.
#[test]
fn given_breaks_are_kept() {
    let mut paragraph = paragraph(&[(20.0, 0.0, false); 12], 100.0, 100.0);
    paragraph.candidates[3].ending = Ending::Given;
    paragraph.candidates[5].ending = Ending::Last;
    let broken = best(&paragraph, &costs(true));
    assert!(broken.ends.starts_with(&[3, 5]), "{:?}", broken.ends);
    assert_eq!(broken.ends.last(), Some(&12));
}

/// If it fails, a word that is wider than its column brings the words beside it out of it too, or is lost.
#[test]
fn what_is_too_wide_stands_alone() {
    let words = [(20.0, 0.0, false), (300.0, 0.0, false), (20.0, 0.0, false)];
    let broken = best(&paragraph(&words, 100.0, 100.0), &costs(true));
    assert_eq!(broken.ends, [1, 2, 3]);
}

/// If it fails, a long paragraph takes time that grows faster than it does.
#[test]
fn the_look_back_is_bounded() {
    let words: Vec<(f64, f64, bool)> = (0..200_000)
        .map(|n| (8.0 + f64::from(n * 7919 % 31), 0.0, false))
        .collect();
    let broken = best(&paragraph(&words, 400.0, 400.0), &costs(true));
    assert!(broken.ends.len() > 10_000);
}
