//! The hyphen at which a word is divided at the end of a line. It is drawn and stands in no text: what a line says is told by the
//! passages, which have none.

use ecow::EcoString;
use smallvec::smallvec;
use typst::layout::Abs;
use typst::text::TextItem;

use super::raw::{RawCluster, Source};
use super::{Cluster, Line, Place, SetGlyph};
use qarar_text::Language;

/// The letters of its cluster: the soft hyphen, which no source has. Typst has it as the text of a hyphen that it adds.
pub(super) const TEXT: &str = "\u{ad}";

/// What its glyph says to readers of places. The soft hyphen would be the character for it (ISO 32000-1, 14.8.2.2.3), but with the
/// plain one poppler, PDFium and the search of Firefox put the word together again (`docs/text.md`).
pub(super) const READ: char = '-';

/// The cluster of a hyphen that Typst added at the end of a line, after the letters of the last cluster.
pub(super) fn of_item(item: &TextItem, x: Abs, source: usize, last: Option<&RawCluster>) -> Option<RawCluster> {
    let (glyph, last) = item.glyphs.first().zip(last)?;
    let advance = glyph.x_advance.at(item.size);
    let set = SetGlyph::new(glyph.id, glyph.x_offset.at(item.size), glyph.y_offset.at(item.size));
    let mut hyphen = cluster(set, advance, last)?;
    hyphen.font_of = source;
    hyphen.cluster.x = x;
    Some(hyphen)
}

/// The cluster of the hyphen of a font after the letters of a cluster; `None` where the font has none.
pub(super) fn after(last: &RawCluster, source: &Source) -> Option<RawCluster> {
    let font = &source.item.font;
    let glyph = font.ttf().glyph_index(READ)?.0;
    let advance = font.x_advance(glyph)?.at(source.item.size);
    cluster(SetGlyph::new(glyph, Abs::zero(), Abs::zero()), advance, last)
}

fn cluster(set: SetGlyph, advance: Abs, last: &RawCluster) -> Option<RawCluster> {
    let place = last.cluster.place.as_ref()?;
    Some(RawCluster {
        font_of: last.font_of,
        widest: advance,
        level: last.level,
        isolate: last.isolate,
        language: last.language,
        start: 0,
        cluster: Cluster {
            place: Some(Place {
                passage: place.passage,
                range: (place.range.1, place.range.1),
            }),
            purpose: last.cluster.purpose,
            text: EcoString::from(TEXT),
            x: Abs::zero(),
            advance,
            glyphs: smallvec![set],
            logical: last.cluster.logical,
            steered: false,
        },
    })
}

/// Whether there are rules by which words of the language of a code are divided.
pub fn divides(code: &str) -> bool {
    rules(code).is_some()
}

/// The rules of a language.
fn rules(code: &str) -> Option<hypher::Lang> {
    let bytes: [u8; 2] = code.as_bytes().try_into().ok()?;
    hypher::Lang::from_iso(bytes)
}

/// Where a word may be divided by the rules of its language, in bytes. Languages without such rules divide none.
pub(super) fn places(word: &str, language: Language) -> Vec<usize> {
    let Some(rules) = language.hyphenation().and_then(rules) else {
        return Vec::new();
    };
    let mut at = 0;
    let ends = hypher::hyphenate(word, rules).map(|syllable| {
        at += syllable.len();
        at
    });
    let mut ends: Vec<usize> = ends.collect();
    // The last is the end of the word.
    ends.pop();
    ends
}

impl Line {
    /// Whether the line ends with a hyphen that divides a word.
    pub fn is_divided(&self) -> bool {
        self.clusters().any(|(_, cluster)| cluster.text == TEXT)
    }
}
