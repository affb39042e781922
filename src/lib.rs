//! qarar turns one structured source of an official document into print-ready editions in its languages.
//!
//! The way of the data is the order of the modules: [`source`] → [`model`] → [`typeset`] → [`line`] → [`page`] →
//! [`export`]. [`open()`] goes the first part of it, [`edition`] the rest. See `docs/architecture.md`.

mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod edition;
pub mod export;
pub mod fonts;
pub mod kind;
pub mod locale;
pub mod model;
mod open;
pub mod page;
pub mod source;
pub mod typeset;
pub mod verify;

pub use open::{Opened, Sources, open, open_with_languages};
pub use qarar_bounds::{apart, bounded, limits};
pub use qarar_ink as ink;
pub use qarar_layout as layout;
pub use qarar_layout::assert_layout;
pub use qarar_line as line;
pub use qarar_pdf as reader;
pub use qarar_text as text;
