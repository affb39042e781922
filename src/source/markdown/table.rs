//! Tables.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment as Side, Event, Tag, TagEnd};

use super::TextReader;
use crate::diagnostic::Diagnostic;
use crate::model::{Alignment, Block, Row, Table};

impl<'a> TextReader<'a> {
    /// Reads a table whose start was taken.
    pub(super) fn table(&mut self, sides: &[Side], span: Range<usize>) {
        // `:--` is the side where a row starts in the source, in every language.
        let columns = sides.iter().map(|side| match side {
            Side::None | Side::Left => Alignment::Start,
            Side::Center => Alignment::Center,
            Side::Right => Alignment::End,
        });
        let columns: Vec<Alignment> = columns.collect();
        let mut head = Row::new();
        let mut rows = Vec::new();
        let mut joined = BTreeSet::new();
        while let Some((event, span)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => {
                    joined.extend(self.joined(&span, columns.len()).map(|column| (0, column)));
                    head = self.row(span, TagEnd::TableHead, columns.len());
                }
                Event::Start(Tag::TableRow) => {
                    let at = rows.len() + 1;
                    joined.extend(self.joined(&span, columns.len()).map(|column| (at, column)));
                    rows.push(self.row(span, TagEnd::TableRow, columns.len()));
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let end = span.start + self.source(&span).trim_end().len();
        if rows.is_empty() {
            let fault = Diagnostic::error("a table without rows").rule("table-rows");
            self.fault(fault.hint("write a row after the line of dashes"), span.clone());
        }
        self.blocks.push(Block::Table(Table {
            columns,
            head,
            rows,
            joined,
            span: span.start..end,
        }));
    }

    /// The cells of a row that nothing is written for, not so much as a space: they are one with the cell before them.
    fn joined(&self, span: &Range<usize>, columns: usize) -> impl Iterator<Item = usize> + use<> {
        let empty = |(at, cell): (usize, &str)| (at > 0 && at < columns && cell.is_empty()).then_some(at);
        let cells: Vec<usize> = cells(self.source(span))
            .into_iter()
            .enumerate()
            .filter_map(empty)
            .collect();
        cells.into_iter()
    }

    fn row(&mut self, span: Range<usize>, end: TagEnd, columns: usize) -> Row {
        let mut row = Row::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let running = self.running();
                    self.end(TagEnd::TableCell);
                    if running.id.is_some() {
                        let fault = Diagnostic::error("a cell takes no name").rule("name-misplaced");
                        self.fault(fault.hint("take `{#…}` away"), running.span);
                    }
                    row.push(running.content);
                }
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        let written = cells(self.source(&span)).len();
        if written != columns {
            let fault = Diagnostic::error(format!(
                "this row has {written} cell{}, the head of the table has {columns}",
                if written == 1 { "" } else { "s" }
            ))
            .rule("table-cells");
            let hint = match written < columns {
                true => "an empty cell is written `| |`, one over two columns ends with `||`",
                false => "Markdown would leave the others out; a bar inside a cell is written `\\|`",
            };
            self.fault(fault.hint(hint), span);
        }
        row
    }
}

/// The cells as they are written in a row of a table. Markdown fills a short row with empty cells and leaves out what is too
/// much in a long one.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in row.char_indices() {
        if c == '|' && !escaped {
            cells.push(&row[start..at]);
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    // A stroke at the end closes the last cell.
    if start < row.len() || cells.is_empty() {
        cells.push(&row[start..]);
    }
    cells
}
