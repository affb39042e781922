//! The development tasks of qarar: `cargo xtask TASK`.
//!
//! Without a task every one is listed. `cargo xtask test` is the whole test run, and what CI runs; the other tasks are
//! its single steps and the two that renew what is committed: `output` and `extraction --raise`.

#![expect(clippy::print_stdout, reason = "what a task prints is its result")]

mod architecture;
mod bench;
mod editions;
mod extraction;
mod faults;
mod fuzz;
mod generate;
mod hash;
mod lines;
mod pictures;
mod process;
mod project;
mod release;
mod report;
mod site;
mod suite;
mod text;
mod third_party;
mod tools;
mod verapdf;
mod wheel;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use faults::{Faults, Outcome};
use project::Project;

/// A task of the command line.
struct Task {
    name: &'static str,
    /// What may follow the name.
    arguments: &'static str,
    purpose: &'static str,
    run: fn(&Project, &[String]) -> Outcome,
}

const TASKS: [Task; 21] = [
    Task {
        name: "test",
        arguments: "",
        purpose: "install what is missing, then run every step, with a summary",
        run: |project, arguments| {
            none(arguments)?;
            suite::run(project)
        },
    },
    Task {
        name: "step",
        arguments: "NAME",
        purpose: "run one step of the test run",
        run: suite::step,
    },
    Task {
        name: "tools",
        arguments: "",
        purpose: "install the foreign programs and libraries that the tests use, into .tools",
        run: |project, arguments| {
            none(arguments)?;
            tools::install(project)
        },
    },
    Task {
        name: "architecture",
        arguments: "",
        purpose: "check that no stage imports a later one, and tell large circles of files",
        run: |project, arguments| {
            none(arguments)?;
            architecture::check(project)
        },
    },
    Task {
        name: "advisories",
        arguments: "",
        purpose: "fetch RustSec's database and check that no crate has an advisory that deny.toml does not name",
        run: |project, arguments| {
            none(arguments)?;
            tools::install(project)?;
            tools::advisories(project)
        },
    },
    Task {
        name: "release",
        arguments: "",
        purpose: "build the program that is given away, the same bytes in any folder, and print its hash",
        run: |project, arguments| {
            none(arguments)?;
            release::release(project)
        },
    },
    Task {
        name: "sbom",
        arguments: "",
        purpose: "write what the program is made of beside it, crates and fonts: CycloneDX, JSON",
        run: |project, arguments| {
            none(arguments)?;
            third_party::sbom(project)
        },
    },
    Task {
        name: "notices",
        arguments: "",
        purpose: "write the licences of all that it is made of beside it",
        run: |project, arguments| {
            none(arguments)?;
            third_party::notices(project)
        },
    },
    Task {
        name: "wheel",
        arguments: "",
        purpose: "make the wheel of Python, and try it without Rust: the command, the module, tests/python",
        run: |project, arguments| {
            none(arguments)?;
            wheel::wheel(project)
        },
    },
    Task {
        name: "output",
        arguments: "",
        purpose: "build every document into output/: renews the committed editions",
        run: |project, arguments| {
            none(arguments)?;
            editions::renew_output(project)
        },
    },
    Task {
        name: "editions",
        arguments: "",
        purpose: "build every document twice and compare the bytes with output/ and with each other",
        run: |project, arguments| {
            none(arguments)?;
            editions::check(project)
        },
    },
    Task {
        name: "verapdf",
        arguments: "[FOLDER]",
        purpose: "let veraPDF judge every edition by PDF/A-2a and PDF/UA-1",
        run: |project, arguments| {
            tools::install(project)?;
            let folder = editions_in(project, arguments)?;
            if arguments.is_empty() {
                verapdf::check_every_layout(project)
            } else {
                verapdf::check(project, &folder)
            }
        },
    },
    Task {
        name: "text",
        arguments: "[FOLDER]",
        purpose: "check page by page what tests/pdf/NAME.toml wants of the text of each edition",
        run: |project, arguments| {
            tools::install(project)?;
            text::check(project, &editions_in(project, arguments)?)
        },
    },
    Task {
        name: "extraction",
        arguments: "[--raise] [FOLDER]",
        purpose: "measure what seven readers get out of each edition; --raise lifts the floors",
        run: |project, arguments| {
            let raise = arguments.first().is_some_and(|argument| argument == "--raise");
            tools::install(project)?;
            let folder = editions_in(project, &arguments[usize::from(raise)..])?;
            extraction::check(project, &folder, raise)
        },
    },
    Task {
        name: "report",
        arguments: "",
        purpose: "validate layouts by their schema, and try the report of a comparison in Chromium",
        run: |project, arguments| {
            none(arguments)?;
            tools::install(project)?;
            report::check(project)
        },
    },
    Task {
        name: "pictures",
        arguments: "",
        purpose: "renew the pictures of the gallery, docs/pictures/gallery, from documents",
        run: |project, arguments| {
            none(arguments)?;
            pictures::renew(project)
        },
    },
    Task {
        name: "site",
        arguments: "",
        purpose: "make the guides a site, in English and Arabic, and look that no link of it is broken",
        run: |project, arguments| {
            none(arguments)?;
            site::build(project)
        },
    },
    Task {
        name: "fuzz",
        arguments: "[TARGET [SECONDS [SEED]]]",
        purpose: "spoil sources, templates, fonts, PDFs, layouts on purpose, and keep what brings qarar down",
        run: fuzz::run,
    },
    Task {
        name: "generate",
        arguments: "[COUNT] [SEED]",
        purpose: "build documents that are made up and damaged ones, 10000 of each: what check passes, build builds",
        run: generate::generate,
    },
    Task {
        name: "lines",
        arguments: "[FILE.pdf …]",
        purpose: "measure how lines of PDFs are filled: of one text set here and by other typesetters, or of FILEs",
        run: lines::measure,
    },
    Task {
        name: "bench",
        arguments: "[COPIES …]",
        purpose: "install other typesetters and compare what a page costs; COPIES of the text, of five pages each",
        run: bench::compare,
    },
];

/// The folder NAME/*.pdf that a judge was asked to look at; without one the editions are built first.
fn editions_in(project: &Project, arguments: &[String]) -> Result<PathBuf, Faults> {
    match arguments {
        [] => editions::build(project),
        // The programs that read it are run in the root of the project.
        [folder] if !folder.starts_with('-') => {
            std::path::absolute(folder).map_err(|error| Faults::file(Path::new(folder), &error))
        }
        [argument, ..] => Err(Faults::one(format!("{argument} is not understood here"))),
    }
}

fn none(arguments: &[String]) -> Outcome {
    match arguments.first() {
        None => Ok(()),
        Some(argument) => Err(Faults::one(format!("{argument} is not understood here"))),
    }
}

fn list() {
    println!("cargo xtask TASK\n");
    for task in &TASKS {
        let call = format!("{} {}", task.name, task.arguments);
        println!("  {call:<29} {}", task.purpose);
    }
    println!("\nFOLDER holds editions as NAME/*.pdf; without it they are built first.");
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        list();
        return ExitCode::SUCCESS;
    };
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        eprintln!("xtask: there is no task {name}\n");
        list();
        return ExitCode::from(2);
    };
    match Project::find().and_then(|project| (task.run)(&project, rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            faults.print();
            ExitCode::FAILURE
        }
    }
}
