//! Which file of a crate uses which: `use` declarations, and paths written out in the code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::visit::{self, Visit};

use crate::faults::Faults;

/// A use of one file by another; the paths are below `src`, with slashes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Import {
    pub(super) from: String,
    pub(super) to: String,
    /// The line of the first use, from 1.
    pub(super) line: usize,
}

/// The files of a crate and their imports.
pub(super) struct Imports {
    files: BTreeMap<Vec<String>, File>,
    edges: Vec<Import>,
}

/// What one file of the crate names.
#[derive(Default)]
struct File {
    path: String,
    /// The paths it names, as written, with their lines.
    names: Vec<(Vec<String>, usize)>,
    /// What it passes on: the name outside, and the path behind it.
    passed_on: BTreeMap<String, Vec<String>>,
}

impl Imports {
    /// Reads every file below a `src`. Code under `#[cfg(test)]` is left out: a test may look at every stage.
    pub(super) fn of(src: &Path) -> Result<Self, Faults> {
        let mut files = BTreeMap::new();
        collect(src, &mut Vec::new(), "", &mut files)?;
        let mut imports = Imports {
            files,
            edges: Vec::new(),
        };
        imports.edges = imports.resolve();
        Ok(imports)
    }

    /// The files, in the order of their modules.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.values().map(|file| file.path.as_str())
    }

    /// The imports, each pair of files once.
    pub(super) fn edges(&self) -> impl Iterator<Item = &Import> {
        self.edges.iter()
    }

    fn resolve(&self) -> Vec<Import> {
        let mut first = BTreeMap::new();
        for (module, file) in &self.files {
            for (name, line) in &file.names {
                let Some(to) = self.absolute(module, name).and_then(|path| self.file_of(path)) else {
                    continue;
                };
                if to != file.path {
                    let line_of_pair = first.entry((file.path.clone(), to)).or_insert(*line);
                    *line_of_pair = (*line_of_pair).min(*line);
                }
            }
        }
        first
            .into_iter()
            .map(|((from, to), line)| Import { from, to, line })
            .collect()
    }

    /// A path as seen from the root of the crate; `None` where it leads out of the crate.
    fn absolute(&self, module: &[String], name: &[String]) -> Option<Vec<String>> {
        let (head, rest) = name.split_first()?;
        match head.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module, rest].concat()),
            "super" => {
                let (_, above) = module.split_last()?;
                if rest.first().is_some_and(|next| next == "super") {
                    return self.absolute(above, rest);
                }
                Some([above, rest].concat())
            }
            _ => {
                let child = [module, std::slice::from_ref(head)].concat();
                self.files.contains_key(&child).then(|| [module, name].concat())
            }
        }
    }

    /// The file in which what a path names is defined, behind every `pub use`.
    fn file_of(&self, mut path: Vec<String>) -> Option<String> {
        let mut seen = BTreeSet::new();
        loop {
            let depth = (0..=path.len())
                .rev()
                .find(|depth| self.files.contains_key(&path[..*depth]))?;
            let (module, rest) = path.split_at(depth);
            let file = &self.files[module];
            let behind = rest.first().and_then(|name| file.passed_on.get(name));
            match behind.and_then(|behind| self.absolute(module, behind)) {
                Some(behind) if seen.insert(path.clone()) => path = [behind.as_slice(), &rest[1..]].concat(),
                _ => return Some(file.path.clone()),
            }
        }
    }
}

/// Adds the files of a folder, whose module is `module`.
fn collect(
    folder: &Path,
    module: &mut Vec<String>,
    below: &str,
    files: &mut BTreeMap<Vec<String>, File>,
) -> Result<(), Faults> {
    let entries = std::fs::read_dir(folder).map_err(|error| Faults::file(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| Faults::file(folder, &error))?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let shown = format!("{below}{name}");
        if path.is_dir() {
            module.push(name);
            collect(&path, module, &format!("{shown}/"), files)?;
            module.pop();
        } else if let Some(stem) = name.strip_suffix(".rs") {
            let mut own = module.clone();
            match stem {
                "mod" | "lib" => {}
                // The program is a crate of its own, which names the library.
                "main" => continue,
                stem => own.push(stem.to_owned()),
            }
            files.insert(own, read(&path, shown)?);
        }
    }
    Ok(())
}

fn read(path: &Path, shown: String) -> Result<File, Faults> {
    let text = std::fs::read_to_string(path).map_err(|error| Faults::file(path, &error))?;
    let syntax = syn::parse_file(&text).map_err(|error| Faults::one(format!("{}: {error}", path.display())))?;
    let mut file = File {
        path: shown,
        ..File::default()
    };
    file.visit_file(&syntax);
    Ok(file)
}

impl<'ast> Visit<'ast> for File {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !attributes(item).iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let passed_on = !matches!(item.vis, syn::Visibility::Inherited);
        self.take_tree(&item.tree, &mut Vec::new(), passed_on);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect::<Vec<_>>();
        if names.len() > 1 {
            self.names.push((names, line(&path.segments[0].ident)));
        }
        visit::visit_path(self, path);
    }
}

impl File {
    /// The paths of a `use`; those of `pub use` are passed on and are no use of their own.
    fn take_tree(&mut self, tree: &syn::UseTree, above: &mut Vec<String>, passed_on: bool) {
        match tree {
            syn::UseTree::Path(path) => {
                above.push(path.ident.to_string());
                self.take_tree(&path.tree, above, passed_on);
                above.pop();
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.take_tree(tree, above, passed_on);
                }
            }
            syn::UseTree::Name(name) => self.take_name(above, &name.ident, &name.ident, passed_on),
            syn::UseTree::Rename(rename) => self.take_name(above, &rename.ident, &rename.rename, passed_on),
            syn::UseTree::Glob(glob) => {
                let line = glob.star_token.spans[0].start().line;
                self.names.push((above.clone(), line));
            }
        }
    }

    fn take_name(&mut self, above: &[String], name: &syn::Ident, outside: &syn::Ident, passed_on: bool) {
        let mut path = above.to_vec();
        if name != "self" {
            path.push(name.to_string());
        }
        if passed_on {
            self.passed_on.insert(outside.to_string(), path);
        } else {
            self.names.push((path, line(name)));
        }
    }
}

fn line(name: &syn::Ident) -> usize {
    name.span().start().line
}

fn is_for_tests(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Ident>()
            .is_ok_and(|condition| condition == "test")
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
