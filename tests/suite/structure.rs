//! The tags of an edition, its bookmarks and what it says of itself. When the tree of a small document fails, a screen reader
//! announces something else than before: another role, a label that is lost, a mark without its note.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, String as PdfString};
use qarar::edition::Edition;
use qarar::export::pdf::pdf;
use qarar::fonts::Fonts;
use qarar::locale::{Direction, Language};
use qarar::model::Plan;
use qarar::model::edition_name;
use qarar::model::{Arrangement, Work};
use qarar::reader::{Document, Element, Kid, read};
use qarar::typeset::Template;

use crate::document::{FONTS, of_texts};

const FACTS: &str = r#"
kind = "resolution"
symbol = "A/RES/70/1"
body = "general-assembly"
session = 70
agenda-item = 15
report = { symbol = "A/70/444", committee = 3 }
adopted = 2015-09-25
meeting = 4
distribution = "general"
issued = 2015-10-21
"#;

const ARABIC: &str = "\
# حفظ السجلات

*إن الجمعية العامة*،

*إذ تشير* إلى قرارها ٦٠/١[^1]،

1. *تقرر* ما يلي:

   1. أن تحفظ السجلات؛

   2. أن تنشرها[^2].

   فقرة أخرى من الفقرة ١.

2. *تطلب* تقريرا.

## قواعد

فقرة من المرفق.

### جزء

1. تسجل الوثائق.

| السنة | العدد |
|:--|--:|
| ٢٠٠٥ | ١٢ |

[^1]: القرار ٦٠/١.

[^2]: المرجع نفسه.
";

const ENGLISH: &str = "\
# Keeping of records

*The General Assembly*,

*Recalling* its resolution 60/1,[^1]

1. *Decides* as follows:

   1. to keep the records;

   2. to publish them.[^2]

   A further paragraph of paragraph 1.

2. *Requests* a report.

## Rules

A paragraph of the annex.

### Part

1. Documents are registered.

| Year | Number |
|:--|--:|
| 2005 | 12 |

[^1]: Resolution 60/1.

[^2]: Ibid.
";

const PERSIAN: &str = "\
# نگهداری اسناد

*مجمع عمومی*،

*با یادآوری* قطعنامه ۶۰/۱ خود[^1]،

1. *تصمیم می‌گیرد*:

   1. اسناد را نگه دارد؛

   2. آنها را منتشر کند[^2].

   بند دیگری از بند ۱.

2. *درخواست می‌کند* گزارشی تهیه شود.

## مقررات

بندی از پیوست.

### بخش

1. اسناد ثبت می‌شوند.

| سال | شمار |
|:--|--:|
| ۲۰۰۵ | ۱۲ |

[^1]: قطعنامه ۶۰/۱.

[^2]: همان.
";

const URDU: &str = "\
# دستاویزات کا تحفظ

*جنرل اسمبلی*،

*یاد دلاتے ہوئے* اپنی قرارداد ۶۰/۱[^1]،

1. *فیصلہ کرتی ہے*:

   1. دستاویزات محفوظ رکھی جائیں؛

   2. انہیں شائع کیا جائے[^2]۔

   پیراگراف ۱ کا ایک اور پیراگراف۔

2. *درخواست کرتی ہے* کہ رپورٹ دی جائے۔

## قواعد

ضمیمے کا ایک پیراگراف۔

### حصہ

1. دستاویزات درج کی جاتی ہیں۔

| سال | تعداد |
|:--|--:|
| ۲۰۰۵ | ۱۲ |

[^1]: قرارداد ۶۰/۱۔

[^2]: ایضاً۔
";

fn text_of(language: Language) -> &'static str {
    match language {
        Language::ARABIC => ARABIC,
        Language::PERSIAN => PERSIAN,
        Language::URDU => URDU,
        _ => ENGLISH,
    }
}

fn work(languages: &[Language], fonts: &Fonts) -> Work {
    let texts = languages
        .iter()
        .map(|language| (language.code(), text_of(*language).to_owned()));
    of_texts(FACTS, &texts.collect::<Vec<_>>(), fonts)
}

fn made(languages: &[Language], arrangement: Arrangement) -> Vec<u8> {
    let work = work(languages, &FONTS);
    let plan = Plan {
        arrangement,
        ..Plan::of(&work, languages.to_vec())
    };
    let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
    pdf(&edition, Default::default()).unwrap()
}

const AR: Language = Language::ARABIC;
const EN: Language = Language::ENGLISH;
const FA: Language = Language::PERSIAN;
const UR: Language = Language::URDU;

/// Editions in every arrangement, both directions leading.
const EDITIONS: [(&[Language], Arrangement); 12] = [
    (&[AR], Arrangement::SideBySide),
    (&[EN], Arrangement::SideBySide),
    (&[FA], Arrangement::SideBySide),
    (&[UR], Arrangement::SideBySide),
    (&[AR, EN], Arrangement::SideBySide),
    (&[EN, AR], Arrangement::SideBySide),
    (&[FA, AR], Arrangement::SideBySide),
    (&[EN, UR], Arrangement::SideBySide),
    (&[AR, EN], Arrangement::Facing),
    (&[EN, AR], Arrangement::Facing),
    (&[UR, EN], Arrangement::Facing),
    (&[FA, AR], Arrangement::Facing),
];

/// An element a line: its role, what it says of itself, and its own text.
fn told(document: &Document, element: &Element, depth: usize, out: &mut String) {
    let mut line = format!("{}{}", "  ".repeat(depth), element.role);
    for (name, value) in [
        ("", &element.language),
        ("", &element.writing_mode),
        ("id ", &element.id),
        ("alt ", &element.alt),
    ] {
        line.extend(value.iter().map(|value| format!(" {name}{value}")));
    }
    line.extend(element.actual_text.iter().map(|text| format!(" {text:?}")));
    out.push_str(&line);
    out.push('\n');
    for kid in &element.kids {
        match kid {
            Kid::Element(inner) => told(document, inner, depth + 1, out),
            Kid::Link { page, link } => {
                let link = &document.pages[*page].links[*link];
                let contents = link.contents.as_deref().unwrap_or("NO NAME");
                out.push_str(&format!("{}link {contents:?}\n", "  ".repeat(depth + 1)));
            }
            Kid::Content { .. } | Kid::Other => {}
        }
    }
}

#[test]
fn the_tree_of_a_small_document_is_known() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../structure");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (languages, arrangement) in [EDITIONS[0], EDITIONS[1], EDITIONS[4], EDITIONS[9]] {
            let document = read(made(languages, arrangement)).unwrap();
            let mut tree = String::new();
            for kid in &document.structure.as_ref().unwrap().kids {
                let Kid::Element(element) = kid else { continue };
                told(&document, element, 0, &mut tree);
            }
            // The element with the text and the one that owns the content are two; the second says nothing.
            let tree: Vec<&str> = tree.lines().filter(|line| line.trim() != "Span").collect();
            insta::assert_snapshot!(
                format!("{}-{}", edition_name(languages), arrangement.key()),
                tree.join("\n")
            );
        }
    });
}

fn elements<'a>(document: &'a Document, role: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    for kid in &document.structure.as_ref().unwrap().kids {
        let Kid::Element(element) = kid else { continue };
        element.walk(&mut |element| {
            if element.role == role {
                found.push(element);
            }
        });
    }
    found
}

fn links<'a>(document: &'a Document, element: &'a Element) -> Vec<&'a str> {
    let mut names = Vec::new();
    element.walk(&mut |inner| {
        for kid in &inner.kids {
            if let Kid::Link { page, link } = kid {
                names.extend(document.pages[*page].links[*link].contents.as_deref());
            }
        }
    });
    names
}

/// If it fails, a screen reader says `)١(` for a note, or reads the number of a paragraph as a part of its sentence.
#[test]
fn labels_marks_and_notes_are_what_they_are_in_every_edition() {
    for (languages, arrangement) in EDITIONS {
        let document = read(made(languages, arrangement)).unwrap();
        let structure = document.structure.as_ref().unwrap();
        let edition = format!("{} {arrangement:?}", edition_name(languages));
        let many = languages.len();
        let items = elements(&document, "LI");
        assert_eq!(
            items.len(),
            5,
            "{edition}: paragraphs 1, (a), (b), 2 and 1 of the annex"
        );
        for item in &items {
            let roles: Vec<&str> = item.kids.iter().map(role).collect();
            assert_eq!(roles, ["Lbl", "LBody"].repeat(many), "{edition}");
        }
        let labels: Vec<String> = elements(&document, "Lbl")
            .iter()
            .map(|label| structure.text(&document, label, &[]).trim().to_owned())
            .collect();
        assert_eq!(labels.len(), (5 + 2) * many, "{edition}");
        for language in languages {
            for (depth, n) in [(0, 1), (0, 2), (1, 1), (1, 2)] {
                let label = crate::facts::kind("resolution").label(
                    (*language).into(),
                    depth,
                    &qarar::kind::Counting {
                        n,
                        ..Default::default()
                    },
                );
                assert!(labels.contains(&label), "{edition}: {label} of {labels:?}");
            }
        }
        let references: Vec<&str> = elements(&document, "Reference")
            .into_iter()
            .flat_map(|reference| links(&document, reference))
            .collect();
        let notes = elements(&document, "Note");
        let backs: Vec<&str> = notes.iter().flat_map(|note| links(&document, note)).collect();
        for (at, language) in languages.iter().enumerate() {
            let noun = match *language {
                AR => "حاشية ١",
                FA => "پانوشت ۱",
                UR => "حاشیہ ۱",
                _ => "note 1",
            };
            assert_eq!(references[at], noun, "{edition}");
            assert!(
                backs[at].starts_with(&format!("{noun}{}", comma(*language))),
                "{edition}: {backs:?}"
            );
        }
        assert_eq!((references.len(), backs.len()), (2 * many, 2 * many), "{edition}");
        for note in notes {
            assert_eq!(
                note.kids.iter().map(role).collect::<Vec<_>>(),
                ["Lbl", "P"],
                "{edition}"
            );
        }
        // Every link has the name on its element too, since some readers look there.
        for link in elements(&document, "Link") {
            assert_eq!(links(&document, link), [link.alt.as_deref().unwrap()], "{edition}");
        }
    }
}

/// What is told of a piece of the tree, in which `replaced` text stands for all that is inside.
fn told_once(kids: &[Kid], replaced: bool, contents: &mut BTreeSet<String>, edition: &str) {
    for kid in kids {
        match kid {
            Kid::Element(element) => {
                let twice = replaced && (element.actual_text.is_some() || element.alt.is_some());
                assert!(
                    !twice,
                    "{edition}: {} in replaced text has text of its own",
                    element.role
                );
                assert!(
                    element.alt.is_none() || element.role == "Link",
                    "{edition}: {}",
                    element.role
                );
                let replaced = replaced || element.actual_text.is_some();
                told_once(&element.kids, replaced, contents, edition);
            }
            Kid::Content { page, form, mcid } => {
                let place = format!("{page} {form:?} {mcid}");
                assert!(
                    contents.insert(place),
                    "{edition}: content {mcid} of page {page} is told twice"
                );
            }
            Kid::Link { .. } | Kid::Other => {}
        }
    }
}

/// If it fails, a screen reader of a browser (pdf.js exposes content by its elements, and the `Alt` of each) reads a sentence
/// twice, or a sentence and its replacement.
#[test]
fn every_sentence_is_told_once_in_every_edition() {
    for (languages, arrangement) in EDITIONS {
        let document = read(made(languages, arrangement)).unwrap();
        let structure = document.structure.as_ref().unwrap();
        let edition = format!("{} {arrangement:?}", edition_name(languages));
        let mut contents = BTreeSet::new();
        told_once(&structure.kids, false, &mut contents, &edition);
        assert!(contents.len() > 10, "{edition}");
        let root = elements(&document, "Document")[0];
        let all = structure.text(&document, root, &[]);
        for language in languages {
            let title = text_of(*language).lines().next().unwrap().trim_start_matches("# ");
            let title = crate::facts::line(*language, "title", &[("symbol", "A/RES/70/1")]) + title;
            assert_eq!(all.matches(&title).count(), 1, "{edition}: `{title}`");
        }
    }
}

fn comma(language: Language) -> char {
    match language.direction() {
        Direction::RightToLeft => '،',
        Direction::LeftToRight => ',',
    }
}

fn role(kid: &Kid) -> &str {
    match kid {
        Kid::Element(element) => &element.role,
        _ => "content",
    }
}

/// If it fails, a reader that reflows the text sets it from the wrong side, or the translation comes before the original.
#[test]
fn the_leading_language_leads_in_every_edition() {
    for (languages, arrangement) in EDITIONS {
        let bytes = made(languages, arrangement);
        let document = read(bytes.clone()).unwrap();
        let edition = format!("{} {arrangement:?}", edition_name(languages));
        assert_eq!(document.language.as_deref(), Some(languages[0].code()), "{edition}");
        let root = elements(&document, "Document")[0];
        assert_eq!(root.language.as_deref(), Some(languages[0].code()), "{edition}");
        for role in ["P", "H1", "H2", "H3", "Table"] {
            let of_role = elements(&document, role);
            assert!(!of_role.is_empty(), "{edition}: {role}");
            for element in &of_role {
                let language = Language::from_code(element.language.as_deref().unwrap()).unwrap();
                let expected = (language.direction() == Direction::RightToLeft).then_some("RlTb");
                assert_eq!(element.writing_mode.as_deref(), expected, "{edition}: {role}");
            }
            if role != "P" {
                let told: Vec<&str> = of_role.iter().map(|e| e.language.as_deref().unwrap()).collect();
                let codes: Vec<&str> = languages.iter().map(|language| language.code()).collect();
                assert_eq!(told, codes, "{edition}: {role}");
            }
        }
        for heading in ["H1", "H2", "H3"].iter().flat_map(|role| elements(&document, role)) {
            let text = document.structure.as_ref().unwrap().text(&document, heading, &[]);
            assert_eq!(heading.title.as_deref(), Some(text.trim()), "{edition}");
        }
        let pdf = Pdf::new(bytes).unwrap();
        let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
        let preferences: Dict<'_> = catalog.get("ViewerPreferences").unwrap();
        let direction = preferences.get::<Name<'_>>("Direction").unwrap();
        // Beside a column from left to right no reader of PDFium's would get the words of that one.
        let has_latin = languages.iter().any(|l| l.direction() == Direction::LeftToRight);
        let expected: &[u8] = match languages[0].direction() {
            Direction::RightToLeft if arrangement == Arrangement::Facing || !has_latin => b"R2L",
            Direction::RightToLeft | Direction::LeftToRight => b"L2R",
        };
        assert_eq!(&*direction, expected, "{edition}");
        let title = document.information.titles.first().map(|title| title.text.clone());
        assert!(
            title
                .unwrap()
                .contains(text_of(languages[0]).lines().next().unwrap().trim_start_matches("# ")),
            "{edition}"
        );
        let told: Vec<String> = document
            .information
            .titles
            .iter()
            .map(|title| title.language.clone())
            .collect();
        let codes: Vec<&str> = languages.iter().map(|language| language.code()).collect();
        assert!(
            told.ends_with(&codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>()),
            "{edition}: {told:?}"
        );
    }
}

/// The bookmarks, each with its depth.
fn bookmarks(bytes: Vec<u8>) -> Vec<String> {
    fn walk(item: Option<Dict<'_>>, depth: usize, out: &mut Vec<String>) {
        let mut next = item;
        while let Some(item) = next {
            let title = item.get::<PdfString<'_>>("Title").unwrap();
            let words = match title.strip_prefix(&[0xfe, 0xff]) {
                Some(utf16) => {
                    let units: Vec<u16> = utf16
                        .chunks(2)
                        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                        .collect();
                    String::from_utf16(&units).unwrap()
                }
                None => String::from_utf8_lossy(&title).into_owned(),
            };
            out.push(format!("{}{words}", "  ".repeat(depth)));
            walk(item.get("First"), depth + 1, out);
            next = item.get("Next");
        }
    }
    let pdf = Pdf::new(bytes).unwrap();
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).unwrap();
    let mut out = Vec::new();
    walk(catalog.get::<Dict<'_>>("Outlines").unwrap().get("First"), 0, &mut out);
    out
}

/// If it fails, the bookmarks of a bilingual edition speak the translation, or an annex is lost among the paragraphs.
#[test]
fn bookmarks_are_nested_and_speak_the_leading_language() {
    for arrangement in [Arrangement::SideBySide, Arrangement::Facing] {
        assert_eq!(
            bookmarks(made(&[AR, EN], arrangement)),
            [
                "٧٠/١ - حفظ السجلات",
                "  ١ - تقرر / Decides",
                "  ٢ - تطلب / Requests",
                "  المرفق قواعد / Annex Rules",
                "    جزء / Part",
                "      ١ -",
            ]
        );
        assert_eq!(
            bookmarks(made(&[EN, AR], arrangement)),
            [
                "70/1. Keeping of records",
                "  1. Decides / تقرر",
                "  2. Requests / تطلب",
                "  Annex Rules / المرفق قواعد",
                "    Part / جزء",
                "      1.",
            ]
        );
    }
    assert_eq!(
        bookmarks(made(&[EN], Arrangement::SideBySide))[3..5],
        ["  Annex Rules", "    Part"]
    );
}

/// If it fails, a file that was signed is no PDF/A any more, since what a signer appends does not start a line.
#[test]
fn a_file_ends_with_its_last_line() {
    for (languages, arrangement) in EDITIONS {
        let bytes = made(languages, arrangement);
        assert!(bytes.ends_with(b"\n%%EOF\n"), "{}", edition_name(languages));
        let holds = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
        assert!(
            holds(b"/Marked true") && !holds(b"/Suspects"),
            "{}",
            edition_name(languages)
        );
        // Every offset is that of its object.
        let end = String::from_utf8_lossy(&bytes[bytes.len() - 40..]).into_owned();
        let start: usize = end.lines().rev().nth(1).unwrap().parse().unwrap();
        let table = String::from_utf8_lossy(&bytes[start..]).into_owned();
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some("xref"));
        let entries = lines.skip(1).take_while(|line| *line != "trailer").enumerate();
        for (number, entry) in entries.filter(|(_, entry)| entry.contains(" n")) {
            let offset: usize = entry[..10].parse().unwrap();
            let object = format!("{number} 0 obj");
            assert!(
                bytes[offset..].starts_with(object.as_bytes()),
                "{}: {object}",
                edition_name(languages)
            );
        }
    }
}
