//! The words by which a text refers to a paragraph or an annex of its own document.

use super::lines::{annex_ordinal, fill};
use super::{Usage, operative_label};

/// The words of a language. A name in braces stands for a number.
pub(super) struct ReferenceWords {
    /// A numbered paragraph: with `{label}`.
    pub(super) paragraph: &'static str,
    /// A paragraph of the only annex: with `{paragraph}`.
    pub(super) in_annex: &'static str,
    /// A paragraph of one annex of several: with `{paragraph}` and `{ordinal}`.
    pub(super) in_numbered_annex: &'static str,
    /// The only annex.
    pub(super) annex: &'static str,
    /// One annex of several: with `{ordinal}`.
    pub(super) numbered_annex: &'static str,
}

fn words(usage: Usage) -> &'static ReferenceWords {
    &super::conventions(usage.language).references
}

/// The number of a paragraph by its labels, each with its depth and its number, the outermost first: `3 (a)`, `٣ (أ)`. What
/// parts a label from its text, a stop or a dash, is no part of the number.
pub fn label_reference(usage: impl Into<Usage>, labels: impl IntoIterator<Item = (u8, u32)>) -> String {
    let usage = usage.into();
    let labels = labels.into_iter().map(|(depth, n)| {
        let label = operative_label(usage, depth, n);
        label.trim_end_matches(['.', '-', ' ']).to_owned()
    });
    labels.collect::<Vec<_>>().join(" ")
}

/// What a paragraph is called: `paragraph 3 (a)`, `الفقرة ٣ (أ)`.
pub fn paragraph_reference(usage: impl Into<Usage>, labels: impl IntoIterator<Item = (u8, u32)>) -> String {
    let usage = usage.into();
    fill(words(usage).paragraph, &[("label", &label_reference(usage, labels))])
}

/// An annex: `annex` of the only one, `annex II` of one of several.
pub fn annex_reference(usage: impl Into<Usage>, n: Option<u32>) -> String {
    let usage = usage.into();
    match n {
        None => words(usage).annex.to_owned(),
        Some(n) => fill(words(usage).numbered_annex, &[("ordinal", &annex_ordinal(usage, n))]),
    }
}

/// A paragraph of an annex, seen from outside of it: `paragraph 3 of annex II`, `الفقرة ٣ من المرفق الثاني`.
pub fn reference_in_annex(usage: impl Into<Usage>, paragraph: &str, n: Option<u32>) -> String {
    let usage = usage.into();
    match n {
        None => fill(words(usage).in_annex, &[("paragraph", paragraph)]),
        Some(n) => fill(
            words(usage).in_numbered_annex,
            &[("paragraph", paragraph), ("ordinal", &annex_ordinal(usage, n))],
        ),
    }
}
