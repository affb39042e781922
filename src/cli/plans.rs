//! Which editions of a document `layout` and `compare` lay out, and how: the options that `build` has too.

use clap::Args;

use super::build::{Languages, arrangement, breaks, languages};
use crate::edition::{self, Plan};
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
    /// The editions of a document, each once.
    ///
    /// # Errors
    /// When the document does not have what they ask for; the words say what.
    pub(super) fn of(&self, work: &Work) -> Result<Vec<Plan>, String> {
        let mut editions: Vec<Vec<crate::locale::Language>> = Vec::new();
        for Languages(languages) in &self.lang {
            if let Some(missing) = languages.iter().find(|l| !work.facts.languages.contains(l)) {
                let has: Vec<&str> = work.facts.languages.iter().map(|language| language.code()).collect();
                let (name, code, has) = (&work.name, missing.code(), has.join(", "));
                return Err(format!("document `{name}` has no `{code}`: it has {has}"));
            }
            if !editions.contains(languages) {
                editions.push(languages.clone());
            }
        }
        if editions.is_empty() {
            editions = edition::usual(&work.facts.languages);
        }
        let plan = |languages| {
            let mut plan = Plan::of(work, languages);
            plan.arrangement = self.layout.unwrap_or(plan.arrangement);
            plan.breaks = self.breaks.unwrap_or(plan.breaks);
            plan
        };
        let plans: Vec<Plan> = editions.into_iter().map(plan).collect();
        if plans.iter().any(|plan| plan.breaks != Breaks::Natural) && work.facts.layout.reference.is_none() {
            let reason = "has no official layout to break by: name its file by `reference` in `[layout]`";
            return Err(format!("document `{}` {reason}", work.name));
        }
        Ok(plans)
    }
}
