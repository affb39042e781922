//! Where a printed word stands in the source.

use super::PrintPlace;
use super::page::Source;
use crate::edition::Edition;
use crate::line::{Cell, Cluster, Line};
use crate::model::{Block, Inline, pieces};
use crate::page::Origin;
use crate::typeset::RowRole;

/// The place of a word of a line.
pub(super) fn place(edition: &Edition<'_>, source: &Source, word: &str) -> PrintPlace {
    let cell = edition.cell(source.origin);
    let language = cell.language;
    let Some(expression) = edition.work.expression(language) else {
        return PrintPlace::Facts;
    };
    let table = cell.lines.get(source.line).and_then(|line| line.table);
    let (contents, whole) = match source.origin {
        Origin::Row { row, .. } => match edition.composed.setting.rows[row].role {
            RowRole::Line | RowRole::Logo => return PrintPlace::Facts,
            RowRole::Title => {
                let whole = pieces(&expression.title).first().map(|(_, span)| (*span).clone());
                (vec![expression.title.as_slice()], whole)
            }
            RowRole::Block(block) => match expression.blocks.get(block) {
                Some(block) => (contents_of(block, table), Some(block.span())),
                None => return PrintPlace::Facts,
            },
        },
        Origin::Note { note, .. } => match expression.notes.get(note) {
            Some(note) => (
                note.content.iter().map(Vec::as_slice).collect(),
                Some(note.span.clone()),
            ),
            None => return PrintPlace::Facts,
        },
    };
    let before = before(cell, source, table);
    let found = occurrence(&contents, &before, word);
    match found.or(whole.map(|span| (span, 0))) {
        Some((span, occurrence)) => PrintPlace::Text {
            language,
            span,
            occurrence,
        },
        None => PrintPlace::Facts,
    }
}

/// The running texts of a block that a line may be of: those of its cell of a table.
fn contents_of(block: &Block, table: Option<(usize, usize)>) -> Vec<&[Inline]> {
    let contents = block.contents();
    match (block, table) {
        (Block::Table(of), Some((row, column))) => {
            let cell = contents.get(row * of.columns.len() + column).copied();
            cell.map_or(contents, |cell| vec![cell])
        }
        _ => contents,
    }
}

/// What stands in the cell before a word.
fn before(cell: &Cell, source: &Source, table: Option<(usize, usize)>) -> String {
    let mut text = String::new();
    for line in cell.lines[..source.line].iter().filter(|line| line.table == table) {
        text.push_str(&line.text);
    }
    if let Some(line) = cell.lines.get(source.line) {
        text.extend(
            in_order(line)
                .into_iter()
                .flat_map(|c| c.text.chars())
                .take(source.before),
        );
    }
    text
}

fn in_order(line: &Line) -> Vec<&Cluster> {
    let mut clusters: Vec<&Cluster> = line.clusters().map(|(_, cluster)| cluster).collect();
    clusters.sort_by_key(|cluster| cluster.logical);
    clusters
}

/// The piece of running text that holds a word, and how many times the piece has the word before.
fn occurrence(contents: &[&[Inline]], before: &str, word: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let mut left = before.matches(word).count();
    let mut last = None;
    for (text, span) in contents.iter().flat_map(|content| pieces(content)) {
        let count = text.matches(word).count();
        if left < count {
            return Some((span.clone(), left));
        }
        left -= count;
        if count > 0 {
            last = Some((span.clone(), count - 1));
        }
        // A word with a stop that another piece brings: `*word*,`.
        if count == 0 && last.is_none() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !bare.is_empty() && text.ends_with(bare) {
                last = Some((span.clone(), 0));
            }
        }
    }
    last
}
