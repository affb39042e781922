//! The step `report`: layouts, `document.toml` and what commands tell programs have the form of their schemas, a changed layout is told and
//! shown, and the page that shows it works in a browser. The scripts are `tests/report/*.mjs`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::editions;
use crate::faults::{Faults, Outcome};
use crate::process::{command, run};
use crate::project::{Project, files_below};
use crate::tools;

/// A word of a document and another one in its place: the change that the report is made of.
const CHANGE: (&str, &str) = ("وتشجع على تطويرها", "وتحث على تطويرها");

/// Runs the step.
pub(crate) fn check(project: &Project) -> Outcome {
    editions::build_binary(project)?;
    let folder = project.root().join("target/report");
    std::fs::create_dir_all(&folder).map_err(|error| Faults::file(&folder, &error))?;
    run(command(project, project.qarar())
        .args(["layout", "--quiet", "--output"])
        .arg(&folder))?;
    let layouts = |below: &Path| -> Result<Vec<PathBuf>, Faults> {
        let files = files_below(below)?;
        Ok(files
            .into_iter()
            .filter(|file| file.to_string_lossy().ends_with(".layout.json"))
            .collect())
    };
    let mut all = layouts(&project.root().join("tests/reference"))?;
    all.extend(layouts(&folder)?);
    run(script(project, "schema.mjs")?.arg("docs/layout.schema.json").args(all))?;
    run(script(project, "keys.mjs")?.args(["docs/document.schema.json", "tests/schema/document.jsonl"]))?;
    let told = folder.join("messages");
    messages(project, &told)?;
    run(script(project, "messages.mjs")?
        .arg("docs/messages.schema.json")
        .arg(told))?;
    let report = changed_report(project, &folder)?;
    run(script(project, "report.mjs")?.arg(report).arg(&folder))
}

/// What commands tell programs of the cases of `tests/faults` and of a comparison, as JSON and SARIF, a file each.
fn messages(project: &Project, folder: &Path) -> Outcome {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| Faults::file(folder, &error))?;
    }
    std::fs::create_dir_all(folder).map_err(|error| Faults::file(folder, &error))?;
    let cases = project.root().join("tests/faults");
    let cases = std::fs::read_dir(&cases).map_err(|error| Faults::file(&cases, &error))?;
    let mut names: Vec<String> = cases
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let document = "documents/a-res-61-180";
    let pdf = "output/a-res-61-180/ar.pdf";
    let mut asked: Vec<(String, Vec<String>)> = names
        .iter()
        .map(|name| (name.clone(), vec!["check".to_owned(), format!("tests/faults/{name}")]))
        .collect();
    for (name, words) in [
        (
            "compare",
            vec!["compare", "--level", "lines", pdf, "output/a-res-61-180/en.pdf"],
        ),
        ("verify", vec!["verify", pdf, document]),
        ("inspect", vec!["inspect", document]),
        ("usage", vec!["verify", "nowhere.pdf"]),
    ] {
        asked.push((name.to_owned(), words.into_iter().map(str::to_owned).collect()));
    }
    for form in ["json", "sarif"] {
        for (name, words) in &asked {
            let mut program = command(project, project.qarar());
            let answer = program.args(words).args(["--message-format", form]).output();
            let answer = answer.map_err(|error| Faults::one(format!("qarar {}: {error}", words.join(" "))))?;
            let file = folder.join(format!("{name}.{form}"));
            std::fs::write(&file, answer.stdout).map_err(|error| Faults::file(&file, &error))?;
        }
    }
    Ok(())
}

/// Changes a word of a layout and has the difference shown.
fn changed_report(project: &Project, folder: &Path) -> Result<PathBuf, Faults> {
    let snapshot = folder.join("a-res-61-180/ar.layout.json");
    let text = std::fs::read_to_string(&snapshot).map_err(|error| Faults::file(&snapshot, &error))?;
    let changed = text.replacen(CHANGE.0, CHANGE.1, 1);
    if changed == text {
        return Err(Faults::one(format!(
            "{} has no line `{}`",
            snapshot.display(),
            CHANGE.0
        )));
    }
    let reference = folder.join("changed.layout.json");
    std::fs::write(&reference, changed).map_err(|error| Faults::file(&reference, &error))?;
    let report = folder.join("report.html");
    let status = command(project, project.qarar())
        .arg("compare")
        .arg("--html")
        .args([&report, &reference])
        .arg("documents/a-res-61-180")
        .status();
    match status.ok().and_then(|status| status.code()) {
        Some(1) => Ok(report),
        code => Err(Faults::one(format!(
            "`qarar compare` of a changed layout ended with {code:?}, not with 1"
        ))),
    }
}

/// A script of `tests/report`, run from beside the packages that it needs.
fn script(project: &Project, name: &str) -> Result<Command, Faults> {
    tools::node_script(project, &Path::new("tests/report").join(name))
}
