//! What a template gets of the house of a document, and what is set of it round the pages.

use typst::foundations::{Array, Dict, Value};
use typst::layout::{Abs, Frame};
use typst::visualize::Color;

use super::compose::{Composed, boxed};
use super::data::picture;
use super::outline::{baseline, outlined};
use super::template::{Stage, TemplateError, optional_content};
use crate::ink::Colour;
use crate::kind::Side;
use crate::locale::{self, Language};
use crate::model::{Facts, House, Logo, PageOf, Places, Round, Work, said_on};

/// The data of a house; `none` for a document without one.
pub(super) fn data(facts: &Facts) -> Value {
    let Some(house) = &facts.house else {
        return Value::None;
    };
    let mut data = Dict::new();
    let length = |points: f64| Value::Length(Abs::pt(points).into());
    let millimetres = |length: Option<f64>| length.map_or(Value::None, |mm| Value::Length(Abs::mm(mm).into()));
    let paper = house.paper.size.map_or(Value::None, |(width, height)| {
        let mut paper = Dict::new();
        paper.insert("width".into(), millimetres(Some(width)));
        paper.insert("height".into(), millimetres(Some(height)));
        Value::Dict(paper)
    });
    data.insert("paper".into(), paper);
    data.insert("logo".into(), house.logo.as_ref().map_or(Value::None, logo));
    let margins = house.paper.margins;
    let sides = [
        ("top", margins.top),
        ("bottom", margins.bottom),
        ("inner", margins.inner),
        ("outer", margins.outer),
    ];
    let sides = sides
        .into_iter()
        .map(|(side, margin)| (side.into(), millimetres(margin)));
    data.insert("margins".into(), Value::Dict(sides.collect()));
    let sizes = house.sizes.iter();
    let sizes = sizes.map(|(script, size)| (script.key().as_str().into(), length(*size)));
    data.insert("sizes".into(), Value::Dict(sizes.collect()));
    data.insert("leading".into(), house.leading.map_or(Value::None, Value::Float));
    let colours = [
        ("text", house.colours.text),
        ("headings", house.colours.headings),
        ("rules", house.colours.rules),
    ];
    let colours = colours
        .into_iter()
        .map(|(what, colour)| (what.into(), colour.map_or(Value::None, painted)));
    data.insert("colours".into(), Value::Dict(colours.collect()));
    Value::Dict(data)
}

fn logo(logo: &Logo) -> Value {
    let (width, height) = logo.picture.size;
    let scale = if height > 0.0 {
        Abs::mm(logo.height).to_pt() / height
    } else {
        0.0
    };
    let mut data = picture(&logo.picture);
    data.insert("width".into(), Value::Length(Abs::pt(width * scale).into()));
    data.insert("height".into(), Value::Length(Abs::mm(logo.height).into()));
    let align = Side::ALL.iter().find(|(_, side)| *side == logo.align);
    data.insert(
        "align".into(),
        Value::Str(align.map_or("start", |(name, _)| name).into()),
    );
    Value::Dict(data)
}

fn painted(colour: Colour) -> Value {
    let part = |part: f64| (part * 255.0).round() as u8;
    Value::Color(Color::from_u8(
        part(colour.red),
        part(colour.green),
        part(colour.blue),
        255,
    ))
}

/// What stands at the head or the foot of a page: the words of its three places, `none` where there are none; `auto` where
/// the house leaves it to the template.
pub(super) fn round(
    facts: &Facts,
    of: impl Fn(&House) -> Option<&Round>,
    is_first: bool,
    language: Language,
    page: PageOf<'_>,
) -> Value {
    let Some(round) = facts.house.as_ref().and_then(of) else {
        return Value::Auto;
    };
    let places: &Places = if is_first { &round.first } else { &round.other };
    let words = [
        ("inner", &places.inner),
        ("center", &places.center),
        ("outer", &places.outer),
    ];
    let words = words.into_iter().map(|(place, sentences)| {
        let said = said_on(sentences, facts, language, page);
        (place.into(), said.map_or(Value::None, |said| Value::Str(said.into())))
    });
    Value::Dict(words.collect())
}

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
