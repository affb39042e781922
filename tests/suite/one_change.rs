//! One change of a document is one finding, in every edition: each case edits the source of the real document, the
//! template or a font, builds an edition, and holds what is told against what an editor would say of the edit, and of
//! nothing else. What follows from it may be told as such.

#![allow(clippy::panic, reason = "a test that fails panics")]

use std::fs;
use std::path::{Path, PathBuf};

use qarar::edition::Edition;
use qarar::fonts::Fonts;
use qarar::layout::{Layout, Options, Page, compare};
use qarar::model::Plan;
use qarar::model::{Arrangement, Breaks};
use qarar::typeset::Template;
use rayon::prelude::*;

use crate::document::FONTS;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The first block of the source that is an operative paragraph; the title and the opening come before the preamble.
const OPERATIVE: usize = 13;

/// A document: its texts by language, as blocks, and the lines of the official edition.
#[derive(Clone)]
struct Source {
    texts: Vec<(&'static str, Vec<String>)>,
    official: String,
}

/// An edition that changes are tried on.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    languages: &'static [&'static str],
    arrangement: Arrangement,
    breaks: Breaks,
}

const KINDS: [Kind; 7] = [
    kind("ar", &["ar"], Arrangement::SideBySide, Breaks::Natural),
    kind("en", &["en"], Arrangement::SideBySide, Breaks::Natural),
    kind("side by side", &["ar", "en"], Arrangement::SideBySide, Breaks::Natural),
    kind("facing", &["ar", "en"], Arrangement::Facing, Breaks::Natural),
    kind(
        "three columns",
        &["ar", "en", "fr"],
        Arrangement::SideBySide,
        Breaks::Natural,
    ),
    kind("official pages", &["ar"], Arrangement::SideBySide, Breaks::Pages),
    kind("official lines", &["ar"], Arrangement::SideBySide, Breaks::Lines),
];

const fn kind(
    name: &'static str,
    languages: &'static [&'static str],
    arrangement: Arrangement,
    breaks: Breaks,
) -> Kind {
    Kind {
        name,
        languages,
        arrangement,
        breaks,
    }
}

impl Kind {
    fn source(&self) -> Source {
        let folder = Path::new(ROOT).join("documents/a-res-61-180");
        let text = |code: &&'static str| {
            // The document has two texts: a third column says what the second one does.
            let file = if *code == "fr" { "en" } else { code };
            let text = fs::read_to_string(folder.join(format!("{file}.md"))).expect("a text");
            (*code, text.trim().split("\n\n").map(str::to_owned).collect())
        };
        Source {
            texts: self.languages.iter().map(text).collect(),
            official: fs::read_to_string(folder.join("official.ar.txt")).expect("the official lines"),
        }
    }

    fn layout(&self, source: &Source, template: &Template, fonts: &Fonts) -> Layout {
        let folder = tempfile::tempdir().expect("a folder");
        let document = folder.path().join("a-res-61-180");
        fs::create_dir(&document).expect("a folder");
        fs::write(document.join("official.ar.txt"), &source.official).expect("a file");
        let facts = Path::new(ROOT).join("documents/a-res-61-180/document.toml");
        let facts: String = fs::read_to_string(facts)
            .expect("the facts")
            .lines()
            .map(|line| match line.split_once(" = ") {
                Some(("languages", _)) => format!("languages = {:?}\n", self.languages),
                Some(("unofficial", _)) => String::new(),
                _ => format!("{line}\n"),
            })
            .collect();
        fs::write(document.join("document.toml"), facts).expect("a file");
        for (code, blocks) in &source.texts {
            fs::write(document.join(format!("{code}.md")), blocks.join("\n\n") + "\n").expect("a file");
        }
        let opened = qarar::open(&document, fonts).unwrap_or_else(|faults| panic!("{}: {faults}", self.name));
        let plan = Plan {
            languages: opened.work.facts.languages.clone(),
            arrangement: self.arrangement,
            breaks: self.breaks,
        };
        let edition = Edition::planned(&opened.work, plan, template, fonts);
        Layout::from(&edition.unwrap_or_else(|error| panic!("{}: {error}", self.name)))
    }

    /// The name of a paragraph of a language as it is told.
    fn told(&self, name: &str, code: &str) -> String {
        match code {
            _ if self.languages.len() == 1 => name.to_owned(),
            "ar" => format!("{name} (Arabic)"),
            "en" => format!("{name} (English)"),
            _ => format!("{name} (French)"),
        }
    }

    /// The languages as they are told of what happened in all of them.
    fn in_all(&self) -> &'static str {
        ["", " in Arabic and English", " in Arabic, English and French"][self.languages.len() - 1]
    }
}

impl Source {
    /// A copy in which a language has other words in a block.
    fn with(&self, language: usize, block: usize, text: String) -> Self {
        let mut edited = self.clone();
        edited.texts[language].1[block] = text;
        edited
    }

    /// A copy with the blocks of all languages edited.
    fn edited(&self, mut edit: impl FnMut(&mut Vec<String>)) -> Self {
        let mut edited = self.clone();
        edited.texts.iter_mut().for_each(|(_, blocks)| edit(blocks));
        edited
    }
}

/// A case: what was done, the edited source, the beginnings of what must be told, each of one finding.
type Case = (String, Source, Vec<String>);

fn name_of(block: usize) -> String {
    match block.checked_sub(OPERATIVE) {
        Some(number) => format!("operative {}", number + 1),
        None => format!("preambular {}", block - 1),
    }
}

/// A block with words before its `at`-th word.
fn put(block: &str, at: usize, words: &str) -> String {
    let mut all: Vec<&str> = block.split(' ').collect();
    all.insert(at.min(all.len() - 1), words);
    all.join(" ")
}

/// Words that take no line more, and such that do.
fn words(code: &str) -> [&'static str; 3] {
    match code {
        "ar" => ["عاجلة", "والاستراتيجيات", "على الصعيدين الوطني والدولي وفي جميع الظروف"],
        _ => [
            "now",
            "internationalization",
            "at the national and international levels and in all circumstances",
        ],
    }
}

/// Words added to paragraphs: in every paragraph of the document one, over all kinds of editions and words.
fn words_added(kind: &Kind, source: &Source, turn: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    for (language, (code, blocks)) in source.texts.iter().enumerate() {
        let paragraphs = (2..blocks.len()).filter(|block| !blocks[*block].starts_with("[^"));
        for block in paragraphs.filter(|block| (block + turn + language).is_multiple_of(3)) {
            let size = blocks[block].split(' ').count();
            let at = [4, size / 2, size - 1][(block / 3) % 3];
            let word = words(code)[(block + turn / 2) % 3];
            let edited = source.with(language, block, put(&blocks[block], at, word));
            let quoted = word.split(' ').next().unwrap_or_default();
            cases.push((
                format!("`{word}` in {code} {}", name_of(block)),
                edited,
                vec![format!("{}: `{quoted}", kind.told(&name_of(block), code))],
            ));
        }
    }
    // Two words in two paragraphs are two findings.
    let (code, blocks) = &source.texts[0];
    let mut edited = source.with(0, 4, put(&blocks[4], 7, words(code)[2]));
    edited.texts[0].1[21] = put(&blocks[21], 7, words(code)[0]);
    let told = [4, 21].map(|block| format!("{}: `", kind.told(&name_of(block), code)));
    cases.push(("two words".to_owned(), edited, told.to_vec()));
    cases
}

/// Words added to notes, notes removed and exchanged, paragraphs removed.
fn notes_and_paragraphs(kind: &Kind, source: &Source, turn: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    let all = kind.in_all();
    for note in (1..=7).filter(|note| (note + turn).is_multiple_of(3)) {
        let label = format!("[^{note}]");
        let removed = source.edited(|blocks| {
            blocks.retain(|block| !block.starts_with(&format!("{label}:")));
            blocks.iter_mut().for_each(|block| *block = block.replace(&label, ""));
        });
        cases.push((
            format!("note {note} removed"),
            removed,
            vec![format!("note {note} removed{all}")],
        ));
        let (code, blocks) = &source.texts[0];
        let block = (0..blocks.len()).find(|block| blocks[*block].starts_with(&format!("{label}:")));
        let block = block.expect("the note");
        let word = if *code == "ar" { "المعتمد" } else { "adopted" };
        for count in [1, 30] {
            let more = vec![word; count].join(" ");
            let edited = source.with(0, block, put(&blocks[block], 2, &more));
            let told = format!("{}: `{word}", kind.told(&format!("note {note}"), code));
            cases.push((format!("{count} words in note {note}"), edited, vec![told]));
        }
    }
    let pairs = [(1, 2), (2, 5), (4, 7), (2, 3), (6, 7)];
    for (a, b) in pairs.into_iter().skip(turn % 2).step_by(2) {
        let swapped = source.edited(|blocks| {
            for block in blocks.iter_mut() {
                if let Some(rest) = block.strip_prefix(&format!("[^{a}]:")) {
                    *block = format!("[^{b}]:{rest}");
                } else if let Some(rest) = block.strip_prefix(&format!("[^{b}]:")) {
                    *block = format!("[^{a}]:{rest}");
                }
            }
        });
        let told = format!("note {a} and note {b} swapped{all}");
        cases.push((format!("notes {a} and {b} swapped"), swapped, vec![told]));
    }
    for block in [3, 14, 20, 31].into_iter().skip(turn % 2).step_by(2) {
        let removed = source.edited(|blocks| {
            blocks.remove(block);
            let mut number = 0;
            for block in blocks.iter_mut() {
                if let Some((_, rest)) = block.split_once(". ").filter(|(n, _)| n.parse::<u8>().is_ok()) {
                    number += 1;
                    *block = format!("{number}. {rest}");
                }
            }
        });
        let told = format!("{} removed{all}", name_of(block));
        cases.push((format!("{} removed", name_of(block)), removed, vec![told]));
    }
    cases
}

/// Holds what is told of a layout against what must be.
fn judge(told: &str, plain: &Layout, changed: &Layout, expected: &[String]) -> Option<String> {
    let comparison = compare(plain, changed, Options::default());
    let found = &comparison.findings;
    let fits = found.len() == expected.len()
        && expected
            .iter()
            .all(|start| found.iter().any(|finding| finding.message().starts_with(start)));
    (!fits).then(|| format!("{told}: expected {expected:?}\n{comparison}"))
}

fn fail(failed: &[String]) {
    assert!(failed.is_empty(), "{} cases:\n{}", failed.len(), failed.join("\n"));
}

/// If it fails, an editor who changed one thing reads of others that only follow from it.
#[test]
fn a_change_of_the_text_is_told_alone_in_every_edition() {
    let template = Template::builtin();
    let mut failed = Vec::new();
    for (turn, kind) in KINDS
        .iter()
        .enumerate()
        .filter(|(_, kind)| kind.breaks == Breaks::Natural)
    {
        let source = kind.source();
        let plain = kind.layout(&source, &template, &FONTS);
        let mut cases = words_added(kind, &source, turn);
        cases.extend(notes_and_paragraphs(kind, &source, turn));
        let told = cases.par_iter().filter_map(|(told, edited, expected)| {
            let layout = kind.layout(edited, &template, &FONTS);
            judge(&format!("{}, {told}", kind.name), &plain, &layout, expected)
        });
        failed.extend(told.collect::<Vec<_>>());
    }
    fail(&failed);
}

/// If it fails, a word that was added to an edition by official lines or pages is told with more than it.
#[test]
fn a_word_of_an_official_layout_is_told_alone() {
    let template = Template::builtin();
    let mut failed = Vec::new();
    for kind in KINDS.iter().filter(|kind| kind.breaks != Breaks::Natural) {
        let source = kind.source();
        let plain = kind.layout(&source, &template, &FONTS);
        for (text, more, told) in [
            (
                "الرق المعاصرة،",
                "الرق العالمية المعاصرة،",
                "preambular 1: `العالمية` added after `الرق`",
            ),
            (
                "دولية متضافرة،",
                "دولية شاملة متضافرة،",
                "preambular 5: `شاملة` added after `دولية`",
            ),
            (
                "المتعدد الأطراف؛",
                "المتعدد الأطراف عاجلا؛",
                "operative 6: `الأطراف؛` became `الأطراف عاجلا؛`",
            ),
            ("من تقدم؛", "من بعض تقدم؛", "operative 14: `بعض` added after `من`"),
        ] {
            let mut edited = source.clone();
            let block = edited.texts[0].1.iter_mut().find(|block| block.contains(text));
            let block = block.expect("the paragraph");
            *block = block.replacen(text, more, 1);
            edited.official = edited.official.replacen(text, more, 1);
            let layout = kind.layout(&edited, &template, &FONTS);
            failed.extend(judge(kind.name, &plain, &layout, &[told.to_owned()]));
        }
    }
    fail(&failed);
}

/// If it fails, a paragraph that moved for no reason is not seen, or hidden by a change elsewhere.
#[test]
fn what_moves_without_a_cause_is_told() {
    let template = Template::builtin();
    let mut failed = Vec::new();
    for kind in &KINDS {
        let source = kind.source();
        let plain = kind.layout(&source, &template, &FONTS);
        let mut moved = plain.clone();
        let mut lines = 0;
        for line in moved.pages.iter_mut().flat_map(|page| &mut page.lines) {
            if line.paragraph == "operative 2" {
                line.baseline = line.baseline.map(|baseline| baseline + 1.2);
                lines += 1;
            }
        }
        let told = format!("{lines} lines moved down by 1.2 pt: operative 2");
        failed.extend(judge(&format!("{}, moved", kind.name), &plain, &moved, &[told]));
        if kind.breaks != Breaks::Natural {
            continue;
        }
        // The same with a word more in the preamble, which moves all that comes after it.
        let (code, blocks) = &source.texts[0];
        let edited = source.with(0, 5, put(&blocks[5], 9, words(code)[2]));
        let mut edited = kind.layout(&edited, &template, &FONTS);
        for line in edited.pages.iter_mut().flat_map(|page| &mut page.lines) {
            if line.paragraph == "operative 2" {
                line.baseline = line.baseline.map(|baseline| baseline + 1.2);
            }
        }
        let word = format!("{}: `", kind.told(&name_of(5), code));
        // Places are rounded.
        let told = format!("{lines} lines moved down by 1.");
        failed.extend(judge(
            &format!("{}, moved after a word", kind.name),
            &plain,
            &edited,
            &[word, told],
        ));
    }
    fail(&failed);
}

/// If it fails, a font of another version, a margin that moved by a tenth of a point or a page that was added is not
/// told, or told with more than it.
#[test]
fn fonts_margins_and_pages_are_told_alone_in_every_edition() {
    let template = Template::builtin();
    let folder = tempfile::tempdir().expect("a folder");
    let newer = Fonts::load(&[newer_amiri(folder.path())]).unwrap_or_else(|faults| panic!("{faults:?}"));
    let path = Path::new(ROOT).join("templates/resolution.typ");
    let text = fs::read_to_string(path).expect("the template");
    let place = "x: margin + i * (width + gutter)";
    assert!(text.contains(place), "the template places columns otherwise");
    let moved = folder.path().join("moved.typ");
    fs::write(&moved, text.replace(place, "x: margin + 0.1pt + i * (width + gutter)")).expect("a template");
    let moved = Template::read(&moved).expect("a template");
    let failed: Vec<String> = KINDS
        .par_iter()
        .flat_map(|kind| {
            let source = kind.source();
            let plain = kind.layout(&source, &template, &FONTS);
            let mut failed = Vec::new();
            let font = kind.layout(&source, &template, &newer);
            let told = "the font Amiri changed from version 1.002 to 1.003".to_owned();
            // An English edition is set in another font.
            let told: Vec<String> = kind.languages.contains(&"ar").then_some(told).into_iter().collect();
            failed.extend(judge(&format!("{}, font", kind.name), &plain, &font, &told));
            let margin = kind.layout(&source, &moved, &FONTS);
            let column = |code: &&str| match *code {
                _ if kind.languages.len() == 1 => "the text moved right by 0.1 pt",
                "ar" => "the Arabic column moved right by 0.1 pt",
                "en" => "the English column moved right by 0.1 pt",
                _ => "the French column moved right by 0.1 pt",
            };
            let told = kind.languages.iter().map(column).collect::<Vec<_>>().join(", ");
            failed.extend(judge(&format!("{}, margin", kind.name), &plain, &margin, &[told]));
            let mut page = plain.clone();
            page.pages.insert(2, Page::default());
            page.pages
                .iter_mut()
                .enumerate()
                .for_each(|(index, page)| page.number = index + 1);
            let told = "page 3 added: empty".to_owned();
            failed.extend(judge(&format!("{}, page", kind.name), &plain, &page, &[told]));
            failed
        })
        .collect();
    fail(&failed);
}

/// Amiri with another number of its version and nothing else.
fn newer_amiri(folder: &Path) -> PathBuf {
    let newer = folder.join("amiri");
    fs::create_dir(&newer).expect("a folder");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let (old, new) = (utf16("Version 1.002"), utf16("Version 1.003"));
    for style in ["Regular", "Bold", "Italic", "BoldItalic"] {
        let name = format!("Amiri-{style}.ttf");
        let mut font = fs::read(Path::new(ROOT).join("fonts/amiri").join(&name)).expect("a font");
        let at = font
            .windows(old.len())
            .position(|bytes| bytes == old)
            .expect("its version");
        font[at..at + new.len()].copy_from_slice(&new);
        fs::write(newer.join(name), font).expect("a font");
    }
    newer
}
