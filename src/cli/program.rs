//! How this program is started again, for work in a process of its own.

use std::ffi::OsString;
use std::io;
use std::process::Command;
use std::sync::OnceLock;

/// What starts it where the running program is another one.
static WORDS: OnceLock<Vec<OsString>> = OnceLock::new();

/// Names the program where the running one is another, as it is Python that has qarar as a module: its path, and the arguments
/// that stand before those of a command. What was named first stays.
pub fn set_program(words: Vec<OsString>) {
    // A second one is of the same module.
    let _ = WORDS.set(words);
}

/// This program with a command.
pub(super) fn command(name: &str) -> io::Result<Command> {
    let mut command = match WORDS.get().and_then(|words| words.split_first()) {
        Some((program, before)) => {
            let mut command = Command::new(program);
            command.args(before);
            command
        }
        None => Command::new(std::env::current_exe()?),
    };
    command.arg(name);
    Ok(command)
}
