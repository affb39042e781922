//! The command line: arguments, progress, exit codes. It knows nothing of how an edition is made.
//!
//! A command is a file of its own here and a line in [`Command`].

mod answer;
mod build;
mod check;
mod compare;
mod documents;
mod drawing;
mod guard;
mod init;
mod inspect;
mod languages;
mod layout;
mod making;
mod manual;
mod options;
mod outcome;
mod output;
mod panics;
mod plans;
mod print;
mod program;
mod progress;
mod report;
mod setting_args;
mod sides;
mod unverified;
mod verify;
mod version;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use outcome::Outcome;

use crate::diagnostic::Diagnostics;

pub use answer::{Answer, answer, downfall};
pub use drawing::draw;
pub use program::set_program;

/// Print-ready Arabic, English and bilingual editions of official documents, from one source.
#[derive(Debug, Parser)]
#[command(version, about, long_about = LONG_ABOUT, after_help = AFTER_HELP, arg_required_else_help = true)]
#[command(disable_version_flag = true)]
struct Arguments {
    /// Print the version; with `--verbose` what the program is made of
    #[arg(short = 'V', long)]
    version: bool,
    /// With `--version`: the libraries and the fonts in the program
    #[arg(short, long, requires = "version")]
    verbose: bool,
    /// A folder of kinds of documents, beside those of the document and of the program: a folder a kind
    #[arg(long, global = true, value_name = "DIR")]
    kind_path: Vec<PathBuf>,
    /// The `house.toml` of all documents: paper, letters, heads and feet of an organization
    #[arg(long, global = true, value_name = "FILE")]
    house: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

const LONG_ABOUT: &str = "\
Print-ready Arabic, English and bilingual editions of official documents, from one source.

A document is a folder: `document.toml` says what is true in every language, `ar.md`, `en.md` … are its text.";

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 the input is at fault, 2 the command line is, 3 qarar itself is: it fails, or an edition does not
come back from its PDF as it is written; 4 the answer could not be written whole.

Examples:
  qarar init documents/first             write a new document
  qarar check documents/a-res-61-180     tell every fault of a document
  qarar build documents/a-res-61-180     write output/a-res-61-180/ar.pdf, en.pdf, ar-en.pdf
  qarar build                            the same for every document below documents/";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a new document, which builds at once
    Init(init::Init),
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
    /// Print what the program holds: template, kinds, languages, schemas, fonts
    Print(print::Print),
    /// Print what a shell needs to complete the command line
    Completions(manual::Completions),
    /// Write manual pages
    Man(manual::Man),
    /// Give files their names for another process of qarar
    #[command(name = output::KEEPER, hide = true)]
    KeepFiles,
    /// Draw pages for another process of qarar
    #[command(name = drawing::COMMAND, hide = true)]
    DrawPages,
    /// Answer another process of qarar, with a template or fonts of somebody's own
    #[command(name = answer::COMMAND, hide = true)]
    Answer {
        /// What is asked
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Answer what is asked on standard input, a line a question, until it ends
    #[command(name = answer::COMMAND_OF_MANY, hide = true)]
    Answers,
    /// Run a command with a template or fonts of somebody's own for another process of qarar
    #[command(name = guard::COMMAND, hide = true)]
    Guarded {
        /// The arguments of the command
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

impl Command {
    /// The template and the fonts of the user's own that it works with, in words.
    fn suspects(&self) -> Option<String> {
        match self {
            Self::Build(build) => build.setting().suspects(),
            Self::Layout(layout) => layout.setting().suspects(),
            Self::Compare(compare) => compare.setting().suspects(),
            Self::Inspect(inspect) => inspect.setting().suspects(),
            Self::Check(check) => setting_args::in_words(None, check.font_path()),
            Self::Verify(verify) => setting_args::in_words(None, verify.font_path()),
            Self::Init(_) | Self::Print(_) | Self::Completions(_) | Self::Man(_) => None,
            Self::KeepFiles | Self::DrawPages | Self::Answer { .. } | Self::Answers | Self::Guarded { .. } => None,
        }
    }

    /// Its name and how it tells of faults.
    fn form(&self) -> (&'static str, report::Form) {
        match self {
            Self::Build(build) => ("build", build.message_format()),
            Self::Check(check) => ("check", check.message_format()),
            Self::Layout(layout) => ("layout", layout.message_format()),
            Self::Compare(compare) => ("compare", compare.message_format()),
            Self::Verify(verify) => ("verify", verify.message_format()),
            Self::Inspect(inspect) => ("inspect", inspect.message_format()),
            _ => ("", report::Form::Full),
        }
    }

    fn run(&self) -> Outcome {
        match self {
            Self::Build(build) => build.run(),
            Self::Check(check) => check.run(),
            Self::Layout(layout) => layout.run(),
            Self::Compare(compare) => compare.run(),
            Self::Verify(verify) => verify.run(),
            Self::Inspect(inspect) => inspect.run(),
            Self::Init(init) => init.run(),
            Self::Print(print) => print.run(),
            Self::Completions(completions) => completions.run(),
            Self::Man(man) => man.run(),
            Self::KeepFiles => {
                output::keep();
                Outcome::Done
            }
            // Whoever asked for it sees that the answer is not whole.
            Self::DrawPages => crate::layout::serve_drawing().map_or(Outcome::Fault, |()| Outcome::Done),
            Self::Answers => answer::serve_many().map_or(Outcome::Fault, |()| Outcome::Done),
            Self::Answer { .. } | Self::Guarded { .. } => Outcome::Fault,
        }
    }
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    ExitCode::from(run_as(&arguments))
}

/// Runs a command line, the name of the program first, and gives the exit code.
pub fn run_as(arguments: &[OsString]) -> u8 {
    panics::quiet();
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => match options::unknown(&error) {
            Some(fault) => return Outcome::from(fault).tell(),
            None => return told(&error),
        },
    };
    crate::source::kind_paths(&parsed.kind_path);
    crate::source::house_file(parsed.house.as_deref());
    if parsed.version {
        report::say(version::told(parsed.verbose).trim_end());
        return Outcome::Done.tell();
    }
    let Some(command) = parsed.command else {
        let missing = clap::error::ErrorKind::MissingSubcommand;
        return told(&Arguments::command().error(missing, "no command is named"));
    };
    match &command {
        Command::Guarded { arguments: inner } => {
            let line = arguments.iter().take(1).chain(inner);
            let Ok(parsed) = Arguments::try_parse_from(line) else {
                return Outcome::Fault.tell();
            };
            crate::source::kind_paths(&parsed.kind_path);
            crate::source::house_file(parsed.house.as_deref());
            let Some(command) = parsed.command else {
                return Outcome::Fault.tell();
            };
            let (name, form) = command.form();
            report::begin(name, form);
            let suspects = command.suspects().unwrap_or_default();
            return guard::serve(suspects, guard::tell_late, move || finish(&command));
        }
        Command::Answer { arguments } => return answer::serve(arguments),
        _ => {}
    }
    let (name, form) = command.form();
    report::begin(name, form);
    // Where no second process can be started this one does the work.
    let after_name = arguments.get(1..).unwrap_or_default();
    let guarded = command
        .suspects()
        .and_then(|suspects| guard::run(after_name, &suspects).ok());
    guarded.unwrap_or_else(|| finish(&command))
}

/// Tells what clap has to say: help, or a fault of the command line.
fn told(error: &clap::Error) -> u8 {
    // A closed pipe is no reason to fail.
    let _ = error.print();
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// Runs a command and tells how it ended.
fn finish(command: &Command) -> u8 {
    let outcome = panics::caught(|| command.run());
    let outcome = outcome.unwrap_or_else(|panic| {
        let suspects = command.suspects();
        let fault = panic.told("the command is not finished", suspects.as_deref());
        report::tell(&Diagnostics::from(fault), report::Form::Full);
        match suspects {
            Some(_) => Outcome::Fault,
            None => Outcome::OwnFault,
        }
    });
    outcome.tell()
}
