//! A picture as a template gets it.

use std::sync::Arc;

use typst::foundations::{Bytes, Dict, Value};

use crate::model::{Picture, PictureFormat};

/// A picture with its format.
pub(super) fn picture(picture: &Picture) -> Dict {
    let format = match picture.format {
        PictureFormat::Png => "png",
        PictureFormat::Svg => "svg",
    };
    let mut data = Dict::new();
    data.insert(
        "picture".into(),
        Value::Bytes(Bytes::new(Shared(Arc::clone(&picture.bytes)))),
    );
    data.insert("format".into(), Value::Str(format.into()));
    data
}

/// The bytes of a picture, which the work holds.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
