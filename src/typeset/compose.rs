//! From the data of a document to a [`Setting`]: calls the template, reads the sheet and the rows that it returns, and has
//! Typst lay out every cell and note.

use typst::foundations::{Content, Dict, Value};
use typst::layout::{Abs, Frame};

use super::data;
use super::forced::Forced;
use super::house;
use super::manuscript::{Cuts, Manuscript};
use super::sheet::{Body, Cells, Column, NoteArea, Row, RowRole, Setting, Sheet};
use super::template::{Answer, Stage, TemplateError, optional_content};
use crate::limits::counted;
use crate::line::Passages;
use crate::locale::Language;
use crate::model::{Block, House, PageOf, Plan, Round, Work, plain};

/// An edition that is typeset: its setting, the passages that its glyphs point to, and the data that the template had.
#[derive(Debug)]
pub struct Composed {
    /// The sheet, and what the rows are.
    pub setting: Setting,
    /// The text.
    pub passages: Passages,
    /// The data of the document, for the furniture of the pages.
    data: Dict,
}

impl Composed {
    /// The data of the document, as the template had it.
    pub(super) fn data(&self) -> &Dict {
        &self.data
    }
}

/// Typesets the edition of a work in some of its languages: one, or several beside each other. `forced` are line breaks
/// of an official edition. `make` says what is kept of each frame of finished lines; it gets the frame, the passages, and
/// the column.
///
/// # Errors
/// When the template does not compile or returns what it should not; each fault with its place in the template.
pub fn compose<T: Send>(
    work: &Work,
    plan: &Plan,
    forced: Option<&Forced>,
    stage: &Stage<'_>,
    make: impl Fn(&Frame, &Passages, &Column) -> T + Sync,
) -> Result<(Composed, Cells<T>), TemplateError> {
    let mut passages = Passages::default();
    let text = Manuscript {
        work,
        plan,
        forced,
        cuts: &Cuts::default(),
    };
    let (data, words) = data::document(&text, None, stage, &mut passages)?;
    let value = stage.call("edition", [Value::Dict(data.clone()), Value::Dict(words)])?;
    let answer = Answer::of(&value, format!("{}: the answer of `edition`", stage.name()))?;
    let make = |frame: &Frame, column: &Column| make(frame, &passages, column);
    let (setting, cells) = Reader { stage, answer }.setting(work, &plan.languages, make)?;
    let composed = Composed {
        setting,
        passages,
        data,
    };
    Ok((composed, cells))
}

/// Sets what stands round the body of each page; a page is told by its opening and its place in the opening.
///
/// # Errors
/// When the template's `furniture` fails.
pub fn furniture(
    work: &Work,
    composed: &Composed,
    stage: &Stage<'_>,
    pages: &[(usize, usize)],
) -> Result<Vec<Option<Frame>>, TemplateError> {
    let sheet = &composed.setting.sheet;
    let mut contents = Vec::new();
    let mut places = Vec::new();
    for (index, (opening, side)) in pages.iter().enumerate() {
        let columns = sheet.columns.iter().filter(|column| column.page == *side);
        let mut page = Dict::new();
        page.insert("number".into(), Value::Int(index as i64 + 1));
        page.insert("total".into(), Value::Int(pages.len() as i64));
        page.insert("first".into(), Value::Bool(*opening == 0));
        page.insert("opening".into(), Value::Int(*opening as i64 + 1));
        page.insert("side".into(), Value::Int(*side as i64));
        let here: Vec<Language> = columns.map(|column| column.language).collect();
        let in_order = sheet.reading.iter().map(|column| &sheet.columns[*column]);
        let mut leads = in_order
            .filter(|column| column.page == *side)
            .map(|column| column.language);
        if let Some(language) = leads.next() {
            let title = work
                .expression(language)
                .map(|text| plain(&text.title))
                .unwrap_or_default();
            let of = PageOf {
                number: index + 1,
                total: pages.len(),
                title: &title,
            };
            let round = |of_house: fn(&House) -> Option<&Round>| {
                house::round(&work.facts, of_house, *opening == 0, language, of)
            };
            page.insert("head".into(), round(|house| house.head.as_ref()));
            page.insert("foot".into(), round(|house| house.foot.as_ref()));
            page.insert("leads".into(), Value::Str(language.code().into()));
        }
        let languages = here.iter().map(|language| Value::Str(language.code().into())).collect();
        page.insert("languages".into(), Value::Array(languages));
        let value = stage.call("furniture", [Value::Dict(composed.data.clone()), Value::Dict(page)])?;
        let path = format!("{}: the answer of `furniture`", stage.name());
        if let Some(content) = optional_content(&value, &path)? {
            contents.push((boxed(content, sheet.width, sheet.height), sheet.width));
            places.push(index);
        }
    }
    let mut out = vec![None; pages.len()];
    for (index, frame) in places.into_iter().zip(stage.layout(&contents, |_, frame| frame)?) {
        out[index] = Some(frame);
    }
    Ok(out)
}

/// A box of the whole sheet, in which `place` finds the edges of the paper.
pub(super) fn boxed(content: Content, width: Abs, height: Abs) -> Content {
    use typst::foundations::{NativeElement, Smart};
    use typst::layout::{BlockBody, BlockElem, Rel, Sizing};
    BlockElem::new()
        .with_width(Smart::Custom(Rel::from(width)))
        .with_height(Sizing::Rel(Rel::from(height)))
        .with_body(Some(BlockBody::Content(content)))
        .pack()
}

/// Reads what the `edition` of the template returned.
pub(super) struct Reader<'a> {
    pub(super) stage: &'a Stage<'a>,
    pub(super) answer: Answer<'a>,
}

impl Reader<'_> {
    fn setting<T: Send>(
        &self,
        work: &Work,
        languages: &[Language],
        make: impl Fn(&Frame, &Column) -> T + Sync,
    ) -> Result<(Setting, Cells<T>), TemplateError> {
        let (mut sheet, rules) = self.sheet(work, languages)?;
        sheet.notes.rules = self.rules(&rules, &sheet.columns)?;
        let mut contents: Vec<(Content, Abs)> = Vec::new();
        let mut rows = Vec::new();
        // The row and the column of each content.
        let mut slots = Vec::new();
        let mut cells: Vec<Vec<Option<T>>> = Vec::new();
        for (at, value) in self.answer.array("rows")?.iter().enumerate() {
            let (row, of_row) = self.row(value, at, &sheet, work, None)?;
            let across = sheet.measure().1;
            cells.push(of_row.iter().map(|_| None).collect());
            for (column, cell) in of_row.into_iter().enumerate() {
                if let Some(content) = cell {
                    slots.push((rows.len(), column));
                    contents.push((
                        content,
                        if row.across {
                            across
                        } else {
                            sheet.columns[column].width
                        },
                    ));
                }
            }
            rows.push(row);
        }
        let counts = self.notes(&sheet, &mut contents)?;
        let of_notes = counts.iter().enumerate().flat_map(|(column, n)| vec![column; *n]);
        let columns: Vec<usize> = slots.iter().map(|(_, column)| *column).chain(of_notes).collect();
        // A row across all columns speaks the leading language.
        let (x, width) = sheet.measure();
        let across = Column {
            language: languages[0],
            x,
            width,
            page: 0,
        };
        let is_across = |place: usize| {
            slots
                .get(place)
                .is_some_and(|(row, _): &(usize, usize)| rows[*row].across)
        };
        let column = |place: usize| {
            if is_across(place) {
                &across
            } else {
                &sheet.columns[columns[place]]
            }
        };
        let make = |place: usize, frame: Frame| make(&frame, column(place));
        let mut made = self.stage.layout(&contents, make)?.into_iter();
        for (row, column) in slots {
            cells[row][column] = made.next();
        }
        let notes = counts.into_iter().map(|n| made.by_ref().take(n).collect()).collect();
        Ok((Setting { sheet, rows }, Cells { rows: cells, notes }))
    }

    /// The rule over the notes of each column.
    fn rules(&self, rules: &[Option<Content>], columns: &[Column]) -> Result<Vec<Option<Frame>>, TemplateError> {
        let there = rules.iter().zip(columns);
        let there = there.filter_map(|(rule, column)| Some((rule.clone()?, column.width)));
        let contents: Vec<(Content, Abs)> = there.collect();
        let mut frames = self.stage.layout(&contents, |_, frame| frame)?.into_iter();
        let rules = rules.iter().map(|rule| rule.as_ref().and_then(|_| frames.next()));
        Ok(rules.collect())
    }

    fn sheet(&self, work: &Work, languages: &[Language]) -> Result<(Sheet, Vec<Option<Content>>), TemplateError> {
        let a = &self.answer;
        a.only(&[
            "paper",
            "first",
            "other",
            "columns",
            "rows",
            "notes",
            "note-area",
            "turn",
        ])?;
        let paper = a.dict("paper")?;
        paper.only(&["width", "height"])?;
        let body = |key: &str| -> Result<Body, TemplateError> {
            let body = a.dict(key)?;
            body.only(&["top", "bottom"])?;
            Ok(Body {
                top: body.length("top")?,
                bottom: body.length("bottom")?,
            })
        };
        let mut columns = Vec::new();
        let mut order_of = Vec::new();
        for value in a.array("columns")? {
            let column = Answer::of(value, format!("{}.columns", a.path))?;
            column.only(&["language", "x", "width", "page"])?;
            let code = column.text("language")?;
            let language = languages
                .iter()
                .copied()
                .find(|language| language.code() == code)
                .ok_or_else(|| TemplateError::new(format!("{}: the edition has no language `{code}`", column.path)))?;
            let order = languages.iter().position(|l| *l == language);
            order_of.push((order, columns.len()));
            columns.push(Column {
                language,
                x: column.length("x")?,
                width: column.length("width")?,
                page: column.index("page")?.unwrap_or(0),
            });
        }
        let used = |page: usize| columns.iter().any(|column| column.page == page);
        if columns.iter().any(|column| column.page > 1) || !used(0) {
            return Err(TemplateError::new(format!(
                "{}.columns: the pages of an opening are 0 and 1, and a column stands on 0",
                a.path
            )));
        }
        if columns.is_empty() {
            return Err(TemplateError::new(format!("{}.columns is empty", a.path)));
        }
        order_of.sort_unstable();
        let area = a.dict("note-area")?;
        area.only(&["above", "below-rule", "between", "rules"])?;
        let rules = area.array("rules")?;
        let rules = (0..columns.len())
            .map(|i| {
                rules
                    .get(i)
                    .map_or(Ok(None), |v| optional_content(v, &format!("{}.rules", area.path)))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let notes = NoteArea {
            above: area.length("above")?,
            below_rule: area.length("below-rule")?,
            between: area.length("between")?,
            rules: Vec::new(),
        };
        let sheet = Sheet {
            width: paper.length("width")?,
            height: paper.length("height")?,
            first: body("first")?,
            other: body("other")?,
            columns,
            reading: order_of.into_iter().map(|(_, column)| column).collect(),
            notes,
            kashida: work.facts.layout.kashida,
            turn: match a.dict.contains("turn") {
                true => a.length("turn")?,
                false => Abs::zero(),
            },
        };
        self.check_sheet(&sheet)?;
        Ok((sheet, rules))
    }

    /// A sheet on which no line can stand would make the page breaker run in vain.
    fn check_sheet(&self, sheet: &Sheet) -> Result<(), TemplateError> {
        for (key, body) in [("first", sheet.first), ("other", sheet.other)] {
            if body.bottom - body.top < Abs::pt(36.0) || body.top < Abs::zero() || body.bottom > sheet.height {
                let path = &self.answer.path;
                return Err(TemplateError::new(format!(
                    "{path}.{key}: the body must lie on the paper and be 36 pt high at the least"
                )));
            }
        }
        for column in &sheet.columns {
            let (x, turned) = (column.x, column.x + sheet.turn);
            let (left, right) = (x.min(turned), x.max(turned) + column.width);
            if column.width < Abs::pt(20.0) || left < Abs::zero() || right > sheet.width {
                return Err(TemplateError::new(format!(
                    "{}.columns: a column must lie on the paper and be 20 pt wide at the least",
                    self.answer.path
                )));
            }
        }
        Ok(())
    }

    pub(super) fn row(
        &self,
        value: &Value,
        at: usize,
        sheet: &Sheet,
        work: &Work,
        chosen: Option<&[usize]>,
    ) -> Result<(Row, Vec<Option<Content>>), TemplateError> {
        let row = Answer::of(value, format!("{}.rows[{at}]", self.answer.path))?;
        let all = work.expressions.first().map_or(&[][..], |e| e.blocks.as_slice());
        let blocks = all.len();
        row.only(&[
            "role", "block", "row", "cells", "above", "keep", "whole", "across", "kashida",
        ])?;
        let role = match (row.text("role")?, row.index("block")?) {
            ("block", Some(block)) if block < blocks => RowRole::Block(block),
            ("block", _) => {
                return Err(TemplateError::new(format!("{}.block must be below {blocks}", row.path)));
            }
            ("title", _) => RowRole::Title,
            ("line", _) => RowRole::Line,
            ("logo", _) => RowRole::Logo,
            (other, _) => {
                let path = &row.path;
                return Err(TemplateError::new(format!(
                    "{path}.role must be \"block\", \"title\", \"line\" or \"logo\", found \"{other}\""
                )));
            }
        };
        let table_row = row.index("row")?;
        let rows = match role {
            // Where some blocks are set again, the template counts these alone.
            RowRole::Block(block) => {
                match all.get(chosen.map_or(block, |chosen| chosen.get(block).copied().unwrap_or(block))) {
                    Some(Block::Table(table)) => table.rows.len() + 1,
                    _ => 0,
                }
            }
            RowRole::Title | RowRole::Line | RowRole::Logo => 0,
        };
        if table_row.is_some_and(|row| row >= rows) {
            let path = &row.path;
            return Err(TemplateError::new(format!(
                "{path}.row must be a row of a table, 0 for its head: this one has {rows}"
            )));
        }
        let across = row.flag("across", false)?;
        if across && sheet.pages_of_opening() > 1 {
            let path = &row.path;
            return Err(TemplateError::new(format!(
                "{path}.across: a row cannot run across two pages"
            )));
        }
        let expected = if across { 1 } else { sheet.columns.len() };
        let values = row.array("cells")?;
        if values.len() != expected {
            return Err(TemplateError::new(format!(
                "{}.cells has {}, expected {expected}",
                row.path,
                counted(values.len(), "cell")
            )));
        }
        let path = format!("{}.cells", row.path);
        let cells = values
            .iter()
            .map(|v| optional_content(v, &path))
            .collect::<Result<Vec<_>, _>>()?;
        let row = Row {
            role,
            table_row,
            above: row.length("above")?,
            keep: row.flag("keep", false)?,
            whole: row.flag("whole", false)?,
            across,
            kashida: row.flag("kashida", true)?,
        };
        Ok((row, cells))
    }

    /// Adds the notes of every column to the contents and tells how many each column has.
    fn notes(&self, sheet: &Sheet, contents: &mut Vec<(Content, Abs)>) -> Result<Vec<usize>, TemplateError> {
        let path = format!("{}.notes", self.answer.path);
        let values = self.answer.array("notes")?;
        if values.len() != sheet.columns.len() {
            return Err(TemplateError::new(format!("{path} must have one array a column")));
        }
        let mut counts = Vec::new();
        for (value, column) in values.iter().zip(&sheet.columns) {
            let Value::Array(notes) = value else {
                return Err(TemplateError::new(format!(
                    "{path} must hold arrays, found {}",
                    value.ty()
                )));
            };
            for note in notes.iter() {
                let content = optional_content(note, &path)?
                    .ok_or_else(|| TemplateError::new(format!("{path}: a note must be content, found none")))?;
                contents.push((content, column.width));
            }
            counts.push(notes.len());
        }
        Ok(counts)
    }
}
