//! Spoiled input: builds the program and the one that spoils, and runs them (`fuzz/`).

use crate::editions;
use crate::faults::{Faults, Outcome};
use crate::process::{self, command};
use crate::project::Project;

/// How long the test run looks, in seconds, and from which seed, so that a run that fails fails again.
const USUAL: [&str; 3] = ["all", "60", "61180"];

/// The task `fuzz [TARGET [SECONDS [SEED]]]`.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Outcome {
    editions::build_binary(project)?;
    let program = project.qarar().with_file_name("qarar-fuzz");
    let mut fuzz = command(project, program);
    fuzz.arg("--qarar").arg(project.qarar());
    for (place, usual) in USUAL.iter().enumerate() {
        fuzz.arg(arguments.get(place).map_or(*usual, String::as_str));
    }
    if arguments.len() > USUAL.len() {
        return Err(Faults::one("fuzz takes a target, seconds and a seed"));
    }
    process::run(&mut fuzz)
}

/// What the test run looks at: the targets of which no fault is known. The others are looked at by `cargo xtask fuzz`.
const STEADY: [&str; 4] = ["source", "toml", "pdf", "layout"];

/// The step of the test run: a minute for the targets that are to stay without a fault, after the files of `tests/corpus/`.
pub(crate) fn steady(project: &Project) -> Outcome {
    STEADY.iter().try_for_each(|target| {
        let arguments = [*target, "15", USUAL[2]].map(str::to_owned);
        run(project, &arguments)
    })
}
