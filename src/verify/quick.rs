//! The quick look at an edition that was just made: whether all of it surely comes back.
//!
//! A build reads back every file that it makes. Nearly all of them are right, and that can be told without grouping glyphs
//! into lines: by the structure tree every passage is as the source has it, and the glyphs of its block have its letters,
//! each as often. What is not surely right is looked at in full, which also finds the words for it.

use rayon::prelude::*;

use super::block::{Block, by_structure};
use super::expected::passages;
use super::figure;
use super::judge::{Judgement, has_letters, judge, letters};
use super::matching;
use super::standing::{Found, Standing, find, standing};
use crate::locale::Language;
use crate::model::{Passage, Work};
use crate::reader::{ContentItem, Skimmed};

/// Whether every passage of the languages, and every line that stands in an edition, comes out of the structure tree exactly,
/// in its order, and no letter of it is missing among its glyphs: then the lines that the template left out, of which nothing
/// is there. `None` says only that it has to be looked at in full.
pub(super) fn comes_back(skimmed: &Skimmed, work: &Work, languages: &[Language]) -> Option<Vec<Standing>> {
    // What has no replacement text has to be looked at in full: no passage is like this.
    let unknown = |_: ContentItem| char::REPLACEMENT_CHARACTER.to_string();
    let mut blocks = by_structure(&skimmed.structure, skimmed.language.as_deref(), &unknown);
    blocks.retain(|block| !block.structure.trim().is_empty());
    let left_out = languages.par_iter().map(|language| {
        let passages = passages(work, *language);
        let pairs = matching::pair(&passages, &blocks);
        let whole = |(passage, at): (&Passage, &Option<usize>)| {
            at.is_some_and(|at| is_whole(skimmed, &passage.text(), &blocks[at]))
        };
        let come_back = in_order(&passages, &pairs) && passages.par_iter().zip(&pairs).all(whole);
        if !come_back {
            return None;
        }
        let lines = standing(work, *language);
        let found = find(&lines, &blocks, &pairs);
        let is_right = |found: &Found| match found {
            Found::Whole(at) | Found::Part(at) => is_whole(skimmed, &blocks[*at].structure, &blocks[*at]),
            Found::Alike(..) => false,
            Found::Nowhere => true,
        };
        let all_right = found.iter().all(is_right);
        let left_out = lines
            .into_iter()
            .zip(found)
            .filter(|(_, found)| *found == Found::Nowhere);
        all_right.then(|| left_out.map(|(line, _)| line).collect::<Vec<_>>())
    });
    if !figure::come_back(&skimmed.structure, work, languages) {
        return None;
    }
    let left_out: Option<Vec<Vec<Standing>>> = left_out.collect();
    Some(left_out?.into_iter().flatten().collect())
}

fn is_whole(skimmed: &Skimmed, text: &str, block: &Block<'_>) -> bool {
    let drawn: String = block.items.iter().map(|item| skimmed.letters(*item)).collect();
    judge(text, &block.structure).judgement == Judgement::Exact && has_letters(&letters(&drawn), &letters(text))
}

/// Whether the blocks of the running text, and those of the notes, follow each other as the passages do.
fn in_order(passages: &[Passage], pairs: &[Option<usize>]) -> bool {
    [false, true].into_iter().all(|note| {
        let of_kind = passages.iter().zip(pairs);
        let of_kind = of_kind.filter(|(passage, _)| passage.is_note() == note);
        of_kind.map(|(_, at)| at).is_sorted()
    })
}
