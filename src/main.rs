//! The command line of qarar.

use std::process::ExitCode;

/// A build makes and drops very many small things, on all cores at once: with the allocator of the C library that is a
/// fifth of its time. Without huge pages, which would double the memory of a short document.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    qarar::cli::run()
}
