//! The task `generate`: many documents that nobody wrote are built. The making and trying is `tests/suite/generated.rs`.

use crate::faults::{Faults, Outcome};
use crate::process::{cargo, run};
use crate::project::Project;

/// How many documents of each kind are made unless another number is asked for.
const COUNT: u64 = 10_000;

/// Tries so many made up and so many damaged documents of a seed.
pub(crate) fn generate(project: &Project, arguments: &[String]) -> Outcome {
    let number = |at: usize, usual: u64| match arguments.get(at) {
        None => Ok(usual),
        Some(written) => written
            .parse()
            .map_err(|_| Faults::one(format!("{written} is no number: cargo xtask generate [COUNT] [SEED]"))),
    };
    let (count, seed): (u64, u64) = (number(0, COUNT)?, number(1, 1)?);
    if let Some(argument) = arguments.get(2) {
        return Err(Faults::one(format!("{argument} is not understood here")));
    }
    // One after the other, since each uses all cores, and with what they print.
    let mut test = cargo(
        project,
        &[
            "test",
            "--release",
            "--test",
            "suite",
            "generated::",
            "--",
            "--nocapture",
            "--test-threads=1",
        ],
    );
    test.env("QARAR_GENERATE", count.to_string());
    run(test.env("QARAR_SEED", seed.to_string()))
}
