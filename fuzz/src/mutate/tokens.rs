//! Spoils text by its tokens: words, numbers, signs.

use std::ops::Range;

use fastrand::Rng;

use super::{Material, NUMBERS, range, times};

/// Swaps, repeats, takes out, inserts or nests tokens.
pub(crate) fn spoil(random: &mut Rng, material: &Material<'_>, input: &mut Vec<u8>) {
    let tokens = tokens(input);
    if tokens.is_empty() {
        return;
    }
    let chosen = range(random, tokens.len());
    let start = tokens.get(chosen.start).map_or(input.len(), |token| token.start);
    let end = tokens.get(chosen.end).map_or(input.len(), |token| token.start);
    let word = |random: &mut Rng| match material.words.len() {
        0 => "",
        words => material.words[random.usize(..words)],
    };
    match random.u8(..8) {
        0 => drop(input.drain(start..end)),
        1 => {
            let copy = input[start..end.min(start + 4096)].repeat(times(random).min(1 << 16));
            input.splice(start..start, copy);
        }
        2 | 3 => {
            let inserted = word(random).repeat(times(random));
            input.splice(start..start, inserted.into_bytes());
        }
        4 => {
            let replaced = word(random).as_bytes().to_vec();
            input.splice(tokens[chosen.start.min(tokens.len() - 1)].clone(), replaced);
        }
        5 => {
            let numbers: Vec<&Range<usize>> = tokens
                .iter()
                .filter(|token| input[token.start].is_ascii_digit())
                .collect();
            if !numbers.is_empty() {
                let place = numbers[random.usize(..numbers.len())].clone();
                input.splice(place, NUMBERS[random.usize(..NUMBERS.len())].bytes());
            }
        }
        6 => {
            // Wrapped in something that opens and closes.
            let (open, close) = [
                ("[", "]"),
                ("(", ")"),
                ("{", "}"),
                ("*", "*"),
                ("\"", "\""),
                ("<<", ">>"),
                ("> ", "\n"),
            ][random.usize(..7)];
            let depth = times(random);
            input.splice(end..end, close.repeat(depth).into_bytes());
            input.splice(start..start, open.repeat(depth).into_bytes());
        }
        _ => {
            let other = random.usize(..tokens.len());
            let moved = input[tokens[other].clone()].to_vec();
            input.splice(start..start, moved);
        }
    }
}

/// Stretches of letters and digits, of white space, and single other signs. Bytes beyond ASCII count as letters.
fn tokens(input: &[u8]) -> Vec<Range<usize>> {
    let kind = |byte: u8| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => 1,
        b' ' | b'\t' => 2,
        _ => 0,
    };
    let mut tokens: Vec<Range<usize>> = Vec::new();
    for (at, byte) in input.iter().enumerate() {
        match tokens.last_mut() {
            Some(last) if kind(*byte) != 0 && kind(*byte) == kind(input[last.start]) => last.end = at + 1,
            _ => tokens.push(at..at + 1),
        }
    }
    tokens
}
