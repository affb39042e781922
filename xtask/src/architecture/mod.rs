//! Whether the tree is the way of the data: no crate depends on a later one, no stage imports a later one, and no more than a
//! few files of one stage need each other in a circle.
//!
//! The floors are those that `docs/architecture.md` draws, read from there, so that the drawing cannot say one thing and the
//! code do another.

mod crates;
mod floors;
mod imports;

use std::collections::BTreeMap;

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use crate::faults::{Faults, Outcome};
use crate::project::Project;
use floors::Floors;
use imports::{Import, Imports};

/// How many files of one stage may need each other in a circle.
const LARGEST_CIRCLE: usize = 3;

/// The task `architecture`.
pub(crate) fn check(project: &Project) -> Outcome {
    let drawing = project.root().join("docs/architecture.md");
    let floors = Floors::read(&drawing, "floors")?;
    let imports = Imports::of(&project.root().join("src"))?;
    let mut faults = floors.missing(&imports);
    faults.extend(upwards(&floors, &imports));
    faults.extend(
        circles(&imports, stage)
            .into_iter()
            .map(|circle| format!("src: {circle}")),
    );
    let (mut files, mut edges) = (imports.files().count(), imports.edges().count());
    let order = Floors::read(&drawing, "crates")?;
    for name in crates::names(project.root())? {
        let imports = Imports::of(&project.root().join("crates").join(&name).join("src"))?;
        let of_crate = |_: &str| "";
        let found = circles(&imports, of_crate);
        faults.extend(found.into_iter().map(|circle| format!("crates/{name}: {circle}")));
        (files, edges) = (files + imports.files().count(), edges + imports.edges().count());
    }
    faults.extend(crates::out_of_order(project.root(), &order)?);
    println!(
        "{files} files, {edges} imports between them; {} crates; {} stages on {} floors",
        order.stages().count(),
        floors.stages().count(),
        floors.height()
    );
    Faults::outcome(faults)
}

/// Imports of a later stage, or of another stage on the same floor.
fn upwards(floors: &Floors, imports: &Imports) -> Vec<String> {
    let mut faults = Vec::new();
    for Import { from, to, line } in imports.edges() {
        let (stage, other) = (stage(from), stage(to));
        if stage != other && floors.of(stage).is_some_and(|floor| floors.of(other) >= Some(floor)) {
            faults.push(format!(
                "src/{from}:{line}: `{stage}` imports `{other}` (src/{to}), which docs/architecture.md has above or beside it"
            ));
        }
    }
    faults
}

/// Circles of more than [`LARGEST_CIRCLE`] files of one stage, as `stage` tells it.
///
/// A folder's `mod.rs` uses its files, and they use the types it defines: that pair is one thing in two files, so what a
/// `mod.rs` takes from its own folder counts for nothing here.
fn circles(imports: &Imports, stage: fn(&str) -> &str) -> Vec<String> {
    let mut stages: BTreeMap<&str, DiGraphMap<&str, ()>> = BTreeMap::new();
    for Import { from, to, .. } in imports.edges() {
        if stage(from) == stage(to) && !is_own_folder(from, to) {
            stages.entry(stage(from)).or_default().add_edge(from, to, ());
        }
    }
    let circles = stages.values().flat_map(tarjan_scc);
    circles
        .filter(|files| files.len() > LARGEST_CIRCLE)
        .map(|mut files| {
            files.sort_unstable();
            format!(
                "{} files import each other in a circle: {}",
                files.len(),
                files.join(", ")
            )
        })
        .collect()
}

/// Whether a file is the `mod.rs` of the folder, or of a folder above, in which the other stands, or the root of the crate.
fn is_own_folder(from: &str, to: &str) -> bool {
    from == "lib.rs" || from.strip_suffix("mod.rs").is_some_and(|folder| to.starts_with(folder))
}

/// The stage that a file belongs to: its first folder, or its own name beside `lib.rs`.
fn stage(file: &str) -> &str {
    let first = file.split('/').next().unwrap_or(file);
    first.strip_suffix(".rs").unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, a stage may import a later one, or circles may grow, and no one is told.
    #[test]
    fn what_is_wrong_in_a_tree_is_told() {
        let folder = std::env::temp_dir().join(format!("qarar-architecture-{}", std::process::id()));
        let write = |file: &str, text: &str| {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().expect("a file stands in a folder"))
                .expect("temporary folders can be made");
            std::fs::write(path, text).expect("temporary files can be written");
        };
        write("lib.rs", "pub mod low; pub mod high;");
        write("low.rs", "use crate::high::Roof;\npub struct Ground;");
        write("high/mod.rs", "mod a; mod b; mod c; mod d; pub use a::Roof;");
        write("high/a.rs", "use super::b::B; pub struct Roof;");
        write("high/b.rs", "pub struct B(crate::high::c::C);");
        write("high/c.rs", "pub struct C; fn f() { super::d::d() }");
        write(
            "high/d.rs",
            "use crate::{low::Ground, high::Roof}; #[cfg(test)] mod tests { use crate::nowhere::X; }",
        );
        let imports = Imports::of(&folder).expect("the tree can be read");
        let floors = Floors::parse("```floors\nlow  the ground\nhigh the roof\n```\n", "floors")
            .expect("the floors can be read");
        let upwards = upwards(&floors, &imports);
        assert_eq!(upwards.len(), 1, "{upwards:?}");
        assert!(
            upwards[0].starts_with("src/low.rs:1: `low` imports `high` (src/high/a.rs)"),
            "{upwards:?}"
        );
        assert_eq!(
            circles(&imports, stage),
            ["4 files import each other in a circle: high/a.rs, high/b.rs, high/c.rs, high/d.rs"]
        );
        std::fs::remove_dir_all(&folder).expect("temporary files can be removed");
    }
}
