//! The files beside a template: pictures and other templates, read within limits. What is refused is told where the template
//! asks for it, and nowhere when it does not.

use std::path::Path;

use ecow::eco_format;
use rustc_hash::FxHashMap;
use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, VirtualPath, VirtualRoot};

use super::syntax;
use crate::bounded;
use crate::limits::{PICTURE_PIXELS, TEMPLATE_BYTES, TEMPLATE_FILES_BYTES, grouped};

/// The endings of pictures that are measured before they are unfolded.
const RASTERS: [&str; 5] = ["png", "jpg", "jpeg", "gif", "webp"];

/// Reads the files of a folder that a template may ask for.
pub(super) fn read(folder: &Path, files: &mut FxHashMap<FileId, FileResult<Bytes>>) {
    let mut left = TEMPLATE_FILES_BYTES;
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    // Which files are within the limit must not hang on the order of the folder.
    paths.sort();
    for path in paths {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if !(RASTERS.contains(&ending) || ending == "typ" || ending == "svg") {
            continue;
        }
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let Ok(name) = VirtualPath::new(name) else { continue };
        let id = FileId::new(RootedPath::new(VirtualRoot::Project, name));
        files.insert(id, one(folder, &path, ending, &mut left));
    }
}

fn one(folder: &Path, path: &Path, ending: &str, left: &mut usize) -> FileResult<Bytes> {
    let refused = |words| Err(FileError::Other(Some(words)));
    let most = if ending == "typ" { TEMPLATE_BYTES } else { *left };
    let data = match bounded::read_within(folder, path, most.min(*left)) {
        Ok(data) => data,
        Err(bounded::ReadError::TooLarge(_)) if ending != "typ" => {
            let most = bounded::size(TEMPLATE_FILES_BYTES);
            return refused(eco_format!("the pictures beside a template have {most} at the most"));
        }
        Err(error) => return refused(eco_format!("{error}")),
    };
    *left -= data.len();
    if RASTERS.contains(&ending)
        && let Ok(size) = imagesize::blob_size(&data)
        && size.width.saturating_mul(size.height) > PICTURE_PIXELS
    {
        let (width, height) = (grouped(size.width), grouped(size.height));
        let most = grouped(PICTURE_PIXELS);
        return refused(eco_format!(
            "the picture has {width} × {height} pixels: more than {most} are not read"
        ));
    }
    if ending == "typ"
        && let Some(fault) = std::str::from_utf8(&data).ok().and_then(syntax::fault)
    {
        return refused(eco_format!("line {}: {}", fault.line, fault.what));
    }
    Ok(Bytes::new(data))
}
