//! The pictures of the guides, made from documents: `cargo xtask pictures` renews `docs/pictures/gallery/`. They are small, and made
//! by qarar itself but for two, a stretch of a page each, which pdftoppm cuts out.

use std::fs;
use std::path::Path;

use crate::editions;
use crate::faults::{Faults, Outcome};
use crate::process::{command, run};
use crate::project::Project;

/// The pixels an inch of a page in the gallery.
const DPI: &str = "54";

/// A page of the gallery.
struct Shot {
    name: &'static str,
    /// What it is built of: a document of the repository, or one that `init` writes with these words.
    document: Document,
    /// The options of `qarar build`.
    options: &'static [&'static str],
    /// The picture that is taken, as `build` names it.
    page: &'static str,
}

enum Document {
    Ours,
    New(&'static [&'static str]),
}

const SHOTS: [Shot; 9] = [
    Shot {
        name: "arabic",
        document: Document::Ours,
        options: &["--lang", "ar"],
        page: "ar-1.png",
    },
    Shot {
        name: "arabic-notes",
        document: Document::Ours,
        options: &["--lang", "ar"],
        page: "ar-2.png",
    },
    Shot {
        name: "english",
        document: Document::Ours,
        options: &["--lang", "en"],
        page: "en-1.png",
    },
    Shot {
        name: "side-by-side",
        document: Document::Ours,
        options: &["--lang", "ar-en"],
        page: "ar-en-2.png",
    },
    Shot {
        name: "facing-left",
        document: Document::Ours,
        options: &["--lang", "ar-en", "--layout", "facing"],
        page: "ar-en-facing-01.png",
    },
    Shot {
        name: "facing-right",
        document: Document::Ours,
        options: &["--lang", "ar-en", "--layout", "facing"],
        page: "ar-en-facing-02.png",
    },
    Shot {
        name: "official-lines",
        document: Document::Ours,
        options: &["--lang", "ar", "--breaks", "lines"],
        page: "ar-2.png",
    },
    Shot {
        name: "six-languages",
        document: Document::New(&["--languages", "ar,en,fr,es,fa,ur"]),
        options: &["--lang", "ar-en-fr-es-fa-ur"],
        page: "ar-en-fr-es-fa-ur-1.png",
    },
    Shot {
        name: "french-and-spanish",
        document: Document::New(&["--languages", "fr,es", "--body", "security-council"]),
        options: &["--lang", "fr-es"],
        page: "fr-es-1.png",
    },
];

/// The task `pictures`.
pub(crate) fn renew(project: &Project) -> Outcome {
    editions::build_binary(project)?;
    let desk = project.root().join("target/pictures");
    if desk.exists() {
        fs::remove_dir_all(&desk).map_err(|error| Faults::file(&desk, &error))?;
    }
    let gallery = project.root().join("docs/pictures/gallery");
    fs::create_dir_all(&gallery).map_err(|error| Faults::file(&gallery, &error))?;
    for shot in &SHOTS {
        let folder = desk.join(shot.name);
        let document = match shot.document {
            Document::Ours => project.root().join("documents/a-res-61-180"),
            Document::New(words) => {
                let document = folder.join("new");
                run(command(project, project.qarar())
                    .args(["init", "--yes"])
                    .args(words)
                    .arg(&document))?;
                document
            }
        };
        let mut build = command(project, project.qarar());
        build
            .args(["build", "--quiet", "--format", "png", "--dpi", DPI])
            .args(shot.options);
        run(build.arg("--output").arg(&folder).arg(&document))?;
        let name = document.file_name().unwrap_or_default();
        let page = folder.join(name).join(shot.page);
        copy(&page, &gallery.join(format!("{}.png", shot.name)))?;
    }
    kinds(project, &desk, &gallery)?;
    kashida(project, &desk, &gallery)
}

/// The first page of the document of each kind, side by side.
fn kinds(project: &Project, desk: &Path, gallery: &Path) -> Outcome {
    let documents = project.root().join("documents");
    let entries = fs::read_dir(&documents).map_err(|error| Faults::file(&documents, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Faults::file(&documents, &error))?;
        // That one has pictures of its own.
        if entry.file_name() == "a-res-61-180" {
            continue;
        }
        let folder = desk.join("kinds");
        let mut build = command(project, project.qarar());
        build.args(["build", "--quiet", "--format", "png", "--dpi", DPI, "--lang", "ar-en"]);
        run(build.arg("--output").arg(&folder).arg(entry.path()))?;
        let page = folder.join(entry.file_name()).join("ar-en-1.png");
        let name = entry.file_name();
        copy(&page, &gallery.join(format!("kind-{}.png", name.to_string_lossy())))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).map(drop).map_err(|error| Faults::file(from, &error))
}

/// The same lines with elongation and without.
fn kashida(project: &Project, desk: &Path, gallery: &Path) -> Outcome {
    let ours = project.root().join("documents/a-res-61-180");
    for (name, kashida) in [("kashida", true), ("spaces-alone", false)] {
        let document = desk.join(name);
        fs::create_dir_all(&document).map_err(|error| Faults::file(&document, &error))?;
        for file in ["ar.md", "en.md"] {
            copy(&ours.join(file), &document.join(file))?;
        }
        let facts = ours.join("document.toml");
        let text = fs::read_to_string(&facts).map_err(|error| Faults::file(&facts, &error))?;
        let text = text.split("[layout]").next().unwrap_or_default();
        let to = document.join("document.toml");
        fs::write(&to, format!("{text}[layout]\nkashida = {kashida}\n")).map_err(|error| Faults::file(&to, &error))?;
        let output = desk.join("editions");
        let mut build = command(project, project.qarar());
        build
            .args(["build", "--quiet", "--lang", "ar", "--output"])
            .arg(&output)
            .arg(&document);
        run(&mut build)?;
        let mut cut = command(project, "pdftoppm");
        cut.args([
            "-png",
            "-singlefile",
            "-f",
            "2",
            "-l",
            "2",
            "-r",
            "96",
            "-x",
            "90",
            "-y",
            "90",
            "-W",
            "620",
            "-H",
            "300",
        ]);
        run(cut.arg(output.join(name).join("ar.pdf")).arg(gallery.join(name)))?;
    }
    Ok(())
}
