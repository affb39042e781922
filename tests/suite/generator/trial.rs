//! What becomes of a document: it is refused with its faults, or every edition of it is built and comes back from its PDF.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, Once, PoisonError};

use qarar::edition::{Edition, usual};
use qarar::export::pdf::{Standards, pdf};
use qarar::fonts::Fonts;
use qarar::model::Arrangement;
use qarar::model::Plan;
use qarar::typeset::Template;
use qarar::verify::read_back;

use super::Source;

/// What becomes of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// `check` tells its faults.
    Refused,
    /// Every edition is built and comes back.
    Built,
    /// `check` finds no fault, and it cannot be built, or what was built does not come back; or something panicked.
    Failed {
        /// Failures of one kind are alike but for the text.
        kind: String,
        /// What was told.
        words: String,
    },
}

/// Tries documents.
pub(crate) struct Trial {
    fonts: Fonts,
    template: Template,
}

impl fmt::Debug for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trial")
    }
}

impl Default for Trial {
    fn default() -> Self {
        keep_panics();
        Self {
            fonts: Fonts::load(&[]).expect("the fonts of the binary"),
            template: Template::builtin(),
        }
    }
}

impl Trial {
    /// Tries a document: opens it, builds all its editions, those side by side and those on facing pages.
    pub(crate) fn run(&self, source: &Source) -> Outcome {
        match catch_unwind(AssertUnwindSafe(|| self.tried(source))) {
            Ok(outcome) => outcome,
            Err(_) => {
                let words = last_panic();
                Outcome::Failed {
                    kind: format!("panic at {}", words.split_once(' ').map_or("", |(place, _)| place)),
                    words,
                }
            }
        }
    }

    fn tried(&self, source: &Source) -> Outcome {
        let folder = tempfile::tempdir().expect("a folder for the document");
        source.write(folder.path()).expect("the document is written");
        let opened = match qarar::open(folder.path(), &self.fonts) {
            Ok(opened) => opened,
            Err(diagnostics) if diagnostics.has_errors() => return Outcome::Refused,
            Err(_) => return failed("refused without a fault", String::new()),
        };
        let work = &opened.work;
        let mut plans: Vec<Plan> = usual(&work.facts.languages)
            .into_iter()
            .map(|languages| Plan::of(work, languages))
            .collect();
        if let Some(last) = plans.last().filter(|plan| plan.languages.len() > 1).cloned() {
            let arrangement = Arrangement::Facing;
            plans.push(Plan { arrangement, ..last });
        }
        for plan in plans {
            let (name, languages) = (plan.name(), plan.languages.clone());
            let edition = match Edition::planned(work, plan, &self.template, &self.fonts) {
                Ok(edition) => edition,
                Err(error) => return failed("cannot be set", format!("{name}: {error}")),
            };
            let bytes = match pdf(&edition, Standards::default()) {
                Ok(bytes) => Arc::new(bytes),
                Err(error) => return failed("cannot be exported", format!("{name}: {error}")),
            };
            if let Err(error) = read_back(&bytes, work, &languages) {
                let words = error.to_string();
                let kind = words.split_once(": ").map_or("", |(_, how)| how);
                let kind = kind.split_once(':').map_or(kind, |(kind, _)| kind).to_owned();
                return failed(&kind, format!("{name}: {words}"));
            }
        }
        Outcome::Built
    }
}

fn failed(kind: &str, words: String) -> Outcome {
    Outcome::Failed {
        kind: kind.to_owned(),
        words,
    }
}

static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Keeps the words and the place of a panic, which may come from any thread of the pool, for the trial that tells them. It is
/// printed as well, since it may be of another test.
fn keep_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let words = panic.payload_as_str().unwrap_or_default();
            *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = format!("{place} {words}");
            before(panic);
        }));
    });
}

fn last_panic() -> String {
    LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
