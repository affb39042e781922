//! Tables over pages: whatever is in them, their rows stand level in all columns, each whole where it fits, under the head of
//! the table, and the figures of a column by their units. `tests/tables.toml` has the tables. When one fails, what is to be read
//! side by side stands on two pages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use qarar::edition::Edition;
use qarar::export::pdf::{Standards, pdf};
use qarar::line::Line;
use qarar::model::{Block, Work};
use qarar::page::{Origin, Page};
use qarar::reader::{Element, Kid, read};
use qarar::typeset::Template;
use qarar::verify::read_back;
use serde::Deserialize;
use typst::layout::Abs;

use crate::document::{FACTS, FONTS, of_texts, plans};

#[derive(Debug, Clone, Deserialize)]
struct Tables {
    table: Vec<Table>,
}

#[derive(Debug, Clone, Deserialize)]
struct Table {
    name: String,
    #[serde(default = "two_languages")]
    languages: Vec<String>,
    cells: Vec<String>,
    rows: usize,
    #[serde(default)]
    tall: usize,
    #[serde(default = "yes")]
    head: bool,
    #[serde(default)]
    heading: bool,
    #[serde(default)]
    caption: bool,
    pages: usize,
}

fn two_languages() -> Vec<String> {
    vec!["ar".to_owned(), "en".to_owned()]
}

fn yes() -> bool {
    true
}

/// Words of a language, `count` of them from the `from`-th on.
fn words(code: &str, from: usize, count: usize) -> String {
    let stock: &[&str] = match code {
        "ar" => &["الدول", "الأعضاء", "في", "الاعتمادات", "المقررة", "لفترة", "السنتين"],
        "fa" => &["کشورهای", "عضو", "در", "اعتبارات", "مصوب", "برای", "دوره"],
        "fr" => &["les", "États", "Membres", "contribuent", "au", "budget", "ordinaire"],
        _ => &["Member", "States", "contribute", "to", "the", "regular", "budget"],
    };
    let words = (from..from + count).map(|n| stock[(n * 3 + n / 7) % stock.len()]);
    words.collect::<Vec<_>>().join(" ")
}

/// A number, `digits` of them after the units, as the language writes it.
fn figure(code: &str, number: usize, decimals: usize) -> String {
    let mut text = number.to_string();
    if decimals > 0 {
        let fraction = format!("{:03}", number * 37 % 1000);
        write!(
            text,
            "{}{}",
            if code == "fr" { ',' } else { '.' },
            &fraction[..decimals]
        )
        .unwrap();
    }
    let zero = match code {
        "ar" => '٠',
        "fa" => '۰',
        _ => return text,
    };
    let native = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_u32(zero as u32 + digit).unwrap(),
        None => '٫',
    };
    text.chars().map(native).collect()
}

impl Table {
    /// The text of a cell, and whether a note is marked in it.
    fn cell(&self, code: &str, row: usize, column: usize) -> (String, bool) {
        let mut told = self.cells[column].split(' ');
        let kind = told.next().unwrap();
        let numbers: Vec<usize> = told.map(|number| number.parse().unwrap()).collect();
        let seed = row * 7 + column;
        match kind {
            "number" => (figure(code, row, 0), false),
            "figure" => (figure(code, seed * seed * 31 % 100_000, seed % 4), false),
            "words" if row == self.rows.div_ceil(2) && self.tall > 0 => (words(code, seed, self.tall), false),
            // One language takes more words than another.
            "words" => {
                let more = numbers[1] - numbers[0] + 1;
                (
                    words(
                        code,
                        seed,
                        numbers[0] + (seed * 5 + code.len() * row + usize::from(code == "ar") * 3) % more,
                    ),
                    false,
                )
            }
            "note" => (words(code, seed, 1), row.is_multiple_of(numbers[0])),
            "nothing" => (String::new(), false),
            other => panic!("{other}"),
        }
    }

    fn text(&self, code: &str) -> String {
        let mut text = format!("# {}\n\n", words(code, 0, 3));
        for n in 0..4 {
            write!(text, "{}\n\n", words(code, n, 30)).unwrap();
        }
        if self.heading {
            write!(text, "## {}\n\n", words(code, 5, 2)).unwrap();
        }
        if self.caption {
            write!(text, "{}:\n\n", words(code, 2, 5)).unwrap();
        }
        let head = |column: usize| match self.head {
            true => words(code, column, 1),
            false => String::new(),
        };
        let columns = 0..self.cells.len();
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        text.push_str(&line(columns.clone().map(head).collect()));
        let side = |cell: &String| {
            if matches!(cell.as_str(), "number" | "figure") {
                "--:"
            } else {
                ":--"
            }
        };
        text.push_str(&line(self.cells.iter().map(|cell| side(cell).to_owned()).collect()));
        let mut notes = String::new();
        for row in 1..=self.rows {
            let cell = |column: usize| {
                let (mut cell, is_marked) = self.cell(code, row, column);
                if is_marked {
                    write!(cell, "[^{row}-{column}]").unwrap();
                    write!(notes, "\n[^{row}-{column}]: {}\n", words(code, row, 12)).unwrap();
                }
                cell
            };
            text.push_str(&line(columns.clone().map(cell).collect()));
        }
        text + &notes
    }

    fn work(&self) -> Work {
        let texts: Vec<(&str, String)> = self
            .languages
            .iter()
            .map(|code| (code.as_str(), self.text(code)))
            .collect();
        of_texts(FACTS, &texts, &FONTS)
    }
}

/// The parts of the rows of tables on the pages of an opening: by row and column, the top, and the first line.
fn parts(edition: &Edition, opening: &[&Page]) -> BTreeMap<usize, BTreeMap<usize, (Abs, usize)>> {
    let mut parts: BTreeMap<usize, BTreeMap<usize, (Abs, usize)>> = BTreeMap::new();
    for placed in opening.iter().flat_map(|page| &page.lines) {
        let Origin::Row { row, column } = placed.origin else {
            continue;
        };
        if edition.composed.setting.rows[row].table_row.is_some() {
            let top = placed.at.y - edition.line(placed).ascent;
            let part = parts
                .entry(row)
                .or_default()
                .entry(column)
                .or_insert((top, placed.line));
            part.0.set_min(top);
        }
    }
    parts
}

/// What is true of the rows of tables on all pages.
fn rows_stand_level(edition: &Edition) -> Result<(), TestCaseError> {
    let name = edition.name();
    let rows = &edition.composed.setting.rows;
    let openings: BTreeSet<usize> = edition.pages.iter().map(|page| page.opening).collect();
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    for opening in openings {
        let pages: Vec<&Page> = edition.pages.iter().filter(|page| page.opening == opening).collect();
        let parts = parts(edition, &pages);
        for (row, columns) in &parts {
            // The lines of a head stand at its foot.
            if rows[*row].table_row > Some(0) {
                let tops: Vec<Abs> = columns.values().map(|(top, _)| *top).collect();
                let level = tops.iter().all(|top| (*top - tops[0]).abs() < Abs::pt(0.05));
                prop_assert!(level, "{name}, opening {opening}: row {row} starts at {tops:?}");
            }
            *seen.entry(*row).or_default() += 1;
        }
        // A page that starts within a table has its head.
        let first = pages
            .iter()
            .flat_map(|page| &page.lines)
            .filter_map(|placed| match placed.origin {
                Origin::Row { row, .. } => Some(row),
                Origin::Note { .. } => None,
            });
        let Some(first) = first.min() else { continue };
        let head = edition.flow.rows[first].head;
        for page in pages.iter().filter(|page| !page.lines.is_empty()) {
            let again: BTreeSet<usize> = page.repeated.iter().map(|placed| row_of(placed.origin)).collect();
            prop_assert_eq!(
                again.into_iter().collect::<Vec<_>>(),
                head.into_iter().collect::<Vec<_>>()
            );
            let body = edition.sheet().body(opening);
            for placed in page.repeated.iter().chain(&page.lines) {
                let line = edition.line(placed);
                let slack = Abs::pt(0.6);
                let inside =
                    placed.at.y - line.ascent >= body.top - slack && placed.at.y + line.descent <= body.bottom + slack;
                prop_assert!(inside, "{}, opening {}: `{}` outside", name, opening, line.text);
            }
        }
    }
    let room = edition.sheet().least_room();
    for (row, openings) in seen {
        let flow = &edition.flow.rows[row];
        let above = flow.head.map_or(Abs::zero(), |head| {
            let head = &edition.flow.rows[head];
            head.height(0, head.cuts.len() - 1) + flow.above
        });
        let height = flow.height(0, flow.cuts.len() - 1);
        prop_assert!(
            openings == 1 || height + above > room,
            "{name}: row {row} of {height:?} is cut"
        );
    }
    Ok(())
}

fn row_of(origin: Origin) -> usize {
    match origin {
        Origin::Row { row, .. } => row,
        Origin::Note { .. } => panic!("a note is printed again"),
    }
}

/// A heading, a caption and the head of a table end on the page where the first row starts, in every column.
fn heads_stay_with_tables(edition: &Edition) {
    let rows = &edition.composed.setting.rows;
    let opening_of = |row: usize, last: bool| -> BTreeMap<usize, usize> {
        let mut found = BTreeMap::new();
        for page in &edition.pages {
            for placed in &page.lines {
                if let Origin::Row { row: of, column } = placed.origin
                    && of == row
                    && (last || !found.contains_key(&column))
                {
                    found.insert(column, page.opening);
                }
            }
        }
        found
    };
    for (at, row) in rows.iter().enumerate() {
        if row.table_row != Some(1) {
            continue;
        }
        let start = opening_of(at, false);
        if start.is_empty() {
            continue;
        }
        for before in (0..at).rev().take_while(|before| rows[*before].keep) {
            assert_eq!(
                opening_of(before, true),
                start,
                "{}: row {before} parts from the table",
                edition.name()
            );
        }
    }
}

/// Where the units of a figure end: before its separator, or at its end.
fn units(line: &Line) -> Abs {
    let mut clusters: Vec<_> = line.clusters().map(|(_, cluster)| cluster).collect();
    clusters.sort_by_key(|cluster| cluster.logical);
    match clusters
        .iter()
        .find(|cluster| matches!(cluster.text.as_str(), "." | "," | "٫"))
    {
        Some(separator) => separator.x,
        None => clusters.last().map(|last| last.x + last.advance).unwrap(),
    }
}

/// The figures of a column stand under each other by their units.
fn figures_stand_by_their_units(edition: &Edition, table: &Table) {
    let mut units_of: BTreeMap<(usize, usize), Vec<Abs>> = BTreeMap::new();
    for (at, row) in edition.flow.rows.iter().enumerate() {
        if edition.composed.setting.rows[at].table_row < Some(1) {
            continue;
        }
        for (column, cell) in row.cells.iter().enumerate() {
            for line in cell.iter().flat_map(|cell| &cell.cell.lines) {
                let (_, of) = line.table.unwrap();
                if matches!(table.cells[of].as_str(), "number" | "figure") {
                    units_of.entry((column, of)).or_default().push(units(line));
                }
            }
        }
    }
    for (column, units) in units_of {
        let apart = units.iter().find(|end| (**end - units[0]).abs() > Abs::pt(0.05));
        assert!(
            apart.is_none(),
            "{}, {}: {column:?} {units:?}",
            table.name,
            edition.name()
        );
    }
}

/// The roles of the elements of the tables of a tagged PDF, each table with how often it has each.
fn tables_of(kids: &[Kid], found: &mut Vec<BTreeMap<String, usize>>) {
    for kid in kids {
        let Kid::Element(element) = kid else { continue };
        if element.role == "Table" {
            let mut roles = BTreeMap::new();
            element.walk(&mut |inner: &Element| {
                if inner.role.starts_with('T') {
                    *roles.entry(inner.role.clone()).or_default() += 1;
                }
            });
            found.push(roles);
        } else {
            tables_of(&element.kids, found);
        }
    }
}

#[test]
fn tables_go_on_from_page_to_page_level_under_their_heads() {
    let tables: Tables = toml::from_str(include_str!("../tables.toml")).unwrap();
    let mut wrong = Vec::new();
    for table in &tables.table {
        let work = table.work();
        assert!(
            work.expressions[0]
                .blocks
                .iter()
                .any(|block| matches!(block, Block::Table(_)))
        );
        for plan in plans(&work) {
            let (name, languages) = (plan.name(), plan.languages.clone());
            let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
            let pages = edition.pages.len();
            if name == table.languages.join("-") && pages != table.pages {
                wrong.push(format!("{}: {name} has {pages} pages", table.name));
            }
            if let Err(error) = rows_stand_level(&edition) {
                wrong.push(format!("{}: {error}", table.name));
            }
            heads_stay_with_tables(&edition);
            figures_stand_by_their_units(&edition, table);
            let bytes = Arc::new(pdf(&edition, Standards::default()).unwrap());
            if let Err(error) = read_back(&bytes, &work, &languages) {
                wrong.push(format!("{}, {name}: {error}", table.name));
            }
            let document = read(bytes).unwrap();
            let mut found = Vec::new();
            tables_of(&document.structure.as_ref().unwrap().kids, &mut found);
            let columns = table.cells.len();
            let mut roles = BTreeMap::from([
                ("Table", 1),
                ("TBody", 1),
                ("TR", table.rows),
                ("TD", table.rows * columns),
            ]);
            if table.head {
                roles.extend([("THead", 1), ("TR", table.rows + 1), ("TH", columns)]);
            }
            let roles: BTreeMap<String, usize> = roles
                .into_iter()
                .map(|(role, count)| (role.to_owned(), count))
                .collect();
            if found != vec![roles.clone(); languages.len()] {
                wrong.push(format!("{}, {name}: {found:?}, not {roles:?}", table.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn any_table() -> impl Strategy<Value = Table> {
    let cell = prop_oneof![
        Just("number".to_owned()),
        Just("figure".to_owned()),
        Just("nothing".to_owned()),
        (0_usize..3, 3_usize..40).prop_map(|(from, to)| format!("words {from} {to}")),
        (2_usize..9).prop_map(|every| format!("note {every}")),
    ];
    let cells = prop::collection::vec(cell, 1..5);
    let languages = prop_oneof![
        Just(two_languages()),
        Just(vec!["en".to_owned(), "fr".to_owned()]),
        Just(["ar", "en", "fr"].map(str::to_owned).to_vec()),
    ];
    let tall = prop_oneof![4 => Just(0_usize), 1 => 400_usize..1500];
    (cells, languages, 1_usize..70, tall, any::<[bool; 3]>()).prop_map(|(cells, languages, rows, tall, with)| Table {
        name: "any".to_owned(),
        languages,
        cells,
        rows,
        tall,
        head: with[0],
        heading: with[1],
        caption: with[2],
        pages: 0,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// If it fails, a row of a table stands higher in one language than in another.
    #[test]
    fn rows_of_all_languages_start_level_on_every_page(table in any_table()) {
        let work = table.work();
        for plan in plans(&work) {
            let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
            rows_stand_level(&edition)?;
            heads_stay_with_tables(&edition);
        }
    }
}
