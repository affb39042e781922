//! The walk over the structure tree of a PDF that gives its paragraphs, cells and notes the names of [`super::tagged`].

use rustc_hash::{FxHashMap, FxHashSet};

use super::labels::number;
use super::name::Name;
use super::tagged::{Group, Names, Replacement, Told};
use qarar_pdf::{Document, Element, Kid, Structure};

/// What stands in a line of a paragraph (ISO 32000-1 14.8.4.4): its language is not that of the paragraph.
const INLINE: [&str; 12] = [
    "Span",
    "Quote",
    "Link",
    "Reference",
    "Em",
    "Strong",
    "Code",
    "Annot",
    "Ruby",
    "Warichu",
    "BibEntry",
    "Sub",
];
/// What holds the paragraphs of an item by itself.
const BLOCKS: [&str; 13] = [
    "P",
    "L",
    "Table",
    "Note",
    "FENote",
    "H",
    "H1",
    "H2",
    "H3",
    "Div",
    "BlockQuote",
    "Sect",
    "Part",
];

/// Where the tree is.
#[derive(Debug, Clone, Default)]
struct TreePlace {
    group: Option<usize>,
    language: String,
    /// Whether it is in a cell or a note, which is one paragraph whatever it holds.
    is_closed: bool,
    /// Whether it is right inside of an item of a list.
    in_item: bool,
    text: Option<usize>,
    is_label: bool,
    in_reference: bool,
    is_mark: bool,
}

/// What was counted so far, one a language.
#[derive(Debug, Default)]
struct Counters {
    titles: usize,
    front: usize,
    headings: usize,
    paragraphs: usize,
    notes: usize,
    tables: usize,
}

pub(super) struct Namer<'a> {
    document: &'a Document,
    structure: &'a Structure,
    names: Names,
    counters: FxHashMap<String, Counters>,
    has_title: bool,
    /// The number of the table, of the row in it and of the column, from 1; that of the row from 0.
    table: usize,
    row: usize,
    column: usize,
    /// The items whose label was read and whose text was not yet, one a language.
    labelled: Vec<(String, usize)>,
    /// The notes so far, each by its number and its language.
    taken: FxHashSet<(usize, String)>,
}

impl<'a> Namer<'a> {
    pub(super) fn read(document: &'a Document, structure: &'a Structure) -> Names {
        let mut namer = Self {
            document,
            structure,
            names: Names::default(),
            counters: FxHashMap::default(),
            has_title: has_title(&structure.kids),
            table: 0,
            row: 0,
            column: 0,
            labelled: Vec::new(),
            taken: FxHashSet::default(),
        };
        let place = TreePlace {
            language: document.language.as_deref().map(code).unwrap_or_default(),
            ..TreePlace::default()
        };
        namer.kids(&structure.kids, &place);
        namer.names
    }

    fn kids(&mut self, kids: &[Kid], place: &TreePlace) {
        for kid in kids {
            match kid {
                Kid::Element(element) => self.element(element, place),
                Kid::Content { page, form, mcid } => {
                    let is_drawn = !self.structure.glyphs(*page, *form, *mcid).is_empty();
                    if let Some(text) = place.text {
                        self.names.texts[text].items += usize::from(is_drawn);
                        self.text_of_group(text, is_drawn, place);
                    }
                    self.names.has_marks |= place.is_mark;
                    let told = Told {
                        group: place.group,
                        text: place.text,
                        is_mark: place.is_mark,
                    };
                    self.names.of.insert((*page, *form, *mcid), told);
                }
                Kid::Link { page, link } if place.in_reference => {
                    self.names.marks.insert((*page, *link), place.group);
                }
                Kid::Link { .. } | Kid::Other => {}
            }
        }
    }

    fn text_of_group(&mut self, text: usize, is_drawn: bool, place: &TreePlace) {
        let Some(group) = place.group.map(|group| &mut self.names.groups[group]) else {
            return;
        };
        if is_drawn {
            group.first.get_or_insert(text);
        } else if place.is_label {
            group.label.get_or_insert(text);
        }
    }

    fn element(&mut self, element: &Element, around: &TreePlace) {
        let role = element.role.as_str();
        let mut place = around.clone();
        place.in_item = false;
        if !INLINE.contains(&role)
            && let Some(language) = element.language.as_ref().or_else(|| language_inside(element))
        {
            place.language = code(language);
        }
        // A term that is defined is the label of its item, and a paragraph.
        let holds_paragraphs = role == "Lbl" && holds(element, &BLOCKS);
        place.is_label |= role == "Lbl" && !holds_paragraphs;
        if let Some(text) = element.actual_text.as_ref().filter(|_| place.text.is_none()) {
            place.text = Some(self.names.texts.len());
            self.names.texts.push(Replacement {
                text: text.clone(),
                is_label: place.is_label,
                items: 0,
            });
        }
        match role {
            "Reference" => {
                place.in_reference = true;
                let text = self.structure.text(self.document, element, &[]);
                let text = text.trim();
                place.is_mark = number(text).is_some_and(|number| number < 1000) || Name::of_asterisks(text).is_some();
            }
            "Note" | "FENote" => self.note(element, &mut place),
            "Table" => {
                let of = self.counters.entry(place.language.clone()).or_default();
                of.tables += 1;
                // The row before the first one.
                let before = if is_headless(element) { 0 } else { usize::MAX };
                (self.table, self.row, self.column) = (of.tables, before, 0);
                place.group = None;
            }
            "TR" => (self.row, self.column) = (self.row.wrapping_add(1), 0),
            "TD" | "TH" => self.cell(&mut place),
            _ if place.is_closed => {}
            "H" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Title" => self.heading(role, &mut place),
            "LI" => {
                self.labelled.clear();
                place.in_item = true;
                place.group = None;
                if !holds(element, &["Lbl", "LBody"]) && !holds(element, &BLOCKS) {
                    self.paragraph(&mut place);
                }
            }
            "Lbl" if holds_paragraphs => place.group = None,
            "Lbl" if around.in_item => {
                self.paragraph(&mut place);
                let group = place.group.into_iter().map(|group| (place.language.clone(), group));
                self.labelled.extend(group);
            }
            "LBody" if holds(element, &BLOCKS) => place.group = None,
            "P" | "LBody" | "BlockQuote" | "Caption" => self.paragraph(&mut place),
            "L" => place.group = None,
            _ => {}
        }
        self.kids(&element.kids, &place);
    }

    /// Starts a group.
    fn start(&mut self, name: Name, place: &mut TreePlace) {
        place.group = Some(self.names.groups.len());
        self.names.groups.push(Group {
            name,
            language: place.language.clone(),
            label: None,
            first: None,
        });
    }

    fn paragraph(&mut self, place: &mut TreePlace) {
        // The first paragraph of an item is that of its label.
        let labelled = self
            .labelled
            .iter()
            .position(|(language, _)| *language == place.language);
        if let Some(labelled) = labelled {
            place.group = Some(self.labelled.remove(labelled).1);
            return;
        }
        let of = self.counters.entry(place.language.clone()).or_default();
        let is_front = self.has_title && of.titles == 0;
        let (count, name) = if is_front {
            (&mut of.front, "masthead line")
        } else {
            (&mut of.paragraphs, "paragraph")
        };
        *count += 1;
        let name = format!("{name} {count}");
        self.start(Name::of(&name), place);
    }

    fn heading(&mut self, role: &str, place: &mut TreePlace) {
        let of = self.counters.entry(place.language.clone()).or_default();
        let name = if of.titles == 0 && matches!(role, "H1" | "Title") {
            of.titles += 1;
            "title".to_owned()
        } else {
            of.headings += 1;
            format!("heading {}", of.headings)
        };
        self.start(Name::of(&name), place);
    }

    /// The first row of a table is its head, where it has one.
    fn cell(&mut self, place: &mut TreePlace) {
        self.column += 1;
        let (table, row, column) = (self.table, self.row, self.column);
        let row = match row {
            0 | usize::MAX => format!("table {table} head"),
            row => format!("table {table} row {row}"),
        };
        self.start(Name::Cell { row, column }, place);
        place.is_closed = true;
    }

    /// A note is called by the number that it has; where every page counts anew, by its place.
    fn note(&mut self, element: &Element, place: &mut TreePlace) {
        let of = self.counters.entry(place.language.clone()).or_default();
        of.notes += 1;
        let place_of = of.notes;
        let mut label = None;
        element.walk(&mut |inner| {
            if inner.role == "Lbl" && label.is_none() {
                label = Some(self.structure.text(self.document, inner, &[]));
            }
        });
        let own = label.and_then(|label| number(label.trim_matches(['.', '-', ' '])));
        let taken = |number: &usize| self.taken.contains(&(*number, place.language.clone()));
        let free = own.into_iter().chain(place_of..).find(|number| !taken(number));
        let number = free.unwrap_or(place_of);
        self.taken.insert((number, place.language.clone()));
        self.start(Name::Note(number), place);
        place.is_closed = true;
    }
}

/// Whether an element holds one of these roles itself.
fn holds(element: &Element, roles: &[&str]) -> bool {
    element
        .kids
        .iter()
        .any(|kid| matches!(kid, Kid::Element(inner) if roles.contains(&inner.role.as_str())))
}

/// Whether a table says that it has rows and no head: some tell neither, and have one.
fn is_headless(table: &Element) -> bool {
    let mut has_head = false;
    table.walk(&mut |inner| has_head |= inner.role == "TH");
    holds(table, &["TBody"]) && !holds(table, &["THead"]) && !has_head
}

/// The code of a language tag (BCP 47): `ar` of `ar-SA`.
fn code(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_lowercase()
}

fn has_title(kids: &[Kid]) -> bool {
    kids.iter().any(|kid| match kid {
        Kid::Element(element) => matches!(element.role.as_str(), "H1" | "Title") || has_title(&element.kids),
        _ => false,
    })
}

/// The language of a paragraph that all that is in it has, where the paragraph itself tells none.
fn language_inside(element: &Element) -> Option<&String> {
    let is_paragraph = matches!(
        element.role.as_str(),
        "P" | "LI" | "LBody" | "H" | "H1" | "H2" | "H3" | "Note" | "FENote"
    );
    let mut languages = element.kids.iter().map(|kid| match kid {
        Kid::Element(inner) => inner.language.as_ref().or_else(|| language_inside(inner)),
        _ => None,
    });
    let first = languages.next().flatten().filter(|_| is_paragraph)?;
    languages.all(|other| other == Some(first)).then_some(first)
}
