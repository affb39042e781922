//! The word that somebody probably meant.

/// The known word that is nearest to a written one, where one is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |word: &str| word.to_lowercase().replace(['_', ' '], "-");
    // What is much longer than all of them is none of them, and would be compared letter by letter.
    const LONGEST: usize = 100;
    if written.len() > LONGEST {
        return None;
    }
    let written = fold(written);
    let near = known.map(|word| (strsim::damerau_levenshtein(&written, &fold(word)), word));
    // One letter in three may be wrong; the first word wins where several are as near.
    near.filter(|(distance, word)| *distance <= word.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["session", "agenda-item", "symbol"];
        let near = |written| nearest(written, known.iter().copied());
        assert_eq!(near("sesion"), Some("session"));
        assert_eq!(near("agenda_item"), Some("agenda-item"));
        assert_eq!(near("Symbol"), Some("symbol"));
        assert_eq!(near("author"), None);
    }
}
