//! The structure tree: what the page holds, in the order in which it is read (ISO 14289-1, ISO 32000-1 14.8).
//!
//! A paragraph is one element however many lines and pages it takes. A line is a `Span` whose replacement text is the
//! text of the line in logical order, so that a reader of the tree has it exactly whatever the glyphs are. A note follows
//! the paragraph of its first mark; a link leads from every mark to the note, and from the note to its first mark.

use std::num::NonZeroU16;
use std::ops::Range;

use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{Point as PdfPoint, Rect};
use krilla::page::Page as PdfPage;
use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagId, TagKind, TagTree};
use rustc_hash::FxHashMap;
use typst::layout::{Abs, Point};

use crate::edition::Edition;
use crate::locale::{self, Language};
use crate::model::Block;
use crate::page::{Origin, PlacedLine};
use crate::typeset::RowRole;

/// Where something stands: the page from 0, and the point on it.
type Spot = (usize, Point);

/// The structure of an edition while its pages are drawn.
pub(super) struct Structure<'a> {
    edition: &'a Edition<'a>,
    /// The marked content of each line, and the links that start in it.
    lines: FxHashMap<(Origin, usize), (Identifier, Vec<Identifier>)>,
    /// Where each note starts.
    notes: FxHashMap<(usize, usize), Spot>,
    /// Where each note is marked first.
    marks: FxHashMap<(usize, usize), Spot>,
}

impl<'a> Structure<'a> {
    /// Finds where the notes and their first marks stand.
    pub(super) fn new(edition: &'a Edition<'a>) -> Self {
        let mut this = Self {
            edition,
            lines: FxHashMap::default(),
            notes: FxHashMap::default(),
            marks: FxHashMap::default(),
        };
        for (index, page) in edition.pages.iter().enumerate() {
            for placed in &page.lines {
                let spot = (index, placed.at);
                match placed.origin {
                    Origin::Note { column, note } => {
                        this.notes.entry((column, note)).or_insert(spot);
                    }
                    Origin::Row { column, .. } => {
                        for (note, extent) in edition.line(placed).marks() {
                            let at = placed.at + Point::with_x(extent.start);
                            this.marks.entry((column, note)).or_insert((index, at));
                        }
                    }
                }
            }
        }
        this
    }

    /// A line was drawn under this identifier.
    pub(super) fn drawn(&mut self, line: &PlacedLine, identifier: Identifier) {
        self.lines.insert((line.origin, line.line), (identifier, Vec::new()));
    }

    /// Puts the links of a page on it.
    pub(super) fn link(&mut self, page: &mut PdfPage, index: usize) {
        let edition = self.edition;
        for placed in &edition.pages[index].lines {
            let line = edition.line(placed);
            let mut links = Vec::new();
            match placed.origin {
                Origin::Row { column, .. } => {
                    for (note, extent) in line.marks() {
                        let target = self.notes.get(&(column, note));
                        links.extend(target.map(|spot| (extent, *spot, note, column)));
                    }
                }
                Origin::Note { column, .. } => {
                    if let Some((note, extent)) = line.note_label() {
                        let target = self.marks.get(&(column, note));
                        links.extend(target.map(|spot| (extent, *spot, note, column)));
                    }
                }
            }
            for (extent, (to_page, to), note, column) in links {
                let rect = Rect::from_ltrb(
                    pt(placed.at.x + extent.start),
                    pt(placed.at.y - line.ascent),
                    pt(placed.at.x + extent.end),
                    pt(placed.at.y + line.descent),
                );
                let Some(rect) = rect else { continue };
                // The target stands a little above the line, so that the line is in sight.
                let point = PdfPoint::from_xy(0.0, pt((to.y - Abs::pt(40.0)).max(Abs::zero())));
                let target = Target::Destination(XyzDestination::new(to_page, point).into());
                let language = edition.sheet().columns[column].language;
                let alt = locale::note_mark(language, note as u32 + 1);
                let link = Annotation::new_link(LinkAnnotation::new(rect, target), Some(alt));
                let identifier = page.add_tagged_annotation(link);
                if let Some((_, all)) = self.lines.get_mut(&(placed.origin, placed.line)) {
                    all.push(identifier);
                }
            }
        }
    }

    /// The tree.
    pub(super) fn finish(self) -> TagTree {
        let mut tree = TagTree::new();
        let mut row = 0;
        while row < self.edition.flow.rows.len() {
            if self.depth(row).is_some() {
                tree.push(self.list(&mut row, 0));
            } else {
                self.row(row).into_iter().for_each(|node| tree.push(node));
                row += 1;
            }
        }
        tree
    }

    fn role(&self, row: usize) -> RowRole {
        self.edition.composed.setting.rows[row].role
    }

    fn block(&self, row: usize) -> Option<&Block> {
        match self.role(row) {
            RowRole::Block(block) => self.edition.work.expressions.first()?.blocks.get(block),
            RowRole::Title | RowRole::Line => None,
        }
    }

    /// How deep in a list a row stands; `None` when it is in no list.
    fn depth(&self, row: usize) -> Option<u8> {
        match self.block(row)? {
            Block::Paragraph(paragraph) => paragraph.label.map(|label| label.depth),
            Block::Heading(_) | Block::Table(_) => None,
        }
    }

    fn is_continuation(&self, row: usize) -> bool {
        use crate::model::Role;
        matches!(self.block(row), Some(Block::Paragraph(p)) if p.role == Role::Continuation)
    }

    /// The list that starts at a row, with the lists inside it.
    fn list(&self, row: &mut usize, depth: u8) -> TagGroup {
        let mut list = TagGroup::new(Tag::L(ListNumbering::Decimal));
        while *row < self.edition.flow.rows.len() && self.depth(*row).is_some_and(|d| d >= depth) {
            let mut body = TagGroup::new(Tag::LBody);
            self.row(*row).into_iter().for_each(|node| body.push(node));
            *row += 1;
            while *row < self.edition.flow.rows.len() {
                if self.is_continuation(*row) {
                    self.row(*row).into_iter().for_each(|node| body.push(node));
                    *row += 1;
                } else if self.depth(*row).is_some_and(|d| d > depth) {
                    body.push(self.list(row, depth + 1));
                } else {
                    break;
                }
            }
            list.push(TagGroup::with_children(Tag::LI, vec![body.into()]));
        }
        list
    }

    /// The elements of a row: a block a column, each followed by the notes that it marks first.
    fn row(&self, row: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        for column in 0..self.edition.flow.rows[row].cells.len() {
            let Some(cell) = &self.edition.flow.rows[row].cells[column] else {
                continue;
            };
            let origin = Origin::Row { row, column };
            let language = cell.cell.language;
            if matches!(self.block(row), Some(Block::Table(_))) {
                nodes.extend(self.table(origin, language));
            } else {
                let lines = 0..self.edition.cell(origin).lines.len();
                nodes.extend(self.element(self.tag(row, language), origin, lines));
            }
            for note in cell.units.iter().flat_map(|unit| &unit.notes) {
                nodes.extend(self.note(column, *note, language));
            }
        }
        nodes
    }

    fn tag(&self, row: usize, language: Language) -> TagKind {
        let lang = Some(language.code().to_owned());
        let heading = |level: u16| {
            let title = self.edition.row_text(row);
            let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title)).with_lang(lang.clone()).into()
        };
        match (self.role(row), self.block(row)) {
            (RowRole::Title, _) => heading(1),
            (_, Some(Block::Heading(h))) => heading(u16::from(h.level)),
            _ => Tag::P.with_lang(lang).into(),
        }
    }

    /// An element of lines of a cell; `None` when there are none.
    fn element(&self, tag: TagKind, origin: Origin, lines: Range<usize>) -> Option<Node> {
        let mut group = TagGroup::new(tag);
        for index in lines {
            self.line(origin, index).into_iter().for_each(|node| group.push(node));
        }
        (!group.children.is_empty()).then(|| group.into())
    }

    fn line(&self, origin: Origin, index: usize) -> Vec<Node> {
        let Some((identifier, links)) = self.lines.get(&(origin, index)) else {
            return Vec::new();
        };
        let text = self.edition.cell(origin).lines[index].text.clone();
        let span = Tag::Span.with_actual_text(Some(text));
        // MuPDF takes the replacement text of the element that owns marked content for text in visual order and reverses
        // it. So the element with the text is one above the owner.
        let owner = TagGroup::with_children(Tag::Span, vec![Node::Leaf(*identifier)]);
        let mut nodes = vec![Node::from(TagGroup::with_children(span, vec![owner.into()]))];
        for link in links {
            nodes.push(TagGroup::with_children(Tag::Link, vec![Node::Leaf(*link)]).into());
        }
        nodes
    }

    /// A note, an element a paragraph.
    fn note(&self, column: usize, note: usize, language: Language) -> Option<Node> {
        let origin = Origin::Note { column, note };
        let lines = &self.edition.cell(origin).lines;
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for paragraph in lines.chunk_by(|_, next| !next.opens) {
            let tag = Tag::P.with_lang(Some(language.code().to_owned()));
            let end = start + paragraph.len();
            paragraphs.extend(self.element(tag.into(), origin, start..end));
            start = end;
        }
        let id = TagId::from(format!("{}-note-{}", language.code(), note + 1).into_bytes());
        let note = TagGroup::with_children(Tag::Note.with_id(Some(id)), paragraphs);
        (!note.children.is_empty()).then(|| note.into())
    }

    fn table(&self, origin: Origin, language: Language) -> Option<Node> {
        let lines = &self.edition.cell(origin).lines;
        let mut rows: Vec<Vec<Vec<usize>>> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let (row, column) = line.table?;
            rows.resize(rows.len().max(row + 1), Vec::new());
            let cells = &mut rows[row];
            cells.resize(cells.len().max(column + 1), Vec::new());
            cells[column].push(index);
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let make_row = |cells: &Vec<Vec<usize>>, head: bool| {
            let mut group = TagGroup::new(Tag::TR);
            for column in 0..width {
                let mut cell = if head {
                    TagGroup::new(Tag::TH(TableHeaderScope::Column))
                } else {
                    TagGroup::new(Tag::TD)
                };
                for index in cells.get(column).into_iter().flatten() {
                    self.line(origin, *index).into_iter().for_each(|node| cell.push(node));
                }
                group.push(cell);
            }
            Node::from(group)
        };
        let mut rows = rows.iter();
        let head: Vec<Node> = rows.by_ref().take(1).map(|row| make_row(row, true)).collect();
        let body: Vec<Node> = rows.map(|row| make_row(row, false)).collect();
        let mut table = TagGroup::new(Tag::Table.with_lang(Some(language.code().to_owned())));
        table.push(TagGroup::with_children(Tag::THead, head));
        table.push(TagGroup::with_children(Tag::TBody, body));
        Some(table.into())
    }
}

fn pt(length: Abs) -> f32 {
    length.to_pt() as f32
}
