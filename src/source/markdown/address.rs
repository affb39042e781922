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
            // A link has one address; what looks like another one in its words is a part of them.
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
        // One that is written with a backslash is found nowhere, and must not be looked for in the whole of a long text.
        let last = from_source + 8 * (range.end - from) + FARTHEST;
        let near = &written[from_source..written.floor_char_boundary(last)];
        let at = near.find(address).map_or(from_source, |at| from_source + at);
        if from < range.start {
            out.push(Inline::Text {
                text: text[from..range.start].to_owned(),
                span: span.start + from_source..span.start + at,
            });
        }
        let end = written.floor_char_boundary(at + address.len());
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

/// How many bytes of a source an address is looked for in, beside those that its text takes.
const FARTHEST: usize = 4_096;
/// How many bytes of an address are read: a word has its limit (`docs/limits.md`).
const LONGEST: usize = 2_048;

/// The addresses of a text.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let starts = STARTS.iter().flat_map(|start| {
        let places = text.match_indices(start);
        places.map(|(at, start)| (at, start.len()))
    });
    let mut starts: Vec<(usize, usize)> = starts.collect();
    starts.sort_unstable();
    let mut starts = starts.into_iter();
    let mut signs = text.match_indices('@').map(|(at, _)| at).fuse();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    // The next address of a page, and the next mailbox with the place of its sign. Each place is looked at once.
    let mut page: Option<Range<usize>> = None;
    let mut mailbox: Option<(usize, Range<usize>)> = None;
    loop {
        page = page.filter(|page| page.start >= from).or_else(|| {
            let mut left = starts.by_ref().filter(|(at, _)| *at >= from);
            left.find_map(|(at, told)| page_at(text, at, told))
        });
        let cut = mailbox.take_if(|(_, mailbox)| mailbox.start < from);
        if mailbox.is_none() {
            let again = cut.map(|(at, _)| at);
            let mut left = again.into_iter().chain(signs.by_ref()).filter(|at| *at >= from);
            mailbox = left.find_map(|at| Some((at, mailbox_at(text, from, at)?)));
        }
        let next = match (&page, &mailbox) {
            // A mailbox in the address of a page is a part of it.
            (Some(page), Some((_, mailbox))) if mailbox.start < page.start => mailbox,
            (Some(page), _) => page,
            (None, Some((_, mailbox))) => mailbox,
            (None, None) => return found,
        };
        from = next.end;
        found.push(next.clone());
    }
}

/// The address of a page that starts at a place with so many bytes that tell it.
fn page_at(text: &str, at: usize, told: usize) -> Option<Range<usize>> {
    // An Arabic word of one letter is written together with what follows it.
    if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '@')) {
        return None;
    }
    let rest = &text[at..];
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    // A name follows.
    if !rest[told..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let length = rest.find(|c: char| !is_of_address(c)).unwrap_or(rest.len());
    let end = at + without_stops(&rest[..length]);
    (end > at + told + 1).then_some(at..end)
}

fn is_of_address(c: char) -> bool {
    c.is_alphanumeric()
        || (c.is_ascii_punctuation() && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`'))
}

/// The length of an address without what belongs to the sentence round it: stops at its end, and closing brackets that it does
/// not open.
fn without_stops(address: &str) -> usize {
    let count = |c: char| address.matches(c).count();
    let mut unopened = [('(', ')'), ('[', ']')].map(|(open, close)| (close, count(close).saturating_sub(count(open))));
    let mut kept = address;
    loop {
        let mut shorter = kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        for (close, left) in &mut unopened {
            if *left > 0
                && let Some(inside) = shorter.strip_suffix(*close)
            {
                shorter = inside;
                *left -= 1;
            }
        }
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
