//! The words in which differences are told: names joined, numbers of points, quoted text.

use crate::locale::Language;

/// The name of a language in English.
pub(super) fn language(code: &str) -> Option<&'static str> {
    Language::from_code(code).map(Language::name)
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
pub(super) fn quoted<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
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
    let mut numbers = pages.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    match (numbers.as_slice(), numbers.first(), numbers.last()) {
        ([one], ..) => format!("page {one}"),
        (_, Some(first), Some(last)) if last - first + 1 == numbers.len() => format!("pages {first}–{last}"),
        (_, Some(first), Some(last)) if numbers.len() > 6 => format!("{} pages from {first} to {last}", numbers.len()),
        (list, ..) => format!(
            "pages {}",
            names(&list.iter().map(usize::to_string).collect::<Vec<_>>())
        ),
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
