//! Languages that documents are made in, their scripts and directions.

macro_rules! languages {
    ($($(#[$doc:meta])* $language:ident = ($code:literal, $iso:literal, $name:literal, $autonym:literal, $script:ident)),* $(,)?) => {
        /// A language that editions are made in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Language {
            $($(#[$doc])* $language,)*
        }

        impl Language {
            /// All languages, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$language),*];

            /// The ISO 639-1 code, which is also the BCP 47 tag and the name of the language's file: `ar` for `ar.md`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$language => $code,)* }
            }

            /// The terminological code of ISO 639-2, as `fra` (not the bibliographic `fre`).
            pub fn iso_639_2(self) -> &'static str {
                match self { $(Self::$language => $iso,)* }
            }

            /// The name of the language in English.
            pub fn name(self) -> &'static str {
                match self { $(Self::$language => $name,)* }
            }

            /// The name of the language in itself.
            pub fn autonym(self) -> &'static str {
                match self { $(Self::$language => $autonym,)* }
            }

            /// The script that the language is written in.
            pub fn script(self) -> Script {
                match self { $(Self::$language => Script::$script,)* }
            }
        }
    };
}

languages! {
    /// Modern Standard Arabic, as the United Nations write it.
    Arabic = ("ar", "ara", "Arabic", "العربية", Arabic),
    /// English, in the spelling of the United Nations.
    English = ("en", "eng", "English", "English", Latin),
    /// French.
    French = ("fr", "fra", "French", "français", Latin),
    /// Spanish.
    Spanish = ("es", "spa", "Spanish", "español", Latin),
    /// Persian (Farsi) of Iran.
    Persian = ("fa", "fas", "Persian", "فارسی", Arabic),
    /// Urdu.
    Urdu = ("ur", "urd", "Urdu", "اردو", Arabic),
}

impl Language {
    /// The language of an ISO 639-1 code, in lower case; `None` when no edition is made in it.
    ///
    /// ```
    /// use qarar_text::{Direction, Language};
    /// let language = Language::from_code("ur").unwrap();
    /// assert_eq!((language.name(), language.direction()), ("Urdu", Direction::RightToLeft));
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code() == code)
    }

    /// The direction in which the language is written.
    pub fn direction(self) -> Direction {
        self.script().direction()
    }
}

/// A script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// The Arabic script, with the letters of Persian and Urdu.
    Arabic,
    /// The Latin script.
    Latin,
}

impl Script {
    /// The direction in which the script is written.
    pub fn direction(self) -> Direction {
        match self {
            Self::Arabic => Direction::RightToLeft,
            Self::Latin => Direction::LeftToRight,
        }
    }
}

/// A direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}
