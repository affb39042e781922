//! How two layouts are compared, and the names of both.

use super::change::Presence;
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

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Reference, Self::Actual];

    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Reference => Self::Actual,
            Self::Actual => Self::Reference,
        }
    }

    /// What became of that which this side alone has.
    pub(super) fn presence(self) -> Presence {
        match self {
            Self::Reference => Presence::Removed,
            Self::Actual => Presence::Added,
        }
    }

    /// What belongs to this side and to the opposite one, that of the reference first.
    pub(super) fn in_order<T>(self, own: T, opposite: T) -> (T, T) {
        match self {
            Self::Reference => (own, opposite),
            Self::Actual => (opposite, own),
        }
    }
}
