//! The tables of the structure tree (ISO 32000-1 14.8.4.3.4). A table is one element however many pages it takes: its head,
//! which is printed on each of them, stands in the tree once.

use std::num::NonZeroU32;
use std::ops::Range;

use krilla::tagging::{Node, TableHeaderScope, Tag, TagGroup};

use super::structure::{Structure, written};
use crate::locale::Language;
use crate::model::{Block, Table};
use crate::page::Origin;

/// A row of a table: the lines of each of its cells.
type Row = Vec<Vec<(Origin, usize)>>;

impl Structure<'_> {
    /// A table that stands row by row, in each column of the rows: one element, what a template sets beside it, and its notes.
    pub(super) fn table_of_rows(&self, rows: &Range<usize>) -> Vec<Node> {
        let model = match self.block(rows.start) {
            Some(Block::Table(table)) => Some(table),
            _ => None,
        };
        let setting = &self.edition.composed.setting.rows;
        let mut nodes = Vec::new();
        for column in self.columns(rows.start) {
            let language = self.edition.sheet().columns[column].language;
            let mut grid = Grid::default();
            let mut beside = Vec::new();
            for row in rows.clone() {
                let Some(Some(cell)) = self.edition.flow.rows[row].cells.get(column) else {
                    continue;
                };
                let origin = Origin::Row { row, column };
                if let Some(at) = setting[row].table_row {
                    grid.reach(at);
                }
                for (index, line) in cell.cell.lines.iter().enumerate() {
                    match line.table {
                        Some(place) => grid.add(place, (origin, index)),
                        None => beside.push((origin, index)),
                    }
                }
            }
            nodes.push(self.table(&grid, model, language));
            for (origin, index) in beside {
                nodes.extend(self.element(written(Tag::P.into(), language), origin, index..index + 1));
            }
            nodes.extend(self.notes(rows.clone(), column));
        }
        nodes
    }

    /// The table of a cell, and what a template sets over or under it, as paragraphs.
    pub(super) fn table_of_cell(&self, origin: Origin, language: Language) -> Vec<Node> {
        let lines = &self.edition.cell(origin).lines;
        let mut nodes = Vec::new();
        let mut start = 0;
        for part in lines.chunk_by(|line, next| line.table.is_some() == next.table.is_some()) {
            let lines = start..start + part.len();
            start = lines.end;
            let places = lines.clone().zip(part).filter_map(|(at, line)| Some((at, line.table?)));
            let mut grid = Grid::default();
            places.for_each(|(index, place)| grid.add(place, (origin, index)));
            if grid.rows.is_empty() {
                nodes.extend(self.element(written(Tag::P.into(), language), origin, lines));
            } else {
                nodes.push(self.table(&grid, None, language));
            }
        }
        nodes
    }

    fn table(&self, grid: &Grid, model: Option<&Table>, language: Language) -> Node {
        let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = model.map_or(width, |table| width.max(table.columns.len()));
        let row = |at: usize| {
            let mut group = TagGroup::new(Tag::TR);
            for column in 0..width {
                let lines = grid.rows[at].get(column).map(Vec::as_slice).unwrap_or_default();
                // A template may set apart what the source joins.
                let is_set = |column: &usize| grid.rows[at].get(*column).is_some_and(|cell| !cell.is_empty());
                let span = model.map_or(1, |table| table.span(at, column));
                if span == 0 && lines.is_empty() {
                    continue;
                }
                let span = (column + 1..column + span.max(1))
                    .take_while(|column| !is_set(column))
                    .count()
                    + 1;
                let span = u32::try_from(span)
                    .ok()
                    .and_then(NonZeroU32::new)
                    .filter(|span| span.get() > 1);
                let mut cell = if at == 0 {
                    TagGroup::new(Tag::TH(TableHeaderScope::Column).with_col_span(span))
                } else {
                    TagGroup::new(Tag::TD.with_col_span(span))
                };
                for (origin, index) in lines {
                    self.line(*origin, *index).into_iter().for_each(|node| cell.push(node));
                }
                group.push(cell);
            }
            Node::from(group)
        };
        let mut table = TagGroup::new(written(Tag::Table.into(), language));
        if grid.rows.first().is_some_and(|head| !head.is_empty()) {
            table.push(TagGroup::with_children(Tag::THead, vec![row(0)]));
        }
        let body = (1..grid.rows.len()).map(row).collect();
        table.push(TagGroup::with_children(Tag::TBody, body));
        table.into()
    }
}

/// The lines of a table by their places; row 0 is the head.
#[derive(Default)]
struct Grid {
    rows: Vec<Row>,
}

impl Grid {
    /// Says that there is a row, if without a line.
    fn reach(&mut self, row: usize) {
        self.rows.resize(self.rows.len().max(row + 1), Row::new());
    }

    fn add(&mut self, (row, column): (usize, usize), line: (Origin, usize)) {
        self.reach(row);
        let cells = &mut self.rows[row];
        cells.resize(cells.len().max(column + 1), Vec::new());
        cells[column].push(line);
    }
}
