//! The languages that a document can be in: those that ship, and those that a file of the user's own tells of, a file a
//! language: `languages/ckb.toml` beside `document.toml`, in a folder of `--language-path`, or beside the folder of the document.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::text_file;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits;
use crate::locale::Language;
use crate::text::{FaultKind, LanguageFault, SourceFile, is_code, nearest, read_language};

/// The folder of language files.
const FOLDER: &str = "languages";

/// The languages that a document can be in.
#[derive(Debug, Default)]
pub(crate) struct KnownLanguages {
    /// Those of files. One of them comes before a language that ships of the same code.
    own: Vec<Language>,
    /// The codes of files that are at fault.
    faulty: Vec<String>,
}

impl KnownLanguages {
    /// Reads the language files of a document, and of more folders. Of two files of one name the nearer counts: beside the
    /// document, then in the folders in their order, then beside the document's folder. Faults go to `diagnostics`.
    pub(super) fn read(folder: &Path, more: &[PathBuf], diagnostics: &mut Diagnostics) -> (Self, Vec<Arc<SourceFile>>) {
        let mut known = Self::default();
        let mut files = Vec::new();
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() && folder.file_name().is_some() => Some(parent.to_owned()),
            _ => folder
                .canonicalize()
                .ok()
                .and_then(|folder| folder.parent().map(Path::to_owned)),
        };
        for path in more.iter().filter(|path| !path.is_dir()) {
            let fault = Diagnostic::error("there is no such folder of languages").rule("folder");
            diagnostics.push(fault.hint("name a folder by `--language-path`").in_path(path));
        }
        let folders = std::iter::once(folder.join(FOLDER));
        let folders = folders
            .chain(more.iter().cloned())
            .chain(parent.map(|parent| parent.join(FOLDER)));
        for folder in folders {
            for path in language_files(&folder, diagnostics) {
                known.add(&path, &mut files, diagnostics);
            }
        }
        (known, files)
    }

    fn add(&mut self, path: &Path, files: &mut Vec<Arc<SourceFile>>, diagnostics: &mut Diagnostics) {
        let Some(code) = path.file_stem().and_then(|stem| stem.to_str()) else {
            return;
        };
        if self.own.iter().any(|language| language.code() == code) || self.is_faulty(code) {
            return;
        }
        let Some(file) = text_file(path, limits::LANGUAGE_BYTES, "the file is missing", "", diagnostics) else {
            self.faulty.push(code.to_owned());
            return;
        };
        match definition(code, &file, diagnostics) {
            Some(language) => self.own.push(language),
            None => self.faulty.push(code.to_owned()),
        }
        files.push(file);
    }

    /// The language of a code; `None` where there is none, or its file is at fault.
    pub(crate) fn of(&self, code: &str) -> Option<Language> {
        let own = self.own.iter().find(|language| language.code() == code);
        match own {
            Some(language) => Some(*language),
            None if self.is_faulty(code) => None,
            None => Language::from_code(code),
        }
    }

    /// Whether a file of the code is at fault, which was told of.
    pub(crate) fn is_faulty(&self, code: &str) -> bool {
        self.faulty.iter().any(|faulty| faulty == code)
    }

    /// All of them, those that ship first.
    pub(crate) fn all(&self) -> Vec<Language> {
        let shipped = Language::ALL.iter().filter_map(|language| self.of(language.code()));
        let own = self
            .own
            .iter()
            .copied()
            .filter(|language| Language::from_code(language.code()).is_none());
        shipped.chain(own).collect()
    }

    /// The language that an unknown one was meant to be.
    pub(crate) fn meant(&self, code: &str) -> Option<Language> {
        let all = self.all();
        let lower = code.to_lowercase();
        let by_name = all.iter().find(|language| {
            let starts = lower.split(['-', '_']).next() == Some(language.code());
            starts || language.name().to_lowercase() == lower || language.iso_639_2() == lower
        });
        let near = || {
            let near = nearest(code, all.iter().map(|language| language.code()))?;
            all.iter().find(|language| language.code() == near)
        };
        by_name.or_else(near).copied()
    }

    /// Which there are, and how another is added.
    pub(crate) fn told(&self, code: &str) -> String {
        let codes: Vec<&str> = self.all().iter().map(|language| language.code()).collect();
        let codes = codes.join(", ");
        match is_code(code) {
            true => format!(
                "the languages are {codes}; another is one file, `{FOLDER}/{code}.toml` beside `document.toml`: docs/languages.md"
            ),
            false => format!("the languages are {codes}"),
        }
    }
}

/// The files of a folder that have the ending of a language file, in the order of their names.
fn language_files(folder: &Path, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let mut files: Vec<PathBuf> = paths.filter(is_toml).take(limits::LANGUAGE_FILES + 1).collect();
    if files.len() > limits::LANGUAGE_FILES {
        let message = format!("the folder has more than {} language files", limits::LANGUAGE_FILES);
        let fault = Diagnostic::error(message).rule("language-file");
        diagnostics.push(fault.hint("keep those that documents are in").in_path(folder));
        return Vec::new();
    }
    files.sort();
    files
}

/// The language that a file tells of.
fn definition(code: &str, file: &Arc<SourceFile>, diagnostics: &mut Diagnostics) -> Option<Language> {
    if !is_code(code) {
        let message = format!("`{code}` is no code of a language");
        let fault = Diagnostic::error(message).rule("language-file");
        let hint = "name the file by its code in ISO 639, in small letters: `ckb.toml`, `zh-hant.toml`";
        diagnostics.push(fault.hint(hint).in_path(file.path()));
        return None;
    }
    let definition = match read_language(code, file.text()) {
        Ok(definition) => definition,
        Err(faults) => {
            diagnostics.extend(faults.into_iter().map(|fault| told(fault, file)));
            return None;
        }
    };
    if let Some(like) = definition
        .hyphenation
        .as_deref()
        .filter(|like| !crate::line::divides(like))
    {
        let fault = Diagnostic::error(format!("no rules are known by which words of `{like}` are divided"));
        let at = file.text().find("hyphenation").unwrap_or_default();
        let line = file.text()[at..].lines().next().map_or(0, str::len);
        let fault = fault.rule("language-file").at(file, at..at + line);
        diagnostics
            .push(fault.hint("name a language whose rules fit, or take the line away: words are then not divided"));
        return None;
    }
    match Language::register(definition) {
        Ok(language) => Some(language),
        Err(error) => {
            let fault = Diagnostic::error(error.to_string()).rule("language-file");
            diagnostics.push(fault.hint("start the program again").in_path(file.path()));
            None
        }
    }
}

fn told(fault: LanguageFault, file: &Arc<SourceFile>) -> Diagnostic {
    let rule = match fault.kind {
        FaultKind::Notation => "toml",
        FaultKind::UnknownKey => "key-unknown",
        FaultKind::MissingKey => "key-missing",
        FaultKind::Type => "value-type",
        FaultKind::Empty => "value-empty",
        FaultKind::UnknownWord => "word-unknown",
        FaultKind::Value => "language-file",
    };
    let told = Diagnostic::error(fault.message).rule(rule).hint(fault.hint);
    match (fault.span, fault.fix) {
        (Some(span), Some(fix)) => told.at(file, span).fix(fix),
        (Some(span), None) => told.at(file, span),
        (None, _) => told.in_path(file.path()),
    }
}
