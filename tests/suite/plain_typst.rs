//! `examples/plain_typst.rs`: documents that know nothing of qarar, set by Typst and written anew. `tests/plain_typst/` has
//! documents with what Typst can draw in and around lines; a snapshot of each tells what was done with its lines.

#[expect(dead_code, reason = "the test has a main function of its own")]
#[path = "../../examples/plain_typst.rs"]
mod example;

use std::path::{Path, PathBuf};

use clap::Parser;
use example::{Arguments, Folder, run};
use qarar::layout::Raster;
use qarar::line::document;
use qarar::locale::Direction;
use qarar::reader::{Document, lines, read};
use typst_layout::{Page, PagedDocument};

/// By so much, of 255, a pixel may differ: where two outlines of one glyph overlap, as a mark its letter, edges are smoothed
/// once and not twice, and letters stand on a grid of 2,000 to the em.
const SMOOTHED: u8 = 128;
/// So many pixels of a page may differ by more: tracked letters, whose advances are on no grid.
const FEW: usize = 10;

/// Sets a document with some options; returns what was told and the PDF.
fn set(document: &Path, options: &[&str]) -> Result<(String, Document), String> {
    let folder = tempfile::tempdir().expect("temporary folders can be made");
    let output = folder.path().join("set.pdf");
    let paths = [document.to_owned(), output.clone()].map(|path| path.display().to_string());
    let words = std::iter::once("plain_typst").chain(paths.iter().map(String::as_str));
    let told = run(&Arguments::parse_from(words.chain(options.iter().copied())))?;
    let bytes = std::fs::read(output).expect("the PDF was written");
    Ok((told, read(bytes).expect("the PDF can be read")))
}

/// Sets a text as a document of its own.
fn set_text(text: &str) -> Result<(String, Document), String> {
    let folder = tempfile::tempdir().expect("temporary folders can be made");
    let document = folder.path().join("text.typ");
    std::fs::write(&document, text).expect("temporary files can be written");
    set(&document, &[])
}

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The words of a text, without stops.
fn words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '+'));
    words.filter(|word| !word.is_empty()).collect()
}

/// The text of a PDF by the places of its letters, as of an Arabic page.
fn text_of(document: &Document) -> String {
    let lines = document.pages.iter().flat_map(lines);
    lines
        .map(|line| line.logical_in(Direction::RightToLeft) + "\n")
        .collect()
}

/// The pages of a document as Typst set it, and as they are written.
fn pages(document: &Path) -> [Vec<Raster>; 2] {
    let world = Folder::new(document, &[]).expect("the document can be read");
    let set = typst::compile::<PagedDocument>(&world)
        .output
        .expect("the document is sound");
    let (written, _) = document::rewrite(&set).expect("the fonts can be derived from");
    [set, written].map(|document| document.pages().iter().map(raster).collect())
}

fn raster(page: &Page) -> Raster {
    let options = typst_render::RenderOptions {
        pixel_per_pt: 2.0.into(),
        ..Default::default()
    };
    let png = typst_render::render(page, &options).encode_png().expect("a picture");
    Raster::from_png(&png).expect("a picture that can be read")
}

/// If it fails, an Arabic article of a Typst user is not filled by elongation, or a search does not find its words.
#[test]
fn an_article_is_elongated_and_comes_back() {
    let (told, document) = set(&in_repository("examples/article.typ"), &[]).expect("the article is sound");
    insta::assert_snapshot!("article", told);
    assert_eq!(document.pages.len(), 2);
    let text = text_of(&document);
    assert!(!text.contains('\u{640}'), "an elongation is in the text");
    let joined = format!(" {} ", words(&text).join(" "));
    let expected = std::fs::read_to_string(in_repository("examples/article.txt")).expect("the text of the article");
    let phrases = expected.lines().flat_map(|line| {
        let words = words(line);
        words
            .windows(3)
            .map(|phrase| format!(" {} ", phrase.join(" ")))
            .collect::<Vec<_>>()
    });
    let missing: Vec<String> = phrases.filter(|phrase| !joined.contains(phrase)).collect();
    assert!(missing.is_empty(), "{missing:?} in {text}");
}

/// The documents of `tests/plain_typst/`, each with its name.
fn documents() -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(in_repository("tests/plain_typst")).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let named = paths.filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)));
    let mut documents: Vec<_> = named.collect();
    documents.sort();
    assert!(documents.len() > 5);
    documents
}

/// If it fails, lines of ordinary documents are left that were written before, or a document of some kind is not set at all.
#[test]
fn documents_of_all_kinds_are_written() {
    for (name, path) in documents() {
        let (told, _) = set(&path, &["--standard", "none"]).expect("the document is sound");
        insta::assert_snapshot!(name, told);
    }
}

/// If it fails, something that Typst drew is lost, moved or drawn twice. Where nothing is justified nothing is elongated, and
/// the pages must look as they did.
#[test]
fn nothing_that_typst_drew_is_lost() {
    for (name, path) in documents() {
        let text = std::fs::read_to_string(&path).expect("the document can be read");
        let folder = tempfile::tempdir().expect("temporary folders can be made");
        let ragged = folder.path().join("ragged.typ");
        std::fs::write(&ragged, text.replace("justify: true", "justify: false"))
            .expect("temporary files can be written");
        let [before, after] = pages(&ragged);
        assert_eq!(before.len(), after.len(), "the pages of {name}");
        for (number, (before, after)) in before.iter().zip(&after).enumerate() {
            let differ = before
                .grey
                .iter()
                .zip(&after.grey)
                .filter(|(a, b)| a.abs_diff(**b) > SMOOTHED);
            let differ = differ.count();
            assert!(differ <= FEW, "{differ} pixels of page {} of {name}", number + 1);
        }
    }
}

/// If it fails, an author does not learn where the document is wrong.
#[test]
fn faults_have_a_place() {
    let fault = |text: &str| {
        let told = set_text(text).expect_err("the document is faulty");
        let lines: Vec<&str> = told
            .lines()
            .map(|line| line.rsplit_once("text.typ").map_or(line, |(_, told)| told))
            .collect();
        lines.join("\n")
    };
    let texts = [
        "= Title\n#let x = (1,\n",
        "#nobody()\n",
        "#image(\"none.png\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#read(\"../elsewhere\")",
    ];
    insta::assert_snapshot!("faults", texts.map(fault).join("\n"));
}
