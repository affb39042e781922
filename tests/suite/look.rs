//! Encoding changes no look: the glyphs of derived fonts draw what Typst laid out, pixel by pixel.
//!
//! On one side stand frames that no encoding has touched: Typst's own, or a line of a paragraph drawn glyph by glyph from the
//! fonts that its letters come from. On the other stands what is written: one string a line in a derived font, and the PDF.
//! Both are drawn at 150 dpi.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use std::path::{Path, PathBuf};

use ecow::EcoString;
use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::export::png;
use qarar::fonts::Fonts;
use qarar::layout::{Raster, pdf_pictures};
use qarar::line::{Cell, Run, gather, write};
use qarar::locale::Language;
use qarar::model::Plan;
use qarar::model::{Arrangement, Breaks, Work};
use qarar::typeset::{self, Column, Passages, Stage, Template, TemplateWorld};
use typst::foundations::{Content, Smart};
use typst::introspection::Tag;
use typst::layout::{Abs, Em, Frame, FrameItem, Point, Ratio, Sides, Size, Transform};
use typst::syntax::Span;
use typst::text::{Glyph, TextItem};

use crate::document::{FACTS, of_texts, open};

const DPI: f32 = 150.0;

/// A shade of grey that differs by more than this, of 255, is seen. A letter that moves by a tenth of a pixel changes the
/// smoothing of its edges by as much.
const SEEN: u8 = 26;

/// The fonts of the binary and those of the tests.
fn fonts() -> Fonts {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "fonts"].iter().collect();
    Fonts::load(&[folder]).unwrap()
}

fn resolution(fonts: &Fonts) -> Work {
    open(Path::new("documents/a-res-61-180"), fonts)
}

/// A text of tests/texts in a font.
fn text(name: &str, language: &str, font: &str, fonts: &Fonts) -> Work {
    let text = std::fs::read_to_string(Path::new("tests/texts").join(format!("{name}.{language}.md"))).unwrap();
    let facts = format!("{FACTS}\n[fonts]\narabic = \"{font}\"\n");
    of_texts(&facts, &[(language, text)], fonts)
}

fn plan(languages: &[Language]) -> Plan {
    Plan {
        languages: languages.to_vec(),
        arrangement: Arrangement::SideBySide,
        breaks: Breaks::Natural,
    }
}

fn raster(frame: Frame) -> Raster {
    // Letters hang over the edges of a cell.
    let room = Point::splat(Abs::pt(20.0));
    let mut page = Frame::hard(frame.size() + room.to_size() * 2.0);
    page.push_frame(room, frame);
    let page = typst_layout::Page {
        frame: page,
        bleed: Sides::default(),
        fill: Smart::Auto,
        numbering: None,
        supplement: Content::empty(),
        number: 1,
    };
    let options = typst_render::RenderOptions {
        pixel_per_pt: f64::from(DPI / 72.0).into(),
        ..Default::default()
    };
    Raster::from_png(&typst_render::render(&page, &options).encode_png().unwrap()).unwrap()
}

/// How two pictures differ: by how much a pixel at the most, and how many differ so that it is seen, of those with ink.
#[derive(Debug, Default)]
struct Difference {
    most: u8,
    seen: usize,
    inked: usize,
}

impl Difference {
    fn add(&mut self, a: &Raster, b: &Raster) {
        // Programs round the last row of a page each in its way; lines are as wide.
        assert_eq!(a.width, b.width);
        assert!(a.height.abs_diff(b.height) <= 1);
        for (a, b) in a.grey.iter().zip(&b.grey) {
            let differs = a.abs_diff(*b);
            self.most = self.most.max(differs);
            self.seen += usize::from(differs > SEEN);
            self.inked += usize::from(*a < 255 || *b < 255);
        }
    }

    fn share(&self) -> f64 {
        self.seen as f64 / self.inked.max(1) as f64
    }
}

/// What is written of a cell, as a frame of the size of Typst's own.
fn written(cell: &Cell, lines: &[qarar::line::Written], size: Size) -> Frame {
    let mut frame = Frame::hard(size);
    frame.push_multiple(cell.ornaments.iter().cloned());
    for (line, written) in cell.lines.iter().zip(lines) {
        for (at, item) in written.items() {
            frame.push(Point::with_y(line.baseline) + at, FrameItem::Text(item));
        }
    }
    frame
}

/// A glyph of the font that a letter comes from, alone.
fn glyph(run: &Run, id: u16) -> FrameItem {
    FrameItem::Text(TextItem {
        font: run.font.clone(),
        size: run.size,
        fill: run.fill.clone(),
        stroke: run.stroke.clone(),
        lang: typst::text::Lang::ARABIC,
        region: None,
        text: EcoString::from("x"),
        glyphs: vec![Glyph {
            id,
            x_advance: Em::zero(),
            x_offset: Em::zero(),
            y_advance: Em::zero(),
            y_offset: Em::zero(),
            range: 0..1,
            span: (Span::detached(), 0),
        }],
    })
}

/// The lines of a cell, glyph by glyph. A tatweel is stretched over the elongation and a little into its neighbours.
fn plain(cell: &Cell, size: Size) -> Frame {
    let mut frame = Frame::hard(size);
    frame.push_multiple(cell.ornaments.iter().cloned());
    for line in &cell.lines {
        for (run, cluster) in line.clusters().filter(|(_, cluster)| !cluster.is_space()) {
            for set in &cluster.glyphs {
                let (id, at) = (
                    set.id,
                    Point::new(cluster.x + set.x(), line.baseline - run.rise - set.y()),
                );
                let Some(width) = set.stretch() else {
                    let mut letter = Frame::soft(Size::zero());
                    letter.push(Point::zero(), glyph(run, id));
                    // Letters of a Latin line may be a little wider or narrower.
                    let wider = 1.0 + f64::from(run.grade) / 100.0;
                    letter.transform(Transform::scale(Ratio::new(wider), Ratio::one()));
                    frame.push_frame(at, letter);
                    continue;
                };
                let ink = run.font.ttf().glyph_bounding_box(ttf_parser::GlyphId(id)).unwrap();
                let unit = run.size / run.font.units_per_em();
                let overlap = run.size * 0.02;
                let across = (width + overlap * 2.0) / (unit * f64::from(ink.x_max - ink.x_min));
                let mut tatweel = Frame::soft(Size::zero());
                tatweel.push(Point::with_x(-unit * f64::from(ink.x_min)), glyph(run, id));
                tatweel.transform(Transform::scale(Ratio::new(across), Ratio::one()));
                frame.push_frame(at - Point::with_x(overlap), tatweel);
            }
        }
    }
    frame
}

/// Whether a frame holds a paragraph whose lines are not those of Typst.
fn is_unbroken(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => is_unbroken(&group.frame),
        FrameItem::Tag(Tag::Start(element, _)) => qarar::line::is_edge(element),
        _ => false,
    })
}

/// Typst's frames against what is written of them, where the lines are Typst's own: headings, titles, tables, front matter.
fn against_typst(work: &Work, languages: &[Language], fonts: &Fonts) -> Difference {
    let plan = plan(languages);
    let world = TemplateWorld::new(fonts, &Template::builtin());
    let stage = Stage::new(&world).unwrap();
    let both =
        |frame: &Frame, passages: &Passages, column: &Column| (frame.clone(), gather(frame, passages, column.language));
    let (_, cells) = typeset::compose(work, &plan, None, &stage, both).unwrap();
    let rows = cells.rows.into_iter().flatten().flatten();
    let mut difference = Difference::default();
    let cells = rows.chain(cells.notes.into_iter().flatten());
    for (frame, cell) in cells.filter(|(frame, _)| !is_unbroken(frame)) {
        let lines = write(&[&cell]).unwrap();
        let size = frame.size();
        difference.add(&raster(frame), &raster(written(&cell, &lines[0], size)));
    }
    difference
}

/// Elongated lines, drawn glyph by glyph, against what is written of them.
fn against_glyphs(edition: &Edition) -> Difference {
    let rows = edition.flow.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let mut difference = Difference::default();
    for cell in rows.chain(edition.flow.notes.iter().flatten()) {
        let cell = &cell.cell;
        let size = Size::new(cell.width, cell.height);
        let lines = write(&[cell]).unwrap();
        let (plain, written) = (raster(plain(cell, size)), raster(written(cell, &lines[0], size)));
        // Letters that a transformation makes wider are smoothed otherwise than those of a font.
        if cell.lines.iter().flat_map(|line| &line.runs).any(|run| run.grade != 0) {
            difference.add(&blurred(&plain), &blurred(&written));
        } else {
            difference.add(&plain, &written);
        }
    }
    difference
}

/// The PDF, drawn by another program, against the frames that it is written from.
fn pdf_against_frames(edition: &Edition) -> Difference {
    let mut difference = Difference::default();
    let drawn = pdf_pictures(pdf(edition, Standards::default()).unwrap(), DPI).unwrap();
    let frames = png(edition, DPI).unwrap();
    assert_eq!(drawn.len(), frames.len());
    for (drawn, frame) in drawn.iter().zip(&frames) {
        difference.add(
            &blurred(&Raster::from_png(drawn).unwrap()),
            &blurred(&Raster::from_png(frame).unwrap()),
        );
    }
    difference
}

/// A picture in which every pixel is the mean of its neighbourhood: two programs smooth edges in ways of their own.
fn blurred(picture: &Raster) -> Raster {
    let mut grey = picture.grey.clone();
    for y in 1..picture.height - 1 {
        for x in 1..picture.width - 1 {
            let around = (y - 1..=y + 1).flat_map(|y| (x - 1..=x + 1).map(move |x| (x, y)));
            let sum: u32 = around
                .map(|(x, y)| u32::from(picture.grey[y * picture.width + x]))
                .sum();
            grey[y * picture.width + x] = (sum / 9) as u8;
        }
    }
    Raster { grey, ..*picture }
}

/// The editions that are looked at, each with its name: those of the real document, and texts with marks on their letters,
/// with letters of Persian and Urdu and with Latin in their lines, in three fonts.
fn each(mut look_at: impl FnMut(&str, &Work, &[Language], &Fonts)) {
    let fonts = fonts();
    let work = resolution(&fonts);
    for languages in [
        &[Language::ARABIC][..],
        &[Language::ENGLISH],
        &[Language::ARABIC, Language::ENGLISH],
    ] {
        look_at(&qarar::model::edition_name(languages), &work, languages, &fonts);
    }
    let texts = [
        ("vowels", Language::ARABIC),
        ("persian", Language::PERSIAN),
        ("urdu", Language::URDU),
        ("mixed", Language::ARABIC),
    ];
    for font in ["Amiri", "Scheherazade New", "Noto Naskh Arabic"] {
        for (name, language) in texts {
            let work = text(name, language.code(), font, &fonts);
            look_at(&format!("{name} in {font}"), &work, &[language], &fonts);
        }
    }
}

/// If it fails, a heading, a title or the masthead of the PDF looks otherwise than the template set it: a letter or a mark moved,
/// or is another.
#[test]
fn what_is_written_looks_as_typst_laid_it_out() {
    each(|name, work, languages, fonts| {
        let difference = against_typst(work, languages, fonts);
        assert!(difference.inked > 5_000, "{name}: hardly anything is drawn");
        // Where two outlines of one glyph overlap, as a mark its letter, edges are smoothed once and not twice.
        let equal = difference.most <= 64 && difference.share() <= 0.000_2;
        assert!(equal, "{name}: {difference:?}, a share of {:.6}", difference.share());
    });
}

/// If it fails, an elongated letter is drawn otherwise than the letter and the tatweel of the font beside each other; or the
/// PDF otherwise than the picture of the page.
#[test]
fn elongated_lines_look_as_their_glyphs() {
    each(|name, work, languages, fonts| {
        let edition = Edition::planned(work, plan(languages), &Template::builtin(), fonts).unwrap();
        let difference = against_glyphs(&edition);
        assert!(difference.inked > 50_000, "{name}: hardly anything is drawn");
        // The same, at both ends of every elongation.
        let equal = difference.share() <= 0.001_5;
        assert!(equal, "{name}: {difference:?}, a share of {:.6}", difference.share());
        let difference = pdf_against_frames(&edition);
        assert!(difference.inked > 50_000, "{name}, PDF: hardly anything is drawn");
        let equal = difference.most <= 48 && difference.share() <= 0.000_1;
        assert!(
            equal,
            "{name}, PDF: {difference:?}, a share of {:.6}",
            difference.share()
        );
    });
}
