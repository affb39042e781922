//! Spoils bytes, whatever they mean.

use fastrand::Rng;

use super::{Material, range};

/// Changes, takes out, doubles or inserts bytes, or goes on with another file.
pub(crate) fn spoil(random: &mut Rng, material: &Material<'_>, input: &mut Vec<u8>) {
    let chosen = range(random, input.len());
    match random.u8(..7) {
        0 | 1 => {
            for _ in 0..random.usize(1..=8) {
                if !input.is_empty() {
                    let at = random.usize(..input.len());
                    input[at] = match random.u8(..3) {
                        0 => input[at] ^ (1 << random.u8(..8)),
                        1 => [0, 1, 0x7f, 0x80, 0xfe, 0xff][random.usize(..6)],
                        _ => random.u8(..),
                    };
                }
            }
        }
        2 => drop(input.drain(chosen)),
        3 => {
            let copy = input[chosen.clone()].to_vec();
            input.splice(chosen.start..chosen.start, copy);
        }
        4 => {
            let noise: Vec<u8> = (0..random.usize(1..64)).map(|_| random.u8(..)).collect();
            input.splice(chosen.start..chosen.start, noise);
        }
        5 => input.truncate(chosen.start),
        _ if material.corpus.is_empty() => {}
        _ => {
            let other = &material.corpus[random.usize(..material.corpus.len())];
            let part = range(random, other.len());
            input.splice(chosen, other[part].iter().copied());
        }
    }
}
