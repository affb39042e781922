//! What stands in braces at the end of a heading: `## Rules of the meeting {#rules .annex number="2 bis"}`. The class names the
//! division that the heading starts, the number stands in place of the one that it would have.
//!
//! To CommonMark the braces are text. They are found before it reads, and blanked out with spaces, so that all places stay.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::TextReader;
use crate::diagnostic::Diagnostic;
use crate::kind::{Has, TextForm};
use crate::text::nearest;

/// What stands in braces at the end of a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// The name, `#rules`.
    pub(super) id: Option<String>,
    /// The class, `.annex`, and its place.
    pub(super) class: Option<(String, Range<usize>)>,
    /// The number, `number="2 bis"`.
    pub(super) number: Option<String>,
    /// What can be none of these, and its place.
    pub(super) unknown: Option<(String, Range<usize>)>,
}

/// The class of a heading that starts no division, whatever its level.
const PLAIN: &str = "heading";

/// The braces of headings, by the places of their lines, and the text without them. A mere name, `{#rules}`, stays: every
/// paragraph may have one.
pub(super) fn find(text: &str) -> (Cow<'_, str>, BTreeMap<usize, Attributes>) {
    let mut found = BTreeMap::new();
    let mut blanked: Option<String> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let whole = start;
        start += line.len();
        let bare = line.trim_end();
        let signs = bare.trim_start_matches(' ');
        let is_heading = bare.len() - signs.len() < 4
            && signs.trim_start_matches('#').starts_with([' ', '\t'])
            && (1..=6).contains(&(signs.len() - signs.trim_start_matches('#').len()));
        let Some(open) = bare
            .strip_suffix('}')
            .filter(|_| is_heading)
            .and_then(|rest| rest.rfind('{'))
        else {
            continue;
        };
        let inner = &bare[open + 1..bare.len() - 1];
        let is_name = inner.starts_with('#') && !inner.contains(char::is_whitespace);
        if bare[..open].ends_with([']', '\\']) || is_name || !inner.starts_with(['#', '.', 'n']) {
            continue;
        }
        found.insert(whole, read(inner, whole + open + 1));
        let blanked = blanked.get_or_insert_with(|| text.to_owned());
        let braces = whole + open..whole + bare.len();
        blanked.replace_range(braces.clone(), &" ".repeat(braces.len()));
    }
    (blanked.map_or(Cow::Borrowed(text), Cow::Owned), found)
}

/// Reads what stands between the braces; `at` is where it starts.
fn read(inner: &str, at: usize) -> Attributes {
    let mut attributes = Attributes::default();
    let mut rest = inner;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return attributes;
        }
        let start = at + inner.len() - rest.len();
        if let Some(quoted) = rest.strip_prefix("number=\"")
            && let Some((number, after)) = quoted.split_once('"')
        {
            attributes.number = Some(number.trim().to_owned());
            rest = after;
            continue;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        let place = start..start + word.len();
        match word.strip_prefix('#').or_else(|| word.strip_prefix('.')) {
            Some(name) if !name.is_empty() && name.chars().all(super::inline::is_name) => match word.starts_with('#') {
                true => attributes.id = Some(name.to_owned()),
                false => attributes.class = Some((name.to_owned(), place)),
            },
            _ => attributes.unknown = Some((word.to_owned(), place)),
        }
    }
}

impl TextReader<'_> {
    /// The division that a heading of a level starts, by its place among those of the kind.
    pub(super) fn division(&mut self, level: u8, attributes: &Attributes) -> Option<usize> {
        let divisions = &self.kind.definition().structure.divisions;
        if let Some((word, place)) = &attributes.unknown {
            let fault = Diagnostic::error(format!("`{word}` says nothing of a heading")).rule("heading-attribute");
            let hint = "a name is `#name`, a division `.annex`, a number of its own `number=\"2 bis\"`";
            self.fault(fault.hint(hint), place.clone());
        }
        let Some((class, place)) = &attributes.class else {
            return divisions.iter().position(|division| division.level == Some(level));
        };
        if class == PLAIN {
            return None;
        }
        let found = divisions.iter().position(|division| division.name == *class);
        if found.is_none() {
            self.form_is_told();
            let fault = Diagnostic::error(format!("`{class}` is no division of a {}", self.kind.name()));
            let fault = fault.rule("heading-attribute");
            let names = divisions.iter().map(|division| division.name.as_str()).chain([PLAIN]);
            let names: Vec<&str> = names.collect();
            let fault = match nearest(class, names.iter().copied()) {
                Some(near) => fault.fix(format!(".{near}")).hint(format!("did you mean `.{near}`?")),
                None => fault.hint(format!("write one of `.{}`", names.join("`, `."))),
            };
            self.fault(fault, place.clone());
        }
        found
    }

    /// Tells of a heading whose division has words that it should not have, or the other way round. Whether it may stand.
    pub(super) fn is_heading_of(
        &mut self,
        division: Option<usize>,
        has_words: bool,
        attributes: &Attributes,
        place: &Range<usize>,
    ) -> bool {
        let structure = &self.kind.definition().structure;
        let divisions = &structure.divisions;
        let Some(division) = division.and_then(|place| divisions.get(place)) else {
            return has_words;
        };
        match (division.title, has_words) {
            (Has::No, true) => {
                let message = format!("a heading of the division `{}` has no words of its own", division.name);
                let fault = Diagnostic::error(message).rule("heading-attribute");
                self.fault(fault.hint("take them away: its label is printed"), place.clone());
                true
            }
            (Has::Needed, false) => false,
            // Where the text is no row of divisions, signs alone are more likely a slip.
            (_, false) => attributes.class.is_some() || structure.text == TextForm::Free,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, the braces of a heading are printed, or what belongs to a stretch of text is taken for theirs.
    #[test]
    fn braces_of_headings_are_found() {
        let text = "# T\n\n## Rules {#rules .annex number=\"2 bis\"}\n\n## {.section}\n\n### [x]{.en}\n\n## A {#b}\n";
        let (blanked, found) = find(text);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.matches('{').count(), 2);
        let attributes: Vec<_> = found.values().collect();
        assert_eq!(attributes.len(), 2);
        assert_eq!(attributes[0].id.as_deref(), Some("rules"));
        assert_eq!(attributes[0].number.as_deref(), Some("2 bis"));
        let class = attributes[0].class.clone().map(|(class, place)| (class, &text[place]));
        assert_eq!(class, Some(("annex".to_owned(), ".annex")));
        assert_eq!(
            attributes[1].class.clone().map(|(class, _)| class),
            Some("section".to_owned())
        );
        assert_eq!(read(".a b", 0).unknown, Some(("b".to_owned(), 3..4)));
    }
}
