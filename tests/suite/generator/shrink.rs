//! Makes a document that fails smaller, as long as it fails in the same way.

use super::Source;

/// The most documents that are tried for one failure.
const MOST: usize = 600;

/// A document that still `fails` and of which no language, no line and no word can be taken away.
pub(crate) fn shrunk(source: &Source, fails: impl Fn(&Source) -> bool) -> Source {
    let mut left = MOST;
    let mut try_it = |candidate: &Source| {
        left = left.saturating_sub(1);
        left > 0 && fails(candidate)
    };
    let mut least = source.clone();
    for code in source.languages() {
        let alone = source.in_languages(&[code]);
        if try_it(&alone) {
            least = alone;
            break;
        }
    }
    let names: Vec<String> = least
        .files
        .keys()
        .filter(|name| name.ends_with(".md"))
        .cloned()
        .collect();
    for (separator, together) in [("\n\n", true), ("\n", false), (" ", false), ("", false)] {
        // Blocks are taken away at the same place in all languages, which would not align otherwise.
        let groups: Vec<Vec<String>> = match together {
            true => vec![names.clone()],
            false => names.iter().map(|name| vec![name.clone()]).collect(),
        };
        for group in groups {
            without(&mut least, &group, separator, &mut try_it);
        }
    }
    least
}

/// Takes parts of texts away, many at a time first.
fn without(least: &mut Source, names: &[String], separator: &str, fails: &mut impl FnMut(&Source) -> bool) {
    let split = |text: &str| -> Vec<String> {
        match separator {
            "" => text.chars().map(String::from).collect(),
            separator => text.split(separator).map(str::to_owned).collect(),
        }
    };
    let count = |source: &Source| {
        names
            .iter()
            .map(|name| split(&source.files[name]).len())
            .max()
            .unwrap_or(0)
    };
    let mut size = count(least).div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < count(least) {
            let mut candidate = least.clone();
            for name in names {
                let mut parts = split(&least.files[name]);
                let end = (at + size).min(parts.len());
                if at < end {
                    parts.drain(at..end);
                }
                candidate.files.insert(name.clone(), parts.join(separator));
            }
            if fails(&candidate) {
                *least = candidate;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
}
