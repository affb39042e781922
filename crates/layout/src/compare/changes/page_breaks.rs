//! Pages that end elsewhere, and pages that were added or removed.

use std::ops::Range;

use similar::{Algorithm, DiffOp};

use super::super::change::{Change, PageEnd, Presence};
use super::super::matched::Matched;
use super::super::options::Side;
use super::Found;
use crate::text::{Text, TextLine, Zone};

/// Where a page starts: a paragraph and a word of it.
type Start = Option<(usize, usize)>;

/// The end of a page that is not where it was.
#[derive(Debug)]
pub(in super::super) struct PageEnds {
    pub(in super::super) found: Found,
    /// The pages round it, from 0, of the reference and of the other side.
    pub(in super::super) reference: (usize, usize),
    pub(in super::super) actual: (usize, usize),
    /// The pages, from 1, that end elsewhere.
    pub(in super::super) ends: Vec<usize>,
    /// Whether both sides have an end there; otherwise one has a page more.
    pub(in super::super) is_moved: bool,
    /// Whether it is told of the language that leads: another one stands beside it otherwise.
    pub(in super::super) leads: bool,
    /// Whether the page starts with other lines or has other notes, so that it ends elsewhere for what was before.
    pub(in super::super) is_disturbed: bool,
}

/// The text of a language as its pages divide it.
struct Stream {
    language: String,
    /// Whether it tells where pages end: another language stands beside it otherwise, and tells first.
    leads: bool,
    ours: Vec<Divided>,
    theirs: Vec<Divided>,
}

/// A page of a stream.
#[derive(Debug, Clone, Copy)]
struct Divided {
    page: usize,
    start: Start,
    /// Its first line.
    line: Option<usize>,
}

/// Finds ends of pages that are not where they were.
pub(in super::super) fn find(matched: &Matched<'_>) -> Vec<PageEnds> {
    let mut all = Vec::new();
    for stream in streams(matched) {
        let at = |page: &Divided| page.start.and_then(|at| on_other_side(matched, at, &stream.language));
        let mapped: Vec<Start> = stream.ours.iter().map(at).collect();
        let real: Vec<Start> = stream.theirs.iter().map(|page| page.start).collect();
        let (Some(a), Some(b)) = (mapped.get(1..), real.get(1..)) else {
            continue;
        };
        let ops = similar::capture_diff_slices(Algorithm::Myers, a, b);
        let differing = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
        all.extend(differing.map(|op| page_ends(matched, &stream, op)));
    }
    all
}

/// The streams of the languages that both sides have. A page without text belongs to all of them.
fn streams(matched: &Matched<'_>) -> Vec<Stream> {
    let (ours, theirs) = (
        languages_of_pages(matched.reference),
        languages_of_pages(matched.actual),
    );
    let mut languages: Vec<&str> = Vec::new();
    for paragraph in matched.reference.paragraphs.iter().filter(|p| p.zone == Zone::Body) {
        let language = paragraph.language.as_str();
        if !languages.contains(&language) && theirs.iter().any(|of| of.contains(&language)) {
            languages.push(language);
        }
    }
    let beside = |a: &str, b: &str| ours.iter().any(|of| of.contains(&a) && of.contains(&b));
    let mut streams = Vec::new();
    for (place, language) in languages.iter().enumerate() {
        let here = |of: &Vec<&str>| of.is_empty() || of.iter().any(|other| beside(other, language));
        let divided = |text: &Text<'_>, pages: &[Vec<&str>]| {
            let all = starts(text, language);
            (0..pages.len())
                .filter(|page| here(&pages[*page]))
                .map(|page| all[page])
                .collect()
        };
        streams.push(Stream {
            language: (*language).to_owned(),
            leads: !languages[..place].iter().any(|other| beside(other, language)),
            ours: divided(matched.reference, &ours),
            theirs: divided(matched.actual, &theirs),
        });
    }
    streams
}

/// The languages whose text stands on each page.
fn languages_of_pages<'a>(text: &'a Text<'_>) -> Vec<Vec<&'a str>> {
    let mut pages: Vec<Vec<&str>> = vec![Vec::new(); text.layout.pages.len()];
    for line in &text.lines {
        let paragraph = &text.paragraphs[line.paragraph];
        if paragraph.zone == Zone::Body && !pages[line.page].contains(&paragraph.language.as_str()) {
            pages[line.page].push(&paragraph.language);
        }
    }
    pages
}

/// Where the text of each page starts.
fn starts(text: &Text<'_>, language: &str) -> Vec<Divided> {
    let mut starts: Vec<Divided> = (0..text.layout.pages.len())
        .map(|page| Divided {
            page,
            start: None,
            line: None,
        })
        .collect();
    for (number, paragraph) in text.paragraphs.iter().enumerate() {
        if paragraph.zone != Zone::Body || paragraph.language != language {
            continue;
        }
        for (at, line) in paragraph.lines.iter().enumerate() {
            let slot = &mut starts[text.lines[*line].page];
            if slot.line.is_none_or(|first| *line < first) {
                slot.start = Some((number, paragraph.starts[at]));
                slot.line = Some(*line);
            }
        }
    }
    starts
}

fn page_ends(matched: &Matched<'_>, stream: &Stream, op: &DiffOp) -> PageEnds {
    // The break before the page at n + 1 is at n: the first page has none before it.
    let (old, new) = (op.old_range(), op.new_range());
    let page = |list: &[Divided], at: usize| list.get(at).or(list.last()).map_or(0, |divided| divided.page);
    let pages = |list: &[Divided], range: &Range<usize>| (page(list, range.start), page(list, range.end));
    let (reference, actual) = (pages(&stream.ours, &old), pages(&stream.theirs, &new));
    let first = |list: &[Divided], at: usize| list.get(at + 1).and_then(|divided| divided.line);
    PageEnds {
        found: Found::new(
            change(matched, stream, op),
            old.clone().filter_map(|at| first(&stream.ours, at)).collect(),
            new.clone().filter_map(|at| first(&stream.theirs, at)).collect(),
        ),
        reference,
        actual,
        ends: (new.start..new.end.max(new.start + old.len().min(1)))
            .map(|at| page(&stream.theirs, at) + 1)
            .collect(),
        is_moved: !old.is_empty() && !new.is_empty(),
        leads: stream.leads,
        is_disturbed: is_disturbed(matched, reference.0, actual.0),
    }
}

/// Whether two pages, or the openings that they belong to, start with other lines or have other notes.
fn is_disturbed(matched: &Matched<'_>, ours: usize, theirs: usize) -> bool {
    let firsts = |text: &Text<'_>, page: usize| {
        let mut firsts: Vec<(Zone, String, usize, usize)> = Vec::new();
        let is_here = |line: &TextLine<'_>| text.opening(line.page) == text.opening(page);
        for (number, line) in text.lines.iter().enumerate().filter(|(_, line)| is_here(line)) {
            let paragraph = &text.paragraphs[line.paragraph];
            match firsts
                .iter_mut()
                .find(|(zone, language, ..)| *zone == paragraph.zone && *language == paragraph.language)
            {
                Some((.., count)) => *count += 1,
                None => firsts.push((paragraph.zone, paragraph.language.clone(), number, 1)),
            }
        }
        firsts.retain(|(zone, ..)| *zone != Zone::Furniture);
        firsts
    };
    let (a, b) = (firsts(matched.reference, ours), firsts(matched.actual, theirs));
    let same = |x: &(Zone, String, usize, usize)| {
        let like = b.iter().find(|y| x.0 == y.0 && x.1 == y.1);
        like.is_some_and(|y| matched.same_line[x.2] == Some(y.2) && (x.0 == Zone::Body || x.3 == y.3))
    };
    a.len() != b.len() || !a.iter().all(same)
}

/// Where a start of the reference is on the other side; where its paragraph is gone, that of the one after it.
fn on_other_side(matched: &Matched<'_>, (paragraph, word): (usize, usize), language: &str) -> Start {
    let pairs = &matched.alignment.pairs;
    let at = pairs.partition_point(|pair| pair.reference < paragraph);
    match pairs.get(at) {
        Some(pair) if pair.reference == paragraph => Some((pair.actual, pair.boundary(word)?)),
        _ => {
            let like = |n: usize| {
                let p = &matched.reference.paragraphs[n];
                p.zone == Zone::Body && p.language == language
            };
            let next = pairs[at..].iter().find(|pair| like(pair.reference))?;
            Some((next.actual, 0))
        }
    }
}

fn change(matched: &Matched<'_>, stream: &Stream, op: &DiffOp) -> Change {
    let (old, new) = (op.old_range(), op.new_range());
    let numbers = |list: &[Divided], range: Range<usize>| -> Vec<usize> {
        range.filter_map(|at| Some(list.get(at + 1)?.page + 1)).collect()
    };
    if old.is_empty() {
        let first = stream.theirs.get(new.start + 1).and_then(|divided| divided.start);
        return Change::Pages {
            presence: Presence::Added,
            pages: numbers(&stream.theirs, new),
            starts: first.map(|(paragraph, _)| matched.subject(Side::Actual, paragraph)),
        };
    }
    if new.is_empty() {
        return Change::Pages {
            presence: Presence::Removed,
            pages: numbers(&stream.ours, old),
            starts: None,
        };
    }
    Change::PageBreak {
        page: stream.theirs.get(new.start).map_or(0, |divided| divided.page) + 1,
        reference: page_end(matched, Side::Reference, &stream.ours, old.start),
        actual: page_end(matched, Side::Actual, &stream.theirs, new.start),
    }
}

fn page_end(matched: &Matched<'_>, side: Side, pages: &[Divided], at: usize) -> PageEnd {
    let Some(next) = pages.get(at + 1) else {
        return PageEnd::WithDocument;
    };
    let Some((paragraph, word)) = next.start else {
        return PageEnd::BeforeEmptyPage;
    };
    let text = matched.text(side);
    let subject = matched.subject(side, paragraph);
    let of = &text.paragraphs[paragraph];
    match (of.before(word), of.before_in(text, paragraph)) {
        (Some(before), _) => PageEnd::AfterWord {
            word: before.to_owned(),
            paragraph: subject,
        },
        (None, Some(name)) => PageEnd::After(name),
        (None, None) => PageEnd::Before(subject),
    }
}
