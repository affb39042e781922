//! Lines of any text: what is written comes back by the order of the screen, elongation moves no edge and stands only
//! where it may.

use proptest::prelude::*;
use qarar::edition::Edition;
use qarar::line::{Cell, Line};
use qarar::locale::Language;
use qarar::model::{Block, Expression, Facts, Inline, LayoutChoice, Paragraph, Role, Work};
use qarar::typeset::{RowRole, Template};
use unicode_bidi::{BidiInfo, Level};

use crate::document::FONTS;
use crate::facts::resolution;

const TATWEEL: char = '\u{640}';
const STEERING: [char; 3] = ['\u{200e}', '\u{200f}', '\u{2060}'];

fn work(text: &str, kashida: bool) -> Work {
    let inline = |text: &str| {
        vec![Inline::Text {
            text: text.to_owned(),
            span: 0..0,
        }]
    };
    let paragraph = Paragraph {
        role: Role::Body,
        label: None,
        within: qarar::model::Within::default(),
        id: None,
        content: inline(text),
        span: 0..0,
    };
    let expression = Expression {
        language: Language::ARABIC,
        title: inline("عنوان"),
        blocks: vec![Block::Paragraph(paragraph)],
        notes: Vec::new(),
    };
    Work {
        name: "text".to_owned(),
        facts: Facts {
            languages: vec![Language::ARABIC],
            layout: LayoutChoice {
                kashida,
                ..LayoutChoice::default()
            },
            ..resolution(&[
                ("symbol", "A/RES/61/180"),
                ("body", "general-assembly"),
                ("session", "61"),
                ("adopted", "2006-12-20"),
                ("meeting", "82"),
                ("distribution", "general"),
                ("issued", "2006-12-20"),
            ])
        },
        expressions: vec![expression],
    }
}

/// The cell of the paragraph, and what is drawn of each of its lines: left to right, the characters.
fn paragraph(text: &str, kashida: bool) -> (Cell, Vec<String>) {
    let work = work(text, kashida);
    let edition = Edition::build(&work, vec![Language::ARABIC], &Template::builtin(), &FONTS).expect("an edition");
    let row = edition
        .composed
        .setting
        .rows
        .iter()
        .position(|row| row.role == RowRole::Block(0));
    let row = row.expect("the row of the paragraph");
    let mut drawn = Vec::new();
    for page in &edition.pages {
        for placed in &page.lines {
            if placed.origin == (qarar::page::Origin::Row { row, column: 0 }) {
                let items = edition.written(placed).items();
                drawn.push(items.map(|(_, item)| item.text.to_string()).collect());
            }
        }
    }
    let cell = edition.flow.rows[row].cells[0].as_ref().expect("a cell").cell.clone();
    (cell, drawn)
}

fn without_steering(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !STEERING.contains(c)).collect();
    kept.trim().to_owned()
}

/// The lines of a paragraph in the order of the screen, by UAX #9.
fn on_screen(lines: &[Line]) -> Vec<String> {
    let text: String = lines.iter().map(|line| line.text.as_str()).collect();
    let bidi = BidiInfo::new(&text, Some(Level::rtl()));
    let mut start = 0;
    lines
        .iter()
        .map(|line| {
            let range = start..start + line.text.len();
            start = range.end;
            bidi.reorder_line(&bidi.paragraphs[0], range).into_owned()
        })
        .collect()
}

fn edges(line: &Line) -> (f64, f64) {
    let left = line.clusters().map(|(_, c)| c.x.to_pt()).fold(f64::INFINITY, f64::min);
    let right = line
        .clusters()
        .map(|(_, c)| (c.x + c.advance).to_pt())
        .fold(f64::NEG_INFINITY, f64::max);
    (left, right)
}

/// Words of a line in the order of the text: their letters, and how many elongations each has.
fn words(line: &Line) -> Vec<(String, Vec<String>)> {
    let mut clusters: Vec<_> = line.clusters().map(|(_, cluster)| cluster).collect();
    clusters.sort_by_key(|cluster| cluster.logical);
    let mut words: Vec<(String, Vec<String>)> = vec![Default::default()];
    for cluster in clusters {
        if cluster
            .text
            .chars()
            .any(|c| !c.is_alphabetic() && unicode_bidi::bidi_class(c) != unicode_bidi::BidiClass::NSM)
        {
            words.push(Default::default());
            continue;
        }
        if let Some((word, elongated)) = words.last_mut() {
            if cluster.glyphs.iter().any(|glyph| glyph.stretch().is_some()) {
                elongated.push(cluster.text.to_string());
            }
            word.push_str(&cluster.text);
        }
    }
    words
}

fn letters() -> impl Strategy<Value = String> {
    let letter = prop::sample::select("ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةىئؤ".chars().collect::<Vec<_>>());
    let mark = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "\u{64e}",
        "\u{650}",
        "\u{64f}",
        "\u{652}",
        "\u{651}\u{64e}",
    ]);
    prop::collection::vec((letter, mark), 1..9).prop_map(|all| {
        all.into_iter()
            .map(|(letter, mark)| format!("{letter}{mark}"))
            .collect()
    })
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => letters(),
        2 => "[A-Za-z]{1,7}",
        1 => "[٠-٩]{1,4}",
        1 => "[0-9]{1,4}",
        1 => "[٠-٩]{1,2}/[٠-٩]{1,3}",
        1 => letters().prop_map(|word| format!("({word})")),
        1 => letters().prop_map(|word| format!("{word}،")),
        1 => "[٠-٩]{1,2}٪",
    ]
}

fn text() -> impl Strategy<Value = String> {
    (letters(), prop::collection::vec(word(), 20..60)).prop_map(|(first, rest)| format!("{first} {}", rest.join(" ")))
}

fn count_elongated(cell: &Cell) -> usize {
    let words = cell.lines.iter().flat_map(words);
    words.filter(|(_, elongated)| !elongated.is_empty()).count()
}

/// If it fails, no line is elongated any more, and whatever is held of elongations here is held of none; or lines are in a
/// document that asks for none.
#[test]
fn most_lines_are_elongated_where_it_is_asked_for() {
    let text = "تؤكد الجمعية العامة من جديد أهمية تنسيق الجهود المبذولة لتحسين نوعية الحياة في جميع البلدان وتشجيع الشراكات بين \
                المؤسسات الحكومية وغير الحكومية على الصعيدين الوطني والدولي ";
    let (with, _) = paragraph(text.repeat(6).trim(), true);
    let filled = with.lines.len() - 1;
    assert!(
        filled >= 6 && count_elongated(&with) * 2 > filled,
        "{} of {filled}",
        count_elongated(&with)
    );
    let (without, _) = paragraph(text.repeat(6).trim(), false);
    assert_eq!(count_elongated(&without), 0);
}

/// If it fails, a kaf that a font hangs over the zain or reh before it is drawn, and read, on its wrong side.
#[test]
fn letters_that_hang_over_each_other_keep_their_order() {
    let words = "كركوك مركزكم شأكزكة تركزك كركم زكاة الكركديه بركزك";
    let (cell, drawn) = paragraph(&[words; 6].join(" "), true);
    assert!(drawn.len() > 3);
    for (expected, found) in on_screen(&cell.lines).iter().zip(&drawn) {
        assert_eq!(without_steering(expected), without_steering(found));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// A reader that puts a line of glyphs from left to right into logical order by UAX #9 gets the source.
    #[test]
    fn what_is_written_comes_back(text in text()) {
        let (cell, drawn) = paragraph(&text, true);
        let whole: String = cell.lines.iter().map(|line| line.text.as_str()).collect();
        prop_assert_eq!(whole.trim(), text.trim());
        for (expected, found) in on_screen(&cell.lines).iter().zip(&drawn) {
            prop_assert_eq!(without_steering(expected), without_steering(found));
            let tatweel = found.contains(TATWEEL);
            prop_assert!(!tatweel, "a tatweel in the text: {}", found);
        }
        prop_assert_eq!(drawn.len(), cell.lines.len());
    }

    /// A filled line starts and ends at the edges of its column, elongated or not; a comma at its end hangs out of it.
    #[test]
    fn filled_lines_end_at_the_edges(text in text(), kashida: bool) {
        let (cell, _) = paragraph(&text, kashida);
        for (index, line) in cell.lines.iter().enumerate().filter(|(_, line)| line.justified) {
            let (left, right) = edges(line);
            let hang = if line.text.trim_end().ends_with('،') { 2.5 } else { 0.01 };
            prop_assert!(left < 0.01 && left > -hang, "{left} at the end of {}", line.text);
            prop_assert!(index == 0 || (right - cell.width.to_pt()).abs() < 0.01, "{right} at the start of {}", line.text);
        }
    }

    /// No joint where none may be.
    #[test]
    fn elongations_stand_where_they_may(text in text()) {
        let (cell, _) = paragraph(&text, true);
        for (index, line) in cell.lines.iter().enumerate() {
            for (word, elongated) in words(line) {
                prop_assert!(elongated.len() <= 1, "two elongations in {}", word);
                let Some(letter) = elongated.first() else { continue };
                prop_assert!(line.justified && index + 1 < cell.lines.len(), "a last line is elongated: {}", line.text);
                let bases = word.chars().filter(|c| c.is_alphabetic()).count();
                prop_assert!(bases > 2, "a word of two letters is elongated: {}", word);
                prop_assert!(word.chars().all(|c| unicode_bidi::bidi_class(c) != unicode_bidi::BidiClass::L));
                prop_assert!(!letter.starts_with(['ل', 'ا', 'د', 'ذ', 'ر', 'ز', 'و']), "{} is elongated in {}", letter, word);
            }
        }
    }
}
