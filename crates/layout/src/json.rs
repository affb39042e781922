//! A layout as JSON, in the form of `docs/layout.schema.json`: one line of JSON a line of text, so that a difference
//! between two versions of a file reads like one between two pages.

use serde::{Deserialize, Serialize};

use super::plausible;
use super::snapshot::{Column, Font, Layout, Line, Page};

/// The version of the form.
pub const VERSION: u32 = 1;

/// The JSON Schema of the form.
pub const SCHEMA: &str = include_str!("../../../docs/layout.schema.json");

/// A file that is no layout.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// The text is no JSON, or has not the form of a layout.
    #[error("not a layout: {0}")]
    Form(#[from] serde_json::Error),
    /// A figure that no page has.
    #[error("not a layout of pages: `{key}` of {place} is {found}, and can be {range}")]
    Figure {
        /// The page or the line.
        place: String,
        /// The key of the figure.
        key: &'static str,
        /// The figure.
        found: String,
        /// What it can be.
        range: String,
    },
    /// More than is compared.
    #[error("the layout has {found} {what}, {most} are the most that are compared")]
    Many {
        /// What there is too much of.
        what: &'static str,
        /// How many.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// The form is that of a later version.
    #[error("a layout of version {found}; this program reads version {VERSION}")]
    Version {
        /// What the file says.
        found: u32,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "qarar-layout")]
    version: u32,
    document: String,
    edition: String,
    languages: Vec<String>,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    columns: Vec<Column>,
    #[serde(default)]
    fonts: Vec<Font>,
    pages: Vec<FilePage>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePage {
    number: usize,
    #[serde(default)]
    size: Option<(f64, f64)>,
    #[serde(default)]
    image: Option<String>,
    lines: Vec<Line>,
}

/// Reads a layout.
///
/// # Errors
/// When the text has not the form of a layout, or that of a later version, or a figure is none of a page.
pub fn read(text: &str) -> Result<Layout, LayoutError> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "qarar-layout")]
        version: u32,
    }
    // The version first: a later form may have fields that this one does not know.
    let head: Head = serde_json::from_str(text)?;
    if head.version != VERSION {
        return Err(LayoutError::Version { found: head.version });
    }
    let file: File = serde_json::from_str(text)?;
    let page = |page: FilePage| Page {
        number: page.number,
        size: page.size,
        image: page.image,
        lines: page.lines,
    };
    let layout = Layout {
        document: file.document,
        edition: file.edition,
        languages: file.languages,
        partial: file.partial,
        from_pdf: false,
        columns: file.columns,
        fonts: file.fonts,
        pages: file.pages.into_iter().map(page).collect(),
    };
    plausible::check(&layout)?;
    Ok(layout)
}

/// Writes a layout. The same layout gives the same bytes.
pub fn write(layout: &Layout) -> String {
    let mut out = String::from("{\n");
    field(&mut out, "qarar-layout", &VERSION);
    field(&mut out, "document", &layout.document);
    field(&mut out, "edition", &layout.edition);
    field(&mut out, "languages", &layout.languages);
    if layout.partial {
        field(&mut out, "partial", &true);
    }
    list(&mut out, "columns", &layout.columns);
    list(&mut out, "fonts", &layout.fonts);
    out.push_str("\"pages\": [\n");
    for (index, page) in layout.pages.iter().enumerate() {
        out.push_str(&format!("{{\"number\": {}, ", page.number));
        if let Some(size) = &page.size {
            out.push_str(&format!("\"size\": {}, ", json(size)));
        }
        if let Some(image) = &page.image {
            out.push_str(&format!("\"image\": {}, ", json(image)));
        }
        out.push_str("\"lines\": [\n");
        items(&mut out, &page.lines);
        out.push_str("]}");
        out.push_str(if index + 1 < layout.pages.len() { ",\n" } else { "\n" });
    }
    out.push_str("]\n}\n");
    out
}

fn field(out: &mut String, key: &str, value: &impl Serialize) {
    out.push_str(&format!("\"{key}\": {},\n", json(value)));
}

fn list(out: &mut String, key: &str, values: &[impl Serialize]) {
    if !values.is_empty() {
        out.push_str(&format!("\"{key}\": [\n"));
        items(out, values);
        out.push_str("],\n");
    }
}

fn items(out: &mut String, values: &[impl Serialize]) {
    for (index, value) in values.iter().enumerate() {
        out.push_str(&json(value));
        out.push_str(if index + 1 < values.len() { ",\n" } else { "\n" });
    }
}

fn json(value: &impl Serialize) -> String {
    // Strings, finite numbers, lists and structures of them always become JSON.
    serde_json::to_string(value).unwrap_or_default()
}
