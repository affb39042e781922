#![doc = include_str!("../README.md")]

mod align;
mod assert;
mod by_letters;
mod by_look;
mod compare;
mod draw;
mod groups;
mod json;
mod junit;
mod labels;
mod name;
mod note_lines;
mod pdf;
mod pixels;
mod plausible;
mod raster;
mod recognize;
mod report;
mod snapshot;
mod spelling;
mod tagged;
mod text;
mod tree;
mod word_gaps;

pub use compare::{
    Beside, Break, Change, ColumnMove, Comparison, Damaged, Edges, Elongation, Face, Finding, FontFile, Group, Kind,
    Letters, Level, LineEnd, MarkFate, Notes, Options, PageEnd, PictureDifference, Presence, Remark, Spaced, Spot,
    Subject, Where, compare,
};
pub use draw::{Drawn, draw_apart, serve_drawing};

pub use assert::{ACCEPT, assert_same};
pub use json::{LayoutError, SCHEMA, VERSION, read, write};
pub use junit::junit;
pub use name::Name;
pub use pdf::read_pdf;
pub use pixels::{Raster, RasterError, compare_pixels};
pub use raster::{DrawError, PageFault, pdf_pictures};
pub use report::{Shown, html, shown_pages};
pub use snapshot::{Column, Font, Joint, Layout, Line, Mark, Page, rounded};
