//! Links: `[words](https://…)` to the web or a mailbox, `[words](#name)` and `[](#name)` to a block of the document.

use std::ops::Range;

use super::TextReader;
use super::inline::{Style, is_name};
use crate::diagnostic::Diagnostic;
use crate::limits::{ADDRESS_LETTERS, grouped};
use crate::model::LinkTarget;

/// What an address may start with. Others lead to nothing that a reader of a document can open, or run something (as
/// `javascript:`).
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

impl TextReader<'_> {
    /// What a link is: where it leads, or, after a fault, its words alone.
    pub(super) fn link(&mut self, address: &str, title: &str, span: &Range<usize>) -> Style {
        let is_bare = self.source(span).starts_with("[](");
        let (message, hint) = match target(address) {
            Err((message, hint)) => (message, hint.to_owned()),
            Ok(_) if !title.is_empty() => (
                "a link has no title: nobody would see it on paper".to_owned(),
                "take the words in quotation marks away, or put them into the text".to_owned(),
            ),
            Ok(LinkTarget::Address(_)) if is_bare => (
                "a link without words".to_owned(),
                format!("write its words in the brackets, or `<{address}>` to print the address"),
            ),
            Ok(target) => return Style::Link(target, span.clone()),
        };
        self.fault(Diagnostic::error(message).rule("link").hint(hint), span.clone());
        Style::Plain
    }
}

/// Where an address leads; what is wrong with it and what to do where it leads nowhere.
fn target(address: &str) -> Result<LinkTarget, (String, &'static str)> {
    if let Some(name) = address.strip_prefix('#') {
        if name.is_empty() || !name.chars().all(is_name) {
            let hint = "write the name of a paragraph or a heading, as it stands in its `{#name}`";
            return Err((format!("`{name}` is not a name"), hint));
        }
        return Ok(LinkTarget::Block(name.to_owned()));
    }
    if address.is_empty() {
        let hint = "write an address in the round brackets, or `#` and the name of a paragraph";
        return Err(("a link that leads nowhere".to_owned(), hint));
    }
    let letters = address.chars().count();
    if letters > ADDRESS_LETTERS {
        let (letters, most) = (grouped(letters), grouped(ADDRESS_LETTERS));
        let message = format!("an address of {letters} letters, {most} are the most that can be set");
        return Err((message, "give a shorter one that leads there"));
    }
    let starts = |scheme: &&&str| {
        let start = address.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let scheme = SCHEMES.iter().find(starts);
    if scheme.is_none_or(|scheme| scheme.len() == address.len()) {
        let hint = "it starts with `https://`, `http://` or `mailto:`; a paragraph is `#` and its name";
        return Err((format!("`{address}` is no address that a link can lead to"), hint));
    }
    Ok(LinkTarget::of_uri(address))
}

#[cfg(test)]
mod tests {
    use super::target;

    /// If it fails, a PDF of ours runs a script, opens a file, or has a link to nothing.
    #[test]
    fn what_is_no_address_is_refused() {
        for address in [
            "",
            "#",
            "#a b",
            "other.md",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "mailto:",
        ] {
            assert!(target(address).is_err(), "{address}");
        }
    }
}
