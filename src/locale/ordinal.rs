//! The forms of ordinals.

/// The form of an ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ordinal {
    /// With a masculine noun.
    Masculine,
    /// With a feminine noun.
    Feminine,
    /// Where nouns have no gender, or the ordinal stands alone.
    Word,
}

impl Ordinal {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::Masculine, Self::Feminine, Self::Word];

    /// The key of the form, as `masculine`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Masculine => "masculine",
            Self::Feminine => "feminine",
            Self::Word => "word",
        }
    }

    /// The form of a key; `None` where there is none.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.key() == key)
    }
}
