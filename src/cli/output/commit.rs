//! Committing: the files of a staging folder take their names in the folder round it, all or none.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::ours;
use super::staging::{LIST, List};

/// Where the files that are replaced are kept until all are, inside the staging folder.
const REPLACED: &str = "replaced";

/// Locks a folder against other builds, until the lock is dropped. `None` where the system does not lock folders.
pub(super) fn lock(folder: &Path) -> io::Result<Option<File>> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let file = File::open(folder)?;
    match file.lock() {
        Ok(()) => Ok(Some(file)),
        // A network's file system may not know locks.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether the build that made a staging folder lives no more.
pub(super) fn is_abandoned(staging: &Path) -> bool {
    cfg!(unix) && File::open(staging).is_ok_and(|file| !matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Writes a folder's names to the disk, so that they outlast a loss of power.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Gives the files of a staging folder their names, under the lock of the folder round it.
///
/// # Errors
/// When a name cannot be given; then all files are as they were.
pub(super) fn commit(staging: &Path) -> io::Result<()> {
    let _lock = lock(target(staging))?;
    finish(staging)
}

/// The same where the lock is held. A staging folder that is not complete is taken away.
pub(super) fn finish(staging: &Path) -> io::Result<()> {
    let done = match std::fs::read(staging.join(LIST)) {
        Ok(list) => serde_json::from_slice(&list)
            .map_err(io::Error::from)
            .and_then(|list| replace(staging, &list)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    };
    done.and(std::fs::remove_dir_all(staging))
}

fn target(staging: &Path) -> &Path {
    staging.parent().unwrap_or(Path::new("."))
}

fn replace(staging: &Path, list: &List) -> io::Result<()> {
    let target = target(staging);
    let replaced = staging.join(REPLACED);
    match std::fs::create_dir(&replaced) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    for (at, name) in list.files.iter().enumerate() {
        // A name has no folders: a list that was tampered with leads nowhere else.
        let plain = Path::new(name).file_name().is_some_and(|file| file == name.as_str());
        let staged = staging.join(name);
        if !plain || !staged.exists() {
            continue;
        }
        let (path, old) = (target.join(name), replaced.join(name));
        // A file system without hard links has no way back, and needs it only when giving a name fails.
        let _ = std::fs::hard_link(&path, &old);
        if let Err(error) = std::fs::rename(&staged, &path) {
            restore(target, &replaced, &list.files[..at]);
            return Err(error);
        }
    }
    remove_stale(target, list)?;
    sync_folder(target)
}

/// Gives the files that were replaced their names again, and takes those away that replaced nothing.
fn restore(target: &Path, replaced: &Path, files: &[String]) {
    for name in files {
        let (path, old) = (target.join(name), replaced.join(name));
        let _ = if old.exists() {
            std::fs::rename(old, path)
        } else {
            std::fs::remove_file(path)
        };
    }
}

/// Takes away the files that editions had in an earlier build and have no more.
fn remove_stale(target: &Path, list: &List) -> io::Result<()> {
    if list.pages.is_empty() && list.gone.is_empty() {
        return Ok(());
    }
    let mut stale: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(target)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let is_page = |(edition, ending): &(String, String)| is_page(name, edition, ending);
        let is_gone = list.pages.iter().any(is_page) || list.gone.iter().any(|gone| gone == name);
        if is_gone && !list.files.iter().any(|file| file == name) {
            stale.push(entry.path());
        }
    }
    for path in stale {
        if ours::may_be_replaced(&path)? {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Whether a file has the name of a page of an edition: `ar-12.png`.
fn is_page(file: &str, edition: &str, ending: &str) -> bool {
    let number = file.strip_prefix(edition).and_then(|rest| rest.strip_prefix('-'));
    let number = number.and_then(|rest| rest.strip_suffix(ending)?.strip_suffix('.'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}
