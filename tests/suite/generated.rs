//! What `check` passes, `build` builds: documents that are made up over the whole notation, and real ones that were damaged, are
//! refused with their faults, or every edition of them is built and comes back from its PDF. When this fails, somebody is told
//! that a document has no fault and gets no edition of it.
//!
//! `QARAR_GENERATE` is how many documents of each kind are made (300), `QARAR_SEED` what they are made from (1);
//! `cargo xtask generate COUNT SEED` sets them and prints the figures.

#![allow(clippy::print_stdout, reason = "the figures are what is asked for")]
#![allow(clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::generator::Source;
use crate::generator::document::document;
use crate::generator::mutation::mutated;
use crate::generator::shrink::shrunk;
use crate::generator::trial::{Outcome, Trial};

fn number(variable: &str, usual: u64) -> u64 {
    let set = std::env::var(variable).ok();
    set.map_or(usual, |set| {
        set.parse().unwrap_or_else(|_| panic!("{variable} is no number: {set}"))
    })
}

/// Tries so many documents on all cores. The threads are no workers of rayon: one that waits for a part of its document would
/// begin another document on its stack, and another on that.
fn all(count: usize, run: impl Fn(usize) -> Outcome + Sync) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let outcomes: Mutex<BTreeMap<usize, Outcome>> = Mutex::default();
    let work = || loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= count {
            return;
        }
        let outcome = run(number);
        outcomes.lock().expect("no thread panics").insert(number, outcome);
        // What Typst remembers of documents that are done would fill the memory.
        if number.is_multiple_of(64) {
            comemo::evict(0);
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    outcomes.into_inner().expect("no thread panics").into_values().collect()
}

/// Tries documents and tells the figures; what fails is made smaller, the first of each kind.
fn tried(name: &str, make: fn(u64, u64) -> Source) {
    let (count, seed) = (number("QARAR_GENERATE", 300), number("QARAR_SEED", 1));
    let trial = Trial::default();
    let outcomes = all(count as usize, |number| trial.run(&make(seed, number as u64)));
    let built = outcomes.iter().filter(|outcome| **outcome == Outcome::Built).count();
    let refused = outcomes.iter().filter(|outcome| **outcome == Outcome::Refused).count();
    let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, outcome) in outcomes.iter().enumerate() {
        if let Outcome::Failed { kind, .. } = outcome {
            kinds.entry(kind.as_str()).or_default().push(number);
        }
    }
    let passed = count as usize - refused;
    println!(
        "{name}, seed {seed}: {count} made, {passed} without fault, {built} built, {} failed",
        passed - built
    );
    let mut told = String::new();
    for (kind, numbers) in &kinds {
        let first = numbers[0];
        let fails =
            |source: &Source| matches!(trial.run(source), Outcome::Failed { kind: other, .. } if other == *kind);
        let least = shrunk(&make(seed, first as u64), fails);
        let words = match trial.run(&least) {
            Outcome::Failed { words, .. } => words,
            _ => "it does not fail any more".to_owned(),
        };
        told.push_str(&format!(
            "\n{kind}: {} documents, {numbers:?}\n{words}\n{least}",
            numbers.len()
        ));
    }
    assert!(kinds.is_empty(), "{name}, seed {seed}:\n{told}");
    // A generator whose documents are all refused tries nothing.
    assert!(built * 10 >= count as usize, "{built} of {count} were built");
}

#[test]
fn made_up_documents_are_built() {
    tried("made up", document);
}

#[test]
fn damaged_documents_are_built_or_refused() {
    tried("damaged", mutated);
}

/// If it fails, a failure that one machine tells of cannot be looked at on another.
#[test]
fn a_document_is_known_by_its_seed_and_number() {
    assert_eq!(document(7, 11), document(7, 11));
    assert_ne!(document(7, 11), document(7, 12));
    assert_ne!(mutated(7, 11), mutated(8, 11));
}
