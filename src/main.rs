//! The command line of qarar.

use std::process::ExitCode;

fn main() -> ExitCode {
    qarar::cli::run()
}
