//! The hyphen at which a word is divided at the end of a line. It is drawn and stands in no text: what a line says is told by the
//! passages, which have none.

use ecow::EcoString;
use smallvec::smallvec;
use typst::layout::Abs;
use typst::text::TextItem;

use super::gather::RawCluster;
use super::{Cluster, Line, Place, SetGlyph};

/// The letters of its cluster: the soft hyphen, which no source has. Typst has it as the text of a hyphen that it adds.
pub(super) const TEXT: &str = "\u{ad}";

/// What its glyph says to readers of places. The soft hyphen would be the character for it (ISO 32000-1, 14.8.2.2.3), but with the
/// plain one poppler, PDFium and the search of Firefox put the word together again (`docs/text.md`).
pub(super) const READ: char = '-';

/// The cluster of a hyphen that Typst added at the end of a line, after the letters of the last cluster.
pub(super) fn of_item(item: &TextItem, x: Abs, source: usize, last: Option<&RawCluster>) -> Option<RawCluster> {
    let (glyph, last) = item.glyphs.first().zip(last)?;
    let place = last.cluster.place.as_ref()?;
    let advance = glyph.x_advance.at(item.size);
    let set = SetGlyph::new(glyph.id, glyph.x_offset.at(item.size), glyph.y_offset.at(item.size));
    Some(RawCluster {
        font_of: source,
        widest: advance,
        level: 0,
        isolate: None,
        language: last.language,
        start: 0,
        cluster: Cluster {
            place: Some(Place {
                passage: place.passage,
                range: (place.range.1, place.range.1),
            }),
            purpose: last.cluster.purpose,
            text: EcoString::from(TEXT),
            x,
            advance,
            glyphs: smallvec![set],
            logical: 0,
            steered: false,
        },
    })
}

impl Line {
    /// Whether the line ends with a hyphen that divides a word.
    pub fn is_divided(&self) -> bool {
        self.clusters().any(|(_, cluster)| cluster.text == TEXT)
    }
}
