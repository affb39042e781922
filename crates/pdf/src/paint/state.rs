//! The colours that a page is painted with, and what clips it: the part of the graphics state that painting needs.

use hayro_syntax::object::stream::Stream;
use hayro_syntax::object::{Dict, Name, Number, Object};
use hayro_syntax::page::Resources;
use kurbo::{Affine, Rect};

use super::{Look, Tone};
use qarar_ink::Colour;

/// The kinds of colours whose numbers can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Grey,
    Rgb,
    Inks,
    /// An ink of its own that is black.
    Black,
    Other,
}

/// A colour as it is set: its kind, and itself where that is known.
#[derive(Debug, Clone, Copy)]
struct Set {
    space: Space,
    colour: Option<Colour>,
}

impl Set {
    const BLACK: Self = Self {
        space: Space::Grey,
        colour: Some(Colour::BLACK),
    };

    fn in_space(space: Space) -> Self {
        Self {
            space,
            colour: (space != Space::Other).then_some(Colour::BLACK),
        }
    }

    fn with(space: Space, parts: &[Number]) -> Self {
        let part = |at: usize| parts.get(at).map(|part: &Number| part.as_f64().clamp(0.0, 1.0));
        let colour = match (space, parts.len()) {
            (Space::Grey, 1) => part(0).map(Colour::grey),
            (Space::Black, 1) => part(0).map(|ink| Colour::grey(1.0 - ink)),
            (Space::Rgb, 3) => {
                part(0)
                    .zip(part(1))
                    .zip(part(2))
                    .map(|((red, green), blue)| Colour { red, green, blue })
            }
            (Space::Inks, 4) => {
                let inks: Vec<f64> = (0..4).filter_map(part).collect();
                inks.try_into().ok().map(Colour::of_inks)
            }
            _ => None,
        };
        Self { space, colour }
    }
}

/// The part of the graphics state that painting needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PaintState {
    fill: Set,
    stroke: Set,
    pub(super) fill_share: f64,
    stroke_share: f64,
    /// How much the groups around let through.
    pub(super) group_share: f64,
    blended: bool,
    masked: bool,
    /// Whether a group around is blended or masked.
    group_other: bool,
    pub(super) line_width: f64,
    pub(super) clip: Rect,
}

impl PaintState {
    /// At the start of a page that is seen in a box.
    pub(crate) fn new() -> Self {
        Self {
            fill: Set::BLACK,
            stroke: Set::BLACK,
            fill_share: 1.0,
            stroke_share: 1.0,
            group_share: 1.0,
            blended: false,
            masked: false,
            group_other: false,
            line_width: 1.0,
            clip: Rect::new(-1e9, -1e9, 1e9, 1e9),
        }
    }

    /// Whether nothing is blended or masked.
    pub(super) fn is_plain(&self) -> bool {
        !(self.blended || self.masked || self.group_other)
    }

    fn tone(&self, set: Set, share: f64) -> Tone {
        match set.colour {
            // What lets nothing through is not seen, however it is blended.
            _ if share * self.group_share <= 0.0 => Tone::Known(Colour::WHITE, 0.0),
            Some(colour) if self.is_plain() => Tone::Known(colour, share * self.group_share),
            _ => Tone::Unknown,
        }
    }

    /// What shapes are filled with.
    pub(super) fn fill_tone(&self) -> Tone {
        self.tone(self.fill, self.fill_share)
    }

    /// What outlines are drawn with.
    pub(super) fn stroke_tone(&self) -> Tone {
        self.tone(self.stroke, self.stroke_share)
    }

    /// How glyphs are painted in a rendering mode of text, and which shape they take.
    pub(crate) fn look(&self, mode: i64, shape: Affine, after: usize) -> Look {
        Look {
            shape,
            fill: matches!(mode, 0 | 2 | 4 | 6).then(|| self.fill_tone()),
            stroke: matches!(mode, 1 | 2 | 5 | 6).then(|| self.stroke_tone()),
            clip: self.clip,
            after,
        }
    }

    /// Takes over what a dictionary of graphics state says.
    pub(crate) fn set(&mut self, state: &Dict<'_>) {
        let share = |key: &str| state.get::<f64>(key).map(|share| share.clamp(0.0, 1.0));
        self.fill_share = share("ca").unwrap_or(self.fill_share);
        self.stroke_share = share("CA").unwrap_or(self.stroke_share);
        if let Some(width) = state.get::<f64>("LW") {
            self.line_width = width;
        }
        match state.get::<Object<'_>>("BM") {
            Some(Object::Name(mode)) => self.blended = !is_normal(&mode),
            Some(Object::Array(modes)) => {
                self.blended = !modes.iter::<Name<'_>>().next().is_some_and(|mode| is_normal(&mode));
            }
            _ => {}
        }
        match state.get::<Object<'_>>("SMask") {
            Some(Object::Name(_)) => self.masked = false,
            Some(_) => self.masked = true,
            None => {}
        }
    }

    /// What holds inside of a form that is a group.
    pub(crate) fn enter_group(&mut self) {
        self.group_share *= self.fill_share;
        self.group_other |= self.blended || self.masked;
        (self.fill_share, self.stroke_share, self.blended, self.masked) = (1.0, 1.0, false, false);
    }

    /// Cuts what is painted to a box on the page.
    pub(crate) fn clip_to(&mut self, bounds: Rect) {
        self.clip = self.clip.intersect(bounds);
    }

    pub(crate) fn line_width(&mut self, width: &Number) {
        self.line_width = width.as_f64();
    }

    /// Sets a colour; `of_stroke` that of outlines.
    fn put(&mut self, of_stroke: bool, set: Set) {
        if of_stroke {
            self.stroke = set;
        } else {
            self.fill = set;
        }
    }

    pub(crate) fn grey(&mut self, of_stroke: bool, parts: [&Number; 1]) {
        self.put(of_stroke, Set::with(Space::Grey, &parts.map(|part| *part)));
    }

    pub(crate) fn rgb(&mut self, of_stroke: bool, parts: [&Number; 3]) {
        self.put(of_stroke, Set::with(Space::Rgb, &parts.map(|part| *part)));
    }

    pub(crate) fn inks(&mut self, of_stroke: bool, parts: [&Number; 4]) {
        self.put(of_stroke, Set::with(Space::Inks, &parts.map(|part| *part)));
    }

    /// Sets a colour in the space that was set before; `named` is one by a pattern.
    pub(crate) fn colour(&mut self, of_stroke: bool, parts: &[Number], named: bool) {
        let space = if of_stroke { self.stroke.space } else { self.fill.space };
        let space = if named { Space::Other } else { space };
        self.put(of_stroke, Set::with(space, parts));
    }

    pub(crate) fn space(&mut self, of_stroke: bool, name: &Name<'_>, resources: &Resources<'_>) {
        let space = device(name).or_else(|| Some(named(&resources.get_color_space(name)?)));
        self.put(of_stroke, Set::in_space(space.unwrap_or(Space::Other)));
    }
}

fn is_normal(mode: &Name<'_>) -> bool {
    matches!(mode.as_ref(), b"Normal" | b"Compatible")
}

fn device(name: &[u8]) -> Option<Space> {
    match name {
        b"DeviceGray" | b"G" | b"CalGray" => Some(Space::Grey),
        b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Space::Rgb),
        b"DeviceCMYK" | b"CMYK" => Some(Space::Inks),
        b"Pattern" => Some(Space::Other),
        _ => None,
    }
}

/// The kind of a colour space of the resources.
fn named(space: &Object<'_>) -> Space {
    let known = match space {
        Object::Name(name) => device(name),
        Object::Array(array) => {
            let mut items = array.flex_iter();
            let kind = items.next::<Name<'_>>();
            match kind.as_deref() {
                Some(b"ICCBased") => {
                    items
                        .next::<Stream<'_>>()
                        .and_then(|profile| match profile.dict().get::<i32>("N")? {
                            1 => Some(Space::Grey),
                            3 => Some(Space::Rgb),
                            4 => Some(Space::Inks),
                            _ => None,
                        })
                }
                Some(b"Separation") => items
                    .next::<Name<'_>>()
                    .filter(|ink| matches!(ink.as_ref(), b"Black" | b"All"))
                    .map(|_| Space::Black),
                Some(kind) => device(kind),
                None => None,
            }
        }
        _ => None,
    };
    known.unwrap_or(Space::Other)
}
