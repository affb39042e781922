//! What is told of a column: a row of the table.

use crate::columns::{Column, Placed};

/// The head of the table.
pub(crate) const HEAD: &str = "| | lines | filled | spaces 5 % | 50 % | 95 % | widest | lines over 133 % | over 150 % | differ in a paragraph | \
     left short | elongations a line | em, median | longest | hyphens | rag |\n\
     |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";

/// The figures of a column. Spaces are those of a line on average, by the width in the font.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    lines: usize,
    /// The spaces of every filled line, rising.
    spaces: Vec<f64>,
    /// How much the filled lines of each paragraph differ: the widest less the narrowest, rising.
    differences: Vec<f64>,
    short: usize,
    /// The elongations of filled lines in em, rising.
    elongations: Vec<f64>,
    hyphens: usize,
    /// The standard deviation of where lines end that do not end a paragraph, in points, of a column that is not justified.
    rag: Option<f64>,
}

impl Figures {
    pub(crate) fn of(column: &Column) -> Self {
        let mut figures = Self::default();
        let mut lacks = Vec::new();
        for paragraph in &column.paragraphs {
            figures.lines += paragraph.len();
            figures.short += paragraph.iter().filter(|placed| placed.short).count();
            let spaces: Vec<f64> = paragraph
                .iter()
                .enumerate()
                .filter_map(|(place, placed)| space(place, placed))
                .collect();
            if spaces.len() > 1 {
                let (least, most) = spaces.iter().fold((f64::INFINITY, 0.0), |(least, most), space| {
                    (space.min(least), space.max(most))
                });
                figures.differences.push(most - least);
            }
            figures.spaces.extend(spaces);
            let filled = paragraph.iter().filter(|placed| placed.filled);
            figures
                .elongations
                .extend(filled.flat_map(|placed| &placed.line.elongations));
            let inner = &paragraph[..paragraph.len() - 1];
            figures.hyphens += inner.iter().filter(|placed| placed.line.hyphen).count();
            lacks.extend(inner.iter().map(|placed| placed.lacks));
        }
        for values in [&mut figures.spaces, &mut figures.differences, &mut figures.elongations] {
            values.sort_by(f64::total_cmp);
        }
        figures.rag = deviation(&lacks).filter(|_| !column.justified);
        figures
    }

    /// A row of the table.
    pub(crate) fn row(&self, name: &str) -> String {
        let filled = self.spaces.len();
        let percent = |value: Option<f64>| value.map_or(String::new(), |value| format!("{:.0} %", 100.0 * value));
        let over = |most: f64| {
            let count = self.spaces.iter().filter(|space| **space > most).count();
            if filled == 0 {
                String::new()
            } else {
                format!("{count} ({:.0} %)", 100.0 * count as f64 / filled as f64)
            }
        };
        let spaces = |part: f64| percent(at(&self.spaces, part));
        let ems = |part: f64| at(&self.elongations, part).map_or(String::new(), |em| format!("{em:.2}"));
        let difference = match (at(&self.differences, 0.5), self.differences.last()) {
            (Some(median), Some(most)) => format!("{:.0}, at most {:.0}", 100.0 * median, 100.0 * most),
            _ => String::new(),
        };
        let elongations = if filled == 0 {
            String::new()
        } else {
            format!("{:.1}", self.elongations.len() as f64 / filled as f64)
        };
        let cells = [
            name.to_owned(),
            self.lines.to_string(),
            filled.to_string(),
            spaces(0.05),
            spaces(0.5),
            spaces(0.95),
            spaces(1.0),
            over(1.33),
            over(1.5),
            difference,
            self.short.to_string(),
            elongations,
            ems(0.5),
            ems(1.0),
            self.hyphens.to_string(),
            self.rag.map_or(String::new(), |rag| format!("{rag:.1} pt")),
        ];
        format!("| {} |", cells.join(" | "))
    }
}

/// The spaces of a filled line on average. Those of the label at the start of a paragraph have widths of their own.
fn space(place: usize, placed: &Placed) -> Option<f64> {
    let spaces = placed.line.spaces.iter().filter(|(_, lettered)| place > 0 || *lettered);
    let spaces: Vec<f64> = spaces.map(|(space, _)| *space).collect();
    (placed.filled && !spaces.is_empty()).then(|| spaces.iter().sum::<f64>() / spaces.len() as f64)
}

/// The value below which a part of rising values lies.
fn at(rising: &[f64], part: f64) -> Option<f64> {
    let last = rising.len().checked_sub(1)?;
    rising.get((last as f64 * part).round() as usize).copied()
}

fn deviation(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (values.len() > 1).then(|| (squares / count).sqrt())
}
