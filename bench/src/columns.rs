//! Lines by the column that they stand in: which reach from edge to edge, which end a paragraph, which are left short.
//!
//! A column is the lines of one direction and size: enough for pages of one column, and of two in two languages. Its edges are the
//! places where many lines start or end.

use qarar_text::Direction;

use crate::reading::SetLine;

/// Ends that differ by less, in points, are one edge.
const SAME: f64 = 0.6;
/// A stop may hang over the edge by so many em.
const HANGING: f64 = 0.35;
/// Sizes that differ by less, in points, are one.
const SAME_SIZE: f64 = 0.3;
/// A column has as many lines, or is none.
const FEWEST: usize = 4;
/// An edge is where as great a part of the lines ends, and a column is justified when as great a part ends at its edges.
const EDGE: f64 = 0.12;
const JUSTIFIED: f64 = 0.3;
/// A line that starts so many em inside of the edge opens a paragraph; so does one after a gap of so many pitches.
const INDENT: f64 = 0.8;
const APART: f64 = 1.2;

/// The lines of one direction and size.
pub(crate) struct Column {
    pub(crate) direction: Direction,
    pub(crate) size: f64,
    /// Whether its lines are filled from edge to edge.
    pub(crate) justified: bool,
    /// The paragraphs, each with its lines.
    pub(crate) paragraphs: Vec<Vec<Placed>>,
}

/// A line in its column.
pub(crate) struct Placed {
    pub(crate) line: SetLine,
    /// Whether it reaches the edge where lines end.
    pub(crate) filled: bool,
    /// Whether it ends before that edge while its paragraph goes on.
    pub(crate) short: bool,
    /// How far before the farthest end of the column it ends, in points.
    pub(crate) lacks: f64,
}

impl Column {
    pub(crate) fn name(&self) -> String {
        let direction = match self.direction {
            Direction::LeftToRight => "left to right",
            Direction::RightToLeft => "right to left",
        };
        format!("{direction}, {:.1} pt", self.size)
    }
}

/// Sorts lines into columns, those of the most lines first.
pub(crate) fn columns(lines: Vec<SetLine>) -> Vec<Column> {
    let mut groups: Vec<Vec<SetLine>> = Vec::new();
    for line in lines {
        let is_of = |group: &&mut Vec<SetLine>| {
            group[0].direction == line.direction && (group[0].size - line.size).abs() < SAME_SIZE
        };
        match groups.iter_mut().find(is_of) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
        .into_iter()
        .filter(|group| group.len() >= FEWEST)
        .map(column)
        .collect()
}

/// The places where at least a part of values lie, each the middle of those near it; the one of the most values first.
fn edges(mut values: Vec<f64>, part: f64) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let mut stretches: Vec<&[f64]> = values.chunk_by(|a, b| b - a < SAME / 4.0).collect();
    let fewest = (values.len() as f64 * part).max(2.0);
    stretches.retain(|stretch| stretch.len() as f64 >= fewest);
    stretches.sort_by_key(|stretch| std::cmp::Reverse(stretch.len()));
    stretches.iter().map(|stretch| stretch[stretch.len() / 2]).collect()
}

fn column(lines: Vec<SetLine>) -> Column {
    let ends = edges(lines.iter().map(SetLine::end).collect(), EDGE);
    let starts = edges(lines.iter().map(SetLine::start).collect(), 0.0);
    let farthest = lines.iter().map(SetLine::end).fold(f64::NEG_INFINITY, f64::max);
    let start = starts.first().copied().unwrap_or_else(|| lines[0].start());
    let reaches = |line: &SetLine, edge: f64| (-SAME..HANGING * line.size).contains(&(line.end() - edge));
    let longest = ends.first().copied().unwrap_or(farthest) - start;
    // A line that is centred may end at an edge by chance.
    let is_filled =
        |line: &SetLine| ends.iter().any(|edge| reaches(line, *edge)) && line.end() - line.start() > longest / 2.0;
    let filled: Vec<bool> = lines.iter().map(is_filled).collect();
    let count = filled.iter().filter(|filled| **filled).count();
    let justified = count as f64 >= lines.len() as f64 * JUSTIFIED;
    let direction = lines[0].direction;
    let mut sizes: Vec<f64> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes[sizes.len() / 2];
    // Where lines are ragged the farthest is the edge; a title may reach farther in a column that is justified.
    let end = if justified { start + longest } else { farthest };
    let pitch = pitch(&lines);
    let mut paragraphs: Vec<Vec<Placed>> = Vec::new();
    let mut before: Option<SetLine> = None;
    for (line, filled) in lines.into_iter().zip(filled) {
        let opens = before.as_ref().is_none_or(|before| opens(before, &line, start, pitch));
        before = Some(line.clone());
        let placed = Placed {
            filled: filled && justified,
            short: false,
            lacks: end - line.end(),
            line,
        };
        match paragraphs.last_mut() {
            Some(paragraph) if !opens => paragraph.push(placed),
            _ => paragraphs.push(vec![placed]),
        }
    }
    for paragraph in paragraphs.iter_mut().filter(|paragraph| paragraph.len() > 1) {
        let last = paragraph.len() - 1;
        // Lines of a title start where no other line does.
        let start = paragraph[1].line.start();
        let is_set = starts.iter().any(|edge| (start - edge).abs() < SAME);
        for (place, placed) in paragraph.iter_mut().enumerate() {
            placed.short = justified && is_set && place < last && !placed.filled;
        }
    }
    Column {
        direction,
        size,
        justified,
        paragraphs,
    }
}

/// The distance of most baselines that follow each other.
fn pitch(lines: &[SetLine]) -> f64 {
    let pairs = lines.windows(2).filter(|pair| pair[0].page == pair[1].page);
    let distances = pairs.map(|pair| pair[1].baseline - pair[0].baseline);
    let distances: Vec<f64> = distances.filter(|distance| *distance > 0.0).collect();
    edges(distances, 0.0).first().copied().unwrap_or(f64::INFINITY)
}

/// Whether a paragraph starts with a line.
fn opens(before: &SetLine, line: &SetLine, start: f64, pitch: f64) -> bool {
    if let (Some(before), Some(now)) = (before.tagged, line.tagged) {
        return before != now;
    }
    let indented = line.start() - start > INDENT * line.size;
    let apart = before.page == line.page && line.baseline - before.baseline > APART * pitch;
    indented || apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: usize, left: f64, right: f64) -> SetLine {
        SetLine {
            page: 0,
            direction: Direction::LeftToRight,
            size: 10.0,
            left,
            right,
            baseline: 12.0 * number as f64,
            tagged: None,
            spaces: vec![(1.0, true)],
            elongations: Vec::new(),
            hyphen: false,
            text: String::new(),
        }
    }

    /// If it fails, the table tells a line that ends a paragraph as one that is left short, or the other way.
    #[test]
    fn a_line_is_left_short_only_where_its_paragraph_goes_on() {
        let ends = [300.0, 300.1, 250.0, 300.0, 120.0];
        let mut lines: Vec<SetLine> = Vec::new();
        for paragraph in 0..3 {
            for (place, end) in ends.into_iter().enumerate() {
                let left = if place == 0 { 30.0 } else { 10.0 };
                // Where many lines end at one place, that is an edge.
                let end = if end < 300.0 { end - 7.0 * paragraph as f64 } else { end };
                lines.push(line(5 * paragraph + place, left, end));
            }
        }
        let columns = columns(lines);
        let [column] = &columns[..] else {
            unreachable!("one column")
        };
        assert!(column.justified);
        assert_eq!(column.paragraphs.len(), 3);
        for paragraph in &column.paragraphs {
            let filled: Vec<bool> = paragraph.iter().map(|placed| placed.filled).collect();
            let short: Vec<bool> = paragraph.iter().map(|placed| placed.short).collect();
            assert_eq!(filled, [true, true, false, true, false]);
            assert_eq!(short, [false, false, true, false, false]);
        }
    }

    /// If it fails, a ragged column is told to have filled lines.
    #[test]
    fn ragged_lines_are_not_filled() {
        let lines = (0..20).map(|number| line(number, 10.0, 250.0 + f64::from(number as u32 * 37 % 50)));
        let columns = columns(lines.collect());
        assert!(!columns[0].justified);
    }
}
