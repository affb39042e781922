//! Makes an input that brings the program down smaller.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::target::Target;
use crate::trial;

/// How long it is tried.
const LONGEST: Duration = Duration::from_secs(20);

/// The smallest input found in a while that goes wrong in the same way: stretches are taken out, long ones first.
pub(crate) fn minimize(target: &Target, qarar: &Path, input: &[u8], signature: &str) -> Vec<u8> {
    let start = Instant::now();
    let mut smallest = input.to_vec();
    let mut length = smallest.len().div_ceil(2);
    while length > 0 {
        let mut at = 0;
        while at < smallest.len() {
            if start.elapsed() > LONGEST {
                return smallest;
            }
            let mut shorter = smallest.clone();
            shorter.drain(at..(at + length).min(smallest.len()));
            let same = trial::wrong(target, qarar, &shorter).ok().flatten();
            if same.is_some_and(|wrong| wrong.signature == signature) {
                smallest = shorter;
            } else {
                at += length;
            }
        }
        length /= 2;
    }
    smallest
}
