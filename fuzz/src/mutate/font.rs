//! Spoils the tables of an OpenType font.

use std::ops::Range;

use fastrand::Rng;

use super::{Material, bytes};

/// Changes values in one table, or what the directory says of it.
pub(crate) fn spoil(random: &mut Rng, material: &Material<'_>, input: &mut Vec<u8>) {
    let tables = tables(input);
    if tables.is_empty() {
        return bytes::spoil(random, material, input);
    }
    let (entry, table) = tables[random.usize(..tables.len())].clone();
    if random.u8(..12) == 0 {
        // The offset or the length in the directory.
        let at = entry + 8 + 4 * random.usize(..2);
        return put(input, at, &random.u32(..).to_be_bytes());
    }
    for _ in 0..random.usize(1..=6) {
        // Counts and offsets stand at the start of a table and of its parts.
        let within = if random.bool() {
            table.len().min(64)
        } else {
            table.len()
        };
        if within == 0 {
            continue;
        }
        let at = table.start + random.usize(..within);
        match random.u8(..4) {
            0 => put(input, at, &[random.u8(..)]),
            1 => put(
                input,
                at,
                &[0_u16, 1, 0xff, 0x7fff, 0x8000, 0xfffe, 0xffff][random.usize(..7)].to_be_bytes(),
            ),
            2 => put(
                input,
                at,
                &[0_u32, 1, 0x10_ffff, 0x7fff_ffff, u32::MAX][random.usize(..5)].to_be_bytes(),
            ),
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = byte.wrapping_add([1, 255, 128][random.usize(..3)]);
                }
            }
        }
    }
}

fn put(input: &mut [u8], at: usize, value: &[u8]) {
    if let Some(place) = input.get_mut(at..at + value.len()) {
        place.copy_from_slice(value);
    }
}

/// The tables of a font: the place of each in the directory, and its bytes.
fn tables(input: &[u8]) -> Vec<(usize, Range<usize>)> {
    let number = |at: usize| Some(u32::from_be_bytes(input.get(at..at + 4)?.try_into().ok()?) as usize);
    let count = input
        .get(4..6)
        .map_or(0, |bytes| usize::from(u16::from_be_bytes([bytes[0], bytes[1]])));
    (0..count.min(64))
        .filter_map(|index| {
            let entry = 12 + 16 * index;
            let (start, length) = (number(entry + 8)?, number(entry + 12)?);
            let end = start.checked_add(length)?;
            (end <= input.len()).then_some((entry, start..end))
        })
        .collect()
}
