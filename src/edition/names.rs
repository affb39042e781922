//! What the lines of an edition are called: each by the name of its passage.

use rustc_hash::FxHashMap;

use super::Edition;
use crate::layout::Name;
use crate::line::Line;
use crate::locale::Language;
use crate::model::{GeneratedLine, block_names, cell_name, generated_lines};
use crate::page::Origin;
use crate::typeset::RowRole;

/// The names of the passages of an edition.
pub(super) struct Names {
    blocks: Vec<Name>,
    notes: Vec<Name>,
    /// The lines that the document does not write itself. A template sets them where it likes, so they are known by their text.
    generated: FxHashMap<(Language, String), GeneratedLine>,
}

impl Names {
    /// Those of an edition.
    pub(super) fn of(edition: &Edition<'_>) -> Self {
        let lead = edition.work.expressions.first();
        let mut generated = FxHashMap::default();
        for &language in &edition.languages {
            for (line, text) in generated_lines(&edition.work.facts, language) {
                generated.entry((language, text)).or_insert(line);
            }
        }
        Self {
            blocks: lead.map_or_else(Vec::new, |lead| block_names(edition.work.facts.kind, &lead.blocks)),
            notes: lead.map_or_else(Vec::new, |lead| {
                lead.notes.iter().map(|note| note.mark.name()).collect()
            }),
            generated,
        }
    }

    /// The name of the note at a place.
    pub(super) fn note(&self, note: usize) -> Name {
        self.notes.get(note).cloned().unwrap_or(Name::Note(note + 1))
    }

    /// The name of a line of a cell.
    pub(super) fn line(&self, edition: &Edition<'_>, origin: Origin, line: &Line) -> Name {
        let row = match origin {
            Origin::Note { note, .. } => return self.note(note),
            Origin::Row { row, .. } => row,
        };
        match edition.composed.setting.rows[row].role {
            RowRole::Title => Name::Paragraph("title".to_owned()),
            RowRole::Block(block) => match (self.blocks.get(block), line.table) {
                (Some(table), Some((row, column))) => cell_name(table, row, column),
                (Some(name), None) => name.clone(),
                (None, _) => Name::Unknown,
            },
            RowRole::Logo => Name::Unknown,
            RowRole::Line => match self.generated(edition, line) {
                Some(generated) => generated.name(),
                None => Name::Front("front matter".to_owned()),
            },
        }
    }

    /// The line of the facts that a line sets, by the passage of its first letters.
    fn generated(&self, edition: &Edition<'_>, line: &Line) -> Option<GeneratedLine> {
        let passages = &edition.composed.passages;
        let placed = line
            .clusters()
            .map(|(_, cluster)| cluster)
            .filter(|cluster| cluster.place.is_some());
        let number = placed.min_by_key(|cluster| cluster.logical)?.place.as_ref()?.passage;
        let passage = passages.get(number)?;
        let text = passages
            .text(number, 0..passage.text.len())
            .replace('\u{a0}', " ")
            .replace(['\u{2066}', '\u{2069}'], "");
        self.generated.get(&(passage.language, text)).copied()
    }
}
