//! Text as every stage takes it: what kind of character one is, in which order a line is read, where in a file a piece stands.

pub(crate) mod bidi;
mod character;
mod digit;
mod file;

pub use bidi::levels;
pub(crate) use character::describe;
pub use character::{TATWEEL, is_bidi_control, is_invisible, is_presentation_form, is_private, is_steering, letters};
pub(crate) use digit::{digit, zero_of};
pub use file::{Position, SourceFile};
