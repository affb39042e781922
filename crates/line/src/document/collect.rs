//! Collects the lines of a document from the frames of its pages, and which paragraph each is of.
//!
//! The items between two markers are a line. What is drawn beside its text is collected with it, since it moves with the
//! letters when they are elongated: rules under them, links over them, formulas between them.

use rustc_hash::{FxHashMap, FxHashSet};
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Transform};
use typst::model::ParLineMarker;
use typst::text::TextItem;
use unicode_bidi::BidiClass;

use super::role::Role;
use qarar_text::bidi;

/// Two baselines that differ by less, in points, are one.
const SAME: f64 = 0.01;
/// What stands farther from the baseline of a line than this, in points, is of no line: no raised text is.
const FAR: f64 = 40.0;
/// How far the letters of a formula that is read as text are raised or lowered, in em of the largest.
const RAISED: f64 = 0.6;

/// The lines of a document.
#[derive(Default)]
pub(super) struct Found {
    /// Its paragraphs, in the order of their first lines.
    pub(super) paragraphs: Vec<Paragraph>,
    /// How many lines stand in what is turned, scaled or clipped.
    pub(super) transformed: usize,
}

/// The lines that Typst broke one text into, on whatever pages.
#[derive(Default)]
pub(super) struct Paragraph {
    /// Whether it is running text, which may be elongated.
    pub(super) flows: bool,
    /// Whether it is the label of an item of a list.
    labels: bool,
    /// Its lines, in the order of the text.
    pub(super) lines: Vec<FoundLine>,
}

/// A line: what is drawn of it, in the order of the frame.
pub(super) struct FoundLine {
    /// The marker at its baseline.
    pub(super) marker: FrameItem,
    /// Its baseline, from the top edge of the page.
    pub(super) baseline: Abs,
    /// What is drawn of it.
    pub(super) pieces: Vec<Piece>,
}

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text of the line.
    Text,
    /// Something that stands between its words: a formula, a picture, a box.
    Object,
    /// What is drawn along its words: rules, grounds, links.
    Along,
}

/// An item of a frame that is of a line.
pub(super) struct Piece {
    /// The place of the item among all of the document.
    pub(super) number: usize,
    /// Where it stands on the page.
    pub(super) at: Point,
    /// How many elements are open where it stands.
    pub(super) depth: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// The formula that it is of.
    formula: Option<Location>,
    /// The item.
    pub(super) item: FrameItem,
}

/// Collects the lines of pages.
pub(super) fn collect<'a>(pages: impl Iterator<Item = &'a Frame>) -> Found {
    let mut collector = Collector::default();
    for page in pages {
        collector.frame(page, Point::zero());
    }
    let mut found = collector.found;
    for paragraph in &mut found.paragraphs {
        paragraph.lines.iter_mut().for_each(FoundLine::read_formulas);
        paragraph
            .lines
            .retain(|line| line.texts().any(|text| !text.glyphs.is_empty()));
    }
    found
}

impl FoundLine {
    /// Makes formulas text of the line where all of them is letters beside each other, from left to right.
    fn read_formulas(&mut self) {
        let baseline = self.baseline;
        for formula in self
            .pieces
            .chunk_by_mut(|a, b| a.formula.is_some() && a.formula == b.formula)
        {
            if formula[0].formula.is_some() && is_read_as_text(formula, baseline) {
                formula.iter_mut().for_each(|piece| piece.kind = Kind::Text);
            }
        }
    }

    /// The text items of the line.
    pub(super) fn texts(&self) -> impl Iterator<Item = &TextItem> {
        self.pieces.iter().filter_map(|piece| match &piece.item {
            FrameItem::Text(text) if piece.kind == Kind::Text => Some(text),
            _ => None,
        })
    }
}

/// Whether the bidirectional algorithm takes a formula for one stretch from left to right: it starts with a letter of that
/// direction, and its letters stand beside each other, raised and lowered ones among them.
fn is_read_as_text<'a>(formula: &'a [Piece], baseline: Abs) -> bool {
    let text = |piece: &'a Piece| match &piece.item {
        FrameItem::Text(text) => Some((piece.at, text)),
        _ => None,
    };
    let Some(texts) = formula.iter().map(text).collect::<Option<Vec<_>>>() else {
        return false;
    };
    let size = texts.iter().map(|(_, text)| text.size).fold(Abs::zero(), Abs::max);
    let beside = |pair: &[(Point, &TextItem)]| pair[1].0.x >= pair[0].0.x + pair[0].1.width() - size * 0.02;
    let first = texts.first().and_then(|(_, text)| text.text.chars().next());
    first.is_some_and(|c| bidi::class(c) == BidiClass::L)
        && texts.iter().all(|(at, _)| (at.y - baseline).abs() < size * RAISED)
        && texts.windows(2).all(beside)
}

/// The items of frames are counted in the order of a walk that goes into these groups; the others are one item each.
pub(super) fn is_walked(group: &GroupItem) -> bool {
    group.clip.is_none() && group.transform == Transform::identity()
}

/// A line that text may still be added to.
struct Open {
    paragraph: usize,
    line: usize,
    baseline: Abs,
    /// How deep the frame is that the marker stands in.
    frame: usize,
}

#[derive(Default)]
struct Collector {
    found: Found,
    /// The paragraph of each element that has lines of its own.
    known: FxHashMap<Location, usize>,
    /// The cells of tables that were met: they go on where their tables go on.
    cells: FxHashSet<Location>,
    /// The elements that are open.
    stack: Vec<(Location, Role)>,
    open: Vec<Open>,
    /// How many items were met.
    number: usize,
    /// How deep the frame is.
    depth: usize,
}

impl Collector {
    fn frame(&mut self, frame: &Frame, origin: Point) {
        self.depth += 1;
        for (point, item) in frame.items() {
            let at = origin + *point;
            match item {
                FrameItem::Group(group) if is_walked(group) => match group.parent {
                    Some(parent) => {
                        let open = std::mem::take(&mut self.open);
                        let outside = self.stack.len();
                        let role = if self.cells.contains(&parent.location) {
                            Role::Table
                        } else {
                            Role::Apart
                        };
                        self.stack
                            .extend([(parent.location, Role::Apart), (parent.location, role)]);
                        self.frame(&group.frame, at);
                        // What is still open in it goes on elsewhere.
                        self.stack.truncate(outside);
                        self.open = open;
                    }
                    None => self.frame(&group.frame, at),
                },
                _ => self.item(at, item),
            }
        }
        self.depth -= 1;
        let depth = self.depth;
        self.open.retain(|open| open.frame <= depth);
    }

    fn item(&mut self, at: Point, item: &FrameItem) {
        self.number += 1;
        match item {
            FrameItem::Tag(Tag::Start(element, _)) if element.is::<ParLineMarker>() => self.line(at.y, item),
            FrameItem::Tag(Tag::Start(element, _)) => {
                let role = Role::of(element);
                if !role.is_inline() {
                    self.close_lines();
                }
                self.stack.extend(element.location().map(|location| (location, role)));
                self.cells.extend(element.location().filter(|_| role == Role::Table));
            }
            FrameItem::Tag(Tag::End(location, ..)) => {
                let Some(at) = self.stack.iter().rposition(|(open, _)| open == location) else {
                    return;
                };
                let (_, role) = self.stack.remove(at);
                if !role.is_inline() {
                    self.close_lines();
                }
            }
            FrameItem::Text(_) if self.in_object().is_none() => self.piece(at, Kind::Text, item),
            FrameItem::Group(group) => {
                self.found.transformed += lines_of(&group.frame);
                self.piece(at, Kind::Object, item);
            }
            FrameItem::Text(_) | FrameItem::Shape(..) if self.in_object().is_some_and(|(_, role)| role.is_inline()) => {
                self.piece(at, Kind::Object, item);
            }
            FrameItem::Text(_) => {}
            FrameItem::Shape(..) if self.in_object().is_some() => {}
            FrameItem::Image(..) => self.piece(at, Kind::Object, item),
            FrameItem::Shape(..) | FrameItem::Link(..) => self.piece(at, Kind::Along, item),
        }
    }

    /// Lines of this frame get nothing more.
    fn close_lines(&mut self) {
        let depth = self.depth;
        self.open.retain(|open| open.frame < depth);
    }

    /// The elements that are open here, the innermost first, without those round what is laid out apart.
    fn elements(&self) -> impl Iterator<Item = (Location, Role)> {
        let mut inside = true;
        let elements = self.stack.iter().rev().copied();
        elements.take_while(move |(_, role)| std::mem::replace(&mut inside, *role != Role::Apart))
    }

    /// The formula or the dots that stand here.
    fn in_object(&self) -> Option<(Location, Role)> {
        let is_object = |role: Role| matches!(role, Role::Formula | Role::Dots | Role::Display);
        self.elements().find(|(_, role)| is_object(*role))
    }

    /// Starts a line. A box on the baseline of a line has a marker of its own and is a part of it.
    fn line(&mut self, baseline: Abs, marker: &FrameItem) {
        let (paragraph, flows) = self.paragraph();
        let is_same = |open: &Open| open.paragraph == paragraph && (open.baseline - baseline).to_pt().abs() < SAME;
        if self.open.last().is_some_and(is_same) {
            return;
        }
        let pieces = self.label(paragraph, baseline);
        let lines = &mut self.found.paragraphs[paragraph];
        lines.flows = flows;
        lines.lines.push(FoundLine {
            marker: marker.clone(),
            baseline,
            pieces,
        });
        self.open.push(Open {
            paragraph,
            line: lines.lines.len() - 1,
            baseline,
            frame: self.depth,
        });
    }

    /// The label of the item of a list that starts with a line: what stands on the same baseline and was met just before it. It
    /// is read with the line.
    fn label(&mut self, paragraph: usize, baseline: Abs) -> Vec<Piece> {
        let is_first = self.found.paragraphs[paragraph].lines.is_empty();
        let Some(label) = paragraph.checked_sub(1).filter(|_| is_first && self.in_item()) else {
            return Vec::new();
        };
        let label = &mut self.found.paragraphs[label];
        match label.lines.as_mut_slice() {
            [line] if label.labels && (line.baseline - baseline).to_pt().abs() < SAME => {
                let mut pieces = std::mem::take(&mut line.pieces);
                // The line itself is of the text of the item.
                pieces.iter_mut().for_each(|piece| piece.depth = usize::MAX);
                pieces
            }
            _ => Vec::new(),
        }
    }

    /// Whether lines here are those of an item of a list.
    fn in_item(&self) -> bool {
        self.stack.iter().any(|(_, role)| *role == Role::Item)
    }

    /// The paragraph that lines here are of, and whether it is running text.
    fn paragraph(&mut self) -> (usize, bool) {
        let block = self.elements().find(|(_, role)| !role.is_inline());
        let in_table = self.elements().any(|(_, role)| role == Role::Table);
        let flows = !in_table && block.is_some_and(|(_, role)| matches!(role, Role::Flow | Role::Item));
        let next = self.found.paragraphs.len();
        let paragraph = match block {
            Some((location, _)) => *self.known.entry(location).or_insert(next),
            None => next,
        };
        if paragraph == next {
            self.found.paragraphs.push(Paragraph {
                labels: block.is_some_and(|(_, role)| role == Role::Label),
                ..Paragraph::default()
            });
        }
        (paragraph, flows)
    }

    /// Adds an item to the line whose baseline is nearest.
    fn piece(&mut self, at: Point, kind: Kind, item: &FrameItem) {
        let y = at.y + foot(item);
        let distance = |open: &&Open| (open.baseline - y).abs();
        let nearest = self.open.iter().rev().min_by_key(distance);
        let Some(open) = nearest.filter(|open| distance(open).to_pt() < FAR) else {
            return;
        };
        let formula = self.in_object().filter(|(_, role)| *role == Role::Formula);
        let piece = Piece {
            number: self.number - 1,
            at,
            depth: self.stack.len(),
            kind,
            formula: formula.map(|(location, _)| location),
            item: item.clone(),
        };
        self.found.paragraphs[open.paragraph].lines[open.line]
            .pieces
            .push(piece);
    }
}

/// How far under its place an item has what stands near the baseline: a ground starts at the top of its line, and may be
/// nearer to the line before.
fn foot(item: &FrameItem) -> Abs {
    let near_bottom = |top: Abs, bottom: Abs| top + (bottom - top) * 0.75;
    match item {
        FrameItem::Link(_, size) => near_bottom(Abs::zero(), size.y),
        FrameItem::Shape(shape, _) => {
            let bounds = shape.bbox(false);
            near_bottom(bounds.min.y, bounds.max.y)
        }
        FrameItem::Image(_, size, _) => size.y,
        FrameItem::Group(group) => group.frame.height(),
        FrameItem::Text(_) | FrameItem::Tag(_) => Abs::zero(),
    }
}

/// How many lines a frame has.
fn lines_of(frame: &Frame) -> usize {
    let of = |(_, item): &(Point, FrameItem)| match item {
        FrameItem::Group(group) => lines_of(&group.frame),
        FrameItem::Tag(Tag::Start(element, _)) => usize::from(element.is::<ParLineMarker>()),
        _ => 0,
    };
    frame.items().map(of).sum()
}
