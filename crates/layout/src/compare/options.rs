//! How two layouts are compared, and the names of both.

use super::kind::Level;

/// How to compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How closely.
    pub level: Level,
    /// How many points apart two places must be to differ.
    pub tolerance: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            level: Level::Positions,
            tolerance: 0.05,
        }
    }
}

/// A side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Reference,
    Actual,
}
