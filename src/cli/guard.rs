//! Commands that work with a template or with fonts of somebody's own are done by a second process of this program, under
//! bounds of memory and time. A template is a program, and a font has one in every glyph: whatever it does, the process that
//! it brings down is not this one, which tells what happened.
//!
//! The first process hands its arguments over and waits. Its pipe to the second one's standard input tells that it is still
//! there; what the second says on its standard error is told when it ends, without the last words of one that fell.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read};
use std::process::{ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{program, report};
use crate::apart::{self, Downfall};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits::{TEMPLATE_BYTES_A_SECOND, TEMPLATE_MEMORY, TEMPLATE_SECONDS, TEMPLATE_TEXT};

/// The command that the program runs itself with.
pub(super) const COMMAND: &str = "guarded";

/// The stack of a thread that may run a template, in bytes. Only what is used of it takes memory.
const STACK: usize = 32 << 20;

/// Has a second process do what the arguments ask for, and gives the exit code. `suspects` are the template and the fonts.
///
/// # Errors
/// When no process can be started.
pub(super) fn run(arguments: &[OsString], suspects: &str) -> io::Result<u8> {
    let ended = child(COMMAND, arguments, Stdio::inherit())?;
    if let Some(code) = ended.status.code().and_then(|code| u8::try_from(code).ok()) {
        report::pass_on(&ended.said);
        return Ok(code);
    }
    let told = Diagnostics::from(fallen(suspects, &ended));
    report::tell(&told, report::Form::Full);
    report::sum_up(1, 0);
    report::end(1);
    Ok(1)
}

/// Has a second process answer by a command, and gives what it answers.
///
/// # Errors
/// When no process can be started.
pub(super) fn answer(name: &str, arguments: &[OsString], suspects: &str) -> io::Result<Result<Vec<u8>, Diagnostic>> {
    let ended = child(name, arguments, Stdio::piped())?;
    Ok(match ended.status.code() {
        Some(_) => Ok(ended.answer),
        None => Err(fallen(suspects, &ended)),
    })
}

/// What came of a second process.
struct Ended {
    status: ExitStatus,
    /// Its standard output, where that is this one's to read.
    answer: Vec<u8>,
    /// Its standard error.
    said: Vec<u8>,
}

/// Runs a command of this program in a second process.
fn child(name: &str, arguments: &[OsString], output: Stdio) -> io::Result<Ended> {
    let mut command = program::command(name)?;
    command.args(arguments);
    // What is said comes through this process, which takes colours out where they are not wanted.
    command.env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR");
    command.env("RUST_MIN_STACK", STACK.to_string());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(output)
        .stderr(Stdio::piped())
        .spawn()?;
    // As long as it is open the child knows that somebody waits.
    let alive = child.stdin.take();
    let (pipe, stderr) = (child.stdout.take(), child.stderr.take());
    let (answer, said) = thread::scope(|scope| {
        let said = scope.spawn(|| stderr.map(apart::heard).unwrap_or_default());
        let mut answer = Vec::new();
        // An answer that is not whole is seen as such.
        let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut answer));
        (answer, said.join().unwrap_or_default())
    });
    let status = child.wait()?;
    drop(alive);
    Ok(Ended { status, answer, said })
}

fn fallen(suspects: &str, ended: &Ended) -> Diagnostic {
    if let Some(signal) = ended_from_outside(ended.status) {
        return Diagnostic::error(format!("the work with {suspects} was ended by signal {signal}"))
            .rule("ended-from-outside")
            .hint("was it ended by you, or has the machine no memory left?");
    }
    let fall = Downfall::of(&String::from_utf8_lossy(&ended.said), TEMPLATE_MEMORY);
    let hint = match fall {
        Downfall::Depth => "does a function of it call itself, or an expression nest without end?",
        Downfall::Memory(_) => "does a loop of it collect without end, or is a picture, a length or a font too large?",
        Downfall::Time(_) | Downfall::Fault => {
            "is there a length, a number, a picture or a font that no page can have?"
        }
    };
    Diagnostic::error(format!("nothing can be done with {suspects}: {fall}"))
        .rule("template-falls")
        .hint(hint)
}

/// The signal that ended a process from outside: not one that it falls by.
fn ended_from_outside(status: ExitStatus) -> Option<i32> {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        let signals = [1, 2, 9, 15];
        status.signal().filter(|signal| signals.contains(signal))
    }
    #[cfg(not(unix))]
    {
        let _ = status;
        None
    }
}

/// The second process: bounds itself and runs what it is asked for, on a thread with a stack that holds what may nest. `late` is
/// called with what is to be told when something takes longer than it may; then the process ends.
pub(super) fn serve(suspects: String, late: fn(Diagnostic), run: impl FnOnce() -> u8 + Send + 'static) -> u8 {
    let threads = 2 * thread::available_parallelism().map_or(1, usize::from);
    apart::bound_this_process(TEMPLATE_MEMORY.saturating_add(threads * STACK), None);
    *state() = Some(State {
        suspects,
        ..State::default()
    });
    thread::spawn(|| {
        // The first process is gone: nobody waits for this one.
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        std::process::exit(1);
    });
    thread::spawn(move || end_what_is_late(late));
    let work = thread::Builder::new().stack_size(STACK).spawn(run);
    let done = work.ok().and_then(|work| work.join().ok());
    done.unwrap_or(3)
}

/// What the second process is doing.
#[derive(Debug, Default)]
struct State {
    suspects: String,
    next: usize,
    running: BTreeMap<usize, Running>,
    /// The bytes of the largest document so far: those that wait for it have its time.
    largest: usize,
}

/// Something that is done.
#[derive(Debug)]
struct Running {
    start: Instant,
    /// The seconds that it has at the least.
    seconds: usize,
    what: String,
}

/// Nothing in a process that is not guarded.
static STATE: Mutex<Option<State>> = Mutex::new(None);

fn state() -> std::sync::MutexGuard<'static, Option<State>> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Work that has an end in time until it is dropped.
#[derive(Debug)]
pub(super) struct Watched(Option<usize>);

/// Gives work the time that it may take; in a process that is not guarded it has no end. `bytes` are those of the text of the
/// document.
pub(super) fn watch(what: impl FnOnce() -> String, bytes: usize) -> Watched {
    watch_for(TEMPLATE_SECONDS, what, bytes)
}

/// Gives work so many seconds at the least; see [`watch`].
pub(super) fn watch_for(seconds: usize, what: impl FnOnce() -> String, bytes: usize) -> Watched {
    Watched(state().as_mut().map(|state| {
        state.next += 1;
        state.largest = state.largest.max(bytes);
        let running = Running {
            start: Instant::now(),
            seconds,
            what: what(),
        };
        state.running.insert(state.next, running);
        state.next
    }))
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let (Some(number), Some(state)) = (self.0, state().as_mut()) {
            state.running.remove(&number);
        }
    }
}

/// Tells on the terminal of work that takes too long.
pub(super) fn tell_late(fault: Diagnostic) {
    report::tell(&Diagnostics::from(fault), report::Form::Full);
    report::sum_up(1, 0);
    report::end(1);
}

/// Ends this process when something takes longer than it may.
fn end_what_is_late(tell: fn(Diagnostic)) {
    loop {
        thread::sleep(Duration::from_millis(50));
        let state = state();
        let Some(state) = state.as_ref() else { return };
        let more = state.largest.saturating_sub(TEMPLATE_TEXT) / TEMPLATE_BYTES_A_SECOND;
        let most = |running: &Running| running.seconds + more;
        let late = |running: &&Running| running.start.elapsed() > Duration::from_secs(most(running) as u64);
        if let Some(late) = state.running.values().find(late) {
            let (what, seconds) = (&late.what, most(late));
            let fault = Diagnostic::error(format!(
                "{what} takes longer than {seconds} seconds with {}",
                state.suspects
            ))
            .rule("too-long");
            let hint = "does a loop of it end? docs/limits.md tells how long it may take, by the length of the text";
            tell(fault.hint(hint));
            std::process::exit(1);
        }
    }
}
