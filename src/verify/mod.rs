//! What readers get out of a PDF, against the source: `qarar verify`, and the last check of every build.
//!
//! Two readers are asked. One goes by the structure tree and honours replacement text, as screen readers do
//! (ISO 32000-1 14.8). The other takes the glyphs of the content stream by their places, line by line, and puts each line
//! in order by the bidirectional algorithm, as viewers and search engines do. `docs/verify.md` tells what is reported.

mod block;
mod expected;
mod figure;
mod judge;
mod matching;
mod page;
mod print;
mod quick;
mod standing;
mod stream;
mod table;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

pub use expected::{Kind, passages};
pub use judge::{Difference, Judgement, Reading, judge};
pub use page::{Count, PageFaults};
pub use print::{PrintFault, Unreadable};
pub use standing::{Standing, standing};
pub use table::Table;

use crate::locale::Language;
use crate::model::{Expression, Work, stretches};
use crate::reader::{Bounds, ContentItem, Document, ReadError, TextLine, lines, read_with_ink, read_within, skim};
use block::{Block, blocks, in_drawing_order};
use standing::Found;
use stream::Stream;

/// What readers get out of a PDF.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// How many pages it has.
    pub pages: usize,
    /// Its title.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Whether it says that it is tagged, and has a structure tree.
    pub tagged: bool,
    /// The PDF/A that it claims, as `2A`.
    pub archival: Option<String>,
    /// The PDF/UA that it claims, as `1`.
    pub accessible: Option<String>,
    /// Every passage of the source; empty when there is no source to compare with.
    pub passages: Vec<Verdict>,
    /// The lines that stand in every edition, those that are in it.
    pub lines: Vec<Verdict>,
    /// The others: a template may leave them out.
    pub left_out: Vec<Standing>,
    /// The pages on which something is wrong whatever the source.
    pub faults: Vec<PageFaults>,
    /// What cannot be read as it is printed; empty when the file was read without what is painted.
    pub print: Vec<PrintFault>,
}

/// How a passage of the source came out.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// What it is called: `preambular 3`, `note 5 paragraph 2`, `closing 1`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its language, by its code.
    pub language: &'static str,
    /// Its label or the mark of a note; empty when it has none.
    pub label: String,
    /// Where it stands in the file of its language, in bytes; `None` for a line of the edition.
    #[serde(skip)]
    pub span: Option<Range<usize>>,
    /// By the structure tree; `None` when the PDF has none.
    pub structure: Option<Reading>,
    /// By the places of the glyphs.
    pub content: Reading,
    /// What it is in the structure tree.
    #[serde(skip)]
    items: Vec<ContentItem>,
}

impl Verdict {
    /// The worse of the two readings.
    pub fn worst(&self) -> Judgement {
        self.structure
            .as_ref()
            .map_or(self.content.judgement, |s| s.judgement.max(self.content.judgement))
    }
}

impl Verdict {
    /// What is told of a passage that does not come back from an edition.
    fn loss(&self) -> Loss {
        Loss {
            passage: self.name.clone(),
            language: self.language,
            span: self.span.clone(),
            how: self.how_lost(),
            left_out: false,
        }
    }

    /// By which reader it is not as it is written, and how: `structure tree, spaces differ: … is read as …`.
    pub fn how_lost(&self) -> String {
        let (view, reading) = match &self.structure {
            Some(reading) if reading.judgement != Judgement::Exact => ("structure tree", reading),
            Some(_) => ("content stream", &self.content),
            None => return "it is in no structure tree".to_owned(),
        };
        let judgement = reading.judgement;
        match &reading.difference {
            Some(d) if d.found.is_empty() => format!("{view}, {judgement}: `{}` is nowhere", d.source),
            Some(d) => format!("{view}, {judgement}: `{}` is read as `{}`", d.source, d.found),
            None => format!("{view}, {judgement}"),
        }
    }
}

impl Report {
    /// Whether every reader gets what the source says, and nothing on a page is wrong.
    ///
    /// Without a source: whether nothing on a page is wrong and the file is tagged and tells its language.
    pub fn is_exact(&self) -> bool {
        let clean = self.faults.iter().all(PageFaults::is_clean) && self.is_visible();
        if self.passages.is_empty() {
            return clean && self.tagged && self.language.is_some();
        }
        let mut all = self.passages.iter().chain(&self.lines);
        clean && all.all(|verdict| verdict.worst() == Judgement::Exact)
    }

    /// Whether all that is printed can be read, as far as it is known.
    pub fn is_visible(&self) -> bool {
        !self.print.iter().any(PrintFault::is_error)
    }

    /// What a build may not lose: passages and lines that are not exact by the structure tree, or with letters lost in the
    /// content.
    pub fn losses(&self) -> impl Iterator<Item = &Verdict> {
        self.passages.iter().chain(&self.lines).filter(|verdict| {
            let structure = verdict
                .structure
                .as_ref()
                .map_or(Judgement::Lost, |reading| reading.judgement);
            let content = verdict.content.judgement;
            structure != Judgement::Exact || content == Judgement::Lost || content == Judgement::Tatweel
        })
    }
}

/// Reads a PDF and verifies it.
///
/// # Errors
/// When the PDF cannot be read.
pub fn verify_bytes(bytes: Vec<u8>, source: Option<(&Work, &[Language])>) -> Result<Report, ReadError> {
    Ok(verify(&read_with_ink(bytes)?, source))
}

/// Why an edition may not be published.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReadBackError {
    /// What was written cannot be read.
    #[error("what was written cannot be read back: {0}")]
    Unreadable(#[from] ReadError),
    /// Readers would not get all of the text.
    #[error("{}", .0.iter().map(Loss::to_string).collect::<Vec<_>>().join("\n"))]
    Losses(Vec<Loss>),
}

/// A passage of the source that readers would not get.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{language} {passage} does not come back from the PDF: {how}")]
pub struct Loss {
    /// What it is called: `note 5 paragraph 2`.
    pub passage: String,
    /// Its language, by its code.
    pub language: &'static str,
    /// Where it stands in the file of its language, in bytes; `None` for a line that is made of the facts.
    pub span: Option<Range<usize>>,
    /// By which reader, and how: `structure tree, spaces differ: … is read as …`.
    pub how: String,
    /// Whether it is a line of the edition of which nothing is there: a template may leave it out.
    pub left_out: bool,
}

impl From<&Standing> for Loss {
    fn from(line: &Standing) -> Self {
        Self {
            passage: line.line.to_string(),
            language: line.language.code(),
            span: None,
            how: format!("`{}` is nowhere", line.text),
            left_out: true,
        }
    }
}

/// Reads back an edition that was just made: every passage of its languages, and every line that is made of the facts, must
/// come out of the structure tree exactly as the source has it, and no letter may be lost in the content stream.
///
/// # Errors
/// When something would be lost, told passage by passage.
pub fn read_back(bytes: &Arc<Vec<u8>>, work: &Work, languages: &[Language]) -> Result<(), ReadBackError> {
    let bounds = bounds_of(work, languages);
    let skimmed = skim(Arc::clone(bytes), bounds)?;
    let left_out = skimmed.and_then(|skimmed| quick::comes_back(&skimmed, work, languages));
    let losses: Vec<Loss> = match left_out {
        Some(left_out) => left_out.iter().map(Loss::from).collect(),
        None => {
            let report = verify(&read_within(Arc::clone(bytes), bounds)?, Some((work, languages)));
            let left_out = report.left_out.iter().map(Loss::from);
            report.losses().map(Verdict::loss).chain(left_out).collect()
        }
    };
    if losses.is_empty() {
        return Ok(());
    }
    Err(ReadBackError::Losses(losses))
}

/// How much there may be in an edition of some languages of a work, beside what a small one has: a letter is a glyph and, where
/// it is elongated, another one; each letter may be a line with its elements, and so may each cell of a table.
fn bounds_of(work: &Work, languages: &[Language]) -> Bounds {
    const LETTERS: usize = 1 << 20;
    const OF_A_CELL: usize = 8;
    let expressions = languages.iter().filter_map(|language| work.expression(*language));
    let contents = expressions.flat_map(Expression::contents);
    let letters = contents.map(|content| {
        let stretches = stretches(content).into_iter();
        OF_A_CELL + stretches.map(|stretch| stretch.text.len()).sum::<usize>()
    });
    Bounds::times(1 + letters.sum::<usize>().div_ceil(LETTERS))
}

/// Tells what readers get out of a PDF. With a source, every passage of the languages named is looked for; without
/// languages, those that the PDF holds.
pub fn verify(document: &Document, source: Option<(&Work, &[Language])>) -> Report {
    let lines: Vec<Vec<TextLine>> = document.pages.par_iter().map(lines).collect();
    let faults = document.pages.par_iter().zip(&lines).enumerate();
    let faults: Vec<PageFaults> = faults
        .map(|(at, (page, lines))| page::faults(page, lines, at + 1))
        .collect();
    let information = &document.information;
    let title = information
        .title
        .clone()
        .or_else(|| information.titles.first().map(|title| title.text.clone()));
    let compared = source.map(|(work, languages)| compare(document, lines, work, languages));
    let compared = compared.unwrap_or_default();
    let items = |verdict: &Verdict| {
        let name = verdict.to_string();
        let of = |item: &ContentItem| (*item, name.clone());
        verdict.items.iter().map(of).collect::<Vec<_>>()
    };
    let places = compared
        .passages
        .iter()
        .chain(&compared.lines)
        .flat_map(items)
        .collect();
    Report {
        pages: document.pages.len(),
        title: title.filter(|title| !title.is_empty()),
        language: document.language.clone(),
        tagged: document.tagged && document.structure.is_some(),
        archival: information.archival.clone(),
        accessible: information.accessible.clone(),
        passages: compared.passages,
        lines: compared.lines,
        left_out: compared.left_out,
        print: print::faults(document, &places),
        faults: faults
            .into_iter()
            .filter(|faults| !faults.is_clean() || faults.untagged > 0)
            .collect(),
    }
}

/// What a PDF holds of a work.
#[derive(Debug, Default)]
struct Compared {
    passages: Vec<Verdict>,
    lines: Vec<Verdict>,
    left_out: Vec<Standing>,
}

fn compare(document: &Document, mut lines: Vec<Vec<TextLine>>, work: &Work, languages: &[Language]) -> Compared {
    let mirroring: Vec<_> = lines
        .iter()
        .map(|lines| lines.first().map(|line| line.mirroring).unwrap_or_default())
        .collect();
    let blocks = blocks(document, &mirroring);
    let sources = Sources {
        blocks,
        running: std::sync::OnceLock::new(),
    };
    lines.par_iter_mut().for_each(|lines| in_drawing_order(lines));
    let running = || {
        let text = lines
            .iter()
            .flatten()
            .filter(|line| !line.artifact)
            .map(TextLine::logical)
            .collect::<Vec<_>>();
        Stream::new(text.iter().map(String::as_str))
    };
    let all: Vec<Language> = work.facts.languages.clone();
    let asked = if languages.is_empty() { &all } else { languages };
    let mut compared: Vec<Compared> = asked
        .par_iter()
        .map(|language| in_language(work, *language, document, &sources, &running))
        .collect();
    // Of languages that nobody asked for, those are meant of which most is there.
    if languages.is_empty() {
        let held = |compared: &Compared| {
            let is_held = |v: &&Verdict| v.content.judgement != Judgement::Lost;
            compared.passages.iter().filter(is_held).count()
        };
        let most = compared.iter().map(held).max().unwrap_or(0);
        compared.retain(|compared| 2 * held(compared) >= most);
    }
    let mut all = Compared::default();
    for compared in compared {
        all.passages.extend(compared.passages);
        all.lines.extend(compared.lines);
        all.left_out.extend(compared.left_out);
    }
    all
}

/// What passages are looked for in.
struct Sources<'a> {
    blocks: Vec<Block<'a>>,
    /// Made only when a passage is in no block.
    running: std::sync::OnceLock<Stream>,
}

fn in_language(
    work: &Work,
    language: Language,
    document: &Document,
    sources: &Sources<'_>,
    running: &(impl Fn() -> Stream + Sync),
) -> Compared {
    let passages = passages(work, language);
    let blocks = &sources.blocks;
    let by_structure = matching::pair(&passages, blocks);
    let mut verdicts: Vec<Verdict> = passages
        .par_iter()
        .zip(&by_structure)
        .map(|(passage, block)| {
            let text = passage.text();
            let stream = || sources.running.get_or_init(running).judge(&text);
            let block = block.map(|at| &blocks[at]);
            Verdict {
                name: passage.called(),
                kind: passage.place.into(),
                language: passage.language.code(),
                label: passage.label.clone(),
                span: passage.span.clone(),
                items: block.map(|block| block.items.clone()).unwrap_or_default(),
                structure: document.structure.as_ref().map(|_| match block {
                    Some(block) => judge(&text, &block.structure),
                    None => judge(&text, ""),
                }),
                content: block.map_or_else(stream, |block| judge(&text, &block.content)),
            }
        })
        .collect();
    out_of_order(&mut verdicts, &by_structure);
    verdicts.extend(figure::verdicts(document.structure.as_ref(), work, language));
    let mut compared = Compared {
        passages: verdicts,
        ..Compared::default()
    };
    if document.structure.is_some() {
        compared.standing(standing(work, language), blocks, &by_structure);
    }
    compared
}

impl Compared {
    /// Judges the lines that stand in every edition, each by the block that says it or is like it.
    fn standing(&mut self, lines: Vec<Standing>, blocks: &[Block<'_>], pairs: &[Option<usize>]) {
        let found = standing::find(&lines, blocks, pairs);
        for (line, found) in lines.into_iter().zip(found) {
            let (block, told) = match &found {
                Found::Nowhere => {
                    self.left_out.push(line);
                    continue;
                }
                Found::Whole(at) | Found::Part(at) => (&blocks[*at], &line.text),
                Found::Alike(at, told) => (&blocks[*at], told),
            };
            self.lines.push(Verdict {
                name: line.line.to_string(),
                kind: Kind::Line,
                language: line.language.code(),
                label: String::new(),
                span: None,
                structure: Some(judge(&line.text, told)),
                // What else the block says is the template's own, and has to be drawn as it is told.
                content: judge(&block.structure, &block.content),
                items: block.items.clone(),
            });
        }
    }
}

/// A passage that stands before one that it should follow is reordered, though its letters are right.
fn out_of_order(verdicts: &mut [Verdict], blocks: &[Option<usize>]) {
    for note in [false, true] {
        let mut last = None;
        for (verdict, block) in verdicts.iter_mut().zip(blocks) {
            if (verdict.kind == Kind::Note) != note || block.is_none() {
                continue;
            }
            if *block < last
                && let Some(reading) = &mut verdict.structure
            {
                reading.judgement = reading.judgement.max(Judgement::Reordered);
            }
            last = last.max(*block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GeneratedLine;

    /// If it fails, a masthead is printed whose digits a search engine takes for others, as of a font that maps them wrong.
    #[test]
    fn a_line_whose_glyphs_say_something_else_is_lost() {
        let block = |structure: &str, content: &str| Block {
            language: Some("en"),
            structure: structure.to_owned(),
            content: content.to_owned(),
            ..Block::default()
        };
        let kind = crate::source::built_in_kind("resolution").expect("a kind");
        let blocks = [
            block("15 January 2016", "16 January 2016"),
            block("A/RES/70/12 (Distr.: General)", "A/RES/70/12 (Distr.: General)"),
            block("118th plenary meeting", "118th plenary meeting"),
        ];
        let line = |name, text: &str| Standing {
            line: GeneratedLine::named(kind, name).expect("a line"),
            language: Language::ENGLISH,
            text: text.to_owned(),
        };
        let lines = vec![
            line("issued", "15 January 2016"),
            line("symbol", "A/RES/70/12"),
            line("distribution", "Distr.: General"),
            line("closing 1", "18th plenary meeting"),
            line("session", "Seventieth session"),
        ];
        let mut compared = Compared::default();
        compared.standing(lines, &blocks, &[None]);
        let told = compared.lines.iter().map(|verdict| {
            let structure = verdict.structure.as_ref().map(|reading| reading.judgement);
            (verdict.name.clone(), structure, verdict.content.judgement)
        });
        let told: Vec<_> = told.collect();
        let exact = Some(Judgement::Exact);
        let expected = [
            ("issued", exact, Judgement::Lost),
            ("symbol", exact, Judgement::Exact),
            ("distribution", exact, Judgement::Exact),
            ("closing 1", Some(Judgement::Lost), Judgement::Exact),
        ];
        assert_eq!(
            told,
            expected.map(|(what, structure, content)| (what.to_owned(), structure, content))
        );
        assert_eq!(
            compared.left_out.iter().map(|line| line.line).collect::<Vec<_>>(),
            [GeneratedLine::named(kind, "session").expect("a line")]
        );
    }
}
