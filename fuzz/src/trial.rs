//! Gives an input to the program as a user would, under limits, and judges how it ends.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::target::Target;

/// How many seconds of the processor a command may take.
const SECONDS: u64 = 20;
/// How long it is waited for: on a busy machine a second of the processor takes many.
const LONGEST: Duration = Duration::from_secs(10 * SECONDS);
/// The signal that ends a command which took its seconds.
const SIGXCPU: i32 = 24;
/// The address space of a command in the unit of `ulimit -v`, 1024 bytes.
const MEMORY: &str = "4000000";

/// What is wrong with how a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// What tells this fault from others: the place of a panic, the signal.
    pub(crate) signature: String,
    /// The command and what it printed.
    pub(crate) told: String,
}

/// Runs the commands of a target on an input; the first that ends as no command should.
pub(crate) fn wrong(target: &Target, qarar: &Path, input: &[u8]) -> std::io::Result<Option<Wrong>> {
    let folder = tempfile::tempdir()?;
    (target.lay_out)(folder.path(), input)?;
    for arguments in target.commands {
        let mut shell = Command::new("sh");
        shell
            .args([
                "-c",
                &format!("ulimit -c 0; ulimit -v {MEMORY}; ulimit -S -t {SECONDS}; exec \"$0\" \"$@\""),
            ])
            .arg(qarar)
            .args(*arguments)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let (code, late, said) = finish(shell.spawn()?)?;
        let told = format!("qarar {}\n{said}", arguments.join(" "));
        let signature = match code {
            None if late => format!("{}-time", arguments[0]),
            // 101 is a panic that was not caught.
            Some(0..=3) if !said.contains("panicked at") => continue,
            _ => format!("{}-{}", arguments[0], signature(&said)),
        };
        return Ok(Some(Wrong { signature, told }));
    }
    Ok(None)
}

/// Waits for a process, not longer than allowed: its exit code, where it has one, whether it took too long, and what it said.
fn finish(mut child: Child) -> std::io::Result<(Option<i32>, bool, String)> {
    let mut pipe = child.stderr.take();
    let reader = std::thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(pipe) = &mut pipe {
            let _ = pipe.take(1 << 16).read_to_end(&mut said);
        }
        String::from_utf8_lossy(&said).into_owned()
    });
    let start = Instant::now();
    let (status, late) = loop {
        if let Some(status) = child.try_wait()? {
            break (status, status.signal() == Some(SIGXCPU));
        }
        if start.elapsed() > LONGEST {
            child.kill()?;
            break (child.wait()?, true);
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    Ok((status.code(), late, reader.join().unwrap_or_default()))
}

/// What tells a fault from others, out of what a process said when it ended: a name for a file.
pub(crate) fn signature(said: &str) -> String {
    let place = said
        .split_once("panicked at ")
        .map(|(_, rest)| rest.split([':', '\n']).take(2).collect::<Vec<_>>().join("-"));
    let place = place.map(|place| place.rsplit('/').next().map(str::to_owned).unwrap_or(place));
    let name = match place {
        Some(place) => format!("panic-{place}"),
        None if said.contains("overflowed its stack") => "stack".to_owned(),
        None if said.contains("memory allocation") => "memory".to_owned(),
        None => "ended".to_owned(),
    };
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect()
}
