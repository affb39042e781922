//! Nouns that a number belongs to, in the forms that a text has them.

use super::Language;

/// Whether a number that follows the word belongs to it, as in `No. 27531` and `القرار ٥٥/٢٥`.
///
/// In a language whose nouns are written together with conjunctions, prepositions, the article and pronouns, each of these
/// forms is one: `والقرار`, `بالقرار`, `للقرار`, `وقراراتها`, `مادته`.
pub fn is_number_noun(language: Language, word: &str) -> bool {
    let nouns = &language.definition().number_nouns;
    let bare = |noun: &str| nouns.words.iter().any(|word| word == noun);
    without_prefixes(word, &nouns.prefixes).into_iter().any(|stem| {
        bare(stem)
            || nouns
                .suffixes
                .iter()
                .filter_map(|suffix| stem.strip_suffix(suffix.as_str()))
                .any(|stem| {
                    // Before a suffix a final teh marbuta is a teh, and the dual loses its noon.
                    bare(stem)
                        || stem.strip_suffix('ت').is_some_and(|rest| bare(&format!("{rest}ة")))
                        || bare(&format!("{stem}ن"))
                })
    })
}

/// The word itself, and what is left when it starts with a prefix of each place, in their order.
fn without_prefixes<'a>(word: &'a str, places: &[Vec<String>]) -> Vec<&'a str> {
    let mut stems = vec![word];
    for prefixes in places {
        let found: Vec<&str> = stems
            .iter()
            .flat_map(|stem| prefixes.iter().filter_map(|prefix| stem.strip_prefix(prefix.as_str())))
            .collect();
        stems.extend(found);
    }
    stems
}
