//! Paragraphs and notes that only one side has, or that stand in another order.

use rustc_hash::FxHashMap;

use super::align::Pair;
use super::case::{Case, Event};
use super::difference::Kind;
use super::labels::range;
use super::name::is_front;
use super::telling::{names, numbers, quoted};
use super::text::{Paragraph, Text, Zone};

/// Paragraphs that were moved or exchanged. Answers whether there are any.
pub(super) fn order(case: &mut Case<'_>) -> bool {
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
pub(super) fn only_on_one_side(case: &mut Case<'_>) -> bool {
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
        let notes: Option<Vec<usize>> = list.iter().map(|n| text.paragraphs[*n].note()).collect();
        if let Some(notes) = notes {
            return numbers("note", "notes", &notes);
        }
        let named: Vec<String> = list.iter().map(|n| text.paragraphs[*n].name.clone()).collect();
        if named.len() > 4 {
            range(&named.iter().map(String::as_str).collect::<Vec<_>>())
        } else {
            names(&named)
        }
    };
    let language = text.paragraphs[run[0]].language.clone();
    let is_masthead = run.len() > 2 && run.iter().all(|n| is_front(&text.paragraphs[*n].name));
    let what = if is_masthead {
        "the masthead".to_owned()
    } else {
        names_of(run)
    };
    let subject = format!("{what} {verb}");
    let mut message = case.in_language(&subject, &language);
    if is_masthead {
        let has_names = run
            .iter()
            .all(|n| !text.paragraphs[*n].name.starts_with("masthead line "));
        let words = run
            .iter()
            .flat_map(|n| &text.paragraphs[*n].words)
            .map(|word| word.text.as_str());
        let what = if has_names { names_of(run) } else { quoted(words) };
        message.push_str(&format!(": {what}"));
    } else if run.len() > 4 {
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
    let of_run = run
        .iter()
        .filter_map(|n| text.paragraphs[*n].note())
        .map(|note| (finding, language.clone(), note));
    case.notes.extend(of_run);
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
