//! The languages of the command line: folders of language files, and codes.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::diagnostic::Diagnostics;
use crate::fonts::Fonts;
use crate::locale::Language;
use crate::{Opened, open_with_languages};

/// Where the files of languages are that do not ship with the program.
#[derive(Debug, Args)]
pub(super) struct LanguageArgs {
    /// A folder of language files, `LANG.toml`, beside those in `languages/` of the document
    #[arg(long, value_name = "DIR")]
    language_path: Vec<PathBuf>,
}

impl LanguageArgs {
    /// Reads and checks the document of a folder.
    pub(super) fn open(&self, folder: &Path, fonts: &Fonts) -> Result<Opened, Diagnostics> {
        open_with_languages(folder, fonts, &self.language_path)
    }
}

/// The language of a code among those that can be chosen.
///
/// # Errors
/// When it is none of them; the words say which there are.
pub(super) fn of_code(code: &str, choice: &[Language]) -> Result<Language, String> {
    let found = choice.iter().copied().find(|language| language.code() == code);
    found.ok_or_else(|| {
        let codes: Vec<&str> = choice.iter().map(|language| language.code()).collect();
        format!("unknown language `{code}`: the languages are {}", codes.join(", "))
    })
}
