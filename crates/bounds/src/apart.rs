//! Work in a process of its own, on input that may bring a process down: a stack that overflows, memory that is used up and
//! a loop without an end cannot be caught inside of a process, but they end nothing else when the process is another one.

use std::io::{self, Read};
use std::process::{Child, ExitStatus};

use crate::bounded::size;

/// Why a process did not finish its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Downfall {
    /// It asked for more memory than it may have, in bytes.
    #[error("it needs more than {} of memory", size(*.0))]
    Memory(usize),
    /// Its stack overflowed.
    #[error("it nests too deep")]
    Depth,
    /// It took longer than it may, in seconds.
    #[error("it takes longer than {0} seconds")]
    Time(usize),
    /// Something else ended it.
    #[error("a library that works on it fails")]
    Fault,
}

impl Downfall {
    /// Why a process ended that said this on its standard error and could have so much memory, in bytes. The words are those
    /// of the standard library of Rust, which has no other way to tell.
    pub fn of(said: &str, memory: usize) -> Self {
        if said.contains("has overflowed its stack") {
            Self::Depth
        } else if said.contains("memory allocation of") || said.contains("capacity overflow") {
            Self::Memory(memory)
        } else {
            Self::Fault
        }
    }
}

/// Bounds this process: its address space in bytes, its time on all processors together in seconds, and no core is written
/// when it falls. A bound that is lower already stays.
pub fn bound_this_process(memory: usize, seconds: Option<usize>) {
    #[cfg(unix)]
    {
        use rlimit::{Resource, getrlimit, setrlimit};
        let lower = |resource, most: usize| {
            // Where the system has no such bound the time that others wait for this process is one still.
            if let Ok((soft, hard)) = getrlimit(resource) {
                let most = (most as u64).min(soft).min(hard);
                let _ = setrlimit(resource, most, most);
            }
        };
        lower(Resource::AS, memory);
        lower(Resource::CORE, 0);
        if let Some(seconds) = seconds {
            lower(Resource::CPU, seconds);
        }
    }
    #[cfg(not(unix))]
    let _ = (memory, seconds);
}

/// How much of what a process says on its standard error is kept.
const SAID_MOST: u64 = 16 << 20;

/// Reads what a process says on its standard error until it ends, however much it is; the start is kept.
pub fn heard(pipe: impl Read) -> Vec<u8> {
    let mut said = Vec::new();
    let mut pipe = pipe;
    // What cannot be read was not said.
    let _ = pipe.by_ref().take(SAID_MOST).read_to_end(&mut said);
    let _ = io::copy(&mut pipe, &mut io::sink());
    said
}

/// Ends a process that is not waited for any longer.
///
/// # Errors
/// When the system does not tell how it ended.
pub fn end(child: &mut Child) -> io::Result<ExitStatus> {
    // It may have ended by itself.
    let _ = child.kill();
    child.wait()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_process_says_last_tells_why_it_fell() {
        let why = |said| Downfall::of(said, 2 << 30).to_string();
        assert_eq!(
            why("thread 'main' (7) has overflowed its stack\nfatal runtime error: stack overflow, aborting"),
            "it nests too deep"
        );
        assert_eq!(
            why("memory allocation of 18000000000000 bytes failed"),
            "it needs more than 2 GB of memory"
        );
        assert_eq!(why(""), "a library that works on it fails");
    }
}
