//! The warm process: takes inputs from its standard input and gives each to the library.

use std::io::{Read, Write};
use std::process::ExitCode;

use crate::target::{self, Bench};

/// The argument that makes this program a worker.
pub(crate) const FLAG: &str = "--worker";
/// The address space of a worker, in bytes: what `ulimit -v 4000000` leaves.
const MEMORY: u64 = 4_096_000_000;

/// Answers every input by one byte, until there is none left.
pub(crate) fn run(name: &str) -> ExitCode {
    let Some(target) = target::named(name) else {
        return ExitCode::from(2);
    };
    // A limit that cannot be set is one that is already lower.
    let _ = rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY);
    let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
    let Some(bench) = Bench::new() else {
        return ExitCode::from(2);
    };
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout());
    loop {
        let mut length = [0; 4];
        if input.read_exact(&mut length).is_err() {
            return ExitCode::SUCCESS;
        }
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        if input.read_exact(&mut bytes).is_err() {
            return ExitCode::SUCCESS;
        }
        (target.try_out)(&bench, &bytes);
        if output.write_all(b".").and_then(|()| output.flush()).is_err() {
            return ExitCode::SUCCESS;
        }
    }
}
