//! Looks at a page: every line of it, then the lines and the template's own text beside each other.

use std::ops::Range;

use kurbo::{Affine, BezPath, Rect};
use typst::layout::Abs;

use super::grounds::{OwnText, Painted, colour};
use super::inks::{FontInk, Inks};
use super::{Outcome, PrintColumn};
use crate::edition::Edition;
use crate::ink::{self, Care, Colour, FAINT, Letter, Word};
use crate::line::{Cluster, Line, Run};
use crate::page::{Origin, Page, PlacedLine};

/// A word that is wider than its line may be a label or a hanging sign; one that fills so much of its column is a long word.
const LONG: f64 = 0.6;
/// Words of the template this much larger than those over them are a ground, as a word across the page behind its text.
const LARGE: f64 = 2.5;
/// How many pairs of words that are printed over each other are looked for on a page.
const MOST_PAIRS: usize = 200;

/// Something on a page that cannot be read.
#[derive(Debug)]
pub(super) struct Hit {
    /// The page, from 0.
    pub(super) page: usize,
    /// The word.
    pub(super) text: String,
    /// Where it comes from; `None` for text of the template's own.
    pub(super) source: Option<Source>,
    /// What is wrong with it.
    pub(super) wrong: Wrong,
}

/// Where a word of a line comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Source {
    /// The cell.
    pub(super) origin: Origin,
    /// The line in its cell.
    pub(super) line: usize,
    /// The letters of the line before the word, in the order of the text.
    pub(super) before: usize,
    /// The column of a table.
    pub(super) table_column: Option<usize>,
}

/// What is wrong with a word.
#[derive(Debug)]
pub(super) enum Wrong {
    NoOutline {
        family: String,
        letters: Vec<String>,
    },
    TooNarrow {
        column: PrintColumn,
        by: f64,
        outcome: Outcome,
    },
    OffPage {
        by: f64,
    },
    Over {
        other: String,
        origin: Option<Origin>,
        table_column: Option<usize>,
    },
    Faint {
        colour: Colour,
        ground: Colour,
    },
    Covered,
    TooSmall {
        size: f64,
    },
}

impl Hit {
    /// Takes in what was found later of the same cause.
    pub(super) fn take_in(&mut self, later: Self) {
        match (&mut self.wrong, later.wrong) {
            (Wrong::NoOutline { letters, .. }, Wrong::NoOutline { letters: more, .. }) => {
                let more: Vec<String> = more.into_iter().filter(|letter| !letters.contains(letter)).collect();
                letters.extend(more);
            }
            (Wrong::OffPage { by }, Wrong::OffPage { by: more }) => *by = by.max(more),
            (Wrong::TooNarrow { by, outcome, .. }, wrong @ Wrong::TooNarrow { .. }) => {
                let Wrong::TooNarrow {
                    by: more,
                    outcome: worse,
                    ..
                } = &wrong
                else {
                    return;
                };
                // What is lost counts more than how much is missing.
                let rank = |outcome: &Outcome| match outcome {
                    Outcome::OutOfColumn => 0,
                    Outcome::OffPage => 1,
                    Outcome::Over(_) => 2,
                };
                let (now, then) = (rank(outcome), rank(worse));
                if then > now || (then == now && *more > *by + 1.0) {
                    (self.page, self.text, self.source) = (later.page, later.text, later.source);
                    self.wrong = wrong;
                }
            }
            _ => {}
        }
    }
}

/// What cannot be read on a page; `number` is counted from 0.
pub(super) fn hits(edition: &Edition<'_>, page: &Page, number: usize, inks: &Inks) -> Vec<Hit> {
    let painted = Painted::of(page);
    let sheet = edition.sheet();
    let paper = Rect::new(0.0, 0.0, sheet.width.to_pt(), sheet.height.to_pt());
    let mut look = Look {
        edition,
        number,
        inks,
        paper,
        painted: &painted,
        lines: Vec::with_capacity(page.lines.len()),
        hits: Vec::new(),
    };
    for placed in &page.lines {
        look.line(placed);
    }
    let own: Vec<Entry<'_>> = painted.texts.iter().flat_map(|text| look.own(text)).collect();
    look.meetings(own);
    look.hits
}

struct Look<'a> {
    edition: &'a Edition<'a>,
    number: usize,
    inks: &'a Inks,
    paper: Rect,
    painted: &'a Painted<'a>,
    lines: Vec<LineInk<'a>>,
    hits: Vec<Hit>,
}

/// A line and what its ink covers.
struct LineInk<'a> {
    placed: &'a PlacedLine,
    line: &'a Line,
    ink: Rect,
    /// Whether a word in it starts before the one at its left ends.
    goes_back: bool,
    /// The hit that says that it is too wide, in the list of hits.
    narrow: Option<usize>,
}

/// A word on the page that may meet others.
struct Entry<'a> {
    word: Word,
    text: String,
    source: Option<Source>,
    /// The line, in the list of lines.
    line: Option<usize>,
    colour: Option<Colour>,
    shapes: Shapes<'a>,
}

/// Where the outlines of the letters of a word come from; the key of a letter is its place here.
enum Shapes<'a> {
    Clusters(Vec<(&'a Run, &'a Cluster)>, f64, f64),
    Own(&'a OwnText<'a>),
}

impl<'a> Look<'a> {
    fn line(&mut self, placed: &'a PlacedLine) {
        let line = self.edition.line(placed);
        let (left, baseline) = (placed.at.x.to_pt(), placed.at.y.to_pt());
        let mut all: Option<Rect> = None;
        let mut goes_back = false;
        // Where the words before this one end, and this one itself.
        let (mut ended, mut this): (f64, Option<Range<f64>>) = (f64::MIN, None);
        for run in &line.runs {
            let Some(font) = self.inks.get(&run.font) else { continue };
            let size = run.size.to_pt();
            let mut of_run: Option<Rect> = None;
            for cluster in &run.clusters {
                let x = cluster.x.to_pt();
                if cluster.is_space() {
                    ended = this.take().map_or(ended, |word| ended.max(word.end));
                    continue;
                }
                let end = x + cluster.advance.to_pt();
                let word = this.get_or_insert(x..end);
                *word = word.start.min(x)..word.end.max(end);
                goes_back |= word.start < ended - 0.1 * size;
                match cluster_ink(font, run, cluster, left, baseline) {
                    Some(ink) => of_run = Some(of_run.map_or(ink, |all: Rect| all.union(ink))),
                    None if cluster.text.chars().any(ink::leaves_ink) => {
                        self.no_outline(placed, line, font, cluster);
                    }
                    None => {}
                }
            }
            if let Some(ink) = of_run {
                self.run(placed, line, run, font);
                all = Some(all.map_or(ink, |all| all.union(ink)));
            }
        }
        let Some(ink) = all else { return };
        let narrow = self.fits(placed, line, ink);
        self.lines.push(LineInk {
            placed,
            line,
            ink,
            goes_back,
            narrow,
        });
    }

    fn no_outline(&mut self, placed: &PlacedLine, line: &Line, font: &FontInk, cluster: &Cluster) {
        let words = words(line);
        let found = words.iter().find(|word| {
            let mut inside = word.iter();
            inside.any(|(_, other)| std::ptr::eq(*other, cluster))
        });
        let (text, before) = found.map_or((cluster.text.to_string(), 0), |word| told(line, word));
        self.hit(
            text,
            Some(source(placed, line, before)),
            Wrong::NoOutline {
                family: font.family().to_owned(),
                letters: vec![cluster.text.to_string()],
            },
        );
    }

    /// Looks at size and colour of a run that has ink.
    fn run(&mut self, placed: &PlacedLine, line: &Line, run: &Run, font: &FontInk) {
        let size = run.size.to_pt();
        let first = |run: &Run| run.clusters.iter().find(|cluster| !cluster.is_space()).cloned();
        if size < ink::SMALLEST
            && let Some(cluster) = first(run)
        {
            self.wrong_at(placed, line, &cluster, Wrong::TooSmall { size });
        }
        let Some((fill, share)) = colour(&run.fill) else { return };
        let stroke = run.stroke.as_ref().and_then(|stroke| colour(&stroke.paint));
        if self.painted.is_bare() {
            if let Some(wrong) = faint((fill, share), stroke, Colour::WHITE)
                && let Some(cluster) = first(run)
            {
                self.wrong_at(placed, line, &cluster, wrong);
            }
            return;
        }
        for cluster in run.clusters.iter().filter(|cluster| !cluster.is_space()) {
            let Some(ink) = cluster_ink(font, run, cluster, placed.at.x.to_pt(), placed.at.y.to_pt()) else {
                continue;
            };
            let ground = self.painted.behind(ink, self.painted.grounds());
            if let Some(wrong) = ground.and_then(|ground| faint((fill, share), stroke, ground)) {
                self.wrong_at(placed, line, cluster, wrong);
                return;
            }
        }
    }

    fn wrong_at(&mut self, placed: &PlacedLine, line: &Line, cluster: &Cluster, wrong: Wrong) {
        let words = words(line);
        let holds = |word: &&Vec<(&Run, &Cluster)>| word.iter().any(|(_, other)| other.logical == cluster.logical);
        let (text, before) = words
            .iter()
            .find(holds)
            .map_or((cluster.text.to_string(), 0), |word| told(line, word));
        self.hit(text, Some(source(placed, line, before)), wrong);
    }

    /// Whether a line keeps within its column and the page; the place of the hit that says that it is too wide.
    fn fits(&mut self, placed: &PlacedLine, line: &Line, ink: Rect) -> Option<usize> {
        let off = over_the_edge(ink, self.paper);
        let cell = self.edition.cell(placed.origin);
        let (from, to) = line.bounds.unwrap_or((Abs::zero(), cell.width));
        let width = (to - from).to_pt();
        let (from, to) = (from.to_pt(), to.to_pt());
        let extent = |word: &[(&Run, &Cluster)]| {
            let start = word.iter().map(|(_, c)| c.x.to_pt()).fold(f64::MAX, f64::min);
            let end = word
                .iter()
                .map(|(_, c)| (c.x + c.advance).to_pt())
                .fold(f64::MIN, f64::max);
            start..end
        };
        let size = line.runs.first().map_or(1.0, |run| run.size.to_pt());
        let out = |word: &Range<f64>| (from - word.start).max(word.end - to);
        // The pen of nearly all lines keeps within the column, which is seen at a glance.
        let pen = line.runs.first()?.left().to_pt()..line.runs.last()?.right().to_pt();
        if out(&pen) <= ink::OVERHANG * size && off <= 0.0 {
            return None;
        }
        let words = words(line);
        let widest = words.iter().map(|word| (word, extent(word)));
        let widest = widest.max_by(|a, b| (a.1.end - a.1.start).total_cmp(&(b.1.end - b.1.start)));
        let long = widest.filter(|(_, extent)| {
            let length = extent.end - extent.start;
            out(extent) > ink::OVERHANG * size && length > LONG * width
        });
        let whole = || {
            // Words that stand together, as figures with their unit, may be too wide though none of them is.
            let extents = words.iter().map(|word| extent(word));
            let all = extents.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
            let over = ink::OVERHANG * size;
            all.filter(|all| line.table.is_some() && out(all) > over && all.end - all.start > width + over)
        };
        let wide = match long {
            Some((word, extent)) => Some((told(line, word), extent)),
            None => whole().map(|extent| ((line.text.trim().to_owned(), 0), extent)),
        };
        if let Some(((text, before), extent)) = wide {
            let column = match (line.table, placed.origin) {
                (Some((_, column)), _) => PrintColumn::Table(column + 1),
                (None, Origin::Note { .. }) => PrintColumn::Notes,
                (None, Origin::Row { .. }) => PrintColumn::Language,
            };
            let outcome = if off > 0.0 {
                Outcome::OffPage
            } else {
                Outcome::OutOfColumn
            };
            let by = (extent.end - extent.start - width).max(out(&extent));
            self.hit(
                text,
                Some(source(placed, line, before)),
                Wrong::TooNarrow { column, by, outcome },
            );
            return Some(self.hits.len() - 1);
        }
        if off > 0.0 {
            let (left, baseline) = (placed.at.x.to_pt(), placed.at.y.to_pt());
            let is_off = |word: &&Vec<(&Run, &Cluster)>| {
                word.iter().any(|(run, cluster)| {
                    let font = self.inks.get(&run.font);
                    let ink = font.and_then(|font| cluster_ink(font, run, cluster, left, baseline));
                    ink.is_some_and(|ink| over_the_edge(ink, self.paper) > 0.0)
                })
            };
            let (text, before) = words
                .iter()
                .find(is_off)
                .map_or((line.text.clone(), 0), |word| told(line, word));
            self.hit(text, Some(source(placed, line, before)), Wrong::OffPage { by: off });
        }
        None
    }

    /// Looks at text of the template's own, and gives its words.
    fn own(&mut self, text: &'a OwnText<'a>) -> Vec<Entry<'a>> {
        let font = FontInk::new(&text.item.font);
        let fill = colour(&text.item.fill);
        let stroke = text.item.stroke.as_ref().and_then(|stroke| colour(&stroke.paint));
        let size = text.item.size.to_pt() * text.to_page.determinant().abs().sqrt();
        let mut entries = Vec::new();
        for (letters, word) in own_words(text, &font) {
            let missing = letters
                .iter()
                .filter(|(text, ink)| ink.is_none() && text.chars().any(ink::leaves_ink));
            let missing: Vec<String> = missing.map(|(text, _)| text.clone()).collect();
            let told: String = letters.iter().map(|(text, _)| text.as_str()).collect();
            if !missing.is_empty() {
                let family = font.family().to_owned();
                self.hit(
                    told.clone(),
                    None,
                    Wrong::NoOutline {
                        family,
                        letters: missing,
                    },
                );
            }
            let Some(ink) = word.ink() else { continue };
            let off = over_the_edge(ink, self.paper);
            if off > 0.0 {
                self.hit(told.clone(), None, Wrong::OffPage { by: off });
            }
            if size < ink::SMALLEST {
                self.hit(told.clone(), None, Wrong::TooSmall { size });
            }
            let ground = self.painted.behind(ink, text.after);
            // A pale word of the template's own is often meant to be pale; one that nobody sees is not.
            let unseen = fill.zip(ground).and_then(|(fill, ground)| faint(fill, stroke, ground));
            match unseen {
                Some(Wrong::Faint { colour, ground }) if colour.contrast(ground) < ink::UNSEEN => {
                    self.hit(told.clone(), None, Wrong::Faint { colour, ground });
                }
                _ => {}
            }
            if self.painted.hides(ink, text.after) {
                self.hit(told.clone(), None, Wrong::Covered);
            }
            entries.push(Entry {
                word,
                text: told,
                source: None,
                line: None,
                colour: fill.map(|(fill, _)| fill),
                shapes: Shapes::Own(text),
            });
        }
        entries
    }

    /// Looks for words that are printed over each other.
    fn meetings(&mut self, own: Vec<Entry<'a>>) {
        let mut entries = own;
        let near = self.near(&entries);
        if near.is_empty() && entries.len() < 2 {
            return;
        }
        for at in near {
            entries.extend(self.entries(at));
        }
        let words: Vec<Word> = entries.iter().map(|entry| entry.word.clone()).collect();
        let may_meet = |a: usize, b: usize| may_meet(&entries[a], &entries[b], &self.lines);
        let outline = |at: usize, letter: &Letter| self.outline(&entries[at], letter);
        let pairs = ink::overprints(&words, Care::Set, MOST_PAIRS, may_meet, outline);
        for (first, second) in pairs {
            self.over(&entries[first], &entries[second]);
        }
    }

    fn over(&mut self, first: &Entry<'_>, second: &Entry<'_>) {
        let narrow = |entry: &Entry<'_>| entry.line.and_then(|line| self.lines[line].narrow);
        let both = [(narrow(first), second), (narrow(second), first)];
        let mut told = false;
        for (hit, other) in both.into_iter().filter_map(|(hit, other)| Some((hit?, other))) {
            told = true;
            if let Wrong::TooNarrow { outcome, .. } = &mut self.hits[hit].wrong
                && !matches!(outcome, Outcome::Over(_))
            {
                *outcome = Outcome::Over(other.text.clone());
            }
        }
        if told {
            return;
        }
        // What comes later in the document is printed over what was there; the template's own text comes first.
        let (upper, lower) = if second.source.is_some() || first.source.is_none() {
            (second, first)
        } else {
            (first, second)
        };
        let wrong = Wrong::Over {
            other: lower.text.clone(),
            origin: lower.source.map(|source| source.origin),
            table_column: lower.source.and_then(|source| source.table_column),
        };
        self.hit(upper.text.clone(), upper.source, wrong);
    }

    /// The lines whose ink meets that of others, and those in which a word starts before the one at its left ends.
    fn near(&self, own: &[Entry<'_>]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by(|a, b| self.lines[*a].ink.y0.total_cmp(&self.lines[*b].ink.y0));
        let mut near = vec![false; self.lines.len()];
        let meet = |a: Rect, b: Rect| {
            let common = a.intersect(b);
            common.width() > 0.0 && common.height() > 0.0
        };
        for (place, at) in order.iter().enumerate() {
            let ink = self.lines[*at].ink;
            near[*at] |= self.lines[*at].goes_back;
            near[*at] |= own
                .iter()
                .any(|entry| entry.word.ink().is_some_and(|own| meet(own, ink)));
            let below = order[place + 1..]
                .iter()
                .take_while(|other| self.lines[**other].ink.y0 < ink.y1);
            for other in below.filter(|other| meet(self.lines[**other].ink, ink)) {
                near[*at] = true;
                near[*other] = true;
            }
        }
        (0..near.len()).filter(|at| near[*at]).collect()
    }

    /// The words of a line.
    fn entries(&self, at: usize) -> Vec<Entry<'a>> {
        let LineInk { placed, line, .. } = self.lines[at];
        let (left, baseline) = (placed.at.x.to_pt(), placed.at.y.to_pt());
        words(line)
            .into_iter()
            .map(|clusters| {
                let (text, before) = told(line, &clusters);
                let letters = clusters.iter().enumerate().filter_map(|(key, (run, cluster))| {
                    let x = left + cluster.x.to_pt();
                    Some(Letter {
                        ink: cluster_ink(self.inks.get(&run.font)?, run, cluster, left, baseline)?,
                        pen: x..x + cluster.advance.to_pt(),
                        key,
                    })
                });
                let size = clusters
                    .iter()
                    .map(|(run, _)| run.size.to_pt())
                    .fold(f64::MAX, f64::min);
                Entry {
                    word: Word {
                        letters: letters.collect(),
                        baseline: Some(baseline),
                        size,
                        line: Some(at),
                    },
                    text,
                    source: Some(source(placed, line, before)),
                    line: Some(at),
                    colour: clusters.first().and_then(|(run, _)| Some(colour(&run.fill)?.0)),
                    shapes: Shapes::Clusters(clusters, left, baseline),
                }
            })
            .collect()
    }

    /// The outline of a letter on the page.
    fn outline(&self, entry: &Entry<'_>, letter: &Letter) -> BezPath {
        match &entry.shapes {
            Shapes::Clusters(clusters, left, baseline) => {
                let Some((run, cluster)) = clusters.get(letter.key) else {
                    return BezPath::new();
                };
                let size = run.size.to_pt();
                let font = self.inks.get(&run.font);
                let placed = |glyph: &crate::line::SetGlyph| {
                    let font = font?;
                    let x = left + (cluster.x + glyph.x()).to_pt();
                    let y = baseline - (run.rise + glyph.y()).to_pt();
                    let across = match (glyph.stretch(), font.bounds(glyph.id)) {
                        (Some(width), Some(ink)) => {
                            let stretch = width.to_pt() / ink.width();
                            Affine::scale_non_uniform(stretch, -size) * Affine::translate((-ink.x0, 0.0))
                        }
                        _ => Affine::scale_non_uniform(size, -size),
                    };
                    Some(Affine::translate((x, y)) * across * font.outline(glyph.id))
                };
                cluster
                    .glyphs
                    .iter()
                    .filter_map(placed)
                    .flat_map(|path| path.into_iter())
                    .collect()
            }
            Shapes::Own(text) => {
                let font = FontInk::new(&text.item.font);
                let places = own_glyphs(text);
                let glyph = places.get(letter.key);
                glyph.map_or_else(BezPath::new, |(id, at, _)| *at * font.outline(*id))
            }
        }
    }

    fn hit(&mut self, text: String, source: Option<Source>, wrong: Wrong) {
        self.hits.push(Hit {
            page: self.number,
            text,
            source,
            wrong,
        });
    }
}

/// The box of the ink of a cluster on the page.
fn cluster_ink(font: &FontInk, run: &Run, cluster: &Cluster, left: f64, baseline: f64) -> Option<Rect> {
    let size = run.size.to_pt();
    let mut all: Option<Rect> = None;
    for glyph in &cluster.glyphs {
        let Some(ink) = font.bounds(glyph.id) else { continue };
        let x = left + (cluster.x + glyph.x()).to_pt();
        let y = baseline - (run.rise + glyph.y()).to_pt();
        let across = match glyph.stretch() {
            Some(width) => x..x + width.to_pt(),
            None => x + ink.x0 * size..x + ink.x1 * size,
        };
        let ink = Rect::new(across.start, y - ink.y1 * size, across.end, y - ink.y0 * size);
        all = Some(all.map_or(ink, |all| all.union(ink)));
    }
    all
}

/// How far ink reaches over the edge of the paper; 0 for what a printer would not miss.
fn over_the_edge(ink: Rect, paper: Rect) -> f64 {
    let out = [
        paper.x0 - ink.x0,
        ink.x1 - paper.x1,
        paper.y0 - ink.y0,
        ink.y1 - paper.y1,
    ];
    let most = out.into_iter().fold(0.0, f64::max);
    if most > ink::OVER_THE_EDGE { most } else { 0.0 }
}

/// What is wrong with a colour on a ground, if it is hard to see.
fn faint((fill, share): (Colour, f64), stroke: Option<(Colour, f64)>, ground: Colour) -> Option<Wrong> {
    let seen = |(colour, share): (Colour, f64)| colour.on(ground, share);
    let fill = seen((fill, share));
    let colour = match stroke.map(seen) {
        Some(stroke) if stroke.contrast(ground) > fill.contrast(ground) => stroke,
        _ => fill,
    };
    (colour.contrast(ground) < FAINT).then_some(Wrong::Faint { colour, ground })
}

/// Whether two words may be printed over each other without being meant to.
fn may_meet(a: &Entry<'_>, b: &Entry<'_>, lines: &[LineInk<'_>]) -> bool {
    if let (Some(a), Some(b)) = (a.line, b.line) {
        return a != b || lines[a].goes_back;
    }
    // A template may draw a shadow, or a large pale word behind all text.
    let shadow = a.source.is_none() && b.source.is_none() && a.text == b.text;
    let large = a.word.size > LARGE * b.word.size || b.word.size > LARGE * a.word.size;
    let apart = a.colour.zip(b.colour).is_some_and(|(a, b)| a.contrast(b) >= FAINT);
    !(shadow || large && apart)
}

/// The words of a line from left to right: the clusters between spaces.
fn words(line: &Line) -> Vec<Vec<(&Run, &Cluster)>> {
    let clusters: Vec<(&Run, &Cluster)> = line.clusters().collect();
    let words = clusters.split(|(_, cluster)| cluster.is_space());
    words.filter(|word| !word.is_empty()).map(<[_]>::to_vec).collect()
}

/// The text of a word, and how many letters of its line stand before it in the order of the text.
fn told(line: &Line, word: &[(&Run, &Cluster)]) -> (String, usize) {
    let mut clusters: Vec<&Cluster> = word.iter().map(|(_, cluster)| *cluster).collect();
    clusters.sort_by_key(|cluster| cluster.logical);
    let first = clusters.first().map_or(0, |cluster| cluster.logical);
    let before = line.clusters().filter(|(_, cluster)| cluster.logical < first);
    let before = before.map(|(_, cluster)| cluster.text.chars().count()).sum();
    (
        clusters.into_iter().map(|cluster| cluster.text.as_str()).collect(),
        before,
    )
}

fn source(placed: &PlacedLine, line: &Line, before: usize) -> Source {
    Source {
        origin: placed.origin,
        line: placed.line,
        before,
        table_column: line.table.map(|(_, column)| column),
    }
}

/// The glyphs of a text item: each with the way from its em to the page, and where the pen is before and after it.
fn own_glyphs(text: &OwnText<'_>) -> Vec<(u16, Affine, Range<f64>)> {
    let item = text.item;
    let size = item.size.to_pt();
    let mut pen = 0.0;
    let glyph = |glyph: &typst::text::Glyph| {
        let start = pen;
        pen += glyph.x_advance.at(item.size).to_pt();
        let (x, y) = (
            glyph.x_offset.at(item.size).to_pt(),
            glyph.y_offset.at(item.size).to_pt(),
        );
        let at = text.to_page * Affine::translate((start + x, -y)) * Affine::scale_non_uniform(size, -size);
        (glyph.id, at, start..pen)
    };
    item.glyphs.iter().map(glyph).collect()
}

/// A word of a text item: the text and the ink of each glyph, and what is asked of a word.
type OwnWord = (Vec<(String, Option<Rect>)>, Word);

/// The words of a text item: the text and the ink of each glyph, and what is asked of a word.
fn own_words(text: &OwnText<'_>, font: &FontInk) -> Vec<OwnWord> {
    let item = text.item;
    let [a, b, c, _, _, base] = text.to_page.as_coeffs();
    let upright = b == 0.0 && c == 0.0 && a > 0.0;
    let left = text.to_page.as_coeffs()[4];
    let mut words = Vec::new();
    let mut letters = Vec::new();
    let mut inked = Vec::new();
    let mut end = |letters: &mut Vec<(String, Option<Rect>)>, inked: &mut Vec<Letter>| {
        if !letters.is_empty() {
            let word = Word {
                letters: std::mem::take(inked),
                baseline: upright.then_some(base),
                size: item.size.to_pt() * text.to_page.determinant().abs().sqrt(),
                line: None,
            };
            words.push((std::mem::take(letters), word));
        }
    };
    for (key, ((id, at, pen), glyph)) in own_glyphs(text).into_iter().zip(&item.glyphs).enumerate() {
        let told = item.text.get(glyph.range()).unwrap_or_default();
        if !told.is_empty() && told.chars().all(char::is_whitespace) {
            end(&mut letters, &mut inked);
            continue;
        }
        let ink = font.bounds(id).map(|ink| at.transform_rect_bbox(ink));
        letters.push((told.to_owned(), ink));
        inked.extend(ink.map(|ink| Letter {
            ink,
            pen: left + pen.start * a..left + pen.end * a,
            key,
        }));
    }
    end(&mut letters, &mut inked);
    words
}
