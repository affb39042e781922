//! Languages that documents are made in: handles of definitions, which are files (`languages/LANG.toml`).

mod definition;
mod fault;
mod read;
mod script;
mod table;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};

pub use definition::{
    Alphabet, AmountSeparators, Dates, Definition, Letters, NoteWords, NumberNouns, OrdinalPatterns, Ordinals, Plural,
};
pub use fault::{FaultKind, LanguageFault};
pub use read::{is_code, read_language};
pub use script::{Direction, Script};

macro_rules! shipped {
    ($($(#[$doc:meta])* $language:ident = $code:literal),* $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u16)]
        enum Place { $($language,)* }

        impl Language {
            $($(#[$doc])* pub const $language: Self = Self(Place::$language as u16);)*

            /// The languages that ship with the program, in the order in which they are told.
            pub const ALL: &'static [Self] = &[$(Self::$language),*];
        }

        /// The codes of the languages that ship, each with its file.
        static SHIPPED: &[(&str, &str)] = &[
            $(($code, include_str!(concat!("../../../../languages/", $code, ".toml"))),)*
        ];
    };
}

shipped! {
    /// Modern Standard Arabic, as the United Nations write it.
    ARABIC = "ar",
    /// English, in the spelling of the United Nations.
    ENGLISH = "en",
    /// French.
    FRENCH = "fr",
    /// Spanish.
    SPANISH = "es",
    /// Persian (Farsi) of Iran.
    PERSIAN = "fa",
    /// Urdu.
    URDU = "ur",
    /// Hebrew.
    HEBREW = "he",
    /// Russian.
    RUSSIAN = "ru",
    /// Chinese, in simplified characters.
    CHINESE = "zh",
}

/// How many definitions one process takes in: those that ship, and those of users' files, a version each.
const MOST: usize = 1024;

/// The definitions. A slot of a language that ships is filled when it is first asked for.
static DEFINITIONS: [OnceLock<Definition>; MOST] = [const { OnceLock::new() }; MOST];

/// How many slots are taken by users' definitions; held while one is added.
static ADDED: Mutex<usize> = Mutex::new(0);

/// A language that editions are made in: a handle of its [`Definition`], as small as a number.
///
/// Two handles are equal when their definitions are. Their order, and what they hash to, is that of their codes, so that
/// neither depends on which thread read a file first.
///
/// ```
/// use qarar_text::{Direction, Language, Script};
/// let language = Language::from_code("ur").unwrap();
/// assert_eq!((language, language.name()), (Language::URDU, "Urdu"));
/// assert_eq!((language.script(), language.direction()), (Script::ARABIC, Direction::RightToLeft));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Language(u16);

impl Language {
    /// The language that ships with the program of a code, in lower case; `None` where there is none.
    pub fn from_code(code: &str) -> Option<Self> {
        let at = SHIPPED.iter().position(|(shipped, _)| *shipped == code)?;
        Self::ALL.get(at).copied()
    }

    /// The language of a code: one that ships, else the first that was registered under it, for those who know of a text
    /// nothing but the code.
    pub fn known(code: &str) -> Option<Self> {
        Self::from_code(code).or_else(|| registered().find(|language| language.code() == code))
    }

    /// Takes in a definition, for as long as the process lives; the handle of one that is known already is given again.
    ///
    /// # Errors
    /// When the process has taken in as many as it takes, 1,024.
    pub fn register(definition: Definition) -> Result<Self, TooManyLanguages> {
        let shipped = Self::from_code(&definition.code);
        if let Some(shipped) = shipped.filter(|shipped| *shipped.definition() == definition) {
            return Ok(shipped);
        }
        let mut added = ADDED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = registered_of(*added).find(|known| *known.definition() == definition) {
            return Ok(known);
        }
        let at = SHIPPED.len() + *added;
        let slot = DEFINITIONS.get(at).ok_or(TooManyLanguages)?;
        // The slot is empty: none but this function fills slots behind those that ship, one after the other.
        slot.get_or_init(|| definition);
        *added += 1;
        u16::try_from(at).map(Self).map_err(|_| TooManyLanguages)
    }

    /// All that is known of the language.
    pub fn definition(self) -> &'static Definition {
        let at = usize::from(self.0);
        // A handle is that of a slot; a slot behind those that ship is filled before its handle is given.
        DEFINITIONS[at].get_or_init(|| shipped(at))
    }

    /// The code: that of ISO 639-1, or of ISO 639-3 where that has none, with what a BCP 47 tag adds. It is also the name of
    /// the language's text: `ar` for `ar.md`.
    pub fn code(self) -> &'static str {
        match SHIPPED.get(usize::from(self.0)) {
            Some((code, _)) => code,
            None => &self.definition().code,
        }
    }

    /// The terminological code of ISO 639-2, as `fra` (not the bibliographic `fre`); that of ISO 639-3 where that has none.
    pub fn iso_639_2(self) -> &'static str {
        &self.definition().iso_639_2
    }

    /// The name of the language in English.
    pub fn name(self) -> &'static str {
        &self.definition().name
    }

    /// The name of the language in itself.
    pub fn autonym(self) -> &'static str {
        &self.definition().autonym
    }

    /// The script that the language is written in.
    pub fn script(self) -> Script {
        self.definition().script
    }

    /// The direction in which the language is written.
    pub fn direction(self) -> Direction {
        self.definition().direction
    }

    /// The alphabets that count paragraphs, the usual one first.
    pub fn alphabets(self) -> &'static [Alphabet] {
        &self.definition().alphabets
    }

    /// The code of the language by whose rules words are divided; `None` where they are not.
    pub fn hyphenation(self) -> Option<&'static str> {
        self.definition().hyphenation.as_deref()
    }
}

/// The file of a language that ships, by its code.
pub fn shipped_language_file(code: &str) -> Option<&'static str> {
    SHIPPED
        .iter()
        .find(|(shipped, _)| *shipped == code)
        .map(|(_, text)| *text)
}

fn shipped(at: usize) -> Definition {
    let (code, text) = SHIPPED.get(at).copied().unwrap_or(SHIPPED[0]);
    #[allow(clippy::unwrap_used, reason = "`shipped_files_have_no_fault` reads each of them")]
    read_language(code, text).unwrap()
}

fn registered() -> impl Iterator<Item = Language> {
    registered_of(*ADDED.lock().unwrap_or_else(PoisonError::into_inner))
}

fn registered_of(added: usize) -> impl Iterator<Item = Language> {
    let places = SHIPPED.len()..SHIPPED.len() + added;
    places.filter_map(|at| u16::try_from(at).ok().map(Language))
}

impl Ord for Language {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code()).then(self.0.cmp(&other.0))
    }
}

impl PartialOrd for Language {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A process took in as many definitions of languages as it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyLanguages;

impl fmt::Display for TooManyLanguages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this process has read {MOST} language files, and takes no more")
    }
}

impl std::error::Error for TooManyLanguages {}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, the program stops at the first document in the language.
    #[test]
    fn shipped_files_have_no_fault() {
        for (code, text) in SHIPPED {
            let read = read_language(code, text);
            assert!(read.is_ok(), "{code}: {read:?}");
        }
        assert_eq!(SHIPPED.len(), Language::ALL.len());
    }

    /// If it fails, a process that watches a folder takes more memory with every look at it, or two documents with one file
    /// have two languages.
    #[test]
    fn a_definition_is_taken_in_once() {
        let text = "name = \"Test\"\nscript = \"latin\"\ndates.months = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"j\", \"k\", \"l\"]\nnotes = { name = \"note\", back = \", back\" }\n";
        let read = || read_language("qaa", text).expect("a definition");
        let first = Language::register(read()).expect("room");
        assert_eq!(Language::register(read()), Ok(first));
        assert_eq!(Language::known("qaa"), Some(first));
        assert_eq!(Language::from_code("qaa"), None);
        let mut other = read();
        other.name = "Another".to_owned();
        let second = Language::register(other).expect("room");
        assert_ne!(second, first);
        assert!(first < second && first > Language::ARABIC && Language::URDU > second);
        let arabic = read_language("ar", SHIPPED[0].1).expect("a definition");
        assert_eq!(Language::register(arabic), Ok(Language::ARABIC));
    }
}
