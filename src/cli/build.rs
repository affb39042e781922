//! `qarar build`: the editions of documents, made all before the first one is written.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::outcome::{CommandError, Outcome};
use super::output::{self, Keeper, OutputFiles};
use super::panics::Panic;
use super::plans::Plans;
use super::progress::Progress;
use super::setting_args::SettingArgs;
use super::unverified::{self, Unverified};
use super::{documents, guard, report};
use crate::Opened;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, shown};
use crate::edition::{self, Edition, print};
use crate::export::pdf::{Standards, pdf};
use crate::export::{png, svg};
use crate::fonts::Fonts;
use crate::locale::Language;
use crate::model::Work;
use crate::typeset::Template;
use crate::verify::{ReadBackError, read_back};

/// Write the editions of documents
///
/// The editions of document NAME go into NAME/ below the output folder. All editions of a document are made before the
/// first is written; where one fails, the files of an earlier build stay as they are.
///
/// Every PDF is read back before it takes its name. Should text be missing, that is a fault of qarar (exit code 3): the
/// edition is written as `EDITION.unverified.pdf` and nothing else of the document. The next good build takes it away.
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
    setting: SettingArgs,
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
    /// Whether qarar itself is at fault.
    own_fault: bool,
}

impl Built {
    /// A document whose source is at fault.
    fn faulty(diagnostics: Diagnostics) -> Self {
        Self {
            diagnostics,
            lines: Vec::new(),
            own_fault: false,
        }
    }
}

/// Why an edition was not made.
enum Failure {
    /// What is at fault, in words.
    Faults(Diagnostics),
    /// It does not come back from its PDF.
    Unverified(Unverified),
}

/// Reads back an edition that was just made: [`read_back`], or what a test has in its place.
type ReadBack<'a> = dyn Fn(&Arc<Vec<u8>>, &Work, &[Language]) -> Result<(), ReadBackError> + Sync + 'a;

/// An edition with its warnings, or why there is none.
type Finished = Result<(OutputFiles, Diagnostics), Failure>;

impl Build {
    /// The template and the fonts.
    pub(super) fn setting(&self) -> &SettingArgs {
        &self.setting
    }

    /// How faults are told.
    pub(super) fn message_format(&self) -> report::Form {
        self.message_format
    }

    pub(super) fn run(&self) -> Outcome {
        self.build().unwrap_or_else(Outcome::from)
    }

    fn build(&self) -> Result<Outcome, CommandError> {
        let folders = documents::find(&self.documents)?;
        documents::differ_by_name(&folders)?;
        if self.output.exists() && !self.output.is_dir() {
            return Err(CommandError::Usage(format!(
                "`{}` is a file, not a folder for editions",
                shown(&self.output)
            )));
        }
        let fonts = self.setting.fonts()?;
        let template = self.setting.template()?;
        let opened = documents::each(folders.iter().collect(), |folder| crate::open(folder, &fonts));
        let suspects = self.setting.suspects();
        // A panic ends the work on its document alone.
        let fallen = |folder: &Path, panic: &Panic| {
            let what = format!("`{}` is not built", folder.display());
            let fault = panic.told(&what, suspects.as_deref()).in_path(folder);
            Built {
                diagnostics: fault.into(),
                lines: Vec::new(),
                own_fault: suspects.is_none(),
            }
        };
        let opened: Vec<Result<Opened, Built>> = folders
            .iter()
            .zip(opened)
            .map(|(folder, opened)| match opened {
                Ok(opened) => opened.map_err(Built::faulty),
                Err(panic) => Err(fallen(folder, &panic)),
            })
            .collect();
        let works = opened.iter().flatten().map(|opened| &opened.work);
        self.languages_exist(works)?;
        let keeper = Keeper::start();
        let is_shown = folders.len() > 1 && !self.quiet && report::is_watched();
        let progress = Progress::new(folders.len(), is_shown);
        let built = documents::each(opened, |opened| {
            let built = opened.map(|opened| self.document(opened, (&template, &fonts), &read_back, &keeper));
            progress.step();
            built.unwrap_or_else(|faulty| faulty)
        });
        let built = folders.iter().zip(built);
        let built: Vec<Built> = built
            .map(|(folder, built)| built.unwrap_or_else(|panic| fallen(folder, &panic)))
            .collect();
        progress.finish();
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
        Ok(match errors {
            0 => Outcome::Done,
            _ if built.iter().any(|built| built.own_fault) => Outcome::OwnFault,
            _ => Outcome::Fault,
        })
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

    /// Makes all editions of a document, then writes them.
    fn document(
        &self,
        opened: Opened,
        (template, fonts): (&Template, &Fonts),
        read_back: &ReadBack<'_>,
        keeper: &Keeper,
    ) -> Built {
        let made = self.made(&opened, template, fonts, read_back);
        let (work, mut diagnostics) = (&opened.work, opened.warnings);
        let mut editions = Vec::new();
        let mut unverified = Vec::new();
        for made in made {
            let told = match made {
                Ok((made, warnings)) => {
                    editions.push(made);
                    warnings
                }
                Err(Failure::Unverified(edition)) => {
                    unverified.push(edition);
                    continue;
                }
                Err(Failure::Faults(faults)) => faults,
            };
            let new = told
                .into_iter()
                .filter(|told| !diagnostics.iter().any(|known| known == told));
            let new: Vec<Diagnostic> = new.collect();
            diagnostics.extend(new);
        }
        let mut lines = Vec::new();
        let folder = self.output.join(&work.name);
        if !unverified.is_empty() {
            let own = self.setting.own_template();
            diagnostics.extend(unverified::keep(keeper, &folder, &unverified, &opened.sources, own));
            // A template of the user's own may leave out what it likes.
            let own_fault = own.is_none();
            return Built {
                diagnostics,
                lines,
                own_fault,
            };
        }
        if !diagnostics.has_errors() {
            match output::write(keeper, &folder, &editions) {
                Ok(written) => lines = written,
                Err(error) => diagnostics.push(error.told("the editions")),
            }
        }
        Built {
            diagnostics,
            lines,
            own_fault: false,
        }
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
        let own_template = self.setting.own_template().is_some();
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

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::verify::{Loss, passages};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        build: Build,
    }

    /// A read-back that misses the last paragraph of the notes in English.
    fn loses(_: &Arc<Vec<u8>>, work: &Work, languages: &[Language]) -> Result<(), ReadBackError> {
        if !languages.contains(&Language::English) {
            return Ok(());
        }
        let last = passages(work, Language::English).pop().expect("a note");
        Err(ReadBackError::Losses(vec![Loss {
            passage: last.called(),
            language: "en",
            span: last.span,
            left_out: false,
            how: "structure tree, lost: `The third` is read as `third`".to_owned(),
        }]))
    }

    fn files(folder: &Path) -> Vec<String> {
        let files = std::fs::read_dir(folder).expect("the folder of the editions");
        let mut files: Vec<String> = files
            .flatten()
            .map(|file| file.file_name().to_string_lossy().into_owned())
            .collect();
        files.sort();
        files
    }

    /// If it fails, a fault of qarar is told as one of the text, or an edition that lacks text takes the place of a good one.
    #[test]
    fn an_edition_that_does_not_come_back_is_kept_apart() {
        let output = tempfile::tempdir().expect("a folder");
        let folder = output.path().join("note-of-paragraphs");
        let out = output.path().to_str().expect("a path");
        let build = Line::parse_from(["build", "--output", out]).build;
        let (fonts, template) = (Fonts::load(&[]).expect("fonts"), Template::builtin());
        let document = |read_back: &ReadBack<'_>| {
            let opened = crate::open(Path::new("tests/builds/note-of-paragraphs"), &fonts).expect("no fault");
            build.document(opened, (&template, &fonts), read_back, &Keeper::default())
        };
        let built = document(&loses);
        assert!(built.own_fault && built.lines.is_empty());
        assert_eq!(files(&folder), ["ar-en.unverified.pdf", "en.unverified.pdf"]);
        let told = built.diagnostics.to_string();
        let place = Path::new("tests/builds/note-of-paragraphs/en.md").display().to_string();
        assert!(
            told.starts_with(&format!(
                "{place}:17:5: error: a fault of qarar, not of your text: note 2 paragraph 3 does not come back from \
                 `en.pdf`, `ar-en.pdf` (help: structure tree, lost: `The third` is read as `third`; please report it"
            )),
            "{told}"
        );
        // The next good build takes them away, but not what somebody else put there.
        std::fs::write(folder.join("ar.unverified.pdf"), "%PDF-1.7 of somebody").expect("a file");
        let built = document(&read_back);
        assert!(!built.own_fault && !built.diagnostics.has_errors());
        assert_eq!(files(&folder), ["ar-en.pdf", "ar.pdf", "ar.unverified.pdf", "en.pdf"]);
        // A good edition stays as it is while another one of its document does not come back.
        let before = std::fs::read(folder.join("en.pdf")).expect("an edition");
        assert!(document(&loses).own_fault);
        assert_eq!(std::fs::read(folder.join("en.pdf")).expect("an edition"), before);
    }
}
