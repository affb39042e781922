//! Which files qarar wrote: they say so themselves. So a file of somebody else is known whatever it is called, and no list of
//! what was written has to be kept.

use std::io::{self, Read};
use std::path::Path;

/// A file of this many bytes and more is no edition of anybody's and is not read to find out: 4 GB.
const LARGEST: u64 = 4 << 30;

/// How much of a file's beginning holds the words that tell who wrote it, in bytes.
const BEGINNING: u64 = 4096;

/// Whether a file may take this name: nothing stands there, or an empty file, or one that qarar wrote.
///
/// # Errors
/// When what stands there cannot be read.
pub(super) fn may_be_replaced(path: &Path) -> io::Result<bool> {
    match std::fs::symlink_metadata(path) {
        Ok(data) if data.is_file() && data.len() == 0 => Ok(true),
        Ok(data) => Ok(data.is_file() && data.len() < LARGEST && says_so(path)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Whether a file says that qarar wrote it: a PDF by its creator, a picture, a layout or a report by words at its beginning.
fn says_so(path: &Path) -> io::Result<bool> {
    let mut file = std::fs::File::open(path)?;
    let mut bytes = Vec::new();
    file.by_ref().take(BEGINNING).read_to_end(&mut bytes)?;
    if !bytes.starts_with(b"%PDF-") {
        return Ok(memchr::memmem::find(&bytes, b"qarar").is_some());
    }
    file.read_to_end(&mut bytes)?;
    // The packet of XMP stands near the end and is never compressed (ISO 19005-2, 6.6.2.1).
    let creators: [&[u8]; 2] = [b"<xmp:CreatorTool>qarar ", b"/Creator(qarar "];
    Ok(creators
        .iter()
        .any(|words| memchr::memmem::rfind(&bytes, words).is_some()))
}
