//! Writing files so that whoever reads the folder sees the old ones or the new ones: never half a file, and never some files
//! of one build beside some of another.
//!
//! All files of a set are first written and synced in a folder of their own inside the target ([`staging`]). Then they take
//! their names under a lock of the target ([`commit`]). A second process does that ([`keeper`]), which a signal to the first
//! one does not reach: however a build is ended, its files are all there or none, and nothing temporary is left. Should
//! the machine itself stop in between, the next build into the folder completes what was begun.

mod commit;
mod keeper;
mod ours;
mod set;
mod staging;

use std::io;
use std::path::Path;

use crate::diagnostic::shown;

use set::Set;

pub(super) use keeper::{COMMAND as KEEPER, Keeper, serve as keep};
pub(super) use set::WriteError;

/// The files of an edition, ready to be written.
#[derive(Debug)]
pub(super) struct OutputFiles {
    /// Its name: `ar-en`.
    name: String,
    pages: usize,
    files: Vec<(String, Vec<u8>)>,
    /// The endings of what is a file a page.
    paged: Vec<&'static str>,
}

impl OutputFiles {
    pub(super) fn new(name: String, pages: usize) -> Self {
        Self {
            name,
            pages,
            files: Vec::new(),
            paged: Vec::new(),
        }
    }

    /// Adds a file of the whole edition.
    pub(super) fn file(&mut self, ending: &'static str, data: Vec<u8>) {
        let name = format!("{}.{ending}", self.name);
        if !self.files.iter().any(|(other, _)| *other == name) {
            self.files.push((name, data));
        }
    }

    /// Adds a file a page, numbered with as many digits as the last one has, so that they sort.
    pub(super) fn pages(&mut self, ending: &'static str, pages: Vec<Vec<u8>>) {
        if self.paged.contains(&ending) {
            return;
        }
        self.paged.push(ending);
        let width = pages.len().to_string().len();
        let pages = pages.into_iter().enumerate();
        self.files
            .extend(pages.map(|(at, data)| (format!("{}-{:0width$}.{ending}", self.name, at + 1), data)));
    }

    /// The name of the edition.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How many pages it has.
    pub(super) fn page_count(&self) -> usize {
        self.pages
    }

    /// Its files with their names.
    pub(super) fn into_files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.files.into_iter()
    }

    /// What is told of its files, a line each.
    fn lines(&self, folder: &Path) -> Vec<String> {
        let pages = format!("{} page{}", self.pages, if self.pages == 1 { "" } else { "s" });
        let line = |(name, _): &(String, Vec<u8>)| match name.ends_with(".pdf") {
            true => format!("{} ({pages})", shown(&folder.join(name))),
            false => shown(&folder.join(name)),
        };
        self.files.iter().map(line).collect()
    }
}

/// What an edition is called that could not be verified.
pub(super) fn unverified(edition: &str) -> String {
    format!("{edition}.unverified.pdf")
}

/// Writes editions into a folder as one set and gives a line a file.
///
/// # Errors
/// When a file cannot be written, or would replace one that is not qarar's. Then nothing in the folder has changed.
pub(super) fn write(keeper: &Keeper, folder: &Path, editions: &[OutputFiles]) -> Result<Vec<String>, WriteError> {
    let set = Set {
        files: editions
            .iter()
            .flat_map(|edition| &edition.files)
            .map(|(name, data)| (name.as_str(), data.as_slice()))
            .collect(),
        pages: editions
            .iter()
            .flat_map(|edition| {
                let pages = |ending: &&str| (edition.name.clone(), (*ending).to_owned());
                edition.paged.iter().map(pages)
            })
            .collect(),
        gone: editions
            .iter()
            .filter(|edition| edition.files.iter().any(|(name, _)| name.ends_with(".pdf")))
            .map(|edition| unverified(&edition.name))
            .collect(),
    };
    write_set(keeper, folder, &set)?;
    Ok(editions.iter().flat_map(|edition| edition.lines(folder)).collect())
}

/// Writes one file whole. What is no regular file, as a terminal or a pipe, is written to as it is.
///
/// # Errors
/// When it cannot be written, or would replace a file that is not qarar's.
pub(super) fn write_file(keeper: &Keeper, path: &Path, data: &[u8]) -> Result<(), WriteError> {
    if std::fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir()) {
        return std::fs::write(path, data).map_err(WriteError::at(path));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        let source = io::Error::new(io::ErrorKind::InvalidInput, "this is no name of a file");
        return Err(WriteError::System {
            path: path.to_owned(),
            source,
        });
    };
    let set = Set {
        files: vec![(name, data)],
        pages: Vec::new(),
        gone: Vec::new(),
    };
    write_set(keeper, folder, &set)
}

fn write_set(keeper: &Keeper, folder: &Path, set: &Set<'_>) -> Result<(), WriteError> {
    std::fs::create_dir_all(folder).map_err(WriteError::at(folder))?;
    for (name, _) in &set.files {
        let path = folder.join(name);
        if !ours::may_be_replaced(&path).map_err(WriteError::at(&path))? {
            return Err(WriteError::NotOurs(path));
        }
    }
    let staged = staging::stage(keeper, folder, set)?;
    keeper.commit(staged)
}
