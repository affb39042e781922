//! What Typst sees of the outside: the templates, the fonts, and nothing else. No clock, no network, no file but
//! those beside a user's own template.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Binding, Bytes, Datetime, Duration, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::beside;
use super::syntax::{self, Fault};
use crate::bounded::{self, ReadError};
use crate::fonts::Fonts;
use crate::limits::TEMPLATE_BYTES;

/// The built-in template of resolutions.
const RESOLUTION: (&str, &str) = ("resolution.typ", include_str!("../../templates/resolution.typ"));

/// The path by which other templates import it.
const BUILTIN: &str = "/qarar/resolution.typ";

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
    /// When the file is none, is too large, cannot be read, or is not UTF-8.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        let text = String::from_utf8(bounded::read(path, TEMPLATE_BYTES)?)
            .map_err(|_| ReadError::System(std::io::Error::new(std::io::ErrorKind::InvalidData, "it is not UTF-8")))?;
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
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(library()));

/// Typst's functions without WebAssembly: a plugin is machine code that nobody can read, and has no bounds. Templates that
/// name it are told so before they run; here it is taken from those that find a way round its name.
fn library() -> Library {
    let mut library = Library::default();
    if let Some(plugin) = library.global.scope_mut().get_mut("plugin") {
        *plugin = Binding::detached(Value::None);
    }
    library.std = Binding::detached(library.global.clone());
    library
}

/// The world of one template: what Typst sees of the outside.
pub struct TemplateWorld<'a> {
    library: &'static LazyHash<Library>,
    fonts: &'a Fonts,
    name: String,
    root: Option<PathBuf>,
    main: Source,
    fault: Option<Fault>,
    files: FxHashMap<FileId, FileResult<Bytes>>,
}

impl<'a> TemplateWorld<'a> {
    /// The world of a template. The files beside a user's template are read now, so that a build sees one state of them.
    pub fn new(fonts: &'a Fonts, template: &Template) -> Self {
        // A template that is not run is not parsed here either.
        let fault = template.root.as_ref().and_then(|_| syntax::fault(&template.text));
        let text = fault.map_or_else(|| template.text.clone(), |_| String::new());
        let main = Source::new(file_id("/template.typ"), text);
        let mut files = FxHashMap::default();
        // A user's template may import the built-in one and change a part of it.
        let builtin = Bytes::from_string(RESOLUTION.1.to_owned());
        files.insert(file_id(BUILTIN), Ok(builtin));
        if let Some(root) = &template.root {
            beside::read(root, &mut files);
        }
        Self {
            library: &LIBRARY,
            fonts,
            name: template.name.clone(),
            root: template.root.clone(),
            main,
            fault,
            files,
        }
    }

    /// Why the template is not run at all.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// Whether the template is one of the user's own.
    pub(super) fn is_own(&self) -> bool {
        self.root.is_some()
    }

    /// The name of a file for messages.
    pub(super) fn name_of(&self, id: FileId) -> String {
        if id == self.main.id() {
            return self.name.clone();
        }
        let path = id.get().vpath().get_without_slash();
        match &self.root {
            Some(root) if id != file_id(BUILTIN) && root == Path::new(".") => path.to_owned(),
            Some(root) if id != file_id(BUILTIN) => root.join(path).display().to_string(),
            _ => format!("/{path}"),
        }
    }

    /// Whether there is a font family of this name.
    pub(super) fn has_family(&self, name: &str) -> bool {
        self.fonts.has_family(name)
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
