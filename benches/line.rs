//! What the line engine costs: gathering is a part of any build, elongating and writing are what it adds.
//!
//! `cargo bench --bench line`. The engine may take 15 % of the time of a build.

use std::path::Path;

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::fonts::Fonts;
use qarar::line::{self, Cell};
use qarar::locale::Language;
use qarar::model::Work;
use qarar::typeset::Template;

fn main() {
    divan::main();
}

fn document(kashida: bool) -> (Work, Fonts) {
    let fonts = Fonts::load(&[]).expect("the fonts of the binary");
    let opened = qarar::open(Path::new("documents/a-res-61-180"), &fonts).expect("the document");
    let mut work = opened.work;
    work.facts.layout.kashida = kashida;
    (work, fonts)
}

/// The cells of the Arabic edition before they are elongated.
fn cells() -> Vec<Cell> {
    let (work, fonts) = document(false);
    let edition = Edition::build(&work, vec![Language::ARABIC], &Template::builtin(), &fonts).expect("an edition");
    let rows = edition.flow.rows.iter().flat_map(|row| row.cells.iter().flatten());
    rows.chain(edition.flow.notes.iter().flatten())
        .map(|cell| cell.cell.clone())
        .collect()
}

#[divan::bench(min_time = 1)]
fn build_with_pdf(bencher: divan::Bencher<'_, '_>) {
    let (work, fonts) = document(true);
    let template = Template::builtin();
    bencher.bench_local(|| {
        comemo::evict(0);
        let edition = Edition::build(&work, vec![Language::ARABIC], &template, &fonts).expect("an edition");
        pdf(&edition, Standards::default()).expect("a PDF").len()
    });
}

#[divan::bench(min_time = 1)]
fn elongate(bencher: divan::Bencher<'_, '_>) {
    let cells = cells();
    bencher.with_inputs(|| cells.clone()).bench_local_values(|mut cells| {
        cells.iter_mut().for_each(line::elongate);
        cells.len()
    });
}

#[divan::bench(min_time = 1)]
fn write(bencher: divan::Bencher<'_, '_>) {
    let mut cells = cells();
    cells.iter_mut().for_each(line::elongate);
    let all: Vec<&Cell> = cells.iter().collect();
    bencher.bench_local(|| line::write(&all).expect("written lines").len());
}
