//! The words in which differences are told: the only place that makes sentences of them.

use super::change::{
    Beside, Break, Change, ColumnMove, Edges, Elongation, Face, FontFile, Group, LineEnd, MarkFate, Notes, PageEnd,
    PictureDifference, Presence, Spaced, Subject, Where,
};
use super::face::{SAME_SIZE, is_font};
use super::remark::{Damaged, Remark};
use crate::Name;
use qarar_text::Language;

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

/// A paragraph: its name, with its language where there are several.
fn subject(subject: &Subject) -> String {
    in_brackets(&subject.name, subject.language.as_deref())
}

fn in_brackets(name: &str, code: Option<&str>) -> String {
    match code.and_then(language) {
        Some(language) => format!("{name} ({language})"),
        None => name.to_owned(),
    }
}

fn in_languages(codes: &[String]) -> String {
    let languages: Vec<String> = codes
        .iter()
        .filter_map(|code| language(code))
        .map(str::to_owned)
        .collect();
    match languages.as_slice() {
        [] => String::new(),
        languages => format!(" in {}", names(languages)),
    }
}

fn verb(presence: Presence) -> &'static str {
    match presence {
        Presence::Added => "added",
        Presence::Removed => "removed",
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

fn font(change: &Change) -> String {
    match change {
        Change::FontFile {
            family,
            fonts,
            file,
            lines,
        } => {
            let what = match file {
                FontFile::Version { old, new } => format!("changed from version {old} to {new}"),
                FontFile::Other => "is another file of the same version".to_owned(),
            };
            let styles = match fonts.as_slice() {
                [one] if one == family => String::new(),
                fonts => format!(" ({})", names(fonts)),
            };
            let used = count(*lines, "line is", "lines are");
            format!("the font {family} {what}{styles}; {used} set in it")
        }
        Change::Font {
            first,
            last,
            paragraphs,
            partly,
            old,
            new,
        } => {
            let place = match paragraphs {
                1 => subject(first),
                n => format!("{n} paragraphs from {} to {}", subject(first), subject(last)),
            };
            let part = if *partly { "in part " } else { "" };
            format!("{place}: {part}{}", face(old, new))
        }
        _ => String::new(),
    }
}

fn face(old: &Face, new: &Face) -> String {
    if is_font(&old.font, &new.font) {
        return format!(
            "{} at {}, in the reference at {}",
            old.font,
            points(new.size),
            points(old.size)
        );
    }
    if (old.size - new.size).abs() <= SAME_SIZE {
        return format!("{} in place of {}", new.font, old.font);
    }
    format!(
        "{} at {} in place of {} at {}",
        new.font,
        points(new.size),
        old.font,
        points(old.size)
    )
}

fn column(column: &ColumnMove) -> String {
    let language = column.language.as_deref().and_then(language);
    let of = language
        .map(|name| format!(" of the {name} column"))
        .unwrap_or_default();
    let margin = |side: &str, grown: f64| {
        let verb = if grown > 0.0 { "grew" } else { "shrank" };
        format!("the {side} margin{of} {verb} by {}", points(grown))
    };
    match column.edges {
        Edges::Both(shift) => {
            let column = language.map_or("the text".to_owned(), |name| format!("the {name} column"));
            format!("{column} moved {}", horizontal(shift))
        }
        Edges::Right(right) => margin("right", -right),
        Edges::Left(left) => margin("left", left),
        Edges::Each { left, right } => format!("{} and {}", margin("left", left), margin("right", -right)),
    }
}

fn line_break(end: &Break) -> String {
    let told = |end: &LineEnd| match end {
        LineEnd::After(word) => format!("after `{word}`"),
        LineEnd::Inside(word) => format!("inside `{word}`"),
    };
    match (&end.reference, &end.actual) {
        (Some(ours), Some(theirs)) => format!("{} in the reference, {} here", told(ours), told(theirs)),
        (Some(ours), None) => format!("{} in the reference, and does not here", told(ours)),
        (None, Some(theirs)) => format!("{} here, not in the reference", told(theirs)),
        (None, None) => "elsewhere".to_owned(),
    }
}

fn page_end(end: &PageEnd) -> String {
    match end {
        PageEnd::AfterWord { word, paragraph } => format!("after `{word}` of {}", subject(paragraph)),
        PageEnd::After(name) => format!("after {name}"),
        PageEnd::Before(paragraph) => format!("before {}", subject(paragraph)),
        PageEnd::BeforeEmptyPage => "with an empty page after it".to_owned(),
        PageEnd::WithDocument => "with the document".to_owned(),
    }
}

fn notes_of(notes: &Notes) -> String {
    in_brackets(&numbers("note", "notes", &notes.numbers), notes.language.as_deref())
}

fn place(place: &Where) -> String {
    let paragraphs: Vec<String> = place.paragraphs.iter().map(subject).collect();
    format!("{}, {}", names(&paragraphs), pages(&place.pages))
}

fn lines(change: &Change) -> String {
    match change {
        Change::Spacing {
            spaced,
            by,
            old,
            new,
            place,
        } => {
            let what = match spaced {
                Spaced::Lines => "lines",
                Spaced::Paragraphs => "paragraphs",
                Spaced::LinesOfNotes => "lines of notes",
                Spaced::Notes => "notes",
            };
            let apart = if *by > 0.0 { "farther apart" } else { "closer together" };
            format!(
                "{what} stand {} {apart} ({} in the reference, {} here): {}",
                points(*by),
                points(*old),
                points(*new),
                self::place(place)
            )
        }
        Change::LinesMoved { lines, down, place } => format!(
            "{} moved {}: {}",
            count(*lines, "line", "lines"),
            vertical(*down),
            self::place(place)
        ),
        Change::LineEnds { lines, edges, place } => {
            let n = count(*lines, "line", "lines");
            let what = match edges {
                Edges::Both(shift) => format!("{n} moved {}", horizontal(*shift)),
                Edges::Right(shift) => format!("the right end of {n} moved {}", horizontal(*shift)),
                Edges::Left(shift) => format!("the left end of {n} moved {}", horizontal(*shift)),
                Edges::Each { left, right } => format!(
                    "{n}: the left end moved {}, the right end {}",
                    horizontal(*left),
                    horizontal(*right)
                ),
            };
            format!("{what}: {}", self::place(place))
        }
        Change::ManyLineEnds { lines, most, place } => {
            let n = count(*lines, "line moved", "lines moved");
            format!("the ends of {n} by up to {}: {}", points(*most), self::place(place))
        }
        Change::Elongations {
            lines,
            paragraph,
            line,
            old,
            new,
        } => format!(
            "{} elongated otherwise, first line {line} of {}: {}, in the reference {}",
            count(*lines, "line is", "lines are"),
            subject(paragraph),
            elongations(new),
            elongations(old)
        ),
        _ => String::new(),
    }
}

fn elongations(elongations: &[Elongation]) -> String {
    match elongations {
        [] => "none".to_owned(),
        [one] => format!("`{}` by {}", one.word, points(one.by)),
        [first, rest @ ..] => format!("`{}` by {} and {} more", first.word, points(first.by), rest.len()),
    }
}

fn pictures(page: usize, difference: &PictureDifference) -> String {
    match difference {
        PictureDifference::OneSided => {
            format!("page {page}: the pictures are not compared, since not both sides have one")
        }
        PictureDifference::NotCompared(why) => format!("page {page}: the pictures are not compared: {why}"),
        PictureDifference::Pixels { pixels, paragraphs } => {
            let place = match paragraphs.as_slice() {
                [] => "outside of the text".to_owned(),
                paragraphs => format!("in {}", names(paragraphs)),
            };
            format!("page {page}: {} differ, {place}", count(*pixels, "pixel", "pixels"))
        }
    }
}

/// Names from the first to the last: `operative 7 to 19`, `notes 4 to 7`.
fn range(all: &[&str]) -> String {
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return String::new();
    };
    if all.len() == 1 {
        return (*first).to_owned();
    }
    match (first.rsplit_once(' '), last.rsplit_once(' ')) {
        (Some(("note", a)), Some(("note", b))) => {
            let joint = if all.len() == 2 { "and" } else { "to" };
            format!("notes {a} {joint} {b}")
        }
        (Some((kind, a)), Some((other, b))) if kind == other => format!("{kind} {a} to {b}"),
        _ => format!("{first} to {last}"),
    }
}

/// The name of a language in English.
fn language(code: &str) -> Option<&'static str> {
    Language::from_code(code).map(Language::name)
}

/// A number of points, without needless zeros: `1.2 pt`.
fn points(length: f64) -> String {
    let text = format!("{:.2}", length.abs());
    format!("{} pt", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A number of things.
fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

/// Words as they are quoted: at most eight, the middle left out.
fn quoted(words: &[String]) -> String {
    if words.len() > 8 {
        format!("`{} … {}`", words[..4].join(" "), words[words.len() - 3..].join(" "))
    } else {
        format!("`{}`", words.join(" "))
    }
}

/// Names in a list: `a`, `a and b`, `a, b and c`; from more than four, the first and the last.
fn names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] if names.len() <= 4 => format!("{} and {last}", init.join(", ")),
        [first, .., last] => format!("{first} to {last}"),
    }
}

/// Numbers of pages: `page 2`, `pages 1–5`, `pages 1, 3 and 7`.
fn pages(pages: &[usize]) -> String {
    numbers("page", "pages", pages)
}

/// Numbers of things of one kind: `note 2`, `notes 1–5`, `notes 1, 3 and 7`.
fn numbers(one: &str, many: &str, numbers: &[usize]) -> String {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    match numbers.as_slice() {
        [] => String::new(),
        [number] => format!("{one} {number}"),
        [first, last] if last - first == 1 => format!("{many} {first} and {last}"),
        [first, .., last] if last - first + 1 == numbers.len() => format!("{many} {first}–{last}"),
        [first, .., last] if numbers.len() > 6 => format!("{} {many} from {first} to {last}", numbers.len()),
        [init @ .., last] => {
            let init: Vec<String> = init.iter().map(usize::to_string).collect();
            format!("{many} {} and {last}", init.join(", "))
        }
    }
}

/// A direction and a length: `down by 1.2 pt`.
fn vertical(shift: f64) -> String {
    format!("{} by {}", if shift > 0.0 { "down" } else { "up" }, points(shift))
}

/// A direction and a length: `left by 1.2 pt`.
fn horizontal(shift: f64) -> String {
    format!("{} by {}", if shift > 0.0 { "right" } else { "left" }, points(shift))
}
