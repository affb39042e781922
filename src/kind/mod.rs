//! Kinds of documents: which facts a document has, how its text is built, which lines are made of its facts, in which words.
//!
//! A kind is data, a folder `kinds/NAME/`; `source` reads it. What is here says what a kind is and fills its sentences in. It
//! knows numbers, ordinals and calendars by [`crate::locale`], and nothing of any body or document.

mod definition;
mod fact;
mod label;
mod pattern;
mod sentence;

use std::fmt;
use std::sync::{Mutex, PoisonError};

pub use definition::{
    Checks, Counted, Definition, Division, Has, Labels, Levels, LineDefinition, LineLook, LinePlace, Metadata,
    Sentences, Side, Structure, TextForm,
};
pub use fact::{Fact, FactDefinition, FactMap, Found, Taken, Takes, find, taken};
pub use label::{Counting, Filling};
pub use pattern::{Pattern, PatternError, is_name};
pub use sentence::{Field, Form, Sentence, SentenceError, Value, Values};

/// A kind of document: a handle of a definition, which is kept as long as the program runs. Two are the same where their
/// definitions are.
#[derive(Clone, Copy)]
pub struct Kind(&'static Definition);

/// The definitions so far. A program that reads many documents meets the same few again and again.
static KNOWN: Mutex<Vec<&'static Definition>> = Mutex::new(Vec::new());

impl Kind {
    /// The kind of a definition.
    pub fn of(definition: Definition) -> Self {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = known.iter().find(|other| ***other == definition) {
            return Self(same);
        }
        let kept: &'static Definition = Box::leak(Box::new(definition));
        known.push(kept);
        Self(kept)
    }

    /// Its name, as `resolution`.
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// What it is.
    pub fn definition(self) -> &'static Definition {
        self.0
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Kind {}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kind({})", self.0.name)
    }
}
