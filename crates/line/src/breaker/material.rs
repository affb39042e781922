//! What a paragraph is to the breaker: places where a line may break, and how much stands before each.

use std::ops::{AddAssign, Sub};

/// What stands in a stretch of a paragraph; stretches add up. All lengths are in points.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Material {
    /// The width, with nothing stretched.
    pub(crate) width: f64,
    /// The width of the spaces that may grow and shrink.
    pub(crate) spaces: f64,
    /// How much wider the letters are by one grade of expansion.
    pub(crate) grade: f64,
    /// How much its words take up in elongations that are still handsome.
    pub(crate) elongation: f64,
    /// How many letters, digits and stops stand in it.
    pub(crate) characters: f64,
}

impl AddAssign for Material {
    fn add_assign(&mut self, other: Self) {
        self.width += other.width;
        self.spaces += other.spaces;
        self.grade += other.grade;
        self.elongation += other.elongation;
        self.characters += other.characters;
    }
}

impl Sub for Material {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            width: self.width - other.width,
            spaces: self.spaces - other.spaces,
            grade: self.grade - other.grade,
            elongation: self.elongation - other.elongation,
            characters: self.characters - other.characters,
        }
    }
}

/// How a line ends at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Ending {
    /// It may end here, at a cost: 0 between two words that nothing ties, more where something does, or where a hyphen goes.
    Open(f64),
    /// It must end here, and is filled all the same, as the lines of an official edition are.
    Given,
    /// It must end here, and is not filled: the last line of a paragraph, or one that the author breaks.
    Last,
}

/// A place where a line may end and the next one start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    /// All before the place as it is when a line ends here: without the space at the break, with the hyphen that is set there.
    pub(crate) before: Material,
    /// All before the first letter of the line that starts here.
    pub(crate) after: Material,
    /// What it costs to end a line here.
    pub(crate) ending: Ending,
    /// Whether a hyphen is set here. Lines beneath each other should not both end with one.
    pub(crate) hyphen: bool,
}

/// A stretch of text whose lines are found together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paragraph {
    /// The places in the order of the text. The first is the start of the text, the last its end.
    pub(crate) candidates: Vec<Candidate>,
    /// The room of the first line.
    pub(crate) first: f64,
    /// The room of every other line.
    pub(crate) other: f64,
}

impl Paragraph {
    /// What stands in the line between two candidates, by their places.
    pub(crate) fn line(&self, from: usize, to: usize) -> Material {
        self.candidates[to].before - self.candidates[from].after
    }

    /// The room of the line that starts at a candidate.
    pub(crate) fn room(&self, from: usize) -> f64 {
        if from == 0 { self.first } else { self.other }
    }
}
