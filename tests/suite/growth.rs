//! Reading and checking a source takes time that grows with its size and no faster, whatever is in it. When one fails, a file
//! of some hundred KB keeps `qarar check` busy for minutes.
//!
//! `cargo test --release --test suite growth:: -- --ignored --nocapture` prints what each source of `tests/growth/sources.toml` takes
//! at 256 KB, 512 KB and 1 MB.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::path::Path;
use std::time::Duration;

use qarar::fonts::Fonts;
use rayon::prelude::*;
use serde::Deserialize;

use crate::document::{FACTS, FONTS};

#[derive(Deserialize)]
struct Sources {
    source: Vec<Source>,
}

#[derive(Deserialize)]
struct Source {
    name: String,
    #[serde(default)]
    before: String,
    unit: String,
    #[serde(default)]
    close: String,
    other: Option<String>,
}

impl Source {
    /// A text of a unit, of about so many bytes.
    fn text(&self, unit: &str, bytes: usize) -> String {
        let length = unit.len() + self.close.len();
        let mut text = format!("# قرار\n\n{}", self.before);
        let count = bytes / length;
        for number in 1..=count {
            text.push_str(&unit.replace("{n}", &number.to_string()));
        }
        text + &self.close.repeat(count) + "\n"
    }

    /// How long a processor works to read and check it, whatever else it has to do meanwhile.
    fn time(&self, bytes: usize, fonts: &Fonts) -> Duration {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        let languages = if self.other.is_some() {
            r#""ar", "en""#
        } else {
            r#""ar""#
        };
        write("document.toml", &format!("{FACTS}languages = [{languages}]\n"));
        write("ar.md", &self.text(&self.unit, bytes));
        if let Some(other) = &self.other {
            write("en.md", &self.text(other, bytes));
        }
        let check = || {
            let start = worked();
            let diagnostics = match qarar::open(folder.path(), fonts) {
                Ok(opened) => opened.warnings,
                Err(diagnostics) => diagnostics,
            };
            let drawn = diagnostics.draw(qarar::diagnostic::Look::default());
            assert!(drawn.len() < 1 << 20, "{}: {} bytes of faults", self.name, drawn.len());
            worked().saturating_sub(start)
        };
        // All of it on one thread, whose time is asked.
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .expect("a thread");
        threads.install(check)
    }
}

/// How long this thread has worked.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}

fn sources() -> Vec<Source> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/growth/sources.toml");
    let text = std::fs::read_to_string(path).expect("the sources");
    toml::from_str::<Sources>(&text).expect("sources").source
}

/// Each takes a quarter of a second at the most on a quiet machine; what grows with the square takes eight and more, and half a
/// minute for a megabyte. The time is that of a thread, so that several are tried at once.
#[test]
fn a_source_of_half_a_megabyte_is_checked_in_time() {
    const MOST: Duration = Duration::from_millis(2_500);
    let late = |source: &Source| {
        // What is late at a quarter need not be waited for.
        let times = [1 << 17, 1 << 19]
            .into_iter()
            .map(|bytes| (bytes, source.time(bytes, &FONTS)));
        let (bytes, time) = times.into_iter().find(|(_, time)| *time > MOST)?;
        Some(format!("{} of {bytes} bytes: {time:?}", source.name))
    };
    let late: Vec<String> = sources().par_iter().filter_map(late).collect();
    assert!(late.is_empty(), "{}", late.join("\n"));
}

#[test]
#[ignore = "a table to read, not a test"]
fn table() {
    for source in sources() {
        let times = [1 << 18, 1 << 19, 1 << 20].map(|bytes| source.time(bytes, &FONTS).as_secs_f64());
        println!(
            "{:<45} {:5.2} {:5.2} {:5.2} s",
            source.name, times[0], times[1], times[2]
        );
    }
}
