//! Fonts of a PDF: what a code draws, how wide it is, and which characters it stands for.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ecow::EcoString;
use hayro_cmap::{BfString, CMap, CMapName, WritingMode, load_embedded};
use hayro_syntax::object::stream::Stream;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object};
use rustc_hash::FxHashMap;

use super::decode::decoded;
use super::encoding::{Predefined, characters, standard_width};
use super::font_file::{self, Characters};
use super::limits::{Meter, Resource, Spent};
use super::object::{count_of, name_of};
use super::outline::{Drawer, Program};
use super::to_unicode::ToUnicode;
use super::{Known, ReadError};

/// The kinds of fonts that a reader meets (ISO 32000-1 9.6, 9.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FontKind {
    /// Type 1, also in Compact Font Format.
    Type1,
    /// TrueType with one byte a code.
    TrueType,
    /// Glyphs drawn by content streams.
    Type3,
    /// A composite font: Type 0 over a CID font.
    Composite,
}

/// A font of a PDF.
#[derive(Debug)]
#[non_exhaustive]
pub struct Font {
    /// Its name without the mark of a subset (`ABCDEF+`).
    pub name: String,
    /// Whether only the glyphs that are used are in the file.
    pub subset: bool,
    /// Its kind.
    pub kind: FontKind,
    /// How far its letters reach above the baseline, in em; 0 when the font does not tell.
    pub ascent: f64,
    /// How far its letters reach below the baseline, in em, negative; 0 when the font does not tell.
    pub descent: f64,
    /// Whether the font is in the file.
    pub embedded: bool,
    codes: Codes,
    widths: Widths,
    to_unicode: Option<ToUnicode>,
    /// Characters by code (simple fonts) or by CID (composite ones).
    encoding: Characters,
    own: Characters,
    vertical: bool,
    /// The outlines, where they are asked and known.
    program: Option<Program>,
}

/// A code of a string.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    pub(super) code: u32,
    /// The bytes that it takes.
    pub(super) length: u8,
    /// The glyph in the terms of the font: the CID of a composite font, the code of a simple one.
    pub(super) cid: u32,
}

#[derive(Debug)]
enum Codes {
    /// One byte a code.
    Single,
    /// Two bytes a code, which is the CID.
    Double,
    /// By a character map.
    Mapped(Box<CMap>),
}

/// Advances in em.
#[derive(Debug, Default)]
struct Widths {
    /// Ranges of codes, by their first one, each with its widths: one for all, or one for each.
    ranges: Vec<(u32, u32, Vec<f64>)>,
    otherwise: f64,
}

impl Widths {
    fn get(&self, code: u32) -> f64 {
        let after = self.ranges.partition_point(|(first, ..)| *first <= code);
        let range = self.ranges[..after]
            .iter()
            .rev()
            .take(4)
            .find(|(_, last, _)| *last >= code);
        let width = range.and_then(|(first, _, widths)| match &widths[..] {
            [all] => Some(*all),
            each => each.get((code - first) as usize).copied(),
        });
        width.unwrap_or(self.otherwise)
    }
}

impl Font {
    /// Whether text in it runs from top to bottom.
    pub fn is_vertical(&self) -> bool {
        self.vertical
    }

    /// The outlines of its glyphs, where they were asked and are known.
    pub fn drawer(&self) -> Option<Drawer<'_>> {
        self.program.as_ref()?.drawer()
    }

    /// The glyph that a CID or a code draws, by its number in the outlines; `None` where that is not known.
    pub fn outline_of(&self, cid: u32) -> Option<u16> {
        self.program.as_ref()?.glyph(cid)
    }

    /// The advance of a glyph, in em.
    pub(super) fn width(&self, cid: u32) -> f64 {
        self.widths.get(cid)
    }

    /// Takes the next code from a string.
    pub(super) fn next_code(&self, rest: &mut &[u8]) -> Option<Code> {
        let code_of = |length: usize| -> Option<u32> {
            Some(
                rest.get(..length)?
                    .iter()
                    .fold(0, |code, byte| code << 8 | u32::from(*byte)),
            )
        };
        let (code, length, cid) = match &self.codes {
            Codes::Single => {
                let code = code_of(1)?;
                (code, 1, code)
            }
            Codes::Double => {
                // A single byte at the end is the high byte of nothing.
                let code = code_of(2).or_else(|| code_of(1))?;
                (code, 2.min(rest.len()), code)
            }
            Codes::Mapped(map) => {
                let found = (1..=4_u8).find_map(|length| {
                    let code = code_of(usize::from(length))?;
                    Some((code, usize::from(length), map.lookup_cid_code(code, length)?))
                });
                match found {
                    Some(found) => found,
                    None => {
                        let length = 2.min(rest.len());
                        (code_of(length)?, length, 0)
                    }
                }
            }
        };
        if length == 0 {
            return None;
        }
        *rest = &rest[length..];
        Some(Code {
            code,
            length: length as u8,
            cid,
        })
    }

    /// The characters of a code, in logical order, and where they are known from.
    pub(super) fn text(&self, code: Code) -> (EcoString, Known) {
        // U+0000 and U+FFFD are written by producers that do not know.
        let unknown = |text: &EcoString| text.contains(['\0', char::REPLACEMENT_CHARACTER]);
        if let Some(text) = self
            .to_unicode
            .as_ref()
            .and_then(|map| map.get(code.code))
            .filter(|text| !unknown(text))
        {
            return (text, Known::ToUnicode);
        }
        if let Some(text) = self.encoding.get(&code.cid) {
            return (text.clone(), Known::Encoding);
        }
        match self.own.get(&code.cid) {
            Some(text) => (text.clone(), Known::FontFile),
            None => (EcoString::new(), Known::Unknown),
        }
    }
}

/// The fonts of a file, each read once whatever pages use it.
pub(super) struct FontCache<'s> {
    fonts: Mutex<FxHashMap<usize, Slot>>,
    /// Where what is painted is asked, outlines too: how many pages the file has.
    pub(super) ink: Option<usize>,
    pub(super) spent: &'s Spent,
}

/// A font that is read by whoever asks for it first.
type Slot = Arc<OnceLock<Result<Arc<Font>, ReadError>>>;

impl<'s> FontCache<'s> {
    pub(super) fn new(spent: &'s Spent) -> Self {
        Self {
            fonts: Mutex::default(),
            ink: None,
            spent,
        }
    }

    /// The font of a dictionary.
    ///
    /// # Errors
    /// When it holds too much.
    pub(super) fn get(&self, dict: &Dict<'_>) -> Result<Arc<Font>, ReadError> {
        let place = dict.data().as_ptr() as usize;
        let slot = self
            .fonts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(place)
            .or_default()
            .clone();
        slot.get_or_init(|| read(dict, self.spent, self.ink.is_some()).map(Arc::new))
            .clone()
    }
}

fn read(dict: &Dict<'_>, spent: &Spent, ink: bool) -> Result<Font, ReadError> {
    spent.take(Resource::Fonts, 1)?;
    // Names have 127 bytes at most (ISO 32000-1 annex C).
    let full: String = name_of(dict, "BaseFont")
        .unwrap_or_default()
        .chars()
        .take(127)
        .collect();
    let (name, subset) = without_subset_mark(&full);
    let place = match dict.obj_id() {
        Some(id) => format!("the font {name} (object {})", id.obj_number),
        None => format!("the font {name}"),
    };
    let to_unicode = match dict.get::<Stream<'_>>("ToUnicode") {
        Some(stream) => decoded(&stream, spent, CHARACTER_MAP, &place)?,
        None => None,
    };
    let to_unicode = to_unicode.map(|data| ToUnicode::read(&data)).transpose();
    let to_unicode = to_unicode.map_err(|what| what.exceeded(&*place))?;
    spent.take(Resource::Codes, to_unicode.as_ref().map_or(0, ToUnicode::entries))?;
    let kind = match dict.get::<Name<'_>>("Subtype").as_deref() {
        Some(b"Type0") => FontKind::Composite,
        Some(b"TrueType") => FontKind::TrueType,
        Some(b"Type3") => FontKind::Type3,
        _ => FontKind::Type1,
    };
    let descendant = dict
        .get::<Array<'_>>("DescendantFonts")
        .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let holder = descendant.as_ref().unwrap_or(dict);
    let descriptor = holder.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let embedded = ["FontFile", "FontFile2", "FontFile3"]
        .iter()
        .any(|key| descriptor.contains_key(*key));
    let em = |key: &str| descriptor.get::<f64>(key).unwrap_or(0.0) / 1000.0;
    let mut font = Font {
        name: name.to_owned(),
        subset,
        kind,
        ascent: em("Ascent"),
        descent: -em("Descent").abs(),
        embedded: embedded || kind == FontKind::Type3,
        codes: Codes::Single,
        widths: Widths::default(),
        to_unicode,
        encoding: Characters::default(),
        own: Characters::default(),
        vertical: false,
        program: None,
    };
    if kind == FontKind::Composite {
        composite(&mut font, dict, (holder, &descriptor), (spent, &place))?;
    } else {
        simple(&mut font, dict, &descriptor, spent)?;
    }
    if ink {
        font.program = program(&font, dict, (holder, &descriptor), (spent, &place))?;
    }
    Ok(font)
}

/// The outlines of a font.
fn program(
    font: &Font,
    dict: &Dict<'_>,
    (descendant, descriptor): (&Dict<'_>, &Dict<'_>),
    (spent, place): (&Spent, &str),
) -> Result<Option<Program>, ReadError> {
    if font.kind == FontKind::Composite {
        let map = glyph_map(descendant, spent, place)?;
        return Program::composite(descriptor, map.as_deref(), spent);
    }
    let symbolic = count_of(descriptor, "Flags").unwrap_or(0) & 4 != 0;
    Program::simple(descriptor, &names(dict, font, descriptor), symbolic, spent)
}

/// The stream that takes CIDs to glyphs.
fn glyph_map<'a>(descendant: &Dict<'a>, spent: &Spent, place: &str) -> Result<Option<Cow<'a, [u8]>>, ReadError> {
    match descendant.get::<Stream<'a>>("CIDToGIDMap") {
        Some(stream) => decoded(&stream, spent, CHARACTER_MAP, place),
        None => Ok(None),
    }
}

/// `ABCDEF+Amiri` is a subset of Amiri (ISO 32000-1 9.6.4).
fn without_subset_mark(name: &str) -> (&str, bool) {
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 && mark.bytes().all(|b| b.is_ascii_uppercase()) => (rest, true),
        _ => (name, false),
    }
}

/// How long a character map may be.
const CHARACTER_MAP: (Resource, usize) = match Resource::CharacterMap.limit().of_one {
    Some(most) => (Resource::CharacterMap, most),
    None => (Resource::CharacterMap, 0),
};

fn composite(
    font: &mut Font,
    dict: &Dict<'_>,
    (descendant, descriptor): (&Dict<'_>, &Dict<'_>),
    (spent, place): (&Spent, &str),
) -> Result<(), ReadError> {
    let map = match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => match name.as_ref() {
            b"Identity-H" => None,
            b"Identity-V" => Some(CMap::identity_v()),
            name => load_embedded(CMapName::from_bytes(name)).and_then(|data| CMap::parse(data, load_embedded)),
        },
        Some(Object::Stream(stream)) => {
            decoded(&stream, spent, CHARACTER_MAP, place)?.and_then(|data| CMap::parse(&data, load_embedded))
        }
        _ => None,
    };
    font.vertical = map
        .as_ref()
        .is_some_and(|map| map.metadata().writing_mode == Some(WritingMode::Vertical));
    font.codes = map.map_or(Codes::Double, |map| Codes::Mapped(Box::new(map)));
    font.widths = composite_widths(descendant, spent, place)?;
    if font.to_unicode.is_none() {
        font.encoding = collection(descendant);
        font.own = by_cid(descendant, descriptor, (spent, place))?;
    }
    Ok(())
}

/// The characters of the CIDs of a known character collection.
fn collection(descendant: &Dict<'_>) -> Characters {
    let system = descendant.get::<Dict<'_>>("CIDSystemInfo").unwrap_or_default();
    let part = |key: &str| system.get::<hayro_syntax::object::String<'_>>(key);
    let (Some(registry), Some(ordering)) = (part("Registry"), part("Ordering")) else {
        return Characters::default();
    };
    let family = hayro_cmap::CidFamily::from_registry_ordering(&registry, &ordering);
    let map = family
        .ucs2_cmap()
        .and_then(load_embedded)
        .and_then(|data| CMap::parse(data, load_embedded));
    let Some(map) = map else { return Characters::default() };
    let text = |cid| match map.lookup_bf_string(cid)? {
        BfString::Char(c) => Some(EcoString::from(c)),
        BfString::String(text) => Some(EcoString::from(text)),
    };
    (0..0x1_0000).filter_map(|cid| Some((cid, text(cid)?))).collect()
}

/// The characters that the embedded font knows of, by CID.
fn by_cid(
    descendant: &Dict<'_>,
    descriptor: &Dict<'_>,
    (spent, place): (&Spent, &str),
) -> Result<Characters, ReadError> {
    let known = font_file::by_glyph(descriptor, spent)?;
    let Some(map) = glyph_map(descendant, spent, place)? else {
        return Ok(known);
    };
    let glyphs = map.chunks_exact(2).take(0x1_0000).enumerate();
    let entry = |(cid, glyph): (usize, &[u8])| {
        let glyph = u32::from(u16::from_be_bytes([glyph[0], glyph[1]]));
        Some((cid as u32, known.get(&glyph)?.clone()))
    };
    Ok(glyphs.filter_map(entry).collect())
}

/// `W` and `DW` (ISO 32000-1 9.7.4.3).
fn composite_widths(descendant: &Dict<'_>, spent: &Spent, place: &str) -> Result<Widths, ReadError> {
    let mut meter = Meter::new(spent, place);
    let otherwise = descendant.get::<f64>("DW").unwrap_or(1000.0) / 1000.0;
    let mut ranges = Vec::new();
    let list = descendant.get::<Array<'_>>("W").unwrap_or_default();
    let mut items = list.iter::<Object<'_>>();
    while let Some(Object::Number(first)) = items.next() {
        let Ok(first) = u32::try_from(first.as_i64()) else {
            break;
        };
        match items.next() {
            Some(Object::Array(each)) => {
                let most = meter.left(Resource::Widths) + 1;
                let each: Vec<f64> = each.iter::<Number>().map(|n| n.as_f64() / 1000.0).take(most).collect();
                meter.take(Resource::Widths, each.len())?;
                if let Some(last) = (each.len() as u32).checked_sub(1) {
                    ranges.push((first, first.saturating_add(last), each));
                }
            }
            Some(Object::Number(last)) => {
                let (Ok(last), Some(Object::Number(all))) = (u32::try_from(last.as_i64()), items.next()) else {
                    break;
                };
                meter.take(Resource::Widths, 1)?;
                ranges.push((first, last, vec![all.as_f64() / 1000.0]));
            }
            _ => break,
        }
    }
    ranges.sort_by_key(|(first, ..)| *first);
    meter.finish()?;
    Ok(Widths { ranges, otherwise })
}

fn simple(font: &mut Font, dict: &Dict<'_>, descriptor: &Dict<'_>, spent: &Spent) -> Result<(), ReadError> {
    let names = names(dict, font, descriptor);
    for (code, name) in names.iter().enumerate() {
        if let Some(text) = name.as_deref().and_then(characters) {
            font.encoding.insert(code as u32, text);
        }
    }
    if font.to_unicode.is_none() {
        font.own = font_file::by_code(descriptor, spent)?;
    }
    // The space of a Type 3 font is in its own matrix (9.6.5).
    let scale = match (font.kind, dict.get::<Array<'_>>("FontMatrix")) {
        (FontKind::Type3, Some(matrix)) => matrix.iter::<Number>().next().map_or(0.001, |n| n.as_f64().abs()),
        _ => 0.001,
    };
    let first = count_of(dict, "FirstChar").unwrap_or(0);
    let each: Vec<f64> = match dict.get::<Array<'_>>("Widths") {
        Some(widths) => widths
            .iter::<Object<'_>>()
            .take(256)
            .map(|w| w.into_f32().map_or(0.0, f64::from) * scale)
            .collect(),
        None => {
            let width = |name: &Option<String>| name.as_deref().and_then(|name| standard_width(&font.name, name));
            font.widths.ranges = vec![(0, 255, names.iter().map(|n| width(n).unwrap_or(0.0) / 1000.0).collect())];
            return Ok(());
        }
    };
    font.widths.otherwise = descriptor.get::<f64>("MissingWidth").unwrap_or(0.0) * scale;
    if let Some(last) = (each.len() as u32).checked_sub(1) {
        font.widths.ranges = vec![(first, first.saturating_add(last), each)];
    }
    Ok(())
}

/// The names of the glyphs of a simple font by code (ISO 32000-1 9.6.6).
fn names(dict: &Dict<'_>, font: &Font, descriptor: &Dict<'_>) -> Vec<Option<String>> {
    let encoding = dict.get::<Object<'_>>("Encoding");
    let symbolic = count_of(descriptor, "Flags").unwrap_or(0) & 4 != 0;
    let (base, differences) = match &encoding {
        Some(Object::Name(name)) => (Predefined::from_name(name.as_str()), None),
        Some(Object::Dict(dict)) => {
            let base = name_of(dict, "BaseEncoding").and_then(|name| Predefined::from_name(&name));
            (base, dict.get::<Array<'_>>("Differences"))
        }
        _ => (None, None),
    };
    let base = match base {
        Some(base) => Some(base),
        None if font.name.starts_with("Symbol") => Some(Predefined::Symbol),
        None if font.name.starts_with("ZapfDingbats") => Some(Predefined::ZapfDingbats),
        // A font with glyphs of its own says itself what its codes are.
        None if font.kind == FontKind::Type3 || (font.embedded && (symbolic || encoding.is_none())) => None,
        None => Some(Predefined::Standard),
    };
    let mut names: Vec<Option<String>> = (0..=255)
        .map(|code| base.and_then(|base| base.glyph(code)).map(str::to_owned))
        .collect();
    let mut code = 0_usize;
    let items = differences.iter().flat_map(Array::raw_iter);
    for item in items {
        match item {
            MaybeRef::NotRef(Object::Number(n)) => code = usize::try_from(n.as_i64()).unwrap_or(256),
            MaybeRef::NotRef(Object::Name(name)) => {
                if let Some(slot) = names.get_mut(code) {
                    *slot = Some(String::from_utf8_lossy(&name).into_owned());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    names
}
