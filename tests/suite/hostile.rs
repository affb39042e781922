//! Input that asks for endless work in a few bytes, in `tests/hostile/`: PDFs, templates, pictures. Each is worked with, or
//! told why not, in little memory and time. When one fails, a file from somebody else can bring qarar down.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::pictures;
use crate::program::limited;

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

/// What is told of the first page where it is drawn.
const DRAWN: [(&str, &str); 6] = [
    ("box_big13000", "its picture would have more than 50,000,000 pixels"),
    ("dash_tiny", "cannot be drawn: it"),
    ("deep_array_content", "it nests too deep"),
    ("deep_dict_content", "it nests too deep"),
    ("ops_32M_50pages", ""),
    ("pattern_self", "it nests too deep"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_hostile_pdf_is_read_or_told_why_not() {
    let mut faults = Vec::new();
    for (name, expected, message) in CASES {
        let file = root().join(format!("tests/hostile/{name}.pdf"));
        let ended = limited(root(), &["verify", file.to_str().unwrap()]);
        faults.extend(ended.fault(name, expected, message));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// If it fails, a PDF that somebody sends brings the comparison down instead of being compared.
#[test]
fn a_hostile_pdf_is_compared_and_drawn_or_told_why_not() {
    let folder = tempfile::tempdir().unwrap();
    let reference = root().join("tests/reference/documents/a-res-61-180/ar.layout.json");
    fs::copy(reference, folder.path().join("reference.layout.json")).unwrap();
    let mut faults = Vec::new();
    for (name, expected, message) in CASES {
        let file = root().join(format!("tests/hostile/{name}.pdf"));
        let file = file.to_str().unwrap();
        let drawn = DRAWN.iter().find(|(other, _)| *other == name);
        let message = drawn.map_or(message, |(_, message)| message);
        let plain = limited(folder.path(), &["compare", "reference.layout.json", file]);
        let shown = limited(
            folder.path(),
            &["compare", "--html", "report.html", "reference.layout.json", file],
        );
        let pixels = limited(folder.path(), &["compare", "--level", "pixels", file, file]);
        // A file is like itself, and unlike itself by pixels where it cannot be drawn.
        let of_pixels = match (expected, message) {
            (1, "") => 0,
            (code, _) => code,
        };
        faults.extend(plain.fault(
            &format!("compare {name}"),
            expected,
            if expected == 2 { message } else { "" },
        ));
        faults.extend(shown.fault(&format!("compare --html {name}"), expected, message));
        faults.extend(pixels.fault(&format!("compare --level pixels {name}"), of_pixels, message));
        let report = folder.path().join("report.html");
        if expected == 1 && fs::remove_file(report).is_err() {
            faults.push(format!("compare --html {name}: no report"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A folder with a document, a template, and files beside it that must not be read whole, or not at all.
fn laid_out(template: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("ar")).unwrap();
    for name in ["document.toml", "ar.md"] {
        fs::copy(root().join("tests/hostile/document").join(name), at("ar").join(name)).unwrap();
    }
    fs::copy(template, at(template.file_name().unwrap().to_str().unwrap())).unwrap();
    fs::write(at("faulty.typ"), "// The fault is here.\n\n#let f() = 1 + \"a\"\n").unwrap();
    fs::write(at("deep.typ"), format!("#let a = {}1\n", "1+".repeat(20_000))).unwrap();
    fs::write(at("large.png"), pictures::png(65_000, 65_000)).unwrap();
    fs::write(at("large.dat.svg"), pictures::png(65_000, 65_000)).unwrap();
    fs::write(at("large.gif"), pictures::gif(65_535, 65_535)).unwrap();
    fs::write(at("large.jpg"), pictures::jpeg(65_535, 65_535)).unwrap();
    fs::write(at("large.webp"), pictures::webp(65_536, 65_536)).unwrap();
    fs::write(at("doubling.svg"), pictures::doubling_svg(40)).unwrap();
    fs::write(at("secret"), "the secret").unwrap();
    symlink("/etc/passwd", at("out.png")).unwrap();
    symlink("/dev/zero", at("zero.png")).unwrap();
    let made = Command::new("mkfifo").arg(at("pipe.png")).status().unwrap();
    assert!(made.success());
    folder
}

/// The templates, each with the exit code and the message of its first line.
fn templates() -> Vec<(PathBuf, i32, String)> {
    let files = fs::read_dir(root().join("tests/hostile/templates")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap().trim_start_matches("// ");
        let (code, message) = first.split_once(':').unwrap();
        (path, code.parse().unwrap(), message.trim().to_owned())
    };
    files.into_iter().map(read).collect()
}

/// If it fails, a template that somebody sends hangs a build, takes all memory, reads files of the user or ends the program.
#[test]
fn a_hostile_template_ends_in_bounds() {
    let mut faults = Vec::new();
    for (template, expected, message) in templates() {
        let folder = laid_out(&template);
        let name = template.file_name().unwrap().to_str().unwrap();
        let ended = limited(
            folder.path(),
            &["build", "--quiet", "--template", name, "-o", "out", "ar"],
        );
        faults.extend(ended.fault(name, expected, &message));
        let made = fs::read_dir(folder.path().join("out/ar")).map_or(0, Iterator::count);
        let must = usize::from(expected == 0);
        if made != must {
            faults.push(format!("{name}: {made} files where {must} must be"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A chain of operators that Typst would follow down its stack is told with its line.
#[test]
fn a_template_that_nests_too_deep_is_told_of_its_line() {
    let folder = laid_out(&root().join("tests/hostile/templates/plugin.typ"));
    let chain = format!(
        "#import \"/qarar/resolution.typ\": *\n#let a = {}1\n",
        "1+".repeat(21_000)
    );
    fs::write(folder.path().join("chain.typ"), chain).unwrap();
    for command in ["build", "layout", "inspect"] {
        let ended = limited(folder.path(), &[command, "--template", "chain.typ", "ar"]);
        let fault = ended.fault(command, 1, "chain.typ:2:10: this nests more than 256 deep");
        assert_eq!(fault, None);
    }
}

/// Pictures beside two snapshots, each as long as there are pixels, whose common frame would take terabytes.
#[test]
fn pictures_of_very_different_shape_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let reference = root().join("tests/reference/documents/a-res-61-180/ar.layout.json");
    let layout: serde_json::Value = serde_json::from_str(&fs::read_to_string(reference).unwrap()).unwrap();
    let sides = [("a", 3_000_000, 1), ("b", 1, 3_000_000), ("c", 65_000, 65_000)];
    for (name, width, height) in sides {
        let mut layout = layout.clone();
        for page in layout["pages"].as_array_mut().unwrap() {
            page["image"] = format!("{name}.png").into();
        }
        let at = |ending: &str| folder.path().join(format!("{name}.{ending}"));
        fs::write(at("layout.json"), layout.to_string()).unwrap();
        fs::write(at("png"), pictures::png(width, height)).unwrap();
    }
    let pixels = |a: &str, b: &str| limited(folder.path(), &["compare", "--level", "pixels", a, b]);
    let ended = pixels("a.layout.json", "b.layout.json");
    let message = "page 1: the pictures are not compared: pictures of 3000000 × 1 and 1 × 3000000 pixels";
    assert_eq!(ended.fault("shapes", 1, message), None);
    let ended = pixels("a.layout.json", "c.layout.json");
    assert_eq!(ended.fault("size", 1, "a PNG of 65000 × 65000 pixels"), None);
}

/// A picture beside a snapshot that is a link would carry a file of the user into a report that is sent on.
#[test]
fn a_report_has_no_picture_that_a_link_leads_to() {
    let folder = tempfile::tempdir().unwrap();
    let reference = root().join("tests/reference/documents/a-res-61-180/ar.layout.json");
    let layout = fs::read_to_string(reference).unwrap();
    let mut layout: serde_json::Value = serde_json::from_str(&layout).unwrap();
    layout["pages"][0]["image"] = "ar-1.png".into();
    fs::write(folder.path().join("ar.layout.json"), layout.to_string()).unwrap();
    symlink("/etc/passwd", folder.path().join("ar-1.png")).unwrap();
    let arguments = ["compare", "--html", "x.html", "ar.layout.json", "ar.layout.json"];
    let ended = limited(folder.path(), &arguments);
    assert_eq!(ended.fault("link", 2, "this is a link to a place outside of"), None);
}

/// If it fails, a build that is killed leaves a process behind that takes a processor until it ends by itself.
#[test]
#[cfg(target_os = "linux")]
fn a_guarded_build_ends_with_the_process_that_asked_for_it() {
    let folder = laid_out(&root().join("tests/hostile/templates/endless-loop.typ"));
    let mut build = Command::new(env!("CARGO_BIN_EXE_qarar"))
        .args([
            "build",
            "--template",
            "endless-loop.typ",
            "-o",
            "only-in-this-test",
            "ar",
        ])
        .current_dir(folder.path())
        .spawn()
        .unwrap();
    let running = || {
        let processes = fs::read_dir("/proc").unwrap().flatten();
        let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
        let of_test = |line: &Vec<u8>| line.windows(17).any(|part| part == b"only-in-this-test");
        lines.filter(of_test).count()
    };
    let wait_for = |count: usize| {
        (0..500).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            running() == count
        })
    };
    assert!(wait_for(2), "{} processes work", running());
    build.kill().unwrap();
    build.wait().unwrap();
    assert!(wait_for(0), "{} processes are left", running());
}
