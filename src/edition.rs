//! An edition: a work in some of its languages, typeset, with its lines written and its pages broken.

use rayon::prelude::*;

use crate::line::{self, Cell, DeriveError, Line, Written};
use crate::locale::{self, Language};
use crate::model::{Expression, Work, plain};
use crate::page::{self, Flow, FlowCell, FlowRow, Origin, Page, PlacedLine};
use crate::typeset::{self, Composed, Fonts, RowRole, Setting, Sheet, Template, TemplateError};

/// A work in one language, or in several beside each other, on pages.
#[derive(Debug)]
pub struct Edition<'a> {
    /// The work.
    pub work: &'a Work,
    /// The languages; the first leads.
    pub languages: Vec<Language>,
    /// What Typst set.
    pub composed: Composed,
    /// The lines in rows.
    pub flow: Flow,
    /// The pages.
    pub pages: Vec<Page>,
    rows: Lines,
    notes: Lines,
}

/// An edition that cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// The template fails.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A font does not allow what is needed.
    #[error(transparent)]
    Derive(#[from] DeriveError),
}

/// The editions that are made of a work when nobody asks for others: one a language, and all beside each other.
pub fn usual(languages: &[Language]) -> Vec<Vec<Language>> {
    let mut editions: Vec<Vec<Language>> = languages.iter().map(|language| vec![*language]).collect();
    if languages.len() > 1 {
        editions.push(languages.to_vec());
    }
    editions
}

/// The name of an edition and its file: `ar`, `en`, `ar-en`.
pub fn name(languages: &[Language]) -> String {
    languages
        .iter()
        .map(|language| language.code())
        .collect::<Vec<_>>()
        .join("-")
}

impl<'a> Edition<'a> {
    /// Builds an edition.
    ///
    /// # Errors
    /// When the template fails.
    pub fn build(
        work: &'a Work,
        languages: Vec<Language>,
        template: &Template,
        fonts: &Fonts,
    ) -> Result<Self, EditionError> {
        let mut composed = typeset::compose(work, &languages, template, fonts)?;
        let setting = &mut composed.setting;
        let frames = std::mem::take(&mut setting.rows);
        let note_frames = std::mem::take(&mut setting.notes);
        let flow = gather(&frames, &note_frames, setting, &composed.passages);
        setting.rows = frames;
        setting.notes = note_frames;
        let mut pages = page::paginate(&setting.sheet, &flow);
        let furniture = typeset::furniture(&composed, template, fonts, pages.len())?;
        for (page, furniture) in pages.iter_mut().zip(furniture) {
            page.furniture = furniture;
        }
        let (rows, notes) = write(&flow)?;
        Ok(Self {
            work,
            languages,
            composed,
            flow,
            pages,
            rows,
            notes,
        })
    }

    /// The name of the edition.
    pub fn name(&self) -> String {
        name(&self.languages)
    }

    /// The sheet.
    pub fn sheet(&self) -> &Sheet {
        &self.composed.setting.sheet
    }

    /// The cell that lines come from.
    pub fn cell(&self, origin: Origin) -> &Cell {
        match origin {
            // A row has a cell in every column that it places lines of.
            Origin::Row { row, column } => match &self.flow.rows[row].cells[column] {
                Some(cell) => &cell.cell,
                None => unreachable!("a line is placed only from a cell that there is"),
            },
            Origin::Note { column, note } => &self.flow.notes[column][note].cell,
        }
    }

    /// A line.
    pub fn line(&self, placed: &PlacedLine) -> &Line {
        &self.cell(placed.origin).lines[placed.line]
    }

    /// A line as it is drawn.
    pub fn written(&self, placed: &PlacedLine) -> &Written {
        match placed.origin {
            Origin::Row { row, column } => &self.rows[row][column][placed.line],
            Origin::Note { column, note } => &self.notes[column][note][placed.line],
        }
    }

    /// The text of a row in its first column that has one.
    pub fn row_text(&self, row: usize) -> String {
        let cell = self.flow.rows[row].cells.iter().flatten().next();
        let text: String = cell
            .iter()
            .flat_map(|c| &c.cell.lines)
            .map(|line| line.text.as_str())
            .collect();
        text.trim().to_owned()
    }

    /// The number and title in a language.
    pub fn title(&self, language: Language) -> String {
        let title = self
            .work
            .expression(language)
            .map(|e| plain(&e.title))
            .unwrap_or_default();
        format!("{}{title}", locale::title_prefix(language, self.work.facts.number()))
    }

    /// The line of adoption in every language of the edition, with a word of warning where the text is unofficial.
    pub fn description(&self) -> String {
        let facts = &self.work.facts;
        let mut lines = Vec::new();
        for language in &self.languages {
            lines.push(locale::adoption_line(*language, facts.body, facts.adopted));
            if facts.unofficial.contains(language) {
                lines.push(locale::unofficial_line(*language).to_owned());
            }
        }
        lines.join("; ")
    }
}

impl Work {
    /// The text in a language.
    pub fn expression(&self, language: Language) -> Option<&Expression> {
        self.expressions
            .iter()
            .find(|expression| expression.language == language)
    }
}

/// The written lines of cells: by row or column, by column or note, by line.
type Lines = Vec<Vec<Vec<Written>>>;

/// Writes all lines: those of the rows and those of the notes.
fn write(flow: &Flow) -> Result<(Lines, Lines), DeriveError> {
    let row_cells = flow.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let note_cells = flow.notes.iter().flatten();
    let cells: Vec<&Cell> = row_cells.chain(note_cells).map(|cell| &cell.cell).collect();
    let mut written = line::write(&cells)?.into_iter();
    let row = |row: &FlowRow| {
        row.cells
            .iter()
            .map(|cell| cell.as_ref().and_then(|_| written.next()).unwrap_or_default())
            .collect()
    };
    let rows = flow.rows.iter().map(row).collect();
    let notes = flow
        .notes
        .iter()
        .map(|notes| written.by_ref().take(notes.len()).collect())
        .collect();
    Ok((rows, notes))
}

/// Gathers the lines of all cells and notes, in parallel and in order.
fn gather(
    rows: &[typeset::Row],
    notes: &[Vec<typst::layout::Frame>],
    setting: &Setting,
    passages: &typeset::Passages,
) -> Flow {
    let columns = &setting.sheet.columns;
    let rows = rows
        .par_iter()
        .map(|row| {
            // Rules of a table hold it together only where the row is one.
            let whole = row.whole || matches!(row.role, RowRole::Title);
            let cells = row.cells.iter().enumerate().map(|(column, frame)| {
                let mut cell = line::gather(frame.as_ref()?, passages, columns[column].language);
                if row.kashida && setting.sheet.kashida {
                    line::elongate(&mut cell);
                }
                Some(FlowCell::new(cell, whole))
            });
            FlowRow::new(row.above, row.keep, row.across, cells.collect())
        })
        .collect();
    let notes = notes
        .iter()
        .zip(columns)
        .map(|(notes, column)| {
            let cell = |frame| {
                let mut cell = line::gather(frame, passages, column.language);
                if setting.sheet.kashida {
                    line::elongate(&mut cell);
                }
                FlowCell::new(cell, false)
            };
            notes.par_iter().map(cell).collect()
        })
        .collect();
    let mut flow = Flow { rows, notes };
    flow.assign_notes();
    flow
}
