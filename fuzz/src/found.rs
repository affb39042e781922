//! Keeps what was found: `fuzz/found/TARGET-SIGNATURE`, and what was told beside it.

use std::path::{Path, PathBuf};

use crate::corpus::root;
use crate::target::Target;
use crate::trial::Wrong;

/// Where an input of this fault is kept.
pub(crate) fn place(target: &Target, signature: &str) -> PathBuf {
    root().join("fuzz/found").join(format!("{}-{signature}", target.name))
}

/// Writes an input and how to try it again.
pub(crate) fn keep(path: &Path, input: &[u8], wrong: &Wrong, number: u64, seed: u64) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, input)?;
    let told = format!("input {number} of seed {seed}\n{}", wrong.told);
    std::fs::write(path.with_extension("txt"), told)
}
