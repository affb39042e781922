//! Broken and hostile font files: each ends in a message that names the file, or in an edition that can be read, within 4 GB
//! and 20 seconds. When one fails, a font from somebody else brings `qarar build` down, or prints pages that nobody can read.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::font_bytes::{composite_bomb, table, without_outlines};
use crate::program::{Ended, limited};

/// A document whose text is set in Amiri or Noto Naskh Arabic, and STIX Two Text.
const DOCUMENT: &str = "tests/print/narrow/budget";

/// The fonts that bytes are changed in, and the families of `document.toml` that name them.
const FONTS: [(&str, &str); 3] = [
    ("fonts/amiri/Amiri-Regular.ttf", ""),
    ("fonts/stix-two-text/STIXTwoText-Regular.ttf", ""),
    (
        "tests/fonts/noto-naskh-arabic/NotoNaskhArabic-Regular.ttf",
        "\n[fonts]\narabic = \"Noto Naskh Arabic\"\n",
    ),
];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The bytes of a font.
fn font(name: &str) -> Vec<u8> {
    fs::read(repository().join(name)).expect("a font of the repository")
}

/// A copy of the document, set in other families.
fn document(families: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["document.toml", "ar.md", "en.md"] {
        let mut text = fs::read(repository().join(DOCUMENT).join(name)).expect("the document");
        if name == "document.toml" {
            text.extend(families.bytes());
        }
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// What `qarar build` does with a font path under the limits: its exit code, and what it says on one line.
fn built(document: &Path, font_path: &Path) -> Result<(i32, String), String> {
    let output = tempfile::tempdir().expect("a folder");
    let (output, document, fonts) = (output.path().display(), document.display(), font_path.display());
    let arguments = [
        "build",
        "-q",
        "--lang",
        "ar",
        "-o",
        &output.to_string(),
        &document.to_string(),
    ];
    let Ended { code, said, .. } = limited(
        repository(),
        &[&arguments[..], &["--font-path", &fonts.to_string()]].concat(),
    );
    match code {
        Some(code) if (0..=2).contains(&code) && !said.contains("panicked") => Ok((code, said)),
        code => Err(format!("{fonts}: ended with {code:?}: {said}")),
    }
}

/// A font whose bytes were changed is told with the name of its file, or makes an edition that can be read.
#[test]
fn a_font_with_a_changed_byte_does_no_harm() {
    // Those that brought the shaper down, and one whose character map asks for 4 GB.
    let amiri = font("fonts/amiri/Amiri-Regular.ttf");
    let mut cases: Vec<(usize, &[u8], usize, u8)> = [(0x14b1a, 158), (0x15c38, 248), (0xefc, 128)]
        .map(|(at, byte)| (0, &amiri[..], at, byte))
        .to_vec();
    let fonts = FONTS.map(|(name, _)| font(name));
    let sample = std::env::var("QARAR_FONT_FLIPS")
        .ok()
        .and_then(|count| count.parse().ok());
    let mut seed = 61_180_u64;
    let mut next = |below: usize| {
        // xorshift64: the same cases in every run.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below.max(1) as u64) as usize
    };
    for round in 0..sample.unwrap_or(36) {
        let which = round % fonts.len();
        let font = &fonts[which];
        // Outlines fill most of a font; every other change is made to its other tables.
        let at = if round / fonts.len() % 2 == 0 {
            next(font.len())
        } else {
            outside_of_outlines(font, next(usize::MAX))
        };
        cases.push((which, font, at, next(256) as u8));
    }
    let documents = FONTS.map(|(_, families)| document(families));
    let folder = tempfile::tempdir().expect("a folder");
    let mut faults = Vec::new();
    for (which, font, at, byte) in cases {
        let mut changed = font.to_vec();
        changed[at] = byte;
        let path = folder.path().join("changed.ttf");
        fs::write(&path, changed).expect("a font");
        match built(documents[which].path(), &path) {
            Ok((2, said)) if !said.contains("changed.ttf") => faults.push(format!("no file is named: {said}")),
            Ok(_) => {}
            Err(wrong) => faults.push(format!("{} {at:#x} {byte}: {wrong}", FONTS[which].0)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A place in a font that is in no outline.
fn outside_of_outlines(font: &[u8], number: usize) -> usize {
    let outlines = table(font, b"glyf").map_or(0..0, |(start, length)| start..start + length);
    let at = number % (font.len() - outlines.len());
    if at < outlines.start { at } else { at + outlines.len() }
}

/// Fonts of no end: each is refused with what is wrong with it.
#[test]
fn a_hostile_font_is_told_by_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let amiri = font("fonts/amiri/Amiri-Regular.ttf");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a font");
        path
    };
    let mut faults = Vec::new();
    let mut refused = |path: &Path, words: &str| match built(document("").path(), path) {
        Ok((2, said)) if said.contains(words) => {}
        other => faults.push(format!("{}, expected `{words}`: {other:?}", path.display())),
    };
    let many = [b"ttcf\0\x01\0\0\xff\xff\xff\xff".as_slice(), &[0; 64]].concat();
    refused(
        &put("many.ttc", &many),
        "many.ttc` says that it holds 4,294,967,295 fonts",
    );
    refused(&put("empty.ttf", b""), "empty.ttf` is not a font that can be read");
    refused(&put("text.ttf", b"This is no font at all."), "text.ttf` is not a font");
    for share in [1, 3, 5, 7, 9] {
        let path = put("cut.ttf", &amiri[..amiri.len() * share / 10]);
        refused(&path, "cut.ttf` is cut off: its table `");
    }
    refused(
        &put("empty-glyf.ttf", &without_outlines(&amiri)),
        "empty-glyf.ttf` has no outlines for its letters",
    );
    refused(
        &put("bomb.ttf", &composite_bomb(&amiri)),
        "bomb.ttf` is broken or made to harm",
    );
    let huge = folder.path().join("huge.ttf");
    fs::File::create(&huge)
        .and_then(|file| file.set_len(1 << 31))
        .expect("a file with a hole");
    refused(&huge, "huge.ttf` have more than 512 MB");
    fs::remove_file(&huge).expect("the file");
    let pipe = folder.path().join("pipe.ttf");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    refused(&pipe, "pipe.ttf`: this is a named pipe, not a file");
    let zero = folder.path().join("zero.ttf");
    symlink("/dev/zero", &zero).expect("a link");
    refused(&zero, "zero.ttf`: this is a device, not a file");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A folder with links to itself, or with thousands of files, is gone through once, or refused.
#[test]
fn a_folder_of_fonts_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.ttf"), font("fonts/amiri/Amiri-Bold.ttf")).expect("a font");
    for name in ["b", "c"] {
        symlink(".", folder.path().join(name)).expect("a link");
    }
    let (code, said) = built(document("").path(), folder.path()).unwrap_or((-1, "it does not end".to_owned()));
    assert_eq!(code, 0, "{said}");
    for number in 0..3000 {
        fs::write(folder.path().join(format!("{number}.ttf")), b"").expect("a file");
    }
    let (code, said) = built(document("").path(), folder.path()).unwrap_or((-1, "it does not end".to_owned()));
    assert!(code == 2 && said.contains("holds more than 1,000 font files"), "{said}");
}
