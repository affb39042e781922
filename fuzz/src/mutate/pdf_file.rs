//! Spoils a PDF where it can be seen: in the operators of its streams, and in its objects.

use std::io::{Read, Write};
use std::ops::Range;

use fastrand::Rng;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::{Material, bytes, tokens};

/// Inflated streams are cut here.
const LARGEST_STREAM: u64 = 1 << 20;

/// Spoils what a stream holds: inflates it, spoils it, deflates it again, and puts its length right.
pub(crate) fn spoil_content(random: &mut Rng, material: &Material<'_>, input: &mut Vec<u8>) {
    let streams = streams(input);
    if streams.is_empty() {
        return bytes::spoil(random, material, input);
    }
    let stream = streams[random.usize(..streams.len())].clone();
    let packed = &input[stream.clone()];
    let inflated = inflate(packed);
    let mut content = inflated.clone().unwrap_or_else(|| packed.to_vec());
    for _ in 0..random.usize(1..=3) {
        tokens::spoil(random, material, &mut content);
    }
    content.truncate(LARGEST_STREAM as usize);
    let spoiled = if inflated.is_some() { deflate(&content) } else { content };
    replace(input, &stream, &spoiled);
}

/// Spoils the objects themselves, those of object streams laid open first.
pub(crate) fn spoil_objects(random: &mut Rng, material: &Material<'_>, input: &mut Vec<u8>) {
    if contains(input, b"/ObjStm") {
        *input = open(input);
    }
    // Text between the streams; what lies in them is left whole.
    let streams = streams(input);
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for stream in &streams {
        parts.push(start..stream.start);
        start = stream.end;
    }
    parts.push(start..input.len());
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        return;
    }
    let part = parts[random.usize(..parts.len())].clone();
    let mut text = input[part.clone()].to_vec();
    tokens::spoil(random, material, &mut text);
    input.splice(part, text);
}

fn inflate(packed: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    ZlibDecoder::new(packed)
        .take(LARGEST_STREAM)
        .read_to_end(&mut out)
        .ok()?;
    Some(out)
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Puts other bytes into a stream, and their number behind the `/Length` before it.
fn replace(input: &mut Vec<u8>, stream: &Range<usize>, bytes: &[u8]) {
    input.splice(stream.clone(), bytes.iter().copied());
    let before = stream.start.saturating_sub(1024);
    let Some(at) = rfind(&input[before..stream.start], b"/Length ").map(|at| before + at + 8) else {
        return;
    };
    let digits = input[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    input.splice(at..at + digits, bytes.len().to_string().into_bytes());
}

/// The bytes of every stream.
fn streams(input: &[u8]) -> Vec<Range<usize>> {
    let mut streams = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&input[from..], b"stream").map(|at| from + at) {
        let mut start = at + 6;
        if input.get(start) == Some(&b'\r') {
            start += 1;
        }
        if input.get(start) == Some(&b'\n') {
            start += 1;
        }
        let Some(end) = find(&input[start.min(input.len())..], b"endstream").map(|length| start + length) else {
            break;
        };
        streams.push(start..end);
        from = end + 9;
    }
    streams
}

/// The file without cross-references, and with the objects of object streams in the clear: a reader mends it.
fn open(input: &[u8]) -> Vec<u8> {
    let mut out = input.to_vec();
    let mut objects = Vec::new();
    for stream in streams(input) {
        let before = &input[stream.start.saturating_sub(300)..stream.start];
        let dict = rfind(before, b"obj").map_or(before, |at| &before[at..]);
        let Some(first) = find(dict, b"/First").and_then(|at| number(&dict[at + 6..])) else {
            continue;
        };
        let Some(content) = inflate(&input[stream]) else {
            continue;
        };
        let head = String::from_utf8_lossy(&content[..first.min(content.len())]).into_owned();
        let numbers: Vec<usize> = head
            .split_ascii_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let places: Vec<(usize, usize)> = numbers.chunks_exact(2).map(|pair| (pair[0], first + pair[1])).collect();
        for (index, (id, start)) in places.iter().enumerate() {
            let end = places.get(index + 1).map_or(content.len(), |(_, next)| *next);
            if let Some(object) = content.get(*start..end) {
                objects.extend(format!("\n{id} 0 obj\n").into_bytes());
                objects.extend(object);
                objects.extend(b"\nendobj");
            }
        }
    }
    let root = find(input, b"/Root ").map(|at| &input[at..(at + 24).min(input.len())]);
    let root = root.map(|root| {
        String::from_utf8_lossy(root)
            .split_inclusive('R')
            .take(2)
            .collect::<String>()
    });
    while let Some(at) = find(&out, b"startxref") {
        out.truncate(at);
    }
    while let Some(at) = find(&out, b"/ObjStm") {
        out.splice(at..at + 7, *b"/Opened");
    }
    out.extend(objects);
    out.extend(format!("\ntrailer\n<< {} >>\n", root.unwrap_or_default()).into_bytes());
    out
}

fn number(text: &[u8]) -> Option<usize> {
    let text = String::from_utf8_lossy(&text[..text.len().min(16)]).into_owned();
    let digits: String = text.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn contains(input: &[u8], needle: &[u8]) -> bool {
    find(input, needle).is_some()
}

fn find(input: &[u8], needle: &[u8]) -> Option<usize> {
    input.windows(needle.len()).position(|window| window == needle)
}

fn rfind(input: &[u8], needle: &[u8]) -> Option<usize> {
    input.windows(needle.len()).rposition(|window| window == needle)
}
