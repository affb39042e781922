//! Typesetting: a checked work and a template become rows of finished lines, not yet on pages.

mod advice;
mod again;
mod beside;
mod compose;
mod data;
mod forced;
mod house;
mod isolate;
mod manuscript;
mod outline;
mod overlay;
mod picture;
mod sane;
mod sheet;
mod syntax;
mod template;
mod ties;
mod widest;
mod world;

pub use crate::line::{Passage, Passages, Place, Purpose};
pub use again::reset;
pub use compose::{Composed, compose, furniture};
pub use forced::{Forced, official_layout};
pub use manuscript::{CellPlace, Cuts, Manuscript, Part, Slot};
pub use overlay::{NUMBER_WIDTH, line_numbers, watermarks};
pub use sheet::{Body, Cells, Column, NoteArea, Row, RowRole, Setting, Sheet};
pub use template::{Stage, TemplateError};
pub use world::{Template, TemplateWorld};
