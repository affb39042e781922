//! Whether the words that a text opens with name the body that `document.toml` names. Nothing but a warning: the masthead
//! and the words would contradict each other, but either may be right.

use super::writing::is_vowel_sign;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::kind::{Filling, Takes, Values};
use crate::model::{Block, Facts, Role, plain};
use crate::source::ParsedText;

/// Compares the opening words with the name of the body.
pub(super) fn check(facts: &Facts, text: &ParsedText, diagnostics: &mut Diagnostics) {
    let language = text.expression.language;
    let Some(opening) = text.expression.blocks.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) if paragraph.role == Role::Opening => Some(paragraph),
        _ => None,
    }) else {
        return;
    };
    let definition = facts.kind.definition();
    let Some(name) = definition.checks.opening.as_deref() else {
        return;
    };
    let takes = definition
        .facts
        .iter()
        .find(|fact| fact.name == name)
        .map(|fact| &fact.takes);
    let (Some(Takes::Word(all)), Some(own)) = (takes, facts.text(name)) else {
        return;
    };
    let filling = Filling::new(facts.kind, language, &facts.values);
    let path = [name.to_owned()];
    let called = |word: &str| filling.word(&path, word).unwrap_or_default().to_owned();
    let words = plain(&opening.content);
    let folded_words = folded(&words);
    let names = |word: &str| folded_words.contains(&folded(&called(word)));
    let other = all.iter().find(|word| names(word));
    if names(own) || (other.is_none() && shares_word(&folded_words, &called(own))) {
        return;
    }
    let words = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let (printed, key) = (called(own), own);
    let (message, hint) = match other {
        Some(other) => (
            format!("the opening words name another body than `document.toml`: `{words}`"),
            format!("write `{name} = \"{other}\"` there, or `{printed}` here"),
        ),
        None => (
            format!("the opening words do not name the body of `document.toml`: `{words}`"),
            format!(
                "`{name} = \"{key}\"` prints `{printed}` at the head: write that name here, or another `{name}` there"
            ),
        ),
    };
    diagnostics.push(
        Diagnostic::warning(message)
            .rule("body")
            .at(&text.file, opening.span.clone())
            .hint(hint),
    );
}

/// Whether words name a body in short, `The Assembly` of the General Assembly, or say too little to name one.
fn shares_word(words: &str, name: &str) -> bool {
    /// The fewest letters of a word that names something.
    const FEWEST: usize = 4;
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
        parts.filter(|part| part.chars().count() >= FEWEST).collect()
    };
    let (words, name) = (parts(words), parts(&folded(name)));
    words.is_empty() || words.iter().any(|word| name.contains(word))
}

/// A text without vowel signs and capitals, and without what differs in the spelling of one name.
fn folded(text: &str) -> String {
    let fold = |c: char| match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ه' => 'ہ',
        'é' | 'É' => 'e',
        'ó' | 'Ó' => 'o',
        '\u{200c}' | '\u{a0}' => ' ',
        c => c,
    };
    let seen = text.chars().filter(|c| !is_vowel_sign(*c) && *c != '\u{640}');
    seen.flat_map(char::to_lowercase).map(fold).collect()
}
