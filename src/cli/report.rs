//! What is told on the terminal: faults on stderr, what was done on stdout, colour only where it can be seen.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::diagnostic::{Diagnostics, Look, Severity, Told};

/// How faults are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum Form {
    /// With the line of the source, drawn
    #[default]
    Full,
    /// On one line each: file:line:column: error: …
    Short,
    /// All that the command tells as JSON on stdout, with fixes as edits
    Json,
    /// The same as SARIF 2.1.0
    Sarif,
}

impl Form {
    /// Whether a program reads it.
    pub(super) fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

/// What is told to a program, which gets all of it when the command ends.
#[derive(Debug)]
struct Collected {
    told: Told,
    sarif: bool,
}

/// Nothing where people read.
static COLLECTED: Mutex<Option<Collected>> = Mutex::new(None);

/// Collects all that is told from now on where a program reads.
pub(super) fn begin(command: &'static str, form: Form) {
    let mut collected = COLLECTED.lock().unwrap_or_else(PoisonError::into_inner);
    *collected = form.is_for_programs().then(|| Collected {
        told: Told {
            command,
            diagnostics: Diagnostics::default(),
            output: Vec::new(),
            exit_code: 0,
        },
        sarif: form == Form::Sarif,
    });
}

/// Does something with what is told to a program; `false` where people read.
fn collect(add: impl FnOnce(&mut Told)) -> bool {
    let mut collected = COLLECTED.lock().unwrap_or_else(PoisonError::into_inner);
    collected.as_mut().map(|collected| add(&mut collected.told)).is_some()
}

/// Whether a program reads what is told.
pub(super) fn is_collected() -> bool {
    collect(|_| {})
}

/// Gives a program what was told. The command ends with this number.
pub(super) fn end(exit_code: u8) {
    let collected = COLLECTED.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(Collected { mut told, sarif }) = collected else {
        return;
    };
    told.exit_code = exit_code;
    let told = if sarif { told.sarif() } else { told.json() };
    say(&format!("{told:#}"));
}

/// Tells faults and warnings on stderr.
pub(super) fn tell(diagnostics: &Diagnostics, form: Form) {
    if collect(|told| told.diagnostics.append(diagnostics.clone())) {
        return;
    }
    let text = match form {
        Form::Full | Form::Json | Form::Sarif => diagnostics.draw(Look {
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
    if is_collected() {
        return;
    }
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
    if collect(|told| told.output.push(line.to_owned())) {
        return;
    }
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
