//! The same text set by other programs: what `qarar compare` says of LibreOffice's and of XeLaTeX's pages speaks of the
//! document, once of each thing, though LibreOffice parts words where it elongates and XeLaTeX does not tell the letters of
//! Arabic forms.
//!
//! `tests/peers/` holds a short document, PDFs of it, and beside each what must be told.
//! `QARAR_ACCEPT_LAYOUT=1 cargo test --release --test suite peers::` writes that anew.

use std::fs;
use std::path::Path;

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::layout::{Layout, Level, Options, compare, read_pdf};
use qarar::locale::Language;
use qarar::typeset::Template;

use crate::document::FONTS;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The edition of a language, as a snapshot and as its PDF is read back.
fn ours(language: Language) -> (Layout, Layout) {
    let opened = qarar::open(&Path::new(ROOT).join("tests/peers"), &FONTS).expect("the document");
    let edition = Edition::build(&opened.work, vec![language], &Template::builtin(), &FONTS).expect("an edition");
    let bytes = pdf(&edition, Standards::default()).expect("a PDF");
    (Layout::from(&edition), read_pdf(bytes).expect("our PDF can be read"))
}

fn theirs(name: &str) -> Layout {
    let bytes = fs::read(Path::new(ROOT).join("tests/peers").join(name)).expect("the PDF");
    let mut layout = read_pdf(bytes).expect("a PDF that can be read");
    layout.document = name.to_owned();
    layout
}

/// If it fails, an editor who compares with the page of another program reads something else, more or less.
#[test]
fn what_is_told_of_the_pages_of_others_is_as_accepted() {
    let mut failed = Vec::new();
    for (language, code) in [(Language::ARABIC, "ar"), (Language::ENGLISH, "en")] {
        let (snapshot, read) = ours(language);
        for program in ["libreoffice", "xelatex"] {
            let peer = theirs(&format!("{program}-{code}.pdf"));
            let mut told = String::new();
            for (title, reference, level) in [
                ("a snapshot, by lines", &snapshot, Level::Lines),
                ("a snapshot, by positions", &snapshot, Level::Positions),
                ("our PDF, by lines", &read, Level::Lines),
            ] {
                let options = Options {
                    level,
                    ..Options::default()
                };
                told.push_str(&format!("=== {title}\n{}", compare(reference, &peer, options)));
            }
            let path = Path::new(ROOT).join(format!("tests/peers/{program}-{code}.txt"));
            if std::env::var_os("QARAR_ACCEPT_LAYOUT").is_some() {
                fs::write(&path, &told).expect("a file");
            }
            let accepted = fs::read_to_string(&path).unwrap_or_default();
            if accepted != told {
                failed.push(format!("{}:\n{told}", path.display()));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// If it fails, our own PDF is told to differ from the edition that it was written of.
#[test]
fn our_pdf_is_read_back_as_its_edition() {
    for language in [Language::ARABIC, Language::ENGLISH] {
        let (snapshot, read) = ours(language);
        for (a, b) in [(&snapshot, &read), (&read, &snapshot), (&read, &read)] {
            let options = Options {
                level: Level::Lines,
                ..Options::default()
            };
            let comparison = compare(a, b, options);
            assert!(comparison.is_same(), "{comparison}");
        }
    }
}
