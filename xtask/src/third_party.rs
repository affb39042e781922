//! What the program is made of: every crate that is compiled into it on this machine, and the fonts. For those who give it away:
//! a bill of materials in CycloneDX and the notices that the licences ask for.
//!
//! cargo-cyclonedx and cargo-about do the first and the second for crates; neither knows of the fonts, and each would be one more
//! program of some hundred crates to install.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::{Faults, Outcome};
use crate::hash;
use crate::process::{cargo, command, output};
use crate::project::Project;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    description: Option<String>,
    repository: Option<String>,
    source: Option<String>,
    manifest_path: PathBuf,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

/// A family of fonts in the program: its name, version, folder and files.
const FONTS: [(&str, &str, &str); 3] = [
    ("Amiri", "1.002", "amiri"),
    ("STIX Two Text", "2.13 b171", "stix-two-text"),
    ("Noto Serif Hebrew", "2.000", "noto-serif-hebrew"),
];

/// The task `sbom`: writes `qarar.cdx.json` beside the program of the task `release`.
pub(crate) fn sbom(project: &Project) -> Outcome {
    let packages = packages(project)?;
    let checksums = checksums(project)?;
    let program = packages.iter().find(|package| package.source.is_none());
    let program = program.ok_or_else(|| Faults::one("cargo metadata does not name qarar"))?;
    let crates = packages.iter().filter(|package| package.source.is_some());
    let mut components: Vec<Value> = crates.map(|package| component(package, &checksums)).collect();
    components.extend(fonts(project)?);
    let sbom = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": program.name,
                "version": program.version,
                "licenses": [{ "expression": program.license }],
            },
        },
        "components": components,
    });
    write(project, "qarar.cdx.json", &format!("{sbom:#}\n"))
}

fn component(package: &Package, checksums: &BTreeMap<(String, String), String>) -> Value {
    let purl = format!("pkg:cargo/{}@{}", package.name, package.version);
    let mut component = json!({
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        // Some still write `MIT/Apache-2.0`, which is no expression of SPDX.
        "licenses": [{ "expression": package.license.as_deref().unwrap_or("NOASSERTION").replace('/', " OR ") }],
    });
    if let Some(description) = &package.description {
        component["description"] = description.trim().into();
    }
    if let Some(repository) = &package.repository {
        component["externalReferences"] = json!([{ "type": "vcs", "url": repository }]);
    }
    if let Some(checksum) = checksums.get(&(package.name.clone(), package.version.clone())) {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

/// The files of the fonts, each with its hash.
fn fonts(project: &Project) -> Result<Vec<Value>, Faults> {
    let mut components = Vec::new();
    for (hash, path) in font_hashes(project)? {
        let Some((family, version, _)) = FONTS.iter().find(|(_, _, folder)| path.starts_with(folder)) else {
            return Err(Faults::one(format!("fonts/{path} is of no family that xtask knows")));
        };
        components.push(json!({
            "type": "file",
            "bom-ref": format!("fonts/{path}"),
            "name": format!("{family}: {path}"),
            "version": version,
            "licenses": [{ "expression": "OFL-1.1" }],
            "hashes": [{ "alg": "SHA-256", "content": hash }],
        }));
    }
    Ok(components)
}

/// The hashes of `fonts/SHA256SUMS`, each with its path below `fonts`.
fn font_hashes(project: &Project) -> Result<Vec<(String, String)>, Faults> {
    let path = project.root().join("fonts/SHA256SUMS");
    let text = std::fs::read_to_string(&path).map_err(|error| Faults::file(&path, &error))?;
    let pairs = text.lines().filter_map(|line| line.split_once("  "));
    Ok(pairs.map(|(hash, path)| (hash.to_owned(), path.to_owned())).collect())
}

/// Holds the fonts against their hashes: they are part of the program, and of every edition.
pub(crate) fn hold_fonts(project: &Project) -> Outcome {
    let folder = project.root().join("fonts");
    let known = font_hashes(project)?;
    let mut faults = Vec::new();
    for (expected, path) in &known {
        if let Err(found) = hash::hold(project, &folder.join(path), expected) {
            faults.extend(found.into_vec());
        }
    }
    for file in crate::project::files_below(&folder)? {
        let name = file
            .strip_prefix(&folder)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        if file.extension().is_some_and(|ending| ending == "ttf") && !known.iter().any(|(_, path)| *path == name) {
            faults.push(format!("fonts/SHA256SUMS does not name {name}"));
        }
    }
    Faults::outcome(faults)
}

/// The task `notices`: writes `THIRD-PARTY.txt` beside the program of the task `release`.
pub(crate) fn notices(project: &Project) -> Outcome {
    let mut text =
        "qarar is made with what follows, each under its own licence. Texts that several share stand once.\n"
            .to_owned();
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    for package in packages(project)?.iter().filter(|package| package.source.is_some()) {
        let name = format!(
            "{} {} ({})",
            package.name,
            package.version,
            package.license.as_deref().unwrap_or("no licence")
        );
        let files = licence_files(package.manifest_path.parent().unwrap_or(Path::new(".")))?;
        if files.is_empty() {
            without.push(name.clone());
        }
        for licence in files {
            by_text.entry(licence).or_default().push(name.clone());
        }
    }
    for (family, version, folder) in FONTS {
        let path = project.root().join("fonts").join(folder).join("OFL.txt");
        let licence = std::fs::read_to_string(&path).map_err(|error| Faults::file(&path, &error))?;
        by_text
            .entry(licence)
            .or_default()
            .push(format!("{family} {version}, fonts (OFL-1.1)"));
    }
    let _ = writeln!(text, "\nWithout a text in their package:\n{}", without.join("\n"));
    for (licence, names) in &by_text {
        let _ = writeln!(text, "\n{}\n{}\n\n{}", "=".repeat(80), names.join("\n"), licence.trim());
    }
    write(project, "THIRD-PARTY.txt", &text)
}

/// The texts of licences and notices in the folder of a package.
fn licence_files(folder: &Path) -> Result<Vec<String>, Faults> {
    let fault = |error: &std::io::Error| Faults::file(folder, error);
    let mut texts = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(|error| fault(&error))? {
        let path = entry.map_err(|error| fault(&error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        let is_licence = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
        if path.is_file() && is_licence.iter().any(|start| name.starts_with(start)) {
            let bytes = std::fs::read(&path).map_err(|error| Faults::file(&path, &error))?;
            texts.insert(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
        }
    }
    Ok(texts.into_iter().collect())
}

/// The packages that are compiled for the program on this machine, in order: dependencies, and what these are built by.
fn packages(project: &Project) -> Result<Vec<Package>, Faults> {
    let rustc = output(command(project, "rustc").arg("-vV"))?;
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or_else(|| Faults::one("rustc does not name its host"))?;
    let arguments = [
        "metadata",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        host,
    ];
    let told = output(&mut cargo(project, &arguments))?;
    let metadata: Metadata =
        serde_json::from_str(&told).map_err(|error| Faults::one(format!("cargo metadata: {error}")))?;
    let root = metadata
        .packages
        .iter()
        .find(|package| package.source.is_none() && package.name == "qarar");
    let mut open: Vec<&str> = root.map(|package| package.id.as_str()).into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !reached.insert(id.to_owned()) {
            continue;
        }
        let node = metadata.resolve.nodes.iter().find(|node| node.id == id);
        let needed = node.iter().flat_map(|node| &node.deps).filter(|dependency| {
            let kinds = &dependency.dep_kinds;
            kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev"))
        });
        open.extend(needed.map(|dependency| dependency.pkg.as_str()));
    }
    let mut packages = metadata.packages;
    packages.retain(|package| reached.contains(&package.id));
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(packages)
}

/// The hashes of `Cargo.lock`, by name and version.
fn checksums(project: &Project) -> Result<BTreeMap<(String, String), String>, Faults> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Locked>,
    }
    #[derive(Deserialize)]
    struct Locked {
        name: String,
        version: String,
        checksum: Option<String>,
    }
    let path = project.root().join("Cargo.lock");
    let text = std::fs::read_to_string(&path).map_err(|error| Faults::file(&path, &error))?;
    let lock: Lock = toml::from_str(&text).map_err(|error| Faults::one(format!("{}: {error}", path.display())))?;
    let hashed = |package: Locked| Some(((package.name, package.version), package.checksum?));
    Ok(lock.package.into_iter().filter_map(hashed).collect())
}

fn write(project: &Project, name: &str, text: &str) -> Outcome {
    let folder = project.distribution();
    std::fs::create_dir_all(&folder).map_err(|error| Faults::file(&folder, &error))?;
    let path = folder.join(name);
    std::fs::write(&path, text).map_err(|error| Faults::file(&path, &error))?;
    println!("{}", path.display());
    Ok(())
}
