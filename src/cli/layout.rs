//! `qarar layout`: snapshots of layouts, beside the editions.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use super::build::unwritten;
use super::house::House;
use super::outcome::{CommandError, Outcome};
use super::output::{self, Keeper, Made};
use super::plans::Plans;
use super::{documents, report};
use crate::diagnostic::{Diagnostic, Severity};
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
    house: House,
    /// How faults are told
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    message_format: report::Form,
    /// Tell of faults only
    #[arg(short, long)]
    quiet: bool,
}

impl Layout {
    pub(super) fn run(&self) -> Outcome {
        self.layouts().unwrap_or_else(Outcome::from)
    }

    fn layouts(&self) -> Result<Outcome, CommandError> {
        let folders = documents::find(&self.documents)?;
        documents::differ_by_name(&folders)?;
        if self.output.exists() && !self.output.is_dir() {
            let path = self.output.display();
            return Err(CommandError::Usage(format!(
                "`{path}` is a file, not a folder for layouts"
            )));
        }
        let fonts = self.house.fonts()?;
        let template = self.house.template()?;
        let keeper = Keeper::start();
        let (mut errors, mut warnings) = (0, 0);
        for folder in &folders {
            let mut diagnostics = match crate::open(folder, &fonts) {
                Ok(opened) => {
                    let mut diagnostics = opened.warnings;
                    match self.document(&opened.work, (&template, &fonts), &keeper) {
                        Ok(lines) if !self.quiet => lines.iter().for_each(|line| report::say(line)),
                        Ok(_) => {}
                        Err(fault) => diagnostics.push(*fault),
                    }
                    diagnostics
                }
                Err(diagnostics) => diagnostics,
            };
            errors += diagnostics.count(Severity::Error);
            warnings += diagnostics.count(Severity::Warning);
            report::tell(&std::mem::take(&mut diagnostics), self.message_format);
        }
        report::sum_up(errors, warnings);
        Ok(if errors == 0 { Outcome::Done } else { Outcome::Fault })
    }

    fn document(
        &self,
        work: &Work,
        (template, fonts): (&Template, &Fonts),
        keeper: &Keeper,
    ) -> Result<Vec<String>, Box<Diagnostic>> {
        let make = |plan: Plan| -> Result<Made, Box<Diagnostic>> {
            let name = plan.name();
            let failed = |error: String| {
                Box::new(Diagnostic::error(format!(
                    "edition `{name}` of `{}`: {error}",
                    work.name
                )))
            };
            let edition = Edition::planned(work, plan, template, fonts).map_err(|e| failed(e.to_string()))?;
            let mut snapshot = layout::snapshot(&edition);
            // Pictures of `build`, which may have another resolution, keep their names.
            let name = format!("{name}.layout");
            let mut made = Made::new(name.clone(), edition.pages.len());
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
            .map_err(|fault| Box::new(Diagnostic::error(fault)))?;
        let editions: Vec<Made> = plans.into_par_iter().map(make).collect::<Result<_, _>>()?;
        output::write(keeper, &self.output.join(&work.name), &editions)
            .map_err(|error| Box::new(unwritten("the layouts", error)))
    }
}
