//! Where things are in the project.

use std::path::{Path, PathBuf};

use crate::faults::Faults;

/// The root of the repository, and the folders that hang from it.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The project that xtask belongs to. Cargo says at run time where that is: a target folder shared by several clones
    /// holds one xtask for all of them.
    pub(crate) fn find() -> Result<Self, Faults> {
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        match xtask.as_deref().and_then(Path::parent) {
            Some(root) => Ok(Project { root: root.to_owned() }),
            None => Err(Faults::one("xtask is run by Cargo: `cargo xtask TASK`")),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The programs and libraries installed for the tests.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// The versions and hashes of what is installed there.
    pub(crate) fn tool_versions(&self) -> PathBuf {
        self.root.join("xtask/tools")
    }

    /// The Python of the tests, with the pinned packages.
    pub(crate) fn python(&self) -> PathBuf {
        self.tools().join("venv/bin/python")
    }

    /// The folder of what is built.
    pub(crate) fn target(&self) -> PathBuf {
        // A relative one hangs from the root: the Cargo that compiles the binary is run there.
        self.root
            .join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
    }

    /// Where the program is built that is given away: its flags would have the other one compiled anew.
    pub(crate) fn distribution(&self) -> PathBuf {
        self.target().join("distribution")
    }

    /// The release binary.
    pub(crate) fn qarar(&self) -> PathBuf {
        self.target().join("release/qarar")
    }

    /// The editions that the test run builds and judges, NAME/*.pdf. They stay there to be looked at.
    pub(crate) fn built_editions(&self) -> PathBuf {
        self.target().join("editions/built")
    }

    /// The editions built a second time, on one thread.
    pub(crate) fn single_threaded_editions(&self) -> PathBuf {
        self.target().join("editions/single-threaded")
    }

    /// Editions in the layouts that are not the usual ones, a folder a layout.
    pub(crate) fn editions_in_layouts(&self) -> PathBuf {
        self.target().join("editions/layouts")
    }

    /// The committed editions.
    pub(crate) fn output(&self) -> PathBuf {
        self.root.join("output")
    }
}

/// The PDFs `FOLDER/NAME/EDITION.pdf`, as `(NAME, EDITION, path)`, in order.
pub(crate) fn editions_below(folder: &Path) -> Result<Vec<(String, String, PathBuf)>, Faults> {
    let mut editions = Vec::new();
    for path in files_below(folder)? {
        let name = path.parent().and_then(Path::file_name);
        if let (Some(name), Some(stem), true) = (name, path.file_stem(), path.extension().is_some_and(|e| e == "pdf")) {
            editions.push((
                name.to_string_lossy().into_owned(),
                stem.to_string_lossy().into_owned(),
                path.clone(),
            ));
        }
    }
    if editions.is_empty() {
        return Err(Faults::one(format!("no NAME/*.pdf below {}", folder.display())));
    }
    Ok(editions)
}

/// Every file below a folder, in order. A folder that is not there holds none.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Faults> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Faults::file(&folder, &error)),
        };
        for entry in entries {
            let path = entry.map_err(|error| Faults::file(&folder, &error))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
