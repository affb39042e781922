//! What a comparison tells of one change at a time: a file of `tests/compare` is a case. It says who would miss what if it
//! failed, how a document, the template or a finished layout is changed, and what must be told of it in each edition, with
//! everything that follows from it.
//!
//! A section `pdf` says which sides are read from the PDF of the edition, each in a comparison of its own.
//!
//! `QARAR_ACCEPT_TOLD=1` writes what is told into the files; read it before it is kept.

#![allow(clippy::panic, reason = "a test that fails panics")]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::layout::{Change, Finding, Layout, Level, Line, MarkFate, Options, Page, Presence, Spot, compare, read_pdf};
use qarar::locale::Language;
use qarar::model::{Arrangement, Breaks, Plan};
use qarar::text::digit;
use qarar::typeset::Template;
use rayon::prelude::*;

use crate::document::{FONTS, folder};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// What cases change where they name nothing else.
const DOCUMENT: &str = "tests/own_pdfs/water-records";
/// What a case says where nothing is to be told.
const NOTHING: &str = "nothing";

/// A case: the sections of its file.
struct Case {
    path: PathBuf,
    /// The text before the first section.
    head: String,
    /// The titles of its sections with their text.
    sections: Vec<(String, String)>,
}

/// The editions that a case can be tried on.
const EDITIONS: [(&str, &[Language], Arrangement); 4] = [
    ("ar", &[Language::ARABIC], Arrangement::SideBySide),
    ("en", &[Language::ENGLISH], Arrangement::SideBySide),
    (
        "side by side",
        &[Language::ARABIC, Language::ENGLISH],
        Arrangement::SideBySide,
    ),
    ("facing", &[Language::ARABIC, Language::ENGLISH], Arrangement::Facing),
];

impl Case {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).expect("a case");
        let mut parts = text.split("\n## ");
        let head = parts.next().unwrap_or_default().to_owned();
        let section = |part: &str| {
            let (title, body) = part.split_once('\n').expect("a section has a title and a text");
            (title.to_owned(), body.trim().to_owned())
        };
        Self {
            path,
            head,
            sections: parts.map(section).collect(),
        }
    }

    fn name(&self) -> String {
        self.path.file_stem().expect("a name").to_string_lossy().into_owned()
    }

    fn section(&self, title: &str) -> Option<&str> {
        let mut sections = self.sections.iter();
        sections
            .find(|(other, _)| other == title)
            .map(|(_, text)| text.as_str())
    }

    /// The changes of a section, each as what is replaced and what stands there then.
    fn changes(&self, title: &str) -> Vec<(String, String)> {
        let Some(section) = self.section(title) else {
            return Vec::new();
        };
        let section = section.trim_start_matches("```diff\n").trim_end_matches("```");
        let mut changes: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
        let mut is_new = true;
        for line in section.lines() {
            if let Some(old) = line.strip_prefix('-') {
                if std::mem::replace(&mut is_new, false) {
                    changes.push(Default::default());
                }
                changes.last_mut().expect("it was pushed").0.push(old);
            } else if let Some(new) = line.strip_prefix('+') {
                is_new = true;
                changes
                    .last_mut()
                    .expect("what is new stands after what was")
                    .1
                    .push(new);
            }
        }
        let joined = |(old, new): (Vec<&str>, Vec<&str>)| (old.join("\n"), new.join("\n"));
        changes.into_iter().map(joined).collect()
    }

    /// A text with the changes of a section.
    fn edited(&self, title: &str, mut text: String) -> String {
        for (old, new) in self.changes(title) {
            let count = text.matches(&old).count();
            assert_eq!(count, 1, "{}: `{old}` stands {count} times in {title}", self.name());
            text = text.replacen(&old, &new, 1);
        }
        text
    }

    /// The files of its document.
    fn document(&self) -> BTreeMap<String, String> {
        let folder = self.section("document").unwrap_or(DOCUMENT);
        let files = fs::read_dir(Path::new(ROOT).join(folder)).expect("the document");
        let mut document = BTreeMap::new();
        for path in files.map(|entry| entry.expect("an entry").path()) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if name.ends_with(".md") || name == "document.toml" {
                let text = fs::read_to_string(&path).expect("a text");
                // The lines of an official edition would hold a changed text to what it was.
                let lines = text.lines().filter(|line| !line.starts_with("reference"));
                document.insert(name, lines.collect::<Vec<_>>().join("\n") + "\n");
            }
        }
        document
    }

    fn editions(&self) -> impl Iterator<Item = &'static (&'static str, &'static [Language], Arrangement)> {
        let only: Vec<&str> = self
            .section("editions")
            .map(|text| text.split(", ").collect())
            .unwrap_or_default();
        EDITIONS
            .iter()
            .filter(move |(name, ..)| only.is_empty() || only.contains(name))
    }

    /// The sides that are read from a PDF, one after the other; none where none is.
    fn read_from_pdf(&self) -> Vec<Option<&str>> {
        match self.section("pdf") {
            Some(sides) => sides.split(", ").map(Some).collect(),
            None => vec![None],
        }
    }

    /// What is told in each edition.
    fn told(&self, known: &Known) -> Vec<(String, String)> {
        let before = self.document();
        let mut after = before.clone();
        for (name, text) in &mut after {
            *text = self.edited(name, text.clone());
        }
        let plain = fs::read_to_string(Path::new(ROOT).join("templates/resolution.typ")).expect("the template");
        let changed = self.edited("template", plain.clone());
        let of = |(name, languages, arrangement): &(&str, &[Language], Arrangement), pdf: Option<&str>| {
            let plan = Plan {
                languages: languages.to_vec(),
                arrangement: *arrangement,
                breaks: Breaks::Natural,
            };
            let before = known.layout(&before, &plan, &plain, pdf == Some("reference"));
            let mut after = known.layout(&after, &plan, &changed, pdf == Some("actual"));
            for command in self.section("layout").unwrap_or_default().lines() {
                assert!(
                    change(&mut after, command),
                    "{}: `{command}` changes nothing",
                    self.name()
                );
            }
            let options = Options {
                // As a PDF is compared when nothing else is asked for.
                level: if pdf.is_some() { Level::Lines } else { Level::Positions },
                ..Options::default()
            };
            let comparison = compare(&before, &after, options);
            let back = compare(&after, &before, options);
            assert_eq!(
                comparison.findings.is_empty(),
                back.findings.is_empty(),
                "{}: {comparison}{back}",
                self.name()
            );
            for (finding, turned) in [(&comparison, false), (&back, true)]
                .into_iter()
                .flat_map(|(told, turned)| told.findings.iter().map(move |finding| (finding, turned)))
            {
                let (old, new) = if turned { (&after, &before) } else { (&before, &after) };
                touches_what_it_tells(finding, old, new);
            }
            let told: Vec<String> = comparison.findings.iter().map(ToString::to_string).collect();
            let told = if told.is_empty() {
                NOTHING.to_owned()
            } else {
                told.join("\n")
            };
            let from = pdf.map(|side| format!(", {side} from its PDF")).unwrap_or_default();
            (format!("{name}{from}"), told)
        };
        let sides = self.read_from_pdf();
        let of_edition = |edition| sides.iter().map(move |pdf| of(edition, *pdf));
        self.editions().flat_map(of_edition).collect()
    }

    /// Writes the file anew with what is told.
    fn accept(&self, told: &[(String, String)]) {
        let mut text = format!("{}\n", self.head.trim());
        for (title, body) in self.sections.iter().filter(|(title, _)| !title.starts_with("told ")) {
            text.push_str(&format!("\n## {title}\n\n{body}\n"));
        }
        for (edition, told) in told {
            text.push_str(&format!("\n## told {edition}\n\n{told}\n"));
        }
        fs::write(&self.path, text).expect("a case");
    }
}

/// The layouts that are known already: most cases start from one.
#[derive(Default)]
struct Known(Mutex<HashMap<String, Layout>>);

impl Known {
    fn layout(&self, document: &BTreeMap<String, String>, plan: &Plan, template: &str, from_pdf: bool) -> Layout {
        let key = format!("{document:?}{plan:?}{template}{from_pdf}");
        let known = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .get(&key)
            .cloned();
        known.unwrap_or_else(|| {
            let layout = layout(document, plan, template, from_pdf);
            self.0
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .insert(key, layout.clone());
            layout
        })
    }
}

fn layout(document: &BTreeMap<String, String>, plan: &Plan, template: &str, from_pdf: bool) -> Layout {
    let files: Vec<(&str, &String)> = document.iter().map(|(name, text)| (name.as_str(), text)).collect();
    let folder = folder(&files);
    let path = folder.path().join("template.typ");
    fs::write(&path, template).expect("a template");
    let template = Template::read(&path).expect("a template");
    let work = crate::document::open(folder.path(), &FONTS);
    let edition = Edition::planned(&work, plan.clone(), &template, &FONTS).unwrap_or_else(|error| panic!("{error}"));
    let mut layout = if from_pdf {
        let bytes = pdf(&edition, Standards::default()).expect("a PDF");
        read_pdf(bytes).expect("a PDF that can be read")
    } else {
        Layout::from(&edition)
    };
    "a document".clone_into(&mut layout.document);
    layout
}

/// The characters that a finding touches on a side.
fn touched(layout: &Layout, spots: &[Spot]) -> String {
    let of = |spot: &Spot| {
        let letters = spot.letters?;
        let text = &layout.pages[spot.page - 1].lines[spot.line - 1].text;
        let told = text.chars().take(letters.to).skip(letters.from);
        assert!(letters.to <= text.chars().count(), "{spot:?} in {text}");
        Some(told.collect::<String>())
    };
    spots.iter().filter_map(of).collect()
}

/// If it fails, a program or the report marks other words than those that are told.
fn touches_what_it_tells(finding: &Finding, reference: &Layout, actual: &Layout) {
    let (old, new) = (touched(reference, &finding.reference), touched(actual, &finding.actual));
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    match &finding.change {
        Change::Words { removed, added, .. } => {
            // A mark inside of a word is touched with it.
            let holds = |touched: &str, words: &[String]| {
                let mut letters = touched.chars();
                let told = words.concat();
                told.chars().all(|c| letters.any(|other| other == c)) && touched.is_empty() == words.is_empty()
            };
            assert!(holds(&old, removed), "{finding} touches {old}");
            assert!(holds(&new, added), "{finding} touches {new}");
        }
        Change::Labels { old: label, .. } => assert!(old.starts_with(label.as_str()), "{finding} touches {old}"),
        Change::Mark { note, fate, .. } => {
            let number = |text: &str| {
                let digits = text.chars().filter_map(digit);
                digits.fold(0, |number, digit| number * 10 + digit as usize)
            };
            let (has_old, has_new) = match fate {
                MarkFate::Lone(Presence::Removed) | MarkFate::WithNote(Presence::Removed) => (true, false),
                MarkFate::Lone(Presence::Added) | MarkFate::WithNote(Presence::Added) => (false, true),
                _ => (true, true),
            };
            assert_eq!(
                (!solid(&old).is_empty(), !solid(&new).is_empty()),
                (has_old, has_new),
                "{finding}"
            );
            let told = if has_new { &new } else { &old };
            let other = match fate {
                MarkFate::Became(other) | MarkFate::ReplacedBy(other) => other,
                _ => note,
            };
            assert!(!has_new || number(told) == *other, "{finding} touches {told}");
        }
        _ => {}
    }
}

/// The lines of a paragraph, or of all that is not round the body.
fn lines<'a>(layout: &'a mut Layout, paragraph: &'a str) -> impl Iterator<Item = &'a mut Line> {
    let is_asked = move |line: &&mut Line| match paragraph {
        "all" => !line.paragraph.starts_with("page "),
        "notes" => line.paragraph.starts_with("note "),
        name => line.paragraph == name,
    };
    layout
        .pages
        .iter_mut()
        .flat_map(|page| &mut page.lines)
        .filter(is_asked)
}

/// Changes a finished layout as a command says; tells whether anything was changed.
fn change(layout: &mut Layout, command: &str) -> bool {
    let (what, rest) = command.split_once(' ').expect("a command has words");
    let number = |rest: &str| -> f64 {
        let number = rest.split(' ').next().expect("a number");
        number.parse().unwrap_or_else(|_| panic!("`{command}` has no number"))
    };
    let after = |rest: &'_ str| {
        rest.split_once(' ')
            .map(|(_, rest)| rest.to_owned())
            .unwrap_or_default()
    };
    match what {
        "down" => {
            let all = after(rest);
            let moved = lines(layout, &all).map(|line| line.baseline = line.baseline.map(|y| y + number(rest)));
            moved.count() > 0
        }
        "right" => {
            let all = after(rest);
            let moved = lines(layout, &all).map(|line| {
                line.left = line.left.map(|x| x + number(rest));
                line.right = line.right.map(|x| x + number(rest));
            });
            moved.count() > 0
        }
        "left-end" => {
            let all = after(rest);
            let moved = lines(layout, &all).map(|line| line.left = line.left.map(|x| x + number(rest)));
            moved.count() > 0
        }
        "columns" => {
            let by = number(rest);
            layout.columns.iter_mut().for_each(|column| {
                column.left += by;
                column.right += by;
            });
            change(layout, &format!("right {by} all"))
        }
        "size" => {
            let all = after(rest);
            let set = lines(layout, &all).map(|line| line.fonts[0].1 = number(rest));
            set.count() > 0
        }
        "face" => {
            let (font, all) = rest.split_once(" in ").expect("a font and a paragraph");
            lines(layout, all).map(|line| line.fonts[0].0 = font.to_owned()).count() > 0
        }
        "version" => {
            let (version, font) = rest.split_once(' ').expect("a version and a font");
            let fonts = layout.fonts.iter_mut().filter(|other| other.name.starts_with(font));
            fonts.map(|font| font.version = Some(version.to_owned())).count() > 0
        }
        "checksum" => {
            let fonts = layout.fonts.iter_mut().filter(|other| other.name.starts_with(rest));
            fonts.map(|font| font.checksum = Some("0".to_owned())).count() > 0
        }
        "paper" => {
            let width = number(rest);
            layout
                .pages
                .iter_mut()
                .for_each(|page| page.size = page.size.map(|(_, height)| (width, height)));
            true
        }
        "empty-page" => {
            layout.pages.insert(number(rest) as usize - 1, Page::default());
            let pages = layout.pages.iter_mut().enumerate();
            pages.for_each(|(index, page)| page.number = index + 1);
            true
        }
        "no-page" => {
            layout.pages.remove(number(rest) as usize - 1);
            true
        }
        "to-page" => {
            let (name, page) = (after(rest), number(rest) as usize - 1);
            let mut moved = Vec::new();
            for page in &mut layout.pages {
                moved.extend(page.lines.extract_if(.., |line| line.paragraph == name));
            }
            let any = !moved.is_empty();
            layout.pages[page].lines.extend(moved);
            any
        }
        "no-elongations" => {
            let set = lines(layout, rest).filter(|line| !line.joints.is_empty());
            set.map(|line| line.joints.clear()).count() > 0
        }
        "longer" => {
            let all = after(rest);
            let joints = lines(layout, &all).flat_map(|line| line.joints.first_mut());
            joints.map(|joint| joint.by += number(rest)).count() > 0
        }
        "text" => {
            let (text, name) = rest.split_once(" in ").expect("a text and a name");
            lines(layout, name).map(|line| line.text = text.to_owned()).count() > 0
        }
        "without" => {
            let is_asked = |line: &Line| line.paragraph == rest;
            let before = layout.lines().count();
            layout
                .pages
                .iter_mut()
                .for_each(|page| page.lines.retain(|line| !is_asked(line)));
            layout.lines().count() < before
        }
        "label" => {
            let (label, name) = rest.split_once(" in ").expect("a label and a name");
            let mut first = lines(layout, name)
                .filter(|line| !line.label.is_empty())
                .collect::<Vec<_>>();
            for line in &mut first {
                line.text = line.text.replacen(&line.label, label, 1);
                label.clone_into(&mut line.label);
            }
            !first.is_empty()
        }
        other => panic!("there is no command `{other}`"),
    }
}

fn cases() -> Vec<Case> {
    let files = fs::read_dir(Path::new(ROOT).join("tests/compare")).expect("the cases");
    let mut paths: Vec<PathBuf> = files.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().map(Case::read).collect()
}

/// Each file says what an editor loses if it fails.
#[test]
fn changes_are_told_as_the_cases_say() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let known = Known::default();
    let accepts = std::env::var_os("QARAR_ACCEPT_TOLD").is_some();
    let failed = |case: &Case| {
        let told = case.told(&known);
        if accepts {
            case.accept(&told);
        }
        let differs = |(edition, told): &(String, String)| {
            let expected = case.section(&format!("told {edition}")).unwrap_or_default();
            let is_same = accepts || *told == *expected;
            (!is_same).then(|| format!("{}, {edition}\n  expected: {expected}\n  told:     {told}", case.name()))
        };
        told.iter().filter_map(differs).collect::<Vec<_>>()
    };
    let failed: Vec<String> = cases.par_iter().flat_map_iter(failed).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// If it fails, a program that reads `--json` has to read English to know what differs.
#[test]
fn findings_are_data_and_sentences() {
    let case = (cases().into_iter().find(|case| case.name() == "note-removed")).expect("the case");
    let before = case.document();
    let mut after = before.clone();
    after
        .iter_mut()
        .for_each(|(name, text)| *text = case.edited(name, text.clone()));
    let template = fs::read_to_string(Path::new(ROOT).join("templates/resolution.typ")).expect("the template");
    let plan = Plan {
        languages: vec![Language::ARABIC],
        arrangement: Arrangement::SideBySide,
        breaks: Breaks::Natural,
    };
    let layout = |document| layout(document, &plan, &template, false);
    let comparison = compare(&layout(&before), &layout(&after), Options::default());
    insta::assert_snapshot!(serde_json::to_string_pretty(&comparison).expect("JSON"));
}

/// If it fails, a program that reads `--json` cannot show the word or the mark that differs, only its line.
#[test]
fn words_and_marks_are_told_with_their_characters() {
    let known = Known::default();
    let template = fs::read_to_string(Path::new(ROOT).join("templates/resolution.typ")).expect("the template");
    let plan = Plan {
        languages: vec![Language::ENGLISH],
        arrangement: Arrangement::SideBySide,
        breaks: Breaks::Natural,
    };
    let mut told = String::new();
    for name in [
        "word-in-italics",
        "words-at-the-end",
        "mark-removed",
        "mark-moved-to-another-paragraph",
    ] {
        let case = (cases().into_iter().find(|case| case.name() == name)).expect("the case");
        let before = case.document();
        let mut after = before.clone();
        (after.iter_mut()).for_each(|(name, text)| *text = case.edited(name, text.clone()));
        let layout = |document| known.layout(document, &plan, &template, false);
        for finding in compare(&layout(&before), &layout(&after), Options::default()).findings {
            let json = |spots| serde_json::to_string(spots).expect("JSON");
            told.push_str(&format!("{}\n", finding.message()));
            told.push_str(&format!("  reference {}\n", json(&finding.reference)));
            told.push_str(&format!("  actual    {}\n", json(&finding.actual)));
        }
    }
    insta::assert_snapshot!(told);
}

/// If it fails, the text of a PDF by another producer is not known as that of the document.
#[test]
fn the_pdf_of_another_producer_has_the_same_text() {
    let bytes = fs::read(Path::new(ROOT).join("tests/layout/weasyprint.pdf")).expect("the PDF");
    let foreign = read_pdf(bytes).expect("a PDF that can be read");
    let options = Options {
        level: Level::Text,
        ..Options::default()
    };
    let work = crate::document::open(&Path::new(ROOT).join("documents/a-res-61-180"), &FONTS);
    let edition = Edition::build(&work, vec![Language::ARABIC], &Template::builtin(), &FONTS);
    let comparison = compare(&foreign, &Layout::from(&edition.expect("an edition")), options);
    insta::assert_snapshot!(comparison);
}
