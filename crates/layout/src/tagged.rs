//! What the structure tree of a tagged PDF tells of its lines (ISO 32000-1 14.8): which paragraph, cell or note they belong
//! to and in which order these are read, where the marks of notes stand, and the exact text of a line where one stands in its
//! place (14.9.4).

use kurbo::Rect;
use rustc_hash::FxHashMap;

use super::name::Name;
use super::spelling::same_letters;
use super::tree::Namer;
use qarar_pdf::{self, ContentItem, Document, Page, TextLine};

/// Two pieces of a paragraph whose baselines are no farther apart stand in one line, in points.
const SAME_LINE: f64 = 0.5;
/// A glyph and a link that share more than this part of the narrower one belong together.
const SHARED: f64 = 0.3;

/// What the tree of a document tells.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) of: FxHashMap<ContentItem, Told>,
    /// The groups in the order in which they are read.
    pub(super) groups: Vec<Group>,
    /// The texts that stand in the place of content, in the order in which they are read.
    pub(super) texts: Vec<Replacement>,
    /// The links that marks of notes are, each by its page and its place there, with the group that it stands in.
    pub(super) marks: FxHashMap<(usize, usize), Option<usize>>,
    /// Whether content says that it is the mark of a note.
    pub(super) has_marks: bool,
}

/// What the tree tells of marked content.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    /// The paragraph, cell or note.
    pub(super) group: Option<usize>,
    /// The text that stands in its place.
    pub(super) text: Option<usize>,
    /// Whether it is the mark of a note.
    pub(super) is_mark: bool,
}

/// A paragraph, a cell or a note.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: Name,
    pub(super) language: String,
    /// A label that is told apart, though its letters are drawn with those of the first line.
    pub(super) label: Option<usize>,
    /// The first text of what is drawn.
    pub(super) first: Option<usize>,
}

/// A text that stands in the place of content.
#[derive(Debug)]
pub(super) struct Replacement {
    pub(super) text: String,
    pub(super) is_label: bool,
    /// How many content items with glyphs it stands for.
    pub(super) items: usize,
}

/// The text of a line as the file tells it in its place.
#[derive(Debug)]
pub(super) struct Exact {
    pub(super) text: String,
    /// The label that it starts with.
    pub(super) label: String,
}

impl Names {
    /// Reads the tree of a document; nothing where it is not tagged.
    pub(super) fn of(document: &Document) -> Self {
        match document.structure.as_ref().filter(|_| document.tagged) {
            Some(structure) => Namer::read(document, structure),
            None => Self::default(),
        }
    }

    /// Whether no line has a name.
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Whether the tree tells the marks of notes.
    pub(super) fn tells_marks(&self) -> bool {
        self.has_marks || !self.marks.is_empty()
    }

    /// The lines of a page, each with its group. What belongs to two groups stands in two lines, however close it is, and
    /// what belongs to one in one, however far its parts are from each other.
    pub(super) fn lines(&self, number: usize, page: &Page) -> Vec<(TextLine, Option<usize>)> {
        let whole = qarar_pdf::lines(page);
        if self.is_empty() {
            return whole.into_iter().map(|line| (line, None)).collect();
        }
        let mut glyphs: FxHashMap<Option<usize>, Vec<usize>> = FxHashMap::default();
        for glyph in 0..page.glyphs.len() {
            let group = self.told(number, page, glyph).and_then(|told| told.group);
            glyphs.entry(group).or_default().push(glyph);
        }
        let mirroring = whole
            .iter()
            .map(|line| line.mirroring)
            .find(|m| *m != Default::default());
        let mut lines: Vec<(TextLine, Option<usize>)> = Vec::new();
        for (group, glyphs) in glyphs {
            let mut of_group = qarar_pdf::lines_of(page, &glyphs);
            if group.is_some() {
                join_parts(&mut of_group);
            }
            lines.extend(of_group.into_iter().map(|line| (line, group)));
        }
        for (line, _) in &mut lines {
            line.mirroring = mirroring.unwrap_or(line.mirroring);
        }
        // A masthead is read as it stands, and the notes after the text.
        let order = |group: Option<usize>| match group {
            Some(group) => match &self.groups[group].name {
                name if name.is_line_of_masthead() => (0, None),
                Name::Note(_) => (2, Some(group)),
                _ => (1, Some(group)),
            },
            None => (3, None),
        };
        lines.sort_by(|(a, x), (b, y)| {
            let group = order(*x).cmp(&order(*y));
            let place = a.baseline.total_cmp(&b.baseline).then(a.left.total_cmp(&b.left));
            group.then(a.angle.cmp(&b.angle)).then(place)
        });
        lines
    }

    /// Which mark of a note a glyph belongs to, if it does to one: those of one mark have one number.
    pub(super) fn mark(&self, number: usize, page: &Page, glyph: usize) -> Option<usize> {
        if let Some(told) = self.told(number, page, glyph).filter(|told| told.is_mark) {
            return told.group.map(|group| page.links.len() + group);
        }
        if self.marks.is_empty() {
            return None;
        }
        let drawn = &page.glyphs[glyph];
        let (start, end) = (drawn.origin, drawn.end());
        // A raised figure stands a little over its baseline.
        let height = start.midpoint(end).y - drawn.size * 0.1;
        let (left, right) = (start.x.min(end.x), start.x.max(end.x));
        // The advance of a figure may hold the gap before or behind it too.
        let covers = |rect: Rect| {
            let shared = right.min(rect.x1) - left.max(rect.x0);
            (rect.y0..=rect.y1).contains(&height) && shared > (right - left).min(rect.width()) * SHARED
        };
        // Where text is printed over text, a link may lie over what belongs to another cell.
        let group = self.told(number, page, glyph).and_then(|told| told.group);
        let is_own = |of: &Option<usize>| group.is_none() || of.is_none() || group == *of;
        let is_mark = |link: &usize| self.marks.get(&(number, *link)).is_some_and(is_own);
        (0..page.links.len()).find(|link| covers(page.links[*link].rect) && is_mark(link))
    }

    /// The text that stands in the place of a line, where it has the same letters as what is drawn there, `drawn`.
    pub(super) fn exact(
        &self,
        (number, page): (usize, &Page),
        (line, group): (&TextLine, Option<usize>),
        drawn: &str,
    ) -> Option<Exact> {
        let mut items: FxHashMap<ContentItem, usize> = FxHashMap::default();
        for glyph in line.pieces.iter().flat_map(|piece| &piece.glyphs) {
            let item = item(number, page, *glyph)?;
            items.insert(item, self.of.get(&item)?.text?);
        }
        let mut texts: Vec<usize> = items.values().copied().collect();
        texts.sort_unstable();
        // A text that stands for several lines does not tell where they end.
        let is_whole = |(text, items): (usize, usize)| self.texts[text].items == items;
        if !texts
            .chunk_by(|a, b| a == b)
            .all(|same| is_whole((same[0], same.len())))
        {
            return None;
        }
        texts.dedup();
        let group = &self.groups[group?];
        let label = group.label.filter(|_| group.first == texts.first().copied());
        texts.splice(0..0, label);
        let all = |is_label: bool| -> String {
            let texts = texts.iter().map(|text| &self.texts[*text]);
            texts
                .filter(|text| text.is_label || !is_label)
                .map(|text| text.text.as_str())
                .collect()
        };
        let (text, label) = (all(false), all(true).trim().to_owned());
        let starts = text.trim_start().starts_with(&label);
        (starts && same_letters(&text, drawn)).then_some(Exact { text, label })
    }

    fn told(&self, number: usize, page: &Page, glyph: usize) -> Option<Told> {
        self.of.get(&item(number, page, glyph)?).copied()
    }
}

/// The content item of a glyph.
fn item(number: usize, page: &Page, glyph: usize) -> Option<ContentItem> {
    let marked = &page.marked[page.content_of(page.glyphs[glyph].marked)?];
    Some((number, marked.form, marked.mcid?))
}

/// Joins the parts of a paragraph that stand on one baseline.
fn join_parts(lines: &mut Vec<TextLine>) {
    lines.dedup_by(|next, line| {
        let is_one = next.angle == line.angle && (next.baseline - line.baseline).abs() < SAME_LINE;
        if is_one {
            let space = qarar_pdf::Piece {
                glyphs: Vec::new(),
                text: " ".into(),
                left: line.right,
                right: next.left,
            };
            if next.pieces.len() > line.pieces.len() {
                (line.size, line.font) = (next.size, next.font);
                line.direction = next.direction.or(line.direction);
            }
            line.pieces.push(space);
            line.pieces.append(&mut next.pieces);
            line.right = line.right.max(next.right);
            line.left = line.left.min(next.left);
        }
        is_one
    });
}
