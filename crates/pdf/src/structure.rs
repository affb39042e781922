//! The structure tree of a tagged PDF (ISO 32000-1 14.7), and the walk that reads a document by it (14.8, 14.9.4).

use hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier};
use hayro_syntax::xref::XRef;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::limits::{Resource, Spent};
use super::object::{PageNumbers, count_of, name_of, text_of};
use super::{Document, Page, ReadError};

/// A structure tree.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Structure {
    /// What stands at the root.
    pub kids: Vec<Kid>,
    /// The glyphs of each content item, by page, and by form and identifier.
    content: Vec<PageItems>,
}

/// The glyphs of the content items of a page, by form and identifier.
type PageItems = FxHashMap<(Option<u32>, u32), Vec<usize>>;

/// Marked content that the structure tree refers to: the page from 0, the number of the form XObject that holds it (`None`
/// for the page itself), and its identifier.
pub type ContentItem = (usize, Option<u32>, u32);

/// An element of the structure.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Element {
    /// Its type as the file names it.
    pub kind: String,
    /// Its standard type: its type by the role map of the file.
    pub role: String,
    /// Its name, unique in the file.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// What to read in its place.
    pub actual_text: Option<String>,
    /// What describes it.
    pub alt: Option<String>,
    /// What it stands for in full, when it is an abbreviation.
    pub expansion: Option<String>,
    /// The direction of its lines (`WritingMode`, 14.8.5.4.2), as `RlTb`, where its own attributes tell it.
    pub writing_mode: Option<String>,
    /// What it holds, in reading order.
    pub kids: Vec<Kid>,
}

/// What an element holds.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every kid is an element: a box would be one more allocation each"
)]
#[derive(Debug, Clone)]
pub enum Kid {
    /// An element.
    Element(Element),
    /// Marked content of a page.
    Content {
        /// The page, from 0.
        page: usize,
        /// The number of the form XObject that holds it; `None` for the page itself.
        form: Option<u32>,
        /// Its identifier.
        mcid: u32,
    },
    /// A link of a page: its place in [`Page::links`].
    Link {
        /// The page, from 0.
        page: usize,
        /// The link.
        link: usize,
    },
    /// Another object.
    Other,
}

/// Whether the file says that it is tagged, and its language.
pub(super) fn claims(catalog: &Dict<'_>) -> (bool, Option<String>) {
    let tagged = catalog
        .get::<Dict<'_>>("MarkInfo")
        .and_then(|info| info.get::<bool>("Marked"));
    (
        tagged == Some(true),
        text_of(catalog, "Lang").filter(|language| !language.is_empty()),
    )
}

/// Reads the structure tree.
///
/// # Errors
/// When it holds too much.
pub(super) fn structure(
    xref: &XRef,
    catalog: &Dict<'_>,
    numbers: &PageNumbers,
    pages: &[Page],
    spent: &Spent,
) -> Result<Option<Structure>, ReadError> {
    let Some(root) = catalog.get::<Dict<'_>>("StructTreeRoot") else {
        return Ok(None);
    };
    let roles = root.get::<Dict<'_>>("RoleMap").unwrap_or_default();
    let mut links = FxHashMap::default();
    for (page, content) in pages.iter().enumerate() {
        for (link, annotation) in content.links.iter().enumerate() {
            if let Some(object) = annotation.object {
                links.insert(object, (page, link));
            }
        }
    }
    let mut reader = TreeReader {
        xref,
        numbers,
        roles,
        links,
        seen: FxHashSet::default(),
        spent,
    };
    let mut kids = Vec::new();
    reader.kids(&root, None, 0, &mut kids)?;
    Ok(Some(Structure {
        kids,
        content: pages.par_iter().map(content_items).collect(),
    }))
}

/// The glyphs of every content item of a page, in the order in which they are drawn.
fn content_items(page: &Page) -> PageItems {
    let mut items = PageItems::default();
    let mut at = 0;
    for stretch in page.glyphs.chunk_by(|a, b| a.marked == b.marked) {
        if let Some(item) = page.item_of(stretch[0].marked) {
            items.entry(item).or_default().extend(at..at + stretch.len());
        }
        at += stretch.len();
    }
    items
}

struct TreeReader<'a> {
    xref: &'a XRef,
    numbers: &'a PageNumbers,
    roles: Dict<'a>,
    links: FxHashMap<u32, (usize, usize)>,
    seen: FxHashSet<ObjectIdentifier>,
    spent: &'a Spent,
}

impl<'a> TreeReader<'a> {
    /// The kids of an element or of the root; `page` is what `Pg` of the elements around says.
    fn kids(
        &mut self,
        dict: &Dict<'a>,
        page: Option<usize>,
        depth: usize,
        out: &mut Vec<Kid>,
    ) -> Result<(), ReadError> {
        match dict.get::<Object<'a>>("K") {
            Some(Object::Array(array)) => {
                for kid in array.raw_iter() {
                    self.kid(kid, page, depth, out)?;
                }
            }
            Some(_) => {
                if let Some(kid) = dict.get_raw::<Object<'a>>("K") {
                    self.kid(kid, page, depth, out)?;
                }
            }
            None => {}
        }
        Ok(())
    }

    fn kid(
        &mut self,
        kid: MaybeRef<Object<'a>>,
        page: Option<usize>,
        depth: usize,
        out: &mut Vec<Kid>,
    ) -> Result<(), ReadError> {
        self.spent.take(Resource::Elements, 1)?;
        let (id, object) = match kid {
            MaybeRef::Ref(reference) => {
                let id = ObjectIdentifier::from(reference);
                let Some(object) = self.xref.get::<Object<'a>>(id) else {
                    return Ok(());
                };
                (Some(id), object)
            }
            MaybeRef::NotRef(object) => (None, object),
        };
        match object {
            Object::Number(mcid) => {
                if let (Some(page), Ok(mcid)) = (page, u32::try_from(mcid.as_i64())) {
                    out.push(Kid::Content { page, form: None, mcid });
                }
            }
            Object::Dict(dict) => match dict.get::<Name<'_>>("Type").as_deref() {
                Some(b"MCR") => {
                    let page = self.page(&dict).or(page);
                    let form = dict.get_ref("Stm").map(|stream| stream.obj_number);
                    if let (Some(page), Some(mcid)) = (page, count_of(&dict, "MCID")) {
                        out.push(Kid::Content { page, form, mcid });
                    }
                }
                Some(b"OBJR") => {
                    let link = dict
                        .get_ref("Obj")
                        .and_then(|object| self.links.get(&object.obj_number));
                    out.push(link.map_or(Kid::Other, |(page, link)| Kid::Link {
                        page: *page,
                        link: *link,
                    }));
                }
                // An element that holds itself, or one that two hold, is taken once.
                _ if id.is_some_and(|id| !self.seen.insert(id)) => {}
                _ => out.extend(self.element(&dict, page, depth)?.map(Kid::Element)),
            },
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, dict: &Dict<'a>, page: Option<usize>, depth: usize) -> Result<Option<Element>, ReadError> {
        if Resource::ElementDepth.limit().of_one.is_some_and(|most| depth >= most) {
            return Err(Resource::ElementDepth.exceeded("the structure tree"));
        }
        let Some(kind) = name_of(dict, "S") else {
            return Ok(None);
        };
        let mut element = Element {
            role: self.role(&kind),
            kind,
            id: dict
                .get::<hayro_syntax::object::String<'_>>("ID")
                .map(|id| String::from_utf8_lossy(&id).into_owned()),
            title: text_of(dict, "T"),
            language: text_of(dict, "Lang"),
            actual_text: text_of(dict, "ActualText"),
            alt: text_of(dict, "Alt"),
            expansion: text_of(dict, "E"),
            writing_mode: writing_mode(dict),
            kids: Vec::new(),
        };
        let texts = [
            &element.id,
            &element.title,
            &element.language,
            &element.actual_text,
            &element.alt,
            &element.expansion,
        ];
        let letters: usize = texts.into_iter().flatten().map(String::len).sum();
        self.spent.take(
            Resource::ElementLetters,
            letters + element.kind.len() + element.role.len(),
        )?;
        let page = self.page(dict).or(page);
        self.kids(dict, page, depth + 1, &mut element.kids)?;
        Ok(Some(element))
    }

    fn page(&self, dict: &Dict<'_>) -> Option<usize> {
        self.numbers.number(dict.get_ref("Pg")?.into())
    }

    /// The standard type: the role map may name a type that it maps again (14.7.3).
    fn role(&self, kind: &str) -> String {
        let mut role = kind.to_owned();
        for _ in 0..16 {
            match name_of(&self.roles, &role) {
                Some(next) if next != role => role = next,
                _ => break,
            }
        }
        role
    }
}

/// What the attributes of an element say of the direction of its lines: one dictionary, or several with their revisions.
fn writing_mode(dict: &Dict<'_>) -> Option<String> {
    let of = |attributes: &Dict<'_>| name_of(attributes, "WritingMode");
    match dict.get::<Object<'_>>("A")? {
        Object::Dict(attributes) => of(&attributes),
        Object::Array(all) => all.iter::<Object<'_>>().find_map(|object| match object {
            Object::Dict(attributes) => of(&attributes),
            _ => None,
        }),
        _ => None,
    }
}

impl Element {
    /// The elements inside, from the outside in and in reading order, this one first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        for kid in &self.kids {
            if let Kid::Element(element) = kid {
                element.walk(visit);
            }
        }
    }
}

impl Structure {
    /// The glyphs of marked content in [`Page::glyphs`], in the order in which they are drawn.
    pub fn glyphs(&self, page: usize, form: Option<u32>, mcid: u32) -> &[usize] {
        let of_page = self.content.get(page);
        of_page
            .and_then(|items| items.get(&(form, mcid)))
            .map_or(&[], Vec::as_slice)
    }

    /// The text of marked content by the rules of tagged PDF, in the order in which it is drawn.
    pub fn content_text(&self, document: &Document, (page, form, mcid): ContentItem) -> String {
        let mut text = String::new();
        if let Some(content) = document.pages.get(page) {
            content.read(self.glyphs(page, form, mcid), &mut text);
        }
        text
    }

    /// The text of an element as a reader by the standard gets it: replacement text where there is one, else the text of
    /// what it holds.
    ///
    /// Elements whose role is in `without` are left out: the notes inside a paragraph, say.
    pub fn text(&self, document: &Document, element: &Element, without: &[&str]) -> String {
        let mut text = String::new();
        self.read(document, element, without, &mut text);
        text
    }

    fn read(&self, document: &Document, element: &Element, without: &[&str], out: &mut String) {
        if let Some(text) = &element.actual_text {
            out.push_str(text);
            return;
        }
        for kid in &element.kids {
            match kid {
                Kid::Element(inner) if !without.contains(&inner.role.as_str()) => {
                    self.read(document, inner, without, out);
                }
                Kid::Content { page, form, mcid } => {
                    out.push_str(&self.content_text(document, (*page, *form, *mcid)));
                }
                Kid::Element(_) | Kid::Link { .. } | Kid::Other => {}
            }
        }
    }
}

impl Page {
    /// Appends the text of glyphs in the order in which they are drawn, by the rules of tagged PDF: replacement text
    /// stands for the glyphs of its sequence (14.9.4), and the characters of a string in `ReversedChars` are turned round
    /// (14.8.2.3.3).
    fn read(&self, glyphs: &[usize], out: &mut String) {
        let mut replaced = None;
        let mut at = 0;
        while let Some(&index) = glyphs.get(at) {
            let marked = self.glyphs[index].marked;
            let replacing = std::iter::successors(marked, |m| self.marked[*m].parent)
                .filter(|m| self.marked[*m].actual_text.is_some())
                .last();
            if let Some(sequence) = replacing {
                if replaced != replacing {
                    out.push_str(self.marked[sequence].actual_text.as_deref().unwrap_or_default());
                }
                replaced = replacing;
                at += 1;
                continue;
            }
            replaced = None;
            let string = self.glyphs[index].string;
            let length = glyphs[at..]
                .iter()
                .take_while(|g| self.glyphs[**g].string == string && self.glyphs[**g].marked == marked);
            let length = length.count();
            let shown = &glyphs[at..at + length];
            if self.enclosing(marked).any(|m| m.tag == "ReversedChars") {
                shown.iter().rev().for_each(|g| out.push_str(&self.glyphs[*g].text));
            } else {
                shown.iter().for_each(|g| out.push_str(&self.glyphs[*g].text));
            }
            at += length;
        }
    }
}
