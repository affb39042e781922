//! Running other programs.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::faults::{Faults, Outcome};
use crate::project::Project;

/// A program to be run in the root of the project, without standard input.
pub(crate) fn command(project: &Project, program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(project.root()).stdin(Stdio::null());
    command
}

/// The Cargo that runs xtask.
pub(crate) fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut command = command(project, cargo);
    command.args(arguments);
    command
}

/// Runs a program that speaks for itself: what it prints is shown, and an exit code other than 0 is a fault.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let line = shown(command);
    println!("$ {line}");
    // The program writes to the same stream, past the buffer of this one.
    let _ = std::io::stdout().flush();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Faults::one(format!("`{line}` ended with {status}"))),
        Err(error) => Err(Faults::one(format!("`{line}` could not be started: {error}"))),
    }
}

/// Runs a program for its standard output. What it says on standard error is told when it fails.
pub(crate) fn output(command: &mut Command) -> Result<String, Faults> {
    let line = shown(command);
    match command.output() {
        Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(Faults::one(format!(
                "`{line}` ended with {}\n{}",
                output.status,
                said.trim()
            )))
        }
        Err(error) => Err(Faults::one(format!("`{line}` could not be started: {error}"))),
    }
}

/// Runs a program whose exit code is no matter: its standard output and standard error.
pub(crate) fn both_outputs(command: &mut Command) -> Result<(String, String), Faults> {
    let line = shown(command);
    let output = command
        .output()
        .map_err(|error| Faults::one(format!("`{line}` could not be started: {error}")))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&output.stdout), text(&output.stderr)))
}

/// Whether a program of this name is in the search path.
pub(crate) fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn shown(command: &Command) -> String {
    let parts = std::iter::once(command.get_program()).chain(command.get_args());
    parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
