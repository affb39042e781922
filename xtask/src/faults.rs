//! What a task found wrong.

/// The result of a task or a step.
pub(crate) type Outcome = Result<(), Faults>;

/// One fault or more, each told in a line or a few, with what to do about it where that is known.
#[derive(Debug)]
pub(crate) struct Faults(Vec<String>);

impl Faults {
    pub(crate) fn one(fault: impl Into<String>) -> Self {
        Faults(vec![fault.into()])
    }

    /// A failure whose faults have been told already.
    pub(crate) fn told() -> Self {
        Faults(Vec::new())
    }

    /// A failed use of a file or folder.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Faults::one(format!("{}: {error}", path.display()))
    }

    /// `Ok` when nothing was found.
    pub(crate) fn outcome(faults: Vec<String>) -> Outcome {
        if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn into_vec(self) -> Vec<String> {
        self.0
    }

    pub(crate) fn print(&self) {
        for fault in &self.0 {
            println!("FAULT {fault}");
        }
    }
}
