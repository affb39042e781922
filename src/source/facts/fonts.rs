//! `[fonts]`: a family for each script that is to have another one than the template gives it.

use std::borrow::Cow;
use std::ops::Range;

use super::keys::Table;
use crate::diagnostic::Diagnostic;
use crate::model::FontChoice;
use crate::text::{Script, nearest};

/// The families, each by the key of its script; with their places they go to `families`.
pub(super) fn choice(table: &mut Table<'_, '_>, families: &mut Vec<(String, Range<usize>)>) -> Option<FontChoice> {
    let mut choice = FontChoice::default();
    for name in table.entries() {
        let key = Cow::as_ref(name.get_ref());
        let Some(script) = Script::from_key(key) else {
            unknown(table, key, name.span());
            continue;
        };
        let (family, span) = table.text(key)?;
        choice.set(script, family.clone());
        families.push((family, span));
    }
    Some(choice)
}

fn unknown(table: &mut Table<'_, '_>, key: &str, span: Range<usize>) {
    let known: Vec<String> = Script::LIVING.iter().map(|script| script.key()).collect();
    let fault = Diagnostic::error(format!("unknown key `{key}` in `fonts`")).rule("key-unknown");
    let fault = match nearest(key, known.iter().map(String::as_str)) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")).fix(near),
        None => fault.hint(format!("the keys are scripts: {}", known.join(", "))),
    };
    table.fault_at(fault, span);
}
