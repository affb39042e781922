//! Real documents, as a hurried editor damages them: characters lost, doubled and changed, lines and paragraphs moved, pieces
//! of notation where they do not belong.

use std::path::Path;
use std::sync::OnceLock;

use super::Source;
use super::random::Random;

/// What is put into a text.
const PUT: [&str; 63] = [
    "*",
    "**",
    "_",
    "[^1]",
    "[^9]",
    "\\\n",
    "  \n",
    "\n",
    "\n\n",
    "<!-- c -->",
    "|",
    "\\",
    "`",
    "#",
    "## ",
    "1. ",
    "2. ",
    "   ",
    "    ",
    " ",
    "\u{a0}",
    "\u{2009}",
    "&nbsp;",
    "&amp;",
    "(",
    ")",
    "[",
    "]",
    "«",
    "»",
    "\"",
    "-",
    "—",
    "/",
    ",",
    "،",
    "٣",
    "3",
    "A/RES/1",
    "\u{651}",
    "\u{301}",
    "\u{323}",
    "لا",
    "fi",
    "{.en}",
    "{.ar}",
    "[x]{.en}",
    "[نص]{.ar}",
    "{#n}",
    "<https://a.b/c>",
    "a@b.org",
    "www.a.org",
    "[x](https://a.b)",
    "[](#n)",
    "[#](#n)",
    "[^1][^2]",
    "[^1],[^1]",
    "\u{202f}",
    "&#x301;",
    "1 000",
    "٣٢٦\u{a0}٧٩٨",
    "---",
    "| a | b |\n|:-:|--:|\n| c | |\n",
];

/// The documents of the repository.
fn documents() -> &'static [Source] {
    static ALL: OnceLock<Vec<Source>> = OnceLock::new();
    ALL.get_or_init(|| {
        let folders = ["documents/a-res-61-180", "tests/peers", "tests/layouts/three-languages"];
        let mut all: Vec<Source> = folders
            .iter()
            .map(|folder| Source::read(Path::new(folder)).expect("a document of the repository"))
            .collect();
        // Small ones with what the large ones have not.
        let mut small: Vec<_> = ["tests/builds", "tests/direction"]
            .iter()
            .flat_map(std::fs::read_dir)
            .flatten()
            .flatten()
            .collect();
        small.sort_by_key(std::fs::DirEntry::path);
        let small = small.iter().filter_map(|folder| Source::read(&folder.path()).ok());
        let small = small.filter(|source| source.files.len() > 1 && !source.languages().is_empty());
        let small: Vec<Source> = small.collect();
        // Texts of one language, with the facts of the first document.
        let mut texts: Vec<_> = std::fs::read_dir("tests/texts")
            .expect("tests/texts")
            .flatten()
            .collect();
        texts.sort_by_key(std::fs::DirEntry::file_name);
        for text in texts {
            let name = text.file_name().to_string_lossy().into_owned();
            let [_, code, "md"] = name.split('.').collect::<Vec<_>>()[..] else {
                continue;
            };
            let mut source = all[1].in_languages(&[code.to_owned()]);
            let words = std::fs::read_to_string(text.path()).expect("a text");
            source.files.insert(format!("{code}.md"), words);
            all.push(source);
        }
        all.extend(small);
        for source in &mut all {
            // An official layout is not that of what was changed.
            if let Some(facts) = source.files.get_mut("document.toml") {
                let kept = facts
                    .lines()
                    .filter(|line| !line.starts_with("reference") && !line.starts_with("breaks"));
                *facts = kept.map(|line| format!("{line}\n")).collect();
            }
        }
        all
    })
}

/// A damaged document of this number: one language of it, a part of its text, or now and then all of it.
pub(crate) fn mutated(seed: u64, number: u64) -> Source {
    let mut random = Random::new(seed ^ 0x6d75_7461, number);
    let all = documents();
    let document = &all[random.below(all.len())];
    let languages = document.languages();
    let mut source = if random.one_in(16) {
        document.clone()
    } else {
        let code = languages[random.below(languages.len())].clone();
        let mut source = document.in_languages(&[code]);
        for text in source.files.iter_mut().filter(|(name, _)| name.ends_with(".md")) {
            *text.1 = part(text.1, &mut random);
        }
        source
    };
    let texts: Vec<String> = source
        .files
        .keys()
        .filter(|name| name.ends_with(".md"))
        .cloned()
        .collect();
    for _ in 0..random.between(1, 3) {
        let name = random
            .one_of(&texts.iter().map(String::as_str).collect::<Vec<_>>())
            .to_owned();
        if let Some(text) = source.files.get_mut(&name) {
            *text = damaged(text, &mut random);
        }
    }
    source
}

/// A part of a text: its title, some paragraphs that follow each other, and the notes that they mark. Numbers of the top level
/// are counted anew.
fn part(text: &str, random: &mut Random) -> String {
    let chunks: Vec<&str> = text.split("\n\n").map(|chunk| chunk.trim_end_matches('\n')).collect();
    let is_note = |chunk: &str| chunk.starts_with("[^");
    let body: Vec<&str> = chunks.iter().skip(1).copied().filter(|chunk| !is_note(chunk)).collect();
    let start = random.below(body.len());
    let end = (start + random.between(1, 6)).min(body.len());
    let mut kept = vec![chunks[0].to_owned()];
    let mut number = 0;
    for chunk in &body[start..end] {
        let digits = chunk.len() - chunk.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if chunk.starts_with("## ") {
            number = 0;
        }
        if digits > 0 && chunk[digits..].starts_with(". ") {
            number += 1;
            kept.push(format!("{number}{}", &chunk[digits..]));
        } else {
            kept.push((*chunk).to_owned());
        }
    }
    let marks = kept.join("\n\n");
    let notes = chunks.iter().filter(|chunk| is_note(chunk));
    kept.extend(
        notes
            .filter(|note| note.split_once(':').is_some_and(|(mark, _)| marks.contains(mark)))
            .map(|n| (*n).to_owned()),
    );
    kept.join("\n\n") + "\n"
}

/// A text with one thing changed.
fn damaged(text: &str, random: &mut Random) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = random.below(characters.len());
    let length = random.between(1, 4).min(characters.len() - at);
    let before: String = characters[..at].iter().collect();
    let here: String = characters[at..at + length].iter().collect();
    let after: String = characters[at + length..].iter().collect();
    let separator = ["\n", "\n\n"][random.below(2)];
    let mut parts: Vec<&str> = text.split(separator).collect();
    let (from, to) = (random.below(parts.len()), random.below(parts.len()));
    match random.below(12) {
        0 | 1 => format!("{before}{after}"),
        2 => format!("{before}{here}{here}{after}"),
        3 => format!("{before}{}{after}", here.chars().rev().collect::<String>()),
        4 => {
            parts.swap(from, to);
            parts.join(separator)
        }
        5 => {
            let moved = parts.remove(from);
            parts.insert(to.min(parts.len()), moved);
            parts.join(separator)
        }
        6 => {
            parts.insert(to, parts[from]);
            parts.join(separator)
        }
        7 => {
            parts.remove(from);
            parts.join(separator)
        }
        _ => format!("{before}{}{here}{after}", random.one_of(&PUT)),
    }
}
