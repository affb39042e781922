//! The crates of the workspace and what they need of each other.

use std::path::Path;

use super::floors::Floors;
use crate::faults::Faults;

/// The crate that stands at the top of the repository.
const LIBRARY: &str = "qarar";

/// The folders below `crates`, in the order of their names.
pub(super) fn names(root: &Path) -> Result<Vec<String>, Faults> {
    let folder = root.join("crates");
    let entries = std::fs::read_dir(&folder).map_err(|error| Faults::file(&folder, &error))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}

/// Crates that the drawing lacks, that the tree lacks, or that need one which the drawing has above or beside them.
pub(super) fn out_of_order(root: &Path, order: &Floors) -> Result<Vec<String>, Faults> {
    let mut faults = Vec::new();
    let mut all = names(root)?;
    all.push(LIBRARY.to_owned());
    for name in order.stages() {
        if !all.iter().any(|other| other == name) {
            faults.push(format!(
                "docs/architecture.md draws the crate `{name}`, which is not in crates"
            ));
        }
    }
    for name in &all {
        let Some(floor) = order.of(name) else {
            faults.push(format!("crates/{name} is not drawn in docs/architecture.md"));
            continue;
        };
        for needed in needed(root, name)? {
            if order.of(&needed) >= Some(floor) {
                faults.push(format!(
                    "the crate `{name}` needs `{needed}`, which docs/architecture.md has above or beside it"
                ));
            }
        }
    }
    Ok(faults)
}

/// The crates of the workspace that a crate needs, by the names of their folders.
fn needed(root: &Path, name: &str) -> Result<Vec<String>, Faults> {
    let manifest = match name {
        LIBRARY => root.join("Cargo.toml"),
        name => root.join("crates").join(name).join("Cargo.toml"),
    };
    let text = std::fs::read_to_string(&manifest).map_err(|error| Faults::file(&manifest, &error))?;
    let names = text.lines().filter_map(|line| line.strip_suffix(".workspace = true"));
    let ours = names.filter_map(|name| match name {
        LIBRARY => Some(LIBRARY),
        name => name.strip_prefix("qarar-"),
    });
    Ok(ours.map(str::to_owned).collect())
}
