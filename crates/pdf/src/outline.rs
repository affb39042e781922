//! The outlines of the glyphs of an embedded font: TrueType and Compact Font Format (ISO 32000-1 9.9). Of Type 1 fonts, which
//! are encrypted programs, and of fonts that are not embedded no outlines are known.

use std::borrow::Cow;

use hayro_syntax::object::Dict;
use hayro_syntax::object::stream::Stream;
use rustc_hash::FxHashMap;
use ttf_parser::{Face, GlyphId, OutlineBuilder, PlatformId, cff};

use super::ReadError;
use super::decode::decoded;
use super::encoding::characters;
use super::limits::{Resource, Spent};

/// The program of an embedded font, and which of its glyphs a code draws.
#[derive(Debug)]
pub(super) struct Program {
    data: Vec<u8>,
    compact: bool,
    glyphs: Glyphs,
}

/// Which glyph is drawn by a CID of a composite font, or a code of a simple one.
#[derive(Debug)]
enum Glyphs {
    /// The one of its number.
    Same,
    Listed(FxHashMap<u32, u16>),
}

/// A font that is ready to draw.
pub enum Drawer<'a> {
    /// TrueType or OpenType.
    Face(Box<Face<'a>>),
    /// Compact Font Format.
    Compact(Box<cff::Table<'a>>),
}

impl Drawer<'_> {
    /// The units of an em.
    pub fn units(&self) -> f64 {
        match self {
            Self::Face(face) => f64::from(face.units_per_em()),
            Self::Compact(table) => {
                let scale = f64::from(table.matrix().sx);
                if scale > 1e-6 { 1.0 / scale } else { 1000.0 }
            }
        }
    }

    /// Draws a glyph.
    pub fn draw(&self, glyph: u16, pen: &mut dyn OutlineBuilder) {
        match self {
            Self::Face(face) => {
                face.outline_glyph(GlyphId(glyph), pen);
            }
            Self::Compact(table) => {
                // What cannot be drawn is drawn as far as it goes.
                let _ = table.outline(GlyphId(glyph), pen);
            }
        }
    }
}

impl Program {
    /// The program that a descriptor embeds; `None` when there is none whose outlines are known.
    fn of(descriptor: &Dict<'_>, spent: &Spent) -> Result<Option<Self>, ReadError> {
        for key in ["FontFile2", "FontFile3"] {
            let Some(stream) = descriptor.get::<Stream<'_>>(key) else {
                continue;
            };
            let data = decoded(&stream, spent, (Resource::Stream, usize::MAX), "an embedded font")?;
            let Some(data) = data.map(Cow::into_owned) else {
                continue;
            };
            let program = Self {
                compact: Face::parse(&data, 0).is_err(),
                data,
                glyphs: Glyphs::Same,
            };
            if program.drawer().is_some() {
                return Ok(Some(program));
            }
        }
        Ok(None)
    }

    /// That of a composite font, whose CIDs `map` takes to glyphs.
    pub(super) fn composite(
        descriptor: &Dict<'_>,
        map: Option<&[u8]>,
        spent: &Spent,
    ) -> Result<Option<Self>, ReadError> {
        let Some(mut program) = Self::of(descriptor, spent)? else {
            return Ok(None);
        };
        let glyphs = match (program.drawer(), map) {
            (Some(Drawer::Face(_)), Some(map)) => {
                let pairs = map.chunks_exact(2).take(0x1_0000).enumerate();
                let pair = |(cid, glyph): (usize, &[u8])| (cid as u32, u16::from_be_bytes([glyph[0], glyph[1]]));
                Some(Glyphs::Listed(pairs.map(pair).collect()))
            }
            (Some(Drawer::Face(face)), None) => face.tables().cff.as_ref().and_then(by_cid),
            (Some(Drawer::Compact(table)), _) => by_cid(&table),
            (None, _) => None,
        };
        program.glyphs = glyphs.unwrap_or(Glyphs::Same);
        Ok(Some(program))
    }

    /// That of a simple font, whose encoding gives these names to codes. `None` too where the font does not tell which glyph a
    /// code draws.
    pub(super) fn simple(
        descriptor: &Dict<'_>,
        names: &[Option<String>],
        symbolic: bool,
        spent: &Spent,
    ) -> Result<Option<Self>, ReadError> {
        let Some(mut program) = Self::of(descriptor, spent)? else {
            return Ok(None);
        };
        let glyphs = program.drawer().map(|drawer| match drawer {
            Drawer::Face(face) => (0..=255)
                .filter_map(|code| by_code(&face, names, symbolic, code))
                .collect(),
            Drawer::Compact(table) => (0..=255_u8)
                .filter_map(|code| {
                    let named = names.get(usize::from(code)).and_then(Option::as_deref);
                    let named = named.and_then(|name| table.glyph_index_by_name(name));
                    Some((u32::from(code), named.or_else(|| table.glyph_index(code))?.0))
                })
                .collect(),
        });
        program.glyphs = Glyphs::Listed(glyphs.unwrap_or_default());
        Ok(Some(program))
    }

    pub(super) fn drawer(&self) -> Option<Drawer<'_>> {
        if self.compact {
            return cff::Table::parse(&self.data).map(|table| Drawer::Compact(Box::new(table)));
        }
        let face = Face::parse(&self.data, 0).ok()?;
        Some(Drawer::Face(Box::new(face)))
    }

    /// The glyph of a code, as far as it is known.
    pub(super) fn glyph(&self, cid: u32) -> Option<u16> {
        match &self.glyphs {
            Glyphs::Same => u16::try_from(cid).ok(),
            Glyphs::Listed(glyphs) => glyphs.get(&cid).copied(),
        }
    }
}

/// The glyphs of the CIDs of a font that names its glyphs by them.
fn by_cid(table: &cff::Table<'_>) -> Option<Glyphs> {
    let pair = |glyph: u16| Some((u32::from(table.glyph_cid(GlyphId(glyph))?), glyph));
    let pairs: FxHashMap<u32, u16> = (0..table.number_of_glyphs()).filter_map(pair).collect();
    (!pairs.is_empty()).then_some(Glyphs::Listed(pairs))
}

/// The glyph of a code of a simple TrueType font (ISO 32000-1 9.6.6.4).
fn by_code(face: &Face<'_>, names: &[Option<String>], symbolic: bool, code: u8) -> Option<(u32, u16)> {
    /// A font has a few character maps.
    const MOST: usize = 16;
    let name = names.get(usize::from(code)).and_then(Option::as_deref);
    let subtables = || {
        face.tables()
            .cmap
            .into_iter()
            .flat_map(|cmap| cmap.subtables)
            .take(MOST)
    };
    let by_name = || {
        let name = name?;
        let c = characters(name).and_then(|text| text.chars().next());
        let by_letter = c.and_then(|c| {
            subtables()
                .filter(|table| table.is_unicode())
                .find_map(|t| t.glyph_index(c.into()))
        });
        by_letter.or_else(|| face.glyph_index_by_name(name))
    };
    let by_number = || {
        let own = |table: &ttf_parser::cmap::Subtable<'_>| {
            table.platform_id == PlatformId::Macintosh
                || table.platform_id == PlatformId::Windows && table.encoding_id == 0
        };
        subtables().filter(own).find_map(|table| {
            let code = u32::from(code);
            table.glyph_index(code).or_else(|| table.glyph_index(0xf000 + code))
        })
    };
    let glyph = if symbolic {
        by_number().or_else(by_name)
    } else {
        by_name().or_else(by_number)
    };
    Some((u32::from(code), glyph?.0))
}
