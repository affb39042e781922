#![doc = include_str!("../README.md")]

mod workers;

use std::ffi::OsString;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// As in the program, and for the same reason.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The module `qarar._qarar`. What it has is typed in `python/qarar/_qarar.pyi`.
#[pymodule]
mod _qarar {
    #[pymodule_export]
    use super::{answer, downfall, draw, run, set_program};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// The data and the files that answer a command ([`qarar::cli::answer`]). Other threads of Python run meanwhile.
#[pyfunction]
fn answer<'py>(py: Python<'py>, asked: Vec<OsString>) -> PyResult<(String, Vec<Bound<'py, PyBytes>>)> {
    let answer = py.allow_threads(|| workers::run(|| qarar::cli::answer(&asked)))?;
    let files = answer.files.iter().map(|file| PyBytes::new(py, file));
    Ok((answer.data, files.collect()))
}

/// Pages of a PDF as PNG, drawn in a process of their own: of each page, from 1, a picture, or why there is none.
#[pyfunction]
fn draw<'py>(py: Python<'py>, pdf: &[u8], pages: Vec<usize>, dpi: f32) -> PyResult<Vec<(Bound<'py, PyBytes>, String)>> {
    let drawn = py.allow_threads(|| qarar::cli::draw(pdf, &pages, dpi))?;
    let picture = |page: &usize| {
        let picture = drawn.pictures.get(page.wrapping_sub(1)).map_or(&[][..], Vec::as_slice);
        let fault = drawn.faults.iter().find(|(other, _)| other == page);
        let words = fault.map_or_else(String::new, |(_, words)| words.clone());
        (PyBytes::new(py, picture), words)
    };
    Ok(pages.iter().map(picture).collect())
}

/// Runs the program with a command line, the name of the program first, and gives its exit code.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.allow_threads(|| qarar::cli::run_as(&arguments))
}

/// Names what starts this module as the program: a path and the arguments before those of a command.
#[pyfunction]
fn set_program(words: Vec<OsString>) {
    qarar::cli::set_program(words);
}

/// Why a process that answered ended, by what it said last.
#[pyfunction]
fn downfall(said: &str) -> String {
    qarar::cli::downfall(said)
}
