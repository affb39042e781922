//! `qarar --version`: the version, and what the program is made of, as a report of a fault should have it.

use std::fmt::Write;

use rustybuzz::ttf_parser::{Face, name_id};

use crate::fonts;

/// The libraries that what comes out hangs on, each with its version in `Cargo.lock` and what it does here.
const LIBRARIES: [(&str, &str, &str); 10] = [
    ("typst", "0.15.1", "sets paragraphs, tables and templates"),
    ("rustybuzz", "0.20.1", "chooses and places glyphs"),
    ("ttf-parser", "0.25.1", "reads fonts"),
    ("write-fonts", "0.48.1", "writes derived fonts"),
    ("raqim-kashida", "0.3.1", "rates joints of Arabic words"),
    ("unicode-bidi", "0.3.18", "orders lines of two directions"),
    ("krilla", "0.8.2", "writes PDF, PDF/A and PDF/UA"),
    ("hayro-syntax", "0.9.0", "reads PDF"),
    ("hayro", "0.7.1", "draws PDF"),
    ("pulldown-cmark", "0.13.6", "reads Markdown"),
];

/// The version; with `verbose` the libraries, the fonts and the kind of machine as well.
pub(super) fn told(verbose: bool) -> String {
    let mut told = concat!("qarar ", env!("CARGO_PKG_VERSION"), "\n").to_owned();
    if !verbose {
        return told;
    }
    // Writing into a string never fails.
    let _ = writeln!(told, "machine: {} {}", std::env::consts::ARCH, std::env::consts::OS);
    let _ = writeln!(told, "\nlibraries:");
    for (name, version, purpose) in LIBRARIES {
        let _ = writeln!(told, "  {:<24} {purpose}", format!("{name} {version}"));
    }
    let _ = writeln!(told, "\nfonts:");
    for data in fonts::embedded() {
        let _ = writeln!(told, "  {}", font(data).unwrap_or_default());
    }
    told
}

/// A font by its full name and its version: `Amiri Bold 1.002`.
fn font(data: &[u8]) -> Option<String> {
    let face = Face::parse(data, 0).ok()?;
    let name = |id| {
        let mut names = face.names().into_iter();
        names.find_map(|name| (name.name_id == id).then(|| name.to_string()).flatten())
    };
    let version = name(name_id::VERSION)?;
    let version = version
        .split(';')
        .next()
        .unwrap_or(&version)
        .trim_start_matches("Version ");
    Some(format!("{} {version}", name(name_id::FULL_NAME)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, a report of a fault names a library that the program does not hold.
    #[test]
    fn the_libraries_are_those_that_are_compiled() {
        let lock = include_str!("../../Cargo.lock");
        for (name, version, _) in LIBRARIES {
            let locked = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            assert!(lock.contains(&locked), "{name} is not {version}");
        }
    }

    #[test]
    fn what_the_program_is_made_of_is_told_when_it_is_asked_for() {
        assert_eq!(told(false).lines().count(), 1);
        let told = told(true);
        for part in [
            "krilla 0.8.2",
            "  Amiri Regular 1.002",
            "  Amiri Bold Italic 1.002",
            "  STIX Two Text Bold Italic 2.13",
        ] {
            assert!(told.contains(part), "{told}");
        }
    }
}
