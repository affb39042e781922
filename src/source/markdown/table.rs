//! Tables.

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
        while let Some((event, span)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => head = self.row(span, TagEnd::TableHead, columns.len()),
                Event::Start(Tag::TableRow) => {
                    let row = self.row(span, TagEnd::TableRow, columns.len());
                    rows.push(row);
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
            span: span.start..end,
        }));
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
        let written = cells(self.source(&span));
        if written != columns {
            let fault = Diagnostic::error(format!(
                "this row has {written} cell{}, the head of the table has {columns}",
                if written == 1 { "" } else { "s" }
            ))
            .rule("table-cells");
            let hint = match written < columns {
                true => "an empty cell is written `| |`",
                false => "Markdown would leave the others out; a bar inside a cell is written `\\|`",
            };
            self.fault(fault.hint(hint), span);
        }
        row
    }
}

/// How many cells are written in a row of a table. Markdown fills a short row with empty cells and leaves out what is too
/// much in a long one.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let mut strokes = 0;
    let mut escaped = false;
    for c in row.chars() {
        strokes += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    let closed = row.ends_with('|') && !row.ends_with("\\|");
    let edges = usize::from(row.starts_with('|')) + usize::from(closed && row.len() > 1);
    (strokes + 1).saturating_sub(edges)
}
