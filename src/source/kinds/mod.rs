//! Where kinds of documents are found: beside the document, in the folders of `--kind-path`, in the program.

mod labels;
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::bounded;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::limits;
use crate::source::SourceFile;

/// The files of the kinds that the program holds, by their names: `resolution/kind.toml`.
static BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/kinds.rs"));

/// The folders of kinds that the command line names.
static PATHS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Names folders in which kinds are looked for, beside those of the document and of the program: each holds a folder a kind.
pub fn kind_paths(folders: &[PathBuf]) {
    let mut paths = PATHS.lock().unwrap_or_else(PoisonError::into_inner);
    folders.clone_into(&mut paths);
}

/// The names of the kinds that the program holds.
pub fn kind_names() -> Vec<String> {
    let names = BUILT_IN.iter().filter_map(|(name, _)| name.strip_suffix("/kind.toml"));
    names.map(str::to_owned).collect()
}

/// A kind that the program holds.
pub fn built_in_kind(name: &str) -> Option<Kind> {
    static KINDS: OnceLock<Mutex<BTreeMap<String, Kind>>> = OnceLock::new();
    let mut known = KINDS
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(kind) = known.get(name) {
        return Some(*kind);
    }
    let before = format!("{name}/");
    let files = BUILT_IN.iter().filter_map(|(file, text)| {
        let inner = file.strip_prefix(&before)?;
        Some((
            inner.to_owned(),
            SourceFile::new(Path::new("kinds").join(file), (*text).to_owned()),
        ))
    });
    let files: Files = files.collect();
    // A test reads all of them without a fault.
    let kind = read::kind(name, &files, &mut Diagnostics::default())?;
    known.insert(name.to_owned(), kind);
    Some(kind)
}

/// A file that belongs to a kind that the program holds, `skeleton/en.md`.
#[cfg(feature = "cli")]
pub(crate) fn built_in_file(kind: &str, file: &str) -> Option<&'static str> {
    let name = format!("{kind}/{file}");
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The files of a kind, by their names: `kind.toml`, `labels/ar.toml`.
pub(super) type Files = BTreeMap<String, Arc<SourceFile>>;

/// The kinds that a document may be of.
#[derive(Debug)]
pub(crate) struct Kinds {
    /// The folder of each kind that is not in the program, those that are found first.
    folders: Vec<(String, PathBuf)>,
    /// The folder of the words that a document has of its own.
    own: PathBuf,
}

impl Kinds {
    /// The kinds for the document of a folder.
    pub(crate) fn of(document: &Path) -> Self {
        let paths = PATHS.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let above = std::fs::canonicalize(document).ok();
        let above = above
            .as_deref()
            .and_then(Path::parent)
            .map(|parent| parent.join("kinds"));
        let places = std::iter::once(document.join("kinds")).chain(above).chain(paths);
        let mut folders = Vec::new();
        for place in places {
            let Ok(entries) = std::fs::read_dir(&place) else {
                continue;
            };
            let mut found: Vec<(String, PathBuf)> = entries
                .filter_map(|entry| {
                    let path = entry.ok()?.path();
                    let name = path.file_name()?.to_str()?.to_owned();
                    path.join("kind.toml").is_file().then_some((name, path))
                })
                .collect();
            found.sort();
            folders.extend(found);
        }
        Self {
            folders,
            own: document.join("labels"),
        }
    }

    /// Their names.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = kind_names();
        names.extend(self.folders.iter().map(|(name, _)| name.clone()));
        // The one that everybody starts with comes first, the others by their names.
        names.sort_by_key(|name| (name != "resolution", name.clone()));
        names.dedup();
        names
    }

    /// The kind of a name, with the words that the document has of its own; `None` where there is none, or it is at fault.
    pub(crate) fn find(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<Kind> {
        let own = files_of(&self.own, "labels/", diagnostics);
        let kind = match self.folders.iter().find(|(known, _)| known == name) {
            Some((_, folder)) => read::kind(name, &files(folder, diagnostics), diagnostics),
            None => built_in_kind(name),
        }?;
        if own.is_empty() {
            Some(kind)
        } else {
            read::with_labels(kind, &own, diagnostics)
        }
    }
}

/// The files of the folder of a kind.
fn files(folder: &Path, diagnostics: &mut Diagnostics) -> Files {
    let mut found = Files::new();
    let name = "kind.toml";
    found.extend(file(folder, &folder.join(name), diagnostics).map(|file| (name.to_owned(), file)));
    found.extend(files_of(&folder.join("labels"), "labels/", diagnostics));
    found
}

/// The TOML files of a folder, by their names with something before them.
fn files_of(folder: &Path, before: &str, diagnostics: &mut Diagnostics) -> Files {
    /// No kind has words in more languages.
    const MOST: usize = 256;
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Files::new();
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    paths.sort();
    paths.truncate(MOST);
    let named = |path: PathBuf| {
        let name = format!("{before}{}", path.file_name()?.to_str()?);
        Some((name, file(folder, &path, diagnostics)?))
    };
    paths.into_iter().filter_map(named).collect()
}

fn file(folder: &Path, path: &Path, diagnostics: &mut Diagnostics) -> Option<Arc<SourceFile>> {
    let bytes = match bounded::read_within(folder, path, limits::DOCUMENT_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.is_missing() => return None,
        Err(error) => {
            let fault = Diagnostic::error(error.to_string()).rule("file-unreadable");
            let fault = match error.hint() {
                Some(hint) => fault.hint(hint),
                None => fault,
            };
            diagnostics.push(fault.in_path(path));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(SourceFile::new(path, text)),
        Err(_) => {
            let fault = Diagnostic::error("the file is not UTF-8").rule("encoding");
            diagnostics.push(fault.hint("save the file as UTF-8").in_path(path));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, documents of a kind that the program offers cannot be built.
    #[test]
    fn the_kinds_of_the_program_have_no_fault() {
        for name in kind_names() {
            let before = format!("{name}/");
            let files: Files = BUILT_IN
                .iter()
                .filter_map(|(file, text)| {
                    let inner = file.strip_prefix(&before)?;
                    Some((
                        inner.to_owned(),
                        SourceFile::new(Path::new("kinds").join(file), (*text).to_owned()),
                    ))
                })
                .collect();
            let mut told = Diagnostics::default();
            let kind = read::kind(&name, &files, &mut told);
            assert!(kind.is_some() && told.is_empty(), "{name}: {told}");
        }
    }
}
