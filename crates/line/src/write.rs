//! Writes lines as text items: what is drawn, and in which order its text stands in the file.
//!
//! A line is one string from left to right in one font, the derived font of its main font, with a glyph for every
//! character. That is what readers of content streams put right, each in its own way (`docs/text.md`); the order of the
//! text itself is in the structure tree.

use ecow::EcoString;
use rayon::prelude::*;
use smallvec::SmallVec;
use typst::layout::{Abs, Em, Point};
use typst::syntax::Span;
use typst::text::{FontInstance, Glyph, Lang, TextItem};
use typst::visualize::{FixedStroke, Paint};

use super::derive::{Cast, DeriveError, Foundry, too_many, units_of};
use super::quirks::{edge, ends_in_latin, ends_in_mark, keep_apart, line_end, runs_into, text_of, widen_before_space};
use super::recipe::{Batch, Part, Recipe};
use super::{Cell, Cluster, Drawn, Line, Run, SetGlyph, is_mark};
use qarar_text::{Direction, Language};

/// A space that grows by more than this, in em, is the space before a tab stop and not that of a justified line.
const TAB: f64 = 0.5;
/// A tab stop that is farther away than this, in em, stays a gap: outlines reach to 32,767 units (OpenType, `glyf`).
const FARTHEST_TAB: f64 = 8.0;

/// A line that is ready to be placed on a page.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Written {
    items: SmallVec<[Item; 1]>,
}

impl Written {
    /// What is drawn, from left to right.
    pub fn items(&self) -> impl Iterator<Item = Drawn> {
        self.items.iter().map(Item::drawn)
    }

    /// The same, each with the place of its part in [`Line::parts`].
    pub fn items_of_parts(&self) -> impl Iterator<Item = (usize, Drawn)> {
        self.items.iter().map(|item| (usize::from(item.part), item.drawn()))
    }
}

/// A text item in the form that is kept of all lines of a document: a glyph takes 8 bytes here, and seven times as many in
/// an item of Typst's.
#[derive(Debug, Clone)]
struct Item {
    left: Abs,
    font: FontInstance,
    size: Abs,
    fill: Paint,
    stroke: Option<FixedStroke>,
    language: Language,
    /// The part of the text of the line that it is of.
    part: u16,
    text: EcoString,
    glyphs: Box<[ItemGlyph]>,
}

#[derive(Debug, Clone, Copy)]
struct ItemGlyph {
    id: u16,
    /// The bytes of the text that it stands for.
    length: u8,
    /// In em.
    advance: f32,
}

impl Item {
    fn drawn(&self) -> Drawn {
        let mut start = 0;
        let glyph = |glyph: &ItemGlyph| {
            let end = start + u16::from(glyph.length);
            let range = std::mem::replace(&mut start, end)..end;
            Glyph {
                id: glyph.id,
                x_advance: Em::new(f64::from(glyph.advance)),
                x_offset: Em::zero(),
                y_advance: Em::zero(),
                y_offset: Em::zero(),
                range,
                span: (Span::detached(), 0),
            }
        };
        let item = TextItem {
            font: self.font.clone(),
            size: self.size,
            fill: self.fill.clone(),
            stroke: self.stroke.clone(),
            lang: self.language.code().parse().unwrap_or(Lang::ENGLISH),
            region: None,
            text: self.text.clone(),
            glyphs: self.glyphs.iter().map(glyph).collect(),
        };
        (Point::with_x(self.left), item)
    }
}

/// Writes the lines of cells, in order: for each cell, its lines.
///
/// # Errors
/// When a font does not allow derived fonts.
pub fn write(cells: &[&Cell]) -> Result<Vec<Vec<Written>>, DeriveError> {
    let drafts = cells.par_chunks(BATCH).map(drafted).collect::<Result<Vec<_>, _>>()?;
    // Glyphs get their numbers in the order of the text, whatever thread drafted them: the bytes stay the same.
    let mut foundry = Foundry::default();
    let casts = drafts.iter().map(|(_, batch)| foundry.take(batch));
    let casts = casts.collect::<Result<Vec<_>, _>>()?;
    let fonts = foundry.finish()?;
    let cells = drafts.into_par_iter().zip(casts).flat_map_iter(|((cells, _), casts)| {
        let fonts = &fonts;
        let finished = move |line: Vec<Draft>| Written {
            items: line.into_iter().map(|draft| draft.finish(&casts, fonts)).collect(),
        };
        cells
            .into_iter()
            .map(move |cell| cell.into_iter().map(&finished).collect())
    });
    Ok(cells.collect())
}

/// How many cells are drafted together: many enough to have most glyphs more than once, few enough for all threads to have
/// some.
const BATCH: usize = 24;

/// The items of the lines of cells, and their glyphs.
type Drafted = (Vec<Vec<Vec<Draft>>>, Batch);

fn drafted(cells: &[&Cell]) -> Result<Drafted, DeriveError> {
    let mut batch = Batch::default();
    let mut of_cell = |cell: &&Cell| {
        let lines = cell.lines.iter();
        lines.map(|line| drafts(line, cell.language, &mut batch)).collect()
    };
    let cells = cells.iter().map(&mut of_cell).collect::<Result<_, DeriveError>>()?;
    Ok((cells, batch))
}

/// A text item whose font is still made: its glyphs have the numbers of their batch.
struct Draft {
    base: u16,
    item: Item,
}

impl Draft {
    fn finish(self, casts: &[Cast], fonts: &[FontInstance]) -> Item {
        let cast = &casts[usize::from(self.base)];
        let mut item = self.item;
        item.font = fonts[cast.font].clone();
        for glyph in &mut item.glyphs {
            glyph.id = cast.numbers[usize::from(glyph.id)];
        }
        item
    }
}

/// The items of a line: one, or one for each stretch of one colour.
fn drafts(line: &Line, language: Language, batch: &mut Batch) -> Result<Vec<Draft>, DeriveError> {
    let Some(main) = main_run(line) else {
        return Ok(Vec::new());
    };
    let mut groups: Vec<(u16, Vec<&Run>)> = Vec::new();
    for run in &line.runs {
        let part = part_of(line, run);
        match groups.last_mut() {
            Some((before, group)) if *before == part && group[0].fill == run.fill && group[0].stroke == run.stroke => {
                group.push(run);
            }
            _ => groups.push((part, vec![run])),
        }
    }
    groups
        .into_iter()
        .map(|(part, group)| draft(&group, part, main, language, batch))
        .collect()
}

/// The part of the text of a line that a run is of.
fn part_of(line: &Line, run: &Run) -> u16 {
    let passages = run
        .clusters
        .iter()
        .filter_map(|cluster| Some(cluster.place.as_ref()?.passage));
    let Some(passage) = passages.min().filter(|_| !line.parts.is_empty()) else {
        return 0;
    };
    line.parts
        .partition_point(|part| part.passage <= passage)
        .saturating_sub(1) as u16
}

/// The run whose font and size are those of the most clusters of the line.
fn main_run(line: &Line) -> Option<&Run> {
    let weight = |run: &Run| {
        let same = line
            .runs
            .iter()
            .filter(|other| other.font == run.font && other.size == run.size);
        same.map(|other| other.clusters.len()).sum::<usize>()
    };
    // The first of the heaviest, so that the choice does not hang on the order of iteration.
    line.runs.iter().rev().max_by_key(|run| weight(run))
}

fn draft(group: &[&Run], part: u16, main: &Run, language: Language, batch: &mut Batch) -> Result<Draft, DeriveError> {
    let units = units_of(&main.font);
    let to_units = |length: Abs| (length / main.size * units).round() as i32;
    let mut recipes = Vec::new();
    let mut advances = Vec::new();
    let mut clusters: Vec<(&Run, &Cluster)> = Vec::new();
    let mut sources = Vec::new();
    for run in group {
        clusters.extend(run.clusters.iter().map(|cluster| (*run, cluster)));
        sources.resize(clusters.len(), batch.sources.place(&run.font));
    }
    let left = clusters.first().map_or(Abs::zero(), |(_, cluster)| cluster.x);
    let mut start = left;
    let mut pen = 0.0;
    let marked = clusters
        .first()
        .is_some_and(|(run, cluster)| run.is_rtl() && ends_in_mark(cluster));
    if marked || (language.direction() == Direction::RightToLeft && ends_in_latin(&clusters)) {
        let end = line_end(units);
        advances.push(Em::new(f64::from(end.advance) / units));
        start -= main.size * (f64::from(end.advance) / units);
        recipes.push(end);
    }
    let mut tab = 0;
    for (index, (run, cluster)) in clusters.iter().enumerate() {
        let next = clusters.get(index + 1).map(|(_, next)| next.x);
        let beyond = index.checked_sub(1).map(|before| clusters[before]);
        if let Some(edge) = edge((*run, *cluster), beyond, language) {
            recipes.push(edge);
            advances.push(Em::zero());
        }
        let first = recipes.len();
        let source = (*run, sources[index]);
        cluster_recipes(source, cluster, main, units, &to_units, &mut recipes);
        if let Some(recipe) = recipes.get_mut(first) {
            recipe.advance += tab;
            recipe.parts.iter_mut().for_each(|part| part.x += tab);
            tab = 0;
        }
        advances.extend(
            recipes[first..]
                .iter()
                .map(|recipe| Em::new(f64::from(recipe.advance) / units)),
        );
        if run.is_rtl()
            && clusters
                .get(index + 1)
                .is_some_and(|(_, next)| runs_into(cluster, next))
        {
            recipes.push(Recipe {
                text: "\u{200f}".into(),
                ..Recipe::default()
            });
            advances.push(Em::zero());
        }
        let beyond = clusters.get(index + 1).copied();
        if let Some(edge) = edge((*run, *cluster), beyond, language) {
            recipes.push(edge);
            advances.push(Em::zero());
        }
        pen += recipes[first..]
            .iter()
            .map(|recipe| f64::from(recipe.advance))
            .sum::<f64>();
        // Rounding to units and the space between what does not touch are settled at spaces and gaps alone: within a
        // word nothing but whole advances, which no reader takes for a gap.
        let (Some(next), Some(last)) = (next, advances.last_mut()) else {
            continue;
        };
        // A gap beside a space is a part of it.
        if clusters.get(index + 1).is_some_and(|(_, next)| next.is_space()) {
            continue;
        }
        let target = (next - left) / main.size * units;
        let gap = target - pen;
        if cluster.is_space() && run.is_rtl() && clusters.get(index + 1).is_some_and(|(_, next)| ends_in_mark(next)) {
            widen_before_space(&mut recipes, &mut advances, gap, units);
            pen = target;
            continue;
        }
        // Justification leaves the spaces of a label alone: a gap after one is what is left to the tab stop, however small.
        let is_tab = gap > units * TAB || (gap > 0.0 && !cluster.is_elastic());
        if cluster.is_space() && is_tab && gap < units * FARTHEST_TAB {
            // pdf.js takes a line apart where the pen jumps, by a space too: the glyph after the tab stop takes the gap in.
            tab = gap.round() as i32;
            continue;
        }
        if cluster.is_space() || gap.abs() > 3.0 {
            *last += Em::new(gap / units);
            pen = target;
        }
    }
    keep_apart(&mut recipes, &mut advances, units);
    let inked = group.first().unwrap_or(&main);
    let base = batch.base(&main.font);
    let mut item = Item {
        left: start,
        // The font that the glyphs come from, in the place of the derived one.
        font: main.font.clone(),
        size: main.size,
        fill: inked.fill.clone(),
        stroke: inked.stroke.clone(),
        language: inked.language.unwrap_or(language),
        part,
        text: EcoString::with_capacity(recipes.len() * 2),
        glyphs: Box::default(),
    };
    let numbers = &mut batch.recipes[usize::from(base)];
    let mut glyphs = Vec::with_capacity(recipes.len());
    for (recipe, advance) in recipes.iter().zip(&advances) {
        item.text.push_str(&recipe.text);
        glyphs.push(ItemGlyph {
            id: numbers.number(recipe).ok_or_else(|| too_many(&main.font))?,
            // A character or two.
            length: recipe.text.len() as u8,
            advance: advance.get() as f32,
        });
    }
    item.glyphs = glyphs.into();
    Ok(Draft { base, item })
}

/// The size of a run by that of the main one, in 1/65,536.
fn scale_of(run: &Run, main: &Run) -> u32 {
    (run.size / main.size * 65536.0).round() as u32
}

/// What is drawn of a cluster.
fn parts(
    (run, source): (&Run, u16),
    cluster: &Cluster,
    main: &Run,
    to_units: &impl Fn(Abs) -> i32,
) -> SmallVec<[Part; 1]> {
    let part = |glyph: &SetGlyph| Part {
        source,
        glyph: glyph.id,
        x: to_units(glyph.x()),
        y: to_units(glyph.y() + run.rise),
        scale: scale_of(run, main),
        stretch: glyph.stretch().map(to_units),
        grade: run.grade,
    };
    cluster.glyphs.iter().map(part).collect()
}

/// The glyphs of a cluster from left to right, one a character. The run comes with the place of its font.
fn cluster_recipes(
    (run, source): (&Run, u16),
    cluster: &Cluster,
    main: &Run,
    units: f64,
    to_units: &impl Fn(Abs) -> i32,
    out: &mut Vec<Recipe>,
) {
    let scale = scale_of(run, main);
    let parts = if cluster.is_space() {
        SmallVec::new()
    } else {
        parts((run, source), cluster, main, to_units)
    };
    let mut characters: SmallVec<[char; 4]> = cluster.text.chars().collect();
    if run.is_rtl() {
        characters.reverse();
    }
    let advance = if cluster.is_space() {
        // A space has its own advance in the font; what justification adds is told apart, as readers expect.
        let own = cluster.glyphs.first().and_then(|glyph| run.font.x_advance(glyph.id));
        own.map_or(to_units(cluster.advance), |own| {
            (own.get() * units * f64::from(scale) / 65536.0).round() as i32
        })
    } else {
        to_units(cluster.advance).max(0)
    };
    let bases = characters.iter().filter(|c| !is_mark(**c)).count().max(1) as i32;
    let all_marks = characters.iter().all(|c| is_mark(*c));
    let mut left = Some(parts);
    let mut bases_done = 0;
    for character in characters {
        let base = all_marks || !is_mark(character);
        let share = if base {
            // The shares add up to the whole.
            let share = advance * (bases_done + 1) / bases - advance * bases_done / bases;
            bases_done += 1;
            if bases_done <= bases { share } else { 0 }
        } else {
            0
        };
        let parts = if base {
            left.take().unwrap_or_default()
        } else {
            SmallVec::new()
        };
        out.push(Recipe {
            text: text_of(run, character),
            advance: share,
            parts,
        });
    }
}
