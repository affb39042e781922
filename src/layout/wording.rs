//! What differs in the text: words, paragraphs, notes, their order, their labels and marks.

use rustc_hash::FxHashMap;

use super::align::{Change, Pair};
use super::compare::{Case, Event};
use super::difference::{Kind, Level};
use super::telling::{count, names, pages, quoted};
use super::text::{Paragraph, Text, Zone};

/// More changes than this in one paragraph are told as one.
const REWRITTEN: usize = 6;

/// Finds what differs in the text.
pub(super) fn find(case: &mut Case<'_>) {
    let order = order(case);
    let structural = only_on_one_side(case) | order;
    for number in 0..case.alignment.pairs.len() {
        if case.reference.paragraphs[case.alignment.pairs[number].reference].zone != Zone::Furniture {
            words(case, number);
        }
    }
    numbers(case, structural);
    marks(case, structural);
}

/// Paragraphs that were moved or exchanged. Answers whether there are any.
fn order(case: &mut Case<'_>) -> bool {
    let pairs = &case.alignment.pairs;
    let moved: Vec<usize> = (0..pairs.len()).filter(|number| pairs[*number].moved).collect();
    let named = |pair: &Pair| {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        (a.name.clone(), b.name.clone(), a.language.clone())
    };
    let mut by_names: FxHashMap<(String, String, String), usize> = FxHashMap::default();
    for (number, pair) in pairs.iter().enumerate() {
        by_names.insert(named(pair), number);
    }
    let mut told = vec![false; pairs.len()];
    for number in moved.iter().copied() {
        if told[number] {
            continue;
        }
        let pair = &case.alignment.pairs[number];
        let (old, new, language) = named(pair);
        let other = by_names
            .get(&(new.clone(), old.clone(), language.clone()))
            .copied()
            .filter(|other| *other != number);
        // What stands between two that were exchanged kept its place and its name.
        if old == new
            && by_names
                .keys()
                .any(|(a, b, l)| a != b && *l == language && by_names.contains_key(&(b.clone(), a.clone(), l.clone())))
        {
            continue;
        }
        let mut both = vec![number];
        let mut subject = String::new();
        let message = match other {
            Some(other) => {
                told[other] = true;
                both.push(other);
                both.sort_unstable();
                let name = |n: &usize| {
                    case.reference.paragraphs[case.alignment.pairs[*n].reference]
                        .name
                        .clone()
                };
                subject = format!("{} swapped", names(&both.iter().map(name).collect::<Vec<_>>()));
                case.in_language(&subject, &language)
            }
            None => {
                let name = case.name(case.reference, pair.reference);
                match case.actual.paragraphs[pair.actual].before_in(case.actual, pair.actual) {
                    Some(before) if old == new => format!("{name} moved: it stands after {before} here"),
                    _ => format!("{name} moved: it is {} here", case.name(case.actual, pair.actual)),
                }
            }
        };
        let lines = |text: &Text<'_>, of: fn(&Pair) -> usize| -> Vec<usize> {
            both.iter()
                .flat_map(|n| text.paragraphs[of(&case.alignment.pairs[*n])].lines.clone())
                .collect()
        };
        let (a, b) = (lines(case.reference, |p| p.reference), lines(case.actual, |p| p.actual));
        let finding = case.add_in_language(Kind::Order, (subject, language), message, &a, &b);
        for n in both {
            case.touch_pair(finding, n);
        }
    }
    !moved.is_empty()
}

/// Paragraphs and notes that only one side has. Answers whether there are any.
fn only_on_one_side(case: &mut Case<'_>) -> bool {
    let mut any = false;
    for removed in [true, false] {
        let (text, other, list) = if removed {
            (case.reference, case.actual, &case.alignment.removed)
        } else {
            (case.actual, case.reference, &case.alignment.added)
        };
        let list: Vec<usize> = list
            .iter()
            .copied()
            .filter(|number| is_compared(text, other, *number))
            .collect();
        any |= !list.is_empty();
        let (with_their_text, list): (Vec<usize>, Vec<usize>) = list
            .iter()
            .partition(|number| goes_with_its_text(text, &list, **number));
        let mut with_their_text = Some(with_their_text).filter(|notes| !notes.is_empty());
        for run in runs(text, &list) {
            let notes = with_their_text.take_if(|_| text.paragraphs[run[0]].zone == Zone::Body);
            one_side(case, text, &run, removed, notes.as_deref().unwrap_or_default());
        }
    }
    any
}

fn one_side(case: &mut Case<'_>, text: &Text<'_>, run: &[usize], removed: bool, notes: &[usize]) {
    let verb = if removed { "removed" } else { "added" };
    let names_of = |list: &[usize]| {
        let named: Vec<String> = list.iter().map(|n| text.paragraphs[*n].name.clone()).collect();
        if named.len() > 4 {
            range(&named.iter().map(String::as_str).collect::<Vec<_>>())
        } else {
            names(&named)
        }
    };
    let language = text.paragraphs[run[0]].language.clone();
    let subject = format!("{} {verb}", names_of(run));
    let mut message = case.in_language(&subject, &language);
    if run.len() > 4 {
        message.push_str(&format!(" ({} paragraphs)", run.len()));
    } else if let [one] = run {
        message.push_str(&format!(
            ": {}",
            quoted(text.paragraphs[*one].words.iter().map(|w| w.text.as_str()))
        ));
    }
    let follow = (!notes.is_empty()).then(|| format!("{} {verb} too", names_of(notes)));
    let lines: Vec<usize> = run.iter().flat_map(|n| text.paragraphs[*n].lines.clone()).collect();
    let own = (
        text.first_page(run[0]),
        run.iter().map(|n| text.last_page(*n)).max().unwrap_or(0),
    );
    let across = across(case, run, removed).unwrap_or(own);
    let (reference, actual) = if removed { (own, across) } else { (across, own) };
    let (a, b) = if removed {
        (lines, Vec::new())
    } else {
        (Vec::new(), lines)
    };
    let finding = case.add_in_language(Kind::Paragraph, (subject, language.clone()), message, &a, &b);
    case.events.push(Event {
        finding,
        reference,
        actual,
        language,
        takes_room: true,
    });
    if let Some(follow) = follow {
        case.follow(finding, follow);
    }
}

/// The pages of the other side where paragraphs would stand: from the one before to the one after.
fn across(case: &Case<'_>, run: &[usize], removed: bool) -> Option<(usize, usize)> {
    let own = |pair: &Pair| if removed { pair.reference } else { pair.actual };
    let (text, other) = if removed {
        (case.reference, case.actual)
    } else {
        (case.actual, case.reference)
    };
    let theirs = |pair: &Pair| if removed { pair.actual } else { pair.reference };
    let like = |pair: &&Pair| {
        let (a, b) = (&text.paragraphs[own(pair)], &text.paragraphs[run[0]]);
        a.zone == b.zone && a.language == b.language
    };
    let before = case
        .alignment
        .pairs
        .iter()
        .filter(like)
        .filter(|p| own(p) < run[0])
        .max_by_key(|p| own(p));
    let after = case
        .alignment
        .pairs
        .iter()
        .filter(like)
        .filter(|p| own(p) > run[0])
        .min_by_key(|p| own(p));
    let first = before.map(|pair| other.last_page(theirs(pair)));
    let last = after.map(|pair| other.first_page(theirs(pair)));
    Some((first.or(last)?, last.or(first)?.max(first.unwrap_or(0))))
}

/// What a partial layout does not tell, and heads and feet, are not missing there.
fn is_compared(text: &Text<'_>, other: &Text<'_>, number: usize) -> bool {
    let paragraph = &text.paragraphs[number];
    if paragraph.zone == Zone::Furniture {
        return false;
    }
    let family = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
    !other.layout.partial
        || other
            .paragraphs
            .iter()
            .any(|p| family(&p.name) == family(&paragraph.name))
}

/// Whether all marks of a note stand in paragraphs of the list.
fn goes_with_its_text(text: &Text<'_>, list: &[usize], number: usize) -> bool {
    let Some(note) = text.paragraphs[number].note() else {
        return false;
    };
    let language = &text.paragraphs[number].language;
    let mut marked = text
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, p)| p.language == *language && p.marks.iter().any(|(_, other)| *other == note));
    let mut any = false;
    let all = marked.all(|(n, _)| {
        any = true;
        list.contains(&n)
    });
    any && all
}

/// Paragraphs that follow each other, in lists.
fn runs(text: &Text<'_>, list: &[usize]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let follows = |a: usize, b: usize| {
        let (x, y) = (&text.paragraphs[a], &text.paragraphs[b]);
        let alike = |p: &Paragraph| p.zone == x.zone && p.language == x.language;
        alike(y) && a < b && !text.paragraphs[a + 1..b].iter().any(alike)
    };
    let mut sorted = list.to_vec();
    sorted.sort_by_key(|n| (text.paragraphs[*n].zone, text.paragraphs[*n].language.clone(), *n));
    for number in sorted {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| follows(*last, number)) => run.push(number),
            _ => runs.push(vec![number]),
        }
    }
    runs
}

/// The words that differ in a paragraph of both sides.
fn words(case: &mut Case<'_>, number: usize) {
    let pair = &case.alignment.pairs[number];
    if pair.changes.is_empty() {
        return;
    }
    let (a, b) = (
        &case.reference.paragraphs[pair.reference],
        &case.actual.paragraphs[pair.actual],
    );
    let name = case.name(case.actual, pair.actual);
    if pair.changes.len() > REWRITTEN {
        let went: usize = pair.changes.iter().map(|c| c.reference.1 - c.reference.0).sum();
        let came: usize = pair.changes.iter().map(|c| c.actual.1 - c.actual.0).sum();
        let message = format!(
            "{name} rewritten in {} places: {} removed, {} added",
            pair.changes.len(),
            count(went, "word", "words"),
            count(came, "word", "words")
        );
        let finding = case.add(Level::Text, Kind::Words, message, &a.lines, &b.lines);
        case.touch_pair(finding, number);
        return;
    }
    for change in &pair.changes {
        let message = word_change(&name, a, b, *change);
        let lines = (lines_of(a, change.reference), lines_of(b, change.actual));
        let finding = case.add(Level::Text, Kind::Words, message, &lines.0, &lines.1);
        case.touch_pair(finding, number);
    }
}

fn word_change(name: &str, a: &Paragraph, b: &Paragraph, change: Change) -> String {
    let words =
        |p: &Paragraph, range: (usize, usize)| quoted(p.words[range.0..range.1].iter().map(|w| w.text.as_str()));
    let place = match (b.before(change.actual.0), b.words.get(change.actual.1)) {
        (Some(before), _) => format!(" after `{before}`"),
        (None, Some(after)) => format!(" before `{}`", after.text),
        (None, None) => String::new(),
    };
    let (went, came) = (
        change.reference.1 > change.reference.0,
        change.actual.1 > change.actual.0,
    );
    match (went, came) {
        (false, _) => format!("{name}: {} added{place}", words(b, change.actual)),
        (true, false) => format!("{name}: {} removed{place}", words(a, change.reference)),
        (true, true) => format!(
            "{name}: {} became {}{place}",
            words(a, change.reference),
            words(b, change.actual)
        ),
    }
}

/// The lines that hold words; where there are none, the line that they would stand in.
fn lines_of(paragraph: &Paragraph, words: (usize, usize)) -> Vec<usize> {
    let first = paragraph
        .starts
        .partition_point(|start| *start <= words.0)
        .saturating_sub(1);
    let last = paragraph
        .starts
        .partition_point(|start| *start < words.1.max(words.0 + 1))
        .max(first + 1);
    paragraph
        .lines
        .get(first..last.min(paragraph.lines.len()))
        .unwrap_or_default()
        .to_vec()
}

/// Paragraphs that are counted otherwise, and other labels.
fn numbers(case: &mut Case<'_>, structural: bool) {
    let mut renamed: FxHashMap<(Zone, String), Vec<usize>> = FxHashMap::default();
    for (number, pair) in case.alignment.pairs.iter().enumerate() {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        if a.name != b.name && !pair.moved && case.explained[number].is_none() {
            renamed.entry((a.zone, a.language.clone())).or_default().push(number);
        }
    }
    let mut groups: Vec<_> = renamed.into_iter().collect();
    groups.sort();
    for ((zone, language), list) in groups {
        let told = |text: &Text<'_>, of: fn(&Pair) -> usize| {
            range(
                &list
                    .iter()
                    .map(|n| text.paragraphs[of(&case.alignment.pairs[*n])].name.as_str())
                    .collect::<Vec<_>>(),
            )
        };
        let (old, new) = (told(case.reference, |p| p.reference), told(case.actual, |p| p.actual));
        let verb = if list.len() == 1 { "is" } else { "are" };
        let message = format!("{old} {verb} {new}");
        let first = list[0];
        let cause = structural
            .then(|| structural_cause(case, zone, &language, first))
            .flatten();
        match cause {
            // Another label is of another width, so that lines may break elsewhere.
            Some(cause) => {
                case.follow(cause, message);
                case.touch_pairs(cause, &list);
            }
            None => {
                let lines = |text: &Text<'_>, of: fn(&Pair) -> usize| -> Vec<usize> {
                    list.iter()
                        .flat_map(|n| text.paragraphs[of(&case.alignment.pairs[*n])].lines.clone())
                        .collect()
                };
                let (a, b) = (lines(case.reference, |p| p.reference), lines(case.actual, |p| p.actual));
                case.add(Level::Text, Kind::Label, format!("{message} here"), &a, &b);
            }
        }
    }
    labels(case);
}

/// The last paragraph that was added, removed or moved before a pair in its zone.
fn structural_cause(case: &Case<'_>, zone: Zone, language: &str, number: usize) -> Option<usize> {
    let pair = &case.alignment.pairs[number];
    let page = case.actual.first_page(pair.actual);
    let candidates = case.events.iter().filter(|event| event.language == language);
    let of_zone = |finding: usize| {
        let is_note = zone == Zone::Notes;
        case.message(finding).starts_with("note ") == is_note
    };
    let mut best = None;
    for event in candidates {
        if of_zone(event.finding) && (best.is_none() || event.actual.0 <= page) {
            best = Some(event.finding);
        }
    }
    best.or_else(|| case.events.first().map(|event| event.finding))
}

/// Names from the first to the last: `operative 7 to 19`, `notes 4 to 7`.
fn range(all: &[&str]) -> String {
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return String::new();
    };
    if all.len() == 1 {
        return (*first).to_owned();
    }
    match (first.rsplit_once(' '), last.rsplit_once(' ')) {
        (Some(("note", a)), Some(("note", b))) => {
            let joint = if all.len() == 2 { "and" } else { "to" };
            format!("notes {a} {joint} {b}")
        }
        (Some((kind, a)), Some((other, b))) if kind == other => format!("{kind} {a} to {b}"),
        _ => format!("{first} to {last}"),
    }
}

fn labels(case: &mut Case<'_>) {
    let mut changed = Vec::new();
    for (number, pair) in case.alignment.pairs.iter().enumerate() {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        // Who reads a PDF does not know what a label is.
        let known = !a.label.is_empty() && !b.label.is_empty();
        if a.name == b.name && known && a.label != b.label {
            changed.push(number);
        }
    }
    let Some(first) = changed.first().map(|n| &case.alignment.pairs[*n]) else {
        return;
    };
    let (a, b) = (
        &case.reference.paragraphs[first.reference],
        &case.actual.paragraphs[first.actual],
    );
    let more = if changed.len() > 1 {
        format!(", and {} like it", changed.len() - 1)
    } else {
        String::new()
    };
    let message = format!(
        "the label of {} is `{}`, in the reference `{}`{more}",
        b.name, b.label, a.label
    );
    let (a, b) = (a.lines[..1].to_vec(), b.lines[..1].to_vec());
    case.add(Level::Text, Kind::Label, message, &a, &b);
}

/// Marks of notes that only one side has. A note that was added, removed or exchanged takes its marks along.
fn marks(case: &mut Case<'_>, structural: bool) {
    let knows = |text: &Text<'_>| text.paragraphs.iter().any(|p| !p.marks.is_empty());
    if !knows(case.reference) || !knows(case.actual) {
        return;
    }
    let mut same: FxHashMap<(String, usize), usize> = FxHashMap::default();
    for pair in &case.alignment.pairs {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        if let (Some(old), Some(new)) = (a.note(), b.note()) {
            same.insert((a.language.clone(), old), new);
        }
    }
    explain_marks(case, &same);
    let kept: Vec<(String, usize)> = same
        .iter()
        .map(|((language, _), new)| (language.clone(), *new))
        .collect();
    for number in 0..case.alignment.pairs.len() {
        let pair = &case.alignment.pairs[number];
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        let language = &a.language;
        let ours: Vec<(usize, usize, usize)> = a
            .marks
            .iter()
            .filter_map(|(at, note)| Some((pair.boundary(*at)?, *note, *same.get(&(language.clone(), *note))?)))
            .collect();
        let theirs: Vec<(usize, usize)> = b
            .marks
            .iter()
            .copied()
            .filter(|(_, note)| kept.contains(&(language.clone(), *note)))
            .collect();
        let matches = |(at, note, is): &(usize, usize, usize), (there, other): &(usize, usize)| {
            at == there && (is == other || structural && note == other)
        };
        // Marks of one kind of paragraph follow each other: one that has none on the other side is told.
        let lost = ours.iter().find(|our| !theirs.iter().any(|their| matches(our, their)));
        let found = theirs.iter().find(|their| !ours.iter().any(|our| matches(our, their)));
        let name = case.name(case.actual, pair.actual);
        let message = match (lost, found) {
            (None, None) => continue,
            (Some((at, note, _)), None) => format!("{name}: the mark of note {note} removed{}", after(b, *at)),
            (None, Some((at, note))) => format!("{name}: a mark of note {note} added{}", after(b, *at)),
            (Some((_, note, _)), Some((at, other))) if note == other => {
                format!("{name}: the mark of note {note} moved; it stands{} here", after(b, *at))
            }
            (Some((_, note, _)), Some((at, other))) => {
                format!(
                    "{name}: the mark of note {note} became one of note {other}{}",
                    after(b, *at)
                )
            }
        };
        let (a, b) = (a.lines.clone(), b.lines.clone());
        let finding = case.add(Level::Text, Kind::Label, message, &a, &b);
        case.touch_pair(finding, number);
    }
}

/// A paragraph that lost or got the mark of a note, or has one of another number, has other lines: the note is why.
fn explain_marks(case: &mut Case<'_>, same: &FxHashMap<(String, usize), usize>) {
    for number in 0..case.alignment.pairs.len() {
        let pair = &case.alignment.pairs[number];
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        let numbers = |p: &Paragraph| p.marks.iter().map(|(_, note)| *note).collect::<Vec<_>>();
        let (ours, theirs) = (numbers(a), numbers(b));
        if ours == theirs {
            continue;
        }
        let language = a.language.as_str();
        let lost = ours
            .iter()
            .find(|note| !same.contains_key(&(language.to_owned(), **note)));
        let cause = case.note_finding(language, lost.copied());
        if let Some(cause) = cause {
            case.touch_pair(cause, number);
        }
    }
}

fn after(paragraph: &Paragraph, at: usize) -> String {
    paragraph
        .before(at)
        .map(|word| format!(" after `{word}`"))
        .unwrap_or_default()
}

/// Finds other heads and feet of pages. A page number follows its page and is no text.
pub(super) fn find_furniture(case: &mut Case<'_>) {
    let mut changes: Vec<(String, Vec<usize>, usize)> = Vec::new();
    let is_number = |p: &Paragraph| p.words.iter().all(|word| word.text.chars().all(char::is_numeric));
    for (number, pair) in case.alignment.pairs.iter().enumerate() {
        let (a, b) = (
            &case.reference.paragraphs[pair.reference],
            &case.actual.paragraphs[pair.actual],
        );
        let same_page = case.has_own_page(a.lines[0]);
        if a.zone != Zone::Furniture || !same_page || pair.changes.is_empty() || is_number(a) && is_number(b) {
            continue;
        }
        let words = |p: &Paragraph| quoted(p.words.iter().map(|word| word.text.as_str()));
        let name = if a.name.is_empty() {
            "other text"
        } else {
            a.name.trim_start_matches("page ")
        };
        let message = format!("the {name} became {}, in the reference {}", words(b), words(a));
        let page = case.actual.first_page(pair.actual) + 1;
        match changes.iter_mut().find(|(told, ..)| *told == message) {
            Some((_, list, _)) => list.push(page),
            None => changes.push((message, vec![page], number)),
        }
    }
    for (message, list, number) in changes {
        let pair = &case.alignment.pairs[number];
        let (a, b) = (
            &case.reference.paragraphs[pair.reference].lines,
            &case.actual.paragraphs[pair.actual].lines,
        );
        case.add(
            Level::Text,
            Kind::Furniture,
            format!("{}: {message}", pages(&list)),
            a,
            b,
        );
    }
    let limit = case.first_event_page();
    let page_counts = (case.reference.layout.pages.len(), case.actual.layout.pages.len());
    for removed in [true, false] {
        let (text, list) = if removed {
            (case.reference, &case.alignment.removed)
        } else {
            (case.actual, &case.alignment.added)
        };
        if case.reference.layout.partial || case.actual.layout.partial {
            continue;
        }
        // The heads of pages that only one side has come and go with them.
        let shared = if page_counts.0 == page_counts.1 {
            page_counts.0
        } else {
            limit.min(page_counts.0.min(page_counts.1))
        };
        let list: Vec<usize> = list
            .iter()
            .copied()
            .filter(|n| text.paragraphs[*n].zone == Zone::Furniture && text.first_page(*n) < shared)
            .collect();
        let Some(first) = list.first() else { continue };
        let numbers: Vec<usize> = list.iter().map(|n| text.first_page(*n) + 1).collect();
        let words = quoted(text.paragraphs[*first].words.iter().map(|word| word.text.as_str()));
        let name = text.paragraphs[*first].name.trim_start_matches("page ");
        let name = if name.is_empty() {
            "text".to_owned()
        } else {
            format!("the {name}")
        };
        let verb = if removed { "removed" } else { "added" };
        let message = format!("{}: {name} {words} {verb}", pages(&numbers));
        let lines = text.paragraphs[*first].lines.clone();
        let (a, b) = if removed {
            (lines, Vec::new())
        } else {
            (Vec::new(), lines)
        };
        case.add(Level::Text, Kind::Furniture, message, &a, &b);
    }
}
