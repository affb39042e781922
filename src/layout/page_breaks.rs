//! Pages that end elsewhere, and pages that were added or removed.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp};

use super::case::{Case, Event};
use super::difference::{Kind, Level};
use super::telling::pages;
use super::text::{Text, Zone};

/// Where a page starts: a paragraph and a word of it.
type Start = Option<(usize, usize)>;

/// Finds what differs in the pages.
pub(super) fn find(case: &mut Case<'_>) {
    breaks(case);
    super::note_pages::find(case);
    page_count(case);
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

/// The streams of the languages that both sides have. A page without text belongs to all of them.
fn streams(case: &Case<'_>) -> Vec<Stream> {
    let (ours, theirs) = (languages_of_pages(case.reference), languages_of_pages(case.actual));
    let mut languages: Vec<&str> = Vec::new();
    for paragraph in case.reference.paragraphs.iter().filter(|p| p.zone == Zone::Body) {
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
            ours: divided(case.reference, &ours),
            theirs: divided(case.actual, &theirs),
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

fn breaks(case: &mut Case<'_>) {
    // The pages that end elsewhere, by their findings.
    let mut elsewhere: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut told: Vec<(usize, usize)> = Vec::new();
    for stream in streams(case) {
        let mapped: Vec<Start> = stream
            .ours
            .iter()
            .map(|page| page.start.and_then(|at| map(case, at, &stream.language)))
            .collect();
        let real: Vec<Start> = stream.theirs.iter().map(|page| page.start).collect();
        let (Some(a), Some(b)) = (mapped.get(1..), real.get(1..)) else {
            continue;
        };
        for op in similar::capture_diff_slices(Algorithm::Myers, a, b) {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            one_break(case, &stream, &op, &mut elsewhere, &mut told);
        }
    }
    for (finding, mut list) in elsewhere {
        list.retain(|page| !told.contains(&(finding, *page)));
        list.sort_unstable();
        list.dedup();
        if !list.is_empty() {
            let verb = if list.len() == 1 { "ends" } else { "end" };
            case.follow(finding, format!("{} {verb} elsewhere", pages(&list)));
        }
    }
}

fn one_break(
    case: &mut Case<'_>,
    stream: &Stream,
    op: &DiffOp,
    elsewhere: &mut BTreeMap<usize, Vec<usize>>,
    told: &mut Vec<(usize, usize)>,
) {
    // The break before the page at n + 1 is at n: the first page has none before it.
    let (old, new) = (op.old_range(), op.new_range());
    let page = |list: &[Divided], at: usize| list.get(at).or(list.last()).map_or(0, |divided| divided.page);
    let old_pages = (page(&stream.ours, old.start), page(&stream.ours, old.end));
    let new_pages = (page(&stream.theirs, new.start), page(&stream.theirs, new.end));
    let ends: Vec<usize> = (new.start..new.end.max(new.start + old.len().min(1)))
        .map(|at| page(&stream.theirs, at) + 1)
        .collect();
    let is_moved = !old.is_empty() && !new.is_empty();
    let cause = case.cause(old_pages, new_pages).or_else(|| {
        // A page that starts elsewhere or has other notes ends elsewhere too.
        let before = is_disturbed(case, old_pages.0, new_pages.0).then(|| case.cause_before(new_pages.0));
        before.flatten()
    });
    if let Some(cause) = cause {
        if is_moved {
            elsewhere.entry(cause).or_default().extend(ends);
        }
        return;
    }
    if !stream.leads && !is_moved {
        return;
    }
    let (kind, message) = tell(case, &stream.ours, &stream.theirs, op);
    let first = |list: &[Divided], at: usize| list.get(at + 1).and_then(|divided| divided.line);
    let a: Vec<usize> = old.clone().filter_map(|at| first(&stream.ours, at)).collect();
    let b: Vec<usize> = new.filter_map(|at| first(&stream.theirs, at)).collect();
    let finding = case.add(Level::Pages, kind, message, &a, &b);
    if !old.is_empty() {
        told.extend(ends.first().map(|page| (finding, *page)));
        elsewhere.entry(finding).or_default().extend(ends);
    }
    case.events.push(Event {
        finding,
        reference: old_pages,
        actual: new_pages,
        language: String::new(),
        takes_room: true,
    });
}

/// Whether two pages, or the openings that they belong to, start with other lines or have other notes.
fn is_disturbed(case: &Case<'_>, ours: usize, theirs: usize) -> bool {
    let firsts = |text: &Text<'_>, page: usize| {
        let mut firsts: Vec<(Zone, String, usize, usize)> = Vec::new();
        let is_here = |line: &super::text::TextLine<'_>| text.opening(line.page) == text.opening(page);
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
    let (a, b) = (firsts(case.reference, ours), firsts(case.actual, theirs));
    let same = |x: &(Zone, String, usize, usize)| {
        let like = b.iter().find(|y| x.0 == y.0 && x.1 == y.1);
        like.is_some_and(|y| case.same_line[x.2] == Some(y.2) && (x.0 == Zone::Body || x.3 == y.3))
    };
    a.len() != b.len() || !a.iter().all(same)
}

/// Where a start of the reference is on the other side; where its paragraph is gone, that of the one after it.
fn map(case: &Case<'_>, (paragraph, word): (usize, usize), language: &str) -> Start {
    let pairs = &case.alignment.pairs;
    let at = pairs.partition_point(|pair| pair.reference < paragraph);
    match pairs.get(at) {
        Some(pair) if pair.reference == paragraph => Some((pair.actual, pair.boundary(word)?)),
        _ => {
            let like = |n: usize| {
                let p = &case.reference.paragraphs[n];
                p.zone == Zone::Body && p.language == language
            };
            let next = pairs[at..].iter().find(|pair| like(pair.reference))?;
            Some((next.actual, 0))
        }
    }
}

fn tell(case: &Case<'_>, ours: &[Divided], theirs: &[Divided], op: &DiffOp) -> (Kind, String) {
    let (old, new) = (op.old_range(), op.new_range());
    let end = |text: &Text<'_>, pages: &[Divided], at: usize| match pages.get(at + 1) {
        Some(next) => match next.start {
            Some((paragraph, word)) => before(case, text, paragraph, word),
            None => "with an empty page after it".to_owned(),
        },
        None => "with the document".to_owned(),
    };
    let numbers = |list: &[Divided], range: Range<usize>| -> Vec<usize> {
        range.filter_map(|at| Some(list.get(at + 1)?.page + 1)).collect()
    };
    if old.is_empty() {
        let numbers = numbers(theirs, new.clone());
        let what = match theirs.get(new.start + 1).and_then(|divided| divided.start) {
            None => "empty".to_owned(),
            Some((paragraph, _)) => format!("it starts with {}", case.name(case.actual, paragraph)),
        };
        return (Kind::Page, format!("{} added: {what}", pages(&numbers)));
    }
    if new.is_empty() {
        return (Kind::Page, format!("{} removed", pages(&numbers(ours, old))));
    }
    let page = theirs.get(new.start).map_or(0, |divided| divided.page) + 1;
    let (ours, theirs) = (
        end(case.reference, ours, old.start),
        end(case.actual, theirs, new.start),
    );
    let message = format!("page {page} ends {ours} in the reference, {theirs} here");
    (Kind::PageBreak, message)
}

/// What stands before a word, in words: ``after `…` of operative 6``, or `after operative 5`.
fn before(case: &Case<'_>, text: &Text<'_>, paragraph: usize, word: usize) -> String {
    let p = &text.paragraphs[paragraph];
    match (p.before(word), p.before_in(text, paragraph)) {
        (Some(before), _) => format!("after `{before}` of {}", case.name(text, paragraph)),
        (None, Some(name)) => format!("after {name}"),
        (None, None) => format!("before {}", case.name(text, paragraph)),
    }
}

/// More or fewer pages, under what brought them.
fn page_count(case: &mut Case<'_>) {
    let (old, new) = (case.reference.layout.pages.len(), case.actual.layout.pages.len());
    if old == new {
        return;
    }
    let (verb, numbers): (&str, Vec<usize>) = if new > old {
        ("added", (old + 1..=new).collect())
    } else {
        ("removed", (new + 1..=old).collect())
    };
    let total = format!("{new} in place of {old}");
    match case.events.last().map(|event| event.finding) {
        // That a page was added is told already.
        Some(cause) if case.kind(cause) == Kind::Page => {}
        Some(cause) => {
            let what = if numbers.len() == 1 {
                "a page is".to_owned()
            } else {
                format!("{} pages are", numbers.len())
            };
            case.follow(cause, format!("{what} {verb} ({total})"));
        }
        None => {
            let message = format!("{} {verb} ({total})", pages(&numbers));
            case.add(Level::Pages, Kind::Page, message, &[], &[]);
        }
    }
}
