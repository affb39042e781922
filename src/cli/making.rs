//! How the editions of a document are made and read back, before anything is written: the part of `qarar build` that a program
//! which calls it as a function has as well.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::guard;
use super::output::OutputFiles;
use super::plans::Plans;
use super::setting_args::SettingArgs;
use super::unverified::Unverified;
use crate::Opened;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::edition::{self, Edition, print};
use crate::export::pdf::{Standards, pdf};
use crate::export::{png, svg};
use crate::fonts::Fonts;
use crate::layout;
use crate::locale::Language;
use crate::model::Work;
use crate::typeset::Template;
use crate::verify::ReadBackError;

/// What editions are made of a document, and in which form.
#[derive(Debug, Args)]
pub(super) struct Making {
    #[command(flatten)]
    pub(super) plans: Plans,
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
    pub(super) setting: SettingArgs,
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
    /// The layout as JSON, as `qarar layout` writes it
    Layout,
}

/// What came of the editions of a document.
pub(super) struct Made {
    /// The editions, in their order.
    pub(super) editions: Vec<OutputFiles>,
    /// Those that do not come back from their PDFs.
    pub(super) unverified: Vec<Unverified>,
    /// Faults and warnings, those of the source too, each once.
    pub(super) told: Diagnostics,
}

/// Why an edition was not made.
enum Failure {
    /// What is at fault, in words.
    Faults(Diagnostics),
    /// It does not come back from its PDF.
    Unverified(Unverified),
}

/// Reads back an edition that was just made: [`read_back`], or what a test has in its place.
pub(super) type ReadBack<'a> = dyn Fn(&Arc<Vec<u8>>, &Work, &[Language]) -> Result<(), ReadBackError> + Sync + 'a;

/// An edition with its warnings, or why there is none.
type Finished = Result<(OutputFiles, Diagnostics), Failure>;

impl Making {
    /// The file of the template, where it is not the built-in one.
    pub(super) fn own_template(&self) -> Option<&Path> {
        self.setting.own_template()
    }

    /// Makes the editions of a document.
    pub(super) fn document(
        &self,
        opened: &Opened,
        (template, fonts): (&Template, &Fonts),
        read_back: &ReadBack<'_>,
    ) -> Made {
        let mut all = Made {
            editions: Vec::new(),
            unverified: Vec::new(),
            told: opened.warnings.clone(),
        };
        for made in self.made(opened, template, fonts, read_back) {
            let told = match made {
                Ok((made, warnings)) => {
                    all.editions.push(made);
                    warnings
                }
                Err(Failure::Unverified(edition)) => {
                    all.unverified.push(edition);
                    continue;
                }
                Err(Failure::Faults(faults)) => faults,
            };
            let new = told
                .into_iter()
                .filter(|told| !all.told.iter().any(|known| known == told));
            let new: Vec<Diagnostic> = new.collect();
            all.told.extend(new);
        }
        all
    }

    /// Makes the editions of a document, in their order. Those of the most languages take longest and are begun first.
    fn made(&self, opened: &Opened, template: &Template, fonts: &Fonts, read_back: &ReadBack<'_>) -> Vec<Finished> {
        let mut editions: Vec<(usize, Vec<Language>)> =
            self.plans.editions(&opened.work).into_iter().enumerate().collect();
        editions.sort_by_key(|(place, languages)| (Reverse(languages.len()), *place));
        let mut made: Vec<(usize, Finished)> = editions
            .into_par_iter()
            .with_max_len(1)
            .map(|(place, languages)| (place, self.edition(opened, languages, (template, fonts), read_back)))
            .collect();
        made.sort_by_key(|(place, _)| *place);
        made.into_iter().map(|(_, made)| made).collect()
    }

    fn edition(
        &self,
        opened: &Opened,
        languages: Vec<Language>,
        (template, fonts): (&Template, &Fonts),
        read_back: &ReadBack<'_>,
    ) -> Finished {
        let finished = || self.finished(opened, languages, (template, fonts), read_back);
        let finished = fonts.guarded(|| edition::texts(&opened.work), finished);
        finished.unwrap_or_else(|broken| Err(Failure::Faults(faults(&broken.to_string()))))
    }

    fn finished(
        &self,
        opened: &Opened,
        languages: Vec<Language>,
        (template, fonts): (&Template, &Fonts),
        read_back: &ReadBack<'_>,
    ) -> Finished {
        let faults = |words: &str| Failure::Faults(faults(words));
        let work = &opened.work;
        let plan = self.plans.plan(work, languages).map_err(|fault| faults(&fault))?;
        let name = plan.name();
        let languages = plan.languages.clone();
        let what = || format!("edition `{name}` of `{}`", work.name);
        let _watched = guard::watch(what, opened.sources.bytes());
        let edition = Edition::planned(work, plan, template, fonts).map_err(|error| faults(&error.to_string()))?;
        let print = print::diagnostics(&edition.print_faults(), &edition, &opened.sources, template);
        if print.has_errors() {
            return Err(Failure::Faults(print));
        }
        let mut made = OutputFiles::new(name.clone(), edition.pages.len());
        let failed = |error: String| faults(&format!("edition `{name}` of `{}`: {error}", work.name));
        let own_template = self.own_template().is_some();
        let verified = |bytes: Arc<Vec<u8>>, read: Result<(), ReadBackError>| {
            let bytes = Arc::unwrap_or_clone(bytes);
            match read {
                Ok(()) => Ok(bytes),
                // A template of the user's own may leave out what an edition says of its facts.
                Err(ReadBackError::Losses(losses)) if own_template && losses.iter().all(|loss| loss.left_out) => {
                    Ok(bytes)
                }
                Err(error) => Err(Failure::Unverified(Unverified {
                    edition: name.clone(),
                    bytes,
                    error,
                })),
            }
        };
        for format in &self.format {
            match format {
                Format::Pdf => {
                    let bytes = Arc::new(pdf(&edition, self.standard).map_err(|e| failed(e.to_string()))?);
                    if self.format.len() == 1 {
                        // The lines are large, and what was written is read without them.
                        let read = || read_back(&bytes, work, &languages);
                        let (read, ()) = rayon::join(read, || drop(edition));
                        made.file("pdf", verified(bytes, read)?);
                        return Ok((made, print));
                    }
                    let read = read_back(&bytes, work, &languages);
                    made.file("pdf", verified(bytes, read)?);
                }
                Format::Png => made.pages(
                    "png",
                    png(&edition, self.dpi.into()).map_err(|e| failed(e.to_string()))?,
                ),
                Format::Svg => made.pages("svg", svg(&edition).into_iter().map(String::into_bytes).collect()),
                Format::Layout => {
                    let layout = layout::write(&edition::snapshot(&edition));
                    made.file("layout.json", layout.into_bytes());
                }
            }
        }
        Ok((made, print))
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
                faults.push(Diagnostic::error(line).rule("not-made"));
            }
        }
    }
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(faults);
    diagnostics
}
