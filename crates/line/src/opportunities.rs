//! Where a line may break: between words and in them by UAX #14, less what the passages tie and more what they part.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use super::levels::Levels;
use crate::breaker::material::Ending;
use crate::passage::{Passages, Tie};

/// The costs of ties. They are told by what a line would have to be like to be worse: a break that costs 100 is as bad as a
/// line whose spaces are as wide as one likes to see.
const LOOSE: f64 = 300.0;
const WORDS: f64 = 2_000.0;
const INSIDE: f64 = 5e6;
const FIRM: f64 = 1e7;
/// A break beside those that are given: it is taken only where the given line does not fit.
const BESIDE_GIVEN: f64 = 1e7;

/// The places in a text of passages where a line may or must end, in their order, and how.
pub(super) struct Opportunities {
    places: Vec<(usize, Ending)>,
}

impl Opportunities {
    /// Those of a cell.
    pub(super) fn new(levels: &Levels, passages: &Passages) -> Self {
        let mut tied: Vec<(usize, Tie)> = Vec::new();
        let mut given = false;
        for number in &levels.passages {
            let (Some(passage), Some(start)) = (passages.get(*number), levels.start(*number)) else {
                continue;
            };
            given |= passage.given;
            tied.extend(passage.ties.iter().map(|(at, tie)| (start + *at as usize, *tie)));
        }
        let mut places: Vec<(usize, Ending)> = Vec::new();
        let mut tied = tied.into_iter().peekable();
        for at in by_unicode(levels, passages) {
            while let Some((before, tie)) = tied.next_if(|(before, _)| *before < at) {
                places.extend(ending(tie).map(|ending| (before, ending)));
            }
            match tied.next_if(|(before, _)| *before == at) {
                Some((_, tie)) => places.extend(ending(tie).map(|ending| (at, ending))),
                None => places.push((at, Ending::Open(0.0))),
            }
        }
        places.extend(tied.filter_map(|(at, tie)| Some((at, ending(tie)?))));
        if given {
            for (_, ending) in &mut places {
                if let Ending::Open(cost) = ending {
                    *cost += BESIDE_GIVEN;
                }
            }
        }
        Self { places }
    }

    /// How a line may end between two letters, the first of which starts at `before` and the second at `at`; `None` when it may not.
    pub(super) fn between(&self, before: usize, at: usize) -> Option<Ending> {
        let first = self.places.partition_point(|(place, _)| *place <= before);
        let here = || self.places[first..].iter().take_while(|(place, _)| *place <= at);
        let given = here().find(|(_, ending)| *ending == Ending::Given);
        given.or_else(|| here().next()).map(|(_, ending)| *ending)
    }
}

fn ending(tie: Tie) -> Option<Ending> {
    match tie {
        Tie::Given => Some(Ending::Given),
        Tie::Loose => Some(Ending::Open(LOOSE)),
        Tie::Words => Some(Ending::Open(WORDS)),
        Tie::Inside => Some(Ending::Open(INSIDE)),
        Tie::Firm => Some(Ending::Open(FIRM)),
        Tie::Never => None,
    }
}

/// The places by UAX #14. Joiners that keep Typst from breaking at spaces do not count.
fn by_unicode(levels: &Levels, passages: &Passages) -> Vec<usize> {
    const JOINED: &str = " \u{2060}";
    let mut text = String::with_capacity(levels.text.len());
    // Where joiners were left out of the text.
    let mut left_out: Vec<usize> = Vec::new();
    let mut end = 0;
    for number in &levels.passages {
        let (Some(passage), Some(start)) = (passages.get(*number), levels.start(*number)) else {
            continue;
        };
        text.push_str(levels.text.get(end..start).unwrap_or_default());
        end = start + passage.text.len();
        if !passage.unbroken {
            text.push_str(&passage.text);
            continue;
        }
        let mut rest = passage.text.as_str();
        while let Some(at) = rest.find(JOINED) {
            text.push_str(&rest[..at + 1]);
            left_out.push(text.len());
            rest = &rest[at + JOINED.len()..];
        }
        text.push_str(rest);
    }
    let mut left_out = left_out.into_iter().peekable();
    let mut lost = 0;
    let mut places = Vec::new();
    for at in LineSegmenter::new_lstm(LineBreakOptions::default()).segment_str(&text) {
        while left_out.next_if(|place| *place <= at).is_some() {
            lost += JOINED.len() - 1;
        }
        places.push(at + lost);
    }
    places
}
