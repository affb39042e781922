//! Builds the editions of the documents that are kept in `output/`, and compares them with the committed ones and with a second build.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::faults::{Faults, Outcome};
use crate::process::{cargo, command, run};
use crate::project::{Project, files_below};

/// The step `editions`: what is built is what is committed, byte for byte, and does not hang on the number of threads.
pub(crate) fn check(project: &Project) -> Outcome {
    let built = build(project)?;
    let mut faults = against_output(project, &built)?;
    let single = project.single_threaded_editions();
    build_into(project, &single, Some(1))?;
    let again = Comparison::of(&built, &single)?;
    for (file, difference) in &again.differences {
        faults.push(match difference {
            Difference::Bytes(at) => format!("{file}: a build on one thread differs from byte {at} on"),
            Difference::OnlyFirst => format!("{file}: a build on one thread does not make it"),
            Difference::OnlySecond => format!("{file}: only a build on one thread makes it"),
        });
    }
    println!("{} files built twice", again.files);
    Faults::outcome(faults)
}

/// Layouts that no document asks for: the folder that their editions go to, and what `qarar build` is told.
const LAYOUTS: [(&str, &[&str]); 5] = [
    (
        "facing",
        &["--lang", "ar-en", "--layout", "facing", "documents/a-res-61-180"],
    ),
    (
        "official-pages",
        &["--lang", "ar", "--breaks", "pages", "documents/a-res-61-180"],
    ),
    (
        "official-lines",
        &["--lang", "ar", "--breaks", "lines", "documents/a-res-61-180"],
    ),
    (
        "three-columns",
        &["--lang", "ar-en-fr,fr", "tests/layouts/three-languages"],
    ),
    (
        "three-facing",
        &[
            "--lang",
            "ar-en-fr",
            "--layout",
            "facing",
            "tests/layouts/three-languages",
        ],
    ),
];

/// Builds editions in every other layout with the release binary, into the folder that is returned.
pub(crate) fn build_layouts(project: &Project) -> Result<PathBuf, Faults> {
    let folder = project.editions_in_layouts();
    empty(&folder)?;
    for (name, told) in LAYOUTS {
        let mut build = command(project, project.qarar());
        build.arg("build").args(told).arg("--output").arg(folder.join(name));
        run(&mut build)?;
    }
    // A document of each kind is judged too.
    let others: Vec<PathBuf> = documents(project)?
        .into_iter()
        .filter(|(_, kept)| !kept)
        .map(|(path, _)| path)
        .collect();
    let mut build = command(project, project.qarar());
    build
        .arg("build")
        .args(others)
        .arg("--output")
        .arg(folder.join("kinds"));
    run(&mut build)?;
    Ok(folder)
}

/// The documents of the repository, and whether the editions of each are kept in `output/`.
fn documents(project: &Project) -> Result<Vec<(PathBuf, bool)>, Faults> {
    let folder = project.root().join("documents");
    let entries = std::fs::read_dir(&folder).map_err(|error| Faults::file(&folder, &error))?;
    let mut documents = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Faults::file(&folder, &error))?;
        let kept = project.output().join(entry.file_name()).is_dir();
        documents.push((Path::new("documents").join(entry.file_name()), kept));
    }
    documents.sort();
    Ok(documents)
}

/// The documents whose editions are kept in `output/`.
fn kept(project: &Project) -> Result<Vec<PathBuf>, Faults> {
    let documents = documents(project)?.into_iter();
    Ok(documents.filter(|(_, kept)| *kept).map(|(path, _)| path).collect())
}

/// Builds the release binary and with it the editions that are kept, into the folder that is returned.
pub(crate) fn build(project: &Project) -> Result<PathBuf, Faults> {
    let folder = project.built_editions();
    build_binary(project)?;
    build_into(project, &folder, None)?;
    Ok(folder)
}

/// The task `output`: builds the editions that are kept straight into `output/`.
pub(crate) fn renew_output(project: &Project) -> Outcome {
    build_binary(project)?;
    run(command(project, project.qarar())
        .arg("build")
        .args(kept(project)?)
        .arg("--output")
        .arg(project.output()))
}

/// Empties the folder of an earlier run, so that a step that needs editions never judges old ones.
pub(crate) fn forget(project: &Project) -> Outcome {
    let folders = [
        project.built_editions(),
        project.single_threaded_editions(),
        project.editions_in_layouts(),
    ];
    for folder in folders {
        empty(&folder)?;
    }
    Ok(())
}

fn empty(folder: &Path) -> Outcome {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Faults::file(folder, &error)),
        _ => Ok(()),
    }
}

/// Builds all programs of the workspace but xtask itself, and the examples: one command for all steps, so that none links again
/// what another one runs.
pub(crate) fn build_binary(project: &Project) -> Outcome {
    let arguments = [
        "build",
        "--release",
        "--workspace",
        "--exclude",
        "xtask",
        "--bins",
        "--examples",
    ];
    run(&mut cargo(project, &arguments))
}

fn build_into(project: &Project, folder: &Path, threads: Option<u32>) -> Outcome {
    empty(folder)?;
    let mut build = command(project, project.qarar());
    build.arg("build").args(kept(project)?).arg("--output").arg(folder);
    if let Some(threads) = threads {
        build.env("RAYON_NUM_THREADS", threads.to_string());
    }
    run(&mut build)?;
    if files_below(folder)?.is_empty() {
        return Err(Faults::one("the build ended well, but made no file"));
    }
    Ok(())
}

fn against_output(project: &Project, built: &Path) -> Result<Vec<String>, Faults> {
    let comparison = Comparison::of(built, &project.output())?;
    let mut faults: Vec<String> = Vec::new();
    for (file, difference) in &comparison.differences {
        faults.push(match difference {
            Difference::Bytes(at) => format!("output/{file}: what is built now differs from byte {at} on"),
            Difference::OnlyFirst => format!("output/{file}: is missing"),
            Difference::OnlySecond => format!("output/{file}: nothing builds it; delete it if its document is gone"),
        });
    }
    if !faults.is_empty() {
        println!(
            "`cargo xtask output` renews output/; what is built now stands in {}",
            built.display()
        );
        faults.push("output/ is not what is built: `cargo xtask output` renews it".to_owned());
    }
    println!("{} files compared with output/", comparison.files);
    Ok(faults)
}

/// How a file differs between two folders.
enum Difference {
    /// The first byte that differs, from 0; the length of the shorter file where it is the beginning of the other.
    Bytes(usize),
    OnlyFirst,
    OnlySecond,
}

/// Two folders of editions, file by file.
struct Comparison {
    /// How many files the two have between them.
    files: usize,
    /// By the path below the folder.
    differences: BTreeMap<String, Difference>,
}

impl Comparison {
    fn of(first: &Path, second: &Path) -> Result<Self, Faults> {
        let (first, mut second) = (contents(first)?, contents(second)?);
        let mut files = first.len();
        let mut differences = BTreeMap::new();
        for (file, bytes) in first {
            match second.remove(&file) {
                None => drop(differences.insert(file, Difference::OnlyFirst)),
                Some(other) if other == bytes => {}
                Some(other) => {
                    let same = bytes.iter().zip(&other).take_while(|(a, b)| a == b).count();
                    differences.insert(file, Difference::Bytes(same));
                }
            }
        }
        files += second.len();
        differences.extend(second.into_keys().map(|file| (file, Difference::OnlySecond)));
        Ok(Comparison { files, differences })
    }
}

fn contents(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Faults> {
    let mut contents = BTreeMap::new();
    for path in files_below(folder)? {
        let below = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        contents.insert(
            below,
            std::fs::read(&path).map_err(|error| Faults::file(&path, &error))?,
        );
    }
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, an edition that changed, vanished or was left behind gets past the test run.
    #[test]
    fn every_kind_of_difference_is_seen() {
        let place = std::env::temp_dir().join(format!("xtask-editions-{}", std::process::id()));
        let (first, second) = (place.join("first"), place.join("second"));
        for (folder, file, text) in [
            (&first, "n/same.pdf", "abc"),
            (&second, "n/same.pdf", "abc"),
            (&first, "n/changed.pdf", "abc"),
            (&second, "n/changed.pdf", "abd"),
            (&first, "n/longer.pdf", "abc"),
            (&second, "n/longer.pdf", "abcd"),
            (&first, "n/new.pdf", "a"),
            (&second, "o/old.pdf", "a"),
        ] {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().expect("has a folder")).expect("folder made");
            std::fs::write(path, text).expect("file written");
        }
        let comparison = Comparison::of(&first, &second);
        std::fs::remove_dir_all(&place).expect("folder removed");
        let comparison = comparison.expect("both folders can be read");
        let told: Vec<String> = comparison
            .differences
            .iter()
            .map(|(file, difference)| match difference {
                Difference::Bytes(at) => format!("{file} {at}"),
                Difference::OnlyFirst => format!("{file} first"),
                Difference::OnlySecond => format!("{file} second"),
            })
            .collect();
        assert_eq!(
            told,
            [
                "n/changed.pdf 2",
                "n/longer.pdf 3",
                "n/new.pdf first",
                "o/old.pdf second"
            ]
        );
        assert_eq!(comparison.files, 5);
    }
}
