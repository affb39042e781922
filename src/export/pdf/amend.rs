//! What is changed in a finished file, since krilla has no words for it.
//!
//! - Title and authors in every language (see [`super::xmp`]).
//! - No `Suspects` entry: it is false when left out (ISO 32000-1, table 321), which PDF/UA asks for.
//! - An end-of-line after the last marker. Who signs the file writes on after it, and `obj` must start a line
//!   (ISO 19005-2 6.1.9); one end-of-line there is allowed (6.1.3).
//!
//! The offsets of what stands after a change are moved. A file whose parts are not where they are expected keeps all but its
//! end.

use std::ops::Range;

use super::xmp;
use crate::edition::Edition;

/// A change of a file: the bytes that go, and what stands in their place.
pub(super) struct Change {
    pub(super) range: Range<usize>,
    pub(super) text: Vec<u8>,
}

/// A file as krilla wrote it, with all changes.
pub(super) fn amended(bytes: Vec<u8>, edition: &Edition) -> Vec<u8> {
    let mut bytes = rewritten(&bytes, edition).unwrap_or(bytes);
    if bytes.ends_with(b"%%EOF") {
        bytes.push(b'\n');
    }
    bytes
}

fn rewritten(bytes: &[u8], edition: &Edition) -> Option<Vec<u8>> {
    let mut changes = xmp::changes(bytes, edition)?;
    changes.extend(suspects(bytes));
    changes.sort_by_key(|change| change.range.start);
    let mut out = Vec::with_capacity(bytes.len() + 4096);
    let mut done = 0;
    for change in &changes {
        out.extend_from_slice(bytes.get(done..change.range.start)?);
        out.extend_from_slice(&change.text);
        done = change.range.end;
    }
    out.extend_from_slice(bytes.get(done..)?);
    move_offsets(&mut out, &changes)?;
    Some(out)
}

/// The entry of the catalog, which krilla writes near the end of the file.
fn suspects(bytes: &[u8]) -> Option<Change> {
    const ENTRY: &[u8] = b"/Suspects false";
    let catalog =
        find_back(bytes, b"/Type/Catalog", bytes.len()).or_else(|| find_back(bytes, b"/Type /Catalog", bytes.len()))?;
    let start = catalog
        + bytes[catalog..]
            .windows(ENTRY.len())
            .position(|window| window == ENTRY)?;
    let range = start..start + ENTRY.len();
    Some(Change {
        range,
        text: Vec::new(),
    })
}

/// Where something stands that stood at an offset before the changes.
fn moved(offset: usize, changes: &[Change]) -> usize {
    let before = changes.iter().filter(|change| change.range.end <= offset);
    let (gone, come) = before.fold((0, 0), |(gone, come), change| {
        (gone + change.range.len(), come + change.text.len())
    });
    (offset + come).saturating_sub(gone)
}

/// Moves the offsets of the cross-reference table (ISO 32000-1 7.5.4) and that of the table itself.
fn move_offsets(bytes: &mut Vec<u8>, changes: &[Change]) -> Option<()> {
    let trailer = find_back(bytes, b"startxref", bytes.len())?;
    let table = find_back(bytes, b"xref\n0 ", trailer)?;
    let mut at = table + b"xref\n".len();
    at += bytes[at..].iter().position(|b| *b == b'\n')? + 1;
    // Entries are of 20 bytes: ten digits, a space, five digits, a space, `n` or `f`, two bytes of line end.
    while bytes.get(at..at + 7) != Some(b"trailer") {
        let entry = bytes.get_mut(at..at + 20)?;
        let offset: usize = std::str::from_utf8(&entry[..10]).ok()?.parse().ok()?;
        if entry[17] == b'n' {
            entry[..10].copy_from_slice(format!("{:010}", moved(offset, changes)).as_bytes());
        }
        at += 20;
    }
    let digits = number_at(bytes, trailer + b"startxref\n".len())?;
    let old: usize = std::str::from_utf8(&bytes[digits.clone()]).ok()?.parse().ok()?;
    bytes.splice(digits, moved(old, changes).to_string().into_bytes());
    Some(())
}

/// The digits that stand at a place.
pub(super) fn number_at(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let length = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_digit()).count();
    (length > 0).then_some(at..at + length)
}

/// The last place of some bytes before another place.
pub(super) fn find_back(haystack: &[u8], needle: &[u8], before: usize) -> Option<usize> {
    haystack.get(..before)?.windows(needle.len()).rposition(|w| w == needle)
}
