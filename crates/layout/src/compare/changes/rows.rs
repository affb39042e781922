//! Rows: what stands side by side on an opening of pages. Paragraphs of one name in several languages share their tops,
//! and the longest of them says where the next row starts, also on the facing page. So how far a paragraph may have moved
//! for no reason of its own follows from the ends of those above it, or, for notes, which stand on the foot, from the
//! tops of those below.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::text::{Text, Zone};

/// Lines of one row are no farther apart than this from column to column, in points.
const SIDE_BY_SIDE: f64 = 0.5;

/// The part of a paragraph on a page.
#[derive(Debug, Clone)]
pub(super) struct PagePart {
    pub(super) paragraph: usize,
    pub(super) zone: Zone,
    /// Its lines from top to bottom.
    pub(super) lines: Vec<usize>,
    /// The first and the last baseline.
    pub(super) first: f64,
    pub(super) last: f64,
    /// Whether the paragraph starts here.
    pub(super) starts: bool,
    opening: usize,
    row: usize,
    language: usize,
}

/// The parts of a layout by their openings.
#[derive(Debug)]
pub(super) struct Rows {
    /// The parts in the order of the pages, from top to bottom.
    pub(super) parts: Vec<PagePart>,
    /// The part of each line.
    pub(super) part_of: Vec<Option<usize>>,
    /// The parts of each opening.
    openings: Vec<Vec<usize>>,
    languages: Vec<String>,
    /// The first baseline of the pages after the first opening, by the language and the font of the line; none where such
    /// pages do not agree.
    tops: FxHashMap<Top, Option<f64>>,
}

/// What stands first on a page: the place of its language, its font and the size in hundredths of a point. Another font
/// has its baseline elsewhere.
type Top = (usize, String, i64);

/// A place that something hangs from, in a language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    /// The part that it belongs to.
    pub(super) part: usize,
    pub(super) y: f64,
}

impl Rows {
    /// Finds the rows of a text. Both sides of a comparison have their languages in one order.
    pub(super) fn new(text: &Text<'_>, languages: &[String]) -> Self {
        let mut rows: FxHashMap<String, usize> = FxHashMap::default();
        let mut parts: Vec<PagePart> = Vec::new();
        let mut open: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        let mut part_of = vec![None; text.lines.len()];
        for (number, line) in text.lines.iter().enumerate() {
            let paragraph = &text.paragraphs[line.paragraph];
            let Some(baseline) = line.line.baseline.filter(|_| paragraph.zone != Zone::Furniture) else {
                continue;
            };
            let count = rows.len();
            let row = *rows.entry(paragraph.name.row()).or_insert(count);
            let part = *open.entry((line.paragraph, line.page)).or_insert_with(|| {
                parts.push(PagePart {
                    paragraph: line.paragraph,
                    zone: paragraph.zone,
                    lines: Vec::new(),
                    first: baseline,
                    last: baseline,
                    starts: paragraph.lines.first() == Some(&number),
                    opening: text.opening(line.page),
                    row,
                    language: languages.iter().position(|l| *l == paragraph.language).unwrap_or(0),
                });
                parts.len() - 1
            });
            let of = &mut parts[part];
            of.lines.push(number);
            of.first = of.first.min(baseline);
            of.last = of.last.max(baseline);
            part_of[number] = Some(part);
        }
        let mut openings = vec![Vec::new(); text.layout.pages.len()];
        for (number, part) in parts.iter().enumerate() {
            openings[part.opening].push(number);
        }
        let mut rows = Self {
            parts,
            part_of,
            openings,
            languages: languages.to_vec(),
            tops: FxHashMap::default(),
        };
        rows.find_tops(text);
        rows
    }

    fn find_tops(&mut self, text: &Text<'_>) {
        let mut tops: FxHashMap<Top, Option<f64>> = FxHashMap::default();
        for (number, part) in self.parts.iter().enumerate() {
            let is_top = part.zone == Zone::Body && self.ends_above(number).iter().all(Option::is_none);
            if is_top && part.opening > 0 {
                let agree = |top: &mut Option<f64>| *top = top.filter(|y| (y - part.first).abs() < SIDE_BY_SIDE);
                tops.entry(top(text, part))
                    .and_modify(agree)
                    .or_insert(Some(part.first));
            }
        }
        self.tops = tops;
    }

    /// Which of two parts stands on the earlier opening.
    pub(super) fn by_opening(&self, a: usize, b: usize) -> Ordering {
        self.parts[a].opening.cmp(&self.parts[b].opening)
    }

    /// Whether a part stands on the first opening, which has another head than those after it.
    pub(super) fn is_on_first_opening(&self, part: usize) -> bool {
        self.parts[part].opening == 0
    }

    fn beside(&self, part: usize) -> impl Iterator<Item = (usize, &PagePart)> {
        let own = &self.parts[part];
        let like = move |(_, other): &(usize, &PagePart)| other.zone == own.zone && other.row != own.row;
        self.openings[own.opening]
            .iter()
            .map(|n| (*n, &self.parts[*n]))
            .filter(like)
    }

    /// Where pages that start in the language and the font of a part have their first baseline, if they agree.
    pub(super) fn top_of_page(&self, text: &Text<'_>, part: usize) -> Option<f64> {
        self.tops.get(&top(text, &self.parts[part])).copied().flatten()
    }

    /// The lowest ends above a part of the text, one a language. None at all where it stands at the top.
    pub(super) fn ends_above(&self, part: usize) -> Vec<Option<Hold>> {
        let own = &self.parts[part];
        let mut ends: Vec<Option<Hold>> = vec![None; self.languages.len().max(1)];
        for (number, other) in self.beside(part) {
            let end = &mut ends[other.language];
            if other.last < own.first - SIDE_BY_SIDE && end.is_none_or(|end| end.y < other.last) {
                *end = Some(Hold {
                    part: number,
                    y: other.last,
                });
            }
        }
        ends
    }

    /// The tops of the note below a note, one a language. None at all where it stands on the foot.
    pub(super) fn tops_below(&self, part: usize) -> Vec<Option<Hold>> {
        let own = &self.parts[part];
        let mut tops: Vec<Option<Hold>> = vec![None; self.languages.len().max(1)];
        let below = |(_, other): &(usize, &PagePart)| other.first > own.last + SIDE_BY_SIDE;
        let Some((_, next)) = self
            .beside(part)
            .filter(below)
            .min_by(|a, b| a.1.first.total_cmp(&b.1.first))
        else {
            return tops;
        };
        for (number, other) in self.beside(part).filter(|(_, other)| other.row == next.row) {
            tops[other.language] = Some(Hold {
                part: number,
                y: other.first,
            });
        }
        tops
    }

    /// The heights of the row of a part, from the first baseline to the last, one a language.
    pub(super) fn heights(&self, part: usize) -> Vec<Option<f64>> {
        let own = &self.parts[part];
        let mut heights = vec![None; self.languages.len().max(1)];
        for other in self.openings[own.opening].iter().map(|n| &self.parts[*n]) {
            if other.zone == own.zone && other.row == own.row {
                heights[other.language] = Some(other.last - other.first);
            }
        }
        heights
    }

    /// The place of the language of a part.
    pub(super) fn language(&self, part: usize) -> usize {
        self.parts[part].language
    }
}

fn top(text: &Text<'_>, part: &PagePart) -> Top {
    let font = part.lines.first().and_then(|line| text.lines[*line].line.fonts.first());
    let (name, size) = font.map_or(("", 0.0), |(name, size)| (name.as_str(), *size));
    (part.language, name.to_owned(), (size * 100.0).round() as i64)
}
