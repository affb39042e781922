//! What is told on the terminal: faults on stderr, what was done on stdout, colour only where it can be seen.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;

use crate::diagnostic::{Diagnostics, Look, Severity};

/// How faults are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Form {
    /// With the line of the source, drawn
    #[default]
    Full,
    /// On one line each: file:line:column: error: …
    Short,
}

/// Tells faults and warnings on stderr.
pub(super) fn tell(diagnostics: &Diagnostics, form: Form) {
    let text = match form {
        Form::Full => diagnostics.draw(Look {
            colour: true,
            ..Look::default()
        }),
        Form::Short if diagnostics.is_empty() => String::new(),
        Form::Short => format!("{diagnostics}\n"),
    };
    // The stream takes colours out where they are not wanted: no terminal, NO_COLOR, TERM=dumb.
    // A closed pipe is no reason to fail.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Tells what another process of qarar told, with colours.
pub(super) fn pass_on(said: &[u8]) {
    let _ = anstream::stderr().write_all(said);
}

/// Says how many faults and warnings there were.
pub(super) fn sum_up(errors: usize, warnings: usize) {
    let count = |n: usize, severity: Severity| format!("{n} {severity}{}", if n == 1 { "" } else { "s" });
    let text = match (errors, warnings) {
        (0, 0) => return,
        (0, w) => count(w, Severity::Warning),
        (e, 0) => count(e, Severity::Error),
        (e, w) => format!("{}, {}", count(e, Severity::Error), count(w, Severity::Warning)),
    };
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// The first fault of stdout, as that its disk is full.
static UNWRITTEN: OnceLock<io::Error> = OnceLock::new();

/// Says on stdout what was done. What cannot be said is told when the command ends.
pub(super) fn say(line: &str) {
    // A name of a file or a text of a PDF may hold characters that steer a terminal.
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let escaped = |c: char| {
        if steers(c) {
            format!("⟨U+{:04X}⟩", c as u32)
        } else {
            c.to_string()
        }
    };
    let line = match line.contains(steers) {
        true => Cow::Owned(line.chars().map(escaped).collect::<String>()),
        false => Cow::Borrowed(line),
    };
    let mut out = anstream::stdout();
    let said = writeln!(out, "{line}").and_then(|()| out.flush());
    match said {
        // Who reads the beginning of an answer and closes the pipe, as `head` does, has what was wanted.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => _ = UNWRITTEN.set(error),
        _ => {}
    }
}

/// Why what was said on stdout is not all there.
pub(super) fn unwritten() -> Option<&'static io::Error> {
    UNWRITTEN.get()
}

/// Whether somebody watches stderr.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}
