//! `qarar verify`: what readers get out of a PDF.

use std::path::PathBuf;

use clap::Args;

use super::outcome::{CommandError, Outcome};
use super::report;
use super::setting_args::load_fonts;
use crate::diagnostic::Severity;
use crate::diagnostic::shown;
use crate::locale::Language;
use crate::verify::{Report, verify_bytes};

/// Tell what readers get out of a PDF, against its source
///
/// Two readers are asked: one that goes by the structure tree, as screen readers do, and one that takes the glyphs by
/// their places, as viewers and search engines do. Without a document, or for a PDF of another program: kashidas as
/// characters, presentation forms, glyphs without Unicode, missing tags, missing language. Of every file it tells words that
/// cannot be seen on its pages: without ink, off the page, covered, printed over each other, in the colour of the paper.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every reader gets all of it exactly and it can be seen, 1 something is lost, reordered, hidden or otherwise
wrong, 2 the command line is at fault, or the file is none that can be read.

Examples:
  qarar verify output/a-res-61-180/ar.pdf documents/a-res-61-180
  qarar verify --json output/a-res-61-180/ar-en.pdf documents/a-res-61-180
  qarar verify other.pdf                        a PDF by any program, without its source")]
pub(super) struct Verify {
    /// The PDF
    #[arg(value_name = "FILE.pdf")]
    file: PathBuf,
    /// The folder of the document that it is an edition of
    #[arg(value_name = "DIR")]
    document: Option<PathBuf>,
    /// The languages that it must hold, as `ar-en`; those that are found in it when none is named
    #[arg(long, value_name = "LANGUAGES", requires = "document", value_parser = super::plans::languages)]
    lang: Option<super::plans::Languages>,
    /// A font file or a folder of fonts that the document may use
    #[arg(long, value_name = "PATH")]
    font_path: Vec<PathBuf>,
    /// How many places are shown where something is wrong
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,
    /// Print the report as JSON, complete
    #[arg(long)]
    json: bool,
}

impl Verify {
    /// The fonts of the user's own.
    pub(super) fn font_path(&self) -> &[PathBuf] {
        &self.font_path
    }

    pub(super) fn run(&self) -> Outcome {
        self.verify().unwrap_or_else(Outcome::from)
    }

    fn verify(&self) -> Result<Outcome, CommandError> {
        let path = shown(&self.file);
        let bytes = super::sides::read(&self.file)?;
        let opened = match &self.document {
            Some(folder) => match crate::open(folder, &load_fonts(&self.font_path)?) {
                Ok(opened) => Some(opened),
                Err(diagnostics) => {
                    report::tell(&diagnostics, report::Form::Full);
                    report::sum_up(diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
                    return Ok(Outcome::Fault);
                }
            },
            None => None,
        };
        let languages: &[Language] = self.lang.as_ref().map_or(&[], |languages| &languages.0);
        let source = opened.as_ref().map(|opened| (&opened.work, languages));
        let found = verify_bytes(bytes, source).map_err(|error| CommandError::Usage(format!("`{path}`: {error}")))?;
        self.tell(&found)?;
        Ok(if found.is_exact() {
            Outcome::Done
        } else {
            Outcome::Fault
        })
    }

    fn tell(&self, found: &Report) -> Result<(), CommandError> {
        if self.json {
            let json = serde_json::to_string_pretty(found).map_err(|error| CommandError::Usage(error.to_string()))?;
            report::say(&json);
        } else {
            report::say(format!("{}: {}", shown(&self.file), found.table(self.most)).trim_end());
        }
        Ok(())
    }
}
