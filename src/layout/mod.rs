//! Layouts: what stands where in a finished edition, as data. A snapshot of a layout is compared with another one in the
//! words of an editor ("note 5 moved from page 2 to page 3"), so that a layout can be tested like code.

mod align;
mod assert;
mod case;
mod compare;
mod difference;
mod distances;
mod draw;
mod elongations;
mod fonts;
mod furniture;
mod json;
mod junit;
mod labels;
mod line_breaks;
mod look;
mod margins;
mod marks;
mod mend;
mod name;
mod note_lines;
mod note_pages;
mod page_breaks;
mod paragraphs;
mod pdf;
mod pixels;
mod raster;
mod recognize;
mod report;
mod rows;
mod shifts;
mod snapshot;
mod sound;
mod tagged;
mod take;
mod telling;
mod text;
mod unreadable;
mod wording;

pub use compare::{Options, compare};
pub use difference::{Comparison, Finding, Kind, Level, Spot};
pub use draw::{Drawn, draw_apart, serve_drawing};

pub use assert::{ACCEPT, assert_same};
pub use json::{LayoutError, SCHEMA, VERSION, read, write};
pub use junit::junit;
pub use pdf::read_pdf;
pub use pixels::{Raster, RasterError, compare_pixels};
pub use raster::{DrawError, PageFault, pdf_pictures};
pub use report::{Shown, html, shown_pages};
pub use snapshot::{Column, Font, Joint, Layout, Line, Mark, Page};
pub use take::snapshot;
