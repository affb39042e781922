//! One mistake is told once: whatever single thing goes wrong in one language of a sound document, the person who made it gets one
//! error, not one for all that follows from it.

use std::fs;
use std::path::{Path, PathBuf};

use qarar::diagnostic::Severity;
use qarar::fonts::Fonts;

use crate::document::FONTS;

/// Sound documents of several kinds: with notes, sub-paragraphs, annexes, tables.
const DOCUMENTS: [&str; 4] = [
    "documents/a-res-61-180",
    "tests/builds/list-labels",
    "tests/builds/marks-in-a-row",
    "tests/direction/everywhere",
];

/// What people do by mistake.
#[derive(Debug, Clone, Copy)]
enum Mistake {
    /// A block is left out.
    Drop,
    /// A block stands twice.
    Double,
    /// Two blocks are one, for want of the empty line between them.
    Join,
    /// A heading stands before a block.
    Heading,
    /// The mark of a note is left out.
    Unmark,
    /// The colon of a note is left out.
    Colon,
    /// The number of an item is another one.
    Renumber,
    /// An item has a letter in brackets for its number.
    Letter,
    /// An item has the bullet of a word processor for its number.
    Bullet,
}

const MISTAKES: [Mistake; 9] = [
    Mistake::Drop,
    Mistake::Double,
    Mistake::Join,
    Mistake::Heading,
    Mistake::Unmark,
    Mistake::Colon,
    Mistake::Renumber,
    Mistake::Letter,
    Mistake::Bullet,
];

/// The text with a mistake at a block; `None` where that block allows none of this kind.
fn spoilt(blocks: &[&str], at: usize, mistake: Mistake) -> Option<String> {
    let mut blocks: Vec<String> = blocks.iter().map(|block| (*block).to_owned()).collect();
    let block = blocks[at].clone();
    let indent = |block: &str| block.len() - block.trim_start().len();
    // What stands below an item or beside it has no place without it: that is told as well.
    let holds_others = blocks.get(at + 1).is_some_and(|next| indent(next) > indent(&block));
    let number = block
        .trim_start()
        .split_once(". ")
        .filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    let relabelled = |label: &str| {
        let (_, text) = number?;
        Some(format!(
            "{}{label} {text}",
            &block[..block.len() - block.trim_start().len()]
        ))
    };
    match mistake {
        Mistake::Drop | Mistake::Letter | Mistake::Bullet if holds_others => return None,
        Mistake::Heading if indent(&block) > 0 || block.starts_with("# ") => return None,
        Mistake::Drop => drop(blocks.remove(at)),
        Mistake::Double => blocks.insert(at, block),
        Mistake::Join => {
            let next = (at + 1 < blocks.len()).then(|| blocks.remove(at + 1))?;
            blocks[at] = format!("{block}\n{next}");
        }
        Mistake::Heading => blocks.insert(at, "## Operative part".to_owned()),
        Mistake::Unmark => {
            let start = block.find("[^").filter(|start| !block[*start..].contains("]:"))?;
            let end = start + block[start..].find(']')? + 1;
            blocks[at] = format!("{}{}", &block[..start], &block[end..]);
        }
        Mistake::Colon => blocks[at] = block.starts_with("[^").then(|| block.replacen("]:", "]", 1))?,
        Mistake::Renumber => blocks[at] = relabelled("77.")?,
        Mistake::Letter => blocks[at] = relabelled("(a)")?,
        Mistake::Bullet => blocks[at] = relabelled("•")?,
    }
    Some(blocks.join("\n\n"))
}

/// The errors of a document whose file `name` has this text.
fn errors(folder: &Path, name: &str, text: &str, fonts: &Fonts) -> Vec<String> {
    fs::write(folder.join(name), text).expect("a temporary file can be written");
    match qarar::open(folder, fonts) {
        Ok(_) => Vec::new(),
        Err(told) => {
            let errors = told
                .iter()
                .filter(|diagnostic| diagnostic.severity() == Severity::Error);
            errors.map(|diagnostic| diagnostic.message().to_owned()).collect()
        }
    }
}

fn files_of(document: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(document).expect("the document is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

#[test]
fn one_mistake_gives_one_error() {
    let (mut tried, mut many) = (0, Vec::new());
    for document in DOCUMENTS.map(Path::new) {
        let folder = tempfile::tempdir().expect("a folder");
        let files = files_of(document);
        for file in &files {
            let name = file.file_name().expect("a file has a name");
            fs::copy(file, folder.path().join(name)).expect("it can be copied");
        }
        for file in files
            .iter()
            .filter(|file| file.extension().is_some_and(|kind| kind == "md"))
        {
            let name = file.file_name().and_then(|name| name.to_str()).expect("a plain name");
            let sound = fs::read_to_string(file).expect("it can be read");
            assert!(
                errors(folder.path(), name, &sound, &FONTS).is_empty(),
                "{} is sound",
                document.display()
            );
            let blocks: Vec<&str> = sound.trim_end().split("\n\n").collect();
            for (at, mistake) in (0..blocks.len()).flat_map(|at| MISTAKES.map(|mistake| (at, mistake))) {
                let Some(text) = spoilt(&blocks, at, mistake) else {
                    continue;
                };
                tried += 1;
                let told = errors(folder.path(), name, &text, &FONTS);
                if told.len() > 1 {
                    let block: String = blocks[at].chars().take(60).collect();
                    many.push(format!(
                        "{}/{name} {mistake:?} at `{block}`:\n    {}",
                        document.display(),
                        told.join("\n    ")
                    ));
                }
            }
            fs::write(folder.path().join(name), &sound).expect("it can be written");
        }
    }
    assert!(tried > 400, "{tried}");
    assert!(
        many.is_empty(),
        "{} of {tried} mistakes give more than one error:\n{}",
        many.len(),
        many.join("\n")
    );
}
