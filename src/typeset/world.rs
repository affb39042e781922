//! What Typst sees of the outside: the templates, the fonts, and nothing else. No clock, no network, no file but
//! those beside a user's own template.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::Fonts;

/// The built-in template of resolutions.
const RESOLUTION: (&str, &str) = ("resolution.typ", include_str!("../../templates/resolution.typ"));

/// A template: the name it is known by, its text, and the folder that its imports and images may come from.
#[derive(Debug, Clone)]
pub struct Template {
    /// The name that messages use: a file's path, or the name of a built-in template.
    pub name: String,
    /// The Typst source.
    pub text: String,
    /// The folder that the template may read from; `None` for a built-in one, which reads nothing.
    pub root: Option<PathBuf>,
}

impl Template {
    /// The built-in template.
    pub fn builtin() -> Self {
        Self {
            name: RESOLUTION.0.to_owned(),
            text: RESOLUTION.1.to_owned(),
            root: None,
        }
    }

    /// A user's own template.
    ///
    /// # Errors
    /// When the file cannot be read or is not UTF-8.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        let root = path.parent().map(|p| {
            if p.as_os_str().is_empty() {
                PathBuf::from(".")
            } else {
                p.to_owned()
            }
        });
        Ok(Self {
            name: path.display().to_string(),
            text,
            root,
        })
    }
}

/// Typst's own functions, made and hashed once for all editions.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The world of one template: what Typst sees of the outside.
pub struct TemplateWorld<'a> {
    library: &'static LazyHash<Library>,
    fonts: &'a Fonts,
    name: String,
    main: Source,
    files: FxHashMap<FileId, FileResult<Bytes>>,
}

impl<'a> TemplateWorld<'a> {
    /// The world of a template. The files beside a user's template are read now, so that a build sees one state of them.
    pub fn new(fonts: &'a Fonts, template: &Template) -> Self {
        let main = Source::new(file_id("/template.typ"), template.text.clone());
        let mut files = FxHashMap::default();
        // A user's template may import the built-in one and change a part of it.
        let builtin = Bytes::from_string(RESOLUTION.1.to_owned());
        files.insert(file_id("/qarar/resolution.typ"), Ok(builtin));
        if let Some(root) = &template.root {
            read_beside(root, root, &mut files);
        }
        Self {
            library: &LIBRARY,
            fonts,
            name: template.name.clone(),
            main,
            files,
        }
    }

    /// The name of the template, for messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The template's source.
    pub(crate) fn template(&self) -> &Source {
        &self.main
    }
}

/// How many bytes of files beside a template are taken at the most: enough for logos, not for a whole home folder.
const BESIDE_LIMIT: u64 = 64 << 20;

fn read_beside(root: &Path, folder: &Path, files: &mut FxHashMap<FileId, FileResult<Bytes>>) {
    const KINDS: [&str; 7] = ["typ", "png", "jpg", "jpeg", "gif", "webp", "svg"];
    let mut left = BESIDE_LIMIT;
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let wanted = path
            .extension()
            .and_then(|e| e.to_str())
            .is_some_and(|e| KINDS.contains(&e));
        let size = path.metadata().map(|m| m.len()).unwrap_or(u64::MAX);
        if !wanted || size > left {
            continue;
        }
        let Ok(relative) = path.strip_prefix(root) else {
            continue;
        };
        let Ok(data) = std::fs::read(&path) else { continue };
        left -= size;
        if let Ok(virtual_path) = VirtualPath::new(relative.to_string_lossy()) {
            let id = FileId::new(RootedPath::new(VirtualRoot::Project, virtual_path));
            files.insert(id, Ok(Bytes::new(data)));
        }
    }
}

/// The file of a path inside the world.
///
/// The path must be a literal: a virtual path with no `..` is always valid.
pub(crate) fn file_id(path: &'static str) -> FileId {
    #[allow(
        clippy::unwrap_used,
        reason = "the paths are literals of this crate without a parent component"
    )]
    let path = VirtualPath::new(path).unwrap();
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

impl World for TemplateWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let text = self.file(id)?.to_str().map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.as_str().to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let not_found = || Err(FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash())));
        self.files.get(&id).cloned().unwrap_or_else(not_found)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
