//! Calls a template and reads what it returns.
//!
//! A template is a Typst file with three functions: `mark` sets a note mark in running text, `edition` turns the data of
//! a document into a sheet and rows of content, `furniture` sets what stands round the body of a page. The document
//! reaches them as values, never as markup, so that nothing in a source can be read as code.

use comemo::{Track, Tracked};
use ecow::EcoVec;
use rayon::prelude::*;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Content, Context, Dict, Func, Module, StyleChain, Styles, Value};
use typst::introspection::{EmptyIntrospector, Location, Locator};
use typst::layout::{Abs, Axes, Frame, Length, Region, Size};
use typst::model::{Numbering, NumberingPattern, ParLine};
use typst::utils::{Numeric, Protected};
use typst::{World, WorldExt};

use super::world::TemplateWorld;
use super::{advice, sane};
use crate::limits::{TEMPLATE_LENGTH, grouped};

/// A template that does not do what it should.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", .faults.join("\n"))]
pub struct TemplateError {
    /// The faults, each with its place in the template.
    pub faults: Vec<String>,
}

impl TemplateError {
    pub(crate) fn new(fault: impl Into<String>) -> Self {
        Self {
            faults: vec![fault.into()],
        }
    }
}

/// How many cells are laid out before memory is given back: enough to keep all threads busy.
const STRETCH: usize = 256;

/// An evaluated template, ready to set what it is given.
pub struct Stage<'a> {
    world: &'a TemplateWorld<'a>,
    module: Module,
    styles: Styles,
}

impl<'a> Stage<'a> {
    /// Evaluates the template.
    ///
    /// # Errors
    /// When it does not compile.
    pub fn new(world: &'a TemplateWorld<'a>) -> Result<Self, TemplateError> {
        if let Some(fault) = world.fault() {
            let (line, column, what) = (fault.line, fault.column, fault.what);
            return Err(TemplateError::new(format!("{}:{line}:{column}: {what}", world.name())));
        }
        let mut sink = Sink::new();
        let evaluated = typst_eval::eval(
            (world as &dyn World).track(),
            world.library(),
            Traced::default().track(),
            sink.track_mut(),
            Route::default().track(),
            world.template(),
        );
        let mut stage = Self {
            world,
            module: Module::new("template", Default::default()),
            styles: line_marker_styles(),
        };
        stage.module = evaluated.map_err(|errors| stage.error(&errors))?;
        stage.unknown_fonts(sink)?;
        Ok(stage)
    }

    /// Calls a function of the template.
    pub(crate) fn call<const N: usize>(&self, function: &str, args: [Value; N]) -> Result<Value, TemplateError> {
        let func = self.function(function)?;
        // With a place and styles a template may measure what it sets.
        let base = StyleChain::new(&self.world.library().styles);
        let context = Context::new(Some(Location::new(1)), Some(base));
        self.run(|engine| func.call(engine, context.track(), args.into_iter()))
    }

    /// Whether the template defines something of this name that it need not define.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.module.scope().get(name).is_some()
    }

    /// Whether there is a font family of this name.
    pub(crate) fn has_family(&self, name: &str) -> bool {
        self.world.has_family(name)
    }

    /// The function of the template of this name.
    fn function(&self, name: &str) -> Result<Func, TemplateError> {
        match self.module.scope().get(name).map(|binding| binding.read()) {
            Some(Value::Func(func)) => Ok(func.clone()),
            Some(_) => Err(TemplateError::new(format!(
                "{}: `{name}` must be a function",
                self.name()
            ))),
            None => {
                let why = match name {
                    "watermark" | "line-number" => {
                        "which the house of the document asks for\n  help: take the built-in one: \
                         `#import \"/qarar/resolution.typ\": watermark, line-number`"
                    }
                    _ => "see docs/templates.md for the three that it must have",
                };
                let joint = if why.starts_with("which") { ", " } else { "; " };
                Err(TemplateError::new(format!(
                    "{}: the template has no function `{name}`{joint}{why}",
                    self.name()
                )))
            }
        }
    }

    /// Lays contents out, each in a column of its width and without an end, in parallel and in order. `make` gets the
    /// place of a content and its frame, and says what is kept of it: a frame is large, and warm when it is finished.
    pub(crate) fn layout<T: Send>(
        &self,
        contents: &[(Content, Abs)],
        make: impl Fn(usize, Frame) -> T + Sync,
    ) -> Result<Vec<T>, TemplateError> {
        let set = |(place, (content, width)): (usize, &(Content, Abs))| {
            let frame = self.run(|engine| {
                let base = StyleChain::new(&self.world.library().styles);
                let styles = base.chain(&self.styles);
                let region = Region::new(Size::new(*width, Abs::inf()), Axes::new(true, false));
                typst_layout::layout_frame(engine, content, Locator::root(), styles, region)
            })?;
            // What the built-in template sets is known to be on its page.
            if self.world.is_own() {
                sane::frame(&frame).map_err(|fault| TemplateError::new(format!("{}: {fault}", self.name())))?;
            }
            Ok::<T, TemplateError>(make(place, frame))
        };
        let mut made = Vec::with_capacity(contents.len());
        for (stretch, contents) in contents.chunks(STRETCH).enumerate() {
            let placed = contents.par_iter().enumerate();
            made.par_extend(placed.map(|(place, content)| set((stretch * STRETCH + place, content))));
            // What Typst remembers of cells that are done is of no use to the next ones.
            comemo::evict(1);
        }
        let mut out = Vec::with_capacity(made.len());
        let mut faults = Vec::new();
        for one in made {
            match one {
                Ok(one) => out.push(one),
                Err(error) => faults.extend(
                    error
                        .faults
                        .into_iter()
                        .filter(|f| !faults.contains(f))
                        .collect::<Vec<_>>(),
                ),
            }
        }
        if faults.is_empty() {
            Ok(out)
        } else {
            Err(TemplateError { faults })
        }
    }

    fn run<T>(&self, work: impl FnOnce(&mut Engine) -> SourceResult<T>) -> Result<T, TemplateError> {
        let introspector = EmptyIntrospector;
        let traced = Traced::default();
        let mut sink = Sink::new();
        let world: Tracked<dyn World> = (self.world as &dyn World).track();
        let mut engine = Engine {
            world,
            library: self.world.library(),
            introspector: Protected::new((&introspector as &dyn typst::introspection::Introspector).track()),
            traced: traced.track(),
            sink: sink.track_mut(),
            route: Route::default(),
        };
        let result = work(&mut engine).map_err(|errors| self.error(&errors))?;
        let delayed = sink.delayed();
        if !delayed.is_empty() {
            return Err(self.error(&delayed));
        }
        self.unknown_fonts(sink)?;
        Ok(result)
    }

    fn error(&self, errors: &EcoVec<SourceDiagnostic>) -> TemplateError {
        let tell = |error: &SourceDiagnostic| {
            let hints: Vec<&str> = error.hints.iter().map(|hint| hint.v.as_str()).collect();
            let (message, hints) = advice::of(&error.message, &hints);
            let mut text = match self.position(error) {
                Some(place) => format!("{place}: {message}"),
                None => format!("{}: {message}", self.name()),
            };
            for hint in hints {
                text.push_str(&format!("\n  help: {hint}"));
            }
            text
        };
        TemplateError {
            faults: errors.iter().map(tell).collect(),
        }
    }

    /// The file, line and column of a fault, as `house.typ:3:7`.
    fn position(&self, error: &SourceDiagnostic) -> Option<String> {
        let id = error.span.id()?;
        let source = self.world.source(id).ok()?;
        let start = self.world.range(error.span)?.start;
        let (line, column) = source.lines().byte_to_line_column(start)?;
        Some(format!("{}:{}:{}", self.world.name_of(id), line + 1, column + 1))
    }

    /// Families that the template names and nobody has: Typst would take others in silence.
    fn unknown_fonts(&self, sink: Sink) -> Result<(), TemplateError> {
        let warnings = sink.warnings();
        let unknown: EcoVec<SourceDiagnostic> = warnings
            .into_iter()
            .filter(|warning| warning.message.starts_with(advice::UNKNOWN_FONT))
            .collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(self.error(&unknown))
        }
    }

    /// The name that messages use.
    pub(crate) fn name(&self) -> &str {
        self.world.name()
    }
}

/// Makes Typst put a marker at the baseline of every line it sets, by which the lines are found again. The number that
/// it would print is never laid out: that happens only at the root of a page.
fn line_marker_styles() -> Styles {
    let mut styles = Styles::new();
    if let Ok(pattern) = "1".parse::<NumberingPattern>() {
        styles.set(ParLine::numbering, Some(Numbering::Pattern(pattern)));
    }
    styles
}

/// Reads a dictionary that a template returned, with errors that name the key.
pub(crate) struct Answer<'a> {
    /// The template and the way to this dictionary, for messages.
    pub(crate) path: String,
    /// The dictionary.
    pub(crate) dict: &'a Dict,
}

impl<'a> Answer<'a> {
    /// The value as a dictionary.
    pub(crate) fn of(value: &'a Value, path: impl Into<String>) -> Result<Self, TemplateError> {
        let path = path.into();
        match value {
            Value::Dict(dict) => Ok(Self { path, dict }),
            other => Err(TemplateError::new(format!(
                "{path} must be a dictionary, found {}",
                other.ty()
            ))),
        }
    }

    /// Tells of keys that nothing reads.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), TemplateError> {
        let Some((key, _)) = self.dict.iter().find(|(key, _)| !known.contains(&key.as_str())) else {
            return Ok(());
        };
        let keys = known.join(", ");
        Err(TemplateError::new(format!(
            "{} has an unknown key `{key}`\n  help: its keys are {keys}",
            self.path
        )))
    }

    fn wrong(&self, key: &str, expected: &str, found: &Value) -> TemplateError {
        TemplateError::new(format!("{}.{key} must be {expected}, found {}", self.path, found.ty()))
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Result<&'a Value, TemplateError> {
        self.dict
            .get(key)
            .map_err(|_| TemplateError::new(format!("{} has no key `{key}`", self.path)))
    }

    /// An absolute length.
    pub(crate) fn length(&self, key: &str) -> Result<Abs, TemplateError> {
        match self.get(key)? {
            Value::Length(Length { abs, em }) if em.is_zero() && abs.to_pt().abs() <= TEMPLATE_LENGTH as f64 => {
                Ok(*abs)
            }
            Value::Length(Length { em, .. }) if em.is_zero() => Err(TemplateError::new(format!(
                "{}.{key} is longer than {} pt, which no page is",
                self.path,
                grouped(TEMPLATE_LENGTH)
            ))),
            other => Err(self.wrong(key, "an absolute length (pt, mm, cm)", other)),
        }
    }

    /// A truth value; `default` where the key is missing.
    pub(crate) fn flag(&self, key: &str, default: bool) -> Result<bool, TemplateError> {
        match self.dict.get(key) {
            Err(_) => Ok(default),
            Ok(Value::Bool(flag)) => Ok(*flag),
            Ok(other) => Err(self.wrong(key, "true or false", other)),
        }
    }

    /// A text.
    pub(crate) fn text(&self, key: &str) -> Result<&'a str, TemplateError> {
        match self.get(key)? {
            Value::Str(text) => Ok(text.as_str()),
            other => Err(self.wrong(key, "a string", other)),
        }
    }

    /// A whole number, `None` for `none` or a missing key.
    pub(crate) fn index(&self, key: &str) -> Result<Option<usize>, TemplateError> {
        match self.dict.get(key) {
            Err(_) | Ok(Value::None) => Ok(None),
            Ok(Value::Int(n)) if *n >= 0 => Ok(usize::try_from(*n).ok()),
            Ok(other) => Err(self.wrong(key, "a whole number or none", other)),
        }
    }

    /// The values of an array.
    pub(crate) fn array(&self, key: &str) -> Result<&'a [Value], TemplateError> {
        match self.get(key)? {
            Value::Array(array) => Ok(array.as_slice()),
            other => Err(self.wrong(key, "an array", other)),
        }
    }

    /// A dictionary inside this one.
    pub(crate) fn dict(&self, key: &str) -> Result<Answer<'a>, TemplateError> {
        Answer::of(self.get(key)?, format!("{}.{key}", self.path))
    }
}

/// Content, or `None` for `none`.
pub(crate) fn optional_content(value: &Value, path: &str) -> Result<Option<Content>, TemplateError> {
    match value {
        Value::None => Ok(None),
        Value::Content(content) => Ok(Some(content.clone())),
        Value::Str(text) => Ok(Some(typst::text::TextElem::packed(text.as_str()))),
        other => Err(TemplateError::new(format!(
            "{path} must be content or none, found {}",
            other.ty()
        ))),
    }
}
