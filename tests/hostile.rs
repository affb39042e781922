//! PDFs that ask for endless work in a few bytes, in `tests/hostile/`: each is read, or told why not, in little memory and
//! time. When one fails, a file from somebody else can bring `qarar verify` down.

#![cfg(unix)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// What `qarar verify` ends with, and what it says of the fault.
const CASES: [(&str, i32, &str); 13] = [
    ("box_big13000", 1, ""),
    ("dash_tiny", 1, ""),
    ("deep_array_content", 1, ""),
    ("deep_dict_content", 1, ""),
    ("dp_1M_40pages", 2, "the file holds more than 2,500,000 glyphs"),
    ("glyphs_1M_1page", 2, "page 1: more than 262,144 glyphs"),
    (
        "nested16G_content",
        2,
        "page 1, object 4: more than 67,108,864 bytes of a stream",
    ),
    ("nested16G_metadata", 2, "the metadata, object"),
    ("ops_32M_50pages", 1, ""),
    (
        "ops_33M",
        2,
        "page 1: more than 16,384 graphics states within each other",
    ),
    ("pattern_self", 1, ""),
    ("tu_long", 2, "more than 512 UTF-16 units that one code stands for"),
    ("xrefstream_w0", 2, "not a PDF, or too broken to find its pages"),
];

#[test]
fn a_hostile_pdf_is_read_or_told_why_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let mut faults = Vec::new();
    for (name, expected, message) in CASES {
        let start = Instant::now();
        let output = Command::new("sh")
            .args(["-c", "ulimit -c 0; ulimit -v 4000000; exec \"$0\" verify \"$1\""])
            .arg(env!("CARGO_BIN_EXE_qarar"))
            .arg(folder.join(format!("{name}.pdf")))
            .output()
            .expect("sh is there");
        let said = String::from_utf8_lossy(&output.stderr);
        let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let late = start.elapsed() > Duration::from_secs(20);
        if output.status.code() != Some(expected) || !words.contains(message) || late {
            faults.push(format!(
                "{name}: {:?} after {:?}: {words}",
                output.status,
                start.elapsed()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
