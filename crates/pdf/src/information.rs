//! What a PDF says of itself: the information dictionary, XMP, and the standards that it claims to keep.

use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use hayro_syntax::object::stream::Stream;
use roxmltree::{Document as Xml, Node};

use super::ReadError;
use super::decode::decoded;
use super::limits::{Resource, Spent};
use super::object::text;

/// XMP larger than this is not looked at.
const LARGEST_XMP: usize = 1 << 22;

/// What a PDF says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Information {
    /// The title of the information dictionary.
    pub title: Option<String>,
    /// The author of the information dictionary.
    pub author: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The keywords.
    pub keywords: Option<String>,
    /// The program that the document was written with.
    pub creator: Option<String>,
    /// The program that made the PDF.
    pub producer: Option<String>,
    /// The titles of the XMP packet, each in a language.
    pub titles: Vec<Title>,
    /// The authors of the XMP packet.
    pub authors: Vec<String>,
    /// The PDF/A that it claims, as `2A`.
    pub archival: Option<String>,
    /// The PDF/UA that it claims, as `1`.
    pub accessible: Option<String>,
}

/// A title in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Title {
    /// The language, as `ar`; `x-default` for any.
    pub language: String,
    /// The title.
    pub text: String,
}

pub(super) fn information(pdf: &Pdf, catalog: &Dict<'_>, spent: &Spent) -> Result<Information, ReadError> {
    let metadata = pdf.metadata();
    let of = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(text);
    let mut information = Information {
        title: of(&metadata.title),
        author: of(&metadata.author),
        subject: of(&metadata.subject),
        keywords: of(&metadata.keywords),
        creator: of(&metadata.creator),
        producer: of(&metadata.producer),
        ..Information::default()
    };
    let packet = match catalog.get::<Stream<'_>>("Metadata") {
        Some(stream) => decoded(&stream, spent, (Resource::Stream, usize::MAX), "the metadata")?,
        None => None,
    };
    let packet = packet.filter(|packet| packet.len() <= LARGEST_XMP);
    if let Some(xml) = packet.as_deref().and_then(|packet| std::str::from_utf8(packet).ok())
        && let Ok(xml) = Xml::parse(xml.trim_start_matches('\u{feff}'))
    {
        read_xmp(&xml, &mut information);
    }
    Ok(information)
}

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PDFA: &str = "http://www.aiim.org/pdfa/ns/id/";
const PDFUA: &str = "http://www.aiim.org/pdfua/ns/id/";

fn read_xmp(xml: &Xml<'_>, information: &mut Information) {
    let items = |name: &str| {
        let list = xml.descendants().find(|node| node.has_tag_name((DC, name)));
        let items = list.into_iter().flat_map(|list| list.descendants());
        items
            .filter(|node| node.tag_name().name() == "li")
            .collect::<Vec<Node<'_, '_>>>()
    };
    let text = |node: &Node<'_, '_>| node.text().unwrap_or_default().to_owned();
    for item in items("title") {
        let language = item
            .attribute(("http://www.w3.org/XML/1998/namespace", "lang"))
            .unwrap_or("x-default");
        information.titles.push(Title {
            language: language.to_owned(),
            text: text(&item),
        });
    }
    information.authors = items("creator").iter().map(text).collect();
    // A property stands as an element or as an attribute of its description.
    let property = |namespace: &str, name: &str| {
        xml.descendants().find_map(|node| {
            let element = node
                .has_tag_name((namespace, name))
                .then(|| node.text().unwrap_or_default().trim().to_owned());
            element.or_else(|| node.attribute((namespace, name)).map(str::to_owned))
        })
    };
    information.archival = property(PDFA, "part").map(|part| part + &property(PDFA, "conformance").unwrap_or_default());
    information.accessible = property(PDFUA, "part");
}
