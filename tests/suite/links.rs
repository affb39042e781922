//! Links of the author: each leads where the source says, from the words that it stands on, in every edition.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fmt::Write;
use std::sync::Arc;

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::reader::{Document, Link, Target, lines, read};
use qarar::text::Direction;
use qarar::typeset::Template;

use crate::document::{FONTS, open, plans};

/// The letters on a page that a link covers, from left to right.
fn covered(document: &Document, page: usize, link: &Link) -> String {
    let page = &document.pages[page];
    // The advance of a glyph may hold the room before it as well.
    let inside = page.glyphs.iter().filter(|glyph| {
        let (end, height) = (glyph.end(), glyph.origin.y - 1.0);
        link.rect.contains((end.x.max(glyph.origin.x) - 1.0, height))
    });
    inside.map(|glyph| glyph.text.as_str()).collect()
}

/// The first line of a page below a height, of the language that a link is called in.
fn below(document: &Document, page: usize, top: f64, called: &str) -> String {
    let direction = if called.contains(|c| ('\u{600}'..'\u{700}').contains(&c)) {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    };
    let mut found: Vec<_> = lines(&document.pages[page]);
    found.retain(|line| line.baseline >= top && line.direction == Some(direction) && !line.artifact);
    found.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    found.first().map(|line| line.logical_in(direction)).unwrap_or_default()
}

/// If it fails, a reader of the PDF who follows a link ends at another place than the author meant, or cannot click the words.
#[test]
fn links_lead_where_the_source_says() {
    let work = open("tests/builds/links".as_ref(), &FONTS);
    let mut out = String::new();
    for plan in plans(&work) {
        let name = plan.name();
        let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
        let document = read(Arc::new(pdf(&edition, Standards::default()).unwrap())).unwrap();
        writeln!(out, "=== {name}").unwrap();
        for (number, page) in document.pages.iter().enumerate() {
            for link in &page.links {
                let called = link.contents.clone().unwrap_or_default();
                let words = covered(&document, number, link);
                match &link.target {
                    Target::Uri(uri) => writeln!(out, "{uri} ({called}): {words}").unwrap(),
                    Target::Page { page, at } => {
                        let to = below(&document, *page, at.unwrap().y + 30.0, &called);
                        writeln!(out, "page {}, {called}: {words} → {to}", page + 1).unwrap();
                    }
                    other => panic!("{called}: {other:?}"),
                }
            }
        }
    }
    insta::assert_snapshot!(out);
}
