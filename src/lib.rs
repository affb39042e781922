//! qarar turns one structured source of an official document into print-ready editions in its languages.
//!
//! The way of the data is the order of the modules: [`model`] → [`typeset`] → [`line`] → [`page`] → [`export`]. See
//! `docs/architecture.md`.

pub mod edition;
pub mod export;
pub mod line;
pub mod locale;
pub mod model;
pub mod page;
pub mod typeset;
