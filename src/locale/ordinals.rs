//! Ordinals, and the classes of numbers that take one form of a word.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use super::lines::fill;
use super::{Language, Usage, arabic, english, french, number, persian, spanish, urdu};
use crate::text::Plural;

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

/// An ordinal in words, in the form in which it stands before or after its noun: `الحادية والستون`, `sixty-first`. The file of
/// a language comes before what is computed here. `None` where the language has no word for it: beyond 199, and in languages of
/// which none is known.
pub fn ordinal(language: Language, form: Ordinal, n: u32) -> Option<String> {
    let words = &language.definition().ordinals;
    let listed = [
        match form {
            Ordinal::Masculine => &words.masculine,
            Ordinal::Feminine => &words.feminine,
            Ordinal::Word => &words.word,
        },
        &words.word,
        &words.masculine,
    ];
    if let Some(words) = listed.into_iter().find(|words| !words.is_empty()) {
        return words.get(usize::try_from(n.checked_sub(1)?).ok()?).cloned();
    }
    match language.code() {
        "ar" => arabic::ordinal_in_words(form, n),
        "en" => english::ordinal(n),
        "fr" => french::ordinal_in_words(form, n),
        "es" => spanish::ordinal_in_words(form, n),
        "fa" => persian::ordinal(n),
        "ur" => urdu::ordinal_in_words(form, n),
        _ => None,
    }
}

/// An ordinal in digits: `82nd`, `82e`; the mere number in a language that makes no ordinals of digits.
pub fn ordinal_in_digits(usage: impl Into<Usage>, form: Ordinal, n: u32) -> String {
    let usage = usage.into();
    let digits = number(usage, n);
    let known = &usage.language.definition().ordinals;
    let patterns = match form {
        Ordinal::Feminine if !known.feminine_digits.is_empty() => &known.feminine_digits,
        _ => &known.digits,
    };
    let class = class(usage.language, n, PluralRules::try_new_ordinal);
    let of = |class| patterns.iter().find(|(other, _)| *other == class);
    match of(class).or_else(|| of(Plural::Other)) {
        Some((_, pattern)) => fill(pattern, &[("number", &digits)]),
        None => digits,
    }
}

/// The class of a number of things, by the rules of CLDR: `Few` for 3 in Arabic, `One` for 1 in English; `Other` in a language
/// that CLDR has no rules of.
pub fn plural(language: Language, n: u32) -> Plural {
    class(language, n, PluralRules::try_new_cardinal)
}

fn class<E>(
    language: Language,
    n: u32,
    rules: impl FnOnce(icu_plurals::PluralRulesPreferences) -> Result<PluralRules, E>,
) -> Plural {
    let like = language.definition().plurals.as_deref().unwrap_or(language.code());
    let Some(rules) = like
        .parse::<Locale>()
        .ok()
        .and_then(|locale| rules((&locale).into()).ok())
    else {
        return Plural::Other;
    };
    match rules.category_for(n) {
        PluralCategory::Zero => Plural::Zero,
        PluralCategory::One => Plural::One,
        PluralCategory::Two => Plural::Two,
        PluralCategory::Few => Plural::Few,
        PluralCategory::Many => Plural::Many,
        PluralCategory::Other => Plural::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, a line that names a session or a meeting has another word than the language has for it.
    #[test]
    fn ordinals_have_the_forms_of_their_language() {
        use Ordinal::{Feminine, Masculine, Word};
        let cases = [
            (Language::ARABIC, Feminine, 61, "الحادية والستون"),
            (Language::ARABIC, Masculine, 2, "الثاني"),
            (Language::ENGLISH, Feminine, 61, "sixty-first"),
            (Language::FRENCH, Feminine, 1, "première"),
            (Language::FRENCH, Masculine, 1, "premier"),
            (Language::FRENCH, Masculine, 61, "soixante et unième"),
            (Language::SPANISH, Masculine, 61, "sexagésimo primer"),
            (Language::SPANISH, Feminine, 63, "sexagésima tercera"),
            (Language::SPANISH, Word, 1, "primero"),
            (Language::PERSIAN, Word, 61, "شصت و یکم"),
            (Language::URDU, Feminine, 3, "تیسری"),
            (Language::URDU, Masculine, 61, "اکسٹھواں"),
        ];
        for (language, form, n, expected) in cases {
            assert_eq!(
                ordinal(language, form, n).as_deref(),
                Some(expected),
                "{language:?} {form:?}"
            );
        }
        let digits = [
            (Language::ENGLISH, Word, 112, "112th"),
            (Language::ENGLISH, Word, 82, "82nd"),
            (Language::FRENCH, Feminine, 1, "1re"),
            (Language::SPANISH, Masculine, 3, "3º"),
            (Language::ARABIC, Masculine, 3, "٣"),
        ];
        for (language, form, n, expected) in digits {
            assert_eq!(ordinal_in_digits(language, form, n), expected, "{language:?}");
        }
    }

    /// If it fails, a number stands with the wrong form of its noun.
    #[test]
    fn numbers_have_the_classes_of_cldr() {
        let classes =
            |language, numbers: &[u32]| numbers.iter().map(|n| plural(language, *n).key()).collect::<Vec<_>>();
        let arabic = classes(Language::ARABIC, &[0, 1, 2, 3, 11, 100]);
        assert_eq!(arabic, ["zero", "one", "two", "few", "many", "other"]);
        assert_eq!(classes(Language::ENGLISH, &[0, 1, 2]), ["other", "one", "other"]);
        assert_eq!(classes(Language::FRENCH, &[0, 1, 2]), ["one", "one", "other"]);
    }
}
