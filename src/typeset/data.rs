//! The data of a document as the template gets it: values of Typst, with all text as ready content.

use std::collections::BTreeMap;

use typst::foundations::{Array, Content, Dict, NativeElement, Smart, Value};
use typst::layout::{Abs, Dir};
use typst::model::{EmphElem, StrongElem};
use typst::text::{Lang, LinebreakElem, TextDir, TextElem};

use super::forced::{Forced, LineStarter};
use super::house;
use super::isolate;
use super::manuscript::{Choice, Cuts, Manuscript, Part};
use super::picture::picture;
use super::template::{Stage, TemplateError, optional_content};
use super::ties::{WORD_JOINER, glue, tied};
use super::widest;
use crate::kind::{Fact, FactMap, LinePlace, Side};
use crate::line::{self, Passages, Purpose, Tie, Tied};
use crate::locale::{self, Direction, Language, Usage};
use crate::model::{
    Alignment, Block, Breaks, Expression, Facts, GeneratedLine, Heading, Inline, Labelled, LinkTarget, Note, Paragraph,
    Role, Table, Within, annexes, generated_lines, page_head, title_prefix,
};

/// The data of a document in the languages of an edition: what is true of all of it and small, and its words. They are
/// apart because Typst remembers calls by all their arguments: a function that is called for every paragraph must not
/// have to look at the whole text each time.
pub(super) fn document(
    text: &Manuscript<'_>,
    choice: Option<&Choice>,
    stage: &Stage<'_>,
    passages: &mut Passages,
) -> Result<(Dict, Dict), TemplateError> {
    let Manuscript {
        work,
        plan,
        forced: official,
        cuts,
    } = *text;
    let languages = &plan.languages;
    let mut doc = Dict::new();
    let symbol = work.facts.identifier().unwrap_or_default();
    doc.insert("symbol".into(), Value::Str(symbol.into()));
    doc.insert("kind".into(), Value::Str(work.facts.kind.name().into()));
    doc.insert("facts".into(), facts_of(&work.facts.values));
    doc.insert("fonts".into(), Value::Dict(fonts(&work.facts)));
    doc.insert("house".into(), house::data(&work.facts));
    doc.insert(
        "languages".into(),
        Value::Array(languages.iter().map(|l| Value::Str(l.code().into())).collect()),
    );
    doc.insert("layout".into(), Value::Str(plan.arrangement.key().into()));
    // A line of the official edition may be a little longer here than there: it is set narrower than others may be.
    doc.insert(
        "forced-lines".into(),
        Value::Bool(official.is_some() && plan.breaks == Breaks::Lines),
    );
    let align = work.facts.kind.definition().structure.title_align;
    doc.insert("title-align".into(), Value::Str(side(align).into()));
    doc.insert("hyphenate".into(), Value::Bool(work.facts.layout.hyphenate));
    let mut texts = Dict::new();
    let mut words = Dict::new();
    for language in languages {
        let Some(expression) = work.expression(*language) else {
            continue;
        };
        let forced = official.filter(|forced| forced.language == *language);
        let starts = LineStarter::default();
        let text = Text {
            facts: &work.facts,
            labelled: Labelled::of(work.facts.kind, &expression.blocks),
            expression,
            language: *language,
            stage,
            passages,
            forced,
            starts,
            cuts,
            choice,
            cut: false,
            unbroken: false,
            given: false,
            by_line: plan.breaks == Breaks::Lines,
            speaks: *language,
            starts_paragraph: false,
        };
        let mut manner = manner(*language, stage);
        let head = isolate::references(&page_head(&work.facts, *language).unwrap_or_default(), *language);
        manner.insert("head".into(), Value::Str(head.into()));
        texts.insert(language.code().into(), Value::Dict(manner));
        words.insert(language.code().into(), Value::Dict(text.run()?));
    }
    doc.insert("texts".into(), Value::Dict(texts));
    Ok((doc, words))
}

/// The parts that are chosen, each with its place among all; all of them for `None`.
fn chosen<'a, T>(all: &'a [T], places: Option<&Vec<usize>>) -> impl Iterator<Item = (usize, &'a T)> {
    let is_chosen = move |place: &usize| places.is_none_or(|chosen| chosen.binary_search(place).is_ok());
    all.iter().enumerate().filter(move |(place, _)| is_chosen(place))
}

/// The name of a script.
fn script(language: Language) -> String {
    language.script().key()
}

/// How a language is written.
fn manner(language: Language, stage: &Stage<'_>) -> Dict {
    let direction = match language.direction() {
        Direction::RightToLeft => "rtl",
        Direction::LeftToRight => "ltr",
    };
    let script = script(language);
    let mut manner = Dict::new();
    manner.insert("dir".into(), Value::Str(direction.into()));
    manner.insert("script".into(), Value::Str(script.into()));
    manner.insert("hyphenate".into(), Value::Bool(language.hyphenation().is_some()));
    let families = asked_for(language, stage).map(|family| Value::Str(family.into()));
    manner.insert("fonts".into(), Value::Array(families.collect()));
    manner
}

/// The families that a language asks for and that there are, the best first.
fn asked_for<'a>(language: Language, stage: &'a Stage<'_>) -> impl Iterator<Item = &'static str> + use<'a> {
    let families = language.definition().fonts.iter().map(String::as_str);
    families.filter(|family| stage.has_family(family))
}

fn fonts(facts: &Facts) -> Dict {
    let mut fonts = Dict::new();
    for (script, family) in facts.fonts.all() {
        fonts.insert(script.key().into(), Value::Str(family.into()));
    }
    fonts
}

/// The data of one language.
struct Text<'a, 'b> {
    facts: &'a Facts,
    labelled: Labelled,
    expression: &'a Expression,
    language: Language,
    stage: &'a Stage<'b>,
    passages: &'a mut Passages,
    forced: Option<&'a Forced>,
    starts: LineStarter,
    cuts: &'a Cuts,
    /// The parts that are wanted; `None` for all.
    choice: Option<&'a Choice>,
    /// Whether addresses and symbols are cut in the part that is at hand.
    cut: bool,
    /// Whether the lines of the paragraph at hand are broken by costs, and not by Typst.
    unbroken: bool,
    /// Whether they are those of the official edition.
    given: bool,
    /// Whether all lines are.
    by_line: bool,
    /// The language of the text at hand: that of the paragraph, or the one that the author names for a stretch.
    speaks: Language,
    /// Whether nothing of the paragraph at hand is set yet.
    starts_paragraph: bool,
}

impl Text<'_, '_> {
    /// The language with the digits of the document.
    fn usage(&self) -> Usage {
        self.facts.usage(self.language)
    }

    fn run(mut self) -> Result<Dict, TemplateError> {
        let language = self.language;
        let facts = self.facts;
        let usage = self.usage();
        let mut lines = generated_lines(facts, language);
        let front = lines.extract_if(.., |(line, _)| line.place().is_front());
        let mut text = self.front(front.collect());
        let prefix = title_prefix(facts, language);
        let is_titled = !prefix.is_empty() || !self.expression.title.is_empty();
        text.insert("titled".into(), Value::Bool(is_titled));
        let number = self.plain(&prefix);
        text.insert("number".into(), Value::Content(number));
        // The title follows the number in one paragraph.
        let title = self.piece(&self.expression.title, true)?;
        text.insert("title".into(), Value::Content(title));
        self.lines(&mut text, &mut lines, "below-title", |place| {
            place == LinePlace::BelowTitle
        });
        let forced = self.forced;
        let annexes = annexes(&self.labelled, &self.expression.blocks);
        text.insert("annexes".into(), Value::Int(annexes as i64));
        let mut blocks = Array::new();
        for (index, block) in chosen(&self.expression.blocks, self.choice.map(|choice| &choice.blocks)) {
            if index >= annexes {
                self.after_text(&mut text, &mut lines);
            }
            self.starts = LineStarter::new(forced.and_then(|forced| forced.blocks.get(index)));
            self.cut = self.cuts.holds(language, Part::Block(index));
            blocks.push(self.block(index, block)?);
        }
        self.cut = false;
        self.starts = LineStarter::default();
        text.insert("blocks".into(), Value::Array(blocks));
        let groups = labels(&self.labelled, self.expression, usage);
        let first = groups.iter().next().cloned().unwrap_or(Value::None);
        text.insert("labels".into(), first);
        text.insert("label-groups".into(), Value::Array(groups));
        self.after_text(&mut text, &mut lines);
        self.lines(&mut text, &mut lines, "end", |_| true);
        let notes: Array = chosen(&self.expression.notes, self.choice.map(|choice| &choice.notes))
            .map(|(index, note)| self.note(index, note))
            .collect::<Result<_, TemplateError>>()?;
        text.insert("notes".into(), Value::Array(notes));
        Ok(text)
    }

    /// The lines before the title, by the places and the names under which a template asks for them.
    fn front(&mut self, generated: Vec<(GeneratedLine, String)>) -> Dict {
        use LinePlace as Place;
        let (mut masthead, mut side, mut lines) = (Dict::new(), Array::new(), Array::new());
        let (mut cover, mut front) = (Array::new(), Array::new());
        let mut text = Dict::new();
        text.insert("notice".into(), Value::None);
        text.insert("report".into(), Value::None);
        for (line, words) in generated {
            let content = Value::Content(self.plain(&words));
            let name = line.definition().name.as_str();
            match line.place() {
                Place::Notice => {
                    text.insert("notice".into(), content);
                    continue;
                }
                Place::Cover => {
                    cover.push(looking(line, content));
                    continue;
                }
                Place::Front => {
                    front.push(looking(line, content.clone()));
                    text.insert(name.into(), content);
                    continue;
                }
                Place::MastheadSide => side.push(Value::Str(name.into())),
                Place::Masthead => lines.push(content.clone()),
                _ => {}
            }
            let key = match line.place() {
                Place::MastheadOrganization => "organization",
                Place::MastheadSymbol => "symbol",
                Place::MastheadBody => "body",
                _ => name,
            };
            masthead.insert(key.into(), content);
        }
        let facts = self.facts;
        let of_side = |language: Language| {
            let lines = generated_lines(facts, language);
            lines
                .iter()
                .filter(|(line, _)| line.place() == Place::MastheadSide)
                .count()
        };
        let most = facts.languages.iter().map(|language| of_side(*language)).max();
        masthead.insert("side-lines".into(), Value::Int(most.unwrap_or(0) as i64));
        masthead.insert("side".into(), Value::Array(side));
        masthead.insert("lines".into(), Value::Array(lines));
        text.insert("masthead".into(), Value::Dict(masthead));
        text.insert("cover".into(), Value::Array(cover));
        text.insert("front".into(), Value::Array(front));
        text
    }

    /// The lines at some places, under a key: each with how it looks.
    fn lines(
        &mut self,
        text: &mut Dict,
        lines: &mut Vec<(GeneratedLine, String)>,
        key: &str,
        stands: impl Fn(LinePlace) -> bool,
    ) {
        let here = lines.extract_if(.., |(line, _)| stands(line.place()));
        let here: Array = here
            .map(|(line, words)| looking(line, Value::Content(self.plain(&words))))
            .collect();
        text.insert(key.into(), Value::Array(here));
    }

    /// The lines between the text and the annexes, once.
    fn after_text(&mut self, text: &mut Dict, lines: &mut Vec<(GeneratedLine, String)>) {
        if text.contains("closing") {
            return;
        }
        self.lines(text, lines, "closing-lines", |place| place == LinePlace::Closing);
        let bare = match text.get("closing-lines") {
            Ok(Value::Array(lines)) => lines.iter().map(body_of).collect(),
            _ => Array::new(),
        };
        text.insert("closing".into(), Value::Array(bare));
        // Those of one who signs stand together.
        let mut signatures: Vec<(Option<u16>, Array)> = Vec::new();
        for (line, words) in lines.extract_if(.., |(line, _)| line.place() == LinePlace::Signatures) {
            let content = looking(line, Value::Content(self.plain(&words)));
            match signatures.last_mut() {
                Some((item, of_item)) if *item == line.item() => of_item.push(content),
                _ => signatures.push((line.item(), [content].into_iter().collect())),
            }
        }
        let signatures = signatures
            .into_iter()
            .map(|(_, of_item)| Value::Array(of_item))
            .collect();
        text.insert("signatures".into(), Value::Array(signatures));
    }

    /// A heading with its label before its words, or above them.
    fn heading(&mut self, index: usize, heading: &Heading) -> Result<Content, TemplateError> {
        let Some(label) = self.labelled.heading(self.usage(), index) else {
            return self.content(&heading.content);
        };
        self.starts.pass(&label.text);
        let mut pieces = Vec::new();
        let mut words = glue(&label.text, self.language, heading.content.is_empty(), false);
        if !heading.content.is_empty() && !label.below {
            words.push(' ');
        }
        pieces.push(self.passages.add(&words, Purpose::Text, self.language));
        if !heading.content.is_empty() {
            if label.below {
                pieces.push(self.line_break());
            }
            pieces.push(self.content(&heading.content)?);
        }
        Ok(Content::sequence(pieces))
    }

    /// A line of the document's front or end. A template puts several into one cell; for readers they are apart.
    fn plain(&mut self, text: &str) -> Content {
        self.passages.end(Purpose::ParagraphEnd, " ", self.language);
        self.passages.add(
            &glue(&isolate::references(text, self.language), self.language, true, false),
            Purpose::Text,
            self.language,
        )
    }

    /// A paragraph starts here: nothing before it says in which direction its text runs.
    fn start(&mut self) {
        self.starts_paragraph = true;
        self.passages.end(Purpose::ParagraphEnd, "", self.language);
    }

    fn block(&mut self, index: usize, block: &Block) -> Result<Value, TemplateError> {
        self.start();
        let mut data = Dict::new();
        let mut put = |key: &str, value: Value| data.insert(key.into(), value);
        match block {
            Block::Paragraph(Paragraph {
                within: within @ Within { verse: Some(verse), .. },
                content,
                ..
            }) => {
                put("kind", Value::Str("verse".into()));
                put("role", Value::Str("verse".into()));
                put("opens", Value::Bool(verse.opens));
                put("indent", Value::Int(i64::from(verse.indent)));
                put("quoted", Value::Bool(within.quotation.is_some()));
                let around = within.quoted_item.or(within.item);
                put("around", Value::Int(around.map_or(0, |item| i64::from(item.depth) + 1)));
                let (first, second) = content.split_at(verse.second.unwrap_or(content.len()));
                put("body", Value::Content(self.piece(first, second.is_empty())?));
                let second = match second {
                    [] => Value::None,
                    second => Value::Content(self.piece(second, true)?),
                };
                put("second", second);
            }
            Block::Paragraph(p) => {
                put("kind", Value::Str("paragraph".into()));
                let further = p.within.quoted_item.is_some() && p.label.is_none();
                let shown = if further { Role::Continuation } else { p.role };
                put("role", Value::Str(role(shown).into()));
                let item = p.label.or(p.within.further_of());
                let is_inner = p.within.quotation.is_some() || matches!(p.role, Role::Term | Role::Definition);
                let around = p.within.item.filter(|_| is_inner);
                put("depth", Value::Int(item.map_or(0, |item| i64::from(item.depth))));
                put("bullet", Value::Bool(item.is_some_and(|item| !item.is_number())));
                put("quoted", Value::Bool(p.within.quotation.is_some()));
                put("around", Value::Int(around.map_or(0, |item| i64::from(item.depth) + 1)));
                let label = self.labelled.drawn(self.usage(), index).map(|drawn| {
                    self.starts.pass(&locale::read_label(&drawn));
                    self.passages.add(&format!("{drawn} "), Purpose::Label, self.language)
                });
                put("label", optional(label));
                put("group", Value::Int(self.labelled.group(index) as i64));
                put("body", Value::Content(self.running(&p.content)?));
            }
            Block::Heading(h) => {
                put("kind", Value::Str("heading".into()));
                put("role", Value::Str("heading".into()));
                put("level", Value::Int(i64::from(h.level)));
                let division = self.labelled.division(index);
                put(
                    "division",
                    division.map_or(Value::None, |division| Value::Str(division.name.as_str().into())),
                );
                let usual = if h.level == 2 {
                    (Side::Center, 1.1)
                } else {
                    (Side::Start, 1.0)
                };
                let (align, size) = division.map_or(usual, |division| (division.align, division.size));
                put("align", Value::Str(side(align).into()));
                put("size", Value::Float(size));
                put("body", Value::Content(self.heading(index, h)?));
            }
            Block::Figure(f) => {
                let around = match f.within.quotation {
                    Some(_) => f.within.quoted_item.or(f.within.item),
                    None => f.within.item,
                };
                put("kind", Value::Str("figure".into()));
                put("role", Value::Str("figure".into()));
                for (key, value) in picture(&f.picture) {
                    put(key.as_str(), value);
                }
                let (width, height) = f.picture.size;
                put("width", Value::Length(Abs::pt(width).into()));
                put("height", Value::Length(Abs::pt(height).into()));
                put("quoted", Value::Bool(f.within.quotation.is_some()));
                put("around", Value::Int(around.map_or(0, |item| i64::from(item.depth) + 1)));
                let caption = match f.caption.is_empty() {
                    true => Value::None,
                    false => Value::Content(self.content(&f.caption)?),
                };
                put("caption", caption);
            }
            Block::Table(t) => {
                put("kind", Value::Str("table".into()));
                put("role", Value::Str("table".into()));
                put(
                    "columns",
                    Value::Array(t.columns.iter().map(|c| Value::Str(alignment(*c).into())).collect()),
                );
                let measures = widest::measures(t, &self.expression.notes, self.usage(), self.cut);
                measures.into_iter().for_each(|(key, value)| {
                    put(key, value);
                });
                put("spans", spans(t));
                let head = if t.has_head() { t.head.as_slice() } else { &[] };
                put("head", Value::Array(self.cells(head)?));
                let rows = t.rows.iter().map(|row| Ok(Value::Array(self.cells(row)?)));
                put("rows", Value::Array(rows.collect::<Result<_, TemplateError>>()?));
            }
        }
        Ok(Value::Dict(data))
    }

    fn cells(&mut self, row: &[Vec<Inline>]) -> Result<Array, TemplateError> {
        let cell = |cell: &Vec<Inline>| {
            self.start();
            // In a narrow column a short word may stand alone on the last line.
            Ok(Value::Content(self.piece(cell, false)?))
        };
        row.iter().map(cell).collect()
    }

    fn note(&mut self, index: usize, note: &Note) -> Result<Value, TemplateError> {
        self.starts = LineStarter::new(self.forced.and_then(|forced| forced.notes.get(index)));
        let mark = note.mark.printed(self.usage());
        self.start();
        let label = self
            .passages
            .add(&format!("{mark} "), Purpose::NoteLabel(index as u32), self.language);
        self.starts.pass(&mark);
        let paragraphs = note.content.iter().enumerate().map(|(at, paragraph)| {
            if at > 0 {
                self.passages.end(Purpose::ParagraphEnd, " ", self.language);
                self.starts_paragraph = true;
            }
            Ok(Value::Content(self.running(paragraph)?))
        });
        let mut data = Dict::new();
        data.insert("label".into(), Value::Content(label));
        data.insert(
            "paragraphs".into(),
            Value::Array(paragraphs.collect::<Result<_, TemplateError>>()?),
        );
        Ok(Value::Dict(data))
    }

    /// A paragraph of running text, whose lines are broken by costs; by Typst where no spaces part its words, which knows how
    /// lines of ideographs are filled and which stops may start or end them.
    fn running(&mut self, inlines: &[Inline]) -> Result<Content, TemplateError> {
        if !self.language.script().has_spaces() {
            return self.content(inlines);
        }
        self.unbroken = true;
        self.given = self.by_line && !self.starts.is_done();
        let content = self.piece(inlines, true);
        self.unbroken = false;
        let layout = &self.facts.layout;
        let words = line::Words {
            elongate: layout.kashida,
            divide: layout.hyphenate,
        };
        Ok(line::unbroken(content?, words))
    }

    /// A whole paragraph.
    fn content(&mut self, inlines: &[Inline]) -> Result<Content, TemplateError> {
        self.piece(inlines, true)
    }

    /// A piece of a paragraph; `ends` tells that the paragraph ends with it.
    fn piece(&mut self, inlines: &[Inline], ends: bool) -> Result<Content, TemplateError> {
        let mut pieces = Vec::with_capacity(inlines.len());
        for (index, inline) in inlines.iter().enumerate() {
            let ends = ends && inlines[index + 1..].iter().all(hangs_on);
            pieces.push(match inline {
                Inline::Text { text, .. } => {
                    let starts = std::mem::take(&mut self.starts_paragraph);
                    let text = isolate::numbers(text, self.speaks, starts);
                    self.text(&text, ends)
                }
                Inline::Address { text, .. } => {
                    self.starts_paragraph = false;
                    // In the words of a link it is a part of these.
                    let leads = !self.passages.is_in_link();
                    if leads {
                        self.passages.start_link(LinkTarget::of_address(text).reference());
                    }
                    let content = self.address(&isolate::address(text));
                    if leads {
                        self.passages.end_link();
                    }
                    content
                }
                Inline::Link { target, content, .. } => {
                    self.passages.start_link(target.reference());
                    let content = self.piece(content, ends);
                    self.passages.end_link();
                    content?
                }
                Inline::Span { language, content, .. } => self.span(*language, content, ends)?,
                Inline::Emphasis(inner) => EmphElem::new(self.piece(inner, ends)?).pack(),
                Inline::Strong(inner) => StrongElem::new(self.piece(inner, ends)?).pack(),
                Inline::Mark { note, joins, .. } => self.marks(*note, *joins)?,
                Inline::Break => self.line_break(),
            });
        }
        Ok(Content::sequence(pieces))
    }

    /// A line break of the author. For a reader it is a space, which Typst would take for a part of the line. It ends a
    /// paragraph of the bidirectional algorithm, and with it every isolate.
    fn line_break(&mut self) -> Content {
        self.starts.pass_break();
        let mut pieces = Vec::new();
        let inside = self.speaks_another();
        if inside {
            pieces.push(self.steer(isolate::END));
        }
        pieces.push(if self.unbroken {
            line::line_end()
        } else {
            LinebreakElem::new().pack()
        });
        self.passages.end(Purpose::LineEnd, " ", self.language);
        if inside {
            pieces.push(self.steer(isolate::start(self.speaks.direction())));
        }
        Content::sequence(pieces)
    }

    /// A character that steers and is not seen.
    fn steer(&mut self, c: char) -> Content {
        let named = self.speaks_another();
        self.passages.name_language(false);
        let content = self.passages.add(&c.to_string(), Purpose::Text, self.language);
        self.passages.name_language(named);
        content
    }

    fn speaks_another(&self) -> bool {
        self.passages.names_language()
    }

    /// A stretch in a language of its own: an isolate, told to the shaper as of its language, in the font that the template
    /// has for it.
    fn span(&mut self, language: Language, inlines: &[Inline], ends: bool) -> Result<Content, TemplateError> {
        self.starts_paragraph = false;
        let start = self.steer(isolate::start(language.direction()));
        self.speaks = language;
        self.passages.name_language(true);
        let content = self.piece(inlines, ends);
        self.passages.name_language(false);
        self.speaks = self.language;
        let end = self.steer(isolate::END);
        let around = match self.language.direction() {
            Direction::RightToLeft => Dir::RTL,
            Direction::LeftToRight => Dir::LTR,
        };
        // The isolate says its direction; to Typst it is text of the paragraph, which it would else embed by itself.
        let content = content?
            .set(TextElem::lang, language.code().parse().unwrap_or(Lang::ENGLISH))
            .set(TextElem::hyphenate, Smart::Custom(false))
            .set(TextElem::dir, TextDir(Smart::Custom(around)));
        let content = if self.stage.has("span") {
            let mut fonts = fonts(self.facts);
            if let Some(family) = asked_for(language, self.stage).next()
                && self.facts.fonts.of(language.script()).is_none()
            {
                fonts.insert(script(language).into(), Value::Str(family.into()));
            }
            let args = [
                Value::Content(content),
                Value::Str(script(language).into()),
                Value::Str(script(self.language).into()),
                Value::Dict(fonts),
            ];
            let value = self.stage.call("span", args)?;
            let path = format!("{}: the answer of `span`", self.stage.name());
            optional_content(&value, &path)?
                .ok_or_else(|| TemplateError::new(format!("{path} must be content, found none")))?
        } else {
            content
        };
        Ok(Content::sequence([start, content, end]))
    }

    /// Running text with what ties its words.
    fn text(&mut self, text: &str, ends: bool) -> Content {
        if !self.unbroken {
            let text = glue(text, self.speaks, ends, self.cut);
            return self.passages.add(&text, Purpose::Text, self.speaks);
        }
        self.tied(tied(text, self.speaks))
    }

    /// An address, with the places where it may be broken.
    fn address(&mut self, text: &str) -> Content {
        if !self.unbroken {
            return self.passages.add(text, Purpose::Text, self.speaks);
        }
        self.tied(Tied::free(text))
    }

    /// Running text with the lines that are given.
    fn tied(&mut self, mut tied: Tied) -> Content {
        let starts = self.starts.places(&tied.text);
        tied.ties.extend(starts.map(|at| (at as u32, Tie::Given)));
        tied.ties.sort_by_key(|(at, _)| *at);
        self.passages.add_tied(&tied, self.given, self.speaks)
    }

    /// A note mark; `joins` tells that it stands where another one does, from which a comma parts it.
    fn marks(&mut self, note: usize, joins: bool) -> Result<Content, TemplateError> {
        let mut pieces = Vec::new();
        if joins {
            pieces.push(self.mark(locale::between_note_marks(self.language), Purpose::Text)?);
        }
        let mark = self
            .expression
            .notes
            .get(note)
            .map(|note| note.mark.printed(self.usage()));
        let mark = mark.unwrap_or_default();
        pieces.push(self.mark(&mark, Purpose::Mark(note as u32))?);
        Ok(Content::sequence(pieces))
    }

    /// A note mark or what parts two of them, set by the template. It starts with a mark of the paragraph's direction, so
    /// that after a number or a word of the other direction it stands where it is read (typst issue 3108), and with a word
    /// joiner, so that it never starts a line.
    fn mark(&mut self, text: &str, purpose: Purpose) -> Result<Content, TemplateError> {
        let direction = match self.language.direction() {
            Direction::RightToLeft => '\u{200f}',
            Direction::LeftToRight => '\u{200e}',
        };
        let text = format!("{WORD_JOINER}{direction}{text}");
        self.starts.pass(&text);
        let content = self.passages.add(&text, purpose, self.language);
        let args = [
            Value::Content(content),
            Value::Str(self.language.code().into()),
            Value::Str(script(self.language).into()),
        ];
        let value = self.stage.call("mark", args)?;
        let path = format!("{}: the answer of `mark`", self.stage.name());
        optional_content(&value, &path)?
            .ok_or_else(|| TemplateError::new(format!("{path} must be content, found none")))
    }
}

/// Whether a piece of text only hangs on the word before it: a note mark, a stop.
fn hangs_on(inline: &Inline) -> bool {
    match inline {
        Inline::Mark { .. } => true,
        Inline::Text { text, .. } => text.chars().all(|c| !c.is_alphanumeric() && c != ' '),
        Inline::Emphasis(_)
        | Inline::Strong(_)
        | Inline::Break
        | Inline::Span { .. }
        | Inline::Link { .. }
        | Inline::Address { .. } => false,
    }
}

/// Over how many columns each cell of a table stands, row by row, the head first; `none` where each has its own column.
fn spans(table: &Table) -> Value {
    if table.joined.is_empty() {
        return Value::None;
    }
    let columns = 0..table.columns.len();
    let row = |row: usize| {
        let spans = columns.clone().map(|column| Value::Int(table.span(row, column) as i64));
        Value::Array(spans.collect())
    };
    Value::Array((0..=table.rows.len()).map(row).collect())
}

/// The labels of each level of the lists of a text, whatever part of it is set: those that may be the widest. Of numbers
/// these are the ones of the most digits. A group each for the paragraphs whose labels are those of the kind, and for those of
/// each division that has others.
fn labels(labelled: &Labelled, expression: &Expression, usage: Usage) -> Array {
    let mut groups: Vec<Vec<BTreeMap<(usize, String), String>>> = vec![Vec::new(); labelled.groups()];
    for index in 0..expression.blocks.len() {
        let (Some(depth), Some(label)) = (labelled.depth(index), labelled.drawn(usage, index)) else {
            continue;
        };
        let levels = &mut groups[labelled.group(index)];
        let depth = usize::from(depth);
        levels.resize_with(levels.len().max(depth + 1), BTreeMap::new);
        levels[depth].insert((label.len(), label.clone()), label);
    }
    let of_level = |labels: BTreeMap<(usize, String), String>| {
        let mut labels: Vec<String> = labels.into_values().collect();
        let is_number = |label: &String| label.contains(char::is_numeric);
        let longest = labels.iter().filter(|label| is_number(label)).map(String::len).max();
        labels.retain(|label| !is_number(label) || Some(label.len()) == longest);
        Value::Array(labels.iter().map(|label| Value::Str(label.as_str().into())).collect())
    };
    let of_group = |levels: Vec<_>| Value::Array(levels.into_iter().map(of_level).collect());
    groups.into_iter().map(of_group).collect()
}

/// A line with how it looks.
fn looking(line: GeneratedLine, body: Value) -> Value {
    let look = line.definition().look;
    let points = |points: Option<f64>| points.map_or(Value::None, |points| Value::Length(Abs::pt(points).into()));
    let mut data = Dict::new();
    data.insert("name".into(), Value::Str(line.to_string().into()));
    data.insert("body".into(), body);
    data.insert("strong".into(), Value::Bool(look.strong));
    data.insert("emphasis".into(), Value::Bool(look.emphasis));
    data.insert(
        "align".into(),
        look.align.map_or(Value::None, |align| Value::Str(side(align).into())),
    );
    data.insert("above".into(), points(look.above));
    data.insert("above-beside".into(), points(look.above_beside.or(look.above)));
    Value::Dict(data)
}

/// The words of a line without how it looks.
fn body_of(line: &Value) -> Value {
    match line {
        Value::Dict(line) => line.get("body").cloned().unwrap_or(Value::None),
        _ => Value::None,
    }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Start => "start",
        Side::Center => "center",
        Side::End => "end",
    }
}

/// The facts of a document as a template sees them: texts, numbers, lists, dictionaries; days as `2006-12-20`.
fn facts_of(facts: &FactMap) -> Value {
    let entry = |(name, fact): (&String, &Fact)| (name.as_str().into(), fact_of(fact));
    Value::Dict(facts.iter().map(entry).collect())
}

fn fact_of(fact: &Fact) -> Value {
    match fact {
        Fact::Text(text) | Fact::Patterned { text, .. } | Fact::Word(text) => Value::Str(text.as_str().into()),
        Fact::Texts(texts) => {
            let entry =
                |(language, text): (&Language, &String)| (language.code().into(), Value::Str(text.as_str().into()));
            Value::Dict(texts.iter().map(entry).collect())
        }
        Fact::Number(number) => Value::Int(*number),
        Fact::Measure(number) => Value::Float(*number),
        Fact::Spoken(facts) => {
            let entry = |(language, fact): (&Language, &Fact)| (language.code().into(), fact_of(fact));
            Value::Dict(facts.iter().map(entry).collect())
        }
        Fact::Flag(flag) => Value::Bool(*flag),
        Fact::Day(day) => Value::Str(day.to_string().into()),
        Fact::Hijri(day) => Value::Str(day.to_string().into()),
        Fact::List(items) => Value::Array(items.iter().map(fact_of).collect()),
        Fact::Table(facts) => facts_of(facts),
    }
}

fn optional(content: Option<Content>) -> Value {
    content.map_or(Value::None, Value::Content)
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Opening => "opening",
        Role::Preambular => "preambular",
        Role::Operative => "operative",
        Role::Continuation => "continuation",
        Role::Body => "body",
        Role::Quotation => "quotation",
        Role::Term => "term",
        Role::Definition => "definition",
        Role::Verse => "verse",
        Role::Closing => "closing",
    }
}

fn alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Start => "start",
        Alignment::Center => "center",
        Alignment::End => "end",
    }
}
