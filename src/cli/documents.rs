//! Which documents a command is about.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::outcome::CommandError;
use super::panics::{self, Panic};
use crate::diagnostic::shown;
use crate::source::document_name;

/// Where documents are looked for when none is named.
const USUAL: &str = "documents";

/// The folders of the documents: those that are named, or every one below `documents/`, in the order of their paths.
pub(super) fn find(named: &[PathBuf]) -> Result<Vec<PathBuf>, CommandError> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let mut found = Vec::new();
    let mut closed = Vec::new();
    if Path::new(USUAL).is_dir() {
        search(Path::new(USUAL), &mut found, &mut closed);
    }
    found.sort();
    if !closed.is_empty() {
        closed.sort();
        return Err(CommandError::Several(closed));
    }
    if found.is_empty() {
        let message = "no document below `documents/`: name the folder of one, as `qarar build path/to/document`";
        return Err(CommandError::Usage(message.to_owned()));
    }
    Ok(found)
}

/// Collects the documents below a folder, and what is to be told of folders that cannot be read.
fn search(folder: &Path, found: &mut Vec<PathBuf>, closed: &mut Vec<String>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            closed.push(format!("cannot read the folder `{}`: {error}", shown(folder)));
            return;
        }
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                closed.push(format!("cannot read the folder `{}`: {error}", shown(folder)));
                return;
            }
        };
        // A link to a folder is not followed: it might lead back.
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let path = entry.path();
        if path.join("document.toml").is_file() {
            found.push(path);
        } else {
            search(&path, found, closed);
        }
    }
}

/// Does something with every document, several at a time, and returns the results in their order; a panic ends the work on its document
/// alone. The threads are no workers of rayon: one
/// that waits for a part of its document would begin another document on its stack, and some hundred overflow it.
pub(super) fn each<T: Send, R: Send>(documents: Vec<T>, act: impl Fn(T) -> R + Sync) -> Vec<Result<R, Panic>> {
    let threads = rayon::current_num_threads().min(documents.len());
    let left = Mutex::new(documents.into_iter().enumerate());
    let done = Mutex::new(Vec::new());
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some((at, document)) = next() {
            let made = panics::caught(|| act(document));
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, made));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

/// Editions of two documents of one name would be written over one another.
pub(super) fn differ_by_name(folders: &[PathBuf]) -> Result<(), CommandError> {
    let names: Vec<Option<String>> = folders.iter().map(|folder| document_name(folder)).collect();
    let mut told = Vec::new();
    for (at, name) in names.iter().enumerate() {
        if let (Some(name), Some(first)) = (name, names[..at].iter().position(|other| other == name)) {
            let (first, second) = (shown(&folders[first]), shown(&folders[at]));
            told.push(format!("two documents are called `{name}`: `{first}` and `{second}`"));
        }
    }
    if told.is_empty() {
        Ok(())
    } else {
        Err(CommandError::Several(told))
    }
}

#[cfg(test)]
mod tests {
    use std::panic::panic_any;

    use super::*;

    /// If it fails, one document that brings a library down keeps all others of the run from being built.
    #[test]
    fn a_panic_ends_the_work_on_its_document_alone() {
        let done = each((0..20).collect(), |number| match number {
            7 => panic_any("out of bounds"),
            other => other * 2,
        });
        for (number, made) in done.into_iter().enumerate() {
            assert_eq!(made.ok(), (number != 7).then_some(number * 2));
        }
    }
}
