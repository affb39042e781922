//! Documents without end for tests: made up over the whole notation, or real ones that somebody damaged.
//!
//! A document is told by a seed and its number, whatever was made before it and on which thread, so that a count of failures
//! can be repeated and one document be made again. That is why this is no strategy of proptest, whose cases hang on each
//! other and on its version. What fails is made smaller by [`shrink`].

pub(crate) mod document;
pub(crate) mod mutation;
pub(crate) mod random;
pub(crate) mod running;
pub(crate) mod shrink;
pub(crate) mod trial;
pub(crate) mod words;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The files of a document by their names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Source {
    /// `document.toml`, `ar.md` …
    pub(crate) files: BTreeMap<String, String>,
}

impl Source {
    /// Reads the files of a folder that a document is made of.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name == "document.toml" || path.extension().is_some_and(|ending| ending == "md") {
                files.insert(name.to_owned(), fs::read_to_string(&path)?);
            }
        }
        Ok(Self { files })
    }

    /// Writes the files into a folder.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        self.files
            .iter()
            .try_for_each(|(name, text)| fs::write(folder.join(name), text))
    }

    /// The languages of `document.toml`, by their codes.
    pub(crate) fn languages(&self) -> Vec<String> {
        let facts = self.files.get("document.toml").map_or("", String::as_str);
        let line = facts.lines().find(|line| line.starts_with("languages"));
        let list = line.and_then(|line| line.split_once('[')).map_or("", |(_, list)| list);
        let codes = list.split('"').skip(1).step_by(2);
        codes.map(str::to_owned).collect()
    }

    /// The same document in some of its languages.
    pub(crate) fn in_languages(&self, codes: &[String]) -> Self {
        let list = codes
            .iter()
            .map(|code| format!("\"{code}\""))
            .collect::<Vec<_>>()
            .join(", ");
        let mut files = self.files.clone();
        files.retain(|name, _| name == "document.toml" || codes.iter().any(|code| *name == format!("{code}.md")));
        if let Some(facts) = files.get_mut("document.toml") {
            let lines = facts.lines().filter(|line| !line.starts_with("unofficial"));
            let lines = lines.map(|line| match line.starts_with("languages") {
                true => format!("languages = [{list}]\n"),
                false => format!("{line}\n"),
            });
            *facts = lines.collect();
        }
        Self { files }
    }
}

impl std::fmt::Display for Source {
    /// The files one after the other, each under its name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, text) in &self.files {
            writeln!(f, "--- {name}\n{}", text.trim_end())?;
        }
        Ok(())
    }
}
