//! Tries spoiled inputs in warm processes until the time is over.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::corpus;
use crate::found;
use crate::minimize::minimize;
use crate::mutate::{self, Material};
use crate::target::Target;
use crate::trial::{self, Wrong};
use crate::worker::FLAG;

/// How much of the processor the library may take for an input before the program itself is asked.
const LONGEST: Duration = Duration::from_secs(8);
/// How often that is looked at, and how often at the most.
const LOOKS: u32 = 10;
/// A process is replaced after so many inputs: what it remembers of them is no fault of the next.
const INPUTS: u64 = 300;

/// What came of a target.
pub(crate) struct Tally {
    name: &'static str,
    inputs: u64,
    /// How often a warm process came down, or took too long.
    crashes: u64,
    hangs: u64,
    longest: Duration,
    /// The most memory of a warm process, in MB.
    memory: u64,
    /// The faults of the program itself, each counted once.
    pub(crate) faults: usize,
    names: BTreeSet<String>,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<9} {:>7} inputs, {:>3} crashes and {:>3} hangs of the library, longest {:.1} s, most memory {} MB, {} faults of the program",
            self.name,
            self.inputs,
            self.crashes,
            self.hangs,
            self.longest.as_secs_f64(),
            self.memory,
            self.faults
        )?;
        self.names.iter().try_for_each(|name| write!(f, "\n    {name}"))
    }
}

/// Hunts for faults of one target.
pub(crate) fn hunt(target: &'static Target, qarar: &Path, time: Duration, seed: u64) -> std::io::Result<Tally> {
    let corpus = corpus::of(target)?;
    let kept = corpus::kept(target)?;
    let end = Instant::now() + time;
    let tally = Mutex::new(Tally {
        name: target.name,
        inputs: 0,
        crashes: 0,
        hangs: 0,
        longest: Duration::ZERO,
        memory: 0,
        faults: 0,
        names: BTreeSet::new(),
    });
    let next = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(4);
    let one = || -> std::io::Result<()> {
        let material = Material {
            corpus: &corpus,
            words: target.words,
        };
        let mut worker: Option<Worker> = None;
        while Instant::now() < end {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let input = match kept.get(number as usize) {
                Some(kept) => kept.clone(),
                None => mutate::input(seed, number, target.mutations, &material),
            };
            let mut warm = match worker.take() {
                Some(warm) => warm,
                None => Worker::start(target)?,
            };
            let start = Instant::now();
            let ending = warm.try_out(&input);
            let took = start.elapsed();
            let memory = warm.memory();
            let mut told = tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            told.inputs += 1;
            told.longest = told.longest.max(took);
            told.memory = told.memory.max(memory);
            match ending {
                Ending::Fine => {
                    worker = (warm.inputs < INPUTS).then_some(warm);
                    continue;
                }
                Ending::Crash => told.crashes += 1,
                Ending::Hang => told.hangs += 1,
            }
            drop(told);
            drop(warm);
            if let Some(wrong) = trial::wrong(target, qarar, &input)? {
                report(target, qarar, (&input, number, seed), &wrong, &tally)?;
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
        running
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or(Ok(())))
    })?;
    Ok(tally.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
}

/// Keeps a fault that was not seen before.
fn report(
    target: &'static Target,
    qarar: &Path,
    (input, number, seed): (&[u8], u64, u64),
    wrong: &Wrong,
    tally: &Mutex<Tally>,
) -> std::io::Result<()> {
    {
        let mut told = tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !told.names.insert(wrong.signature.clone()) {
            return Ok(());
        }
        told.faults += 1;
    }
    let path = found::place(target, &wrong.signature);
    found::keep(&path, input, wrong, number, seed)?;
    // What takes too long would take too long every time.
    if !wrong.signature.ends_with("-time") {
        let smaller = minimize(target, qarar, input, &wrong.signature);
        found::keep(&path, &smaller, wrong, number, seed)?;
    }
    Ok(())
}

enum Ending {
    Fine,
    Crash,
    Hang,
}

/// A warm process.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<u8>,
    inputs: u64,
}

impl Worker {
    fn start(target: &Target) -> std::io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([FLAG, target.name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::Error::other("a process without pipes"));
        };
        let (send, answers) = channel();
        std::thread::spawn(move || {
            let mut byte = [0];
            while output.read_exact(&mut byte).is_ok() && send.send(byte[0]).is_ok() {}
        });
        Ok(Self {
            child,
            input,
            answers,
            inputs: 0,
        })
    }

    fn try_out(&mut self, bytes: &[u8]) -> Ending {
        self.inputs += 1;
        // The first answer waits for the fonts to be loaded as well.
        let allowed = LONGEST + if self.inputs == 1 { LONGEST } else { Duration::ZERO };
        let length = u32::try_from(bytes.len()).unwrap_or(0).to_le_bytes();
        let sent = self.input.write_all(&length).and_then(|()| self.input.write_all(bytes));
        if sent.and_then(|()| self.input.flush()).is_err() {
            return Ending::Crash;
        }
        let before = self.processor();
        for _ in 0..LOOKS {
            match self.answers.recv_timeout(allowed) {
                Ok(_) => return Ending::Fine,
                Err(RecvTimeoutError::Disconnected) => return Ending::Crash,
                Err(RecvTimeoutError::Timeout) => {}
            }
            // On a busy machine it may have had next to nothing of the processor.
            if self.processor().saturating_sub(before) >= allowed {
                break;
            }
        }
        Ending::Hang
    }

    /// How much of the processor it took so far.
    fn processor(&self) -> Duration {
        /// What the system counts in: hundredths of a second.
        const TICK: u64 = 10;
        let told = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // The name of the program, in brackets, comes first; eleven numbers stand between it and the two that count.
        let numbers = told.rsplit(')').next().unwrap_or_default().split_ascii_whitespace();
        let ticks: u64 = numbers
            .skip(11)
            .take(2)
            .filter_map(|ticks| ticks.parse::<u64>().ok())
            .sum();
        Duration::from_millis(ticks * TICK)
    }

    /// The most memory that it had, in MB; 0 where the system does not tell.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_ascii_whitespace().next()?.parse::<u64>().ok());
        kilobytes.unwrap_or(0) / 1024
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
