//! The folder of a document: which files it has, which it should have, and whether they are text.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::facts::ParsedFacts;
use super::file::text_file;
use super::kinds::{Kinds, built_in_kind};
use super::pictures::Pictures;
use super::{KnownLanguages, Parsed, ParsedText, SourceFile, facts, house, markdown};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::Kind;
use crate::limits;
use crate::locale::Language;
use crate::model::{Breaks, Reference, ReferenceError};

/// Reads the source of a document; `language_paths` are folders of language files beside its own. Faults go to `diagnostics`; `None` when there is nothing to go on with.
pub(crate) fn read(folder: &Path, language_paths: &[PathBuf], diagnostics: &mut Diagnostics) -> Option<Parsed> {
    if !folder.is_dir() {
        let (message, hint) = match folder.exists() {
            true => (
                "this is a file, not the folder of a document",
                "name the folder that holds it",
            ),
            false => ("there is no such folder", "name the folder that holds `document.toml`"),
        };
        diagnostics.push(Diagnostic::error(message).rule("folder").hint(hint).in_path(folder));
        return None;
    }
    let name = name(folder, diagnostics)?;
    let path = folder.join("document.toml");
    let hint = "it says what is true in every language: symbol, body, dates, languages";
    let missing = "the folder has no `document.toml`";
    let document = text_file(&path, limits::DOCUMENT_BYTES, missing, hint, diagnostics)?;
    let (known, language_files) = KnownLanguages::read(folder, language_paths, diagnostics);
    let kinds = Kinds::of(folder);
    let house = house::find(folder, diagnostics);
    let is_named = house.as_deref().is_some_and(house::names_organization);
    let ParsedFacts {
        kind,
        kind_at_fault,
        meant,
        mut facts,
        languages,
        languages_fit,
        digits,
        families,
        reference,
    } = facts::parse(&document, &kinds, &known, is_named, diagnostics);
    if kind_at_fault {
        return None;
    }
    // The program has this one always; a test reads it.
    let kind = kind.or(meant).or_else(|| built_in_kind("resolution"))?;
    lacking_words(kind, &languages, &document, diagnostics);
    let house = house.map(|file| {
        let setting = house::Setting {
            languages: languages.iter().map(|(language, _)| *language).collect(),
            kind,
            kinds: &kinds,
        };
        house::parse(&file, &setting, diagnostics)
    });
    if let (Some(facts), Some(house)) = (&mut facts, house.as_ref().and_then(|house| house.house.as_ref())) {
        facts.belong_to(house);
    }
    let mut files = vec![document];
    let mut texts = Vec::new();
    let mut pictures = Pictures::default();
    for (language, named) in &languages {
        let Some(file) = language_file(folder, *language, named.clone(), &files[0], diagnostics) else {
            continue;
        };
        let (mut expression, doubts) = markdown::parse(&file, *language, kind, &known, diagnostics);
        pictures.of(&mut expression, &file, diagnostics);
        files.push(Arc::clone(&file));
        texts.push(ParsedText {
            kind,
            file,
            expression,
            doubts,
        });
    }
    if let Some((file_name, named)) = reference {
        let file = reference_file(folder, &file_name, named, &files[0], diagnostics);
        let reference = file.as_ref().and_then(|file| official_layout(file, diagnostics));
        match (&mut facts, reference) {
            (Some(facts), Some(reference)) => facts.layout.reference = Some(reference),
            (facts, _) => *facts = None,
        }
        files.extend(file);
    }
    files.extend(language_files);
    let others = known.all().into_iter();
    for language in others.filter(|l| languages_fit && !languages.iter().any(|(other, _)| other == l)) {
        let path = folder.join(language_file_name(language));
        if path.exists() {
            let warning = Diagnostic::warning(format!(
                "this file is not read: `{}` is not in `languages`",
                language.code()
            ))
            .rule("file-not-read");
            diagnostics.push(
                warning
                    .hint("name it in `document.toml`, or take the file away")
                    .in_path(path),
            );
        }
    }
    files.extend(house.as_ref().map(|house| Arc::clone(&house.file)));
    let complete = texts.len() == languages.len() && !texts.is_empty();
    Some(Parsed {
        name,
        files,
        facts,
        digits,
        families,
        house,
        texts,
        complete,
    })
}

/// Tells of languages in which a kind has no words.
fn lacking_words(
    kind: Kind,
    languages: &[(Language, Range<usize>)],
    document: &Arc<SourceFile>,
    diagnostics: &mut Diagnostics,
) {
    for (language, place) in languages {
        if kind.speaks(*language) {
            continue;
        }
        let (name, code) = (kind.name(), language.code());
        let message = format!(
            "the kind `{name}` has no words in {}: those in English are printed",
            language.name()
        );
        let fault = Diagnostic::warning(message);
        let hint =
            format!("write them beside the document, `labels/{code}.toml`; docs/kinds.md tells what stands in it");
        diagnostics.push(fault.rule("kind-words").at(document, place.clone()).hint(hint));
    }
}

/// The file of the official layout, which stands beside `document.toml`.
fn reference_file(
    folder: &Path,
    name: &str,
    named: Range<usize>,
    document: &Arc<SourceFile>,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<SourceFile>> {
    if Path::new(name).components().count() != 1 || !folder.join(name).exists() {
        let fault =
            Diagnostic::error(format!("there is no file `{name}` beside `document.toml`")).rule("reference-missing");
        let hint = "it holds the official lines, a line a line; docs/pages.md tells how";
        diagnostics.push(fault.at(document, named).hint(hint));
        return None;
    }
    let hint = "it holds the official lines, a line a line; docs/pages.md tells how";
    text_file(
        &folder.join(name),
        limits::OFFICIAL_BYTES,
        "the file of the official layout is missing",
        hint,
        diagnostics,
    )
}

/// What the file of the official layout says.
fn official_layout(file: &Arc<SourceFile>, diagnostics: &mut Diagnostics) -> Option<Reference> {
    match Reference::parse(file.name(), file.text()) {
        Ok(reference) => Some(reference),
        Err(error) => {
            diagnostics.push(reference_fault(file, &error, Breaks::Lines));
            None
        }
    }
}

/// A fault of the official layout, at its line: an error where lines or pages break by it, else a warning, so that a text
/// can be changed before its official layout is.
pub(crate) fn reference_fault(file: &Arc<SourceFile>, error: &ReferenceError, breaks: Breaks) -> Diagnostic {
    let start: usize = file
        .text()
        .split_inclusive('\n')
        .take(error.line.saturating_sub(1))
        .map(str::len)
        .sum();
    let length = file.text()[start..].lines().next().map_or(0, str::len);
    let fault = match breaks {
        Breaks::Natural => Diagnostic::warning(error.message.clone()).rule("reference"),
        Breaks::Pages | Breaks::Lines => Diagnostic::error(error.message.clone()).rule("reference"),
    };
    fault.at(file, start..start + length).hint(error.hint.clone())
}

fn language_file_name(language: Language) -> String {
    format!("{}.md", language.code())
}

fn language_file(
    folder: &Path,
    language: Language,
    named: Range<usize>,
    document: &Arc<SourceFile>,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<SourceFile>> {
    let path = folder.join(language_file_name(language));
    if !path.exists() {
        let fault = Diagnostic::error(format!(
            "the text in {} is missing: there is no `{}`",
            language.name(),
            language_file_name(language)
        ))
        .rule("text-missing");
        let hint = format!("write it, or take `\"{}\"` out of `languages`", language.code());
        diagnostics.push(fault.at(document, named).hint(hint));
        return None;
    }
    text_file(&path, limits::TEXT_BYTES, "the file is missing", "", diagnostics)
}

/// The name of a document: the name of its folder, also where it is given as `.` or with a slash at its end.
fn name(folder: &Path, diagnostics: &mut Diagnostics) -> Option<String> {
    let named = document_name(folder);
    if named.is_none() {
        let fault = Diagnostic::error("the folder has no name that a document could take").rule("folder-name");
        diagnostics.push(
            fault
                .hint("put the document into a folder whose name is UTF-8 text")
                .in_path(folder),
        );
    }
    named
}

/// The name of the document of a folder; `None` for a folder without a name, as the root.
pub fn document_name(folder: &Path) -> Option<String> {
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    let ends_in_name = matches!(folder.components().next_back(), Some(std::path::Component::Normal(_)));
    if ends_in_name {
        name(folder)
    } else {
        name(&std::fs::canonicalize(folder).ok()?)
    }
}
