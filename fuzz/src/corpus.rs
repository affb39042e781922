//! The files that mutations start from: those of the tests and the documents of the repository.

use std::path::{Path, PathBuf};

use crate::target::Target;

/// Larger files are left out: a mutation of them hits too little.
const LARGEST: u64 = 1 << 20;

/// The root of the repository: `cargo xtask fuzz` runs this program there.
pub(crate) fn root() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// The files of a target, in the order of their paths.
pub(crate) fn of(target: &Target) -> std::io::Result<Vec<Vec<u8>>> {
    let mut paths = Vec::new();
    let kept = root().join("tests/corpus").join(target.name);
    let folders = target.folders.iter().map(|folder| root().join(folder));
    for folder in folders {
        below(&folder, &mut paths);
    }
    paths.retain(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy());
        name.is_some_and(|name| target.endings.iter().any(|ending| name.ends_with(ending)))
    });
    below(&kept, &mut paths);
    paths.sort();
    paths.dedup();
    let small = |path: &PathBuf| std::fs::metadata(path).is_ok_and(|data| data.len() <= LARGEST);
    paths.iter().filter(|path| small(path)).map(std::fs::read).collect()
}

/// The files of a target that are tried as they are, before anything is spoiled: what once brought the program down.
pub(crate) fn kept(target: &Target) -> std::io::Result<Vec<Vec<u8>>> {
    let mut paths = Vec::new();
    below(&root().join("tests/corpus").join(target.name), &mut paths);
    paths.sort();
    paths.iter().map(std::fs::read).collect()
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => below(&entry.path(), paths),
            Ok(_) => paths.push(entry.path()),
            Err(_) => {}
        }
    }
}
