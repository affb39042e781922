//! Which editions of a document are made, and how they are laid out: options of `build`, `layout` and `compare`.

use clap::Args;

use crate::edition;
use crate::locale::Language;
use crate::model::Plan;
use crate::model::{Arrangement, Breaks, Work};

/// The choice of editions.
#[derive(Debug, Args)]
pub(super) struct Plans {
    /// The editions: languages (`ar,en`), or several side by side (`ar-en`). Usually one a language and all side by side
    #[arg(long, value_name = "EDITIONS", value_delimiter = ',', value_parser = languages)]
    lang: Vec<Languages>,
    /// How several languages stand: `side-by-side` on a page, or `facing` on the two pages of an opening
    #[arg(long, value_name = "ARRANGEMENT", value_parser = arrangement)]
    layout: Option<Arrangement>,
    /// Where lines and pages break: `natural`, or as the official edition has its `pages` or its `lines`
    #[arg(long, value_name = "BREAKS", value_parser = breaks)]
    breaks: Option<Breaks>,
}

impl Plans {
    /// The plans of the editions of a document.
    ///
    /// # Errors
    /// When the document does not have what they ask for; the words say what.
    pub(super) fn of(&self, work: &Work) -> Result<Vec<Plan>, String> {
        if let Some(fault) = self.missing(work).into_iter().next() {
            return Err(fault);
        }
        let editions = self.editions(work).into_iter();
        editions.map(|languages| self.plan(work, languages)).collect()
    }

    /// The languages that are asked for and that a document does not have, each told in words.
    pub(super) fn missing(&self, work: &Work) -> Vec<String> {
        let has = &work.facts.languages;
        let codes = has
            .iter()
            .map(|language| language.code())
            .collect::<Vec<_>>()
            .join(", ");
        let asked = self.lang.iter().flat_map(|edition| &edition.0);
        let missing = asked.filter(|language| !has.contains(language));
        let told =
            |language: &Language| format!("document `{}` has no `{}`: it has {codes}", work.name, language.code());
        missing.map(told).collect()
    }

    /// The editions that are asked for, each once; the usual ones where none is.
    pub(super) fn editions(&self, work: &Work) -> Vec<Vec<Language>> {
        if self.lang.is_empty() {
            return edition::usual(&work.facts.languages);
        }
        let mut editions: Vec<Vec<Language>> = Vec::new();
        for Languages(languages) in &self.lang {
            if !editions.contains(languages) {
                editions.push(languages.clone());
            }
        }
        editions
    }

    /// How an edition is laid out.
    ///
    /// # Errors
    /// When the document has no official layout to break by.
    pub(super) fn plan(&self, work: &Work, languages: Vec<Language>) -> Result<Plan, String> {
        let mut plan = Plan::of(work, languages);
        plan.arrangement = self.layout.unwrap_or(plan.arrangement);
        plan.breaks = self.breaks.unwrap_or(plan.breaks);
        if plan.breaks != Breaks::Natural && work.facts.layout.reference.is_none() {
            let reason = "has no official layout to break by: name its file by `reference` in `[layout]`";
            return Err(format!("document `{}` {reason}", work.name));
        }
        Ok(plan)
    }
}

/// The languages of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Languages(pub(super) Vec<Language>);

/// Reads the languages of an edition: `ar`, `ar-en`.
pub(super) fn languages(written: &str) -> Result<Languages, String> {
    let mut languages = Vec::new();
    for code in written.split('-') {
        let known = || {
            Language::ALL
                .iter()
                .map(|language| language.code())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let language = Language::from_code(code)
            .ok_or_else(|| format!("unknown language `{code}`: the languages are {}", known()))?;
        if languages.contains(&language) {
            return Err(format!("`{code}` stands twice in one edition"));
        }
        languages.push(language);
    }
    Ok(Languages(languages))
}

/// Reads how several languages stand.
pub(super) fn arrangement(written: &str) -> Result<Arrangement, String> {
    chosen(written, Arrangement::ALL, Arrangement::key)
}

/// Reads where lines and pages break.
pub(super) fn breaks(written: &str) -> Result<Breaks, String> {
    chosen(written, Breaks::ALL, Breaks::key)
}

/// One of several by its key.
fn chosen<T: Copy>(written: &str, all: &[T], key: fn(T) -> &'static str) -> Result<T, String> {
    let known = || all.iter().map(|one| key(*one)).collect::<Vec<_>>().join(", ");
    let found = all.iter().find(|one| key(**one) == written);
    found
        .copied()
        .ok_or_else(|| format!("`{written}` is none of {}", known()))
}
