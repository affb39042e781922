//! An edition: a work in some of its languages, typeset, with its lines written and its pages broken.

mod cut;
mod figures;
mod house;
mod names;
pub mod print;
mod snapshot;
mod tables;

use rayon::prelude::*;
use typst::layout::Frame;

use crate::fonts::{BrokenFont, Fonts};
use crate::kind::LinePlace;
use crate::line::{self, Cell, DeriveError, Line, Written};
use crate::locale::Language;
use crate::model::{
    Breaks, Expression, Plan, ReferenceError, Work, generated_lines, inked, line_of, plain, title_prefix,
};
use crate::page::{self, Flow, FlowCell, FlowRow, Origin, Page, PlacedLine};
use crate::typeset::{
    self, Cells, Column, Composed, Forced, Passages, RowRole, Setting, Sheet, Stage, Template, TemplateError,
    TemplateWorld,
};
use cut::Source;

pub use snapshot::snapshot;
pub(crate) use tables::tables;

/// A work in one language, or in several beside each other, on pages.
#[derive(Debug)]
pub struct Edition<'a> {
    /// The work.
    pub work: &'a Work,
    /// The languages; the first leads.
    pub languages: Vec<Language>,
    /// How it is laid out.
    pub plan: Plan,
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
    /// A font file of the user's is broken.
    #[error(transparent)]
    Font(#[from] BrokenFont),
    /// The official layout is not that of the text.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
}

/// The editions that are made of a work when nobody asks for others: one a language, and all beside each other.
pub fn usual(languages: &[Language]) -> Vec<Vec<Language>> {
    let mut editions: Vec<Vec<Language>> = languages.iter().map(|language| vec![*language]).collect();
    if languages.len() > 1 {
        editions.push(languages.to_vec());
    }
    editions
}

impl<'a> Edition<'a> {
    /// Builds an edition as the source of the work wants it.
    ///
    /// # Errors
    /// As [`Self::planned`].
    pub fn build(
        work: &'a Work,
        languages: Vec<Language>,
        template: &Template,
        fonts: &Fonts,
    ) -> Result<Self, EditionError> {
        Self::planned(work, Plan::of(work, languages), template, fonts)
    }

    /// Builds an edition by a plan.
    ///
    /// # Errors
    /// When the template fails, a font does not allow what is needed, or the official layout is not that of the text.
    pub fn planned(work: &'a Work, plan: Plan, template: &Template, fonts: &Fonts) -> Result<Self, EditionError> {
        fonts.guarded(|| texts(work), || Self::set(work, plan, template, fonts))?
    }

    fn set(work: &'a Work, plan: Plan, template: &Template, fonts: &Fonts) -> Result<Self, EditionError> {
        let breaks = if plan.has_full_measure() {
            plan.breaks
        } else {
            Breaks::Natural
        };
        let forced = Forced::of(work, breaks)?;
        let languages = plan.languages.clone();
        let world = TemplateWorld::new(fonts, template);
        let stage = Stage::new(&world)?;
        let (mut composed, cells) = typeset::compose(work, &plan, forced.as_ref(), &stage, gather)?;
        let mut flow = flow(cells, &composed.setting);
        let source = Source {
            work,
            plan: &plan,
            forced: forced.as_ref(),
            stage: &stage,
        };
        source.cut_wide(&mut flow, &mut composed)?;
        figures::align(&mut flow, work, &composed.setting);
        tables::join_rows(&mut flow, &composed.setting);
        part_lines(&mut flow, &composed.setting);
        flow.assign_notes();
        let setting = &composed.setting;
        if let Some(forced) = &forced {
            start_pages(&mut flow, setting, forced);
        }
        let mut pages = page::paginate(&setting.sheet, &flow);
        for (index, page) in pages.iter_mut().enumerate() {
            page.shift(setting.sheet.turn_of(index));
        }
        let places: Vec<(usize, usize)> = pages.iter().map(|page| (page.opening, page.side)).collect();
        let furniture = || typeset::furniture(work, &composed, &stage, &places);
        let (furniture, written) = rayon::join(furniture, || write(&flow));
        let watermarks = typeset::watermarks(work, &composed, &stage, setting.sheet.pages_of_opening())?;
        for (page, furniture) in pages.iter_mut().zip(furniture?) {
            page.furniture = house::behind(watermarks[page.side].clone(), furniture);
        }
        house::number_lines(&mut pages, work, &composed, &stage)?;
        let (rows, notes) = written?;
        Ok(Self {
            work,
            languages,
            plan,
            composed,
            flow,
            pages,
            rows,
            notes,
        })
    }

    /// The name of the edition.
    pub fn name(&self) -> String {
        self.plan.name()
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

    /// The label that a cell starts with, as it stands at the start of the text of its first line: `١ - `.
    pub fn label(&self, origin: Origin) -> Option<&str> {
        self.cell(origin).lines.first()?.label(&self.composed.passages)
    }

    /// The number and title in a language.
    pub fn title(&self, language: Language) -> String {
        let title = self
            .work
            .expression(language)
            .map(|e| plain(&e.title))
            .unwrap_or_default();
        let title = format!("{}{title}", title_prefix(&self.work.facts, language));
        if !title.trim().is_empty() {
            return title;
        }
        // What the kind says in place of a title; at the least the name of the document.
        let facts = &self.work.facts;
        let named = facts.kind.definition().metadata.title.iter();
        let lines: Vec<String> = named.filter_map(|name| line_of(facts, language, name)).collect();
        if lines.is_empty() {
            self.work.name.clone()
        } else {
            lines.join(" ")
        }
    }

    /// The notice that the text of a language is not official.
    pub fn notice(&self, language: Language) -> Option<String> {
        let mut lines = generated_lines(&self.work.facts, language).into_iter();
        lines
            .find(|(line, _)| line.place() == LinePlace::Notice)
            .map(|(_, words)| words)
    }

    /// The lines that name the authors in a language, as the kind has them; the house where it has none.
    pub fn authors(&self, language: Language) -> Vec<String> {
        let facts = &self.work.facts;
        let named = &facts.kind.definition().metadata.authors;
        let named: Vec<String> = named.iter().filter_map(|name| line_of(facts, language, name)).collect();
        match (&facts.house, named.is_empty()) {
            (Some(house), true) => house.names.get(&language).cloned().into_iter().collect(),
            _ => named,
        }
    }

    /// What describes it, as the line of adoption, in every language of the edition, with a word of warning where the text is unofficial.
    pub fn description(&self) -> String {
        let facts = &self.work.facts;
        let mut lines = Vec::new();
        for language in &self.languages {
            let named = &facts.kind.definition().metadata.description;
            lines.extend(named.iter().filter_map(|name| line_of(facts, *language, name)));
            lines.extend(self.notice(*language));
            let house = facts.house.as_ref();
            lines.extend(house.and_then(|house| house.notice.get(language)).cloned());
        }
        lines.join("; ")
    }
}

/// The running texts of a work.
pub fn texts(work: &Work) -> Vec<String> {
    let contents = work.expressions.iter().flat_map(Expression::contents);
    contents.map(plain).collect()
}

/// Makes pages start where those of the official edition do.
fn start_pages(flow: &mut Flow, setting: &Setting, forced: &Forced) {
    let Some(column) = setting
        .sheet
        .columns
        .iter()
        .position(|column| column.language == forced.language)
    else {
        return;
    };
    for start in &forced.official.pages {
        let of_block = |row: &typeset::Row| row.role == RowRole::Block(start.block);
        let Some(row) = setting.rows.iter().position(of_block) else {
            continue;
        };
        let Some(cell) = flow.rows[row].cells.get(column).and_then(Option::as_ref) else {
            continue;
        };
        let mut letters = 0;
        // The unit that the first letter of the page stands in; a table is no running text and starts a page whole.
        let units = cell.units.iter().take_while(|unit| {
            letters += unit
                .lines
                .iter()
                .map(|line| inked(&cell.cell.lines[*line].text))
                .sum::<usize>();
            letters <= start.letters
        });
        let units = units.count();
        flow.start_page(row, column, units);
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

/// The lines of a frame that Typst set in a column.
fn gather(frame: &Frame, passages: &Passages, column: &Column) -> Cell {
    line::gather(frame, passages, column.language)
}

/// Fills the lines of all cells and notes and groups them into units that pages are broken between; which notes stand with
/// a line is not told yet.
fn flow(cells: Cells<Cell>, setting: &Setting) -> Flow {
    let most = setting.sheet.least_room();
    let row = |(cells, row): (Vec<Option<Cell>>, &typeset::Row)| {
        // Rules of a table hold it together only where the row is one.
        let whole = row.whole || matches!(row.role, RowRole::Title);
        let cells = cells.into_iter();
        let cells = cells.map(|cell| {
            let mut cell = cell?;
            tables::tell_row(&mut cell, row);
            Some(FlowCell::new(cell, whole, most))
        });
        let cells = cells.collect();
        FlowRow::new(row.above, row.keep, row.across, cells)
    };
    let note = |cell: Cell| FlowCell::new(cell, false, most);
    let notes = cells.notes.into_iter();
    let mut flow = Flow {
        rows: cells.rows.into_par_iter().zip(&setting.rows).map(row).collect(),
        notes: notes.map(|notes| notes.into_par_iter().map(note).collect()).collect(),
    };
    settle_spaces(&mut flow, &setting.rows, setting);
    if setting.sheet.kashida {
        elongate(&mut flow, &setting.rows);
    }
    flow
}

/// Gives lines with stacked vowel signs and the like the room that they need, within cells and between them.
fn part_lines(flow: &mut Flow, setting: &Setting) {
    flow.rows.par_iter_mut().for_each(FlowRow::part_lines);
    let rows = flow.rows.par_windows(2);
    let lacks: Vec<_> = rows.map(|rows| rows[0].lacks_below(&rows[1])).collect();
    for (row, lacks) in flow.rows.iter_mut().skip(1).zip(lacks) {
        row.above += lacks;
    }
    for notes in &mut flow.notes {
        notes.par_iter_mut().for_each(|note| {
            note.part_lines();
        });
        for at in 1..notes.len() {
            let (above, notes) = notes.split_at_mut(at);
            notes[0].part_from(&above[at - 1], setting.sheet.notes.between);
        }
    }
}

/// Puts the spaces of filled lines right ([`line::Cell::settle_spaces`]), whether they are elongated or not.
fn settle_spaces(flow: &mut Flow, rows: &[typeset::Row], setting: &Setting) {
    for column in 0..setting.sheet.columns.len() {
        let filled = flow.rows.iter().zip(rows).filter(|(_, row)| row.kashida);
        let space = filled
            .filter_map(|(row, _)| row.cells.get(column)?.as_ref()?.cell.space)
            .next()
            .unwrap_or(1.0);
        let notes = flow.notes.get_mut(column).into_iter().flatten();
        for cell in flow
            .rows
            .iter_mut()
            .filter_map(|row| row.cells.get_mut(column)?.as_mut())
            .chain(notes)
        {
            cell.cell.assume_space(space);
            cell.cell.settle_spaces();
        }
    }
}

/// Fills the lines by elongation, where the row allows it.
fn elongate(flow: &mut Flow, rows: &[typeset::Row]) {
    flow.rows
        .par_iter_mut()
        .zip(rows)
        .filter(|(_, row)| row.kashida)
        .for_each(|(row, _)| {
            row.cells
                .iter_mut()
                .flatten()
                .for_each(|cell| line::elongate(&mut cell.cell));
        });
    flow.notes
        .par_iter_mut()
        .flatten()
        .for_each(|cell| line::elongate(&mut cell.cell));
}
