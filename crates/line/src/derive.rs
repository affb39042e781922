//! Derived fonts: fonts made for one document, in which every glyph stands for one character.
//!
//! Readers of PDF take a line apart at every change of font, size and height, and at every glyph that stands for more or
//! less than one character (`docs/text.md`). So the glyphs of a line, whatever fonts they come from, however raised,
//! moved, scaled or elongated, become glyphs of one font of the line:
//!
//! ```text
//!        |<------ advance ------>|
//!        |<-- e -->|             |
//!        |=========|#############|     an elongated letter: the tatweel stretched to e, and the letter beside it,
//!        |=========|##  letter ##|     one outline, one character
//! ```
//!
//! A cluster of several letters (a ligature) becomes as many glyphs as it has letters: the first from the left has the
//! outline, the others have their share of the advance and no ink. A mark above or below is drawn with its letter and has
//! a glyph without ink and advance of its own.

use kurbo::{Affine, BezPath, PathEl, Shape};
use rayon::prelude::*;
use ttf_parser::GlyphId;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariations};
use write_fonts::FontBuilder;
use write_fonts::tables::glyf::{GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::head::{Flags, Head, MacStyle};
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::os2::Os2;
use write_fonts::tables::post::Post;
use write_fonts::types::{FWord, Fixed, UfWord};

use super::breaker::costs::WIDENING;
use super::recipe::{Batch, Recipe, Recipes, Sources};
use qarar_ink::contours;

/// Fonts of 1,000 units get a finer grid, so that scaled glyphs keep their shape.
const FINE: f64 = 2000.0;

/// How far a stretched tatweel reaches into the letters at its sides, in em: less would show as a hairline between them,
/// more would thicken the joint of slanted strokes.
const OVERLAP: f64 = 0.02;

/// A font that cannot be derived from.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum DeriveError {
    /// The licence bits of the font (OpenType OS/2, `fsType`) forbid it.
    #[error(
        "the font `{family}` forbids a modified or embedded copy of itself (OS/2 fsType {bits:#06x}); take another one by \
         [fonts] in document.toml, or none, which falls back to Amiri and STIX Two Text"
    )]
    Forbidden {
        /// The family.
        family: String,
        /// The bits.
        bits: u16,
    },
    /// The font would have more glyphs than a font can hold.
    #[error("more than 65,535 different glyphs of `{family}` are needed in one edition; split the document")]
    TooManyGlyphs {
        /// The family.
        family: String,
    },
    /// The tables could not be written or read back.
    #[error("no font could be derived from `{family}`: {reason}")]
    Broken {
        /// The family.
        family: String,
        /// What failed.
        reason: String,
    },
}

/// The font that is being derived from a font.
struct Draft {
    base: FontInstance,
    units: f64,
    recipes: Recipes,
}

/// The derived fonts of an edition.
#[derive(Default)]
pub(super) struct Foundry {
    drafts: Vec<Draft>,
    sources: Sources,
}

/// What became of a font of a batch: the place of the font that is derived from it, and the numbers of its glyphs by
/// those that they had in the batch.
pub(super) struct Cast {
    /// The place among the fonts of the foundry.
    pub(super) font: usize,
    /// The numbers.
    pub(super) numbers: Vec<u16>,
}

/// Units of the em of the font that is derived from a font.
pub(super) fn units_of(base: &FontInstance) -> f64 {
    let units = base.units_per_em();
    if units < FINE {
        units * (FINE / units).floor().clamp(1.0, 16.0)
    } else {
        units
    }
}

impl Foundry {
    /// Takes in the glyphs of a batch. Batches come in the order of the text.
    ///
    /// # Errors
    /// When the licence of a font forbids it, or a font cannot hold as many glyphs.
    pub(super) fn take(&mut self, batch: &Batch) -> Result<Vec<Cast>, DeriveError> {
        let sources: Vec<u16> = batch.sources.all().iter().map(|s| self.sources.place(s)).collect();
        let fonts = batch.bases.all().iter().zip(&batch.recipes);
        let cast = |(base, recipes): (&FontInstance, &Recipes)| {
            let font = self.font(base)?;
            let draft = &mut self.drafts[font];
            let number = |recipe: &Recipe| {
                let mut recipe = recipe.clone();
                let parts = recipe.parts.iter_mut();
                parts.for_each(|part| part.source = sources[usize::from(part.source)]);
                draft.recipes.number(&recipe).ok_or_else(|| too_many(base))
            };
            let numbers = recipes.all().iter().map(number).collect::<Result<_, _>>()?;
            Ok(Cast { font, numbers })
        };
        fonts.map(cast).collect()
    }

    /// The place of the font that is derived from `base`.
    fn font(&mut self, base: &FontInstance) -> Result<usize, DeriveError> {
        if let Some(place) = self.drafts.iter().position(|draft| draft.base == *base) {
            return Ok(place);
        }
        check_licence(base)?;
        let mut recipes = Recipes::default();
        // Glyph 0 is what a font shows for nothing, and never used.
        recipes.number(&Recipe::default());
        self.drafts.push(Draft {
            base: base.clone(),
            units: units_of(base),
            recipes,
        });
        Ok(self.drafts.len() - 1)
    }

    /// The finished fonts.
    pub(super) fn finish(self) -> Result<Vec<FontInstance>, DeriveError> {
        let sources = self.sources.all();
        self.drafts.iter().map(|draft| draft.build(sources)).collect()
    }
}

/// The error of a font that would have more glyphs than a font can hold.
pub(super) fn too_many(base: &FontInstance) -> DeriveError {
    DeriveError::TooManyGlyphs { family: family(base) }
}

fn family(font: &FontInstance) -> String {
    font.font().info().family.clone()
}

/// OS/2 `fsType`: bit 1 restricts embedding altogether, bit 8 forbids subsetting, bit 9 allows bitmaps only.
pub(super) fn check_licence(base: &FontInstance) -> Result<(), DeriveError> {
    const RESTRICTED: u16 = 0x0002;
    const NO_SUBSETTING: u16 = 0x0100;
    const BITMAP_ONLY: u16 = 0x0200;
    let os2 = base.ttf().raw_face().table(ttf_parser::Tag::from_bytes(b"OS/2"));
    let bits = os2
        .and_then(|table| table.get(8..10))
        .map_or(0, |b| u16::from_be_bytes([b[0], b[1]]));
    if bits & (RESTRICTED | NO_SUBSETTING | BITMAP_ONLY) == 0 {
        Ok(())
    } else {
        Err(DeriveError::Forbidden {
            family: family(base),
            bits,
        })
    }
}

impl Draft {
    fn build(&self, sources: &[FontInstance]) -> Result<FontInstance, DeriveError> {
        let broken = |reason: String| DeriveError::Broken {
            family: family(&self.base),
            reason,
        };
        let mut builder = GlyfLocaBuilder::new();
        let recipes = self.recipes.all();
        let mut metrics = Vec::with_capacity(recipes.len());
        let mut bounds = kurbo::Rect::ZERO;
        let mut points = (0, 0);
        let paths: Vec<BezPath> = recipes.par_iter().map(|recipe| self.outline(recipe, sources)).collect();
        for (recipe, path) in recipes.iter().zip(&paths) {
            let bearing = if path.is_empty() {
                builder.add_glyph(&Glyph::Empty).map_err(|e| broken(e.to_string()))?;
                0.0
            } else {
                let glyph = SimpleGlyph::from_bezpath(path)
                    .map_err(|_| broken("an outline of it cannot be written again".to_owned()))?;
                points.0 = points.0.max(glyph.contours.len());
                points.1 = points.1.max(glyph.contours.iter().map(|contour| contour.len()).sum());
                builder.add_glyph(&glyph).map_err(|e| broken(e.to_string()))?;
                bounds = bounds.union(path.control_box());
                f64::from(glyph.bbox.x_min)
            };
            metrics.push(LongMetric::new(recipe.advance.clamp(0, 0xffff) as u16, bearing as i16));
        }
        let data = self
            .tables(builder, metrics, bounds, points)
            .map_err(|e| broken(e.to_string()))?;
        let font = Font::new(Bytes::new(data), 0).ok_or_else(|| broken("the tables cannot be read back".to_owned()))?;
        let variant = font.info().variant;
        Ok(font.instantiate(variant, Abs::pt(10.0), &FontVariations::default()))
    }

    fn outline(&self, recipe: &Recipe, sources: &[FontInstance]) -> BezPath {
        let mut all = BezPath::new();
        for part in &recipe.parts {
            let font = &sources[usize::from(part.source)];
            let mut is_whole = false;
            let outline = contours(|pen| is_whole = font.ttf().outline_glyph(GlyphId(part.glyph), pen).is_some());
            if !is_whole {
                continue;
            }
            let grid = self.units / font.units_per_em() * f64::from(part.scale) / 65536.0;
            let wider = 1.0 + f64::from(part.grade) * WIDENING;
            let mut place = Affine::scale_non_uniform(grid * wider, grid);
            if let Some(width) = part.stretch {
                let ink = outline.bounding_box();
                let overlap = OVERLAP * self.units;
                let across = (f64::from(width) + 2.0 * overlap) / ink.width().max(1.0);
                place = Affine::translate((-overlap, 0.0))
                    * Affine::scale_non_uniform(across, grid)
                    * Affine::translate((-ink.x0, 0.0));
            }
            let place = Affine::translate((f64::from(part.x), f64::from(part.y))) * place;
            quadratic(&(place * outline), &mut all);
        }
        all
    }

    fn tables(
        &self,
        glyphs: GlyfLocaBuilder,
        metrics: Vec<LongMetric>,
        bounds: kurbo::Rect,
        (contours, points): (usize, usize),
    ) -> Result<Vec<u8>, write_fonts::BuilderError> {
        let (glyf, loca, format) = glyphs.build();
        let ttf = self.base.ttf();
        let grid = self.units / self.base.units_per_em();
        let count = metrics.len() as u16;
        let scaled = |units: i16| FWord::new((f64::from(units) * grid).round() as i16);
        let head = Head {
            font_revision: Fixed::from_f64(1.0),
            flags: Flags::empty(),
            units_per_em: self.units as u16,
            x_min: bounds.x0.floor() as i16,
            y_min: bounds.y0.floor() as i16,
            x_max: bounds.x1.ceil() as i16,
            y_max: bounds.y1.ceil() as i16,
            mac_style: MacStyle::empty(),
            lowest_rec_ppem: 8,
            index_to_loc_format: i16::from(matches!(format, LocaFormat::Long)),
            ..Head::default()
        };
        let hhea = Hhea {
            ascender: scaled(ttf.ascender()),
            descender: scaled(ttf.descender()),
            advance_width_max: UfWord::new(metrics.iter().map(|m| m.advance).max().unwrap_or(0)),
            number_of_h_metrics: count,
            ..Hhea::default()
        };
        let maxp = Maxp {
            num_glyphs: count,
            max_points: Some(points as u16),
            max_contours: Some(contours as u16),
            max_composite_points: Some(0),
            max_composite_contours: Some(0),
            max_zones: Some(1),
            max_twilight_points: Some(0),
            max_storage: Some(0),
            max_function_defs: Some(0),
            max_instruction_defs: Some(0),
            max_stack_elements: Some(0),
            max_size_of_instructions: Some(0),
            max_component_elements: Some(0),
            max_component_depth: Some(0),
        };
        let os2 = Os2 {
            us_weight_class: ttf.weight().to_number(),
            s_typo_ascender: scaled(ttf.ascender()).to_i16(),
            s_typo_descender: scaled(ttf.descender()).to_i16(),
            us_win_ascent: scaled(ttf.ascender()).to_i16().unsigned_abs(),
            us_win_descent: scaled(ttf.descender()).to_i16().unsigned_abs(),
            s_cap_height: Some(scaled(ttf.capital_height().unwrap_or(700)).to_i16()),
            sx_height: Some(scaled(ttf.x_height().unwrap_or(500)).to_i16()),
            us_default_char: Some(0),
            us_break_char: Some(32),
            us_max_context: Some(0),
            ul_code_page_range_1: Some(0),
            ul_code_page_range_2: Some(0),
            ..Os2::default()
        };
        let post = Post {
            italic_angle: Fixed::from_f64(f64::from(ttf.italic_angle())),
            ..Post::default()
        };
        let mut font = FontBuilder::new();
        font.add_table(&head)?
            .add_table(&hhea)?
            .add_table(&maxp)?
            .add_table(&os2)?
            .add_table(&post)?;
        font.add_table(&Hmtx::new(metrics, Vec::new()))?
            .add_table(&glyf)?
            .add_table(&loca)?;
        // The names stay, with the copyright and the licence that the derived font keeps.
        if let Some(names) = ttf.raw_face().table(ttf_parser::Tag::from_bytes(b"name")) {
            font.add_raw(write_fonts::types::Tag::new(b"name"), names.to_vec());
        }
        Ok(font.build())
    }
}

/// Adds a path as lines and quadratic curves, which are what a TrueType outline has. Cubic curves, of fonts with CFF
/// outlines, are met to a quarter of a unit.
fn quadratic(path: &BezPath, out: &mut BezPath) {
    let mut last = kurbo::Point::ZERO;
    for element in path.elements() {
        match *element {
            PathEl::CurveTo(a, b, end) => {
                for (_, _, quad) in kurbo::CubicBez::new(last, a, b, end).to_quads(0.25) {
                    out.quad_to(quad.p1, quad.p2);
                }
            }
            other => out.push(other),
        }
        last = element.end_point().unwrap_or(last);
    }
}
