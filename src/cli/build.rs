//! `qarar build`: the editions of documents, made all before the first one is written.

use std::path::{Path, PathBuf};

use clap::Args;

use super::making::{Making, ReadBack};
use super::outcome::{CommandError, Outcome};
use super::output::{self, Keeper};
use super::panics::Panic;
use super::progress::Progress;
use super::setting_args::SettingArgs;
use super::{documents, report, unverified};
use crate::Opened;
use crate::diagnostic::{Diagnostics, Severity, shown};
use crate::fonts::Fonts;
use crate::model::Work;
use crate::typeset::Template;
use crate::verify::read_back;

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
    making: Making,
    /// Where the editions go
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// How faults are told
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    message_format: report::Form,
    /// Tell of faults only
    #[arg(short, long)]
    quiet: bool,
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

impl Build {
    /// The template and the fonts.
    pub(super) fn setting(&self) -> &SettingArgs {
        &self.making.setting
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
        let fonts = self.making.setting.fonts()?;
        let template = self.making.setting.template()?;
        let opened = documents::each(folders.iter().collect(), |folder| {
            self.making.setting.open(folder, &fonts)
        });
        let suspects = self.making.setting.suspects();
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
            let built = opened.map(|opened| self.document(&opened, (&template, &fonts), &read_back, &keeper));
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
            for fault in self.making.plans.missing(work) {
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
        opened: &Opened,
        set_with: (&Template, &Fonts),
        read_back: &ReadBack<'_>,
        keeper: &Keeper,
    ) -> Built {
        let made = self.making.document(opened, set_with, read_back);
        let (work, mut diagnostics) = (&opened.work, made.told);
        let mut lines = Vec::new();
        let folder = self.output.join(&work.name);
        if !made.unverified.is_empty() {
            let own = self.making.setting.own_template();
            diagnostics.extend(unverified::keep(
                keeper,
                &folder,
                &made.unverified,
                &opened.sources,
                own,
            ));
            // A template of the user's own may leave out what it likes.
            let own_fault = own.is_none();
            return Built {
                diagnostics,
                lines,
                own_fault,
            };
        }
        if !diagnostics.has_errors() {
            match output::write(keeper, &folder, &made.editions) {
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
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use std::sync::Arc;

    use super::*;
    use crate::locale::Language;
    use crate::verify::{Loss, ReadBackError, passages};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        build: Build,
    }

    /// A read-back that misses the last paragraph of the notes in English.
    fn loses(_: &Arc<Vec<u8>>, work: &Work, languages: &[Language]) -> Result<(), ReadBackError> {
        if !languages.contains(&Language::ENGLISH) {
            return Ok(());
        }
        let last = passages(work, Language::ENGLISH).pop().expect("a note");
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
            build.document(&opened, (&template, &fonts), read_back, &Keeper::default())
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
