//! What codes and names of glyphs mean: the encodings of ISO 32000-1 annex D and the Adobe Glyph List.

use std::sync::LazyLock;

use ecow::EcoString;
use rustc_hash::FxHashMap;

/// The encodings that a font may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Predefined {
    Standard,
    MacRoman,
    WinAnsi,
    Symbol,
    ZapfDingbats,
}

impl Predefined {
    /// The encoding of this name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "StandardEncoding" => Some(Self::Standard),
            "MacRomanEncoding" => Some(Self::MacRoman),
            "WinAnsiEncoding" => Some(Self::WinAnsi),
            _ => None,
        }
    }

    /// The name of the glyph of a code.
    pub(super) fn glyph(self, code: u8) -> Option<&'static str> {
        static TABLE: LazyLock<Vec<[&'static str; 5]>> = LazyLock::new(|| {
            let mut table = vec![[""; 5]; 256];
            for row in rows(include_str!("encodings.tsv")) {
                let mut fields = row.split('\t');
                let code = fields.next().and_then(|code| usize::from_str_radix(code, 16).ok());
                let Some(entry) = code.and_then(|code| table.get_mut(code)) else {
                    continue;
                };
                for name in entry {
                    *name = fields.next().unwrap_or_default();
                }
            }
            table
        });
        let name = TABLE[usize::from(code)][self as usize];
        (!name.is_empty()).then_some(name)
    }
}

/// The characters that a glyph of this name draws (Adobe Glyph List Specification, section 2).
pub(super) fn characters(name: &str) -> Option<EcoString> {
    // Names have 127 bytes at most (ISO 32000-1 annex C); a longer one would tell a whole text.
    if name.len() > 255 {
        return None;
    }
    // A suffix after a full stop tells a variant, as `a.sc` or `alef.init`.
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    let mut text = EcoString::new();
    for part in stem.split('_') {
        text.push_str(&component(part)?);
    }
    Some(text)
}

fn component(name: &str) -> Option<EcoString> {
    static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
        rows(include_str!("glyph-names.tsv"))
            .filter_map(|row| row.split_once('\t'))
            .collect()
    });
    if let Some(codes) = NAMES.get(name) {
        return codes.split(' ').map(character).collect();
    }
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(EcoString::from(letter));
    }
    if let Some(hex) = name
        .strip_prefix("uni")
        .filter(|hex| hex.len() >= 4 && hex.len() % 4 == 0 && hex.is_ascii())
    {
        return (0..hex.len())
            .step_by(4)
            .map(|at| character(&hex[at..at + 4]))
            .collect();
    }
    name.strip_prefix('u')
        .filter(|hex| (4..=6).contains(&hex.len()))
        .and_then(character)
        .map(EcoString::from)
}

fn character(hex: &str) -> Option<char> {
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
}

/// The advance of a glyph of a standard font in thousandths of an em (ISO 32000-1 9.6.2.2); `font` is its name without
/// the mark of a subset.
pub(super) fn standard_width(font: &str, glyph: &str) -> Option<f64> {
    static WIDTHS: LazyLock<FxHashMap<&'static str, Vec<Option<f64>>>> = LazyLock::new(|| {
        rows(include_str!("standard-widths.tsv"))
            .filter_map(|row| row.split_once('\t'))
            .map(|(name, widths)| (name, widths.split('\t').map(|width| width.parse().ok()).collect()))
            .collect()
    });
    let font = font.replace([',', ' '], "-");
    let bold = font.contains("Bold");
    let slanted = font.contains("Italic") || font.contains("Oblique");
    let column = if font.starts_with("Courier") {
        return Some(600.0);
    } else if font.starts_with("Symbol") {
        6
    } else if font.starts_with("ZapfDingbats") {
        7
    } else if font.starts_with("Times") {
        2 + usize::from(bold) + 2 * usize::from(slanted)
    } else if font.starts_with("Helvetica") || font.starts_with("Arial") {
        usize::from(bold)
    } else {
        return None;
    };
    *WIDTHS.get(glyph)?.get(column)?
}

/// The rows of a table, without its comments.
fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyph_names_tell_their_characters() {
        let cases = [
            ("A", Some("A")),
            ("Aacute", Some("Á")),
            ("alefarabic", Some("ا")),
            ("afii57392", Some("٠")),
            ("uni0640", Some("ـ")),
            ("uni0640.1", Some("ـ")),
            ("uni06440627", Some("لا")),
            ("f_f_i", Some("ffi")),
            ("u1F600", Some("😀")),
            ("uniD800", None),
            ("g123", None),
            (".notdef", None),
        ];
        for (name, expected) in cases {
            assert_eq!(characters(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn codes_and_widths_of_the_standard() {
        assert_eq!(Predefined::WinAnsi.glyph(0x92), Some("quoteright"));
        assert_eq!(Predefined::MacRoman.glyph(0x80), Some("Adieresis"));
        assert_eq!(Predefined::Standard.glyph(0xae), Some("fi"));
        assert_eq!(standard_width("Times-BoldItalic", "A"), Some(667.0));
        assert_eq!(standard_width("Courier-Bold", "A"), Some(600.0));
        assert_eq!(standard_width("Amiri-Regular", "A"), None);
    }
}
