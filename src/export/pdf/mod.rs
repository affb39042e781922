//! PDF/A and PDF/UA by krilla.
//!
//! The order of what is drawn on a page and the order of the structure tree are two things here: a line is drawn from
//! left to right, since that is what readers of content streams put right, while the tree holds every line in the order
//! of the text, with the text itself (see `docs/text.md`).

mod amend;
mod draw;
mod links;
mod metadata;
mod outline;
mod parts;
mod refusal;
mod structure;
mod table;
mod xmp;

use std::fmt;
use std::str::FromStr;

use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder, PdfVersion};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

use crate::edition::Edition;

/// A PDF that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The edition breaks a rule of the standard that was asked for.
    #[error("{}", .reasons.iter().map(|reason| format!("the PDF does not conform to {standards}: {reason}")).collect::<Vec<_>>().join("\n"))]
    Conformance {
        /// The standards that were asked for.
        standards: Standards,
        /// The rules that are broken, each with a line of help after it.
        reasons: Vec<String>,
    },
    /// Something in a template that this export has no way to write.
    #[error("{0} in a template cannot be written to PDF")]
    Unsupported(&'static str),
    /// A font that krilla cannot embed.
    #[error("the font `{0}` cannot be embedded")]
    Font(String),
    /// A picture that cannot be read.
    #[error("a picture of the template cannot be embedded: {0}")]
    Picture(String),
}

/// The standards that a PDF keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standards {
    archival: Option<Archival>,
    accessible: bool,
}

impl Default for Standards {
    fn default() -> Self {
        Self {
            archival: Some(Archival::A2_A),
            accessible: true,
        }
    }
}

/// The archival standards by the names of the command line.
const ARCHIVAL: [(&str, Archival); 6] = [
    ("a-2a", Archival::A2_A),
    ("a-2b", Archival::A2_B),
    ("a-2u", Archival::A2_U),
    ("a-3a", Archival::A3_A),
    ("a-3b", Archival::A3_B),
    ("a-3u", Archival::A3_U),
];

impl FromStr for Standards {
    type Err = String;

    /// Reads a list as `a-2a,ua-1`, or `none`.
    fn from_str(list: &str) -> Result<Self, String> {
        let mut standards = Self {
            archival: None,
            accessible: false,
        };
        if list == "none" {
            return Ok(standards);
        }
        for name in list.split(',').map(str::trim) {
            match ARCHIVAL.iter().find(|(known, _)| *known == name) {
                Some(_) if standards.archival.is_some() => {
                    return Err(format!("`{name}`: a file keeps one PDF/A standard at a time"));
                }
                Some((_, archival)) => standards.archival = Some(*archival),
                None if name == "ua-1" => standards.accessible = true,
                None => {
                    let known: Vec<&str> = ARCHIVAL.iter().map(|(known, _)| *known).collect();
                    return Err(format!(
                        "unknown standard `{name}`: expected ua-1, none, {}",
                        known.join(", ")
                    ));
                }
            }
        }
        Ok(standards)
    }
}

impl fmt::Display for Standards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let archival = ARCHIVAL.iter().find(|(_, archival)| Some(*archival) == self.archival);
        let mut names: Vec<&str> = archival.map(|(name, _)| *name).into_iter().collect();
        if self.accessible {
            names.push("ua-1");
        }
        f.write_str(if names.is_empty() { "none" } else { "" })?;
        f.write_str(&names.join(","))
    }
}

impl Standards {
    fn configuration(self) -> Option<Configuration> {
        let mut builder = ConfigurationBuilder::new().with_version(PdfVersion::Pdf17);
        if let Some(archival) = self.archival {
            builder = builder.with_archival_validator(archival);
        }
        if self.accessible {
            builder = builder.with_accessibility_validator(Accessibility::UA1);
        }
        builder.finish().ok()
    }
}

/// Writes an edition as PDF.
///
/// # Errors
/// When the edition breaks a rule of the standards, or holds what cannot be written.
pub fn pdf(edition: &Edition, standards: Standards) -> Result<Vec<u8>, PdfError> {
    let conformance = |reasons: Vec<String>| PdfError::Conformance { standards, reasons };
    let configuration = standards
        .configuration()
        .ok_or_else(|| conformance(vec!["the standards exclude each other".to_owned()]))?;
    let settings = SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let mut pen = draw::Pen::default();
    let mut tree = structure::Structure::new(edition);
    for (index, content) in edition.pages.iter().enumerate() {
        let sheet = edition.sheet();
        let size = PageSettings::from_wh(sheet.width.to_pt() as f32, sheet.height.to_pt() as f32)
            .ok_or(PdfError::Unsupported("a page of no size"))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        pen.page(&mut surface, edition, (index, content), &mut tree)?;
        surface.finish();
        tree.link(&mut page, index);
        page.finish();
    }
    document.set_metadata(metadata::metadata(edition));
    document.set_outline(outline::outline(edition));
    document.set_tag_tree(tree.finish());
    let bytes = document
        .finish()
        .map_err(|error| conformance(refusal::reasons(&error, |font| pen.family(font))))?;
    Ok(amend::amended(bytes, edition))
}
