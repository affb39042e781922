//! Pages: whatever the text, every line stands on one page and inside of it, no line over another, and every note starts
//! on the page of its mark. The official edition of A/RES/61/180 is the measure of breaks.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by them")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use qarar::edition::Edition;
use qarar::export::pdf::pdf;
use qarar::fonts::Fonts;
use qarar::line::Line;
use qarar::locale::Language;
use qarar::model::Plan;
use qarar::model::{Arrangement, Block, Breaks, Work, inked};
use qarar::page::{FlowCell, Origin};
use qarar::typeset::{RowRole, Template, official_layout};
use typst::layout::Abs;

use crate::document::{FACTS, FONTS, of_texts, open};

/// Words of a language, `count` of them from the `from`-th on, all with a number that is nowhere else.
fn words(code: &str, from: usize, count: usize) -> String {
    let stock: &[&str] = match code {
        "ar" => &[
            "تعزيز",
            "التعاون",
            "الدولي",
            "على",
            "مكافحة",
            "الاتجار",
            "بالأشخاص",
            "وغيره",
            "من",
            "أشكال",
        ],
        "fr" => &[
            "la",
            "coopération",
            "internationale",
            "contre",
            "la",
            "traite",
            "des",
            "personnes",
            "doit",
            "croître",
        ],
        _ => &[
            "international",
            "cooperation",
            "against",
            "trafficking",
            "in",
            "persons",
            "must",
            "be",
            "much",
            "stronger",
        ],
    };
    let words = (from..from + count).map(|n| stock[(n * 7 + n / 10) % stock.len()]);
    words.collect::<Vec<_>>().join(" ")
}

/// A text with the blocks and notes that `make` gives for a language.
fn text(code: &str, make: impl Fn(&str) -> String) -> (&str, String) {
    let (title, opening) = match code {
        "ar" => ("عنوان القرار", "*إن الجمعية العامة*،"),
        "fr" => ("Titre de la résolution", "*L’Assemblée générale*,"),
        _ => ("Title of the resolution", "*The General Assembly*,"),
    };
    (code, format!("# {title}\n\n{opening}\n\n{}", make(code)))
}

/// The editions that every case is built as.
fn plans(work: &Work) -> Vec<Plan> {
    let all = &work.facts.languages;
    let plan = |languages: &[Language], arrangement| Plan {
        languages: languages.to_vec(),
        arrangement,
        breaks: Breaks::Natural,
    };
    let mut plans: Vec<Plan> = all
        .iter()
        .map(|language| plan(&[*language], Arrangement::SideBySide))
        .collect();
    plans.push(plan(all, Arrangement::SideBySide));
    plans.push(plan(all, Arrangement::Facing));
    plans
}

/// Builds every edition of a work and holds it against what is true of all pages; answers the pages of each.
fn judge(work: &Work, fonts: &Fonts) -> BTreeMap<String, usize> {
    let build = |plan: Plan| {
        let edition = Edition::planned(work, plan, &Template::builtin(), fonts).unwrap();
        let name = edition.name();
        every_line_once(&edition);
        inside_and_apart(&edition);
        notes_by_their_marks(&edition);
        pdf(&edition, Default::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, edition.pages.len())
    };
    plans(work).into_iter().map(build).collect()
}

/// The lines of all cells and notes stand on the pages, each once: nothing is lost, nothing doubled.
fn every_line_once(edition: &Edition) {
    let mut expected = Vec::new();
    for (row, content) in edition.flow.rows.iter().enumerate() {
        for (column, cell) in content.cells.iter().enumerate() {
            let lines = cell.as_ref().map_or(0, |cell| cell.cell.lines.len());
            expected.extend((0..lines).map(|line| (Origin::Row { row, column }, line)));
        }
    }
    for (column, notes) in edition.flow.notes.iter().enumerate() {
        for (note, cell) in notes.iter().enumerate() {
            expected.extend((0..cell.cell.lines.len()).map(|line| (Origin::Note { column, note }, line)));
        }
    }
    let mut placed: Vec<_> = edition
        .pages
        .iter()
        .flat_map(|page| &page.lines)
        .map(|l| (l.origin, l.line))
        .collect();
    placed.sort_unstable();
    expected.sort_unstable();
    assert!(
        placed == expected,
        "{}: {} lines placed of {}",
        edition.name(),
        placed.len(),
        expected.len()
    );
}

/// The left and the right edge of what a line shows, in points from the left edge of its cell.
fn edges(line: &Line) -> (f64, f64) {
    let clusters = line.clusters().map(|(_, cluster)| cluster);
    clusters.fold((f64::INFINITY, f64::NEG_INFINITY), |(left, right), cluster| {
        let end = cluster.x + cluster.advance;
        (left.min(cluster.x.to_pt()), right.max(end.to_pt()))
    })
}

/// Lines stand between top and bottom of the body, and those of one column one under the other.
fn inside_and_apart(edition: &Edition) {
    let sheet = edition.sheet();
    let slack = Abs::pt(0.6);
    for (number, page) in edition.pages.iter().enumerate() {
        let place = format!("{} page {}", edition.name(), number + 1);
        let body = sheet.body(page.opening);
        let mut above: BTreeMap<usize, Vec<(Origin, f64, f64, Abs)>> = BTreeMap::new();
        for line in &page.lines {
            let content = edition.line(line);
            let (top, bottom) = (line.at.y - content.ascent, line.at.y + content.descent);
            assert!(
                top >= body.top - slack && bottom <= body.bottom + slack,
                "{place}: `{}` outside",
                content.text
            );
            let (Origin::Row { column, .. } | Origin::Note { column, .. }) = line.origin;
            assert_eq!(
                sheet.columns[column].page, page.side,
                "{place}: a column on the wrong page"
            );
            // In a masthead lines stand beside each other, and closer than the heights of their fonts, which leave room for marks.
            let (left, right) = edges(content);
            let above = above.entry(column).or_default();
            let covers = |(origin, other_left, other_right, other_bottom): &(Origin, f64, f64, Abs)| {
                let within = if *origin == line.origin {
                    (bottom - top) * 0.45
                } else {
                    slack
                };
                left < *other_right && *other_left < right && top < *other_bottom - within
            };
            assert!(
                !above.iter().any(covers),
                "{place}: `{}` over another line",
                content.text
            );
            above.push((line.origin, left, right, bottom));
        }
    }
}

/// A note starts on the page, and stands in the column, of its first mark.
fn notes_by_their_marks(edition: &Edition) {
    let mut marks = BTreeMap::new();
    for (number, page) in edition.pages.iter().enumerate() {
        for line in &page.lines {
            if let Origin::Row { column, .. } = line.origin {
                for (note, _) in edition.line(line).marks() {
                    marks.entry((column, note)).or_insert(number);
                }
            }
        }
    }
    for (number, page) in edition.pages.iter().enumerate() {
        for line in page.lines.iter().filter(|line| line.line == 0) {
            if let Origin::Note { column, note } = line.origin {
                let mark = marks.get(&(column, note));
                assert_eq!(
                    mark,
                    Some(&number),
                    "{}: note {} of column {column}",
                    edition.name(),
                    note + 1
                );
            }
        }
    }
}

#[test]
fn a_paragraph_longer_than_a_page_goes_on_from_page_to_page() {
    let texts = ["ar", "en"].map(|code| {
        text(code, |code| {
            format!("{}\n\n1. {}\n", words(code, 0, 40), words(code, 40, 2500))
        })
    });
    let pages = judge(&of_texts(FACTS, &texts, &FONTS), &FONTS);
    assert!(pages["ar"] > 3 && pages["en"] > 3, "{pages:?}");
}

#[test]
fn a_note_longer_than_a_page_goes_on_and_loses_nothing() {
    let texts = ["ar", "en"].map(|code| {
        text(code, |code| {
            let body = format!("{}[^a] {}[^b]", words(code, 0, 250), words(code, 300, 300));
            format!(
                "{body}\n\n[^a]: {}\n\n[^b]: {}\n",
                words(code, 0, 4000),
                words(code, 50, 30)
            )
        })
    });
    judge(&of_texts(FACTS, &texts, &FONTS), &FONTS);
}

#[test]
fn two_hundred_notes_stand_by_their_marks() {
    let texts = ["ar", "en"].map(|code| {
        text(code, |code| {
            let mut text = String::new();
            (0..200).for_each(|n| write!(text, "{}[^n{n}] ", words(code, n, 1)).unwrap());
            text.push('\n');
            (0..200).for_each(|n| write!(text, "\n[^n{n}]: {}\n", words(code, n, 3)).unwrap());
            text
        })
    });
    judge(&of_texts(FACTS, &texts, &FONTS), &FONTS);
}

#[test]
fn notes_that_are_long_and_many_start_by_their_marks() {
    let texts = ["ar", "en"].map(|code| {
        text(code, |code| {
            let mut text = String::new();
            (0..40).for_each(|n| write!(text, "{}[^n{n}]\n\n", words(code, n, 8 + 11 * (n % 4))).unwrap());
            (0..40).for_each(|n| write!(text, "[^n{n}]: {}\n\n", words(code, n, 5 + (n * n * 37) % 400)).unwrap());
            text
        })
    });
    judge(&of_texts(FACTS, &texts, &FONTS), &FONTS);
}

#[test]
fn rows_of_very_unequal_length_share_their_tops() {
    let length = |code: &str, n: usize| if (code == "ar") == n.is_multiple_of(2) { 900 } else { 4 };
    let texts = ["ar", "en"].map(|code| {
        text(code, |code| {
            (0..6)
                .map(|n| format!("{}. {}\n\n", n + 1, words(code, n, length(code, n))))
                .collect()
        })
    });
    let work = of_texts(FACTS, &texts, &FONTS);
    judge(&work, &FONTS);
    let edition = Edition::build(&work, work.facts.languages.clone(), &Template::builtin(), &FONTS).unwrap();
    for (row, content) in edition
        .flow
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.cells.len() == 2)
    {
        let first = |column: usize| {
            let mut pages = edition.pages.iter().enumerate();
            pages.find_map(|(number, page)| {
                let line = page.lines.iter().find(|l| l.origin == Origin::Row { row, column })?;
                Some((number, line.at.y - edition.line(line).ascent))
            })
        };
        let (left, right) = (first(0).unwrap(), first(1).unwrap());
        let same = left.0 == right.0 && (left.1 - right.1).abs() < Abs::pt(0.1);
        assert!(
            same || content.cells.iter().flatten().any(starts_low),
            "row {row} starts at {left:?} and {right:?}"
        );
    }
}

/// Whether a cell leaves room above its first line, as the parts of a masthead do.
fn starts_low(cell: &FlowCell) -> bool {
    cell.units.first().is_some_and(|unit| unit.lines.len() > 1)
}

#[test]
fn an_empty_paragraph_in_one_language_leaves_its_place_empty() {
    let texts = ["ar", "en"].map(|code| {
        text(code, |code| {
            (0..30)
                .map(|n| format!("{}. {}\n\n", n + 1, words(code, n, 60)))
                .collect()
        })
    });
    let mut work = of_texts(FACTS, &texts, &FONTS);
    for expression in &mut work.expressions {
        let odd = usize::from(expression.language == Language::ARABIC);
        for block in expression.blocks.iter_mut().skip(1 + odd).step_by(2) {
            if let Block::Paragraph(paragraph) = block {
                paragraph.content.clear();
                paragraph.label = None;
            }
        }
    }
    judge(&work, &FONTS);
}

#[test]
fn a_title_higher_than_a_page_goes_on() {
    let texts = ["ar", "en"].map(|code| {
        (
            code,
            format!(
                "# {}\n\n*{}*,\n\n{}\n",
                words(code, 0, 250),
                words(code, 0, 3),
                words(code, 9, 40)
            ),
        )
    });
    judge(&of_texts(FACTS, &texts, &FONTS), &FONTS);
}

#[test]
fn a_table_longer_than_a_page_goes_on() {
    let texts = ["ar", "en"].map(|code| {
        text(code, |code| {
            let mut text = format!(
                "{}\n\n## {}\n\n| a | b |\n|---|---|\n",
                words(code, 0, 20),
                words(code, 0, 2)
            );
            (0..90).for_each(|n| {
                writeln!(
                    text,
                    "| {} | {} |",
                    words(code, n, 1 + n % 9),
                    words(code, n, n % 31 + 1)
                )
                .unwrap();
            });
            text
        })
    });
    judge(&of_texts(FACTS, &texts, &FONTS), &FONTS);
}

#[test]
fn three_languages_stand_beside_each_other_and_facing() {
    let texts = ["ar", "en", "fr"].map(|code| {
        text(code, |code| {
            let mut text = String::new();
            (0..25).for_each(|n| write!(text, "{}. {}[^n{n}]\n\n", n + 1, words(code, n, 20 + n * 5 % 90)).unwrap());
            (0..25).for_each(|n| write!(text, "[^n{n}]: {}\n\n", words(code, n, 5 + n)).unwrap());
            text
        })
    });
    judge(&of_texts(FACTS, &texts, &FONTS), &FONTS);
}

fn official_work(fonts: &Fonts) -> Work {
    open(Path::new("documents/a-res-61-180"), fonts)
}

fn official_edition<'a>(work: &'a Work, breaks: Breaks, fonts: &Fonts) -> Edition<'a> {
    let plan = Plan {
        breaks,
        ..Plan::of(work, vec![Language::ARABIC])
    };
    Edition::planned(work, plan, &Template::builtin(), fonts).unwrap()
}

/// For every block of an edition, the letters before each of its lines but the first.
fn line_starts(edition: &Edition) -> BTreeMap<usize, Vec<usize>> {
    let rows = edition.flow.rows.iter().zip(&edition.composed.setting.rows);
    let starts = rows.filter_map(|(row, typeset)| {
        let RowRole::Block(block) = typeset.role else {
            return None;
        };
        let mut letters = 0;
        let mut starts = Vec::new();
        for line in &row.cells[0].as_ref()?.cell.lines {
            starts.push(letters);
            letters += inked(&line.text);
        }
        Some((block, starts.into_iter().skip(1).collect()))
    });
    starts.collect()
}

/// The numbers of the notes that start on each page.
fn notes_of_pages(edition: &Edition) -> Vec<Vec<usize>> {
    let of_page = |page: &qarar::page::Page| {
        let notes = page.lines.iter().filter(|line| line.line == 0);
        notes
            .filter_map(|line| {
                if let Origin::Note { note, .. } = line.origin {
                    Some(note + 1)
                } else {
                    None
                }
            })
            .collect()
    };
    edition.pages.iter().map(of_page).collect()
}

#[test]
fn most_lines_and_every_note_fall_where_the_official_edition_has_them() {
    let work = official_work(&FONTS);
    let official = official_layout(&work).unwrap().unwrap();
    let edition = official_edition(&work, Breaks::Natural, &FONTS);
    let starts = line_starts(&edition);
    // A line that the official edition starts with a page is no inner break.
    let is_page =
        |block: usize, letters: usize| official.pages.iter().any(|p| p.block == block && p.letters == letters);
    let (mut agree, mut all) = (0, 0);
    for (block, lines) in official.blocks.iter().enumerate() {
        for letters in lines.iter().filter(|letters| !is_page(block, **letters)) {
            all += 1;
            agree += usize::from(starts[&block].contains(letters));
        }
    }
    assert_eq!(all, 88);
    assert!(agree >= 66, "{agree} of {all} lines break where the official ones do");
    assert_eq!(
        notes_of_pages(&edition),
        [vec![1, 2, 3, 4], vec![5, 6], vec![7], vec![], vec![]]
    );
}

#[test]
fn official_lines_and_pages_are_kept_one_by_one() {
    let work = official_work(&FONTS);
    let official = official_layout(&work).unwrap().unwrap();
    let edition = official_edition(&work, Breaks::Lines, &FONTS);
    let starts = line_starts(&edition);
    for (block, lines) in official.blocks.iter().enumerate() {
        assert_eq!(&starts[&block], lines, "paragraph {}", block + 1);
    }
    for breaks in [Breaks::Lines, Breaks::Pages] {
        let edition = official_edition(&work, breaks, &FONTS);
        every_line_once(&edition);
        inside_and_apart(&edition);
        assert_eq!(
            first_words(&edition)[1..],
            [(4, 0), (11, 125), (17, 191), (25, 0)],
            "{breaks:?}"
        );
    }
    // The lines of the facsimile are filled, but for the last of each paragraph.
    let rows = edition.flow.rows.iter().zip(&edition.composed.setting.rows);
    for (row, _) in rows.filter(|(_, typeset)| matches!(typeset.role, RowRole::Block(_))) {
        let cell = &row.cells[0].as_ref().unwrap().cell;
        for line in cell.lines.iter().rev().skip(1) {
            let left = line.runs.first().unwrap().left();
            // A comma at the end hangs into the margin.
            let filled = left < Abs::pt(0.1) && left > -line.runs[0].size * 0.3;
            assert!(filled, "`{}` ends {left:?} off the edge", line.text);
        }
    }
}

/// Where the text of each page starts: the block, and the letters of it that stand before.
fn first_words(edition: &Edition) -> Vec<(usize, usize)> {
    let of_page = |page: &qarar::page::Page| {
        let first = page.lines.iter().find_map(|line| match line.origin {
            Origin::Row { row, .. } => Some((row, line.line)),
            Origin::Note { .. } => None,
        });
        let (row, line) = first.unwrap();
        let RowRole::Block(block) = edition.composed.setting.rows[row].role else {
            return (0, 0);
        };
        let lines = &edition.flow.rows[row].cells[0].as_ref().unwrap().cell.lines;
        (block, lines[..line].iter().map(|line| inked(&line.text)).sum())
    };
    edition.pages.iter().map(of_page).collect()
}

#[test]
fn facing_pages_break_in_step() {
    let work = official_work(&FONTS);
    let plan = Plan {
        arrangement: Arrangement::Facing,
        ..Plan::of(&work, work.facts.languages.clone())
    };
    let edition = Edition::planned(&work, plan, &Template::builtin(), &FONTS).unwrap();
    assert_eq!(edition.pages.len() % 2, 0);
    for opening in edition.pages.chunks(2) {
        let rows = |page: &qarar::page::Page| {
            let mut rows: Vec<usize> = page
                .lines
                .iter()
                .filter_map(|line| match line.origin {
                    Origin::Row { row, .. } => Some(row),
                    Origin::Note { .. } => None,
                })
                .collect();
            rows.dedup();
            rows
        };
        let (right, left) = (rows(&opening[0]), rows(&opening[1]));
        // A row may have ended on one page and go on on the other; the notice of an unofficial text is English alone.
        let common = right.iter().filter(|row| left.contains(row)).count();
        assert!(common + 1 >= right.len().min(left.len()), "{right:?} faces {left:?}");
    }
}

#[test]
fn the_bytes_do_not_hang_on_the_number_of_threads() {
    let texts = ["ar", "en"].map(|code| {
        text(code, |code| {
            let mut text = String::new();
            (0..120).for_each(|n| write!(text, "{}. {}[^n{n}]\n\n", n + 1, words(code, n, 60 + n)).unwrap());
            (0..120).for_each(|n| write!(text, "[^n{n}]: {}\n\n", words(code, n, 9)).unwrap());
            text
        })
    });
    let work = of_texts(FACTS, &texts, &FONTS);
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let edition = Edition::build(&work, work.facts.languages.clone(), &Template::builtin(), &FONTS).unwrap();
            pdf(&edition, Default::default()).unwrap()
        })
    };
    let one = build(1);
    assert!(
        one == build(4) && one == build(3),
        "the edition differs by the number of threads"
    );
}
