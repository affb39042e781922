//! How a command ends.

use std::process::ExitCode;

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
    pub(super) fn tell(self) -> ExitCode {
        if let Some(error) = report::unwritten() {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(Diagnostic::error(format!(
                "the answer could not be written whole: {error}"
            )));
            report::tell(&diagnostics, report::Form::Full);
            return ExitCode::from(4);
        }
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::Fault => ExitCode::from(1),
            Self::OwnFault => ExitCode::from(3),
            Self::Refused(error) => {
                let mut diagnostics = Diagnostics::default();
                let faults = error.to_string();
                let faults = faults.lines().map(Diagnostic::error);
                match error {
                    CommandError::Option { hint, .. } => diagnostics.extend(faults.map(|fault| fault.hint(&hint))),
                    _ => diagnostics.extend(faults),
                }
                report::tell(&diagnostics, report::Form::Full);
                ExitCode::from(2)
            }
        }
    }
}

impl From<CommandError> for Outcome {
    fn from(error: CommandError) -> Self {
        Self::Refused(error)
    }
}
