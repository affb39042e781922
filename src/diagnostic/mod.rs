//! A fault in what a user wrote, as a value: what is wrong, where, and what to write instead.
//!
//! A fault is made where it is known and drawn in one place, [`Diagnostics::draw`].

mod draw;

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::source::SourceFile;

pub use draw::Look;
use draw::visible;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is built.
    Error,
    /// It is built, but somebody should look.
    Warning,
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A range of bytes of a file.
    Text {
        /// The file.
        file: Arc<SourceFile>,
        /// The bytes.
        span: Range<usize>,
    },
    /// A file or folder as a whole, which may not even be there.
    Path(PathBuf),
}

/// A fault or a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    severity: Severity,
    message: String,
    place: Option<Place>,
    label: String,
    others: Vec<(Place, String)>,
    hints: Vec<String>,
}

impl Diagnostic {
    /// A fault that no file is to blame for.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            place: None,
            label: String::new(),
            others: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// A fault that is no more than a warning.
    #[must_use]
    pub fn warning(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(message)
        }
    }

    /// The fault at a range of bytes of a file. A range over several lines is cut at the end of the first.
    #[must_use]
    pub fn at(mut self, file: &Arc<SourceFile>, span: Range<usize>) -> Self {
        self.place = Some(Place::new(file, span));
        self
    }

    /// The fault of a file or folder as a whole.
    #[must_use]
    pub fn in_path(mut self, path: impl Into<PathBuf>) -> Self {
        self.place = Some(Place::Path(path.into()));
        self
    }

    /// The words beside the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Another place that belongs to the fault, perhaps in another file, with words beside it.
    #[must_use]
    pub fn other(mut self, file: &Arc<SourceFile>, span: Range<usize>, label: impl Into<String>) -> Self {
        self.others.push((Place::new(file, span), label.into()));
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where it is wrong.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// What to do about it.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl Place {
    fn new(file: &Arc<SourceFile>, span: Range<usize>) -> Self {
        Self::Text {
            file: Arc::clone(file),
            span: file.first_line(&span),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { file, span } => {
                let at = file.position(span.start);
                write!(f, "{}:{}:{}", file.path().display(), at.line, at.column)
            }
            Self::Path(path) => write!(f, "{}", path.display()),
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// On one line: `documents/x/ar.md:5:12: error: what is wrong (help: what to do)`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}: {}", self.severity, visible(&self.message))?;
        if !self.hints.is_empty() {
            write!(f, " (help: {})", visible(&self.hints.join("; ")))?;
        }
        Ok(())
    }
}

/// All faults and warnings of a source, in the order of its files.
#[derive(Debug, Clone, PartialEq, Eq, Default, thiserror::Error)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there is a fault that is more than a warning.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Puts them in the order of `files`, and within a file in the order of the text. Those of no place come first.
    pub(crate) fn sort(&mut self, files: &[Arc<SourceFile>]) {
        self.list.sort_by_key(|diagnostic| match &diagnostic.place {
            None => (0, 0, 0),
            Some(Place::Path(_)) => (1, 0, 0),
            Some(Place::Text { file, span }) => {
                let file = files
                    .iter()
                    .position(|other| other.path() == file.path())
                    .unwrap_or(files.len());
                (2, file, span.start)
            }
        });
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { list: vec![diagnostic] }
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.list.extend(diagnostics);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.list.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "\n" })?;
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}
