//! Files that are written together, and why they cannot be.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// Files that take their names together.
pub(super) struct Set<'a> {
    pub(super) files: Vec<(&'a str, &'a [u8])>,
    /// The names of editions and endings of which every page is in the set: other pages of theirs are of an earlier build.
    pub(super) pages: Vec<(String, String)>,
    /// The names of files of an earlier build that are taken away.
    pub(super) gone: Vec<String>,
}

/// What cannot be written, and why.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum WriteError {
    /// The system refuses.
    #[error("`{}`: {source}", .path.display())]
    System {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Something stands there that qarar did not write.
    #[error("`{}` was not written by qarar and is not replaced: move it away, or let the files go to another place", .0.display())]
    NotOurs(PathBuf),
    /// The process that gives the files their names tells of a fault.
    #[error("{0}")]
    Keeper(String),
}

impl WriteError {
    /// For `map_err`: a fault at a path.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::System { path, source }
    }

    /// The fault in words; `what` cannot be written.
    pub(in crate::cli) fn told(self, what: &str) -> Diagnostic {
        match self {
            Self::System { path, source } => Diagnostic::error(format!("{what} cannot be written: {source}"))
                .rule("not-written")
                .in_path(path),
            Self::NotOurs(path) => {
                let fault =
                    Diagnostic::error(format!("{what} cannot be written: this file is not qarar's")).rule("not-ours");
                fault
                    .hint("move it away, or name another folder by `--output`")
                    .in_path(path)
            }
            Self::Keeper(fault) => Diagnostic::error(format!("{what} cannot be written: {fault}")).rule("not-written"),
        }
    }
}
