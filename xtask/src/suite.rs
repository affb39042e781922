//! The whole test run: every step with its heading and time, and a summary. A step that fails does not stop the others.

use std::time::{Duration, Instant};

use crate::faults::{Faults, Outcome};
use crate::process::{self, cargo, command};
use crate::project::Project;
use crate::{architecture, editions, extraction, fuzz, report, site, text, third_party, tools, verapdf, wheel};

/// A step of the test run.
struct Step {
    name: &'static str,
    heading: &'static str,
    /// Whether there is nothing to do when the editions could not be built.
    needs_editions: bool,
    run: fn(&Project) -> Outcome,
}

/// Everything is compiled with the release profile: debug builds of the typesetter would be a second compilation of
/// three hundred crates, and the binary under test is the release one.
const STEPS: [Step; 14] = [
    Step {
        name: "tools",
        heading: "foreign programs and libraries",
        needs_editions: false,
        run: tools::install,
    },
    Step {
        name: "format",
        heading: "cargo fmt",
        needs_editions: false,
        run: |project| process::run(&mut cargo(project, &["fmt", "--all", "--check"])),
    },
    Step {
        name: "clippy",
        heading: "cargo clippy, warnings denied",
        needs_editions: false,
        run: |project| {
            let arguments = [
                "clippy",
                "--release",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ];
            process::run(&mut cargo(project, &arguments))
        },
    },
    Step {
        name: "architecture",
        heading: "imports against the floors of docs/architecture.md",
        needs_editions: false,
        run: architecture::check,
    },
    Step {
        name: "tests",
        heading: "cargo test",
        needs_editions: false,
        run: |project| {
            let mut tests = cargo(project, &["test", "--release", "--workspace", "--no-fail-fast"]);
            // Properties are tried on the same cases every time, so that a run that fails fails again; without this
            // variable `cargo test` tries others every time.
            process::run(tests.env("PROPTEST_RNG_SEED", "61180"))
        },
    },
    Step {
        name: "licences",
        heading: "cargo deny: licences, banned crates, sources; the fonts by their hashes",
        needs_editions: false,
        run: |project| {
            let deny = project.tools().join("bin/cargo-deny");
            process::run(command(project, deny).args(["--workspace", "check", "licenses", "bans", "sources"]))?;
            third_party::hold_fonts(project)
        },
    },
    Step {
        name: "editions",
        heading: "editions against output/, and built twice",
        needs_editions: false,
        run: editions::check,
    },
    Step {
        name: "verapdf",
        heading: "veraPDF: PDF/A-2a and PDF/UA-1",
        needs_editions: true,
        run: verapdf::check_every_layout,
    },
    Step {
        name: "text",
        heading: "text of the pages against tests/pdf",
        needs_editions: true,
        run: |project| text::check(project, &project.built_editions()),
    },
    Step {
        name: "extraction",
        heading: "text that seven readers get, against the floors",
        needs_editions: true,
        run: |project| extraction::check(project, &project.built_editions(), false),
    },
    Step {
        name: "report",
        heading: "layouts by their schema, the report of a comparison in Chromium",
        needs_editions: false,
        run: report::check,
    },
    Step {
        name: "wheel",
        heading: "the wheel of Python: made, tried without Rust, tests/python; the workflow that makes releases",
        needs_editions: false,
        run: wheel::wheel,
    },
    Step {
        name: "site",
        heading: "the guides as a site, without a link that leads nowhere",
        needs_editions: false,
        run: site::build,
    },
    Step {
        name: "fuzz",
        heading: "spoiled input: document.toml and layouts",
        needs_editions: false,
        run: fuzz::steady,
    },
];

/// How a step ended; `None` where it was skipped.
struct Ending {
    name: &'static str,
    took: Duration,
    outcome: Option<Outcome>,
}

/// The task `test`. The last line printed is `N passed, N failed`, with `, N skipped` where there are any.
pub(crate) fn run(project: &Project) -> Outcome {
    editions::forget(project)?;
    let start = Instant::now();
    let endings: Vec<Ending> = STEPS
        .iter()
        .enumerate()
        .map(|(place, step)| take(project, place + 1, step))
        .collect();
    let failed = summarize(&endings, start.elapsed());
    if failed == 0 { Ok(()) } else { Err(Faults::told()) }
}

fn take(project: &Project, place: usize, step: &Step) -> Ending {
    println!("\n== {place}/{} {}: {}", STEPS.len(), step.name, step.heading);
    let start = Instant::now();
    let outcome = if step.needs_editions && !project.built_editions().is_dir() {
        println!("skipped: the editions could not be built");
        None
    } else {
        Some((step.run)(project))
    };
    let took = start.elapsed();
    match &outcome {
        Some(Err(faults)) => {
            faults.print();
            println!("-- {} failed after {:.1} s", step.name, took.as_secs_f64());
        }
        Some(Ok(())) => println!("-- {} passed in {:.1} s", step.name, took.as_secs_f64()),
        None => {}
    }
    Ending {
        name: step.name,
        took,
        outcome,
    }
}

/// Prints the summary; the number of steps that failed.
fn summarize(endings: &[Ending], took: Duration) -> usize {
    println!("\n== summary, {:.1} s", took.as_secs_f64());
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for ending in endings {
        let seconds = ending.took.as_secs_f64();
        let name = ending.name;
        match &ending.outcome {
            Some(Ok(())) => {
                passed += 1;
                println!("   passed   {name:<12} {seconds:7.1} s");
            }
            Some(Err(faults)) => {
                failed += 1;
                println!("   FAILED   {name:<12} {seconds:7.1} s   faults: {}", faults.count());
            }
            None => {
                skipped += 1;
                println!("   skipped  {name}");
            }
        }
    }
    let skipped = if skipped == 0 {
        String::new()
    } else {
        format!(", {skipped} skipped")
    };
    println!("{passed} passed, {failed} failed{skipped}");
    failed
}
