//! What readers get out of the editions of this repository, and what `qarar verify` says of files in which something is
//! wrong. When a walk of the structure tree fails, a screen reader reads out something else than the document says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

use qarar::edition::{Edition, usual};
use qarar::export::pdf::{Standards, pdf};
use qarar::fonts::Fonts;
use qarar::layout::Layout;
use qarar::locale::Language;
use qarar::model::{Block, Inline, Passage, Work, edition_name};
use qarar::reader::{Document, Element, Kid, Target, read};
use qarar::typeset::Template;
use qarar::verify::{Judgement, passages, read_back, verify};

use crate::document::FONTS;
use crate::program::qarar;

const DOCUMENT: &str = "documents/a-res-61-180";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn work(fonts: &Fonts) -> Work {
    qarar::open(&repository().join(DOCUMENT), fonts)
        .expect("the document has no fault")
        .work
}

/// An edition as it is written.
fn made(work: &Work, languages: &[Language], fonts: &Fonts) -> Vec<u8> {
    let edition = Edition::build(work, languages.to_vec(), &Template::builtin(), fonts).expect("the edition is made");
    pdf(&edition, Standards::default()).expect("the edition is exported")
}

/// The elements of these roles with their language, in reading order.
fn elements<'a>(document: &'a Document, roles: &[&str]) -> Vec<(&'a Element, &'a str)> {
    fn walk<'a>(kids: &'a [Kid], language: &'a str, roles: &[&str], found: &mut Vec<(&'a Element, &'a str)>) {
        for kid in kids {
            if let Kid::Element(element) = kid {
                let language = element.language.as_deref().unwrap_or(language);
                if roles.contains(&element.role.as_str()) {
                    found.push((element, language));
                }
                walk(&element.kids, language, roles, found);
            }
        }
    }
    let mut found = Vec::new();
    let structure = document.structure.as_ref().expect("a structure tree");
    walk(
        &structure.kids,
        document.language.as_deref().unwrap_or_default(),
        roles,
        &mut found,
    );
    found
}

#[test]
fn a_walk_of_the_structure_tree_returns_the_source() {
    let work = work(&FONTS);
    for languages in usual(&work.facts.languages) {
        let document = read(made(&work, &languages, &FONTS)).expect("the edition is read");
        let structure = document.structure.as_ref().expect("a structure tree");
        for language in &languages {
            let mut label = String::new();
            let mut told: Vec<String> = Vec::new();
            for (element, of) in elements(&document, &["P", "H1", "H2", "H3", "Lbl"]) {
                let text = structure.text(&document, element, &["Note"]);
                if of != language.code() {
                    continue;
                }
                if element.role == "Lbl" {
                    label = text;
                } else {
                    told.push(std::mem::take(&mut label) + &text);
                }
            }
            let of = |note: bool| -> Vec<String> {
                passages(&work, *language)
                    .iter()
                    .filter(|p| p.is_note() == note)
                    .map(Passage::text)
                    .collect()
            };
            // Each passage is one element; the elements of the text are in its order, and those of the notes in theirs.
            for expected in [of(false), of(true)] {
                assert!(expected.len() > 5, "the document has text and notes");
                let found: Vec<&String> = told.iter().filter(|text| expected.contains(text)).collect();
                let edition = edition_name(&languages);
                assert_eq!(
                    found,
                    expected.iter().collect::<Vec<_>>(),
                    "{edition}, {}",
                    language.code()
                );
            }
        }
    }
}

/// If it fails, an editor is told of a paragraph by a name under which no layout has it.
#[test]
fn a_passage_has_one_name_in_layouts_and_in_messages() {
    let folders = [
        DOCUMENT,
        "tests/standing/document",
        "tests/builds/list-labels",
        "tests/builds/note-of-paragraphs",
        "tests/print/readable/23-tables",
    ];
    for folder in folders {
        let work = qarar::open(&repository().join(folder), &FONTS).expect("no fault").work;
        for language in &work.facts.languages {
            let edition = Edition::build(&work, vec![*language], &Template::builtin(), &FONTS).expect("an edition");
            let layout = Layout::from(&edition);
            let lines = layout.pages.iter().flat_map(|page| &page.lines);
            let names = lines.map(|line| line.paragraph.clone());
            let of_layout: BTreeSet<String> = names.filter(|name| !name.starts_with("page ")).collect();
            let seen = qarar::model::passages(&work, *language);
            let seen = seen.iter().filter(|passage| !passage.text().trim().is_empty());
            let told: BTreeSet<String> = seen.map(|passage| passage.name.to_string()).collect();
            let only_in_one: Vec<_> = told.symmetric_difference(&of_layout).collect();
            assert!(only_in_one.is_empty(), "{folder}, {}: {only_in_one:?}", language.code());
        }
    }
}

#[test]
fn a_link_leads_from_every_mark_to_its_note() {
    let work = work(&FONTS);
    for languages in usual(&work.facts.languages) {
        let document = read(made(&work, &languages, &FONTS)).expect("the edition is read");
        let structure = document.structure.as_ref().expect("a structure tree");
        // A note tells its language by the paragraph inside.
        let notes: Vec<(&Element, &str)> = elements(&document, &["Note"])
            .into_iter()
            .map(|(note, of)| match note.kids.first() {
                Some(Kid::Element(inner)) => (note, inner.language.as_deref().unwrap_or(of)),
                _ => (note, of),
            })
            .collect();
        let mut marks = 0;
        for (element, language) in elements(&document, &["P"]) {
            let text = structure.text(&document, element, &["Note"]);
            for (page, link) in links(element) {
                let link = &document.pages[page].links[link];
                let called = link.contents.as_deref().expect("a link tells the note");
                let language_of = Language::from_code(language).expect("a language");
                let number = (1..20).find(|n| called == qarar::locale::note_name(language_of, *n));
                let number = number.unwrap_or_else(|| panic!("the link {called}"));
                let mark = &qarar::locale::note_mark(language_of, number);
                assert!(text.contains(mark), "the link {called} stands in `{text}`");
                let Target::Page { page: to, at: Some(at) } = &link.target else {
                    panic!("the link {mark} leads nowhere")
                };
                marks += 1;
                let note = notes.iter().find(|(note, of)| {
                    *of == language && structure.text(&document, note, &[]).starts_with(&format!("{mark} "))
                });
                let (note, _) = note.unwrap_or_else(|| panic!("note {mark} in {language}"));
                let (page, top) = first_glyph(&document, note).expect("a note has glyphs");
                assert_eq!(page, *to, "note {mark} is on the page that its link leads to");
                assert!(
                    (0.0..80.0).contains(&(top - at.y)),
                    "note {mark} is in sight where its link leads"
                );
            }
        }
        let expected: usize = languages
            .iter()
            .filter_map(|l| work.expression(*l))
            .map(|e| count_marks(&e.blocks))
            .sum();
        assert_eq!(marks, expected, "every mark of {} is a link", edition_name(&languages));
    }
}

fn links(element: &Element) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    element.kids.iter().for_each(|kid| match kid {
        Kid::Element(inner) if inner.role != "Note" => found.extend(links(inner)),
        Kid::Link { page, link } => found.push((*page, *link)),
        _ => {}
    });
    found
}

fn first_glyph(document: &Document, element: &Element) -> Option<(usize, f64)> {
    element.kids.iter().find_map(|kid| match kid {
        Kid::Element(inner) => first_glyph(document, inner),
        Kid::Content { page, form, mcid } => {
            let glyph = document.structure.as_ref()?.glyphs(*page, *form, *mcid).first()?;
            Some((*page, document.pages[*page].glyphs[*glyph].origin.y))
        }
        _ => None,
    })
}

fn count_marks(blocks: &[Block]) -> usize {
    fn of(inlines: &[Inline]) -> usize {
        let one = |inline: &Inline| match inline {
            Inline::Mark { .. } => 1,
            Inline::Emphasis(inner) | Inline::Strong(inner) => of(inner),
            _ => 0,
        };
        inlines.iter().map(one).sum()
    }
    blocks
        .iter()
        .map(|block| {
            if let Block::Paragraph(p) = block {
                of(&p.content)
            } else {
                0
            }
        })
        .sum()
}

#[test]
fn both_readers_get_every_passage_exactly() {
    let work = work(&FONTS);
    for languages in usual(&work.facts.languages) {
        let bytes = made(&work, &languages, &FONTS);
        let document = read(bytes.clone()).expect("the edition is read");
        let report = verify(&document, Some((&work, &languages)));
        assert!(report.is_exact(), "{}:\n{}", edition_name(&languages), report.table(20));
        // Nobody has to say which languages the file holds.
        let found = verify(&document, Some((&work, &[])));
        assert_eq!(
            found.passages.len(),
            report.passages.len(),
            "{}",
            edition_name(&languages)
        );
        read_back(&Arc::new(bytes), &work, &languages).expect("a build takes it");
    }
}

#[test]
fn what_differs_from_the_source_is_judged() {
    let work = work(&FONTS);
    let bytes = Arc::new(made(&work, &[Language::ARABIC], &FONTS));
    let change = |from: &str, to: &str| {
        let mut other = work.clone();
        let Some(Block::Paragraph(p)) = other.expressions[0].blocks.get_mut(1) else {
            panic!("a paragraph")
        };
        for inline in &mut p.content {
            if let Inline::Text { text, .. } = inline {
                *text = text.replacen(from, to, 1);
            }
        }
        assert_ne!(other, work, "`{from}` is in the paragraph");
        other
    };
    let cases = [
        ("٥٥/٢٥", "٢٥/٥٥", Judgement::Reordered),
        ("وغيره من أشكال", "وغيره أشكال", Judgement::Lost),
        ("وسائر", "و سائر", Judgement::Spaces),
        ("المعاصرة،", "المعاصرة", Judgement::Lost),
    ];
    for (from, to, expected) in cases {
        let other = change(from, to);
        let document = read(bytes.clone()).expect("the edition is read");
        let report = verify(&document, Some((&other, &[Language::ARABIC])));
        let wrong: Vec<_> = report
            .passages
            .iter()
            .filter(|v| v.worst() != Judgement::Exact)
            .collect();
        assert_eq!(wrong.len(), 1, "`{from}` for `{to}`:\n{}", report.table(9));
        assert_eq!(wrong[0].name, "preambular 1");
        assert_eq!(
            wrong[0].structure.as_ref().map(|r| r.judgement),
            Some(expected),
            "`{from}` for `{to}`"
        );
        assert_eq!(
            wrong[0].content.judgement, expected,
            "`{from}` for `{to}` in the content stream"
        );
        let refused = read_back(&bytes, &other, &[Language::ARABIC])
            .expect_err("a build refuses it")
            .to_string();
        assert!(
            refused.contains("ar preambular 1") && refused.contains("structure tree"),
            "{refused}"
        );
    }
}

#[test]
fn files_of_others_are_judged_without_a_source() {
    let of = |file: &str| {
        let bytes = std::fs::read(repository().join("tests/reader").join(file)).expect("the file can be read");
        verify(&read(bytes).expect("the file is a PDF"), None)
    };
    let tatweel = of("tatweel.pdf");
    assert_eq!(tatweel.faults.iter().map(|page| page.tatweels.count).sum::<usize>(), 5);
    assert!(
        tatweel.table(3).to_string().contains("حمـــاية"),
        "{}",
        tatweel.table(3)
    );
    let forms = of("reportlab.pdf");
    assert_eq!(
        forms
            .faults
            .iter()
            .map(|page| page.presentation_forms.count)
            .sum::<usize>(),
        23
    );
    assert!(!forms.tagged && forms.language.is_none());
    let tagged = of("weasyprint-tagged.pdf");
    assert!(tagged.tagged && tagged.language.as_deref() == Some("ar"));
}

/// Text that mixes what is hard: both scripts, both kinds of digits, brackets, symbols, marks on letters.
const MIXED: [&str; 10] = [
    "قرار ٥٥/٢٥ المؤرخ ٢٥ تشرين الثاني/نوفمبر ٢٠٠٠",
    "الوثيقة A/RES/61/180 (A/61/444) و E/CN.4/2006/62 و Add.1-3.",
    "المنظمة الدولية للشرطة الجنائية (Interpol) في عام ٢٠٠٦ (د - ٥٦)، ثم",
    "قُرِئَ النصُّ مُشَكَّلًا ”بين علامات“ [بأقواس] {متداخلة (هنا)}",
    "نسبة ٣٫٥ ٪ و ١٢٫٣٤٥ و -٧ و 15 % و US$ 20",
    "في الفترة ١٩٩٠-٢٠٠٠، الساعة ١٠:٣٠؛ هل؟ نعم!",
    "لله لا إله لآدم الأمم الإنسان لإلى محمد مجلة نجم تجمع",
    "Convention (الاتفاقية) and article ٣٢ of 1998/20, 3.5 per cent",
    "البند ١ (أ) و (ب) – والفقرة 2 (c) — آخرها",
    "العنوان https://example.org/ar?x=1 و info@example.org",
];

#[test]
fn hard_text_comes_back_from_the_structure_tree() {
    let base = work(&FONTS);
    for language in [Language::ARABIC, Language::ENGLISH] {
        let mut work = base.clone();
        let expression = work
            .expressions
            .iter_mut()
            .find(|e| e.language == language)
            .expect("the language");
        for (at, block) in expression.blocks.iter_mut().enumerate() {
            if let Block::Paragraph(p) = block {
                // Enough for several lines, beginning with another phrase each time.
                let phrases = MIXED.iter().cycle().skip(at).take(7 + at % 5).copied();
                let text = phrases.collect::<Vec<_>>().join(" ");
                p.content = vec![Inline::Text { text, span: 0..0 }];
            }
        }
        expression.notes.iter_mut().for_each(|note| note.content.clear());
        expression.notes.clear();
        let bytes = made(&work, &[language], &FONTS);
        let document = read(bytes).expect("the edition is read");
        let report = verify(&document, Some((&work, &[language])));
        let worst = report
            .passages
            .iter()
            .filter_map(|v| v.structure.as_ref())
            .map(|r| r.judgement)
            .max();
        assert_eq!(worst, Some(Judgement::Exact), "{}", report.table(5));
        // Where two texts look the same no reader of places can tell them apart; but no letter is lost.
        let content = report.passages.iter().map(|v| v.content.judgement).max();
        assert!(
            content < Some(Judgement::Lost),
            "{}:\n{}",
            language.code(),
            report.table(5)
        );
    }
}

fn run(arguments: &[&str]) -> Output {
    qarar(repository(), arguments).output().expect("qarar runs")
}

#[test]
fn the_command_tells_by_its_exit_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("ar.pdf");
    std::fs::write(&file, made(&work(&FONTS), &[Language::ARABIC], &FONTS)).expect("the file is written");
    let file = file.to_str().expect("a path");
    let exact = run(&["verify", file, DOCUMENT]);
    let said = String::from_utf8_lossy(&exact.stdout).into_owned();
    assert_eq!(exact.status.code(), Some(0), "{said}");
    assert!(
        said.contains("structure tree") && said.contains("content stream"),
        "{said}"
    );

    let json = run(&["verify", "--json", file, DOCUMENT, "--lang", "ar-en"]);
    assert_eq!(json.status.code(), Some(1), "the English text is nowhere in it");
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let lost = |language: &str| {
        let verdicts = report["passages"].as_array().expect("passages");
        verdicts
            .iter()
            .filter(|v| v["language"] == language && v["content"]["judgement"] == "lost")
            .count()
    };
    assert_eq!(lost("ar"), 0);
    assert!(lost("en") > 20);

    let tatweel = run(&["verify", "tests/reader/tatweel.pdf"]);
    assert_eq!(tatweel.status.code(), Some(1));
    for wrong in [
        &["verify", "README.md"][..],
        &["verify", "no-such.pdf"],
        &["verify", "tests/reader/password.pdf"],
        &["verify"],
    ] {
        let output = run(wrong);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{wrong:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(!output.stderr.is_empty(), "{wrong:?}");
    }
}
