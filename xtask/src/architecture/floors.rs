//! The floors as `docs/architecture.md` draws them.

use std::path::Path;

use super::imports::Imports;
use super::stage;
use crate::faults::Faults;

/// The stages from the ground up; those of one line stand on one floor and do not import each other.
pub(super) struct Floors(Vec<Vec<String>>);

impl Floors {
    /// Reads a block of the document, `floors` or `crates`.
    pub(super) fn read(document: &Path, block: &str) -> Result<Self, Faults> {
        let text = std::fs::read_to_string(document).map_err(|error| Faults::file(document, &error))?;
        Self::parse(&text, block).ok_or_else(|| Faults::one(format!("docs/architecture.md has no block ```{block}")))
    }

    /// A fenced block of this name: a line a floor from the ground up, stages parted by commas, then two spaces and what they are.
    pub(super) fn parse(document: &str, block: &str) -> Option<Self> {
        let (_, block) = document.split_once(&format!("```{block}\n"))?;
        let (block, _) = block.split_once("```")?;
        let floors = block.lines().map(|line| {
            let mut stages = Vec::new();
            for word in line.split_whitespace() {
                stages.push(word.trim_end_matches(',').to_owned());
                if !word.ends_with(',') {
                    break;
                }
            }
            stages
        });
        Some(Floors(floors.filter(|stages| !stages.is_empty()).collect()))
    }

    /// The floor of a stage, 0 the ground; `None` where the drawing does not know it.
    pub(super) fn of(&self, stage: &str) -> Option<usize> {
        self.0.iter().position(|floor| floor.iter().any(|name| name == stage))
    }

    pub(super) fn stages(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flatten().map(String::as_str)
    }

    pub(super) fn height(&self) -> usize {
        self.0.len()
    }

    /// Stages of the code that the drawing lacks, and stages of the drawing that the code lacks.
    pub(super) fn missing(&self, imports: &Imports) -> Vec<String> {
        let mut faults = Vec::new();
        let mut in_code: Vec<&str> = imports
            .files()
            .map(stage)
            .filter(|stage| !matches!(*stage, "lib" | "main"))
            .collect();
        in_code.dedup();
        for name in &in_code {
            if self.of(name).is_none() {
                faults.push(format!("src/{name} stands on no floor of docs/architecture.md"));
            }
        }
        for name in self.stages() {
            if !in_code.contains(&name) {
                faults.push(format!("docs/architecture.md draws `{name}`, which is not in src"));
            }
        }
        faults
    }
}
