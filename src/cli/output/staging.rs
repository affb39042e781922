//! Staging: the files of a set, complete and synced, in a folder of their own inside the target.
//!
//! The folder is locked as long as its build lives. One that nobody locks is of a build that was killed: the next build
//! takes it away, or completes it where it was complete.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::commit;
use super::keeper::Keeper;
use super::set::{Set, WriteError};

/// How the name of a staging folder starts and ends.
const NAME: (&str, &str) = (".qarar-", ".tmp");

/// The file of a staging folder that lists what it holds. It is written last: a folder with it is complete.
pub(super) const LIST: &str = "list.json";

/// What a staging folder holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct List {
    /// The names of the files.
    pub(super) files: Vec<String>,
    /// The names of editions and endings of which other pages than these are of an earlier build.
    pub(super) pages: Vec<(String, String)>,
    /// The names of files of an earlier build that are taken away.
    #[serde(default)]
    pub(super) gone: Vec<String>,
}

/// A complete staging folder, and the lock that says that its build lives.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) folder: PathBuf,
    lock: Option<File>,
}

impl Staged {
    /// Lets the lock go: the folder belongs to whoever commits it.
    pub(super) fn hand_over(self) -> PathBuf {
        drop(self.lock);
        self.folder
    }
}

/// Writes the files of a set into a new staging folder inside `target`.
pub(super) fn stage(keeper: &Keeper, target: &Path, set: &Set<'_>) -> Result<Staged, WriteError> {
    let staged = open(keeper, target)?;
    let written = fill(&staged.folder, target, set);
    if written.is_err() {
        keeper.forget(&staged.folder);
        // What is left here is taken away by the next build.
        let _ = std::fs::remove_dir_all(&staged.folder);
    }
    written.map(|()| staged)
}

/// Makes a staging folder and locks it; takes away those that nobody locks.
fn open(keeper: &Keeper, target: &Path) -> Result<Staged, WriteError> {
    let _lock = commit::lock(target).map_err(WriteError::at(target))?;
    clear(target).map_err(WriteError::at(target))?;
    // The keeper knows of the folder before it is there: a build may be ended in between.
    let make = |path: &Path| {
        keeper.watch(path);
        std::fs::create_dir(path).inspect_err(|_| keeper.forget(path))
    };
    let mut name = tempfile::Builder::new();
    let made = name.prefix(NAME.0).suffix(NAME.1).make_in(target, make);
    let folder = made.and_then(|made| made.into_temp_path().keep().map_err(|error| error.error));
    let folder = folder.map_err(WriteError::at(target))?;
    let lock = commit::lock(&folder).map_err(WriteError::at(&folder))?;
    Ok(Staged { folder, lock })
}

fn fill(folder: &Path, target: &Path, set: &Set<'_>) -> Result<(), WriteError> {
    set.files.par_iter().try_for_each(|(name, data)| {
        let fault = target.join(name);
        write_synced(&folder.join(name), data, mode_of(&fault)).map_err(WriteError::at(&fault))
    })?;
    let list = List {
        files: set.files.iter().map(|(name, _)| (*name).to_owned()).collect(),
        pages: set.pages.clone(),
        gone: set.gone.clone(),
    };
    let list = serde_json::to_vec(&list)
        .map_err(io::Error::from)
        .map_err(WriteError::at(target))?;
    // Under another name first: a list that is there is whole.
    let (draft, whole) = (folder.join("list.tmp"), folder.join(LIST));
    write_synced(&draft, &list, None)
        .and_then(|()| std::fs::rename(&draft, &whole))
        .and_then(|()| commit::sync_folder(folder))
        .map_err(WriteError::at(target))
}

/// The permissions of the file that is replaced, which the new one keeps.
fn mode_of(path: &Path) -> Option<std::fs::Permissions> {
    std::fs::metadata(path).ok().map(|data| data.permissions())
}

fn write_synced(path: &Path, data: &[u8], permissions: Option<std::fs::Permissions>) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(data)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

/// Completes or takes away the staging folders in `target` whose builds were killed. The target is locked.
fn clear(target: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(target)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_staging = name
            .to_str()
            .is_some_and(|name| name.starts_with(NAME.0) && name.ends_with(NAME.1));
        if !is_staging {
            continue;
        }
        let path = entry.path();
        if !entry.file_type()?.is_dir() {
            // A temporary file of qarar 0.1.
            std::fs::remove_file(&path)?;
        } else if commit::is_abandoned(&path) {
            match commit::finish(&path) {
                // The keeper of the build that was killed was quicker.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                done => done?,
            }
        }
    }
    Ok(())
}
