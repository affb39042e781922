//! What `qarar compare` says of one change at a time: it is found, named as an editor would, and nothing else is told.

#![allow(clippy::panic, reason = "a test that fails panics")]

use std::fs;
use std::path::Path;

use qarar::edition::Edition;
use qarar::layout::{Comparison, Layout, Level, Options, compare, read_pdf};
use qarar::locale::Language;
use qarar::typeset::Template;

use crate::document::FONTS;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The Arabic edition of the resolution, with changes to its text or to the template.
fn layout(edit: impl Fn(&str) -> String, template: &Template) -> Layout {
    let source = Path::new(ROOT).join("documents/a-res-61-180");
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join("a-res-61-180");
    fs::create_dir(&document).expect("a folder");
    for entry in fs::read_dir(source).expect("the document") {
        let path = entry.expect("an entry").path();
        // The lines of the official edition would hold the changed text to what it was.
        let is_text = path.extension().is_some_and(|ending| ending == "md");
        if !is_text && !path.ends_with("document.toml") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a text");
        let text = if is_text {
            edit(&text)
        } else {
            text.lines()
                .filter(|line| !line.starts_with("reference"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        fs::write(document.join(path.file_name().expect("a name")), text).expect("a file");
    }
    let opened = qarar::open(&document, &FONTS).unwrap_or_else(|faults| panic!("{faults}"));
    let edition = Edition::build(&opened.work, vec![Language::Arabic], template, &FONTS).expect("an edition");
    Layout::from(&edition)
}

fn plain() -> Layout {
    layout(str::to_owned, &Template::builtin())
}

/// What is told of a change of the text.
fn told(edit: impl Fn(&str) -> String) -> Vec<String> {
    messages(&compare(
        &plain(),
        &layout(edit, &Template::builtin()),
        Options::default(),
    ))
}

fn messages(comparison: &Comparison) -> Vec<String> {
    comparison
        .findings
        .iter()
        .map(qarar::layout::Finding::message)
        .collect()
}

/// If it fails, an editor is told of a difference where there is none.
#[test]
fn the_same_edition_has_no_difference() {
    assert_eq!(
        messages(&compare(&plain(), &plain(), Options::default())),
        Vec::<String>::new()
    );
}

/// If it fails, a word that was added is not told, or what follows from it is told as if it were more.
#[test]
fn a_word_that_was_added_is_told_alone() {
    let found = told(|text| text.replacen("تدابير للتصديق على اتفاقية", "تدابير عاجلة للتصديق على اتفاقية", 1));
    assert_eq!(found, ["operative 3: `عاجلة` added after `تدابير`"]);
}

/// If it fails, an editor reads a list of moved notes and other line breaks in place of the note that is gone.
#[test]
fn a_note_that_was_removed_is_told_alone() {
    let found = told(|text| {
        let lines = text.lines().filter(|line| !line.starts_with("[^3]:"));
        lines
            .map(|line| line.replace("[^3]", ""))
            .collect::<Vec<_>>()
            .join("\n")
    });
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("note 3 removed: "), "{found:#?}");
}

/// The text with the second mark of note 3, which stands in operative 4, taken out or put behind other words.
fn with_mark_of_note_3(text: &str, after: &[&str]) -> String {
    let (first, last) = (
        text.find("[^3]").expect("a mark"),
        text.find("[^3]:").expect("the note"),
    );
    let second = text[first + 1..last].rfind("[^3]").expect("a second mark") + first + 1;
    let without = [&text[..second], &text[second + 4..]].concat();
    let put = |text: String, words: &&str| text.replacen(words, &format!("{words}[^3]"), 1);
    after.iter().fold(without, put)
}

/// If it fails, an editor reads of another size of the font of a paragraph in place of the mark that is gone, or has come.
#[test]
fn a_mark_that_went_or_came_is_told_alone() {
    let without = layout(|text| with_mark_of_note_3(text, &[]), &Template::builtin());
    for (reference, actual, what) in [(plain(), without.clone(), "removed"), (without, plain(), "added")] {
        let found = messages(&compare(&reference, &actual, Options::default()));
        let begin = format!("operative 4: mark of note 3 {what} after `");
        assert!(found.len() == 1 && found[0].starts_with(&begin), "{found:#?}");
    }
}

/// If it fails, a mark that somebody put into another paragraph is told as one that is gone and one that has come.
#[test]
fn a_mark_that_was_moved_is_told_as_such() {
    let found = told(|text| with_mark_of_note_3(text, &["تدابير للتصديق", "taking measures to ratify"]));
    let begin = "mark of note 3 moved from operative 4 to operative 3 after `";
    assert!(found.len() == 1 && found[0].starts_with(begin), "{found:#?}");
}

/// If it fails, an editor does not read with the note that its mark is gone too.
#[test]
fn a_mark_goes_with_its_note() {
    let comparison = compare(
        &plain(),
        &layout(
            |text| {
                let lines = text.lines().filter(|line| !line.starts_with("[^4]:"));
                lines
                    .map(|line| line.replace("[^4]", ""))
                    .collect::<Vec<_>>()
                    .join("\n")
            },
            &Template::builtin(),
        ),
        Options::default(),
    );
    let told: Vec<String> = comparison.findings.iter().map(ToString::to_string).collect();
    assert!(
        told.len() == 1 && told[0].contains("mark of note 4 removed in "),
        "{told:#?}"
    );
}

/// If it fails, two notes that were exchanged are told as words that changed.
#[test]
fn notes_that_were_swapped_are_told_as_such() {
    let found = told(|text| {
        text.replace("[^2]:", "[^x]:")
            .replace("[^3]:", "[^2]:")
            .replace("[^x]:", "[^3]:")
    });
    assert_eq!(found, ["note 2 and note 3 swapped"]);
}

/// If it fails, one paragraph that went is told as changes of all that are counted after it.
#[test]
fn a_paragraph_that_was_removed_is_told_alone() {
    let found = told(|text| {
        let counted_anew = |line: &str| match line
            .split_once(". ")
            .and_then(|(n, rest)| Some((n.parse::<u8>().ok()?, rest)))
        {
            Some((number, rest)) if number > 7 => format!("{}. {rest}", number - 1),
            _ => line.to_owned(),
        };
        let lines = text.lines().filter(|line| !line.starts_with("7. "));
        lines.map(counted_anew).collect::<Vec<_>>().join("\n")
    });
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("operative 7 removed: "), "{found:#?}");
}

/// If it fails, a font of another version gets into print unseen.
#[test]
fn a_font_of_another_version_is_told_alone() {
    let mut changed = plain();
    for font in changed.fonts.iter_mut().filter(|font| font.name.starts_with("Amiri")) {
        font.version = Some("1.003".to_owned());
    }
    let found = messages(&compare(&plain(), &changed, Options::default()));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("the font Amiri changed from version 1.002 to 1.003"),
        "{found:#?}"
    );
}

/// If it fails, a margin that moved by a tenth of a point is not seen, or told line by line.
#[test]
fn a_margin_that_moved_by_a_tenth_of_a_point_is_told_alone() {
    let mut changed = plain();
    for column in &mut changed.columns {
        column.left += 0.1;
        column.right += 0.1;
    }
    for line in changed.pages.iter_mut().flat_map(|page| &mut page.lines) {
        if !line.paragraph.starts_with("page ") {
            line.left = line.left.map(|left| left + 0.1);
            line.right = line.right.map(|right| right + 0.1);
        }
    }
    assert_eq!(
        messages(&compare(&plain(), &changed, Options::default())),
        ["the text moved right by 0.1 pt"]
    );
}

/// If it fails, text that starts lower is told page by page or line by line.
#[test]
fn lines_that_moved_down_together_are_told_together() {
    let mut changed = plain();
    let mut lines = 0;
    for line in changed.pages[1]
        .lines
        .iter_mut()
        .filter(|line| !line.paragraph.starts_with("page "))
    {
        if !line.paragraph.starts_with("note ") {
            line.baseline = line.baseline.map(|baseline| baseline + 1.2);
            lines += 1;
        }
    }
    let found = messages(&compare(&plain(), &changed, Options::default()));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with(&format!("{lines} lines moved down by 1.2 pt: ")),
        "{found:#?}"
    );
}

/// If it fails, an empty page in the middle is told as moves of all that comes after it.
#[test]
fn a_page_that_was_added_is_told_alone() {
    let mut changed = plain();
    changed.pages.insert(2, qarar::layout::Page::default());
    for (index, page) in changed.pages.iter_mut().enumerate() {
        page.number = index + 1;
    }
    assert_eq!(
        messages(&compare(&plain(), &changed, Options::default())),
        ["page 3 added: empty"]
    );
}

/// If it fails, a note that went to another page is told as removed and added.
#[test]
fn a_note_on_another_page_is_told_as_moved() {
    let mut changed = plain();
    let at = changed.pages[1]
        .lines
        .iter()
        .position(|line| line.paragraph == "note 5")
        .expect("note 5 is on page 2");
    let note = changed.pages[1].lines.remove(at);
    changed.pages[2].lines.push(note);
    assert_eq!(
        messages(&compare(&plain(), &changed, Options::default())),
        ["note 5 moved from page 2 to page 3"]
    );
}

/// If it fails, lines with other elongations are told one by one, or not at all.
#[test]
fn other_elongations_are_told_once() {
    let mut changed = plain();
    let lines = changed
        .pages
        .iter_mut()
        .flat_map(|page| &mut page.lines)
        .filter(|line| !line.joints.is_empty());
    let mut count = 0;
    for line in lines {
        line.joints.clear();
        count += 1;
    }
    let found = messages(&compare(&plain(), &changed, Options::default()));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with(&format!("{count} lines are elongated otherwise")),
        "{found:#?}"
    );
}

/// If it fails, the text of a PDF by another producer is not known as that of the document.
#[test]
fn the_pdf_of_another_producer_has_the_same_text() {
    let bytes = fs::read(Path::new(ROOT).join("tests/layout/weasyprint.pdf")).expect("the PDF");
    let foreign = read_pdf(bytes).expect("a PDF that can be read");
    let options = Options {
        level: Level::Text,
        ..Options::default()
    };
    let found = messages(&compare(&foreign, &plain(), options));
    // It has no masthead, no heads of pages, and no closing lines.
    let around = |message: &&String| !message.contains("added");
    assert_eq!(
        found.iter().filter(around).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "{found:#?}"
    );
}
