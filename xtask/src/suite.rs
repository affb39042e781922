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
    lane: Lane,
    run: fn(&Project) -> Outcome,
}

/// When a step runs. Most of the later ones wait for one foreign program each, which takes one core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lane {
    /// By itself, one after the other: it compiles, or takes all cores.
    Alone,
    /// After those, one after the other.
    After,
    /// Beside those of `After`; what it prints is held back until it ends.
    Beside,
}

/// Everything is compiled with the release profile: debug builds of the typesetter would be a second compilation of
/// three hundred crates, and the binary under test is the release one.
const STEPS: [Step; 14] = [
    Step {
        name: "tools",
        heading: "foreign programs and libraries",
        needs_editions: false,
        lane: Lane::Alone,
        run: tools::install,
    },
    Step {
        name: "format",
        heading: "cargo fmt",
        needs_editions: false,
        lane: Lane::Alone,
        run: |project| process::run(&mut cargo(project, &["fmt", "--all", "--check"])),
    },
    Step {
        name: "clippy",
        heading: "cargo clippy, warnings denied",
        needs_editions: false,
        lane: Lane::Alone,
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
        lane: Lane::Alone,
        run: architecture::check,
    },
    Step {
        name: "tests",
        heading: "cargo test",
        needs_editions: false,
        lane: Lane::Alone,
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
        lane: Lane::Beside,
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
        lane: Lane::After,
        run: editions::check,
    },
    Step {
        name: "verapdf",
        heading: "veraPDF: PDF/A-2a and PDF/UA-1",
        needs_editions: true,
        lane: Lane::After,
        run: verapdf::check_every_layout,
    },
    Step {
        name: "text",
        heading: "text of the pages against tests/pdf",
        needs_editions: true,
        lane: Lane::After,
        run: |project| text::check(project, &project.built_editions()),
    },
    Step {
        name: "extraction",
        heading: "text that seven readers get, against the floors",
        needs_editions: true,
        lane: Lane::After,
        run: |project| extraction::check(project, &project.built_editions(), false),
    },
    Step {
        name: "report",
        heading: "layouts by their schema, the report of a comparison in Chromium",
        needs_editions: false,
        lane: Lane::Beside,
        run: report::check,
    },
    Step {
        name: "wheel",
        heading: "the wheel of Python: made, tried without Rust, tests/python; the workflow that makes releases",
        needs_editions: false,
        lane: Lane::Alone,
        run: wheel::wheel,
    },
    Step {
        name: "site",
        heading: "the guides as a site, without a link that leads nowhere",
        needs_editions: false,
        lane: Lane::Beside,
        run: site::build,
    },
    Step {
        name: "fuzz",
        heading: "spoiled input: document.toml and layouts",
        needs_editions: false,
        lane: Lane::Beside,
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
    let of_lane = |lane: Lane| (1..).zip(&STEPS).filter(move |(_, step)| step.lane == lane);
    let mut endings: Vec<(usize, Ending)> = Vec::new();
    endings.extend(of_lane(Lane::Alone).map(|(place, step)| (place, take(project, place, step))));
    let beside = || of_lane(Lane::Beside).map(|(place, step)| (place, take_beside(project, place, step)));
    let after = || of_lane(Lane::After).map(|(place, step)| (place, take(project, place, step)));
    let found = std::thread::scope(|scope| {
        let beside = scope.spawn(|| beside().collect::<Vec<_>>());
        let after: Vec<_> = after().collect();
        (after, beside.join())
    });
    endings.extend(found.0);
    match found.1 {
        Ok(beside) => endings.extend(beside),
        Err(panic) => std::panic::resume_unwind(panic),
    }
    endings.sort_by_key(|(place, _)| *place);
    let endings: Vec<Ending> = endings.into_iter().map(|(_, ending)| ending).collect();
    let failed = summarize(&endings, start.elapsed());
    if failed == 0 { Ok(()) } else { Err(Faults::told()) }
}

/// The task `step`: one step of the test run.
pub(crate) fn step(project: &Project, arguments: &[String]) -> Outcome {
    let names = || STEPS.iter().map(|step| step.name).collect::<Vec<_>>().join(", ");
    let [name] = arguments else {
        return Err(Faults::one(format!("step takes the name of one: {}", names())));
    };
    match STEPS.iter().find(|step| step.name == name) {
        Some(step) => (step.run)(project),
        None => Err(Faults::one(format!(
            "there is no step {name}; the steps are {}",
            names()
        ))),
    }
}

/// Takes a step in a process of its own, and prints what it said when it has ended.
fn take_beside(project: &Project, place: usize, step: &Step) -> Ending {
    let start = Instant::now();
    let (said, outcome) = match in_process(project, step) {
        Ok((said, true)) => (said, Ok(())),
        Ok((said, false)) => (
            said,
            Err(Faults::one(format!("the step {} failed: see above", step.name))),
        ),
        Err(faults) => (String::new(), Err(faults)),
    };
    let ending = Ending {
        name: step.name,
        took: start.elapsed(),
        outcome: Some(outcome),
    };
    // In one piece, since the other lane prints as well.
    let heading = heading(place, step);
    println!("{heading}\n{}\n{}", said.trim_end(), ending.told());
    ending
}

/// Runs a step in a process of its own: what it said, and whether it passed.
fn in_process(project: &Project, step: &Step) -> Result<(String, bool), Faults> {
    let path = project.target().join(format!("step-{}.log", step.name));
    let fault = |error: std::io::Error| Faults::file(&path, &error);
    let log = std::fs::File::create(&path).map_err(fault)?;
    // Where a later build has linked xtask again, the system no longer knows its path.
    let program = std::env::current_exe().ok().filter(|program| program.is_file());
    let program = program.unwrap_or_else(|| project.qarar().with_file_name("xtask"));
    let mut command = command(project, program);
    command.args(["step", step.name]);
    command.stderr(log.try_clone().map_err(fault)?).stdout(log);
    let status = command.status().map_err(fault)?;
    let said = std::fs::read(&path).map_err(fault)?;
    Ok((String::from_utf8_lossy(&said).into_owned(), status.success()))
}

fn heading(place: usize, step: &Step) -> String {
    format!("\n== {place}/{} {}: {}", STEPS.len(), step.name, step.heading)
}

fn take(project: &Project, place: usize, step: &Step) -> Ending {
    println!("{}", heading(place, step));
    let start = Instant::now();
    let outcome = if step.needs_editions && !project.built_editions().is_dir() {
        println!("skipped: the editions could not be built");
        None
    } else {
        Some((step.run)(project))
    };
    let ending = Ending {
        name: step.name,
        took: start.elapsed(),
        outcome,
    };
    if let Some(Err(faults)) = &ending.outcome {
        faults.print();
    }
    println!("{}", ending.told());
    ending
}

impl Ending {
    /// How it ended, in a line.
    fn told(&self) -> String {
        let seconds = self.took.as_secs_f64();
        match &self.outcome {
            Some(Ok(())) => format!("-- {} passed in {seconds:.1} s", self.name),
            Some(Err(_)) => format!("-- {} failed after {seconds:.1} s", self.name),
            None => format!("-- {} skipped", self.name),
        }
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
