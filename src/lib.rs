//! qarar turns one structured source of an official document into print-ready editions in its languages.
//!
//! The way of the data is the order of the modules: [`source`] → [`model`] → [`typeset`] → [`line`] → [`page`] →
//! [`export`]. [`open()`] goes the first part of it, [`edition`] the rest. See `docs/architecture.md`.

pub mod apart;
pub mod bounded;
mod check;
pub mod cli;
pub mod diagnostic;
pub mod edition;
pub mod export;
pub mod fonts;
pub mod ink;
pub mod layout;
pub mod limits;
pub mod line;
pub mod locale;
pub mod model;
mod open;
pub mod page;
pub mod reader;
pub mod source;
pub mod text;
pub mod typeset;
pub mod verify;

pub use open::{Opened, Sources, open};
