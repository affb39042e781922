//! What documents are set with: the options of every command that sets them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use clap::Args;

use super::guard;
use super::languages::LanguageArgs;
use super::outcome::CommandError;
use crate::Opened;
use crate::diagnostic::{Diagnostics, shown};
use crate::fonts::Fonts;
use crate::limits::{FONT_SECONDS, TEMPLATE_SECONDS};
use crate::typeset::Template;

/// The template and the fonts that documents are set with.
#[derive(Debug, Args)]
pub(super) struct SettingArgs {
    /// A template of your own, in Typst
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// A font file or a folder of fonts, used before those in the program
    #[arg(long, value_name = "PATH")]
    font_path: Vec<PathBuf>,
    #[command(flatten)]
    languages: LanguageArgs,
}

impl SettingArgs {
    /// The template of the file, or the built-in one.
    pub(super) fn template(&self) -> Result<Template, CommandError> {
        let Some(path) = &self.template else {
            return Ok(Template::builtin());
        };
        let _watched = guard::watch(|| "reading the template".to_owned(), 0);
        Template::read(path)
            .map_err(|error| CommandError::Usage(format!("cannot read the template `{}`: {error}", shown(path))))
    }

    /// The file of the template, where it is not the built-in one.
    pub(super) fn own_template(&self) -> Option<&Path> {
        self.template.as_deref()
    }

    /// The template and the fonts of the user's own, in words; `None` where there are none.
    pub(super) fn suspects(&self) -> Option<String> {
        in_words(self.own_template(), &self.font_path)
    }

    /// Reads and checks the document of a folder.
    pub(super) fn open(&self, folder: &Path, fonts: &Fonts) -> Result<Opened, Diagnostics> {
        self.languages.open(folder, fonts)
    }

    /// All fonts.
    pub(super) fn fonts(&self) -> Result<Arc<Fonts>, CommandError> {
        load_fonts(&self.font_path)
    }
}

/// A template and fonts in words, as ``the template `house.typ` or the fonts of `fonts` ``; `None` where there are none.
pub(super) fn in_words(template: Option<&Path>, fonts: &[PathBuf]) -> Option<String> {
    let template = template.map(|path| format!("the template `{}`", shown(path)));
    let fonts: Vec<String> = fonts.iter().map(|path| format!("`{}`", shown(path))).collect();
    let fonts = (!fonts.is_empty()).then(|| format!("the fonts of {}", fonts.join(", ")));
    match (template, fonts) {
        (Some(template), Some(fonts)) => Some(format!("{template} or {fonts}")),
        (one, other) => one.or(other),
    }
}

/// The fonts at the paths and those in the program.
pub(super) fn load_fonts(paths: &[PathBuf]) -> Result<Arc<Fonts>, CommandError> {
    /// Those in the program alone, which one that builds many documents one after the other reads once.
    static BUILT_IN: OnceLock<Arc<Fonts>> = OnceLock::new();
    if !paths.is_empty() {
        return load(paths).map(Arc::new);
    }
    if let Some(fonts) = BUILT_IN.get() {
        return Ok(Arc::clone(fonts));
    }
    let fonts = Arc::new(load(&[])?);
    Ok(Arc::clone(BUILT_IN.get_or_init(|| fonts)))
}

fn load(paths: &[PathBuf]) -> Result<Fonts, CommandError> {
    // What is looked at of fonts has a limit of its own, which knows the file.
    let _watched = guard::watch_for(
        FONT_SECONDS + TEMPLATE_SECONDS / 2,
        || "reading the fonts".to_owned(),
        0,
    );
    Fonts::load(paths).map_err(|errors| CommandError::Several(errors.iter().map(ToString::to_string).collect()))
}
