//! Export: an edition becomes files.

mod inspected;
pub mod pdf;
mod picture;

pub use inspected::png_inspected;
pub use picture::{PictureError, png, svg};
