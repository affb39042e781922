//! An edition that does not come back from its PDF: it is kept beside the others under a name that says so, and told as a
//! fault of qarar at the passage that is lost.

use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::output::temporary;
use crate::Sources;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::Language;
use crate::verify::{Loss, ReadBackError};

/// An edition whose text readers would not get.
pub(super) struct Unverified {
    /// Its name: `ar-en`.
    pub(super) edition: String,
    /// The PDF.
    pub(super) bytes: Vec<u8>,
    /// What is lost.
    pub(super) error: ReadBackError,
}

/// How many passages of a document are told of.
const TOLD: usize = 5;

/// What an edition is called that could not be verified.
fn path(folder: &Path, edition: &str) -> PathBuf {
    folder.join(format!("{edition}.unverified.pdf"))
}

/// Writes the editions beside their places and tells what is lost, each passage once. `template` is the file of a template of
/// the house, which may have left it out.
pub(super) fn keep(folder: &Path, editions: &[Unverified], sources: &Sources, template: Option<&Path>) -> Diagnostics {
    let mut told = Diagnostics::default();
    let mut kept = Vec::new();
    for edition in editions {
        let path = path(folder, &edition.edition);
        match write(folder, &path, &edition.bytes) {
            Ok(()) => kept.push(format!("`{}`", path.display())),
            Err(error) => told.push(Diagnostic::error(format!("the edition cannot be written: {error}")).in_path(path)),
        }
    }
    let kept = match kept.len() {
        0 => String::new(),
        1 => format!("; the edition is kept as {}", kept[0]),
        _ => format!("; the editions are kept as {}", kept.join(", ")),
    };
    let hint = match template {
        Some(_) => format!("a template sets all that it is given; with the built-in one, please report it{kept}"),
        None => format!("please report it, with the document{kept}; nothing else was written"),
    };
    let whose = match template {
        Some(template) => format!("a fault of the template `{}` or of qarar", template.display()),
        None => "a fault of qarar".to_owned(),
    };
    let whose = format!("{whose}, not of your text");
    for edition in editions {
        if let ReadBackError::Unreadable(error) = &edition.error {
            let message = format!("{whose}: edition `{}` cannot be read back: {error}", edition.edition);
            told.push(Diagnostic::error(message).hint(&hint));
        }
    }
    let lost = lost(editions);
    for (loss, editions) in lost.iter().take(TOLD) {
        let editions = editions.join(", ");
        let message = format!("{whose}: {} does not come back from {editions}", loss.passage);
        let file = Language::from_code(loss.language).and_then(|language| sources.text(language));
        let mut fault = Diagnostic::error(message);
        if let Some(file) = file {
            fault = fault.at(file, loss.span.clone());
        }
        told.push(fault.hint(&loss.how).hint(&hint));
    }
    if let Some(more) = lost.len().checked_sub(TOLD).filter(|more| *more > 0) {
        told.push(Diagnostic::error(format!("{whose}: {more} more passages do not come back")).hint(&hint));
    }
    told
}

/// What is lost, in the order of the editions and of their text, with the editions that lose it.
fn lost(editions: &[Unverified]) -> Vec<(&Loss, Vec<String>)> {
    let mut lost: Vec<(&Loss, Vec<String>)> = Vec::new();
    for edition in editions {
        let ReadBackError::Losses(losses) = &edition.error else {
            continue;
        };
        let name = format!("`{}.pdf`", edition.edition);
        for loss in losses {
            let place = |loss: &Loss| -> (&'static str, Range<usize>, String) {
                (loss.language, loss.span.clone(), loss.passage.clone())
            };
            match lost.iter_mut().find(|(other, _)| place(other) == place(loss)) {
                Some((_, editions)) => editions.push(name.clone()),
                None => lost.push((loss, vec![name.clone()])),
            }
        }
    }
    lost
}

fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = temporary(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Takes away what an earlier build kept of an edition that is good now. A file of that name that qarar did not write stays.
pub(super) fn remove(folder: &Path, edition: &str) -> io::Result<()> {
    let path = path(folder, edition);
    match std::fs::read(&path) {
        Ok(bytes) if is_ours(&bytes) => std::fs::remove_file(path),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether qarar wrote a PDF: its metadata, which no standard compresses, name the program that made it.
fn is_ours(bytes: &[u8]) -> bool {
    const CREATOR: &[u8] = b"<xmp:CreatorTool>qarar ";
    bytes.starts_with(b"%PDF-") && bytes.windows(CREATOR.len()).any(|window| window == CREATOR)
}
