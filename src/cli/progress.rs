//! How far a command with many documents has come, on one line of the terminal.

use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Counts documents, from any thread.
pub(super) struct Progress {
    /// How many there are; none where nothing is to be shown.
    all: Option<usize>,
    done: Mutex<usize>,
    start: Instant,
}

impl Progress {
    /// Starts with so many documents before it.
    pub(super) fn new(all: usize, is_shown: bool) -> Self {
        Self {
            all: is_shown.then_some(all),
            done: Mutex::default(),
            start: Instant::now(),
        }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        // Held while the line is written, so that a smaller number does not follow a larger one.
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done += 1;
        let Some(all) = self.all else { return };
        let line = line(*done, all, self.start.elapsed().as_secs_f64());
        // It is there to be looked at: a terminal that went is no reason to fail.
        let _ = write!(anstream::stderr(), "\r{line}");
    }

    /// Takes the line away.
    pub(super) fn finish(self) {
        if let Some(all) = self.all {
            let width = line(all, all, 0.0).chars().count() + 10;
            let _ = write!(anstream::stderr(), "\r{:width$}\r", "");
        }
    }
}

/// `[######······] 3 of 6 documents, 2 s left`, with spaces over what a longer line before it left.
fn line(done: usize, all: usize, seconds: f64) -> String {
    const WIDTH: usize = 30;
    let (filled, left) = (WIDTH * done / all.max(1), all.saturating_sub(done));
    let each = seconds / done.max(1) as f64;
    format!(
        "[{:·<WIDTH$}] {done} of {all} documents, {:.0} s left    ",
        "#".repeat(filled.min(WIDTH)),
        each * left as f64
    )
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_tells_what_is_done_and_how_long_the_rest_takes() {
        assert_eq!(
            line(1, 4, 3.0).trim_end(),
            "[#######·······················] 1 of 4 documents, 9 s left"
        );
        assert_eq!(
            line(4, 4, 9.0).trim_end(),
            "[##############################] 4 of 4 documents, 0 s left"
        );
    }
}
