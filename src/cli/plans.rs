//! Which editions of a document are made, and how they are laid out: options of `build`, `layout` and `compare`.

use clap::Args;

use crate::edition;
use crate::locale::Language;
use crate::model::Plan;
use crate::model::{Arrangement, Breaks, Work};
use crate::text::is_code;

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
        let faults = self.lang.iter().filter_map(|edition| edition.of(has).err());
        let told = |fault: NoEdition| match fault {
            NoEdition::Missing(code) if Language::known(&code).is_none() => {
                format!("unknown language `{code}`: document `{}` has {}", work.name, codes(has))
            }
            NoEdition::Missing(_) => format!(
                "{}: it has {}",
                fault.told(&format!("document `{}`", work.name)),
                codes(has)
            ),
            NoEdition::Twice(_) => fault.told(""),
        };
        faults.map(told).collect()
    }

    /// The editions that are asked for and that the document has, each once; the usual ones where none is.
    pub(super) fn editions(&self, work: &Work) -> Vec<Vec<Language>> {
        if self.lang.is_empty() {
            return edition::usual(&work.facts.languages);
        }
        let mut editions: Vec<Vec<Language>> = Vec::new();
        for languages in self
            .lang
            .iter()
            .filter_map(|edition| edition.of(&work.facts.languages).ok())
        {
            if !editions.contains(&languages) {
                editions.push(languages);
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

/// The languages of an edition as they are written: `ar`, `ar-en`. What they are, the document says, which may have languages
/// of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Languages {
    /// The parts between hyphens; a code has one or more.
    parts: Vec<String>,
}

/// Why there is no edition in the languages that are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoEdition {
    /// A code that the document does not have.
    Missing(String),
    /// A code that stands twice.
    Twice(String),
}

impl NoEdition {
    /// The fault in words; `what` is the document.
    pub(super) fn told(&self, what: &str) -> String {
        match self {
            Self::Missing(code) => format!("{what} has no `{code}`"),
            Self::Twice(code) => format!("`{code}` stands twice in one edition"),
        }
    }
}

impl Languages {
    /// The languages among those of a document: each as long a code as there is.
    pub(super) fn of(&self, has: &[Language]) -> Result<Vec<Language>, NoEdition> {
        let mut languages = Vec::new();
        let mut rest = &self.parts[..];
        while let Some(first) = rest.first() {
            let found = (1..=rest.len()).rev().find_map(|length| {
                let code = rest[..length].join("-");
                let language = has.iter().find(|language| language.code() == code)?;
                Some((*language, length))
            });
            let (language, length) = found.ok_or_else(|| NoEdition::Missing(first.clone()))?;
            if languages.contains(&language) {
                return Err(NoEdition::Twice(language.code().to_owned()));
            }
            languages.push(language);
            rest = &rest[length..];
        }
        Ok(languages)
    }
}

/// The codes of languages, with commas between them.
fn codes(languages: &[Language]) -> String {
    let codes: Vec<&str> = languages.iter().map(|language| language.code()).collect();
    codes.join(", ")
}

/// Reads the languages of an edition: `ar`, `ar-en`.
pub(super) fn languages(written: &str) -> Result<Languages, String> {
    let parts: Vec<String> = written.split('-').map(str::to_owned).collect();
    let is_part =
        |part: &String| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    match parts.iter().all(is_part) && parts.first().is_some_and(|first| is_code(first)) {
        true => Ok(Languages { parts }),
        false => Err("an edition is codes of languages with hyphens between them: `ar`, `ar-en`".to_owned()),
    }
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
