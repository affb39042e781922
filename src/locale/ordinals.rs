//! Ordinals, and the classes of numbers that take one form of a word.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use super::ordinal::Ordinal;
use super::{Language, Usage, arabic, chinese, english, fill, french, hebrew, number, persian, russian, spanish, urdu};
use crate::text::Plural;

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
        "he" => hebrew::ordinal(form, n),
        "ru" => russian::ordinal(form, n),
        "zh" => chinese::ordinal(n),
        _ => None,
    }
}

/// An ordinal by which clauses are counted, where the language has adverbs for it: `أولا`. `None` in other languages and beyond
/// those that there are.
pub fn adverb(language: Language, n: u32) -> Option<String> {
    match language.code() {
        "ar" => arabic::adverb(n),
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
            (Language::HEBREW, Masculine, 61, "השישים ואחד"),
            (Language::HEBREW, Feminine, 12, "השתים עשרה"),
            (Language::HEBREW, Masculine, 110, "המאה ועשרה"),
            (Language::HEBREW, Feminine, 125, "המאה עשרים וחמש"),
            (Language::RUSSIAN, Feminine, 61, "шестьдесят первая"),
            (Language::RUSSIAN, Feminine, 103, "сто третья"),
            (Language::RUSSIAN, Masculine, 40, "сороковой"),
            (Language::CHINESE, Word, 61, "第六十一"),
            (Language::CHINESE, Word, 12, "第十二"),
            (Language::CHINESE, Word, 110, "第一百一十"),
            (Language::CHINESE, Word, 105, "第一百零五"),
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
            (Language::RUSSIAN, Feminine, 82, "82-я"),
            (Language::CHINESE, Word, 82, "第82"),
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
