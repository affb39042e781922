//! The room between lines: stacked vowel signs and signs of the Koran touch no other line, and text without them stands at one pitch.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use std::path::{Path, PathBuf};

use kurbo::{PathEl, Point};
use qarar::edition::Edition;
use qarar::fonts::Fonts;
use qarar::ink::contours;
use qarar::line::{Cell, Line};
use qarar::locale::Language;
use qarar::typeset::Template;
use ttf_parser::GlyphId;

use crate::document::{FACTS, FONTS, of_texts, open};

/// Points of the outlines of a line, half a point apart at the most: y downwards, from the top of its cell.
fn ink(line: &Line, is_wanted: impl Fn(&str) -> bool) -> Vec<Point> {
    let mut points = Vec::new();
    for (run, cluster) in line.clusters().filter(|(_, cluster)| is_wanted(&cluster.text)) {
        let scale = run.size.to_pt() / run.font.units_per_em();
        // A tatweel that is stretched lies on the baseline, far from other lines.
        for glyph in cluster.glyphs.iter().filter(|glyph| glyph.stretch().is_none()) {
            let (x, y) = (cluster.x + glyph.x(), line.baseline - run.rise - glyph.y());
            let outline = contours(|pen| {
                run.font.ttf().outline_glyph(GlyphId(glyph.id), pen);
            });
            let mut last = Point::ZERO;
            kurbo::flatten(outline, 2.0, |element| {
                let (PathEl::MoveTo(to) | PathEl::LineTo(to)) = element else {
                    return;
                };
                let from = if matches!(element, PathEl::MoveTo(_)) { to } else { last };
                last = to;
                let steps = (from.distance(to) * scale * 2.0).ceil().max(1.0) as usize;
                let at = (1..=steps).map(|step| from.lerp(to, step as f64 / steps as f64));
                points.extend(at.map(|p| Point::new(x.to_pt() + p.x * scale, y.to_pt() - p.y * scale)));
            });
        }
    }
    points
}

/// The least white between what is above and what is below it, at most `aside` to the side; in points.
fn white(above: &[Point], below: &[Point], aside: f64) -> f64 {
    let pairs = above
        .iter()
        .flat_map(|over| below.iter().map(move |under| (over, under)));
    let beneath = pairs.filter(|(over, under)| (over.x - under.x).abs() < aside);
    beneath
        .map(|(over, under)| under.y - over.y)
        .fold(f64::INFINITY, f64::min)
}

/// The cells of the paragraphs and the notes of an edition.
fn cells<'a>(edition: &'a Edition<'_>) -> impl Iterator<Item = &'a Cell> {
    let rows = edition.flow.rows.iter().flat_map(|row| row.cells.iter().flatten());
    rows.chain(edition.flow.notes.iter().flatten()).map(|cell| &cell.cell)
}

/// How far the baselines of the lines of a cell are apart.
fn distances(cell: &Cell) -> impl Iterator<Item = f64> {
    cell.lines
        .windows(2)
        .map(|pair| (pair[1].baseline - pair[0].baseline).to_pt())
}

fn is_marked(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'))
}

#[test]
fn signs_touch_no_other_line() {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "fonts"].iter().collect();
    let fonts = Fonts::load(&[folder]).unwrap();
    let mut parted = 0;
    for font in ["Amiri", "Scheherazade New", "Noto Naskh Arabic"] {
        for name in ["dense", "vowels"] {
            let text = std::fs::read_to_string(Path::new("tests/texts").join(format!("{name}.ar.md"))).unwrap();
            let facts = format!("{FACTS}\n[fonts]\narabic = \"{font}\"\n");
            let work = of_texts(&facts, &[("ar", text)], &fonts);
            let edition = Edition::build(&work, vec![Language::ARABIC], &Template::builtin(), &fonts).unwrap();
            for cell in cells(&edition).filter(|cell| distances(cell).all(|distance| distance > 15.0)) {
                for pair in cell.lines.windows(2) {
                    let signs = |line: &Line| ink(line, is_marked);
                    let all = |line: &Line| ink(line, |_| true);
                    let (above, below) = (&pair[0], &pair[1]);
                    let white = |aside: f64| {
                        let over = white(&all(above), &signs(below), aside);
                        over.min(white(&signs(above), &all(below), aside))
                    };
                    let least = white(0.3);
                    assert!(least > 0.1, "{font}, {name}: {least:.2} pt over {}", pair[1].text);
                    let least = white(1.2);
                    if (pair[1].baseline - pair[0].baseline).to_pt() > 23.4 {
                        parted += 1;
                        let text = &pair[1].text;
                        assert!(
                            least < 2.5,
                            "{font}, {name}: {least:.2} pt are more than signs need over {text}"
                        );
                    }
                }
            }
        }
    }
    assert!(
        parted > 2,
        "no lines part in Amiri, whose signs reach higher than its pitch has room for"
    );
}

#[test]
fn lines_without_signs_keep_their_pitch() {
    let work = open(Path::new("documents/a-res-61-180"), &FONTS);
    for languages in [vec![Language::ARABIC], vec![Language::ARABIC, Language::ENGLISH]] {
        let edition = Edition::build(&work, languages, &Template::builtin(), &FONTS).unwrap();
        let mut found = 0;
        for cell in cells(&edition).filter(|cell| cell.lines.len() > 2 && cell.lines[0].table.is_none()) {
            let (least, most) = distances(cell).fold((f64::INFINITY, 0.0), |(least, most): (f64, f64), distance| {
                (least.min(distance), most.max(distance))
            });
            // The masthead has several lines beside each other.
            if least > 5.0 {
                assert!(most - least < 0.01, "{least} to {most} pt: {}", cell.text());
                found += 1;
            }
        }
        assert!(found > 20, "only {found} paragraphs were looked at");
    }
}
