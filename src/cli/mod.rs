//! The command line: arguments, progress, exit codes. It knows nothing of how an edition is made.
//!
//! A command is a file of its own here and a line in [`Command`].

mod build;
mod check;
mod compare;
mod documents;
mod house;
mod inspect;
mod layout;
mod outcome;
mod output;
mod plans;
mod report;
mod sides;
mod unverified;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use outcome::Outcome;

/// Print-ready Arabic, English and bilingual editions of official documents, from one source.
#[derive(Debug, Parser)]
#[command(version, about, long_about = LONG_ABOUT, after_help = AFTER_HELP, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const LONG_ABOUT: &str = "\
Print-ready Arabic, English and bilingual editions of official documents, from one source.

A document is a folder: `document.toml` says what is true in every language, `ar.md`, `en.md` … are its text.";

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 the input is at fault, 2 the command line is, 3 qarar itself is: an edition does not come back from
its PDF as it is written; 4 the answer could not be written whole.

Examples:
  qarar check documents/a-res-61-180     tell every fault of a document
  qarar build documents/a-res-61-180     write output/a-res-61-180/ar.pdf, en.pdf, ar-en.pdf
  qarar build                            the same for every document below documents/";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the editions of documents
    Build(build::Build),
    /// Tell every fault of documents, without writing anything
    Check(check::Check),
    /// Write the layout of documents as JSON, to be compared with
    Layout(layout::Layout),
    /// Compare a layout with a reference
    Compare(compare::Compare),
    /// Tell what readers get out of a PDF, against its source
    Verify(verify::Verify),
    /// Tell what was done with the lines of an edition: runs, levels, joints, elongations, spaces
    Inspect(inspect::Inspect),
    /// Give files their names for another process of qarar
    #[command(name = output::KEEPER, hide = true)]
    KeepFiles,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Build(build) => build.run(),
        Command::Check(check) => check.run(),
        Command::Layout(layout) => layout.run(),
        Command::Compare(compare) => compare.run(),
        Command::Verify(verify) => verify.run(),
        Command::Inspect(inspect) => inspect.run(),
        Command::KeepFiles => {
            output::keep();
            Outcome::Done
        }
    };
    outcome.tell()
}
