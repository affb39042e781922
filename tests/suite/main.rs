//! The integration tests, in one program: each program that holds the typesetter takes long to link and much room on the disk.
//!
//! A file here is a subject, the folder of its name in `tests/` holds its cases. `cargo test --release --test suite faults::`
//! runs those of one subject. Tests share the process, so none may change what belongs to all of it: the folder it stands
//! in, its environment, its limits. What needs other limits runs the program `qarar` under them.

mod bidi;
mod broken_fonts;
mod builds;
mod cldr;
mod cli;
mod compare;
mod direction;
mod document;
mod facts;
mod faults;
mod files;
mod font_bytes;
mod generated;
mod generator;
mod growth;
mod guides;
mod hostile;
mod house;
mod hyphen;
mod init;
mod kinds;
mod labels;
mod languages;
mod line;
mod links;
mod locale;
mod look;
mod manual;
mod messages;
mod one_change;
mod one_mistake;
mod own_pdfs;
mod pages;
mod peers;
mod pictures;
mod plain_typst;
mod planted;
mod print;
mod program;
mod reader;
mod reference;
mod room;
mod schema;
mod source_bytes;
mod spaces;
mod standing;
mod structure;
mod table_rows;
mod tables;
mod verify;
mod visible;

/// Cargo takes no notice of a file of tests that is no module; its tests would never run.
#[test]
fn every_file_is_a_part_of_the_suite() {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let names = |folder: &std::path::Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder of the repository");
        let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name().into_string();
        entries.map(|entry| name(entry).expect("a name")).collect()
    };
    let beside = names(&tests).into_iter().filter(|name| name.ends_with(".rs"));
    assert_eq!(
        beside.collect::<Vec<_>>(),
        [""; 0],
        "files of tests belong into tests/suite"
    );
    for name in names(&tests.join("suite")) {
        let name = name.trim_end_matches(".rs");
        let module = format!("mod {name};\n");
        assert!(
            matches!(name, "main" | "snapshots") || include_str!("main.rs").contains(&module),
            "tests/suite/main.rs does not name {name}"
        );
    }
}
