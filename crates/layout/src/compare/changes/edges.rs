//! What differs from side to side: the size of the paper, the edges of columns and the ends of lines.

use super::super::change::{Change, ColumnMove, Edges};
use super::super::matched::{LinePairs, Matched};
use super::Found;
use crate::snapshot::Column;
use crate::text::{Text, Zone};

/// Edges that only lines show differ by more than this, in points.
const SEEN: f64 = 0.5;
/// Half a point is what programs differ by in what they call A4.
const PAPER_OF_OTHERS: f64 = 0.5;
/// Edges that moved by distances nearer than this moved together, in points.
const TOGETHER: f64 = 0.015;
/// So many lines show a column, and no more than so many are asked.
const LINES_OF_COLUMN: usize = 6;
const MOST_SEEN: usize = 2000;
/// More ways than this in which another program ends lines are told as one.
const WAYS: usize = 3;

/// Finds paper of another size.
pub(in super::super) fn paper(matched: &Matched<'_>) -> Option<Change> {
    let least = matched
        .options
        .tolerance
        .max(if matched.is_coarse() { PAPER_OF_OTHERS } else { 0.0 });
    let pages = matched.reference.layout.pages.iter().zip(&matched.actual.layout.pages);
    let changed: Vec<_> = pages
        .filter_map(|(old, new)| Some((new.number, old.size?, new.size?)))
        .filter(|(_, a, b)| (a.0 - b.0).abs() > least || (a.1 - b.1).abs() > least)
        .collect();
    let (_, old, new) = *changed.first()?;
    let alike = changed.iter().filter(|(_, a, b)| (*a, *b) == (old, new));
    Some(Change::Paper {
        pages: alike.map(|(number, ..)| *number).collect(),
        old,
        new,
    })
}

/// How the edges of the column of a language moved, to the right.
#[derive(Debug, Clone)]
pub(in super::super) struct Shift {
    language: String,
    left: f64,
    right: f64,
}

impl Shift {
    /// Whether what the ends of a line moved by lies between nothing and what the column moved by: a centred line moves by
    /// the half.
    fn explains(&self, matched: &Matched<'_>, language: &str, left: f64, right: f64) -> bool {
        let (least, most) = (self.left.min(self.right).min(0.0), self.left.max(self.right).max(0.0));
        let is_within = |shift: f64| !matched.differs(shift, shift.clamp(least, most));
        // What stands round the body has no language, and is placed by the edges of all columns.
        (self.language == language || language.is_empty()) && is_within(left) && is_within(right)
    }
}

/// Columns at other places.
#[derive(Debug)]
pub(in super::super) struct Columns {
    pub(in super::super) change: Change,
    pub(in super::super) shifts: Vec<Shift>,
    /// The pairs that stand in them.
    pub(in super::super) pairs: Vec<usize>,
    /// The measure of the first column on both sides, in points.
    pub(in super::super) measure: Option<(f64, f64)>,
    /// Whether a measure changed, so that lines break elsewhere and are elongated otherwise.
    pub(in super::super) has_other_measure: bool,
}

/// Finds columns whose edges moved.
pub(in super::super) fn columns(matched: &Matched<'_>) -> Option<Columns> {
    let (a, b) = (&matched.reference.layout.columns, &matched.actual.layout.columns);
    // A PDF does not tell its columns: then those of both sides are seen by their lines.
    let is_told = !a.is_empty() && !b.is_empty();
    let (ours, theirs) = if is_told {
        (a.clone(), b.clone())
    } else if matched.is_coarse() {
        (seen_columns(matched.reference), seen_columns(matched.actual))
    } else {
        return None;
    };
    // Columns are few and exact: half of what lines may differ by tells.
    let least = if is_told { matched.options.tolerance / 2.0 } else { SEEN };
    let new_of = |old: &Column| theirs.iter().find(|new| new.language == old.language);
    let shift = |old: &Column| {
        let new = new_of(old)?;
        let shift = Shift {
            language: old.language.clone(),
            left: new.left - old.left,
            right: new.right - old.right,
        };
        (shift.left.abs() > least || shift.right.abs() > least).then_some(shift)
    };
    let mut shifts: Vec<Shift> = ours.iter().filter_map(shift).collect();
    let languages = &matched.reference.layout.languages;
    shifts.sort_by_key(|shift| languages.iter().position(|code| *code == shift.language));
    if shifts.is_empty() {
        return None;
    }
    let of = |shift: &Shift| ColumnMove {
        language: (ours.len() > 1).then(|| shift.language.clone()),
        edges: edges(shift.left, shift.right, TOGETHER, least),
    };
    let is_in = |pair: &usize| {
        let paragraph = matched.both(*pair).0;
        let is_of_column = shifts.iter().any(|shift| shift.language == paragraph.language);
        paragraph.zone != Zone::Furniture && is_of_column
    };
    let measure = |old: &Column| Some((old.right - old.left, new_of(old).map(|new| new.right - new.left)?));
    Some(Columns {
        change: Change::Columns {
            columns: shifts.iter().map(of).collect(),
        },
        pairs: matched.pairs().filter(is_in).collect(),
        measure: ours.first().and_then(measure),
        has_other_measure: shifts.iter().any(|shift| (shift.left - shift.right).abs() > 0.005),
        shifts,
    })
}

/// How two edges moved, where distances that are nearer than `together` are one and those up to `least` are none.
fn edges(left: f64, right: f64, together: f64, least: f64) -> Edges {
    if (left - right).abs() <= together {
        Edges::Both(left)
    } else if left.abs() <= least {
        Edges::Right(right)
    } else if right.abs() <= least {
        Edges::Left(left)
    } else {
        Edges::Each { left, right }
    }
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

/// Lines whose ends moved by one distance.
struct Group {
    left: f64,
    right: f64,
    is_furniture: bool,
    language: String,
    lines: LinePairs,
}

/// Finds lines of equal words whose ends moved. Those that are not `open` are explained by something else, and so are those
/// that went with their column.
pub(in super::super) fn ends(matched: &Matched<'_>, columns: &[Shift], open: impl Fn(usize) -> bool) -> Vec<Found> {
    let mut groups: Vec<Group> = Vec::new();
    for (line, other) in matched.same_lines().filter(|(line, _)| open(*line)) {
        let (a, b) = (matched.reference.lines[line], matched.actual.lines[other]);
        let shift = |a: Option<f64>, b: Option<f64>| Some(b? - a?);
        let (Some(left), Some(right)) = (shift(a.line.left, b.line.left), shift(a.line.right, b.line.right)) else {
            continue;
        };
        let paragraph = &matched.reference.paragraphs[a.paragraph];
        let went_along = || {
            columns
                .iter()
                .any(|of| of.explains(matched, &paragraph.language, left, right))
        };
        if !matched.differs(left, 0.0) && !matched.differs(right, 0.0) || went_along() {
            continue;
        }
        let is_furniture = paragraph.zone == Zone::Furniture;
        let like = |group: &&mut Group| {
            matched.is_one_shift(group.left, left)
                && matched.is_one_shift(group.right, right)
                && group.is_furniture == is_furniture
                && group.language == paragraph.language
        };
        match groups.iter_mut().find(like) {
            Some(group) => group.lines.push((line, other)),
            None => groups.push(Group {
                left,
                right,
                is_furniture,
                language: paragraph.language.clone(),
                lines: vec![(line, other)],
            }),
        }
    }
    if matched.is_coarse() && groups.len() > WAYS {
        return vec![in_many_ways(matched, &groups)];
    }
    groups.iter().map(|group| in_one_way(matched, group)).collect()
}

fn in_many_ways(matched: &Matched<'_>, groups: &[Group]) -> Found {
    let lines: LinePairs = groups.iter().flat_map(|group| group.lines.clone()).collect();
    let farthest = groups.iter().map(|group| group.left.abs().max(group.right.abs()));
    let change = Change::ManyLineEnds {
        lines: lines.len(),
        most: farthest.fold(0.0, f64::max),
        place: matched.place(&lines),
    };
    Found::of_lines(change, &lines)
}

fn in_one_way(matched: &Matched<'_>, group: &Group) -> Found {
    let change = Change::LineEnds {
        lines: group.lines.len(),
        edges: edges(
            group.left,
            group.right,
            matched.least_shift(),
            matched.options.tolerance,
        ),
        place: matched.place(&group.lines),
    };
    Found::of_lines(change, &group.lines)
}
