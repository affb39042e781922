//! Letters of another language of the Arabic script, which look like the right ones and are others to every search: the
//! yeh, kaf and heh of Persian and Urdu in Arabic, and those of Arabic in Persian and Urdu. The file of a language tells which.

use std::ops::Range;

use super::super::characters::FirstOnes;
use super::{Letter, Running, is_vowel_sign};
use crate::diagnostic::Diagnostic;
use crate::locale::{Language, Script};
use crate::text::describe;

/// Words of Arabic that end in an alef maqsura, which a Persian yeh may stand for as well as for a yeh.
const ALEF_MAQSURA: [&str; 30] = [
    "على",
    "إلى",
    "حتى",
    "لدى",
    "سوى",
    "متى",
    "مدى",
    "أخرى",
    "كبرى",
    "مستوى",
    "منتدى",
    "مبنى",
    "معنى",
    "ذكرى",
    "شتى",
    "مرضى",
    "قتلى",
    "جرحى",
    "مسمى",
    "محتوى",
    "أدنى",
    "أقصى",
    "أعلى",
    "أولى",
    "يسعى",
    "يبقى",
    "منحى",
    "مجرى",
    "قوى",
    "فحوى",
];

/// Warns of words with such letters.
pub(super) fn check(running: &Running<'_>, warnings: &mut FirstOnes) {
    let letters = &running.letters;
    let mut at = 0;
    while at < letters.len() {
        let end = running.word_end(at);
        if end > at
            && !letters[at].address
            && letters[at].language.script() == Script::ARABIC
            && let Some(first) = first_wrong(letters, at..end)
        {
            warnings.push(|| misspelled(running, at..end, first));
        }
        at = end.max(at + 1);
    }
}

/// The first letter of a word that is none of its language; `None` where the whole word may be of another.
fn first_wrong(letters: &[Letter], range: Range<usize>) -> Option<usize> {
    let word = &letters[range.clone()];
    let first = range.clone().find(|at| right(letters, *at).is_some())?;
    // A quotation from another language keeps its letters: it is known by those that this one does not have, or by its signs.
    let known = &letters[range.start].language.definition().letters;
    let is_quoted = word.iter().any(|letter| known.foreign.contains(&letter.c))
        || (known.foreign_vowels && word.iter().filter(|letter| is_vowel_sign(letter.c)).count() > 1);
    (!is_quoted).then_some(first)
}

fn misspelled(running: &Running<'_>, range: Range<usize>, first: usize) -> Diagnostic {
    let letters = &running.letters;
    let language = letters[range.start].language;
    let written = running.spelled(range.clone());
    let spell = |at: usize| right(letters, at).unwrap_or(letters[at].c);
    let mut spelled: String = range.clone().map(spell).collect();
    if language == Language::ARABIC
        && written.ends_with('ی')
        && let Some(bare) = spelled.strip_suffix('ي')
    {
        let bare = format!("{bare}ى");
        let stem = bare.trim_start_matches('و');
        let stem = stem.strip_prefix("ال").unwrap_or(stem);
        if ALEF_MAQSURA.contains(&stem) {
            spelled = bare;
        }
    }
    let name = language.name();
    let message = format!(
        "`{written}` has {}, which is no letter of {name}",
        describe(letters[first].c)
    );
    let warning = running.warning("letter-of-another-language", message, first, 1);
    let place = running.start(range.start)..running.end(range.end - 1);
    let warning = match running.text.file.slice(place.clone()) == written {
        true => warning.fix_at(&running.text.file, [(place, spelled.clone())]),
        false => warning,
    };
    warning.hint(format!("write `{spelled}`"))
}

/// The letter that should stand instead of one; `None` where it is right.
fn right(letters: &[Letter], at: usize) -> Option<char> {
    let next = letters.get(at + 1);
    let c = letters[at].c;
    let replace = &letters[at].language.definition().letters.replace;
    let (_, right) = replace.iter().find(|(wrong, _)| *wrong == c)?;
    // With a joiner it is the sign of the Hijri year.
    let is_sign = c == 'ه' && next.is_some_and(|next| next.c == '\u{200d}');
    (!is_sign).then_some(*right)
}
