//! The task `lines`: how lines are filled, here and in other systems. What measures PDFs is `bench/src`, what sets the texts
//! is `bench/lines.py`.

use crate::bench;
use crate::editions;
use crate::faults::Outcome;
use crate::process::{command, run};
use crate::project::Project;

/// The fonts whose spaces are known, for PDFs that draw none.
const FONTS: [&str; 2] = ["--fonts", "fonts"];

/// Measures PDFs; without any has all systems set the texts of `bench/seeds`, and draws a paragraph of each.
pub(crate) fn measure(project: &Project, files: &[String]) -> Outcome {
    editions::build_binary(project)?;
    let program = project.qarar().with_file_name("qarar-bench");
    if !files.is_empty() {
        return run(command(project, program).args(FONTS).args(files));
    }
    let python = bench::peers(project)?;
    let mut python = command(project, python);
    python.arg("bench/lines.py").arg(project.qarar()).arg(program);
    python.args(["target/bench/lines", "docs/pictures/lines"]);
    run(python.env("PYTHONDONTWRITEBYTECODE", "1"))
}
