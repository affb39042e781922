//! Where a line stands in a layout.

use serde::Serialize;

/// A line of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Spot {
    /// The number of the page, from 1.
    pub page: usize,
    /// The place of the line on it, from 1.
    pub line: usize,
}
