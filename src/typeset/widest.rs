//! What the columns of a table must have room for.
//!
//! The template gives every column of a table its width. How wide a word is only Typst can tell, so the template measures the
//! longest words of every column and its longest cells, which are told here. A word is what stands between the places where a
//! line may break.

use std::collections::BTreeMap;

use typst::foundations::{Array, Content, Dict, NativeElement, Value};
use typst::model::StrongElem;
use typst::text::TextElem;

use super::isolate;
use super::ties::{WORD_JOINER, ZERO_WIDTH_SPACE, glue};
use crate::locale::{self, Usage};
use crate::model::{self, Inline, Note, Table};

/// How many words of a column are measured: letters are not all of one width, so that the longest word may not be the widest.
const MEASURED: usize = 4;
/// How many of its cells are.
const MEASURED_CELLS: usize = 8;

/// What a template needs to find the widths of the columns of a table, by its keys: an array a column with the words that may be
/// its widest, one with the cells that may be, the letters of all its cells, and the same of cells over several columns.
pub(super) fn measures(table: &Table, notes: &[Note], usage: Usage, cut: bool) -> [(&'static str, Value); 4] {
    let mut columns: Vec<Measure> = vec![Measure::default(); table.columns.len()];
    let mut joined: BTreeMap<(usize, usize), Measure> = BTreeMap::new();
    let head = table.has_head().then_some(&table.head);
    let rows = head.into_iter().map(|head| (0, head)).chain((1..).zip(&table.rows));
    for (row, cells) in rows {
        for (column, cell) in cells.iter().enumerate().take(columns.len()) {
            let mut text = String::new();
            plain(cell, notes, usage, cut, &mut text);
            let bold = row == 0 || cell.iter().any(|inline| matches!(inline, Inline::Strong(_)));
            let of = match table.span(row, column) {
                0 => continue,
                1 => &mut columns[column],
                span => joined.entry((column, span)).or_default(),
            };
            of.add(&text, bold);
            if row > 0 {
                of.figures.add(cell, notes, bold, usage);
            }
        }
    }
    columns.iter_mut().for_each(Measure::add_figures);
    let all = |of: fn(&Measure) -> Value| Value::Array(columns.iter().map(of).collect());
    let joined = joined.into_iter().map(|((column, span), measure)| {
        let mut cell = Dict::new();
        cell.insert("column".into(), Value::Int(column as i64));
        cell.insert("span".into(), Value::Int(span as i64));
        cell.insert("longest".into(), measure.words.contents());
        cell.insert("widest".into(), measure.cells.contents());
        Value::Dict(cell)
    });
    [
        ("longest", all(|measure| measure.words.contents())),
        ("widest", all(|measure| measure.cells.contents())),
        ("lengths", all(|measure| Value::Int(measure.letters.max(1) as i64))),
        ("joined", Value::Array(joined.collect())),
    ]
}

/// What is known of the text of a column.
#[derive(Debug, Clone, Default)]
struct Measure {
    words: Longest<MEASURED>,
    cells: Longest<MEASURED_CELLS>,
    letters: usize,
    figures: Figures,
}

impl Measure {
    fn add(&mut self, text: &str, bold: bool) {
        self.letters += text.chars().count();
        self.cells.add(text, bold);
        unbreakable(text)
            .into_iter()
            .for_each(|word| self.words.add(&word, bold));
    }

    /// Figures stand under each other by their units: the column has room for the longest units with the longest fraction.
    fn add_figures(&mut self) {
        let Figures { figures, others, .. } = self.figures;
        if let (true, Some((units, rest))) = (locale::are_figures(figures, others), &self.figures.longest) {
            let figure = format!("{units}{rest}");
            self.words.add(&figure, self.figures.bold);
            self.cells.add(&figure, self.figures.bold);
        }
    }
}

/// The longest figure that the figures of a column ask room for.
#[derive(Debug, Clone, Default)]
struct Figures {
    /// How many there are, and how many cells that are no figures.
    figures: usize,
    others: usize,
    bold: bool,
    /// The longest units, and the longest of what follows them.
    longest: Option<(String, String)>,
}

impl Figures {
    fn add(&mut self, cell: &[Inline], notes: &[Note], bold: bool, usage: Usage) {
        let text = model::plain(cell);
        let Some(end) = locale::units_end(usage, &text) else {
            self.others += usize::from(!text.trim().is_empty());
            return;
        };
        // Marks of notes hang on the figure.
        let marks = model::marks(cell).into_iter();
        let marks: String = marks
            .filter_map(|(note, _)| Some(notes.get(note)?.mark.printed(usage)))
            .collect();
        self.figures += 1;
        self.bold |= bold;
        let (units, rest) = self.longest.get_or_insert_default();
        let longer = |kept: &mut String, new: &str| {
            if new.chars().count() > kept.chars().count() {
                new.clone_into(kept);
            }
        };
        longer(units, &text[..end]);
        longer(rest, &(text[end..].to_owned() + &marks));
    }
}

/// The longest texts that were seen, of those of one length the bold ones and the first ones.
#[derive(Debug, Clone, Default)]
struct Longest<const MOST: usize> {
    /// Each with its length and whether it is bold.
    texts: Vec<(usize, bool, String)>,
}

impl<const MOST: usize> Longest<MOST> {
    fn add(&mut self, text: &str, bold: bool) {
        let length = text.chars().count();
        let key = (length, bold);
        let at = self.texts.partition_point(|(length, bold, _)| (*length, *bold) >= key);
        let same = |(_, _, other): &(usize, bool, String)| other == text;
        let alike = self.texts[..at]
            .iter()
            .rev()
            .take_while(|(length, bold, _)| (*length, *bold) == key);
        if at == MOST || length == 0 || alike.into_iter().any(same) {
            return;
        }
        self.texts.truncate(MOST - 1);
        self.texts.insert(at, (length, bold, text.to_owned()));
    }

    fn contents(&self) -> Value {
        let contents = self
            .texts
            .iter()
            .map(|(_, bold, text)| Value::Content(content(text, *bold)));
        Value::Array(contents.collect::<Array>())
    }
}

fn content(word: &str, bold: bool) -> Content {
    let text = TextElem::packed(word);
    if bold { StrongElem::new(text).pack() } else { text }
}

/// The text of a cell as it is set, marks of notes with it.
fn plain(cell: &[Inline], notes: &[Note], usage: Usage, cut: bool, out: &mut String) {
    for inline in cell {
        match inline {
            Inline::Text { text, .. } => out.push_str(&glue(text, usage.language, false, cut)),
            Inline::Address { text, .. } => out.push_str(&isolate::address(text)),
            Inline::Link { content, .. } => plain(content, notes, usage, cut, out),
            Inline::Span { language, content, .. } => plain(content, notes, usage.of(*language), cut, out),
            Inline::Emphasis(inner) | Inline::Strong(inner) => plain(inner, notes, usage, cut, out),
            Inline::Mark { note, .. } => {
                let mark = notes.get(*note).map(|note| note.mark.printed(usage));
                out.push_str(&mark.unwrap_or_default());
            }
            Inline::Break => out.push(' '),
        }
    }
}

/// The stretches of a text that no line breaks in. What the rules of UAX #14 allow beyond spaces is not looked for: a word
/// may be told longer than it is.
fn unbreakable(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = match c {
            ' ' => rest.peek() != Some(&WORD_JOINER),
            ZERO_WIDTH_SPACE => true,
            _ => false,
        };
        match words.last_mut() {
            Some(word) if !ends => word.push(c),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn what_is_held_together_is_one_word() {
        let glued = glue("20 December of A/RES/61/180", Language::ENGLISH, false, false);
        let words = unbreakable(&glued);
        let bare: Vec<String> = words.iter().map(|word| word.replace(WORD_JOINER, "")).collect();
        assert_eq!(bare, ["20 December", "of", "A/RES/61/180"]);
    }
}
