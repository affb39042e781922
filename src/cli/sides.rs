//! The sides of a comparison: a snapshot, a PDF, or a folder of snapshots, of documents or of PDFs.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::drawing;
use super::guard;
use super::outcome::CommandError;
use super::plans::Plans;
use super::setting_args::SettingArgs;
use crate::bounded;
use crate::diagnostic::{Diagnostic, shown};
use crate::edition::Edition;
use crate::export::png;
use crate::fonts::Fonts;
use crate::layout::{self, Layout};
use crate::limits;
use crate::model::Plan;
use crate::typeset::Template;

/// The ending of a snapshot.
pub(super) const ENDING: &str = ".layout.json";
/// The pixels an inch of pages that are drawn for a comparison.
const DPI: f32 = 110.0;

/// An edition of a side.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its name among those of its side: `ar`, or `a-res-61-180/ar`.
    pub(super) name: String,
    pub(super) layout: Layout,
    /// The file of a snapshot.
    pub(super) snapshot: Option<PathBuf>,
    /// The pictures of its pages.
    pub(super) pictures: Pictures,
}

/// The pictures of the pages of an edition.
#[derive(Debug)]
pub(super) enum Pictures {
    /// Those that there are, as PNG, by page; one that is not there is empty.
    Made(Vec<Vec<u8>>),
    /// A PDF by anyone, of which pages are drawn when they are to be shown.
    Pdf(PathBuf, Vec<u8>),
}

/// Pictures by page, and what is to be told of pages that have none.
pub(super) type Seen<'a> = (Cow<'a, [Vec<u8>]>, Vec<Diagnostic>);

impl Pictures {
    /// The pictures as far as these pages, which count from 1, are shown, and what is to be told of pages that cannot be.
    pub(super) fn of(&self, pages: &[usize]) -> Result<Seen<'_>, CommandError> {
        let (path, bytes) = match self {
            Self::Made(pictures) => return Ok((Cow::Borrowed(pictures), Vec::new())),
            Self::Pdf(path, bytes) => (path, bytes),
        };
        let drawn = layout::draw_apart(drawing::artist, bytes, DPI, pages).map_err(|error| {
            CommandError::Usage(format!("no process can be started to draw `{}`: {error}", shown(path)))
        })?;
        Ok((Cow::Owned(drawn.pictures), drawing::told(path, &drawn.faults)))
    }
}

/// How sides are read.
pub(super) struct Reading<'a> {
    pub(super) fonts: &'a Fonts,
    /// What documents are read with.
    pub(super) setting: &'a SettingArgs,
    pub(super) template: &'a Template,
    /// The editions of documents.
    pub(super) plans: &'a Plans,
    /// Whether pictures of the pages are wanted.
    pub(super) pictures: bool,
}

impl Reading<'_> {
    /// Reads a side.
    pub(super) fn side(&self, path: &Path) -> Result<Vec<Entry>, CommandError> {
        if path.is_dir() {
            return self.folder(path);
        }
        if !path.exists() {
            return Err(CommandError::Usage(format!("`{}` does not exist", shown(path))));
        }
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if has_ending(path, "pdf") {
            Ok(vec![self.pdf(path, name.trim_end_matches(".pdf"))?])
        } else {
            let name = name.strip_suffix(ENDING).or(name.strip_suffix(".json")).unwrap_or(name);
            Ok(vec![self.snapshot(path, name)?])
        }
    }

    fn folder(&self, path: &Path) -> Result<Vec<Entry>, CommandError> {
        if path.join("document.toml").is_file() {
            return self.document(path, "");
        }
        let mut files = Vec::new();
        files_below(path, &mut files);
        files.sort();
        let below = |file: &Path, ending: &str| {
            let name = file
                .strip_prefix(path)
                .unwrap_or(file)
                .to_string_lossy()
                .replace('\\', "/");
            name.strip_suffix(ending).map(str::to_owned)
        };
        let snapshots: Vec<(&PathBuf, String)> = files
            .iter()
            .filter_map(|file| Some((file, below(file, ENDING)?)))
            .collect();
        if !snapshots.is_empty() {
            return snapshots
                .into_par_iter()
                .map(|(file, name)| self.snapshot(file, &name))
                .collect();
        }
        let documents: Vec<&Path> = files
            .iter()
            .filter(|file| file.ends_with("document.toml"))
            .filter_map(|file| file.parent())
            .collect();
        if !documents.is_empty() {
            let mut entries = Vec::new();
            for folder in documents {
                let name = folder
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned())
                    .unwrap_or_default();
                entries.extend(self.document(folder, &format!("{name}/"))?);
            }
            return Ok(entries);
        }
        let pdfs: Vec<(&PathBuf, String)> = files
            .iter()
            .filter_map(|file| Some((file, below(file, ".pdf")?)))
            .collect();
        if pdfs.is_empty() {
            let message = format!(
                "no snapshot (`NAME{ENDING}`), no document and no PDF in `{}`",
                shown(path)
            );
            return Err(CommandError::Usage(message));
        }
        pdfs.into_iter().map(|(file, name)| self.pdf(file, &name)).collect()
    }

    fn snapshot(&self, path: &Path, name: &str) -> Result<Entry, CommandError> {
        let text = bounded::read(path, limits::LAYOUT_BYTES).map_err(|error| unread(path, &error))?;
        let text = String::from_utf8(text)
            .map_err(|_| CommandError::Usage(format!("`{}` is no layout: it is not UTF-8", shown(path))))?;
        let layout = layout::read(&text).map_err(|error| CommandError::Usage(format!("`{}`: {error}", shown(path))))?;
        let mut pictures = Vec::new();
        if self.pictures {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            let images = layout.pages.iter().map_while(|page| page.image.as_ref());
            for image in images {
                // A picture stands beside its snapshot; a path would lead elsewhere.
                if Path::new(image).components().count() == 1 {
                    pictures.push(picture(folder, image)?);
                }
            }
        }
        Ok(Entry {
            name: name.to_owned(),
            layout,
            snapshot: Some(path.to_owned()),
            pictures: Pictures::Made(pictures),
        })
    }

    fn document(&self, folder: &Path, before: &str) -> Result<Vec<Entry>, CommandError> {
        let opened = self
            .setting
            .open(folder, self.fonts)
            .map_err(|faults| CommandError::Document(Box::new(faults)))?;
        let work = &opened.work;
        let make = |plan: Plan| -> Result<Entry, CommandError> {
            let name = plan.name();
            let failed = |error: String| CommandError::Usage(format!("edition `{name}` of `{}`: {error}", work.name));
            let what = || format!("edition `{name}` of `{}`", work.name);
            let _watched = guard::watch(what, opened.sources.bytes());
            let edition = Edition::planned(work, plan, self.template, self.fonts).map_err(|e| failed(e.to_string()))?;
            let pictures = if self.pictures {
                png(&edition, DPI).map_err(|e| failed(e.to_string()))?
            } else {
                Vec::new()
            };
            let layout = crate::edition::snapshot(&edition);
            Ok(Entry {
                name: format!("{before}{name}"),
                layout,
                snapshot: None,
                pictures: Pictures::Made(pictures),
            })
        };
        let plans = self.plans.of(work).map_err(CommandError::Usage)?;
        plans.into_par_iter().map(make).collect()
    }

    fn pdf(&self, path: &Path, name: &str) -> Result<Entry, CommandError> {
        let bytes = read(path)?;
        let failed = |error: String| CommandError::Usage(format!("`{}`: {error}", shown(path)));
        // What cannot be read is not drawn either.
        let mut layout = layout::read_pdf(bytes.clone()).map_err(|error| failed(error.to_string()))?;
        let pictures = if self.pictures {
            Pictures::Pdf(path.to_owned(), bytes)
        } else {
            Pictures::Made(Vec::new())
        };
        layout.document = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        Ok(Entry {
            name: name.to_owned(),
            layout,
            snapshot: None,
            pictures,
        })
    }
}

/// Reads a file that is named on the command line or stands beside one.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    bounded::read(path, limits::COMPARED_BYTES).map_err(|error| unread(path, &error))
}

/// Reads a picture beside a snapshot; a report would hand on what a link leads to.
fn picture(folder: &Path, name: &str) -> Result<Vec<u8>, CommandError> {
    let path = folder.join(name);
    bounded::read_within(folder, &path, limits::PICTURE_BYTES).map_err(|error| unread(&path, &error))
}

fn unread(path: &Path, error: &bounded::ReadError) -> CommandError {
    CommandError::Usage(format!("cannot read `{}`: {error}", shown(path)))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// All files below a folder. Links to folders are not followed.
fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files_below(&entry.path(), files),
            Ok(_) => files.push(entry.path()),
            Err(_) => {}
        }
    }
}
