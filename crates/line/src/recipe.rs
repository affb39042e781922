//! What the glyphs of derived fonts are made of, and how they get their numbers.
//!
//! A long document has millions of glyphs and some thousands of different ones. So the recipes of a batch of cells are told
//! apart and numbered where the cells are drafted, on any thread; the edition gives numbers of its own to those of each
//! batch, in the order of the text, whatever thread was first.

use ecow::EcoString;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use typst::text::FontInstance;

/// A part of a derived glyph: a glyph of some font, placed. All lengths are in units of the derived font.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Part {
    /// The font that the outline comes from, by its place among the sources of its batch or foundry.
    pub(super) source: u16,
    /// The glyph.
    pub(super) glyph: u16,
    /// Right of the origin.
    pub(super) x: i32,
    /// Above the baseline.
    pub(super) y: i32,
    /// Its size by that of the line's font, in 1/65,536.
    pub(super) scale: u32,
    /// The width that the glyph is stretched to; `None` for its own.
    pub(super) stretch: Option<i32>,
    /// By how many hundredths it is wider than in its font.
    pub(super) grade: i8,
}

/// What a derived glyph is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Recipe {
    /// The characters that it stands for, in the order of the screen: one, but for the few that a reader has to take
    /// whole (`docs/text.md`).
    pub(super) text: EcoString,
    /// Its advance, in units of the derived font.
    pub(super) advance: i32,
    /// What is drawn.
    pub(super) parts: SmallVec<[Part; 1]>,
}

/// Different recipes, each with its number.
#[derive(Debug, Default)]
pub(super) struct Recipes {
    all: Vec<Recipe>,
    numbers: FxHashMap<Recipe, u16>,
}

impl Recipes {
    /// The number of a recipe; `None` when there are more than a font can hold.
    pub(super) fn number(&mut self, recipe: &Recipe) -> Option<u16> {
        if let Some(number) = self.numbers.get(recipe) {
            return Some(*number);
        }
        let number = u16::try_from(self.all.len()).ok().filter(|n| *n < u16::MAX)?;
        self.all.push(recipe.clone());
        self.numbers.insert(recipe.clone(), number);
        Some(number)
    }

    /// The recipes in the order of their numbers.
    pub(super) fn all(&self) -> &[Recipe] {
        &self.all
    }
}

/// Fonts, each with its place.
#[derive(Debug, Default)]
pub(super) struct Sources(Vec<FontInstance>);

impl Sources {
    /// The place of a font. An edition has a handful of fonts: to compare them is faster than to hash one.
    pub(super) fn place(&mut self, font: &FontInstance) -> u16 {
        let known = self.0.iter().position(|known| known == font);
        let place = known.unwrap_or_else(|| {
            self.0.push(font.clone());
            self.0.len() - 1
        });
        place as u16
    }

    /// The fonts in the order of their places.
    pub(super) fn all(&self) -> &[FontInstance] {
        &self.0
    }
}

/// The recipes of the cells that are drafted together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The fonts that outlines come from.
    pub(super) sources: Sources,
    /// The fonts that fonts are derived from.
    pub(super) bases: Sources,
    /// The recipes for each of `bases`.
    pub(super) recipes: Vec<Recipes>,
}

impl Batch {
    /// The place of the font that is derived from `base`.
    pub(super) fn base(&mut self, base: &FontInstance) -> u16 {
        let place = self.bases.place(base);
        self.recipes.resize_with(self.bases.all().len(), Recipes::default);
        place
    }
}
