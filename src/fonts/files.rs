//! The font files below a path, read within limits.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use typst::text::Font;

use super::{FontError, intact};
use crate::{bounded, limits};

/// The fonts of a path, a file or a folder, in the order of their names.
///
/// # Errors
/// When something cannot be read, is no font, or is more than is read.
pub(super) fn fonts(path: &Path) -> Result<Vec<(Font, PathBuf)>, FontError> {
    let files = if path.is_dir() {
        below(path)?
    } else {
        vec![path.to_owned()]
    };
    let sizes = files.iter().map(|file| file.metadata().map_or(0, |found| found.len()));
    if sizes.fold(0, u64::saturating_add) > limits::FONT_BYTES_IN_ALL as u64 {
        return Err(FontError::TooLarge { path: path.to_owned() });
    }
    let fonts = within_time(files)?;
    if fonts.is_empty() {
        return Err(FontError::Empty { path: path.to_owned() });
    }
    Ok(fonts)
}

/// The font files below a folder. A folder that is met again by a link is not gone through again.
fn below(path: &Path) -> Result<Vec<PathBuf>, FontError> {
    let mut files = Vec::new();
    let mut known = FxHashSet::default();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |error: std::io::Error| FontError::Unreadable {
            path: folder.clone(),
            source: error.into(),
        };
        if !known.insert(folder.canonicalize().map_err(unreadable)?) {
            continue;
        }
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let found = entry.map_err(unreadable)?.path();
            let extension = found.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
            if found.is_dir() {
                folders.push(found);
            } else if matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "otc")) {
                files.push(found);
            }
            if files.len() > limits::FONT_FILES || known.len() + folders.len() > limits::FONT_FILES {
                return Err(FontError::TooMany { path: path.to_owned() });
            }
        }
    }
    // The order of a directory differs by file system; the bytes of an edition must not.
    files.sort();
    Ok(files)
}

/// Files that are looked at by other threads. To look at a font must not take for ever, and nothing can end it: a thread
/// that does not come back is left behind.
fn within_time(files: Vec<PathBuf>) -> Result<Vec<(Font, PathBuf)>, FontError> {
    const NOT_BEGUN: usize = 0;
    const BEGUN: usize = 1;
    const DONE: usize = 2;
    let files = Arc::new(files);
    let states: Arc<Vec<AtomicUsize>> = Arc::new(files.iter().map(|_| AtomicUsize::new(NOT_BEGUN)).collect());
    let (sender, receiver) = channel();
    let (files_there, states_there) = (Arc::clone(&files), Arc::clone(&states));
    std::thread::spawn(move || {
        let one = |(file, state): (&PathBuf, &AtomicUsize)| {
            state.store(BEGUN, Ordering::Relaxed);
            let fonts = of_file(file);
            state.store(DONE, Ordering::Relaxed);
            fonts
        };
        let fonts: Vec<Result<Vec<Font>, FontError>> =
            files_there.par_iter().zip(states_there.par_iter()).map(one).collect();
        // Nobody listens when it took too long.
        let _ = sender.send(fonts);
    });
    let done = || {
        states
            .iter()
            .filter(|state| state.load(Ordering::Relaxed) == DONE)
            .count()
    };
    let mut before = 0;
    let fonts = loop {
        match receiver.recv_timeout(Duration::from_secs(limits::FONT_SECONDS as u64)) {
            Ok(fonts) => break fonts,
            Err(RecvTimeoutError::Timeout) if done() > before => before = done(),
            Err(_) => {
                let hangs = states.iter().position(|state| state.load(Ordering::Relaxed) == BEGUN);
                let path = hangs.and_then(|at| files.get(at)).cloned().unwrap_or_default();
                return Err(FontError::Endless { path });
            }
        }
    };
    let mut all = Vec::new();
    for (fonts, file) in fonts.into_iter().zip(files.iter()) {
        all.extend(fonts?.into_iter().map(|font| (font, file.clone())));
    }
    Ok(all)
}

fn of_file(path: &Path) -> Result<Vec<Font>, FontError> {
    let data = bounded::read(path, limits::FONT_BYTES).map_err(|source| FontError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    intact::fonts(path, data)
}
