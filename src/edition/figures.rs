//! Figures of a table stand under each other by their units, in whichever direction the text runs: `12.5` over `7`, not over
//! its last digit. The column of figures as a whole stands where the source puts the column.

use std::ops::Range;

use typst::layout::Abs;

use crate::line::{Cluster, Line, Run};
use crate::locale::{self, Direction, Language, Usage};
use crate::model::{Alignment, Block, Table, Work};
use crate::page::Flow;
use crate::typeset::{Purpose, Setting};

/// A line that is a figure.
struct Figure {
    row: usize,
    line: usize,
    /// Its left edge, the right edge of its units, its right edge.
    edges: [Abs; 3],
    /// The edges of its cell of the table.
    bounds: (Abs, Abs),
}

/// Puts the figures of all tables under each other.
pub(super) fn align(flow: &mut Flow, work: &Work, setting: &Setting) {
    let mut start = 0;
    for of_block in setting
        .rows
        .chunk_by(|row, next| row.block().is_some() && row.block() == next.block())
    {
        let rows = start..start + of_block.len();
        start = rows.end;
        let Some(block) = of_block[0].block().filter(|_| !of_block[0].across) else {
            continue;
        };
        for (column, of) in setting.sheet.columns.iter().enumerate() {
            let expression = work.expression(of.language);
            if let Some(Block::Table(table)) = expression.and_then(|expression| expression.blocks.get(block)) {
                align_table(flow, rows.clone(), column, table, work.facts.usage(of.language));
            }
        }
    }
}

/// Does so for a table, which stands in some rows of a column.
fn align_table(flow: &mut Flow, rows: Range<usize>, column: usize, table: &Table, usage: Usage) {
    for (of, figures) in figures(flow, rows, column, table, usage).into_iter().enumerate() {
        let most = |length: fn(&Figure) -> Abs| figures.iter().map(length).fold(Abs::zero(), Abs::max);
        let (before, after) = (
            most(|figure| figure.edges[1] - figure.edges[0]),
            most(|figure| figure.edges[2] - figure.edges[1]),
        );
        for Figure {
            row,
            line,
            edges,
            bounds,
        } in &figures
        {
            let room = bounds.1 - bounds.0 - before - after;
            if room < -Abs::pt(0.1) {
                break;
            }
            let start = bounds.0 + room * share_at_left(table.columns[of], usage.language);
            let shift = start + before - edges[1];
            if let Some(Some(cell)) = flow.rows[*row].cells.get_mut(column) {
                let clusters = cell.cell.lines[*line].runs.iter_mut().flat_map(|run| &mut run.clusters);
                clusters.for_each(|cluster| cluster.x += shift);
            }
        }
    }
}

/// How much of the room that is left in a column stands at the left of it.
fn share_at_left(alignment: Alignment, language: Language) -> f64 {
    let leftward = language.direction() == Direction::RightToLeft;
    match alignment {
        Alignment::Center => 0.5,
        Alignment::Start => f64::from(u8::from(leftward)),
        Alignment::End => f64::from(u8::from(!leftward)),
    }
}

/// The figures of every column of a table; none of a column that is none of figures.
fn figures(flow: &Flow, rows: Range<usize>, column: usize, table: &Table, usage: Usage) -> Vec<Vec<Figure>> {
    let mut found: Vec<(Vec<Figure>, usize)> = table.columns.iter().map(|_| (Vec::new(), 0)).collect();
    for row in rows {
        // A template may set a row of it across all columns.
        let Some(Some(cell)) = flow.rows[row].cells.get(column) else {
            continue;
        };
        let lines: Vec<&Line> = cell.cell.lines.iter().collect();
        let mut start = 0;
        for of_cell in lines.chunk_by(|line, next| line.table == next.table) {
            let at = start;
            start += of_cell.len();
            let Some(place) = of_cell[0].table.filter(|(row, _)| *row > 0) else {
                continue;
            };
            let Some((figures, others)) = found.get_mut(place.1).filter(|_| table.span(place.0, place.1) == 1) else {
                continue;
            };
            // A figure is one line.
            match of_cell {
                [line] => match figure(line, usage) {
                    Some((edges, bounds)) => figures.push(Figure {
                        row,
                        line: at,
                        edges,
                        bounds,
                    }),
                    None => *others += 1,
                },
                _ => *others += 1,
            }
        }
    }
    let of_figures = |(figures, others): (Vec<Figure>, usize)| match locale::are_figures(figures.len(), others) {
        true => figures,
        false => Vec::new(),
    };
    found.into_iter().map(of_figures).collect()
}

/// The edges of a line that is a figure, and those of its cell.
fn figure(line: &Line, usage: Usage) -> Option<([Abs; 3], (Abs, Abs))> {
    let bounds = line.bounds?;
    let mut clusters: Vec<&Cluster> = line.clusters().map(|(_, cluster)| cluster).collect();
    clusters.retain(|cluster| !matches!(cluster.purpose, Purpose::Mark(_)));
    clusters.sort_unstable_by_key(|cluster| cluster.logical);
    let text: String = clusters.iter().map(|cluster| cluster.text.as_str()).collect();
    let end = locale::units_end(usage, &text)?;
    let mut told = 0;
    let last = clusters.iter().find(|cluster| {
        told += cluster.text.len();
        told >= end
    })?;
    let left = line.runs.first().map(Run::left)?;
    let right = line.runs.last().map(Run::right)?;
    Some(([left, last.x + last.advance, right], bounds))
}
