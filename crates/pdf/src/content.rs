//! The content of a page: runs its operators and notes every glyph with its place and the marked content it stands in.

use std::borrow::Cow;
use std::sync::Arc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::stream::Stream;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object};
use hayro_syntax::page::{Page as PdfPage, Resources, Rotation};
use kurbo::{Affine, Point, Rect};
use rustc_hash::FxHashMap;

use super::annotation::{self, Destinations};
use super::decode::decoded;
use super::font::{Font, FontCache};
use super::limits::{Meter, Resource};
use super::object::{count_of, text_of, to_seen};
use super::paint::{self, Painted, Path};
use super::text_state::{Pen, State};
use super::{Glyph, Marked, Page, ReadError};

/// Reads the text of a page, and its links where destinations are given.
///
/// # Errors
/// When the page or the file holds too much.
pub(super) fn page(
    page: &PdfPage<'_>,
    number: usize,
    fonts: &FontCache<'_>,
    destinations: Option<&Destinations<'_>>,
) -> Result<Page, ReadError> {
    let (width, height) = page.render_dimensions();
    let place = format!("page {}", number + 1);
    let longest = Resource::PageSide.limit().of_one.unwrap_or_default() as f32;
    if !(width <= longest && height <= longest) {
        return Err(Resource::PageSide.exceeded(place));
    }
    let rect = |r: hayro_syntax::object::Rect| Rect::new(r.x0, r.y0, r.x1, r.y1);
    let rotation = match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    };
    let read = Page {
        width: f64::from(width),
        height: f64::from(height),
        media_box: rect(page.media_box()),
        crop_box: rect(page.intersected_crop_box()),
        rotation,
        ..Page::default()
    };
    let ink = fonts.ink.map(Painted::of_one_in);
    let mut reader = ContentReader {
        page: read,
        painted: ink,
        path: Path::default(),
        meter: Meter::new(fonts.spent, place),
        fonts,
        known: FxHashMap::default(),
        drawn: Vec::new(),
        strings: 0,
    };
    let content = reader.content(page)?;
    let state = State::new(to_seen(page));
    let around = Around {
        depth: 0,
        form: None,
        marked: None,
    };
    reader.run(&content, page.resources(), state, &around)?;
    if let Some(destinations) = destinations {
        reader.page.links = annotation::links(page, destinations, &mut reader.meter)?;
    }
    reader.meter.finish()?;
    reader.page.painted = reader.painted.map(Box::new);
    Ok(reader.page)
}

struct ContentReader<'f> {
    page: Page,
    /// What is painted, where that is asked.
    painted: Option<Painted>,
    /// The path that is being made.
    path: Path,
    meter: Meter<'f>,
    fonts: &'f FontCache<'f>,
    /// The fonts of this page by the place of their dictionary in the file.
    known: FxHashMap<usize, usize>,
    /// The forms that are being drawn, by the number of their object: one that draws itself is passed over, as in viewers.
    drawn: Vec<u32>,
    strings: u32,
}

/// What a stream of operators stands in.
struct Around {
    depth: usize,
    form: Option<u32>,
    marked: Option<usize>,
}

/// A stream of operators while it runs.
struct Run<'s> {
    state: State,
    saved: Vec<State>,
    pen: Pen,
    /// The open marked-content sequences.
    open: Vec<usize>,
    around: &'s Around,
}

impl Run<'_> {
    fn marked(&self) -> Option<usize> {
        self.open.last().copied().or(self.around.marked)
    }
}

impl ContentReader<'_> {
    /// The streams of a page one after the other, with white space between them (ISO 32000-1 7.8.2).
    fn content(&mut self, page: &PdfPage<'_>) -> Result<Vec<u8>, ReadError> {
        let mut content = Vec::new();
        match page.raw().get::<Object<'_>>("Contents") {
            Some(Object::Stream(stream)) => content.extend_from_slice(&self.decoded(&stream)?),
            Some(Object::Array(streams)) => {
                for item in streams.raw_iter() {
                    let stream = match item {
                        MaybeRef::Ref(reference) => page.xref().get::<Stream<'_>>(reference.into()),
                        MaybeRef::NotRef(object) => object.into_stream(),
                    };
                    if let Some(stream) = stream {
                        content.extend_from_slice(&self.decoded(&stream)?);
                        content.push(b' ');
                    }
                }
            }
            _ => {}
        }
        Ok(content)
    }

    /// The content of a stream, counted; nothing where it cannot be unfolded.
    fn decoded<'a>(&mut self, stream: &Stream<'a>) -> Result<Cow<'a, [u8]>, ReadError> {
        let most = (Resource::Content, self.meter.left(Resource::Content));
        let content = decoded(stream, self.fonts.spent, most, self.meter.place())?.unwrap_or_default();
        self.meter.take(Resource::Content, content.len())?;
        Ok(content)
    }

    /// Whether something nests deeper than it may.
    fn check_depth(&self, what: Resource, depth: usize) -> Result<(), ReadError> {
        match what.limit().of_one {
            Some(most) if depth > most => Err(what.exceeded(self.meter.place())),
            _ => Ok(()),
        }
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: &Resources<'_>,
        state: State,
        around: &Around,
    ) -> Result<(), ReadError> {
        let mut run = Run {
            state,
            saved: Vec::new(),
            pen: Pen::default(),
            open: Vec::new(),
            around,
        };
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.meter.take(Resource::Operators, 1)?;
            self.operator(&operator, resources, &mut run)?;
        }
        Ok(())
    }

    fn operator(&mut self, op: &Op<'_, '_>, resources: &Resources<'_>, run: &mut Run<'_>) -> Result<(), ReadError> {
        if self.painted.is_some() {
            self.paint(op, resources, run);
        }
        let number = Number::as_f64;
        match op {
            Op::SaveState(_) => {
                self.check_depth(Resource::States, run.saved.len() + 1)?;
                run.saved.push(run.state.clone());
            }
            Op::RestoreState(_) => run.state = run.saved.pop().unwrap_or_else(|| run.state.clone()),
            Op::Transform(m) => run.state.matrix *= affine([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]),
            Op::SetGraphicsState(name) => {
                if let Some(state) = resources.get_ext_g_state(name.0) {
                    self.graphics_state(&state, run)?;
                }
            }
            Op::BeginText(_) => run.pen.set(Affine::IDENTITY),
            Op::CharacterSpacing(n) => run.state.character_spacing = number(&n.0),
            Op::WordSpacing(n) => run.state.word_spacing = number(&n.0),
            Op::HorizontalScaling(n) => run.state.scaling = number(&n.0) / 100.0,
            Op::TextLeading(n) => run.state.leading = number(&n.0),
            Op::TextRise(n) => run.state.rise = number(&n.0),
            Op::TextRenderingMode(n) => run.state.mode = n.0.as_i64(),
            Op::TextFont(font) => {
                run.state.size = number(&font.1);
                run.state.font = match resources.get_font(font.0) {
                    Some(dict) => Some(self.font(&dict)?),
                    None => None,
                };
            }
            Op::NextLine(by) => run.pen.next_line(number(&by.0), number(&by.1)),
            Op::NextLineAndSetLeading(by) => {
                run.state.leading = -number(&by.1);
                run.pen.next_line(number(&by.0), number(&by.1));
            }
            Op::SetTextMatrix(m) => run.pen.set(affine([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5])),
            Op::NextLineUsingLeading(_) => run.pen.next_line(0.0, -run.state.leading),
            Op::ShowText(text) => self.string(text.0, run)?,
            Op::ShowTexts(texts) => self.strings(texts.0, run)?,
            Op::NextLineAndShowText(text) => {
                run.pen.next_line(0.0, -run.state.leading);
                self.string(text.0, run)?;
            }
            Op::ShowTextWithParameters(text) => {
                run.state.word_spacing = number(&text.0);
                run.state.character_spacing = number(&text.1);
                run.pen.next_line(0.0, -run.state.leading);
                self.string(text.2, run)?;
            }
            Op::BeginMarkedContent(tag) => self.open(tag.0, None, run)?,
            Op::BeginMarkedContentWithProperties(sequence) => {
                let properties = match sequence.1 {
                    Object::Dict(dict) => Some(dict.clone()),
                    Object::Name(name) => resources.properties.get::<Dict<'_>>(name),
                    _ => None,
                };
                self.open(sequence.0, properties.as_ref(), run)?;
            }
            Op::EndMarkedContent(_) => {
                run.open.pop();
            }
            Op::XObject(name) => {
                if let Some(form) = resources.get_x_object(name.0) {
                    self.form(&form, resources, run)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What an operator says of colours and shapes.
    fn paint(&mut self, op: &Op<'_, '_>, resources: &Resources<'_>, run: &mut Run<'_>) {
        let Some(painted) = &mut self.painted else { return };
        let matrix = run.state.matrix;
        let (path, state) = (&mut self.path, &mut run.state.paint);
        match op {
            Op::LineWidth(width) => state.line_width(&width.0),
            Op::MoveTo(to) => path.move_to(matrix, [&to.0, &to.1]),
            Op::LineTo(to) => path.line_to(matrix, [&to.0, &to.1]),
            Op::CubicTo(c) => path.curve_to(matrix, Some([&c.0, &c.1]), [&c.2, &c.3], [&c.4, &c.5]),
            Op::CubicStartTo(c) => path.curve_to(matrix, None, [&c.0, &c.1], [&c.2, &c.3]),
            Op::CubicEndTo(c) => path.curve_to(matrix, Some([&c.0, &c.1]), [&c.2, &c.3], [&c.2, &c.3]),
            Op::ClosePath(_) => path.close(),
            Op::RectPath(r) => path.rectangle(matrix, [&r.0, &r.1], [&r.2, &r.3]),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => path.clip(),
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeNonZero(_) => path.fill(painted, state, false),
            Op::FillPathEvenOdd(_) | Op::FillAndStrokeEvenOdd(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                path.fill(painted, state, true);
            }
            Op::StrokePath(_) | Op::CloseAndStrokePath(_) => path.draw(painted, state, matrix),
            Op::EndPath(_) => path.drop(state),
            Op::ColorSpaceStroke(space) => state.space(true, space.0, resources),
            Op::ColorSpaceNonStroke(space) => state.space(false, space.0, resources),
            Op::StrokeColor(parts) => state.colour(true, &parts.0, false),
            Op::NonStrokeColor(parts) => state.colour(false, &parts.0, false),
            Op::StrokeColorNamed(parts) => state.colour(true, &parts.0, parts.1.is_some()),
            Op::NonStrokeColorNamed(parts) => state.colour(false, &parts.0, parts.1.is_some()),
            Op::StrokeColorDeviceGray(c) => state.grey(true, [&c.0]),
            Op::NonStrokeColorDeviceGray(c) => state.grey(false, [&c.0]),
            Op::StrokeColorDeviceRgb(c) => state.rgb(true, [&c.0, &c.1, &c.2]),
            Op::NonStrokeColorDeviceRgb(c) => state.rgb(false, [&c.0, &c.1, &c.2]),
            Op::StrokeColorCmyk(c) => state.inks(true, [&c.0, &c.1, &c.2, &c.3]),
            Op::NonStrokeColorCmyk(c) => state.inks(false, [&c.0, &c.1, &c.2, &c.3]),
            Op::Shading(_) => paint::shading(painted, state),
            Op::InlineImage(image) => paint::picture(painted, state, matrix, image.0.dict()),
            _ => {}
        }
    }

    fn graphics_state(&mut self, state: &Dict<'_>, run: &mut Run<'_>) -> Result<(), ReadError> {
        run.state.paint.set(state);
        let Some(font) = state.get::<Array<'_>>("Font") else {
            return Ok(());
        };
        let mut items = font.flex_iter();
        if let (Some(dict), Some(size)) = (items.next::<Dict<'_>>(), items.next::<Number>()) {
            run.state.size = size.as_f64();
            run.state.font = Some(self.font(&dict)?);
        }
        Ok(())
    }

    fn font(&mut self, dict: &Dict<'_>) -> Result<(Arc<Font>, usize), ReadError> {
        // The bytes of a dictionary stay where they are while the file is open.
        let place = dict.data().as_ptr() as usize;
        if let Some(index) = self.known.get(&place) {
            return Ok((self.page.fonts[*index].clone(), *index));
        }
        let font = self.fonts.get(dict)?;
        let index = self.page.fonts.len();
        self.page.fonts.push(font.clone());
        self.known.insert(place, index);
        Ok((font, index))
    }

    fn open(&mut self, tag: &Name<'_>, properties: Option<&Dict<'_>>, run: &mut Run<'_>) -> Result<(), ReadError> {
        self.meter.take(Resource::Marked, 1)?;
        self.check_depth(Resource::MarkedDepth, run.open.len() + 1)?;
        let text = |key: &str| properties.and_then(|p| text_of(p, key));
        let mcid = properties.and_then(|p| count_of(p, "MCID"));
        let marked = Marked {
            tag: String::from_utf8_lossy(tag).into_owned(),
            mcid,
            form: run.around.form,
            actual_text: text("ActualText"),
            alt: text("Alt"),
            language: text("Lang"),
            parent: run.marked(),
        };
        let texts = [&marked.actual_text, &marked.alt, &marked.language];
        let letters: usize = texts.into_iter().flatten().map(String::len).sum();
        self.meter.take(Resource::Letters, letters + marked.tag.len())?;
        run.open.push(self.page.marked.len());
        self.page.marked.push(marked);
        Ok(())
    }

    fn form(&mut self, form: &Stream<'_>, outer: &Resources<'_>, run: &mut Run<'_>) -> Result<(), ReadError> {
        let dict = form.dict();
        let number = form.obj_id().obj_number;
        let kind = dict.get::<Name<'_>>("Subtype");
        if let (Some(b"Image"), Some(painted)) = (kind.as_deref(), &mut self.painted) {
            paint::picture(painted, &run.state.paint, run.state.matrix, dict);
        }
        if kind.as_deref() != Some(b"Form".as_slice()) || self.drawn.contains(&number) {
            return Ok(());
        }
        self.meter.take(Resource::Forms, 1)?;
        self.check_depth(Resource::FormDepth, run.around.depth + 1)?;
        let content = self.decoded(form)?;
        let mut state = run.state.clone();
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let parts: Vec<Number> = matrix.iter::<Number>().take(6).collect();
            if let [a, b, c, d, e, f] = &parts[..] {
                state.matrix *= affine([a, b, c, d, e, f]);
            }
        }
        if let Some(bounds) = paint::form_box(dict, state.matrix) {
            state.paint.clip_to(bounds);
        }
        if dict.contains_key("Group") {
            state.paint.enter_group();
        }
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let around = Around {
            depth: run.around.depth + 1,
            form: dict.obj_id().map(|id| id.obj_number),
            marked: run.marked(),
        };
        self.drawn.push(number);
        self.run(&content, own.as_ref().unwrap_or(outer), state, &around)?;
        self.drawn.pop();
        Ok(())
    }

    fn string(&mut self, bytes: &[u8], run: &mut Run<'_>) -> Result<(), ReadError> {
        self.strings += 1;
        self.show(bytes, run)
    }

    fn strings(&mut self, parts: &Array<'_>, run: &mut Run<'_>) -> Result<(), ReadError> {
        self.strings += 1;
        for part in parts.iter::<Object<'_>>() {
            match part {
                Object::String(bytes) => self.show(&bytes, run)?,
                Object::Number(n) => {
                    let by = -n.as_f64() / 1000.0 * run.state.size;
                    let vertical = run.state.font.as_ref().is_some_and(|(font, _)| font.is_vertical());
                    let (x, y) = if vertical {
                        (0.0, by)
                    } else {
                        (by * run.state.scaling, 0.0)
                    };
                    run.pen.advance(x, y);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Shows a string (ISO 32000-1 9.4.4).
    fn show(&mut self, bytes: &[u8], run: &mut Run<'_>) -> Result<(), ReadError> {
        let Some((font, index)) = run.state.font.clone() else {
            return Ok(());
        };
        let state = &run.state;
        let marked = run.open.last().copied().or(run.around.marked);
        let mut rest = bytes;
        while let Some(code) = font.next_code(&mut rest) {
            self.meter.take(Resource::Glyphs, 1)?;
            let width = font.width(code.cid);
            let to_page = state.matrix * run.pen.matrix * state.glyph_to_text();
            let at = |x: f64, y: f64| to_page * Point::new(x, y);
            let (origin, end) = if font.is_vertical() {
                (at(-width / 2.0, 0.0), at(width / 2.0, 0.0))
            } else {
                (at(0.0, 0.0), at(width, 0.0))
            };
            let up = at(0.0, 1.0) - at(0.0, 0.0);
            let (text, known) = font.text(code);
            self.meter.take(Resource::Letters, text.len())?;
            let spaced = at(state.character_spacing / state.size, 0.0) - at(0.0, 0.0);
            let spacing = if spaced.is_finite() {
                spaced.hypot().copysign(state.character_spacing)
            } else {
                0.0
            };
            if origin.is_finite() && end.is_finite() {
                let look = self.painted.as_mut().map_or(0, |painted| {
                    let look = state.paint.look(state.mode, shape_of(to_page), painted.grounds.len());
                    painted.look(look)
                });
                self.page.glyphs.push(Glyph {
                    code: code.code,
                    text,
                    known,
                    origin,
                    advance: end - origin,
                    spacing,
                    size: up.hypot(),
                    font: index,
                    marked,
                    string: self.strings,
                    painted: !matches!(state.mode, 3 | 7),
                    cid: code.cid,
                    look,
                });
            }
            let mut spacing = state.character_spacing;
            if code.length == 1 && code.code == 32 {
                spacing += state.word_spacing;
            }
            if font.is_vertical() {
                run.pen.advance(0.0, -state.size + spacing);
            } else {
                run.pen.advance((width * state.size + spacing) * state.scaling, 0.0);
            }
        }
        Ok(())
    }
}

/// A way to the page without the place that it leads to.
fn shape_of(to_page: Affine) -> Affine {
    let [a, b, c, d, ..] = to_page.as_coeffs();
    Affine::new([a, b, c, d, 0.0, 0.0])
}

fn affine(parts: [&Number; 6]) -> Affine {
    Affine::new(parts.map(Number::as_f64))
}
