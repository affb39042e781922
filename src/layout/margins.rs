//! What differs from side to side: the edges of columns and of lines.

use super::case::Case;
use super::difference::{Kind, Level};
use super::fonts;
use super::snapshot::Column;
use super::telling::{count, horizontal, names, pages, points};
use super::text::{Text, Zone};

/// Edges that only lines show differ by more than this, in points.
const SEEN: f64 = 0.5;
/// So many lines show a column, and no more than so many are asked.
const LINES_OF_COLUMN: usize = 6;
const MOST_SEEN: usize = 2000;
/// More ways than this in which another program ends lines are told as one.
const WAYS: usize = 3;

/// How the edges of the column of a language moved.
#[derive(Debug, Clone)]
pub(super) struct Edges {
    pub(super) language: String,
    pub(super) left: f64,
    pub(super) right: f64,
}

/// Finds other sizes of the page and other edges of columns.
pub(super) fn find_columns(case: &mut Case<'_>) {
    page_sizes(case);
    // A PDF does not tell its columns: then those of both sides are seen by their lines.
    let is_told = !case.reference.layout.columns.is_empty() && !case.actual.layout.columns.is_empty();
    let (ours, theirs) = if is_told {
        (
            case.reference.layout.columns.clone(),
            case.actual.layout.columns.clone(),
        )
    } else if case.is_coarse() {
        (seen_columns(case.reference), seen_columns(case.actual))
    } else {
        (Vec::new(), Vec::new())
    };
    let (ours, theirs) = (&ours, &theirs);
    let mut moved = Vec::new();
    for old in ours {
        let Some(new) = theirs.iter().find(|new| new.language == old.language) else {
            continue;
        };
        let edges = Edges {
            language: old.language.clone(),
            left: new.left - old.left,
            right: new.right - old.right,
        };
        // Columns are few and exact: half of what lines may differ by tells.
        let least = if is_told { case.options.tolerance / 2.0 } else { SEEN };
        if edges.left.abs() > least || edges.right.abs() > least {
            moved.push(edges);
        }
    }
    if moved.is_empty() {
        return;
    }
    let many = ours.len() > 1;
    let told: Vec<String> = moved
        .iter()
        .map(|edges| tell_edges(edges, many, if is_told { case.options.tolerance / 2.0 } else { SEEN }))
        .collect();
    let languages: Vec<&str> = moved.iter().map(|edges| edges.language.as_str()).collect();
    let is_in = |text: &Text<'_>, paragraph: usize| {
        let paragraph = &text.paragraphs[paragraph];
        paragraph.zone != Zone::Furniture && languages.contains(&paragraph.language.as_str())
    };
    let pairs: Vec<usize> = (0..case.alignment.pairs.len())
        .filter(|n| is_in(case.reference, case.alignment.pairs[*n].reference))
        .collect();
    let scale = |old: &Column| {
        let new = theirs.iter().find(|new| new.language == old.language)?;
        Some((new.right - new.left) / (old.right - old.left))
    };
    // A measure in em goes with the size of the text.
    let with_size = ours
        .first()
        .and_then(scale)
        .and_then(|scale| fonts::of_scale(case, scale));
    if let Some(cause) = with_size {
        let (old, new) = (
            &ours[0],
            theirs
                .iter()
                .find(|new| new.language == ours[0].language)
                .unwrap_or(&ours[0]),
        );
        let message = format!(
            "the measure went with it from {} to {}",
            points(old.right - old.left),
            points(new.right - new.left)
        );
        case.follow(cause, message);
        case.touch_pairs(cause, &pairs);
        case.edges = moved;
        return;
    }
    let finding = case.add(Level::Positions, Kind::Margin, told.join(", "), &[], &[]);
    let lines: usize = pairs
        .iter()
        .map(|n| case.actual.paragraphs[case.alignment.pairs[*n].actual].lines.len())
        .sum();
    case.fold_moved(finding, lines);
    if moved.iter().any(|edges| (edges.left - edges.right).abs() > 0.005) {
        // Another measure breaks lines elsewhere and elongates them otherwise.
        case.touch_pairs(finding, &pairs);
    }
    case.edges = moved;
}

/// The columns of a text as the ends of its lines show them: the places where most of them start and end.
fn seen_columns(text: &Text<'_>) -> Vec<Column> {
    let mut ends: Vec<(&str, Vec<f64>, Vec<f64>)> = Vec::new();
    for line in &text.lines {
        let paragraph = &text.paragraphs[line.paragraph];
        let (Some(left), Some(right)) = (line.line.left, line.line.right) else {
            continue;
        };
        if paragraph.zone != Zone::Body {
            continue;
        }
        match ends.iter_mut().find(|(language, ..)| *language == paragraph.language) {
            Some((_, lefts, rights)) => {
                lefts.push(left);
                rights.push(right);
            }
            None => ends.push((&paragraph.language, vec![left], vec![right])),
        }
    }
    let most = |places: &[f64]| {
        let near = |place: &f64| places.iter().filter(|other| (*other - place).abs() <= SEEN).count();
        places
            .iter()
            .copied()
            .max_by(|a, b| near(a).cmp(&near(b)).then(b.total_cmp(a)))
    };
    let column = |(language, lefts, rights): &(&str, Vec<f64>, Vec<f64>)| {
        (lefts.len() >= LINES_OF_COLUMN).then_some(Column {
            language: (*language).to_owned(),
            left: most(&lefts[..lefts.len().min(MOST_SEEN)])?,
            right: most(&rights[..rights.len().min(MOST_SEEN)])?,
        })
    };
    ends.iter().filter_map(column).collect()
}

fn tell_edges(edges: &Edges, many: bool, tolerance: f64) -> String {
    let language = super::telling::language(&edges.language).filter(|_| many);
    let of = language
        .map(|name| format!(" of the {name} column"))
        .unwrap_or_default();
    let margin = |side: &str, grown: f64| {
        let verb = if grown > 0.0 { "grew" } else { "shrank" };
        format!("the {side} margin{of} {verb} by {}", points(grown))
    };
    let (left, right) = (edges.left, -edges.right);
    if (edges.left - edges.right).abs() < 0.015 {
        let column = language.map_or("the text".to_owned(), |name| format!("the {name} column"));
        format!("{column} moved {}", horizontal(edges.left))
    } else if edges.left.abs() <= tolerance {
        margin("right", right)
    } else if edges.right.abs() <= tolerance {
        margin("left", left)
    } else {
        format!("{} and {}", margin("left", left), margin("right", right))
    }
}

fn page_sizes(case: &mut Case<'_>) {
    let mut changed: Vec<(usize, String)> = Vec::new();
    for (old, new) in case.reference.layout.pages.iter().zip(&case.actual.layout.pages) {
        let (Some(a), Some(b)) = (old.size, new.size) else {
            continue;
        };
        // Half a point is what programs differ by in what they call A4.
        let least = case.options.tolerance.max(if case.is_coarse() { 0.5 } else { 0.0 });
        if (a.0 - b.0).abs() > least || (a.1 - b.1).abs() > least {
            let size = |size: (f64, f64)| format!("{} by {}", points(size.0), points(size.1));
            changed.push((new.number, format!("is {}, in the reference {}", size(b), size(a))));
        }
    }
    let Some((_, what)) = changed.first() else { return };
    let numbers: Vec<usize> = changed
        .iter()
        .filter(|(_, other)| other == what)
        .map(|(number, _)| *number)
        .collect();
    let message = format!("the paper of {} {what}", pages(&numbers));
    case.add(Level::Positions, Kind::Margin, message, &[], &[]);
}

/// Lines that moved by one distance.
struct Group {
    left: f64,
    right: f64,
    zone: Zone,
    language: String,
    lines: Vec<(usize, usize)>,
}

/// Finds lines of equal words whose ends moved, unless something else explains it.
pub(super) fn find_lines(case: &mut Case<'_>) {
    let tolerance = case.options.tolerance;
    let mut groups: Vec<Group> = Vec::new();
    for (line, same) in case.same_line.iter().enumerate() {
        let Some(other) = *same else { continue };
        let (a, b) = (case.reference.lines[line], case.actual.lines[other]);
        let (Some(left), Some(right)) = (shift(a.line.left, b.line.left), shift(a.line.right, b.line.right)) else {
            continue;
        };
        if !case.differs(left, 0.0) && !case.differs(right, 0.0) || case.is_explained(line) {
            continue;
        }
        let paragraph = &case.reference.paragraphs[a.paragraph];
        if paragraph.zone == Zone::Furniture && !case.has_own_page(line) {
            continue;
        }
        if case
            .edges
            .iter()
            .any(|edges| explains(edges, &paragraph.language, left, right, tolerance))
        {
            continue;
        }
        let near = |x: f64, y: f64| (x - y).abs() <= tolerance.max(0.02);
        let like = |g: &&mut Group| {
            near(g.left, left)
                && near(g.right, right)
                && (g.zone == Zone::Furniture) == (paragraph.zone == Zone::Furniture)
                && g.language == paragraph.language
        };
        match groups.iter_mut().find(like) {
            Some(group) => group.lines.push((line, other)),
            None => groups.push(Group {
                left,
                right,
                zone: paragraph.zone,
                language: paragraph.language.clone(),
                lines: vec![(line, other)],
            }),
        }
    }
    if case.is_coarse() && groups.len() > WAYS {
        let lines: Vec<(usize, usize)> = groups.iter().flat_map(|group| group.lines.clone()).collect();
        let most = groups
            .iter()
            .map(|group| group.left.abs().max(group.right.abs()))
            .fold(0.0, f64::max);
        let n = count(lines.len(), "line moved", "lines moved");
        let message = format!("the ends of {n} by up to {}: {}", points(most), place(case, &lines));
        let (a, b): (Vec<usize>, Vec<usize>) = lines.into_iter().unzip();
        case.add(Level::Positions, Kind::Place, message, &a, &b);
        return;
    }
    for group in groups {
        let n = count(group.lines.len(), "line", "lines");
        let what = if (group.left - group.right).abs() <= tolerance.max(0.02) {
            format!("{n} moved {}", horizontal(group.left))
        } else if group.left.abs() <= tolerance {
            format!("the right end of {n} moved {}", horizontal(group.right))
        } else if group.right.abs() <= tolerance {
            format!("the left end of {n} moved {}", horizontal(group.left))
        } else {
            format!(
                "{n}: the left end moved {}, the right end {}",
                horizontal(group.left),
                horizontal(group.right)
            )
        };
        let message = format!("{what}: {}", place(case, &group.lines));
        let (a, b): (Vec<usize>, Vec<usize>) = group.lines.into_iter().unzip();
        case.add(Level::Positions, Kind::Place, message, &a, &b);
    }
}

fn shift(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    Some(b? - a?)
}

/// Whether what the ends of a line moved by lies between nothing and what the column moved by: a centred line moves by
/// the half.
fn explains(edges: &Edges, language: &str, left: f64, right: f64, tolerance: f64) -> bool {
    let (least, most) = (
        edges.left.min(edges.right).min(0.0) - tolerance - 0.011,
        edges.left.max(edges.right).max(0.0) + tolerance + 0.011,
    );
    let within = |shift: f64| shift >= least && shift <= most;
    edges.language == language && within(left) && within(right)
}

/// Where lines stand, in words: paragraphs and pages.
pub(super) fn place(case: &Case<'_>, lines: &[(usize, usize)]) -> String {
    let mut sorted = lines.to_vec();
    sorted.sort_by_key(|(_, line)| *line);
    let mut paragraphs: Vec<usize> = sorted
        .iter()
        .map(|(_, line)| case.actual.lines[*line].paragraph)
        .collect();
    paragraphs.dedup();
    let numbers: Vec<usize> = lines
        .iter()
        .map(|(_, line)| case.actual.lines[*line].page + 1)
        .collect();
    let mut told: Vec<String> = paragraphs.iter().map(|p| case.name(case.actual, *p)).collect();
    told.dedup();
    format!("{}, {}", names(&told), pages(&numbers))
}
