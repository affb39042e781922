//! Small things of PDF objects that every part of the reader needs: the catalog, text strings, page numbers.

use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Dict, Name, ObjectIdentifier};
use rustc_hash::FxHashMap;

/// The catalog of a file, empty when it has none.
pub(super) fn catalog(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default()
}

/// From default user space to the page as it is seen: cut to the crop box, turned, y downwards.
pub(super) fn to_seen(page: &hayro_syntax::page::Page<'_>) -> kurbo::Affine {
    kurbo::Affine::new(page.initial_transform(true).as_coeffs())
}

/// Which page an object is.
pub(super) struct PageNumbers {
    numbers: FxHashMap<ObjectIdentifier, usize>,
    /// Takes a point in default user space to the page as it is seen.
    transforms: Vec<kurbo::Affine>,
}

impl PageNumbers {
    pub(super) fn new(pdf: &Pdf) -> Self {
        let pages = pdf.pages().iter().enumerate();
        let numbers = pages
            .filter_map(|(number, page)| Some((page.raw().obj_id()?, number)))
            .collect();
        let transforms = pdf.pages().iter().map(to_seen).collect();
        Self { numbers, transforms }
    }

    pub(super) fn number(&self, id: ObjectIdentifier) -> Option<usize> {
        self.numbers.get(&id).copied()
    }

    /// The number, from 0, when there is such a page.
    pub(super) fn known(&self, number: usize) -> Option<usize> {
        (number < self.transforms.len()).then_some(number)
    }

    pub(super) fn transform(&self, page: usize) -> kurbo::Affine {
        self.transforms.get(page).copied().unwrap_or_default()
    }
}

/// The text of a text string (ISO 32000-1 7.9.2.2), without the language marks that it may hold.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        // Not allowed, yet written.
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| pdf_doc_encoding(*byte)).collect(),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    // A language escape stands between two U+001B.
    let mut escaped = false;
    for c in char::decode_utf16(units) {
        match c.unwrap_or(char::REPLACEMENT_CHARACTER) {
            '\u{1b}' => escaped = !escaped,
            c if !escaped => text.push(c),
            _ => {}
        }
    }
    text
}

/// PDFDocEncoding where it is not Latin 1 (ISO 32000-1 D.3).
fn pdf_doc_encoding(byte: u8) -> char {
    const LOW: [char; 8] = [
        '\u{2d8}', '\u{2c7}', '\u{2c6}', '\u{2d9}', '\u{2dd}', '\u{2db}', '\u{2da}', '\u{2dc}',
    ];
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', '\u{fb01}',
        '\u{fb02}', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    match byte {
        0x18..=0x1f => LOW[usize::from(byte - 0x18)],
        0x80..=0xa0 => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The text string under a key.
pub(super) fn text_of(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<object::String<'_>>(key).map(|string| text(&string))
}

/// The name under a key.
pub(super) fn name_of(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key)
        .map(|name| String::from_utf8_lossy(&name).into_owned())
}

/// The whole number under a key, when it is one from 0.
pub(super) fn count_of(dict: &Dict<'_>, key: &str) -> Option<u32> {
    dict.get::<i32>(key).and_then(|n| u32::try_from(n).ok())
}
