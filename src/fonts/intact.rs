//! A font file before it is trusted. What reads fonts later believes what their tables say: a byte that was changed lets a
//! character map ask for gigabytes, or the shaper end in a panic.

use std::path::Path;

use rustybuzz::UnicodeBuffer;
use ttf_parser::{Face, GlyphId, RawFace, Tag, fonts_in_collection};
use typst::foundations::Bytes;
use typst::text::Font;

use super::FontError;
use super::caught::caught;
use crate::{ink, limits};

/// The tables that text is set by. The others may be anything: what is not read does no harm.
const TABLES: [&[u8; 4]; 15] = [
    b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post", b"loca", b"glyf", b"CFF ", b"CFF2",
    b"GDEF", b"GSUB", b"GPOS",
];
/// How many letters of a font are asked for their outlines.
const LETTERS_ASKED: usize = 32;

/// The fonts of a file.
///
/// # Errors
/// When the file is no font, not whole, or says what cannot be.
pub(super) fn fonts(path: &Path, data: Vec<u8>) -> Result<Vec<Font>, FontError> {
    let broken = || FontError::Broken { path: path.to_owned() };
    let faces = fonts_in_collection(&data).unwrap_or(1);
    let count = usize::try_from(faces).unwrap_or(usize::MAX);
    if count > limits::FONT_FACES {
        return Err(FontError::TooManyFaces {
            path: path.to_owned(),
            faces: count,
        });
    }
    let mut characters = 0;
    for face in 0..faces {
        let raw = RawFace::parse(&data, face).map_err(|_| broken())?;
        is_whole(path, &raw)?;
        characters += raw.table(Tag::from_bytes(b"cmap")).map_or(0, mapped);
        if characters > limits::FONT_CHARACTERS {
            return Err(FontError::TooManyCharacters { path: path.to_owned() });
        }
    }
    let data = Bytes::new(data);
    let found = caught(|| Font::iter(data).collect::<Vec<Font>>()).map_err(|_| broken())?;
    if found.is_empty() {
        return Err(broken());
    }
    for font in &found {
        match caught(|| tried(font)) {
            Ok(true) => {}
            Ok(false) => {
                return Err(FontError::NoOutlines {
                    path: path.to_owned(),
                    family: font.info().family.clone(),
                });
            }
            Err(_) => return Err(FontError::Unusable { path: path.to_owned() }),
        }
    }
    Ok(found)
}

/// Whether the tables that text is set by end within the file.
fn is_whole(path: &Path, face: &RawFace<'_>) -> Result<(), FontError> {
    let length = face.data.len();
    for record in face.table_records {
        let end = record.offset as usize + record.length as usize;
        if end > length && TABLES.iter().any(|name| Tag::from_bytes(name) == record.tag) {
            return Err(FontError::CutOff {
                path: path.to_owned(),
                table: record.tag.to_string().trim_end().to_owned(),
                end,
                length,
            });
        }
    }
    Ok(())
}

/// How many characters the subtables of a `cmap` map, each as often as it is mapped: readers go through all of them.
fn mapped(cmap: &[u8]) -> usize {
    let count = word(cmap, 2).unwrap_or(0);
    let subtables = (0..count).filter_map(|at| cmap.get(long(cmap, 4 + 8 * at + 4)?..));
    let mut sum = 0_usize;
    for subtable in subtables {
        sum = sum.saturating_add(match word(subtable, 0) {
            Some(4) => segments(subtable),
            Some(12 | 13) => groups(subtable),
            // Their entries stand in the file one by one, or are two bytes at most.
            _ => 0x1_0000,
        });
        if sum > limits::FONT_CHARACTERS {
            break;
        }
    }
    sum
}

/// The characters of a subtable of segments (format 4).
fn segments(subtable: &[u8]) -> usize {
    let twice = word(subtable, 6).unwrap_or(0) & !1;
    let ends = (0..twice).step_by(2).map_while(|at| {
        let (end, start) = (word(subtable, 14 + at)?, word(subtable, 16 + twice + at)?);
        Some(if end < start { 0 } else { end - start + 1 })
    });
    ends.sum()
}

/// The characters of a subtable of groups (formats 12 and 13).
fn groups(subtable: &[u8]) -> usize {
    let count = long(subtable, 12).unwrap_or(0);
    let groups = (0..count).map_while(|at| {
        let start = at.checked_mul(12)?.checked_add(16)?;
        let (first, last) = (long(subtable, start)?, long(subtable, start + 4)?);
        Some(if last < first { 0 } else { last - first + 1 })
    });
    groups.fold(0, usize::saturating_add)
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let word = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_be_bytes(word.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let long = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_be_bytes(long.try_into().ok()?)).ok()
}

/// Sets letters in a font, each by itself and between two of its own kind, and draws its glyphs: whether the first letters
/// have outlines, one of them at the least. What is missing of others is told where it would be printed.
fn tried(font: &Font) -> bool {
    let data = font.data();
    let Some(shaper) = rustybuzz::Face::from_slice(data, font.index()) else {
        return false;
    };
    for text in samples(font) {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        rustybuzz::shape(&shaper, &[], buffer);
    }
    for glyph in 0..shaper.number_of_glyphs() {
        draw(&shaper, GlyphId(glyph));
    }
    let letters = font.info().coverage.iter().filter_map(char::from_u32);
    let mut letters = letters.filter(|c| c.is_alphanumeric()).take(LETTERS_ASKED).peekable();
    letters.peek().is_none()
        || letters.any(|c| {
            shaper
                .glyph_index(c)
                .is_some_and(|glyph| draw(&shaper, glyph).is_some())
        })
}

fn draw(face: &Face<'_>, glyph: GlyphId) -> Option<ink::Measured> {
    ink::measured(f64::from(face.units_per_em()), |pen| {
        face.outline_glyph(glyph, pen);
    })
}

/// Text in Arabic and Latin letters that a font has.
fn samples(font: &Font) -> Vec<String> {
    let covers = |c: &char| font.info().coverage.contains(*c as u32);
    let alphabets = ['\u{621}'..='\u{6d5}', '!'..='~', '\u{c0}'..='\u{17f}'];
    let letters = alphabets.map(|letters| letters.filter(covers).collect::<String>());
    let thrice = |text: &String| text.chars().map(|c| format!("{c}{c}{c} ")).collect::<String>();
    letters.iter().flat_map(|text| [text.clone(), thrice(text)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A character map with one subtable.
    fn cmap(subtable: &[u8]) -> Vec<u8> {
        let head = [0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12];
        [&head, subtable].concat()
    }

    #[test]
    fn a_character_map_of_all_codes_is_counted_without_going_through_them() {
        let mut subtable = vec![0, 12, 0, 0, 0, 0, 0, 28, 0, 0, 0, 0, 0, 0, 0, 1];
        subtable.extend([0, 0, 0, 0x20, 0, 0, 0, 0x7e, 0, 0, 0, 3]);
        assert_eq!(mapped(&cmap(&subtable)), 95);
        subtable[20] = 0x80;
        assert!(mapped(&cmap(&subtable)) > 1 << 31);
    }

    #[test]
    fn segments_are_counted_as_often_as_they_are_told() {
        let subtable = [
            0, 4, 0, 32, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0x7e, 0xff, 0xff, 0, 0, 0, 0x20, 0xff, 0xff,
        ];
        assert_eq!(mapped(&cmap(&subtable)), 96);
        assert_eq!(mapped(&[]), 0);
    }
}
