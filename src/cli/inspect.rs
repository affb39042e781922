//! `qarar inspect`: what the line engine did, as a table and drawn over the page.

use std::path::PathBuf;

use clap::Args;

use super::guard;
use super::making::faults;
use super::outcome::{CommandError, Outcome};
use super::output::{self, Keeper};
use super::plans::{Languages, languages};
use super::report;
use super::setting_args::SettingArgs;
use crate::edition::Edition;
use crate::export::png_inspected;
use crate::limits::counted;
use crate::line::{Inspection, inspect};
use crate::locale::Language;
use crate::model::Plan;

/// Tell what was done with the lines of an edition: runs, levels, joints, elongations, spaces
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  qarar inspect documents/a-res-61-180                       every line of the edition in the leading language
  qarar inspect documents/a-res-61-180 --page 3 --line 4     one line
  qarar inspect documents/a-res-61-180 --page 3 --png 3.png  the page, with runs, spaces and joints drawn over it")]
pub(super) struct Inspect {
    /// The folder of a document
    #[arg(value_name = "DIR")]
    document: PathBuf,
    /// The edition: a language (`ar`), or several side by side (`ar-en`). Usually the leading language
    #[arg(long, value_name = "EDITION", value_parser = languages)]
    lang: Option<Languages>,
    /// The page, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    page: Option<u32>,
    /// The line of the page, from 1
    #[arg(long, value_name = "N", requires = "page", value_parser = clap::value_parser!(u32).range(1..))]
    line: Option<u32>,
    /// Where the picture of the page goes
    #[arg(long, value_name = "FILE", requires = "page")]
    png: Option<PathBuf>,
    /// Pixels an inch of the picture
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u16).range(18..=1200))]
    dpi: u16,
    #[command(flatten)]
    setting: SettingArgs,
    /// How faults are told
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    message_format: report::Form,
}

impl Inspect {
    /// The template and the fonts.
    pub(super) fn setting(&self) -> &SettingArgs {
        &self.setting
    }

    /// How faults are told.
    pub(super) fn message_format(&self) -> report::Form {
        self.message_format
    }

    pub(super) fn run(&self) -> Outcome {
        self.inspect().unwrap_or_else(Outcome::from)
    }

    fn inspect(&self) -> Result<Outcome, CommandError> {
        let fonts = self.setting.fonts()?;
        let template = self.setting.template()?;
        let opened = match self.setting.open(&self.document, &fonts) {
            Ok(opened) => opened,
            Err(diagnostics) => {
                report::tell(&diagnostics, self.message_format);
                return Ok(Outcome::Fault);
            }
        };
        let work = opened.work;
        let chosen = self.languages(&work.facts.languages)?;
        let watched = guard::watch(|| format!("`{}`", work.name), opened.sources.bytes());
        let edition = match Edition::planned(&work, Plan::of(&work, chosen), &template, &fonts) {
            Ok(edition) => edition,
            Err(error) => {
                report::tell(&faults(&error.to_string()), self.message_format);
                return Ok(Outcome::Fault);
            }
        };
        drop(watched);
        self.tell(&edition)?;
        if let (Some(file), Some(page)) = (&self.png, self.page) {
            let picture = png_inspected(&edition, page as usize - 1, self.dpi.into())
                .map_err(|error| CommandError::Usage(error.to_string()))?;
            output::write_file(&Keeper::start(), file, &picture)
                .map_err(|error| CommandError::Usage(format!("cannot write {error}")))?;
        }
        Ok(Outcome::Done)
    }

    fn languages(&self, has: &[Language]) -> Result<Vec<Language>, CommandError> {
        let Some(asked) = &self.lang else {
            return Ok(has.iter().take(1).copied().collect());
        };
        asked
            .of(has)
            .map_err(|fault| CommandError::Usage(fault.told("the document")))
    }

    /// Tells of the lines that are asked for, then of all of them together.
    fn tell(&self, edition: &Edition) -> Result<(), CommandError> {
        let pages = edition.pages.len();
        if self.page.is_some_and(|page| page as usize > pages) {
            return Err(CommandError::Usage(format!(
                "the edition has {}",
                counted(pages, "page")
            )));
        }
        let mut sum = Sum::default();
        for (index, page) in edition.pages.iter().enumerate() {
            if self.page.is_some_and(|asked| asked as usize != index + 1) {
                continue;
            }
            if self.line.is_some_and(|line| line as usize > page.lines.len()) {
                return Err(CommandError::Usage(format!(
                    "the page has {}",
                    counted(page.lines.len(), "line")
                )));
            }
            for (at, placed) in page.lines.iter().enumerate() {
                if self.line.is_some_and(|asked| asked as usize != at + 1) {
                    continue;
                }
                let inspection = inspect(edition.line(placed));
                report::say(&format!("page {}, line {}: {inspection}", index + 1, at + 1));
                sum.add(&inspection);
            }
        }
        if sum.joints {
            report::say(KEY);
        }
        if self.line.is_none() {
            report::say(&sum.told());
        }
        Ok(())
    }
}

/// What the figures of a word mean.
const KEY: &str = "\
A word is told where it has places that can be elongated: the letters before each, and its priority from 0 to 9, the highest best.
`+3.20 pt` after the priority is how much longer the word was made there. All lengths are from the left edge of the column.";

/// Figures of many lines.
#[derive(Default)]
struct Sum {
    lines: usize,
    /// Whether a word has a place to be elongated.
    joints: bool,
    filled: usize,
    elongations: usize,
    /// The longest elongation, in points.
    longest: f64,
    /// How wide the spaces of each filled line are, by their own width.
    factors: Vec<f64>,
}

impl Sum {
    fn add(&mut self, line: &Inspection) {
        self.lines += 1;
        self.joints |= line.words.iter().any(|word| !word.joints.is_empty());
        if !line.justified {
            return;
        }
        self.filled += 1;
        for joint in line.words.iter().filter_map(|word| word.elongated()) {
            self.elongations += 1;
            self.longest = joint
                .amount
                .map_or(self.longest, |amount| self.longest.max(amount.to_pt()));
        }
        self.factors.extend(line.spaces.map(|spaces| spaces.factor()));
    }

    fn told(&self) -> String {
        let wide = self.factors.iter().filter(|factor| **factor > 1.505).count();
        let narrow = self.factors.iter().filter(|factor| **factor < 0.745).count();
        let least = self.factors.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.factors.iter().copied().fold(0.0, f64::max);
        let spaces = if self.factors.is_empty() {
            String::new()
        } else {
            format!(
                "; spaces {:.0} to {:.0} % of their own width, over 150 % in {wide} lines, under 75 % in {narrow}",
                least * 100.0,
                most * 100.0
            )
        };
        let (lines, filled, elongations, longest) = (self.lines, self.filled, self.elongations, self.longest);
        let lines = counted(lines, "line");
        let elongations = counted(elongations, "elongation");
        format!("{lines}, {filled} filled; {elongations}, the longest {longest:.2} pt{spaces}")
    }
}
