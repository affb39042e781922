//! What can be asked.

use std::path::{Path, PathBuf};

use clap::{Args, Parser};
use serde_json::{Map, Value, json};

use super::Answer;
use crate::cli::compare::Compare;
use crate::cli::languages::LanguageArgs;
use crate::cli::making::Making;
use crate::cli::outcome::CommandError;
use crate::cli::output::{self, Keeper, OutputFiles};
use crate::cli::setting_args::{in_words, load_fonts};
use crate::cli::unverified;
use crate::cli::verify::Verify;
use crate::diagnostic::Diagnostics;
use crate::locale::Language;
use crate::verify::read_back;

/// A command, with the options that it has on the command line.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true, disable_help_subcommand = true)]
pub(super) enum Request {
    /// The editions of a document
    Build(Build),
    /// The faults of a document
    Check(Check),
    /// What readers get out of a PDF
    Verify(Verify),
    /// What differs between two layouts
    Compare(Box<Compare>),
}

/// The editions of a document.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// The folder of the document
    document: PathBuf,
    #[command(flatten)]
    making: Making,
    /// Where the editions go; they are in the answer where it is not named
    #[arg(short, long)]
    output: Option<PathBuf>,
}

/// The faults of a document.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder of the document
    document: PathBuf,
    /// A font file or a folder of fonts that the document may use
    #[arg(long)]
    font_path: Vec<PathBuf>,
    #[command(flatten)]
    languages: LanguageArgs,
}

impl Request {
    /// The template and the fonts of the user's own that it works with, in words.
    pub(super) fn suspects(&self) -> Option<String> {
        match self {
            Self::Build(build) => build.making.setting.suspects(),
            Self::Compare(compare) => compare.setting().suspects(),
            Self::Check(check) => in_words(None, &check.font_path),
            Self::Verify(verify) => in_words(None, verify.font_path()),
        }
    }

    /// The file or folder that it is about.
    pub(super) fn subject(&self) -> &Path {
        match self {
            Self::Build(build) => &build.document,
            Self::Check(check) => &check.document,
            Self::Verify(verify) => verify.file(),
            Self::Compare(compare) => compare.actual(),
        }
    }

    pub(super) fn answer(&self) -> Result<Answer, CommandError> {
        match self {
            Self::Build(build) => build.answer(),
            Self::Check(check) => check.answer(),
            Self::Verify(verify) => verified(verify),
            Self::Compare(compare) => compared(compare),
        }
    }
}

impl Build {
    fn answer(&self) -> Result<Answer, CommandError> {
        let fonts = self.making.setting.fonts()?;
        let template = self.making.setting.template()?;
        let opened = match self.making.setting.open(&self.document, &fonts) {
            Ok(opened) => opened,
            Err(told) => return Ok(Answer::new("fault", &told)),
        };
        let (work, sources) = (&opened.work, &opened.sources);
        let missing = self.making.plans.missing(work);
        if !missing.is_empty() {
            return Err(CommandError::Several(missing));
        }
        let made = self.making.document(&opened, (&template, &fonts), &read_back);
        let mut told = made.told;
        let folder = self.output.as_ref().map(|output| output.join(&work.name));
        let keeper = Keeper::default();
        if !made.unverified.is_empty() {
            let own = self.making.own_template();
            told.extend(match &folder {
                Some(folder) => unverified::keep(&keeper, folder, &made.unverified, sources, own),
                None => unverified::told(&made.unverified, sources, own, &[]),
            });
            // A template of the user's own may leave out what it likes.
            let outcome = if own.is_some() { "fault" } else { "own-fault" };
            return Ok(Answer::new(outcome, &told));
        }
        if told.has_errors() {
            return Ok(Answer::new("fault", &told));
        }
        if let Some(folder) = &folder
            && let Err(error) = output::write(&keeper, folder, &made.editions)
        {
            told.push(error.told("the editions"));
            return Ok(Answer::new("fault", &told));
        }
        let languages = self.making.plans.editions(work);
        let mut files = Vec::new();
        let editions = made.editions.into_iter().zip(&languages);
        let editions = editions.map(|(made, languages)| edition(made, languages, folder.is_none(), &mut files));
        let mut data = Map::new();
        data.insert("name".to_owned(), work.name.as_str().into());
        data.insert("editions".to_owned(), editions.collect());
        Ok(Answer::with("done", &told, data, files))
    }
}

/// An edition as data. Its files are added to `files` where it `has_bytes`.
fn edition(made: OutputFiles, languages: &[Language], has_bytes: bool, files: &mut Vec<Vec<u8>>) -> Value {
    let codes: Vec<&str> = languages.iter().map(|language| language.code()).collect();
    let (name, pages) = (made.name().to_owned(), made.page_count());
    let file = |(name, bytes): (String, Vec<u8>)| {
        if !has_bytes {
            return json!({ "name": name });
        }
        files.push(bytes);
        json!({ "name": name, "at": files.len() - 1 })
    };
    let own: Vec<Value> = made.into_files().map(file).collect();
    json!({ "name": name, "languages": codes, "pages": pages, "files": own })
}

impl Check {
    fn answer(&self) -> Result<Answer, CommandError> {
        let fonts = load_fonts(&self.font_path)?;
        Ok(match self.languages.open(&self.document, &fonts) {
            Ok(opened) => Answer::new("done", &opened.warnings),
            Err(told) => Answer::new("fault", &told),
        })
    }
}

fn verified(verify: &Verify) -> Result<Answer, CommandError> {
    let (found, _) = match verify.found()? {
        Ok(found) => found,
        Err(told) => return Ok(Answer::new("fault", &told)),
    };
    let mut data = Map::new();
    data.insert("exact".to_owned(), found.is_exact().into());
    data.insert("told".to_owned(), verify.table(&found).into());
    data.insert("report".to_owned(), as_data(&found)?);
    Ok(Answer::with("done", &Diagnostics::default(), data, Vec::new()))
}

fn compared(compare: &Compare) -> Result<Answer, CommandError> {
    if compare.accepts() {
        let message = "a reference is accepted on the command line alone, where what changes is seen";
        return Err(CommandError::Usage(message.to_owned()));
    }
    let mut data = Map::new();
    let mut warnings = Diagnostics::default();
    let mut fault = None;
    compare.differences(|comparisons, undrawn| {
        let told = comparisons
            .iter()
            .map(|comparison| comparison.to_string().trim_end().to_owned());
        data.insert("told".to_owned(), told.collect());
        match as_data(comparisons) {
            Ok(comparisons) => _ = data.insert("comparisons".to_owned(), comparisons),
            Err(error) => fault = Some(error),
        }
        warnings.extend(undrawn);
        Ok(())
    })?;
    match fault {
        Some(fault) => Err(fault),
        None => Ok(Answer::with("done", &warnings, data, Vec::new())),
    }
}

fn as_data(found: &(impl serde::Serialize + ?Sized)) -> Result<Value, CommandError> {
    serde_json::to_value(found).map_err(|error| CommandError::Usage(format!("cannot write JSON: {error}")))
}
