//! The labels of lists: the texts after them start at one stop, in every language and arrangement.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::collections::BTreeMap;
use std::path::Path;

use qarar::edition::Edition;
use qarar::fonts::Fonts;
use qarar::locale::{Direction, Language};
use qarar::model::{Block, Expression, Facts, LayoutChoice, Work};
use qarar::page::Origin;
use qarar::typeset::{Purpose, RowRole, Template};
use typst::layout::Abs;

use crate::document::FONTS;

/// Lists of twelve, of 31, of five and of eight, short texts and long ones, in every language: the French and Spanish
/// texts are the English one, the Persian and Urdu ones the Arabic one, with labels of their own.
fn lists(fonts: &Fonts) -> Work {
    let mut work = qarar::open(Path::new("tests/labels/lists"), fonts).unwrap().work;
    for (from, to) in [
        (Language::ENGLISH, Language::FRENCH),
        (Language::ENGLISH, Language::SPANISH),
        (Language::ARABIC, Language::PERSIAN),
        (Language::ARABIC, Language::URDU),
    ] {
        let text = work.expressions.iter().find(|e| e.language == from).unwrap().clone();
        work.expressions.push(Expression { language: to, ..text });
        work.facts.languages.push(to);
    }
    work
}

/// Where the texts after labels start, by column and level, each with how many do.
fn starts(work: &Work, edition: &Edition<'_>) -> BTreeMap<(usize, u8), Vec<(f64, usize)>> {
    let mut starts: BTreeMap<(usize, u8), Vec<(f64, usize)>> = BTreeMap::new();
    for placed in edition.pages.iter().flat_map(|page| &page.lines) {
        let Origin::Row { row, column } = placed.origin else {
            continue;
        };
        let RowRole::Block(block) = edition.composed.setting.rows[row].role else {
            continue;
        };
        let Block::Paragraph(paragraph) = &work.expressions[0].blocks[block] else {
            continue;
        };
        let (Some(label), 0) = (paragraph.label, placed.line) else {
            continue;
        };
        let text = edition
            .line(placed)
            .clusters()
            .filter(|(_, cluster)| cluster.purpose != Purpose::Label);
        let language = edition.sheet().columns[column].language;
        let start = match language.direction() {
            Direction::LeftToRight => text.map(|(_, cluster)| cluster.x).min(),
            Direction::RightToLeft => text.map(|(_, cluster)| cluster.x + cluster.advance).max(),
        };
        let start = start.map_or(f64::NAN, Abs::to_pt);
        let of_level = starts.entry((column, label.depth)).or_default();
        match of_level.iter_mut().find(|(other, _)| (start - *other).abs() < 0.02) {
            Some((_, count)) => *count += 1,
            None => of_level.push((start, 1)),
        }
    }
    starts
}

/// If it fails, the texts of a list start ragged: after `(ض)` farther in than after `(أ)`, after `10.` than after `9.`, or in a
/// line that is filled elsewhere than in one that is not.
#[test]
fn texts_after_labels_start_at_one_stop() {
    let work = lists(&FONTS);
    let alone = work.facts.languages.iter().map(|language| vec![*language]);
    let beside = [
        vec![Language::ARABIC, Language::ENGLISH],
        vec![Language::FRENCH, Language::ARABIC, Language::ENGLISH],
    ];
    let all: Vec<Vec<Language>> = alone.chain(beside).collect();
    let unstretched = Work {
        facts: Facts {
            layout: LayoutChoice {
                kashida: false,
                hyphenate: false,
                ..work.facts.layout.clone()
            },
            ..work.facts.clone()
        },
        ..work.clone()
    };
    let cases = all
        .iter()
        .flat_map(|languages| [(&work, languages), (&unstretched, languages)]);
    for (work, languages) in cases {
        let kashida = work.facts.layout.kashida;
        let edition = Edition::build(work, languages.clone(), &Template::builtin(), &FONTS).unwrap();
        let starts = starts(work, &edition);
        assert_eq!(starts.len(), 3 * languages.len(), "three levels in each column");
        for ((column, depth), of_level) in starts {
            assert_eq!(
                of_level.len(),
                1,
                "{languages:?}, kashida {kashida}, column {column}, level {depth}: texts start at {of_level:?}"
            );
        }
    }
}
