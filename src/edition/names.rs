//! The names of paragraphs as an editor says them: `preambular 3`, `operative 6 (a)`, `annex 1 paragraph 2`.

use rustc_hash::FxHashMap;

use super::Edition;
use crate::locale::{self, Language};
use crate::model::{Block, Facts, Paragraph, Role, Work};
use crate::typeset::Passages;

/// The name of every block of a work. All languages have the same blocks, so the names are those of the first.
pub(super) fn blocks(work: &Work) -> Vec<String> {
    let mut counters = Counters::default();
    let blocks = work
        .expressions
        .first()
        .map_or(&[][..], |expression| &expression.blocks);
    blocks.iter().map(|block| counters.name(block)).collect()
}

#[derive(Default)]
struct Counters {
    preambular: usize,
    /// The name of the numbered paragraph at each depth.
    labels: Vec<String>,
    continuation: usize,
    annex: usize,
    headings: usize,
    paragraphs: usize,
    tables: usize,
}

impl Counters {
    fn name(&mut self, block: &Block) -> String {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Heading(heading) if heading.level <= 2 => {
                *self = Self {
                    preambular: self.preambular,
                    annex: self.annex + 1,
                    tables: self.tables,
                    ..Self::default()
                };
                format!("annex {} heading", self.annex)
            }
            Block::Heading(_) => {
                self.headings += 1;
                self.labels.clear();
                format!("{}heading {}", self.part(), self.headings)
            }
            Block::Table(_) => {
                self.tables += 1;
                format!("table {}", self.tables)
            }
        }
    }

    fn part(&self) -> String {
        if self.annex == 0 {
            String::new()
        } else {
            format!("annex {} ", self.annex)
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> String {
        if let Some(label) = paragraph.label {
            let depth = usize::from(label.depth);
            self.labels.truncate(depth);
            self.labels.resize(depth, String::new());
            self.continuation = 1;
            self.labels.push(match depth {
                0 => label.ordinal.to_string(),
                _ => locale::operative_label(Language::English, label.depth, label.ordinal),
            });
            let kind = if paragraph.role == Role::Operative {
                "operative"
            } else {
                "item"
            };
            return format!("{}{kind} {}", self.part(), self.labels.join(" "));
        }
        match paragraph.role {
            Role::Opening => "opening".to_owned(),
            Role::Preambular => {
                self.preambular += 1;
                format!("preambular {}", self.preambular)
            }
            Role::Operative | Role::Continuation => {
                self.continuation += 1;
                format!(
                    "{}operative {} paragraph {}",
                    self.part(),
                    self.labels.join(" "),
                    self.continuation
                )
            }
            Role::Body => {
                self.paragraphs += 1;
                format!("{}paragraph {}", self.part(), self.paragraphs)
            }
        }
    }
}

/// The names of the lines round the text, which the document does not write itself, by their text.
pub(super) struct FrontMatter {
    names: FxHashMap<(Language, String), String>,
}

impl FrontMatter {
    /// Those of an edition.
    pub(super) fn of(edition: &Edition<'_>) -> Self {
        let mut names = FxHashMap::default();
        for &language in &edition.languages {
            for (name, text) in front_lines(&edition.work.facts, language) {
                names.entry((language, text)).or_insert(name);
            }
        }
        Self { names }
    }

    /// The name of the line whose first letters stand in a passage.
    pub(super) fn name(&self, passages: &Passages, number: u32) -> Option<&str> {
        let passage = passages.get(number)?;
        let text = passages.text(number, 0..passage.text.len()).replace('\u{a0}', " ");
        self.names.get(&(passage.language, text)).map(String::as_str)
    }
}

fn front_lines(facts: &Facts, language: Language) -> Vec<(String, String)> {
    let usage = facts.usage(language);
    let mut lines: Vec<(String, String)> = [
        ("organization", locale::organization(language).to_owned()),
        ("symbol", facts.symbol.clone()),
        ("body", locale::body_name(language, facts.body).to_owned()),
        (
            "distribution",
            locale::distribution_line(language, facts.distribution).to_owned(),
        ),
        ("issued", locale::date(usage, facts.issued)),
        ("session", locale::session_line(usage, u32::from(facts.session))),
        ("notice", locale::unofficial_line(language).to_owned()),
        ("adoption", locale::adoption_line(usage, facts.body, facts.adopted)),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .to_vec();
    let mut add = |name: &str, text: String| lines.push((name.to_owned(), text));
    if let Some(item) = facts.agenda_item {
        add("agenda item", locale::agenda_line(usage, u32::from(item)));
    }
    if let Some(report) = &facts.report {
        add("report", locale::report_line(usage, report.committee, &report.symbol));
    }
    let closing = locale::closing_lines(usage, facts.body, u32::from(facts.meeting), facts.adopted);
    for (index, text) in closing.into_iter().enumerate() {
        add(&format!("closing {}", index + 1), text);
    }
    lines
}
