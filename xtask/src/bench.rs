//! The task `bench`: what a page costs here and in other systems, on one text in one run. The measuring is `bench/peers.py`.

use std::path::PathBuf;

use crate::editions;
use crate::faults::{Faults, Outcome};
use crate::process::{command, is_installed, run};
use crate::project::Project;
use crate::tools;

/// The other systems that Debian has: a program of each, and its packages.
const PEERS: [(&str, &[&str]); 4] = [
    (
        "xelatex",
        &[
            "texlive-xetex",
            "texlive-latex-recommended",
            "texlive-lang-arabic",
            "lmodern",
        ],
    ),
    (
        "lualatex",
        &["texlive-luatex", "texlive-latex-recommended", "texlive-lang-arabic"],
    ),
    ("soffice", &["libreoffice-writer-nogui"]),
    ("chromium", &["chromium"]),
];

/// Those that are Python packages; what WeasyPrint draws with is Debian's.
const PYTHON_PEERS: &str = "weasyprint==70.0 typst==0.15.2";
const DRAWING: [&str; 3] = ["libpango-1.0-0", "libpangoft2-1.0-0", "poppler-utils"];

/// Installs what is missing, builds the release binary and prints the table; `sizes` are numbers of copies of the text.
pub(crate) fn compare(project: &Project, sizes: &[String]) -> Outcome {
    let python = peers(project)?;
    editions::build_binary(project)?;
    let mut python = command(project, python);
    python
        .arg("bench/peers.py")
        .arg(project.qarar())
        .arg(project.root().join("target/bench"))
        .args(sizes);
    run(python.env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// Installs the other systems that are missing. The Python that drives them.
pub(crate) fn peers(project: &Project) -> Result<PathBuf, Faults> {
    let missing: Vec<&str> = PEERS
        .iter()
        .filter(|(program, _)| !is_installed(program))
        .flat_map(|(_, packages)| *packages)
        .copied()
        .collect();
    let venv = project.tools().join("bench");
    if !venv.is_dir() || !missing.is_empty() {
        tools::system_packages(project, &[missing.as_slice(), &DRAWING].concat())?;
    }
    if !venv.is_dir() {
        tools::python_in(project, &venv, PYTHON_PEERS)?;
    }
    Ok(venv.join("bin/python"))
}
