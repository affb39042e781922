//! Measures how lines are filled in PDFs by any typesetter: `cargo xtask lines FILE.pdf …`, and the table of `docs/lines.md`.

#![expect(clippy::print_stdout, reason = "what it prints is its result")]

mod columns;
mod elongation;
mod figures;
mod natural;
mod reading;
mod twins;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use columns::{Column, columns};
use figures::{Figures, HEAD};
use natural::Fonts;

/// What is asked for.
struct Asked {
    /// Each with the name that the table has for it.
    files: Vec<(String, PathBuf)>,
    /// Folders of fonts whose spaces are known where a PDF has none drawn.
    fonts: Vec<PathBuf>,
    /// Whether the column of the most lines alone is told.
    body: bool,
    /// Words of a paragraph whose place is asked, instead of figures.
    paragraph: Option<String>,
}

fn asked() -> Result<Asked, String> {
    let mut asked = Asked {
        files: Vec::new(),
        fonts: Vec::new(),
        body: false,
        paragraph: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), argument.split_once('=')) {
            ("--fonts", _) => asked
                .fonts
                .push(arguments.next().ok_or("--fonts wants a folder")?.into()),
            ("--body", _) => asked.body = true,
            ("--paragraph", _) => asked.paragraph = Some(arguments.next().ok_or("--paragraph wants words of it")?),
            (_, Some((name, file))) if !Path::new(&argument).exists() => {
                asked.files.push((name.to_owned(), file.into()));
            }
            _ => asked.files.push((argument.clone(), argument.into())),
        }
    }
    if asked.files.is_empty() {
        return Err("name one PDF or more: FILE.pdf, or NAME=FILE.pdf".to_owned());
    }
    Ok(asked)
}

/// The columns of a PDF.
fn columns_of(file: &Path, fonts: &Fonts) -> Result<(Vec<Column>, Vec<u8>), String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let bytes = std::fs::read(file).map_err(|error| told(&error))?;
    let document = qarar_pdf::read_with_ink(bytes.clone()).map_err(|error| told(&error))?;
    Ok((columns(reading::lines(&document, fonts)), bytes))
}

/// The rows of a PDF: one for each kind of column, and what its twins leave where it has two languages.
fn rows(name: &str, file: &Path, asked: &Asked, fonts: &Fonts) -> Result<(Vec<String>, Option<String>), String> {
    let (mut columns, bytes) = columns_of(file, fonts)?;
    columns.truncate(if asked.body { 1 } else { columns.len() });
    let label = |column: &Column| match columns.len() {
        1 => name.to_owned(),
        _ => format!("{name}, {}", column.name()),
    };
    let rows = columns
        .iter()
        .map(|column| Figures::of(column).row(&label(column)))
        .collect();
    let layout = qarar_layout::read_pdf(bytes).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok((rows, twins::white(&layout).map(|white| format!("{name}: {white}"))))
}

/// Where a paragraph stands that has these words in a line: page, left, top, width, height.
fn place(words: &str, file: &Path, fonts: &Fonts) -> Result<String, String> {
    let (columns, _) = columns_of(file, fonts)?;
    let mut paragraphs = columns.iter().flat_map(|column| &column.paragraphs);
    let found = paragraphs.find(|lines| lines.iter().any(|placed| placed.line.text.contains(words)));
    let Some(first) = found.and_then(|lines| lines.first()) else {
        return Err(format!("{}: no line has {words}", file.display()));
    };
    // What of it stands on its first page.
    let lines = found.into_iter().flatten().map(|placed| &placed.line);
    let lines = lines.filter(|line| line.page == first.line.page);
    let (mut left, mut right, mut bottom) = (f64::INFINITY, 0.0_f64, 0.0_f64);
    for line in lines {
        (left, right, bottom) = (left.min(line.left), right.max(line.right), bottom.max(line.baseline));
    }
    let top = first.line.baseline - first.line.size;
    let height = bottom + 0.42 * first.line.size - top;
    Ok(format!(
        "{} {left:.1} {top:.1} {:.1} {height:.1}",
        first.line.page + 1,
        right - left
    ))
}

fn told(asked: &Asked) -> Result<(), String> {
    let fonts = Fonts::of(&asked.fonts)?;
    if let Some(words) = &asked.paragraph {
        for (_, file) in &asked.files {
            println!("{}", place(words, file, &fonts)?);
        }
        return Ok(());
    }
    println!("{HEAD}");
    let mut whites = Vec::new();
    for (name, file) in &asked.files {
        let (rows, white) = rows(name, file, asked, &fonts)?;
        rows.iter().for_each(|row| println!("{row}"));
        whites.extend(white);
    }
    whites.iter().for_each(|white| println!("\n{white}"));
    Ok(())
}

fn main() -> ExitCode {
    match asked().and_then(|asked| told(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("lines: {fault}");
            ExitCode::from(2)
        }
    }
}
