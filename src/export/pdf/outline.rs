//! The bookmarks: the title, under it the numbered paragraphs by label and lead phrase, and the annexes with their parts and
//! paragraphs. They speak the leading language; where the words of the others are short too, these stand beside them.

use krilla::destination::XyzDestination;
use krilla::geom::Point as PdfPoint;
use krilla::outline::{Outline, OutlineNode};
use rustc_hash::FxHashMap;
use typst::layout::Abs;

use crate::edition::Edition;
use crate::locale::{Direction, Language};
use crate::model::{Block, Labelled, plain};
use crate::page::Origin;
use crate::typeset::RowRole;

/// Words of several languages stand beside each other where none is longer than this, in characters.
const SHORT: usize = 40;

/// The bookmarks of an edition.
pub(super) fn outline(edition: &Edition) -> Outline {
    // What is open, from the outside in, each with its level: the title is of level 1, an annex of level 2.
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    let mut close = |open: &mut Vec<(u8, OutlineNode)>| {
        let Some((_, done)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => parent.push_child(done),
            None => outline.push_child(done),
        }
    };
    let lead = edition.work.expressions.first();
    let blocks = lead.map_or(&[][..], |lead| &lead.blocks);
    let labelled = Labelled::of(edition.work.facts.kind, blocks);
    for (row, destination) in places(edition) {
        let (level, words) = match edition.composed.setting.rows[row].role {
            RowRole::Title => (1, edition.title(edition.languages[0])),
            RowRole::Block(block) => match bookmark(edition, &labelled, block) {
                Some(bookmark) => bookmark,
                None => continue,
            },
            RowRole::Line | RowRole::Logo => continue,
        };
        while open.last().is_some_and(|(of_last, _)| *of_last >= level) {
            close(&mut open);
        }
        // The title shows what is under it at once.
        open.push((level, OutlineNode::new(words, destination).with_open(level == 1)));
    }
    while !open.is_empty() {
        close(&mut open);
    }
    outline
}

/// The rows in their order, each with the place where the column that is read first starts.
fn places(edition: &Edition) -> Vec<(usize, XyzDestination)> {
    let reading = &edition.sheet().reading;
    let mut first: FxHashMap<usize, (usize, XyzDestination)> = FxHashMap::default();
    for (page, content) in edition.pages.iter().enumerate() {
        for placed in content.lines.iter().filter(|line| line.line == 0) {
            let Origin::Row { row, column } = placed.origin else {
                continue;
            };
            let rank = reading.iter().position(|read| *read == column).unwrap_or(reading.len());
            if first.get(&row).is_some_and(|(known, _)| *known <= rank) {
                continue;
            }
            let top = (placed.at.y - edition.line(placed).ascent - Abs::pt(12.0)).max(Abs::zero());
            let destination = XyzDestination::new(page, PdfPoint::from_xy(0.0, top.to_pt() as f32));
            first.insert(row, (rank, destination));
        }
    }
    let mut places: Vec<_> = first.into_iter().map(|(row, (_, at))| (row, at)).collect();
    places.sort_by_key(|(row, _)| *row);
    places
}

/// The level and the words of the bookmark of a block.
fn bookmark(edition: &Edition, labelled: &Labelled, block: usize) -> Option<(u8, String)> {
    let mut languages = edition.languages.iter().copied();
    let leading = languages.next()?;
    let (level, words) = of_block(edition, labelled, leading, block)?;
    let label = match level {
        PARAGRAPH => labelled
            .label(edition.work.facts.usage(leading), block)
            .unwrap_or_default(),
        _ => String::new(),
    };
    let mut all = vec![(leading, words)];
    all.extend(languages.filter_map(|language| Some((language, of_block(edition, labelled, language, block)?.1))));
    let beside = all
        .iter()
        .all(|(_, words)| !words.is_empty() && words.chars().count() <= SHORT);
    let words = if beside {
        let words = all.iter().map(|(language, words)| in_line(words, *language, leading));
        words.collect::<Vec<_>>().join(" / ")
    } else {
        all.swap_remove(0).1
    };
    Some((level, format!("{label} {words}").trim().to_owned()))
}

/// The level of numbered paragraphs: below all headings.
const PARAGRAPH: u8 = u8::MAX;

/// The level of a block among bookmarks, and its words in a language without a label; `None` when it has no bookmark.
fn of_block(edition: &Edition, labelled: &Labelled, language: Language, block: usize) -> Option<(u8, String)> {
    match edition.work.expression(language)?.blocks.get(block)? {
        Block::Heading(heading) => {
            let label = labelled.heading(edition.work.facts.usage(language), block);
            let words = [
                label.map(|label| label.text).unwrap_or_default(),
                plain(&heading.content),
            ];
            let words: Vec<&str> = words
                .iter()
                .map(|words| words.trim())
                .filter(|words| !words.is_empty())
                .collect();
            Some((heading.level, words.join(" ")))
        }
        Block::Paragraph(paragraph) => {
            paragraph.label.filter(|label| label.depth == 0 && label.is_number())?;
            if paragraph.within.quotation.is_some() {
                return None;
            }
            let words = paragraph.lead_phrase().unwrap_or_default();
            Some((PARAGRAPH, words.trim().to_owned()))
        }
        Block::Table(_) | Block::Figure(_) => None,
    }
}

/// Words in a line of the leading language. Words of the other direction are put between two marks of it, so that a number
/// or a stop at their ends stays with them (UAX #9).
fn in_line(words: &str, language: Language, leading: Language) -> String {
    if language.direction() == leading.direction() {
        return words.to_owned();
    }
    let mark = match language.direction() {
        Direction::RightToLeft => '\u{200f}',
        Direction::LeftToRight => '\u{200e}',
    };
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut out = String::with_capacity(words.len() + 6);
    out.extend((!is_letter(words.chars().next())).then_some(mark));
    out.push_str(words);
    out.extend((!is_letter(words.chars().next_back())).then_some(mark));
    out
}
