//! Any Typst document, with its Arabic lines elongated and its text exact to every reader of the PDF.
//!
//!     cargo run --release --example plain_typst -- article.typ article.pdf
//!
//! The document is one for Typst and knows nothing of qarar. Typst lays it out and `typst-pdf` exports it; between the two
//! [`qarar::line::document`] writes its lines anew. Files and pictures are read below the folder of the document; fonts are
//! those in this program (Amiri, STIX Two Text, Typst's own four) and those of `--font-path`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::SystemTime;

use clap::Parser;
use icu_calendar::types::RataDie;
use icu_calendar::{Date, Iso};
use qarar::bounded;
use qarar::fonts::Fonts;
use qarar::limits::TEMPLATE_FILES_BYTES;
use qarar::line::document;
use rustc_hash::FxHashMap;
use typst::diag::{FileError, FileResult, Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Sets a Typst document, elongates its Arabic lines and writes them so that every reader gets their text.
#[derive(Parser)]
pub(crate) struct Arguments {
    /// The document, a .typ file
    document: PathBuf,
    /// The PDF to write
    output: PathBuf,
    /// A font file, or a folder of fonts; may be given more than once
    #[arg(long, value_name = "PATH")]
    font_path: Vec<PathBuf>,
    /// The standard that the PDF keeps
    #[arg(long, value_enum, default_value = "a-2u")]
    standard: Standard,
    /// Leaves the lines as Typst set them, to compare
    #[arg(long)]
    as_typst: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Standard {
    #[value(name = "a-2a")]
    A2a,
    #[value(name = "a-2u")]
    A2u,
    #[value(name = "none")]
    None,
}

impl Standard {
    fn list(self) -> &'static [PdfStandard] {
        match self {
            Self::A2a => &[PdfStandard::A_2a],
            Self::A2u => &[PdfStandard::A_2u],
            Self::None => &[],
        }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(told) => {
            anstream::println!("{told}");
            ExitCode::SUCCESS
        }
        Err(faults) => {
            anstream::eprintln!("{faults}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the PDF; answers what was done, or all faults, a line each.
pub(crate) fn run(arguments: &Arguments) -> Result<String, String> {
    let world = Folder::new(&arguments.document, &arguments.font_path)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    for warning in &compiled.warnings {
        anstream::eprintln!("{}", world.tell(warning));
    }
    let set = compiled.output.map_err(|faults| world.tell_all(&faults))?;
    let (set, told) = if arguments.as_typst {
        (set, "the lines are those of Typst".to_owned())
    } else {
        let (written, summary) = document::rewrite(&set).map_err(|error| error.to_string())?;
        (written, summary.to_string())
    };
    let standards = PdfStandards::new(arguments.standard.list()).map_err(|error| error.message().to_string())?;
    let options = PdfOptions {
        ident: Smart::Auto,
        standards,
        timestamp: day_of(&arguments.document).map(Timestamp::new_utc),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&set, &options).map_err(|faults| {
        let mut told = world.tell_all(&faults);
        if !arguments.standard.list().is_empty() {
            told.push_str("\n  help: --standard none writes a PDF that keeps no archival standard");
        }
        told
    })?;
    std::fs::write(&arguments.output, bytes)
        .map_err(|error| format!("{}: cannot be written: {error}", arguments.output.display()))?;
    Ok(told)
}

/// The day on which a file was changed, for documents that set no date of their own: the archival standards want one, and
/// the same file gives the same PDF.
fn day_of(file: &Path) -> Option<Datetime> {
    /// The day from which system time is counted, 1 January 1970, as days from 31 December of the year 0.
    const EPOCH: i64 = 719_163;
    let changed = file.metadata().ok()?.modified().ok()?;
    let seconds = changed.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    let day = Date::from_rata_die(RataDie::new(EPOCH + i64::try_from(seconds / 86_400).ok()?), Iso);
    let (month, day_of_month) = (day.month().ordinal, day.day_of_month().0);
    Datetime::from_ymd_hms(day.year().extended_year(), month, day_of_month, 0, 0, 0)
}

/// What Typst sees: the folder of the document, the fonts, no clock and no network.
pub(crate) struct Folder {
    root: PathBuf,
    main: FileId,
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The files as they were when they were first read.
    files: Mutex<FxHashMap<FileId, FileResult<Bytes>>>,
}

impl Folder {
    pub(crate) fn new(document: &Path, font_paths: &[PathBuf]) -> Result<Self, String> {
        let root = document.parent().filter(|folder| !folder.as_os_str().is_empty());
        let name = document.file_name().and_then(|name| name.to_str());
        let main = name.and_then(|name| VirtualPath::new(name).ok());
        let main = main.ok_or_else(|| format!("{}: this is no name of a file", document.display()))?;
        bounded::read(document, TEMPLATE_FILES_BYTES).map_err(|error| format!("{}: {error}", document.display()))?;
        let own = Fonts::load(font_paths).map_err(|errors| {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            errors.join("\n")
        })?;
        let mut fonts: Vec<Font> = (0..).map_while(|place| own.get(place)).collect();
        fonts.extend(typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data))));
        let mut library = Library::default();
        document::mark_lines(&mut library);
        Ok(Self {
            root: root.unwrap_or(Path::new(".")).to_owned(),
            main: FileId::new(RootedPath::new(VirtualRoot::Project, main)),
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            files: Mutex::default(),
        })
    }

    /// A file below the folder of the document.
    fn read(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        if !matches!(path.root(), VirtualRoot::Project) {
            return Err(FileError::Other(Some(
                "packages are not fetched; put a copy of it beside the document and import that".into(),
            )));
        }
        let path = self.root.join(path.vpath().get_without_slash());
        match bounded::read_within(&self.root, &path, TEMPLATE_FILES_BYTES) {
            Ok(data) => Ok(Bytes::new(data)),
            Err(error) if error.is_missing() => {
                Err(FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash())))
            }
            Err(error) => Err(FileError::Other(Some(format!("{}: {error}", path.display()).into()))),
        }
    }

    fn tell_all(&self, faults: &[SourceDiagnostic]) -> String {
        let faults: Vec<String> = faults.iter().map(|fault| self.tell(fault)).collect();
        faults.join("\n")
    }

    /// A fault as `article.typ:3:7: error: …`, with what to do about it.
    fn tell(&self, fault: &SourceDiagnostic) -> String {
        let kind = match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = || {
            let id = fault.span.id()?;
            let start = self.range(fault.span)?.start;
            let (line, column) = self.source(id).ok()?.lines().byte_to_line_column(start)?;
            let path = self.root.join(id.get().vpath().get_without_slash());
            Some(format!("{}:{}:{}: ", path.display(), line + 1, column + 1))
        };
        let mut told = format!("{}{kind}: {}", place().unwrap_or_default(), fault.message);
        // The root is the folder of the document.
        for hint in fault.hints.iter().filter(|hint| !hint.v.contains("`--root`")) {
            told.push_str("\n  help: ");
            told.push_str(&hint.v);
        }
        told
    }
}

impl World for Folder {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = self.file(id)?.to_str().map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.as_str().to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let Ok(mut files) = self.files.lock() else {
            return self.read(id);
        };
        files.entry(id).or_insert_with(|| self.read(id)).clone()
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
