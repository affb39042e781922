//! Sentences of fonts, columns, lines and pages.

use super::super::change::{
    Break, Change, ColumnMove, Edges, Elongation, Face, FontFile, LineEnd, PageEnd, PictureDifference, Spaced, Where,
};
use super::super::face::{SAME_SIZE, is_font};
use super::phrase::{count, horizontal, language, names, pages, points, subject, vertical};

pub(super) fn font(change: &Change) -> String {
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

pub(super) fn column(column: &ColumnMove) -> String {
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

pub(super) fn line_break(end: &Break) -> String {
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

pub(super) fn page_end(end: &PageEnd) -> String {
    match end {
        PageEnd::AfterWord { word, paragraph } => format!("after `{word}` of {}", subject(paragraph)),
        PageEnd::After(name) => format!("after {name}"),
        PageEnd::Before(paragraph) => format!("before {}", subject(paragraph)),
        PageEnd::BeforeEmptyPage => "with an empty page after it".to_owned(),
        PageEnd::WithDocument => "with the document".to_owned(),
    }
}

fn place_of(place: &Where) -> String {
    let paragraphs: Vec<String> = place.paragraphs.iter().map(subject).collect();
    format!("{}, {}", names(&paragraphs), pages(&place.pages))
}

pub(super) fn lines(change: &Change) -> String {
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
                place_of(place)
            )
        }
        Change::LinesMoved { lines, down, place } => format!(
            "{} moved {}: {}",
            count(*lines, "line", "lines"),
            vertical(*down),
            place_of(place)
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
            format!("{what}: {}", place_of(place))
        }
        Change::ManyLineEnds { lines, most, place } => {
            let n = count(*lines, "line moved", "lines moved");
            format!("the ends of {n} by up to {}: {}", points(*most), place_of(place))
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

pub(super) fn pictures(page: usize, difference: &PictureDifference) -> String {
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
