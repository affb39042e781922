//! What a snapshot costs beside a build, and a comparison of two layouts of a thousand pages.
//!
//!     cargo bench --bench layout

use std::path::Path;

use qarar::edition::Edition;
use qarar::edition::snapshot;
use qarar::fonts::Fonts;
use qarar::layout::{Layout, Options, compare, write};
use qarar::locale::Language;
use qarar::typeset::Template;

fn main() {
    divan::main();
}

fn with_edition(work: impl FnOnce(&Edition<'_>)) {
    let fonts = Fonts::load(&[]).expect("the built-in fonts");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents/a-res-61-180");
    let opened = qarar::open(&folder, &fonts).expect("a document without faults");
    let languages = vec![Language::ARABIC];
    let edition = Edition::build(&opened.work, languages, &Template::builtin(), &fonts).expect("an edition");
    work(&edition);
}

#[divan::bench]
fn build_one_edition() {
    with_edition(|edition| {
        divan::black_box(edition.pages.len());
    });
}

#[divan::bench]
fn snapshot_of_one_edition(bencher: divan::Bencher<'_, '_>) {
    with_edition(|edition| bencher.bench_local(|| write(&snapshot(edition))));
}

/// A layout of a thousand pages; every paragraph and note has a name of its own.
fn thousand_pages(changed: bool) -> Layout {
    let mut layout = Layout::default();
    with_edition(|edition| layout = snapshot(edition));
    let pages = std::mem::take(&mut layout.pages);
    for round in 0..1000_usize.div_ceil(pages.len()) {
        for page in &pages {
            let mut page = page.clone();
            page.number = layout.pages.len() + 1;
            for line in &mut page.lines {
                line.paragraph = match line
                    .paragraph
                    .strip_prefix("note ")
                    .and_then(|n| n.parse::<usize>().ok())
                {
                    Some(note) => format!("note {}", note + 7 * round),
                    None if line.paragraph.starts_with("page ") => line.paragraph.clone(),
                    None => format!("part {round} {}", line.paragraph),
                };
                line.marks.iter_mut().for_each(|mark| mark.note += 7 * round);
                if changed {
                    line.text = line.text.replacen("الأعضاء", "الأعضاء كافة", 1);
                }
            }
            layout.pages.push(page);
        }
    }
    layout
}

#[divan::bench(args = [false, true], sample_count = 10)]
fn compare_a_thousand_pages(bencher: divan::Bencher<'_, '_>, changed: bool) {
    let (reference, actual) = (thousand_pages(false), thousand_pages(changed));
    bencher.bench_local(|| compare(&reference, &actual, Options::default()));
}
