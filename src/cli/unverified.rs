//! An edition that does not come back from its PDF: it is kept beside the others under a name that says so, and told as a
//! fault of qarar at the passage that is lost.

use std::ops::Range;
use std::path::Path;

use super::output::{self, Keeper};
use crate::Sources;
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
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

/// Writes the editions beside their places and tells what is lost, each passage once. `template` is the file of the user's own
/// template, which may have left it out.
pub(super) fn keep(
    keeper: &Keeper,
    folder: &Path,
    editions: &[Unverified],
    sources: &Sources,
    template: Option<&Path>,
) -> Diagnostics {
    let mut told = Diagnostics::default();
    let mut kept = Vec::new();
    for edition in editions {
        let path = folder.join(output::unverified(&edition.edition));
        match output::write_file(keeper, &path, &edition.bytes) {
            Ok(()) => kept.push(format!("`{}`", shown(&path))),
            Err(error) => told.push(error.told("the edition")),
        }
    }
    told.extend(self::told(editions, sources, template, &kept));
    told
}

/// What is lost, each passage once. `kept` are the files that the editions were kept as.
pub(super) fn told(
    editions: &[Unverified],
    sources: &Sources,
    template: Option<&Path>,
    kept: &[String],
) -> Diagnostics {
    let mut told = Diagnostics::default();
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
        Some(template) => format!("a fault of the template `{}` or of qarar", shown(template)),
        None => "a fault of qarar".to_owned(),
    };
    let whose = format!("{whose}, not of your text");
    for edition in editions {
        if let ReadBackError::Unreadable(error) = &edition.error {
            let message = format!("{whose}: edition `{}` cannot be read back: {error}", edition.edition);
            told.push(Diagnostic::error(message).rule("unverified").hint(&hint));
        }
    }
    let lost = lost(editions);
    for (loss, editions) in lost.iter().take(TOLD) {
        let editions = editions.join(", ");
        let line = if loss.span.is_none() { "the line " } else { "" };
        let message = format!("{whose}: {line}{} does not come back from {editions}", loss.passage);
        let file = sources.text_of_code(loss.language);
        let mut fault = Diagnostic::error(message).rule("unverified");
        if let Some((file, span)) = file.zip(loss.span.clone()) {
            fault = fault.at(file, span);
        }
        told.push(fault.hint(&loss.how).hint(&hint));
    }
    if let Some(more) = lost.len().checked_sub(TOLD).filter(|more| *more > 0) {
        told.push(
            Diagnostic::error(format!(
                "{whose}: {} not come back",
                if more == 1 {
                    "1 more passage does".to_owned()
                } else {
                    format!("{more} more passages do")
                }
            ))
            .rule("unverified")
            .hint(&hint),
        );
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
            let place = |loss: &Loss| -> (&'static str, Option<Range<usize>>, String) {
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
