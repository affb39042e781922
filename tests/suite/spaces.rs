//! Spaces: those of a filled Arabic line stay within 75 and 150 % of their natural width, in narrow columns too. Where
//! nothing helps, neither elongation nor other breaks, the line is left short, and its spaces stay as narrow.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use std::path::Path;

use proptest::prelude::*;
use qarar::edition::Edition;
use qarar::fonts::Fonts;
use qarar::line::{Line, inspect};
use qarar::locale::{Language, Script};
use qarar::model::Plan;
use qarar::model::{Arrangement, Block, Breaks, Expression, Inline, Work};
use qarar::typeset::{Purpose, Template};

use crate::document::FONTS;

/// The built-in template with columns that are narrower, by this many millimetres all together.
fn narrower(by: u32) -> Template {
    let Template { text, .. } = Template::builtin();
    let narrow = text.replace(
        "paper-of(doc).width - 36mm",
        &format!("paper-of(doc).width - {}mm", 36 + by),
    );
    assert!(
        by == 0 || narrow != text,
        "the template says otherwise how wide columns are"
    );
    Template {
        name: "narrower.typ".to_owned(),
        text: narrow,
        root: None,
    }
}

/// The real document, with its texts once more as if they were French and Persian.
fn resolution(fonts: &Fonts) -> Work {
    let mut work = qarar::open(Path::new("documents/a-res-61-180"), fonts).unwrap().work;
    for (from, to) in [
        (Language::ENGLISH, Language::FRENCH),
        (Language::ARABIC, Language::PERSIAN),
    ] {
        let text = work.expressions.iter().find(|e| e.language == from).unwrap().clone();
        work.expressions.push(Expression { language: to, ..text });
        work.facts.languages.push(to);
    }
    work
}

/// The lines of the columns in Arabic script, each with its language.
fn lines<'a>(edition: &'a Edition<'_>) -> Vec<(Language, &'a Line)> {
    let placed = edition.pages.iter().flat_map(|page| &page.lines);
    let lines = placed.map(|placed| (edition.cell(placed.origin).language, edition.line(placed)));
    lines
        .filter(|(language, _)| language.script() == Script::ARABIC)
        .collect()
}

/// What is wrong with the spaces of lines.
fn faults(lines: &[(Language, &Line)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (_, line) in lines.iter().filter(|(_, line)| line.justified || line.short) {
        let Some(spaces) = inspect(line).spaces else { continue };
        // A line is set to a hundredth of a point, which is 0.3 % of a space.
        if !(0.745..=1.505).contains(&spaces.factor()) {
            faults.push(format!("{:.0} %: {}", spaces.factor() * 100.0, line.text));
        }
    }
    let months = [
        "كانون",
        "شباط",
        "آذار",
        "نيسان",
        "أيار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول",
        "تشرين",
    ];
    for pair in lines.windows(2) {
        let [(Language::ARABIC, line), (Language::ARABIC, next)] = pair else {
            continue;
        };
        let day = line.text.trim().rsplit(' ').next().unwrap_or_default();
        let month = next.text.split([' ', '/']).next().unwrap_or_default();
        if day.chars().all(char::is_numeric) && months.contains(&month) {
            faults.push(format!("a day without its month: {}", line.text));
        }
    }
    faults
}

/// If it fails, a reader sees holes in the lines of a narrow column.
#[test]
fn spaces_of_the_resolution_stay_within_bounds() {
    let work = resolution(&FONTS);
    // The columns are 159 mm wide; 83, 71, 61 and 51 mm; 82 mm on paper that lies on its long side; 83 mm.
    let cases: [(&[Language], Arrangement, u32, usize); 9] = [
        (&[Language::ARABIC], Arrangement::SideBySide, 0, 0),
        (&[Language::ARABIC, Language::ENGLISH], Arrangement::SideBySide, 0, 0),
        (&[Language::ARABIC, Language::ENGLISH], Arrangement::Facing, 0, 0),
        (
            &[Language::ARABIC, Language::ENGLISH, Language::FRENCH],
            Arrangement::SideBySide,
            0,
            0,
        ),
        (&[Language::ARABIC, Language::PERSIAN], Arrangement::SideBySide, 0, 0),
        (
            &[Language::ARABIC, Language::PERSIAN, Language::ENGLISH],
            Arrangement::Facing,
            0,
            0,
        ),
        (&[Language::ARABIC, Language::ENGLISH], Arrangement::SideBySide, 24, 1),
        (&[Language::ARABIC, Language::ENGLISH], Arrangement::SideBySide, 44, 4),
        (&[Language::ARABIC, Language::ENGLISH], Arrangement::SideBySide, 64, 8),
    ];
    for (languages, arrangement, by, most_short) in cases {
        let plan = Plan {
            languages: languages.to_vec(),
            arrangement,
            breaks: Breaks::Natural,
        };
        let edition = Edition::planned(&work, plan, &narrower(by), &FONTS).unwrap();
        let lines = lines(&edition);
        assert!(lines.len() > 80);
        let found = faults(&lines);
        let name = edition.name();
        assert!(
            found.is_empty(),
            "{name}, columns narrower by {by} mm:\n{}",
            found.join("\n")
        );
        let short: Vec<&str> = lines
            .iter()
            .filter(|(_, line)| line.short)
            .map(|(_, line)| line.text.trim())
            .collect();
        assert!(
            short.len() <= most_short,
            "{name}, {by} mm: lines left short: {short:#?}"
        );
    }
}

/// If it fails, a line starts with the mark of a note that belongs to the line before.
#[test]
fn no_line_starts_with_the_mark_of_a_note() {
    let mut work = resolution(&FONTS);
    work.expressions.truncate(2);
    for expression in &mut work.expressions {
        // After these a line may break, were it not for the mark.
        let words = match expression.language {
            Language::ARABIC => ["(بالأشخاص)", "بالأشخاص!", "بالأشخاص…", "بالأشخاص/"],
            _ => ["persons—", "persons!", "persons…", "persons/"],
        };
        let text = |text: &str| Inline::Text {
            text: text.to_owned(),
            span: 0..0,
        };
        expression.blocks.truncate(2);
        for block in &mut expression.blocks {
            let Block::Paragraph(paragraph) = block else { continue };
            let marked = |at: usize| {
                [
                    text(words[at % 4]),
                    Inline::Mark {
                        note: 0,
                        joins: false,
                        span: 0..0,
                    },
                    text(" "),
                ]
            };
            paragraph.content = (0..60).flat_map(marked).collect();
        }
        expression.notes.truncate(1);
    }
    for by in 0..20 {
        let plan = Plan {
            languages: vec![Language::ARABIC, Language::ENGLISH],
            arrangement: Arrangement::SideBySide,
            breaks: Breaks::Natural,
        };
        let edition = Edition::planned(&work, plan, &narrower(by * 2), &FONTS).unwrap();
        for placed in edition.pages.iter().flat_map(|page| &page.lines) {
            let line = edition.line(placed);
            let first = line.clusters().map(|(_, cluster)| cluster).min_by_key(|c| c.logical);
            let mark = first.is_some_and(|cluster| matches!(cluster.purpose, Purpose::Mark(_)));
            assert!(!mark, "narrower by {by}: {}", line.text);
        }
    }
}

/// Words, dates, symbols and numbers as official texts have them.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(
        "الجمعية العامة إذ تشير إلى قراراتها المؤرخ بشأن تعزيز التعاون الدولي على منع الاتجار بالأشخاص وحماية ضحاياه في من ذات \
         والمنظمات الاستراتيجية و ٥٥/٢٥ و ٥٨/١٣٧ (د - ٥٦) المجلد ٢١٧١ A/HRC/RES/61/180"
            .split(' ')
            .collect::<Vec<_>>(),
    );
    let date = prop::sample::select(vec![
        "١٥ تشرين الثاني/نوفمبر ٢٠٠٠،",
        "٢٢ كانون الأول/ديسمبر ٢٠٠٣",
        "٢ أيار/مايو ١٩٨٠",
    ]);
    prop::collection::vec(prop_oneof![6 => word, 1 => date], 20..80).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same of any text, in columns of 83 to 43 mm.
    #[test]
    fn spaces_of_any_text_stay_within_bounds(text in text(), by in 0..80u32) {
        let mut work = resolution(&FONTS);
        work.expressions.retain(|e| e.language == Language::ARABIC);
        for block in &mut work.expressions[0].blocks {
            if let Block::Paragraph(paragraph) = block {
                paragraph.content = vec![Inline::Text { text: text.clone(), span: 0..0 }];
            }
        }
        work.expressions[0].blocks.truncate(3);
        work.expressions[0].notes.clear();
        let persian = Expression { language: Language::PERSIAN, ..work.expressions[0].clone() };
        work.expressions.push(persian);
        let languages = vec![Language::ARABIC, Language::PERSIAN];
        let plan = Plan { languages, arrangement: Arrangement::SideBySide, breaks: Breaks::Natural };
        let edition = Edition::planned(&work, plan, &narrower(by), &FONTS).unwrap();
        let found = faults(&lines(&edition));
        prop_assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

/// If it fails, a filled line has a space that was left as it is while the others grew: words beside a telephone number or an address
/// run together.
#[test]
fn spaces_beside_what_keeps_its_direction_grow_as_the_others() {
    let work = qarar::open(Path::new("tests/direction/everywhere"), &FONTS)
        .unwrap()
        .work;
    let mut seen = 0;
    for language in work.facts.languages.clone() {
        for by in (0..90).step_by(10) {
            let edition = Edition::build(&work, vec![language], &narrower(by), &FONTS).unwrap();
            for placed in edition.pages.iter().flat_map(|page| &page.lines) {
                let line = edition.line(placed);
                if !(line.justified || line.short) {
                    continue;
                }
                let stretches: Vec<f64> = line.spaces().map(|(natural, set)| (set - natural).to_pt()).collect();
                let of = |fold: fn(f64, f64) -> f64, start| stretches.iter().copied().fold(start, fold);
                let apart = of(f64::max, f64::MIN) - of(f64::min, f64::MAX);
                // A font may kern a space, Amiri by a tenth of an em.
                assert!(
                    apart < 2.5 || stretches.len() < 2,
                    "{language:?} {by}: {stretches:?} in {}",
                    line.text
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
