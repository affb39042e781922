//! Writing editions so that a reader of the folder sees the old ones or the new ones, and never half a file.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::unverified;

/// An edition, ready to be written.
#[derive(Debug)]
pub(super) struct Made {
    /// Its name: `ar-en`.
    name: String,
    pages: usize,
    files: Vec<(String, Vec<u8>)>,
    /// The endings of what is a file a page.
    paged: Vec<&'static str>,
}

impl Made {
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

    /// Whether a file of this name is a page of an edition of this name.
    fn owns(&self, file: &str) -> bool {
        let number = file.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix('-'));
        number
            .and_then(|rest| rest.split_once('.'))
            .is_some_and(|(number, ending)| {
                !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && self.paged.contains(&ending)
            })
    }
}

/// What cannot be written, and why.
#[derive(Debug, thiserror::Error)]
#[error("`{}`: {source}", .path.display())]
pub(super) struct WriteError {
    pub(super) path: PathBuf,
    pub(super) source: io::Error,
}

/// Writes editions into a folder and answers a line a file. Every file is complete before the first takes its name.
pub(super) fn write(folder: &Path, editions: &[Made]) -> Result<Vec<String>, WriteError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError { path, source }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut ready = Vec::new();
    let mut lines = Vec::new();
    for edition in editions {
        for (name, data) in &edition.files {
            let path = folder.join(name);
            let mut file = temporary(folder).map_err(failed(&path))?;
            file.write_all(data).map_err(failed(&path))?;
            ready.push((file, path));
        }
        let pages = format!("{} page{}", edition.pages, if edition.pages == 1 { "" } else { "s" });
        lines.extend(edition.files.iter().map(|(name, _)| match name.ends_with(".pdf") {
            true => format!("{} ({pages})", folder.join(name).display()),
            false => folder.join(name).display().to_string(),
        }));
    }
    for (file, path) in ready {
        file.persist(&path).map_err(|error| WriteError {
            path,
            source: error.error,
        })?;
    }
    for edition in editions {
        remove_stale(folder, edition).map_err(failed(folder))?;
        if edition.files.iter().any(|(name, _)| name.ends_with(".pdf")) {
            unverified::remove(folder, &edition.name).map_err(failed(folder))?;
        }
    }
    Ok(lines)
}

/// A file in the same folder, so that giving it its name is one step of the file system.
pub(super) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".qarar-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets, less the umask; a temporary file would be the user's alone.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Takes away the pages that an edition had in an earlier build and has no more.
fn remove_stale(folder: &Path, edition: &Made) -> io::Result<()> {
    if edition.paged.is_empty() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if edition.owns(name) && !edition.files.iter().any(|(file, _)| file == name) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
