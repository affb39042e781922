//! What a `house.toml` says is on the pages: paper, margins, letters, heads and feet, watermark, numbers of lines. If one fails, a
//! house prints on other paper than it has, or a reader is told what is only to be seen.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::ink::{Colour, FAINT};
use qarar::model::{Arrangement, Plan, Work};
use qarar::reader::{Document, Kid, Page, lines, read};
use qarar::typeset::Template;
use qarar::verify::read_back;
use tempfile::TempDir;
use typst::layout::FrameItem;
use typst::visualize::Paint;

use crate::document::{FACTS, FONTS, folder, open, plans, write};
use crate::program::qarar;

/// Millimetres in points.
const MM: f64 = 72.0 / 25.4;

/// A document of several pages in Arabic and English, in a house.
fn housed(house: &str) -> TempDir {
    let languages = "languages = [\"ar\", \"en\"]\n";
    let paragraphs = |words: &str| {
        let numbered = (1..=40).map(|n| format!("{n}. {words}\n\n"));
        numbered.collect::<String>()
    };
    let english = paragraphs(
        "*Invites* Member States to cooperate in the repair of all stations that stand beside rivers and canals.",
    );
    let arabic = paragraphs(
        "*تدعو* الدول الأعضاء إلى التعاون في إصلاح جميع المحطات التي تقوم على ضفاف الأنهار والقنوات في كل البلدان.",
    );
    folder(&[
        ("document.toml", format!("{languages}{FACTS}")),
        ("house.toml", house.to_owned()),
        (
            "en.md",
            format!("# Water stations\n\n*The General Assembly*,\n\n{english}"),
        ),
        ("ar.md", format!("# محطات المياه\n\n*إن الجمعية العامة*،\n\n{arabic}")),
    ])
}

fn edition<'a>(work: &'a Work, codes: &[&str], arrangement: Arrangement) -> Edition<'a> {
    let languages = work.facts.languages.iter().copied();
    let languages = languages.filter(|language| codes.contains(&language.code())).collect();
    let plan = Plan {
        arrangement,
        ..Plan::of(work, languages)
    };
    Edition::planned(work, plan, &Template::builtin(), &FONTS).unwrap()
}

/// The PDF of an edition, read again; all of its text comes back.
fn printed(edition: &Edition<'_>) -> Document {
    let bytes = Arc::new(pdf(edition, Standards::default()).unwrap());
    read_back(&bytes, edition.work, &edition.languages).unwrap();
    assert!(edition.print_faults().is_empty(), "{:?}", edition.print_faults());
    read(bytes).unwrap()
}

/// What stands round the text of a page, each with its left edge, right edge and baseline, all from the top left corner.
fn round(page: &Page) -> Vec<(String, f64, f64, f64)> {
    let lines = lines(page).into_iter().filter(|line| line.artifact);
    lines
        .map(|line| (line.logical().trim().to_owned(), line.left, line.right, line.baseline))
        .collect()
}

/// Where the lines of the text of a page start and end.
fn extent(page: &Page) -> (f64, f64) {
    let lines: Vec<_> = lines(page).into_iter().filter(|line| !line.artifact).collect();
    let left = lines.iter().map(|line| line.left).fold(f64::MAX, f64::min);
    (left, lines.iter().map(|line| line.right).fold(f64::MIN, f64::max))
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1.5
}

/// Blocks of TOML of the guide.
fn examples() -> Vec<String> {
    let text = fs::read_to_string("docs/house.md").unwrap();
    let blocks = text.split("```toml\n").skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn what_the_guide_shows_is_built() {
    let examples = examples();
    assert!(examples.len() >= 8, "the guide has examples");
    for example in examples {
        let desk = housed(&example);
        if example.contains("[logo]") {
            write(desk.path(), "arms.svg", LOGO.as_bytes());
        }
        let opened = qarar::open(desk.path(), &FONTS).unwrap_or_else(|faults| panic!("{example}\n{faults}"));
        assert!(opened.warnings.is_empty(), "{example}\n{}", opened.warnings);
        for plan in plans(&opened.work) {
            printed(&Edition::planned(&opened.work, plan, &Template::builtin(), &FONTS).unwrap());
        }
    }
}

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" fill="#1a3c6e"/></svg>"##;

#[test]
fn every_key_is_in_the_guide() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let guide = fs::read_to_string("docs/house.md").unwrap();
    let mut lacking = Vec::new();
    let mut tables = vec![&schema];
    while let Some(table) = tables.pop() {
        for (key, inner) in table["properties"].as_object().unwrap() {
            if !guide.contains(key.as_str()) {
                lacking.push(key.clone());
            }
            // Those of a table by script or language are no keys of a house.
            if inner["properties"].is_object() && !["families", "size", "names"].contains(&key.as_str()) {
                tables.push(inner);
            }
        }
    }
    assert!(lacking.is_empty(), "{lacking:?}");
}

fn schema() -> String {
    let output = qarar(Path::new("."), &["print", "schema", "house"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_schema_in_the_guide_is_that_of_the_program() {
    let path = "docs/house.schema.json";
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        fs::write(path, schema()).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap_or_default(), schema(), "{path}");
}

#[test]
fn paper_has_the_size_of_the_house() {
    let sizes = [
        ("size = \"A4\"", 210.0, 297.0),
        ("size = \"A3\"", 297.0, 420.0),
        ("size = \"Letter\"", 215.9, 279.4),
        ("size = \"Legal\"", 215.9, 355.6),
        ("width = 182\nheight = 257.5", 182.0, 257.5),
    ];
    for (said, width, height) in sizes {
        let desk = housed(&format!("[paper]\n{said}\n"));
        let work = open(desk.path(), &FONTS);
        for codes in [&["en"][..], &["ar", "en"]] {
            let document = printed(&edition(&work, codes, Arrangement::SideBySide));
            for page in &document.pages {
                assert!(
                    near(page.width, width * MM) && near(page.height, height * MM),
                    "{said}: {} {}",
                    page.width,
                    page.height
                );
            }
        }
    }
}

/// The inner margin is at the side at which a page is bound: of an English leaf the left one of its first page, of an Arabic one
/// the right one.
#[test]
fn margins_turn_with_the_leaf() {
    let desk = housed("[paper.margins]\ntop = 40\nbottom = 35\ninner = 45\nouter = 20\n");
    let work = open(desk.path(), &FONTS);
    let width = 210.0 * MM;
    for (codes, left_first) in [(&["en"][..], 45.0), (&["ar"], 20.0), (&["ar", "en"], 20.0)] {
        let document = printed(&edition(&work, codes, Arrangement::SideBySide));
        assert!(document.pages.len() > 1);
        for (at, page) in document.pages.iter().enumerate() {
            let left = if at % 2 == 0 { left_first } else { 65.0 - left_first };
            let right = width - (65.0 - left) * MM;
            let (starts, ends) = extent(page);
            assert!(
                starts > left * MM - 1.5 && ends < right + 1.5,
                "{codes:?} {at}: {starts} {ends}"
            );
            assert!(
                near(starts, left * MM) || near(ends, right),
                "{codes:?} {at}: {starts} {ends}"
            );
            for line in lines(page).iter().filter(|line| !line.artifact) {
                assert!(
                    line.baseline > 40.0 * MM && line.baseline < (297.0 - 35.0) * MM + 1.5,
                    "{}",
                    line.baseline
                );
            }
        }
    }
    // On facing pages the outer margins lie apart.
    let document = printed(&edition(&work, &["ar", "en"], Arrangement::Facing));
    for (at, page) in document.pages.iter().enumerate() {
        let left = if at % 2 == 0 { 45.0 } else { 20.0 };
        let (starts, ends) = extent(page);
        assert!(
            starts > left * MM - 1.5 && ends < width - (65.0 - left) * MM + 1.5,
            "{at}: {starts} {ends}"
        );
    }
}

#[test]
fn heads_and_feet_say_what_the_house_says() {
    let desk = housed(
        "[head]\nouter = \"{symbol}\"\ncenter = \"{title}\"\nfirst = { inner = { ar = \"نسخة أولى\", en = \"First copy\" } }\n\
         [foot]\nouter = { ar = \"{page:digits} من {pages:digits}\", en = \"{page} of {pages}\" }\n\
         inner = [\"{office}\", \"{adopted}\"]\n",
    );
    let work = open(desk.path(), &FONTS);
    let said = |codes: &[&str], page: usize| -> Vec<String> {
        let document = printed(&edition(&work, codes, Arrangement::SideBySide));
        round(&document.pages[page])
            .into_iter()
            .map(|(words, ..)| words)
            .collect()
    };
    assert_eq!(said(&["en"], 0).join(" | "), "First copy");
    let english = said(&["en"], 1).join(" | ");
    assert!(
        english.contains("A/RES/61/180") && english.contains("Water stations"),
        "{english}"
    );
    assert!(
        english.contains("2 of ") && english.contains("20 December 2006"),
        "{english}"
    );
    let arabic = said(&["ar"], 1).join(" | ");
    assert!(arabic.contains("محطات المياه") && arabic.contains("٢ من"), "{arabic}");
    assert_eq!(said(&["ar"], 0).join(" | "), "نسخة أولى");
    // Side by side the leading language speaks.
    assert!(said(&["ar", "en"], 1).join(" | ").contains("٢ من"));
}

/// The outer side turns with the leaf.
#[test]
fn heads_stand_at_their_sides() {
    let desk = housed(
        "[head]\nouter = \"OUTER\"\ninner = \"INNER\"\ncenter = \"MIDDLE\"\n[paper.margins]\ninner = 30\nouter = 20\n",
    );
    let work = open(desk.path(), &FONTS);
    for (codes, right_on_second) in [(["en"], false), (["ar"], true)] {
        let document = printed(&edition(&work, &codes, Arrangement::SideBySide));
        let page = &document.pages[1];
        let items = page.glyphs.iter().filter(|glyph| page.is_artifact(glyph.marked));
        assert!(items.count() > 10);
        let edges: Vec<f64> = round(page)
            .iter()
            .flat_map(|(_, left, right, _)| [*left, *right])
            .collect();
        let (left, right) = (
            edges.iter().copied().fold(f64::MAX, f64::min),
            edges.iter().copied().fold(f64::MIN, f64::max),
        );
        let (at_left, at_right) = if right_on_second { (30.0, 20.0) } else { (20.0, 30.0) };
        assert!(
            near(left, at_left * MM) && near(right, (210.0 - at_right) * MM),
            "{codes:?}: {left} {right}"
        );
    }
}

#[test]
fn a_watermark_is_seen_and_not_read() {
    let desk = housed("[watermark]\nar = \"مسودة\"\nen = \"CONFIDENTIAL\"\n");
    let work = open(desk.path(), &FONTS);
    let bare = housed("");
    let without = open(bare.path(), &FONTS);
    for plan in plans(&work) {
        let edition = Edition::planned(&work, plan.clone(), &Template::builtin(), &FONTS).unwrap();
        let pale = edition
            .pages
            .iter()
            .filter(|page| page.furniture.as_ref().is_some_and(|frame| shapes(frame) > 0));
        assert_eq!(pale.count(), edition.pages.len(), "every page has it");
        let document = printed(&edition);
        let plain = printed(&Edition::planned(&without, plan, &Template::builtin(), &FONTS).unwrap());
        let glyphs = |document: &Document| document.pages.iter().map(|page| page.glyphs.len()).collect::<Vec<_>>();
        assert_eq!(glyphs(&document), glyphs(&plain), "no text is more");
        // Everything that is drawn is marked: as text, or as an artifact.
        let bytes = pdf(&edition, Standards::default()).unwrap();
        let report = qarar::verify::verify_bytes(bytes, Some((&work, &edition.languages))).unwrap();
        assert!(report.is_exact(), "{:?}", report.faults);
    }
}

/// How many shapes a frame holds.
fn shapes(frame: &typst::layout::Frame) -> usize {
    let of = |item: &FrameItem| match item {
        FrameItem::Group(group) => shapes(&group.frame),
        FrameItem::Shape(shape, _) => {
            let Some(Paint::Solid(colour)) = &shape.fill else {
                return 0;
            };
            let level = f64::from(colour.to_rgb().red);
            assert!(
                Colour::BLACK.contrast(Colour::grey(level)) > 4.0 * FAINT,
                "letters are read on it"
            );
            1
        }
        _ => 0,
    };
    frame.items().map(|(_, item)| of(item)).sum()
}

/// A template without what a house asks for leaves nothing out in silence.
#[test]
fn a_template_without_a_watermark_is_told() {
    let desk = housed("[watermark]\nar = \"مسودة\"\nen = \"DRAFT\"\n");
    let work = open(desk.path(), &FONTS);
    let plan = Plan::of(&work, vec![work.facts.languages[1]]);
    let text = "#import \"/qarar/resolution.typ\": edition, mark, span, furniture";
    let template = |more: &str| Template {
        name: "own.typ".to_owned(),
        text: format!("{text}{more}\n"),
        root: Some(desk.path().to_owned()),
    };
    let told = Edition::planned(&work, plan.clone(), &template(""), &FONTS)
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("no function `watermark`, which the house of the document asks for"),
        "{told}"
    );
    Edition::planned(&work, plan, &template(", watermark, line-number"), &FONTS).unwrap();
}

#[test]
fn lines_have_numbers_beside_them() {
    for (said, every) in [("true", 1), ("5", 5)] {
        let desk = housed(&format!("line-numbers = {said}\n"));
        let bare = housed("");
        let (work, without) = (open(desk.path(), &FONTS), open(bare.path(), &FONTS));
        for codes in [&["en"][..], &["ar"], &["ar", "en"]] {
            let numbered = edition(&work, codes, Arrangement::SideBySide);
            let plain = edition(&without, codes, Arrangement::SideBySide);
            let lead = numbered.sheet().reading[0];
            for (page, plain) in numbered.pages.iter().zip(&plain.pages) {
                let lines = page.lines.iter().filter(|line| match line.origin {
                    qarar::page::Origin::Row { row, column } => {
                        column == lead && numbered.composed.setting.rows[row].role != qarar::typeset::RowRole::Line
                    }
                    qarar::page::Origin::Note { .. } => false,
                });
                let count = lines.count() / every;
                assert_eq!(page.ornaments.len() - plain.ornaments.len(), count, "{codes:?} {said}");
            }
            printed(&numbered);
        }
    }
}

/// The logo is an element of the structure tree with the words for those who do not see it, in the language that leads.
#[test]
fn the_logo_is_told_in_words() {
    let said =
        "[logo]\nfile = \"arms.svg\"\nheight = 20\nalign = \"SIDE\"\nalternative = { ar = \"شعار\", en = \"Arms\" }\n";
    for (side, english) in [("start", 0.0), ("center", 0.5), ("end", 1.0)] {
        let desk = housed(&said.replace("SIDE", side));
        write(desk.path(), "arms.svg", LOGO.as_bytes());
        let work = open(desk.path(), &FONTS);
        for plan in plans(&work) {
            let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
            let document = printed(&edition);
            let lead = edition.languages[0];
            let mut told = Vec::new();
            let first = document.structure.as_ref().unwrap().kids.iter();
            first.for_each(|kid| figures(kid, &mut told));
            let expected = if lead.code() == "ar" { "شعار" } else { "Arms" };
            assert_eq!(told, [expected], "{}", edition.name());
            let logo = &edition.pages[0].pictures[0];
            let (left, measure) = edition.sheet().measure();
            let FrameItem::Image(_, size, _) = &logo.item else {
                panic!("no image")
            };
            assert!(near(size.y.to_pt(), 20.0 * MM) && near(size.x.to_pt(), 30.0 * MM));
            let share = if lead.code() == "ar" { 1.0 - english } else { english };
            if edition.sheet().pages_of_opening() == 1 {
                let at = left + (measure - size.x) * share;
                assert!(near(logo.at.x.to_pt(), at.to_pt()), "{} {side}", edition.name());
            }
        }
    }
}

/// The words of all pictures of a structure tree.
fn figures(kid: &Kid, told: &mut Vec<String>) {
    if let Kid::Element(element) = kid {
        if element.role == "Figure" {
            told.extend(element.alt.clone());
        }
        element.kids.iter().for_each(|kid| figures(kid, told));
    }
}

#[test]
fn notice_and_cover_are_text_of_the_document() {
    let desk = housed(
        "[notice]\nar = \"مسودة للتعليق\"\nen = \"Draft for comment\"\n[cover]\nar = \"محدود\"\nen = \"Limited\"\n",
    );
    let work = open(desk.path(), &FONTS);
    for plan in plans(&work) {
        let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
        let document = printed(&edition);
        let structure = document.structure.as_ref().unwrap();
        let elements = structure.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(structure.text(&document, element, &[])),
            _ => None,
        });
        let text = elements.collect::<Vec<_>>().join("\n");
        for (language, words) in [
            ("en", ["Limited", "Draft for comment"]),
            ("ar", ["محدود", "مسودة للتعليق"]),
        ] {
            if edition.languages.iter().any(|other| other.code() == language) {
                words
                    .iter()
                    .for_each(|words| assert!(text.contains(words), "{}: {words}", edition.name()));
            }
        }
    }
}

/// A letter that names no organization has the one of its house, in its letterhead and as the author of its file; without a house it
/// is told that it lacks one.
#[test]
fn the_house_names_the_organization() {
    let letter = "kind = \"letter\"\ndate = 2026-04-14\nlanguages = [\"en\"]\n\
                  signed = [{ name = { en = \"L. Amari\" }, title = { en = \"Director\" } }]\n";
    let desk = folder(&[
        ("letter/document.toml", letter),
        ("letter/en.md", "# Water\n\nThe stations are repaired.\n"),
    ]);
    let path = desk.path().join("letter");
    assert!(
        qarar::open(&path, &FONTS)
            .unwrap_err()
            .to_string()
            .contains("`organization` is missing")
    );
    write(desk.path(), "house.toml", b"names = { en = \"Ministry of Water\" }\n");
    let work = open(&path, &FONTS);
    let document = printed(&edition(&work, &["en"], Arrangement::SideBySide));
    assert_eq!(document.information.authors, ["Ministry of Water"]);
    let named = letter.replace(
        "kind = \"letter\"",
        "kind = \"letter\"\norganization = { en = \"Institute\" }",
    );
    write(&path, "document.toml", named.as_bytes());
    let document = printed(&edition(&open(&path, &FONTS), &["en"], Arrangement::SideBySide));
    assert_eq!(
        document.information.authors,
        ["Institute"],
        "what a document says goes before"
    );
}

#[test]
fn families_and_sizes_are_those_of_the_house() {
    let desk = housed(
        "[type]\nsize = { latin = 14, arabic = 18 }\nleading = 1.8\n[colours]\ntext = \"#102040\"\nheadings = \"#702010\"\nrules = \"#708090\"\n",
    );
    let work = open(desk.path(), &FONTS);
    for (codes, size) in [(["en"], 14.0), (["ar"], 18.0)] {
        let document = printed(&edition(&work, &codes, Arrangement::SideBySide));
        let page = &document.pages[1];
        let lines: Vec<_> = lines(page).into_iter().filter(|line| !line.artifact).collect();
        assert!(lines.iter().all(|line| near(line.size, size)), "{codes:?}");
        let pitches: Vec<f64> = lines
            .windows(2)
            .map(|pair| (pair[1].baseline - pair[0].baseline).abs())
            .collect();
        let least = pitches.iter().copied().fold(f64::MAX, f64::min);
        assert!(near(least, 1.8 * size), "{codes:?}: {least}");
    }
}

#[test]
fn a_house_is_named_on_the_command_line() {
    let desk = housed("[paper]\nsize = \"A3\"\n");
    write(desk.path(), "other/far.toml", b"[paper]\nsize = \"Legal\"\n");
    let (path, out) = (desk.path().to_str().unwrap().to_owned(), desk.path().join("out"));
    let far = desk.path().join("other/far.toml").to_str().unwrap().to_owned();
    let arguments = [
        "build",
        &path,
        "--lang",
        "en",
        "--output",
        out.to_str().unwrap(),
        "--house",
        &far,
    ];
    let output = qarar(Path::new("."), &arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let name = desk.path().file_name().unwrap();
    let bytes = fs::read(out.join(name).join("en.pdf")).unwrap();
    let document = read(Arc::new(bytes)).unwrap();
    assert!(near(document.pages[0].height, 355.6 * MM));
    let missing = qarar(Path::new("."), &["check", &path, "--house", "nowhere.toml"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("there is no such file"));
}
