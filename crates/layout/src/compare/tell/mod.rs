//! The words in which differences are told: the only place that makes sentences of them.

mod phrase;
mod places;

use super::change::{Beside, Change, Group, MarkFate, Notes, Presence, Subject};
use super::remark::{Damaged, Remark};
use crate::Name;
use phrase::{count, in_brackets, in_languages, names, numbers, pages, points, quoted, range, subject, verb, vertical};
use places::{column, font, line_break, lines, page_end, pictures};

/// A difference in words.
pub(super) fn finding(change: &Change) -> String {
    match change {
        Change::Edition { edition, presence } => match presence {
            Presence::Removed => format!("the edition {edition} is missing here"),
            Presence::Added => format!("the edition {edition} is not in the reference"),
        },
        Change::Words {
            paragraph,
            removed,
            added,
            beside,
        } => words(paragraph, removed, added, beside),
        Change::Rewritten {
            paragraph,
            places,
            removed,
            added,
        } => format!(
            "{} rewritten in {places} places: {} removed, {} added",
            subject(paragraph),
            count(*removed, "word", "words"),
            count(*added, "word", "words")
        ),
        Change::OneSided {
            presence,
            group,
            names,
            languages,
            words,
        } => one_sided(*presence, group, names, languages, words),
        Change::Swapped { names, languages } => {
            format!("{} swapped{}", self::names(names), in_languages(languages))
        }
        Change::Moved {
            name,
            to,
            after,
            languages,
        } => {
            let head = format!("{name} moved{}", in_languages(languages));
            match after {
                Some(after) if name == to => format!("{head}: it stands after {after} here"),
                _ => format!("{head}: it is {to} here"),
            }
        }
        Change::Renamed { .. } => format!("{} here", consequence(change)),
        Change::Labels { paragraphs, old, new } => match paragraphs.as_slice() {
            [one] => format!("the label of {} is `{new}`, in the reference `{old}`", subject(one)),
            many => {
                let many: Vec<&str> = many.iter().map(|one| one.name.as_str()).collect();
                let many = range(&many);
                format!("the labels of {many} are written as `{new}`, in the reference as `{old}`")
            }
        },
        Change::Mark {
            paragraph,
            note,
            fate,
            after,
        } => mark(paragraph, *note, fate, after.as_deref()),
        Change::Paper { pages, old, new } => {
            let size = |(width, height): (f64, f64)| format!("{} by {}", points(width), points(height));
            let pages = self::pages(pages);
            format!(
                "the paper of {pages} is {}, in the reference {}",
                size(*new),
                size(*old)
            )
        }
        Change::Columns { columns } => columns.iter().map(column).collect::<Vec<_>>().join(", "),
        Change::FontFile { .. } | Change::Font { .. } => font(change),
        Change::LineBreak { end } => format!("{} breaks {}", subject(&end.paragraph), line_break(end)),
        Change::ManyLineBreaks {
            lines,
            paragraphs,
            of,
            first,
        } => format!(
            "{lines} lines break elsewhere in {paragraphs} of {of} paragraphs: {}, the first, breaks {}",
            subject(&first.paragraph),
            line_break(first)
        ),
        Change::PageBreak {
            page,
            reference,
            actual,
        } => format!(
            "page {page} ends {} in the reference, {} here",
            page_end(reference),
            page_end(actual)
        ),
        Change::Pages {
            presence,
            pages,
            starts,
        } => match (presence, starts) {
            (Presence::Removed, _) => format!("{} removed", self::pages(pages)),
            (Presence::Added, None) => format!("{} added: empty", self::pages(pages)),
            (Presence::Added, Some(starts)) => {
                format!("{} added: it starts with {}", self::pages(pages), subject(starts))
            }
        },
        Change::PageCount { old, new } => {
            let (verb, (least, most)) = if new > old {
                ("added", (old, new))
            } else {
                ("removed", (new, old))
            };
            let numbers: Vec<usize> = (least + 1..=*most).collect();
            format!("{} {verb} ({new} in place of {old})", pages(&numbers))
        }
        Change::Furniture { pages, name, old, new } => format!(
            "{}: the {} became {}, in the reference {}",
            self::pages(pages),
            if name.is_empty() { "other text" } else { name },
            quoted(new),
            quoted(old)
        ),
        Change::FurnitureOneSided {
            presence,
            pages,
            name,
            words,
        } => {
            let what = match name.as_str() {
                "" => "text".to_owned(),
                name => format!("the {name}"),
            };
            format!("{}: {what} {} {}", self::pages(pages), quoted(words), verb(*presence))
        }
        Change::FurnitureMoved { pages, name, down } => format!(
            "the {} of {} moved {}",
            if name.is_empty() { "text" } else { name },
            self::pages(pages),
            vertical(*down)
        ),
        Change::Pictures { page, difference } => pictures(*page, difference),
        Change::Spacing { .. }
        | Change::LinesMoved { .. }
        | Change::LineEnds { .. }
        | Change::ManyLineEnds { .. }
        | Change::Elongations { .. } => lines(change),
        Change::Measure { .. }
        | Change::NotesMoved { .. }
        | Change::LinesBreak { .. }
        | Change::LinesElongated { .. }
        | Change::LinesShifted { .. }
        | Change::PagesEnd { .. }
        | Change::NotesToo { .. } => consequence(change),
    }
}

/// What follows from a difference, in words.
pub(super) fn consequence(change: &Change) -> String {
    match change {
        Change::Renamed { old, new } => {
            let verb = if old.len() == 1 { "is" } else { "are" };
            let name = |names: &[String]| range(&names.iter().map(String::as_str).collect::<Vec<_>>());
            format!("{} {verb} {}", name(old), name(new))
        }
        Change::Mark {
            paragraph,
            note,
            fate: MarkFate::WithNote(presence),
            ..
        } => format!("mark of note {note} {} in {}", verb(*presence), subject(paragraph)),
        Change::Measure { old, new } => {
            format!("the measure went with it from {} to {}", points(*old), points(*new))
        }
        Change::LinesBreak { lines } => count(*lines, "line breaks elsewhere", "lines break elsewhere"),
        Change::LinesElongated { lines } => {
            count(*lines, "line is elongated otherwise", "lines are elongated otherwise")
        }
        Change::LinesShifted { lines } => count(*lines, "line moved", "lines moved"),
        Change::PagesEnd { pages } => {
            let verb = if pages.len() == 1 { "ends" } else { "end" };
            format!("{} {verb} elsewhere", self::pages(pages))
        }
        Change::NotesToo { presence, notes } => {
            format!("{} {} too", numbers("note", "notes", notes), verb(*presence))
        }
        Change::NotesMoved { notes, pages } => {
            let notes: Vec<String> = notes.iter().map(notes_of).collect();
            match pages {
                Some((from, to)) => format!("{} moved from page {from} to page {to}", names(&notes)),
                None => format!("{} moved to other pages", names(&notes)),
            }
        }
        Change::PageCount { old, new } => {
            let what = match old.abs_diff(*new) {
                1 => "a page is".to_owned(),
                pages => format!("{pages} pages are"),
            };
            let verb = if new > old { "added" } else { "removed" };
            format!("{what} {verb} ({new} in place of {old})")
        }
        other => finding(other),
    }
}

/// What is to be known of a side before its differences are read, in words.
fn remark(remark: &Remark) -> String {
    let whose = match &remark.document {
        Some(document) => format!("the text of {document}"),
        None if remark.is_reference => "the text in the reference".to_owned(),
        None => "the text here".to_owned(),
    };
    let words = count(remark.words, "word", "words");
    match remark.damaged {
        // A letter or two of a font are lost in many a file.
        Damaged::Lost(lost) => format!(
            "{whose} comes back damaged: {lost} of {words} have letters that the file does not tell; words are compared by \
             the letters that are left"
        ),
        Damaged::Parted(parted) => format!(
            "{whose} comes back damaged: {parted} of {words} are parted or run together; words are compared by their letters"
        ),
    }
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&remark(self))
    }
}

fn words(paragraph: &Subject, removed: &[String], added: &[String], beside: &Beside) -> String {
    let place = match beside {
        Beside::After(word) => format!(" after `{word}`"),
        Beside::Before(word) => format!(" before `{word}`"),
        Beside::Alone => String::new(),
    };
    let what = match (removed, added) {
        ([], added) => format!("{} added", quoted(added)),
        (removed, []) => format!("{} removed", quoted(removed)),
        (removed, added) => format!("{} became {}", quoted(removed), quoted(added)),
    };
    format!("{}: {what}{place}", subject(paragraph))
}

fn one_sided(presence: Presence, group: &Group, names: &[String], languages: &[String], words: &[String]) -> String {
    let many = |names: &[String]| match names.len() {
        0..=4 => self::names(names),
        _ => range(&names.iter().map(String::as_str).collect::<Vec<_>>()),
    };
    let what = match group {
        Group::Masthead { .. } => "the masthead".to_owned(),
        Group::Notes => {
            let notes: Vec<usize> = names.iter().filter_map(|name| Name::of(name).note()).collect();
            numbers("note", "notes", &notes)
        }
        Group::Paragraphs | Group::Rows => many(names),
    };
    let head = format!("{what} {}{}", verb(presence), in_languages(languages));
    match group {
        // What happened in several languages is told without its words.
        _ if languages.len() > 1 => head,
        Group::Masthead { named: true } => format!("{head}: {}", many(names)),
        Group::Masthead { named: false } => format!("{head}: {}", quoted(words)),
        _ if names.len() > 4 => format!("{head} ({} paragraphs)", names.len()),
        _ if names.len() == 1 => format!("{head}: {}", quoted(words)),
        _ => head,
    }
}

fn mark(paragraph: &Subject, note: usize, fate: &MarkFate, after: Option<&str>) -> String {
    let name = subject(paragraph);
    let after = after.map(|word| format!(" after `{word}`")).unwrap_or_default();
    match fate {
        MarkFate::Lone(presence) | MarkFate::WithNote(presence) => {
            format!("{name}: mark of note {note} {}{after}", verb(*presence))
        }
        MarkFate::Shifted => format!("{name}: mark of note {note} moved; it stands{after} here"),
        MarkFate::MovedFrom(from) => format!("mark of note {note} moved from {} to {name}{after}", subject(from)),
        MarkFate::Became(other) => format!("{name}: mark of note {note} became one of note {other}{after}"),
        MarkFate::ReplacedBy(new) => format!("{name} marks note {new} in place of note {note}"),
    }
}

fn notes_of(notes: &Notes) -> String {
    in_brackets(&numbers("note", "notes", &notes.numbers), notes.language.as_deref())
}
