//! The report of comparisons as one page of HTML that needs nothing else: no server, no network, no fonts.
//!
//! Both layouts stand side by side, or one over the other with a slider between them; changed lines are marked, and a
//! list of the differences jumps to them. Where there is a picture of a page it is shown, otherwise its lines are drawn
//! as text in their places, and the page says so.

mod drawing;
mod extent;

use super::compare::{Comparison, Finding, Letters, Spot};
use super::junit::escaped;
use super::snapshot::{Layout, Page};
use drawing::Marked;
use qarar_text::{Direction, Language};
use std::collections::BTreeMap;

/// An edition for the report.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// What differs.
    pub comparison: &'a Comparison,
    /// The layouts: the reference and the other one.
    pub layouts: (&'a Layout, &'a Layout),
    /// The pictures of the pages of both, as PNG, by page; one that is not there is empty.
    pub pictures: (&'a [Vec<u8>], &'a [Vec<u8>]),
}

/// More pages of an edition are not drawn.
const MOST_PAGES: usize = 60;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Writes the report.
pub fn html(editions: &[Shown<'_>]) -> String {
    let total: usize = editions.iter().map(|shown| shown.comparison.findings.len()).sum();
    let title = match total {
        0 => "No difference".to_owned(),
        1 => "1 difference".to_owned(),
        n => format!("{n} differences"),
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"qarar\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} · qarar compare</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"beside\">\n"
    );
    out.push_str(&format!(
        "<a class=\"skip\" href=\"#pages\">Skip to the pages</a>\n<header>\n<h1>{title}</h1>\n{CONTROLS}</header>\n"
    ));
    out.push_str("<div class=\"frame\">\n<nav aria-label=\"Differences\">\n");
    for (number, shown) in editions.iter().enumerate() {
        list(&mut out, number, shown);
    }
    out.push_str("</nav>\n<main id=\"pages\" tabindex=\"-1\">\n");
    for (number, shown) in editions.iter().enumerate() {
        pages(&mut out, number, shown);
    }
    out.push_str(&format!(
        "</main>\n</div>\n<p id=\"status\" class=\"status\" role=\"status\" aria-live=\"polite\"></p>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    ));
    out
}

const CONTROLS: &str = r#"<div class="controls" role="toolbar" aria-label="View">
<button type="button" id="prev" aria-keyshortcuts="k">Previous <kbd>k</kbd></button>
<button type="button" id="next" aria-keyshortcuts="j">Next <kbd>j</kbd></button>
<button type="button" id="beside" aria-pressed="true" aria-keyshortcuts="1">Side by side <kbd>1</kbd></button>
<button type="button" id="overlay" aria-pressed="false" aria-keyshortcuts="2">Overlay <kbd>2</kbd></button>
<label for="mix">Reference <input type="range" id="mix" min="0" max="100" value="50" aria-keyshortcuts="[ ]"> Actual <kbd>[</kbd> <kbd>]</kbd></label>
</div>
"#;

fn list(out: &mut String, number: usize, shown: &Shown<'_>) {
    let comparison = shown.comparison;
    out.push_str(&format!(
        "<section>\n<h2><bdi>{}</bdi></h2>\n",
        escaped(&comparison.name)
    ));
    for remark in &comparison.remarks {
        out.push_str(&format!("<p>{}</p>\n", quotes(&remark.to_string())));
    }
    if comparison.is_same() {
        out.push_str(&format!(
            "<p>The same, by {}.</p>\n</section>\n",
            comparison.level.name()
        ));
        return;
    }
    out.push_str("<ol>\n");
    for finding in &comparison.findings {
        out.push_str(&item(number, finding));
    }
    out.push_str("</ol>\n</section>\n");
}

fn item(number: usize, finding: &Finding) -> String {
    let ids = |side: char, spots: &[Spot]| {
        spots
            .iter()
            .map(|spot| id(number, side, spot))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let all = format!("{} {}", ids('r', &finding.reference), ids('a', &finding.actual));
    let page = finding
        .actual
        .first()
        .or(finding.reference.first())
        .map_or(1, |spot| spot.page);
    let follows = match finding.consequences_told().as_slice() {
        [] => String::new(),
        list => format!("<span class=\"so\">so {}</span>", quotes(&list.join(", "))),
    };
    let level = finding.level().name();
    format!(
        "<li><a class=\"finding {level}\" href=\"#e{number}p{page}\" data-lines=\"{}\"><span class=\"level\">{level}</span> \
         <span>{}</span>{follows}</a></li>\n",
        all.trim(),
        quotes(&finding.message()),
    )
}

/// Text with what stands between backticks isolated, so that Arabic words keep to themselves in an English sentence.
fn quotes(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            out.push_str(&format!("<bdi class=\"quoted\">{}</bdi>", escaped(part)));
        } else {
            out.push_str(&escaped(part));
        }
    }
    out
}

fn id(number: usize, side: char, spot: &Spot) -> String {
    let letters = spot.letters.map(|letters| format!("_{}-{}", letters.from, letters.to));
    format!(
        "e{number}{side}{}-{}{}",
        spot.page,
        spot.line,
        letters.unwrap_or_default()
    )
}

/// The pages that the report of a comparison shows, counted from 1.
pub fn shown_pages(comparison: &Comparison) -> Vec<usize> {
    let mut pages = touched(comparison);
    pages.truncate(MOST_PAGES);
    pages
}

/// The pages that something is told of, counted from 1.
fn touched(comparison: &Comparison) -> Vec<usize> {
    let mut pages: Vec<usize> = Vec::new();
    for finding in &comparison.findings {
        pages.extend(finding.reference.iter().chain(&finding.actual).map(|spot| spot.page));
    }
    if pages.is_empty() && !comparison.is_same() {
        pages.push(1);
    }
    pages.sort_unstable();
    pages.dedup();
    pages
}

fn pages(out: &mut String, number: usize, shown: &Shown<'_>) {
    let comparison = shown.comparison;
    let touched = touched(comparison);
    if touched.is_empty() {
        return;
    }
    let language = shown.layouts.0.languages.first().or(shown.layouts.1.languages.first());
    let is_rtl = language
        .and_then(|code| Language::known(code))
        .is_some_and(|language| language.direction() == Direction::RightToLeft);
    let dir = if is_rtl { "rtl" } else { "ltr" };
    out.push_str(&format!(
        "<section aria-label=\"{}\">\n<h2><bdi>{}</bdi></h2>\n",
        escaped(&comparison.name),
        escaped(&comparison.name)
    ));
    let drawn = &touched[..touched.len().min(MOST_PAGES)];
    for page in drawn {
        out.push_str(&format!(
            "<article id=\"e{number}p{page}\" class=\"pair\" dir=\"{dir}\" tabindex=\"-1\">\n"
        ));
        out.push_str(&format!("<h3 dir=\"ltr\">Page {page}</h3>\n"));
        let sides = sides(shown, *page);
        out.push_str(&about(&sides));
        out.push_str("<div class=\"sides\">\n");
        for side in &sides {
            let name = side.name;
            out.push_str(&format!(
                "<figure class=\"{name}\">\n<figcaption dir=\"ltr\">{name}</figcaption>\n"
            ));
            match side.content {
                Some(content) => {
                    let id = |line: usize, letters: Option<Letters>| {
                        let spot = Spot {
                            letters,
                            ..Spot::line(*page, line)
                        };
                        id(number, side.letter, &spot)
                    };
                    drawing::page(out, content, side.picture, &side.marked, id);
                }
                None => out.push_str("<p class=\"none\" dir=\"ltr\">There is no such page.</p>\n"),
            }
            out.push_str("</figure>\n");
        }
        out.push_str("</div>\n</article>\n");
    }
    if touched.len() > drawn.len() {
        out.push_str(&format!(
            "<p>{}; not drawn.</p>\n",
            match touched.len() - drawn.len() {
                1 => "1 more page differs".to_owned(),
                more => format!("{more} more pages differ"),
            }
        ));
    }
    out.push_str("</section>\n");
}

/// A page of a side.
struct Side<'a> {
    /// What its ids have.
    letter: char,
    name: &'static str,
    content: Option<&'a Page>,
    picture: Option<&'a [u8]>,
    marked: BTreeMap<usize, Marked>,
}

fn sides<'a>(shown: &Shown<'a>, page: usize) -> [Side<'a>; 2] {
    let side = |letter, name, layout: &'a Layout, pictures: &'a [Vec<u8>], spots: fn(&Finding) -> &Vec<Spot>| {
        let mut marked: BTreeMap<usize, Marked> = BTreeMap::new();
        let findings = &shown.comparison.findings;
        for spot in findings.iter().flat_map(spots).filter(|spot| spot.page == page) {
            let line = marked.entry(spot.line).or_default();
            match spot.letters {
                Some(letters) => {
                    line.parts.insert(letters);
                }
                None => line.whole = true,
            }
        }
        let picture = pictures.get(page - 1).filter(|picture| !picture.is_empty());
        Side {
            letter,
            name,
            content: layout.pages.get(page - 1),
            picture: picture.map(Vec::as_slice),
            marked,
        }
    };
    [
        side('r', "reference", shown.layouts.0, shown.pictures.0, |finding| {
            &finding.reference
        }),
        side('a', "actual", shown.layouts.1, shown.pictures.1, |finding| {
            &finding.actual
        }),
    ]
}

/// What is to be known of a page before its sides are looked at.
fn about(sides: &[Side<'_>]) -> String {
    let mut out = String::new();
    let is_drawn = |side: &&Side<'_>| side.content.is_some() && side.picture.is_none();
    let drawn: Vec<&str> = sides.iter().filter(is_drawn).map(|side| side.name).collect();
    let (whose, they_are) = match drawn.as_slice() {
        [] => (None, ""),
        [name] => (Some(format!("The {name}")), "is"),
        _ => (Some("Both sides".to_owned()), "are"),
    };
    if let Some(whose) = whose {
        out.push_str(&format!(
            "<p class=\"about\" dir=\"ltr\">{whose} {they_are} drawn from the layout, not from the page: each line as plain text in its \
             place, without rules, pictures, raised marks, and italics or bold inside of a line. None of that is a \
             difference.</p>\n"
        ));
    }
    let has_parts = |side: &Side<'_>| side.picture.is_some() && side.marked.values().any(|line| !line.parts.is_empty());
    if sides.iter().any(has_parts) {
        out.push_str(
            "<p class=\"about\" dir=\"ltr\">A layout tells where lines stand, not words: on a picture the mark of a word is \
             about where the word is.</p>\n",
        );
    }
    out
}
