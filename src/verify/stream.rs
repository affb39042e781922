//! Finds passages in running text that has no blocks: the lines of a PDF, one after the other.
//!
//! Page heads and notes may stand between two lines of a paragraph, so a passage is looked for word by word: where it
//! stands is where most of its words are, and what is judged is which of them a reader gets, in which order.

use crate::text::TATWEEL;
use rustc_hash::FxHashMap;

use super::judge::{Difference, Judgement, Reading, folded, letters, same_letters, visible};

/// The words of a document in the order in which they are drawn.
#[derive(Debug, Default)]
pub(super) struct Stream {
    words: Vec<Word>,
    places: FxHashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Word {
    /// As the reader gets it.
    told: String,
    /// Without kashidas and forms.
    plain: String,
}

impl Word {
    fn new(told: &str) -> Self {
        let plain = folded(told).chars().filter(|c| *c != TATWEEL).collect();
        Self {
            told: told.to_owned(),
            plain,
        }
    }
}

/// Words that stand more often than this tell nothing of the place of a passage.
const COMMON: usize = 64;
/// How many words may stand between two words of a passage: a page's notes and head.
const BETWEEN: usize = 160;
/// The longest stretch of a passage that is aligned at once, in words.
const LONGEST: usize = 2000;

impl Stream {
    pub(super) fn new<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut stream = Self::default();
        for line in lines {
            for word in visible(line).split(' ').filter(|word| !word.is_empty()) {
                let word = Word::new(word);
                stream
                    .places
                    .entry(word.plain.clone())
                    .or_default()
                    .push(stream.words.len());
                stream.words.push(word);
            }
        }
        stream
    }

    /// Judges a passage by the words that are found where most of it stands.
    pub(super) fn judge(&self, text: &str) -> Reading {
        let wanted: Vec<Word> = visible(text)
            .split(' ')
            .filter(|w| !w.is_empty())
            .take(LONGEST)
            .map(Word::new)
            .collect();
        let Some(start) = self.place(&wanted) else {
            return lost(told(wanted.iter().take(6)), String::new());
        };
        let end = (start + wanted.len() + BETWEEN).min(self.words.len());
        let start = start.saturating_sub(8);
        let window = &self.words[start..end];
        let matched = align(&wanted, window);
        let found: Vec<&Word> = matched.iter().flatten().map(|at| &window[*at]).collect();
        if found.len() * 4 < wanted.len() {
            return lost(told(wanted.iter().take(6)), String::new());
        }
        if found.len() == wanted.len() {
            return told_exactly(&wanted, &found);
        }
        // The words between the first and the last that were found, less those that were: what stands for the others.
        let (first, last) = (matched.iter().flatten().min(), matched.iter().flatten().max());
        let (Some(first), Some(last)) = (first, last) else {
            return lost(wanted[0].told.clone(), String::new());
        };
        let missing: Vec<usize> = (0..wanted.len()).filter(|at| matched[*at].is_none()).collect();
        let from = first.saturating_sub(missing.len().min(8));
        let to = (last + missing.len().min(8) + 1).min(window.len());
        let joined = |words: &mut dyn Iterator<Item = &Word>| words.map(|w| w.plain.as_str()).collect::<String>();
        let all = joined(&mut wanted.iter());
        let seen = joined(&mut window[from..to].iter());
        let rest: Vec<&Word> = (from..to)
            .filter(|at| !matched.contains(&Some(*at)))
            .map(|at| &window[at])
            .collect();
        let gone: String = missing.iter().map(|at| letters(&wanted[*at].plain)).collect();
        let there: String = rest.iter().map(|word| letters(&word.plain)).collect();
        let judgement = if letters(&seen).contains(&letters(&all)) {
            Judgement::Spaces
        } else if same_letters(&gone, &there) || holds(&there, &gone) {
            Judgement::Reordered
        } else {
            Judgement::Lost
        };
        let around = missing[0].saturating_sub(2)..(missing[0] + 4).min(wanted.len());
        let source = told(wanted[around].iter());
        let near = missing[0].checked_sub(1).and_then(|at| matched[at]).unwrap_or(from);
        let found = told(window[near.saturating_sub(1)..(near + 5).min(window.len())].iter());
        Reading {
            judgement,
            difference: Some(Difference { source, found }),
        }
    }

    /// Where a passage starts: the place for which most of its rare words speak.
    fn place(&self, wanted: &[Word]) -> Option<usize> {
        let mut votes: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
        for (index, word) in wanted.iter().enumerate() {
            let places = self.places.get(&word.plain).filter(|places| places.len() <= COMMON);
            for place in places.into_iter().flatten() {
                let start = place.saturating_sub(index);
                let vote = votes.entry(start / 8).or_insert((0, start));
                vote.0 += 1;
                vote.1 = vote.1.min(start);
            }
        }
        // Neighbouring buckets speak together; of equals the first.
        let strength = |bucket: usize| {
            let of = |b: usize| votes.get(&b).map_or(0, |vote| vote.0);
            of(bucket) * 2 + of(bucket + 1) + bucket.checked_sub(1).map_or(0, of)
        };
        let best = votes
            .keys()
            .copied()
            .max_by(|a, b| strength(*a).cmp(&strength(*b)).then(b.cmp(a)))?;
        votes.get(&best).map(|vote| vote.1)
    }
}

/// Words as the reader gets them.
fn told<'a>(words: impl Iterator<Item = &'a Word>) -> String {
    words.map(|word| word.told.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether every character of `part` is in `whole`, as often.
fn holds(whole: &str, part: &str) -> bool {
    let mut counts: FxHashMap<char, i64> = FxHashMap::default();
    whole.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    part.chars().all(|c| {
        let count = counts.entry(c).or_default();
        *count -= 1;
        *count >= 0
    })
}

fn lost(source: String, found: String) -> Reading {
    Reading {
        judgement: Judgement::Lost,
        difference: Some(Difference { source, found }),
    }
}

/// All words are there in order; the worst of what is wrong inside them is told.
fn told_exactly(wanted: &[Word], found: &[&Word]) -> Reading {
    let mut worst = Reading {
        judgement: Judgement::Exact,
        difference: None,
    };
    for (wanted, found) in wanted.iter().zip(found) {
        if wanted.told == found.told {
            continue;
        }
        let judgement = if folded(&found.told) != found.told {
            Judgement::Forms
        } else {
            Judgement::Tatweel
        };
        if judgement > worst.judgement {
            let difference = Difference {
                source: wanted.told.clone(),
                found: found.told.clone(),
            };
            worst = Reading {
                judgement,
                difference: Some(difference),
            };
        }
    }
    worst
}

/// The longest common subsequence: for each wanted word the place of the word that it is found as.
fn align(wanted: &[Word], window: &[Word]) -> Vec<Option<usize>> {
    let width = window.len() + 1;
    let mut lengths = vec![0_u16; (wanted.len() + 1) * width];
    for i in (0..wanted.len()).rev() {
        for j in (0..window.len()).rev() {
            lengths[i * width + j] = if wanted[i].plain == window[j].plain {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let mut matched = vec![None; wanted.len()];
    let (mut i, mut j) = (0, 0);
    while i < wanted.len() && j < window.len() {
        if wanted[i].plain == window[j].plain {
            matched[i] = Some(j);
            i += 1;
            j += 1;
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_between_heads_and_notes() {
        let lines = [
            "A/RES/61/180",
            "إذ تشير إلى قراراتها ٥٥/٢٥ المؤرخ ١٥ تشرين الثاني",
            "(١) القرار ٥٥/٢٥، المرفق الأول.",
            "A/RES/61/180",
            "المعاصرة وغيره من أشكال الرق حمـــاية الضحايا",
            "الدول ءاضعألا على النظر",
        ];
        let stream = Stream::new(lines.into_iter());
        let cases = [
            (
                "إذ تشير إلى قراراتها ٥٥/٢٥ المؤرخ ١٥ تشرين الثاني المعاصرة وغيره من أشكال الرق",
                Judgement::Exact,
            ),
            ("وغيره من أشكال الرق حماية الضحايا", Judgement::Tatweel),
            ("الدول الأعضاء على النظر", Judgement::Reordered),
            ("الدول الأعضاء المتحدة على النظر", Judgement::Lost),
            ("لا شيء من هذا هنا", Judgement::Lost),
        ];
        for (text, expected) in cases {
            assert_eq!(stream.judge(text).judgement, expected, "{text}");
        }
    }
}
