//! The lines that stand in every edition and that nobody wrote: masthead, notice, adoption, report, closing. They are made of
//! the facts of a document, and a template sets them. It may leave them out; what it sets has to say what the facts say.

use std::ops::Range;

use serde::Serialize;

use super::block::Block;
use super::judge::{letters, visible};
use super::matching::{in_language, likeness, words};
use crate::locale::Language;
use crate::model::{GeneratedLine, Work, generated_lines};

/// A standing line in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Which it is.
    #[serde(rename = "name")]
    pub line: GeneratedLine,
    /// Its language.
    #[serde(serialize_with = "code")]
    pub language: Language,
    /// Its words.
    pub text: String,
}

fn code<S: serde::Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(language.code())
}

/// The standing lines of a work in a language, in the order in which the built-in template has them.
pub fn standing(work: &Work, language: Language) -> Vec<Standing> {
    let lines = generated_lines(&work.facts, language).into_iter();
    lines.map(|(line, text)| Standing { line, language, text }).collect()
}

/// Where a standing line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A block says it and nothing else.
    Whole(usize),
    /// It is a part of a block, as where a template sets two on one line.
    Part(usize),
    /// A block, or what is left of one, is like it and says something else.
    Alike(usize, String),
    /// Nothing is like it.
    Nowhere,
}

/// A block is taken for a line when so much of their words is the same,
const ALIKE: f64 = 0.6;
/// or so much of their letters,
const ALIKE_IN_LETTERS: f64 = 0.75;
/// where both are as short as this, in letters.
const SHORT: usize = 120;
/// How many blocks are looked at for what is no block: the front and the end of a document have a dozen.
const MOST: usize = 512;

/// Looks for the standing lines of a language among the blocks that hold no passage of the source; `pairs` are those that do.
pub(super) fn find(lines: &[Standing], blocks: &[Block<'_>], pairs: &[Option<usize>]) -> Vec<Found> {
    let mut free = vec![true; blocks.len()];
    pairs.iter().flatten().for_each(|at| free[*at] = false);
    let texts: Vec<(usize, String)> = (0..blocks.len())
        .filter(|at| free[*at] && !blocks[*at].note)
        .filter(|at| {
            lines
                .first()
                .is_some_and(|line| in_language(line.language, &blocks[*at]))
        })
        .map(|at| (at, visible(&blocks[at].structure)))
        .collect();
    let mut found = vec![Found::Nowhere; lines.len()];
    // The longest first: a day is also the end of the line that tells of the adoption.
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|line| std::cmp::Reverse(lines[*line].text.len()));
    let wanted: Vec<String> = lines.iter().map(|line| visible(&line.text)).collect();
    for line in &order {
        let whole = texts.iter().find(|(at, told)| free[*at] && *told == wanted[*line]);
        if let Some((at, _)) = whole {
            free[*at] = false;
            found[*line] = Found::Whole(*at);
        }
    }
    // What is not yet known of each block, each part on a line.
    let mut rests = texts;
    rests.retain(|(at, _)| free[*at]);
    order.retain(|line| found[*line] == Found::Nowhere);
    for line in &order {
        for (at, rest) in rests.iter_mut().take(MOST) {
            if let Some(place) = holds(rest, &wanted[*line]) {
                rest.replace_range(place, "\n");
                found[*line] = Found::Part(*at);
                break;
            }
        }
    }
    order.retain(|line| found[*line] == Found::Nowhere);
    for line in order {
        let parts = rests
            .iter()
            .take(MOST)
            .flat_map(|(at, rest)| rest.split('\n').map(move |part| (*at, part.trim())));
        let best = parts
            .map(|(at, part)| (likeness_of(&wanted[line], part), at, part))
            .max_by(|(a, i, _), (b, j, _)| a.total_cmp(b).then(j.cmp(i)));
        if let Some((_, at, part)) = best.filter(|(likeness, ..)| *likeness >= 1.0) {
            found[line] = Found::Alike(at, part.to_owned());
        }
    }
    found
}

/// Where a text holds another one as whole words: `8 March 2007` is not in `18 March 2007`.
fn holds(told: &str, text: &str) -> Option<Range<usize>> {
    let parts = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut places = told.match_indices(text).map(|(at, _)| at..at + text.len());
    places.find(|place| parts(told[..place.start].chars().next_back()) && parts(told[place.end..].chars().next()))
}

/// How alike two texts are: 1 and more is alike.
fn likeness_of(text: &str, told: &str) -> f64 {
    let by_words = likeness(&words(text), &words(told)) / ALIKE;
    let (text, told) = (letters(text), letters(told));
    if text.chars().count().max(told.chars().count()) > SHORT {
        return by_words;
    }
    by_words.max(strsim::normalized_damerau_levenshtein(&text, &told) / ALIKE_IN_LETTERS)
}
