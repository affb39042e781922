//! `qarar compare`: two layouts, told apart as an editor would.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::outcome::{CommandError, Outcome};
use super::output::{self, Keeper};
use super::plans::Plans;
use super::report;
use super::setting_args::SettingArgs;
use super::sides::{ENDING, Entry, Pictures, Reading};
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::layout::{self, Change, Comparison, Finding, Layout, Options, Presence, Shown};

/// Compare a layout with a reference
///
/// Each side is a snapshot (`qarar layout`), a PDF by any program, or a folder: of snapshots, of documents, which are
/// built, or of PDFs. Editions of one name are compared.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 the same, 1 different, 2 the command line or a file is at fault.

Examples:
  qarar compare tests/layouts documents                        every edition with its reference
  qarar compare --html report.html tests/layouts documents     the same, to be looked at
  qarar compare --accept tests/layouts documents               show what changed, then keep it as the reference
  qarar compare --lang ar-en --layout facing ar-en-facing.pdf documents/a-res-61-180
  qarar compare --level lines official.pdf output/a-res-61-180/ar.pdf")]
pub(super) struct Compare {
    /// What it should be
    #[arg(value_name = "REFERENCE")]
    reference: PathBuf,
    /// What it is
    #[arg(value_name = "ACTUAL")]
    actual: PathBuf,
    /// How closely; each level includes those before. `positions` between snapshots and documents, `lines` with a PDF or a
    /// reference without places
    #[arg(long, value_enum, value_name = "LEVEL")]
    level: Option<Level>,
    /// How many points apart two places must be to differ
    #[arg(long, value_name = "PT", default_value_t = 0.05, value_parser = tolerance)]
    tolerance: f64,
    /// Tell the differences as JSON
    #[arg(long, conflicts_with = "message_format")]
    json: bool,
    /// How faults are told: in `json` and `sarif` every difference is one
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    message_format: report::Form,
    /// Write the differences as JUnit XML too
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write a page that shows them
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Make what it is the reference, after telling what changes; a reference that is not there is made
    #[arg(long)]
    accept: bool,
    #[command(flatten)]
    plans: Plans,
    #[command(flatten)]
    setting: SettingArgs,
}

/// How closely two layouts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Words, paragraphs and notes
    Text,
    /// And the page of each
    Pages,
    /// And where lines break
    Lines,
    /// And fonts, places, margins, elongations
    Positions,
    /// And the pictures of the pages
    Pixels,
}

impl From<Level> for layout::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Text => Self::Text,
            Level::Pages => Self::Pages,
            Level::Lines => Self::Lines,
            Level::Positions => Self::Positions,
            Level::Pixels => Self::Pixels,
        }
    }
}

fn tolerance(written: &str) -> Result<f64, String> {
    let points: f64 = written
        .trim_end_matches("pt")
        .trim()
        .parse()
        .map_err(|_| "expected a number of points".to_owned())?;
    if (0.0..=1000.0).contains(&points) {
        Ok(points)
    } else {
        Err("expected 0 to 1000 points".to_owned())
    }
}

/// An edition of both sides, or of one.
struct Match<'a> {
    name: String,
    reference: Option<&'a Entry>,
    actual: Option<&'a Entry>,
}

/// The pictures of the pages of an edition on both sides.
struct Seen<'a> {
    ours: Cow<'a, [Vec<u8>]>,
    theirs: Cow<'a, [Vec<u8>]>,
    /// What is to be told of pages that cannot be drawn.
    undrawn: Vec<Diagnostic>,
}

impl Compare {
    /// The template and the fonts.
    pub(super) fn setting(&self) -> &SettingArgs {
        &self.setting
    }

    /// How faults are told.
    pub(super) fn message_format(&self) -> report::Form {
        self.message_format
    }

    pub(super) fn run(&self) -> Outcome {
        self.compare().unwrap_or_else(Outcome::from)
    }

    /// Whether it rewrites the reference.
    pub(super) fn accepts(&self) -> bool {
        self.accept
    }

    /// What it is.
    pub(super) fn actual(&self) -> &Path {
        &self.actual
    }

    fn compare(&self) -> Result<Outcome, CommandError> {
        let is_same = self.differences(|comparisons, undrawn| {
            self.tell(comparisons)?;
            report::tell(&undrawn, report::Form::Full);
            Ok(())
        })?;
        Ok(if is_same || self.accept {
            Outcome::Done
        } else {
            Outcome::Fault
        })
    }

    /// Compares, has told what differs and which pages cannot be drawn, then writes what is to be written; whether there is no
    /// difference.
    pub(super) fn differences(
        &self,
        tell: impl FnOnce(&[Comparison], Diagnostics) -> Result<(), CommandError>,
    ) -> Result<bool, CommandError> {
        let fonts = self.setting.fonts()?;
        let template = self.setting.template()?;
        let pictures = self.html.is_some() || self.level == Some(Level::Pixels);
        let reading = Reading {
            fonts: &fonts,
            setting: &self.setting,
            template: &template,
            plans: &self.plans,
            pictures,
        };
        let is_new = self.accept && !self.reference.exists();
        let ours = if is_new {
            Vec::new()
        } else {
            reading.side(&self.reference)?
        };
        let theirs = reading.side(&self.actual)?;
        let matches = matches(&ours, &theirs, is_new)?;
        let compared: Vec<(Comparison, Seen<'_>)> = matches
            .par_iter()
            .map(|found| self.one(found))
            .collect::<Result<_, CommandError>>()?;
        let (comparisons, seen): (Vec<Comparison>, Vec<Seen<'_>>) = compared.into_iter().unzip();
        let mut undrawn = Diagnostics::default();
        for told in seen.iter().flat_map(|seen| &seen.undrawn) {
            // A file may stand on both sides.
            if !undrawn.iter().any(|known| known == told) {
                undrawn.push(told.clone());
            }
        }
        tell(&comparisons, undrawn)?;
        let writes = self.junit.is_some() || self.html.is_some() || self.accept;
        let keeper = if writes { Keeper::start() } else { Keeper::default() };
        if let Some(path) = &self.junit {
            write(&keeper, path, layout::junit(&comparisons).as_bytes())?;
        }
        if let Some(path) = &self.html {
            write(&keeper, path, html(&matches, &comparisons, &seen).as_bytes())?;
        }
        if self.accept {
            self.keep(&matches, &comparisons, &keeper)?;
        }
        Ok(comparisons.iter().all(Comparison::is_same))
    }

    fn one<'a>(&self, found: &Match<'a>) -> Result<(Comparison, Seen<'a>), CommandError> {
        let (Some(ours), Some(theirs)) = (found.reference, found.actual) else {
            let presence = match found.actual {
                None => Presence::Removed,
                Some(_) => Presence::Added,
            };
            let comparison = one_sided(found, presence, self.options(None));
            let seen = self.seen(found, &comparison)?;
            return Ok((comparison, seen));
        };
        let options = self.options(Some((&ours.layout, &theirs.layout)));
        let mut comparison = layout::compare(&ours.layout, &theirs.layout, options);
        comparison.name.clone_from(&found.name);
        let seen = self.seen(found, &comparison)?;
        if options.level == layout::Level::Pixels {
            for entry in [ours, theirs] {
                has_pictures(entry)?;
            }
            let ours_and_theirs = (&ours.layout, &theirs.layout);
            layout::compare_pixels(&mut comparison, ours_and_theirs, (&seen.ours, &seen.theirs), options);
        }
        Ok((comparison, seen))
    }

    /// The pictures of the pages that are compared or shown.
    fn seen<'a>(&self, found: &Match<'a>, comparison: &Comparison) -> Result<Seen<'a>, CommandError> {
        let pages = |entry: &Entry| -> Vec<usize> {
            let there = 1..=entry.layout.pages.len();
            if self.level == Some(Level::Pixels) {
                return there.collect();
            }
            let shown = layout::shown_pages(comparison).into_iter();
            shown.filter(|page| there.contains(page)).collect()
        };
        let drawn = |entry: Option<&'a Entry>| match entry {
            Some(entry) => entry.pictures.of(&pages(entry)),
            None => Ok((Cow::default(), Vec::new())),
        };
        let (ours, theirs) = rayon::join(|| drawn(found.reference), || drawn(found.actual));
        let ((ours, mut undrawn), (theirs, more)) = (ours?, theirs?);
        undrawn.extend(more);
        Ok(Seen { ours, theirs, undrawn })
    }

    fn options(&self, layouts: Option<(&Layout, &Layout)>) -> Options {
        let exact = layouts.is_none_or(|(a, b)| a.has_positions() && b.has_positions() && !a.from_pdf && !b.from_pdf);
        let usual = if exact {
            layout::Level::Positions
        } else {
            layout::Level::Lines
        };
        Options {
            level: self.level.map_or(usual, Into::into),
            tolerance: self.tolerance,
        }
    }

    fn tell(&self, comparisons: &[Comparison]) -> Result<(), CommandError> {
        if self.json {
            let value = serde_json::json!({ "qarar-compare": 1, "comparisons": comparisons });
            let text = serde_json::to_string_pretty(&value)
                .map_err(|error| CommandError::Usage(format!("cannot write JSON: {error}")))?;
            report::say(&text);
        } else {
            comparisons
                .iter()
                .for_each(|comparison| report::say(comparison.to_string().trim_end()));
        }
        if self.message_format.is_for_programs() {
            report::tell(&self.problems(comparisons), self.message_format);
        }
        Ok(())
    }

    /// Every difference as a message at the side that is compared with the reference.
    fn problems(&self, comparisons: &[Comparison]) -> Diagnostics {
        let mut problems = Diagnostics::default();
        for comparison in comparisons {
            for finding in &comparison.findings {
                let message = format!("{}: {}", comparison.name, finding.message());
                let fault = Diagnostic::error(message).rule("compare").in_path(&self.actual);
                let follows = finding.consequences_told();
                problems.push(match follows.is_empty() {
                    true => fault,
                    false => fault.label(format!("so {}", follows.join(", "))),
                });
            }
        }
        problems
    }

    /// Rewrites the reference.
    fn keep(&self, matches: &[Match<'_>], comparisons: &[Comparison], keeper: &Keeper) -> Result<(), CommandError> {
        for (found, comparison) in matches.iter().zip(comparisons) {
            let Some(theirs) = found.actual else {
                report::say(&format!(
                    "{}: kept, though it is missing here; delete it if it is gone for good",
                    found.name
                ));
                continue;
            };
            if found.reference.is_some() && comparison.is_same() {
                continue;
            }
            let path = match found.reference {
                Some(Entry {
                    layout,
                    snapshot: Some(path),
                    ..
                }) if !layout.partial => path.clone(),
                Some(Entry { layout, .. }) if layout.partial => {
                    return Err(CommandError::Usage(format!(
                        "`{}` is partial, which nothing but its maker can renew",
                        found.name
                    )));
                }
                Some(_) => {
                    let message = "--accept rewrites snapshots: the reference is a document or a PDF";
                    return Err(CommandError::Usage(message.to_owned()));
                }
                None if self.reference.extension().is_some_and(|ending| ending == "json") => self.reference.clone(),
                None => self.reference.join(format!("{}{ENDING}", found.name)),
            };
            write(keeper, &path, layout::write(&theirs.layout).as_bytes())?;
            report::say(&format!("accepted: {}", shown(&path)));
        }
        Ok(())
    }
}

fn one_sided(found: &Match<'_>, presence: Presence, options: Options) -> Comparison {
    let edition = found.name.clone();
    let finding = Finding::new(Change::Edition { edition, presence });
    Comparison {
        name: found.name.clone(),
        level: options.level,
        tolerance: options.tolerance,
        remarks: Vec::new(),
        findings: vec![finding],
    }
}

/// Which edition is compared with which.
fn matches<'a>(ours: &'a [Entry], theirs: &'a [Entry], is_new: bool) -> Result<Vec<Match<'a>>, CommandError> {
    let pair = |name: &str, a: &'a Entry, b: &'a Entry| Match {
        name: name.to_owned(),
        reference: Some(a),
        actual: Some(b),
    };
    match (ours, theirs) {
        ([a], [b]) => return Ok(vec![pair(&a.name, a, b)]),
        ([one], many) | (many, [one]) if !is_new => {
            let edition = if one.layout.edition.is_empty() {
                &one.name
            } else {
                &one.layout.edition
            };
            let last = |entry: &Entry| entry.name.rsplit('/').next().unwrap_or_default().to_owned();
            let same = |entry: &&Entry| entry.layout.edition == *edition || last(entry) == *edition;
            let mut found: Vec<&Entry> = many.iter().filter(same).collect();
            // Editions of several documents may share a name: then that of the same document is meant.
            if found.len() > 1 {
                found.retain(|entry| entry.layout.document == one.layout.document);
            }
            let [other] = found.as_slice() else {
                let names: Vec<&str> = many.iter().map(|entry| entry.name.as_str()).collect();
                return Err(CommandError::Usage(format!(
                    "which of {} is to be compared with `{}`? None has its name: name the file",
                    names.join(", "),
                    one.name
                )));
            };
            let (a, b) = if ours.len() == 1 { (one, *other) } else { (*other, one) };
            return Ok(vec![pair(&a.name, a, b)]);
        }
        _ => {}
    }
    let mut names: Vec<&str> = ours.iter().chain(theirs).map(|entry| entry.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let find = |list: &'a [Entry], name: &str| list.iter().find(|entry| entry.name == name);
    Ok(names
        .into_iter()
        .map(|name| Match {
            name: name.to_owned(),
            reference: find(ours, name),
            actual: find(theirs, name),
        })
        .collect())
}

/// Pages can be compared by their pictures only where there are some.
fn has_pictures(entry: &Entry) -> Result<(), CommandError> {
    match &entry.pictures {
        Pictures::Made(pictures) if pictures.len() < entry.layout.pages.len() => Err(CommandError::Usage(format!(
            "`{}` has no pictures of its pages to compare: write them with `qarar layout --images`",
            entry.name
        ))),
        Pictures::Made(_) | Pictures::Pdf(..) => Ok(()),
    }
}

fn html(matches: &[Match<'_>], comparisons: &[Comparison], seen: &[Seen<'_>]) -> String {
    let empty = Layout::default();
    let shown: Vec<Shown<'_>> = matches
        .iter()
        .zip(comparisons)
        .zip(seen)
        .map(|((found, comparison), seen)| Shown {
            comparison,
            layouts: (
                found.reference.map_or(&empty, |entry| &entry.layout),
                found.actual.map_or(&empty, |entry| &entry.layout),
            ),
            pictures: (&seen.ours, &seen.theirs),
        })
        .collect();
    layout::html(&shown)
}

fn write(keeper: &Keeper, path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    output::write_file(keeper, path, bytes).map_err(|error| CommandError::Usage(format!("cannot write {error}")))
}
