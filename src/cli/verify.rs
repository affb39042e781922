//! `qarar verify`: what readers get out of a PDF.

use std::path::{Path, PathBuf};

use clap::Args;

use super::languages::LanguageArgs;
use super::outcome::{CommandError, Outcome};
use super::report;
use super::report::Form;
use super::setting_args::load_fonts;
use crate::Sources;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, shown};
use crate::verify::{Judgement, PageFaults, Report, verify_bytes};

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
    #[command(flatten)]
    languages: LanguageArgs,
    /// How many places are shown where something is wrong
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,
    /// Print the report as JSON, complete
    #[arg(long, conflicts_with = "message_format")]
    json: bool,
    /// How faults are told: `json` and `sarif` tell what is wrong passage by passage
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    message_format: Form,
}

impl Verify {
    /// The fonts of the user's own.
    pub(super) fn font_path(&self) -> &[PathBuf] {
        &self.font_path
    }

    /// How faults are told.
    pub(super) fn message_format(&self) -> Form {
        self.message_format
    }

    pub(super) fn run(&self) -> Outcome {
        self.verify().unwrap_or_else(Outcome::from)
    }

    /// The PDF.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    fn verify(&self) -> Result<Outcome, CommandError> {
        let (found, sources) = match self.found()? {
            Ok(found) => found,
            Err(diagnostics) => {
                report::tell(&diagnostics, self.message_format);
                report::sum_up(diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
                return Ok(Outcome::Fault);
            }
        };
        self.tell(&found)?;
        if self.message_format.is_for_programs() {
            report::tell(&self.problems(&found, sources.as_ref()), self.message_format);
        }
        Ok(if found.is_exact() {
            Outcome::Done
        } else {
            Outcome::Fault
        })
    }

    /// What is wrong, a message each; the table says the same to people.
    fn problems(&self, found: &Report, sources: Option<&Sources>) -> Diagnostics {
        let mut problems = Diagnostics::default();
        let path = shown(&self.file);
        let verdicts = found.passages.iter().chain(&found.lines);
        for verdict in verdicts.filter(|verdict| verdict.worst() != Judgement::Exact) {
            let message = format!("{verdict} does not come back from `{path}`: {}", verdict.how_lost());
            let fault = Diagnostic::error(message).rule("verify-passage");
            let file = sources.and_then(|sources| sources.text_of_code(verdict.language));
            problems.push(match file.zip(verdict.span.clone()) {
                Some((file, span)) => fault.at(file, span),
                None => fault.in_path(&self.file),
            });
        }
        for fault in &found.print {
            let told = match fault.is_error() {
                true => Diagnostic::error(fault.to_string()),
                false => Diagnostic::warning(fault.to_string()),
            };
            problems.push(told.rule("verify-print").in_path(&self.file));
        }
        for page in found.faults.iter().filter(|page| !page.is_clean()) {
            let fault = Diagnostic::error(characters(page)).rule("verify-characters");
            problems.push(fault.in_path(&self.file));
        }
        // With its source a file without tags is judged by what a reader gets all the same.
        let alone = found.passages.is_empty();
        for (is_missing, what, counts) in [
            (!found.tagged, "tags", alone),
            (found.language.is_none(), "language", alone),
            (found.title.is_none(), "title", false),
        ] {
            let message = format!("the file has no {what}");
            if is_missing {
                let told = match counts {
                    true => Diagnostic::error(message),
                    false => Diagnostic::warning(message),
                };
                problems.push(told.rule("verify-file").in_path(&self.file));
            }
        }
        problems
    }

    /// What readers get out of the PDF, and the files of its document; the faults of the document where that cannot be opened.
    pub(super) fn found(&self) -> Result<Result<(Report, Option<Sources>), Diagnostics>, CommandError> {
        let path = shown(&self.file);
        let bytes = super::sides::read(&self.file)?;
        let opened = match &self.document {
            Some(folder) => match self.languages.open(folder, &*load_fonts(&self.font_path)?) {
                Ok(opened) => Some(opened),
                Err(diagnostics) => return Ok(Err(diagnostics)),
            },
            None => None,
        };
        let mut languages = Vec::new();
        if let (Some(opened), Some(asked)) = (&opened, &self.lang) {
            let has = &opened.work.facts.languages;
            languages = asked
                .of(has)
                .map_err(|fault| CommandError::Usage(fault.told("the document")))?;
        }
        let source = opened.as_ref().map(|opened| (&opened.work, &languages[..]));
        let found = verify_bytes(bytes, source).map_err(|error| CommandError::Usage(format!("`{path}`: {error}")))?;
        Ok(Ok((found, opened.map(|opened| opened.sources))))
    }

    /// What is told of the PDF, in words.
    pub(super) fn table(&self, found: &Report) -> String {
        let told = format!("{}: {}", shown(&self.file), found.table(self.most));
        told.trim_end().to_owned()
    }

    fn tell(&self, found: &Report) -> Result<(), CommandError> {
        if self.json {
            let json = serde_json::to_string_pretty(found).map_err(|error| CommandError::Usage(error.to_string()))?;
            report::say(&json);
        } else {
            report::say(&self.table(found));
        }
        Ok(())
    }
}

/// What a page has that readers do not understand: `page 2: kashidas as characters: 3 (الجمـعية)`.
fn characters(page: &PageFaults) -> String {
    let kinds = [
        ("kashidas as characters", &page.tatweels),
        ("presentation forms", &page.presentation_forms),
        ("characters of private use", &page.private_use),
        ("glyphs without Unicode", &page.without_unicode),
    ];
    let told = kinds.iter().filter(|(_, count)| count.count > 0).map(|(name, count)| {
        let examples = match count.examples.as_slice() {
            [] => String::new(),
            examples => format!(" ({})", examples.join(", ")),
        };
        format!("{name}: {}{examples}", count.count)
    });
    format!("page {}: {}", page.page, told.collect::<Vec<_>>().join("; "))
}
