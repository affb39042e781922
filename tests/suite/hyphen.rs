//! Words of Latin script are divided at the ends of lines where the source asks for it, and nowhere else; the text of a line has no hyphen
//! that the source has not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::line::Line;
use qarar::locale::Language;
use qarar::model::Work;
use qarar::typeset::Template;
use qarar::verify::verify_bytes;

use crate::document::{FACTS, FONTS, of_texts};

const HYPHENATED: &str = "\n[layout]\nhyphenate = true\n";

fn english() -> String {
    std::fs::read_to_string("tests/texts/divided.en.md").unwrap()
}

fn work(texts: &[(&str, String)], layout: &str) -> Work {
    of_texts(&format!("{FACTS}{layout}"), texts, &FONTS)
}

fn edition(work: &Work) -> Edition<'_> {
    let languages = work.facts.languages.clone();
    Edition::build(work, languages, &Template::builtin(), &FONTS).unwrap()
}

/// The lines that divide a word, each with the next one of its cell.
fn divided<'a>(edition: &'a Edition<'_>) -> Vec<(Language, &'a Line, &'a Line)> {
    let rows = edition.flow.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let cells = rows.chain(edition.flow.notes.iter().flatten()).map(|cell| &cell.cell);
    let pairs = cells.flat_map(|cell| cell.lines.windows(2).map(|pair| (cell.language, &pair[0], &pair[1])));
    pairs.filter(|(_, line, _)| line.is_divided()).collect()
}

/// The words that two lines divide.
fn word(line: &Line, next: &Line) -> String {
    let end = line.text.split_whitespace().next_back().unwrap();
    let start = next.text.split_whitespace().next().unwrap();
    format!("{end}{}", start.trim_end_matches([',', '.', ';']))
}

#[test]
fn words_are_divided_where_it_is_asked_for() {
    let text = english();
    let work = work(&[("en", text.clone())], HYPHENATED);
    let edition = edition(&work);
    let divided = divided(&edition);
    assert!(divided.len() > 2, "only {} words are divided", divided.len());
    for (_, line, next) in divided {
        let word = word(line, next);
        assert!(text.contains(&word), "{word} is no word of the source");
        assert!(!line.text.contains(['-', '\u{ad}']), "{}", line.text);
    }
    // The structure tree has every word whole, and so has who puts lines together at hyphens.
    let bytes = pdf(&edition, Standards::default()).unwrap();
    let read = verify_bytes(bytes, Some((&work, &[Language::ENGLISH]))).unwrap();
    assert!(read.is_exact(), "{read:?}");
}

#[test]
fn no_word_is_divided_where_it_is_not_asked_for() {
    let work = work(&[("en", english())], "");
    assert!(divided(&edition(&work)).is_empty());
}

#[test]
fn each_language_is_divided_by_its_own_rules() {
    let french = "# L’administration des eaux\n\n*L’Assemblée générale*,\n\n*Considérant* que les recommandations relatives à la \
        désinfection, à la sédimentation et à la caractérisation de la contamination microbiologique doivent être communiquées dans les \
        langues des communautés intéressées, notamment aux quartiers défavorisés, et que l’interprétation des mesures appartient aux \
        établissements responsables des infrastructures, indépendamment des considérations administratives,\n\n1. *Recommande* que les \
        administrations publient systématiquement leurs observations méthodologiques sans retardement déraisonnable.\n";
    let work = work(&[("fr", french.to_owned())], HYPHENATED);
    let edition = edition(&work);
    let divided = divided(&edition);
    assert!(!divided.is_empty(), "no French word is divided");
    for (_, line, next) in divided {
        assert!(french.contains(&word(line, next)), "{} | {}", line.text, next.text);
    }
}

#[test]
fn arabic_is_never_divided_and_latin_beside_it_is_filled() {
    let arabic = "# إدارة المياه\n\n*إن الجمعية العامة*،\n\n*إذ تدرك* أن المسؤولية عن التوزيع تقع على البلديات،\n\n*وإذ تقر* بأن التوثيق الواضح \
        يعزز الثقة في المؤسسات،\n\n*وإذ تشدد* على أن التوصيات ينبغي أن تعمم بلغات المجتمعات المعنية،\n\n1. *توصي* بأن تحقق الإدارات في \
        الانقطاعات؛\n\n2. *تشجع* الجامعات على المشاركة في التجارب.\n";
    let work = work(&[("ar", arabic.to_owned()), ("en", english())], HYPHENATED);
    let edition = edition(&work);
    let divided = divided(&edition);
    assert!(
        divided.len() > 4,
        "only {} words are divided in a narrow column",
        divided.len()
    );
    assert!(divided.iter().all(|(language, ..)| *language == Language::ENGLISH));
    let filled = divided.iter().filter(|(_, line, _)| line.justified).count();
    assert_eq!(filled, divided.len(), "lines of divided words are filled");
}
