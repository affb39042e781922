//! The program `qarar`, run as a user would, also under limits of memory and time.

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// The program with its arguments, in a folder.
pub(crate) fn qarar(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qarar"));
    command.args(arguments).current_dir(folder);
    command
}

/// The number that it ended with.
pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("an end without a signal")
}

/// What it said of faults.
pub(crate) fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// How a command ended that had 4 GB of address space and 20 s of a processor.
#[derive(Debug)]
pub(crate) struct Ended {
    /// None where a signal ended it.
    pub(crate) code: Option<i32>,
    /// All that it said, without the breaks of its lines.
    pub(crate) said: String,
    /// How long it ran, which is more than it worked where others work too.
    pub(crate) time: Duration,
}

/// Runs the program under the limits.
pub(crate) fn limited(folder: &Path, arguments: &[&str]) -> Ended {
    let start = Instant::now();
    let output = Command::new("sh")
        .args(["-c", "ulimit -c 0; ulimit -v 4000000; ulimit -t 20; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_qarar"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("sh is there");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    Ended {
        code: output.status.code(),
        said: said.split_whitespace().collect::<Vec<_>>().join(" "),
        time: start.elapsed(),
    }
}

impl Ended {
    /// What is wrong with it, if anything.
    pub(crate) fn fault(&self, name: &str, expected: i32, message: &str) -> Option<String> {
        let raw = [
            "panicked at",
            "RUST_BACKTRACE",
            "fatal runtime error",
            "memory allocation of",
        ];
        let is_right = self.code == Some(expected)
            && self.said.contains(message)
            && !raw.iter().any(|words| self.said.contains(words))
            && self.time < Duration::from_secs(60);
        let said: String = self.said.chars().take(600).collect();
        (!is_right).then(|| format!("{name}: {:?} after {:?}: {said}", self.code, self.time))
    }
}
