//! What the house of a document prints under and beside the text: watermarks, the numbers of lines.

use typst::foundations::{Array, Value};
use typst::layout::{Abs, Frame};

use super::compose::{Composed, boxed};
use super::outline::{baseline, outlined};
use super::template::{Stage, TemplateError, optional_content};
use crate::locale::{self, Language};
use crate::model::Work;

/// The watermark of the pages of each side of an opening, as shapes; `None` for a house without one.
///
/// # Errors
/// When the template has no `watermark`, or it fails.
pub fn watermarks(
    work: &Work,
    composed: &Composed,
    stage: &Stage<'_>,
    sides: usize,
) -> Result<Vec<Option<Frame>>, TemplateError> {
    let sheet = &composed.setting.sheet;
    let mut frames = vec![None; sides];
    let Some(house) = work.facts.house.as_ref().filter(|house| !house.watermark.is_empty()) else {
        return Ok(frames);
    };
    for (side, frame) in frames.iter_mut().enumerate() {
        let columns = sheet.reading.iter().map(|column| &sheet.columns[*column]);
        let mut words: Vec<(Language, &String)> = Vec::new();
        for column in columns.filter(|column| column.page == side) {
            let Some(word) = house.watermark.get(&column.language) else {
                continue;
            };
            if !words.iter().any(|(_, other)| *other == word) {
                words.push((column.language, word));
            }
        }
        let words = words.into_iter().map(|(language, word)| {
            let word: Array = [language.code(), word.as_str()]
                .into_iter()
                .map(|text| Value::Str(text.into()))
                .collect();
            Value::Array(word)
        });
        let args = [Value::Dict(composed.data().clone()), Value::Array(words.collect())];
        let value = stage.call("watermark", args)?;
        let path = format!("{}: the answer of `watermark`", stage.name());
        if let Some(content) = optional_content(&value, &path)? {
            let content = (boxed(content, sheet.width, sheet.height), sheet.width);
            *frame = stage.layout(&[content], |_, frame| outlined(&frame))?.pop();
        }
    }
    Ok(frames)
}

/// The width of what holds the number of a line.
pub const NUMBER_WIDTH: Abs = Abs::raw(24.0);

/// The numbers of lines from 1 to `most` as shapes, each with its baseline; they stand at the left of a box of
/// [`NUMBER_WIDTH`] where `at_left`, else at its right.
///
/// # Errors
/// When the template has no `line-number`, or it fails.
pub fn line_numbers(
    work: &Work,
    composed: &Composed,
    stage: &Stage<'_>,
    language: Language,
    at_left: bool,
    most: usize,
) -> Result<Vec<(Frame, Abs)>, TemplateError> {
    let path = format!("{}: the answer of `line-number`", stage.name());
    let mut contents = Vec::with_capacity(most);
    for number in 1..=most as u32 {
        let args = [
            Value::Dict(composed.data().clone()),
            Value::Str(language.code().into()),
            Value::Str(locale::number(work.facts.usage(language), number).into()),
            Value::Bool(at_left),
        ];
        let value = stage.call("line-number", args)?;
        let content = optional_content(&value, &path)?;
        let content = content.ok_or_else(|| TemplateError::new(format!("{path} must be content, found none")))?;
        contents.push((content, NUMBER_WIDTH));
    }
    stage.layout(&contents, |_, frame| {
        (outlined(&frame), baseline(&frame).unwrap_or_default())
    })
}
