//! Where a word may be elongated: its joints between letters, each with a priority.
//!
//! Both come from `raqim-kashida`, which carries the rules of the naskh hand as patterns.

use std::cell::RefCell;
use std::ops::Range;

use kashida::{PatternSet, builtin_pattern_set, find_kashida_points};
use typst::layout::Abs;
use unicode_segmentation::UnicodeSegmentation;

use super::word_cache::WordCache;
use super::{Cluster, Line, Run};
use qarar_text::Script;
use qarar_text::{TATWEEL, bidi};

/// The joints of the naskh hand and their priorities.
pub(super) fn patterns() -> Option<&'static PatternSet> {
    builtin_pattern_set("arabic-naskh")
}

/// A joint that may be elongated.
#[derive(Debug, Clone)]
pub(super) struct Joint {
    /// The run and the clusters of the word, from left to right.
    pub(super) run: usize,
    pub(super) first: usize,
    pub(super) end: usize,
    /// The place of the word among the Arabic words of the line, from left to right.
    pub(super) word: usize,
    /// The byte of the word's text after which the tatweel goes.
    pub(super) after: usize,
    /// 0 to 9, the higher the better.
    pub(super) priority: u8,
    /// Where it stands, from the left edge of the cell.
    pub(super) x: Abs,
}

impl Joint {
    /// Whether it is the same place of the same word.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (self.run, self.first, self.after) == (other.run, other.first, other.after)
    }
}

/// The joints of every word, the best first; words without a joint are left out.
pub(super) fn joints(line: &Line, patterns: &PatternSet) -> Vec<Vec<Joint>> {
    let of_word = |(word, (run, range))| {
        let mut joints = word_joints(&line.runs[run], run, range, patterns);
        joints.iter_mut().for_each(|joint| joint.word = word);
        joints
    };
    words(line)
        .into_iter()
        .enumerate()
        .map(of_word)
        .filter(|joints| !joints.is_empty())
        .collect()
}

/// The Arabic words of a line: the run, and the clusters in it. A word that is set in two runs cannot be shaped as one
/// and is left out, as are words in a font without a tatweel and those of a language of another script.
pub(super) fn words(line: &Line) -> Vec<(usize, Range<usize>)> {
    let is_letter = |cluster: &Cluster| cluster.text.chars().all(is_arabic_letter);
    let mut words = Vec::new();
    for (index, run) in line.runs.iter().enumerate() {
        let foreign = run.language.is_some_and(|language| language.script() != Script::ARABIC);
        if !run.is_rtl() || foreign || run.font.ttf().glyph_index(TATWEEL).is_none() {
            continue;
        }
        let touched = |other: Option<&Cluster>| other.is_some_and(is_letter);
        let left = index.checked_sub(1).and_then(|left| line.runs[left].clusters.last());
        let right = line.runs.get(index + 1).and_then(|right| right.clusters.first());
        let mut first = 0;
        while first < run.clusters.len() {
            let length = run.clusters[first..]
                .iter()
                .take_while(|cluster| is_letter(cluster))
                .count();
            let end = first + length;
            let split = (first == 0 && touched(left)) || (end == run.clusters.len() && touched(right));
            if length > 0 && !split {
                words.push((index, first..end));
            }
            first = end.max(first + 1);
        }
    }
    words
}

/// Letters and marks of the Arabic script, and the joiners that steer their forms; digits, stops and a tatweel that an
/// author typed are none.
pub(super) fn is_arabic_letter(c: char) -> bool {
    use unicode_bidi::BidiClass;
    matches!(c, '\u{200c}' | '\u{200d}') || (c != TATWEEL && matches!(bidi::class(c), BidiClass::AL | BidiClass::NSM))
}

pub(super) fn word_joints(run: &Run, index: usize, range: Range<usize>, patterns: &PatternSet) -> Vec<Joint> {
    let clusters = &run.clusters[range.clone()];
    let joint = |(after, priority)| {
        let x = edge(clusters, after)?;
        Some(Joint {
            run: index,
            first: range.start,
            end: range.end,
            word: 0,
            after,
            priority,
            x,
        })
    };
    let word = text_of(clusters);
    let known = PLACES.with_borrow_mut(|known| known.of(word, |word| places(word, patterns).into()));
    known.iter().copied().filter_map(joint).collect()
}

/// Whether a word has a joint that may be elongated.
pub(super) fn is_elongatable(word: String) -> bool {
    let Some(patterns) = patterns() else { return false };
    let known = PLACES.with_borrow_mut(|known| known.of(word, |word| places(word, patterns).into()));
    !known.is_empty()
}

thread_local! {
    /// The joints of words that were met before: the bytes after which a tatweel may go, each with its priority.
    static PLACES: RefCell<WordCache<(usize, u8)>> = RefCell::default();
}

/// Where a word may be elongated: the bytes after which a tatweel may go, each with its priority, the best first.
fn places(word: &str, patterns: &PatternSet) -> Vec<(usize, u8)> {
    let graphemes: Vec<(usize, &str)> = word.grapheme_indices(true).collect();
    if graphemes.len() < 3 || word.contains(is_koranic) {
        return Vec::new();
    }
    let (cleaned, points) = find_kashida_points(word, patterns, false);
    if cleaned != word {
        return Vec::new();
    }
    let place = |point: kashida::KashidaPoint| {
        let (start, letter) = graphemes.get(point.index as usize)?;
        let (_, next) = graphemes.get(point.index as usize + 1)?;
        // The letter may be a word of its own that is written with the next.
        let prefix = *start == 0 && letter.starts_with(PREFIXES);
        let priority = if prefix { AFTER_PREFIX } else { point.priority };
        (!is_lam_alef(letter, next)).then(|| (start + letter.len(), priority))
    };
    let mut places: Vec<(usize, u8)> = points.into_iter().filter_map(place).collect();
    places.sort_by(|(after, priority), (other, less)| less.cmp(priority).then(other.cmp(after)));
    places
}

/// The letters that are words of their own before another: with, for, as, so, will.
const PREFIXES: [char; 5] = ['ب', 'ل', 'ك', 'ف', 'س'];
/// The priority of the joint after such a letter: elongated, it would stand alone, and the word after it would be torn.
const AFTER_PREFIX: u8 = 0;

/// The signs of the text of the Koran: pauses, and marks over whole words. Its words are not elongated by rules.
fn is_koranic(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{6d6}'..='\u{6ed}' | '\u{8ca}'..='\u{8ff}')
}

/// Lam and alef are one form that no elongation parts.
fn is_lam_alef(letter: &str, next: &str) -> bool {
    letter.starts_with('ل') && next.starts_with(['ا', 'أ', 'إ', 'آ', 'ٱ'])
}

/// The text of clusters of a right-to-left word, which stand from left to right.
pub(super) fn text_of(clusters: &[Cluster]) -> String {
    clusters.iter().rev().map(|cluster| cluster.text.as_str()).collect()
}

/// The left edge of the cluster that ends at a byte of the word; `None` when the byte is inside of a cluster.
fn edge(clusters: &[Cluster], after: usize) -> Option<Abs> {
    let mut at = 0;
    for cluster in clusters.iter().rev() {
        at += cluster.text.len();
        if at >= after {
            return (at == after).then_some(cluster.x);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of tests/line/joints.tsv: a word, and the word with a digit, its priority, in every place where it may
    /// be elongated. What fails here is a line that is elongated where no hand would do it.
    #[test]
    fn joints_are_those_of_the_naskh_hand() {
        let patterns = patterns().expect("the built-in patterns");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/line/joints.tsv");
        let cases = std::fs::read_to_string(path).expect("tests/line/joints.tsv");
        let mut faults = Vec::new();
        for case in cases.lines().filter(|case| !case.is_empty() && !case.starts_with('#')) {
            let (word, expected) = case.split_once('\t').expect("two fields");
            let mut found = word.to_owned();
            let mut places = places(word, patterns);
            places.sort_unstable();
            for (after, priority) in places.into_iter().rev() {
                found.insert_str(after, &priority.to_string());
            }
            if found != expected {
                faults.push(format!("expected {expected}, found {found}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
