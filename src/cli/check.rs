//! `qarar check`: the source only.

use std::path::PathBuf;

use clap::Args;

use super::languages::LanguageArgs;
use super::outcome::{CommandError, Outcome};
use super::setting_args::{self, load_fonts};
use super::{documents, report};
use crate::diagnostic::Severity;
use crate::diagnostic::shown;

/// Tell every fault of documents, without writing anything
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  qarar check documents/a-res-61-180
  qarar check --message-format short        one line a fault, for editors and scripts
  qarar check                               every document below documents/")]
pub(super) struct Check {
    /// Folders of documents; every one below `documents/` when none is named
    #[arg(value_name = "DIR")]
    documents: Vec<PathBuf>,
    /// A font file or a folder of fonts that the document may use
    #[arg(long, value_name = "PATH")]
    font_path: Vec<PathBuf>,
    #[command(flatten)]
    languages: LanguageArgs,
    /// How faults are told
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    message_format: report::Form,
    /// Say nothing of documents without a fault
    #[arg(short, long)]
    quiet: bool,
}

impl Check {
    /// The fonts of the user's own.
    pub(super) fn font_path(&self) -> &[PathBuf] {
        &self.font_path
    }

    /// How faults are told.
    pub(super) fn message_format(&self) -> report::Form {
        self.message_format
    }

    pub(super) fn run(&self) -> Outcome {
        self.check().unwrap_or_else(Outcome::from)
    }

    fn check(&self) -> Result<Outcome, CommandError> {
        let folders = documents::find(&self.documents)?;
        let fonts = load_fonts(&self.font_path)?;
        let opened = documents::each(folders.iter().collect(), |folder| self.languages.open(folder, &fonts));
        let suspects = setting_args::in_words(None, &self.font_path);
        let (mut errors, mut warnings) = (0, 0);
        let mut own_fault = false;
        for (folder, opened) in folders.iter().zip(opened) {
            let opened = opened.unwrap_or_else(|panic| {
                own_fault |= suspects.is_none();
                let what = format!("`{}` is not checked", folder.display());
                Err(panic.told(&what, suspects.as_deref()).in_path(folder).into())
            });
            let diagnostics = match opened {
                Ok(opened) => {
                    if !self.quiet {
                        report::say(&format!("{}: no fault", shown(folder)));
                    }
                    opened.warnings
                }
                Err(diagnostics) => diagnostics,
            };
            errors += diagnostics.count(Severity::Error);
            warnings += diagnostics.count(Severity::Warning);
            report::tell(&diagnostics, self.message_format);
        }
        report::sum_up(errors, warnings);
        Ok(match errors {
            0 => Outcome::Done,
            _ if own_fault => Outcome::OwnFault,
            _ => Outcome::Fault,
        })
    }
}
