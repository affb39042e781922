//! A fault in what a user wrote, as a value: what is wrong, where, and what to write instead.
//!
//! A fault is made where it is known and drawn in one place, [`Diagnostics::draw`].

mod draw;
#[cfg(feature = "cli")]
mod json;
mod kind;
mod rule;
#[cfg(feature = "cli")]
mod sarif;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::limits::{FAULTS_OF_A_KIND, grouped};
use crate::text::SourceFile;

pub use draw::Look;
pub(crate) use draw::shown;
use draw::visible;
#[cfg(feature = "cli")]
pub(crate) use json::{Told, messages};
use kind::{Kind, cropped};
pub use rule::RULES;

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
    rule: &'static str,
    fix: Fix,
}

/// What makes a fault go away.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fix {
    /// Nobody but the author knows.
    Unknown,
    /// What is written at the place of the fault instead.
    Here(String),
    /// Changes at other places.
    Edits(Vec<Edit>),
}

/// A change of a file: what is written in place of a range of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes.
    pub span: Range<usize>,
    /// What is written in their place; empty where they are taken away.
    pub replacement: String,
}

impl Diagnostic {
    /// A fault that no file is to blame for.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: cropped(message.into()),
            place: None,
            label: String::new(),
            others: Vec::new(),
            hints: Vec::new(),
            rule: "",
            fix: Fix::Unknown,
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
        self.label = cropped(label.into());
        self
    }

    /// Another place that belongs to the fault, perhaps in another file, with words beside it.
    #[must_use]
    pub fn other(mut self, file: &Arc<SourceFile>, span: Range<usize>, label: impl Into<String>) -> Self {
        self.others.push((Place::new(file, span), cropped(label.into())));
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(cropped(hint.into()));
        self
    }

    /// What it is called where programs tell faults apart: one of [`RULES`].
    #[must_use]
    pub(crate) fn rule(mut self, rule: &'static str) -> Self {
        self.rule = rule;
        self
    }

    /// What to write at its place, where that alone makes it go away.
    #[must_use]
    pub(crate) fn fix(mut self, replacement: impl Into<String>) -> Self {
        self.fix = Fix::Here(replacement.into());
        self
    }

    /// What to write at other ranges of bytes of a file, where that alone makes it go away. The ranges are apart and in order.
    #[must_use]
    pub(crate) fn fix_at(
        mut self,
        file: &Arc<SourceFile>,
        edits: impl IntoIterator<Item = (Range<usize>, String)>,
    ) -> Self {
        let edit = |(span, replacement)| Edit {
            file: Arc::clone(file),
            span,
            replacement,
        };
        self.fix = Fix::Edits(edits.into_iter().map(edit).collect());
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

    /// The words beside the underlined text; empty where there are none.
    pub fn label_text(&self) -> &str {
        &self.label
    }

    /// The other places that belong to it, with the words beside each.
    pub fn others(&self) -> &[(Place, String)] {
        &self.others
    }

    /// What to do about it.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// What it is called where programs tell faults apart: one of [`RULES`].
    pub fn rule_name(&self) -> &'static str {
        self.rule
    }

    /// The changes that make it go away, apart and in order; none where nobody but the author knows what to write.
    pub fn edits(&self) -> Vec<Edit> {
        match (&self.fix, &self.place) {
            (Fix::Here(replacement), Some(Place::Text { file, span })) => vec![Edit {
                file: Arc::clone(file),
                span: span.clone(),
                replacement: replacement.clone(),
            }],
            (Fix::Edits(edits), _) => edits.clone(),
            _ => Vec::new(),
        }
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
                write!(f, "{}:{}:{}", shown(file.path()), at.line, at.column)
            }
            Self::Path(path) => f.write_str(&shown(path)),
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

/// All faults and warnings of a source, in the order of its files. Of each kind in a file no more than
/// [`FAULTS_OF_A_KIND`] are kept; the others are counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, thiserror::Error)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// How many there are of each kind.
    kinds: BTreeMap<Kind, usize>,
}

impl Diagnostics {
    /// Adds a fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let count = self.kinds.entry(Kind::of(&diagnostic)).or_default();
        *count += 1;
        if *count <= FAULTS_OF_A_KIND {
            self.list.push(diagnostic);
        }
    }

    /// Adds all of another list.
    pub fn append(&mut self, other: Self) {
        let Self { list, kinds } = other;
        let mut more = kinds;
        for diagnostic in list {
            if let Some(count) = more.get_mut(&Kind::of(&diagnostic)) {
                *count -= 1;
            }
            self.push(diagnostic);
        }
        for (kind, count) in more.into_iter().filter(|(_, count)| *count > 0) {
            *self.kinds.entry(kind).or_default() += count;
        }
    }

    /// What is told: the faults that are kept, the last one of a kind with the number of those that are not.
    pub(crate) fn told(&self) -> impl Iterator<Item = Cow<'_, Diagnostic>> {
        let mut more: BTreeMap<Kind, usize> = BTreeMap::new();
        for (kind, count) in self.kinds.iter().filter(|(_, count)| **count > FAULTS_OF_A_KIND) {
            more.insert(*kind, count - FAULTS_OF_A_KIND);
        }
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        if !more.is_empty() {
            for (at, diagnostic) in self.list.iter().enumerate().rev() {
                if let Some(count) = more.remove(&Kind::of(diagnostic)) {
                    last.insert(at, count);
                }
            }
        }
        self.list
            .iter()
            .enumerate()
            .map(move |(at, diagnostic)| match last.get(&at) {
                Some(count) => {
                    let more = format!("and {} more of this kind", grouped(*count));
                    Cow::Owned(diagnostic.clone().hint(more))
                }
                None => Cow::Borrowed(diagnostic),
            })
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
        let of_severity = self.kinds.iter().filter(|(kind, _)| kind.severity == severity);
        of_severity.map(|(_, count)| count).sum()
    }

    /// All of them that are kept.
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
        let mut diagnostics = Self::default();
        diagnostics.push(diagnostic);
        diagnostics
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
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
        for (index, diagnostic) in self.told().enumerate() {
            f.write_str(if index == 0 { "" } else { "\n" })?;
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}
