//! Looks at a page: every line of it, then the lines and the template's own text beside each other.

use std::ops::Range;

use kurbo::Rect;
use typst::layout::Abs;

mod hit;
mod meeting;
mod own;

use super::grounds::{OwnText, Painted, colour};
use super::inks::{FontInk, Inks};
use super::{Outcome, PrintColumn};
use crate::edition::Edition;
use crate::ink::{self, Colour, FAINT, Word};
use crate::line::{Cluster, Line, Run};
use crate::page::{Origin, Page, PlacedLine};
use own::own_words;

pub(super) use hit::{Hit, Source, Wrong};

/// A word that is wider than its line may be a label or a hanging sign; one that fills so much of its column is a long word.
const LONG: f64 = 0.6;

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
