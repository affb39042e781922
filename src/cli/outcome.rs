//! How a command ends.

use super::report;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// A fault of the command line or of the machine: the command could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    /// What was asked cannot be done.
    #[error("{0}")]
    Usage(String),
    /// An option that there is not.
    #[error("there is no option `{option}`")]
    Option {
        /// As it was written.
        option: String,
        /// What to do instead.
        hint: String,
    },
    /// A document that is named has faults.
    #[error("{0}")]
    Document(Box<Diagnostics>),
    /// Several things that were asked cannot be done.
    #[error("{}", .0.join("\n"))]
    Several(Vec<String>),
}

/// How a command ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// All was done.
    Done,
    /// The input is at fault; it was told how.
    Fault,
    /// qarar itself is at fault; it was told how.
    OwnFault,
    /// The command line is at fault.
    Refused(CommandError),
}

impl Outcome {
    /// Tells of a fault of the command line and gives the exit code.
    pub(super) fn tell(self) -> u8 {
        let code = self.told();
        report::end(code);
        if code != UNWRITTEN && unwritten() {
            UNWRITTEN
        } else {
            code
        }
    }

    /// Tells of a fault of the command line and gives the number of the exit code.
    fn told(self) -> u8 {
        if unwritten() {
            return UNWRITTEN;
        }
        match self {
            Self::Done => 0,
            Self::Fault => 1,
            Self::OwnFault => 3,
            // A program gets them with their places.
            Self::Refused(CommandError::Document(faults)) if report::is_collected() => {
                report::tell(&faults, report::Form::Full);
                2
            }
            Self::Refused(error) => {
                let mut diagnostics = Diagnostics::default();
                let faults = error.to_string();
                let faults = faults
                    .lines()
                    .map(|fault| Diagnostic::error(fault).rule("command-line"));
                match error {
                    CommandError::Option { hint, .. } => diagnostics.extend(faults.map(|fault| fault.hint(&hint))),
                    _ => diagnostics.extend(faults),
                }
                report::tell(&diagnostics, report::Form::Full);
                2
            }
        }
    }
}

/// The exit code where the answer could not be written whole.
const UNWRITTEN: u8 = 4;

/// Tells where the answer could not be written whole.
fn unwritten() -> bool {
    let Some(error) = report::unwritten() else {
        return false;
    };
    let fault = Diagnostic::error(format!("the answer could not be written whole: {error}"));
    report::tell(&fault.rule("answer-not-whole").into(), report::Form::Full);
    true
}

impl From<CommandError> for Outcome {
    fn from(error: CommandError) -> Self {
        Self::Refused(error)
    }
}
