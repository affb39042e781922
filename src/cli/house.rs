//! What documents are set with: the options of every command that sets them.

use std::path::{Path, PathBuf};

use clap::Args;

use super::outcome::CommandError;
use crate::fonts::Fonts;
use crate::typeset::Template;

/// The template and the fonts of the house.
#[derive(Debug, Args)]
pub(super) struct House {
    /// A template of your own, in Typst
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// A font file or a folder of fonts, used before those in the program
    #[arg(long, value_name = "PATH")]
    font_path: Vec<PathBuf>,
}

impl House {
    /// The template of the file, or the built-in one.
    pub(super) fn template(&self) -> Result<Template, CommandError> {
        let Some(path) = &self.template else {
            return Ok(Template::builtin());
        };
        Template::read(path)
            .map_err(|error| CommandError::Usage(format!("cannot read the template `{}`: {error}", path.display())))
    }

    /// The file of the template, where it is not the built-in one.
    pub(super) fn own_template(&self) -> Option<&Path> {
        self.template.as_deref()
    }

    /// All fonts.
    pub(super) fn fonts(&self) -> Result<Fonts, CommandError> {
        load_fonts(&self.font_path)
    }
}

/// The fonts at the paths and those in the program.
pub(super) fn load_fonts(paths: &[PathBuf]) -> Result<Fonts, CommandError> {
    Fonts::load(paths).map_err(|errors| CommandError::Several(errors.iter().map(ToString::to_string).collect()))
}
