//! The command line: what it writes, what it leaves alone, how it ends.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::document::{DOCUMENT, write};
use crate::program::{code, qarar, told};

const ARABIC: &str = "# تنسيق الجهود\n\n*إن الجمعية العامة*،\n\n1. *تؤكد* أهمية الشراكات[^1].\n\n[^1]: المرفق.\n";
const ENGLISH: &str =
    "# Coordination\n\n*The General Assembly*,\n\n1. *Affirms* the importance of partnerships.[^1]\n\n[^1]: Annex.\n";

/// A folder with a document `one`.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: TempDir::new().unwrap(),
        };
        desk.document("documents/one");
        desk
    }

    fn document(&self, path: &str) {
        self.write(&format!("{path}/document.toml"), DOCUMENT);
        self.write(&format!("{path}/ar.md"), ARABIC);
        self.write(&format!("{path}/en.md"), ENGLISH);
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        write(self.path(), path, text.as_bytes());
    }

    fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The names in a folder, sorted; none where there is no such folder.
    fn list(&self, path: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path().join(path)) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn command(&self, arguments: &[&str]) -> Command {
        qarar(self.path(), arguments)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

#[test]
fn the_exit_code_tells_who_is_at_fault() {
    let desk = Desk::new();
    desk.write("documents/two/document.toml", "kind = 1\n");
    desk.write("file", "");
    let nowhere = desk.path().join("nowhere");
    let nowhere = nowhere.to_str().unwrap();
    let cases: &[(&[&str], i32, &str)] = &[
        (&["check", "documents/one"], 0, ""),
        (&["build", "documents/one"], 0, ""),
        (&["check", "documents/two"], 1, "`kind` cannot be a whole number"),
        (&["build", "documents/two"], 1, "`kind` cannot be a whole number"),
        (&["check", nowhere], 1, "there is no such folder"),
        (&["check", "file"], 1, "this is a file"),
        (&["check"], 1, "`kind` cannot be a whole number"),
        (&["--version"], 0, ""),
        (&["build", "--help"], 0, ""),
        (&[], 2, "Usage"),
        (&["paint"], 2, "unrecognized subcommand"),
        (&["print"], 2, "<WHAT>"),
        (
            &["print", "kinds", "layout"],
            2,
            "only `qarar print schema` takes another word",
        ),
        (&["build", "--colour"], 2, "there is no option `--colour`"),
        (&["build", "--lang", "xx", "documents/one"], 2, "unknown language `xx`"),
        (&["build", "--lang", "ar-ar", "documents/one"], 2, "`ar` stands twice"),
        (
            &["build", "--lang", "fr", "documents/one"],
            2,
            "document `one` has no `fr`: it has ar, en",
        ),
        (
            &["build", "--standard", "a-9z", "documents/one"],
            2,
            "unknown standard `a-9z`",
        ),
        (&["build", "--format", "doc", "documents/one"], 2, "invalid value 'doc'"),
        (&["build", "--dpi", "0", "documents/one"], 2, "0 is not in 18..=1200"),
        (&["build", "--output", "file", "documents/one"], 2, "`file` is a file"),
        (
            &["build", "--font-path", "nowhere", "documents/one"],
            2,
            "cannot read the font path `nowhere`",
        ),
        (
            &["build", "--template", "nowhere.typ", "documents/one"],
            2,
            "cannot read the template `nowhere.typ`",
        ),
        (
            &["build", "documents/one", "documents/one/"],
            2,
            "two documents are called `one`",
        ),
    ];
    for (arguments, expected, words) in cases {
        let output = desk.run(arguments);
        assert_eq!(code(&output), *expected, "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(words), "{arguments:?}: {}", told(&output));
    }
    let empty = TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_qarar"))
        .arg("build")
        .current_dir(&empty)
        .output()
        .unwrap();
    assert_eq!(code(&output), 2, "no document at all");
    assert!(told(&output).contains("no document below `documents/`"));
}

#[test]
fn editions_of_a_document_are_one_a_language_and_all_side_by_side() {
    let desk = Desk::new();
    let output = desk.run(&["build", "documents/one"]);
    assert_eq!(desk.list("output/one"), ["ar-en.pdf", "ar.pdf", "en.pdf"]);
    let lines = ["ar.pdf", "en.pdf", "ar-en.pdf"].map(|name| format!("output/one/{name} (1 page)\n"));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), lines.concat());
    assert!(desk.read("output/one/ar.pdf").starts_with(b"%PDF-1.7"));
}

#[test]
fn only_what_is_asked_for_is_written() {
    let desk = Desk::new();
    for (arguments, expected) in [
        (&["--lang", "ar"][..], &["ar.pdf"][..]),
        (&["--lang", "en-ar,ar"], &["ar.pdf", "en-ar.pdf"]),
        (&["--lang", "ar", "--lang", "en", "--lang", "ar"], &["ar.pdf", "en.pdf"]),
        (
            &["--lang", "en", "--format", "png,svg", "--dpi", "36"],
            &["en-1.png", "en-1.svg"],
        ),
    ] {
        let output = desk.run(&[&["build", "documents/one", "--quiet", "--output", "out"], arguments].concat());
        assert_eq!(code(&output), 0, "{}", told(&output));
        assert_eq!(desk.list("out/one"), expected, "{arguments:?}");
        assert!(
            output.stdout.is_empty() && output.stderr.is_empty(),
            "quiet says nothing"
        );
        fs::remove_dir_all(desk.path().join("out")).unwrap();
    }
}

/// If it fails, the layout of facing pages or of official lines cannot be held to a reference.
#[test]
fn a_layout_is_taken_and_compared_as_it_is_asked_for() {
    let desk = Desk::new();
    let facing = ["--lang", "ar-en", "--layout", "facing"];
    let layout = [
        &["layout", "--quiet", "--output", "kept"],
        &facing[..],
        &["documents/one"],
    ]
    .concat();
    assert_eq!(code(&desk.run(&layout)), 0);
    assert_eq!(desk.list("kept/one"), ["ar-en-facing.layout.json"]);
    let compare = |options: &[&str]| {
        let sides = ["kept/one/ar-en-facing.layout.json", "documents/one"];
        desk.run(&[&["compare"], options, &sides[..]].concat())
    };
    assert_eq!(code(&compare(&facing)), 0);
    assert_eq!(code(&compare(&["--lang", "ar-en"])), 1);
    // What the document does not have is no difference, but a fault of the command line.
    assert_eq!(code(&compare(&["--lang", "fr"])), 2);
    assert_eq!(code(&compare(&["--lang", "ar", "--breaks", "lines"])), 2);
}

#[test]
fn a_document_is_named_after_its_folder_however_that_is_written() {
    let desk = Desk::new();
    let here = desk.path().join("documents/one");
    for (folder, document) in [
        (&here, "."),
        (&here, "../one/"),
        (&here, "./"),
        (&here.join("sub"), ".."),
    ] {
        fs::create_dir_all(folder).unwrap();
        let output = desk
            .command(&["build", document, "--lang", "ar", "--output", "out"])
            .current_dir(folder)
            .output();
        assert_eq!(code(&output.unwrap()), 0, "{document}");
        assert!(folder.join("out/one/ar.pdf").is_file(), "{document}");
        fs::remove_dir_all(folder.join("out")).unwrap();
    }
}

#[test]
fn nothing_is_written_of_a_source_at_fault_and_what_was_there_stays() {
    let desk = Desk::new();
    desk.write("documents/one/en.md", "");
    assert_eq!(code(&desk.run(&["build", "documents/one"])), 1);
    assert_eq!(desk.list("output"), [""; 0], "not even a folder");

    desk.write("documents/one/en.md", ENGLISH);
    assert_eq!(code(&desk.run(&["build", "documents/one"])), 0);
    let names = desk.list("output/one");
    let before: Vec<Vec<u8>> = names
        .iter()
        .map(|name| desk.read(&format!("output/one/{name}")))
        .collect();
    desk.write("documents/one/ar.md", &ARABIC.replace("الجمعية", "الجمـعية"));
    assert_eq!(code(&desk.run(&["build", "documents/one"])), 1);
    desk.write("documents/one/ar.md", ARABIC);
    desk.write(
        "broken.typ",
        "#let mark(..) = []\n#let edition(..) = 1\n#let furniture(..) = none\n",
    );
    let output = desk.run(&["build", "documents/one", "--template", "broken.typ"]);
    assert_eq!(code(&output), 1, "{}", told(&output));
    assert!(
        told(&output).contains("broken.typ: the answer of `edition` must be a dictionary"),
        "{}",
        told(&output)
    );
    assert_eq!(
        desk.list("output/one"),
        names,
        "no file more, none less, no temporary one"
    );
    let after: Vec<Vec<u8>> = names
        .iter()
        .map(|name| desk.read(&format!("output/one/{name}")))
        .collect();
    assert!(before == after, "the editions of the earlier build stay");
}

#[test]
fn faults_of_one_document_do_not_keep_another_from_being_built() {
    let desk = Desk::new();
    desk.document("documents/series/two");
    desk.document("documents/three");
    desk.write("documents/one/en.md", "");
    desk.write(
        "documents/series/two/document.toml",
        &DOCUMENT.replace("session", "sesion"),
    );
    let output = desk.run(&["build", "--message-format", "short"]);
    assert_eq!(code(&output), 1);
    assert_eq!(desk.list("output"), ["three"]);
    let places: Vec<String> = told(&output)
        .lines()
        .map(|line| line.split(": ").next().unwrap().to_owned())
        .collect();
    let expected = [
        "documents/one/en.md:1:1",
        "documents/series/two/document.toml",
        "documents/series/two/document.toml:4:1",
        "3 errors",
    ];
    assert_eq!(places, expected, "all faults, in the order of the documents");
}

#[test]
fn files_of_others_stay_whatever_they_are_called() {
    let desk = Desk::new();
    for name in [
        "ar-2.png",
        "ar-07.png",
        "ar-2.svg",
        "ar-en-3.png",
        "ar-cover.png",
        "notes.txt",
    ] {
        desk.write(&format!("output/one/{name}"), "old");
    }
    assert_eq!(
        code(&desk.run(&[
            "build",
            "documents/one",
            "--lang",
            "ar",
            "--format",
            "png",
            "--dpi",
            "36"
        ])),
        0
    );
    // `ar-2.png` and `ar-07.png` do not say that qarar made them: they are somebody's.
    let expected = [
        "ar-07.png",
        "ar-1.png",
        "ar-2.png",
        "ar-2.svg",
        "ar-cover.png",
        "ar-en-3.png",
        "notes.txt",
    ];
    assert_eq!(desk.list("output/one"), expected);
}

#[test]
fn threads_change_no_byte() {
    let desk = Desk::new();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents/a-res-61-180");
    let editions = ["1", "4"].map(|threads| {
        let output = desk
            .command(&["build", document.to_str().unwrap(), "--quiet", "--output", threads])
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert_eq!(code(&output), 0, "{}", told(&output));
        let read = |name| desk.read(&format!("{threads}/a-res-61-180/{name}"));
        ["ar.pdf", "en.pdf", "ar-en.pdf"].map(read)
    });
    assert!(editions[0] == editions[1]);
}

#[test]
fn an_option_that_there_is_not_names_where_to_write_what_it_says() {
    let desk = Desk::new();
    for (option, place) in [
        ("--paper=a5", "the paper is set in the template"),
        ("--font", "[fonts]"),
        ("--titel", "--help"),
        ("--outputs", "did you mean `--output`?"),
    ] {
        let output = desk.run(&["build", option]);
        assert_eq!(code(&output), 2, "{}", told(&output));
        assert!(told(&output).contains("there is no option"), "{}", told(&output));
        assert!(told(&output).contains(place), "{}", told(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_name_of_a_folder_steers_no_terminal() {
    let desk = Desk::new();
    let name = "documents/\u{1b}[31mred\n\u{202e}";
    desk.document(name);
    for command in ["check", "build"] {
        let output = desk.run(&[command, name]);
        assert_eq!(code(&output), 0, "{}", told(&output));
        let all = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(all.contains("⟨U+001B⟩[31mred⟨U+000A⟩"), "{all}");
        assert!(!all.contains(['\u{1b}', '\u{202e}']), "{all}");
    }
    desk.write(&format!("{name}/ar.md"), "");
    let output = desk.run(&["check", name, "--message-format", "short"]);
    assert_eq!(code(&output), 1);
    assert!(!told(&output).contains(['\u{1b}', '\u{202e}']), "{}", told(&output));
}

#[test]
fn what_a_template_cannot_have_is_said_in_words_of_qarar() {
    let desk = Desk::new();
    let own = "#import \"/qarar/resolution.typ\": mark, furniture\n#import \"/qarar/resolution.typ\" as base\n";
    let edition = |body: &str| format!("{own}#let edition(..all) = {{ {body} }}\n");
    desk.write("other.typ", "#let a = 1\n#let b = nothing\n");
    for (template, words) in [
        (
            format!("{own}#import \"@preview/tablex:0.1.0\": x\n"),
            "packages cannot be imported",
        ),
        (
            format!("{own}#import \"../secret.typ\": x\n"),
            "a template reads the files of its own folder only",
        ),
        (format!("{own}#import \"missing.typ\": x\n"), "beside it"),
        (
            format!("{own}#import \"other.typ\": a\n"),
            "other.typ:2:10: unknown variable: nothing",
        ),
        (
            edition("set text(font: \"Nobody Sans\"); base.edition(..all)"),
            "unknown font family: nobody sans",
        ),
        (
            edition("(..base.edition(..all), margin: 3)"),
            "has an unknown key `margin`",
        ),
    ] {
        desk.write("house.typ", &template);
        let output = desk.run(&["build", "--template", "house.typ", "documents/one"]);
        assert_eq!(code(&output), 1, "{template}: {}", told(&output));
        assert!(told(&output).contains(words), "{template}: {}", told(&output));
        assert!(!told(&output).contains("--root"), "{}", told(&output));
    }
}

#[test]
fn a_family_without_a_style_that_the_text_has_is_told() {
    let desk = Desk::new();
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts/noto-naskh-arabic");
    desk.write(
        "documents/one/document.toml",
        &format!("{DOCUMENT}\n[fonts]\narabic = \"Noto Naskh Arabic\"\n"),
    );
    let output = desk.run(&["check", "--font-path", fonts, "documents/one"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert!(
        told(&output).contains("the font family `Noto Naskh Arabic` has no"),
        "{}",
        told(&output)
    );
}

#[test]
fn verify_ends_with_a_verdict() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["build", "documents/one"])), 0);
    let output = desk.run(&["verify", "output/one/ar.pdf", "documents/one"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.trim_end()
            .ends_with("exact: every reader gets 4 passages as written"),
        "{said}"
    );
    desk.write("documents/one/ar.md", &ARABIC.replace("أهمية", "ضرورة"));
    let output = desk.run(&["verify", "output/one/ar.pdf", "documents/one"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.trim_end().ends_with("not exact: 1 of 4 passages not as written"),
        "{said}"
    );
}

#[test]
fn colours_are_for_terminals() {
    let desk = Desk::new();
    desk.write("documents/one/en.md", "");
    let output = desk.run(&["check", "documents/one"]);
    assert!(!told(&output).contains('\u{1b}'), "{}", told(&output));
}

#[cfg(unix)]
#[test]
fn an_edition_can_be_read_by_whom_the_umask_lets() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.write("new", "");
    let mode = |path: &str| fs::metadata(desk.path().join(path)).unwrap().permissions().mode();
    assert_eq!(code(&desk.run(&["build", "documents/one", "--lang", "ar"])), 0);
    assert_eq!(mode("output/one/ar.pdf"), mode("new"));
}

/// If it fails, a run over a corpus ends without an edition: each document was begun on the stack of another one.
#[test]
fn hundreds_of_documents_are_built_in_one_run() {
    let desk = Desk::new();
    for number in 0..300 {
        desk.document(&format!("documents/many/{number:03}"));
    }
    let output = desk.run(&["build", "--quiet", "--lang", "en", "--standard", "none"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert_eq!(desk.list("output").len(), 301);
}
