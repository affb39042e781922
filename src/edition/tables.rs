//! Tables that stand row by row: their lines know their rows, and their heads are printed again where they go on.

use std::ops::Range;

use typst::layout::Abs;

use crate::line::Cell;
use crate::page::Flow;
use crate::typeset::{Row, Setting};

/// A head that takes more than this part of a page is printed once.
const MOST_OF_A_PAGE: f64 = 1.0 / 3.0;
/// Of tables of fewer rows none is left alone by a page.
const FEW_ROWS: usize = 4;

/// Tells the lines of a row of a table which row it is. Typst, which sets each row by itself, takes it for the first.
pub(super) fn tell_row(cell: &mut Cell, row: &Row) {
    let Some(before) = row.table_row else { return };
    let places = cell.lines.iter_mut().filter_map(|line| line.table.as_mut());
    places.for_each(|(at, _)| *at += before);
}

/// The rows of every table that stands row by row, in the order of the sheet.
pub(crate) fn tables(setting: &Setting) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::new();
    for (at, row) in setting.rows.iter().enumerate() {
        if row.table_row.is_none() {
            continue;
        }
        match tables.last_mut() {
            Some(last) if last.end == at && setting.rows[last.start].role == row.role => last.end = at + 1,
            _ => tables.push(at..at + 1),
        }
    }
    tables
}

/// Puts the rules of tables level in all columns, says which head is printed again over each row and leaves room for it, and
/// says which rows are not left alone.
pub(super) fn join_rows(flow: &mut Flow, setting: &Setting) {
    let room = setting.sheet.least_room();
    for table in tables(setting) {
        let is_head = setting.rows[table.start].table_row == Some(0);
        let body = table.start + usize::from(is_head)..table.end;
        if body.len() >= FEW_ROWS {
            flow.rows[body.start].lonely = true;
            flow.rows[body.end - 2].lonely = true;
        }
        for row in table.clone() {
            flow.rows[row].level(setting.rows[row].table_row == Some(0));
        }
        let head = &flow.rows[table.start];
        let height = head.height(0, head.cuts.len() - 1);
        if !is_head || height > room * MOST_OF_A_PAGE {
            continue;
        }
        for row in &mut flow.rows[body] {
            row.head = Some(table.start);
            row.limit((room - height - row.above).max(Abs::zero()));
        }
    }
}
