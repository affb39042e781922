//! What a line costs by how it is filled.
//!
//! As in TeX, a line has a *badness*, a power of how far its white is stretched, 100 where that is as far as one likes to
//! see. The *demerits* of a line are the square of it, so that one bad line costs more than several that are less good.

use super::material::{Ending, Material};

/// Letters of Latin scripts are set wider or narrower by so many grades at the most, each of which is a hundredth of their
/// width and [`TRACKING`] between them. More can be seen (Hàn Thế Thành, Micro-typographic extensions to TeX, 2000).
pub(crate) const GRADES: f64 = 2.0;
/// The space between letters of one grade, in em.
pub(crate) const TRACKING: f64 = 0.003;
/// How much wider letters are by one grade.
pub(crate) const WIDENING: f64 = 0.01;

/// What each line costs beside its badness: of two breaks that are alike the one with fewer lines is taken.
const LINE: f64 = 10.0;
/// What it costs that of two lines beneath each other one is tight and the other loose.
const UNLIKE: f64 = 10_000.0;
/// What it costs that two lines beneath each other end with a hyphen.
const LADDER: f64 = 30_000.0;
/// What a last line of one short word costs.
const RUNT: f64 = 400.0;
/// A word of fewer characters than this is short.
const SHORT: f64 = 6.5;
/// The badness of a line grows no further beyond so many times what one likes to see.
const WORST: f64 = 30.0;
/// What a line costs that does not fit, however narrow, and for every em that it is too long. More than any tie.
const OVERFULL: f64 = 1e16;

/// How the lines of a paragraph are filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Costs {
    /// Whether lines are filled from side to side.
    pub(crate) filled: bool,
    /// The narrowest space, by its natural width.
    pub(crate) narrowest: f64,
    /// How much wider a space may grow until one does not like it, by its natural width.
    pub(crate) stretch: f64,
    /// How steeply badness rises with the stretch: by its cube, as in TeX, where spaces take all; by its square where words are
    /// elongated, which looks well in any amount; evenly where lines are left ragged.
    pub(crate) steepness: i32,
    /// The size of the letters.
    pub(crate) em: f64,
}

/// How a line fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fit {
    /// Its demerits, without those that hang on the line above.
    pub(crate) demerits: f64,
    /// How tight it is.
    pub(crate) class: Class,
}

/// How tight a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Its spaces are narrow.
    Tight,
    /// It is about as it should be.
    Decent,
    /// Its spaces are wide.
    Loose,
    /// Its spaces are wider than one likes.
    VeryLoose,
}

impl Class {
    /// The class of a stretch, which is negative where spaces are narrower than by nature.
    fn of(stretch: f64) -> Self {
        match stretch {
            s if s < -0.5 => Self::Tight,
            s if s <= 0.5 => Self::Decent,
            s if s <= 1.0 => Self::Loose,
            _ => Self::VeryLoose,
        }
    }
}

impl Costs {
    /// How a line with some material fits into its room; `None` when it does not.
    pub(crate) fn fit(&self, line: Material, room: f64, ending: Ending) -> Option<Fit> {
        let stretch = self.stretch(line, room, ending)?;
        let badness = 100.0 * stretch.abs().min(WORST).powi(self.steepness);
        let mut demerits = (LINE + badness).powi(2);
        match ending {
            Ending::Open(penalty) => demerits += penalty * penalty,
            // One word alone in the last line.
            Ending::Last if line.spaces <= 0.0 && line.characters < SHORT => demerits += RUNT * RUNT,
            Ending::Given | Ending::Last => {}
        }
        Some(Fit {
            demerits,
            class: Class::of(stretch),
        })
    }

    /// How far the white of a line is stretched, by what one likes to see; `None` for a line that is too long.
    fn stretch(&self, line: Material, room: f64, ending: Ending) -> Option<f64> {
        let missing = room - line.width;
        let letters = line.grade * GRADES;
        if missing < 0.0 {
            let least = if self.filled {
                line.spaces * (1.0 - self.narrowest)
            } else {
                0.0
            };
            let lacks = (-missing - letters).max(0.0);
            return match lacks {
                lacks if lacks > least + 1e-4 => None,
                lacks if least > 0.0 => Some(-lacks / least),
                _ => Some(0.0),
            };
        }
        if ending == Ending::Last {
            return Some(0.0);
        }
        if !self.filled {
            return Some(missing / (self.em * 4.0));
        }
        let lacks = (missing - letters).max(0.0);
        let easy = line.elongation + line.spaces * self.stretch;
        Some(if easy > 0.0 {
            lacks / easy
        } else {
            lacks / self.em * WORST
        })
    }

    /// What it costs that a line of one class stands under one of another, and that both end with a hyphen.
    pub(crate) fn beneath(&self, above: Class, class: Class, hyphens: bool) -> f64 {
        let unlike = self.filled && (above as i8 - class as i8).abs() > 1;
        f64::from(u8::from(unlike)) * UNLIKE + f64::from(u8::from(hyphens)) * LADDER
    }

    /// What a line costs that is longer than its room.
    pub(crate) fn overfull(&self, line: Material, room: f64) -> f64 {
        OVERFULL * (1.0 + (line.width - room).max(0.0) / self.em)
    }

    /// How much a class can save at the most against the best one.
    pub(crate) fn most_saved(&self) -> f64 {
        UNLIKE
    }
}
