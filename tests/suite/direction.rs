//! Direction: numbers, addresses and stretches in another language stand on the page as they are written, in text, cells,
//! headings, notes and titles alike, and readers get them so.
//!
//! A folder below `tests/direction` is a document; `right.tsv` says what must stand in the text of a language from left to
//! right, `bookmarks.txt` what its bookmarks say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use qarar::edition::{Edition, usual};
use qarar::export::pdf::{Standards, pdf};
use qarar::line::Line;
use qarar::locale::Language;
use qarar::model::Plan;
use qarar::model::{Arrangement, Block, Inline, Note, Work};
use qarar::page::Origin;
use qarar::reader::{Document, Kid, read};
use qarar::typeset::{Passages, Template};
use qarar::verify::{Judgement, verify};
use unicode_bidi::{BidiInfo, Level};
use unicode_bidi_mirroring::get_mirrored;

use crate::document::FONTS;

fn cases() -> Vec<PathBuf> {
    let folders = fs::read_dir("tests/direction").unwrap();
    let mut cases: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// The editions of a work: each language alone, all beside each other, and two that face each other.
fn plans(work: &Work) -> Vec<Plan> {
    let editions = usual(&work.facts.languages);
    let mut plans: Vec<Plan> = editions
        .into_iter()
        .map(|languages| Plan::of(work, languages))
        .collect();
    plans.push(Plan {
        arrangement: Arrangement::Facing,
        ..Plan::of(work, work.facts.languages[..2].to_vec())
    });
    plans
}

/// The characters of a line from left to right, as they look.
fn visual(line: &Line) -> String {
    let mut text = String::new();
    for (run, cluster) in line.clusters() {
        if run.is_rtl() {
            text.extend(cluster.text.chars().rev().map(|c| get_mirrored(c).unwrap_or(c)));
        } else {
            text.push_str(&cluster.text);
        }
    }
    text
}

/// The lines of a language from left to right, by the cell that they are of.
fn lines(edition: &Edition<'_>, language: Language) -> BTreeMap<String, Vec<String>> {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for placed in edition.pages.iter().flat_map(|page| &page.lines) {
        if edition.cell(placed.origin).language == language {
            let line = edition.line(placed);
            let key = format!("{:?} {:?}", placed.origin, line.table);
            lines.entry(key).or_default().push(visual(line));
        }
    }
    lines
}

/// Whether lines hold a text from left to right, whole or with its parts at the ends of lines.
fn hold(lines: &[String], text: &str, broken: bool) -> bool {
    if lines.iter().any(|line| line.contains(text)) {
        return true;
    }
    // Words may stand on two lines, and those of another direction stand there the other way round.
    let words = text.split_once(' ').filter(|_| !text.contains(char::is_numeric));
    let parted = words.is_some_and(|(first, second)| {
        let holds = |pair: &[String], a: &str, b: &str| pair[0].contains(a) && pair[1].contains(b);
        let mut pairs = lines.windows(2);
        pairs.any(|pair| holds(pair, first, second) || holds(pair, second, first))
    });
    parted
        || broken
            && (1..text.len()).filter(|at| text.is_char_boundary(*at)).any(|at| {
                let (first, second) = text.split_at(at);
                let mut pairs = lines.windows(2);
                // An address is broken after one of its signs, and nothing is added.
                first.ends_with(['/', '.', '-', '?', '&', '='])
                    && pairs.any(|pair| {
                        (pair[0].contains(first) && pair[1].contains(second))
                            || hold(&pair[1..], second, true) && pair[0].contains(first)
                    })
            })
}

/// If it fails, a number is another number, or an address or a name cannot be read off the page.
#[test]
fn everything_stands_as_it_is_written() {
    let mut wrong = Vec::new();
    for case in cases() {
        let opened = qarar::open(&case, &FONTS).unwrap_or_else(|faults| panic!("{faults}"));
        let right = fs::read_to_string(case.join("right.tsv")).unwrap();
        for plan in plans(&opened.work) {
            let edition = Edition::planned(&opened.work, plan, &Template::builtin(), &FONTS).unwrap();
            for language in edition.languages.clone() {
                let lines = lines(&edition, language);
                for wanted in right.lines().filter(|line| !line.starts_with('#')) {
                    let fields: Vec<&str> = wanted.split('\t').collect();
                    if Language::from_code(fields[0]) != Some(language) {
                        continue;
                    }
                    let broken = fields.get(2) == Some(&"broken");
                    if !lines.values().any(|lines| hold(lines, fields[1], broken)) {
                        wrong.push(format!(
                            "{}, {}: `{}` is not on the page",
                            edition.name(),
                            language.code(),
                            fields[1]
                        ));
                    }
                }
                if wrong.len() > 200 {
                    break;
                }
            }
            if !wrong.is_empty() && std::env::var("SHOW_LINES").is_ok() {
                for language in edition.languages.clone() {
                    wrong.extend(lines(&edition, language).into_values().flatten());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The language, as the structure tree tells it, of every piece of replacement text.
fn told(document: &Document) -> Vec<(String, String)> {
    fn walk(kids: &[Kid], language: &str, found: &mut Vec<(String, String)>) {
        for kid in kids {
            let Kid::Element(element) = kid else { continue };
            let language = element.language.as_deref().unwrap_or(language);
            if let Some(text) = &element.actual_text {
                found.push((language.to_owned(), text.trim().to_owned()));
            }
            walk(&element.kids, language, found);
        }
    }
    let mut found = Vec::new();
    walk(&document.structure.as_ref().unwrap().kids, "", &mut found);
    found
}

/// If it fails, a screen reader reads a name with the voice of another language, or other words than the source has.
#[test]
fn readers_get_it_as_it_is_written() {
    for case in cases() {
        let work = qarar::open(&case, &FONTS).unwrap().work;
        for plan in plans(&work) {
            let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
            let document = read(pdf(&edition, Standards::default()).unwrap()).unwrap();
            let report = verify(&document, Some((&work, &edition.languages)));
            for verdict in &report.passages {
                let structure = verdict.structure.as_ref().unwrap();
                assert_eq!(
                    structure.judgement,
                    Judgement::Exact,
                    "{}: {verdict}: {structure:?}",
                    edition.name()
                );
                let content = &verdict.content;
                assert!(content.judgement <= MOST, "{}: {verdict}: {content:?}", edition.name());
            }
            let told = told(&document);
            let said = |language: &str, text: &str| told.iter().any(|(told, words)| told == language && words == text);
            for language in &edition.languages {
                match *language {
                    Language::ENGLISH => assert!(said("ar", "ش.م.ل.") && said("fr", "raison d’être")),
                    _ => assert!(said("en", "C++") && said("en", "33°53′N") && said("fr", "raison d’être")),
                }
            }
        }
    }
}

/// The worst that the content stream may do to a passage of the cases.
const MOST: Judgement = Judgement::Reordered;

/// The text of the paragraphs that lines are of, with all that steers, and where each passage starts in it.
fn reference(lines: &[&Line], passages: &Passages) -> (String, BTreeMap<u32, usize>) {
    let clusters = lines.iter().flat_map(|line| line.clusters());
    let mut numbers: Vec<u32> = clusters
        .filter_map(|(_, cluster)| Some(cluster.place.as_ref()?.passage))
        .collect();
    numbers.sort_unstable();
    let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
    let mut text = String::new();
    let mut starts = BTreeMap::new();
    let mut paragraph = None;
    for number in first.saturating_sub(1)..=last {
        let passage = passages.get(number).unwrap();
        // What steers and comes first is not among the clusters.
        if number < first && !["\u{2066}", "\u{2067}"].contains(&passage.text.as_str()) {
            continue;
        }
        if paragraph.is_some_and(|before| before != passage.paragraph) {
            text.push('\u{2029}');
        }
        paragraph = Some(passage.paragraph);
        starts.insert(number, text.len());
        text.push_str(&passage.text);
    }
    (text, starts)
}

/// The characters of isolates and of overrides.
const STEERING: [char; 6] = ['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{202c}', '\u{202d}'];

/// The law: the clusters of every line stand in the order in which the reference implementation puts the text with its
/// isolates.
fn obeys_the_algorithm(edition: &Edition<'_>) {
    let mut cells: BTreeMap<String, (Language, Vec<&Line>)> = BTreeMap::new();
    for placed in edition.pages.iter().flat_map(|page| &page.lines) {
        let block = match placed.origin {
            Origin::Row { row, .. } => edition.composed.setting.rows[row].role != qarar::typeset::RowRole::Line,
            Origin::Note { .. } => true,
        };
        if block {
            let language = edition.cell(placed.origin).language;
            let cell = cells
                .entry(format!("{:?}", placed.origin))
                .or_insert((language, Vec::new()));
            cell.1.push(edition.line(placed));
        }
    }
    for (language, lines) in cells.values() {
        let (text, starts) = reference(lines, &edition.composed.passages);
        let base = if language.direction() == qarar::locale::Direction::RightToLeft {
            Level::rtl()
        } else {
            Level::ltr()
        };
        let bidi = BidiInfo::new(&text, Some(base));
        for line in lines {
            let at = |cluster: &qarar::line::Cluster| {
                let place = cluster.place.as_ref()?;
                Some(starts[&place.passage] + place.range.0 as usize)
            };
            let seen: Vec<usize> = line.clusters().filter_map(|(_, cluster)| at(cluster)).collect();
            // What steers has a place in the order too.
            let (first, last) = (seen.iter().min().unwrap(), seen.iter().max().unwrap());
            let steers = |at: &usize| text[*at..].starts_with(STEERING);
            let steering = (*first..*last).filter(|at| text.is_char_boundary(*at)).filter(steers);
            let mut logical: Vec<usize> = seen.iter().copied().chain(steering).collect();
            logical.sort_unstable();
            let levels: Vec<Level> = logical.iter().map(|at| bidi.levels[*at]).collect();
            let order = BidiInfo::reorder_visual(&levels).into_iter().map(|at| logical[at]);
            let expected: Vec<usize> = order.filter(|at| seen.contains(at)).collect();
            assert_eq!(seen, expected, "{}", line.text);
        }
    }
}

#[test]
fn lines_of_the_cases_obey_the_bidirectional_algorithm() {
    for case in cases() {
        let work = qarar::open(&case, &FONTS).unwrap().work;
        for plan in plans(&work) {
            obeys_the_algorithm(&Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap());
        }
    }
}

fn text(text: &str) -> Inline {
    Inline::Text {
        text: text.to_owned(),
        span: 0..0,
    }
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(
        "الجمعية قرارها كلمة؟ (نص) صفحهٔ resolution word? (text) C++ Inc. ٣٢٦ ٢٠٢٤-٢٠٢٥ ٧٫٥٪ ۱۲ ۷٪ −۵ -٥ 25 7.5% 2014-2015 +961\u{a0}1\u{a0}555\u{a0}010 \
         ٣٢٦\u{a0}٧٩٨ “next?” «نص» A/70/12 33°53′N ش.م.ل. ! ؟"
            .split(' ')
            .collect::<Vec<_>>(),
    )
    .prop_map(str::to_owned)
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..6).prop_map(|words| words.join(" "))
}

fn inline() -> impl Strategy<Value = Vec<Inline>> {
    let language = || prop::sample::select(Language::ALL.to_vec());
    let address = prop::sample::select(vec![
        "https://www.un.org/ar/ga/70/",
        "info-70@example.org",
        "www.un.org/a?b=c&d=e/",
    ]);
    prop_oneof![
        6 => words().prop_map(|words| vec![text(&words)]),
        2 => words().prop_map(|words| vec![Inline::Emphasis(vec![text(&words)])]),
        2 => address.prop_map(|address| vec![Inline::Address { text: address.to_owned(), span: 0..0 }]),
        4 => (language(), words(), words()).prop_map(|(language, first, second)| {
            let content = vec![text(&format!("{first} ")), Inline::Emphasis(vec![text(&second)])];
            vec![Inline::Span { language, content, span: 0..0 }]
        }),
        1 => words().prop_map(|words| vec![text(&words), Inline::Mark { note: 0, joins: false, span: 0..0 }]),
    ]
}

fn running() -> impl Strategy<Value = Vec<Inline>> {
    let between = |inlines: Vec<Vec<Inline>>| {
        let mut content = Vec::new();
        for inline in inlines {
            content.extend(inline);
            content.push(text(" "));
        }
        content
    };
    prop::collection::vec(inline(), 2..14).prop_map(between)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Of any document: every line is in the order of the reference implementation, and every passage comes back.
    #[test]
    fn any_line_obeys_the_bidirectional_algorithm(contents in prop::collection::vec(running(), 4), beside: bool) {
        let mut work = qarar::open(std::path::Path::new("tests/direction/everywhere"), &FONTS).unwrap().work;
        let noted = contents.iter().flatten().any(|inline| matches!(inline, Inline::Mark { .. }));
        for expression in &mut work.expressions {
            expression.blocks.truncate(5);
            let blocks = expression.blocks.iter_mut().skip(1);
            for (block, content) in blocks.zip(&contents) {
                if let Block::Paragraph(paragraph) = block {
                    paragraph.content.clone_from(content);
                }
            }
            let note = Note { name: "n".to_owned(), mark: qarar::model::NoteMark::Number(1), content: vec![contents[0].iter().filter(|i| !matches!(i, Inline::Mark { .. })).cloned().collect()], span: 0..0 };
            expression.notes = if noted { vec![note] } else { Vec::new() };
        }
        work.facts.languages = vec![Language::ARABIC, Language::ENGLISH];
        let plans = if beside { vec![vec![Language::ARABIC, Language::ENGLISH]] } else { vec![vec![Language::PERSIAN], vec![Language::ENGLISH]] };
        for languages in plans {
            let edition = Edition::planned(&work, Plan::of(&work, languages.clone()), &Template::builtin(), &FONTS).unwrap();
            obeys_the_algorithm(&edition);
            let bytes = pdf(&edition, Standards::default()).unwrap();
            let report = verify(&read(bytes).unwrap(), Some((&work, &languages)));
            for verdict in &report.passages {
                let structure = verdict.structure.as_ref().unwrap();
                prop_assert_eq!(structure.judgement, Judgement::Exact, "{}: {:?}", verdict, structure);
            }
        }
    }
}
