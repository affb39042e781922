//! The site: the guides of the repository as a book in two languages, `cargo xtask site`.
//!
//! MkDocs with Material makes it, from wheels that are installed in seconds; mdBook would be compiled for minutes. The pages are laid out as
//! the repository has them, so that the links which lead on a file server lead here too. Arabic pages stand from right to left,
//! which is a matter of the whole theme: they are a book of their own below `ar/`. All links are looked at in what comes out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::faults::{Faults, Outcome};
use crate::process::{command, run};
use crate::project::{Project, files_below};
use crate::tools;

/// The Arabic pages.
const ARABIC: &str = "docs/ar/";

/// The task `site`.
pub(crate) fn build(project: &Project) -> Outcome {
    tools::install_only(project, &["site-packages"])?;
    let desk = project.root().join("target/site");
    if desk.exists() {
        fs::remove_dir_all(&desk).map_err(|error| Faults::file(&desk, &error))?;
    }
    lay_out(project.root(), &desk)?;
    for config in ["mkdocs.yml", "mkdocs.ar.yml"] {
        let mkdocs = project.tools().join("site/bin/mkdocs");
        let mut mkdocs = command(project, mkdocs);
        mkdocs
            .args(["build", "--strict", "--config-file"])
            .arg(desk.join(config));
        // The theme speaks of other programs of its makers.
        run(mkdocs.env("NO_MKDOCS_2_WARNING", "1"))?;
    }
    let site = desk.join("site");
    let (pages, faults) = broken_links(&site)?;
    println!("{pages} pages in {}", site.display());
    Faults::outcome(faults)
}

/// Lays out pages, pictures and settings for MkDocs.
fn lay_out(root: &Path, desk: &Path) -> Outcome {
    let mut files: Vec<String> = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .map(str::to_owned)
        .to_vec();
    let below = |folder: &str| -> Result<Vec<String>, Faults> {
        let paths = files_below(&root.join(folder))?;
        let inside = paths.iter().filter_map(|path| path.strip_prefix(root).ok());
        Ok(inside.map(|path| path.to_string_lossy().replace('\\', "/")).collect())
    };
    files.extend(below("docs")?);
    files.extend(below("crates")?.into_iter().filter(|path| path.ends_with("/README.md")));
    for file in &files {
        let to = match file.strip_prefix(ARABIC) {
            Some(name) => desk.join("pages-ar").join(name),
            None => desk.join("pages").join(file),
        };
        let from = root.join(file);
        if file.ends_with(".md") {
            let text = fs::read_to_string(&from).map_err(|error| Faults::file(&from, &error))?;
            write(&to, with_links(file, &text).as_bytes())?;
        } else {
            copy(&from, &to)?;
        }
    }
    for name in ["mkdocs.yml", "mkdocs.ar.yml"] {
        copy(&root.join("xtask/site").join(name), &desk.join(name))?;
    }
    for pages in ["pages", "pages-ar"] {
        copy(&root.join("xtask/site/site.css"), &desk.join(pages).join("site.css"))?;
        for font in ["Amiri-Regular.ttf", "Amiri-Bold.ttf"] {
            copy(
                &root.join("fonts/amiri").join(font),
                &desk.join(pages).join("fonts").join(font),
            )?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| Faults::file(folder, &error))?;
    fs::write(path, bytes).map_err(|error| Faults::file(path, &error))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let bytes = fs::read(from).map_err(|error| Faults::file(from, &error))?;
    write(to, &bytes)
}

/// The text of a page whose links between the two books lead to their places on the site. MkDocs knows its own.
fn with_links(page: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        out.push_str("](");
        let (target, tail) = after.split_at(after.find(')').unwrap_or(after.len()));
        let (path, anchor) = target.split_at(target.find('#').unwrap_or(target.len()));
        let is_file = !path.is_empty() && !path.contains("://") && !path.contains([' ', '\n', '`']);
        let meant = resolved(page, path);
        if is_file && page.starts_with(ARABIC) != meant.starts_with(ARABIC) {
            out.push_str(&relative(&place(page), &place(&meant)));
            out.push_str(anchor);
        } else {
            out.push_str(target);
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The file of the repository that a link of a page leads to.
fn resolved(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => _ = parts.pop(),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Where a file of the repository stands on the site: `docs/first.md` at `docs/first/`, `docs/ar/first.md` at `ar/first/`.
fn place(file: &str) -> String {
    let file = match file.strip_prefix(ARABIC) {
        Some(name) => format!("ar/{name}"),
        None => file.to_owned(),
    };
    match file.strip_suffix(".md") {
        None => file,
        Some(page) => {
            let folder = page.trim_end_matches("README").trim_end_matches("index");
            match folder.is_empty() || folder.ends_with('/') {
                true => folder.to_owned(),
                false => format!("{folder}/"),
            }
        }
    }
}

/// The way from one place of the site to another.
fn relative(from: &str, to: &str) -> String {
    let up = from.matches('/').count();
    format!("{}{to}", "../".repeat(up))
}

/// The pages of a site, and links of theirs that lead nowhere.
fn broken_links(site: &Path) -> Result<(usize, Vec<String>), Faults> {
    let mut pages: BTreeMap<PathBuf, String> = BTreeMap::new();
    for path in files_below(site)? {
        // The page of what is not found is shown anywhere, and its links start at the server.
        if path.extension().is_some_and(|ending| ending == "html") && !path.ends_with("404.html") {
            let text = fs::read_to_string(&path).map_err(|error| Faults::file(&path, &error))?;
            pages.insert(path, text);
        }
    }
    let mut faults = Vec::new();
    for (path, text) in &pages {
        let folder = path.parent().unwrap_or(site);
        for link in links(text) {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = target.split('?').next().unwrap_or_default();
            if target.contains(':') || target.starts_with("//") {
                continue;
            }
            let found = if target.is_empty() {
                path.clone()
            } else {
                joined(folder, target)
            };
            let found = if found.is_dir() {
                found.join("index.html")
            } else {
                found
            };
            let page = path.strip_prefix(site).unwrap_or(path).display();
            if !found.exists() {
                faults.push(format!("{page}: a link to {link}, which is not there"));
            } else if let Some(other) = pages.get(&found)
                && !anchor.is_empty()
                && !other.contains(&format!("id=\"{anchor}\""))
            {
                faults.push(format!("{page}: a link to {link}, whose anchor is not there"));
            }
        }
    }
    if pages.is_empty() {
        faults.push("the site has no page".to_owned());
    }
    Ok((pages.len(), faults))
}

/// What the links and pictures of a page lead to.
fn links(html: &str) -> impl Iterator<Item = &str> {
    let after = |name: &'static str| html.split(name).skip(1).filter_map(|rest| rest.split('"').next());
    after(" href=\"").chain(after(" src=\""))
}

/// A path without steps back.
fn joined(folder: &Path, target: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in folder.join(target).components() {
        match part {
            Component::ParentDir => _ = path.pop(),
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_the_books_lead_to_their_places() {
        let text = "[a](ar/first.md#x) [b](source.md) [c](https://example.org/ar/) `](`";
        let expected = "[a](../../ar/first/#x) [b](source.md) [c](https://example.org/ar/) `](`";
        assert_eq!(with_links("docs/first.md", text), expected);
        let text = "[a](../first.md) [b](messages.md) [c](../../README.md) ![d](../pictures/ar.png)";
        let expected = "[a](../../docs/first/) [b](messages.md) [c](../../) ![d](../../docs/pictures/ar.png)";
        assert_eq!(with_links("docs/ar/first.md", text), expected);
        assert_eq!(with_links("README.md", "[a](docs/ar/index.md)"), "[a](ar/)");
        assert_eq!(
            with_links("docs/ar/index.md", "[a](../kashida.md)"),
            "[a](../docs/kashida/)"
        );
    }

    /// If it fails, readers of the site follow links that lead nowhere.
    #[test]
    fn a_broken_link_is_told() {
        let site = std::env::temp_dir().join(format!("qarar-site-{}", std::process::id()));
        let page =
            "<a href=\"b/\">b</a> <a href=\"b/#there\">b</a> <img src=\"c.png\"> <a href=\"https://example.org\">d</a>";
        let told = write(&site.join("index.html"), page.as_bytes())
            .and_then(|()| {
                write(
                    &site.join("b/index.html"),
                    b"<p id=\"here\"> <a href=\"../#no\"> <a href=\"#here\">",
                )
            })
            .and_then(|()| broken_links(&site))
            .map_err(Faults::into_vec);
        let _ = fs::remove_dir_all(&site);
        let expected = [
            "b/index.html: a link to ../#no, whose anchor is not there",
            "index.html: a link to b/#there, whose anchor is not there",
            "index.html: a link to c.png, which is not there",
        ];
        assert_eq!(told, Ok((2, expected.map(str::to_owned).to_vec())));
    }
}
