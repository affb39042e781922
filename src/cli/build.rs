//! `qarar build`: the editions of documents, made all before the first one is written.

use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::house::House;
use super::outcome::{CommandError, Outcome};
use super::output::{self, Made};
use super::plans::Plans;
use super::{documents, report};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::edition::Edition;
use crate::export::pdf::{Standards, pdf};
use crate::export::{png, svg};
use crate::locale::Language;
use crate::model::Work;
use crate::typeset::{Fonts, Template};
use crate::verify::read_back;

/// Write the editions of documents
///
/// The editions of document NAME go into NAME/ below the output folder. All editions of a document are made before the
/// first is written; where one fails, the files of an earlier build stay as they are.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  qarar build documents/a-res-61-180                 output/a-res-61-180/ar.pdf, en.pdf, ar-en.pdf
  qarar build --lang ar documents/a-res-61-180       the Arabic edition alone
  qarar build --lang en-ar --format png --dpi 200    side by side, a picture a page: en-ar-1.png …
  qarar build --lang ar-en --layout facing           Arabic and English on facing pages: ar-en-facing.pdf
  qarar build --lang ar --breaks lines               every line as the official edition has it
  qarar build --template house.typ --font-path ~/fonts documents/a-res-61-180
  qarar build                                        every document below documents/")]
pub(super) struct Build {
    /// Folders of documents; every one below `documents/` when none is named
    #[arg(value_name = "DIR")]
    documents: Vec<PathBuf>,
    #[command(flatten)]
    plans: Plans,
    /// Where the editions go
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// The form of the editions: several, with commas between them
    #[arg(
        short,
        long,
        value_enum,
        value_name = "FORMATS",
        value_delimiter = ',',
        default_value = "pdf"
    )]
    format: Vec<Format>,
    /// Pixels an inch of PNG
    #[arg(long, value_name = "N", default_value_t = 144, value_parser = clap::value_parser!(u16).range(18..=1200))]
    dpi: u16,
    /// The standards that a PDF keeps: `a-2a`, `a-2b`, `a-2u`, `a-3a`, `a-3b`, `a-3u`, `ua-1`, or `none`
    #[arg(long, value_name = "STANDARDS", default_value = "a-2a,ua-1")]
    standard: Standards,
    #[command(flatten)]
    house: House,
    /// How faults are told
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    message_format: report::Form,
    /// Tell of faults only
    #[arg(short, long)]
    quiet: bool,
}

/// The form of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One file
    Pdf,
    /// A picture a page
    Png,
    /// A drawing a page
    Svg,
}

/// What came of a document.
struct Built {
    diagnostics: Diagnostics,
    /// What was written, a line a file.
    lines: Vec<String>,
}

impl Build {
    pub(super) fn run(&self) -> Outcome {
        self.build().unwrap_or_else(Outcome::from)
    }

    fn build(&self) -> Result<Outcome, CommandError> {
        let folders = documents::find(&self.documents)?;
        documents::differ_by_name(&folders)?;
        if self.output.exists() && !self.output.is_dir() {
            return Err(CommandError::Usage(format!(
                "`{}` is a file, not a folder for editions",
                self.output.display()
            )));
        }
        let fonts = self.house.fonts()?;
        let template = self.house.template()?;
        let opened: Vec<_> = folders.par_iter().map(|folder| crate::open(folder, &fonts)).collect();
        let works = opened.iter().flatten().map(|opened| &opened.work);
        self.languages_exist(works)?;
        let bar = self.bar(folders.len());
        let built: Vec<Built> = opened
            .into_par_iter()
            .map(|opened| {
                let built = match opened {
                    Ok(opened) => self.document(&opened.work, opened.warnings, &template, &fonts),
                    Err(diagnostics) => Built {
                        diagnostics,
                        lines: Vec::new(),
                    },
                };
                bar.inc(1);
                built
            })
            .collect();
        bar.finish_and_clear();
        let (mut errors, mut warnings) = (0, 0);
        for built in &built {
            if !self.quiet {
                built.lines.iter().for_each(|line| report::say(line));
            }
            errors += built.diagnostics.count(Severity::Error);
            warnings += built.diagnostics.count(Severity::Warning);
            report::tell(&built.diagnostics, self.message_format);
        }
        report::sum_up(errors, warnings);
        Ok(if errors == 0 { Outcome::Done } else { Outcome::Fault })
    }

    /// A language that a document does not have cannot be asked for.
    fn languages_exist<'a>(&self, works: impl Iterator<Item = &'a Work>) -> Result<(), CommandError> {
        let mut faults = Vec::new();
        for work in works {
            for fault in self.plans.missing(work) {
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(CommandError::Several(faults))
        }
    }

    fn bar(&self, documents: usize) -> ProgressBar {
        if documents < 2 || self.quiet || !report::is_watched() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(documents as u64);
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} documents, {eta} left");
        bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// Makes all editions of a document, then writes them.
    fn document(&self, work: &Work, mut diagnostics: Diagnostics, template: &Template, fonts: &Fonts) -> Built {
        let made = self.made(work, template, fonts);
        let mut editions = Vec::new();
        for made in made {
            match made {
                Ok(made) => editions.push(made),
                Err(faults) => diagnostics.extend(
                    faults
                        .into_iter()
                        .filter(|f| !diagnostics.iter().any(|d| d == f))
                        .collect::<Vec<_>>(),
                ),
            }
        }
        let mut lines = Vec::new();
        if !diagnostics.has_errors() {
            let folder = self.output.join(&work.name);
            match output::write(&folder, &editions) {
                Ok(written) => lines = written,
                Err(error) => {
                    let fault = Diagnostic::error(format!("the editions cannot be written: {}", error.source));
                    diagnostics.push(fault.in_path(error.path));
                }
            }
        }
        Built { diagnostics, lines }
    }

    /// Makes the editions of a document, in their order. Those of the most languages take longest and are begun first.
    fn made(&self, work: &Work, template: &Template, fonts: &Fonts) -> Vec<Result<Made, Diagnostics>> {
        let mut editions: Vec<(usize, Vec<Language>)> = self.plans.editions(work).into_iter().enumerate().collect();
        editions.sort_by_key(|(place, languages)| (Reverse(languages.len()), *place));
        let mut made: Vec<(usize, Result<Made, Diagnostics>)> = editions
            .into_par_iter()
            .with_max_len(1)
            .map(|(place, languages)| (place, self.edition(work, languages, template, fonts)))
            .collect();
        made.sort_by_key(|(place, _)| *place);
        made.into_iter().map(|(_, made)| made).collect()
    }

    fn edition(
        &self,
        work: &Work,
        languages: Vec<Language>,
        template: &Template,
        fonts: &Fonts,
    ) -> Result<Made, Diagnostics> {
        let plan = self.plans.plan(work, languages).map_err(|fault| faults(&fault))?;
        let name = plan.name();
        let languages = plan.languages.clone();
        let edition = Edition::planned(work, plan, template, fonts).map_err(|error| faults(&error.to_string()))?;
        let mut made = Made::new(name.clone(), edition.pages.len());
        let failed = |error: String| faults(&format!("edition `{name}` of `{}`: {error}", work.name));
        for format in &self.format {
            match format {
                Format::Pdf => {
                    let bytes = Arc::new(pdf(&edition, self.standard).map_err(|e| failed(e.to_string()))?);
                    if self.format.len() == 1 {
                        // The lines are large, and what was written is read without them.
                        let read = || read_back(&bytes, work, &languages);
                        let (read, ()) = rayon::join(read, || drop(edition));
                        read.map_err(|e| failed(e.to_string()))?;
                        made.file("pdf", Arc::unwrap_or_clone(bytes));
                        return Ok(made);
                    }
                    read_back(&bytes, work, &languages).map_err(|e| failed(e.to_string()))?;
                    made.file("pdf", Arc::unwrap_or_clone(bytes));
                }
                Format::Png => made.pages(
                    "png",
                    png(&edition, self.dpi.into()).map_err(|e| failed(e.to_string()))?,
                ),
                Format::Svg => made.pages("svg", svg(&edition).into_iter().map(String::into_bytes).collect()),
            }
        }
        Ok(made)
    }
}

/// A fault of the making, whose words are lines of one fault each, a help after them.
pub(super) fn faults(text: &str) -> Diagnostics {
    let mut faults: Vec<Diagnostic> = Vec::new();
    for line in text.lines() {
        match (line.trim().strip_prefix("help: "), faults.pop()) {
            (Some(hint), Some(fault)) => faults.push(fault.hint(hint)),
            (_, fault) => {
                faults.extend(fault);
                faults.push(Diagnostic::error(line));
            }
        }
    }
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(faults);
    diagnostics
}
