//! The command line of qarar.

fn main() {}
