//! Writing the files of a new document: all of them or none, and over nothing.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::shown;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotWritten {
    /// Something stands there.
    #[error("{} already there and {} left alone: nothing was written; name another folder", .0, .1)]
    There(String, &'static str),
    /// The folder is a file.
    #[error("`{}` is a file, not a folder for a document", shown(.0))]
    NoFolder(PathBuf),
    /// The system refuses.
    #[error("cannot write `{}`: {source}", shown(.path))]
    System {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Tells where a document cannot go, before anything is asked.
pub(super) fn is_free(folder: &Path, names: &[String]) -> Result<(), NotWritten> {
    match fs::metadata(folder) {
        Ok(data) if !data.is_dir() => return Err(NotWritten::NoFolder(folder.to_owned())),
        _ => {}
    }
    let taken = names.iter().map(|name| folder.join(name));
    // A link that leads nowhere is there too.
    let taken: Vec<PathBuf> = taken.filter(|path| fs::symlink_metadata(path).is_ok()).collect();
    if taken.is_empty() { Ok(()) } else { Err(there(&taken)) }
}

fn there(paths: &[PathBuf]) -> NotWritten {
    let names: Vec<String> = paths.iter().map(|path| format!("`{}`", shown(path))).collect();
    match names.as_slice() {
        [one] => NotWritten::There(format!("{one} is"), "is"),
        [rest @ .., last] => NotWritten::There(format!("{} and {last} are", rest.join(", ")), "are"),
        [] => NotWritten::There("a file is".to_owned(), "is"),
    }
}

/// Writes the files; a folder that is not there is made.
pub(super) fn write(folder: &Path, files: &[(String, String)]) -> Result<(), NotWritten> {
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    is_free(folder, &names)?;
    let made = made_folders(folder);
    let system = |path: &Path, source: io::Error| NotWritten::System {
        path: path.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(|error| system(folder, error))?;
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        // Another program may have put a file there since: it is not replaced either.
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let done = opened.and_then(|mut file| {
            written.push(path.clone());
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all())
        });
        if let Err(error) = done {
            take_away(&written, &made);
            return Err(match error.kind() {
                io::ErrorKind::AlreadyExists => there(&[path]),
                _ => system(&path, error),
            });
        }
    }
    Ok(())
}

/// The folders that will be made, the innermost first.
fn made_folders(folder: &Path) -> Vec<PathBuf> {
    let ancestors = folder.ancestors().filter(|path| !path.as_os_str().is_empty());
    ancestors
        .take_while(|path| !path.exists())
        .map(Path::to_owned)
        .collect()
}

/// Takes away what was written before it failed; what cannot be taken away is left.
fn take_away(files: &[PathBuf], folders: &[PathBuf]) {
    for file in files {
        let _ = fs::remove_file(file);
    }
    for folder in folders {
        let _ = fs::remove_dir(folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Vec<(String, String)> {
        names
            .iter()
            .map(|name| ((*name).to_owned(), "new".to_owned()))
            .collect()
    }

    /// If it fails, `qarar init` replaces somebody's text, or leaves half a document.
    #[test]
    fn a_file_that_is_there_keeps_all_from_being_written() {
        let desk = tempfile::tempdir().expect("a folder");
        let folder = desk.path().join("a/b");
        write(&folder, &files(&["one", "two"])).expect("written");
        fs::write(folder.join("two"), "mine").expect("a file");
        let fault = write(&folder, &files(&["three", "two"]))
            .expect_err("it is there")
            .to_string();
        assert!(fault.contains("two` is already there and is left alone"), "{fault}");
        assert!(!folder.join("three").exists());
        assert_eq!(fs::read_to_string(folder.join("two")).expect("a file"), "mine");
    }

    #[test]
    fn what_was_written_before_a_fault_is_taken_away_with_its_folders() {
        let desk = tempfile::tempdir().expect("a folder");
        let folder = desk.path().join("a/b");
        // No system has a name with a slash in it, or a folder in a file.
        assert!(write(&folder, &files(&["one", "one/two"])).is_err());
        assert!(!desk.path().join("a").exists());
    }
}
