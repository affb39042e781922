//! The pictures of a document: files beside its texts, PNG or SVG, read whole and looked at before anything is set.
//!
//! An SVG picture is drawn as it stands, so it may hold no more than shapes, gradients and text: nothing that leads to another
//! file or to the network, no program, and nothing that is drawn as pixels.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use roxmltree::{Document, Node, ParsingOptions};
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use crate::bounded::{self, size};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits::{FIGURE_BYTES, FIGURE_BYTES_IN_ALL, FIGURE_NODES, FIGURE_PIXELS, grouped};
use crate::model::{Block, Expression, Picture, PictureFormat};
use crate::text::SourceFile;

/// The pixels of an inch in files that do not tell how many they have, as CSS has it.
const PIXELS_AN_INCH: f64 = 96.0;
/// Points of an inch.
const POINTS_AN_INCH: f64 = 72.0;

/// What a picture is refused for, and what to do.
pub(super) type Refusal = (String, &'static str);

/// Reads pictures; each file once.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    read: BTreeMap<String, Result<Picture, Refusal>>,
    bytes: usize,
}

impl Pictures {
    /// Reads the pictures of a text. Faults go to `diagnostics`.
    pub(super) fn of(&mut self, text: &mut Expression, file: &Arc<SourceFile>, diagnostics: &mut Diagnostics) {
        let folder = file.path().parent().unwrap_or(Path::new("."));
        for block in &mut text.blocks {
            let Block::Figure(figure) = block else { continue };
            let name = figure.file.clone();
            if !self.read.contains_key(&name) {
                let picture = self.picture(folder, &name, "the texts");
                self.read.insert(name.clone(), picture);
            }
            match &self.read[&name] {
                Ok(picture) => figure.picture = picture.clone(),
                Err((message, hint)) => {
                    let fault = Diagnostic::error(message.clone()).rule("picture");
                    diagnostics.push(fault.at(file, figure.named.clone()).hint(*hint));
                }
            }
        }
    }

    fn picture(&mut self, folder: &Path, name: &str, beside: &str) -> Result<Picture, Refusal> {
        const BESIDE: &str = "put the file beside the texts and name it as it is called there: `![…](map.svg)`";
        let path = Path::new(name);
        let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() {
            return Err(("a picture without a file".to_owned(), BESIDE));
        }
        if name.contains("://") || name.starts_with("data:") {
            return Err(("the picture is no file of the document".to_owned(), BESIDE));
        }
        if !stays || name.contains('\\') {
            return Err((format!("`{name}` is not in the folder of the document"), BESIDE));
        }
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let format = match ending.to_ascii_lowercase().as_str() {
            "png" => PictureFormat::Png,
            "svg" => PictureFormat::Svg,
            _ => {
                let message = format!("`{name}` is neither PNG nor SVG by its name");
                return Err((message, "save it as PNG, or as SVG where it is a drawing"));
            }
        };
        let bytes = bounded::read_within(folder, &folder.join(path), FIGURE_BYTES).map_err(|error| {
            let hint = error.hint().unwrap_or(BESIDE);
            if error.is_missing() {
                (format!("there is no file `{name}` beside {beside}"), BESIDE)
            } else {
                (format!("`{name}`: {error}"), hint)
            }
        })?;
        self.bytes += bytes.len();
        if self.bytes > FIGURE_BYTES_IN_ALL {
            let message = format!("the pictures have more than {} in all", size(FIGURE_BYTES_IN_ALL));
            return Err((message, "make them smaller: 300 pixels an inch are enough for print"));
        }
        let bytes = Arc::new(bytes);
        match format {
            PictureFormat::Png => png(name, bytes),
            PictureFormat::Svg => svg(name, bytes),
        }
    }
}

/// Reads the logo of a house from its folder: a picture without text of its own, which would need fonts.
pub(super) fn logo(folder: &Path, name: &str) -> Result<Picture, Refusal> {
    const HINT: &str = "put a PNG or SVG file beside `house.toml`: `file = \"logo.svg\"`";
    let picture = Pictures::default().picture(folder, name, "`house.toml`");
    let picture = picture.map_err(|(message, hint)| {
        let own = message.contains("beside") || message.contains("folder") || message.contains("document");
        (
            message.replace("the folder of the document", "the folder of `house.toml`"),
            if own { HINT } else { hint },
        )
    })?;
    if picture.has_plain_text || !picture.families.is_empty() {
        return Err((format!("`{name}` has text"), "turn its letters into outlines"));
    }
    Ok(picture)
}

fn png(name: &str, bytes: Arc<Vec<u8>>) -> Result<Picture, Refusal> {
    const AGAIN: &str = "save it again as PNG";
    let broken = |what: &str| (format!("`{name}` is broken: {what}"), AGAIN);
    // The signature, then the chunk `IHDR` with width and height (PNG, third edition, 5.2 and 11.2.1).
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Err((format!("`{name}` is no PNG file"), AGAIN));
    }
    let side = |at: usize| {
        let side = bytes.get(at..at + 4)?;
        Some(u32::from_be_bytes([side[0], side[1], side[2], side[3]]) as usize)
    };
    let (Some(width), Some(height)) = (side(16), side(20)) else {
        return Err(broken("it ends in its head"));
    };
    if width.saturating_mul(height) > FIGURE_PIXELS {
        let message = format!(
            "`{name}` has {} pixels, {} are the most",
            grouped(width.saturating_mul(height)),
            grouped(FIGURE_PIXELS)
        );
        return Err((message, "make it smaller: 300 pixels an inch are enough for print"));
    }
    let data = Bytes::new(Shared(Arc::clone(&bytes)));
    let image = RasterImage::plain(data, ExchangeFormat::Png).map_err(|error| broken(&error))?;
    let inch = image.dpi().filter(|dpi| *dpi >= 1.0).unwrap_or(PIXELS_AN_INCH);
    let points = |pixels: u32| f64::from(pixels) * POINTS_AN_INCH / inch;
    Ok(Picture {
        format: PictureFormat::Png,
        bytes,
        size: (points(image.width()), points(image.height())),
        ..Picture::default()
    })
}

/// Bytes that are shared with whoever draws them.
#[derive(Debug)]
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// What an SVG picture may hold: shapes and text, what groups and paints them, and what is not drawn.
const ELEMENTS: [&str; 22] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "metadata",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
];
/// The namespace of SVG; elements of others, in which drawing programs keep notes, are not drawn.
const SVG: &str = "http://www.w3.org/2000/svg";

fn svg(name: &str, bytes: Arc<Vec<u8>>) -> Result<Picture, Refusal> {
    const PLAIN: &str = "export it as plain SVG: shapes, gradients and text, with no more in it";
    let refused = |what: String| (format!("`{name}` {what}"), PLAIN);
    let text = std::str::from_utf8(&bytes).map_err(|_| refused("is not UTF-8".to_owned()))?;
    let options = ParsingOptions {
        nodes_limit: FIGURE_NODES as u32,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| refused(format!("is broken, or not plain SVG: {error}")))?;
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Err(refused("is no SVG file".to_owned()));
    }
    let mut families = Vec::new();
    let mut has_plain_text = false;
    let elements = document.descendants().filter(Node::is_element);
    for node in elements.filter(|node| node.tag_name().namespace() == Some(SVG)) {
        let element = node.tag_name().name();
        if !ELEMENTS.contains(&element) {
            return Err(refused(format!("holds `{element}`, which is not drawn in print")));
        }
        let leads = |attribute: &roxmltree::Attribute<'_, '_>| {
            attribute.name() == "href" && !attribute.value().starts_with('#')
        };
        if let Some(href) = node.attributes().find(leads) {
            return Err(refused(format!("leads to `{}`, which is outside of it", href.value())));
        }
        families.extend(families_of(&node));
        let has_words = |node: &Node<'_, '_>| node.text().is_some_and(|text| !text.trim().is_empty());
        if matches!(element, "text" | "tspan") && has_words(&node) {
            has_plain_text |= !node.ancestors().any(|node| families_of(&node).next().is_some());
        }
    }
    let in_style = |node: &Node<'_, '_>| {
        node.has_tag_name((SVG, "style")) && node.text().is_some_and(|text| text.contains("font"))
    };
    has_plain_text &= !document.descendants().any(|node| in_style(&node));
    if copies(&document) > FIGURE_NODES {
        return Err(refused(
            "uses parts of itself too often, or inside of one another".to_owned(),
        ));
    }
    let data = Bytes::new(Shared(Arc::clone(&bytes)));
    let image = SvgImage::new(data).map_err(|_| refused("is broken".to_owned()))?;
    let points = |pixels: f64| pixels * POINTS_AN_INCH / PIXELS_AN_INCH;
    families.sort();
    families.dedup();
    Ok(Picture {
        format: PictureFormat::Svg,
        bytes,
        size: (points(image.width()), points(image.height())),
        families,
        has_plain_text,
    })
}

/// The font families that an element names: the first of each list, which is the one that is meant.
fn families_of(node: &Node<'_, '_>) -> impl Iterator<Item = String> + use<> {
    let own = node.attribute("font-family").map(str::to_owned);
    let sheet = match node.tag_name().name() {
        "style" => node.text(),
        _ => node.attribute("style"),
    };
    let declared: Vec<String> = sheet
        .unwrap_or_default()
        .split("font-family")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix(':'))
        .map(|value| value.split([';', '}']).next().unwrap_or_default().to_owned())
        .collect();
    let first = |list: String| {
        let first = list.split(',').next().unwrap_or_default();
        first.trim().trim_matches(['"', '\'']).to_owned()
    };
    own.into_iter().chain(declared).map(first)
}

/// How many elements stand in the places where parts of a picture are used; more than any picture has where one that is used
/// uses others.
fn copies(document: &Document<'_>) -> usize {
    let named: BTreeMap<&str, Node<'_, '_>> = document
        .descendants()
        .filter_map(|node| Some((node.attribute("id")?, node)))
        .collect();
    let is_use = |node: &Node<'_, '_>| node.has_tag_name((SVG, "use"));
    let mut copies = 0_usize;
    for node in document.descendants().filter(is_use) {
        let href = node.attributes().find(|attribute| attribute.name() == "href");
        let Some(target) = href.and_then(|href| named.get(href.value().trim_start_matches('#'))) else {
            continue;
        };
        if target.descendants().any(|node| is_use(&node)) {
            return usize::MAX;
        }
        copies = copies.saturating_add(target.descendants().count());
        if copies > FIGURE_NODES {
            break;
        }
    }
    copies
}
