//! The keeper: a second process that gives files their names and takes away what is left when the first one is killed.
//!
//! A set of files takes its names one by one, and no file system gives two names in one step. A build that is killed in
//! between would leave some files of its own beside some of the build before. So the build only writes the files and the
//! list of them; the keeper, in a group of processes of its own that no Ctrl-C and no time-out reaches, does the rest. It is
//! told by a pipe, whose end tells it that the build is over, by whatever cause.
//!
//! A message is a letter, a path and a zero byte; after a commit the keeper replies with the fault, if any, and a zero byte.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::commit;
use super::set::WriteError;
use super::staging::Staged;
use crate::cli::program;
use crate::diagnostic::shown;

/// A staging folder was made.
const WATCH: u8 = b'w';
/// A staging folder is complete.
const COMMIT: u8 = b'c';
/// A staging folder was taken away.
const FORGET: u8 = b'f';

/// The command that the program runs itself with as a keeper.
pub(in crate::cli) const COMMAND: &str = "keep-files";

/// The connection to the keeper; where none could be started the process does its work itself.
#[derive(Debug, Default)]
pub(in crate::cli) struct Keeper {
    process: Option<Mutex<Process>>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    requests: Option<ChildStdin>,
    replies: BufReader<ChildStdout>,
}

impl Keeper {
    /// Starts a keeper.
    pub(in crate::cli) fn start() -> Self {
        // Elsewhere a path is no plain string of bytes, and processes have no groups.
        let process = if cfg!(unix) { spawn().ok() } else { None };
        Self {
            process: process.map(Mutex::new),
        }
    }

    /// Lets it take a staging folder away when this process ends.
    pub(super) fn watch(&self, staging: &Path) {
        self.send(WATCH, staging);
    }

    /// Says that a staging folder is no more.
    pub(super) fn forget(&self, staging: &Path) {
        self.send(FORGET, staging);
    }

    fn send(&self, letter: u8, staging: &Path) {
        if let Some(process) = &self.process {
            let mut process = process.lock().unwrap_or_else(PoisonError::into_inner);
            // Without a keeper nothing but the cleaning is lost, and the next build does that.
            let _ = process.send(letter, staging);
        }
    }

    /// Gives the files of a staging folder their names.
    pub(super) fn commit(&self, staged: Staged) -> Result<(), WriteError> {
        let folder = staged.folder.clone();
        if let Some(process) = &self.process {
            let mut process = process.lock().unwrap_or_else(PoisonError::into_inner);
            if process.send(COMMIT, &folder).is_ok()
                && let Ok(reply) = process.reply()
            {
                return if reply.is_empty() {
                    Ok(())
                } else {
                    Err(WriteError::Keeper(reply))
                };
            }
        }
        let folder = staged.hand_over();
        commit::commit(&folder).map_err(WriteError::at(&folder))
    }
}

impl Process {
    fn send(&mut self, letter: u8, path: &Path) -> io::Result<()> {
        let Some(pipe) = &mut self.requests else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let mut message = vec![letter];
        message.extend(std::path::absolute(path)?.as_os_str().as_encoded_bytes());
        message.push(0);
        pipe.write_all(&message)?;
        pipe.flush()
    }

    fn reply(&mut self) -> io::Result<String> {
        let mut reply = Vec::new();
        self.replies.read_until(0, &mut reply)?;
        match reply.pop() {
            Some(0) => Ok(String::from_utf8_lossy(&reply).into_owned()),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.requests.take());
        // It ends when its pipe does.
        let _ = self.child.wait();
    }
}

fn spawn() -> io::Result<Process> {
    let mut command = program::command(COMMAND)?;
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let missing = || io::Error::from(io::ErrorKind::BrokenPipe);
    Ok(Process {
        requests: Some(child.stdin.take().ok_or_else(missing)?),
        replies: BufReader::new(child.stdout.take().ok_or_else(missing)?),
        child,
    })
}

/// The work of the keeper, until the pipe ends.
pub(in crate::cli) fn serve() {
    let mut watched: BTreeSet<PathBuf> = BTreeSet::new();
    let mut requests = io::stdin().lock();
    let mut message = Vec::new();
    loop {
        message.clear();
        let read = requests.read_until(0, &mut message);
        // Half a message is none: its sender died over it.
        let (Ok(_), Some(0), Some((letter, path))) = (read, message.pop(), message.split_first()) else {
            break;
        };
        let path = path_of(path);
        match *letter {
            WATCH => {
                watched.insert(path);
            }
            COMMIT => {
                let fault = commit::commit(&path).err();
                watched.remove(&path);
                let reply = fault.map_or_else(String::new, |fault| {
                    let target = path.parent().unwrap_or(&path);
                    format!("`{}`: {fault}", shown(target))
                });
                // Nobody may be there to hear it any more.
                let mut out = io::stdout().lock();
                let _ = out.write_all(reply.as_bytes()).and_then(|()| out.write_all(&[0]));
                let _ = out.flush();
            }
            _ => {
                watched.remove(&path);
            }
        }
    }
    for staging in watched {
        let _ = std::fs::remove_dir_all(staging);
    }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}
