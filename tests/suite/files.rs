//! The files that commands write: replaced as a set, nobody else's ever touched, nothing left behind, however a command ends.
//!
//! `QARAR_KILLS=800 cargo test --release --test suite files::` tries as many kills, and a quarter as many pairs of builds at once.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::document::DOCUMENT;
use crate::program::{qarar, told};

type Files = BTreeMap<String, Vec<u8>>;

/// A folder with two documents of one name, whose editions go to one place: builds of `old` and of `new` are told apart by
/// their bytes.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: TempDir::new().unwrap(),
        };
        for version in ["old", "new"] {
            let folder = desk.path().join(version).join("one");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("document.toml"), DOCUMENT).unwrap();
            fs::write(
                folder.join("ar.md"),
                format!(
                    "# تنسيق\n\n*إن الجمعية العامة*،\n\n1. *تؤكد* {}.\n",
                    if version == "old" {
                        "القديم"
                    } else {
                        "الجديد"
                    }
                ),
            )
            .unwrap();
            let text = format!("# Coordination\n\n*The General Assembly*,\n\n1. *Affirms* the {version}.\n");
            fs::write(folder.join("en.md"), text).unwrap();
        }
        desk
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn output(&self) -> PathBuf {
        self.path().join("output/one")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        qarar(self.path(), arguments)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn build(&self, version: &str) -> Files {
        let output = self.run(&["build", "-q", &format!("{version}/one")]);
        assert!(output.status.success(), "{}", told(&output));
        self.files()
    }

    fn start(&self, version: &str) -> Child {
        let mut command = self.command(&["build", "-q", &format!("{version}/one")]);
        command.process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// What stands in the folder of the editions, by name; of a folder, that it is one.
    fn files(&self) -> Files {
        let Ok(entries) = fs::read_dir(self.output()) else {
            return Files::new();
        };
        entries
            .map(|entry| entry.unwrap())
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read(entry.path()).unwrap_or_else(|_| b"a folder".to_vec()))
            })
            .collect()
    }

    /// The same once the keeper of a build that was killed is done.
    fn settled(&self) -> Files {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let files = self.files();
            if !files.keys().any(|name| name.starts_with('.')) || Instant::now() > end {
                return files;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

fn signal(child: &Child, signal: &str) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
}

/// How many kills are tried.
fn kills() -> u32 {
    std::env::var("QARAR_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(40)
}

/// Fractions of a build's time, spread evenly and in no order.
fn moments(count: u32) -> impl Iterator<Item = f64> {
    (0..count).map(|at| (f64::from(at) * 0.618_034).fract())
}

/// A build that is killed, alone or with all its group, as a time-out does it.
#[test]
fn a_killed_build_leaves_all_editions_old_or_all_new_and_nothing_else() {
    let desk = Desk::new();
    let start = Instant::now();
    let versions = [desk.build("old"), desk.build("new")];
    let mut usual = start.elapsed() / 2;
    assert_eq!(
        versions[0].keys().collect::<Vec<_>>(),
        ["ar-en.pdf", "ar.pdf", "en.pdf"]
    );
    let mut seen = [0, 0];
    for (at, moment) in moments(kills()).enumerate() {
        let mut build = desk.start(["old", "new"][at % 2]);
        std::thread::sleep(usual.mul_f64(moment * 1.2));
        // How long a build takes depends on what else the machine does: the moments follow it.
        let is_over = build.try_wait().unwrap().is_some();
        usual = usual.mul_f64(if is_over { 0.9 } else { 1.1 });
        if at % 4 < 2 {
            let _ = build.kill();
        } else {
            let group = format!("-{}", build.id());
            let _ = Command::new("kill")
                .args(["-KILL", "--", &group])
                .stderr(Stdio::null())
                .status();
        }
        build.wait().unwrap();
        let files = desk.settled();
        let which = versions.iter().position(|version| *version == files);
        let names: Vec<&String> = files.keys().collect();
        seen[which
            .unwrap_or_else(|| panic!("kill {at}: editions of two builds beside each other, or more: {names:?}"))] += 1;
    }
    assert!(
        seen.iter().all(|count| *count > 0),
        "kills were tried on both sides of the writing: {seen:?}"
    );
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let desk = Desk::new();
    let versions = [desk.build("old"), desk.build("new")];
    for pair in 0..kills().div_ceil(4) {
        let mut builds = [desk.start("old"), desk.start("new")];
        for build in &mut builds {
            assert!(build.wait().unwrap().success(), "pair {pair}");
        }
        assert!(
            versions.contains(&desk.files()),
            "pair {pair}: editions of two builds beside each other"
        );
    }
}

/// Whether this process, and what it starts, ignores a signal.
fn is_ignored(number: u32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask >> (number - 1) & 1 == 1)
}

/// Builds that are interrupted at the moment when their files stand beside those of the build before.
#[test]
fn an_interrupted_build_cleans_up() {
    let desk = Desk::new();
    let old = desk.build("old");
    for (name, number) in [("-INT", 2), ("-TERM", 15), ("-HUP", 1)] {
        // A shell lets what it starts in the background ignore some, and so does the program then.
        if is_ignored(number) {
            continue;
        }
        let mut hits = 0;
        // On a busy machine many a build is over before it is signalled.
        for _ in 0..200 {
            if hits == 10 {
                break;
            }
            let mut build = desk.start("old");
            let staged = || desk.files().keys().any(|name| name.starts_with('.'));
            while !staged() && build.try_wait().unwrap().is_none() {}
            if build.try_wait().unwrap().is_none() {
                signal(&build, name);
            }
            let ended = build.wait().unwrap();
            hits += u32::from(ended.signal().is_some());
            assert!(ended.success() || ended.signal().is_some());
            assert_eq!(desk.settled(), old, "{name}");
        }
        assert!(hits > 0, "no build was interrupted by {name}");
    }
}

/// If it fails, a build gives its files their names while another one does: some files of each.
#[test]
fn a_build_waits_for_one_that_gives_files_their_names() {
    let desk = Desk::new();
    let [old, new] = [desk.build("old"), desk.build("new")];
    let lock = fs::File::open(desk.output()).unwrap();
    lock.lock().unwrap();
    let mut build = desk.start("old");
    std::thread::sleep(Duration::from_millis(500));
    assert!(build.try_wait().unwrap().is_none(), "it did not wait");
    assert_eq!(desk.files(), new);
    lock.unlock().unwrap();
    assert!(build.wait().unwrap().success());
    assert_eq!(desk.files(), old);
}

/// The machine stopped while files took their names, or before all were written.
#[test]
fn what_a_dead_build_left_is_completed_where_it_is_whole_and_taken_away_where_not() {
    let desk = Desk::new();
    desk.build("old");
    let half = desk.output().join(".qarar-half.tmp");
    fs::create_dir(&half).unwrap();
    fs::write(half.join("ar.pdf"), "half").unwrap();
    let whole = desk.output().join(".qarar-whole.tmp");
    fs::create_dir(&whole).unwrap();
    fs::write(whole.join("fr.pdf"), "whole").unwrap();
    fs::write(whole.join("list.json"), r#"{"files":["ar.pdf","fr.pdf"],"pages":[]}"#).unwrap();
    fs::write(desk.output().join(".qarar-old.tmp"), "a temporary file of 0.1").unwrap();
    let files = desk.build("new");
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["ar-en.pdf", "ar.pdf", "en.pdf", "fr.pdf"]
    );
    assert_eq!(files["fr.pdf"], b"whole");
    // A list that names files elsewhere leads nowhere.
    fs::create_dir(&whole).unwrap();
    fs::write(whole.join("list.json"), r#"{"files":["../../one.txt"],"pages":[]}"#).unwrap();
    fs::write(desk.path().join("output/one.txt"), "precious").unwrap();
    desk.build("new");
    assert_eq!(fs::read(desk.path().join("output/one.txt")).unwrap(), b"precious");
}

#[test]
fn a_file_that_qarar_did_not_write_is_never_replaced_or_taken_away() {
    let desk = Desk::new();
    let folder = desk.output();
    fs::create_dir_all(&folder).unwrap();
    let build = ["build", "-q", "-f", "png", "--dpi", "36", "--lang", "ar", "new/one"];
    assert!(desk.run(&build).status.success());
    let ours = fs::read(folder.join("ar-1.png")).unwrap();
    // A page of an earlier, longer build, and a picture of the user's that is called like one.
    fs::write(folder.join("ar-7.png"), &ours).unwrap();
    fs::write(folder.join("ar-2006.png"), "precious").unwrap();
    assert!(desk.run(&build).status.success());
    assert_eq!(desk.files().keys().collect::<Vec<_>>(), ["ar-1.png", "ar-2006.png"]);
    for (name, arguments) in [
        ("ar-1.png", &build[..]),
        ("en.pdf", &["build", "-q", "new/one"]),
        ("ar.layout.json", &["layout", "-q", "new/one"]),
    ] {
        let before = desk.files();
        fs::write(folder.join(name), "precious").unwrap();
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).contains("this file is not qarar's"), "{}", told(&output));
        assert!(told(&output).contains(name), "{}", told(&output));
        let mut expected = before;
        expected.insert(name.to_owned(), b"precious".to_vec());
        assert_eq!(desk.files(), expected, "{name}");
        fs::remove_file(folder.join(name)).unwrap();
    }
    // A report goes where it is told to, but not over what is not a report.
    fs::write(desk.path().join("thesis.html"), "precious").unwrap();
    assert!(desk.run(&["layout", "-q", "-o", "a", "new/one"]).status.success());
    let output = desk.run(&["compare", "--html", "thesis.html", "a/one", "a/one"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert_eq!(fs::read(desk.path().join("thesis.html")).unwrap(), b"precious");
    for _ in 0..2 {
        assert!(
            desk.run(&[
                "compare",
                "--html",
                "report.html",
                "--junit",
                "report.xml",
                "a/one",
                "a/one"
            ])
            .status
            .success()
        );
    }
}

#[test]
fn pictures_of_a_layout_do_not_replace_those_of_a_build() {
    let desk = Desk::new();
    assert!(
        desk.run(&["build", "-q", "-f", "png", "--dpi", "300", "--lang", "ar", "new/one"])
            .status
            .success()
    );
    let before = fs::read(desk.output().join("ar-1.png")).unwrap();
    assert!(
        desk.run(&["layout", "-q", "--images", "--lang", "ar", "new/one"])
            .status
            .success()
    );
    assert_eq!(fs::read(desk.output().join("ar-1.png")).unwrap(), before);
    assert!(
        desk.run(&["compare", "--level", "pixels", "output/one", "output/one"])
            .status
            .success()
    );
}

#[test]
fn a_file_keeps_its_permissions() {
    let desk = Desk::new();
    desk.build("old");
    let path = desk.output().join("ar.pdf");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    desk.build("new");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn an_answer_that_cannot_be_written_whole_has_its_own_exit_code() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let desk = Desk::new();
    desk.build("old");
    for arguments in [
        &["verify", "--json", "output/one/ar.pdf"][..],
        &["inspect", "old/one"],
        &["check", "old/one"],
        &["compare", "--json", "output/one/ar.pdf", "output/one/ar.pdf"],
    ] {
        let out = fs::OpenOptions::new().write(true).open(full).unwrap();
        let output = desk.command(arguments).stdout(out).output().unwrap();
        assert_eq!(output.status.code(), Some(4), "{arguments:?}: {}", told(&output));
        assert!(
            told(&output).contains("could not be written whole"),
            "{}",
            told(&output)
        );
    }
}

#[test]
fn a_folder_that_cannot_be_read_is_told() {
    let desk = Desk::new();
    let closed = desk.path().join("documents/closed");
    fs::create_dir_all(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(desk.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = desk.command(&["check"]);
    if fs::read_dir(&closed).is_ok() {
        // The one who may read everything runs it as somebody who may not.
        command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command
            .arg(env!("CARGO_BIN_EXE_qarar"))
            .arg("check")
            .current_dir(desk.path());
    }
    let output = command.output().unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(
        told(&output).contains("cannot read the folder `documents/closed`"),
        "{}",
        told(&output)
    );
}
