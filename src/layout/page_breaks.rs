//! Pages that end elsewhere, that were added or removed, and notes that went to another page.

use similar::{Algorithm, DiffOp};

use super::compare::{Case, Event};
use super::difference::{Kind, Level};
use super::telling::{names, pages};
use super::text::{Text, Zone};

/// A note and the pages that it went from and to, from 0.
type Journey = (String, usize, usize);

/// Where a page starts: a paragraph and a word of it.
type Start = Option<(usize, usize)>;

/// Finds what differs in the pages.
pub(super) fn find(case: &mut Case<'_>) {
    breaks(case);
    notes(case);
    page_count(case);
}

/// The language whose text tells where pages end: the first that both sides have.
fn leading(case: &Case<'_>) -> String {
    let has = |text: &Text<'_>, language: &str| {
        text.paragraphs
            .iter()
            .any(|p| p.zone == Zone::Body && p.language == language)
    };
    let first = case
        .reference
        .paragraphs
        .iter()
        .find(|p| p.zone == Zone::Body && has(case.actual, &p.language));
    first.map(|p| p.language.clone()).unwrap_or_default()
}

/// Where the text of each page starts, and its first line.
fn starts(text: &Text<'_>, language: &str) -> Vec<(Start, Option<usize>)> {
    let mut starts = vec![(None, None); text.layout.pages.len()];
    for (number, paragraph) in text.paragraphs.iter().enumerate() {
        if paragraph.zone != Zone::Body || paragraph.language != language {
            continue;
        }
        for (at, line) in paragraph.lines.iter().enumerate() {
            let slot = &mut starts[text.lines[*line].page];
            if slot.1.is_none_or(|first| *line < first) {
                *slot = (Some((number, paragraph.starts[at])), Some(*line));
            }
        }
    }
    starts
}

fn breaks(case: &mut Case<'_>) {
    let language = leading(case);
    let (ours, theirs) = (starts(case.reference, &language), starts(case.actual, &language));
    let mapped: Vec<Start> = ours
        .iter()
        .map(|(start, _)| start.and_then(|at| map(case, at, &language)))
        .collect();
    let real: Vec<Start> = theirs.iter().map(|(start, _)| *start).collect();
    let (Some(a), Some(b)) = (mapped.get(1..), real.get(1..)) else {
        return;
    };
    for op in similar::capture_diff_slices(Algorithm::Myers, a, b) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        // The break before page n + 2 is at n: pages are counted from 0 and the first has none before it.
        let (old, new) = (op.old_range(), op.new_range());
        let (old_pages, new_pages) = ((old.start, old.end), (new.start, new.end));
        let elsewhere: Vec<usize> = (new.start..new.end.max(new.start + old.len().min(1)))
            .map(|page| page + 1)
            .collect();
        let overlaps = |event: &Event| {
            let meets = |x: (usize, usize), y: (usize, usize)| x.0 <= y.1 && y.0 <= x.1;
            meets(event.reference, old_pages) || meets(event.actual, new_pages)
        };
        let cause = case
            .events
            .iter()
            .filter(|event| overlaps(event))
            .map(|event| event.finding)
            .next();
        if let Some(cause) = cause {
            if !new.is_empty() && !old.is_empty() {
                let verb = if elsewhere.len() == 1 { "ends" } else { "end" };
                case.follow(cause, format!("{} {verb} elsewhere", pages(&elsewhere)));
            }
            continue;
        }
        let (kind, message) = tell(case, &ours, &theirs, &op);
        let first = |list: &[(Start, Option<usize>)], at: usize| list.get(at + 1).and_then(|(_, line)| *line);
        let a: Vec<usize> = old.clone().filter_map(|at| first(&ours, at)).collect();
        let b: Vec<usize> = new.clone().filter_map(|at| first(&theirs, at)).collect();
        let finding = case.add(Level::Pages, kind, message, &a, &b);
        if elsewhere.len() > 1 && !old.is_empty() {
            let rest = &elsewhere[1..];
            case.follow(
                finding,
                format!(
                    "{} {} elsewhere",
                    pages(rest),
                    if rest.len() == 1 { "ends" } else { "end" }
                ),
            );
        }
        case.events.push(Event {
            finding,
            reference: old_pages,
            actual: new_pages,
            language: String::new(),
        });
    }
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

fn tell(
    case: &Case<'_>,
    ours: &[(Start, Option<usize>)],
    theirs: &[(Start, Option<usize>)],
    op: &DiffOp,
) -> (Kind, String) {
    let (old, new) = (op.old_range(), op.new_range());
    let end = |text: &Text<'_>, starts: &[(Start, Option<usize>)], at: usize| match starts.get(at + 1) {
        Some((Some((paragraph, word)), _)) => before(case, text, *paragraph, *word),
        Some(_) => "with an empty page after it".to_owned(),
        None => "with the document".to_owned(),
    };
    if old.is_empty() {
        let numbers: Vec<usize> = new.clone().map(|at| at + 2).collect();
        let first = theirs.get(new.start + 1).and_then(|(start, _)| *start);
        let what = match first {
            None => "empty".to_owned(),
            Some((paragraph, _)) => format!("it starts with {}", case.name(case.actual, paragraph)),
        };
        return (Kind::Page, format!("{} added: {what}", pages(&numbers)));
    }
    if new.is_empty() {
        let numbers: Vec<usize> = old.map(|at| at + 2).collect();
        return (Kind::Page, format!("{} removed", pages(&numbers)));
    }
    let (ours, theirs) = (
        end(case.reference, ours, old.start),
        end(case.actual, theirs, new.start),
    );
    (
        Kind::PageBreak,
        format!("page {} ends {ours} in the reference, {theirs} here", new.start + 1),
    )
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

/// Notes on another page than before. One whose mark went to that page too follows it.
fn notes(case: &mut Case<'_>) {
    let mut followers: Vec<(usize, Vec<Journey>)> = Vec::new();
    for pair in &case.alignment.pairs {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        let (Some(old), Some(new)) = (a.note(), b.note()) else {
            continue;
        };
        let (from, to) = (
            case.reference.first_page(pair.reference),
            case.actual.first_page(pair.actual),
        );
        if from == to {
            continue;
        }
        let name = case.name(case.actual, pair.actual);
        let marks = (
            mark_page(case.reference, &a.language, old),
            mark_page(case.actual, &b.language, new),
        );
        let went_along = marks.0 != marks.1;
        let near = |event: &&Event| went_along || event.reference.0 <= from.max(to) && event.actual.1 >= from.min(to);
        let causes = case
            .events
            .iter()
            .filter(near)
            .filter(|event| event.actual.0 <= from.max(to));
        let cause = causes.max_by_key(|event| event.actual.0).map(|event| event.finding);
        match cause {
            Some(cause) => match followers.iter_mut().find(|(finding, _)| *finding == cause) {
                Some((_, list)) => list.push((name, from, to)),
                None => followers.push((cause, vec![(name, from, to)])),
            },
            None => followers.push((usize::MAX - pair.reference, vec![(name, from, to)])),
        }
    }
    for (cause, list) in followers {
        // All that stands after an added page is one page later: that goes without saying.
        if cause < usize::MAX / 2 && case.kind(cause) == Kind::Page {
            continue;
        }
        let told: Vec<String> = list.iter().map(|(name, ..)| name.clone()).collect();
        let (first, from, to) = &list[0];
        let message = if list.iter().all(|(_, a, b)| a == from && b == to) {
            let subject = if list.len() == 1 { first.clone() } else { names(&told) };
            format!("{subject} moved from page {} to page {}", from + 1, to + 1)
        } else {
            format!("{} moved to other pages", names(&told))
        };
        let pair = usize::MAX - cause;
        if pair < case.reference.paragraphs.len() {
            let at = case.alignment.pairs.partition_point(|p| p.reference < pair);
            let actual = case.alignment.pairs[at].actual;
            let (a, b) = (
                case.reference.paragraphs[pair].lines.clone(),
                case.actual.paragraphs[actual].lines.clone(),
            );
            let finding = case.add(Level::Pages, Kind::NotePage, message, &a, &b);
            let event = Event {
                finding,
                reference: (*from, *to),
                actual: (*from.min(to), *to.max(from)),
                language: String::new(),
            };
            case.events.push(event);
        } else {
            case.follow(cause, message);
        }
    }
}

/// The page of the first mark of a note.
fn mark_page(text: &Text<'_>, language: &str, note: usize) -> Option<usize> {
    let marked = |line: &&super::text::TextLine<'_>| {
        line.line.language == language && line.line.marks.iter().any(|mark| mark.note == note)
    };
    text.lines.iter().find(marked).map(|line| line.page)
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
