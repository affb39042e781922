//! Layout tests for users of the library: an edition that is not laid out like its reference fails the test with what an
//! editor would say, and leaves a page that shows it.

use std::path::{Path, PathBuf};

use super::compare::{Options, compare};
use super::json;
use super::report::{Shown, html};
use super::snapshot::Layout;

/// The environment variable that makes what is laid out the reference.
pub const ACCEPT: &str = "QARAR_ACCEPT_LAYOUT";

/// Fails a test when an edition is not laid out like its reference.
///
/// The reference is a file that `qarar layout` wrote; its path is relative to the manifest of the crate that is tested.
/// The edition is one of `qarar`, or a [`crate::Layout`], by reference. On a difference the test
/// panics with the differences, and a page that shows them is written below the target folder. With the environment variable
/// `QARAR_ACCEPT_LAYOUT=1` the reference is written anew.
///
/// ```no_run
/// # fn test(edition: qarar_layout::Layout) {
/// qarar_layout::assert_layout!("tests/layouts/ar.layout.json", &edition);
/// # }
/// ```
#[macro_export]
macro_rules! assert_layout {
    ($reference:expr, $edition:expr $(,)?) => {
        $crate::assert_same(
            ::std::path::Path::new(::std::env!("CARGO_MANIFEST_DIR")),
            ::std::path::Path::new(&$reference),
            $crate::Layout::from($edition),
        )
    };
}

/// Does what [`crate::assert_layout!`] says.
///
/// # Panics
/// When the layouts differ, or the reference cannot be read or written.
#[track_caller]
#[expect(
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "it is an assertion, called by a macro with what it made"
)]
pub fn assert_same(manifest: &Path, reference: &Path, actual: Layout) {
    let accepts = std::env::var_os(ACCEPT).is_some_and(|value| !value.is_empty() && value != "0");
    if let Err(told) = check(manifest, &manifest.join(reference), &actual, accepts) {
        panic!("{told}");
    }
}

fn check(manifest: &Path, path: &Path, actual: &Layout, accepts: bool) -> Result<(), String> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && accepts => return keep(path, actual),
        Err(error) => {
            return Err(format!(
                "the reference `{}` cannot be read: {error}\nset {ACCEPT}=1 to write it",
                path.display()
            ));
        }
    };
    let reference = json::read(&text).map_err(|error| format!("`{}`: {error}", path.display()))?;
    let comparison = compare(&reference, actual, Options::default());
    if comparison.is_same() {
        return Ok(());
    }
    if accepts {
        return keep(path, actual);
    }
    let shown = Shown {
        comparison: &comparison,
        layouts: (&reference, actual),
        pictures: (&[], &[]),
    };
    let report = report_path(manifest, path);
    let written = report
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(&report, html(&[shown])));
    let report = match written {
        Ok(()) => format!("look at {}", report.display()),
        Err(error) => format!("no report: {}: {error}", report.display()),
    };
    Err(format!(
        "the layout is not that of `{}`\n{comparison}{report}\nset {ACCEPT}=1 to make it the reference",
        path.display()
    ))
}

/// Writes the reference: under another name first, so that no half of it is ever read.
fn keep(path: &Path, actual: &Layout) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("the reference `{}` cannot be written: {error}", path.display());
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut name = path.as_os_str().to_owned();
    name.push(".tmp");
    std::fs::write(&name, json::write(actual))
        .and_then(|()| std::fs::rename(&name, path))
        .map_err(failed)
}

/// `target/layouts/…html`, named after the reference.
fn report_path(manifest: &Path, reference: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| manifest.join("target"), PathBuf::from);
    let below = reference.strip_prefix(manifest).unwrap_or(reference);
    let parts: Vec<String> = below
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    let name = parts.join("-");
    target.join("layouts").join(format!(
        "{}.html",
        name.trim_end_matches(".json").trim_end_matches(".layout")
    ))
}
