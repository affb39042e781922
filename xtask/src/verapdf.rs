//! veraPDF's judgement of every edition: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).
//!
//! The verdict is read from veraPDF's report, file by file; its exit code is not looked at, because it is 0 for a file
//! that could not be opened too.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::editions;
use crate::faults::{Faults, Outcome};
use crate::process::{both_outputs, command};
use crate::project::{Project, editions_below};

/// veraPDF's name of a flavour, and the beginning of the name of the profile that must have been used.
const FLAVOURS: [(&str, &str); 2] = [("2a", "PDF/A-2A"), ("ua1", "PDF/UA-1")];

/// The step `verapdf`: every edition conforms to every flavour, the usual ones and those in other layouts.
pub(crate) fn check_every_layout(project: &Project) -> Outcome {
    let mut files = files_of(&project.built_editions())?;
    files.extend(files_of(&editions::build_layouts(project)?)?);
    conform(project, &files)
}

/// Every PDF below the folder conforms to every flavour.
pub(crate) fn check(project: &Project, folder: &Path) -> Outcome {
    conform(project, &files_of(folder)?)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Faults> {
    Ok(editions_below(folder)?.into_iter().map(|(_, _, path)| path).collect())
}

fn conform(project: &Project, files: &[PathBuf]) -> Outcome {
    let mut faults = Vec::new();
    for (flavour, profile) in FLAVOURS {
        let report = judge(project, flavour, files)?;
        let found = read(&report, flavour, profile, files)?;
        println!("{flavour}: {} files judged, {} faults", files.len(), found.len());
        faults.extend(found);
    }
    Faults::outcome(faults)
}

/// The report on all files: starting Java takes longer than judging one of them.
fn judge(project: &Project, flavour: &str, files: &[PathBuf]) -> Result<String, Faults> {
    let mut java = command(project, "java");
    java.arg("-cp").arg(project.tools().join("greenfield-apps.jar"));
    java.args([
        "org.verapdf.apps.GreenfieldCliWrapper",
        "--format",
        "json",
        "--maxfailuresdisplayed",
        "3",
    ]);
    java.args(["-f", flavour]).args(files);
    let (report, said) = both_outputs(&mut java)?;
    if report.trim_start().starts_with('{') {
        Ok(report)
    } else {
        Err(Faults::one(format!(
            "veraPDF gave no report for {flavour}: {}",
            said.trim()
        )))
    }
}

#[derive(Deserialize)]
struct Output {
    report: Report,
}

#[derive(Deserialize)]
struct Report {
    jobs: Vec<Job>,
}

/// What veraPDF says of one file: a judgement, or why there is none.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    item_details: Item,
    #[serde(default)]
    validation_result: Vec<Judgement>,
    task_exception: Option<Exception>,
}

#[derive(Deserialize)]
struct Item {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exception {
    exception_message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Judgement {
    details: Details,
    profile_name: String,
    compliant: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    passed_checks: u64,
    rule_summaries: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    specification: String,
    clause: String,
    test_number: u32,
    failed_checks: u64,
    description: String,
    #[serde(default)]
    checks: Vec<Check>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Check {
    context: String,
    error_message: Option<String>,
}

/// The faults that a report tells. A file without a judgement by the right profile is one.
fn read(report: &str, flavour: &str, profile: &str, files: &[PathBuf]) -> Result<Vec<String>, Faults> {
    let output: Output = serde_json::from_str(report)
        .map_err(|error| Faults::one(format!("veraPDF's report for {flavour} is not understood: {error}")))?;
    let mut faults = Vec::new();
    for file in files {
        let name = file.display();
        let job = output
            .report
            .jobs
            .iter()
            .find(|job| Path::new(&job.item_details.name).ends_with(file));
        let Some(job) = job else {
            faults.push(format!("{name}: veraPDF did not judge it ({flavour})"));
            continue;
        };
        if let Some(exception) = &job.task_exception {
            faults.push(format!(
                "{name}: veraPDF cannot read it: {}",
                exception.exception_message
            ));
        }
        if !job
            .validation_result
            .iter()
            .any(|judgement| judgement.profile_name.starts_with(profile))
        {
            faults.push(format!("{name}: not judged by {profile}"));
        }
        for judgement in &job.validation_result {
            faults.extend(
                judgement
                    .details
                    .rule_summaries
                    .iter()
                    .map(|rule| format!("{name}: {}", rule.told())),
            );
            let unexplained = !judgement.compliant && judgement.details.rule_summaries.is_empty();
            if unexplained || judgement.details.passed_checks == 0 {
                faults.push(format!("{name}: does not conform to {}", judgement.profile_name));
            }
        }
    }
    Ok(faults)
}

impl Rule {
    fn told(&self) -> String {
        let times = if self.failed_checks == 1 {
            "once".to_owned()
        } else {
            format!("{} times", self.failed_checks)
        };
        let mut told = format!(
            "{}, {}-{}, {times}: {}",
            self.specification, self.clause, self.test_number, self.description
        );
        for check in &self.checks {
            let message = check.error_message.as_deref().unwrap_or("fails");
            told += &format!("\n      {message} at {}", check.context);
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reports of veraPDF 1.28.2, shortened.
    const CONFORMS: &str = r#"{"report":{"jobs":[{"itemDetails":{"name":"/e/n/ar.pdf","size":1},"validationResult":[{
        "details":{"passedRules":1,"failedRules":0,"passedChecks":9,"failedChecks":0,"ruleSummaries":[]},
        "jobEndStatus":"normal","profileName":"PDF/A-2A validation profile","compliant":true}]}]}}"#;
    const FAILS: &str = r#"{"report":{"jobs":[{"itemDetails":{"name":"/e/n/ar.pdf","size":1},"validationResult":[{
        "details":{"passedRules":1,"failedRules":1,"passedChecks":9,"failedChecks":2,"ruleSummaries":[{
        "specification":"ISO 19005-2:2011","clause":"6.3.2","testNumber":1,"failedChecks":2,
        "description":"annotations shall contain the F key","checks":[{"context":"root","errorMessage":"no F key"}]}]},
        "jobEndStatus":"normal","profileName":"PDF/A-2A validation profile","compliant":false}]}]}}"#;
    const UNREADABLE: &str = r#"{"report":{"jobs":[{"itemDetails":{"name":"/e/n/ar.pdf","size":1},
        "taskException":{"type":"PARSE","exceptionMessage":"no startxref"}}]}}"#;
    const NOT_JUDGED: &str = r#"{"report":{"jobs":[]}}"#;

    fn faults(report: &str, profile: &str) -> Vec<String> {
        read(report, "2a", profile, &[PathBuf::from("/e/n/ar.pdf")]).expect("a report that is understood")
    }

    /// If it fails, an edition that breaks PDF/A or that veraPDF never judged passes the test run.
    #[test]
    fn only_a_judged_file_without_failed_rules_passes() {
        assert_eq!(faults(CONFORMS, "PDF/A-2A"), [""; 0]);
        assert_eq!(faults(CONFORMS, "PDF/UA-1"), ["/e/n/ar.pdf: not judged by PDF/UA-1"]);
        assert_eq!(
            faults(FAILS, "PDF/A-2A"),
            [
                "/e/n/ar.pdf: ISO 19005-2:2011, 6.3.2-1, 2 times: annotations shall contain the F key\n      no F key at root"
            ]
        );
        assert_eq!(
            faults(UNREADABLE, "PDF/A-2A"),
            [
                "/e/n/ar.pdf: veraPDF cannot read it: no startxref",
                "/e/n/ar.pdf: not judged by PDF/A-2A"
            ]
        );
        assert_eq!(
            faults(NOT_JUDGED, "PDF/A-2A"),
            ["/e/n/ar.pdf: veraPDF did not judge it (2a)"]
        );
    }
}
