//! What stands on which page of each edition: `tests/pdf/NAME.toml` says what must, poppler says what does.
//!
//! A note belongs on the page of its mark; the running symbol and the page number on every page but the first; title
//! and author into the properties of the file. Phrases are looked for with white space folded, so that line breaks do
//! not matter.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::faults::{Faults, Outcome};
use crate::process::{command, output};
use crate::project::{Project, editions_below, files_below};

/// What a document's editions must hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// The symbol that runs at the head of the pages.
    symbol: String,
    /// By the name of the edition: `ar`, `ar-en`.
    editions: BTreeMap<String, WantedEdition>,
    /// The notes in the order of their numbers, each by language.
    notes: Vec<BTreeMap<String, WantedNote>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedEdition {
    languages: Vec<String>,
    pages: usize,
    title: String,
    author: String,
    /// The numbers of the notes at the foot of page 1, 2, …; where it is not given each note only follows its mark.
    notes: Option<Vec<Vec<usize>>>,
    /// Phrases by the number of the page that must hold them.
    #[serde(default)]
    page: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedNote {
    /// The first mark with the words that lead to it.
    mark: String,
    /// The note as it stands at the foot, with its number.
    text: String,
}

/// What an edition holds.
struct Found {
    title: String,
    author: String,
    pages: Vec<String>,
}

/// The step `text`: every PDF below the folder holds what is wanted of it, and no wanted one is missing.
pub(crate) fn check(project: &Project, folder: &Path) -> Outcome {
    let mut wanted = wanted_of_all(project)?;
    let mut faults = Vec::new();
    for (document, edition, path) in editions_below(folder)? {
        let name = format!("{document}/{edition}.pdf");
        let Some(document) = wanted.get_mut(&document) else {
            faults.push(format!(
                "{name}: there is no tests/pdf/{document}.toml that says what it must hold"
            ));
            continue;
        };
        let Some(edition) = document.editions.remove(&edition) else {
            faults.push(format!("{name}: its file in tests/pdf has no [editions.{edition}]"));
            continue;
        };
        let found = read(project, &path)?;
        let here = compare(document, &edition, &found);
        println!("{name}: {} pages, {} faults", found.pages.len(), here.len());
        faults.extend(here.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    for (document, wanted) in wanted {
        faults.extend(
            wanted
                .editions
                .into_keys()
                .map(|edition| format!("{document}/{edition}.pdf: is not built")),
        );
    }
    Faults::outcome(faults)
}

fn wanted_of_all(project: &Project) -> Result<BTreeMap<String, Wanted>, Faults> {
    let mut all = BTreeMap::new();
    for path in files_below(&project.root().join("tests/pdf"))? {
        let (Some(stem), true) = (
            path.file_stem(),
            path.extension().is_some_and(|extension| extension == "toml"),
        ) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).map_err(|error| Faults::file(&path, &error))?;
        let wanted = toml::from_str(&text).map_err(|error| Faults::one(format!("{}: {error}", path.display())))?;
        all.insert(stem.to_string_lossy().into_owned(), wanted);
    }
    Ok(all)
}

fn read(project: &Project, path: &Path) -> Result<Found, Faults> {
    let properties = output(command(project, "pdfinfo").args(["-enc", "UTF-8"]).arg(path))?;
    let property = |name: &str| {
        let value = properties
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        value.unwrap_or_default().trim().to_owned()
    };
    let mut reader = command(project, project.python());
    reader
        .arg("tests/extraction/readers.py")
        .arg(path)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let text = output(&mut reader)?;
    // A form feed ends every page.
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    Ok(Found {
        title: property("Title"),
        author: property("Author"),
        pages,
    })
}

fn compare(document: &Wanted, edition: &WantedEdition, found: &Found) -> Vec<String> {
    let mut faults = Vec::new();
    for (what, wanted, found) in [
        ("title", &edition.title, &found.title),
        ("author", &edition.author, &found.author),
    ] {
        if wanted != found {
            faults.push(format!("its {what} is `{found}`, not `{wanted}`"));
        }
    }
    if found.pages.len() != edition.pages {
        faults.push(format!("it has {} pages, not {}", found.pages.len(), edition.pages));
    }
    faults.extend(furniture_faults(&document.symbol, &found.pages));
    let folded: Vec<String> = found.pages.iter().map(|page| fold(page)).collect();
    for (page, phrases) in &edition.page {
        let text = page
            .parse()
            .ok()
            .and_then(|number: usize| folded.get(number.checked_sub(1)?));
        for phrase in phrases {
            if text.is_none_or(|text| !text.contains(&fold(phrase))) {
                faults.push(format!("page {page} does not hold `{phrase}`"));
            }
        }
    }
    for (place, note) in document.notes.iter().enumerate() {
        let page = edition
            .notes
            .as_ref()
            .map(|pages| pages.iter().position(|notes| notes.contains(&(place + 1))));
        for language in &edition.languages {
            let fault = match note.get(language) {
                None => Some("tests/pdf does not say what it is".to_owned()),
                Some(note) => note_fault(note, page.map(|page| page.map_or(0, |page| page + 1)), &folded),
            };
            faults.extend(fault.map(|fault| format!("note {} ({language}): {fault}", place + 1)));
        }
    }
    faults
}

/// The symbol and the number stand on lines of their own from the second page on, and no number on the first.
fn furniture_faults(symbol: &str, pages: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, page) in (1..).zip(pages) {
        let lines: BTreeSet<&str> = page.lines().map(str::trim).collect();
        let numbered = lines.contains(number.to_string().as_str());
        if number == 1 && numbered {
            faults.push("page 1 has a page number".to_owned());
        }
        if number > 1 && !numbered {
            faults.push(format!("page {number} has no page number"));
        }
        if number > 1 && !lines.contains(symbol) {
            faults.push(format!("page {number} has no running symbol {symbol}"));
        }
    }
    faults
}

/// What is wrong with a note: `page` is where it must stand, where that is said; pages are counted from 1.
fn note_fault(note: &WantedNote, page: Option<usize>, pages: &[String]) -> Option<String> {
    let holding = |phrase: &str| -> Vec<usize> {
        let phrase = fold(phrase);
        (1..)
            .zip(pages)
            .filter(|(_, text)| text.contains(&phrase))
            .map(|(number, _)| number)
            .collect()
    };
    let (marks, texts) = (holding(&note.mark), holding(&note.text));
    match (marks.as_slice(), texts.as_slice()) {
        ([], _) => Some(format!("its mark `{}` stands nowhere", note.mark)),
        (_, []) => Some(format!("its text `{}` stands nowhere", note.text)),
        (_, [_, _, ..]) => Some(format!("its text `{}` stands on pages {texts:?}", note.text)),
        ([mark, ..], [text]) if mark != text => Some(format!("its mark is on page {mark}, its text on page {text}")),
        (_, [text]) => match page {
            Some(page) if page != *text => Some(format!("it stands on page {text}, not {page}")),
            _ => None,
        },
    }
}

/// A text with its white space folded and without marks of direction, which stand where a reader would otherwise turn
/// what is beside them (`docs/text.md`) and which a search ignores.
fn fold(text: &str) -> String {
    let text = text.replace(['\u{200e}', '\u{200f}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = r#"
        symbol = "S/1"
        [editions.en]
        languages = ["en"]
        pages = 2
        title = "T"
        author = "A"
        notes = [[1], [2]]
        page.2 = ["the end"]
        [[notes]]
        en = { mark = "one1", text = "1 First." }
        [[notes]]
        en = { mark = "two,2", text = "2 Second." }
    "#;

    fn faults(title: &str, pages: &[&str]) -> Vec<String> {
        let wanted: Wanted = toml::from_str(WANTED).expect("well formed");
        let found = Found {
            title: title.to_owned(),
            author: "A".to_owned(),
            pages: pages.iter().map(|page| (*page).to_owned()).collect(),
        };
        compare(&wanted, &wanted.editions["en"], &found)
    }

    /// If it fails, a note on the wrong page, a lost running head or a wrong title gets past the test run.
    #[test]
    fn what_is_not_where_it_belongs_is_told() {
        assert_eq!(
            faults("T", &["S/1\none1 and\n1 First.", "S/1\ntwo,2 the\nend\n2 Second.\n2"]),
            [""; 0]
        );
        assert_eq!(
            faults("U", &["one1\n1", "two,2\n1 First.\n2 Second.\n2 Second."]),
            [
                "its title is `U`, not `T`",
                "page 1 has a page number",
                "page 2 has no page number",
                "page 2 has no running symbol S/1",
                "page 2 does not hold `the end`",
                "note 1 (en): its mark is on page 1, its text on page 2",
            ]
        );
        assert_eq!(
            faults("T", &["S/1 one1 two,2 2 Second."]),
            [
                "it has 1 pages, not 2",
                "page 2 does not hold `the end`",
                "note 1 (en): its text `1 First.` stands nowhere",
                "note 2 (en): it stands on page 1, not 2",
            ]
        );
    }
}
