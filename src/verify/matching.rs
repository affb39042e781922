//! Finds for each passage of the source the block of a PDF that holds it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::block::Block;
use super::judge::{folded, letters, visible};
use crate::locale::Language;
use crate::model::Passage;
use crate::text::TATWEEL;

/// A block is taken for a passage when so much of their words is the same.
const ALIKE: f64 = 0.5;
/// How many blocks are compared with a passage that none equals.
const MOST_COMPARED: usize = 512;

/// Whether a block may be in a language.
pub(super) fn in_language(language: Language, block: &Block<'_>) -> bool {
    block.language.is_none_or(|code| same_language(code, language.code()))
}

/// For each passage the place of its block; blocks are used once.
pub(super) fn pair(passages: &[Passage], blocks: &[Block<'_>]) -> Vec<Option<usize>> {
    let mut by_text: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, block) in blocks.iter().enumerate().rev() {
        by_text.entry(letters(&block.structure)).or_default().push(at);
    }
    // Few producers tell notes apart.
    let notes = blocks.iter().any(|block| block.note);
    let fits = |passage: &Passage, block: &Block<'_>| {
        in_language(passage.language, block) && (!notes || passage.is_note() == block.note)
    };
    // The last block of the text, and of the notes: of blocks that are alike the one after it is meant. A paragraph may say
    // what the masthead says too.
    let mut last: [Option<usize>; 2] = [None; 2];
    let mut used = vec![false; blocks.len()];
    let mut pairs: Vec<Option<usize>> = vec![None; passages.len()];
    for (passage, pair) in passages.iter().zip(&mut pairs) {
        let key = letters(&passage.text());
        let same = by_text.get_mut(&key);
        *pair = same.and_then(|same| {
            let last = &mut last[usize::from(passage.is_note())];
            let fitting = |block: &usize| fits(passage, &blocks[*block]);
            let next = same.iter().rposition(|block| Some(*block) > *last && fitting(block));
            let at = next.or_else(|| same.iter().rposition(fitting))?;
            let block = same.remove(at);
            *last = (*last).max(Some(block));
            Some(block)
        });
        pair.iter().for_each(|at| used[*at] = true);
    }
    if pairs.iter().all(Option::is_some) {
        return pairs;
    }
    let words: Vec<FxHashSet<String>> = blocks.iter().map(|block| words(&block.structure)).collect();
    for (index, passage) in passages.iter().enumerate() {
        if pairs[index].is_some() {
            continue;
        }
        let wanted = self::words(&passage.text());
        let free = (0..blocks.len())
            .filter(|at| !used[*at] && fits(passage, &blocks[*at]))
            .take(MOST_COMPARED);
        let best = free
            .map(|at| (at, likeness(&wanted, &words[at])))
            .max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i)));
        if let Some((at, _)) = best.filter(|(_, likeness)| *likeness >= ALIKE) {
            used[at] = true;
            pairs[index] = Some(at);
        }
    }
    pairs
}

pub(super) fn same_language(a: &str, b: &str) -> bool {
    let primary = |code: &str| code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(a) == primary(b)
}

/// The words of a text, with the letters of each in a fixed order: so a text that is only reordered is still found.
pub(super) fn words(text: &str) -> FxHashSet<String> {
    let plain: String = folded(&visible(text)).chars().filter(|c| *c != TATWEEL).collect();
    let word = |word: &str| {
        let mut letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        letters.into_iter().collect::<String>()
    };
    plain.split(' ').map(word).filter(|word| !word.is_empty()).collect()
}

/// Dice's measure: twice what is shared, over all.
pub(super) fn likeness(a: &FxHashSet<String>, b: &FxHashSet<String>) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
}
