//! Addresses that stand in running text as they are: `https://…`, `www.…`, `name@example.org`.

use std::ops::Range;

use crate::model::Inline;

/// Makes the addresses in the texts of running text inlines of their own. `source` gives the source of a range of bytes.
pub(super) fn part<'a>(content: Vec<Inline>, source: &impl Fn(Range<usize>) -> &'a str) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::Text { text, span } => part_text(text, span, source, &mut out),
            Inline::Emphasis(inner) => out.push(Inline::Emphasis(part(inner, source))),
            Inline::Strong(inner) => out.push(Inline::Strong(part(inner, source))),
            Inline::Span {
                language,
                content,
                span,
            } => out.push(Inline::Span {
                language,
                content: part(content, source),
                span,
            }),
            other => out.push(other),
        }
    }
    out
}

fn part_text<'a>(text: String, span: Range<usize>, source: &impl Fn(Range<usize>) -> &'a str, out: &mut Vec<Inline>) {
    let found = addresses(&text);
    if found.is_empty() {
        out.push(Inline::Text { text, span });
        return;
    }
    // Where an address stands in the source; what is between two of them lies between their places.
    let written = source(span.clone());
    let (mut from, mut from_source) = (0, 0);
    for range in found {
        let address = &text[range.clone()];
        let at = written[from_source..]
            .find(address)
            .map_or(from_source, |at| from_source + at);
        if from < range.start {
            out.push(Inline::Text {
                text: text[from..range.start].to_owned(),
                span: span.start + from_source..span.start + at,
            });
        }
        let end = (at + address.len()).min(written.len());
        out.push(Inline::Address {
            text: address.to_owned(),
            span: span.start + at..span.start + end,
        });
        (from, from_source) = (range.end, end);
    }
    if from < text.len() {
        out.push(Inline::Text {
            text: text[from..].to_owned(),
            span: span.start + from_source..span.end,
        });
    }
}

/// What an address of a page starts with.
const STARTS: [&str; 4] = ["https://", "http://", "ftp://", "www."];

/// The addresses of a text.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(range) = next(text, from) {
        from = range.end;
        found.push(range);
    }
    found
}

fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let page = STARTS
        .iter()
        .filter_map(|start| {
            let mut places = text[from..].match_indices(start).map(|(at, _)| from + at);
            places.find_map(|at| page_at(text, at, start.len()))
        })
        .min_by_key(|range| range.start);
    let mut signs = text[from..].match_indices('@').map(|(at, _)| from + at);
    let mailbox = signs.find_map(|at| mailbox_at(text, from, at));
    match (page, mailbox) {
        // A mailbox in the address of a page is a part of it.
        (Some(page), Some(mailbox)) => Some(if mailbox.start < page.start { mailbox } else { page }),
        (page, mailbox) => page.or(mailbox),
    }
}

/// The address of a page that starts at a place with so many bytes that tell it.
fn page_at(text: &str, at: usize, told: usize) -> Option<Range<usize>> {
    // An Arabic word of one letter is written together with what follows it.
    if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '@')) {
        return None;
    }
    let rest = &text[at..];
    let length = rest.find(|c: char| !is_of_address(c)).unwrap_or(rest.len());
    let end = at + without_stops(&rest[..length]);
    // A name follows.
    (end > at + told + 1 && rest[told..].starts_with(char::is_alphanumeric)).then_some(at..end)
}

fn is_of_address(c: char) -> bool {
    c.is_alphanumeric()
        || (c.is_ascii_punctuation() && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`'))
}

/// The length of an address without what belongs to the sentence round it: stops at its end, and closing brackets that it does
/// not open.
fn without_stops(address: &str) -> usize {
    let mut kept = address;
    loop {
        let shorter = kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        let count = |c: char| shorter.matches(c).count();
        let unopened =
            (shorter.ends_with(')') && count(')') > count('(')) || (shorter.ends_with(']') && count(']') > count('['));
        let shorter = if unopened {
            &shorter[..shorter.len() - 1]
        } else {
            shorter
        };
        if shorter.len() == kept.len() {
            return kept.len();
        }
        kept = shorter;
    }
}

/// The address of a mailbox whose sign is at a place.
fn mailbox_at(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let of_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let name = &text[from..at];
    let start = from + name.trim_end_matches(of_name).len();
    let host = &text[at + 1..];
    let host = &host[..host.find(|c: char| !of_host(c)).unwrap_or(host.len())];
    let host = host.trim_end_matches(['.', '-']);
    let top = host.rsplit('.').next().unwrap_or_default();
    let named = host.contains('.') && top.len() > 1 && top.chars().all(|c| c.is_ascii_alphabetic());
    (start < at && named).then(|| start..at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_the_sentence_round_them() {
        let cases: &[(&str, &[&str])] = &[
            ("الصفحة https://www.un.org/ar/ga/ كذلك", &["https://www.un.org/ar/ga/"]),
            (
                "(see www.un.org/a_(b)/, and http://x.org).",
                &["www.un.org/a_(b)/", "http://x.org"],
            ),
            (
                "العنوان info-70@example.org، أو a.b@c.example.org.",
                &["info-70@example.org", "a.b@c.example.org"],
            ),
            (
                "https://example.org/?q=2015&n=3#top/؛",
                &["https://example.org/?q=2015&n=3#top/"],
            ),
            ("https://a@b.org/x", &["https://a@b.org/x"]),
            ("وانظر وhttps://www.un.org/ar/", &["https://www.un.org/ar/"]),
            ("at 5 @ 6, www. and https:// alone, awww.x.org", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = addresses(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }
}
