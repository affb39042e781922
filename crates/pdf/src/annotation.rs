//! Links: where they stand and where they lead (ISO 32000-1 12.3.2, 12.5.6.5, 12.6.4).

use hayro_syntax::Pdf;
use hayro_syntax::object::{self, Array, Dict, MaybeRef, Name, Number, Object};
use hayro_syntax::page::Page as PdfPage;
use kurbo::{Point, Rect};
use rustc_hash::{FxHashMap, FxHashSet};

use super::ReadError;
use super::limits::{Meter, Resource, Spent};
use super::object::{PageNumbers, catalog, text, text_of, to_seen};

/// A link of a page.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// Where it stands on the page as it is seen.
    pub rect: Rect,
    /// Where it leads.
    pub target: Target,
    /// What describes it.
    pub contents: Option<String>,
    /// The number of its object, by which the structure tree refers to it.
    pub object: Option<u32>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Target {
    /// To a resource outside.
    Uri(String),
    /// To a page of the document.
    Page {
        /// The page, from 0.
        page: usize,
        /// The point that is shown at the top left, on the page as it is seen; `None` where the target names none.
        at: Option<Point>,
    },
    /// To a name that the document does not have, or by an action that is not known here.
    Unknown,
}

/// The named destinations of a file.
pub(super) struct Destinations<'a> {
    pages: &'a PageNumbers,
    named: FxHashMap<Vec<u8>, Object<'a>>,
}

impl<'a> Destinations<'a> {
    ///
    /// # Errors
    /// When there are too many.
    pub(super) fn new(pdf: &'a Pdf, pages: &'a PageNumbers, spent: &Spent) -> Result<Self, ReadError> {
        let catalog = catalog(pdf);
        let mut names = Names {
            named: FxHashMap::default(),
            seen: FxHashSet::default(),
            spent,
        };
        if let Some(old) = catalog.get::<Dict<'_>>("Dests") {
            for name in old.keys() {
                if let Some(target) = old.get::<Object<'_>>(&name) {
                    names.insert(&name, target)?;
                }
            }
        }
        if let Some(tree) = catalog
            .get::<Dict<'_>>("Names")
            .and_then(|names| names.get::<Dict<'_>>("Dests"))
        {
            names.collect(&tree, 0)?;
        }
        Ok(Self {
            pages,
            named: names.named,
        })
    }

    fn target(&self, object: &Object<'_>, depth: usize) -> Target {
        if depth > 4 {
            return Target::Unknown;
        }
        let name: &[u8] = match object {
            Object::Array(array) => return self.explicit(array).unwrap_or(Target::Unknown),
            Object::Dict(dict) => {
                return dict
                    .get::<Object<'_>>("D")
                    .map_or(Target::Unknown, |inner| self.target(&inner, depth + 1));
            }
            Object::Name(name) => name,
            Object::String(string) => string,
            _ => return Target::Unknown,
        };
        self.named
            .get(name)
            .map_or(Target::Unknown, |inner| self.target(inner, depth + 1))
    }

    /// `[page /XYZ left top zoom]` and its kin.
    fn explicit(&self, array: &Array<'_>) -> Option<Target> {
        let mut items = array.raw_iter();
        let page = match items.next()? {
            MaybeRef::Ref(page) => self.pages.number(page.into())?,
            MaybeRef::NotRef(Object::Number(number)) => self.pages.known(usize::try_from(number.as_i64()).ok()?)?,
            MaybeRef::NotRef(_) => return None,
        };
        let kind = match items.next() {
            Some(MaybeRef::NotRef(Object::Name(kind))) => kind.to_vec(),
            _ => Vec::new(),
        };
        let mut number = || match items.next() {
            Some(MaybeRef::NotRef(Object::Number(n))) => Some(n.as_f64()),
            _ => None,
        };
        let point = match &kind[..] {
            b"XYZ" => {
                let left = number().unwrap_or(0.0);
                number().map(|top| Point::new(left, top))
            }
            b"FitH" | b"FitBH" => number().map(|top| Point::new(0.0, top)),
            _ => None,
        };
        let at = point.map(|point| self.pages.transform(page) * point);
        Some(Target::Page {
            page,
            at: at.filter(|at| at.is_finite()),
        })
    }
}

/// The names of a name tree while it is walked (ISO 32000-1 7.9.6).
struct Names<'a, 's> {
    named: FxHashMap<Vec<u8>, Object<'a>>,
    /// The nodes that were walked: one that holds itself would be walked without end.
    seen: FxHashSet<usize>,
    spent: &'s Spent,
}

impl<'a> Names<'a, '_> {
    fn insert(&mut self, name: &[u8], target: Object<'a>) -> Result<(), ReadError> {
        self.spent.take(Resource::Names, 1)?;
        self.spent.take(Resource::Letters, name.len())?;
        self.named.insert(name.to_vec(), target);
        Ok(())
    }

    fn collect(&mut self, node: &Dict<'a>, depth: usize) -> Result<(), ReadError> {
        if Resource::NameDepth.limit().of_one.is_some_and(|most| depth >= most) {
            return Err(Resource::NameDepth.exceeded("the named destinations"));
        }
        // The bytes of a dictionary stay where they are while the file is open.
        if !self.seen.insert(node.data().as_ptr() as usize) {
            return Ok(());
        }
        if let Some(pairs) = node.get::<Array<'a>>("Names") {
            let mut pairs = pairs.iter::<Object<'a>>();
            while let (Some(Object::String(name)), Some(target)) = (pairs.next(), pairs.next()) {
                self.insert(&name, target)?;
            }
        }
        let kids = node.get::<Array<'a>>("Kids").unwrap_or_default();
        kids.iter::<Dict<'a>>()
            .try_for_each(|kid| self.collect(&kid, depth + 1))
    }
}

/// The links of a page.
///
/// # Errors
/// When the page or the file holds too much.
pub(super) fn links(
    page: &PdfPage<'_>,
    destinations: &Destinations<'_>,
    meter: &mut Meter<'_>,
) -> Result<Vec<Link>, ReadError> {
    let annotations = page.raw().get::<Array<'_>>("Annots").unwrap_or_default();
    let transform = to_seen(page);
    let mut links = Vec::new();
    for item in annotations.raw_iter() {
        meter.take(Resource::Annotations, 1)?;
        // A dictionary that stands in the list itself has no number of its own.
        let object = item.as_obj_ref().map(|reference| reference.obj_number);
        let item = match item {
            MaybeRef::Ref(reference) => page.xref().get::<Dict<'_>>(reference.into()),
            MaybeRef::NotRef(object) => object.into_dict(),
        };
        let Some(item) = item else { continue };
        if item.get::<Name<'_>>("Subtype").as_deref() != Some(b"Link".as_slice()) {
            continue;
        }
        let corners: Vec<f64> = item
            .get::<Array<'_>>("Rect")
            .map(|rect| rect.iter::<Number>().take(4).map(|n| n.as_f64()).collect())
            .unwrap_or_default();
        let [x0, y0, x1, y1] = corners[..] else { continue };
        let link = Link {
            rect: transform.transform_rect_bbox(Rect::new(x0, y0, x1, y1)),
            target: target(&item, destinations),
            contents: text_of(&item, "Contents"),
            object,
        };
        let address = if let Target::Uri(address) = &link.target {
            address.len()
        } else {
            0
        };
        meter.take(
            Resource::Letters,
            address + link.contents.as_ref().map_or(0, String::len),
        )?;
        links.push(link);
    }
    Ok(links)
}

fn target(annotation: &Dict<'_>, destinations: &Destinations<'_>) -> Target {
    if let Some(destination) = annotation.get::<Object<'_>>("Dest") {
        return destinations.target(&destination, 0);
    }
    let action = annotation.get::<Dict<'_>>("A").unwrap_or_default();
    match action.get::<Name<'_>>("S").as_deref() {
        Some(b"URI") => action
            .get::<object::String<'_>>("URI")
            .map_or(Target::Unknown, |uri| Target::Uri(text(&uri))),
        Some(b"GoTo") => action
            .get::<Object<'_>>("D")
            .map_or(Target::Unknown, |target| destinations.target(&target, 0)),
        _ => Target::Unknown,
    }
}
