//! What a PDF holds as pieces of text: the blocks of its structure tree, each as two readers get it.

use rayon::prelude::*;

use crate::locale::{Direction, Language};
use crate::reader::{ContentItem, Document, Element, Kid, Mirroring, Structure, TextLine, lines_of};

/// A block of the structure tree: a paragraph, a heading, a note, a cell.
#[derive(Debug, Default)]
pub(super) struct Block<'a> {
    /// The language that it is told in, by itself or by what is round it.
    pub(super) language: Option<&'a str>,
    /// Whether it stands in a note.
    pub(super) note: bool,
    /// Whether it is the label of what follows.
    pub(super) label: bool,
    /// The text by the standard: replacement text, reversed strings turned round.
    pub(super) structure: String,
    /// The text by the places of its glyphs, line by line.
    pub(super) content: String,
    /// Its content.
    pub(super) items: Vec<ContentItem>,
}

/// Elements whose text is a part of the block round them (ISO 32000-1 14.8.4.4).
fn is_inline(role: &str) -> bool {
    matches!(
        role,
        "Span"
            | "Quote"
            | "Reference"
            | "BibEntry"
            | "Code"
            | "Link"
            | "Annot"
            | "Ruby"
            | "RB"
            | "RT"
            | "RP"
            | "Warichu"
            | "WT"
            | "WP"
            | "Em"
            | "Strong"
            | "Sub"
            | "Lbl"
    )
}

/// The blocks of a document in reading order.
pub(super) fn blocks<'a>(document: &'a Document, mirroring: &[Mirroring]) -> Vec<Block<'a>> {
    let Some(structure) = &document.structure else {
        return Vec::new();
    };
    let text = |item: ContentItem| structure.content_text(document, item);
    let mut blocks = by_structure(structure, document.language.as_deref(), &text);
    blocks
        .par_iter_mut()
        .for_each(|block| block.content = content(document, structure, block, mirroring));
    blocks.retain(|block| !block.structure.trim().is_empty() || !block.content.trim().is_empty());
    blocks
}

/// The blocks in reading order, without what the places of their glyphs tell; empty ones too. `language` is that of the
/// document, `text` gives the text of a content item that nothing replaces.
pub(super) fn by_structure<'a>(
    structure: &'a Structure,
    language: Option<&'a str>,
    text: &dyn Fn(ContentItem) -> String,
) -> Vec<Block<'a>> {
    let mut walk = Walk {
        text,
        blocks: Vec::new(),
    };
    for kid in &structure.kids {
        if let Kid::Element(element) = kid {
            walk.element(element, language, false);
        }
    }
    labelled(walk.blocks)
}

/// Labels of list items and notes, elements of their own, stand at the start of the text that they belong to.
fn labelled(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut done = Vec::with_capacity(blocks.len());
    let mut label: Option<Block<'_>> = None;
    for mut block in blocks {
        if block.label {
            done.extend(label.replace(block));
            continue;
        }
        let is_empty = block.structure.trim().is_empty() && block.items.is_empty();
        if let Some(label) = label.take_if(|_| !is_empty) {
            block.structure.insert(0, ' ');
            block.structure.insert_str(0, &label.structure);
            block.items.splice(0..0, label.items);
        }
        done.push(block);
    }
    done.extend(label);
    done
}

struct Walk<'a, 't> {
    text: &'t dyn Fn(ContentItem) -> String,
    blocks: Vec<Block<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn element(&mut self, element: &'a Element, language: Option<&'a str>, note: bool) {
        let language = element.language.as_deref().or(language);
        let note = note || element.role == "Note" || element.role == "FENote";
        let at = self.blocks.len();
        self.blocks.push(Block {
            language,
            note,
            ..Block::default()
        });
        self.fill(at, element, language, note);
    }

    fn label(&mut self, element: &'a Element, language: Option<&'a str>, note: bool) {
        let at = self.blocks.len();
        self.element(element, language, note);
        self.blocks[at].label = true;
    }

    /// Adds what an element holds to a block; blocks inside become blocks of their own.
    fn fill(&mut self, at: usize, element: &'a Element, language: Option<&'a str>, note: bool) {
        if let Some(text) = &element.actual_text {
            self.blocks[at].structure.push_str(text);
        }
        let replaced = element.actual_text.is_some();
        let is_block = |kid: &Kid| matches!(kid, Kid::Element(inner) if !is_inline(&inner.role));
        let holds_blocks = element.kids.iter().any(is_block);
        for kid in &element.kids {
            match kid {
                Kid::Element(inner) if inner.role == "Lbl" && holds_blocks => self.label(inner, language, note),
                Kid::Element(inner) if is_inline(&inner.role) => {
                    let told = self.blocks[at].structure.len();
                    self.fill(at, inner, language, note);
                    if replaced {
                        self.blocks[at].structure.truncate(told);
                    }
                }
                Kid::Element(inner) => self.element(inner, language, note),
                Kid::Content { page, form, mcid } => {
                    if !replaced {
                        let text = (self.text)((*page, *form, *mcid));
                        self.blocks[at].structure.push_str(&text);
                    }
                    self.blocks[at].items.push((*page, *form, *mcid));
                }
                Kid::Link { .. } | Kid::Other => {}
            }
        }
    }
}

/// The text of a block as a reader of the content stream gets it: the lines that its glyphs form, each put in order.
fn content(document: &Document, structure: &Structure, block: &Block<'_>, mirroring: &[Mirroring]) -> String {
    let direction = block.language.and_then(direction_of);
    let mut text = String::new();
    let mut items = &block.items[..];
    while let Some(&(page, ..)) = items.first() {
        let length = items.iter().take_while(|(other, ..)| *other == page).count();
        let mut glyphs: Vec<usize> = items[..length]
            .iter()
            .flat_map(|(page, form, mcid)| structure.glyphs(*page, *form, *mcid))
            .copied()
            .collect();
        items = &items[length..];
        glyphs.sort_unstable();
        glyphs.dedup();
        let mut lines = lines_of(&document.pages[page], &glyphs);
        in_drawing_order(&mut lines);
        for mut line in lines {
            line.mirroring = mirroring.get(page).copied().unwrap_or_default();
            let base = direction.or(line.direction).unwrap_or(Direction::LeftToRight);
            text.push_str(&line.logical_in(base));
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Lines in the order in which they are drawn, which is the order of the text within a block and over columns.
pub(super) fn in_drawing_order(lines: &mut [TextLine]) {
    lines.sort_by_key(|line| line.pieces.iter().flat_map(|piece| &piece.glyphs).min().copied());
}

/// The direction of a language by its code (BCP 47): that of a language which is known, else as far as the code tells.
pub(super) fn direction_of(code: &str) -> Option<Direction> {
    if let Some(language) = Language::known(code) {
        return Some(language.direction());
    }
    let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match primary.as_str() {
        "" => None,
        "ar" | "fa" | "ur" | "he" | "yi" | "ps" | "sd" | "ug" | "ckb" | "dv" | "syr" => Some(Direction::RightToLeft),
        _ => Some(Direction::LeftToRight),
    }
}
