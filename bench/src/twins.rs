//! The white that paragraphs side by side leave between rows: of two twins one is shorter.

use std::collections::BTreeMap;

use qarar_layout::{Layout, Line};

/// What the shorter of all twins leave, in points: the height of a paragraph is the pitch of its lines for each of them.
#[derive(Debug)]
pub(crate) struct White {
    rows: usize,
    white: f64,
    height: f64,
}

impl std::fmt::Display for White {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = 100.0 * self.white / self.height;
        write!(
            f,
            "{} rows of twins, {:.0} pt high; the shorter twins leave {:.0} pt white in all ({part:.1} %)",
            self.rows, self.height, self.white
        )
    }
}

/// The lines of a paragraph in each language, each with its page.
type Twins<'a> = BTreeMap<&'a str, Vec<(usize, &'a Line)>>;

/// The white of a layout of two languages side by side; `None` of another.
pub(crate) fn white(layout: &Layout) -> Option<White> {
    let mut rows: BTreeMap<&str, Twins<'_>> = BTreeMap::new();
    let named = |line: &&(usize, &Line)| !line.1.language.is_empty() && !line.1.paragraph.is_empty();
    let lines: Vec<(usize, &Line)> = layout.lines().collect();
    for (page, line) in lines.iter().filter(named) {
        let row = rows.entry(&line.paragraph).or_default();
        row.entry(&line.language).or_default().push((*page, line));
    }
    // Notes have a pitch of their own.
    let kind = |row: &str, language: &str| (language.to_owned(), row.starts_with("note"));
    let mut pitches: BTreeMap<(String, bool), f64> = BTreeMap::new();
    for (row, (language, lines)) in rows
        .iter()
        .flat_map(|(row, twins)| twins.iter().map(move |twin| (row, twin)))
    {
        let least = lines
            .windows(2)
            .filter(|pair| pair[0].0 == pair[1].0)
            .filter_map(|pair| distance(pair[0].1, pair[1].1));
        let least = least.fold(f64::INFINITY, f64::min);
        let pitch = pitches.entry(kind(row, language)).or_insert(f64::INFINITY);
        *pitch = pitch.min(least);
    }
    let mut white = White {
        rows: 0,
        white: 0.0,
        height: 0.0,
    };
    for (row, twins) in rows.iter().filter(|(_, twins)| twins.len() == 2) {
        let heights = twins
            .iter()
            .map(|(language, lines)| height(lines, pitches[&kind(row, language)]));
        let heights: Vec<f64> = heights.filter(|height| height.is_finite()).collect();
        if let [one, other] = heights[..] {
            white.rows += 1;
            white.white += (one - other).abs();
            white.height += one.max(other);
        }
    }
    (white.rows > 0).then_some(white)
}

/// The distance of two lines that follow each other.
fn distance(one: &Line, next: &Line) -> Option<f64> {
    let distance = next.baseline? - one.baseline?;
    (distance > 1.0).then_some(distance)
}

/// The height of a paragraph: on every page from its first baseline to its last, and a pitch.
fn height(lines: &[(usize, &Line)], pitch: f64) -> f64 {
    let pages = lines.chunk_by(|one, next| one.0 == next.0);
    let on_page = |page: &[(usize, &Line)]| {
        let baselines = page.iter().filter_map(|(_, line)| line.baseline);
        let (first, last) = baselines.fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), at| {
            (at.min(first), at.max(last))
        });
        if last < first { 0.0 } else { last - first + pitch }
    };
    pages.map(on_page).sum()
}
