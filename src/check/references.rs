//! Cross-references: whether the blocks that they name are there, and the words of those that the author gave none.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::locale::Usage;
use crate::model::{Expression, Facts, Inline, LinkTarget, References, plain};
use crate::source::ParsedText;
use crate::text::nearest;

/// The words that stand for the number alone, `[#](#name)`: `3 (a)` where `[](#name)` is `paragraph 3 (a)`.
const NUMBER: &str = "#";

/// What a cross-reference prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prints {
    /// The author's own words.
    Own,
    /// What the block is called.
    Called,
    /// Its number alone.
    Number,
}

fn prints(content: &[Inline]) -> Prints {
    match plain(content).trim() {
        "" => Prints::Called,
        NUMBER => Prints::Number,
        _ => Prints::Own,
    }
}

/// Tells of cross-references to names that no block has, and of those without words to a block that has no number.
pub(super) fn check(texts: &[ParsedText], diagnostics: &mut Diagnostics) {
    let names = names(texts.iter().map(|text| &text.expression));
    for text in texts {
        let references = References::of(text.kind, &text.expression.blocks);
        let usage = Usage::from(text.expression.language);
        for content in text.expression.contents() {
            walk(content, &mut |target, words, span| {
                let LinkTarget::Block(name) = target else { return };
                let fault = match names.get(name.as_str()) {
                    None => unknown(name, &names, text, span),
                    Some(to) => {
                        let called = references.words(None, *to, usage);
                        match prints(words) {
                            Prints::Called if called.is_none() => without_number(name, None),
                            Prints::Number if references.number(*to, usage).is_none() => without_number(name, called),
                            Prints::Own | Prints::Called | Prints::Number => return,
                        }
                    }
                };
                diagnostics.push(fault.at(&text.file, span.clone()));
            });
        }
    }
}

/// The fault of a reference to what has no number; `called` is what it is called all the same, as the only annex is.
fn without_number(name: &str, called: Option<String>) -> Diagnostic {
    let fault = Diagnostic::error(format!("what is named `{name}` has no number to print")).rule("link-name");
    fault.hint(match called {
        Some(called) => format!("write `[](#{name})`, which prints `{called}`"),
        None => format!("write the words of the link in its brackets: `[…](#{name})`"),
    })
}

fn unknown(name: &str, names: &BTreeMap<String, usize>, text: &ParsedText, span: &Range<usize>) -> Diagnostic {
    let fault = Diagnostic::error(format!("nothing is named `{name}`")).rule("link-name");
    if let Some(near) = nearest(name, names.keys().map(String::as_str)) {
        let fault = fault.hint(format!("did you mean `#{near}`?"));
        let source = text.file.slice(span.clone());
        return match source.rfind(&format!("#{name}")) {
            Some(at) => {
                let start = span.start + at + 1;
                fault.fix_at(&text.file, [(start..start + name.len(), near.to_owned())])
            }
            None => fault,
        };
    }
    if names.is_empty() {
        return fault.hint(format!("name the paragraph: `{{#{name}}}` at its end"));
    }
    const TOLD: usize = 8;
    let told: Vec<&str> = names.keys().take(TOLD).map(String::as_str).collect();
    let more = if names.len() > TOLD { ", …" } else { "" };
    let told = told.join(", ");
    fault.hint(format!(
        "name the paragraph, `{{#{name}}}` at its end; the names are {told}{more}"
    ))
}

/// The names of blocks, each with its place; it is enough that one language gives it.
fn names<'a>(expressions: impl Iterator<Item = &'a Expression>) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for expression in expressions {
        for (at, block) in expression.blocks.iter().enumerate() {
            if let Some(name) = block.id() {
                names.entry(name.to_owned()).or_insert(at);
            }
        }
    }
    names
}

/// Gives the cross-references of all languages their words.
pub(super) fn fill(expressions: &mut [Expression], facts: &Facts) {
    let names = names(expressions.iter());
    let Some(lead) = expressions.first().filter(|_| !names.is_empty()) else {
        return;
    };
    let references = References::of(facts.kind, &lead.blocks);
    for expression in expressions {
        let usage = facts.usage(expression.language);
        let words = |from: Option<usize>, name: &str, prints: Prints| -> Option<String> {
            let to = *names.get(name)?;
            match prints {
                Prints::Own => None,
                Prints::Called => references.words(from, to, usage),
                Prints::Number => references.number(to, usage),
            }
        };
        fill_in(&mut expression.title, &|name, prints| words(None, name, prints));
        for (at, block) in expression.blocks.iter_mut().enumerate() {
            let words = |name: &str, prints| words(Some(at), name, prints);
            let contents = block.contents_mut().into_iter();
            contents.for_each(|content| fill_in(content, &words));
        }
        for paragraph in expression.notes.iter_mut().flat_map(|note| &mut note.content) {
            fill_in(paragraph, &|name, prints| words(None, name, prints));
        }
    }
}

fn fill_in(content: &mut [Inline], words: &impl Fn(&str, Prints) -> Option<String>) {
    for inline in content {
        match inline {
            Inline::Link {
                target: LinkTarget::Block(name),
                content,
                span,
            } => {
                if let Some(text) = words(name, prints(content)) {
                    *content = vec![Inline::Text {
                        text,
                        span: span.clone(),
                    }];
                }
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Span { content: inner, .. } => {
                fill_in(inner, words);
            }
            Inline::Link { .. }
            | Inline::Text { .. }
            | Inline::Mark { .. }
            | Inline::Break
            | Inline::Address { .. } => {}
        }
    }
}

/// Shows all links of running text: where each leads, its words, and its place.
fn walk(content: &[Inline], see: &mut impl FnMut(&LinkTarget, &[Inline], &Range<usize>)) {
    for inline in content {
        match inline {
            Inline::Link { target, content, span } => see(target, content, span),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Span { content: inner, .. } => walk(inner, see),
            Inline::Text { .. } | Inline::Mark { .. } | Inline::Break | Inline::Address { .. } => {}
        }
    }
}
