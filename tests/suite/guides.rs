//! What the guides say is so: README.md, CONTRIBUTING.md, docs/ and the pages of the crates name files, commands, code and figures
//! of this repository. When one fails, a reader is sent to a file that moved, types a command that there is not, or copies code
//! that does not compile.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::qarar;

/// The folders of the repository whose files the guides name.
const FOLDERS: [&str; 12] = [
    "src/",
    "crates/",
    "tests/",
    "docs/",
    "examples/",
    "fonts/",
    "templates/",
    "documents/a-",
    "xtask/",
    "fuzz/",
    "bench/",
    "benches/",
];

/// A folder that is made when a run has something for it.
const MADE_BY_RUNS: &str = "fuzz/found";

/// Names of the guides that stand for those of any document, and the files of this repository that they stand for here.
const STAND_FOR: [(&str, &str); 2] = [
    ("documents/contract", "documents/a-res-61-180"),
    (
        "tests/layouts/contract.layout.json",
        "tests/reference/documents/a-res-61-180/ar-en.layout.json",
    ),
];

/// The pages of the crates.
fn crate_pages() -> impl Iterator<Item = PathBuf> {
    let crates = fs::read_dir("crates").expect("crates");
    crates.map(|entry| entry.expect("an entry").path().join("README.md"))
}

/// The guides with their texts.
fn guides() -> Vec<(PathBuf, String)> {
    let mut paths = vec![PathBuf::from("README.md"), PathBuf::from("CONTRIBUTING.md")];
    for folder in ["docs", "docs/ar"] {
        let docs = fs::read_dir(folder).expect("docs");
        let docs = docs.map(|entry| entry.expect("an entry").path());
        paths.extend(docs.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    paths.extend(crate_pages());
    paths.sort();
    let text = |path: &PathBuf| fs::read_to_string(path).expect("a guide");
    paths.iter().map(|path| (path.clone(), text(path))).collect()
}

/// What stands between single backticks, on one line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| !line.starts_with("```"));
    lines.flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The blocks of code in a language, without their fences.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<Vec<&'a str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(_) if is_inside => is_inside = false,
            Some(named) if named.split(',').next() == Some(language) => {
                is_inside = true;
                blocks.push(Vec::new());
            }
            _ if is_inside => blocks.last_mut().expect("a block was begun").push(line),
            _ => {}
        }
    }
    blocks
}

#[test]
fn paths_lead_to_files() {
    let mut missing = Vec::new();
    let mut found = 0;
    for (guide, text) in guides() {
        for path in quoted(&text).filter(|path| FOLDERS.iter().any(|folder| path.starts_with(folder))) {
            // What follows a space is an argument.
            let path = path.split([' ', ':']).next().unwrap_or_default();
            // Names in capitals stand for any, as `tests/pdf/NAME.toml`, and only their folder is there.
            let is_any = |part: &&str| {
                ["*", "…", "NAME", "TARGET", "LANG", "KIND"]
                    .iter()
                    .any(|any| part.contains(any))
            };
            let path: PathBuf = path.split('/').take_while(|part| !is_any(part)).collect();
            if path.starts_with(MADE_BY_RUNS) {
                continue;
            }
            found += 1;
            if !path.exists() {
                missing.push(format!("{}: {}", guide.display(), path.display()));
            }
        }
        let beside = guide.parent().expect("a guide is a file");
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#']).next())
        {
            if !target.contains("://") && !target.is_empty() && !target.contains(' ') && !beside.join(target).exists() {
                missing.push(format!("{}: a link to {target}", guide.display()));
            }
        }
    }
    assert!(found > 40, "only {found} paths are found in the guides");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The commands of a guide: lines that are moved in, and what stands between backticks; without the variables before them.
fn commands(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let indented = text.lines().filter_map(|line| line.strip_prefix("    "));
    let words = indented.chain(quoted(text)).map(|line| {
        let line = line.split(['#', ';']).next().unwrap_or_default();
        let words = line.split_whitespace();
        words.skip_while(|word| *word == "$" || word.contains('=')).collect()
    });
    words.filter(|words: &Vec<&str>| matches!(words.first(), Some(&("qarar" | "cargo"))))
}

/// Every command is one that there is, with options that it has; every task one of xtask; every test a module of the suite.
#[test]
fn commands_are_those_of_the_program() {
    let tasks = fs::read_to_string("xtask/src/main.rs").expect("xtask");
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    let mut help = |command: &str| {
        let asked = helps.entry(command.to_owned()).or_insert_with(|| {
            let said = qarar(Path::new("."), &[command, "--help"])
                .output()
                .expect("qarar runs");
            assert!(
                said.status.success(),
                "a guide names `qarar {command}`, which there is not"
            );
            String::from_utf8(said.stdout).expect("text")
        });
        asked.clone()
    };
    let is_name = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let mut wrong = Vec::new();
    let mut found = 0;
    for (guide, text) in guides() {
        for words in commands(&text) {
            found += 1;
            let after = |option: &str| words.iter().skip_while(|word| **word != option).nth(1);
            let is_right = match words[..] {
                ["qarar", "help", ..] => true,
                ["qarar", command, ..] if is_name(command) => {
                    let known = help(command);
                    let mut options = words.iter().filter(|word| word.starts_with("--"));
                    options.all(|option| known.contains(option.split('=').next().unwrap_or(option)))
                }
                ["cargo", "xtask", task, ..] if is_name(task) => tasks.contains(&format!("name: \"{task}\"")),
                _ => {
                    let module = words.iter().skip_while(|word| **word != "suite").nth(1);
                    let module = module.and_then(|word| word.split("::").next());
                    module.is_none_or(|module| include_str!("main.rs").contains(&format!("mod {module};")))
                        && after("--bench").is_none_or(|name| Path::new(&format!("benches/{name}.rs")).exists())
                        && after("--example").is_none_or(|name| Path::new(&format!("examples/{name}.rs")).exists())
                }
            };
            if !is_right {
                wrong.push(format!("{}: {}", guide.display(), words.join(" ")));
            }
        }
    }
    assert!(found > 40, "only {found} commands are found in the guides");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a `console` block of a guide shows: a command after `$ `, with what is typed into it after `> `, perhaps the exit code that
/// it ends with, and the lines that it says.
struct Shown<'a> {
    command: String,
    code: i32,
    said: Vec<&'a str>,
}

fn shown<'a>(text: &'a str) -> Vec<Shown<'a>> {
    let mut found: Vec<Shown<'a>> = Vec::new();
    for line in blocks(text, "console").into_iter().flatten() {
        match line.strip_prefix("$ ") {
            Some(command) => {
                let (command, code) = command.split_once("   # exit code ").unwrap_or((command, "0"));
                let code = code.parse().expect("an exit code");
                found.push(Shown {
                    command: command.to_owned(),
                    code,
                    said: Vec::new(),
                });
            }
            None => {
                let last = found.last_mut().expect("a command before what it says");
                match line.strip_prefix('>').filter(|_| last.command.contains("<<")) {
                    Some(typed) => last
                        .command
                        .push_str(&format!("\n{}", typed.strip_prefix(' ').unwrap_or(typed))),
                    None => last.said.push(line),
                }
            }
        }
    }
    found
}

/// Whether what was said is what a guide shows, in which `…` stands for any lines.
fn says(shown: &[&str], said: &[&str]) -> bool {
    match (shown, said) {
        ([], said) => said.is_empty(),
        (["…", rest @ ..], said) => (0..=said.len()).any(|from| says(rest, &said[from..])),
        ([first, rest @ ..], [one, others @ ..]) => first == one && says(rest, others),
        _ => false,
    }
}

/// Every command that a guide shows with what it says is run, in a folder of its guide that starts empty, but for the document of this
/// repository where it is named. If it fails, a reader types what is written and sees something else.
#[test]
fn what_guides_show_is_what_happens() {
    let program = Path::new(env!("CARGO_BIN_EXE_qarar")).parent().expect("a folder");
    let path = std::env::join_paths(
        std::iter::once(program.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    )
    .expect("a path");
    let mut wrong = Vec::new();
    let mut count = 0;
    for (guide, text) in guides() {
        let commands = shown(&text);
        if commands.is_empty() {
            continue;
        }
        let desk = tempfile::tempdir().expect("a folder");
        if commands.iter().any(|shown| shown.command.contains("a-res-61-180")) {
            let to = desk.path().join("documents/a-res-61-180");
            fs::create_dir_all(&to).expect("a folder");
            for entry in fs::read_dir("documents/a-res-61-180").expect("the document") {
                let entry = entry.expect("an entry");
                fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
            }
        }
        for Shown { command, code, said } in commands {
            count += 1;
            let output = std::process::Command::new("bash")
                .args(["--norc", "-c", &format!("{{ {command}\n}} 2>&1")])
                .current_dir(&desk)
                .env("PATH", &path)
                .env("LC_ALL", "C.UTF-8")
                .stdin(std::process::Stdio::null())
                .output()
                .expect("bash runs");
            let found = String::from_utf8_lossy(&output.stdout);
            let lines: Vec<&str> = found.trim_end().lines().collect();
            if output.status.code() != Some(code) || !says(&said, &lines) {
                let code = output.status.code();
                wrong.push(format!("{}: $ {command}\n{found}({code:?})", guide.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(count > 5, "only {count} commands are shown");
}

/// The workflow that docs/ci.md shows is the file that readers take. If it fails, one of the two was changed alone.
#[test]
fn the_workflow_is_the_file() {
    let guide = fs::read_to_string("docs/ci.md").expect("the guide");
    let file = fs::read_to_string("docs/workflows/documents.yml").expect("the workflow");
    let shown = blocks(&guide, "yaml").concat().join("\n");
    assert_eq!(shown.trim(), file.trim());
    for step in [
        "qarar check --message-format sarif",
        "qarar build",
        "qarar compare --junit layout.xml",
    ] {
        assert!(file.contains(step), "the workflow has no step `{step}`");
    }
}

/// The code of docs/layout.md, as far as it goes without a document of the reader's.
#[test]
fn the_contract_is_laid_out_as_accepted() {
    let fonts = qarar::fonts::Fonts::load(&[]).unwrap();
    let opened = qarar::open("documents/a-res-61-180".as_ref(), &fonts).unwrap();
    let languages = opened.work.facts.languages.clone();
    let template = qarar::typeset::Template::builtin();
    let edition = qarar::edition::Edition::build(&opened.work, languages, &template, &fonts).unwrap();
    qarar::assert_layout!("tests/reference/documents/a-res-61-180/ar-en.layout.json", &edition);
}

/// The code in docs/ stands here or on the page of a crate, where it is compiled.
#[test]
fn code_is_compiled() {
    let squeezed = |lines: &mut dyn Iterator<Item = &str>| {
        let lines: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    };
    let mut compiled = vec![squeezed(&mut include_str!("guides.rs").lines())];
    for page in crate_pages() {
        let library = page.with_file_name("src").join("lib.rs");
        let library = fs::read_to_string(&library).expect("a library");
        assert!(
            library.contains("include_str!(\"../README.md\")"),
            "{} is not compiled",
            page.display()
        );
        compiled.push(squeezed(&mut fs::read_to_string(&page).expect("a page").lines()));
    }
    let mut found = 0;
    for (guide, text) in guides().iter().filter(|(guide, _)| !guide.starts_with("crates")) {
        for block in blocks(text, "rust") {
            found += 1;
            let code = squeezed(&mut block.iter().copied());
            let code = STAND_FOR.iter().fold(code, |code, (any, ours)| code.replace(any, ours));
            let is_compiled = compiled.iter().any(|compiled| compiled.contains(&code));
            assert!(
                is_compiled,
                "{}: this code is compiled nowhere:\n{code}",
                guide.display()
            );
        }
    }
    assert!(found > 1, "only {found} blocks of code are found in the guides");
}

/// The costs of docs/pages.md are the constants of the code.
#[test]
fn costs_of_lines_are_those_of_the_code() {
    let guide = fs::read_to_string("docs/pages.md").expect("the guide");
    let read = |path: &str| fs::read_to_string(path).expect("the code");
    let ties = read("crates/line/src/opportunities.rs");
    let costs = read("crates/line/src/breaker/costs.rs");
    let lines = read("crates/line/src/section.rs");
    for (code, constant, words) in [
        (&ties, "const LOOSE: f64 = 300.0;", "parenthesis is broken | 300 |"),
        (&ties, "const WORDS: f64 = 2_000.0;", "at their slash | 2,000 |"),
        (&ties, "const INSIDE: f64 = 5e6;", "is cut | 5,000,000:"),
        (&ties, "const FIRM: f64 = 1e7;", "percent sign | 10,000,000 |"),
        (&costs, "const RUNT: f64 = 400.0;", "the last line | 400 |"),
        (&costs, "const UNLIKE: f64 = 10_000.0;", "under a loose one | 100 |"),
        (&costs, "const WIDENING: f64 = 0.01;", "up to 2 % wider"),
        (&costs, "const GRADES: f64 = 2.0;", "in five grades"),
        (&costs, "const TRACKING: f64 = 0.003;", "0.006 em"),
        (&lines, "const STRETCH: f64 = 0.33;", "a third wider"),
        (&lines, "const STRETCH_BESIDE_KASHIDA: f64 = 0.15;", "15 % with"),
        (&lines, "const ELONGATION: f64 = 0.2;", "0.2 em for each word"),
    ] {
        assert!(code.contains(constant), "the code has not `{constant}`");
        assert!(guide.contains(words), "docs/pages.md does not say `{words}`");
    }
}

/// The figures of docs/kashida.md are the constants of the code.
#[test]
fn figures_of_elongation_are_those_of_the_code() {
    let guide = fs::read_to_string("docs/kashida.md").expect("the guide");
    let code = fs::read_to_string("crates/line/src/kashida.rs").expect("the code");
    for (constant, words) in [
        ("const MODERATE: f64 = 0.12;", "stretched by up to 12 %"),
        ("const WIDE: f64 = 1.25;", "over 125 % of their width"),
        ("const WIDEST: f64 = 1.5;", "grow over 150 %, the line is left short"),
        ("const SHARE: f64 = 0.55;", "about 0.25 em each"),
        ("const LONGEST: f64 = 1.1;", "1.1 em"),
        ("const LONG: f64 = 0.45;", "0.45 em"),
        ("const SHORTEST: f64 = 0.06;", "0.06 em"),
        ("const COLUMN: f64 = 0.6;", "0.6 em"),
    ] {
        assert!(code.contains(constant), "the code has not `{constant}`");
        assert!(guide.contains(words), "docs/kashida.md does not say `{words}`");
    }
}
