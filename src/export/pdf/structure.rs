//! The structure tree: what the page holds, in the order in which it is read (ISO 14289-1, ISO 32000-1 14.8).
//!
//! A paragraph is one element however many lines and pages it takes. A line is a `Span` whose replacement text is the
//! text of the line in logical order, so that a reader of the tree has it exactly whatever the glyphs are. Columns follow
//! each other row by row, that of the leading language first. A note follows the paragraph of its first mark; a link leads
//! from every mark to the note, and from the number of the note to its first mark.

use std::num::NonZeroU16;
use std::ops::Range;

use krilla::geom::Rect;
use krilla::page::Page as PdfPage;
use krilla::tagging::{BBox, Identifier, Node, Tag, TagGroup, TagId, TagKind, TagTree, WritingMode};
use rustc_hash::FxHashMap;
use typst::layout::{FrameItem, Size};

use super::links::Links;
use crate::edition::{Edition, tables};
use crate::locale::{Direction, Language};
use crate::model::{Block, Expression, Label, Paragraph, Role};
use crate::page::{Origin, PlacedLine, PlacedPicture};
use crate::typeset::RowRole;

/// The structure of an edition while its pages are drawn.
pub(super) struct Structure<'a> {
    pub(super) edition: &'a Edition<'a>,
    links: Links<'a>,
    lines: FxHashMap<(Origin, usize), Drawn>,
    pictures: FxHashMap<Origin, Vec<(Identifier, BBox)>>,
    /// The tables that stand row by row, by their first rows.
    tables: FxHashMap<usize, Range<usize>>,
    /// For each note how many are marked before it.
    as_marked: Vec<usize>,
    /// The levels of the headings, by their rows.
    levels: FxHashMap<usize, NonZeroU16>,
}

/// A line that was drawn.
struct Drawn {
    /// Its marked content, each with the part of its text that it is of.
    content: Vec<(usize, Identifier)>,
    /// The place of the label that it starts with. The line stays one string for readers of the content, so the glyphs of
    /// the label are those of the line, and the place has none of its own.
    label: Option<Identifier>,
    /// The links that start in it.
    links: Vec<DrawnLink>,
}

/// A link that was put on its page.
struct DrawnLink {
    annotation: Identifier,
    name: String,
    /// Whether it leads from a mark to its note or back.
    is_note: bool,
}

impl<'a> Structure<'a> {
    /// The structure of an edition of which nothing is drawn yet.
    pub(super) fn new(edition: &'a Edition<'a>) -> Self {
        let lead = edition.work.expressions.first();
        let order = lead.map_or_else(Vec::new, Expression::notes_as_marked);
        let mut as_marked = vec![0; order.len()];
        for (rank, note) in order.into_iter().enumerate() {
            as_marked[note] = rank;
        }
        let mut structure = Self {
            edition,
            as_marked,
            levels: FxHashMap::default(),
            links: Links::new(edition),
            lines: FxHashMap::default(),
            pictures: FxHashMap::default(),
            tables: tables(&edition.composed.setting)
                .into_iter()
                .map(|rows| (rows.start, rows))
                .collect(),
        };
        structure.levels = structure.levels();
        structure
    }

    /// The levels of the headings, by their rows: in how many others each stands, and one more. The signs of the source may
    /// leave a level out, as a constitution does whose parts hold articles as well as chapters; the tree may not, and
    /// starts with the first level also where there is no title (ISO 14289-1 7.4.2).
    fn levels(&self) -> FxHashMap<usize, NonZeroU16> {
        let mut open: Vec<u8> = Vec::new();
        let mut levels = FxHashMap::default();
        for row in 0..self.rows() {
            let level = match (self.role(row), self.block(row)) {
                (RowRole::Title, _) => 1,
                (_, Some(Block::Heading(heading))) => heading.level,
                _ => continue,
            };
            open.retain(|outer| *outer < level);
            open.push(level);
            let depth = u16::try_from(open.len()).ok().and_then(NonZeroU16::new);
            levels.insert(row, depth.unwrap_or(NonZeroU16::MIN));
        }
        levels
    }

    /// A line was drawn, and before it the place of its label.
    pub(super) fn drawn(&mut self, line: &PlacedLine, content: Vec<(usize, Identifier)>, label: Option<Identifier>) {
        let drawn = Drawn {
            content,
            label,
            links: Vec::new(),
        };
        self.lines.insert((line.origin, line.line), drawn);
    }

    /// A picture of the text was drawn on the page of this index.
    pub(super) fn pictured(&mut self, picture: &PlacedPicture, index: usize, identifier: Identifier) {
        let size = match &picture.item {
            FrameItem::Image(_, size, _) => *size,
            _ => Size::zero(),
        };
        let (at, end) = (picture.at, picture.at + size.to_point());
        let edges = [at.x, at.y, end.x, end.y].map(|length| length.to_pt() as f32);
        if let Some(rect) = Rect::from_ltrb(edges[0], edges[1], edges[2], edges[3]) {
            let drawn = self.pictures.entry(picture.origin).or_default();
            drawn.push((identifier, BBox::new(index, rect)));
        }
    }

    /// Puts the links of a page on it.
    pub(super) fn link(&mut self, page: &mut PdfPage, index: usize) {
        for link in self.links.of_page(index) {
            if let Some(drawn) = self.lines.get_mut(&link.line) {
                drawn.links.push(DrawnLink {
                    annotation: page.add_tagged_annotation(link.annotation),
                    name: link.name,
                    is_note: link.is_note,
                });
            }
        }
    }

    /// The tree.
    pub(super) fn finish(self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(self.edition.languages[0].code().to_owned()));
        let mut row = 0;
        while row < self.rows() {
            self.part(&mut row, None).into_iter().for_each(|node| tree.push(node));
        }
        tree
    }

    /// The rows of the table that starts at one, where it stands row by row.
    pub(super) fn table_at(&self, row: usize) -> Option<&Range<usize>> {
        self.tables.get(&row)
    }

    pub(super) fn rows(&self) -> usize {
        self.edition.flow.rows.len()
    }

    fn role(&self, row: usize) -> RowRole {
        self.edition.composed.setting.rows[row].role
    }

    pub(super) fn block(&self, row: usize) -> Option<&Block> {
        match self.role(row) {
            RowRole::Block(block) => self.edition.work.expressions.first()?.blocks.get(block),
            RowRole::Title | RowRole::Line | RowRole::Logo => None,
        }
    }

    pub(super) fn paragraph(&self, row: usize) -> Option<&Paragraph> {
        match self.block(row)? {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Heading(_) | Block::Table(_) | Block::Figure(_) => None,
        }
    }

    /// Whether lines and pictures of a cell are those of a picture of the text.
    pub(super) fn is_figure(&self, origin: Origin) -> bool {
        let Origin::Row { row, .. } = origin else { return false };
        self.role(row) == RowRole::Logo || matches!(self.block(row), Some(Block::Figure(_)))
    }

    /// The label of the item of a list that starts with a row; `None` for one that starts none.
    pub(super) fn item_of(&self, row: usize) -> Option<Label> {
        self.paragraph(row)?.label
    }

    /// The quotation that a row is of.
    pub(super) fn quotation_of(&self, row: usize) -> Option<u32> {
        self.block(row)?.within().quotation
    }

    pub(super) fn is_definition(&self, row: usize) -> bool {
        let is = |paragraph: &Paragraph| matches!(paragraph.role, Role::Term | Role::Definition);
        self.paragraph(row).is_some_and(is)
    }

    /// The item of a list that a row belongs to without starting it, in a quotation or outside of all.
    pub(super) fn further_of(&self, row: usize, quotation: Option<u32>) -> Option<Label> {
        let within = self.block(row)?.within();
        match quotation {
            Some(_) => within.quoted_item,
            None => within.item,
        }
    }

    /// The columns that have a cell in a row, in the order in which they are read.
    pub(super) fn columns(&self, row: usize) -> impl Iterator<Item = usize> {
        let cells = &self.edition.flow.rows[row].cells;
        let columns = self.edition.sheet().reading.iter().copied();
        columns.filter(|column| cells.get(*column).is_some_and(Option::is_some))
    }

    /// The elements of a row: those of each of its cells.
    pub(super) fn row(&self, row: usize) -> Vec<Node> {
        self.columns(row).flat_map(|column| self.cell(row, column)).collect()
    }

    /// The element of a cell, without its label, and the notes that it marks first.
    pub(super) fn cell(&self, row: usize, column: usize) -> Vec<Node> {
        let origin = Origin::Row { row, column };
        let language = self.edition.cell(origin).language;
        let mut nodes = Vec::new();
        let lines = 0..self.edition.cell(origin).lines.len();
        match (self.role(row), self.block(row)) {
            (_, Some(Block::Table(_))) => nodes.extend(self.table_of_cell(origin, language)),
            (RowRole::Block(block), Some(Block::Figure(_))) => nodes.extend(self.figure(origin, block, language)),
            (RowRole::Logo, _) => nodes.extend(self.logo(origin, language)),
            // Lines of the masthead and the closing are no sentences of one paragraph.
            (RowRole::Line, _) => nodes.extend(self.paragraphs(origin)),
            _ => nodes.extend(self.element(self.tag(row, origin), origin, lines)),
        }
        nodes.extend(self.notes(row..row + 1, column));
        nodes
    }

    /// The notes that rows mark first in a column.
    pub(super) fn notes(&self, rows: Range<usize>, column: usize) -> Vec<Node> {
        let cells = self.edition.flow.rows[rows].iter();
        let cells = cells.filter_map(|row| row.cells.get(column)?.as_ref());
        let units = cells.flat_map(|cell| &cell.units);
        // Marks beside each other in a table are not met in the order of the text on the page.
        let mut notes: Vec<usize> = units.flat_map(|unit| &unit.notes).copied().collect();
        notes.sort_unstable_by_key(|note| self.as_marked.get(*note).copied());
        let language = self.edition.sheet().columns[column].language;
        notes
            .into_iter()
            .filter_map(|note| self.note(column, note, language))
            .collect()
    }

    /// The element of a picture with what stands below it (ISO 32000-1 14.8.4.5, ISO 14289-1 7.3).
    fn figure(&self, origin: Origin, block: usize, language: Language) -> Option<Node> {
        let Some(Block::Figure(figure)) = self.edition.work.expression(language)?.blocks.get(block) else {
            return None;
        };
        let drawn = self.pictures.get(&origin).map(Vec::as_slice).unwrap_or_default();
        let bbox = drawn.first().map(|(_, bbox)| *bbox);
        let tag = Tag::Figure(Some(figure.alt.clone())).with_bbox(bbox);
        let mut group = TagGroup::new(written(tag.into(), language));
        drawn.iter().for_each(|(leaf, _)| group.push(Node::Leaf(*leaf)));
        let lines = 0..self.edition.cell(origin).lines.len();
        let caption = self.element(written(Tag::Caption.into(), language), origin, lines);
        caption.into_iter().for_each(|caption| group.push(caption));
        (!group.children.is_empty()).then(|| group.into())
    }

    /// The element of the logo of the house.
    fn logo(&self, origin: Origin, language: Language) -> Option<Node> {
        let logo = self.edition.work.facts.house.as_ref()?.logo.as_ref()?;
        let drawn = self.pictures.get(&origin)?;
        let tag = Tag::Figure(logo.alternative.get(&language).cloned()).with_bbox(drawn.first().map(|(_, bbox)| *bbox));
        let mut group = TagGroup::new(written(tag.into(), language));
        drawn.iter().for_each(|(leaf, _)| group.push(Node::Leaf(*leaf)));
        Some(group.into())
    }

    fn tag(&self, row: usize, origin: Origin) -> TagKind {
        let cell = self.edition.cell(origin);
        let tag = match self.levels.get(&row) {
            Some(level) => Tag::Hn(*level, Some(cell.text().trim().to_owned())).into(),
            None => Tag::P.into(),
        };
        written(tag, cell.language)
    }

    /// An element of lines of a cell; `None` when there are none.
    pub(super) fn element(&self, tag: TagKind, origin: Origin, lines: Range<usize>) -> Option<Node> {
        let mut group = TagGroup::new(tag);
        for index in lines {
            self.line(origin, index).into_iter().for_each(|node| group.push(node));
        }
        (!group.children.is_empty()).then(|| group.into())
    }

    /// The paragraphs of a cell, each an element: those of a note, the lines of a masthead or a closing.
    fn paragraphs(&self, origin: Origin) -> Vec<Node> {
        let cell = self.edition.cell(origin);
        let mut nodes = Vec::new();
        let mut start = 0;
        for paragraph in cell.lines.chunk_by(|_, next| !next.opens) {
            let end = start + paragraph.len();
            nodes.extend(self.element(written(Tag::P.into(), cell.language), origin, start..end));
            start = end;
        }
        nodes
    }

    /// The label that a cell starts with, where it has an element of its own: in a list, and in a note. Elsewhere a label is
    /// a part of its line.
    pub(super) fn label_text(&self, origin: Origin) -> Option<&str> {
        match origin {
            Origin::Row { row, .. } if self.item_of(row).is_none() => None,
            Origin::Row { .. } | Origin::Note { .. } => self.edition.label(origin),
        }
    }

    /// The label that a cell starts with, and a link that belongs to it.
    pub(super) fn label(&self, origin: Origin, link: Option<Node>) -> Option<Node> {
        let text = self.label_text(origin)?;
        let drawn = self.lines.get(&(origin, 0))?;
        let place = drawn.label.or(drawn.content.first().map(|(_, content)| *content));
        let tag = written(Tag::Lbl.into(), self.edition.cell(origin).language);
        let nodes = std::iter::once(spoken(text, None, place)).chain(link).collect();
        Some(TagGroup::with_children(tag, nodes).into())
    }

    /// What a line holds but for its label.
    pub(super) fn line(&self, origin: Origin, index: usize) -> Vec<Node> {
        let Some(drawn) = self.lines.get(&(origin, index)) else {
            return Vec::new();
        };
        let line = &self.edition.cell(origin).lines[index];
        let label = (index == 0).then(|| self.label_text(origin)).flatten();
        let told = label.map_or(0, str::len);
        let mut nodes = Vec::new();
        // A label that is a line of its own has the content of the line.
        if label.is_none() || drawn.label.is_some() {
            let content = |place: Option<usize>| {
                let of_part = drawn
                    .content
                    .iter()
                    .filter(move |(part, _)| place.is_none_or(|place| *part == place));
                of_part.map(|(_, content)| *content)
            };
            if line.parts.is_empty() {
                nodes.push(spoken(&line.text[told..], None, content(None)));
            }
            // A part in another language says so (ISO 14289-1 7.2). The label is the start of the first one.
            for (place, part) in line.parts.iter().enumerate() {
                let text = if place == 0 {
                    part.text.get(told..).unwrap_or_default()
                } else {
                    &part.text
                };
                nodes.push(spoken(text, part.language, content(Some(place))));
            }
        }
        for drawn in &drawn.links {
            match origin {
                // A mark refers to its note (14.8.4.4.1).
                Origin::Row { .. } if drawn.is_note => {
                    nodes.push(TagGroup::with_children(Tag::Reference, vec![link(drawn)]).into());
                }
                // The way back to the mark stands with the label of the note.
                Origin::Note { .. } if drawn.is_note && label.is_some() => {}
                Origin::Row { .. } | Origin::Note { .. } => nodes.push(link(drawn)),
            }
        }
        nodes
    }

    fn note(&self, column: usize, note: usize, language: Language) -> Option<Node> {
        let origin = Origin::Note { column, note };
        let back = self
            .lines
            .get(&(origin, 0))
            .and_then(|drawn| drawn.links.iter().find(|link| link.is_note));
        let label = self.label(origin, back.map(link));
        let nodes: Vec<Node> = label.into_iter().chain(self.paragraphs(origin)).collect();
        let id = TagId::from(format!("{}-note-{}", language.code(), note + 1).into_bytes());
        let tag = written(Tag::Note.with_id(Some(id)).into(), language);
        (!nodes.is_empty()).then(|| TagGroup::with_children(tag, nodes).into())
    }
}

/// An element in a language, with the direction of its lines where that is not the usual one (14.8.5.4.2).
pub(super) fn written(tag: TagKind, language: Language) -> TagKind {
    let mode = (language.direction() == Direction::RightToLeft).then_some(WritingMode::RlTb);
    tag.with_lang(Some(language.code().to_owned())).with_writing_mode(mode)
}

/// Content with its text in logical order. MuPDF takes the replacement text of the element that owns marked content for
/// text in visual order and reverses it. So the element with the text is one above the owner.
fn spoken(text: &str, language: Option<Language>, content: impl IntoIterator<Item = Identifier>) -> Node {
    let owner = TagGroup::with_children(Tag::Span, content.into_iter().map(Node::Leaf).collect());
    let span = Tag::Span.with_actual_text(Some(text.to_owned()));
    let span = span.with_lang(language.map(|language| language.code().to_owned()));
    TagGroup::with_children(span, vec![owner.into()]).into()
}

/// A link. pdf.js takes its name from the element, others from the annotation.
fn link(link: &DrawnLink) -> Node {
    let tag = Tag::Link.with_alt_text(Some(link.name.clone()));
    TagGroup::with_children(tag, vec![Node::Leaf(link.annotation)]).into()
}
