//! Opening a document: its folder is read and checked, and becomes a work.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::fonts::Fonts;
use crate::locale::Language;
use crate::model::{Breaks, Work};
use crate::text::SourceFile;
use crate::{check, source, typeset};

/// A document that was read and checked.
#[derive(Debug)]
pub struct Opened {
    /// The work.
    pub work: Work,
    /// The files that it was read from, to which the spans of the work point.
    pub sources: Sources,
    /// What does not keep it from being built, but should be looked at.
    pub warnings: Diagnostics,
}

/// The files of a document.
#[derive(Debug, Clone)]
pub struct Sources {
    document: Arc<SourceFile>,
    texts: Vec<(Language, Arc<SourceFile>)>,
}

impl Sources {
    /// `document.toml`.
    pub fn document(&self) -> &Arc<SourceFile> {
        &self.document
    }

    /// How many bytes of text there are in all languages.
    pub fn bytes(&self) -> usize {
        self.texts.iter().map(|(_, file)| file.text().len()).sum()
    }

    /// The file of the language of a code.
    pub fn text_of_code(&self, code: &str) -> Option<&Arc<SourceFile>> {
        let found = self.texts.iter().find(|(language, _)| language.code() == code);
        found.map(|(_, file)| file)
    }

    /// The file of a language, as `ar.md`.
    pub fn text(&self, language: Language) -> Option<&Arc<SourceFile>> {
        self.texts
            .iter()
            .find(|(other, _)| *other == language)
            .map(|(_, file)| file)
    }
}

/// Reads and checks the document of a folder. `fonts` are those that it will be set in.
///
/// # Errors
/// All faults and warnings of the source, in the order of its files.
pub fn open(folder: &Path, fonts: &Fonts) -> Result<Opened, Diagnostics> {
    open_with_languages(folder, fonts, &[])
}

/// Reads and checks the document of a folder, which may be in languages of which files of these folders tell, beside those
/// that ship and those of its own folder.
///
/// # Errors
/// As [`open`].
pub fn open_with_languages(folder: &Path, fonts: &Fonts, languages: &[PathBuf]) -> Result<Opened, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let Some(parsed) = source::read(folder, languages, &mut diagnostics) else {
        return Err(diagnostics);
    };
    let files = parsed.files.clone();
    let texts = parsed
        .texts
        .iter()
        .map(|text| (text.expression.language, Arc::clone(&text.file)))
        .collect();
    let mut work = check::check(parsed, fonts, &mut diagnostics);
    if let Some((error, breaks)) = work.as_ref().and_then(|work| {
        let error = typeset::official_layout(work).err()?;
        Some((error, work.facts.layout.breaks))
    }) {
        let file = files.iter().find(|file| file.name() == error.file);
        diagnostics.extend(file.map(|file| source::reference_fault(file, &error, breaks)));
        if breaks != Breaks::Natural {
            work = None;
        }
    }
    diagnostics.sort(&files);
    match (work, files.into_iter().next()) {
        (Some(work), Some(document)) => Ok(Opened {
            work,
            sources: Sources { document, texts },
            warnings: diagnostics,
        }),
        _ => Err(diagnostics),
    }
}
