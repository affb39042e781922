//! Export: an edition becomes files.

pub mod pdf;
mod picture;

pub use picture::{PictureError, png, svg};
