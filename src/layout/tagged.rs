//! The names of the lines of a tagged PDF: its structure tree tells paragraphs, notes and cells exactly.

use rustc_hash::FxHashMap;

use crate::reader::{Document, Element, Kid, Page, TextLine};

/// The paragraph and the language of each content item, by page, form and identifier.
#[derive(Debug, Default)]
pub(super) struct Names {
    of: FxHashMap<(usize, Option<u32>, u32), (String, String)>,
}

/// Where the tree is.
#[derive(Debug, Clone, Default)]
struct Place {
    paragraph: String,
    language: String,
    cell: bool,
}

/// What was counted so far, one a language.
#[derive(Debug, Default)]
struct Counters {
    titles: usize,
    front: usize,
    headings: usize,
    paragraphs: usize,
    notes: usize,
}

#[derive(Default)]
struct Namer {
    names: Names,
    counters: FxHashMap<String, Counters>,
    has_title: bool,
    tables: usize,
    row: usize,
    column: usize,
}

impl Names {
    /// Reads the tree of a document; nothing where it is not tagged.
    pub(super) fn of(document: &Document) -> Self {
        let Some(structure) = document.structure.as_ref().filter(|_| document.tagged) else {
            return Self::default();
        };
        let mut namer = Namer {
            has_title: has_title(&structure.kids),
            ..Namer::default()
        };
        let place = Place {
            language: document.language.clone().unwrap_or_default(),
            ..Place::default()
        };
        namer.kids(&structure.kids, &place);
        namer.names
    }

    /// The paragraph and the language of a line.
    pub(super) fn name(&self, number: usize, page: &Page, line: &TextLine) -> Option<(&str, &str)> {
        let marked = &page.marked[line.content?];
        let (paragraph, language) = self.of.get(&(number, marked.form, marked.mcid?))?;
        (!paragraph.is_empty()).then_some((paragraph, language))
    }

    /// Whether no line has a name.
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }
}

impl Namer {
    fn kids(&mut self, kids: &[Kid], place: &Place) {
        for kid in kids {
            match kid {
                Kid::Element(element) => self.element(element, place),
                Kid::Content { page, form, mcid } => {
                    let name = (place.paragraph.clone(), place.language.clone());
                    self.names.of.insert((*page, *form, *mcid), name);
                }
                Kid::Link { .. } | Kid::Other => {}
            }
        }
    }

    fn element(&mut self, element: &Element, around: &Place) {
        let mut place = around.clone();
        if let Some(language) = element.language.as_ref().or(first_language(element)) {
            place.language = language.split('-').next().unwrap_or_default().to_lowercase();
        }
        let of = self.counters.entry(place.language.clone()).or_default();
        let has_title = self.has_title;
        match element.role.as_str() {
            "H1" | "Title" if of.titles == 0 => {
                of.titles += 1;
                place.paragraph = "title".to_owned();
            }
            "H" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Title" => {
                of.headings += 1;
                place.paragraph = format!("heading {}", of.headings);
            }
            "Note" | "FENote" => {
                of.notes += 1;
                place.paragraph = format!("note {}", of.notes);
                place.cell = false;
            }
            "Table" => {
                self.tables += 1;
                (self.row, self.column) = (0, 0);
            }
            "TR" => (self.row, self.column) = (self.row + 1, 0),
            "TD" | "TH" => {
                self.column += 1;
                place.paragraph = format!("table {} row {} column {}", self.tables, self.row, self.column);
                place.cell = true;
            }
            // A paragraph in a note or a cell is theirs; its lines are those of an item.
            "P" | "LBody" | "Lbl" | "BlockQuote" | "Caption"
                if !place.cell && !place.paragraph.starts_with("note ") && !is_item(&place) =>
            {
                let is_front = has_title && of.titles == 0;
                let (count, name) = if is_front {
                    (&mut of.front, "masthead line")
                } else {
                    (&mut of.paragraphs, "paragraph")
                };
                *count += 1;
                place.paragraph = format!("{name} {count}");
            }
            "LI" => {
                of.paragraphs += 1;
                place.paragraph = format!("paragraph {}", of.paragraphs);
            }
            "L" => place.paragraph.clear(),
            _ => {}
        }
        self.kids(&element.kids, &place);
    }
}

fn has_title(kids: &[Kid]) -> bool {
    kids.iter().any(|kid| match kid {
        Kid::Element(element) => matches!(element.role.as_str(), "H1" | "Title") || has_title(&element.kids),
        _ => false,
    })
}

/// Whether a paragraph is known already, as that of an item of a list.
fn is_item(place: &Place) -> bool {
    place.paragraph.starts_with("paragraph ")
}

/// The language of the first element inside that tells it.
fn first_language(element: &Element) -> Option<&String> {
    element.kids.iter().find_map(|kid| match kid {
        Kid::Element(inner) => inner.language.as_ref().or_else(|| first_language(inner)),
        _ => None,
    })
}
