//! Drawing pages of PDFs that somebody else wrote: this program, run again for that alone.

use std::io;
use std::path::Path;
use std::process::Command;

use super::program;
use crate::diagnostic::Diagnostic;
use crate::layout::{Drawn, draw_apart};

/// The command that the program runs itself with to draw.
pub(super) const COMMAND: &str = "draw-pages";

/// This program as one that draws.
pub(super) fn artist() -> io::Result<Command> {
    program::command(COMMAND)
}

/// Draws pages of a PDF by anyone, which count from 1, in a process of its own under bounds. `dpi` are the pixels an inch.
///
/// # Errors
/// When no process can be started.
pub fn draw(pdf: &[u8], pages: &[usize], dpi: f32) -> io::Result<Drawn> {
    draw_apart(artist, pdf, dpi, pages)
}

/// What is told of pages that cannot be drawn: those of one reason together.
pub(super) fn told(path: &Path, faults: &[(usize, String)]) -> Vec<Diagnostic> {
    let mut reasons: Vec<&str> = faults.iter().map(|(_, reason)| reason.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let one = |reason: &str| {
        let pages = faults
            .iter()
            .filter(|(_, other)| other == reason)
            .map(|(page, _)| *page);
        let message = format!(
            "{} of `{}` cannot be drawn: {reason}",
            pages_in_words(&pages.collect::<Vec<_>>()),
            path.display()
        );
        Diagnostic::warning(message)
            .rule("page-not-drawn")
            .hint("what was read of it is compared and shown; draw it with a viewer to see it")
    };
    reasons.into_iter().map(one).collect()
}

/// `page 3`, `pages 3, 4 and 7`, `page 3 and 57 more pages`.
fn pages_in_words(pages: &[usize]) -> String {
    match pages {
        [page] => format!("page {page}"),
        [before @ .., last] if before.len() < 6 => {
            let before: Vec<String> = before.iter().map(usize::to_string).collect();
            format!("pages {} and {last}", before.join(", "))
        }
        [first, more @ ..] => format!("page {first} and {} more pages", more.len()),
        [] => String::new(),
    }
}
