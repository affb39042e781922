//! What seven readers get out of the editions, against floors. The measuring is `tests/extraction/extract_matrix.py`.

use std::path::Path;

use crate::faults::{Faults, Outcome};
use crate::process::{command, run};
use crate::project::Project;
use crate::{editions, tools};

/// The step `extraction`: no figure under its floor. With `raise` the floors are lifted to what was measured.
pub(crate) fn check(project: &Project, folder: &Path, raise: bool) -> Outcome {
    // An article that Typst alone lays out is measured with the editions.
    editions::build_binary(project)?;
    let mut python = command(project, project.python());
    python.arg("tests/extraction/extract_matrix.py").arg(folder);
    if raise {
        python.arg("--raise");
    }
    python
        .env("QARAR_TOOLS", project.tools())
        .env("QARAR", project.qarar())
        .env(
            "PLAIN_TYPST",
            project.qarar().with_file_name("examples").join("plain_typst"),
        )
        .env("PYTHONDONTWRITEBYTECODE", "1");
    if let Some(node) = tools::own_node(project) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(node).chain(std::env::split_paths(&path));
        let path = std::env::join_paths(folders)
            .map_err(|error| Faults::one(format!("the search path cannot be written: {error}")))?;
        python.env("PATH", path);
    }
    run(&mut python)
}
