//! Hashes of files, by the program `sha256sum`, or `shasum` where that is.

use std::path::Path;

use crate::faults::{Faults, Outcome};
use crate::process::{command, is_installed, output};
use crate::project::Project;

/// The SHA-256 of a file, in hexadecimal digits.
pub(crate) fn sha256_of(project: &Project, file: &Path) -> Result<String, Faults> {
    let said = if is_installed("sha256sum") {
        output(command(project, "sha256sum").arg("--").arg(file))?
    } else {
        output(command(project, "shasum").args(["-a", "256", "--"]).arg(file))?
    };
    // A backslash stands before it where the name of the file has something escaped.
    let hash = said.trim_start_matches('\\').split_whitespace().next();
    hash.map(str::to_owned)
        .ok_or_else(|| Faults::one(format!("no hash of {}", file.display())))
}

/// Holds a file against the hash that it must have.
pub(crate) fn hold(project: &Project, file: &Path, expected: &str) -> Outcome {
    let found = sha256_of(project, file)?;
    if found == expected {
        return Ok(());
    }
    Err(Faults::one(format!(
        "{} is not what it must be: its SHA-256 is {found}, expected {expected}; \
         take the file away and find out who changed it before you change the hash",
        file.display()
    )))
}

#[cfg(test)]
mod tests {
    use super::{hold, sha256_of};
    use crate::project::Project;

    /// If it fails, a font or a program that somebody changed on its way is taken for the right one.
    #[test]
    fn a_changed_file_is_told_with_both_hashes() {
        let Ok(project) = Project::find() else {
            panic!("tests are run by Cargo")
        };
        let file = project.root().join("fonts/amiri/Amiri-Regular.ttf");
        let found = sha256_of(&project, &file).unwrap_or_default();
        assert!(hold(&project, &file, &found).is_ok());
        let fault = hold(&project, &file, "0000").err().map(crate::faults::Faults::into_vec);
        let fault = fault.unwrap_or_default().concat();
        assert!(
            fault.contains(&found) && fault.contains("0000") && fault.contains("Amiri-Regular.ttf"),
            "{fault}"
        );
    }

    #[test]
    fn the_fonts_have_their_hashes() {
        let Ok(project) = Project::find() else {
            panic!("tests are run by Cargo")
        };
        assert!(crate::third_party::hold_fonts(&project).is_ok());
    }
}
