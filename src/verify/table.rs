//! The report for people.

use std::fmt::{self, Write};

use super::{Count, Judgement, PageFaults, Reading, Report, Verdict};
use crate::limits::counted;

/// A report as a table, then what is wrong, a place each.
#[derive(Debug)]
pub struct Table<'a> {
    report: &'a Report,
    most: usize,
}

impl Report {
    /// The report for people; it shows the first `most` places where something is wrong of each kind.
    pub fn table(&self, most: usize) -> Table<'_> {
        Table { report: self, most }
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Exact => "exact",
            Self::Spaces => "spaces differ",
            Self::Tatweel => "kashida in text",
            Self::Forms => "presentation forms",
            Self::Reordered => "reordered",
            Self::Lost => "lost",
        })
    }
}

impl fmt::Display for Verdict {
    /// The name of the passage with its language: `ar operative 5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.language, self.name)
    }
}

/// The columns of the table, each with what it counts.
const COLUMNS: [(&str, Judgement); 6] = [
    ("exact", Judgement::Exact),
    ("spaces", Judgement::Spaces),
    ("kashida", Judgement::Tatweel),
    ("forms", Judgement::Forms),
    ("reordered", Judgement::Reordered),
    ("lost", Judgement::Lost),
];

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head(f)?;
        if !self.report.passages.is_empty() {
            self.counts(f)?;
            self.places(f)?;
            self.left_out(f)?;
        }
        self.pages(f)?;
        self.print(f)?;
        self.verdict(f)
    }
}

impl Table<'_> {
    /// The last line: whether all is right, and what is not.
    fn verdict(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        let all = report.passages.len();
        if report.is_exact() {
            return match all {
                0 => writeln!(
                    f,
                    "\nno fault found; name the folder of the document to compare it with its source"
                ),
                all => writeln!(f, "\nexact: every reader gets {} as written", counted(all, "passage")),
            };
        }
        let mut wrong = Vec::new();
        let exact = report.passages.iter().filter(|v| v.worst() == Judgement::Exact).count();
        if exact < all {
            wrong.push(format!("{} of {} not as written", all - exact, counted(all, "passage")));
        }
        let lines = report.lines.iter().filter(|v| v.worst() != Judgement::Exact).count();
        if lines > 0 {
            wrong.push(format!(
                "{lines} of {} that follow from the facts",
                counted(report.lines.len(), "line")
            ));
        }
        if !report.is_visible() {
            wrong.push("what is printed cannot all be read".to_owned());
        }
        let pages = report.faults.iter().filter(|faults| !faults.is_clean()).count();
        if pages > 0 {
            wrong.push(format!(
                "{} with characters that no reader understands",
                counted(pages, "page")
            ));
        }
        for (at_fault, name) in [
            (!report.tagged, "no tags"),
            (report.language.is_none(), "no language"),
            (report.title.is_none(), "no title"),
        ] {
            if at_fault {
                wrong.push(name.to_owned());
            }
        }
        let wrong = if wrong.is_empty() {
            "see above".to_owned()
        } else {
            wrong.join(", ")
        };
        writeln!(f, "\nnot exact: {wrong}")
    }

    fn head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        let mut facts = vec![counted(report.pages, "page")];
        facts.push(if report.tagged {
            "tagged".to_owned()
        } else {
            "NOT TAGGED".to_owned()
        });
        facts.push(
            report
                .language
                .as_ref()
                .map_or("NO LANGUAGE".to_owned(), |code| format!("language {code}")),
        );
        facts.extend(
            report
                .archival
                .as_ref()
                .map(|level| format!("PDF/A-{}", level.to_lowercase())),
        );
        facts.extend(report.accessible.as_ref().map(|level| format!("PDF/UA-{level}")));
        if report.title.is_none() {
            facts.push("NO TITLE".to_owned());
        }
        writeln!(f, "{}", facts.join(", "))
    }

    fn counts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head = format!("\n{:<6}{:<16}{:>9}", "", "read by", "passages");
        for (name, _) in COLUMNS {
            write!(head, "{name:>11}")?;
        }
        writeln!(f, "{head}")?;
        let mut languages: Vec<&str> = Vec::new();
        for verdict in &self.report.passages {
            if !languages.contains(&verdict.language) {
                languages.push(verdict.language);
            }
        }
        for language in languages {
            let of = || {
                self.report
                    .passages
                    .iter()
                    .filter(move |verdict| verdict.language == language)
            };
            let structure: Option<Vec<&Reading>> = of().map(|verdict| verdict.structure.as_ref()).collect();
            if let Some(structure) = structure {
                row(f, language, "structure tree", &structure)?;
            }
            row(
                f,
                language,
                "content stream",
                &of().map(|verdict| &verdict.content).collect::<Vec<_>>(),
            )?;
        }
        Ok(())
    }

    fn places(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wrong: Vec<&Verdict> = self
            .report
            .passages
            .iter()
            .chain(&self.report.lines)
            .filter(|v| v.worst() != Judgement::Exact)
            .collect();
        for verdict in wrong.iter().take(self.most) {
            writeln!(f)?;
            let readings = [
                ("structure tree", verdict.structure.as_ref()),
                ("content stream", Some(&verdict.content)),
            ];
            for (view, reading) in readings {
                let Some(reading) = reading.filter(|reading| reading.judgement != Judgement::Exact) else {
                    continue;
                };
                writeln!(f, "{verdict}, {view}: {}", reading.judgement)?;
                match &reading.difference {
                    Some(difference) if difference.found.is_empty() => {
                        writeln!(f, "    source  {}\n    nowhere in the file", difference.source)?;
                    }
                    Some(difference) => {
                        writeln!(f, "    source  {}\n    reader  {}", difference.source, difference.found)?;
                    }
                    None => writeln!(f, "    stands before a passage that it should follow")?,
                }
            }
        }
        if wrong.len() > self.most {
            writeln!(f, "\nand {}", counted(wrong.len() - self.most, "more passage"))?;
        }
        Ok(())
    }

    /// The lines that a template left out, where it took others: a PDF of another program has none of them.
    fn left_out(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        if report.lines.is_empty() || report.left_out.is_empty() {
            return Ok(());
        }
        writeln!(f)?;
        for line in &report.left_out {
            let (language, name) = (line.language.code(), line.line);
            writeln!(
                f,
                "{language} {name}: left out, which a template may do\n    facts   {}",
                line.text
            )?;
        }
        Ok(())
    }

    /// What cannot be read as it is printed, then what is hard to read.
    fn print(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = [("\nwhat is printed cannot be read", true), ("\nto be looked at", false)];
        for (head, is_error) in heads {
            let faults = || {
                self.report
                    .print
                    .iter()
                    .filter(move |fault| fault.is_error() == is_error)
            };
            if faults().next().is_some() {
                writeln!(f, "{head}")?;
            }
            for fault in faults().take(self.most) {
                writeln!(f, "    {fault}")?;
            }
            let more = faults().count().saturating_sub(self.most);
            if more > 0 {
                writeln!(f, "    and {}", counted(more, "more place"))?;
            }
        }
        Ok(())
    }

    fn pages(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        let faults: Vec<&PageFaults> = report.faults.iter().filter(|faults| !faults.is_clean()).collect();
        if !faults.is_empty() {
            writeln!(
                f,
                "\n{:>6}{:>9}{:>10}{:>8}{:>13}{:>17}",
                "page", "glyphs", "kashidas", "forms", "private use", "without Unicode"
            )?;
            for page in faults.iter().take(self.most) {
                let counts = [
                    &page.tatweels,
                    &page.presentation_forms,
                    &page.private_use,
                    &page.without_unicode,
                ];
                let [kashidas, forms, private, unknown] = counts.map(|count| count.count);
                writeln!(
                    f,
                    "{:>6}{:>9}{kashidas:>10}{forms:>8}{private:>13}{unknown:>17}",
                    page.page, page.glyphs
                )?;
            }
            if faults.len() > self.most {
                writeln!(f, "and {}", counted(faults.len() - self.most, "more page"))?;
            }
            type Of = fn(&PageFaults) -> &Count;
            let kinds: [(&str, Of); 4] = [
                ("kashida in", |page| &page.tatweels),
                ("presentation forms in", |page| &page.presentation_forms),
                ("private use:", |page| &page.private_use),
                ("no Unicode from the font", |page| &page.without_unicode),
            ];
            for (name, of) in kinds {
                let mut examples: Vec<&str> = Vec::new();
                for example in faults.iter().flat_map(|page| &of(page).examples) {
                    if examples.len() < 4 && !examples.contains(&example.as_str()) {
                        examples.push(example);
                    }
                }
                if !examples.is_empty() {
                    writeln!(f, "{name} {}", examples.join(", "))?;
                }
            }
        }
        let untagged: usize = report.faults.iter().map(|page| page.untagged).sum();
        if report.tagged && untagged > 0 {
            let are = if untagged == 1 { "is" } else { "are" };
            writeln!(
                f,
                "\n{} {are} neither tagged nor marked as artifacts",
                counted(untagged, "glyph")
            )?;
        }
        Ok(())
    }
}

fn row(f: &mut fmt::Formatter<'_>, language: &str, view: &str, readings: &[&Reading]) -> fmt::Result {
    write!(f, "{language:<6}{view:<16}{:>9}", readings.len())?;
    for (_, judgement) in COLUMNS {
        match readings.iter().filter(|reading| reading.judgement == judgement).count() {
            0 => write!(f, "{:>11}", "-")?,
            count => write!(f, "{count:>11}")?,
        }
    }
    writeln!(f)
}
