//! What differs from side to side: the edges of columns and of lines.

use super::compare::Case;
use super::difference::{Kind, Level};
use super::fonts;
use super::telling::{count, horizontal, names, pages, points};
use super::text::Zone;

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
    let (ours, theirs) = (&case.reference.layout.columns, &case.actual.layout.columns);
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
        let least = case.options.tolerance / 2.0;
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
        .map(|edges| tell_edges(edges, many, case.options.tolerance / 2.0))
        .collect();
    let languages: Vec<&str> = moved.iter().map(|edges| edges.language.as_str()).collect();
    let is_in = |text: &super::text::Text<'_>, paragraph: usize| {
        let paragraph = &text.paragraphs[paragraph];
        paragraph.zone != Zone::Furniture && languages.contains(&paragraph.language.as_str())
    };
    let pairs: Vec<usize> = (0..case.alignment.pairs.len())
        .filter(|n| is_in(case.reference, case.alignment.pairs[*n].reference))
        .collect();
    let scale = |old: &super::snapshot::Column| {
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
