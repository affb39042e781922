//! `qarar layout`: snapshots of layouts, beside the editions.

use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::outcome::{CommandError, Outcome};
use super::output::{self, Keeper, OutputFiles};
use super::plans::Plans;
use super::setting_args::SettingArgs;
use super::{documents, guard, panics, report};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, shown};
use crate::edition::Edition;
use crate::export::png;
use crate::fonts::Fonts;
use crate::layout;
use crate::model::Plan;
use crate::model::Work;
use crate::typeset::Template;

/// The pixels an inch of pictures beside a snapshot.
const DPI: f32 = 110.0;

/// Write the layout of documents as JSON, to be compared with
///
/// The layouts of document NAME go into NAME/ below the output folder, one an edition, beside the editions.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  qarar layout documents/a-res-61-180          output/a-res-61-180/ar.layout.json, en.layout.json …
  qarar layout --output tests/layouts          every document below documents/
  qarar layout --lang ar-en --layout facing documents/a-res-61-180     ar-en-facing.layout.json
  qarar layout --images documents/a-res-61-180     a picture a page too, for `qarar compare --level pixels`")]
pub(super) struct Layout {
    /// Folders of documents; every one below `documents/` when none is named
    #[arg(value_name = "DIR")]
    documents: Vec<PathBuf>,
    #[command(flatten)]
    plans: Plans,
    /// Where the layouts go
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Write a picture of every page too
    #[arg(long)]
    images: bool,
    #[command(flatten)]
    setting: SettingArgs,
    /// How faults are told
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    message_format: report::Form,
    /// Tell of faults only
    #[arg(short, long)]
    quiet: bool,
}

impl Layout {
    /// The template and the fonts.
    pub(super) fn setting(&self) -> &SettingArgs {
        &self.setting
    }

    /// How faults are told.
    pub(super) fn message_format(&self) -> report::Form {
        self.message_format
    }

    pub(super) fn run(&self) -> Outcome {
        self.layouts().unwrap_or_else(Outcome::from)
    }

    fn layouts(&self) -> Result<Outcome, CommandError> {
        let folders = documents::find(&self.documents)?;
        documents::differ_by_name(&folders)?;
        if self.output.exists() && !self.output.is_dir() {
            let path = shown(&self.output);
            return Err(CommandError::Usage(format!(
                "`{path}` is a file, not a folder for layouts"
            )));
        }
        let fonts = self.setting.fonts()?;
        let template = self.setting.template()?;
        let keeper = Keeper::start();
        let suspects = self.setting.suspects();
        let mut own_fault = false;
        let (mut errors, mut warnings) = (0, 0);
        for folder in &folders {
            let told = panics::caught(|| self.folder(folder, (&template, &fonts), &keeper));
            let mut diagnostics = told.unwrap_or_else(|panic| {
                own_fault |= suspects.is_none();
                let what = format!("`{}` is not laid out", folder.display());
                panic.told(&what, suspects.as_deref()).in_path(folder).into()
            });
            errors += diagnostics.count(Severity::Error);
            warnings += diagnostics.count(Severity::Warning);
            report::tell(&std::mem::take(&mut diagnostics), self.message_format);
        }
        report::sum_up(errors, warnings);
        Ok(match errors {
            0 => Outcome::Done,
            _ if own_fault => Outcome::OwnFault,
            _ => Outcome::Fault,
        })
    }

    /// Writes the layouts of a document and tells its faults and warnings.
    fn folder(&self, folder: &Path, set_with: (&Template, &Fonts), keeper: &Keeper) -> Diagnostics {
        let opened = match self.setting.open(folder, set_with.1) {
            Ok(opened) => opened,
            Err(diagnostics) => return diagnostics,
        };
        let mut diagnostics = opened.warnings;
        let bytes = opened.sources.bytes();
        match self.document(&opened.work, bytes, set_with, keeper) {
            Ok(lines) if !self.quiet => lines.iter().for_each(|line| report::say(line)),
            Ok(_) => {}
            Err(fault) => diagnostics.push(*fault),
        }
        diagnostics
    }

    fn document(
        &self,
        work: &Work,
        bytes: usize,
        (template, fonts): (&Template, &Fonts),
        keeper: &Keeper,
    ) -> Result<Vec<String>, Box<Diagnostic>> {
        let make = |plan: Plan| -> Result<OutputFiles, Box<Diagnostic>> {
            let name = plan.name();
            let failed = |error: String| {
                Box::new(Diagnostic::error(format!("edition `{name}` of `{}`: {error}", work.name)).rule("not-made"))
            };
            let what = || format!("edition `{name}` of `{}`", work.name);
            let _watched = guard::watch(what, bytes);
            let edition = Edition::planned(work, plan, template, fonts).map_err(|e| failed(e.to_string()))?;
            let mut snapshot = crate::edition::snapshot(&edition);
            // Pictures of `build`, which may have another resolution, keep their names.
            let name = format!("{name}.layout");
            let mut made = OutputFiles::new(name.clone(), edition.pages.len());
            if self.images {
                let pictures = png(&edition, DPI).map_err(|e| failed(e.to_string()))?;
                let width = pictures.len().to_string().len();
                for page in &mut snapshot.pages {
                    // The names that `output` gives to files of pages.
                    page.image = Some(format!("{name}-{:0width$}.png", page.number));
                }
                made.pages("png", pictures);
            }
            made.file("json", layout::write(&snapshot).into_bytes());
            Ok(made)
        };
        let plans = self
            .plans
            .of(work)
            .map_err(|fault| Box::new(Diagnostic::error(fault).rule("not-made")))?;
        let editions: Vec<OutputFiles> = plans.into_par_iter().map(make).collect::<Result<_, _>>()?;
        output::write(keeper, &self.output.join(&work.name), &editions)
            .map_err(|error| Box::new(error.told("the layouts")))
    }
}
