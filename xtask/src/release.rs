//! The program as it is given away: its bytes hang on the source and the compiler, not on the folder it is built in.

use std::path::{Path, PathBuf};

use crate::faults::{Faults, Outcome};
use crate::process::{cargo, command, output, run};
use crate::project::Project;

/// The compiler that the program is given away by: another one makes other bytes.
const COMPILER: &str = "rustc 1.95.0 ";

/// The task `release`: builds `target/distribution/release/qarar` and prints its hash.
pub(crate) fn release(project: &Project) -> Outcome {
    let compiler = output(command(project, "rustc").arg("--version"))?;
    if !compiler.starts_with(COMPILER) {
        return Err(Faults::one(format!(
            "the program is made with {COMPILER}and this is {}: `rustup run 1.95.0 cargo xtask release`",
            compiler.trim()
        )));
    }
    let folder = project.distribution();
    let mut rustflags = Vec::new();
    let mut cflags = Vec::new();
    for (path, name) in places(project)? {
        let path = path.display();
        // Parted by a unit separator, since a path may have spaces.
        rustflags.push(format!("--remap-path-prefix={path}={name}"));
        // The allocator is C.
        cflags.push(format!("-ffile-prefix-map={path}={name}"));
    }
    let mut build = cargo(project, &["build", "--release", "--locked", "--package", "qarar"]);
    build
        .env("CARGO_TARGET_DIR", &folder)
        .env("CARGO_ENCODED_RUSTFLAGS", rustflags.join("\u{1f}"))
        .env("CFLAGS", cflags.join(" "));
    run(&mut build)?;
    let program = folder.join("release/qarar");
    println!("{}  {}", crate::hash::sha256_of(project, &program)?, program.display());
    Ok(())
}

/// The folders whose paths would stand in the program, each with the name that stands there in its place. Of two that hold a
/// file the compiler takes the later one.
fn places(project: &Project) -> Result<[(PathBuf, &'static str); 3], Faults> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let home = home.ok_or_else(|| Faults::one("neither CARGO_HOME nor a home folder is known"))?;
    let sysroot = output(command(project, "rustc").args(["--print", "sysroot"]))?;
    Ok([
        (home, "/cargo"),
        (Path::new(sysroot.trim()).to_owned(), "/rust"),
        (project.root().to_owned(), "/qarar"),
    ])
}
