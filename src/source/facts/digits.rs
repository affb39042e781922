//! `digits`: one word for all languages, or a table of words by language.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeValue;

use super::keys::Table;
use crate::diagnostic::Diagnostic;
use crate::locale::{Digits, Language};
use crate::model::DigitChoice;

/// Which digits the numbers of a document have.
pub(super) fn choice(
    table: &mut Table<'_, '_>,
    key: &str,
    languages: &[(Language, Range<usize>)],
) -> Option<DigitChoice> {
    let is_table = table
        .get(key)
        .is_some_and(|value| matches!(value.get_ref(), DeValue::Table(_)));
    if !is_table {
        let words = Digits::ALL.iter().map(|digits| (digits.key(), *digits));
        return table.choice(key, words).map(DigitChoice::all);
    }
    table.table(key, &[], |table| {
        let mut choice = DigitChoice::default();
        for name in table.entries() {
            let code = Cow::as_ref(name.get_ref());
            let Some((language, _)) = languages.iter().find(|(language, _)| language.code() == code) else {
                let codes: Vec<&str> = languages.iter().map(|(language, _)| language.code()).collect();
                let fault =
                    Diagnostic::error(format!("`{code}` is no language of this document")).rule("digits-language");
                table.fault_at(fault.hint(format!("it has {}", codes.join(", "))), name.span());
                continue;
            };
            let words = Digits::ALL.iter().map(|digits| (digits.key(), *digits));
            choice.set(*language, table.choice(code, words)?);
        }
        Some(choice)
    })
}
