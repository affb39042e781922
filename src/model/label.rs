//! The labels of the items of lists.

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A number or a letter, which counts them.
    Number,
    /// A bullet, with the number of bulleted lists that its list is in.
    Bullet(u8),
}

/// The place of a paragraph in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// What stands before it.
    pub marker: Marker,
    /// How deep the list is nested: 0 for operative paragraphs, 1 for sub-paragraphs, and so on.
    pub depth: u8,
    /// The number in the list, from 1.
    pub ordinal: u32,
}

impl Label {
    /// A number or a letter.
    pub fn number(depth: u8, ordinal: u32) -> Self {
        Self {
            marker: Marker::Number,
            depth,
            ordinal,
        }
    }

    /// Whether it is a number or a letter, by which a text may refer to its paragraph.
    pub fn is_number(&self) -> bool {
        self.marker == Marker::Number
    }
}
