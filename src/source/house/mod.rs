//! `house.toml`: what belongs to an organization and not to a document or a kind. It stands beside the document, in the folder
//! above, or is named by `--house`.

mod keys;
mod read;
#[cfg(feature = "cli")]
mod schema;

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use read::ParsedHouse;
pub(super) use read::{Setting, names_organization, parse};
#[cfg(feature = "cli")]
pub(crate) use schema::house_schema;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits;
use crate::text::SourceFile;

use super::file::text_file;

/// The name of the file.
const NAME: &str = "house.toml";

/// The file that the command line names.
static NAMED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Names the `house.toml` of all documents, in place of those beside them.
pub fn house_file(file: Option<&Path>) {
    let mut named = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
    *named = file.map(Path::to_owned);
}

/// The `house.toml` of the document of a folder; `None` where it has none, or it cannot be read.
pub(super) fn find(folder: &Path, diagnostics: &mut Diagnostics) -> Option<Arc<SourceFile>> {
    let named = NAMED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let path = match named {
        Some(path) => path,
        None => [Some(folder.to_owned()), above(folder)]
            .into_iter()
            .flatten()
            .map(|folder| folder.join(NAME))
            .find(|path| path.is_file())?,
    };
    let hint = "name a file that is there: `--house FILE`; docs/house.md tells what stands in it";
    if !path.is_file() {
        let fault = Diagnostic::error("there is no such file").rule("file-missing");
        diagnostics.push(fault.hint(hint).in_path(&path));
        return None;
    }
    text_file(
        &path,
        limits::DOCUMENT_BYTES,
        "there is no such file",
        hint,
        diagnostics,
    )
}

/// The folder above one, by its path as far as that tells it.
fn above(folder: &Path) -> Option<PathBuf> {
    match folder.components().next_back() {
        Some(Component::Normal(_)) => folder.parent().map(Path::to_owned),
        _ => Some(std::fs::canonicalize(folder).ok()?.parent()?.to_owned()),
    }
}
