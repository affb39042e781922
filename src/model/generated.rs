//! The lines that stand in every edition and that nobody wrote: masthead, notice, adoption, report, closing. They are made of
//! the facts of a document.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Facts;
use crate::layout::Name;
use crate::locale::{self, Language};

/// A line that is made of the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GeneratedLine {
    /// The name of the organization.
    Organization,
    /// The symbol in the masthead.
    Symbol,
    /// The name of the body.
    Body,
    /// Who the document goes to.
    Distribution,
    /// The day of issue.
    Issued,
    /// The session.
    Session,
    /// The agenda item.
    AgendaItem,
    /// That the text is an unofficial translation.
    Notice,
    /// By whom and when the document was adopted.
    Adoption,
    /// On the report of which committee.
    Report,
    /// The meeting, after the text.
    Meeting,
    /// Its day.
    Day,
}

impl fmt::Display for GeneratedLine {
    /// The name of the line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Organization => "organization",
            Self::Symbol => "symbol",
            Self::Body => "body",
            Self::Distribution => "distribution",
            Self::Issued => "issued",
            Self::Session => "session",
            Self::AgendaItem => "agenda item",
            Self::Notice => "notice",
            Self::Adoption => "adoption",
            Self::Report => "report",
            Self::Meeting => "closing 1",
            Self::Day => "closing 2",
        })
    }
}

impl Serialize for GeneratedLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl GeneratedLine {
    /// Whether it stands after the text.
    pub fn is_closing(self) -> bool {
        matches!(self, Self::Meeting | Self::Day)
    }

    /// What it is called.
    pub fn name(self) -> Name {
        Name::of(&self.to_string())
    }
}

/// The lines of a language with their words, in the order in which they are read.
pub fn generated_lines(facts: &Facts, language: Language) -> Vec<(GeneratedLine, String)> {
    use GeneratedLine as Line;
    let usage = facts.usage(language);
    let mut lines = vec![
        (Line::Organization, locale::organization(language).to_owned()),
        (Line::Symbol, facts.symbol.clone()),
        (Line::Body, locale::body_name(language, facts.body).to_owned()),
        (
            Line::Distribution,
            locale::distribution_line(language, facts.distribution).to_owned(),
        ),
        (Line::Issued, locale::date(usage, facts.issued)),
        (Line::Session, locale::session_line(usage, u32::from(facts.session))),
    ];
    if let Some(item) = facts.agenda_item {
        lines.push((Line::AgendaItem, locale::agenda_line(usage, u32::from(item))));
    }
    if facts.unofficial.contains(&language) {
        lines.push((Line::Notice, locale::unofficial_line(language).to_owned()));
    }
    lines.push((Line::Adoption, locale::adoption_line(usage, facts.body, facts.adopted)));
    if let Some(report) = &facts.report {
        lines.push((
            Line::Report,
            locale::report_line(usage, report.committee, &report.symbol),
        ));
    }
    let [meeting, day] = locale::closing_lines(usage, facts.body, u32::from(facts.meeting), facts.adopted);
    lines.extend([(Line::Meeting, meeting), (Line::Day, day)]);
    lines
}

#[cfg(test)]
mod tests {
    use super::GeneratedLine::*;
    use crate::layout::Name;

    /// If it fails, a line of the masthead is compared as a paragraph of the text, or a closing line as one of the masthead.
    #[test]
    fn layouts_know_the_lines_before_the_title_by_their_names() {
        let front = [
            Organization,
            Symbol,
            Body,
            Distribution,
            Issued,
            Session,
            AgendaItem,
            Notice,
            Adoption,
            Report,
        ];
        for line in front {
            assert!(matches!(line.name(), Name::Front(_)), "{line}");
        }
        for line in [Meeting, Day] {
            assert!(matches!(line.name(), Name::Paragraph(_)), "{line}");
        }
    }
}
