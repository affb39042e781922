//! Phrases that sentences are made of: names joined, numbers of points, quoted text.

use qarar_text::Language;

use super::super::change::{Presence, Subject};

/// A paragraph: its name, with its language where there are several.
pub(super) fn subject(subject: &Subject) -> String {
    in_brackets(&subject.name, subject.language.as_deref())
}

pub(super) fn in_brackets(name: &str, code: Option<&str>) -> String {
    match code.and_then(language) {
        Some(language) => format!("{name} ({language})"),
        None => name.to_owned(),
    }
}

pub(super) fn in_languages(codes: &[String]) -> String {
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

pub(super) fn verb(presence: Presence) -> &'static str {
    match presence {
        Presence::Added => "added",
        Presence::Removed => "removed",
    }
}

/// Names from the first to the last: `operative 7 to 19`, `notes 4 to 7`.
pub(super) fn range(all: &[&str]) -> String {
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
pub(super) fn language(code: &str) -> Option<&'static str> {
    Language::known(code).map(Language::name)
}

/// A number of points, without needless zeros: `1.2 pt`.
pub(super) fn points(length: f64) -> String {
    let text = format!("{:.2}", length.abs());
    format!("{} pt", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A number of things.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

/// Words as they are quoted: at most eight, the middle left out.
pub(super) fn quoted(words: &[String]) -> String {
    if words.len() > 8 {
        format!("`{} … {}`", words[..4].join(" "), words[words.len() - 3..].join(" "))
    } else {
        format!("`{}`", words.join(" "))
    }
}

/// Names in a list: `a`, `a and b`, `a, b and c`; from more than four, the first and the last.
pub(super) fn names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] if names.len() <= 4 => format!("{} and {last}", init.join(", ")),
        [first, .., last] => format!("{first} to {last}"),
    }
}

/// Numbers of pages: `page 2`, `pages 1–5`, `pages 1, 3 and 7`.
pub(super) fn pages(pages: &[usize]) -> String {
    numbers("page", "pages", pages)
}

/// Numbers of things of one kind: `note 2`, `notes 1–5`, `notes 1, 3 and 7`.
pub(super) fn numbers(one: &str, many: &str, numbers: &[usize]) -> String {
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
pub(super) fn vertical(shift: f64) -> String {
    format!("{} by {}", if shift > 0.0 { "down" } else { "up" }, points(shift))
}

/// A direction and a length: `left by 1.2 pt`.
pub(super) fn horizontal(shift: f64) -> String {
    format!("{} by {}", if shift > 0.0 { "right" } else { "left" }, points(shift))
}
