//! What is to be known of a text before its differences are read.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// How the text of a PDF comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Damaged {
    /// So many words have letters that the file does not tell.
    Lost(usize),
    /// So many words are parted or run together.
    Parted(usize),
}

/// What is to be known of a side before its differences are read: its text comes back damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// The name of its document, where that is known.
    pub document: Option<String>,
    /// Whether it is the reference.
    pub is_reference: bool,
    /// How many words it has.
    pub words: usize,
    /// How they come back.
    pub damaged: Damaged,
}

impl Serialize for Remark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut remark = serializer.serialize_struct("Remark", 5)?;
        remark.serialize_field("message", &self.to_string())?;
        remark.serialize_field("document", &self.document)?;
        remark.serialize_field("is-reference", &self.is_reference)?;
        remark.serialize_field("words", &self.words)?;
        remark.serialize_field("damaged", &self.damaged)?;
        remark.end()
    }
}
