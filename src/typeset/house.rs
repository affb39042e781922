//! What a template gets of the house of a document.

use typst::foundations::{Dict, Value};
use typst::layout::Abs;
use typst::visualize::Color;

use super::picture::picture;
use crate::ink::Colour;
use crate::kind::Side;
use crate::locale::Language;
use crate::model::{Facts, House, Logo, PageOf, Places, Round, said_on};

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
