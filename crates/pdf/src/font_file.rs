//! What an embedded font tells of its glyphs: the way back from a glyph to its characters, and the codes of Type 1 fonts.

use std::borrow::Cow;

use ecow::EcoString;
use hayro_syntax::object::Dict;
use hayro_syntax::object::stream::Stream;
use rustc_hash::FxHashMap;
use ttf_parser::cmap::Format;
use ttf_parser::{Face, GlyphId, PlatformId, cff};

use super::ReadError;
use super::decode::decoded;
use super::encoding::{Predefined, characters};
use super::limits::{Resource, Spent};

/// A font has a few character maps; one that is made to harm has thousands.
const MOST_MAPS: usize = 16;
/// Names of glyphs beyond so many are not looked at.
const MOST_NAMES: u16 = 1 << 13;

/// Characters by what the font was asked for: a code of a simple font, or a glyph of a composite one.
pub(super) type Characters = FxHashMap<u32, EcoString>;

/// The data of the font that a descriptor embeds.
fn file<'a>(descriptor: &Dict<'a>, key: &str, spent: &Spent) -> Result<Option<Cow<'a, [u8]>>, ReadError> {
    match descriptor.get::<Stream<'a>>(key) {
        Some(stream) => decoded(&stream, spent, (Resource::Stream, usize::MAX), "an embedded font"),
        None => Ok(None),
    }
}

/// The characters of every glyph of an embedded TrueType or OpenType font.
///
/// # Errors
/// When the font or all streams of the file are too long.
pub(super) fn by_glyph(descriptor: &Dict<'_>, spent: &Spent) -> Result<Characters, ReadError> {
    let data = match file(descriptor, "FontFile2", spent)? {
        Some(data) => Some(data),
        None => file(descriptor, "FontFile3", spent)?,
    };
    let face = data.as_deref().and_then(|data| Face::parse(data, 0).ok());
    Ok(face.map(|face| of_face(&face)).unwrap_or_default())
}

/// The characters of every code of a simple font that has no encoding of its own.
///
/// # Errors
/// When the font or all streams of the file are too long.
pub(super) fn by_code(descriptor: &Dict<'_>, spent: &Spent) -> Result<Characters, ReadError> {
    if let Some(data) = file(descriptor, "FontFile2", spent)? {
        let face = Face::parse(&data, 0);
        return Ok(face.map(|face| by_code_of_face(&face)).unwrap_or_default());
    }
    if let Some(data) = file(descriptor, "FontFile3", spent)? {
        let table = cff::Table::parse(&data);
        return Ok(table.map(|table| by_code_of_cff(&table)).unwrap_or_default());
    }
    let data = file(descriptor, "FontFile", spent)?;
    Ok(data.map(|data| by_code_of_type_1(&data)).unwrap_or_default())
}

fn has_long_codes(format: &Format<'_>) -> bool {
    matches!(
        format,
        Format::TrimmedArray(_) | Format::SegmentedCoverage(_) | Format::ManyToOneRangeMappings(_)
    )
}

fn of_face(face: &Face<'_>) -> Characters {
    let mut found = Characters::default();
    let subtables = face
        .tables()
        .cmap
        .into_iter()
        .flat_map(|cmap| cmap.subtables)
        .take(MOST_MAPS);
    for subtable in subtables.filter(|subtable| subtable.is_unicode()) {
        // The map is asked for every character, and not for the ranges that it tells: those may hold each other, or four
        // thousand million codes.
        let last = if has_long_codes(&subtable.format) {
            char::MAX
        } else {
            '\u{ffff}'
        };
        for c in '\0'..=last {
            if let Some(glyph) = subtable.glyph_index(u32::from(c)) {
                // Of two letters with one glyph the first is the plain one: a presentation form comes later.
                found.entry(u32::from(glyph.0)).or_insert_with(|| EcoString::from(c));
            }
        }
    }
    // A name is found by counting those before it, so a font with very many is not asked for them.
    for glyph in 0..face.number_of_glyphs().min(MOST_NAMES) {
        if let Some(text) = face.glyph_name(GlyphId(glyph)).and_then(characters) {
            found.entry(u32::from(glyph)).or_insert(text);
        }
    }
    found
}

/// ISO 32000-1 9.6.6.4: a symbolic TrueType font is asked by its (3, 0) or (1, 0) character map.
fn by_code_of_face(face: &Face<'_>) -> Characters {
    let known = of_face(face);
    let mut found = Characters::default();
    let subtables = face
        .tables()
        .cmap
        .into_iter()
        .flat_map(|cmap| cmap.subtables)
        .take(MOST_MAPS);
    for subtable in subtables {
        let symbol = subtable.platform_id == PlatformId::Windows && subtable.encoding_id == 0;
        let macintosh = subtable.platform_id == PlatformId::Macintosh && subtable.encoding_id == 0;
        if !symbol && !macintosh {
            continue;
        }
        for code in 0..=255_u32 {
            let glyph = subtable
                .glyph_index(code)
                .or_else(|| subtable.glyph_index(0xf000 + code));
            if let Some(text) = glyph.and_then(|glyph| known.get(&u32::from(glyph.0))) {
                found.entry(code).or_insert_with(|| text.clone());
            }
        }
    }
    found
}

fn by_code_of_cff(table: &cff::Table<'_>) -> Characters {
    let text = |code: u8| characters(table.glyph_name(table.glyph_index(code)?)?);
    (0..=255)
        .filter_map(|code| Some((u32::from(code), text(code)?)))
        .collect()
}

/// The encoding in the clear text of a Type 1 font: `dup 65 /A put`, or the name of the standard one.
fn by_code_of_type_1(data: &[u8]) -> Characters {
    let clear = &data[..data.len().min(1 << 16)];
    let clear = String::from_utf8_lossy(clear);
    let Some(at) = clear.find("/Encoding") else {
        return Characters::default();
    };
    let rest = &clear[at..];
    let mut words = rest.split_ascii_whitespace().skip(1);
    if words.clone().next() == Some("StandardEncoding") {
        let entry = |code: u8| Some((u32::from(code), characters(Predefined::Standard.glyph(code)?)?));
        return (0..=255).filter_map(entry).collect();
    }
    let mut found = Characters::default();
    while let Some(word) = words.next() {
        match word {
            "dup" => {
                let code = words.next().and_then(|code| code.parse::<u8>().ok());
                let name = words.next().and_then(|name| name.strip_prefix('/'));
                if let (Some(code), Some(text)) = (code, name.and_then(characters)) {
                    found.insert(u32::from(code), text);
                }
            }
            "def" | "readonly" if !found.is_empty() => break,
            _ => {}
        }
    }
    found
}
