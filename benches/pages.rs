//! What a page costs, stage by stage: the text of A/RES/61/180 over and over, with numbers of its own each time.
//! `cargo bench --bench pages`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a benchmark fails by them"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use qarar::edition::Edition;
use qarar::export::pdf::pdf;
use qarar::fonts::Fonts;
use qarar::locale::Language;
use qarar::model::{Block, Inline, Work};
use qarar::page::paginate;
use qarar::typeset::Template;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load(&[]).unwrap());

/// How often the text, which has five pages, is set: for some 5, 10 and 100 pages.
const TIMES: [usize; 3] = [1, 2, 20];

fn main() {
    divan::main();
}

/// The document with its text so many times over: each time with another number in every paragraph and notes of its own.
fn work(times: usize) -> Work {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents/a-res-61-180");
    let Ok(opened) = qarar::open(&folder, &FONTS) else {
        panic!("the document is at fault")
    };
    let mut work = opened.work;
    work.facts.layout.reference = None;
    for expression in &mut work.expressions {
        let (blocks, notes) = (expression.blocks.clone(), expression.notes.clone());
        for time in 1..times {
            for mut block in blocks.iter().skip(1).cloned() {
                if let Block::Paragraph(paragraph) = &mut block {
                    number(&mut paragraph.content, time, time * notes.len());
                }
                expression.blocks.push(block);
            }
            expression.notes.extend(notes.iter().cloned());
        }
    }
    work
}

fn number(content: &mut [Inline], time: usize, notes: usize) {
    for inline in content {
        match inline {
            Inline::Text { text, .. } if text.len() > 20 => write!(text, " ({time})").unwrap(),
            Inline::Mark { note, .. } => *note += notes,
            _ => {}
        }
    }
}

fn build(work: &Work, languages: &[Language]) -> usize {
    let edition = Edition::build(work, languages.to_vec(), &Template::builtin(), &FONTS).unwrap();
    edition.pages.len()
}

#[divan::bench(args = TIMES)]
fn arabic(bencher: Bencher<'_, '_>, times: usize) {
    let work = work(times);
    bencher.bench_local(|| black_box(build(&work, &[Language::ARABIC])));
}

#[divan::bench(args = TIMES)]
fn side_by_side(bencher: Bencher<'_, '_>, times: usize) {
    let work = work(times);
    bencher.bench_local(|| black_box(build(&work, &[Language::ARABIC, Language::ENGLISH])));
}

#[divan::bench(args = TIMES)]
fn page_breaks(bencher: Bencher<'_, '_>, times: usize) {
    let work = work(times);
    let languages = vec![Language::ARABIC, Language::ENGLISH];
    let edition = Edition::build(&work, languages, &Template::builtin(), &FONTS).unwrap();
    bencher.bench_local(|| black_box(paginate(edition.sheet(), &edition.flow).len()));
}

#[divan::bench(args = TIMES)]
fn export(bencher: Bencher<'_, '_>, times: usize) {
    let work = work(times);
    let edition = Edition::build(&work, vec![Language::ARABIC], &Template::builtin(), &FONTS).unwrap();
    bencher.bench_local(|| black_box(pdf(&edition, Default::default()).unwrap().len()));
}
