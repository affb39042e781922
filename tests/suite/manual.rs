//! What the program tells of itself: `print`, completions, manual pages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::program::{code, qarar, told};

fn said(arguments: &[&str]) -> String {
    let output = qarar(Path::new("."), arguments).output().unwrap();
    assert_eq!(code(&output), 0, "{arguments:?}: {}", told(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// The commands of the help.
fn commands() -> Vec<String> {
    let help = said(&["--help"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| line.starts_with("  "));
    let words = lines
        .filter(|line| !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap());
    let commands: Vec<String> = words.filter(|word| *word != "help").map(str::to_owned).collect();
    assert!(commands.len() > 8, "{help}");
    commands
}

#[test]
fn what_the_program_holds_is_printed() {
    let template = fs::read_to_string("templates/resolution.typ").unwrap();
    assert_eq!(said(&["print", "template"]), template);
    let kinds = said(&["print", "kinds"]);
    let kinds: Vec<&str> = kinds
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(kinds, qarar::source::kind_names());
    let languages = said(&["print", "languages"]);
    assert_eq!(languages.lines().count(), qarar::locale::Language::ALL.len() + 2);
    assert!(
        languages.starts_with("ar  Arabic    العربية   arabic    right to left\n"),
        "{languages}"
    );
    let fonts = said(&["print", "fonts"]);
    assert_eq!(
        fonts,
        "Amiri: regular, bold, italic\nNoto Serif Hebrew: regular, bold\nSTIX Two Text: regular, bold, italic\n"
    );
}

/// The printed template is a template: it sets a document as the built-in one does.
#[test]
fn the_printed_template_can_be_used() {
    let desk = TempDir::new().unwrap();
    fs::write(desk.path().join("house.typ"), said(&["print", "template"])).unwrap();
    for (arguments, place) in [
        (&["--output", "a"][..], "a"),
        (&["--output", "b", "--template", "house.typ"], "b"),
    ] {
        let whole = [&["init", "--yes", "d"][..], &["build", "d"]].map(<[_]>::to_vec);
        if place == "a" {
            assert_eq!(code(&qarar(desk.path(), &whole[0]).output().unwrap()), 0);
        }
        let output = qarar(desk.path(), &[&whole[1][..], arguments].concat())
            .output()
            .unwrap();
        assert_eq!(code(&output), 0, "{}", told(&output));
    }
    let [ours, theirs] = ["a", "b"].map(|place| fs::read(desk.path().join(place).join("d/ar-en.pdf")).unwrap());
    assert!(ours == theirs);
}

/// What bash offers after these words.
fn completed(script: &Path, words: &[&str]) -> Vec<String> {
    let asked = "source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); \
                 _qarar qarar \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD - 1]}\"; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let output = Command::new("bash")
        .args(["--norc", "-c", asked])
        .arg(script)
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", told(&output));
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    let desk = TempDir::new().unwrap();
    let script = desk.path().join("qarar");
    fs::write(&script, said(&["completions", "bash"])).unwrap();
    let offered = completed(&script, &["qarar", ""]);
    for command in commands() {
        assert!(offered.contains(&command), "{command}: {offered:?}");
    }
    let hidden = ["keep-files", "draw-pages", "guarded"];
    assert!(
        !offered.iter().any(|word| hidden.contains(&word.as_str())),
        "{offered:?}"
    );
    assert_eq!(completed(&script, &["qarar", "build", "--form"]), ["--format"]);
    assert_eq!(completed(&script, &["qarar", "print", "lang"]), ["languages"]);
    let forms = completed(&script, &["qarar", "check", "--message-format", ""]);
    assert!(forms.contains(&"short".to_owned()), "{forms:?}");
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = said(&["completions", shell]);
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
        }
        assert!(!script.contains("keep-files"), "{shell}");
    }
    let output = qarar(Path::new("."), &["completions", "csh"]).output().unwrap();
    assert_eq!(code(&output), 2);
}

/// If it fails, a packager has no pages, or a user reads of commands that there are not.
#[test]
fn every_command_has_a_page_that_man_reads() {
    let desk = TempDir::new().unwrap();
    let output = qarar(desk.path(), &["man", "man1"]).output().unwrap();
    assert_eq!(code(&output), 0, "{}", told(&output));
    let mut pages: Vec<String> = commands().iter().map(|command| format!("qarar-{command}.1")).collect();
    pages.push("qarar.1".to_owned());
    for page in &pages {
        let text = fs::read_to_string(desk.path().join("man1").join(page)).unwrap();
        assert!(text.contains(".SH SYNOPSIS") && !text.contains("keep-files"), "{page}");
        let man = Command::new("man")
            .args(["--warnings", "-l"])
            .arg(desk.path().join("man1").join(page))
            .env("MANWIDTH", "100")
            .env("LC_ALL", "C.UTF-8")
            .output();
        // A machine without `man` has the pages all the same.
        let Ok(read) = man else { continue };
        let shown = String::from_utf8_lossy(&read.stdout);
        assert!(
            read.status.success() && read.stderr.is_empty(),
            "{page}: {}",
            told(&read)
        );
        assert!(
            shown.contains("SYNOPSIS") && shown.contains("Examples"),
            "{page}: {shown}"
        );
    }
    assert_eq!(fs::read_dir(desk.path().join("man1")).unwrap().count(), pages.len());
    // Again, over its own.
    assert_eq!(code(&qarar(desk.path(), &["man", "man1"]).output().unwrap()), 0);
    // But not over somebody else's.
    fs::write(desk.path().join("man1/qarar.1"), "mine").unwrap();
    let output = qarar(desk.path(), &["man", "man1"]).output().unwrap();
    assert_eq!(
        (
            code(&output),
            fs::read_to_string(desk.path().join("man1/qarar.1")).unwrap()
        ),
        (2, "mine".to_owned())
    );
    assert!(said(&["man"]).contains(".TH qarar 1"));
}
