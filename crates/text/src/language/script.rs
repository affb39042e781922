//! Scripts and directions of writing.

use std::fmt;

use unicode_script::{Script as Known, UnicodeScript};

/// A script: any of those of Unicode.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Script(Known);

impl Script {
    /// The Arabic script, with the letters of all languages that have it.
    pub const ARABIC: Self = Self(Known::Arabic);
    /// The Latin script.
    pub const LATIN: Self = Self(Known::Latin);
    /// The Hebrew script.
    pub const HEBREW: Self = Self(Known::Hebrew);
    /// The Cyrillic script.
    pub const CYRILLIC: Self = Self(Known::Cyrillic);
    /// Chinese characters.
    pub const HAN: Self = Self(Known::Han);
    /// Tifinagh, the script of Amazigh.
    pub const TIFINAGH: Self = Self(Known::Tifinagh);

    /// The script of a key, as `hebrew` or `new-tai-lue`: its name in Unicode, in small letters, with hyphens; `None` where
    /// there is none.
    pub fn from_key(key: &str) -> Option<Self> {
        let capitalized = |word: &str| {
            let mut letters = word.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        };
        let full: Vec<String> = key.split('-').map(capitalized).collect();
        Known::from_full_name(&full.join("_"))
            .map(Self)
            .filter(|script| script.is_written() && script.key() == key)
    }

    /// The script of four letters of ISO 15924, as `Hebr`, in any case.
    pub fn from_iso_15924(code: &str) -> Option<Self> {
        let mut letters = code.chars();
        let first = letters.next()?.to_ascii_uppercase();
        let code: String = std::iter::once(first)
            .chain(letters.flat_map(char::to_lowercase))
            .collect();
        Known::from_short_name(&code).map(Self).filter(Self::is_written)
    }

    /// The script of a character; `None` for what belongs to several or to none, as stops and digits.
    pub fn of(c: char) -> Option<Self> {
        Some(Self(c.script())).filter(Self::is_written)
    }

    /// All scripts that a character belongs to, by their names.
    pub fn all() -> Vec<Self> {
        let found = ('\0'..=char::MAX).filter_map(Self::of);
        let found: std::collections::BTreeMap<String, Self> = found.map(|script| (script.key(), script)).collect();
        found.into_values().collect()
    }

    /// The scripts of living languages that many write, for hints.
    pub const LIVING: &'static [Self] = &[
        Self::ARABIC,
        Self(Known::Armenian),
        Self(Known::Bengali),
        Self::CYRILLIC,
        Self(Known::Devanagari),
        Self(Known::Ethiopic),
        Self(Known::Georgian),
        Self(Known::Greek),
        Self(Known::Gujarati),
        Self(Known::Gurmukhi),
        Self::HAN,
        Self(Known::Hangul),
        Self::HEBREW,
        Self(Known::Khmer),
        Self(Known::Lao),
        Self::LATIN,
        Self(Known::Myanmar),
        Self(Known::Nko),
        Self(Known::Sinhala),
        Self(Known::Syriac),
        Self(Known::Tamil),
        Self(Known::Telugu),
        Self(Known::Thaana),
        Self(Known::Thai),
        Self(Known::Tibetan),
        Self::TIFINAGH,
    ];

    fn is_written(&self) -> bool {
        !matches!(self.0, Known::Common | Known::Inherited | Known::Unknown)
    }

    /// The key of the script in a source and for a template, as `arabic` or `new-tai-lue`.
    pub fn key(self) -> String {
        self.0.full_name().to_lowercase().replace('_', "-")
    }

    /// The name of the script, as `Arabic` or `New Tai Lue`.
    pub fn name(self) -> String {
        self.0.full_name().replace('_', " ")
    }

    /// Whether spaces part the words of the script, so that lines are filled by them. Where they do not, a line may break
    /// between most characters.
    pub fn has_spaces(self) -> bool {
        !matches!(
            self.0,
            Known::Bopomofo
                | Known::Han
                | Known::Hiragana
                | Known::Katakana
                | Known::Khmer
                | Known::Lao
                | Known::Myanmar
                | Known::Thai
                | Known::Tibetan
                | Known::Yi
        )
    }

    /// The direction in which the script is written.
    pub fn direction(self) -> Direction {
        match self.0 {
            Known::Adlam
            | Known::Arabic
            | Known::Avestan
            | Known::Chorasmian
            | Known::Cypriot
            | Known::Elymaic
            | Known::Garay
            | Known::Hanifi_Rohingya
            | Known::Hatran
            | Known::Hebrew
            | Known::Imperial_Aramaic
            | Known::Inscriptional_Pahlavi
            | Known::Inscriptional_Parthian
            | Known::Kharoshthi
            | Known::Lydian
            | Known::Mandaic
            | Known::Manichaean
            | Known::Mende_Kikakui
            | Known::Meroitic_Cursive
            | Known::Meroitic_Hieroglyphs
            | Known::Nabataean
            | Known::Nko
            | Known::Old_Hungarian
            | Known::Old_North_Arabian
            | Known::Old_Sogdian
            | Known::Old_South_Arabian
            | Known::Old_Turkic
            | Known::Old_Uyghur
            | Known::Palmyrene
            | Known::Phoenician
            | Known::Psalter_Pahlavi
            | Known::Samaritan
            | Known::Sidetic
            | Known::Sogdian
            | Known::Syriac
            | Known::Thaana
            | Known::Yezidi => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.full_name())
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

impl Direction {
    /// The key of the direction in a language file, as `right-to-left`.
    pub fn key(self) -> &'static str {
        match self {
            Self::LeftToRight => "left-to-right",
            Self::RightToLeft => "right-to-left",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bidi;

    /// If it fails, a text in the script runs the wrong way.
    #[test]
    fn a_script_has_the_direction_of_its_letters() {
        use unicode_bidi::BidiClass;
        let letters = ('\u{21}'..=char::MAX).filter(|c| c.is_alphabetic());
        let mut wrong = std::collections::BTreeSet::new();
        for c in letters {
            let Some(script) = Script::of(c) else { continue };
            let direction = match bidi::class(c) {
                BidiClass::L => Direction::LeftToRight,
                BidiClass::R | BidiClass::AL => Direction::RightToLeft,
                _ => continue,
            };
            if script.direction() != direction {
                wrong.insert(script.name());
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_script_is_known_by_its_key_and_its_code() {
        assert_eq!(Script::from_key("hebrew"), Some(Script::HEBREW));
        assert_eq!(
            Script::from_key("nko").map(Script::direction),
            Some(Direction::RightToLeft)
        );
        assert_eq!(Script::from_iso_15924("tfng"), Some(Script::TIFINAGH));
        assert_eq!(Script::from_key("common"), None);
        assert_eq!(Script::of('ч'), Some(Script::CYRILLIC));
        assert_eq!(Script::of('،'), None);
        for &script in Script::LIVING {
            assert_eq!(Script::from_key(&script.key()), Some(script));
        }
    }
}
